//! The ladder: two lifelines, and between them the segments of a connection with their times, numbers and fates.
//!
//! [`Ladder`] is read from the log, up to the playhead; of a long past only its newest part. [`Drawing`] places it, and
//! has its shapes.

mod draw;
mod free;
mod label;
mod lives;
mod numbers;
mod plan;
mod rows;
#[cfg(test)]
mod tests;
mod way;

use crate::ground::{by_hand, stopped};
use crate::model::{Coming, Ladder, Rung, Scope};
use crate::names::segment_kind;
use crate::sight::Sight;
use crate::subject::is_between_hosts;
use crate::words::{PacketName, SegmentFate};
pub use draw::{Drawing, HEAD, LANE, WIDTH, heads};
use lives::lives;
use numbers::Numbers;
pub use rows::Zoom;
use tcp_core::Order;
use tcp_core::net::{Body, Endpoint, Fate, HostId, Log, PacketId, Passage};
use way::way;

/// How many segments are shown at most.
const RUNGS: usize = 120;

/// The two ends of a connection, C_m's first.
type Tuple = (Endpoint, Endpoint);

/// The ladder at this moment. `tuple` is the connection that the diagram shows.
pub(crate) fn ladder(sight: &Sight<'_>, tuple: Option<Tuple>, scope: Scope, next: Option<&Coming>) -> Ladder {
    let log = sight.log;
    let window = match (scope, tuple) {
        (Scope::One, Some(tuple)) => of_one(log, tuple),
        (Scope::One, None) => Window::default(),
        (Scope::All, _) => of_all(log),
    };
    let mut numbers = Numbers::of(log, &window.packets);
    let rungs: Vec<Rung> =
        window.packets.iter().map(|packet| rung(log, packet, scope, &mut numbers)).collect();
    let begins = if scope == Scope::One { numbers.into_begins() } else { Vec::new() };
    let tuples = match scope {
        Scope::One => tuple.into_iter().collect(),
        Scope::All => window.tuples(),
    };
    let now = sight.lab.now();
    let mut ladder = Ladder {
        scope,
        rungs,
        earlier: window.earlier,
        before: window.before,
        lives: Vec::new(),
        begins,
        until: next.map_or(now, |next| next.at.max(now)),
        due: next.map(|next| next.what),
    };
    for at in 0..ladder.rungs.len() {
        let (moment, packet) = (ladder.rungs[at].at, &window.packets[at]);
        ladder.rungs[at].after = ladder.after(moment);
        ladder.rungs[at].repeats = last_of_its_kind(&window.packets[..at], packet);
    }
    ladder.lives = lives(sight, &ladder, &tuples);
    ladder
}

/// The newest part of what was sent.
#[derive(Default)]
struct Window<'a> {
    /// Oldest first.
    packets: Vec<Passage<'a>>,
    earlier: usize,
    before: Option<tcp_core::Instant>,
}

impl<'a> Window<'a> {
    /// The newest of these, which come newest first.
    fn newest(mut packets: impl Iterator<Item = Passage<'a>>) -> Window<'a> {
        let mut shown: Vec<Passage<'a>> = packets.by_ref().take(RUNGS).collect();
        shown.reverse();
        let before = packets.next();
        let earlier = usize::from(before.is_some()) + packets.count();
        Window { packets: shown, earlier, before: before.map(|packet| packet.made) }
    }

    /// The connections whose segments these are.
    fn tuples(&self) -> Vec<Tuple> {
        let mut all: Vec<Tuple> = self.packets.iter().map(|packet| ends_of(packet)).collect();
        all.order();
        all.dedup();
        all
    }
}

/// The segments between two ends, and the ICMP errors about them.
fn of_one(log: &Log, (client, server): Tuple) -> Window<'_> {
    let bare = |end: Endpoint| Endpoint { port: 0, ..end };
    let ours = move |packet: &Passage<'_>| ends_of(packet) == (client, server);
    let mut errors = log.conversation(bare(client), bare(server)).filter(ours).peekable();
    let mut segments = log.conversation(client, server).peekable();
    // Both come newest first.
    let merged = std::iter::from_fn(move || match (segments.peek(), errors.peek()) {
        (Some(segment), Some(error)) if error.id > segment.id => errors.next(),
        (Some(_), _) => segments.next(),
        (None, _) => errors.next(),
    });
    Window::newest(merged)
}

/// All that went between the two hosts, or was for nobody.
fn of_all(log: &Log) -> Window<'_> {
    let seen = |packet: &Passage<'_>| {
        is_between_hosts(packet) || (packet.to.is_none() && packet.from != HostId::Site)
    };
    Window::newest(log.packets().rev().filter(seen))
}

/// The two ends of the connection that a packet belongs to, C_m's first.
fn ends_of(packet: &Passage<'_>) -> Tuple {
    let (src, dst) = match packet.packet().body {
        Body::Icmp { about, .. } => about,
        Body::Tcp(_) | Body::Echo(_) => (packet.src, packet.dst),
    };
    let client = HostId::with_address(src.addr) == Some(HostId::Client);
    if client { (src, dst) } else { (dst, src) }
}

/// The last of these packets with the segment that `packet` repeats, other than copies.
fn last_of_its_kind(before: &[Passage<'_>], packet: &Passage<'_>) -> Option<PacketId> {
    let first = packet.repeats().filter(|_| packet.copy_of().is_none())?;
    let same = |other: &&Passage<'_>| {
        (other.id == first || other.repeats() == Some(first)) && other.copy_of().is_none()
    };
    before.iter().rev().find(same).map(|other| other.id)
}

fn rung(log: &Log, packet: &Passage<'_>, scope: Scope, numbers: &mut Numbers<'_>) -> Rung {
    let (client, server) = ends_of(packet);
    let (seq, ack) = numbers.of_packet(packet);
    let segment = packet.packet().segment();
    Rung {
        packet: packet.id,
        at: packet.made,
        after: std::time::Duration::ZERO,
        from_client: packet.from == HostId::Client,
        // What opens a connection has an arbitrary port, which is the higher one.
        connection: (scope == Scope::All).then(|| client.port.max(server.port)),
        name: PacketName::of(packet),
        by_hand: by_hand(log, packet),
        kind: segment.map_or("icmp", segment_kind),
        seq,
        ack,
        octets: segment.map_or(0, |segment| segment.data_len()),
        fate: fate(log, packet.fate()),
        is_copy: packet.copy_of().is_some(),
        repeats: None,
        way: way(log, packet),
    }
}

pub(crate) fn fate(log: &Log, fate: Fate) -> SegmentFate {
    match fate {
        Fate::Waits => SegmentFate::Waits,
        Fate::Queued(_, until) => SegmentFate::Queued(until),
        Fate::OnItsWay(_) => SegmentFate::OnItsWay,
        Fate::Held(_, until) => SegmentFate::Held(until),
        Fate::Arrived(_) => SegmentFate::Arrived,
        Fate::Dropped(_, place) => SegmentFate::Dropped(stopped(log, place)),
        Fate::Rejected(_, place) => SegmentFate::Rejected(stopped(log, place)),
        Fate::Lost(..) => SegmentFate::Lost,
        Fate::NobodyThere(_) => SegmentFate::NobodyThere,
    }
}
