//! The simulated network: hosts with sockets, the wire between them, their firewalls, the virtual clock, and the log
//! of facts.
//!
//! Left out on purpose: SYN cookies and the bound on half-open entries. `tcp_syncookies` and `tcp_max_syn_backlog` are
//! kept and shown, and change nothing; a flood of SYNs shows as many rows in SYN-RECEIVED (trace 16g differs).
//!
//! The way in is [`World::apply`] with a [`Command`] and [`World::advance_to`]; the ways out are the log of
//! [`Fact`]s, the wakes for processes, and the read-only copies of [`view`].

mod address;
mod calls;
mod command;
mod deliver;
mod error;
mod fact;
pub mod firewall;
mod host;
mod look;
mod packet;
mod queue;
mod rng;
mod send;
mod socket;
pub mod view;
mod wire;
mod world;

pub use address::{Endpoint, HostId, Ipv4, SocketId};
pub use command::{Answer, Command, LossRule, PayloadMatch, ProcessId, Setting, Wake};
pub use error::Errno;
pub use fact::{CallName, Fact, FactId, Happened, Place};
pub use packet::{Body, Packet, PacketId, Unreachable};
pub use world::World;

#[cfg(test)]
mod tests;
