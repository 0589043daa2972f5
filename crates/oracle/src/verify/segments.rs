//! Segments other than bare ACKs, connection by connection.

use super::tolerance::TICK_MS;
use super::verdict::{Aspect, Verdict, allowance, seconds, states_of};
use crate::outcome::{Outcome, PacketSeen};
use std::collections::BTreeMap;

/// The same segments are sent in the same order at the same times.
pub(super) fn segments(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Segments);
    let (mut one, mut other) = (by_connection(trace), by_connection(replay));
    let names: Vec<String> = one.keys().chain(other.keys()).cloned().collect();
    for name in names {
        let (Some(mine), yours) = (one.remove(&name), other.remove(&name).unwrap_or_default()) else {
            // These were either compared already, or are only in the replay.
            for packet in other.remove(&name).unwrap_or_default() {
                verdict.note(Some(format!("{name}: only in the replay: {}", described(packet))));
            }
            continue;
        };
        let mut yours = in_the_order_of(&mine, yours);
        let mut mine = mine;
        uncross(&mut mine);
        uncross(&mut yours);
        let yours = in_the_order_of(&mine, yours);
        for at in 0..mine.len().max(yours.len()) {
            let pair = (mine.get(at), yours.get(at));
            if let (None, Some(other)) = pair
                && may_be_after_the_end(trace, &name, other)
            {
                continue;
            }
            verdict.note(match pair {
                (Some(one), Some(other)) => differ(trace, &name, one, other),
                (one, other) => Some(format!(
                    "{name}: trace has {}, replay {}",
                    one.map_or("nothing more".to_owned(), |one| described(one)),
                    other.map_or("nothing more".to_owned(), |other| described(other))
                )),
            });
            if verdict.against.len() > 3 {
                break;
            }
        }
    }
    verdict
}

/// Name of a segment's connection, as trajectories have it.
pub(super) fn connection(packet: &PacketSeen) -> String {
    let own = packet.to.as_ref() == Some(&packet.from);
    if (packet.from == "client") == own {
        format!("{} - {}", packet.dst, packet.src)
    } else {
        format!("{} - {}", packet.src, packet.dst)
    }
}

fn by_connection(outcome: &Outcome) -> BTreeMap<String, Vec<&PacketSeen>> {
    let mut all: BTreeMap<String, Vec<&PacketSeen>> = BTreeMap::new();
    let segments = outcome.packets.iter().filter(|packet| packet.proto == "tcp");
    for packet in segments.filter(|packet| packet.flags != "ACK" || packet.len > 0) {
        all.entry(connection(packet)).or_default().push(packet);
    }
    all
}

/// Puts the client's segment first if two segments crossed on the wire, where neither order is right.
///
/// Of a burst, the first segment is answered while the second is being delivered, a few hundredths of a millisecond later
/// over a relay, and at the same moment in a replay. So a segment that leaves within a tick of an arrival, and does not
/// acknowledge what arrived, has crossed it.
fn uncross(segments: &mut [&PacketSeen]) {
    for turn in 0..segments.len() {
        for at in 0..segments.len().saturating_sub(turn + 1) {
            if let Some([one, other]) = segments.get_mut(at..at + 2)
                && one.from == "server"
                && other.from == "client"
                && one.rx_ms.is_none_or(|rx| {
                    other.t_ms < rx || (other.t_ms - rx < TICK_MS && !acknowledges(other, one))
                })
            {
                std::mem::swap(one, other);
            }
        }
    }
}

/// Whether `answer` acknowledges all of `segment`.
fn acknowledges(answer: &PacketSeen, segment: &PacketSeen) -> bool {
    let ends = ["SYN", "FIN"].into_iter().filter(|flag| segment.flags.contains(flag)).count();
    let end = segment.rel_seq.unwrap_or_default() + segment.len + u32::from(ends > 0);
    answer.rel_ack.is_some_and(|ack| ack >= end)
}

/// `yours` in the order of `mine` wherever that exchanges only segments of the two hosts that are sent in one tick, and
/// each acknowledges the same: neither host knew of the other's segment.
fn in_the_order_of<'a>(mine: &[&PacketSeen], mut yours: Vec<&'a PacketSeen>) -> Vec<&'a PacketSeen> {
    let sent = |packet: &PacketSeen| {
        let PacketSeen { from, to, flags, len, rel_seq, rel_ack, .. } = packet.clone();
        (from, to, flags, len, rel_seq, rel_ack, packet.rx_ms.is_none())
    };
    let in_one_tick = |one: &PacketSeen, other: &PacketSeen| (one.t_ms - other.t_ms).abs() < TICK_MS;
    for (at, wanted) in mine.iter().enumerate() {
        let rest = yours.get(at..).unwrap_or_default();
        let Some(place) = rest.iter().position(|other| sent(other) == sent(wanted)) else { continue };
        let (Some(found), Some(before)) = (rest.get(place), rest.get(..place)) else { continue };
        // What it goes before comes later in `mine` too, within the tick.
        let exchanged = before.iter().all(|other| {
            let later = mine.iter().skip(at + 1).find(|one| sent(one) == sent(other));
            other.from != found.from
                && in_one_tick(other, found)
                && later.is_some_and(|later| in_one_tick(later, wanted))
        });
        if exchanged && let Some(part) = yours.get_mut(at..=at + place) {
            part.rotate_right(1);
        }
    }
    yours
}

fn differ(trace: &Outcome, name: &str, one: &PacketSeen, other: &PacketSeen) -> Option<String> {
    let same = (&one.from, &one.to, &one.flags, one.len, one.rx_ms.is_none())
        == (&other.from, &other.to, &other.flags, other.len, other.rx_ms.is_none());
    let states = states_of(trace, &one.from, name);
    let allowed = allowance(states, one.t_ms);
    let in_time = (one.t_ms - other.t_ms).abs() <= allowed;
    let why = if same { format!(" (allowed {})", seconds(allowed)) } else { String::new() };
    (!(same && in_time))
        .then(|| format!("{name}: trace has {}, replay {}{why}", described(one), described(other)))
}

/// Whether the trace may have ended before this segment.
fn may_be_after_the_end(trace: &Outcome, name: &str, other: &PacketSeen) -> bool {
    other.t_ms + allowance(states_of(trace, &other.from, name), other.t_ms) > trace.duration_ms
}

fn described(packet: &PacketSeen) -> String {
    let lost = if packet.rx_ms.is_none() { ", lost" } else { "" };
    format!(
        "{} of {} octets from {} at {}{lost}",
        packet.flags,
        packet.len,
        packet.from,
        seconds(packet.t_ms)
    )
}
