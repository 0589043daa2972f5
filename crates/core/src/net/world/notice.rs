//! How soon a program acts on what its host notifies it of.

use super::{Event, HostId, Output, Present, World};
use crate::Instant;
use crate::net::Circumstance;
use crate::tcp::{Notice, Segment};

impl World {
    pub(super) fn imitate(&mut self, circumstance: Circumstance) {
        if let Circumstance::TimeToNotice(span) = circumstance {
            self.here.time_to_notice = span;
        }
        self.here.hosts.iter_mut().for_each(|host| host.imitate(circumstance));
    }

    /// When a program acts on a notice; `None` if at once. One that waits for its connection is slower than an ICMP error
    /// about the handshake's ACK, if that comes from its own host or over a wire without delay (traces k04, m12: 0.2 to
    /// 1.5 ms), and so is a listener's that waits for one (variation v305). One that waits for data reads when all is there
    /// that arrives together (variation v342), and after a reset by which a wire without delay answers the acknowledgement
    /// (variation v344). Where nothing comes in between, it acts at once.
    pub(super) fn noticed(&self, notice: Notice) -> Option<Instant> {
        let Present { now, time_to_notice, .. } = self.here;
        match notice {
            Notice::PeerClosed => Some(now + time_to_notice),
            Notice::Connected | Notice::Readable => {
                let at = now + 2 * time_to_notice;
                self.next_event().filter(|next| *next <= at).map(|_| at)
            }
            _ => None,
        }
    }

    /// What a wire without delay carries, and what answers it, has arrived before the call of `host` that sent it is over
    /// (variation v313).
    pub(super) fn carry_at_once(&mut self, host: HostId) {
        if self.here.wire.delay(host) > self.here.time_to_notice {
            return;
        }
        let until = self.here.now + 2 * self.here.time_to_notice;
        let cause = self.log.cause(None);
        let mut notices = Vec::new();
        self.in_a_call = true;
        while let Some((_, _, event)) = self.here.queue.next().filter(|(at, ..)| *at <= until) {
            match event {
                Event::Packet { .. } => _ = self.step(),
                // A program runs when the call is over.
                Event::Notice { .. } => notices.extend(self.here.queue.take()),
                _ => break,
            }
        }
        self.in_a_call = false;
        for (at, notice) in notices {
            self.here.queue.plan(at.max(self.here.now), notice);
        }
        self.log.cause(cause);
    }

    /// A reset by which a host answers itself, because its OUTPUT chain rejects what it sends, has arrived before a program
    /// runs (variation v319): it acts at the moment that this gives, when the reset has landed.
    pub(super) fn soonest_wake(&self, host: HostId, out: &[Output]) -> Option<Instant> {
        let resets = |output: &Output| match output {
            Output::Packet { packet, .. } => {
                packet.to == Some(host) && packet.segment().is_some_and(Segment::is_rst)
            }
            _ => false,
        };
        out.iter().any(resets).then_some(self.here.now)
    }
}
