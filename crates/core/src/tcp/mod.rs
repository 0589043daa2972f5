//! One TCP endpoint: the protocol of RFC 9293, without hosts and without sockets.
//!
//! # Driving a connection
//!
//! A [`Connection`] decides and does nothing itself: each method appends [`Effect`]s to a list, which the caller carries out
//! in their order. There are three kinds of things that it has to know, and one question that it is asked after each:
//! - what its user calls: [`Connection::call`], [`Connection::send`], [`Connection::receive`];
//! - what comes: [`Connection::arrive`], and for ICMP errors [`Connection::unreachable`] and [`Connection::advise`];
//! - that a timer has run out: [`Connection::expire`], at the [deadline](Timers::deadline) of that timer;
//! - [`Connection::settle`], once the effects have been carried out. Of a segment that this host itself kept back, it learns
//!   before that, by [`Connection::not_sent`].
//!
//! ```
//! use tcp_core::Instant;
//! use tcp_core::tcp::{Call, Connection, Context, Effect, Profile, ProfileName, Segment, Seq, State};
//!
//! /// Lets an end decide, and returns the segments that it sends.
//! fn drive(
//!     end: &mut Connection,
//!     cx: Context<'_>,
//!     decide: impl FnOnce(&mut Connection, &mut Vec<Effect>),
//! ) -> Vec<Segment> {
//!     let mut effects = Vec::new();
//!     decide(end, &mut effects);
//!     end.settle(cx, &mut effects);
//!     let sent = |effect| if let Effect::Send { segment, .. } = effect { Some(segment) } else { None };
//!     effects.into_iter().filter_map(sent).collect()
//! }
//!
//! let profile = Profile::new(ProfileName::Article);
//! let mut client = Connection::new(Seq(1000), &profile);
//! let mut server = Connection::child(Seq(5000), &profile);
//! let at = |ms| Context { now: Instant::from_millis(ms), profile: &profile };
//!
//! let syn = drive(&mut client, at(0), |end, out| end.call(at(0), Call::ActiveOpen, out).unwrap());
//! assert_eq!(client.state(), State::SynSent);
//! let syn_ack = drive(&mut server, at(5), |end, out| end.arrive(at(5), &syn[0], out));
//! let ack = drive(&mut client, at(10), |end, out| end.arrive(at(10), &syn_ack[0], out));
//! drive(&mut server, at(15), |end, out| end.arrive(at(15), &ack[0], out));
//! assert_eq!([client.state(), server.state()], [State::Established; 2]);
//! assert_eq!(server.tcb().rcv.nxt, Seq(1001));
//! ```
//!
//! # Left out
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
