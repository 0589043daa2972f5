//! What a host counts, for `netstat -s`: each counter where Linux counts it.

use super::Host;
use super::send::Sent;
use super::socket::{Kind, Socket};
use crate::Instant;
use crate::net::packet::icmp_octets;
use crate::net::{Packet, SocketId};
use crate::tcp::{Connection, Counter, Row, Segment, State, Trigger};

/// What the IP of a host counts, and its ICMP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct IpCounters {
    /// Packets that came, whatever the INPUT chain says to them.
    pub received: u32,
    /// Octets in them.
    pub octets_received: u32,
    /// Packets that passed the INPUT chain.
    pub delivered: u32,
    /// Packets to send, whatever the OUTPUT chain says to them.
    pub requests: u32,
    /// Packets that passed the OUTPUT chain.
    pub transmits: u32,
    /// Octets in them.
    pub octets_sent: u32,
    /// Calls that found no route.
    pub no_routes: u32,
    /// ICMP messages that came.
    pub icmp_received: u32,
    /// ICMP messages that were sent.
    pub icmp_sent: u32,
    /// Of these the echoes: requests and replies that came, requests and replies that were sent.
    pub echoes: [u32; 4],
}

impl IpCounters {
    /// ICMP errors that came, and that were sent.
    pub const fn errors(&self) -> [u32; 2] {
        let [asked, answered, asks, answers] = self.echoes;
        [
            self.icmp_received.saturating_sub(asked.saturating_add(answered)),
            self.icmp_sent.saturating_sub(asks.saturating_add(answers)),
        ]
    }
}

/// The counters of a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Counters {
    /// Those of IP and ICMP.
    pub ip: IpCounters,
    tcp: [u32; Counter::COUNT],
    /// When the last SYN cookie was sent.
    pub(super) cookie: Option<Instant>,
}

impl Default for Counters {
    fn default() -> Counters {
        Counters { ip: IpCounters::default(), tcp: [0; Counter::COUNT], cookie: None }
    }
}

impl Counters {
    /// The value of a counter of TCP.
    pub const fn get(&self, counter: Counter) -> u32 {
        self.tcp[counter as usize]
    }

    pub(super) fn add(&mut self, counter: Counter, times: u32) {
        let value = &mut self.tcp[counter as usize];
        *value = value.wrapping_add(times);
    }

    pub(super) fn count(&mut self, counters: &[Counter]) {
        counters.iter().for_each(|counter| self.add(*counter, 1));
    }

    /// There was no room for an entry in TIME-WAIT, which the connection has counted.
    pub(super) fn no_entry(&mut self) {
        // One less: the counter goes round.
        self.add(Counter::Tw, u32::MAX);
        self.add(Counter::TimeWaitOverflow, 1);
    }

    pub(super) fn came(&mut self, octets: u32) {
        self.ip.received += 1;
        self.ip.octets_received = self.ip.octets_received.wrapping_add(octets);
    }

    /// An ICMP error that quotes a packet of `octets` went from the host to itself.
    pub(super) fn reported_to_itself(&mut self, octets: u32) {
        let octets = icmp_octets(octets);
        self.ip.requests += 1;
        self.left(octets);
        self.came(octets);
        self.ip.delivered += 1;
        self.ip.icmp_sent += 1;
        self.ip.icmp_received += 1;
    }

    pub(super) fn left(&mut self, octets: u32) {
        self.ip.transmits += 1;
        self.ip.octets_sent = self.ip.octets_sent.wrapping_add(octets);
    }
}

impl Host {
    /// Whether `segment` repeats one that its connection has sent.
    pub(super) fn repeats(&self, socket: Option<SocketId>, segment: &Segment, again: u32) -> bool {
        let connection = socket.and_then(|id| self.sockets.get(id)).and_then(Socket::connection);
        connection.is_some_and(|connection| connection.repeats(segment, again))
    }

    /// A segment was handed down. One that is sent again counts as such and not as sent, unless it is a listener's
    /// SYN|ACK, which is made again.
    pub(super) fn count_sent(&mut self, packet: &Packet, repeats: bool, sent: Sent) {
        let Some(segment) = packet.segment() else { return };
        let answers = segment.is_syn() && segment.is_ack();
        let (counters, kept) = (&mut self.counters, sent == Sent::Kept);
        if !repeats || answers {
            counters.count(&[Counter::OutSegs]);
        }
        if segment.is_rst() {
            counters.count(&[Counter::OutRsts]);
        }
        match repeats {
            false if kept || segment.is_syn() || segment.is_empty() => {}
            false => counters.count(&[Counter::OrigDataSent]),
            true if answers && kept => {}
            true => {
                counters.add(Counter::RetransSegs, 1);
                counters.add(Counter::SynRetrans, u32::from(segment.is_syn()));
                counters.add(Counter::RetransFail, u32::from(kept));
            }
        }
    }

    /// A connection took an edge.
    pub(super) fn count_move(&mut self, id: SocketId, row: &Row) {
        let connection = self.sockets.get(id).and_then(Socket::connection);
        let passive = connection.is_some_and(Connection::is_passive);
        let ended = matches!(row.to, State::Closed | State::Listen);
        let opening = matches!(row.from, State::SynSent | State::SynReceived);
        let half_open = opening && passive;
        let counters = &mut self.counters;
        match row.trigger {
            Trigger::ActiveOpen => counters.count(&[Counter::ActiveOpens]),
            Trigger::AckOfSyn if passive => counters.count(&[Counter::PassiveOpens]),
            Trigger::Rst if half_open => counters.count(&[Counter::AttemptFails, Counter::EmbryonicRsts]),
            Trigger::Rst | Trigger::RstOfOpen | Trigger::Unreachable | Trigger::GiveUp
                if opening && ended && !passive =>
            {
                counters.count(&[Counter::AttemptFails]);
            }
            // An orphan in FIN-WAIT-2 has no socket any more.
            Trigger::DataForNobody if row.from != State::FinWait2 => counters.count(&[Counter::AbortOnData]),
            _ => {}
        }
        if matches!(row.trigger, Trigger::GiveUp | Trigger::KeepaliveOver) && !half_open {
            counters.count(&[Counter::AbortOnTimeout]);
        }
        if ended && matches!(row.from, State::Established | State::CloseWait) {
            counters.count(&[Counter::EstabResets]);
        }
    }

    /// A program closes a connection in such a way that it is reset.
    pub(super) fn count_abort(&mut self, id: SocketId) {
        if let Some(Kind::Stream { connection, .. }) = self.sockets.get(id).map(|socket| &socket.kind)
            && connection.state() != State::Closed
        {
            let unread = connection.unread() > 0;
            self.counters.count(&[if unread { Counter::AbortOnClose } else { Counter::AbortOnData }]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 1812 §4.3.2.3: of a SYN an ICMP error quotes all, of a full segment what has room in 576 octets.
    #[test]
    fn an_error_that_a_host_sends_to_itself_is_no_longer_than_any_other() {
        for (quoted, octets) in [(60, 88), (548, 576), (1500, 576)] {
            let mut counters = Counters::default();
            counters.reported_to_itself(quoted);
            assert_eq!([counters.ip.octets_received, counters.ip.octets_sent], [octets; 2]);
        }
    }
}
