//! The two queues of a listener: half-open connections, and connections that wait for `accept()`.
//!
//! A listener with backlog `n` takes `n + 1` of either kind. If the queue of `accept()` is full, a further SYN gets no
//! answer (trace 16a); if the other queue is, it gets an answer without an entry, a *SYN cookie* (trace 16g).
//!
//! Left out: without cookies, Linux may still let in a client that it heard from before when others are refused.

use super::socket::{Kind, Listening, Socket};
use super::{Cx, Host};
use crate::Instant;
use crate::net::{Endpoint, Happened, PacketId, SocketId, rng};
use crate::tcp::{
    Call, Connection, Context, Counter, Effect, Flags, Options, Profile, Row, Sacks, Segment, Seq, State,
    Timestamps,
};
use std::time::Duration;

/// Microseconds for which a cookie is valid: this span of the clock and the next (Linux: 60 s).
const COOKIE_AGE: u64 = 60_000_000;

impl Host {
    /// Handles a SYN for a listener: a child starts in LISTEN and takes the edge, unless a queue is full.
    pub(super) fn open_child(
        &mut self,
        cx: &mut Cx<'_>,
        listener: SocketId,
        packet: PacketId,
        ends: (Endpoint, Endpoint),
        segment: &Segment,
    ) {
        let Some(listening) = self.listening(listener) else { return };
        let (half_open, no_room) = (listening.half_open, listening.is_full());
        let many = half_open > listening.backlog;
        let profile = &self.profile;
        // Without cookies, the last quarter of `tcp_max_syn_backlog` is kept free.
        let most = profile.max_syn_backlog;
        let refused = profile.syncookies == 0 && (many || most.saturating_sub(half_open) < most >> 2);
        let cookie = many || profile.syncookies > 1;
        self.count_syn(many || profile.syncookies > 1, no_room, refused);
        if no_room || refused {
            cx.pen.note(Happened::QueueFull { socket: listener, packet });
        } else if cookie {
            self.send_cookie(cx, listener, packet, ends, segment);
        } else {
            let iss = self.initial_number(ends, cx.now);
            let child = self.make_child(cx, listener, ends, iss);
            self.drive_with(cx, child, Some(packet), |connection, cx, out| {
                connection.arrive(cx, segment, out);
            });
        }
    }

    fn make_child(
        &mut self,
        cx: &mut Cx<'_>,
        listener: SocketId,
        (local, foreign): (Endpoint, Endpoint),
        iss: Seq,
    ) -> SocketId {
        let id = cx.pen.new_socket();
        let mut child = Socket::fresh(id, None, cx.now);
        child.set_local(local);
        let mut connection = Connection::child(iss, &self.profile.tcp);
        if let Some(listener) = self.sockets.get(listener) {
            child.uid = listener.uid;
            child.reuse_addr = listener.reuse_addr;
            child.reuse_port = listener.reuse_port;
            child.family = listener.family;
            child.keepalive = listener.keepalive;
            if let Some(listener) = listener.connection() {
                connection.inherit(listener);
            }
        }
        child.kind = Kind::Stream { connection, foreign, parent: Some(listener) };
        let family = child.family;
        self.sockets.insert(child);
        self.sockets.add_connection(id);
        cx.pen.open(id, family, (local, Some(foreign)), Some(listener));
        id
    }

    /// Answers a SYN without storing anything: the number in the answer, which returns with the third segment, proves
    /// that there was a SYN.
    fn send_cookie(
        &mut self,
        cx: &mut Cx<'_>,
        socket: SocketId,
        packet: PacketId,
        ends: (Endpoint, Endpoint),
        syn: &Segment,
    ) {
        cx.pen.begin(Happened::Cookie { socket, packet });
        self.counters.count(&[Counter::SyncookiesSent]);
        self.counters.cookie = Some(cx.now);
        let taken = syn.options.clone().taken(&self.profile.tcp);
        let stamp = self.profile.cookie_clock.map_or(cx.now, |clock| stamp(cx.now, clock, &taken));
        let context = Context { now: stamp, profile: &self.profile.tcp };
        let answer = Segment {
            seq: cookie(cx.now, ends, syn.seq, 0),
            ack: syn.seq + 1,
            flags: Flags::SYN | Flags::ACK,
            window: self.profile.tcp.window,
            options: Options::of_answer(context, &taken),
            ..Segment::default()
        };
        self.send_segment(cx, None, ends, answer, 0);
    }

    /// Whether the segment acknowledges a cookie, and begins where the SYN ended.
    pub(super) fn is_cookie(&self, now: Instant, ends: (Endpoint, Endpoint), segment: &Segment) -> bool {
        let given = |ago| segment.ack - 1 == cookie(now, ends, segment.seq - 1, ago);
        let plain = segment.is_ack() && !segment.is_rst() && !segment.is_syn();
        plain && self.profile.syncookies > 0 && (given(0) || given(1))
    }

    /// The options that the SYN offered: all of them are in the timestamp that returns; without a timestamp, only the
    /// segment size is known, from the cookie.
    fn options_in_cookie(&self, segment: &Segment) -> Options {
        let Profile { mss, window_scale, .. } = self.profile.tcp;
        let timestamps = segment.options.timestamps.map(|stamps| Timestamps { echo: None, ..stamps });
        Options {
            mss: Some(mss),
            window_scale: timestamps.map(|_| window_scale),
            sack_permitted: timestamps.is_some() && self.profile.tcp.sack,
            timestamps,
            sacks: Sacks::NONE,
        }
    }

    /// Makes the entry that the cookie replaced, if there is room for it; it takes both edges at once.
    pub(super) fn redeem_cookie(
        &mut self,
        cx: &mut Cx<'_>,
        listener: SocketId,
        packet: PacketId,
        ends: (Endpoint, Endpoint),
        segment: &Segment,
    ) {
        self.counters.count(&[Counter::SyncookiesRecv]);
        if self.listening(listener).is_some_and(Listening::is_full) {
            self.counters.count(&[Counter::ListenOverflows, Counter::ListenDrops]);
            cx.pen.note(Happened::QueueFull { socket: listener, packet });
            return;
        }
        let iss = segment.ack - 1;
        // The timestamp that returns shows when the cookie was sent, or when its clock says so.
        let now = segment.echo().unwrap_or(cx.now);
        let window = segment.window;
        let options = self.options_in_cookie(segment);
        let syn = Segment { seq: segment.seq - 1, flags: Flags::SYN, window, options, ..Segment::default() };
        let by_stamp = self.profile.cookie_clock.is_some();
        let child = self.make_child(cx, listener, ends, iss);
        self.drive_with(cx, child, Some(packet), |connection, cx, out| {
            connection.arrive(Context { now, ..cx }, &syn, out);
            if segment.echo().is_none() || by_stamp {
                connection.forget_when();
            }
            out.retain(|effect| matches!(effect, Effect::Moved(_)));
            connection.arrive(cx, segment, out);
        });
    }

    /// Drops a half-open entry whose listener is gone, at the next opportunity and without notifying anybody. Returns
    /// whether the entry was such a one.
    pub(super) fn drop_abandoned(&mut self, cx: &mut Cx<'_>, id: SocketId) -> bool {
        let Some(socket) = self.sockets.get(id) else { return false };
        let abandoned = self.is_abandoned(socket);
        if abandoned {
            self.end_silently(cx, id);
        }
        abandoned
    }

    /// Ignores the end of a handshake for which the accept queue has no room: the client is ESTABLISHED, and the entry
    /// here stays in SYN-RECEIVED (trace 16h). With `tcp_abort_on_overflow`, answers with RST.
    pub(super) fn no_room_to_complete(
        &mut self,
        cx: &mut Cx<'_>,
        id: SocketId,
        packet: PacketId,
        segment: &Segment,
    ) -> bool {
        let Some(socket) = self.sockets.get(id) else { return false };
        let Kind::Stream { parent: Some(listener), foreign, .. } = socket.kind else { return false };
        let completes = socket.state() == State::SynReceived && segment.is_ack() && !segment.is_rst();
        let ends = (socket.local(), foreign);
        if !completes || !self.listening(listener).is_some_and(Listening::is_full) {
            return false;
        }
        cx.pen.note(Happened::QueueFull { socket: listener, packet });
        self.counters.count(&[Counter::ListenOverflows, Counter::ListenDrops]);
        if self.profile.abort_on_overflow {
            self.counters.count(&[Counter::EmbryonicRsts]);
            self.reset(cx, ends, segment);
            self.end_silently(cx, id);
        }
        true
    }

    /// Counts what a SYN finds: first the queue of half-open connections, then that of `accept()`.
    fn count_syn(&mut self, many: bool, no_room: bool, refused: bool) {
        let without = many && self.profile.syncookies == 0;
        if many {
            self.counters.count(&[if without { Counter::ReqQFullDrop } else { Counter::ReqQFullDoCookies }]);
        }
        if no_room && !without {
            self.counters.count(&[Counter::ListenOverflows]);
        }
        if no_room || refused {
            self.counters.count(&[Counter::ListenDrops]);
        }
    }

    /// Counts an acknowledgement that a listener does not expect, if cookies were sent lately.
    pub(super) fn count_wrong_cookie(&mut self, now: Instant, segment: &Segment) {
        const LATELY: Duration = Duration::from_secs(120);
        let lately = self.counters.cookie.is_some_and(|at| now.since(at) <= LATELY);
        if lately && segment.is_ack() && !segment.is_rst() && !segment.is_syn() {
            self.counters.count(&[Counter::SyncookiesFailed]);
        }
    }

    fn end_silently(&mut self, cx: &mut Cx<'_>, id: SocketId) {
        self.drive(cx, id, |connection, cx, out| {
            let _closed = connection.call(cx, Call::Abort, out);
            out.retain(|effect| !matches!(effect, Effect::Send { .. }));
        });
    }

    /// Updates the count of a listener's half-open children.
    pub(super) fn count_half_open(&mut self, id: SocketId, row: &Row) {
        let Some(Kind::Stream { parent: Some(listener), .. }) = self.sockets.get(id).map(|s| &s.kind) else {
            return;
        };
        let listener = *listener;
        if let Some(Kind::Listener(listening)) = self.sockets.get_mut(listener).map(|s| &mut s.kind) {
            let count = listening.half_open;
            listening.half_open = match (row.from, row.to) {
                (_, State::SynReceived) => count + 1,
                (State::SynReceived, _) => count.saturating_sub(1),
                _ => count,
            };
        }
    }

    /// The queues of a socket that is listening.
    pub(super) fn listening(&self, id: SocketId) -> Option<&Listening> {
        match &self.sockets.get(id)?.kind {
            Kind::Listener(listening) => Some(listening),
            _ => None,
        }
    }
}

/// The timestamp of a cookie that is sent at `now`: the last time before that has in its lowest six bits of milliseconds
/// what is taken of the SYN's options: the scale of its windows, or 15, and SACK. `clock` is a time that has nothing there.
fn stamp(now: Instant, clock: Duration, taken: &Options) -> Instant {
    const SPAN: u64 = 64_000;
    let options = u64::from(taken.window_scale.unwrap_or(15)) | u64::from(taken.sack_permitted) << 4;
    let marked = crate::micros(clock) + 1000 * options;
    let since = (now.as_micros() + SPAN - marked % SPAN) % SPAN;
    Instant::from_micros(now.as_micros().saturating_sub(since))
}

/// The sequence number for answering a SYN, with the clock set back by `ago` spans.
fn cookie(now: Instant, ends: (Endpoint, Endpoint), seq: Seq, ago: u64) -> Seq {
    let span = (now.as_micros() / COOKIE_AGE).wrapping_sub(ago);
    Seq(rng::low(rng::scatter(span ^ u64::from(seq.0) << 32, ends)))
}
