//! What is said of a state or an edge that is looked at.

use super::*;
use crate::diagram::NodeId;
use crate::{Piece, PieceView};
use tcp_course::scenes::Goal;
use tcp_testing::{ClientUpper, ServerUpper};

fn seen(lab: &Lab, piece: Piece) -> PieceView {
    scene(lab, &Look { piece: Some(piece), ..Look::default() }).piece.expect("it is looked at")
}

fn row(from: State, trigger: Trigger) -> usize {
    tcp_core::tcp::find(from, trigger).expect("a row").index()
}

#[test]
fn a_state_says_who_entered_it_and_when_and_why() {
    let mut trial = Trial::new(ProfileName::Article);
    trial.types(ServerUpper, "nc -l 5555").types(ClientUpper, "nc 10.211.55.10 5555").waits(millis(100));
    let view = seen(&trial, Piece::Node(NodeId::SynSent));
    let [part] = &view.parts[..] else { panic!("a state is one part") };
    let [taken] = &part.taken[..] else { panic!("only C_m was there: {:?}", part.taken) };
    assert_eq!((taken.host, taken.at), (HostId::Client, Instant::START));
    assert!(!taken.why.facts.is_empty());
    let goals: Vec<(Goal, bool)> = part.ways.iter().map(|way| (way.goal, way.found)).collect();
    let to = |host| (Goal::State(host, State::SynSent), true);
    assert_eq!(goals, [to(HostId::Client), to(HostId::Server)]);
    let open = seen(&trial, Piece::Node(NodeId::Established));
    assert_eq!(open.parts[0].taken.len(), 2, "both ends");
    assert!(!open.parts[0].taken[0].why.then.is_empty(), "what an end that is there waits for");
}

#[test]
fn an_edge_says_when_it_was_taken_and_those_that_share_its_arrow_are_told_apart() {
    let mut trial = Trial::new(ProfileName::Article);
    trial.types(ClientUpper, "nc 10.211.55.10 5555").waits(millis(100));
    let refused = row(State::SynSent, Trigger::RstOfOpen);
    let view = seen(&trial, Piece::Edge(refused));
    assert!(view.parts.len() > 3 && view.parts.iter().all(|part| part.beyond), "{:?}", view.parts);
    let taken: Vec<&Message> =
        view.parts.iter().filter(|part| !part.taken.is_empty()).map(|part| &part.says).collect();
    assert_eq!(taken, [&Message::Trip(crate::words::Trip::Says(refused))]);
}

#[test]
fn the_end_of_a_connection_is_reached_by_one_of_its_edges() {
    let view = seen(&Trial::new(ProfileName::Article), Piece::Node(NodeId::End));
    assert!(matches!(view.parts[0].ways[..], [ref way] if way.found && matches!(way.goal, Goal::Row(_))));
}
