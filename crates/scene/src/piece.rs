//! What is said of a node or an edge of the diagram.

use crate::diagram::{NodeId, edge, edges, phase_key};
use crate::model::{Piece, PiecePart, PieceView, Taken, WayView};
use crate::sight::Sight;
use crate::subject::End;
use crate::why::{why, why_fact};
use crate::words::{Message, Trip};
use tcp_core::Instant;
use tcp_core::net::{Fact, Happened, HostId};
use tcp_core::tcp::{ProfileName, Row, TABLE};
use tcp_course::Session;
use tcp_course::scenes::{Goal, Way};

const HOSTS: [HostId; 2] = [HostId::Client, HostId::Server];

/// What is said of a piece, with what has happened up to now.
pub(crate) fn piece(sight: &Sight<'_>, piece: Piece, ends: &[End; 2]) -> PieceView {
    let parts = match piece {
        Piece::Node(node) => vec![of_node(sight, node, ends)],
        Piece::Edge(row) => {
            let route = edge(row).map(|edge| edge.route);
            // What runs along the same line is pressed with it.
            let rows = edges().filter(|edge| route.is_some_and(|route| route.path == edge.route.path));
            rows.map(|edge| of_row(sight, edge.row, &TABLE[edge.row])).collect()
        }
    };
    PieceView { piece, parts }
}

fn of_node(sight: &Sight<'_>, node: NodeId, ends: &[End; 2]) -> PiecePart {
    let state = node.state();
    let enters = |row: &Row, connected: bool| {
        connected && !row.is_loop() && row.to == state && NodeId::entered_by(row.index()) == Some(node)
    };
    let mut taken = taken(sight, enters, Trip::Entered);
    for taken in &mut taken {
        // Of a host that is there now it is known what it waits for, too.
        let end = &ends[usize::from(taken.host == HostId::Server)];
        if let Some(row) = end.row.as_ref().filter(|row| row.state == state && row.foreign.is_some()) {
            taken.why = why(sight, row);
        }
    }
    let profile = profile(sight);
    let ways = match node {
        NodeId::End => last_edge(profile).into_iter().collect(),
        _ => HOSTS.map(|host| way(Goal::State(host, state), Trip::Take(host), profile)).into(),
    };
    PiecePart {
        title: Message::Trip(Trip::Node(node)),
        phase: node.node().phase(),
        notation: None,
        beyond: false,
        says: Message::Trip(Trip::Means(node)),
        rfc: "RFC 9293 §3.3.2",
        taken,
        ways,
    }
}

fn of_row(sight: &Sight<'_>, at: usize, row: &'static Row) -> PiecePart {
    PiecePart {
        title: Message::Trip(Trip::Edge(at)),
        phase: phase_key(row.phase),
        notation: Some([row.trigger.label(), row.reply.label()]),
        beyond: !row.drawn,
        says: Message::Trip(Trip::Says(at)),
        rfc: row.rfc,
        taken: taken(sight, |taken, _| *taken == *row, Trip::Took),
        ways: vec![way(Goal::Row(at), Trip::TakeMe, profile(sight))],
    }
}

fn profile(sight: &Sight<'_>) -> ProfileName {
    sight.world.profile(HostId::Client).name
}

/// The shortest way to the end of a connection: along one of the edges that lead there.
fn last_edge(profile: ProfileName) -> Option<WayView> {
    let ends = edges().filter(|edge| edge.route.to == NodeId::End);
    let length = |way: &Way| (way.steps.len(), way.ends);
    let ways = ends.filter_map(|edge| Way::to(Goal::Row(edge.row), profile));
    Some(self::way(ways.min_by_key(length)?.goal, Trip::TakeMe, profile))
}

/// The way to a goal, or that no way is known.
pub(crate) fn way(goal: Goal, label: Trip, profile: ProfileName) -> WayView {
    let other = match profile {
        ProfileName::Article => ProfileName::Linux,
        ProfileName::Linux => ProfileName::Article,
    };
    let found = Way::to(goal, profile);
    let says = match &found {
        Some(way) if *way.steps == *Session::page_steps() => Trip::AtBeginning,
        Some(way) => Trip::Length { lines: way.steps.len(), span: way.ends.since(Instant::START) },
        None if Way::to(goal, other).is_some() => Trip::Only(other),
        None => Trip::NotFound,
    };
    WayView { goal, label: Message::Trip(label), says: Message::Trip(says), found: found.is_some() }
}

/// The last fact of each host at which it took a row that `is_it`; whether for a socket is the second that it is given.
fn taken(sight: &Sight<'_>, is_it: impl Fn(&Row, bool) -> bool, says: fn(HostId) -> Trip) -> Vec<Taken> {
    let mut found: [Option<Fact>; 2] = [None, None];
    for fact in sight.log.facts().rev() {
        let (Happened::Moved { socket, row }, Some(host)) = (fact.what, fact.host) else { continue };
        let Some(place) = HOSTS.iter().position(|it| *it == host) else { continue };
        if found[place].is_none() && is_it(row, socket.is_some()) {
            found[place] = Some(fact);
        }
        if found.iter().all(Option::is_some) {
            break;
        }
    }
    let taken = found.into_iter().flatten().filter_map(|fact| {
        let host = fact.host?;
        Some(Taken { host, at: fact.at, says: Message::Trip(says(host)), why: why_fact(sight, fact.id) })
    });
    taken.collect()
}
