//! The wire: gates, and segments between them.

use super::ButtonView;
use super::firewall::{RuleView, ToggleView};
use crate::words::{Header, Message};
use tcp_core::Instant;
use tcp_core::net::{HostId, PacketId, Share};

/// The wire.
#[derive(Clone, Debug, PartialEq)]
pub struct WireView {
    /// C_m OUT, C_m IN, S_m IN, S_m OUT: from left to right.
    pub gates: [GateView; 4],
    /// Segments on their way, and those that were stopped and have not been followed by another.
    pub flights: Vec<Flight>,
    /// One-way delays in milliseconds: from C_m, from S_m.
    pub delay_ms: [u32; 2],
    /// Which share of all segments is lost, doubled, and takes twice as long: from C_m, from S_m.
    pub shares: [[Option<Share>; 3]; 2],
    /// C_m's cable and S_m's.
    pub cables: [CableView; 2],
    /// What can be done to the next segment from C_m, and from S_m: lose it, double it, let it be overtaken.
    pub next: [[ButtonView; 3]; 2],
}

/// The cable of a host.
#[derive(Clone, Debug, PartialEq)]
pub struct CableView {
    /// The host's interface is up.
    pub plugged: bool,
    /// Sets it down, or up again.
    pub act: ButtonView,
}

/// A chain of a firewall, as a gate.
#[derive(Clone, Debug, PartialEq)]
pub struct GateView {
    /// The host whose firewall it is.
    pub host: HostId,
    /// `OUT` or `IN`
    pub label: &'static str,
    /// In words: what it does.
    pub says: Message,
    /// Something is dropped or rejected here, by a rule or by the policy.
    pub shut: bool,
    /// Packets stopped here so far.
    pub stopped: u64,
    /// What stops them.
    pub rules: Vec<RuleView>,
    /// What can be dropped here.
    pub toggles: Vec<ToggleView>,
}

/// Where a flight ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// At the other host.
    Arrives,
    /// At the gate with this place in [`WireView::gates`].
    StoppedAt(usize),
    /// In the network, half-way.
    Lost,
}

/// A segment on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Flight {
    /// Which packet.
    pub packet: PacketId,
    /// `SYN|ACK`, `data 6`, `RST`, `ICMP`
    pub label: Message,
    /// Its colour: `syn`, `data`, `ack`, `fin`, `rst`, `icmp`.
    pub kind: &'static str,
    /// From C_m to S_m; else the other way.
    pub from_client: bool,
    /// When it left its host; if it was held on its way, later by as long as that.
    pub departed: Instant,
    /// When it arrives, or would. Its place at `now` is (now − departed) / (arrives − departed), not beyond its end.
    pub arrives: Instant,
    /// It was held, or dropped by hand, and stays where it is: this part of its way is gone.
    pub rests: Option<f64>,
    /// Where it ends.
    pub fate: Fate,
    /// It is where it was stopped.
    pub stopped: bool,
    /// `SYN #3: SEQ 0, … 60 octets in all`
    pub header: Header,
    /// How many times the same was sent before.
    pub again: u32,
    /// The port at C_m's end, while segments of several connections are on the wire.
    pub port: Option<u16>,
}
