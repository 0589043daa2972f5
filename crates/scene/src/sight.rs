//! What is looked at: a lab, its log, and netstat's rows, read once for a scene.

use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::net::{HostId, Log, World};
use tcp_core::tcp::State;
use tcp_shell::Lab;

/// A lab as a scene sees it.
pub(crate) struct Sight<'a> {
    pub(crate) lab: &'a Lab,
    pub(crate) world: &'a World,
    pub(crate) log: &'a Log,
    rows: [Vec<SocketRow>; 2],
}

impl<'a> Sight<'a> {
    pub(crate) fn of(lab: &'a Lab) -> Sight<'a> {
        let world = lab.world();
        let rows = [HostId::Client, HostId::Server].map(|host| world.sockets(host));
        Sight { lab, world, log: world.log(), rows }
    }

    /// The rows of netstat on C_m or S_m.
    pub(crate) fn rows(&self, host: HostId) -> &[SocketRow] {
        &self.rows[usize::from(host == HostId::Server)]
    }

    /// The rows of both hosts, C_m's first.
    pub(crate) fn all_rows(&self) -> impl Iterator<Item = &SocketRow> {
        self.rows.iter().flatten()
    }

    /// The other end of a connection, if it is one of the rows.
    pub(crate) fn peer(&self, row: &SocketRow) -> Option<&SocketRow> {
        self.all_rows().find(|other| (Some(other.local), other.foreign) == (row.foreign, Some(row.local)))
    }

    /// The other end of a connection is at one of the two hosts, and has no row.
    pub(crate) fn has_lost_peer(&self, row: &SocketRow) -> bool {
        let host = row.foreign.and_then(|end| HostId::with_address(end.addr));
        matches!(host, Some(HostId::Client | HostId::Server)) && self.peer(row).is_none()
    }

    /// The state of the other end of a connection; a listener's if there is no such end.
    pub(crate) fn peer_state(&self, row: &SocketRow) -> State {
        let host = if row.host == HostId::Server { HostId::Client } else { HostId::Server };
        let Some(foreign) = row.foreign else { return State::Closed };
        let peer = |other: &&SocketRow| (other.local, other.foreign) == (foreign, Some(row.local));
        let listener = |other: &&SocketRow| other.foreign.is_none() && other.local.port == foreign.port;
        let rows = self.rows(host);
        let found = rows.iter().find(peer).or_else(|| rows.iter().find(listener));
        found.map_or(State::Closed, |row| row.state)
    }
}

/// The probe timer of a connection runs because the peer's window is shut.
pub(crate) fn asks_for_room(world: &World, row: &SocketRow) -> bool {
    let connection = world.host(row.host).connection(row.socket);
    row.timer.kind == TimerKind::Probe && connection.is_some_and(|it| it.tcb().snd.wnd == 0)
}
