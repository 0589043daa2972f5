//! A connection: its state and its TCB. What the user asks of it stands here; segments are in `arrive`, timers in
//! `expire`, sending in `output`.

use super::acking::Acking;
use super::congestion::Congestion;
use super::resend::Resend;
use super::rtt::Rtt;
use super::tcb::Tcb;
use super::{
    Effect, Flags, Keepalive, Notice, Payload, Profile, Row, Segment, Seq, State, Timer, Timers, Trigger,
    find,
};
use crate::Instant;
use std::time::Duration;

/// How large the queue of data to send may grow, in octets. Linux's sizes itself, from some 30 000 octets to megabytes
/// (`tcp_wmem`); this much fills any lesson.
const SEND_QUEUE_MAX: usize = 1 << 18;

/// Now, and the constants that hold on this host.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The time.
    pub now: Instant,
    /// The constants.
    pub profile: &'a Profile,
}

/// A user's call that needs no data (RFC 9293 §3.10). SEND is [`Connection::send`], RECEIVE is [`Connection::receive`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// OPEN, passive.
    PassiveOpen,
    /// OPEN, active.
    ActiveOpen,
    /// CLOSE: no more data from here; receiving goes on.
    Close,
    /// ABORT.
    Abort,
    /// The process lets the socket go: what still comes is for nobody (an *orphan*, in Linux's words).
    Release,
}

/// A refused call (RFC 9293 §3.10, the "error:" cases).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallError {
    /// "connection does not exist"
    DoesNotExist,
    /// "connection already exists"
    AlreadyExists,
    /// "connection closing"
    Closing,
    /// The queue of data to send is full; try again after [`super::Notice::Writable`].
    NoRoom,
}

/// How the connection came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    Active,
    Passive,
}

/// One endpoint of a connection, or a listener. The [module](super) says how it is driven.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Connection {
    /// Changed by [`Connection::take`] alone, which wants a row of the table.
    state: State,
    pub(super) tcb: Tcb,
    pub(super) timers: Timers,
    pub(super) rtt: Rtt,
    /// The longest timeout: `tcp_rto_max_ms` of when the socket was made, or of its listener (variation v314).
    pub(super) rto_max: Duration,
    pub(super) origin: Origin,
    /// No process holds it any more.
    pub(super) released: bool,
    /// TS.Recent (RFC 7323 §4.3): when the peer's last segment in order was sent; our segments give it back.
    pub(super) recent: Option<Instant>,
    pub(super) resend: Resend,
    pub(super) congestion: Congestion,
    /// The program has read up to the peer's FIN.
    pub(super) end_read: bool,
    /// A call found the queue of data to send full, and waits for room.
    pub(super) no_room: bool,
    pub(super) acking: Acking,
    /// An ICMP error about it came, and nothing was acknowledged since.
    pub(super) advised: bool,
    /// When a segment that has no place here was last answered.
    pub(super) answered: Option<Instant>,
    pub(super) keepalive: Keepalive,
    /// When something of the peer was taken last.
    pub(super) heard: Option<Instant>,
}

impl Connection {
    /// A connection in CLOSED that will start with `iss`.
    pub fn new(iss: Seq, profile: &Profile) -> Connection {
        let mut tcb = Tcb::default();
        tcb.snd.iss = iss;
        tcb.snd.una = iss;
        tcb.snd.nxt = iss;
        tcb.data_start = iss + 1;
        tcb.rcv.wnd = profile.window;
        Connection {
            state: State::Closed,
            tcb,
            timers: Timers::default(),
            rtt: Rtt::new(profile.rto_min),
            rto_max: profile.rto_max,
            origin: Origin::Active,
            released: false,
            recent: None,
            resend: Resend::default(),
            congestion: Congestion::new(profile),
            end_read: false,
            no_room: false,
            acking: Acking::default(),
            advised: false,
            answered: None,
            keepalive: Keepalive::default(),
            heard: None,
        }
    }

    /// A listener's child: it starts in LISTEN, and the SYN that it is made for walks the edge.
    pub fn child(iss: Seq, profile: &Profile) -> Connection {
        let mut child = Connection::new(iss, profile);
        child.state = State::Listen;
        child.origin = Origin::Passive;
        child
    }

    /// Takes over what a child has of its listener, whatever the host's constants are by now.
    pub fn inherit(&mut self, listener: &Connection) {
        self.rto_max = listener.rto_max;
        self.rtt.least = listener.rtt.least;
        self.keepalive = listener.keepalive;
    }

    /// Does what the user asks. [`CallError`] if the table has no row for it in this state; [`Call::Release`] is never refused.
    pub fn call(&mut self, cx: Context<'_>, call: Call, out: &mut Vec<Effect>) -> Result<(), CallError> {
        match call {
            Call::PassiveOpen => {
                self.origin = Origin::Passive;
                self.open(Trigger::PassiveOpen, out)
            }
            Call::ActiveOpen => {
                self.open(Trigger::ActiveOpen, out)?;
                self.send_syn(cx, out);
                self.resend.retries = 0;
                self.start(cx, Timer::Retransmit, cx.profile.rto_initial, out);
                Ok(())
            }
            Call::Close => self.close(cx, out),
            Call::Abort => self.abort(cx, out),
            Call::Release => {
                self.released = true;
                if self.state == State::FinWait2 {
                    self.start_orphan_wait(cx, State::FinWait2, out);
                }
                Ok(())
            }
        }
    }

    fn open(&mut self, trigger: Trigger, out: &mut Vec<Effect>) -> Result<(), CallError> {
        let row = find(self.state, trigger).ok_or(CallError::AlreadyExists)?;
        self.take(row, out);
        Ok(())
    }

    /// SEND (RFC 9293 §3.10.2): queues `data` and sends what both windows allow. Returns the octets taken, which may be fewer.
    /// [`CallError::NoRoom`] if there is room for none; before the handshake is over they only wait.
    pub fn send(
        &mut self,
        cx: Context<'_>,
        data: &Payload,
        out: &mut Vec<Effect>,
    ) -> Result<usize, CallError> {
        match self.state {
            State::Closed | State::Listen => return Err(CallError::DoesNotExist),
            State::SynSent | State::SynReceived | State::Established | State::CloseWait => {}
            _ => return Err(CallError::Closing),
        }
        let room = self.room();
        self.no_room = room < data.len();
        if room == 0 && !data.is_empty() {
            return Err(CallError::NoRoom);
        }
        let taken = room.min(data.len());
        self.begin_again_if_idle(cx);
        let unsent = |tcb: &Tcb| tcb.data_end().distance_from(tcb.snd.nxt);
        let (mss, nxt) = (self.mss(cx), self.tcb.snd.nxt);
        let partial = unsent(&self.tcb) < mss && !self.resend.cut.is_some_and(|cut| cut.after(nxt));
        self.tcb.send_queue.push(data.slice(0, taken));
        if partial {
            // The first segment grows, and is no longer the end of a call. When it is full the kernel sends it, before it
            // queues the rest of the call's data (variation v121).
            self.resend.pushed = None;
            self.resend.twice = unsent(&self.tcb) > mss;
        }
        if taken > 0 && self.state.is_synchronized() {
            self.loop_through(Trigger::SendData, out);
            self.output(cx, out);
        }
        Ok(taken)
    }

    /// RECEIVE (RFC 9293 §3.10.3): at most `max` octets that came in order. Reading may reopen a shut window.
    pub fn receive(&mut self, cx: Context<'_>, max: usize, out: &mut Vec<Effect>) -> Payload {
        let data = self.tcb.receive_queue.take(u32::try_from(max).unwrap_or(u32::MAX));
        self.end_read |= self.tcb.peer_fin && self.tcb.receive_queue.is_empty();
        if self.state.is_synchronized() {
            self.was_read(cx, data.len(), out);
        }
        data
    }

    /// Octets that the queue of data to send has room for.
    const fn room(&self) -> usize {
        SEND_QUEUE_MAX.saturating_sub(self.tcb.send_queue.len() as usize)
    }

    /// A user who found the queue full is notified when a third of it is free, as Linux does (`sk_stream_is_writeable`), and
    /// not for each acknowledgement.
    pub(super) fn notify_of_room(&mut self, out: &mut Vec<Effect>) {
        if self.no_room && self.room() >= SEND_QUEUE_MAX / 3 {
            self.no_room = false;
            out.push(Effect::Notify(Notice::Writable));
        }
    }

    fn close(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) -> Result<(), CallError> {
        if self.tcb.fin_queued {
            return Err(CallError::Closing);
        }
        let row = find(self.state, Trigger::Close).ok_or(CallError::Closing)?;
        self.take(row, out);
        if row.to != State::Closed {
            self.tcb.fin_queued = true;
            self.output(cx, out);
        }
        Ok(())
    }

    fn abort(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) -> Result<(), CallError> {
        let row = find(self.state, Trigger::Abort).ok_or(CallError::DoesNotExist)?;
        if row.reply == super::Reply::Rst {
            self.send_reset(cx, out);
        }
        self.take(row, out);
        Ok(())
    }

    pub(super) fn send_reset(&self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let reset = Segment {
            seq: self.tcb.snd.nxt,
            ack: self.tcb.rcv.nxt,
            flags: Flags::RST | Flags::ACK,
            window: self.window(),
            options: self.options(cx),
            ..Segment::default()
        };
        out.push(Effect::Send { segment: reset, again: 0 });
    }

    /// The one setter of the state: no row, no move.
    pub(super) fn take(&mut self, row: &'static Row, out: &mut Vec<Effect>) {
        debug_assert_eq!(row.from, self.state, "a row leaves the state it is taken in");
        self.state = row.to;
        out.push(Effect::Moved(row));
        if !row.is_loop() && matches!(row.to, State::Established | State::TimeWait) {
            // The entry changes its form in Linux, and forgets whom it answered.
            self.answered = None;
        }
        if matches!(row.to, State::Closed | State::Listen) {
            self.timers.stop_all();
        }
    }

    /// Takes the row for `trigger`, if the table has one here. Gives whether it has.
    pub(super) fn walk(&mut self, trigger: Trigger, out: &mut Vec<Effect>) -> bool {
        let row = find(self.state, trigger);
        if let Some(row) = row {
            self.take(row, out);
        }
        row.is_some()
    }

    /// Takes the row for `trigger` if it is a loop: an event worth showing that moves nothing.
    pub(super) fn loop_through(&mut self, trigger: Trigger, out: &mut Vec<Effect>) {
        if let Some(row) = find(self.state, trigger).filter(|row| row.is_loop()) {
            self.take(row, out);
        }
    }

    /// The same connection by a clock that shows `to` where this one's shows `from`. Two that differ only in the moment at
    /// which all of it happened are equal on one clock.
    pub fn on_clock(&self, from: Instant, to: Instant) -> Connection {
        let shift =
            |at: &mut Instant| *at = if *at < from { to - from.since(*at) } else { to + at.since(from) };
        let mut moved = self.clone();
        moved.recent.iter_mut().chain(&mut moved.answered).chain(&mut moved.heard).for_each(shift);
        moved.timers.each_instant(shift);
        moved.resend.each_instant(shift);
        moved.congestion.each_instant(shift);
        moved.acking.each_instant(shift);
        if let Some(stamps) = &mut moved.tcb.offer.timestamps {
            shift(&mut stamps.value);
            stamps.echo.iter_mut().for_each(shift);
        }
        moved
    }

    /// The state.
    pub const fn state(&self) -> State {
        self.state
    }

    /// The variables.
    pub const fn tcb(&self) -> &Tcb {
        &self.tcb
    }

    /// The timers.
    pub const fn timers(&self) -> &Timers {
        &self.timers
    }

    /// Timeouts in a row without progress, as `netstat -o` counts them: a loss probe does not count (trace 17a).
    pub const fn retries(&self) -> u32 {
        self.resend.retries
    }

    /// SYN|ACKs of this half-open entry: the first, and all others that left; 0 when it is one no more.
    pub const fn answers(&self) -> u32 {
        if matches!((self.state, self.origin), (State::SynReceived, Origin::Passive)) {
            self.resend.answers
        } else {
            0
        }
    }

    /// Tries in a row that this host's firewall refused, as `netstat -o` counts them.
    pub const fn probes(&self) -> u32 {
        self.resend.probes
    }

    /// It was opened by an arriving SYN.
    pub const fn is_passive(&self) -> bool {
        matches!(self.origin, Origin::Passive)
    }

    /// Nothing says when its SYN|ACK was sent: the round trip of the handshake is not measured.
    pub const fn forget_when(&mut self) {
        self.resend.syn_at = None;
    }

    /// Both ends send timestamps.
    pub const fn has_timestamps(&self) -> bool {
        self.recent.is_some()
    }

    /// An ICMP error about it came, and nothing was acknowledged since.
    pub const fn is_advised(&self) -> bool {
        self.advised
    }

    /// Octets received in order and not yet read.
    pub const fn unread(&self) -> u32 {
        self.tcb.receive_queue.len()
    }

    /// The peer's FIN came, and the program has not yet read as far.
    pub const fn has_unread_end(&self) -> bool {
        self.tcb.peer_fin && !self.end_read
    }

    /// The peer has sent its FIN, and everything before it came.
    pub const fn peer_closed(&self) -> bool {
        self.tcb.peer_fin
    }

    /// Octets queued, SYN and FIN counted, that the peer has not acknowledged: netstat's Send-Q.
    pub fn unacknowledged(&self) -> u32 {
        match self.state {
            State::Listen | State::Closed | State::TimeWait | State::FinWait2 => 0,
            State::SynReceived if self.origin == Origin::Passive => 0,
            _ => {
                let end = if self.tcb.fin_queued { self.tcb.data_end() + 1 } else { self.tcb.data_end() };
                end.distance_from(self.tcb.snd.una)
            }
        }
    }
}
