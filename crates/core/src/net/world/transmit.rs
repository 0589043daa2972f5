//! From a host onto the wire.

use super::{Event, Host, HostId, Packet, PacketId, Present, Road, World, find};
use std::rc::Rc;
use std::time::Duration;

impl World {
    /// Sends a packet that left its host to that host itself, over the wire, or to nobody.
    pub(super) fn transmit(&mut self, host: HostId, packet: Rc<Packet>) {
        let Present { now, hosts, wire, queue, meter, .. } = &mut self.here;
        meter.carried(&packet);
        let mut road = Road { now: *now, log: &mut self.log, queue };
        let linked = packet.to.is_some_and(|to| find(hosts, to).is_some_and(Host::is_linked));
        let mut from = hosts.iter_mut().find(|other| other.id() == host);
        match packet.to {
            Some(to) if to == host => wire.fly(&mut road, packet, to, Duration::ZERO, None),
            Some(to) if linked || from.as_mut().is_some_and(|from| from.believes_in(to, *now)) => {
                wire.transmit(&mut road, packet, to);
            }
            _ => {
                let gives_up = find(hosts, host).map(|host| host.link_gives_up(*now));
                if let (Some(at), Some(cause)) = (gives_up, self.log.present_cause()) {
                    queue.plan(at, Event::NobodyThere { host, packet: packet.id, cause });
                }
            }
        }
    }

    /// The link has looked for the destination of a packet as long as it does.
    pub(super) fn look_again(&mut self, host: HostId, packet: PacketId) {
        let Some(packet) = self.log.packet(packet).map(|passage| passage.packet().clone()) else { return };
        if packet.to.is_some_and(|to| self.is_linked(to)) {
            // Its interface is up again, and it answered when it was asked once more.
            self.transmit(host, Rc::new(packet));
        } else {
            self.act(host, |host, cx| host.nobody_there(cx, &packet));
        }
    }
}
