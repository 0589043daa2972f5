//! The world: all hosts, the wire between them and the clock.

use super::host::Host;
use super::queue::{Event, Queue};
use super::rng::Rng;
use super::wire::Wire;
use super::{Fact, FactId, Happened, HostId, HostProfile, Packet, PacketId, SocketId, Wake};
use crate::Instant;
use crate::tcp::ProfileName;
use std::time::Duration;

/// Everything there is. Only [`World::apply`], [`World::step`] and [`World::advance_to`] change it.
///
/// Guarantee: the same seed and the same calls give the same facts, natively and in WebAssembly. A clone is a
/// checkpoint.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) now: Instant,
    pub(super) hosts: [Host; 3],
    pub(super) wire: Wire,
    pub(super) queue: Queue,
    pub(super) rng: Rng,
    pub(super) packets: Vec<Packet>,
    /// The fact that sent each packet on its way, by packet.
    pub(super) senders: Vec<FactId>,
    pub(super) facts: Vec<Fact>,
    pub(super) wakes: Vec<Wake>,
    /// What causes the facts that come now.
    pub(super) cause: Option<FactId>,
    /// How long a program takes to notice that the peer has closed: the end of a stream lasts at least that long in
    /// CLOSE-WAIT (trace 01a: 0.1 ms).
    pub(super) time_to_notice: Duration,
    next_socket: u32,
    /// Packets that a firewall or the network stopped.
    pub(super) stopped: u64,
    /// Those of them that the network lost.
    pub(super) lost: u64,
    /// Octets that programs sent and packets carried.
    pub(super) octets: u64,
    /// Things that were looked at one by one.
    pub(super) work: u64,
}

impl World {
    /// A world at time zero, with a wire of 5 ms each way. `seed` decides initial sequence numbers and ports.
    pub fn new(profile: ProfileName, seed: u64) -> World {
        let mut rng = Rng::new(seed);
        let hosts = HostId::ALL.map(|id| Host::new(id, HostProfile::new(profile), rng.next() & 0x3fff));
        World {
            now: Instant::START,
            hosts,
            wire: Wire::new(),
            queue: Queue::default(),
            rng,
            packets: Vec::new(),
            senders: Vec::new(),
            facts: Vec::new(),
            wakes: Vec::new(),
            cause: None,
            time_to_notice: Duration::from_micros(100),
            next_socket: 1,
            stopped: 0,
            lost: 0,
            octets: 0,
            work: 0,
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
        self.cause = None;
        self.work += 100;
        match event {
            Event::Arrival { host, packet } => self.arrive(host, packet),
            Event::Timer { host, socket, timer, set } => self.expire(host, socket, timer, set),
            Event::Notice { wake, cause } => {
                self.cause = cause;
                self.wakes.push(wake);
            }
            Event::Loss { packet } => self.lose(packet),
            Event::NobodyThere { host, packet } => self.nobody_there(host, packet),
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
        self.cause = None;
    }

    /// What follows is a user's doing: nothing in the world caused it.
    pub fn begin_user_action(&mut self) {
        self.cause = None;
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
        self.next_socket as u64
    }

    pub(super) fn new_socket_id(&mut self) -> SocketId {
        let id = SocketId(self.next_socket);
        self.next_socket += 1;
        id
    }

    /// Writes a fact, caused by the present cause.
    pub(super) fn note(&mut self, host: Option<HostId>, what: Happened) -> FactId {
        let lost = matches!(what, Happened::Lost { .. });
        self.lost += u64::from(lost);
        self.stopped +=
            u64::from(lost || matches!(what, Happened::Dropped { .. } | Happened::Rejected { .. }));
        let id = FactId(u32::try_from(self.facts.len()).unwrap_or(u32::MAX));
        self.facts.push(Fact { id, at: self.now, host, cause: self.cause, what });
        id
    }

    /// Writes a fact that causes all that follow until the event or command ends.
    pub(super) fn begin(&mut self, host: Option<HostId>, what: Happened) {
        self.cause = Some(self.note(host, what));
    }

    pub(super) fn packet_of(&self, id: PacketId) -> &Packet {
        &self.packets[id.0 as usize]
    }
}
