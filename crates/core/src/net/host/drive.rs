//! Letting a connection decide, and carrying out its effects.

use super::send::Sent;
use super::socket::{Kind, Socket};
use super::trips::recall_trip;
use super::{Cx, Host, Output};
use crate::net::{Errno, Happened, PacketId, ProcessId, SocketId, Wake};
use crate::tcp::{Connection, Context, Counter, Effect, Notice, Segment, State};

impl Host {
    /// Lets a connection decide, and carries out its effects.
    pub(super) fn drive(
        &mut self,
        cx: &mut Cx<'_>,
        id: SocketId,
        decide: impl FnOnce(&mut Connection, Context<'_>, &mut Vec<Effect>),
    ) {
        self.drive_with(cx, id, None, decide);
    }

    /// The same, about a packet that has arrived.
    pub(super) fn drive_with(
        &mut self,
        cx: &mut Cx<'_>,
        id: SocketId,
        packet: Option<PacketId>,
        decide: impl FnOnce(&mut Connection, Context<'_>, &mut Vec<Effect>),
    ) {
        // Almost every call needs this list, so it is reused instead of allocated: one call of a host drives one
        // connection at a time.
        let mut effects = std::mem::take(&mut cx.effects);
        let may_wait = !self.may_be_full() || self.is_entry(id);
        self.decide(cx, id, &mut effects, decide);
        self.carry_out(cx, id, packet, &mut effects);
        self.decide(cx, id, &mut effects, Connection::settle);
        self.carry_out(cx, id, packet, &mut effects);
        if !may_wait && self.is_entry(id) && self.is_full_beside(id) {
            self.counters.no_entry();
            self.decide(cx, id, &mut effects, |connection, _, out| connection.find_no_room(out));
            self.carry_out(cx, id, packet, &mut effects);
        }
        cx.effects = effects;
        if self.sockets.get(id).is_some_and(Socket::is_gone) {
            cx.pen.note(Happened::Forgotten { socket: id });
            self.sockets.forget(id);
        }
    }

    /// There may be as many connections in TIME-WAIT as `tcp_max_tw_buckets` allows. It counts them only if it must.
    fn may_be_full(&self) -> bool {
        u32::try_from(self.sockets.len()).is_ok_and(|sockets| sockets > self.profile.max_tw_buckets)
    }

    fn is_full_beside(&self, id: SocketId) -> bool {
        let entries = self.sockets.iter().filter(|socket| socket.id != id && is_entry(socket)).count();
        u32::try_from(entries).is_ok_and(|entries| entries >= self.profile.max_tw_buckets)
    }

    /// Whether this is an entry that the kernel keeps without a socket.
    pub(super) fn is_entry(&self, id: SocketId) -> bool {
        self.sockets.get(id).is_some_and(is_entry)
    }

    fn decide(
        &mut self,
        cx: &Cx<'_>,
        id: SocketId,
        effects: &mut Vec<Effect>,
        decide: impl FnOnce(&mut Connection, Context<'_>, &mut Vec<Effect>),
    ) {
        let context = Context { now: cx.now, profile: &self.profile.tcp };
        if let Some(connection) = self.sockets.get_mut(id).and_then(Socket::connection_mut) {
            decide(connection, context, effects);
        }
    }

    /// Carries out the effects of a connection, and leaves the list empty.
    fn carry_out(
        &mut self,
        cx: &mut Cx<'_>,
        id: SocketId,
        packet: Option<PacketId>,
        effects: &mut Vec<Effect>,
    ) {
        // Once data or a FIN was refused, what was to follow it does not leave.
        let mut held = false;
        for effect in effects.drain(..) {
            match effect {
                Effect::Moved(row) => {
                    cx.pen.note(Happened::Moved { socket: Some(id), row });
                    self.count_move(id, row);
                    if let Some(socket) = self.sockets.get_mut(id) {
                        socket.left = row.from;
                        if !row.is_loop() {
                            socket.since = cx.now;
                            self.count_half_open(id, row);
                        }
                    }
                }
                Effect::Send { segment, .. } if held && !segment.is_empty() => {}
                Effect::Send { segment, again } if again > 0 && self.is_withdrawn(id, &segment) => {}
                Effect::Send { segment, again } if again > 0 && self.withholds(id, &segment) => {}
                Effect::Send { segment, again } => {
                    let again = self.sent_before(id, &segment, again);
                    held |= self.send_for(cx, id, segment, again);
                }
                Effect::TimerSet(timer, at) => {
                    let span = at.since(cx.now);
                    let set = cx.pen.note(Happened::TimerSet { socket: id, timer, span });
                    cx.hand_out(Output::Timer { socket: id, timer, at, set });
                }
                // What the link still holds was never sent again.
                Effect::Count(Counter::LostRetransmit, _) if self.lookup_holds(id, |_| true) => {}
                Effect::Trip(trip) => self.keep_trip(id, trip),
                Effect::Count(counter, times) => self.counters.add(counter, times),
                Effect::Notify(notice) => self.notify(cx, id, notice),
                Effect::Discarded(why) => {
                    if let Some(packet) = packet {
                        cx.pen.note(Happened::Discarded { packet, why });
                    }
                }
            }
        }
    }

    /// Whether something else was refused that was to be sent again before `segment`.
    fn is_withdrawn(&self, id: SocketId, segment: &Segment) -> bool {
        let connection = self.sockets.get(id).and_then(Socket::connection);
        connection.is_some_and(|connection| connection.is_withdrawn(segment))
    }

    /// Gives whether this host's firewall holds it back, and with it what was to follow.
    fn send_for(&mut self, cx: &mut Cx<'_>, id: SocketId, segment: Segment, again: u32) -> bool {
        let Some(ends) = self.sockets.get(id).and_then(Socket::ends) else { return false };
        let (sent, packet) = self.send_segment(cx, Some(id), ends, segment, again);
        if sent == Sent::Kept
            && let Some(segment) = packet.segment()
        {
            let (mut more, mut held) = (Vec::new(), false);
            let routed = self.is_linked() || packet.to == Some(self.id);
            self.decide(cx, id, &mut more, |connection, cx, out| {
                held = connection.not_sent(cx, segment, routed, out)
            });
            self.carry_out(cx, id, None, &mut more);
            return held;
        }
        false
    }

    /// Notifies the holder of the socket; the first notice of a child goes to its listener's queue.
    fn notify(&mut self, cx: &mut Cx<'_>, id: SocketId, notice: Notice) {
        let Some(socket) = self.sockets.get_mut(id) else { return };
        match notice {
            Notice::Connected => recall_trip(socket, &self.trips, &self.profile.tcp),
            Notice::Reset => {
                socket.error = Some(match socket.left {
                    State::SynSent => Errno::ConnRefused,
                    State::CloseWait => Errno::Pipe,
                    _ => Errno::ConnReset,
                });
            }
            Notice::TimedOut => {
                // A soft error says why nothing arrived; it stays beside the error that it becomes.
                socket.error = socket.soft_error().or(Some(Errno::TimedOut));
            }
            _ => {}
        }
        let owner = socket.owner;
        let parent = match &socket.kind {
            Kind::Stream { parent, .. } => *parent,
            _ => None,
        };
        match (notice, parent) {
            (Notice::Connected, Some(listener)) => {
                if let Some(Kind::Listener(listening)) = self.sockets.get_mut(listener).map(|s| &mut s.kind) {
                    listening.queue.push_back(id);
                }
                self.wake(cx, listener, Notice::Connected);
            }
            _ => wake(cx, id, owner, notice),
        }
    }

    pub(super) fn wake(&self, cx: &mut Cx<'_>, socket: SocketId, notice: Notice) {
        wake(cx, socket, self.sockets.get(socket).and_then(|s| s.owner), notice);
    }
}

/// It is in TIME-WAIT, or an orphan that waits for its peer's FIN.
fn is_entry(socket: &Socket) -> bool {
    socket.connection().is_some_and(Connection::is_entry)
}

/// Wakes the process that holds a socket, if one does.
fn wake(cx: &mut Cx<'_>, socket: SocketId, owner: Option<ProcessId>, notice: Notice) {
    if let Some(owner) = owner {
        let cause = cx.pen.present_cause();
        cx.hand_out(Output::Wake { wake: Wake { socket, owner, notice }, cause });
    }
}
