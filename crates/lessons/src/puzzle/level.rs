//! The levels: what may be wrong in each, how a puzzle opens, and what may be looked at.

use super::fault::{Fault, Lasts, Part, Reject};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_course::{Action, Step};
use tcp_scene::words::Kind;
use tcp_scene::words::puzzle::{Claim, Level, Loss, Spot, Trouble};
use tcp_shell::TerminalId::{self, ClientLower, ClientUpper, ServerLower, ServerUpper};

/// Something that a level offers to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// When the first line is typed at the earliest.
    pub at: Instant,
    /// The lines, each where it is typed.
    pub lines: &'static [(TerminalId, &'static str)],
    /// For how long it is watched.
    pub(crate) watch: Duration,
}

const fn ms(millis: u64) -> Instant {
    Instant::from_millis(millis)
}

const fn offer(at: u64, lines: &'static [(TerminalId, &'static str)], watch: u64) -> Offer {
    Offer { at: ms(at), lines, watch: Duration::from_millis(watch) }
}

/// Asks the same server once more.
const AGAIN: &[(TerminalId, &str)] = &[(ClientLower, "nc -zv 10.211.55.10 5555")];
/// Asks a port at which nobody listens.
const OTHER_PORT: &[(TerminalId, &str)] = &[(ClientLower, "nc -zv 10.211.55.10 5556")];
/// What TCP has received and sent: what INPUT dropped is not in it, and what OUTPUT dropped is.
const CLIENT_SEGMENTS: &[(TerminalId, &str)] = &[(ClientLower, "netstat -st | grep segments")];
const SERVER_SEGMENTS: &[(TerminalId, &str)] = &[(ServerLower, "netstat -st | grep segments")];
/// What IP has received and sent: what INPUT dropped is in it, and what OUTPUT dropped is not.
const CLIENT_PACKETS: &[(TerminalId, &str)] = &[(ClientLower, "netstat -s | grep -e total -e Transmits")];
const SERVER_PACKETS: &[(TerminalId, &str)] = &[(ServerLower, "netstat -s | grep -e total -e Transmits")];
const CLIENT_PING: &[(TerminalId, &str)] = &[(ClientLower, "ping -c 1 10.211.55.10")];
const SERVER_PROGRAMS: &[(TerminalId, &str)] = &[(ServerLower, "ps aux")];
const SERVER_QUEUES: &[(TerminalId, &str)] = &[(ServerLower, "ss -ltn")];
const CLIENT_HELLO: &[(TerminalId, &str)] = &[(ClientUpper, "hello")];
const SERVER_CAPTURE: &[(TerminalId, &str)] =
    &[(ServerLower, "sudo tcpdump -nn -i eth0 tcp"), (ClientUpper, "again")];
const CLIENT_CAPTURE: &[(TerminalId, &str)] =
    &[(ClientLower, "sudo tcpdump -nn -i eth0 tcp"), (ClientUpper, "again")];

const COUNTERS: &[Offer] = &[
    offer(8000, CLIENT_SEGMENTS, 100),
    offer(8000, SERVER_SEGMENTS, 100),
    offer(8000, CLIENT_PACKETS, 100),
    offer(8000, SERVER_PACKETS, 100),
    offer(8000, AGAIN, 1000),
    offer(8000, OTHER_PORT, 1000),
    offer(8000, CLIENT_PING, 1000),
];
const TIME: &[Offer] = &[
    offer(2000, CLIENT_SEGMENTS, 100),
    offer(2000, SERVER_SEGMENTS, 100),
    offer(40_000, CLIENT_SEGMENTS, 100),
    offer(40_000, SERVER_SEGMENTS, 100),
    offer(40_000, CLIENT_PACKETS, 100),
    offer(40_000, SERVER_PACKETS, 100),
    offer(40_000, AGAIN, 10_000),
    offer(10_000, CLIENT_HELLO, 30_000),
    offer(40_000, CLIENT_HELLO, 60_000),
];
const TEARDOWN: &[Offer] = &[
    offer(10_000, CLIENT_SEGMENTS, 100),
    offer(10_000, SERVER_SEGMENTS, 100),
    offer(10_000, CLIENT_PACKETS, 100),
    offer(10_000, SERVER_PACKETS, 100),
    offer(10_000, AGAIN, 10_000),
    offer(10_000, SERVER_PROGRAMS, 100),
];
const APPLICATIONS: &[Offer] = &[
    offer(8000, CLIENT_SEGMENTS, 100),
    offer(8000, SERVER_SEGMENTS, 100),
    offer(8000, CLIENT_PACKETS, 100),
    offer(8000, SERVER_PACKETS, 100),
    offer(8000, AGAIN, 1000),
    offer(8000, OTHER_PORT, 1000),
    offer(8000, SERVER_QUEUES, 100),
    offer(8000, SERVER_PROGRAMS, 100),
];
const LIVE: &[Offer] = &[
    offer(8000, CLIENT_SEGMENTS, 100),
    offer(8000, SERVER_SEGMENTS, 100),
    offer(8000, CLIENT_PACKETS, 100),
    offer(8000, SERVER_PACKETS, 100),
    offer(8000, AGAIN, 10_000),
    offer(8000, CLIENT_HELLO, 10_000),
    offer(8000, CLIENT_PING, 1000),
    offer(8000, SERVER_PROGRAMS, 100),
    offer(20_000, CLIENT_CAPTURE, 10_000),
    offer(20_000, SERVER_CAPTURE, 10_000),
];
const TWO: &[Offer] = &[
    offer(3000, CLIENT_SEGMENTS, 100),
    offer(3000, SERVER_SEGMENTS, 100),
    offer(3000, CLIENT_PACKETS, 100),
    offer(3000, SERVER_PACKETS, 100),
    offer(12_000, CLIENT_SEGMENTS, 100),
    offer(12_000, SERVER_SEGMENTS, 100),
    offer(12_000, CLIENT_PACKETS, 100),
    offer(12_000, SERVER_PACKETS, 100),
    offer(12_000, AGAIN, 10_000),
];

impl Offer {
    /// Between two lines of an offer.
    pub(crate) const BETWEEN: Duration = Duration::from_secs(1);
}

/// What a level hides, and what it offers to find it.
pub trait Hides {
    /// All its faults. The first is that nothing is wrong.
    fn faults(self) -> Vec<Fault>;
    /// What may be looked at beside both hosts' netstat.
    fn offers(self) -> &'static [Offer];
    /// What an answer may say is wrong, each once.
    fn claims(self) -> Vec<Claim>;
}

impl Hides for Level {
    fn offers(self) -> &'static [Offer] {
        match self {
            Level::Pair => &[],
            Level::Counters => COUNTERS,
            Level::Time => TIME,
            Level::Teardown => TEARDOWN,
            Level::Applications => APPLICATIONS,
            Level::Live => LIVE,
            Level::Two => TWO,
        }
    }

    fn faults(self) -> Vec<Fault> {
        use HostId::{Client, Server};
        let mut all = vec![Fault::default()];
        let mut one = |part: Part| all.push(Fault { parts: vec![part] });
        let mut lost = |segments: &[(Kind, HostId)], lasts: &[Lasts]| {
            for part in losses(segments, lasts) {
                one(part);
            }
        };
        let opening = [(Kind::Syn, Client), (Kind::SynAck, Server), (Kind::Ack, Client)];
        let first = [Lasts::Always, Lasts::Once];
        match self {
            Level::Pair => {
                lost(&opening, &first);
                one(Part::Reject(Reject::Reset));
                one(Part::Reject(Reject::Port));
                one(Part::Trouble(Trouble::NobodyListens));
                one(Part::Trouble(Trouble::ListensElsewhere));
            }
            Level::Counters => {
                lost(&opening, &first);
                lost(&[(Kind::Data, Client), (Kind::Ack, Server)], &first);
                Reject::ALL.into_iter().for_each(|with| one(Part::Reject(with)));
                one(Part::Trouble(Trouble::NobodyListens));
                one(Part::Trouble(Trouble::ListensElsewhere));
            }
            Level::Time => {
                let spans = [8, 25].map(|secs| Lasts::Until(Duration::from_secs(secs)));
                let lasts = [first[0], first[1], spans[0], spans[1]];
                lost(&opening, &lasts);
                lost(&[(Kind::Data, Client)], &lasts);
            }
            Level::Teardown => {
                lost(&[(Kind::Fin, Client), (Kind::Ack, Server)], &first);
                lost(&[(Kind::Fin, Server), (Kind::Ack, Client)], &first);
                one(Part::Trouble(Trouble::NeverCloses));
            }
            Level::Applications => {
                let troubles = [
                    Trouble::NobodyListens,
                    Trouble::ListensElsewhere,
                    Trouble::NeverAccepts,
                    Trouble::NeverReads,
                    Trouble::NeverCloses,
                    Trouble::QueueFull,
                ];
                troubles.into_iter().for_each(|trouble| one(Part::Trouble(trouble)));
                losses(&[(Kind::Syn, Client), (Kind::Data, Client), (Kind::Fin, Client)], &[Lasts::Always])
                    .for_each(one);
            }
            Level::Live => {
                let ten = Lasts::Until(Duration::from_secs(10));
                lost(&[(Kind::Data, Client), (Kind::Ack, Server)], &[first[0], first[1], ten]);
                one(Part::Reject(Reject::Reset));
                one(Part::Reject(Reject::Port));
                one(Part::Trouble(Trouble::Vanished));
                one(Part::Trouble(Trouble::Unplugged));
            }
            Level::Two => {
                let early = losses(&[(Kind::Syn, Client), (Kind::SynAck, Server)], &[Lasts::Once]);
                let late = [(Kind::Data, Client), (Kind::Ack, Server), (Kind::Fin, Client)];
                let late: Vec<Part> = losses(&late, &[Lasts::Always]).collect();
                let early: Vec<Part> = early.collect();
                early.iter().chain(&late).for_each(|part| one(*part));
                let pairs = early.iter().flat_map(|a| late.iter().map(move |b| vec![*a, *b]));
                let nobody = Part::Trouble(Trouble::NobodyListens);
                let resets = losses(&[(Kind::Rst, Server)], &[Lasts::Always]);
                let unheard = resets.map(|reset| vec![nobody, reset]);
                all.extend(pairs.chain(unheard).chain([vec![nobody]]).map(|parts| Fault { parts }));
            }
        }
        all
    }

    fn claims(self) -> Vec<Claim> {
        let mut claims: Vec<Claim> = self.faults().iter().flat_map(|fault| fault.claims(self)).collect();
        claims.order();
        claims.dedup();
        claims
    }
}

/// For how long both hosts' netstat are watched by who looks at nothing else.
pub(crate) const fn horizon(level: Level) -> Instant {
    match level {
        Level::Time => ms(150_000),
        Level::Teardown => ms(80_000),
        Level::Pair | Level::Counters | Level::Applications | Level::Live | Level::Two => ms(20_000),
    }
}

/// When the faults begin.
pub(crate) const fn onset(level: Level) -> Instant {
    match level {
        Level::Teardown => ms(1000),
        Level::Live => ms(2000),
        _ => Instant::START,
    }
}

/// How a puzzle with this fault opens: what is seen, and what is not.
pub(crate) fn opening(level: Level, fault: &Fault) -> Vec<Step> {
    let mut steps = fault.steps(onset(level));
    let at = |millis: u64, action: Action| Step { at: ms(millis), action };
    steps.extend(server(level, fault.trouble()));
    let types = |millis: u64, line: &str| at(millis, Action::enter(ClientUpper, line));
    let input =
        |millis: u64, line: &str| at(millis, Action::Input { terminal: ClientUpper, line: line.to_owned() });
    steps.push(types(50, "nc 10.211.55.10 5555"));
    match level {
        // Whoever sees that nc has ended types nothing into the shell.
        _ if fault.is_refused() && onset(level) == Instant::START => {}
        Level::Pair => {}
        Level::Counters | Level::Time => steps.push(input(4050, "hello")),
        Level::Teardown => steps.push(at(2050, Action::ctrl_c(ClientUpper))),
        Level::Applications => {
            steps.push(input(1050, "hello"));
            steps.push(at(3050, Action::ctrl_c(ClientUpper)));
        }
        Level::Live => {
            steps.push(input(1050, "hello"));
            steps.push(input(3050, "again"));
        }
        Level::Two => {
            steps.push(input(4050, "hello"));
            steps.push(at(6050, Action::ctrl_c(ClientUpper)));
        }
    }
    steps.order_by_key(|step| step.at);
    steps
}

fn losses<'a>(segments: &'a [(Kind, HostId)], lasts: &'a [Lasts]) -> impl Iterator<Item = Part> + use<'a> {
    segments.iter().flat_map(move |(segment, from)| {
        let at = move |spot| Loss { segment: *segment, from: *from, spot };
        Spot::ALL
            .into_iter()
            .flat_map(move |spot| lasts.iter().map(move |lasts| Part::Loss(at(spot), *lasts)))
    })
}

/// What runs on S_m.
fn server(level: Level, trouble: Option<Trouble>) -> Vec<Step> {
    let at_start = |action: Action| Step { at: Instant::START, action };
    match (level, trouble) {
        (_, Some(Trouble::NobodyListens)) => Vec::new(),
        (Level::Applications | Level::Teardown | Level::Live, _) => service(level, trouble),
        (_, Some(Trouble::ListensElsewhere)) => vec![at_start(Action::enter(ServerUpper, "nc -l 5556"))],
        _ => vec![at_start(Action::enter(ServerUpper, "nc -l 5555"))],
    }
}

/// A program without a terminal.
fn service(level: Level, trouble: Option<Trouble>) -> Vec<Step> {
    let port = if trouble == Some(Trouble::ListensElsewhere) { 5556 } else { 5555 };
    let queue = if trouble == Some(Trouble::QueueFull) { 0 } else { 5 };
    let mut calls = listens("l", port, queue);
    let read = ["l accept c", "c linger 0", "c drain", "c close"];
    let count = match trouble {
        Some(Trouble::NeverAccepts | Trouble::QueueFull) => 0,
        Some(Trouble::NeverReads) => 1,
        Some(Trouble::NeverCloses) => 3,
        _ => 4,
    };
    // Only where the machine loses its power, what is closed is to leave nothing behind.
    let abort = |call: &&&str| level == Level::Live || **call != "c linger 0";
    calls.extend(read[..count].iter().filter(abort).map(|call| (*call).to_owned()));
    let closes = ms(5050);
    let start = |at, id: &str, host, cmd: &str| Step {
        at,
        action: Action::Start { host, id: id.to_owned(), cmd: cmd.to_owned() },
    };
    let types = |at, id: &str, text: String| Step {
        at,
        action: Action::Type { host: HostId::Server, id: id.to_owned(), text },
    };
    let mut steps = vec![start(Instant::START, "server", HostId::Server, "app")];
    for call in calls {
        let waits = level == Level::Teardown && call == "c close";
        steps.push(types(if waits { closes } else { Instant::START }, "server", call));
    }
    match trouble {
        Some(Trouble::QueueFull) => {
            steps.push(start(Instant::START, "other", HostId::Client, "nc 10.211.55.10 5555"));
        }
        // It comes back, and listens again.
        Some(Trouble::Vanished) => {
            let at = onset(level);
            steps.push(start(at, "again", HostId::Server, "app"));
            steps.extend(listens("l", port, queue).into_iter().map(|call| types(at, "again", call)));
        }
        _ => {}
    }
    steps
}

fn listens(name: &str, port: u16, queue: u8) -> Vec<String> {
    let bind = format!("bind 0.0.0.0 {port}");
    let listen = format!("listen {queue}");
    ["socket", "reuseaddr", &bind, &listen].map(|call| format!("{name} {call}")).to_vec()
}
