//! The world: all hosts, the wire between them and the clock.

mod checkpoint;
mod look;
mod notice;
mod setup;
mod transmit;

use super::host::{Cx, Host, Output};
use super::link::Link;
use super::log::Log;
use super::meter::Meter;
use super::queue::{Event, Queue};
use super::wire::{Landed, Road, Wire};
use super::{Answer, Command, Errno, Happened, HostId, Packet, PacketId, Target, Wake};
use crate::Instant;
use crate::tcp::{Effect, ProfileName};
pub use checkpoint::Checkpoint;
pub use setup::Setup;
use std::time::Duration;

/// Everything in the simulated network. [`World::apply`], [`World::step`] and [`World::advance_to`] move it on;
/// [`World::restore`] takes it back to an earlier moment.
///
/// Guarantee: the same setup and the same calls produce the same facts, natively and in WebAssembly.
#[derive(Clone, Debug)]
pub struct World {
    here: Present,
    log: Log,
    /// Outputs of the acting host and effects of its connections; both lists are empty between calls.
    out: Vec<Output>,
    effects: Vec<Effect>,
    /// What a call has sent is on its way, and the program that made it waits.
    in_a_call: bool,
}

/// Everything in a world but the log.
#[derive(Clone, Debug)]
struct Present {
    now: Instant,
    hosts: Vec<Host>,
    link: Link,
    wire: Wire,
    queue: Queue,
    wakes: Vec<Wake>,
    /// Time that a program takes to notice that the peer has closed: the end of a stream spends at least that long in
    /// CLOSE-WAIT (trace 01a: 0.1 ms). It may take as long to notice that it is connected.
    time_to_notice: Duration,
    meter: Meter,
}

fn find(hosts: &[Host], id: HostId) -> Option<&Host> {
    hosts.iter().find(|host| host.id() == id)
}

impl World {
    /// The lab at time zero, with a wire of 5 ms each way. `seed` determines initial sequence numbers, ports and
    /// what the wire draws.
    pub fn new(profile: ProfileName, seed: u64) -> World {
        World::of(Setup::lab(profile, seed))
    }

    /// A world of arbitrary hosts at time zero, with a wire of 5 ms each way.
    pub fn of(setup: Setup) -> World {
        let hosts: Vec<Host> = setup.hosts.into_iter().map(Host::new).collect();
        let mut link = Link::new();
        hosts.iter().for_each(|host| link.set(host.id(), host.addresses()));
        let here = Present {
            now: Instant::START,
            hosts,
            link,
            wire: Wire::new(setup.seed),
            queue: Queue::default(),
            wakes: Vec::new(),
            time_to_notice: Duration::from_micros(100),
            meter: Meter::default(),
        };
        World { here, log: Log::new(), out: Vec::new(), effects: Vec::new(), in_a_call: false }
    }

    /// Carries out a command, or returns why it was refused. What takes time continues in [`World::step`].
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
            Target::Wire => self.on_the_wire(command),
            Target::Circumstances => {
                if let Command::Imitate(circumstance) = command {
                    self.imitate(circumstance);
                }
                Ok(Answer::Done)
            }
        }
    }

    fn ask(&mut self, host: HostId, command: Command) -> Result<Answer, Errno> {
        let moves = matches!(
            command,
            Command::AddAddress { .. } | Command::RemoveAddress { .. } | Command::SetLink { .. }
        );
        if let Some(host) = find(&self.here.hosts, host) {
            self.here.meter.call(&command, host);
        }
        let sends = matches!(command, Command::Send { .. });
        let answer = self.act(host, |host, cx| host.apply(cx, command)).unwrap_or(Err(Errno::Invalid));
        if sends {
            self.carry_at_once(host);
        }
        if moves && let Some(host) = find(&self.here.hosts, host) {
            self.here.link.set(host.id(), host.addresses());
            self.here.link.plug(host.id(), host.is_linked());
        }
        self.drop_stale();
        answer
    }

    /// The current time.
    pub const fn now(&self) -> Instant {
        self.here.now
    }

    /// When the next event is due. Timers that were stopped or set again do not count.
    pub fn next_event(&self) -> Option<Instant> {
        self.here.queue.next().map(|(at, ..)| at)
    }

    /// Runs the next event (one packet's arrival, one timer) at its time. Returns false if no event is left.
    pub fn step(&mut self) -> bool {
        let Some((at, event)) = self.here.queue.take() else { return false };
        self.here.now = self.here.now.max(at);
        self.here.meter.event();
        match event {
            Event::Packet { packet } => self.land(packet),
            Event::Timer { host, socket, timer, set } => {
                self.log.cause(Some(set));
                self.act(host, |host, cx| host.expire(cx, socket, timer));
            }
            Event::Notice { wake, cause } => {
                self.log.cause(cause);
                self.here.wakes.push(wake);
            }
            Event::Queued { host, packet } => _ = self.act(host, |host, cx| host.let_go(cx, packet)),
            Event::Lookup { host, address } => _ = self.act(host, |host, cx| host.ask_again(cx, address)),
        }
        self.drop_stale();
        true
    }

    fn land(&mut self, id: PacketId) {
        let Present { now, wire, queue, .. } = &mut self.here;
        let mut road = Road { now: *now, log: &mut self.log, queue };
        let Some((cause, landed)) = wire.land(&mut road, id) else { return };
        self.log.cause(Some(cause));
        match landed {
            Landed::At(host, packet) => _ = self.act(host, |host, cx| host.receive(cx, &packet)),
            Landed::Lost(rule) => {
                self.log.note(self.here.now, None, Happened::Lost { packet: id, rule: Some(rule) });
            }
        }
    }

    /// Runs all events up to and including `to`, and sets the clock to `to`. Wakes accumulate: a caller with processes
    /// to run uses [`World::step`] up to `to` first.
    pub fn advance_to(&mut self, to: Instant) {
        while self.next_event().is_some_and(|at| at <= to) {
            self.step();
        }
        self.here.now = self.here.now.max(to);
        self.log.cause(None);
    }

    /// Takes the notifications for processes, oldest first. Once the list is empty, everything that the last event
    /// caused is done: the next command counts as a user's doing.
    pub fn take_wakes(&mut self) -> Vec<Wake> {
        if self.here.wakes.is_empty() {
            self.log.cause(None);
        }
        std::mem::take(&mut self.here.wakes)
    }

    /// Memory that everything that happened takes, in octets, approximately. It only grows.
    pub const fn weight(&self) -> u64 {
        self.log.weight() + self.here.meter.octets()
    }

    /// Work done so far, in steps of about a nanosecond. It only grows.
    pub const fn work(&self) -> u64 {
        self.here.meter.work()
    }

    /// Lets a host act, and carries out its outputs. Returns `None` if there is no such host.
    fn act<T>(&mut self, id: HostId, act: impl FnOnce(&mut Host, &mut Cx<'_>) -> T) -> Option<T> {
        let host = self.here.hosts.iter_mut().find(|host| host.id() == id)?;
        let mut out = std::mem::take(&mut self.out);
        let length = self.log.len();
        let effects = std::mem::take(&mut self.effects);
        let cx = Cx::new(id, self.here.now, &mut self.log, &self.here.link, &mut out);
        let mut cx = cx.with_effects(effects);
        let result = act(host, &mut cx);
        self.effects = cx.into_effects();
        self.here.meter.facts(self.log.len() - length, host);
        self.carry_out_all(id, out);
        Some(result)
    }

    /// Carries out the outputs of a host, wakes last, and keeps the emptied list: a program runs when its host has sent
    /// what it had to.
    #[inline(never)] // Otherwise there is a copy in every use of `act`.
    fn carry_out_all(&mut self, host: HostId, mut out: Vec<Output>) {
        let soonest = self.soonest_wake(host, &out);
        let wakes: Vec<Output> = out.extract_if(.., |output| matches!(output, Output::Wake { .. })).collect();
        for output in out.drain(..).chain(wakes) {
            self.carry_out(host, output, soonest);
        }
        self.out = out;
    }

    fn carry_out(&mut self, host: HostId, output: Output, soonest: Option<Instant>) {
        match output {
            Output::Packet { packet, sent } => {
                let outer = self.log.cause(Some(sent));
                self.transmit(host, packet);
                self.log.cause(outer);
            }
            Output::Queued { packet, leaves } => {
                self.here.queue.plan(leaves, Event::Queued { host, packet });
            }
            Output::Lookup { address, due } => {
                self.here.queue.plan(due, Event::Lookup { host, address });
            }
            Output::Timer { socket, timer, at, set } => {
                self.here.queue.plan(at, Event::Timer { host, socket, timer, set });
            }
            Output::Wake { wake, cause } => {
                match self.noticed(wake.notice).or(soonest).or(self.in_a_call.then_some(self.here.now)) {
                    Some(at) => _ = self.here.queue.plan(at, Event::Notice { wake, cause }),
                    None => self.here.wakes.push(wake),
                }
            }
        }
    }

    /// Acts on a packet on the wire, or puts one there.
    fn on_the_wire(&mut self, command: Command) -> Result<Answer, Errno> {
        let Present { now, hosts, link, wire, queue, meter, .. } = &mut self.here;
        let mut road = Road { now: *now, log: &mut self.log, queue };
        match command {
            Command::OnWire { packet, act } => wire.act(&mut road, packet, act)?,
            Command::Inject { src, dst, segment } => {
                let to = link.holder(dst.addr).ok_or(Errno::HostUnreach)?;
                // It comes from the host that has the source address, if that is another host; otherwise from any other
                // host.
                let others = || hosts.iter().map(Host::id).filter(|host| *host != to);
                let holder = link.holder(src.addr).filter(|host| *host != to);
                let from = holder.or_else(|| others().next()).ok_or(Errno::HostUnreach)?;
                let packet = wire.inject(&mut road, from, to, (src, dst), *segment);
                meter.carried(&packet);
            }
            _ => return Err(Errno::Invalid),
        }
        self.drop_stale();
        Ok(Answer::Done)
    }

    /// Drops the entries that stopped or restarted timers, and held or dropped packets, leave in the queue: they are
    /// not events.
    #[inline(never)] // Otherwise there are three copies.
    fn drop_stale(&mut self) {
        let Present { hosts, wire, queue, .. } = &mut self.here;
        while let Some((at, ticket, event)) = queue.next() {
            let stands = match event {
                Event::Timer { host, socket, timer, .. } => {
                    find(hosts, host).and_then(|host| host.deadline(socket, timer)) == Some(at)
                }
                Event::Packet { packet } => wire.awaits(packet, ticket),
                Event::Queued { host, packet } => {
                    find(hosts, host).and_then(|host| host.leaves(packet)) == Some(at)
                }
                Event::Lookup { host, address } => {
                    find(hosts, host).and_then(|host| host.lookup_due(address)) == Some(at)
                }
                Event::Notice { .. } => true,
            };
            if stands {
                return;
            }
            queue.take();
        }
    }
}
