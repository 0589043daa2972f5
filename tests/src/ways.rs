//! The search for ways: how each state, each edge and each pair of states is reached with little: few typed lines, and
//! rather what programs do than what a firewall or the network is made to do.
//!
//! Candidates come from the scenes, the stories, the scripts of the random sessions, the ways that are known already, and
//! a bounded search over what a user may do. What is best so far is then made shorter: lines that do not matter are
//! left out, and what is typed is typed in a person's rhythm.

mod harvest;
mod mirror;
mod reduce;
mod search;
mod table;

use crate::soak;
use crate::stories::STORIES;
use std::collections::BTreeMap;
use tcp_core::Instant;
use tcp_core::tcp::{ProfileName, State};
use tcp_course::scenes::{Goal, Scene, Way, built_in};
use tcp_course::{Session, Step};
use tcp_scene::{Look, scene};

pub use harvest::harvest;
use search::Acts;
pub use search::Bounds;
pub use table::source;

/// The profiles in which ways are looked for.
pub const PROFILES: [ProfileName; 2] = [ProfileName::Article, ProfileName::Linux];

/// The best way to each goal that has one.
pub type Ways = BTreeMap<Goal, Way>;

/// What makes a way worse than another: first what is done, then that it prepares late, its time, and that it is no
/// scene's.
pub fn cost(way: &Way) -> (usize, bool, Instant, bool) {
    let late = way.steps.first().is_some_and(|first| !prepares(first)) && way.steps.iter().any(prepares);
    (effort(&way.steps), late, way.ends, way.scene.is_none())
}

/// How many ordinary lines an intervention outweighs: who wants to see a state sees it by what programs do, if it is not
/// much longer.
const INTERVENTION: usize = 4;

/// How many lines it outweighs that C_m is no client.
const LISTENING_CLIENT: usize = 2;

/// What is done, counted in ordinary lines.
fn effort(steps: &[Step]) -> usize {
    let lines: usize = steps.iter().map(|step| if intervenes(step) { INTERVENTION } else { 1 }).sum();
    lines + if steps.iter().any(listens_at_client) { LISTENING_CLIENT } else { 0 }
}

fn listens_at_client(step: &Step) -> bool {
    use tcp_course::Action::{Enter, Input};
    let (Enter { terminal, line } | Input { terminal, line }) = &step.action else { return false };
    let listens = line.contains("nc -l") || line.contains(" listen ");
    terminal.host() == Some(tcp_core::net::HostId::Client) && listens
}

/// A line to a firewall, to the network (but how long it takes), to a constant of a kernel, or one that ends a program or
/// a socket from outside.
fn intervenes(step: &Step) -> bool {
    use tcp_course::Action::{Enter, Input};
    let (Enter { terminal, line } | Input { terminal, line }) = &step.action else { return false };
    match terminal {
        tcp_testing::Network => !line.starts_with("delay "),
        _ => ["iptables", "sysctl", "kill", "ss -K"].iter().any(|word| line.contains(word)),
    }
}

/// The states that the page shows for C_m and S_m.
pub fn shown(session: &Session) -> [State; 2] {
    scene(session.lab(), &Look::default()).hosts.each_ref().map(|host| host.badge.node.state())
}

/// How long after the last line a goal may be reached.
const PATIENCE: std::time::Duration = tcp_core::millis(400_000);

/// Plays a way to its end, as the page does. Returns the session there, or what is wrong.
pub fn played(way: &Way, profile: ProfileName) -> Result<Session, String> {
    let last = way.steps.last().map_or(Instant::START, |step| step.at);
    let mut session = Session::scene(way.clone().into_scene(profile).into(), profile);
    session.advance_to(last + PATIENCE);
    if let Some(refused) = session.refused() {
        return Err(refused.to_string());
    }
    if !session.waits() {
        return Err("its end is not reached".to_owned());
    }
    let pair = shown(&session);
    let is_there = match way.goal {
        Goal::State(host, state) => pair[usize::from(host == tcp_core::net::HostId::Server)] == state,
        Goal::Pair(goal) => pair == goal,
        Goal::Row(_) => true,
    };
    if is_there { Ok(session) } else { Err(format!("it ends at {pair:?}")) }
}

/// The same way with the moment at which it ends; `None` if it does not lead there.
pub fn timed(mut way: Way, profile: ProfileName) -> Option<Way> {
    if way.steps.iter().any(forges) {
        return None;
    }
    way.ends = played(&way, profile).ok()?.lab().now();
    let last = way.steps.last().map_or(Instant::START, |step| step.at);
    (last <= way.ends).then_some(way)
}

/// The ways that the program has.
pub fn known(profile: ProfileName) -> Ways {
    Goal::all().filter_map(|goal| Some((goal, Way::to(goal, profile)?))).collect()
}

/// The ways of the scenes: each goal that one of them passes, with the lines up to there.
pub fn of_scenes(profile: ProfileName) -> Ways {
    let mut ways = Ways::new();
    for Scene { id, recording, .. } in built_in() {
        let id: &'static str = Box::leak(id.into_boxed_str());
        take(&mut ways, harvest(&recording.steps, Some(id), profile));
    }
    ways
}

/// Looks for the ways in a profile, with what is known already.
pub fn find(profile: ProfileName, bounds: Bounds, also: &[Ways]) -> Ways {
    let mut ways = of_scenes(profile);
    for ways_known in also {
        let valid = ways_known.values().filter_map(|way| timed(way.clone(), profile));
        take(&mut ways, valid.collect());
    }
    let recordings = STORIES.iter().map(|(_, play)| play().session().recording().steps);
    for steps in recordings.chain(soak::scripts()) {
        take(&mut ways, harvest(&steps, None, profile));
    }
    for acts in [Acts::OfPrograms, Acts::All] {
        take(&mut ways, search::search(profile, Bounds { acts, ..bounds }));
    }
    let mut shortest: Ways =
        ways.into_values().map(|way| reduce::shorter(way, profile)).map(|way| (way.goal, way)).collect();
    let mirrored = shortest.values().filter_map(|way| timed(mirror::mirrored(way)?, profile)).collect();
    take(&mut shortest, mirrored);
    let further = search::beyond(
        profile,
        &shortest,
        Bounds {
            lines: bounds.lines,
            situations: bounds.situations.min(Bounds::BEYOND.situations),
            ..Bounds::BEYOND
        },
    );
    take(&mut shortest, further.into_iter().map(|way| reduce::shorter(way, profile)).collect());
    shortest
}

/// Keeps what is best.
fn take(ways: &mut Ways, found: Vec<Way>) {
    for way in found {
        match ways.get_mut(&way.goal) {
            Some(best) if cost(best) <= cost(&way) => {}
            Some(best) => *best = way,
            None => _ = ways.insert(way.goal, way),
        }
    }
}

/// A line that forges a segment: by such lines each end could be brought anywhere by itself, so no way has one.
fn forges(step: &Step) -> bool {
    use tcp_course::Action::{Enter, Input};
    matches!(&step.action, Enter { line, .. } | Input { line, .. } if line.contains("send-segment"))
}

/// Whether a line only prepares: nothing is sent for it, so it can be typed before a way begins.
fn prepares(step: &Step) -> bool {
    use tcp_course::Action::{Enter, Input};
    let (Enter { line, .. } | Input { line, .. }) = &step.action else { return false };
    let calls = [" socket", " reuseaddr", " bind ", " listen ", " accept "];
    line == "app"
        || line.starts_with("nc -l")
        || line.starts_with("delay ")
        || calls.iter().any(|call| line.contains(call))
}
