//! Why some pairs of states cannot be: what one end knows of the other, as long as every segment is of this connection.

use State::{CloseWait, Closing, Established, FinWait1, FinWait2, LastAck, TimeWait};
use tcp_core::tcp::State;

/// A rule that excludes pairs of states of the two ends of one connection. It holds as long as no segment was forged,
/// and none of an earlier connection came in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// Whoever has received a FIN has a peer that sent one.
    FinWasSent,
    /// Whoever has had its FIN acknowledged has a peer that received it.
    FinWasReceived,
    /// Whoever closes second acknowledges the peer's FIN with its own.
    FinAcknowledges,
}

impl Law {
    /// All laws, the simplest first.
    pub const ALL: [Law; 3] = [Law::FinWasSent, Law::FinWasReceived, Law::FinAcknowledges];

    /// The first law that excludes this pair of states, in whichever order, and the state from which it follows.
    pub fn on([one, other]: [State; 2]) -> Option<(Law, [State; 2])> {
        let orders = [[one, other], [other, one]];
        Law::ALL.into_iter().find_map(|law| {
            let found = orders.into_iter().find(|[knows, peer]| law.excludes(*knows, *peer));
            found.map(|order| (law, order))
        })
    }

    /// An end in the state `knows` cannot have a peer in the state `peer`.
    const fn excludes(self, knows: State, peer: State) -> bool {
        match self {
            Law::FinWasSent => {
                matches!(knows, CloseWait | LastAck | Closing | TimeWait)
                    && matches!(peer, Established | CloseWait)
            }
            Law::FinWasReceived => {
                matches!(knows, FinWait2 | TimeWait) && matches!(peer, Established | FinWait1 | FinWait2)
            }
            Law::FinAcknowledges => matches!(knows, LastAck) && matches!(peer, Closing | LastAck),
        }
    }
}
