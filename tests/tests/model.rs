//! Properties that must hold whatever the network does: two hosts under loss, duplication, reordering and delay.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use proptest::prelude::*;
use tcp_core::net::{
    Answer, Command, Endpoint, Errno, HostId, Impairment, LossRule, PayloadMatch, ProcessId, Share, SocketId,
    Takes, World,
};
use tcp_core::tcp::{Flags, ProfileName, State};
use tcp_core::{Instant, millis};

const OWNER: ProcessId = ProcessId(1);

/// No run needs more events than this; one that does is hanging.
const MOST_EVENTS: usize = 50_000;

/// What a user or the network may do next.
#[derive(Clone, Debug)]
enum Move {
    Send {
        client: bool,
        octets: usize,
    },
    Shutdown {
        client: bool,
    },
    Close {
        client: bool,
    },
    Lose {
        client: bool,
        flags: u8,
        count: u32,
    },
    /// From now on, nothing from this host gets through.
    Cut {
        client: bool,
    },
    Duplicate {
        client: bool,
        count: u32,
    },
    /// From now on, this is done to a share of what the host sends.
    Share {
        client: bool,
        what: Impairment,
        hundredths: u32,
    },
    Delay {
        client: bool,
        ms: u64,
    },
    Wait {
        ms: u64,
    },
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => (any::<bool>(), 1usize..5000).prop_map(|(client, octets)| Move::Send { client, octets }),
        1 => any::<bool>().prop_map(|client| Move::Shutdown { client }),
        1 => any::<bool>().prop_map(|client| Move::Close { client }),
        2 => (any::<bool>(), 0u8..32, 1u32..4).prop_map(|(client, flags, count)| Move::Lose { client, flags, count }),
        1 => any::<bool>().prop_map(|client| Move::Cut { client }),
        2 => (any::<bool>(), 1u32..4).prop_map(|(client, count)| Move::Duplicate { client, count }),
        2 => (any::<bool>(), 0usize..3, 1u32..6_000).prop_map(|(client, what, hundredths)| {
            let all = [Impairment::Loss, Impairment::Duplication, Impairment::Reordering];
            Move::Share { client, what: all[what], hundredths }
        }),
        1 => (any::<bool>(), 0u64..900).prop_map(|(client, ms)| Move::Delay { client, ms }),
        5 => (0u64..3000).prop_map(|ms| Move::Wait { ms }),
    ];
    prop::collection::vec(one, 1..25)
}

struct Run {
    world: World,
    listener: SocketId,
    ends: [Option<SocketId>; 2],
    sent: [Vec<u8>; 2],
    received: [Vec<u8>; 2],
}

impl Run {
    fn new(profile: ProfileName, seed: u64) -> Run {
        let mut world = World::new(profile, seed);
        let listener = socket(&mut world, HostId::Server);
        let client = socket(&mut world, HostId::Client);
        world.apply(Command::Bind { socket: listener, to: Endpoint::any(5555) }).unwrap();
        world.apply(Command::Listen { socket: listener, backlog: 1 }).unwrap();
        let to = Endpoint::new(HostId::Server.address(), 5555);
        world.apply(Command::Connect { socket: client, to }).unwrap();
        Run {
            world,
            listener,
            ends: [Some(client), None],
            sent: Default::default(),
            received: Default::default(),
        }
    }

    fn make(&mut self, step: &Move) {
        let host = |client: bool| if client { HostId::Client } else { HostId::Server };
        let rule =
            |client, flags, takes| LossRule { from: host(client), flags, payload: PayloadMatch::Any, takes };
        match *step {
            Move::Send { client, octets } => self.send(usize::from(!client), octets),
            Move::Shutdown { client } => {
                if let Some(socket) = self.ends[usize::from(!client)] {
                    let _refused = self.world.apply(Command::Shutdown { socket });
                }
            }
            Move::Close { client } => {
                if let Some(socket) = self.ends[usize::from(!client)].take() {
                    self.world.apply(Command::Close { socket }).unwrap();
                }
            }
            Move::Lose { client, flags, count } => {
                let flags = Flags::from_bits(flags).and(Flags::from_bits(0x17));
                self.world
                    .apply(Command::Impair(Impairment::Loss, rule(client, Some(flags), Takes::Next(count))))
                    .unwrap();
            }
            Move::Cut { client } => {
                self.world.apply(Command::Impair(Impairment::Loss, rule(client, None, Takes::All))).unwrap();
            }
            Move::Duplicate { client, count } => {
                self.world
                    .apply(Command::Impair(Impairment::Duplication, rule(client, None, Takes::Next(count))))
                    .unwrap();
            }
            Move::Share { client, what, hundredths } => {
                let share = Share::new(hundredths).map_or(Takes::All, Takes::Share);
                self.world.apply(Command::Impair(what, rule(client, None, share))).unwrap();
            }
            Move::Delay { client, ms } => {
                self.world.apply(Command::SetDelay { from: host(client), delay: millis(ms) }).unwrap();
            }
            Move::Wait { ms } => self.wait(ms),
        }
    }

    fn send(&mut self, end: usize, octets: usize) {
        let Some(socket) = self.ends[end] else { return };
        let from = self.sent[end].len();
        let data: Vec<u8> = (from..from + octets).map(|n| u8::try_from(n % 251).unwrap()).collect();
        if let Ok(Answer::Count(taken)) =
            self.world.apply(Command::Send { socket, data: data.clone().into() })
        {
            self.sent[end].extend(&data[..taken]);
        }
    }

    fn wait(&mut self, ms: u64) {
        let to = self.world.now() + millis(ms);
        let mut events = 0;
        while self.world.next_event().is_some_and(|at| at <= to) {
            self.world.step();
            self.read();
            events += 1;
            assert!(events < MOST_EVENTS, "livelock");
        }
        self.world.advance_to(to);
    }

    fn read(&mut self) {
        if self.ends[1].is_none()
            && self.received[1].is_empty()
            && let Ok(Answer::Accepted { socket, .. }) =
                self.world.apply(Command::Accept { socket: self.listener, owner: OWNER })
        {
            self.ends[1] = Some(socket);
        }
        for end in 0..2 {
            let Some(socket) = self.ends[end] else { continue };
            match self.world.apply(Command::Recv { socket, max: 1 << 20 }) {
                Ok(Answer::Data(data)) => self.received[end].extend_from_slice(&data),
                Ok(other) => panic!("{other:?}"),
                Err(error) => assert!(
                    matches!(
                        error,
                        Errno::Again | Errno::ConnReset | Errno::ConnRefused | Errno::TimedOut | Errno::Pipe
                    ),
                    "{error:?}"
                ),
            }
        }
    }
}

fn socket(world: &mut World, host: HostId) -> SocketId {
    match world.apply(Command::Socket { host, owner: OWNER }).unwrap() {
        Answer::Socket(socket) => socket,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Reliable means that whatever arrives is what was sent, in order and without duplicates.
    #[test]
    fn what_is_received_is_a_prefix_of_what_was_sent(steps in moves(), seed in any::<u64>(), linux in any::<bool>()) {
        let mut run = Run::new(if linux { ProfileName::Linux } else { ProfileName::Article }, seed);
        for step in &steps {
            run.make(step);
            prop_assert!(run.sent[0].starts_with(&run.received[1]));
            prop_assert!(run.sent[1].starts_with(&run.received[0]));
        }
    }

    /// Once the network behaves again, everything that was sent arrives, or the sender gets an error.
    #[test]
    fn what_was_sent_arrives_in_the_end(steps in moves(), seed in any::<u64>()) {
        let mut run = Run::new(ProfileName::Linux, seed);
        let patient = |step: &&Move| !matches!(step, Move::Close { .. });
        for step in steps.iter().filter(patient) {
            run.make(step);
        }
        run.world.apply(Command::ClearNetwork).unwrap();
        run.wait(300_000);
        let Some(client) = run.ends[0] else { return Ok(()) };
        if run.world.state(client) != State::Closed {
            prop_assert_eq!(run.sent[0].len(), run.received[1].len());
            prop_assert_eq!(run.sent[1].len(), run.received[0].len());
        }
    }

    /// When both programs have ended, nothing remains forever.
    #[test]
    fn everything_ends_when_both_programs_do(steps in moves(), seed in any::<u64>(), linux in any::<bool>()) {
        let mut run = Run::new(if linux { ProfileName::Linux } else { ProfileName::Article }, seed);
        for step in &steps {
            run.make(step);
        }
        for socket in [run.ends[0].take(), run.ends[1].take(), Some(run.listener)].into_iter().flatten() {
            let _closed_before = run.world.apply(Command::Close { socket });
        }
        run.world.advance_to(run.world.now() + millis(3_600_000));
        prop_assert_eq!(run.world.next_event(), None::<Instant>);
        for host in HostId::ALL {
            prop_assert!(run.world.sockets(host).is_empty(), "{:?}", run.world.sockets(host));
        }
    }
}
