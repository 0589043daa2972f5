//! Sequence numbers counted from where each end began.

use super::{Tuple, ends_of};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use tcp_core::Instant;
use tcp_core::net::{Log, Passage};
use tcp_core::tcp::Seq;

/// Where the ends of connections begin to count.
pub(super) struct Numbers<'a> {
    of: BTreeMap<Tuple, Count<'a>>,
    begins: Vec<Instant>,
}

/// Where both ends of one connection begin to count.
struct Count<'a> {
    /// First SYNs of both ends that are still to come, the next one last.
    syns: Vec<Passage<'a>>,
    bases: [Option<Seq>; 2],
}

impl<'a> Numbers<'a> {
    /// For these packets, oldest first.
    pub(super) fn of(log: &'a Log, packets: &[Passage<'a>]) -> Numbers<'a> {
        let mut of = BTreeMap::new();
        for packet in packets {
            if let Entry::Vacant(free) = of.entry(ends_of(packet)) {
                let syns = syns(log, *free.key(), packet);
                free.insert(Count { syns, bases: [None; 2] });
            }
        }
        Numbers { of, begins: Vec::new() }
    }

    /// The sequence and the acknowledgement number of the next of the packets.
    pub(super) fn of_packet(&mut self, packet: &Passage<'_>) -> (Option<i32>, Option<i32>) {
        let tuple = ends_of(packet);
        let Some(count) = self.of.get_mut(&tuple) else { return (None, None) };
        while let Some(syn) = count.syns.pop_if(|syn| syn.id <= packet.id) {
            self.begins.extend(count.take(&syn, tuple));
        }
        let Some(segment) = packet.packet().segment() else { return (None, None) };
        let own = usize::from(packet.src != tuple.0);
        let seq = segment.seq.distance_from(count.bases[own].unwrap_or(segment.seq)).cast_signed();
        let peer = count.bases[1 - own].filter(|_| segment.is_ack());
        (Some(seq), peer.map(|peer| segment.ack.distance_from(peer).cast_signed()))
    }

    /// When the connections began, oldest first.
    pub(super) fn into_begins(self) -> Vec<Instant> {
        self.begins
    }
}

impl Count<'_> {
    /// Begins to count at this SYN; returns the time if a connection begins by it.
    fn take(&mut self, syn: &Passage<'_>, (client, _): Tuple) -> Option<Instant> {
        let segment = syn.packet().segment()?;
        let own = usize::from(syn.src != client);
        // The second SYN of a simultaneous open begins nothing.
        let begins = !segment.is_ack() && (self.bases[own].is_some() || self.bases == [None; 2]);
        if begins {
            self.bases[1 - own] = None;
        }
        self.bases[own] = Some(segment.seq);
        begins.then_some(syn.made)
    }
}

/// The first SYNs between two ends since the beginning of the connection that this packet belongs to, newest first.
fn syns<'a>(log: &'a Log, (client, server): Tuple, oldest: &Passage<'a>) -> Vec<Passage<'a>> {
    let mut found = Vec::new();
    for packet in log.conversation(client, server) {
        let Some(segment) = packet.packet().segment() else { continue };
        if segment.is_syn() && packet.again == 0 {
            found.push(packet);
            if !segment.is_ack() && packet.id <= oldest.id {
                break;
            }
        }
    }
    found
}
