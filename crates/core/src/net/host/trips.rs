//! What a host keeps of the round trips of connections that are over, for the next one to the same address (Linux's
//! `tcp_metrics`).

use super::Host;
use super::socket::Socket;
use crate::net::{IpAddr, SocketId};
use crate::tcp::Profile;
use std::collections::BTreeMap;
use std::time::Duration;

impl Host {
    /// Keeps the round trip of a connection that is over: a longer one at once, a shorter one by an eighth of the
    /// difference. None is kept where the last is not known.
    pub(super) fn keep_trip(&mut self, id: SocketId, trip: Duration) {
        let Some(peer) = self.sockets.get(id).and_then(Socket::foreign).map(|peer| peer.addr) else { return };
        if trip.is_zero() {
            self.trips.remove(&peer);
            return;
        }
        let kept = self.trips.entry(peer).or_insert(trip);
        *kept = trip.max(*kept - kept.saturating_sub(trip) / 8);
    }
}

/// A handshake is complete: the first timeout follows from what is kept.
pub(super) fn recall_trip(socket: &mut Socket, trips: &BTreeMap<IpAddr, Duration>, profile: &Profile) {
    if let Some(trip) = socket.foreign().and_then(|peer| trips.get(&peer.addr))
        && let Some(connection) = socket.connection_mut()
    {
        connection.recall_trip(*trip, profile);
    }
}
