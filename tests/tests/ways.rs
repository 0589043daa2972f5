//! The ways: each leads where it says, in the time that it says, and no simpler one is known.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use expect_test::expect_file;
use std::rc::Rc;
use tcp_core::tcp::State;
use tcp_course::Session;
use tcp_course::scenes::{Goal, Law, built_in};
use tcp_tests::laws::broken;
use tcp_tests::stories::STORIES;
use tcp_tests::ways::{Bounds, PROFILES, cost, find, known, of_scenes, played, source};

/// With this variable, or to write the table, the whole search is made; it may say after how many situations of each
/// beginning the search ends.
const WIDE: &str = "TCP_STATES_WAYS";

#[test]
fn each_way_leads_to_its_goal_in_its_time() {
    let mut wrong = Vec::new();
    for profile in PROFILES {
        for way in known(profile).into_values() {
            let name = format!("{:?} ({})", way.goal, profile.name());
            match played(&way, profile) {
                Err(what) => wrong.push(format!("{name}: {what}")),
                Ok(session) if session.lab().now().as_micros() / 1000 != way.ends.as_micros() / 1000 => {
                    wrong.push(format!("{name}: ends at {}, not at {}", session.lab().now(), way.ends));
                }
                Ok(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_scene_knows_a_simpler_way() {
    let mut shorter = Vec::new();
    for profile in PROFILES {
        let known = known(profile);
        for (goal, of_scene) in of_scenes(profile) {
            if known.get(&goal).is_none_or(|way| cost(way).0 > cost(&of_scene).0) {
                shorter.push(format!("{goal:?} ({}): {:?}", profile.name(), of_scene.scene));
            }
        }
    }
    assert!(shorter.is_empty(), "write the table again, there are simpler ways:\n{}", shorter.join("\n"));
}

#[test]
fn the_table_is_what_the_search_finds() {
    let [article, linux] = PROFILES;
    let file = expect_file!["../../crates/course/src/scenes/ways/table.rs"];
    if std::env::var_os("UPDATE_EXPECT").is_none() && std::env::var_os(WIDE).is_none() {
        return file.assert_eq(&source(&PROFILES.map(known)));
    }
    let situations = std::env::var(WIDE).ok().and_then(|number| number.parse().ok());
    let bounds = Bounds { situations: situations.unwrap_or(Bounds::WIDE.situations), ..Bounds::WIDE };
    let first = find(article, bounds, &[known(article), known(linux)]);
    let second = find(linux, bounds, &[first.clone(), known(linux)]);
    file.assert_eq(&source(&[first, second]));
}

/// The laws exclude pairs, and no story, scene or way has one of them. The random sessions are looked at, too.
#[test]
fn no_log_breaks_the_laws_that_exclude_pairs() {
    let excluded = |law: Law| {
        let pairs = State::ALL.into_iter().flat_map(|one| State::ALL.map(|other| [one, other]));
        pairs.filter(|pair| Law::on(*pair).is_some_and(|(found, _)| found == law)).count()
    };
    assert_eq!(Law::ALL.map(excluded), [15, 9, 3]);
    let mut wrong = Vec::new();
    let mut look = |name: String, session: &Session| {
        wrong.extend(broken(session.lab().world().log()).map(|law| format!("{name}: {law}")));
    };
    for (name, play) in STORIES {
        look((*name).to_owned(), play().session());
    }
    for profile in PROFILES {
        for scene in built_in().into_iter().map(Rc::new) {
            let (id, lasts) = (scene.id.clone(), scene.lasts_in(profile));
            let mut session = Session::scene(scene, profile);
            session.go_to(lasts);
            look(id, &session);
        }
        for way in known(profile).into_values() {
            played(&way, profile).iter().for_each(|session| look(format!("{:?}", way.goal), session));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_excluded_has_no_way() {
    for profile in PROFILES {
        let found = known(profile).into_keys().filter(|goal| match goal {
            Goal::Pair(pair) => Law::on(*pair).is_some(),
            _ => false,
        });
        assert_eq!(found.collect::<Vec<_>>(), [], "{}", profile.name());
    }
}
