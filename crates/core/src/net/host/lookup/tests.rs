//! What Linux 6.18 did in three namespaces, two of them hosts on the bridge of the third: `ip neigh`, tcpdump and the errors
//! of the calls.

use crate::Instant;
use crate::net::{
    Answer, Command, Endpoint, Errno, Fate, HostId, IpAddr, Ipv4, Place, ProcessId, Reachability, SocketId,
    World,
};
use crate::tcp::ProfileName;

const NOBODY: Ipv4 = Ipv4::new(10, 211, 55, 77);

struct Lab {
    world: World,
    asked: Vec<SocketId>,
}

impl Lab {
    fn new() -> Lab {
        Lab { world: World::new(ProfileName::Linux, 1), asked: Vec::new() }
    }

    fn connect(&mut self, to: Ipv4) -> SocketId {
        let socket = Command::Socket { host: HostId::Client, owner: ProcessId(1) };
        let Ok(Answer::Socket(socket)) = self.world.apply(socket) else { panic!("no socket") };
        self.world.apply(Command::Connect { socket, to: Endpoint::new(to, 5555) }).unwrap();
        self.asked.push(socket);
        socket
    }

    fn until(&mut self, ms: u64) -> &mut Lab {
        self.world.advance_to(Instant::from_millis(ms));
        self
    }

    fn plug(&mut self, host: HostId, up: bool) -> &mut Lab {
        self.world.apply(Command::SetLink { host, up }).unwrap();
        self
    }

    /// The errors of the calls so far, which are taken.
    fn errors(&mut self) -> Vec<Option<Errno>> {
        let mut error = |socket: &SocketId| match self.world.apply(Command::TakeError { socket: *socket }) {
            Ok(Answer::Error(error)) => error,
            other => panic!("{other:?}"),
        };
        self.asked.iter().map(&mut error).collect()
    }

    /// How many SYNs have left.
    fn left(&self) -> usize {
        self.world.log().departures().filter(|packet| packet.segment().is_some_and(|it| it.is_syn())).count()
    }

    fn state(&self, address: Ipv4) -> Option<Reachability> {
        let client = self.world.host(HostId::Client);
        let asked = client.lookups().find(|(asked, _)| *asked == IpAddr::V4(address));
        let known = || {
            let host = HostId::with_address(IpAddr::V4(address))?;
            client.reachability(host, self.world.now(), self.world.is_linked(host))
        };
        asked.map(|(_, state)| state).or_else(known)
    }
}

/// Six calls of connect() at 0, 0.5, 2.5, 2.9, 3.3 and 5 s. Requests left at 0, 1.02 and 2.05 s; at 3.07 s, in the same
/// millisecond, the four that waited got EHOSTUNREACH. That at 3.3 s asked at once, again three times; at 6.37 s it failed,
/// and with it that at 5 s.
#[test]
fn all_that_wait_for_an_address_fail_together() {
    let mut lab = Lab::new();
    let unreachable = Some(Errno::HostUnreach);
    for ms in [0, 500, 2_500, 2_900] {
        lab.until(ms).connect(NOBODY);
    }
    assert_eq!(lab.until(2_990).errors(), [None; 4]);
    assert_eq!(lab.state(NOBODY), Some(Reachability::Incomplete));
    assert_eq!(lab.until(3_100).errors(), [unreachable; 4]);
    assert_eq!(lab.state(NOBODY), Some(Reachability::Failed));
    lab.asked.clear();
    lab.until(3_300).connect(NOBODY);
    assert_eq!(lab.state(NOBODY), Some(Reachability::Incomplete));
    lab.until(5_000).connect(NOBODY);
    assert_eq!(lab.until(6_290).errors(), [None; 2]);
    assert_eq!(lab.until(6_400).errors(), [unreachable; 2]);
    assert_eq!(lab.left(), 0);
}

/// The other host was unplugged, and was plugged in again 1.5 s after the first of three calls. Each SYN left once, in the
/// order of the calls, when the request at 2.06 s was answered: what TCP had meant to send again was still in the queue
/// (TCPSpuriousRtxHostQueues).
#[test]
fn what_waits_leaves_once_when_somebody_answers() {
    let mut lab = Lab::new();
    lab.plug(HostId::Server, false);
    for ms in [0, 300, 1_400] {
        lab.until(ms).connect(HostId::Server.address());
    }
    lab.until(1_500).plug(HostId::Server, true);
    assert_eq!(lab.until(1_990).left(), 0);
    assert_eq!(lab.until(2_200).left(), 3);
    assert_eq!(lab.errors(), [Some(Errno::ConnRefused); 3]);
    assert_eq!(lab.state(HostId::Server.address()), Some(Reachability::Reachable));
    let left = lab.world.log().departures().filter(|packet| packet.from == HostId::Client);
    assert!(left.map(|packet| packet.src.port).is_sorted_by(|one, other| one != other));
}

/// The same, but the other host had something to say itself, and so it asked first: the SYNs left at that moment.
#[test]
fn what_waits_leaves_when_the_other_host_asks() {
    let mut lab = Lab::new();
    lab.plug(HostId::Server, false);
    lab.connect(HostId::Server.address());
    lab.until(1_300).plug(HostId::Server, true);
    let socket = Command::Socket { host: HostId::Server, owner: ProcessId(2) };
    let Ok(Answer::Socket(socket)) = lab.world.apply(socket) else { panic!("no socket") };
    let to = Endpoint::new(HostId::Client.address(), 22);
    lab.world.apply(Command::Connect { socket, to }).unwrap();
    assert_eq!(lab.until(1_320).errors(), [Some(Errno::ConnRefused)]);
}

/// The other host was given the address after half a second: the SYN left when the next request was answered.
#[test]
fn what_waits_for_an_address_leaves_for_the_host_that_gets_it() {
    let mut lab = Lab::new();
    lab.connect(NOBODY);
    lab.until(500);
    let given = Command::AddAddress { host: HostId::Server, address: NOBODY.into(), prefix: 24 };
    lab.world.apply(given).unwrap();
    assert_eq!(lab.until(990).left(), 0);
    assert_eq!((lab.until(1_200).left(), lab.errors()), (1, vec![Some(Errno::ConnRefused)]));
}

/// A lookup that has failed is over: what was thrown away never leaves. The other host was plugged in 3.2 s after the
/// first SYN, and nothing left until the next call.
#[test]
fn what_was_thrown_away_never_leaves() {
    let mut lab = Lab::new();
    lab.plug(HostId::Server, false).connect(HostId::Server.address());
    lab.until(3_200).plug(HostId::Server, true);
    assert_eq!((lab.until(20_000).left(), lab.errors()), (0, vec![Some(Errno::HostUnreach)]));
    lab.connect(HostId::Server.address());
    assert_eq!(lab.until(20_100).left(), 1);
}

/// The link of the host itself went down after 0.5 s, and up again: the entry was gone, and so was what waited; no call had
/// an error. The retransmissions at 1.01 s found the link up: they began another lookup, which failed at 4.09 s.
#[test]
fn what_waits_is_thrown_away_with_the_own_link() {
    let mut lab = Lab::new();
    lab.connect(NOBODY);
    lab.until(300).connect(NOBODY);
    lab.until(500).plug(HostId::Client, false);
    let fates = |lab: &Lab| lab.world.packets().map(|packet| packet.fate()).collect::<Vec<_>>();
    let lookup = Place::Lookup(HostId::Client);
    assert!(fates(&lab).iter().all(|fate| matches!(fate, Fate::Dropped(_, place) if *place == lookup)));
    assert_eq!(lab.state(NOBODY), None);
    lab.until(800).plug(HostId::Client, true);
    assert_eq!(lab.until(2_200).errors(), [None; 2]);
    assert_eq!(lab.state(NOBODY), Some(Reachability::Incomplete));
    assert_eq!(lab.until(4_000).errors(), [None; 2]);
    assert_eq!(lab.until(4_200).errors(), [Some(Errno::HostUnreach); 2]);
}

/// 300 calls: a queue has room for 256 SYNs, and drops the oldest. The 44 that it dropped were sent again after a second,
/// and took the place of the next 44. When the request at 1.03 s was answered, the SYNs of the calls 88 to 299 left, and
/// after them those of the calls 0 to 43. (Here the first 44 calls are made earlier: the timers of one tick go off in another
/// order there.)
#[test]
fn a_full_queue_drops_the_oldest() {
    let mut lab = Lab::new();
    lab.plug(HostId::Server, false);
    (0..44).for_each(|_| _ = lab.connect(HostId::Server.address()));
    lab.until(100);
    (0..256).for_each(|_| _ = lab.connect(HostId::Server.address()));
    lab.plug(HostId::Server, true);
    assert_eq!(lab.until(990).left(), 0);
    lab.until(1_040);
    let ports: Vec<u16> = lab.asked.iter().map(|socket| lab.world.local(*socket).unwrap().port).collect();
    let left = lab.world.log().departures().filter(|packet| packet.from == HostId::Client);
    let calls: Vec<_> =
        left.filter_map(|packet| ports.iter().position(|port| *port == packet.src.port)).collect();
    assert_eq!(calls, (88..300).chain(0..44).collect::<Vec<_>>());
}

/// 200 calls: 80 got an error when the lookup failed, the others of them were thrown away without a word
/// (IcmpOutRateLimitGlobal). How many is a matter of speed: 50 at once, and one more in each millisecond.
#[test]
fn only_some_errors_are_sent_in_one_moment() {
    let mut lab = Lab::new();
    (0..200).for_each(|_| _ = lab.connect(NOBODY));
    let failed = |lab: &mut Lab| lab.errors().iter().flatten().count();
    assert_eq!(failed(lab.until(2_990)), 0);
    assert_eq!(failed(lab.until(3_100)), 50);
    // The others were meant to be sent again in the same moment, so they wait for their next turn.
    assert_eq!(failed(lab.until(8_000)), 50);
}

/// An entry that has grown old is used for 5 s more (DELAY), and asked about for 3 s (PROBE) in vain; what is sent until then
/// goes out and is lost. Then it has FAILED, and what is sent next waits for a lookup (INCOMPLETE) of 3 s.
#[test]
fn a_neighbour_that_went_away_is_believed_in_for_a_while() {
    let mut lab = Lab::new();
    let server = HostId::Server.address();
    lab.connect(server);
    assert_eq!(lab.until(1_000).errors(), [Some(Errno::ConnRefused)]);
    assert_eq!((lab.state(server), lab.left()), (Some(Reachability::Reachable), 1));
    lab.plug(HostId::Server, false).until(40_000);
    assert_eq!(lab.state(server), Some(Reachability::Stale));
    lab.asked.clear();
    lab.connect(server);
    assert_eq!((lab.state(server), lab.left()), (Some(Reachability::Delay), 2));
    assert_eq!(lab.until(46_500).state(server), Some(Reachability::Probe));
    assert_eq!(lab.until(48_100).state(server), Some(Reachability::Failed));
    let before = lab.left();
    // The SYN goes again at 51.3 s.
    assert_eq!(lab.until(52_000).state(server), Some(Reachability::Incomplete));
    assert_eq!((lab.errors(), lab.left()), (vec![None], before));
    lab.until(55_000);
    assert_eq!(lab.errors(), [Some(Errno::HostUnreach)]);
}
