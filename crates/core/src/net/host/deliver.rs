//! A packet's way in, timers, and carrying out what a connection decides.

use super::firewall::ChainName;
use super::host::INTERFACE;
use super::queue::Event;
use super::send::Sent;
use super::socket::{Kind, Socket};
use super::{Body, Endpoint, Errno, FactId, Happened, HostId, PacketId, SocketId, Wake, World};
use crate::tcp::{Connection, Context, Effect, Notice, Segment, State, Timer};

impl World {
    /// A packet reached a host: INPUT chain, then the socket that it is for.
    pub(super) fn arrive(&mut self, host: HostId, id: PacketId) {
        let packet = self.packet_of(id).clone();
        let interface = if packet.from == host { "lo" } else { INTERFACE };
        let verdict = self.judge(host, ChainName::Input, interface, &packet);
        if self.pass(host, ChainName::Input, id, verdict) == Sent::Kept {
            return;
        }
        match packet.body {
            Body::Icmp { unreachable, about } => {
                let socket = self.host(host).tuples.get(&about).copied();
                self.begin(Some(host), Happened::Arrived { packet: id, socket });
                self.take_unreachable(host, about, unreachable);
            }
            Body::Tcp(segment) => self.arrive_segment(host, id, (packet.dst, packet.src), &segment),
        }
    }

    fn arrive_segment(&mut self, host: HostId, id: PacketId, ends: (Endpoint, Endpoint), segment: &Segment) {
        self.work += 10 * self.host(host).listeners.len() as u64;
        let listener = self.host(host).listener_for(ends);
        let socket = self.host(host).tuples.get(&ends).copied();
        self.begin(Some(host), Happened::Arrived { packet: id, socket: socket.or(listener) });
        let socket = socket.filter(|socket| !self.drop_abandoned(host, *socket));
        if let Some(socket) = socket {
            if self.no_room_to_complete(host, socket, id, segment) {
                return;
            }
            let connection = self.host(host).socket(socket).and_then(Socket::connection);
            let replaces = connection.is_some_and(|connection| connection.gives_way_to(segment));
            let nobody = replaces && listener.is_none();
            self.drive_with(host, socket, Some(id), |connection, cx, out| match nobody {
                true => connection.keep_waiting(cx, out),
                false => connection.arrive(cx, segment, out),
            });
            let gone = self.host(host).socket(socket).is_none_or(Socket::is_gone);
            if !(replaces && gone) {
                return;
            }
        }
        match listener {
            Some(listener) if segment.is_syn() && !segment.is_ack() && !segment.is_rst() => {
                self.open_child(host, listener, id, ends, segment);
            }
            Some(listener) if self.is_cookie(host, ends, segment) => {
                self.redeem_cookie(host, listener, id, ends, segment);
            }
            _ => self.answer_stray(host, ends, segment),
        }
    }

    /// Nobody is here for it (RFC 9293 §3.10.7.1).
    pub(super) fn answer_stray(
        &mut self,
        host: HostId,
        (local, foreign): (Endpoint, Endpoint),
        segment: &Segment,
    ) {
        if let Some(reset) = Connection::reset_for(segment) {
            self.send_segment(host, None, (local, foreign), reset, 0);
        }
    }

    /// A timer ran out. `set` is the fact that set it.
    pub(super) fn expire(&mut self, host: HostId, id: SocketId, timer: Timer, set: FactId) {
        let due = self.host(host).socket(id).and_then(|s| s.connection()?.timers().deadline(timer));
        if due != Some(self.now) {
            return;
        }
        self.log.cause(Some(set));
        self.begin(Some(host), Happened::TimerExpired { socket: id, timer });
        if self.drop_abandoned(host, id) {
            return;
        }
        self.drive(host, id, |connection, cx, out| connection.expire(cx, timer, out));
    }

    /// Lets a connection decide, and carries out what it decides.
    pub(super) fn drive(
        &mut self,
        host: HostId,
        id: SocketId,
        decide: impl FnOnce(&mut Connection, Context<'_>, &mut Vec<Effect>),
    ) {
        self.drive_with(host, id, None, decide);
    }

    pub(super) fn drive_with(
        &mut self,
        host: HostId,
        id: SocketId,
        packet: Option<PacketId>,
        decide: impl FnOnce(&mut Connection, Context<'_>, &mut Vec<Effect>),
    ) {
        let effects = self.decide(host, id, decide);
        self.carry_out(host, id, packet, effects);
        if let Some(connection) = self.connection_mut(host, id) {
            connection.end_of_expiry();
        }
        let gone = self.host(host).socket(id).is_some_and(Socket::is_gone);
        if gone {
            self.note(Some(host), Happened::Forgotten { socket: id });
            self.host_mut(host).forget(id);
        }
        self.drop_stale();
    }

    fn decide(
        &mut self,
        host: HostId,
        id: SocketId,
        decide: impl FnOnce(&mut Connection, Context<'_>, &mut Vec<Effect>),
    ) -> Vec<Effect> {
        let now = self.now;
        let host = self.host_mut(host);
        let cx = Context { now, profile: &host.profile.tcp };
        let mut out = Vec::new();
        if let Some(connection) = host.sockets.get_mut(&id).and_then(|socket| socket.connection_mut()) {
            decide(connection, cx, &mut out);
        }
        out
    }

    fn carry_out(&mut self, host: HostId, id: SocketId, packet: Option<PacketId>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Moved(row) => {
                    self.note(Some(host), Happened::Moved { socket: id, row });
                    let now = self.now;
                    if let Some(socket) = self.host_mut(host).socket_mut(id) {
                        socket.left = row.from;
                        if !row.is_loop() {
                            socket.since = now;
                            self.count_half_open(host, id, row);
                        }
                    }
                }
                Effect::Send { segment, again } => self.send_for(host, id, segment, again),
                Effect::TimerSet(timer, at) => {
                    let span = at.since(self.now);
                    let set = self.note(Some(host), Happened::TimerSet { socket: id, timer, span });
                    self.queue.plan(at, Event::Timer { host, socket: id, timer, set });
                }
                Effect::Notify(notice) => self.notify(host, id, notice),
                Effect::Discarded(why) => {
                    if let Some(packet) = packet {
                        self.note(Some(host), Happened::Discarded { packet, why });
                    }
                }
            }
        }
    }

    fn send_for(&mut self, host: HostId, id: SocketId, segment: Segment, again: u32) {
        let Some(socket) = self.host(host).socket(id) else { return };
        let Some(foreign) = socket.foreign() else { return };
        let ends = (socket.local, foreign);
        if self.send_segment(host, Some(id), ends, segment.clone(), again) == Sent::Kept {
            let more = self.decide(host, id, |connection, cx, out| connection.not_sent(cx, &segment, out));
            self.carry_out(host, id, None, more);
        }
    }

    /// Tells whoever holds the socket; a child's first news goes to its listener's queue.
    fn notify(&mut self, host: HostId, id: SocketId, notice: Notice) {
        let host_ref = self.host_mut(host);
        let Some(socket) = host_ref.socket_mut(id) else { return };
        match notice {
            Notice::Reset => {
                socket.error = Some(match socket.left {
                    State::SynSent => Errno::ConnRefused,
                    State::CloseWait => Errno::Pipe,
                    _ => Errno::ConnReset,
                });
            }
            Notice::TimedOut => socket.error = Some(Errno::TimedOut),
            _ => {}
        }
        let parent = match &socket.kind {
            Kind::Stream { parent, .. } => *parent,
            _ => None,
        };
        match (notice, parent) {
            (Notice::Connected, Some(listener)) => {
                if let Some(Kind::Listener(listening)) = host_ref.socket_mut(listener).map(|s| &mut s.kind) {
                    listening.queue.push_back(id);
                }
                self.wake(host, listener, Notice::Readable);
            }
            _ => self.wake(host, id, notice),
        }
    }

    pub(super) fn wake(&mut self, host: HostId, socket: SocketId, notice: Notice) {
        let owner = self.host(host).socket(socket).and_then(|s| s.owner);
        let Some(owner) = owner else { return };
        let wake = Wake { socket, owner, notice };
        if notice == Notice::PeerClosed {
            let cause = self.log.present_cause();
            self.queue.plan(self.now + self.time_to_notice, Event::Notice { wake, cause });
        } else {
            self.wakes.push(wake);
        }
    }

    pub(super) fn connection_mut(&mut self, host: HostId, id: SocketId) -> Option<&mut Connection> {
        self.host_mut(host).socket_mut(id)?.connection_mut()
    }
}
