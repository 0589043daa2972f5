//! Over all scenes and some recordings: no words cover others, and every arrow ends at its moment.

use super::free::{beside, cleared, meets_ways, ways};
use super::rows::Rows;
use super::*;
use crate::model::{Look, View};
use crate::timebar::{FOLD, width};
use crate::words::{Message, en};
use crate::{Corner, Spot};
use std::rc::Rc;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes::built_in;
use tcp_course::{Recording, Session};

/// Sessions that are longer than a scene, and less tidy.
const RECORDINGS: [(&str, &str); 5] = [
    ("exercise-1", include_str!("../../../../tests/recordings/exercise-1.json")),
    ("exercise-2", include_str!("../../../../tests/recordings/exercise-2.json")),
    ("exercise-3", include_str!("../../../../tests/recordings/exercise-3.json")),
    ("cable-out", include_str!("../../../../tests/recordings/cable-out.json")),
    ("rough-network", include_str!("../../../../tests/recordings/rough-network.json")),
];

/// Calls `look` with the ladder at each pause of each scene, and at each fifth event of each recording.
fn each(mut look: impl FnMut(&str, &Ladder)) {
    for (name, text) in RECORDINGS {
        let mut session = Session::of(&Recording::from_json(text).expect("it can be read"));
        let mut events = 0;
        while session.step() && events < 600 {
            events += 1;
            if events % 5 == 0 {
                for scope in [Scope::One, Scope::All] {
                    let name = format!("{name} {scope:?} at {}", session.lab().now());
                    look(&name, &seen(&session, scope));
                }
            }
        }
    }
    for scene in built_in().into_iter().map(Rc::new) {
        for profile in [ProfileName::Article, ProfileName::Linux] {
            let mut session = Session::scene(Rc::clone(&scene), profile);
            for scope in [Scope::One, Scope::All] {
                let name = format!("{} {profile:?} {scope:?}", scene.id);
                look(&name, &seen(&session, scope));
            }
            let mut events = 0;
            while session.step() && events < 400 {
                events += 1;
                let waits = session.waits();
                if waits || events % 5 == 0 {
                    for scope in [Scope::One, Scope::All] {
                        let name = format!("{} {profile:?} {scope:?} at {}", scene.id, session.lab().now());
                        look(&name, &seen(&session, scope));
                    }
                }
                if waits {
                    session.go_on();
                }
            }
        }
    }
}

fn seen(session: &Session, scope: Scope) -> Ladder {
    let look = Look { view: View::Ladder, scope, ..Look::default() };
    crate::scene(session.lab(), &look).ladder.expect("it is looked at")
}

fn zooms() -> impl Iterator<Item = Zoom> {
    let farthest = std::iter::successors(Some(Zoom::default()), |zoom| zoom.farther()).last();
    std::iter::successors(farthest, |zoom| zoom.nearer())
}

#[test]
fn it_says_from_when_its_times_count() {
    let says = |ladder: &Ladder| format!("{:?}", super::heads(ladder, en::say));
    let at = tcp_core::Instant::START;
    let ladder = Ladder { begins: vec![at], ..Ladder::default() };
    assert!(says(&ladder).contains("0 s: first SYN"));
    assert!(says(&Ladder::default()).contains("0 s: the start"), "of all connections, or of none");
}

#[test]
fn no_words_cover_others() {
    let mut looked_at = 0;
    each(|name, ladder| {
        for zoom in zooms() {
            let rows = cleared(ladder, zoom, en::say);
            let words = rows.words(en::say);
            looked_at += words.len();
            for (at, one) in words.iter().enumerate() {
                let met = words[at + 1..].iter().find(|other| one.meets(**other));
                assert_eq!(met, None, "{name}: covers {one:?}");
                let inside = one.left >= -0.5 && one.right <= 432.5 && one.bottom <= rows.height;
                assert!(inside, "{name}: {one:?} sticks out of {}", rows.height);
            }
        }
    });
    assert!(looked_at > 10_000, "only {looked_at} words");
}

/// Words stand on nobody else's way, and where too many segments come at once for that, every way is below all words.
#[test]
fn words_stand_on_no_other_way() {
    let (mut alone, mut on, mut shorter) = (0, 0, 0);
    each(|name, ladder| {
        // There a dozen and more are sent in one row, or the network's copies beside their originals.
        let in_bulk = ["ports-run-out", "zero-window", "rough-network"].iter().any(|it| name.starts_with(it));
        for zoom in zooms() {
            let rows = cleared(ladder, zoom, en::say);
            let ways = ways(&rows, ladder);
            for (at, label) in rows.labels.iter().enumerate() {
                let others = beside(label.area, at, &ways);
                let met = meets_ways(label.area, at, &ways);
                assert!(!met || others > 0, "{name}: {label:?}");
                let full = super::label::label(&ladder.rungs[at], en::say).parts;
                assert!(
                    label.parts.iter().any(|(class, _)| *class == "called"),
                    "{name}: {label:?} has a name"
                );
                if others == 1 && !in_bulk {
                    alone += 1;
                    on += usize::from(met);
                    shorter += usize::from(label.parts.len() < full.len());
                }
            }
        }
        let shapes = Drawing::of(ladder, Zoom::default(), en::say).shapes;
        let is = |shape: &crate::shape::Shape, class: &str| {
            shape.attrs.iter().any(|(name, value)| *name == "class" && **value == *class)
        };
        let first = shapes.iter().position(|shape| is(shape, "rung"));
        let below = shapes.iter().rposition(|shape| is(shape, "way"));
        assert!(below.is_none() || below < first, "{name}: a way covers words");
    });
    assert!(
        alone > 1_500 && shorter > 100,
        "only {alone} stand beside one way, {shorter} with fewer numbers"
    );
    assert!(on * 10 < alone, "{on} of {alone} that have one other segment beside them stand on its way");
}

/// Rows follow time: what is later is lower, by no less than the time bar's measure of what lies between.
#[test]
fn arrows_end_at_their_moments() {
    let mut ends = 0;
    each(|name, ladder| {
        for zoom in zooms() {
            let rows = cleared(ladder, zoom, en::say);
            for (rung, at) in ladder.rungs.iter().zip(&rows.corners) {
                for (corner, row) in rung.way.iter().zip(at) {
                    assert_eq!(rows.rows[*row].at, corner.at.at, "{name}: {rung:?}");
                    ends += 1;
                }
                let heights: Vec<f32> = at.iter().map(|row| rows.rows[*row].y).collect();
                assert!(heights.is_sorted(), "{name}: {rung:?} goes back in time");
            }
            follows_time(name, &rows, zoom);
        }
    });
    assert!(ends > 10_000, "only {ends} ends");
}

fn follows_time(name: &str, rows: &Rows, zoom: Zoom) {
    let unit = f64::from(super::rows::unit(zoom));
    for pair in rows.rows.windows(2) {
        let (span, room) = (pair[1].at.since(pair[0].at), f64::from(pair[1].y - pair[0].y));
        assert!(pair[1].at >= pair[0].at && room > 0.0, "{name}: {pair:?}");
        assert!(span.is_zero() || room >= unit * width(span) - 0.01, "{name}: {pair:?} has not its room");
    }
    let folded = rows.rows.windows(2).filter(|pair| pair[1].at.since(pair[0].at) >= FOLD).count();
    let last = rows.rows.last().is_some_and(|last| rows.end.at.since(last.at) >= FOLD);
    let first = rows.rows.is_empty() && rows.end.at.as_micros() > 0;
    assert!(first || rows.waits.len() == folded + usize::from(last), "{name}: {:?}", rows.waits);
}

/// What has a place keeps it while more happens, as long as nothing of it is taken away at the top.
#[test]
fn a_ladder_that_grows_stays_where_it_is() {
    let scene = built_in().into_iter().find(|scene| &*scene.id == "whole-connection").map(Rc::new);
    let mut session = Session::scene(scene.expect("a scene"), ProfileName::Article);
    let mut before: Vec<(PacketId, f32)> = Vec::new();
    while session.step() {
        session.go_on();
        let ladder = seen(&session, Scope::One);
        let rows = cleared(&ladder, Zoom::default(), en::say);
        let place = |(rung, at): (&Rung, &Vec<usize>)| (rung.packet, rows.rows[at[0]].y);
        let now: Vec<(PacketId, f32)> = ladder.rungs.iter().zip(&rows.corners).map(place).collect();
        assert_eq!(now[..before.len()], before[..]);
        before = now;
    }
    assert!(before.len() > 6, "{before:?}");
}

#[test]
fn a_stopped_segment_ends_where_it_was_stopped() {
    let stopped = |rung: &Rung| rung.is_stopped().then(|| rung.way.last().map(|corner: &Corner| corner.spot));
    let mut found = Vec::new();
    each(|_, ladder| {
        for spot in ladder.rungs.iter().filter_map(stopped) {
            let spot = spot.expect("it has been somewhere");
            if !found.contains(&spot) {
                found.push(spot);
            }
        }
    });
    for spot in [Spot::SendersGate, Spot::ReceiversGate, Spot::Wire(0.5)] {
        assert!(found.contains(&spot), "{spot:?} is not among {found:?}");
    }
    assert!(!found.contains(&Spot::Receiver));
}

#[test]
fn what_is_said_of_a_segment_names_its_fate() {
    let scene = built_in().into_iter().find(|scene| &*scene.id == "synack-dropped").map(Rc::new);
    let mut session = Session::scene(scene.expect("a scene"), ProfileName::Article);
    while session.step() && seen(&session, Scope::One).rungs.len() < 4 {
        session.go_on();
    }
    let ladder = seen(&session, Scope::One);
    let said = |shape: &crate::shape::Shape| shape.words.clone();
    let drawing = Drawing::of(&ladder, Zoom::default(), en::say);
    let words: Vec<String> = drawing.shapes.iter().filter_map(said).collect();
    assert_eq!(words.first().map(String::as_str), Some("SYN seq 0 from C_m, 0.000 s: arrived"));
    assert!(
        words.iter().any(|words| words.starts_with("SYN|ACK seq 0 ack 1 from S_m, 0.005 s: dropped: rule 1")),
        "{words:?}"
    );
    assert_eq!(en::say(&Message::Ack(1)), "ack 1");
}
