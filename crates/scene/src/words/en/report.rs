//! What happened, in English.

use super::rows::row;
use super::time::seconds;
use crate::names::article_name;
use crate::words::{Abort, Ground, PacketName, Report, SegmentFate, Stopped};
use tcp_core::Instant;
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{CallName, QdiscDrop};
use tcp_core::tcp::{Discard, Flags, Row};

/// `SYN #2`: a packet's name, numbered if it is a retransmission.
pub fn packet(name: &PacketName) -> String {
    match name {
        // TCP sends no other empty acknowledgement again.
        PacketName::Segment { flags, octets: 0, again } if *again > 0 && *flags == Flags::ACK => {
            "ACK (window probe)".to_owned()
        }
        PacketName::Segment { again, .. } if *again > 0 => format!("{} #{}", label(name), again + 1),
        PacketName::Segment { .. } => label(name),
        PacketName::Icmp => "the ICMP error".to_owned(),
        PacketName::Echo { is_reply: false } => "the echo request".to_owned(),
        PacketName::Echo { is_reply: true } => "the echo reply".to_owned(),
    }
}

/// What is written on a segment: its flags as the article joins them, or its data with the number of octets.
pub(super) fn label(name: &PacketName) -> String {
    match name {
        PacketName::Segment { flags, octets: 0, .. } => flags.join("|"),
        PacketName::Segment { flags, octets, .. } if flags.contains(Flags::FIN) => {
            format!("data {octets}, FIN")
        }
        PacketName::Segment { octets, .. } => format!("data {octets}"),
        PacketName::Icmp => "ICMP".to_owned(),
        PacketName::Echo { is_reply: false } => "echo".to_owned(),
        PacketName::Echo { is_reply: true } => "echo reply".to_owned(),
    }
}

/// `rule 1 in C_m OUTPUT`
pub(super) fn place(place: Stopped) -> String {
    match place {
        Stopped::Rule(number, host, chain) => format!("rule {number} in {host} {}", chain.name()),
        Stopped::OwnRule(number, name, host, chain) => {
            format!("rule {number} of {name} in {host} {}", chain.name())
        }
        Stopped::Policy(host, chain) => format!("the policy of {host} {}", chain.name()),
        Stopped::Network => "the network".to_owned(),
        Stopped::Link(host) => format!("{host}'s eth0, which is down"),
        Stopped::Lookup(host) => format!("{host}, where it waited for an address"),
        Stopped::Netem(host, QdiscDrop::Lost) => format!("{host}'s netem"),
        Stopped::Netem(host, QdiscDrop::Full) => format!("{host}'s netem, which was full"),
        Stopped::Netem(host, QdiscDrop::Emptied) => format!("{host}'s netem, which was emptied"),
    }
}

/// ` until 4.005 s`, if it goes on by itself.
pub(super) fn held_until(until: Option<Instant>) -> String {
    until.map_or_else(String::new, |until| format!(" until {}", seconds(until)))
}

/// What became of a segment.
pub(super) fn fate(fate: SegmentFate) -> String {
    match fate {
        SegmentFate::Waits => "looks for its host".to_owned(),
        SegmentFate::Queued(until) => format!("held in its host's netem until {}", seconds(until)),
        SegmentFate::OnItsWay => "on its way".to_owned(),
        SegmentFate::Held(until) => format!("held on its way{}", held_until(until)),
        SegmentFate::Arrived => "arrived".to_owned(),
        SegmentFate::Dropped(Stopped::Netem(host, QdiscDrop::Lost)) => format!("lost in {host}'s netem"),
        SegmentFate::Dropped(at) => format!("dropped: {}", place(at)),
        SegmentFate::Rejected(at) => format!("rejected: {}", place(at)),
        SegmentFate::Lost => "lost in the network".to_owned(),
        SegmentFate::NobodyThere => "nobody answers for the address".to_owned(),
    }
}

/// What became of a segment. If nothing can be done to it any more, that is the reason.
pub(super) fn standing(fate: SegmentFate) -> String {
    let over = match fate {
        SegmentFate::OnItsWay | SegmentFate::Held(_) | SegmentFate::Queued(_) | SegmentFate::Waits => "",
        _ => ": nothing in flight to act on",
    };
    format!("{}{over}", self::fate(fate))
}

/// As one sentence.
pub(super) fn sentence(report: &Report) -> String {
    match report {
        Report::Stayed(host, taken, ground) => format!("{host}: {}", edge(taken, *ground)),
        Report::Entered(host, taken, ground) => {
            format!("{host} enters {}. {}", article_name(taken.to), edge(taken, *ground))
        }
        Report::ForgotHalfOpen(host, taken) => {
            format!("{host} forgets the half-open connection. {}", row(taken))
        }
        Report::Linked(host, true) => format!("{host}'s eth0 is up: it is plugged in again."),
        Report::Linked(host, false) => {
            format!("{host}'s eth0 is down: nothing leaves it, and nothing reaches it.")
        }
        Report::AnsweredByReset(host, name) => {
            format!("{host} answers with {}: it has no such connection.", packet(name))
        }
        Report::FirewallReset(host, name) => format!("{host}'s firewall answers with {}.", packet(name)),
        Report::Dropped(
            name,
            at @ (Stopped::Rule(_, _, ChainName::Output)
            | Stopped::OwnRule(.., ChainName::Output)
            | Stopped::Policy(_, ChainName::Output)),
        ) => format!("{} hit {}. It never leaves the host.", packet(name), place(*at)),
        Report::Dropped(name, Stopped::Netem(host, why)) => {
            let why = match why {
                QdiscDrop::Lost => format!("was lost in {host}'s netem"),
                QdiscDrop::Full => format!("found {host}'s netem full"),
                QdiscDrop::Emptied => format!("was in {host}'s netem when that was emptied"),
            };
            format!("{} {why}. It never leaves the host.", packet(name))
        }
        Report::Dropped(name, Stopped::Lookup(host)) => {
            format!(
                "{host} threw {} away, which waited for an address. It never leaves the host.",
                packet(name)
            )
        }
        Report::Dropped(name, at) => format!("{} hit {}. Nobody is told.", packet(name), place(*at)),
        Report::Rejected(name, at) => {
            format!("{} was rejected by {}; its sender is told.", packet(name), place(*at))
        }
        Report::Lost(name, rule) => match rule.as_ref().and_then(super::wire::share_of) {
            Some(share) => format!("{} was lost: the network loses {share}. Nobody is told.", packet(name)),
            None => format!("{} was lost in the network. Nobody is told.", packet(name)),
        },
        Report::Reordered(name) => {
            format!("{} takes twice as long: what follows may overtake it.", packet(name))
        }
        Report::Duplicated(name) => format!("The network delivers {} twice.", packet(name)),
        Report::SentTwice(host, name) => format!("{host}'s netem sends {} twice.", packet(name)),
        Report::Queued(host, name, until) => {
            format!("{} waits in {host}'s netem until {}.", packet(name), seconds(*until))
        }
        Report::Overtakes(host, name) => {
            format!("{} does not wait in {host}'s netem: it overtakes what does.", packet(name))
        }
        Report::NetemSet(host, device, true) => {
            format!("{host}'s {} has a netem: what leaves by it passes that first.", device.name())
        }
        Report::NetemSet(host, device, false) => format!("{host}'s {} has no netem any more.", device.name()),
        Report::NoRoom(host, name) => {
            format!("{host} has no room in its queue: {} is ignored.", packet(name))
        }
        Report::Cookie(host, name) => format!(
            "{host} has too many half-open connections: it answers {} and keeps no entry.",
            packet(name)
        ),
        Report::NobodyThere(address) => format!("Nobody answers for the address {address}."),
        Report::CameBefore(host, name) => {
            format!("{} came before; {host} acknowledges it once more.", packet(name))
        }
        Report::Discarded(host, name, why) => {
            format!("{} has no effect at {host}: {}.", packet(name), reason(*why))
        }
        Report::Failed(host, call, error) => format!("{host}: {}() fails: {error}.", name(*call)),
        _ => format!("{}.", link(report)),
    }
}

/// What is said of an edge: what its row says, and the ground.
fn edge(taken: &Row, ground: Ground) -> String {
    let says = match ground {
        Ground::Row | Ground::AnswerStopped | Ground::AnswerHeld | Ground::LeftBefore => row(taken),
        _ => "",
    };
    format!("{says}{}", self::ground(ground))
}

pub(super) fn ground(ground: Ground) -> String {
    match ground {
        Ground::Row => String::new(),
        Ground::AnswerStopped => " The answer before did not get through.".to_owned(),
        Ground::AnswerHeld => " The answer before is held on its way.".to_owned(),
        Ground::LeftBefore => " It had left before our answer could arrive.".to_owned(),
        Ground::Answered { firewall, name, at, reset } => {
            let answer = if reset { "a RST" } else { "an ICMP error" };
            format!("{firewall}'s firewall rejected {} with {answer}: {}.", packet(&name), place(at))
        }
        Ground::Forged(host) => format!("A RST that was made by hand came: {host} never sent it."),
        Ground::Rejected(at) => format!("Its own firewall rejected the SYN: {}.", place(at)),
        Ground::Aborted { by, reset } => {
            let reset = if reset { ": the peer is sent a RST" } else { "" };
            format!("{}{reset}.", abort(by))
        }
        Ground::Orphan => {
            "The peer knows that we are done. No program holds the socket: data is answered by a RST."
                .to_owned()
        }
        Ground::NobodyThere => "No host answers for that address: no SYN leaves.".to_owned(),
    }
}

const fn abort(by: Abort) -> &'static str {
    match by {
        Abort::Unread => "Closed with data unread",
        Abort::Linger => "Closed with SO_LINGER at 0",
        Abort::Listener => "Its listener ended before accept()",
        Abort::Killed => "Ended from outside, by ss -K",
    }
}

/// As a link in a chain of causes.
pub(super) fn link(report: &Report) -> String {
    match report {
        Report::Sent(host, name) => format!("{host} sent {}", packet(name)),
        Report::Injected(host, name) => {
            format!("somebody put {} on the wire by hand, as if {host} had sent it", packet(name))
        }
        Report::Held(name, until) => format!("{} was held on its way{}", packet(name), held_until(*until)),
        Report::Released(name) => format!("{} was released and went on", packet(name)),
        Report::Reached(host, name) => format!("{} reached {host}", packet(name)),
        Report::NoAnswer(host) => format!("no answer came to {host} in time"),
        Report::TriedOnceMore(host) => format!("{host} tries once more what it could not send"),
        Report::WaitOver(host) => format!("the wait at {host} is over"),
        Report::HeardNothing(host) => {
            format!("{host} has heard nothing for as long as its keepalive timer ran")
        }
        Report::AckWaited(host) => format!("{host} waited for data or a FIN to carry its ACK"),
        Report::Queued(host, name, until) => {
            format!("{} waited in {host}'s netem until {}", packet(name), seconds(*until))
        }
        Report::Called(host, call) => format!("the program on {host} called {}()", name(*call)),
        _ => sentence(report).trim_end_matches('.').to_owned(),
    }
}

/// The name of a call is that of the socket interface.
const fn name(call: CallName) -> &'static str {
    match call {
        CallName::Bind => "bind",
        CallName::Listen => "listen",
        CallName::Connect => "connect",
        CallName::Accept => "accept",
        CallName::Send => "send",
        CallName::Recv => "recv",
        CallName::Shutdown => "shutdown",
        CallName::Close | CallName::Disconnect => "close",
    }
}

pub(super) const fn reason(why: Discard) -> &'static str {
    match why {
        Discard::OutOfWindow => "it lies outside the window",
        Discard::Duplicate => "all of it came before",
        Discard::BadReset => "its sequence number is not the one expected",
        Discard::BadAck => "it acknowledges what was never sent",
        Discard::NoAck => "it carries no ACK",
        Discard::SynInside => "a SYN has no place in an open connection",
        Discard::NotExpected => "nothing waits for it",
    }
}
