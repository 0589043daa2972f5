//! The connection that the picture is about: the chosen one, or the newest between the two hosts.

use crate::diagram::NodeId;
use crate::model::Look;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Endpoint, FactId, HostId, SocketId, World};
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
pub(crate) fn ends(world: &World, look: &Look) -> [End; 2] {
    let tuple = tuple(world, look);
    [HostId::Client, HostId::Server].map(|host| end(world, host, tuple))
}

/// The tuple (C_m's end, S_m's end) of the subject.
fn tuple(world: &World, look: &Look) -> Option<(Endpoint, Endpoint)> {
    let chosen = look.selected.and_then(|socket| Some((world.local(socket)?, world.peer(socket)?)));
    let newest = || {
        world.log().opens().find_map(|packet| {
            let between = packet.from != HostId::Site && packet.to.is_none_or(|to| to != HostId::Site);
            between.then_some((packet.src, packet.dst))
        })
    };
    let (one, other) = chosen.or_else(newest)?;
    let from_client = one.addr == HostId::Client.address();
    Some(if from_client { (one, other) } else { (other, one) })
}

fn end(world: &World, host: HostId, tuple: Option<(Endpoint, Endpoint)>) -> End {
    let rows = world.sockets(host);
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
    let last = last_edge(world, host, row.as_ref().map(|r| r.socket), ends);
    End { host, row, last }
}

/// The last edge that a connection with these ends took on `host`, or the socket of its present row.
fn last_edge(
    world: &World,
    host: HostId,
    socket: Option<SocketId>,
    ends: Option<(Endpoint, Endpoint)>,
) -> Option<(&'static Row, FactId)> {
    let log = world.log();
    let gone = || {
        let (local, foreign) = ends?;
        log.sockets_of(host, local, foreign).next().map(|entry| entry.socket)
    };
    log.last_edge(socket.or_else(gone)?)
}
