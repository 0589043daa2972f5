//! When the congestion window bounds what is sent, and what makes it grow and shrink, where Linux does so.

use super::congestion::Undo;
use super::connection::{Connection, Context};
use super::resend::{Mark, Repair};
use super::{Segment, Seq};

impl Connection {
    /// How many segments are on their way, for all that is known.
    fn flying(&self) -> u32 {
        let resend = &self.resend;
        if resend.repair > Repair::Idle {
            return resend.count(Mark::Out);
        }
        let probe =
            resend.loss_probe.is_some_and(|probe| probe.repeats && self.tcb.snd.una.before(probe.end));
        u32::try_from(resend.out.len()).unwrap_or(u32::MAX) + u32::from(probe)
    }

    /// How many more may be sent.
    pub(super) fn quota(&self) -> u32 {
        self.congestion.window.saturating_sub(self.flying())
    }

    /// The handshake is over, by `segment`. If the SYN or SYN|ACK was lost twice, the window begins with one segment
    /// (RFC 5681 §3.1, RFC 6928 §2), unless the timestamp that comes back is that of the first.
    pub(super) fn begin_window(&mut self, cx: Context<'_>, segment: &Segment) {
        let again =
            if self.is_passive() { self.resend.answers.saturating_sub(1) } else { self.resend.retries };
        let first = segment.echo().is_some() && segment.echo() == self.resend.since;
        if again > 1 && self.resend.retries > 0 && !first {
            self.congestion.window = cx.profile.loss_window;
        }
        self.congestion.sent_at = Some(cx.now);
    }

    /// A program sends while nothing is out. If the last data left more than a timeout ago, the window is not larger than
    /// the initial one (RFC 5681 §4.1), or halved for each timeout on the way there.
    pub(super) fn begin_again_if_idle(&mut self, cx: Context<'_>) {
        let (timeout, congestion) = (self.timeout(cx), &mut self.congestion);
        let Some(sent_at) = congestion.sent_at.filter(|_| self.resend.out.is_empty()) else { return };
        let mut idle = cx.now.since(sent_at);
        if idle <= timeout {
            return;
        }
        congestion.threshold = congestion.worth();
        let least = congestion.window.min(cx.profile.initial_window);
        while idle > timeout && congestion.window > least {
            idle -= timeout;
            let halved = if cx.profile.idle_halves { congestion.window / 2 } else { least };
            congestion.window = halved.max(least);
        }
    }

    /// A segment with data, or a FIN, leaves.
    pub(super) fn note_sent(&mut self, cx: Context<'_>, has_data: bool) {
        if has_data {
            self.congestion.sent_at = Some(cx.now);
        }
        self.congestion.sent += u32::from(self.resend.repair == Repair::Holes);
    }

    /// What may be sent has been sent: whether it filled the window decides whether that grows.
    pub(super) fn note_use(&mut self, has_sent: bool) {
        let flying = self.flying();
        let out = u32::try_from(self.resend.out.len()).unwrap_or(u32::MAX);
        let congestion = &mut self.congestion;
        let limited = flying >= congestion.window;
        if !has_sent && !limited {
            return;
        }
        let is_over = !self.tcb.snd.una.before(congestion.flight_end);
        if is_over || limited || (!congestion.limited && out > congestion.most_out) {
            (congestion.limited, congestion.most_out) = (limited, out);
            congestion.flight_end = self.tcb.snd.nxt;
        }
    }

    /// A loss was found, of which `repair` takes care; nothing was sent again for it yet.
    pub(super) fn note_loss(&mut self, cx: Context<'_>, repair: Repair) {
        let resend = &self.resend;
        // The window is reduced once for what was out together.
        let is_new = resend.repair < Repair::Holes
            || resend.repair_end.at_or_before(self.tcb.snd.una)
            || (resend.repair == Repair::Timeout && (repair == Repair::Holes || resend.retries == 0));
        let congestion = &mut self.congestion;
        if is_new {
            let again = resend.loss_probe.is_some_and(|probe| probe.repeats).then_some(1);
            let (from, window, threshold) = (self.tcb.snd.una, congestion.window, congestion.worth());
            congestion.undo = Some(Undo { from, again, window, threshold });
            congestion.halve(cx.profile);
            (congestion.before, congestion.delivered, congestion.sent) = (window, 0, 0);
        }
        if repair == Repair::Timeout {
            (congestion.window, congestion.credit) = (resend.count(Mark::Out) + cx.profile.loss_window, 0);
        }
    }

    /// A loss probe repaired a loss: half of the window is left.
    pub(super) fn note_probed_loss(&mut self, cx: Context<'_>) {
        self.congestion.halve(cx.profile);
        self.congestion.window = self.congestion.threshold;
    }

    /// Something is sent again.
    pub(super) fn note_again(&mut self) {
        if let Some(undo) = &mut self.congestion.undo {
            undo.again = Some(undo.again.unwrap_or(0) + 1);
        }
    }

    /// Something arrived twice, up to `end`; `una` was acknowledged before.
    pub(super) fn note_twice(&mut self, end: Seq, una: Seq) {
        if let Some(undo) = &mut self.congestion.undo
            && end.at_or_before(una)
            && end.after(undo.from)
        {
            undo.again = undo.again.map(|again| again.saturating_sub(1));
        }
    }

    /// Whether all that was sent again arrived twice.
    pub(super) fn was_all_twice(&self) -> bool {
        self.congestion.undo.is_some_and(|undo| undo.again == Some(0))
    }

    /// The holes are filled: the window has the size of the threshold.
    pub(super) fn end_reduction(&mut self) {
        if self.congestion.undo.is_some() {
            self.congestion.window = self.congestion.threshold;
        }
    }

    /// `count` segments are known to have arrived; SND.UNA moved on over some of them if `advanced`.
    pub(super) fn reckon(&mut self, count: u32, advanced: bool) {
        if self.resend.repair == Repair::Holes {
            let flying = self.flying();
            if count > 0 {
                self.congestion.shrink(count, flying, advanced);
            }
        } else if advanced && count > 0 {
            self.congestion.grow(count);
        }
        self.congestion.loses = false;
    }
}
