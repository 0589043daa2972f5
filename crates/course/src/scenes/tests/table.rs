//! The table of the program's scenes is what their files say.

use crate::recording::{Action, Recording};
use crate::scenes::{Condition, Pause, Scene, Segments, Text, built_in};
use expect_test::expect_file;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use tcp_core::tcp::State;
use tcp_shell::User;

/// The scenes in the order of the menu: the names of their files.
const ORDER: [&str; 34] = [
    "three-segments",
    "syn-dropped",
    "synack-dropped",
    "synack-dropped-by-receiver",
    "ack-dropped",
    "simultaneous-open",
    "no-listener",
    "hello-both-ways",
    "data-lost",
    "zero-window",
    "whole-connection",
    "four-segments",
    "server-closes-first",
    "half-close",
    "close-at-once",
    "fin-lost",
    "time-wait",
    "port-locked",
    "wandering-segment",
    "last-ack-lost",
    "last-ack-lost-no-wait",
    "ports-run-out",
    "syn-lost",
    "synack-lost",
    "ack-lost",
    "resets",
    "syn-dropped-by-receiver",
    "ack-dropped-by-receiver",
    "reject",
    "browser",
    "close-wait",
    "backlog-full",
    "syn-flood",
    "syn-flood-cookies",
];

const HEADER: &str = "\
//! The scenes, in the order of the menu. A test makes this file from those in `crates/course/scenes`, where they are
//! edited: `UPDATE_EXPECT=1 cargo test -p tcp-course`.

use super::condition::{Condition, Kind, Segments, Stop};
use super::prepared::{Deed, Prepared, PreparedPause};
use super::Group;
use std::borrow::Cow;
use tcp_core::net::{CallName, HostId};
use tcp_core::tcp::{ProfileName, State, Timer};
use tcp_shell::TerminalId;

pub(super) const SCENES: &[Prepared] = &[
";

fn file(name: &str) -> Scene {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenes").join(name).with_extension("json");
    Scene::from_json(&fs::read_to_string(path).expect("a file")).expect("a scene")
}

#[test]
fn the_table_is_made_of_the_files() {
    let rows: String = ORDER.iter().map(|name| row(&file(name))).collect();
    expect_file!["../table.rs"].assert_eq(&format!("{HEADER}{rows}];\n"));
}

#[test]
fn the_program_has_the_scenes_of_the_files() {
    let scenes = built_in();
    assert_eq!(scenes.len(), ORDER.len());
    let differ = |(scene, name): &(Scene, &str)| *scene != file(name);
    let wrong = scenes.into_iter().zip(ORDER).filter(differ).map(|(_, name)| name);
    assert_eq!(wrong.collect::<Vec<&str>>(), Vec::<&str>::new());
}

fn row(scene: &Scene) -> String {
    let Scene { id, group, title, shows, recording, pauses, lasts, goal: _ } = scene;
    let Recording { profile, seed, user, delays, sysctls, steps } = recording;
    assert_eq!(*user, User::Student, "{id}: who watches a scene may type what it types");
    assert!(
        delays.is_empty() && sysctls.is_empty(),
        "{id}: a scene sets nothing that is not seen to be typed"
    );
    let [article, linux] = lasts.map(tcp_core::Instant::as_micros);
    let mut row = format!(
        "    Prepared {{
        id: {id:?},
        group: Group::{group:?},
        title: {},
        shows: {},
        lasts: [{article}, {linux}],
        profile: ProfileName::{profile:?},
        seed: {seed},
        steps: &[\n",
        words(title),
        words(shows)
    );
    for step in steps {
        _ = writeln!(row, "            ({}, {}),", step.at.as_micros(), deed(id, &step.action));
    }
    row += "        ],\n        pauses: &[\n";
    pauses.iter().for_each(|pause| row += &pause_row(pause));
    row += "        ],\n    },\n";
    row
}

fn deed(id: &str, action: &Action) -> String {
    match action {
        Action::Enter { terminal, line } => format!("Deed::Enter(TerminalId::{terminal:?}, {line:?})"),
        Action::Input { terminal, line } => format!("Deed::Input(TerminalId::{terminal:?}, {line:?})"),
        Action::Interrupt { terminal } => format!("Deed::CtrlC(TerminalId::{terminal:?})"),
        Action::EndOfInput { terminal } => format!("Deed::CtrlD(TerminalId::{terminal:?})"),
        other => panic!("{id}: a scene types into terminals only, but {other:?}"),
    }
}

fn pause_row(Pause { profile, when, times, pair, caption }: &Pause) -> String {
    format!(
        "            PreparedPause {{
                profile: {},
                when: {},
                times: {times},
                pair: {},
                caption: {},
            }},\n",
        some(profile.map(|profile| format!("ProfileName::{profile:?}"))),
        condition(when),
        states(pair),
        words(caption)
    )
}

fn words(Text(texts): &Text) -> String {
    format!("&{texts:?}")
}

fn condition(when: &Condition) -> String {
    match when {
        Condition::Departed(which) => format!("Condition::Departed({})", segments(which)),
        Condition::Stopped(which) => format!("Condition::Stopped({})", segments(which)),
        Condition::Arrived(which) => format!("Condition::Arrived({})", segments(which)),
        Condition::Held(which) => format!("Condition::Held({})", segments(which)),
        Condition::Discarded(which) => format!("Condition::Discarded({})", segments(which)),
        Condition::Enters { host, state } => {
            format!("Condition::Enters {{ host: HostId::{host:?}, state: State::{state:?} }}")
        }
        Condition::Refused { host, call } => {
            format!("Condition::Refused {{ host: HostId::{host:?}, call: CallName::{call:?} }}")
        }
        Condition::Expired { host, timer } => {
            format!("Condition::Expired {{ host: HostId::{host:?}, timer: Timer::{timer:?} }}")
        }
        Condition::QueueFull { host } => format!("Condition::QueueFull {{ host: HostId::{host:?} }}"),
        Condition::Cookie { host } => format!("Condition::Cookie {{ host: HostId::{host:?} }}"),
        Condition::Rows { client, server } => {
            let [client, server] = [client, server]
                .map(|rows| some(rows.as_ref().map(|rows| format!("Cow::Borrowed(&{})", states(rows)))));
            format!("Condition::Rows {{ client: {client}, server: {server} }}")
        }
        Condition::Start => "Condition::Start".to_owned(),
        Condition::Ended => "Condition::Ended".to_owned(),
        Condition::Reaches(goal) => panic!("{goal:?} is not of a file"),
    }
}

fn segments(Segments { segment, from, at, window }: &Segments) -> String {
    format!(
        "Segments {{ segment: Kind::{segment:?}, from: {}, at: {}, window: {window:?} }}",
        some(from.map(|from| format!("HostId::{from:?}"))),
        some(at.map(|at| format!("Stop::{at:?}"))),
    )
}

fn states(states: &[State]) -> String {
    let states: Vec<String> = states.iter().map(|state| format!("State::{state:?}")).collect();
    format!("[{}]", states.join(", "))
}

fn some(source: Option<String>) -> String {
    source.map_or("None".to_owned(), |source| format!("Some({source})"))
}
