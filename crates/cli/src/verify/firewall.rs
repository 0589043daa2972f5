//! What iptables printed.

use super::compare::{Aspect, Verdict, seconds};
use super::tolerance::{MOMENT, POLL_MS};
use crate::outcome::{Listing, Outcome};

/// Each command of a step prints the same; each listing in between was to be had in the replay at about that time.
pub(super) fn firewall(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Firewall);
    let asked = |outcome: &Outcome, listing: &Listing| {
        // A step stands in the file with the time at which the recorder began it.
        outcome
            .steps
            .iter()
            .any(|step| step.cmd.as_ref() == Some(&listing.cmd) && (step.t_ms - listing.t_ms).abs() < SAME_MS)
    };
    let of_steps = |outcome: &'_ Outcome| -> Vec<Listing> {
        outcome.iptables.iter().filter(|listing| asked(outcome, listing)).cloned().collect()
    };
    let (one, other) = (of_steps(trace), of_steps(replay));
    verdict.equal("commands", &one.len(), &other.len());
    for (one, other) in one.iter().zip(&other) {
        let name = format!("{} `{}` at {}", one.host, one.cmd, seconds(one.t_ms));
        verdict.equal(&name, &shown(one), &shown(other));
    }
    for listing in trace.iptables.iter().filter(|listing| !asked(trace, listing)) {
        verdict.note(polled(listing, replay));
    }
    verdict
}

/// The time of a step and of its output agree that well.
const SAME_MS: f64 = 1.0;

/// A listing without the counters of the policy: they count what other traffic passed.
fn shown(listing: &Listing) -> (String, &str, i32) {
    (without_policy_counters(&listing.stdout), &listing.stderr, listing.exit_code)
}

fn without_policy_counters(text: &str) -> String {
    let line = |line: &str| match (line.starts_with("Chain "), line.split_once(" packets,")) {
        (true, Some((before, _))) => {
            let policy = before.rsplit_once(' ').map_or(before, |(policy, _)| policy);
            format!("{policy})\n")
        }
        _ => format!("{}\n", line.trim_end()),
    };
    text.lines().map(line).collect()
}

/// The replay's listing of that chain was the same at some moment that the recorder may have seen.
fn polled(one: &Listing, replay: &Outcome) -> Option<String> {
    let same_chain = |other: &&Listing| other.host == one.host && other.cmd == one.cmd;
    let all: Vec<&Listing> = replay.iptables.iter().filter(same_chain).collect();
    let since = all.iter().map(|other| other.t_ms).rfind(|t| *t < one.t_ms);
    let allowed = MOMENT.over(since.map_or(0.0, |since| one.t_ms - since));
    let (from, to) = (one.t_ms - POLL_MS - allowed, one.t_ms + allowed);
    let held = all.iter().enumerate().filter(|(at, other)| {
        let until = all.get(at + 1).map_or(f64::INFINITY, |next| next.t_ms);
        other.t_ms <= to && until >= from
    });
    let held: Vec<&Listing> = held.map(|(_, other)| *other).collect();
    let found = held.iter().any(|other| shown(other) == shown(one));
    (!found).then(|| {
        let last = held.last().map_or("no listing", |other| other.stdout.as_str());
        format!("{} at {}: trace {:?}, replay {last:?}", one.host, seconds(one.t_ms), one.stdout)
    })
}
