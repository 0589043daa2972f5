//! What is said of the state machine's pieces, and of the ways to them, as data.

use crate::names::NodeId;
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::tcp::{ProfileName, State};
use tcp_course::scenes::{Goal, Law};

/// Something about a piece of the state machine, or a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trip {
    /// A node's name.
    Node(NodeId),
    /// What a node means.
    Means(NodeId),
    /// From where to where a row leads.
    Edge(usize),
    /// The sentence of a row.
    Says(usize),
    /// A host entered a state.
    Entered(HostId),
    /// A host took an edge.
    Took(HostId),
    /// On the button that plays a way that brings this host to a state.
    Take(HostId),
    /// On the button that plays a way.
    TakeMe,
    /// How long a way is.
    Length {
        /// Lines that are typed.
        lines: usize,
        /// Until its end.
        span: Duration,
    },
    /// It is so before anything is done.
    AtBeginning,
    /// No way was found.
    NotFound,
    /// A way is known only where the hosts behave like this.
    Only(ProfileName),
    /// The name of the way that is played.
    To(Goal),
    /// While it is played.
    OnTheWay,
    /// At its end.
    There(Goal),
    /// A pair of states.
    Pair([State; 2]),
    /// Why a pair of states cannot be: the state from which it follows, then the other end's.
    Excluded(Law, [State; 2]),
}
