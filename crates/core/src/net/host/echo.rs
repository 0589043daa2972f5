//! ICMP echo: what `ping` asks with, and what a host answers by itself.

use super::{Cx, Host};
use crate::net::{Answer, Body, Echo, Endpoint, Errno, Happened, IpAddr, Packet};

impl Host {
    /// Sends an echo request. [`Errno::NetUnreach`] if there is no way to `to`. If a firewall stops it, nobody is notified.
    pub(super) fn ping(&mut self, cx: &mut Cx<'_>, to: IpAddr, echo: Echo) -> Result<Answer, Errno> {
        if self.route(to).is_none() {
            self.counters.ip.no_routes += 1;
            return Err(Errno::NetUnreach);
        }
        let ends = (Endpoint { addr: self.own_address(to), port: 0 }, Endpoint { addr: to, port: 0 });
        self.send_echo(cx, ends, echo);
        Ok(Answer::Done)
    }

    /// An echo came: a request is answered.
    pub(super) fn take_echo(&mut self, cx: &mut Cx<'_>, packet: &Packet, echo: Echo) {
        cx.pen.begin(Happened::Arrived { packet: packet.id, socket: None });
        self.counters.ip.icmp_received += 1;
        self.counters.ip.echoes[usize::from(echo.is_reply)] += 1;
        if !echo.is_reply {
            self.send_echo(cx, (packet.dst, packet.src), Echo { is_reply: true, ..echo });
        }
    }

    fn send_echo(&mut self, cx: &mut Cx<'_>, ends: (Endpoint, Endpoint), echo: Echo) {
        let to = self.receiver(cx, ends.1.addr);
        let packet = cx.pen.packet(to, ends, Body::Echo(echo), 0);
        let sent = cx.pen.note(Happened::Sent { packet: packet.id, socket: None });
        self.counters.ip.icmp_sent += 1;
        self.counters.ip.echoes[2 + usize::from(echo.is_reply)] += 1;
        let outer = cx.pen.cause(Some(sent));
        self.send_packet(cx, &packet);
        cx.pen.cause(outer);
    }
}
