//! One TCP endpoint: the protocol of RFC 9293, without hosts and without sockets.
//!
//! Left out on purpose, with what an observer would notice:
//! - CUBIC and BBR, pacing and ECN: the congestion window is that of Linux's Reno, and after a loss it is half of what it
//!   was, where CUBIC leaves seven tenths; without SACK a loss is repaired by the timeout alone;
//! - buffers that count what a segment takes in memory, and that size themselves: a window closes by the octets that are
//!   not read, and Recv-Q and Send-Q end at other numbers than Linux's;
//! - timestamps as a protection outside TIME-WAIT (PAWS, RFC 7323 §5): a segment that was held back for long is judged by
//!   its number alone;
//! - `tcp_challenge_ack_limit`, which Linux leaves without a limit; a second SYN whose number lies in the window of a
//!   half-open entry, less than 4 ms after the first: Linux resets the entry, and here it is ignored;
//! - urgent data, and the scaling of windows: a segment holds the window in octets.

mod acking;
mod acknowledge;
mod arrive;
mod congestion;
mod connection;
mod count;
mod counter;
mod deadline;
mod effect;
mod expire;
mod forecast;
mod info;
mod keepalive;
mod options;
mod output;
mod payload;
mod persist;
mod profile;
mod resend;
mod rtt;
mod segment;
mod seq;
mod state;
mod table;
mod tcb;
mod timer;
mod trigger;
mod window;

pub use connection::{Call, CallError, Connection, Context};
pub use counter::Counter;
pub use effect::{Discard, Effect, Notice};
pub use forecast::{Forecast, Next};
pub use info::Info;
pub use keepalive::{Keepalive, KeepaliveOption};
pub use options::{Options, Sack, Sacks, Timestamps};
pub use payload::Payload;
pub use profile::{FinAckHabit, Profile, ProfileName};
pub use segment::{Flags, Segment};
pub use seq::Seq;
pub use state::State;
pub use table::{Phase, Reply, Row, TABLE, find};
pub use tcb::{Rcv, Snd, Tcb};
pub use timer::{Running, Timer, Timers};
pub use trigger::{Source, Trigger};

#[cfg(test)]
mod tests;
