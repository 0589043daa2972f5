//! The pairs of states that C_m and S_m may be in: which is there now, which can be reached, and which cannot be.

use crate::model::WayView;
use crate::piece::way;
use crate::words::{Message, Trip};
use tcp_core::tcp::{ProfileName, State};
use tcp_course::scenes::{Goal, Law, Way};

/// A pair of states.
#[derive(Clone, Debug, PartialEq)]
pub struct PairCell {
    /// C_m's, then S_m's.
    pub pair: [State; 2],
    /// What is known of it.
    pub kind: PairKind,
    /// One sentence on that.
    pub says: Message,
    /// How to get there.
    pub way: WayView,
}

/// What is known of a pair of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairKind {
    /// It is there now.
    Now,
    /// It can be reached, by as many lines.
    Reachable(usize),
    /// It cannot be.
    Excluded(Law),
    /// No way was found.
    NotFound,
}

impl PairKind {
    /// Its key in styles.
    pub const fn key(self) -> &'static str {
        match self {
            PairKind::Now => "now",
            PairKind::Reachable(_) => "reachable",
            PairKind::Excluded(_) => "excluded",
            PairKind::NotFound => "not-found",
        }
    }
}

/// What is known of a pair under a profile, while `now` is there.
pub fn cell(pair: [State; 2], now: [State; 2], profile: ProfileName) -> PairCell {
    let found = Way::to(Goal::Pair(pair), profile);
    let way = way(Goal::Pair(pair), Trip::TakeMe, profile);
    let (kind, says) = match (&found, Law::on(pair)) {
        (Some(found), _) => (PairKind::Reachable(found.steps.len()), way.says.clone()),
        (None, Some((law, states))) => (PairKind::Excluded(law), Message::Trip(Trip::Excluded(law, states))),
        (None, None) => (PairKind::NotFound, way.says.clone()),
    };
    let kind = if pair == now { PairKind::Now } else { kind };
    PairCell { pair, kind, says, way }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::en;

    #[test]
    fn only_the_pair_of_the_beginning_is_said_to_be_so_then() {
        let says = |client, server| {
            let way = way(Goal::Pair([client, server]), Trip::TakeMe, ProfileName::Article);
            en::say(&way.says)
        };
        assert_eq!(says(State::Closed, State::Listen), "It is so at the beginning.");
        assert_eq!(says(State::Closed, State::Closed), "Nothing is typed: neither end has a socket.");
        assert_eq!(says(State::Listen, State::Closed), "1 line, at once");
        assert_eq!(says(State::Listen, State::Listen), "2 lines, at once");
        assert_eq!(says(State::SynSent, State::Closed), "1 line, 500 ms");
    }
}
