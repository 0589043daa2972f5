//! One TCP endpoint: the protocol of RFC 9293, without hosts and without sockets.
//!
//! Left out on purpose: congestion control (a sender fills the peer's window at once, but after a timeout one segment is
//! out at a time), delayed acknowledgement of data (each segment is acknowledged at once; a FIN waits a millisecond for
//! the program to close too), urgent data, the scaling of windows (a segment holds the window in octets), and of SACK
//! everything but that it shows a hole. An observer sees more data segments in flight than Linux would send after an idle period, and an ACK for
//! each data segment. Of several segments that one call sends,
//! this host's firewall's refusal of all but the last counts as a loss: `netstat -o` may say `on` where Linux says `probe`.

mod arrive;
mod connection;
mod effect;
mod expire;
mod options;
mod output;
mod payload;
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

pub use connection::{Call, CallError, Connection, Context};
pub use effect::{Discard, Effect, Notice};
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
