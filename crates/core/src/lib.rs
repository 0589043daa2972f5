//! The TCP of RFC 9293, and a simulated network of two hosts to run it in.
//!
//! [`tcp`] is one endpoint: states, the transition table, segments, a connection. It knows no hosts.
//! [`net`] is the world around it: hosts, sockets, the wire, firewalls, the virtual clock and the log of facts.
//!
//! Nothing here reads a clock, does I/O, is async or keeps a global. Time is an argument ([`Instant`]).

pub mod net;
mod order;
pub mod tcp;
mod time;

pub use order::Order;
pub use time::{Instant, micros, millis};
