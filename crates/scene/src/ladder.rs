//! The ladder: the segments of a connection with their times, numbers and fates.

use crate::ground::stopped;
use crate::model::{Ladder, Rung};
use crate::names::segment_kind;
use crate::words::{Message, PacketName, SegmentFate};
use tcp_core::Instant;
use tcp_core::net::{Endpoint, Fate, Log, Passage};
use tcp_core::tcp::Seq;

/// How many segments are shown at most.
const RUNGS: usize = 300;

/// The ladder of the connection between two ends, C_m's first.
pub(crate) fn ladder(log: &Log, tuple: Option<(Endpoint, Endpoint)>) -> Ladder {
    let Some((client, server)) = tuple else { return Ladder::default() };
    let mut packets: Vec<Passage<'_>> = log.conversation(client, server).collect();
    packets.reverse();
    let earlier = packets.len().saturating_sub(RUNGS);
    // Where both ends begin to count, and when the connection began.
    let mut bases: [Option<Seq>; 2] = [None; 2];
    let mut began = Instant::START;
    let mut rungs = Vec::with_capacity(packets.len() - earlier);
    for (at, packet) in packets.into_iter().enumerate() {
        let Some(segment) = packet.packet().segment() else { continue };
        let from_client = packet.src == client;
        let own = usize::from(!from_client);
        if segment.is_syn() && packet.again == 0 {
            bases[own] = Some(segment.seq);
            if !segment.is_ack() {
                bases[1 - own] = None;
                began = packet.made;
            }
        }
        if at < earlier {
            continue;
        }
        let peer = bases[1 - own];
        rungs.push(Rung {
            packet: packet.id,
            at: packet.made,
            after: packet.made.since(began),
            from_client,
            name: PacketName::of(&packet),
            kind: segment_kind(segment),
            seq: segment.seq.distance_from(bases[own].unwrap_or(segment.seq)),
            ack: peer.filter(|_| segment.is_ack()).map(|peer| segment.ack.distance_from(peer)),
            octets: segment.data_len(),
            fate: Message::Fate(fate(packet.fate())),
            stopped: packet.fate().stopped().is_some(),
        });
    }
    Ladder { rungs, earlier }
}

pub(crate) const fn fate(fate: Fate) -> SegmentFate {
    match fate {
        Fate::Waits => SegmentFate::Waits,
        Fate::OnItsWay(_) => SegmentFate::OnItsWay,
        Fate::Held(_) => SegmentFate::Held,
        Fate::Arrived(_) => SegmentFate::Arrived,
        Fate::Dropped(_, place) => SegmentFate::Dropped(stopped(place)),
        Fate::Rejected(_, place) => SegmentFate::Rejected(stopped(place)),
        Fate::Lost(..) => SegmentFate::Lost,
        Fate::NobodyThere(_) => SegmentFate::NobodyThere,
    }
}
