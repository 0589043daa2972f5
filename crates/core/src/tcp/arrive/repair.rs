//! What an acknowledgement says of what was sent, and what is sent again for it (RFC 2018, RFC 5682, RFC 8985).

use crate::Instant;
use crate::tcp::connection::{Connection, Context};
use crate::tcp::resend::{Due, Latest, Mark, Repair, Sent};
use crate::tcp::{Counter, Effect, Sack, Segment, Seq, Timer};
use std::time::Duration;

/// Segments that arrived beyond a hole, of which the third shows that it is a loss (RFC 5681 §3.2).
const ENOUGH: u32 = 3;

/// What an acknowledgement said.
#[derive(Debug, Default)]
pub(super) struct News {
    /// SND.UNA moved on.
    advanced: bool,
    /// Segments of which it is known only now that they arrived, once or twice.
    delivered: u32,
    /// Some of them lie beyond a hole.
    sacked: bool,
    /// Something that was sent once, and before the repair began, arrived.
    original: bool,
    /// Something arrived twice, up to this number.
    twice: Option<Seq>,
    /// What is out is younger than what was heard of: its timer starts again.
    starts_timer: bool,
    /// When the oldest left of what this acknowledgement is the first to name, if it was sent once.
    left: Option<Instant>,
    /// The same of the youngest.
    left_last: Option<Instant>,
}

/// What is sent after an acknowledgement, before what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Nothing,
    /// What was never sent.
    New,
    /// What counts as lost.
    Lost,
}

impl Connection {
    /// Takes what `segment` acknowledges, in order and beyond a hole, and the round trip that this completes
    /// (RFC 6298 §3): of what was sent once (Karn's algorithm), else by the timestamp that comes back, which counts
    /// milliseconds (RFC 7323 §4.1; variation v343).
    pub(super) fn hear(&mut self, cx: Context<'_>, segment: &Segment) -> News {
        let mut news = News::default();
        let mut stamped = None;
        if !segment.options.sacks.is_empty() {
            self.take_sacks(cx, segment, &mut news);
        }
        let (una, nxt) = (segment.ack, self.tcb.snd.nxt);
        if una.after(self.tcb.snd.una) && una.at_or_before(nxt) {
            news.advanced = true;
            self.resend.retries = 0;
            self.take_acknowledged(cx, segment, &mut news);
            self.tcb.acknowledge(una);
            stamped = segment.echo().map(|echo| cx.profile.trip_by_timestamp(echo, cx.now));
        }
        let trip = |left: Option<Instant>| left.map(|left| cx.now.since(left)).or(stamped);
        if let (Some(trip), Some(last)) = (trip(news.left), trip(news.left_last)) {
            self.rtt.sample([trip, last], (una, nxt));
            (self.resend.doublings, self.resend.backoff) = (0, 0);
        }
        news
    }

    /// Marks what lies in the blocks of `segment`. A block before what it acknowledges says what came twice (RFC 2883).
    fn take_sacks(&mut self, cx: Context<'_>, segment: &Segment, news: &mut News) {
        let blocks = &segment.options.sacks;
        let has = |block: &Sack, start: Seq, end: Seq| !start.before(block.start) && !end.after(block.end);
        if let Some(first) = blocks.first() {
            let again = blocks.get(1).is_some_and(|second| has(second, first.start, first.end));
            news.twice = (again || first.start.before(segment.ack)).then_some(first.end);
            if let Some(end) = news.twice {
                // What was sent again in vain has arrived too.
                news.delivered += 1;
                self.note_twice(end, self.tcb.snd.una);
            }
        }
        let mut start = self.tcb.snd.una;
        for at in 0..self.resend.out.len() {
            let Some(sent) = self.resend.out.get_mut(at) else { break };
            let named = blocks.iter().any(|block| has(block, start, sent.end));
            start = sent.end;
            if named && sent.mark != Mark::Sacked && sent.end.after(segment.ack) {
                sent.mark = Mark::Sacked;
                let sent = *sent;
                news.sacked = true;
                self.delivered(cx, &sent, news);
            }
        }
        let head = self.resend.out.front();
        news.starts_timer = news.left.is_some_and(|left| head.is_some_and(|head| left < head.at));
    }

    /// Lets go the segments that are acknowledged in order.
    fn take_acknowledged(&mut self, cx: Context<'_>, segment: &Segment, news: &mut News) {
        let beyond = (news.left.take(), news.left_last.take());
        news.left = self.resend.syn_at.take();
        news.left_last = news.left;
        let mut again = false;
        while let Some(sent) =
            self.resend.out.front().copied().filter(|sent| sent.end.at_or_before(segment.ack))
        {
            self.resend.out.pop_front();
            again |= sent.again > 0;
            news.starts_timer = true;
            if sent.mark != Mark::Sacked {
                // What was sent after it may have overtaken it.
                self.resend.reordered |= sent.again == 0
                    && self.resend.repair != Repair::Idle
                    && self.resend.count(Mark::Sacked) > 0;
                self.delivered(cx, &sent, news);
            }
        }
        if again || news.left.is_none() {
            (news.left, news.left_last) = beyond;
        }
    }

    /// `sent` is known to have arrived.
    fn delivered(&mut self, cx: Context<'_>, sent: &Sent, news: &mut News) {
        news.delivered += 1;
        if sent.again == 0 {
            news.left = news.left.or(Some(sent.at));
            news.left_last = Some(sent.at);
            news.original |= sent.end.at_or_before(self.resend.repair_end);
        }
        let trip = cx.now.since(sent.at);
        // Of what was sent twice the first may have arrived: it is too early to be the second.
        let is_first = sent.again > 0 && self.rtt.is_shortest(trip);
        if !is_first {
            let order = self.resend.latest.map_or(0, |latest| latest.order).max(sent.order);
            self.resend.latest = Some(Latest { order, trip, is_news: true });
        }
    }

    /// After [`Connection::hear`]: decides what is lost, sets the timer, and sends again what the repair allows.
    pub(super) fn repair(
        &mut self,
        cx: Context<'_>,
        segment: &Segment,
        news: &News,
        window_moved: bool,
        out: &mut Vec<Effect>,
    ) {
        self.end_loss_probe(cx, segment, news, out);
        out.push(Effect::Count(Counter::Delivered, news.delivered));
        out.push(Effect::Count(Counter::DsackRecv, u32::from(news.twice.is_some())));
        let repeats = segment.is_empty() && !news.advanced && !window_moved;
        let mut starts_timer = news.starts_timer;
        let mut next = Next::Nothing;
        if repeats || news.sacked || news.twice.is_some() || self.resend.repair != Repair::Idle {
            next = self.judge(cx, segment, news, &mut starts_timer, out);
        }
        if starts_timer {
            self.set_timer_again(cx, out);
        }
        self.reckon(news.delivered, news.advanced);
        if next == Next::New {
            self.push(cx, Connection::unsent_segment, out);
            self.resend.in_doubt = self.tcb.snd.nxt.after(self.resend.repair_end);
            next = if self.resend.in_doubt { Next::Nothing } else { Next::Lost };
        }
        if next == Next::Lost {
            self.fill(cx, out);
        }
    }

    /// A loss probe is over when something newer is acknowledged, or when it is shown that nothing was lost
    /// (RFC 8985 §7.4.2). Until then there is no second.
    fn end_loss_probe(&mut self, cx: Context<'_>, segment: &Segment, news: &News, out: &mut Vec<Effect>) {
        let Some(probe) = self.resend.loss_probe.filter(|probe| !segment.ack.before(probe.end)) else {
            return;
        };
        let repeats = segment.is_empty() && !news.advanced && !news.sacked;
        if !probe.repeats || news.twice == Some(probe.end) || segment.ack.after(probe.end) || repeats {
            let repaired = probe.repeats && news.twice != Some(probe.end) && segment.ack.after(probe.end);
            out.push(Effect::Count(Counter::LossProbeRecovery, u32::from(repaired)));
            self.resend.loss_probe = None;
            if repaired {
                self.note_probed_loss(cx);
            }
        }
    }

    /// What is lost, by this acknowledgement. Gives what is sent now.
    fn judge(
        &mut self,
        cx: Context<'_>,
        segment: &Segment,
        news: &News,
        starts_timer: &mut bool,
        out: &mut Vec<Effect>,
    ) -> Next {
        let is_over = !segment.ack.before(self.resend.repair_end);
        match self.resend.repair {
            Repair::Timeout => {
                let was_early = news.advanced && self.was_early(cx, segment);
                if was_early || (cx.profile.loss_probe && self.resend.in_doubt && news.original) {
                    self.congestion.restore();
                    self.end_repair();
                } else if is_over {
                    self.end_repair();
                } else {
                    let next = if self.asks_with_new(cx, news) { Next::New } else { Next::Lost };
                    *starts_timer &= !self.find_lost(cx, out);
                    return next;
                }
            }
            Repair::Holes if is_over => {
                if self.was_early(cx, segment) {
                    self.congestion.restore();
                }
                self.end_reduction();
                self.end_repair();
            }
            _ if news.twice.is_some() && self.was_all_twice() => self.congestion.restore(),
            _ => {}
        }
        *starts_timer &= !self.find_lost(cx, out);
        if self.resend.repair == Repair::Holes {
            return Next::Lost;
        }
        if self.resend.count(Mark::Lost) > 0 {
            self.begin_filling(cx, out);
            return Next::Lost;
        }
        self.end_repair();
        Next::Nothing
    }

    /// Nothing was lost: what this acknowledgement answers was sent before anything was sent again (RFC 3522), or all that
    /// was arrived twice (RFC 2883).
    fn was_early(&self, cx: Context<'_>, segment: &Segment) -> bool {
        let early = segment.echo().zip(self.resend.since).is_some_and(|(echo, since)| echo < since);
        cx.profile.loss_probe && (early || self.was_all_twice())
    }

    /// F-RTO: what is new asks whether anything was lost at all, before more is sent again (RFC 5682 §3.1, step 2b): with
    /// whatever there is, Nagle's algorithm or not.
    fn asks_with_new(&mut self, cx: Context<'_>, news: &News) -> bool {
        let asked = self.tcb.snd.nxt.after(self.resend.repair_end);
        if self.resend.in_doubt && !asked && news.advanced {
            self.resend.repair_end = self.tcb.snd.nxt;
            self.resend.in_doubt = self.unsent_segment(cx).is_some();
            return self.resend.in_doubt;
        }
        self.resend.in_doubt &= asked && news.advanced && !news.sacked;
        false
    }

    /// Nothing was acknowledged for too long: all that is out is lost, but what left so late that its answer may come.
    pub(in crate::tcp) fn lose_all(&mut self, cx: Context<'_>) {
        let trip = self.resend.latest.map_or(Duration::ZERO, |latest| latest.trip);
        for (at, sent) in self.resend.out.iter_mut().enumerate() {
            let is_late = at == 0 || !cx.profile.loss_probe || cx.now.since(sent.at) >= trip;
            if sent.mark == Mark::Out && is_late {
                sent.mark = Mark::Lost;
            }
        }
        self.resend.in_doubt =
            cx.profile.loss_probe && (self.resend.repair < Repair::Holes || self.resend.retries > 0);
        self.begin_repair(cx, Repair::Timeout);
    }

    fn begin_filling(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        out.push(Effect::Count(Counter::SackRecovery, 1));
        self.begin_repair(cx, Repair::Holes);
    }

    fn begin_repair(&mut self, cx: Context<'_>, repair: Repair) {
        self.note_loss(cx, repair);
        self.resend.repair_end = self.tcb.snd.nxt;
        self.resend.loss_probe = None;
        self.resend.repair = repair;
    }

    /// Nothing counts as lost any more. While something is beyond a hole, or the oldest was repeated, a loss is possible.
    fn end_repair(&mut self) {
        let resend = &mut self.resend;
        let mut is_doubtful = resend.out.front().is_some_and(|first| first.again > 0);
        for sent in &mut resend.out {
            match sent.mark {
                Mark::Lost => sent.mark = Mark::Out,
                Mark::Sacked => is_doubtful = true,
                Mark::Out => {}
            }
        }
        resend.repair = if is_doubtful { Repair::Doubtful } else { Repair::Idle };
        resend.since = resend.since.filter(|_| is_doubtful);
    }

    /// Marks what is lost, and sets the timer for what is late and may be lost. Gives whether that timer runs.
    fn find_lost(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) -> bool {
        let latest = self.resend.latest.as_mut();
        if !cx.profile.loss_probe || !latest.is_some_and(|latest| std::mem::take(&mut latest.is_news)) {
            return false;
        }
        let rest = self.mark_lost(cx);
        if rest.is_zero() {
            return false;
        }
        self.resend.due = Due::Reordering;
        self.start(cx, Timer::Retransmit, cx.profile.in_ticks(rest + 2 * cx.profile.tick()), out);
        true
    }

    /// Lost is what was sent before the latest segment that arrived, and is overdue by a quarter of the shortest round
    /// trip, for it may have been overtaken; if three passed it, or other losses are being repaired, at once (RFC 8985
    /// §6.2). Gives how long the last of what is late may still take.
    fn mark_lost(&mut self, cx: Context<'_>) -> Duration {
        let is_certain = self.resend.repair >= Repair::Holes || self.resend.count(Mark::Sacked) >= ENOUGH;
        let slack = if is_certain && !self.resend.reordered {
            Duration::ZERO
        } else {
            (self.rtt.shortest() / 4).min(self.rtt.smoothed())
        };
        let Some(latest) = self.resend.latest else { return Duration::ZERO };
        let patience = latest.trip + slack;
        let mut rest = Duration::ZERO;
        for sent in
            self.resend.out.iter_mut().filter(|sent| sent.mark == Mark::Out && sent.order <= latest.order)
        {
            let left = patience.saturating_sub(cx.now.since(sent.at));
            if left.is_zero() {
                sent.mark = Mark::Lost;
                self.congestion.loses = true;
            }
            rest = rest.max(left);
        }
        rest
    }

    /// What was late may be lost now.
    pub(in crate::tcp) fn expire_reordering(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        self.mark_lost(cx);
        if self.resend.count(Mark::Lost) > 0 {
            if self.resend.repair != Repair::Holes {
                self.begin_filling(cx, out);
                self.reckon(1, false);
            }
            self.fill(cx, out);
        }
        if self.resend.due != Due::Timeout {
            self.set_timeout(cx, out);
        }
    }

    /// Sends again what is lost, oldest first, as far as the congestion window goes.
    fn fill(&mut self, cx: Context<'_>, out: &mut Vec<Effect>) {
        let mut room = self.quota();
        let slow = self.resend.repair == Repair::Timeout;
        self.resend.again.counter = Some(if slow { Counter::SlowStartRetrans } else { Counter::FastRetrans });
        for at in 0..self.resend.out.len() {
            if room == 0 {
                break;
            }
            if self.resend.out.get(at).is_none_or(|sent| sent.mark != Mark::Lost) {
                continue;
            }
            room -= 1;
            self.resend.since = self.resend.since.or(Some(cx.now));
            self.resend.again.restarts |= at == 0 && self.resend.due != Due::Reordering;
            self.send_again(cx, at, out);
        }
    }
}
