//! Which of the segments that are under way have become needless: what they carry has reached the other end otherwise.

use tcp_core::net::{Fate, Log, Packet, Passage};
use tcp_core::tcp::Segment;

/// What is in it has arrived in another segment, or the other end has answered it. A reset is never needless.
pub(crate) fn is_stray(log: &Log, packet: &Packet) -> bool {
    let Some(segment) = packet.segment().filter(|segment| !segment.is_rst()) else { return false };
    let later = log.conversation(packet.src, packet.dst).take_while(|other| other.id > packet.id);
    later.into_iter().any(|other| carries(&other, packet, segment) || answers(&other, packet, segment))
}

/// It was sent later by the same end, has arrived, and has everything that is in the segment; or it begins another
/// connection.
fn carries(other: &Passage<'_>, packet: &Packet, segment: &Segment) -> bool {
    let Some(newer) = other.packet().segment() else { return false };
    let begins = newer.is_syn() && !newer.is_ack() && other.again == 0 && other.sent().is_some();
    // Both ends may open at once.
    if begins && (other.src == packet.src || !segment.is_syn()) {
        return true;
    }
    if other.src != packet.src {
        return false;
    }
    let octets = segment.is_empty()
        || (!segment.seq.before(newer.seq) && !(newer.seq + newer.len()).before(segment.seq + segment.len()));
    let numbers = !segment.is_ack() || (newer.is_ack() && !newer.ack.before(segment.ack));
    matches!(other.fate(), Fate::Arrived(_)) && !newer.is_rst() && octets && numbers
}

/// The other end has acknowledged its octets.
fn answers(other: &Passage<'_>, packet: &Packet, segment: &Segment) -> bool {
    let answer = other.packet().segment().filter(|answer| other.src == packet.dst && answer.is_ack());
    let end = segment.seq + segment.len();
    !segment.is_empty() && answer.is_some_and(|answer| !answer.is_rst() && !answer.ack.before(end))
}
