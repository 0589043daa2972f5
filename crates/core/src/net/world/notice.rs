//! How soon a program acts on what its host notifies it of.

use super::{HostId, Output, Present, World};
use crate::Instant;
use crate::Order;
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
    /// 1.5 ms), and so is a listener's that waits for one (variation v305). Where nothing comes in between, it acts at once.
    pub(super) fn noticed(&self, notice: Notice) -> Option<Instant> {
        let Present { now, time_to_notice, .. } = self.here;
        match notice {
            Notice::PeerClosed => Some(now + time_to_notice),
            Notice::Connected => {
                let at = now + 2 * time_to_notice;
                self.next_event().filter(|next| *next <= at).map(|_| at)
            }
            // What arrives together is all there before a program runs (variation v342).
            Notice::Readable => self.next_event().filter(|next| *next <= now),
            _ => None,
        }
    }

    /// A reset by which a host answers itself, because its OUTPUT chain rejects what it sends, has arrived before a program
    /// runs (variation v319). Then the wakes come last among the outputs, and a program acts at the moment that this gives,
    /// when the reset has landed.
    pub(super) fn soonest_wake(&self, host: HostId, out: &mut [Output]) -> Option<Instant> {
        let resets = |output: &Output| match output {
            Output::Packet { packet, .. } => {
                packet.to == Some(host) && packet.segment().is_some_and(Segment::is_rst)
            }
            _ => false,
        };
        if !out.iter().any(resets) {
            return None;
        }
        out.order_by_key(|output| matches!(output, Output::Wake { .. }));
        Some(self.here.now)
    }
}
