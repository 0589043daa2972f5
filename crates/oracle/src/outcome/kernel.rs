//! The states that connections went through and their retransmissions, from the log of facts.

use super::ms;
use super::{KernelEvent, Trajectories};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use tcp_core::net::{
    Endpoint, Fact, FactId, Fate, Happened, HostId, PacketId, Passage, SocketEntry, SocketId,
};
use tcp_core::tcp::{Row, Seq, State, Timer};
use tcp_shell::Lab;
use tcp_shell::tools::netstat::state_name;

/// States and retransmissions of connections so far.
#[derive(Default)]
pub(super) struct Kernel {
    pub(super) trajectories: Trajectories,
    pub(super) events: Vec<KernelEvent>,
    /// Whether two sockets of one host listened at one address and port.
    pub(super) shares_a_port: bool,
    /// Number of facts that were read.
    read: u32,
    sockets: BTreeMap<SocketId, Tracked>,
    /// The newest expiry of a retransmission timer, until something is sent because of it.
    expired: Option<(FactId, SocketId)>,
}

/// `-EBUSY`: the host itself still holds what was to be sent again.
const BUSY: i64 = -16;

/// State of the bookkeeping for one socket.
struct Tracked {
    /// Name of the connection in the traces.
    name: String,
    host: HostId,
    state: State,
    /// Whether it has sent a SYN|ACK.
    answered: bool,
    /// The sequence number after the last octet that was sent.
    high: Option<Seq>,
}

impl Kernel {
    /// Reads the facts that are new.
    pub(super) fn follow(&mut self, lab: &Lab) {
        let log = lab.world().log();
        for fact in log.since(FactId(self.read)) {
            let Some(host) = fact.host.filter(|host| *host != HostId::Site) else { continue };
            match fact.what {
                Happened::Moved { socket: Some(socket), row } => self.moved(lab, host, &fact, socket, row),
                Happened::Forgotten { socket } => {
                    self.enter(host, &fact, socket, State::Closed);
                    self.sockets.remove(&socket);
                }
                Happened::Sent { packet, socket: Some(socket) } => {
                    self.sent(lab, host, &fact, packet, socket);
                }
                Happened::TimerExpired { socket, timer: Timer::Retransmit } => {
                    self.expired = Some((fact.id, socket));
                }
                Happened::TimerSet { socket, timer: Timer::Retransmit, .. } => {
                    self.withheld(lab, host, &fact, socket);
                }
                _ => {}
            }
        }
        self.read = u32::try_from(log.len()).unwrap_or(u32::MAX);
    }

    fn moved(&mut self, lab: &Lab, host: HostId, fact: &Fact, socket: SocketId, row: &Row) {
        if row.is_loop() {
            return;
        }
        if let Entry::Vacant(place) = self.sockets.entry(socket) {
            let Some(name) = lab.world().log().socket(socket).map(name) else { return };
            place.insert(Tracked { name, host, state: row.from, answered: false, high: None });
        }
        // A child in LISTEN does not have a row of its own.
        let child = row.to == State::Listen && row.from != State::Closed;
        self.enter(host, fact, socket, if child { State::Closed } else { row.to });
    }

    fn enter(&mut self, host: HostId, fact: &Fact, socket: SocketId, state: State) {
        let Some(tracked) = self.sockets.get_mut(&socket) else { return };
        tracked.state = state;
        let name = tracked.name.clone();
        let listens = |(id, other): (&SocketId, &Tracked)| {
            *id != socket && other.host == host && other.name == name && other.state == State::Listen
        };
        let shared = self.sockets.iter().any(listens);
        self.shares_a_port |= shared && state == State::Listen;
        // If several sockets listen on one port, the last one closes it.
        if state == State::Closed && shared {
            return;
        }
        let of_host = self.trajectories.entry(host.word().to_owned()).or_default();
        let trajectory = of_host.entry(name).or_default();
        let state = state_name(state);
        let last = trajectory.last().map_or("CLOSED", |(_, last)| last.as_str());
        if last != state {
            trajectory.push((ms(fact.at), state.to_owned()));
        }
    }

    /// Notes a segment that is sent again only later, because the host itself still holds it: the timer is set once more,
    /// and nothing was sent.
    fn withheld(&mut self, lab: &Lab, host: HostId, fact: &Fact, socket: SocketId) {
        let expired = self.expired.take_if(|(expired, of)| Some(*expired) == fact.cause && *of == socket);
        let log = lab.world().log();
        let holds =
            log.socket(socket).and_then(|entry| Some((entry.local, entry.foreign?))).is_some_and(|ends| {
                let waits = |it: &Passage<'_>| {
                    it.src == ends.0 && matches!(it.fate(), Fate::Waits | Fate::Queued(..))
                };
                log.conversation(ends.0, ends.1).any(|it| waits(&it))
            });
        if let (Some(_), Some(tracked)) = (expired.filter(|_| holds), self.sockets.get(&socket)) {
            self.events.push(KernelEvent {
                t_ms: ms(fact.at),
                host: host.word().to_owned(),
                conn: tracked.name.clone(),
                event: "retransmit".to_owned(),
                from: None,
                to: None,
                state: Some(state_name(tracked.state).to_owned()),
                err: Some(BUSY),
            });
        }
    }

    /// Notes a segment that was sent again: by the retransmission timer, or a SYN|ACK other than the first.
    fn sent(&mut self, lab: &Lab, host: HostId, fact: &Fact, packet: PacketId, socket: SocketId) {
        self.expired.take_if(|(expired, _)| Some(*expired) == fact.cause);
        let Some(tracked) = self.sockets.get_mut(&socket) else { return };
        let world = lab.world();
        let packet = world.packet(packet);
        let Some(segment) = packet.segment() else { return };
        let cause = fact.cause.and_then(|cause| world.fact(cause)).map(|cause| cause.what);
        // A loss probe may send new data.
        let timer = packet.again > 0
            && matches!(cause, Some(Happened::TimerExpired { timer: Timer::Retransmit, .. }));
        let kept = packet.departed().is_none();
        let synack = segment.is_syn() && segment.is_ack();
        let again = tracked.answered;
        tracked.answered |= synack;
        let end = segment.seq + segment.len();
        let repeats = !segment.is_empty() && tracked.high.is_some_and(|high| end.at_or_before(high));
        if !kept && !segment.is_empty() && !repeats {
            tracked.high = Some(end);
        }
        let event = match (synack, timer || repeats) {
            (true, _) if again && !kept => "retransmit_synack",
            (true, _) | (false, false) => return,
            (false, true) => "retransmit",
        };
        self.events.push(KernelEvent {
            t_ms: ms(fact.at),
            host: host.word().to_owned(),
            conn: tracked.name.clone(),
            event: event.to_owned(),
            from: None,
            to: None,
            state: (!synack).then(|| state_name(tracked.state).to_owned()),
            err: (!synack).then_some(if kept { -1 } else { 0 }),
        });
    }
}

/// Name of a socket in the traces: `LISTEN addr:port`, or `client end - server end`.
fn name(entry: SocketEntry) -> String {
    match entry.foreign {
        Some(foreign) => connection(entry.host, entry.local, foreign),
        None => format!("LISTEN {}", entry.local),
    }
}

fn connection(host: HostId, local: Endpoint, foreign: Endpoint) -> String {
    let own = foreign.addr.is_loopback() || HostId::with_address(foreign.addr) == Some(host);
    let (client, server) = if host == HostId::Server && !own { (foreign, local) } else { (local, foreign) };
    format!("{client} - {server}")
}
