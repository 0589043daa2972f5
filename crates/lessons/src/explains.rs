//! Which lesson explains what is seen in the lab.

use crate::index::{self, Entry};
use tcp_core::net::verdict::Part;
use tcp_core::tcp::{State, TABLE};
use tcp_scene::Piece;
use tcp_scene::diagram::NodeId;
use tcp_scene::words::{Meaning, Message};

/// The lesson that explains a state or an edge of the diagram.
pub fn lesson_of_piece(piece: Piece) -> Option<&'static Entry> {
    index::named(match piece {
        Piece::Node(NodeId::End) => "closing",
        Piece::Node(node) => of_state(node.node().state),
        Piece::Edge(row) => {
            let row = TABLE.get(row)?;
            match (row.from, row.to) {
                (State::SynSent, State::SynReceived) => "simultaneous-open",
                (State::SynSent, State::SynSent) => "retransmission",
                (State::SynReceived, State::Listen | State::Closed) => "synack-dropped",
                (State::SynSent | State::Established | State::CloseWait, State::Closed) => "resets",
                (State::TimeWait, _) => "time-wait",
                (_, State::Listen | State::SynSent | State::SynReceived) => "handshake",
                (State::SynSent | State::SynReceived, State::Established) => "handshake",
                (_, to) => of_state(to),
            }
        }
    })
}

const fn of_state(state: State) -> &'static str {
    match state {
        State::Closed | State::Listen | State::Established => "handshake",
        State::SynSent => "syn-dropped",
        State::SynReceived => "synack-dropped",
        State::FinWait1 | State::LastAck => "closing",
        State::FinWait2 | State::CloseWait => "close-wait",
        State::Closing => "simultaneous-close",
        State::TimeWait => "time-wait",
    }
}

/// The lesson that explains a verdict, if there is one.
pub fn lesson_of_verdict(verdict: &Message) -> Option<&'static Entry> {
    let of_part = |part: Part| match part {
        Part::Syn => "syn-dropped",
        Part::SynAck => "synack-dropped",
        Part::AckOfSyn => "ack-dropped",
        Part::Data | Part::AckOfData => "hello",
        Part::Fin | Part::AckOfFin => "closing",
        Part::Rst => "resets",
    };
    index::named(match verdict {
        Message::Verdict { segment, .. } => of_part(*segment),
        Message::Meaning { meaning, .. } => match meaning {
            Meaning::Lost(loss) | Meaning::UnderWay(loss) => of_part(loss.segment),
            Meaning::NoConnection { .. } => "handshake",
            Meaning::NobodyThere { unplugged: true, .. } | Meaning::Alone(_) => "live-connection",
            Meaning::NobodyThere { .. } | Meaning::Rejected(_) => "drop-reject-nobody",
            Meaning::NoRoom { .. } | Meaning::NoEntry(_) => "backlog",
            Meaning::NotClosed { .. } => "close-wait",
            Meaning::WindowShut(_) | Meaning::Connected => "hello",
            Meaning::TimeWait(_) => "time-wait",
            Meaning::Refused(_) | Meaning::Reset(_) | Meaning::Forged(_) => "resets",
            Meaning::Waits(_) => "half-close",
            Meaning::Over => "closing",
            Meaning::OnItsWay { .. } | Meaning::Queued { .. } => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcp_core::net::HostId;
    use tcp_core::net::verdict::Certainty;
    use tcp_scene::diagram::NODES;

    #[test]
    fn each_state_and_each_edge_is_explained_by_a_lesson_that_is_there() {
        for node in &NODES {
            assert!(lesson_of_piece(Piece::Node(node.id)).is_some(), "{}", node.label());
        }
        for (at, row) in TABLE.iter().enumerate() {
            assert!(lesson_of_piece(Piece::Edge(at)).is_some(), "{} {}", row.from, row.trigger);
        }
    }

    #[test]
    fn what_keeps_a_connection_open_has_a_lesson_of_its_own() {
        let verdict = |meaning| lesson_of_verdict(&Message::Meaning { meaning, before: false, stray: None });
        let host = HostId::Server;
        for (meaning, id) in [
            (Meaning::NotClosed { host, alone: false }, "close-wait"),
            (Meaning::TimeWait(host), "time-wait"),
            (Meaning::Refused(host), "resets"),
            (Meaning::NoEntry(host), "backlog"),
            (Meaning::Connected, "hello"),
            (Meaning::Over, "closing"),
            (Meaning::Waits(host), "half-close"),
            (Meaning::Alone(host), "live-connection"),
            (Meaning::NoConnection { listens: None }, "handshake"),
            (Meaning::NobodyThere { of: None, unplugged: false }, "drop-reject-nobody"),
        ] {
            assert_eq!(verdict(meaning).map(|entry| entry.id), Some(id), "{meaning:?}");
        }
        let data = Message::Verdict {
            states: [State::Established; 2],
            segment: Part::Data,
            certainty: Certainty::Stopped,
        };
        assert_eq!(
            lesson_of_verdict(&data).map(|entry| entry.id),
            Some("hello"),
            "the other end is still there"
        );
        assert_eq!(lesson_of_verdict(&Message::PolicyDrops), None);
    }
}
