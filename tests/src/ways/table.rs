//! The table of ways as Rust source.

use super::Ways;
use std::fmt::Write as _;
use tcp_course::scenes::{Goal, Way};
use tcp_course::{Action, Step};

const HEADER: &str = "\
//! The ways. A test makes this file from what the search finds: `UPDATE_EXPECT=1 cargo test -p tcp-tests --test ways`.

use super::{Deed, Entry, NONE, Script};
use tcp_shell::TerminalId::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};

";

/// The source of the table that has these ways, in the order of the profiles.
pub fn source(ways: &[Ways; 2]) -> String {
    let mut scripts: Vec<Script> = Vec::new();
    let all = || ways.iter().flat_map(std::collections::BTreeMap::values);
    // The longest first: shorter ways are the beginnings of longer ones.
    let mut longest: Vec<&Way> = all().collect();
    longest.sort_by_key(|way| (std::cmp::Reverse(way.steps.len()), way.goal));
    for way in longest {
        if script_of(&scripts, way).is_none() {
            scripts.push(Script { scene: way.scene, steps: way.steps.clone() });
        }
    }
    let mut deeds: Vec<String> = Vec::new();
    let mut lines = String::new();
    for script in &scripts {
        if let Some(scene) = script.scene {
            _ = writeln!(lines, "    Script::OfScene({scene:?}),");
            continue;
        }
        let steps = script.steps.iter().map(|step| {
            let deed = deed(&step.action);
            let at = deeds.iter().position(|other| *other == deed).unwrap_or_else(|| {
                deeds.push(deed);
                deeds.len() - 1
            });
            assert_eq!(step.at.as_micros() % 1000, 0, "{step:?} is not at a whole millisecond");
            format!("({}, {at})", step.at.as_micros() / 1000)
        });
        _ = writeln!(lines, "    Script::Lines(&[{}]),", steps.collect::<Vec<_>>().join(", "));
    }
    let mut table = HEADER.to_owned();
    _ = writeln!(table, "pub(super) static DEEDS: &[Deed] = &[");
    deeds.iter().for_each(|deed| _ = writeln!(table, "    {deed},"));
    _ = write!(table, "];\n\npub(super) static SCRIPTS: &[Script] = &[\n{lines}];\n\n");
    _ = writeln!(table, "pub(super) static WAYS: &[[Entry; 2]] = &[");
    for goal in Goal::all() {
        let entry = |of: &Ways| {
            of.get(&goal).map_or("(NONE, 0, 0)".to_owned(), |way| {
                let script = script_of(&scripts, way).expect("each way has a script");
                format!("({script}, {}, {})", way.steps.len(), way.ends.as_micros() / 1000)
            })
        };
        _ = writeln!(table, "    [{}, {}], // {goal:?}", entry(&ways[0]), entry(&ways[1]));
    }
    table + "];\n"
}

struct Script {
    scene: Option<&'static str>,
    steps: Vec<Step>,
}

/// The place of the script whose beginning is this way.
fn script_of(scripts: &[Script], way: &Way) -> Option<usize> {
    scripts.iter().position(|script| match script.scene {
        Some(scene) => way.scene == Some(scene),
        None => way.scene.is_none() && script.steps.starts_with(&way.steps),
    })
}

fn deed(action: &Action) -> String {
    match action {
        Action::Enter { terminal, line } => format!("Deed::Enter({terminal:?}, {line:?})"),
        Action::Input { terminal, line } => format!("Deed::Input({terminal:?}, {line:?})"),
        Action::Interrupt { terminal } => format!("Deed::CtrlC({terminal:?})"),
        Action::EndOfInput { terminal } => format!("Deed::CtrlD({terminal:?})"),
        other => panic!("a way types into terminals only, but {other:?}"),
    }
}
