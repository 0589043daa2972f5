//! Netem, the queueing discipline that delays, loses, duplicates and reorders what a host sends.
//!
//! It is of the host, before the place where a capture sees what leaves; the network's impairments are of the wire, after
//! it.

use super::HostId;
use std::time::Duration;

/// A device of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Device {
    /// `lo`
    Loopback,
    /// `eth0`
    Link,
}

impl Device {
    /// The device by which `from` sends to `to`.
    pub fn between(from: HostId, to: Option<HostId>) -> Device {
        if to == Some(from) { Device::Loopback } else { Device::Link }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Device::Loopback => "lo",
            Device::Link => "eth0",
        }
    }
}

/// How likely something is, as netem has it: in parts of `u32::MAX`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Odds {
    /// The share of packets that it happens to.
    pub share: u32,
    /// How much each draw resembles the one before.
    pub correlation: u32,
}

/// What a netem does to the packets that pass it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Netem {
    /// How many packets may wait in it.
    pub limit: u32,
    /// Microseconds for which a packet waits.
    pub delay: u32,
    /// Microseconds by which that varies, either way, evenly.
    pub jitter: u32,
    /// How much each delay resembles the one before, in parts of `u32::MAX`.
    pub correlation: u32,
    /// Packets that it loses.
    pub loss: Odds,
    /// Packets that it sends twice.
    pub duplicate: Odds,
    /// Packets that do not wait, so that they overtake those that do.
    pub reorder: Odds,
    /// Of as many packets only the last may overtake; 0 if none may.
    pub gap: u32,
}

impl Netem {
    /// One that does nothing, and lets a thousand packets wait.
    pub const IDLE: Netem = Netem {
        limit: 1000,
        delay: 0,
        jitter: 0,
        correlation: 0,
        loss: Odds { share: 0, correlation: 0 },
        duplicate: Odds { share: 0, correlation: 0 },
        reorder: Odds { share: 0, correlation: 0 },
        gap: 0,
    };

    /// How long a packet waits, without what it varies by.
    pub const fn delay(&self) -> Duration {
        Duration::from_micros(self.delay as u64)
    }
}

/// Why a queueing discipline dropped a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QdiscDrop {
    /// Netem lost it: that is what it is for.
    Lost,
    /// As many packets as may were waiting. The sender's TCP learns of it.
    Full,
    /// It waited, and its queue was removed, or its device set down.
    Emptied,
}
