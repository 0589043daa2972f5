//! Measures of work and memory, with which a caller bounds what a hostile recording may take.

use super::{Command, Host, Packet};

/// The counters, which only grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meter {
    octets: u64,
    work: u64,
}

impl Meter {
    /// Octets that programs sent and packets carried.
    pub(super) const fn octets(self) -> u64 {
        self.octets
    }

    /// Work done, in steps of about a nanosecond.
    pub(super) const fn work(self) -> u64 {
        self.work
    }

    /// Counts an event.
    pub(super) const fn event(&mut self) {
        self.work += 100;
    }

    /// Counts a command to a host. Some calls may look at all its sockets.
    pub(super) fn call(&mut self, command: &Command, host: &Host) {
        match command {
            Command::Bind { .. } | Command::Listen { .. } => self.work += 10 * host.sockets_held() as u64,
            Command::Connect { .. } => self.work += host.sockets_held() as u64,
            Command::Send { data, .. } => self.octets += data.len() as u64,
            _ => {}
        }
    }

    /// Counts facts that a host wrote: each may be about a packet that was compared with all rules and listeners.
    pub(super) fn facts(&mut self, count: usize, host: &Host) {
        self.work += count as u64 * (50 + 10 * host.things_to_look_at() as u64);
    }

    /// Counts a packet that left a host.
    pub(super) fn carried(&mut self, packet: &Packet) {
        self.octets += packet.segment().map_or(0, |segment| segment.payload.len() as u64);
    }
}
