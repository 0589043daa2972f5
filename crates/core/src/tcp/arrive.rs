//! SEGMENT ARRIVES (RFC 9293 §3.10.7), in the RFC's order, one function a check.

mod acknowledgement;
mod data;
mod refuse;
mod repair;
mod time_wait;

use super::connection::{Connection, Context};
use super::resend::Answer;
use super::{Counter, Discard, Effect, Notice, Sack, Segment, State, Timer, Trigger, find};

/// A check lets the segment pass on, or ends its processing.
enum Check {
    Pass,
    /// It passes on, and what waits to be sent is tried after its data was taken.
    Push,
    End,
}
use Check::{End, Pass, Push};

impl Connection {
    /// SEGMENT ARRIVES (RFC 9293 §3.10.7) for a segment of this connection. A child in LISTEN takes the SYN that it is made
    /// for. In CLOSED nothing happens: whoever knows that there is no connection answers with [`Connection::reset_for`].
    pub fn arrive(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        self.resend.by_timer = false;
        match self.state() {
            State::Closed => {}
            State::Listen => self.arrive_in_listen(cx, segment, out),
            State::SynSent => self.arrive_in_syn_sent(cx, segment, out),
            _ => self.arrive_otherwise(cx, segment, out),
        }
    }

    /// An ICMP error about the SYN, or no answer from the link. It ends an open that is under way (RFC 9293 §3.9.2.2).
    pub fn unreachable(&mut self, out: &mut Vec<Effect>) {
        self.walk(Trigger::Unreachable, out);
    }

    /// An ICMP error about a connection that goes on. It is remembered until the peer acknowledges something.
    pub const fn advise(&mut self) {
        self.advised = true;
    }

    /// A path was reported broken: what was sent again was lost to that and not to load, so one doubling is taken back
    /// (RFC 6069; variation v81).
    pub fn revert_backoff(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let Some(running) = self.timers.get(Timer::Retransmit) else { return };
        if self.resend.retries == 0
            || self.resend.doublings == 0
            || self.state() == State::SynReceived
            || !cx.profile.icmp_takes_back
        {
            return;
        }
        self.resend.doublings -= 1;
        let passed = cx.now.since(running.due - running.span);
        let span = self.timeout(cx);
        self.start_late(cx, Timer::Retransmit, span, span.saturating_sub(passed), out);
    }

    /// The peer's SYN: what it offers counts as far as this host does it too.
    fn begin_with(&mut self, cx: Context<'_>, syn: &Segment) {
        self.tcb.begin_with(syn);
        self.open_window();
        self.tcb.offer = syn.options.clone().taken(cx.profile);
        self.recent = self.tcb.offer.timestamps.map(|stamps| stamps.value);
    }

    /// §3.10.7.2
    fn arrive_in_listen(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        if segment.is_rst() {
            out.push(Effect::Discarded(Discard::NotExpected));
        } else if segment.is_ack() {
            self.reset(segment, Discard::BadAck, out);
        } else if segment.is_syn() {
            self.begin_with(cx, segment);
            self.tcb.snd.wnd = segment.window;
            self.tcb.snd.wl1 = segment.seq;
            self.walk(Trigger::Syn, out);
            self.send_syn(cx, out);
            self.start(cx, Timer::Retransmit, cx.profile.rto_initial, out);
        } else {
            out.push(Effect::Discarded(Discard::NoAck));
        }
    }

    /// §3.10.7.3
    fn arrive_in_syn_sent(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        // First the ACK: nothing was sent but our SYN, so only SND.NXT acknowledges anything. Another number is of an old
        // connection, whose end learns so by a reset.
        let acceptable = segment.is_ack() && segment.ack == self.tcb.snd.nxt;
        if segment.is_ack() && !acceptable {
            self.reset(segment, Discard::BadAck, out);
            if self.resend.retries == 0 {
                // An old connection's end answered, which the reset has now ended: the SYN need not wait for its timer.
                self.hurry(cx, out);
            }
            return;
        }
        // Second RST: "connection refused" if it acknowledges our SYN; without that anyone could have sent it.
        if segment.is_rst() {
            if acceptable {
                self.walk(Trigger::RstOfOpen, out);
                out.push(Effect::Notify(Notice::Reset));
            } else {
                out.push(Effect::Discarded(Discard::BadReset));
            }
            return;
        }
        // Fourth SYN: without it there is no number to begin with.
        if !segment.is_syn() {
            out.push(Effect::Discarded(Discard::NotExpected));
            return;
        }
        self.begin_with(cx, segment);
        self.update_window(segment);
        if acceptable {
            // Our SYN is acknowledged: the connection stands at this end, and what waited to be sent goes out.
            self.begin_window(cx, segment);
            self.hear(cx, segment);
            self.advised = false;
            out.push(Effect::Count(Counter::Delivered, 1));
            self.timers.stop(Timer::Retransmit);
            self.resend.progress();
            self.walk(Trigger::SynAckOfSyn, out);
            self.begin_keepalive(cx, out);
            self.send_ack(cx, out);
            out.push(Effect::Notify(Notice::Connected));
            self.output(cx, out);
        } else {
            // A SYN alone: both ends opened at once (RFC 9293 figure 7). The timer of our SYN runs on (trace 12a).
            self.walk(Trigger::Syn, out);
            self.send_syn(cx, out);
        }
    }

    /// The first SYN is repeated soon, where the profile does so.
    fn hurry(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        if let Some(span) = cx.profile.syn_after_reset {
            self.start(cx, Timer::Retransmit, span, out);
        }
    }

    /// §3.10.7.4
    fn arrive_otherwise(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) {
        // First check sequence number, second RST, fourth SYN, fifth ACK; then data and FIN. (Third, security, and
        // sixth, urgent data, are left out.)
        let mut push = false;
        for check in [
            Connection::check_half_open,
            Connection::check_repetition,
            Connection::check_sequence,
            Connection::check_entry,
            Connection::check_reset,
            Connection::check_syn,
            Connection::check_ack,
        ] {
            match check(self, cx, segment, out) {
                End => return,
                Push => push = true,
                Pass => {}
            }
        }
        let owes = self.take_data_and_fin(cx, segment, out);
        if push {
            self.answer(cx, Answer::Waiting { owes }, out);
        } else if owes {
            self.acknowledge_now_or_later(cx, out);
        }
    }

    /// Answers the segment that was taken in. If something was sent again for it, this host's firewall has its say first:
    /// what it refuses takes no room in the congestion window (variation v304).
    pub(super) fn answer(&mut self, cx: Context<'_>, answer: Answer, out: &mut Vec<Effect>) {
        if !self.resend.again.before.is_empty() {
            self.resend.again.answer = Some(answer);
            return;
        }
        match answer {
            // What waits carries the acknowledgement. If this host's firewall holds that back, none leaves (trace n01b).
            Answer::Waiting { owes } => {
                self.output(cx, out);
                if owes {
                    self.acknowledge_now_or_later(cx, out);
                }
            }
            Answer::Repetition(twice) => self.answer_repetition(cx, twice, out),
        }
    }

    /// What came before and comes again shows that our answer was lost: it is answered again. The RFC finds most of this
    /// outside the window, in its first check; here each has an edge of its own.
    fn check_repetition(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        let tcb = &self.tcb;
        // The peer's FIN, at the very number at which it was taken: our ACK of it was lost (trace 13c).
        let fin_again = segment.is_fin() && tcb.peer_fin && segment.seq + segment.len() == tcb.rcv.nxt;
        if self.gives_way_to(segment) && self.walk(Trigger::NewSyn, out) {
            return End;
        }
        if self.is_wandering_syn(segment) {
            // Refused as any old segment, and the wait starts again (RFC 7323 §5.2, as Linux does).
            self.start_time_wait(cx, out);
        }
        if fin_again && !segment.is_rst() && find(self.state(), Trigger::FinAgain).is_some() {
            self.walk(Trigger::FinAgain, out);
            if self.state() == State::TimeWait {
                self.send_ack(cx, out);
                // 2MSL begin again (RFC 9293 §3.10.7.4, eighth; variation v31).
                self.start_time_wait(cx, out);
            } else {
                // It leaves no gap: its timestamp counts (variation v340).
                self.recent = self.recent.and(segment.stamp()).or(self.recent);
                let twice = self.repeated(segment);
                self.hear_again(cx, segment, twice, out);
            }
            return End;
        }
        Pass
    }

    /// Outside the window: an ACK says to the sender what we expect, unless it is a reset.
    fn check_sequence(&mut self, cx: Context<'_>, segment: &Segment, out: &mut Vec<Effect>) -> Check {
        let (nxt, wnd) = (self.tcb.rcv.nxt, self.receive_window());
        let len = segment.len();
        // The four cases of RFC 9293 §3.10.7.4, first check: some octet of it lies in the window.
        let acceptable = match (len, wnd) {
            (0, 0) => segment.seq == nxt,
            (0, _) => segment.seq.within(nxt, wnd),
            (_, 0) => false,
            _ => segment.seq.within(nxt, wnd) || (segment.seq + (len - 1)).within(nxt, wnd),
        };
        // In a simultaneous open the SYN|ACK repeats the SYN that came already; its ACK is news (RFC 9293 figure 7).
        let crossed = self.state() == State::SynReceived
            && segment.is_syn()
            && segment.is_ack()
            && segment.seq == self.tcb.rcv.irs;
        if acceptable || crossed || self.resets_at_fin(cx, segment) {
            // TS.Recent is that of the last segment that left no gap (RFC 7323 §4.3).
            if segment.seq.at_or_before(nxt) && !segment.is_rst() {
                // A segment without a timestamp, where both ends had agreed on them, leaves the last (RFC 7323 §3.2).
                self.recent = self.recent.and(segment.stamp()).or(self.recent);
            }
            return Pass;
        }
        // A shut window refuses the data, not the acknowledgement.
        if wnd == 0 && segment.is_ack() && !segment.is_rst() && segment.seq == nxt {
            let news = self.hear(cx, segment);
            self.repair(cx, segment, &news, false, out);
        }
        if self.is_entry() {
            self.answer_from_entry(cx, segment, out);
            return End;
        }
        if segment.is_syn() && !segment.is_rst() && self.state() != State::SynReceived {
            out.push(Effect::Count(Counter::SynChallenge, 1));
            self.challenge(cx, segment, Discard::OutOfWindow, out);
            return End;
        }
        out.push(Effect::Discarded(Discard::OutOfWindow));
        // What is not acceptable is answered by an ACK that says what is expected; a reset is never answered.
        if !segment.is_rst() {
            let twice = self.repeated(segment).filter(|_| !segment.is_syn());
            if twice.is_some() {
                self.hear_repetition(cx);
            }
            if twice.is_some() && segment.seq + len == nxt {
                // The last one once more lies at the window's edge: Linux takes it for acceptable, with its timestamp.
                self.recent = self.recent.and(segment.stamp()).or(self.recent);
                self.hear_again(cx, segment, twice, out);
            } else if self.deserves_answer(cx, segment) {
                self.count_repetition(twice, out);
                self.send_ack_with_sacks(cx, twice, out);
            }
        }
        End
    }

    /// The last of what was received, once more: its acknowledgement may be news, and it is answered with what waits here.
    fn hear_again(&mut self, cx: Context<'_>, segment: &Segment, twice: Option<Sack>, out: &mut Vec<Effect>) {
        let before = self.state();
        if segment.is_ack()
            && let End = self.check_ack(cx, segment, out)
        {
            return;
        }
        // The acknowledgement of our FIN ends CLOSING, and nothing more is said.
        if before != State::Closing || self.state() == before {
            self.answer(cx, Answer::Repetition(twice), out);
        }
    }

    fn reset(&mut self, segment: &Segment, why: Discard, out: &mut Vec<Effect>) {
        out.push(Effect::Discarded(why));
        self.reset_reply(segment, out);
    }

    fn reset_reply(&mut self, segment: &Segment, out: &mut Vec<Effect>) {
        if let Some(segment) = Connection::reset_for(segment) {
            out.push(Effect::Send { segment, again: 0 });
        }
    }
}
