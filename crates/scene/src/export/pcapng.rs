//! What passed the hosts' interfaces, as a capture file in the format pcapng, which Wireshark reads.
//!
//! It has the packets that a capture on the host would have seen. Beside each that was stopped on its way stands where, as
//! a comment. What a host's OUTPUT stopped, or an interface that is down, is in the comment of the whole. The same session makes
//! the same octets.

use crate::ground::by_hand;
use crate::ladder::fate;
use crate::words::{Message, PacketName, Say, SegmentFate};
use tcp_core::Order;
use tcp_core::net::{Fate, HostId};
use tcp_course::Session;
use tcp_shell::capture::{Captured, Direction, Interface, LinkType, SNAPSHOT_LENGTH, Tap, micros_since_1970};

/// Types of blocks and codes of options (draft-ietf-opsawg-pcapng).
const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const PACKET: u32 = 6;
const COMMENT: u16 = 1;
const NAME: u16 = 2;
const FLAGS: u16 = 2;
const DESCRIPTION: u16 = 3;
const APPLICATION: u16 = 4;

/// Read in the order of octets in which it was written, it is this number.
const ORDER: u32 = 0x1a2b_3c4d;

/// The packets that a capture on these hosts sees, in order. What a host sends to itself is seen once, as it comes in.
pub fn seen(session: &Session, hosts: &[HostId]) -> Vec<(HostId, Captured)> {
    let log = session.lab().world().log();
    let mut all = Vec::new();
    for host in hosts {
        let mut tap = Tap::new(*host);
        while let Some(captured) = tap.next(log) {
            if (captured.interface, captured.direction) != (Interface::Loopback, Direction::Out) {
                all.push((*host, captured));
            }
        }
    }
    all.order_by_key(|(_, captured)| captured.fact);
    all
}

/// The file of a capture on these hosts.
pub(super) fn pcapng(session: &Session, hosts: &[HostId], say: Say) -> Vec<u8> {
    let packets = seen(session, hosts);
    // The cards first, then each loopback that something passed.
    let mut interfaces: Vec<(HostId, Interface)> =
        hosts.iter().map(|host| (*host, Interface::Link)).collect();
    for (host, captured) in &packets {
        if !interfaces.contains(&(*host, captured.interface)) {
            interfaces.push((*host, captured.interface));
        }
    }
    let mut out = section(&kept(session, hosts, say));
    for (host, interface) in &interfaces {
        out.extend(described(*host, *interface));
    }
    for (host, captured) in &packets {
        let place = interfaces.iter().position(|one| *one == (*host, captured.interface)).unwrap_or(0);
        out.extend(packet(session, place, captured, say));
    }
    out
}

/// What never left these hosts, because OUTPUT stopped it or the interface is down: a line for each packet.
fn kept(session: &Session, hosts: &[HostId], say: Say) -> String {
    let log = session.lab().world().log();
    let mut lines = Vec::new();
    for packet in log.packets().filter(|packet| hosts.contains(&packet.from)) {
        let (Fate::Dropped(fact, _) | Fate::Rejected(fact, _)) = packet.fate() else { continue };
        if let (None, Some(at)) = (packet.departed(), log.at(fact)) {
            let name = say(&Message::Name(PacketName::of(&packet)));
            let fate = say(&Message::Fate(fate(log, packet.fate())));
            lines.push(format!("{at} s: {name}, {fate}"));
        }
    }
    lines.join("\n")
}

fn section(comment: &str) -> Vec<u8> {
    let mut body = ORDER.to_le_bytes().to_vec();
    body.extend(1_u16.to_le_bytes());
    body.extend(0_u16.to_le_bytes());
    // How long the section is does not need to be known.
    body.extend([0xff; 8]);
    let mut options = vec![(APPLICATION, b"tcp-states".to_vec())];
    if !comment.is_empty() {
        options.insert(0, (COMMENT, comment.as_bytes().to_vec()));
    }
    block(SECTION, body, &options)
}

fn described(host: HostId, interface: Interface) -> Vec<u8> {
    let mut body = u16::try_from(LinkType::Ethernet.number()).unwrap_or(1).to_le_bytes().to_vec();
    body.extend([0, 0]);
    body.extend(SNAPSHOT_LENGTH.to_le_bytes());
    let name = match interface {
        Interface::Loopback => "lo",
        Interface::Link => "eth0",
    };
    let options = [(NAME, name.as_bytes().to_vec()), (DESCRIPTION, format!("{name} of {host}").into_bytes())];
    block(INTERFACE, body, &options)
}

fn packet(session: &Session, place: usize, captured: &Captured, say: Say) -> Vec<u8> {
    let log = session.lab().world().log();
    let passage = session.lab().world().packet(captured.packet);
    let octets =
        [captured.link_header(LinkType::Ethernet, passage.from, passage.to), captured.octets.clone()]
            .concat();
    let micros = micros_since_1970(captured.at);
    let length = u32::try_from(octets.len()).unwrap_or(u32::MAX);
    let half = |number: u64| u32::try_from(number & 0xffff_ffff).unwrap_or(0);
    let words = [u32::try_from(place).unwrap_or(0), half(micros >> 32), half(micros), length, length];
    let mut body: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    body.extend(octets);
    pad(&mut body);
    let direction: u32 = if captured.direction == Direction::In { 1 } else { 2 };
    let mut options = vec![(FLAGS, direction.to_le_bytes().to_vec())];
    let fate = fate(log, passage.fate());
    if fate.is_stopped() || fate == SegmentFate::NobodyThere {
        options.push((COMMENT, say(&Message::Fate(fate)).into_bytes()));
    }
    if by_hand(log, &passage) {
        options.push((COMMENT, say(&Message::ByHand).into_bytes()));
    }
    block(PACKET, body, &options)
}

/// A block: its type, its length, its body, its options, and its length once more.
fn block(kind: u32, mut body: Vec<u8>, options: &[(u16, Vec<u8>)]) -> Vec<u8> {
    for (code, value) in options {
        // A comment that is too long for an option is cut.
        let value = &value[..value.len().min(usize::from(u16::MAX) - 3)];
        body.extend(code.to_le_bytes());
        body.extend(u16::try_from(value.len()).unwrap_or(0).to_le_bytes());
        body.extend(value);
        pad(&mut body);
    }
    body.extend([0; 4]);
    let length = u32::try_from(body.len() + 12).unwrap_or(u32::MAX).to_le_bytes();
    [&kind.to_le_bytes()[..], &length, &body, &length].concat()
}

fn pad(octets: &mut Vec<u8>) {
    octets.resize(octets.len().next_multiple_of(4), 0);
}
