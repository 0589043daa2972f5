//! Goals: what somebody may want to see of the state machine.

use tcp_core::net::HostId;
use tcp_core::tcp::{Row, State, TABLE};

/// Something that can be reached: a state, an edge, or a pair of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// This host, C_m or S_m, is in this state.
    State(HostId, State),
    /// A host takes this row of the transition table, which its index names.
    Row(usize),
    /// C_m and S_m are in these states.
    Pair([State; 2]),
}

const STATES: usize = State::ALL.len();

impl Goal {
    /// Every goal, in the order of the table of ways.
    pub fn all() -> impl Iterator<Item = Goal> {
        let hosts = [HostId::Client, HostId::Server].into_iter();
        let states = hosts.flat_map(|host| State::ALL.map(move |state| Goal::State(host, state)));
        let pairs =
            State::ALL.into_iter().flat_map(|client| State::ALL.map(|server| Goal::Pair([client, server])));
        states.chain((0..TABLE.len()).map(Goal::Row)).chain(pairs)
    }

    /// Its place in the table of ways.
    pub(super) fn place(self) -> usize {
        match self {
            Goal::State(host, state) => usize::from(host == HostId::Server) * STATES + state as usize,
            Goal::Row(row) => 2 * STATES + row,
            Goal::Pair([client, server]) => {
                2 * STATES + TABLE.len() + client as usize * STATES + server as usize
            }
        }
    }

    /// The row that it asks for, if it is one.
    pub(super) fn row(self) -> Option<&'static Row> {
        match self {
            Goal::Row(row) => TABLE.get(row),
            Goal::State(..) | Goal::Pair(_) => None,
        }
    }

    /// Both hosts in these states are what it asks for; an edge is not reached by a state.
    pub(super) fn is_in(self, [client, server]: [State; 2]) -> bool {
        match self {
            Goal::State(HostId::Client, state) => state == client,
            Goal::State(_, state) => state == server,
            Goal::Row(_) => false,
            Goal::Pair(pair) => pair == [client, server],
        }
    }
}
