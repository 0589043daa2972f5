//! What a listener's two queues hold: half-open connections, and those that wait for `accept()`.
//!
//! A listener with backlog `n` takes `n + 1` of either. What is beyond gets no answer if it is the queue of `accept()`
//! that is full (trace 16a), and an answer without an entry, a *SYN cookie*, if it is the other (trace 16g).
//!
//! Left out: without cookies, a client that was heard of before may still enter where others may not.

use super::socket::{Kind, Listening, Socket};
use super::{Endpoint, Happened, HostId, PacketId, SocketId, World, rng};
use crate::tcp::{
    Call, Connection, Context, Effect, Flags, Options, Profile, Row, Segment, Seq, State, Timestamps,
};

/// For how long a cookie is good, in microseconds: this span of the clock and the next (Linux: 60 s).
const COOKIE_AGE: u64 = 60_000_000;

impl World {
    /// A SYN for a listener: a child starts in LISTEN and takes the edge, unless a queue is full.
    pub(super) fn open_child(
        &mut self,
        host: HostId,
        listener: SocketId,
        packet: PacketId,
        ends: (Endpoint, Endpoint),
        segment: &Segment,
    ) {
        let Some(listening) = self.listening(host, listener) else { return };
        let (half_open, no_room) = (listening.half_open, listening.is_full());
        let many = half_open > listening.backlog;
        let profile = &self.host(host).profile;
        // Without cookies the last quarter of `tcp_max_syn_backlog` is kept free.
        let most = profile.max_syn_backlog;
        let refused = profile.syncookies == 0 && (many || most.saturating_sub(half_open) < most >> 2);
        let cookie = many || profile.syncookies > 1;
        if no_room || refused {
            self.note(Some(host), Happened::QueueFull { socket: listener, packet });
        } else if cookie {
            self.send_cookie(host, listener, packet, ends, segment);
        } else {
            let iss = self.host(host).initial_number(ends, self.now);
            let child = self.make_child(host, listener, ends, iss);
            self.drive_with(host, child, Some(packet), |connection, cx, out| {
                connection.arrive(cx, segment, out);
            });
        }
    }

    fn make_child(
        &mut self,
        host: HostId,
        listener: SocketId,
        (local, foreign): (Endpoint, Endpoint),
        iss: Seq,
    ) -> SocketId {
        let id = self.log.new_socket(host);
        let now = self.now;
        let host = self.host_mut(host);
        let mut child = Socket::fresh(id, None, now);
        child.local = local;
        if let Some(listener) = host.socket(listener) {
            child.reuse_addr = listener.reuse_addr;
            child.reuse_port = listener.reuse_port;
            child.family = listener.family;
        }
        let connection = Connection::child(iss, &host.profile.tcp);
        child.kind = Kind::Stream { connection, foreign, parent: Some(listener) };
        let family = child.family;
        host.sockets.insert(id, Box::new(child));
        host.tuples.insert((local, foreign), id);
        self.log.open(id, family, (local, Some(foreign)), Some(listener));
        id
    }

    /// Answers a SYN and keeps nothing: the number in the answer, which comes back with the third segment, tells that
    /// there was one.
    fn send_cookie(
        &mut self,
        host: HostId,
        socket: SocketId,
        packet: PacketId,
        ends: (Endpoint, Endpoint),
        syn: &Segment,
    ) {
        self.begin(Some(host), Happened::Cookie { socket, packet });
        let cx = Context { now: self.now, profile: &self.host(host).profile.tcp };
        let answer = Segment {
            seq: self.cookie(ends, syn.seq, 0),
            ack: syn.seq + 1,
            flags: Flags::SYN | Flags::ACK,
            window: self.host(host).profile.tcp.window,
            options: Options::of_answer(cx, &syn.options),
            ..Segment::default()
        };
        self.send_segment(host, None, ends, answer, 0);
    }

    /// The segment acknowledges a cookie, and begins where the SYN ended.
    pub(super) fn is_cookie(&self, host: HostId, ends: (Endpoint, Endpoint), segment: &Segment) -> bool {
        let given = |ago| segment.ack - 1 == self.cookie(ends, segment.seq - 1, ago);
        let plain = segment.is_ack() && !segment.is_rst() && !segment.is_syn();
        plain && self.host(host).profile.syncookies > 0 && (given(0) || given(1))
    }

    /// The number for a SYN, `ago` spans before this one.
    fn cookie(&self, ends: (Endpoint, Endpoint), seq: Seq, ago: u64) -> Seq {
        let span = (self.now.as_micros() / COOKIE_AGE).wrapping_sub(ago);
        Seq(rng::low(rng::scatter(span ^ u64::from(seq.0) << 32, ends)))
    }

    /// What the SYN had offered: all of it is in the timestamp that comes back; without one, only the segment size is in
    /// the cookie.
    fn options_in_cookie(&self, host: HostId, segment: &Segment) -> Options {
        let Profile { mss, window_scale, .. } = self.host(host).profile.tcp;
        let timestamps = segment.options.timestamps.map(|stamps| Timestamps { echo: None, ..stamps });
        Options {
            mss: Some(mss),
            window_scale: timestamps.map(|_| window_scale),
            sack_permitted: timestamps.is_some(),
            timestamps,
            sacks: Vec::new(),
        }
    }

    /// The entry that was never made is made now, if there is room for it, and takes both edges at once.
    pub(super) fn redeem_cookie(
        &mut self,
        host: HostId,
        listener: SocketId,
        packet: PacketId,
        ends: (Endpoint, Endpoint),
        segment: &Segment,
    ) {
        if self.listening(host, listener).is_some_and(Listening::is_full) {
            self.note(Some(host), Happened::QueueFull { socket: listener, packet });
            return;
        }
        let iss = segment.ack - 1;
        // The timestamp that comes back tells when the cookie was sent.
        let now = segment.echo().unwrap_or(self.now);
        let window = segment.window;
        let options = self.options_in_cookie(host, segment);
        let syn = Segment { seq: segment.seq - 1, flags: Flags::SYN, window, options, ..Segment::default() };
        let child = self.make_child(host, listener, ends, iss);
        self.drive_with(host, child, Some(packet), |connection, cx, out| {
            connection.arrive(Context { now, ..cx }, &syn, out);
            out.retain(|effect| matches!(effect, Effect::Moved(_)));
            connection.arrive(cx, segment, out);
        });
    }

    /// A half-open entry whose listener is gone is dropped at the next occasion, and nobody is told. Gives whether it
    /// was.
    pub(super) fn drop_abandoned(&mut self, host: HostId, id: SocketId) -> bool {
        let Some(socket) = self.host(host).socket(id) else { return false };
        let Kind::Stream { parent: Some(listener), .. } = socket.kind else { return false };
        let abandoned = socket.state() == State::SynReceived && self.listening(host, listener).is_none();
        if abandoned {
            self.end_silently(host, id);
        }
        abandoned
    }

    /// The end of a handshake for which the accept queue has no room is ignored: the client is ESTABLISHED, the entry
    /// here stays in SYN-RECEIVED (trace 16h). With `tcp_abort_on_overflow` it is answered by RST.
    pub(super) fn no_room_to_complete(
        &mut self,
        host: HostId,
        id: SocketId,
        packet: PacketId,
        segment: &Segment,
    ) -> bool {
        let Some(socket) = self.host(host).socket(id) else { return false };
        let Kind::Stream { parent: Some(listener), foreign, .. } = socket.kind else { return false };
        let completes = socket.state() == State::SynReceived && segment.is_ack() && !segment.is_rst();
        let ends = (socket.local, foreign);
        if !completes || !self.listening(host, listener).is_some_and(Listening::is_full) {
            return false;
        }
        self.note(Some(host), Happened::QueueFull { socket: listener, packet });
        if self.host(host).profile.abort_on_overflow {
            self.answer_stray(host, ends, segment);
            self.end_silently(host, id);
        }
        true
    }

    fn end_silently(&mut self, host: HostId, id: SocketId) {
        self.drive(host, id, |connection, cx, out| {
            let _closed = connection.call(cx, Call::Abort, out);
            out.retain(|effect| !matches!(effect, Effect::Send { .. }));
        });
    }

    /// Keeps count of a listener's half-open children.
    pub(super) fn count_half_open(&mut self, host: HostId, id: SocketId, row: &Row) {
        let host = self.host_mut(host);
        let Some(Kind::Stream { parent: Some(listener), .. }) = host.socket(id).map(|s| &s.kind) else {
            return;
        };
        let listener = *listener;
        if let Some(Kind::Listener(listening)) = host.socket_mut(listener).map(|s| &mut s.kind) {
            let count = listening.half_open;
            listening.half_open = match (row.from, row.to) {
                (_, State::SynReceived) => count + 1,
                (State::SynReceived, _) => count.saturating_sub(1),
                _ => count,
            };
        }
    }

    /// A listener's queues, while it listens.
    fn listening(&self, host: HostId, id: SocketId) -> Option<&Listening> {
        match &self.host(host).socket(id)?.kind {
            Kind::Listener(listening) => Some(listening),
            _ => None,
        }
    }
}
