//! What a program sends without TCP: a segment that it has made itself, from whatever address it says.

use super::{Cx, Host};
use crate::net::{Answer, Body, Endpoint, Errno, Happened};
use crate::tcp::Segment;

impl Host {
    /// Sends a segment that no socket has made. [`Errno::NetUnreach`] if there is no way.
    pub(super) fn send_raw(
        &mut self,
        cx: &mut Cx<'_>,
        ends: (Endpoint, Endpoint),
        segment: Segment,
    ) -> Result<Answer, Errno> {
        if self.route(ends.1.addr).is_none() {
            self.counters.ip.no_routes += 1;
            return Err(Errno::NetUnreach);
        }
        let to = self.receiver(cx, ends.1.addr);
        let packet = cx.pen.packet(to, ends, Body::Tcp(segment), 0);
        let sent = cx.pen.note(Happened::Sent { packet: packet.id, socket: None });
        let outer = cx.pen.cause(Some(sent));
        self.send_packet(cx, &packet);
        cx.pen.cause(outer);
        Ok(Answer::Done)
    }
}
