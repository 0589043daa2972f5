//! Sending: SYN, SYN|ACK, data, FIN, ACK and RST.

use super::connection::{Connection, Context};
use super::options::MSS_UNSAID;
use super::resend::{Mark, Sent};
use super::{Effect, Flags, Options, Payload, Running, Sack, Sacks, Segment, Seq, State, Timer, Timestamps};
use std::time::Duration;

impl Connection {
    /// The reset that answers a segment for which there is no connection (RFC 9293 §3.10.7.1); none answers a reset.
    pub fn reset_for(segment: &Segment) -> Option<Segment> {
        if segment.is_rst() {
            return None;
        }
        let reset = if segment.is_ack() {
            Segment { seq: segment.ack, flags: Flags::RST, ..Segment::default() }
        } else {
            let ack = segment.seq + segment.len();
            Segment { ack, flags: Flags::RST | Flags::ACK, ..Segment::default() }
        };
        Some(reset)
    }

    /// Sends what is queued and not yet sent, as far as the peer's window and the
    /// congestion window go, then the FIN. Which timer runs then is
    /// decided when it is known what left this host: see [`Connection::settle`].
    pub(super) fn output(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        // A segment that was cut is whole again (Linux fills it from the next).
        self.resend.cut = None;
        self.output_as_cut(cx, out);
    }

    /// The same, with the first segment as it was cut.
    pub(super) fn output_as_cut(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if !self.state().is_synchronized() {
            return;
        }
        self.push(cx, Connection::next_segment, out);
    }

    /// Sends what `next` gives, as far as the congestion window goes.
    pub(super) fn push(
        &mut self,
        cx: Context<'_>,
        next: impl Fn(&Connection, Context<'_>) -> Option<Segment>,
        out: &mut Vec<Effect>,
    ) {
        let nxt = self.tcb.snd.nxt;
        self.resend.tried = self.resend.tried.or(Some(nxt));
        // What this host's firewall refused before is tried again; what follows it was never tried.
        let mut again = self.resend.probes;
        let mut quota = self.quota();
        while quota > 0
            && let Some(segment) = next(self, cx)
        {
            self.send_new(cx, segment, again, out);
            (again, quota) = (0, quota - 1);
        }
        self.note_use(self.tcb.snd.nxt != nxt);
    }

    /// Sends the next segment of new data or FIN.
    pub(super) fn send_new(&mut self, cx: Context<'_>, segment: Segment, again: u32, out: &mut Vec<Effect>) {
        let end = segment.seq + segment.len();
        self.tcb.snd.nxt = end;
        let full = self.is_full(cx, &segment);
        self.resend.sent(end, cx.now, full);
        self.acknowledges(cx, out);
        self.note_sent(cx, !segment.payload.is_empty());
        if !segment.payload.is_empty() {
            self.may_answer(cx);
        }
        out.push(Effect::Send { segment, again });
    }

    /// It has as much data as it can have: what was cut to give a block room is full too.
    fn is_full(&self, cx: Context<'_>, segment: &Segment) -> bool {
        segment.data_len() >= self.mss(cx) || self.resend.cut == Some(segment.seq + segment.len())
    }

    /// The next segment of new data or FIN that may be sent.
    fn next_segment(&self, cx: Context<'_>) -> Option<Segment> {
        // Nagle's algorithm (RFC 9293 §3.7.4), as Minshall changed it and Linux has it: while one segment that was not
        // full is out, what does not fill one waits.
        let waits = self.resend.small_end.is_some_and(|end| end.after(self.tcb.snd.una));
        self.unsent_segment(cx).filter(|next| !waits || next.is_fin() || self.is_full(cx, next))
    }

    /// The next segment of new data or FIN that the window allows.
    pub(super) fn unsent_segment(&self, cx: Context<'_>) -> Option<Segment> {
        let tcb = &self.tcb;
        if !tcb.has_unsent() || !self.head_fits(cx) {
            return None;
        }
        let (len, fin) = self.head(cx);
        let payload = tcb.data(tcb.snd.nxt, len);
        Some(self.data_segment(cx, tcb.snd.nxt, payload, fin))
    }

    /// Sends number `at` of what is out once more.
    pub(super) fn send_again(&mut self, cx: Context<'_>, at: usize, out: &mut Vec<Effect>) {
        self.join_next(cx, at);
        let order = self.resend.next_order();
        if let Some(segment) = self.sent_segment(cx, at)
            && let Some(sent) = self.resend.out.get_mut(at)
        {
            self.resend.again.before.push(*sent);
            *sent = Sent { at: cx.now, order, again: sent.again + 1, mark: Mark::Out, ..*sent };
            let again = sent.again;
            self.note_sent(cx, !segment.payload.is_empty());
            self.note_again();
            out.push(Effect::Send { segment, again });
            self.acknowledges(cx, out);
        }
    }

    /// What follows number `at` of what is out goes again with it, a FIN too: as much of it as has room in the segment, is
    /// in the window and did not arrive beyond a hole (Linux's `tcp_retrans_try_collapse`).
    fn join_next(&mut self, cx: Context<'_>, at: usize) {
        let Some(segment) = self.sent_segment(cx, at) else { return };
        let most = self.mss(cx).min(self.tcb.snd.wnd);
        while segment.payload.octets() < most
            && let Some(&next) = self.resend.out.get(at + 1)
            && let Some(sent) = self.resend.out.get_mut(at)
        {
            let octets = next.end.distance_from(segment.seq);
            if sent.mark == Mark::Sacked || next.mark == Mark::Sacked || octets > most {
                break;
            }
            (sent.end, sent.again) = (next.end, sent.again.max(next.again));
            self.resend.out.remove(at + 1);
        }
    }

    /// Of what was never sent, the first segment: how much data is in it, and whether the FIN is.
    pub(super) fn head(&self, cx: Context<'_>) -> (u32, bool) {
        let nxt = self.tcb.snd.nxt;
        let unsent = self.tcb.data_end().distance_from(nxt);
        let cut = self.resend.cut.filter(|cut| cut.after(nxt)).map(|cut| cut.distance_from(nxt));
        let len = unsent.min(cut.unwrap_or(self.mss(cx)));
        (len, self.tcb.fin_queued && len == unsent)
    }

    /// Cuts that segment to `most` octets: what is cut off follows it, and takes its PSH along.
    pub(super) fn cut_head(&mut self, cx: Context<'_>, most: u32) {
        let nxt = self.tcb.snd.nxt;
        if self.head(cx).0 > most {
            self.resend.cut = Some(nxt + most);
            self.resend.pushed = self.resend.pushed.filter(|pushed| *pushed != nxt);
        }
    }

    /// Whether the window takes that segment whole, its FIN counted. Less than that is not sent until the probe timer asks
    /// (RFC 9293 §3.8.6.2.1).
    pub(super) fn head_fits(&self, cx: Context<'_>) -> bool {
        let (len, fin) = self.head(cx);
        len + u32::from(fin) <= self.tcb.snd.wnd.saturating_sub(self.tcb.in_flight())
    }

    /// Number `at` of the segments that are sent and not acknowledged, as it was.
    fn sent_segment(&self, cx: Context<'_>, at: usize) -> Option<Segment> {
        let tcb = &self.tcb;
        if tcb.in_flight() == 0 {
            return None;
        }
        // A SYN that is still out (closed in SYN-RECEIVED) is not data: begin after it.
        let una = if tcb.snd.una.before(tcb.data_start) { tcb.data_start } else { tcb.snd.una };
        let before = at.checked_sub(1).and_then(|before| self.resend.out.get(before)).map(|sent| sent.end);
        let from = before.filter(|end| end.after(una)).unwrap_or(una);
        let end = self.resend.out.get(at).map_or(tcb.snd.nxt, |sent| sent.end);
        let brings_fin = tcb.fin_sent() && end.after(tcb.data_end());
        let data_end = if brings_fin { tcb.data_end() } else { end };
        let payload = tcb.data(from, self.mss(cx).min(data_end.distance_from(from)));
        let sent = from + payload.octets();
        Some(self.data_segment(cx, from, payload, brings_fin && sent == tcb.data_end()))
    }

    pub(super) fn data_segment(&self, cx: Context<'_>, seq: Seq, payload: Payload, fin: bool) -> Segment {
        let mut flags = Flags::ACK;
        // The end of what a call sent is pushed: a full segment with more after it is not (RFC 9293 §3.9.1.2).
        // What the probe timer has once tried is pushed from then on (trace 13f).
        let len = payload.octets();
        let end = seq + len;
        let part = len >= self.mss(cx) || self.resend.cut == Some(end);
        let ends_call = len > 0 && (!part || end == self.tcb.data_end());
        if ends_call || self.resend.pushed == Some(seq) {
            flags = flags | Flags::PSH;
        }
        if fin {
            flags = flags | Flags::FIN;
        }
        let (ack, window) = (self.tcb.rcv.nxt, self.window());
        let options = Options { sacks: self.sacks(None), ..self.options(cx) };
        Segment { seq, ack, flags, window, options, payload }
    }

    pub(super) fn send_syn(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let passive = self.state() == State::SynReceived;
        let flags = if passive { Flags::SYN | Flags::ACK } else { Flags::SYN };
        let ack = if passive { self.tcb.rcv.nxt } else { Seq(0) };
        let (seq, window) = (self.tcb.snd.iss, self.tcb.rcv.wnd);
        let options = if passive { Options::of_answer(cx, &self.tcb.offer) } else { Options::of_syn(cx) };
        let segment = Segment { seq, ack, flags, window, options, ..Segment::default() };
        // Of one that is sent again, only the timestamp in the answer gives the round trip.
        let again = if self.is_passive() { self.resend.answers > 0 } else { self.resend.by_timer };
        self.tcb.snd.nxt = self.tcb.snd.iss + 1;
        self.resend.answers += u32::from(passive);
        if !again && (!passive || self.is_passive()) {
            self.resend.since = Some(cx.now);
        }
        self.resend.syn_at = (!again).then_some(cx.now);
        out.push(Effect::Send { segment, again: self.resend.retries });
    }

    /// An acknowledgement of all that came in order. As long as something that came too early waits, it names that, too
    /// (RFC 2018 §4).
    pub(super) fn ack(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) -> Segment {
        let window = self.window();
        self.acknowledges(cx, out);
        Segment {
            seq: self.tcb.snd.nxt,
            ack: self.tcb.rcv.nxt,
            flags: Flags::ACK,
            window,
            options: Options { sacks: self.sacks(None), ..self.options(cx) },
            ..Segment::default()
        }
    }

    /// The options of a segment without SYN: timestamps, if both ends send them.
    pub(super) fn options(&self, cx: Context<'_>) -> Options {
        let timestamps = self.recent.map(|recent| Timestamps { value: cx.now, echo: Some(recent) });
        Options { timestamps, ..Options::NONE }
    }

    /// The largest data of one segment: what the peer takes, and this host's link, less the octets of timestamps, and of the
    /// blocks that name what came too early (variation v350).
    pub(super) fn mss(&self, cx: Context<'_>) -> u32 {
        let named = self.sack_room().min(self.tcb.blocks().len());
        self.mss_without_blocks(cx).saturating_sub(Sacks::octets(named)).max(1)
    }

    /// The same, if nothing came too early.
    pub(super) fn mss_without_blocks(&self, cx: Context<'_>) -> u32 {
        let timestamps = if self.recent.is_some() { Timestamps::OCTETS } else { 0 };
        let most = self.tcb.offer.mss.unwrap_or(MSS_UNSAID).min(cx.profile.mss);
        u32::from(most).saturating_sub(timestamps).max(1)
    }

    /// How many blocks a segment may name.
    fn sack_room(&self) -> usize {
        if self.tcb.offer.sack_permitted { Options::room_for_sacks(self.recent.is_some()) } else { 0 }
    }

    pub(super) fn send_ack(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let segment = self.ack(cx, out);
        out.push(Effect::Send { segment, again: 0 });
    }

    /// An acknowledgement that names what came twice, if anything did, and what came too early.
    pub(super) fn send_ack_with_sacks(
        &mut self,
        cx: Context<'_>,
        twice: Option<Sack>,
        out: &mut Vec<Effect>,
    ) {
        let mut segment = self.ack(cx, out);
        segment.options.sacks = self.sacks(twice);
        out.push(Effect::Send { segment, again: 0 });
    }

    /// The blocks that name what came twice, if anything did, and what came too early, as far as there is room.
    pub(super) fn sacks(&self, twice: Option<Sack>) -> Sacks {
        twice.into_iter().chain(self.tcb.blocks().iter().copied()).take(self.sack_room()).collect()
    }

    /// The part of `segment` that was received before, as a block (RFC 2883 §4).
    pub(super) fn repeated(&self, segment: &Segment) -> Option<Sack> {
        let (nxt, end) = (self.tcb.rcv.nxt, segment.seq + segment.len());
        let end = if end.after(nxt) { nxt } else { end };
        end.after(segment.seq).then_some(Sack { start: segment.seq, end })
    }

    pub(super) fn start(&mut self, cx: Context<'_>, timer: Timer, span: Duration, out: &mut Vec<Effect>) {
        self.start_late(cx, timer, span, span, out);
    }

    /// Starts a timer of `span` of which only `rest` is left.
    pub(super) fn start_late(
        &mut self,
        cx: Context<'_>,
        timer: Timer,
        span: Duration,
        rest: Duration,
        out: &mut Vec<Effect>,
    ) {
        let tick = cx.profile.expiry(cx.now, rest);
        let before = self.timers.get(timer);
        // A timer that is set again for the same tick stays in the slot where it is, however wide (Linux's `mod_timer`).
        let stays = before.filter(|running| tick.is_some() && running.tick == tick);
        let fires = stays.map_or_else(|| cx.profile.fires_at(cx.now, rest), |running| running.fires);
        self.timers.set(timer, Running { fires, due: cx.now + rest, span, tick });
        if before.is_none_or(|running| running.fires != fires) {
            out.push(Effect::TimerSet(timer, fires));
        }
    }
}

/// `span` doubled `times` times, but never above `most`.
pub(super) fn doubled(span: Duration, times: u32, most: Duration) -> Duration {
    span.checked_mul(1u32.checked_shl(times).unwrap_or(u32::MAX)).unwrap_or(most).min(most)
}
