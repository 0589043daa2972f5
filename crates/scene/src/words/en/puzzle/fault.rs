//! What is wrong in a puzzle, and what one does about it, in English.

use super::super::kind;
use crate::words::puzzle::{Claim, Loss, Span, Spot, Trouble};
use tcp_core::net::HostId;

pub(super) fn all(wrong: &[Claim]) -> String {
    joined(wrong, one)
}

pub(super) fn joined(wrong: &[Claim], one: fn(&Claim) -> String) -> String {
    match wrong {
        [] => "nothing is wrong".to_owned(),
        [only] => one(only),
        [first, rest @ ..] => format!("{}, and {}", one(first), joined(rest, one)),
    }
}

/// On a list.
fn one(wrong: &Claim) -> String {
    match wrong {
        Claim::Lost(Loss { segment, from, spot }, span) => {
            let place = match spot {
                Spot::Output => format!("at {from} OUTPUT"),
                Spot::Network => format!("of {from} in the network"),
                Spot::Input => format!("at {} INPUT", other(*from)),
            };
            format!("{} {place}{}", kind(*segment), spanned(*span))
        }
        Claim::Rejected { reset: true } => "S_m rejects, with RST".to_owned(),
        Claim::Rejected { reset: false } => "S_m rejects, with an ICMP error".to_owned(),
        Claim::Trouble(trouble) => match trouble {
            Trouble::NobodyListens => "nobody listens",
            Trouble::ListensElsewhere => "the program listens on another port",
            Trouble::NeverAccepts => "the program never accepts",
            Trouble::NeverReads => "the program never reads",
            Trouble::NeverCloses => "the program never closes",
            Trouble::QueueFull => "the listener’s queue is full",
            Trouble::Vanished => "S_m has lost the connection",
            Trouble::Unplugged => "S_m is unplugged",
        }
        .to_owned(),
    }
}

/// In a sentence.
pub(super) fn in_full(wrong: &Claim) -> String {
    let Claim::Lost(Loss { segment, from, spot }, span) = wrong else { return one(wrong) };
    let (segment, span) = (kind(*segment), spanned(*span));
    match spot {
        Spot::Output => format!("{segment} of {from} is dropped at {from} OUTPUT{span}"),
        Spot::Network => format!("{segment} of {from} is lost in the network{span}"),
        Spot::Input => format!("{segment} of {from} is dropped at {} INPUT{span}", other(*from)),
    }
}

fn spanned(span: Option<Span>) -> String {
    span.map_or_else(String::new, |span| format!(", {}", lasting(span)))
}

/// On a button, below “nothing is lost, but”.
pub(super) fn short(wrong: Claim) -> String {
    match wrong {
        Claim::Rejected { reset: true } => "rejected with RST".to_owned(),
        Claim::Rejected { reset: false } => "rejected with ICMP".to_owned(),
        Claim::Trouble(Trouble::ListensElsewhere) => "another port".to_owned(),
        Claim::Trouble(Trouble::NeverAccepts) => "never accepts".to_owned(),
        Claim::Trouble(Trouble::NeverReads) => "never reads".to_owned(),
        Claim::Trouble(Trouble::NeverCloses) => "never closes".to_owned(),
        Claim::Trouble(Trouble::QueueFull) => "the queue is full".to_owned(),
        other => one(&other),
    }
}

pub(super) const fn lasting(span: Span) -> &'static str {
    match span {
        Span::Always => "always",
        Span::Once => "once",
        Span::While => "for a while",
    }
}

const fn other(host: HostId) -> HostId {
    if matches!(host, HostId::Client) { HostId::Server } else { HostId::Client }
}

/// What one would now do on a machine of one's own.
pub(super) fn own_machine(wrong: &[Claim]) -> String {
    let mut all: Vec<String> = wrong.iter().map(mends).collect();
    all.dedup();
    let all = all.join(" For the other fault you would ");
    let nothing = if wrong.is_empty() { "close the terminal: all of this is as it should be." } else { "" };
    format!("On your own machine you would now {all}{nothing}")
}

/// What follows “you would now”.
fn mends(wrong: &Claim) -> String {
    match wrong {
        Claim::Lost(Loss { from, spot: Spot::Network, .. }, span) => {
            let until = if *span == Some(Span::Always) { "" } else { " until it happens again" };
            let to = other(*from);
            format!(
                "capture on both hosts{until}: tcpdump on {from} sees the segment leave, and tcpdump on {to} does not see it \
                     arrive. Then ask who runs the network in between."
            )
        }
        Claim::Lost(Loss { from, spot, .. }, Some(Span::While)) => {
            let (host, chain, seen) = match spot {
                Spot::Input => (other(*from), "INPUT", "still sees"),
                _ => (*from, "OUTPUT", "does not see"),
            };
            format!(
                "ask who changed the firewall of {host}: the rule is gone again. While it is there, iptables -L {chain} -vn \
                     counts what it drops, and tcpdump on {host} {seen} it."
            )
        }
        Claim::Lost(Loss { from, spot: Spot::Input, .. }, _) => {
            let to = other(*from);
            format!(
                "capture on {to}: tcpdump still sees what INPUT drops. Then iptables -L INPUT -vn there shows the rule, and \
                     how often it has dropped."
            )
        }
        Claim::Lost(Loss { from, .. }, _) => {
            format!(
                "run iptables -L OUTPUT -vn on {from}: it shows the rule, and how often it has dropped. tcpdump on {from} \
                     does not see what OUTPUT drops."
            )
        }
        Claim::Rejected { .. } => {
            "run iptables -L INPUT -vn on S_m: a rule that rejects has counted what it answered.".to_owned()
        }
        Claim::Trouble(trouble) => match trouble {
            Trouble::NobodyListens => "start the server; ss -ltn on S_m then has its row.",
            Trouble::ListensElsewhere => {
                "run ss -ltn on S_m, which shows the port, and start the server on the right one."
            }
            Trouble::NeverAccepts => {
                "look why the server is busy: Recv-Q of its LISTEN row counts the connections that wait for it."
            }
            Trouble::NeverReads => {
                "look why the server is busy: Recv-Q of its connection is what it has not read."
            }
            Trouble::NeverCloses => {
                "mend the server: it has read to the end, its connection stays in CLOSE_WAIT, and it must close it."
            }
            Trouble::QueueFull => {
                "run ss -ltn on S_m: Recv-Q beyond Send-Q is a full queue, so the server accepts too slowly."
            }
            Trouble::Vanished => {
                "have the programs use keepalive: S_m answers each segment of the connection that it has lost with RST."
            }
            Trouble::Unplugged => "look at ip link on S_m, and at the cable.",
        }
        .to_owned(),
    }
}
