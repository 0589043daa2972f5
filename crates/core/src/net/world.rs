//! The world: all hosts, the wire between them and the clock.

use super::host::Host;
use super::log::{Log, Mark};
use super::queue::{Event, Queue};
use super::rng::{self, Rng};
use super::wire::Wire;
use super::{FactId, Happened, HostId, HostProfile, Packet, PacketId, Wake};
use crate::Instant;
use crate::tcp::ProfileName;
use std::time::Duration;

/// Everything there is. Only [`World::apply`], [`World::step`] and [`World::advance_to`] change it.
///
/// Guarantee: the same seed and the same calls give the same facts, natively and in WebAssembly.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) now: Instant,
    pub(super) hosts: [Host; 3],
    pub(super) wire: Wire,
    pub(super) queue: Queue,
    pub(super) wakes: Vec<Wake>,
    /// How long a program takes to notice that the peer has closed: the end of a stream lasts at least that long in
    /// CLOSE-WAIT (trace 01a: 0.1 ms).
    pub(super) time_to_notice: Duration,
    /// Octets that programs sent and packets carried.
    pub(super) octets: u64,
    /// Things that were looked at one by one.
    pub(super) work: u64,
    pub(super) log: Log,
}

/// A world at some moment: everything but the log, of which it knows the length.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    now: Instant,
    hosts: [Host; 3],
    wire: Wire,
    queue: Queue,
    wakes: Vec<Wake>,
    time_to_notice: Duration,
    octets: u64,
    work: u64,
    log: Mark,
}

impl Checkpoint {
    /// The time at which it was taken.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// Octets that it holds, roughly.
    pub fn weight(&self) -> u64 {
        const SOCKET: u64 = 1024;
        const EVENT: u64 = 64;
        let sockets: usize = self.hosts.iter().map(|host| host.sockets.iter().len()).sum();
        SOCKET * sockets as u64 + EVENT * self.queue.len() as u64
    }
}

impl World {
    /// A world at time zero, with a wire of 5 ms each way. `seed` decides initial sequence numbers and ports.
    pub fn new(profile: ProfileName, seed: u64) -> World {
        let mut rng = Rng::new(seed);
        let secret = |id: HostId| rng::mix(seed ^ (id as u64 + 1) << 32);
        let hosts =
            HostId::ALL.map(|id| Host::new(id, HostProfile::new(profile), rng.next() & 0x3fff, secret(id)));
        World {
            now: Instant::START,
            hosts,
            wire: Wire::new(),
            queue: Queue::default(),
            wakes: Vec::new(),
            time_to_notice: Duration::from_micros(100),
            octets: 0,
            work: 0,
            log: Log::new(),
        }
    }

    /// Sets how long a program takes to notice that the peer has closed. It is a race on a real machine: if it takes
    /// longer than the kernel waits, an ACK goes ahead of the program's own FIN.
    pub const fn set_time_to_notice(&mut self, span: Duration) {
        self.time_to_notice = span;
    }

    /// Sets where the slots of the hosts' timer wheels begin: a circumstance of the machine that is imitated.
    pub fn set_timer_phase(&mut self, phase: Duration) {
        self.hosts.iter_mut().for_each(|host| host.profile.tcp.timer_phase = phase);
    }

    /// When the next event is due. Timers that were stopped or set anew do not count.
    pub fn next_event(&self) -> Option<Instant> {
        self.queue.next().map(|(at, _)| at)
    }

    /// Runs the next event (one packet's arrival, one timer) at its time. False if there is none.
    pub fn step(&mut self) -> bool {
        let Some((at, event)) = self.queue.take() else { return false };
        self.now = self.now.max(at);
        self.log.cause(None);
        self.work += 100;
        match event {
            Event::Arrival { host, packet, cause } => {
                self.log.cause(Some(cause));
                self.arrive(host, packet);
            }
            Event::Timer { host, socket, timer, set } => self.expire(host, socket, timer, set),
            Event::Notice { wake, cause } => {
                self.log.cause(cause);
                self.wakes.push(wake);
            }
            Event::Loss { packet, rule, cause } => {
                self.log.cause(Some(cause));
                self.lose(packet, rule);
            }
            Event::NobodyThere { host, packet, cause } => {
                self.log.cause(Some(cause));
                self.nobody_there(host, packet);
            }
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
        self.now = self.now.max(to);
        self.log.cause(None);
    }

    /// The world as it is. It copies no facts.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            now: self.now,
            hosts: self.hosts.clone(),
            wire: self.wire.clone(),
            queue: self.queue.clone(),
            wakes: self.wakes.clone(),
            time_to_notice: self.time_to_notice,
            octets: self.octets,
            work: self.work,
            log: self.log.mark(),
        }
    }

    /// Goes back, or forward again, to a moment of this world. The facts that came after it are kept until something
    /// else happens than did then, or [`World::fork`] says that it will.
    pub fn restore(&mut self, to: &Checkpoint) {
        let Checkpoint { now, hosts, wire, queue, wakes, time_to_notice, octets, work, log } = to;
        (self.now, self.time_to_notice, self.octets, self.work) = (*now, *time_to_notice, *octets, *work);
        self.hosts.clone_from(hosts);
        self.wire.clone_from(wire);
        self.queue.clone_from(queue);
        self.wakes.clone_from(wakes);
        self.log.restore(log);
    }

    /// Drops the facts that were written after the present moment, before the world went back to it.
    pub fn fork(&mut self) {
        self.log.fork();
    }

    /// What follows is a user's doing: nothing in the world caused it.
    pub fn begin_user_action(&mut self) {
        self.log.cause(None);
    }

    /// What processes must hear of, oldest first; empties the list.
    pub fn take_wakes(&mut self) -> Vec<Wake> {
        std::mem::take(&mut self.wakes)
    }

    /// Timers that were stopped or set anew leave their old entries in the queue: they are no events.
    pub(super) fn drop_stale(&mut self) {
        while let Some((at, Event::Timer { host, socket, timer, .. })) = self.queue.next() {
            let connection = self.host(host).socket(socket).and_then(|s| s.connection());
            if connection.and_then(|c| c.timers().deadline(timer)) == Some(at) {
                return;
            }
            self.queue.take();
        }
    }

    pub(super) const fn host(&self, id: HostId) -> &Host {
        &self.hosts[id as usize]
    }

    pub(super) const fn host_mut(&mut self, id: HostId) -> &mut Host {
        &mut self.hosts[id as usize]
    }

    pub(super) const fn sockets_made(&self) -> u64 {
        self.log.sockets_made() as u64
    }

    /// Writes a fact, caused by the present cause.
    pub(super) fn note(&mut self, host: Option<HostId>, what: Happened) -> FactId {
        self.log.note(self.now, host, what)
    }

    /// Writes a fact that causes all that follow until the event or command ends.
    pub(super) fn begin(&mut self, host: Option<HostId>, what: Happened) {
        self.log.begin(self.now, host, what);
    }

    pub(super) fn packet_of(&self, id: PacketId) -> &Packet {
        self.log.packet(id).expect("a packet is kept before it is sent").packet()
    }
}
