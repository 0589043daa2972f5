//! The connection that the picture is about: the chosen one, or the newest between the two hosts.

use crate::diagram::NodeId;
use crate::model::Look;
use crate::sight::Sight;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Endpoint, FactId, HostId, Packet};
use tcp_core::tcp::{Row, State};

/// One end of the subject.
#[derive(Clone, Debug)]
pub(crate) struct End {
    pub(crate) host: HostId,
    /// The connection's row, or the listener's, or none.
    pub(crate) row: Option<SocketRow>,
    /// The last edge that this end took, and the fact that says so.
    pub(crate) last: Option<(&'static Row, FactId)>,
}

impl End {
    pub(crate) fn state(&self) -> State {
        self.row.as_ref().map_or(State::Closed, |row| row.state)
    }

    /// Its node in the diagram. CLOSED is drawn twice: it is where the last edge ends.
    pub(crate) fn node(&self) -> NodeId {
        let at_the_bottom = |(row, _): (&Row, _)| NodeId::entered_by(row.index()) == Some(NodeId::End);
        NodeId::of(self.state(), self.ended() && self.last.is_none_or(at_the_bottom))
    }

    /// A connection was here, and is no more.
    pub(crate) fn ended(&self) -> bool {
        self.row.is_none() && self.last.is_some()
    }
}

/// Both ends.
pub(crate) fn ends(sight: &Sight<'_>, tuple: Option<(Endpoint, Endpoint)>) -> [End; 2] {
    [HostId::Client, HostId::Server].map(|host| end(sight, host, tuple))
}

/// A packet from the one of the two hosts to the other. What a host says to itself, and what the site says, is not.
pub(crate) fn is_between_hosts(packet: &Packet) -> bool {
    matches!(
        (packet.from, packet.to),
        (HostId::Client, Some(HostId::Server)) | (HostId::Server, Some(HostId::Client))
    )
}

/// The tuple (C_m's end, S_m's end) of the subject.
pub(crate) fn tuple(sight: &Sight<'_>, look: &Look) -> Option<(Endpoint, Endpoint)> {
    let chosen = || {
        let row = sight.all_rows().find(|row| Some(row.socket) == look.selected)?;
        Some((row.host, row.local, row.foreign?))
    };
    // A SYN for nobody is asked for by a host all the same.
    let asks =
        |packet: &Packet| is_between_hosts(packet) || (packet.to.is_none() && packet.from != HostId::Site);
    let newest = || {
        let packet = sight.log.opens().find(|packet| asks(packet))?;
        Some((packet.from, packet.src, packet.dst))
    };
    let (host, local, foreign) = chosen().or_else(newest)?;
    Some(if host == HostId::Client { (local, foreign) } else { (foreign, local) })
}

fn end(sight: &Sight<'_>, host: HostId, tuple: Option<(Endpoint, Endpoint)>) -> End {
    let rows = sight.rows(host);
    let ends = tuple.map(|(client, server)| match host {
        HostId::Server => (server, client),
        _ => (client, server),
    });
    let connected = |row: &&SocketRow| ends.is_some_and(|(l, f)| row.local == l && row.foreign == Some(f));
    let port = ends.map(|(local, _)| local.port);
    let listening = |row: &&SocketRow| row.foreign.is_none() && port.is_none_or(|p| row.local.port == p);
    let row = rows
        .iter()
        .find(connected)
        .or_else(|| rows.iter().find(listening))
        .or_else(|| rows.iter().find(|row| row.foreign.is_none()))
        .cloned();
    let gone = || {
        let (local, foreign) = ends?;
        sight.log.sockets_of(host, local, foreign).next().map(|entry| entry.socket)
    };
    let socket = row.as_ref().map(|row| row.socket).or_else(gone);
    End { host, row, last: socket.and_then(|socket| sight.log.last_edge(socket)) }
}
