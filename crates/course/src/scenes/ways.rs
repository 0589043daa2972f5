//! Ways: for each state, each edge and each pair of states, the simplest way found from the beginning.
//!
//! They are found natively, from the scenes, the stories and a search over what can be typed; the program only looks
//! them up. The simplest is the one with the fewest typed lines, where a line to a firewall or to the network counts more
//! than one to a program; of these, the one that takes the least time.

#[rustfmt::skip]
mod table;

use super::prepared::Deed;
use super::{Condition, Goal, Group, Pause, Scene, Text, named};
use crate::recording::{Recording, Step};
use table::{DEEDS, SCRIPTS, WAYS};
use tcp_core::Instant;
use tcp_core::tcp::{ProfileName, State};
use tcp_shell::User;

/// The seed of the page's own sessions: what is random is as it was when the way was found.
const SEED: u64 = 1;

/// Where no way was found.
const NONE: u8 = u8::MAX;

/// Lines that lead to several goals, each after some of them.
enum Script {
    /// Those of a scene.
    OfScene(&'static str),
    /// Each with its moment in milliseconds, and its place among the deeds.
    Lines(&'static [(u32, u8)]),
}

/// A way in one profile: its script, how many of its lines, and the moment of its end in milliseconds.
type Entry = (u8, u8, u32);

/// A way to a goal, in one profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Where it leads.
    pub goal: Goal,
    /// What is typed. What is typed at time zero is done before it begins.
    pub steps: Vec<Step>,
    /// When the goal is reached.
    pub ends: Instant,
    /// The id of the scene whose first lines these are, if it is part of one.
    pub scene: Option<&'static str>,
}

impl Way {
    /// The way to this goal under a profile, if one was found.
    pub fn to(goal: Goal, profile: ProfileName) -> Option<Way> {
        let entries = WAYS.get(goal.place())?;
        let (script, lines, ends) = entries[usize::from(profile == ProfileName::Linux)];
        let script =
            Some(script).filter(|script| *script != NONE).and_then(|at| SCRIPTS.get(usize::from(at)))?;
        let (steps, scene) = match script {
            Script::OfScene(id) => (named(id)?.recording.steps, Some(*id)),
            Script::Lines(lines) => (lines.iter().filter_map(step).collect(), None),
        };
        let steps = steps.into_iter().take(usize::from(lines)).collect();
        Some(Way { goal, steps, ends: Instant::from_millis(u64::from(ends)), scene })
    }

    /// The way as a scene that is not in the menu: it has one pause, where the goal is reached.
    pub fn into_scene(self, profile: ProfileName) -> Scene {
        let Way { goal, steps, ends, .. } = self;
        let end = Pause {
            profile: None,
            when: Condition::Reaches(goal),
            times: 1,
            pair: [State::Closed; 2],
            caption: Text::default(),
        };
        Scene {
            id: format!("way-{}", goal.place()),
            group: Group::SetUp,
            title: Text::default(),
            shows: Text::default(),
            recording: Recording { user: User::Student, steps, ..Recording::new(profile, SEED) },
            pauses: vec![end],
            lasts: [ends; 2],
            goal: Some(goal),
        }
    }
}

fn step((ms, deed): &(u32, u8)) -> Option<Step> {
    let at = Instant::from_millis(u64::from(*ms));
    Some(Step { at, action: DEEDS.get(usize::from(*deed))?.action() })
}
