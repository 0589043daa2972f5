//! Circumstances of the recording machine that no step mentions: a pass over the recording before it is played.
//!
//! Programs here begin at once. In a trace, their libraries are loaded and their interpreter starts first, and what a
//! step types meanwhile waits. Only the steps of a trace are delayed in this way. Constants that a trace lists and that
//! cannot be set here must have the value that the engine assumes.

use super::Outcome;
use super::startup::Openings;
use std::collections::BTreeMap;
use std::time::Duration;
use tcp_core::Instant;
use tcp_course::{Action, Recording, Refused, Step, Sysctl};

/// Time until a program's first call if the trace does not show it ([`Openings`]), half-way between the quickest and the
/// slowest of 65 traces: `app`, a script, took 82 to 351 ms; `ncat` 8 to 272 ms. All others were ready after a few
/// milliseconds.
const STARTUPS: [(&str, Duration); 2] =
    [("app", Duration::from_millis(215)), ("ncat", Duration::from_millis(135))];

/// Time that a relay takes for a packet beside its delay: the median of 838 packets of random scenarios. Unlike over a veth
/// pair, a program that waits for its connection acts meanwhile (v212); and a round trip of 12 ms is never over within
/// three ticks of the kernel, which the doublings of a timeout show (random seed 301, scenarios 53 and 74).
const RELAY: Duration = Duration::from_micros(220);

/// Constants that cannot be set here, with the values under which a kernel behaves as the engine does.
const FIXED: [(&str, &[&str]); 5] = [
    // Only causes a search for another route.
    ("net.ipv4.tcp_retries1", &["*"]),
    ("net.ipv4.tcp_congestion_control", &["reno"]),
    ("net.ipv4.tcp_max_tw_buckets", &["*"]),
    // 2 means: if the peer asks for it, and no peer does.
    ("net.ipv4.tcp_ecn", &["0", "2"]),
    ("net.ipv4.tcp_rfc1337", &["0"]),
];

/// The recording as it took effect on the recording machine, and the number of each step in its file.
pub(super) fn applied(recording: &Recording, file: &Outcome) -> Result<(Recording, Vec<usize>), Refused> {
    let (steps, numbers) = started(recording, file).into_iter().unzip();
    let sysctls = settable(&recording.sysctls)?;
    let mut delays = recording.delays.clone();
    if file.link.as_str().is_some_and(|link| link.starts_with("relay")) && !file.recorded_on.is_empty() {
        delays.iter_mut().for_each(|(_, delay)| *delay += RELAY);
    }
    Ok((Recording { delays, steps, sysctls, ..recording.clone() }, numbers))
}

/// The steps at the times at which they take effect, each with its number.
fn started(recording: &Recording, file: &Outcome) -> Vec<(Step, usize)> {
    let recorded = !file.recorded_on.is_empty();
    let mut openings = Openings::of(file);
    let mut ready: BTreeMap<&str, Instant> = BTreeMap::new();
    let mut steps = Vec::new();
    for (number, step) in recording.steps.iter().enumerate() {
        let at = match &step.action {
            Action::Start { host, id, cmd } if recorded => {
                let program = cmd.split_whitespace().next().unwrap_or_default();
                let begun = step.at.as_millis_f64();
                let shown = match program {
                    "app" => openings.answered(id, begun),
                    _ => openings.startup(host.word(), id, cmd, begun),
                };
                let usual = STARTUPS.iter().find(|(name, _)| *name == program);
                let at = step.at + shown.or(usual.map(|(_, span)| *span)).unwrap_or_default();
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
    // The sort is stable: what was typed into one program keeps its order.
    steps.sort_by_key(|(step, _)| step.at);
    steps
}

/// The constants that can be set here. Fails if one of the others has a value that the engine does not assume.
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use tcp_core::net::HostId;
    use tcp_core::tcp::ProfileName;

    #[test]
    fn a_relay_takes_longer_than_its_delay() {
        let six = Duration::from_millis(6);
        let delays = vec![(HostId::Client, six)];
        let recording = Recording { delays, ..Recording::new(ProfileName::Linux, 0) };
        let recorded_on = [("kernel".to_owned(), "Linux".to_owned())].into();
        let mut file = Outcome { link: json!("relay, 6 ms each way"), recorded_on, ..Outcome::default() };
        let delay = |file: &Outcome| applied(&recording, file).map(|(applied, _)| applied.delays[0].1).ok();
        assert_eq!(delay(&file), Some(six + RELAY));
        file.link = json!({"client": 6});
        assert_eq!(delay(&file), Some(six), "a recording of our own has no relay");
    }
}
