//! How long a program takes from its start to its first call, on a machine that records traces.
//!
//! Programs here begin at once. In a trace their libraries are loaded and their interpreter starts first, so that what
//! a step types meanwhile waits. This happens to the steps of a trace only.

use std::collections::BTreeMap;
use std::time::Duration;
use tcp_core::Instant;
use tcp_course::{Recording, StepAction};

/// By program, the time to the first call, half-way between the quickest and the slowest of 65 traces: `app`, a
/// script, took 82 to 351 ms; `ncat` 8 to 272 ms. All others were there after some milliseconds.
const STARTUPS: [(&str, Duration); 2] =
    [("app", Duration::from_millis(215)), ("ncat", Duration::from_millis(135))];

/// The steps by number, each with the time at which it takes effect.
pub(super) fn in_order(recording: &Recording, recorded: bool) -> Vec<(usize, Instant)> {
    let mut ready: BTreeMap<&str, Instant> = BTreeMap::new();
    let mut steps = Vec::new();
    for (number, step) in recording.steps.iter().enumerate() {
        let at = match &step.action {
            StepAction::Start { id, cmd, .. } if recorded => {
                let program = cmd.split_whitespace().next().unwrap_or_default();
                let startup = STARTUPS.iter().find(|(name, _)| *name == program);
                let at = step.at + startup.map_or(Duration::ZERO, |(_, span)| *span);
                ready.insert(id, at);
                at
            }
            StepAction::Type { id, .. } | StepAction::CtrlD { id, .. } | StepAction::Signal { id, .. } => {
                ready.get(id.as_str()).map_or(step.at, |ready| step.at.max(*ready))
            }
            _ => step.at,
        };
        steps.push((number, at));
    }
    // Stable: what was typed into one program stays in its order.
    steps.sort_by_key(|(_, at)| *at);
    steps
}
