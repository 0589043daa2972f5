//! What is on the wire, by packet.

use crate::net::PacketId;
use std::collections::VecDeque;

/// Values by packet. Packets depart in the order of their ids and mostly come to their end in it, so that this is a queue,
/// and a search only for what is out of that order.
#[derive(Clone, Debug, Hash)]
pub(super) struct Flights<T>(VecDeque<(PacketId, T)>);

impl<T> Flights<T> {
    pub(super) const fn new() -> Flights<T> {
        Flights(VecDeque::new())
    }

    pub(super) fn get(&self, packet: PacketId) -> Option<&T> {
        let place = self.place(packet).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// Puts `value` in the place of the one that the packet had, or adds it.
    pub(super) fn insert(&mut self, packet: PacketId, value: T) {
        if self.0.back().is_none_or(|(last, _)| *last < packet) {
            self.0.push_back((packet, value));
            return;
        }
        match self.place(packet) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (packet, value)),
        }
    }

    pub(super) fn remove(&mut self, packet: PacketId) -> Option<T> {
        let place = self.place(packet).ok()?;
        self.0.remove(place).map(|(_, value)| value)
    }

    fn place(&self, packet: PacketId) -> Result<usize, usize> {
        match self.0.front() {
            Some((first, _)) if *first == packet => Ok(0),
            _ => self.0.binary_search_by_key(&packet, |(id, _)| *id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_map() {
        let mut flights = Flights::new();
        for (packet, value) in [(2, 'b'), (5, 'e'), (3, 'c'), (9, 'i'), (1, 'a'), (5, 'E')] {
            flights.insert(PacketId(packet), value);
        }
        let all: Vec<u32> = flights.0.iter().map(|(id, _)| id.0).collect();
        assert_eq!(all, [1, 2, 3, 5, 9]);
        assert_eq!((flights.get(PacketId(5)), flights.get(PacketId(4))), (Some(&'E'), None));
        assert_eq!(
            [1, 5, 4, 9].map(|id| flights.remove(PacketId(id))),
            [Some('a'), Some('E'), None, Some('i')]
        );
        assert_eq!(flights.0.len(), 2);
    }
}
