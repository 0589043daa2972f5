//! How much was done and is held: with it a caller bounds what a hostile recording may take.

use super::{Command, Host, Packet};

/// What is counted. It only grows.
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

    /// Steps of about a nanosecond.
    pub(super) const fn work(self) -> u64 {
        self.work
    }

    /// An event came up.
    pub(super) const fn event(&mut self) {
        self.work += 100;
    }

    /// A host is asked for something. Some calls may look at all its sockets.
    pub(super) fn call(&mut self, command: &Command, host: &Host) {
        match command {
            Command::Bind { .. } | Command::Listen { .. } => self.work += 10 * host.sockets_held() as u64,
            Command::Connect { .. } => self.work += host.sockets_held() as u64,
            Command::Send { data, .. } => self.octets += data.len() as u64,
            _ => {}
        }
    }

    /// A host wrote so many facts: each may be of a packet that was held against all rules and listeners.
    pub(super) fn facts(&mut self, count: usize, host: &Host) {
        self.work += count as u64 * (50 + 10 * host.things_to_look_at() as u64);
    }

    /// A packet left a host.
    pub(super) fn carried(&mut self, packet: &Packet) {
        self.octets += packet.segment().map_or(0, |segment| segment.payload.len() as u64);
    }
}
