//! Packets, each once: what one host sent and the other received, put together.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::capture::{Heard, Way};
use crate::events::{Event, Kind};
use crate::frame::{self, Header};
use crate::host::Host;
use crate::relay;
use crate::rows::connection;

/// The FIN bit of the flags.
pub(crate) const FIN: u8 = 0x01;
/// The SYN bit of the flags.
pub(crate) const SYN: u8 = 0x02;

/// A packet, counted once for both hosts.
#[derive(Clone, Debug)]
pub(crate) struct Packet {
    /// Milliseconds at which it left.
    pub(crate) at: f64,
    /// Milliseconds at which it arrived; `None` if it never did.
    pub(crate) rx: Option<f64>,
    /// The host that sent it.
    pub(crate) from: Host,
    /// Whether the host sent it to itself.
    pub(crate) to_itself: bool,
    /// The line of tcpdump.
    pub(crate) text: String,
    /// What the packet carries.
    pub(crate) proto: Proto,
}

/// What a packet carries.
#[derive(Clone, Debug)]
pub(crate) enum Proto {
    /// An ARP request or reply.
    Arp,
    /// An ICMP message about another packet.
    Icmp,
    /// A TCP segment.
    Tcp(Segment),
}

/// A segment with the numbers that the traces show.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// The source, such as `10.211.55.2:42612`.
    pub(crate) src: String,
    /// The destination.
    pub(crate) dst: String,
    /// SEG.SEQ, SEG.ACK, SEG.WND and the flags.
    pub(crate) header: Header,
    /// SEG.LEN without SYN and FIN.
    pub(crate) len: u32,
    /// SEG.SEQ relative to the sender's ISS.
    pub(crate) rel_seq: Option<u32>,
    /// SEG.ACK relative to the receiver's ISS.
    pub(crate) rel_ack: Option<u32>,
}

/// Puts together what one host sent and what the other received. `lost` is what the relay dropped, and when.
pub(crate) fn of(heard: Vec<Heard>, delay: Duration, lost: &[(f64, String)]) -> Vec<Packet> {
    let held = delay.as_secs_f64() * 1000.0;
    let (mut arrivals, mut rest): (Vec<Heard>, Vec<Heard>) =
        heard.into_iter().partition(|heard| heard.way == Way::In);
    rest.sort_by(|a, b| a.at.total_cmp(&b.at));
    let dropped = dropped(&rest, &arrivals, lost);
    let mut packets = Vec::new();
    for (number, sent) in rest.into_iter().enumerate() {
        let proto = match (&sent.header, sent.text.as_str()) {
            (Some(header), _) => match segment(&sent.text, header) {
                Some(segment) => Proto::Tcp(segment),
                None => continue,
            },
            (None, text) if text.starts_with("ARP") => Proto::Arp,
            (None, text) if text.contains("ICMP") => Proto::Icmp,
            _ => continue,
        };
        let to_itself = sent.way == Way::Loop;
        let rx = if to_itself {
            Some(sent.at)
        } else if dropped.contains(&number) {
            None
        } else {
            // The same line may arrive later, but not so late that it could belong to another packet.
            let within = -0.5..held.mul_add(1.5, 500.0);
            let is_it = |other: &Heard| {
                other.host == sent.host.peer()
                    && other.text == sent.text
                    && within.contains(&(other.at - sent.at - held))
            };
            arrivals.iter().position(is_it).map(|place| arrivals.remove(place).at.max(sent.at))
        };
        packets.push(Packet { at: sent.at, rx, from: sent.host, to_itself, text: sent.text, proto });
    }
    relative(&mut packets);
    packets
}

/// Which of the packets that were sent the relay dropped: for each loss, the last one like it before of which one more was
/// sent than arrived. Of a burst all are like it, but only one is missing; a segment without timestamps may be sent again as
/// the very same line, so that an arrival alone does not show which of them arrived. Of two such lines in one moment the
/// relay took the first.
fn dropped(sent: &[Heard], arrivals: &[Heard], lost: &[(f64, String)]) -> BTreeSet<usize> {
    let like = |sent: &Heard, text: &str| {
        let Some(header) = &sent.header else { return false };
        let Some(segment) = segment(&sent.text, header) else { return false };
        let len = usize::try_from(segment.len).unwrap_or_default();
        relay::loss(sent.host, &frame::letters(header.flags), len) == text
    };
    let is_missing = |one: &Heard| {
        let count = |all: &[Heard]| all.iter().filter(|other| other.text == one.text).count();
        count(sent) > count(arrivals)
    };
    /// Milliseconds.
    const MOMENT: f64 = 0.5;
    let mut dropped = BTreeSet::new();
    for (at, text) in lost {
        let may_be = |place: &usize| {
            let one = &sent[*place];
            one.at <= *at && !dropped.contains(place) && like(one, text) && is_missing(one)
        };
        let last = (0..sent.len()).rev().find(may_be);
        let first = last.and_then(|last| {
            let twin = |one: &Heard| one.text == sent[last].text && sent[last].at - one.at <= MOMENT;
            (0..=last).filter(may_be).find(|place| twin(&sent[*place]))
        });
        dropped.extend(first);
    }
    dropped
}

/// `IP 10.211.55.2.42612 > 10.211.55.10.5555: Flags [S], …, length 0`
fn segment(text: &str, header: &Header) -> Option<Segment> {
    let (addrs, rest) = text.split_once(": Flags")?;
    let (src, dst) = addrs.split_once(' ')?.1.split_once(" > ")?;
    let with_colon = |addr: &str| addr.rsplit_once('.').map(|(addr, port)| format!("{addr}:{port}"));
    let len = rest.rsplit_once("length ")?.1;
    let len = len.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()?;
    Some(Segment {
        src: with_colon(src)?,
        dst: with_colon(dst)?,
        header: header.clone(),
        len,
        rel_seq: None,
        rel_ack: None,
    })
}

/// Fills in the numbers relative to the initial sequence numbers, which each new SYN sets again.
fn relative(packets: &mut [Packet]) {
    let mut iss: BTreeMap<(String, String), u32> = BTreeMap::new();
    for packet in packets {
        let Proto::Tcp(segment) = &mut packet.proto else { continue };
        let there = (segment.src.clone(), segment.dst.clone());
        let back = (segment.dst.clone(), segment.src.clone());
        if segment.header.flags & SYN != 0 {
            let before = iss.insert(there.clone(), segment.header.seq);
            if segment.header.ack.is_none() && before.is_some_and(|before| before != segment.header.seq) {
                // A new connection between the same ends.
                iss.remove(&back);
            }
        }
        segment.rel_seq = iss.get(&there).map(|iss| segment.header.seq.wrapping_sub(*iss));
        segment.rel_ack = segment.header.ack.and_then(|ack| iss.get(&back).map(|iss| ack.wrapping_sub(*iss)));
    }
}

/// The retransmissions among `packets`, as the kernel would have reported them; `state` returns the state of a
/// connection at a time.
///
/// Those that the sender's own firewall dropped are missing, because they never became packets.
pub(crate) fn retransmissions(
    packets: &[Packet],
    state: impl Fn(Host, &str, f64) -> Option<&'static str>,
) -> Vec<Event> {
    let mut sent = BTreeSet::new();
    let mut events = Vec::new();
    for packet in packets.iter().filter(|packet| !packet.to_itself) {
        let Proto::Tcp(segment) = &packet.proto else { continue };
        let header = &segment.header;
        if header.flags & (SYN | FIN) == 0 && segment.len == 0 {
            continue;
        }
        let new = sent.insert((&segment.src, &segment.dst, header.seq, header.flags & SYN));
        if new {
            continue;
        }
        let kind = if header.flags & SYN != 0 && header.ack.is_some() {
            Kind::RetransmitSynAck
        } else {
            let key = connection(&segment.src, &segment.dst);
            Kind::Retransmit(state(packet.from, &key, packet.at).unwrap_or("CLOSED"), 0)
        };
        let (local, remote) = (segment.src.clone(), segment.dst.clone());
        events.push(Event { at: packet.at, host: packet.from, local, remote, kind });
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::parse;
    use crate::clock::Clock;

    const DIAL: &str = "1.000500 eth0  Out IP 10.211.55.2.42612 > 10.211.55.10.5555: Flags [S], seq 16909060, win 64240, length 0
\t0x0000:  4500 0028 0000 4000 4006 0000 0ad3 3702
\t0x0010:  0ad3 370a a674 15b3 0102 0304 0000 0000
\t0x0020:  5002 faf0 1234 0000
";
    const REFUSED: &str = "1.000700 eth0  Out IP 10.211.55.10.5555 > 10.211.55.2.42612: Flags [R.], seq 0, ack 16909061, win 0, length 0
\t0x0000:  4500 0028 0000 4000 4006 0000 0ad3 370a
\t0x0010:  0ad3 3702 15b3 a674 0000 0000 0102 0305
\t0x0020:  5014 0000 1234 0000
";

    fn zero() -> Clock {
        Clock::of(0.0, 0.0)
    }

    #[test]
    fn a_packet_is_told_once_with_both_times() {
        let arrives = |text: &str| text.replace("Out", "In ").replace("00 eth0", "90 eth0");
        let mut heard = parse(&format!("{DIAL}{}", arrives(REFUSED)), Host::Client, &zero());
        heard.extend(parse(&format!("{}{REFUSED}", arrives(DIAL)), Host::Server, &zero()));
        let packets = of(heard, Duration::ZERO, &[]);
        let summary: Vec<_> = packets.iter().map(|packet| (packet.from, packet.rx.is_some())).collect();
        assert_eq!(summary, [(Host::Client, true), (Host::Server, true)]);
        let Proto::Tcp(refused) = &packets[1].proto else { panic!("it is a segment") };
        assert_eq!((refused.src.as_str(), refused.dst.as_str()), ("10.211.55.10:5555", "10.211.55.2:42612"));
        assert_eq!((refused.rel_seq, refused.rel_ack, refused.len), (None, Some(1), 0));
        assert!((packets[0].at - 1000.5).abs() < 0.001, "{}", packets[0].at);
    }

    #[test]
    fn what_is_sent_again_is_a_retransmission() {
        let again = DIAL.replace("1.000500", "2.020500");
        let packets = of(parse(&format!("{DIAL}{again}"), Host::Client, &zero()), Duration::ZERO, &[]);
        let events = retransmissions(&packets, |_, _, _| Some("SYN_SENT"));
        let summary: Vec<_> = events.iter().map(|event| (event.at.round(), event.kind.clone())).collect();
        assert_eq!(summary, [(2021.0, Kind::Retransmit("SYN_SENT", 0))]);
    }

    #[test]
    fn what_never_arrives_has_no_second_time() {
        let packets = of(parse(DIAL, Host::Client, &zero()), Duration::from_millis(20), &[]);
        assert_eq!(packets[0].rx, None);
    }

    #[test]
    fn of_two_equal_ones_that_arrives_which_was_not_dropped() {
        let (again, arrives) =
            (DIAL.replace("1.000500", "2.020500"), DIAL.replace("1.000500 eth0  Out", "2.541000 eth0  In "));
        let mut heard = parse(&format!("{DIAL}{again}"), Host::Client, &zero());
        heard.extend(parse(&arrives, Host::Server, &zero()));
        let lost = [(1000.6, "dropped in the network: from client flags S len 0".to_owned())];
        let packets = of(heard, Duration::from_millis(500), &lost);
        let arrived: Vec<_> = packets.iter().map(|packet| packet.rx.is_some()).collect();
        assert_eq!(arrived, [false, true]);
    }

    #[test]
    fn of_two_equal_ones_in_a_moment_the_first_was_dropped() {
        let again = DIAL.replace("1.000500", "1.000530");
        let arrives = DIAL.replace("1.000500 eth0  Out", "1.021000 eth0  In ");
        let mut heard = parse(&format!("{DIAL}{again}"), Host::Client, &zero());
        heard.extend(parse(&arrives, Host::Server, &zero()));
        let lost = [(1000.6, "dropped in the network: from client flags S len 0".to_owned())];
        let packets = of(heard, Duration::from_millis(20), &lost);
        let arrived: Vec<_> = packets.iter().map(|packet| packet.rx.is_some()).collect();
        assert_eq!(arrived, [false, true]);
    }

    #[test]
    fn of_a_burst_the_one_was_dropped_that_does_not_arrive() {
        let second = DIAL.replace("1.000500", "1.000520").replace("seq 16909060", "seq 16909061");
        let arrives = second.replace("1.000520 eth0  Out", "1.021000 eth0  In ");
        let mut heard = parse(&format!("{DIAL}{second}"), Host::Client, &zero());
        heard.extend(parse(&arrives, Host::Server, &zero()));
        let lost = [(1000.9, "dropped in the network: from client flags S len 0".to_owned())];
        let packets = of(heard, Duration::from_millis(20), &lost);
        let arrived: Vec<_> = packets.iter().map(|packet| packet.rx.is_some()).collect();
        assert_eq!(arrived, [false, true]);
    }

    #[test]
    fn what_a_host_tells_itself_is_marked() {
        let text = "2.0 lo    In  IP 10.211.55.2 > 10.211.55.2: ICMP 10.211.55.10 tcp port 5555 unreachable, length 68\n";
        let out = text.replace("In ", "Out");
        let packets = of(parse(&format!("{out}{text}"), Host::Client, &zero()), Duration::ZERO, &[]);
        assert_eq!(packets.len(), 1);
        assert!(packets[0].to_itself && matches!(packets[0].proto, Proto::Icmp));
    }
}
