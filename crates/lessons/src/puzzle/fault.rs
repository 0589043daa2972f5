//! What can be wrong, and the lines that make it so.

use std::time::Duration;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_course::{Action, Step};
use tcp_scene::words::Kind;
use tcp_scene::words::puzzle::{Loss, Spot, Trouble};

/// Which of the segments are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lasts {
    /// All.
    Always,
    /// The first.
    Once,
    /// Those of the time before this has passed since the fault began.
    Until(Duration),
}

/// A firewall's answer to what it rejects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reject {
    /// RST, as if nobody listened.
    Reset,
    /// ICMP: the port is unreachable.
    Port,
    /// ICMP: the host is unreachable.
    Host,
    /// ICMP: the network is unreachable.
    Net,
    /// ICMP: the protocol is unreachable.
    Protocol,
    /// ICMP: the network is prohibited.
    NetProhibited,
    /// ICMP: the host is prohibited.
    HostProhibited,
    /// ICMP: prohibited by an administrator.
    AdminProhibited,
}

impl Reject {
    /// All.
    pub const ALL: [Reject; 8] = [
        Reject::Reset,
        Reject::Port,
        Reject::Host,
        Reject::Net,
        Reject::Protocol,
        Reject::NetProhibited,
        Reject::HostProhibited,
        Reject::AdminProhibited,
    ];

    /// As iptables has it after `--reject-with`.
    pub const fn word(self) -> &'static str {
        match self {
            Reject::Reset => "tcp-reset",
            Reject::Port => "icmp-port-unreachable",
            Reject::Host => "icmp-host-unreachable",
            Reject::Net => "icmp-net-unreachable",
            Reject::Protocol => "icmp-proto-unreachable",
            Reject::NetProhibited => "icmp-net-prohibited",
            Reject::HostProhibited => "icmp-host-prohibited",
            Reject::AdminProhibited => "icmp-admin-prohibited",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Something is lost.
    Loss(Loss, Lasts),
    /// S_m's INPUT rejects what C_m sends.
    Reject(Reject),
    /// A host or its program.
    Trouble(Trouble),
}

/// A fault: nothing, one thing, or two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub parts: Vec<Part>,
}

impl Fault {
    /// The trouble with S_m's program, if that is it.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.parts.iter().find_map(|part| match part {
            Part::Trouble(trouble) => Some(*trouble),
            _ => None,
        })
    }

    /// A connect fails at once.
    pub(super) fn is_refused(&self) -> bool {
        let refused = |part: &Part| {
            matches!(
                part,
                Part::Reject(_) | Part::Trouble(Trouble::NobodyListens | Trouble::ListensElsewhere)
            )
        };
        self.parts.len() == 1 && self.parts.iter().all(refused)
    }

    /// What makes it so, from `onset` on, and ends it.
    pub(super) fn steps(&self, onset: Instant) -> Vec<Step> {
        let mut steps: Vec<Step> = self.parts.iter().flat_map(|part| part.steps(onset)).collect();
        steps.order_by_key(|step| step.at);
        steps
    }
}

impl Part {
    fn steps(self, onset: Instant) -> Vec<Step> {
        let server = |cmd: &str| Action::Run { host: HostId::Server, cmd: cmd.to_owned() };
        let at_onset = |actions: Vec<Action>| -> Vec<Step> {
            actions.into_iter().map(|action| Step { at: onset, action }).collect()
        };
        match self {
            Part::Loss(loss, lasts) => {
                let mut steps = at_onset(lines(loss, lasts, "-A", "drop"));
                if let Lasts::Until(span) = lasts {
                    let ends = lines(loss, lasts, "-D", "undrop").into_iter();
                    steps.extend(ends.map(|action| Step { at: onset + span, action }));
                }
                steps
            }
            Part::Reject(with) => {
                let word = with.word();
                at_onset(vec![server(&format!(
                    "sudo iptables -A INPUT -p tcp -j REJECT --reject-with {word}"
                ))])
            }
            // A machine that loses its power sends nothing, and when it is back, it knows of no connection.
            Part::Trouble(Trouble::Vanished) => at_onset(vec![
                server("sudo iptables -A OUTPUT -p tcp -j DROP"),
                server("sudo pkill -9 app"),
                server("sudo iptables -F OUTPUT"),
            ]),
            Part::Trouble(Trouble::Unplugged) => at_onset(vec![server("sudo ip link set eth0 down")]),
            // The rest is how the puzzle opens.
            Part::Trouble(_) => Vec::new(),
        }
    }
}

/// The lines that begin a loss or end it.
fn lines(loss: Loss, lasts: Lasts, change: &str, console_word: &str) -> Vec<Action> {
    let (host, chain) = match loss.spot {
        Spot::Network => return console(loss, lasts, console_word),
        Spot::Output => (loss.from, "OUTPUT"),
        Spot::Input => (other(loss.from), "INPUT"),
    };
    let (mask, flags) = match loss.segment {
        Kind::Syn => ("SYN,ACK,FIN,RST", "SYN"),
        Kind::SynAck => ("SYN,ACK,FIN,RST", "SYN,ACK"),
        // What was typed has PSH.
        Kind::Ack => ("SYN,ACK,FIN,RST,PSH", "ACK"),
        Kind::Data => ("SYN,FIN,RST,PSH", "PSH"),
        Kind::Fin => ("FIN", "FIN"),
        Kind::Rst => ("RST", "RST"),
    };
    let first = match lasts {
        Lasts::Once => " -m statistic --mode nth --every 1000000 --packet 0",
        Lasts::Always | Lasts::Until(_) => "",
    };
    let cmd = format!("sudo iptables {change} {chain} -p tcp --tcp-flags {mask} {flags}{first} -j DROP");
    vec![Action::Run { host, cmd }]
}

/// The same on the network's console.
fn console(loss: Loss, lasts: Lasts, word: &str) -> Vec<Action> {
    let (flags, length): (&[&str], &str) = match loss.segment {
        Kind::Syn => (&["S"], "*"),
        Kind::SynAck => (&["SA"], "*"),
        Kind::Ack => (&["A"], "0"),
        Kind::Data => (&["A"], "+"),
        Kind::Fin => (&["FA"], "*"),
        Kind::Rst => (&["R", "RA"], "*"),
    };
    let count = if lasts == Lasts::Once { " 1" } else { "" };
    let from = loss.from.word();
    let line = |flags: &&str| Action::Network { line: format!("{word} {from} {flags} {length}{count}") };
    flags.iter().map(line).collect()
}

/// The other of the two.
pub(super) const fn other(host: HostId) -> HostId {
    match host {
        HostId::Server => HostId::Client,
        _ => HostId::Server,
    }
}
