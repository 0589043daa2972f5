//! The world: all hosts, the wire between them and the clock.

mod look;

use super::host::{Cx, Host, HostProfile, HostSetup, Output};
use super::link::Link;
use super::log::{Log, Mark};
use super::meter::Meter;
use super::queue::{Event, Queue};
use super::rng::{self, Rng};
use super::wire::{Road, Wire};
use super::{
    Answer, Circumstance, Command, Errno, Happened, HostId, Packet, PacketId, Target, Wake, firewall::Network,
};
use crate::Instant;
use crate::tcp::{Effect, Notice, ProfileName};
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::time::Duration;

/// Everything there is. Only [`World::apply`], [`World::step`] and [`World::advance_to`] change it, and
/// [`World::restore`] takes it back to what it was.
///
/// Guarantee: the same setup and the same calls give the same facts, natively and in WebAssembly.
#[derive(Clone, Debug)]
pub struct World {
    here: Present,
    log: Log,
    /// What the host that acts hands out, and what its connections decide; both are empty between calls.
    out: Vec<Output>,
    effects: Vec<Effect>,
}

/// A world at some moment: everything but the log, of which it knows the length.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    here: Present,
    log: Mark,
}

/// Equal for worlds from which the same will come, whatever their log and the work done so far.
impl Hash for World {
    fn hash<H: Hasher>(&self, to: &mut H) {
        let Present { now, hosts, link, wire, queue, wakes, time_to_notice, meter: _ } = &self.here;
        (now, hosts, link, wire, queue, wakes, time_to_notice).hash(to);
    }
}

#[derive(Clone, Debug)]
struct Present {
    now: Instant,
    hosts: BTreeMap<HostId, Host>,
    link: Link,
    wire: Wire,
    queue: Queue,
    wakes: Vec<Wake>,
    /// How long a program takes to notice that the peer has closed: the end of a stream lasts at least that long in
    /// CLOSE-WAIT (trace 01a: 0.1 ms).
    time_to_notice: Duration,
    meter: Meter,
}

/// What a world is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Its hosts, each with a name of its own.
    pub hosts: Vec<HostSetup>,
}

impl Setup {
    /// The lab: client, server and a web site that the client alone has a route to. `seed` decides initial sequence
    /// numbers and ports.
    pub fn lab(profile: ProfileName, seed: u64) -> Setup {
        let mut rng = Rng::new(seed);
        let near = Network::new(HostId::Client.address(), 24);
        let hosts = HostId::ALL.map(|id| HostSetup {
            id,
            profile: HostProfile::new(profile),
            address: id.address(),
            networks: match id {
                HostId::Client => vec![near, Network::new(HostId::Site.address(), 32)],
                HostId::Site => vec![Network::new(HostId::Client.address(), 32)],
                _ => vec![near],
            },
            port_offset: rng.next() & 0x3fff,
            secret: rng::mix(seed ^ (u64::from(id.number()) + 1) << 32),
        });
        Setup { hosts: hosts.into() }
    }
}

impl Checkpoint {
    /// The time at which it was taken.
    pub const fn now(&self) -> Instant {
        self.here.now
    }

    /// Octets that it holds, roughly.
    pub fn weight(&self) -> u64 {
        const SOCKET: u64 = 1024;
        const EVENT: u64 = 64;
        let sockets: usize = self.here.hosts.values().map(Host::sockets_held).sum();
        SOCKET * sockets as u64 + EVENT * self.here.queue.len() as u64
    }
}

impl World {
    /// The lab at time zero, with a wire of 5 ms each way. `seed` decides initial sequence numbers and ports.
    pub fn new(profile: ProfileName, seed: u64) -> World {
        World::of(Setup::lab(profile, seed))
    }

    /// A world of any hosts at time zero, with a wire of 5 ms each way.
    pub fn of(setup: Setup) -> World {
        let mut hosts = BTreeMap::new();
        for setup in setup.hosts {
            hosts.insert(setup.id, Host::new(setup));
        }
        let mut link = Link::new();
        hosts.values().for_each(|host| link.set(host.id(), host.addresses()));
        let here = Present {
            now: Instant::START,
            hosts,
            link,
            wire: Wire::new(),
            queue: Queue::default(),
            wakes: Vec::new(),
            time_to_notice: Duration::from_micros(100),
            meter: Meter::default(),
        };
        World { here, log: Log::new(), out: Vec::new(), effects: Vec::new() }
    }

    /// Does what is asked, or says why not. What takes time goes on in [`World::step`].
    pub fn apply(&mut self, command: Command) -> Result<Answer, Errno> {
        match command.target() {
            Target::Host(host) => self.ask(host, command),
            Target::Socket(socket) => {
                let host = self.log.host_of(socket).ok_or(Errno::BadSocket)?;
                self.ask(host, command)
            }
            Target::Network => {
                let change = self.here.wire.instruct(&mut self.log, command)?;
                self.log.note(self.here.now, None, Happened::NetworkChanged { change });
                Ok(Answer::Done)
            }
            Target::Circumstances => {
                if let Command::Imitate(circumstance) = command {
                    self.imitate(circumstance);
                }
                Ok(Answer::Done)
            }
        }
    }

    fn ask(&mut self, host: HostId, command: Command) -> Result<Answer, Errno> {
        let moves = matches!(command, Command::AddAddress { .. });
        if let Some(host) = self.here.hosts.get(&host) {
            self.here.meter.call(&command, host);
        }
        let answer = self.act(host, |host, cx| host.apply(cx, command)).unwrap_or(Err(Errno::Invalid));
        if moves && let Some(host) = self.here.hosts.get(&host) {
            self.here.link.set(host.id(), host.addresses());
        }
        answer
    }

    fn imitate(&mut self, circumstance: Circumstance) {
        match circumstance {
            Circumstance::TimeToNotice(span) => self.here.time_to_notice = span,
            Circumstance::TimerPhase(phase) => {
                self.here.hosts.values_mut().for_each(|host| host.set_timer_phase(phase));
            }
        }
    }

    /// The time.
    pub const fn now(&self) -> Instant {
        self.here.now
    }

    /// When the next event is due. Timers that were stopped or set anew do not count.
    pub fn next_event(&self) -> Option<Instant> {
        self.here.queue.next().map(|(at, _)| at)
    }

    /// Runs the next event (one packet's arrival, one timer) at its time. False if there is none.
    pub fn step(&mut self) -> bool {
        let Some((at, event)) = self.here.queue.take() else { return false };
        self.here.now = self.here.now.max(at);
        self.here.meter.event();
        self.log.cause(event.cause());
        match event {
            Event::Arrival { host, packet, .. } => self.with_packet(packet, |world, packet| {
                world.act(host, |host, cx| host.receive(cx, packet));
            }),
            Event::Timer { host, socket, timer, .. } => {
                self.act(host, |host, cx| host.expire(cx, socket, timer));
            }
            Event::Notice { wake, .. } => self.here.wakes.push(wake),
            Event::Loss { packet, rule, .. } => {
                self.log.note(self.here.now, None, Happened::Lost { packet, rule });
            }
            Event::NobodyThere { host, packet, .. } => self.with_packet(packet, |world, packet| {
                world.act(host, |host, cx| host.nobody_there(cx, packet));
            }),
        }
        self.drop_stale();
        true
    }

    /// Runs all events up to and including `to`, and lets the clock stand there. Wakes pile up: a caller with
    /// processes to run uses [`World::step`] up to `to` first.
    pub fn advance_to(&mut self, to: Instant) {
        while self.next_event().is_some_and(|at| at <= to) {
            self.step();
        }
        self.here.now = self.here.now.max(to);
        self.log.cause(None);
    }

    /// What processes must hear of, oldest first; empties the list. When there is nothing to hear, all that the last
    /// event caused is done: what is asked of the world next is a user's doing.
    pub fn take_wakes(&mut self) -> Vec<Wake> {
        if self.here.wakes.is_empty() {
            self.log.cause(None);
        }
        std::mem::take(&mut self.here.wakes)
    }

    /// How much memory all that happened takes, in octets and roughly. It only grows.
    pub const fn weight(&self) -> u64 {
        self.log.weight() + self.here.meter.octets()
    }

    /// How much was done, in steps of about a nanosecond. It only grows.
    pub const fn work(&self) -> u64 {
        self.here.meter.work()
    }

    /// The world as it is. It copies no facts.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { here: self.here.clone(), log: self.log.mark() }
    }

    /// Goes back, or forward again, to a moment of this world. The facts that came after it are kept until something
    /// else happens than did then, or [`World::fork`] says that it will.
    pub fn restore(&mut self, to: &Checkpoint) {
        self.here.clone_from(&to.here);
        self.log.restore(&to.log);
    }

    /// Drops the facts that were written after the present moment, before the world went back to it.
    pub fn fork(&mut self) {
        self.log.fork();
    }

    /// Lets a host act, and carries out what it hands out. `None` if there is no such host.
    fn act<T>(&mut self, id: HostId, act: impl FnOnce(&mut Host, &mut Cx<'_>) -> T) -> Option<T> {
        let host = self.here.hosts.get_mut(&id)?;
        let mut out = std::mem::take(&mut self.out);
        let length = self.log.len();
        let effects = std::mem::take(&mut self.effects);
        let cx = Cx::new(id, self.here.now, &mut self.log, &self.here.link, &mut out);
        let mut cx = cx.with_effects(effects);
        let result = act(host, &mut cx);
        self.effects = cx.into_effects();
        self.here.meter.facts(self.log.len() - length, host);
        for output in out.drain(..) {
            self.carry_out(id, output);
        }
        self.out = out;
        self.drop_stale();
        Some(result)
    }

    fn carry_out(&mut self, host: HostId, output: Output) {
        match output {
            Output::Packet { packet, sent } => {
                let outer = self.log.cause(Some(sent));
                self.transmit(host, &packet);
                self.log.cause(outer);
            }
            Output::Timer { socket, timer, at, set } => {
                self.here.queue.plan(at, Event::Timer { host, socket, timer, set });
            }
            Output::Wake { wake, cause } if wake.notice == Notice::PeerClosed => {
                let at = self.here.now + self.here.time_to_notice;
                self.here.queue.plan(at, Event::Notice { wake, cause });
            }
            Output::Wake { wake, .. } => self.here.wakes.push(wake),
        }
    }

    /// A packet left a host: to itself, over the wire, or to nobody.
    fn transmit(&mut self, host: HostId, packet: &Rc<Packet>) {
        let Present { now, hosts, wire, queue, meter, .. } = &mut self.here;
        meter.carried(packet);
        let mut road = Road { now: *now, log: &mut self.log, queue };
        match packet.to {
            Some(to) if to == host => road.fly(packet.id, to, Duration::ZERO),
            Some(to) => wire.transmit(&mut road, packet, to),
            None => {
                let gives_up = hosts.get(&host).map(|host| host.link_gives_up(*now));
                if let (Some(at), Some(cause)) = (gives_up, self.log.present_cause()) {
                    queue.plan(at, Event::NobodyThere { host, packet: packet.id, cause });
                }
            }
        }
    }

    fn with_packet(&mut self, id: PacketId, act: impl FnOnce(&mut World, &Packet)) {
        if let Some(packet) = self.log.shared(id) {
            act(self, &packet);
        }
    }

    /// Timers that were stopped or set anew leave their old entries in the queue: they are no events.
    fn drop_stale(&mut self) {
        let Present { hosts, queue, .. } = &mut self.here;
        while let Some((at, Event::Timer { host, socket, timer, .. })) = queue.next() {
            if hosts.get(&host).and_then(|host| host.deadline(socket, timer)) == Some(at) {
                return;
            }
            queue.take();
        }
    }
}
