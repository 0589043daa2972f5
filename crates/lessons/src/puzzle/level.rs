//! The levels: what may be wrong in each, and what may be looked at.

use super::fault::{Fault, Lasts, Part, Reject};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_scene::words::Kind;
use tcp_scene::words::puzzle::{Claim, Level, Loss, OfferedLook, Spot, Trouble};
use tcp_shell::TerminalId::{
    self, ClientLower, ClientThird, ClientUpper, ServerLower, ServerThird, ServerUpper,
};

/// Something that a level offers to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// When the first line is typed, at the earliest.
    pub at: Instant,
    /// It shows what it is offered for only if it is typed at that time: whoever is later goes back.
    pub goes_back: bool,
    /// What is looked at.
    pub what: OfferedLook,
    /// The lines, each where it is typed.
    pub lines: &'static [(TerminalId, &'static str)],
    /// For how long it is watched.
    pub(crate) watch: Duration,
}

/// What is looked at, and the lines that show it.
type Look = (OfferedLook, &'static [(TerminalId, &'static str)]);

const fn ms(millis: u64) -> Instant {
    Instant::from_millis(millis)
}

/// From this time on.
const fn from(at: u64, (what, lines): Look, watch: u64) -> Offer {
    Offer { at: ms(at), goes_back: false, what, lines, watch: Duration::from_millis(watch) }
}

/// At this time, and no other.
const fn at(at: u64, look: Look, watch: u64) -> Offer {
    Offer { goes_back: true, ..from(at, look, watch) }
}

/// Asks the same server once more.
const AGAIN: Look = (OfferedLook::Again, &[(ClientLower, "nc -zv 10.211.55.10 5555")]);
/// Asks a port at which nobody listens.
const OTHER_PORT: Look = (OfferedLook::OtherPort, &[(ClientLower, "nc -zv 10.211.55.10 5556")]);
/// What TCP has received and sent: what INPUT dropped is not in it, and what OUTPUT dropped is.
const CLIENT_SEGMENTS: Look = (OfferedLook::Segments, &[(ClientLower, SEGMENTS)]);
const SERVER_SEGMENTS: Look = (OfferedLook::Segments, &[(ServerLower, SEGMENTS)]);
const SEGMENTS: &str = "netstat -st | grep segments";
/// What IP has received and sent: what INPUT dropped is in it, and what OUTPUT dropped is not.
const CLIENT_PACKETS: Look = (OfferedLook::Packets, &[(ClientLower, PACKETS)]);
const SERVER_PACKETS: Look = (OfferedLook::Packets, &[(ServerLower, PACKETS)]);
const PACKETS: &str = "netstat -s | grep -e total -e Transmits";
/// Asks a port at which nobody listens, and then what became of the answer.
const OTHER_PORT_CLIENT: Look =
    (OfferedLook::OtherPortReceived, &[(ClientLower, "nc -zv 10.211.55.10 5556"), (ClientThird, PACKETS)]);
const OTHER_PORT_SERVER: Look =
    (OfferedLook::OtherPortSent, &[(ClientLower, "nc -zv 10.211.55.10 5556"), (ServerLower, PACKETS)]);
const CLIENT_PING: Look = (OfferedLook::Ping, &[(ClientLower, "ping -c 1 10.211.55.10")]);
const SERVER_PROGRAMS: Look = (OfferedLook::Programs, &[(ServerLower, "ps aux")]);
const SERVER_QUEUES: Look = (OfferedLook::Queue, &[(ServerLower, "ss -ltn")]);
const CLIENT_HELLO: Look = (OfferedLook::Hello, &[(ClientUpper, "hello")]);
const SERVER_HELLO: Look = (OfferedLook::Hello, &[(ServerUpper, "hello")]);
/// All that passes eth0: before INPUT drops it, and after OUTPUT did. It goes on, so it has a terminal of its own.
const CAPTURE: &str = "sudo tcpdump -nn -i eth0 tcp";
const CLIENT_CAPTURE: Look = (OfferedLook::Capture, &[(ClientThird, CAPTURE)]);
const SERVER_CAPTURE: Look = (OfferedLook::Capture, &[(ServerThird, CAPTURE)]);
const CLIENT_CAPTURE_LINE: Look =
    (OfferedLook::CaptureLine, &[(ClientThird, CAPTURE), (ClientUpper, "again")]);
const SERVER_CAPTURE_LINE: Look =
    (OfferedLook::CaptureLine, &[(ServerThird, CAPTURE), (ClientUpper, "again")]);

const COUNTERS: &[Offer] = &[
    from(8000, CLIENT_SEGMENTS, 100),
    from(8000, SERVER_SEGMENTS, 100),
    from(8000, CLIENT_PACKETS, 100),
    from(8000, SERVER_PACKETS, 100),
    from(8000, AGAIN, 1000),
    from(8000, OTHER_PORT, 1000),
    from(8000, CLIENT_PING, 1000),
];
const TIME: &[Offer] = &[
    from(40_000, CLIENT_SEGMENTS, 100),
    from(40_000, SERVER_SEGMENTS, 100),
    from(40_000, CLIENT_PACKETS, 100),
    from(40_000, SERVER_PACKETS, 100),
    from(40_000, AGAIN, 10_000),
    from(40_000, CLIENT_HELLO, 60_000),
    from(40_000, SERVER_HELLO, 10_000),
    at(0, CLIENT_CAPTURE, 40_000),
    at(0, SERVER_CAPTURE, 40_000),
];
const TEARDOWN: &[Offer] = &[
    from(10_000, CLIENT_SEGMENTS, 100),
    from(10_000, SERVER_SEGMENTS, 100),
    from(10_000, CLIENT_PACKETS, 100),
    from(10_000, SERVER_PACKETS, 100),
    from(10_000, AGAIN, 10_000),
    from(10_000, SERVER_PROGRAMS, 100),
    at(1000, CLIENT_CAPTURE, 20_000),
    at(1000, SERVER_CAPTURE, 20_000),
];
const APPLICATIONS: &[Offer] = &[
    from(8000, CLIENT_SEGMENTS, 100),
    from(8000, SERVER_SEGMENTS, 100),
    from(8000, CLIENT_PACKETS, 100),
    from(8000, SERVER_PACKETS, 100),
    from(8000, AGAIN, 1000),
    from(8000, OTHER_PORT, 3000),
    from(8000, SERVER_QUEUES, 100),
    from(8000, SERVER_PROGRAMS, 100),
    from(8000, OTHER_PORT_CLIENT, 100),
    from(8000, OTHER_PORT_SERVER, 100),
];
const LIVE: &[Offer] = &[
    from(8000, CLIENT_SEGMENTS, 100),
    from(8000, SERVER_SEGMENTS, 100),
    from(8000, CLIENT_PACKETS, 100),
    from(8000, SERVER_PACKETS, 100),
    from(8000, AGAIN, 10_000),
    from(8000, CLIENT_HELLO, 10_000),
    from(8000, CLIENT_PING, 1000),
    from(8000, SERVER_PROGRAMS, 100),
    from(20_000, CLIENT_CAPTURE_LINE, 10_000),
    from(20_000, SERVER_CAPTURE_LINE, 10_000),
];
const TWO: &[Offer] = &[
    at(3000, CLIENT_PACKETS, 100),
    at(3000, SERVER_PACKETS, 100),
    from(12_000, CLIENT_SEGMENTS, 100),
    from(12_000, SERVER_SEGMENTS, 100),
    from(12_000, CLIENT_PACKETS, 100),
    from(12_000, SERVER_PACKETS, 100),
    from(12_000, AGAIN, 10_000),
    at(0, CLIENT_CAPTURE, 20_000),
    at(0, SERVER_CAPTURE, 20_000),
];

impl Offer {
    /// Between two lines of an offer: not when a SYN is sent again, after 1 s and after 3.
    pub(crate) const BETWEEN: Duration = Duration::from_secs(2);
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
        let ten = Lasts::Until(Duration::from_secs(10));
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
                lost(&[(Kind::Data, Client), (Kind::Ack, Server)], &lasts);
            }
            Level::Teardown => {
                lost(&[(Kind::Fin, Client), (Kind::Ack, Server)], &[first[0], first[1], ten]);
                lost(&[(Kind::Fin, Server), (Kind::Ack, Client)], &[first[0], first[1], ten]);
                // It is sent once.
                lost(&[(Kind::Rst, Client)], &[Lasts::Always]);
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
                    .for_each(&mut one);
                // Only what is asked for is refused, perhaps after a while: then nothing would show that it had been lost.
                losses(&[(Kind::Rst, Server)], &first).for_each(one);
            }
            Level::Live => {
                lost(&[(Kind::Data, Client), (Kind::Ack, Server)], &[first[0], first[1], ten]);
                lost(&[(Kind::Data, Server), (Kind::Ack, Client)], &[first[0], first[1], ten]);
                one(Part::Reject(Reject::Reset));
                one(Part::Reject(Reject::Port));
                one(Part::Trouble(Trouble::Vanished));
                one(Part::Trouble(Trouble::Unplugged));
            }
            Level::Two => {
                let early: Vec<Part> = losses(&opening, &[Lasts::Once]).collect();
                let late = [(Kind::Data, Client), (Kind::Ack, Server), (Kind::Fin, Client)];
                let late: Vec<Part> = losses(&late, &[Lasts::Always]).collect();
                // Both answer a SYN with RST.
                let refused = [Part::Trouble(Trouble::NobodyListens), Part::Reject(Reject::Reset)];
                let resets: Vec<Part> = losses(&[(Kind::Rst, Server)], &[Lasts::Always]).collect();
                early.iter().chain(&late).chain(&refused).for_each(|part| one(*part));
                let both = |one: &[Part], two: &[Part]| -> Vec<Fault> {
                    let pairs = one.iter().flat_map(|one| two.iter().map(|two| vec![*one, *two]));
                    pairs.map(|parts| Fault { parts }).collect()
                };
                all.extend(both(&early, &late));
                all.extend(both(&refused, &resets));
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

/// How many of its faults each list has from which seeds draw. A list never changes: who adds faults adds a list.
pub(crate) const fn listed(level: Level) -> &'static [usize] {
    match level {
        Level::Pair => &[23],
        Level::Counters => &[41],
        Level::Time => &[61],
        Level::Teardown => &[41],
        Level::Applications => &[22],
        Level::Live => &[41],
        Level::Two => &[108],
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

fn losses<'a>(segments: &'a [(Kind, HostId)], lasts: &'a [Lasts]) -> impl Iterator<Item = Part> + use<'a> {
    segments.iter().flat_map(move |(segment, from)| {
        let at = move |spot| Loss { segment: *segment, from: *from, spot };
        Spot::ALL
            .into_iter()
            .flat_map(move |spot| lasts.iter().map(move |lasts| Part::Loss(at(spot), *lasts)))
    })
}
