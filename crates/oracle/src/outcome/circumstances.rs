//! What was so on the machine that recorded, and no step says: a pass over the recording before it is played.
//!
//! Programs here begin at once. In a trace their libraries are loaded and their interpreter starts first, so that what
//! a step types meanwhile waits. This happens to the steps of a trace only. Constants that a trace lists and that
//! cannot be set here are held to the value that the engine takes for granted.

use std::collections::BTreeMap;
use std::time::Duration;
use tcp_core::Instant;
use tcp_course::{Action, Recording, Refused, Step, Sysctl};

/// By program, the time to the first call, half-way between the quickest and the slowest of 65 traces: `app`, a
/// script, took 82 to 351 ms; `ncat` 8 to 272 ms. All others were there after some milliseconds.
const STARTUPS: [(&str, Duration); 2] =
    [("app", Duration::from_millis(215)), ("ncat", Duration::from_millis(135))];

/// Constants that cannot be set here, with the values under which a kernel behaves as the engine does.
const FIXED: [(&str, &[&str]); 6] = [
    // Only asks for another route.
    ("net.ipv4.tcp_retries1", &["*"]),
    // Nothing here sends so much that the window of congestion would show.
    ("net.ipv4.tcp_congestion_control", &["*"]),
    ("net.ipv4.tcp_max_tw_buckets", &["*"]),
    ("net.ipv4.tcp_sack", &["*"]),
    // 2 is: if the peer asks, and no peer does.
    ("net.ipv4.tcp_ecn", &["0", "2"]),
    ("net.ipv4.tcp_rfc1337", &["0"]),
];

/// A recording as it took effect on the machine, and the number that each step has in its file.
pub(super) fn applied(recording: &Recording, recorded: bool) -> Result<(Recording, Vec<usize>), Refused> {
    let (steps, numbers) = started(recording, recorded).into_iter().unzip();
    let sysctls = settable(&recording.sysctls)?;
    Ok((Recording { steps, sysctls, ..recording.clone() }, numbers))
}

/// The steps at the time at which they take effect, each with its number.
fn started(recording: &Recording, recorded: bool) -> Vec<(Step, usize)> {
    let mut ready: BTreeMap<&str, Instant> = BTreeMap::new();
    let mut steps = Vec::new();
    for (number, step) in recording.steps.iter().enumerate() {
        let at = match &step.action {
            Action::Start { id, cmd, .. } if recorded => {
                let program = cmd.split_whitespace().next().unwrap_or_default();
                let startup = STARTUPS.iter().find(|(name, _)| *name == program);
                let at = step.at + startup.map_or(Duration::ZERO, |(_, span)| *span);
                ready.insert(id, at);
                at
            }
            Action::Type { id, .. } | Action::CtrlD { id, .. } | Action::Signal { id, .. } => {
                ready.get(id.as_str()).map_or(step.at, |ready| step.at.max(*ready))
            }
            _ => step.at,
        };
        steps.push((Step { at, action: step.action.clone() }, number));
    }
    // Stable: what was typed into one program stays in its order.
    steps.sort_by_key(|(step, _)| step.at);
    steps
}

/// The constants without those that cannot be set here.
fn settable(sysctls: &[Sysctl]) -> Result<Vec<Sysctl>, Refused> {
    let mut settable = Vec::new();
    for sysctl in sysctls {
        match FIXED.iter().find(|(name, _)| *name == sysctl.name) {
            None => settable.push(sysctl.clone()),
            Some((_, values)) if values.iter().any(|value| *value == "*" || *value == sysctl.value) => {}
            Some(_) => {
                let Sysctl { host, name, value } = sysctl.clone();
                return Err(Refused::Sysctl { host, name, reason: format!("{value} is not imitated") });
            }
        }
    }
    Ok(settable)
}
