//! The drawing and the table belong together, and nothing in the drawing covers anything else.

mod lit;
mod measure;
mod room;
mod walk;

use super::*;
use crate::diagram::edges::carries;
use crate::diagram::routes::ROUTES;
use crate::words::{Message, en};
use crate::{MachineView, Others, Token};
use expect_test::expect_file;
use tcp_core::net::HostId;
use tcp_core::tcp::{State, TABLE};

/// What a failing test calls it.
trait InWords {
    fn words(&self) -> String;
}

impl InWords for Edge {
    fn words(&self) -> String {
        en::say(&Message::Ways(vec![self.row]))
    }
}

impl InWords for Route {
    fn words(&self) -> String {
        format!("{:?} to {:?}", self.from, self.to)
    }
}

#[test]
fn every_row_has_a_place() {
    let placed: Vec<usize> = edges().map(|edge| edge.row).collect();
    assert_eq!(placed, (0..TABLE.len()).collect::<Vec<_>>());
}

#[test]
fn every_row_of_the_figure_has_a_route_of_its_own_and_no_route_is_idle() {
    for route in ROUTES {
        let rows: Vec<_> = TABLE.iter().filter(|row| carries(route, row)).collect();
        assert!(!rows.is_empty(), "no row runs along {route:?}");
        assert!(rows.iter().all(|row| row.drawn == route.trigger.is_some()), "{route:?}");
        assert!(route.trigger.is_none() || rows.len() == 1, "{route:?}");
    }
}

#[test]
fn every_state_has_its_node_and_closed_has_two() {
    for (place, node) in NODES.iter().enumerate() {
        assert_eq!(node.id as usize, place);
        assert_eq!(NodeId::of(node.state, node.id == NodeId::End), node.id);
    }
    for state in State::ALL {
        let nodes = NODES.iter().filter(|node| node.state == state).count();
        assert_eq!(nodes, if state == State::Closed { 2 } else { 1 }, "{state}");
    }
}

#[test]
fn a_connection_that_was_never_open_returns_to_the_top() {
    for edge in edges().filter(|edge| edge.route.to.node().state == State::Closed) {
        let early =
            matches!(edge.route.from, NodeId::Start | NodeId::Listen | NodeId::SynSent | NodeId::SynRecv);
        assert_eq!(edge.route.to == NodeId::Start, early, "{}", edge.words());
    }
}

#[test]
fn the_svg_is_as_drawn() {
    let marks = Marks {
        tokens: [Some(NodeId::SynSent), Some(NodeId::Listen)],
        lit: vec![1],
        others: vec![(NodeId::TimeWait, 28_231)],
        ..Marks::default()
    };
    expect_file!["tests/syn_dropped.svg"].assert_eq(&svg(&marks, en::say));
}

/// The page shows it before the program has come: the server listens.
#[test]
fn the_page_begins_with_it() {
    let tokens = [Some(NodeId::Start), Some(NodeId::Listen)];
    let marks = Marks { tokens, lit: vec![0], ..Marks::default() };
    expect_file!["tests/start.svg"].assert_eq(&svg(&marks, en::say));
}

#[test]
fn a_scene_says_what_to_mark() {
    let token = |host, letter, node| Token { host, letter, node };
    let others = |node, host, count| Others { node, host, count };
    let view = MachineView {
        tokens: [token(HostId::Client, "C", NodeId::End), token(HostId::Server, "S", NodeId::Listen)],
        lit: Vec::new(),
        trails: [vec![1], Vec::new()],
        others: vec![
            others(NodeId::TimeWait, HostId::Client, 2),
            others(NodeId::TimeWait, HostId::Server, 3),
        ],
    };
    let marks = Marks::from(&view);
    assert_eq!(marks.tokens, [Some(NodeId::End), Some(NodeId::Listen)]);
    assert_eq!(marks.others, [(NodeId::TimeWait, 5)]);
}

#[test]
fn words_beyond_the_figure_are_written_only_while_lit() {
    let refused = edges().find(|edge| edge.event == "recv: RST" && !edge.drawn).unwrap();
    assert!(!svg(&Marks::default(), en::say).contains(">send: RST<"));
    let lit = svg(&Marks { lit: vec![refused.row], ..Marks::default() }, en::say);
    assert_eq!(lit.matches(">recv: RST <").count(), 2, "the figure's own, and the one that is lit");
}

#[test]
fn the_twin_is_as_written() {
    expect_file!["tests/twin.txt"].assert_eq(&text_twin(en::say));
}

#[test]
fn the_graph_is_as_written() {
    expect_file!["tests/tcp.dot"].assert_eq(&dot());
}
