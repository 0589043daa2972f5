//! Each scene keeps what its file says, in both profiles.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use expect_test::expect_file;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use tcp_core::tcp::{ProfileName, State};
use tcp_course::Session;
use tcp_course::scenes::{Group, Scene, built_in};
use tcp_scene::{Look, Scene as Picture, scene};

const PROFILES: [ProfileName; 2] = [ProfileName::Article, ProfileName::Linux];

/// No scene has more events than this.
const MOST_EVENTS: usize = 200_000;

fn picture(session: &Session) -> Picture {
    scene(session.lab(), &Look::default())
}

fn pair(picture: &Picture) -> [State; 2] {
    picture.hosts.each_ref().map(|host| host.badge.node.state())
}

/// Plays on to the next pause. False if nothing is left to happen.
fn go_on(session: &mut Session) -> bool {
    for _ in 0..MOST_EVENTS {
        if session.waits() {
            return true;
        }
        match session.next_event() {
            Some(next) => session.advance_to(next),
            None => return false,
        }
    }
    panic!("no end");
}

/// What is there at each pause, and what is wrong.
fn played(scene: &Rc<Scene>, profile: ProfileName, wrong: &mut Vec<String>) -> String {
    let mut session = Session::scene(Rc::clone(scene), profile);
    let mut text = String::new();
    let mut deeds = 0;
    for (number, pause) in scene.pauses_in(profile).enumerate() {
        let mut complain =
            |what: String| wrong.push(format!("{} ({}), pause {number}: {what}", scene.id, profile.name()));
        if !go_on(&mut session) {
            complain("is not reached".to_owned());
            break;
        }
        let picture = picture(&session);
        let found = pair(&picture);
        if found != pause.pair {
            complain(format!("{found:?} at {}, not {:?}", session.lab().now(), pause.pair));
        }
        let facts = session.lab().world().log().len();
        if number > 0 && facts == deeds {
            complain("nothing happens before it".to_owned());
        }
        deeds = facts;
        describe(&mut text, &picture, &session);
        session.go_on();
    }
    if session.lab().now() != scene.lasts_in(profile) {
        let now = session.lab().now();
        wrong.push(format!("{}: lasts_ms.{} is {}", scene.id, profile.name(), now.as_millis_f64()));
    }
    if let Some(refused) = session.refused() {
        wrong.push(format!("{}: {refused}", scene.id));
    }
    text
}

/// A line for a moment: its time, and the rows on both hosts.
fn describe(text: &mut String, picture: &Picture, session: &Session) {
    let [client, server] = picture.hosts.each_ref().map(|host| {
        let rows = host.rows.iter().map(|row| row.state).collect::<Vec<_>>();
        let more = if host.more_rows > 0 { format!(" and {} more", host.more_rows) } else { String::new() };
        counted(&rows) + &more
    });
    let ms = session.lab().now().as_millis_f64();
    writeln!(text, "  {ms:>10} {client:22} | {server}").unwrap();
}

/// `LISTEN ESTABLISHED×3`
fn counted(rows: &[&str]) -> String {
    let runs = rows.chunk_by(|one, next| one == next);
    let run =
        |run: &[&str]| if run.len() > 1 { format!("{}×{}", run[0], run.len()) } else { run[0].to_owned() };
    runs.map(run).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_pause_is_reached_and_shows_its_pair() {
    let mut wrong = Vec::new();
    let mut text = String::new();
    for scene in built_in().into_iter().map(Rc::new) {
        for profile in PROFILES {
            writeln!(text, "{} ({})", scene.id, profile.name()).unwrap();
            text += &played(&scene, profile, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    expect_file!["../scenes.txt"].assert_eq(&text);
}

#[test]
fn every_file_is_in_the_menu_and_the_menu_is_in_order() {
    let scenes = built_in();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/course/scenes");
    let mut files: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut ids: Vec<String> = scenes.iter().map(|scene| format!("{}.json", scene.id)).collect();
    files.sort();
    ids.sort();
    assert_eq!(ids, files);
    assert!(scenes.is_sorted_by_key(|scene| scene.group));
    for group in Group::ALL {
        assert!(scenes.iter().any(|scene| scene.group == group), "{group:?} is empty");
    }
}

/// A caption has two lines on the page, and none of its sentences is too long to be read from the back row.
#[test]
fn texts_are_short() {
    let mut long = Vec::new();
    for scene in built_in() {
        let captions = scene.pauses.iter().map(|pause| pause.caption.in_language("en"));
        for text in captions.chain([scene.shows.in_language("en")]) {
            let sentences = text.split_inclusive(['.', '?', '!']).map(|part| part.trim().chars().count());
            if text.chars().count() > 170 || sentences.max() > Some(85) {
                long.push(format!("{}: {text}", scene.id));
            }
        }
        if scene.title.in_language("en").chars().count() > 40 {
            long.push(format!("{}: the title", scene.id));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// The parts of each exercise, and the figures that show something happen.
#[test]
fn every_figure_and_exercise_of_the_article_is_among_them() {
    let shows: Vec<String> =
        built_in().iter().map(|scene| scene.shows.in_language("en").to_owned()).collect();
    let parts = [
        "Exercise 1a to 1d",
        "Exercise 1e",
        "Exercise 1f",
        "Exercise 1g",
        "Exercise 1h",
        "Exercise 1i",
        "Exercise 2a to 2f",
        "Exercise 2g to 2i",
        "Exercise 3",
        "Figures 1, 9 and 10",
        "Figure 2",
        "Figures 3 and 4",
        "Figures 5 and 6",
        "Figures 7 and 8",
        "Figure 11",
        "Figure 12",
    ];
    let missing: Vec<&str> =
        parts.into_iter().filter(|part| !shows.iter().any(|text| text.contains(part))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
