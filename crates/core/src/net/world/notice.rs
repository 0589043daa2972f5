//! How soon a program acts on what its host notifies it of.

use super::{Present, World};
use crate::Instant;
use crate::tcp::Notice;

impl World {
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
            _ => None,
        }
    }
}
