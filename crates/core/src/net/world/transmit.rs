//! From a host onto the wire.

use super::{HostId, Packet, Present, Road, World};
use std::rc::Rc;
use std::time::Duration;

impl World {
    /// Sends a packet that left its host to that host itself, or over the wire.
    pub(super) fn transmit(&mut self, host: HostId, packet: Rc<Packet>) {
        let Present { now, wire, queue, meter, .. } = &mut self.here;
        meter.carried(&packet);
        let mut road = Road { now: *now, log: &mut self.log, queue };
        match packet.to {
            Some(to) if to == host => wire.fly(&mut road, packet, to, Duration::ZERO, None),
            Some(to) => wire.transmit(&mut road, packet, to),
            // No lookup ends for it.
            None => {}
        }
    }
}
