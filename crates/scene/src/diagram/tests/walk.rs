//! Arrow keys lead where the eye expects.

use crate::Piece;
use crate::diagram::walk::{around, toward};
use crate::diagram::{Heading, NODES, NodeId, edges};
use NodeId::{
    Closing, End, Established, FinWait1, FinWait2, LastAck, Listen, Start, SynRecv, SynSent, TimeWait,
};
use std::collections::BTreeSet;

const ALL: [Heading; 4] = [Heading::Up, Heading::Down, Heading::Left, Heading::Right];

#[test]
fn arrows_go_as_the_eye_goes() {
    let wanted = [
        (SynRecv, Heading::Down, Some(FinWait1)),
        (SynRecv, Heading::Right, Some(SynSent)),
        (SynSent, Heading::Left, Some(SynRecv)),
        (FinWait1, Heading::Up, Some(SynRecv)),
        (FinWait1, Heading::Right, Some(Closing)),
        (FinWait2, Heading::Right, Some(TimeWait)),
        (TimeWait, Heading::Down, Some(End)),
        (LastAck, Heading::Left, Some(TimeWait)),
        (Start, Heading::Down, Some(Listen)),
        (Listen, Heading::Down, Some(Established)),
        (Start, Heading::Up, None),
    ];
    for (from, heading, to) in wanted {
        assert_eq!(toward(Piece::Node(from), heading), to, "{heading:?} from {from:?}");
    }
}

#[test]
fn arrows_reach_every_state_from_every_state() {
    for start in &NODES {
        let mut reached = BTreeSet::from([start.id]);
        let mut new = vec![start.id];
        while let Some(node) = new.pop() {
            let next = ALL.into_iter().filter_map(|heading| toward(Piece::Node(node), heading));
            new.extend(next.filter(|next| reached.insert(*next)));
        }
        assert_eq!(reached.len(), NODES.len(), "from {:?}", start.id);
    }
}

#[test]
fn the_edges_of_a_state_are_a_ring() {
    for node in &NODES {
        for beyond in [false, true] {
            let Some(first) = around(Piece::Node(node.id), beyond, true) else { continue };
            let next = |row: &usize| around(Piece::Edge(*row), beyond, true).filter(|next| *next != first);
            let ring: Vec<usize> = std::iter::successors(Some(first), next).collect();
            assert!(
                ring.iter().all(|row| edges().any(|edge| edge.row == *row && edge.route.from == node.id))
            );
            assert_eq!(around(Piece::Edge(first), beyond, false), ring.last().copied());
        }
    }
    let ring = around(Piece::Node(Established), false, true);
    assert!(ring.is_some());
}
