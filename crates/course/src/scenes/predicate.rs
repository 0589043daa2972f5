//! What a lesson's check asks for: predicates over what happened and what is there.

use super::{Condition, Kind};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::net::firewall::ChainName;
use tcp_core::tcp::State;

/// Something that holds of a session, or does not. What happened counts from the beginning of the step.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// `stopped SYN at C_m.OUTPUT >= 2`: this happened at least so often; `= 2`, just so often; `<= 2`, no more often.
    Happened {
        /// What happened.
        what: What,
        /// How often at the least.
        least: u32,
        /// How often at the most.
        most: u32,
    },
    /// `no arrived SYN at S_m`: this did not happen.
    Never(What),
    /// `state C_m SYN_SENT for 1 s`: the host's newest connection, or else its listener, is in this state, and has been.
    State {
        /// The host.
        host: HostId,
        /// The state.
        state: State,
        /// For so long.
        lasts: Duration,
    },
    /// `row S_m :5555 LISTEN`: netstat has a row of this state with this local or remote port.
    Row {
        /// The host.
        host: HostId,
        /// The port.
        port: u16,
        /// The state; any if it is missing.
        state: Option<State>,
    },
    /// `no row S_m :5555 but LISTEN`: netstat has no row with this port that is not in this state.
    NoRow {
        /// The host.
        host: HostId,
        /// The port.
        port: u16,
        /// The state that may be there.
        but: Option<State>,
    },
    /// `passed 3 s`: the step has lasted so long.
    Passed(Duration),
    /// `printed C_m refused`: a terminal of the host has shown this text since.
    Printed {
        /// The host.
        host: HostId,
        /// The text.
        text: String,
    },
    /// `ended C_m nc 1`: a program of this name ended there since, with this exit code.
    Ended {
        /// The host.
        host: HostId,
        /// The program's name.
        program: String,
        /// Its exit code; any if it is missing.
        code: Option<i32>,
    },
    /// `runs C_m nc`: a program of this name runs there; with `no` before it, none does.
    Runs {
        /// The host.
        host: HostId,
        /// The program's name.
        program: String,
        /// It does.
        does: bool,
    },
    /// `rule S_m.INPUT rejects SYN :5555`: the firewall, as it is now, would do that to such a segment of a connection with
    /// this port of S_m; with `no` before it, it would not.
    Rule {
        /// The host whose firewall it is.
        host: HostId,
        /// The chain that the segment would go down.
        chain: ChainName,
        /// What would become of it.
        act: Act,
        /// Its kind.
        segment: Kind,
        /// S_m's port.
        port: u16,
        /// It would.
        does: bool,
    },
}

/// What a firewall does to a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// `drops`: nobody is notified.
    Drops,
    /// `rejects`: its sender is notified.
    Rejects,
}

/// A kind of fact.
#[derive(Clone, Debug, PartialEq)]
pub struct What {
    /// What is fulfilled by it.
    pub condition: Condition,
    /// The host on which it happens; any if it is missing.
    pub at: Option<HostId>,
}

/// A moment's anchor: the first of these since the step began; if its lines bring about none, the last one before.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// `connect(C_m)`: a program called `connect()` there.
    Connect(HostId),
    /// Any other fact, in the words of [`Predicate::Happened`].
    Fact(What),
}
