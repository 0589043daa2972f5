//! Octets that are shared, and queues of them.

use std::collections::VecDeque;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

/// Octets that never change: a range of a buffer that others may share.
///
/// A clone and a [slice](Payload::slice) copy no octet. Two payloads are equal if their octets are.
#[derive(Clone, Default)]
pub struct Payload {
    /// `None` if there are no octets. A thin pointer: the log keeps one for each packet that ever was.
    buffer: Option<Rc<Vec<u8>>>,
    from: u32,
    len: u32,
}

impl Payload {
    /// No octets.
    pub const EMPTY: Payload = Payload { buffer: None, from: 0, len: 0 };

    /// How many octets there are.
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// The same, as sequence numbers count.
    pub(super) const fn octets(&self) -> u32 {
        self.len
    }

    /// There is no octet.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// At most `max` octets from octet `from` on, of the same buffer.
    pub fn slice(&self, from: usize, max: usize) -> Payload {
        let from = from.min(self.len());
        let len = max.min(self.len() - from);
        if len == 0 {
            return Payload::EMPTY;
        }
        // Neither is larger than `self.len`.
        let [from, len] = [from, len].map(|n| u32::try_from(n).unwrap_or(0));
        Payload { buffer: self.buffer.clone(), from: self.from + from, len }
    }

    /// `next` follows in the same buffer.
    fn is_before(&self, next: &Payload) -> bool {
        let same = |(one, other)| Rc::ptr_eq(one, other);
        self.from + self.len == next.from && self.buffer.as_ref().zip(next.buffer.as_ref()).is_some_and(same)
    }
}

impl Deref for Payload {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        let Some(buffer) = &self.buffer else { return &[] };
        buffer.get(self.from as usize..(self.from + self.len) as usize).unwrap_or_default()
    }
}

impl From<Vec<u8>> for Payload {
    /// Copies nothing. What is beyond 4 GiB is cut off.
    fn from(octets: Vec<u8>) -> Payload {
        let len = u32::try_from(octets.len()).unwrap_or(u32::MAX);
        Payload { buffer: (len > 0).then(|| Rc::new(octets)), from: 0, len }
    }
}

impl From<&[u8]> for Payload {
    fn from(octets: &[u8]) -> Payload {
        Payload::from(octets.to_vec())
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Payload) -> bool {
        **self == **other
    }
}

impl Eq for Payload {}

impl Hash for Payload {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A queue of octets, in the pieces in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Octets {
    /// Each piece with its place: how many octets were ever queued before it, modulo 2³². None is empty.
    pieces: VecDeque<(u32, Payload)>,
    /// How many octets were ever taken from the front, modulo 2³².
    taken: u32,
    len: u32,
}

impl Octets {
    /// How many octets there are.
    pub(super) const fn len(&self) -> u32 {
        self.len
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds to the end.
    pub(super) fn push(&mut self, piece: Payload) {
        if piece.is_empty() {
            return;
        }
        let (place, len) = (self.taken.wrapping_add(self.len), piece.len);
        self.len += len;
        // What goes on in the same buffer is one piece with what came before.
        match self.pieces.back_mut() {
            Some((_, last)) if last.is_before(&piece) => last.len += len,
            _ => self.pieces.push_back((place, piece)),
        }
    }

    /// Lets the first `count` octets go, or all if there are fewer.
    pub(super) fn drop_front(&mut self, count: u32) {
        let count = count.min(self.len);
        self.taken = self.taken.wrapping_add(count);
        self.len -= count;
        while let Some((place, piece)) = self.pieces.front_mut() {
            let old = self.taken.wrapping_sub(*place);
            if old < piece.len {
                *piece = piece.slice(old as usize, usize::MAX);
                *place = self.taken;
                return;
            }
            self.pieces.pop_front();
        }
    }

    /// At most `max` octets from octet `from` on. Shared if they are of one piece, copied together if not.
    pub(super) fn get(&self, from: u32, max: u32) -> Payload {
        let len = max.min(self.len.saturating_sub(from));
        // The piece that `from` lies in is the last that begins at or before it.
        let after = self.pieces.partition_point(|(place, _)| place.wrapping_sub(self.taken) <= from);
        let mut pieces = self.pieces.range(after.saturating_sub(1)..);
        let Some((place, first)) = pieces.next().filter(|_| len > 0) else { return Payload::EMPTY };
        let first = first.slice((from - place.wrapping_sub(self.taken)) as usize, len as usize);
        if first.len == len {
            return first;
        }
        let mut copied = Vec::with_capacity(len as usize);
        copied.extend_from_slice(&first);
        for (_, piece) in pieces {
            let rest = len as usize - copied.len();
            copied.extend_from_slice(piece.get(..rest.min(piece.len())).unwrap_or_default());
            if copied.len() == len as usize {
                break;
            }
        }
        Payload::from(copied)
    }

    /// Takes at most `max` octets from the front.
    pub(super) fn take(&mut self, max: u32) -> Payload {
        let taken = self.get(0, max);
        self.drop_front(taken.len);
        taken
    }

    fn octets(&self) -> impl Iterator<Item = u8> {
        self.pieces.iter().flat_map(|(_, piece)| piece.iter().copied())
    }
}

/// The same octets, in whatever pieces.
impl PartialEq for Octets {
    fn eq(&self, other: &Octets) -> bool {
        self.len == other.len && self.octets().eq(other.octets())
    }
}

impl Eq for Octets {}

impl Hash for Octets {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len.hash(state);
        self.octets().for_each(|octet| octet.hash(state));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(pieces: &[&[u8]]) -> Octets {
        let mut queue = Octets::default();
        pieces.iter().for_each(|piece| queue.push(Payload::from(*piece)));
        queue
    }

    #[test]
    fn a_slice_shares_its_buffer() {
        let whole = Payload::from(&b"abcdef"[..]);
        let part = whole.slice(1, 4).slice(1, 2);
        assert_eq!(&*part, b"cd");
        assert!(Rc::ptr_eq(whole.buffer.as_ref().unwrap(), part.buffer.as_ref().unwrap()));
        assert_eq!(whole.slice(6, 1), Payload::EMPTY);
        assert_eq!(&*whole.slice(4, 100), b"ef");
    }

    #[test]
    fn pieces_are_invisible() {
        let (one, other) = (queue(&[b"abcd", b"", b"e", b"fgh"]), queue(&[b"abcdefgh"]));
        assert_eq!(one, other);
        for from in 0..10 {
            for max in 0..10 {
                assert_eq!(one.get(from, max), other.get(from, max), "{from} {max}");
            }
        }
    }

    #[test]
    fn what_goes_on_in_a_buffer_is_one_piece() {
        let whole = Payload::from(&b"abcdef"[..]);
        let mut queue = Octets::default();
        queue.push(whole.slice(0, 2));
        queue.push(whole.slice(2, 3));
        queue.push(whole.slice(0, 1));
        assert_eq!((queue.pieces.len(), queue.len()), (2, 6));
        assert_eq!(&*queue.get(0, 9), b"abcdea");
    }

    #[test]
    fn the_front_goes_first() {
        let mut queue = queue(&[b"abc", b"de", b"fgh"]);
        // As after 4 GiB.
        queue.taken = u32::MAX - 1;
        for (at, (place, _)) in queue.pieces.iter_mut().enumerate() {
            *place = queue.taken.wrapping_add([0, 3, 5][at]);
        }
        assert_eq!(&*queue.take(4), b"abcd");
        assert_eq!((queue.len(), &*queue.get(1, 9)), (4, &b"fgh"[..]));
        queue.push(Payload::from(&b"ij"[..]));
        queue.drop_front(2);
        assert_eq!(&*queue.get(0, 9), b"ghij");
        queue.drop_front(99);
        assert!(queue.is_empty() && queue.pieces.is_empty());
    }
}
