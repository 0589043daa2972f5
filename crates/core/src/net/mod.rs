//! The simulated network: hosts with sockets, the wire between them, their firewalls, the virtual clock, and the log
//! of facts.
//!
//! The way in is [`World::apply`] with a [`Command`], [`World::step`] and [`World::advance_to`]; the ways out are the
//! log of [`Fact`]s, the wakes for processes, and the read-only copies of [`view`]. A [`Host`] can also be driven
//! alone.
//!
//! ```
//! use tcp_core::Instant;
//! use tcp_core::net::{Answer, Command, Endpoint, Errno, HostId, ProcessId, SocketId, World};
//! use tcp_core::tcp::{ProfileName, State};
//!
//! fn socket(world: &mut World, host: HostId) -> SocketId {
//!     let made = world.apply(Command::Socket { host, owner: ProcessId(1) });
//!     let Ok(Answer::Socket(socket)) = made else { panic!("{made:?}") };
//!     socket
//! }
//!
//! let mut world = World::new(ProfileName::Linux, 1);
//! let listener = socket(&mut world, HostId::Server);
//! world.apply(Command::Bind { socket: listener, to: Endpoint::any(5555) })?;
//! world.apply(Command::Listen { socket: listener, backlog: 1 })?;
//!
//! let client = socket(&mut world, HostId::Client);
//! let to = Endpoint::new(HostId::Server.address(), 5555);
//! world.apply(Command::Connect { socket: client, to })?;
//! assert_eq!(world.state(client), State::SynSent);
//!
//! world.advance_to(Instant::from_millis(100));
//! assert_eq!(world.state(client), State::Established);
//!
//! // Why? The fact of the last edge, and the facts that led to it: from the SYN|ACK's arrival back to the call.
//! let (edge, fact) = world.log().last_edge(client).unwrap();
//! assert_eq!(edge.trigger.label(), "recv: SYN|ACK");
//! assert!(world.log().chain(fact).count() > 5);
//! # Ok::<(), Errno>(())
//! ```

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
