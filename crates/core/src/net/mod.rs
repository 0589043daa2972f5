//! The simulated network: hosts with sockets, the wire between them, their firewalls, the virtual clock, and the log
//! of facts.
//!
//! The way in is [`World::apply`] with a [`Command`], [`World::step`] and [`World::advance_to`]; the ways out are the
//! log of [`Fact`]s, the wakes for processes, and the read-only copies of [`view`]. A [`Host`] can also be driven
//! alone.

mod address;
mod circumstance;
mod command;
mod error;
mod host;
mod impairment;
mod link;
mod log;
mod meter;
mod netem;
mod packet;
mod process;
mod queue;
mod rng;
mod setting;
pub mod verdict;
mod wire;
mod world;

pub use address::{Endpoint, Family, HostId, IpAddr, Ipv4, Ipv6, SocketId};
pub use circumstance::Circumstance;
use command::Target;
pub use command::{Answer, Command, Wake};
pub use error::Errno;
pub use host::{
    Counters, Cx, Host, HostProfile, HostSetup, IpCounters, Output, Qdisc, QdiscCounters, Reachability,
    firewall, view,
};
pub use impairment::{Impairment, LossId, LossRule, PayloadMatch, Share, Takes, WireAct};
pub use link::Link;
pub use log::{
    CallName, ChainChange, Fact, FactId, Fate, Happened, Leg, Log, NetworkChange, Passage, Pen, Place,
    SocketEntry, Way,
};
pub use netem::{Device, Netem, Odds, QdiscDrop};
pub use packet::{Body, Echo, Packet, PacketId, Unreachable};
pub use process::{ProcessId, Uid};
pub use setting::Setting;
pub use wire::Loss;
pub use world::{Checkpoint, Setup, World};

#[cfg(test)]
mod tests;
