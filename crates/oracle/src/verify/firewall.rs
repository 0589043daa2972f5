//! The output of iptables.

use super::tolerance::{MOMENT, POLL_MS};
use super::verdict::{Aspect, Verdict, seconds};
use crate::outcome::{Listing, Outcome};
use std::collections::BTreeSet;
use tcp_course::Line;

/// Each command of a step prints the same; every polled listing also appears in the replay within the tolerance.
pub(super) fn firewall(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Firewall);
    let (of_trace, polls) = asked(trace);
    let (of_replay, _) = asked(replay);
    verdict.equal("commands", &of_trace.len(), &of_replay.len());
    for (one, other) in of_trace.iter().zip(&of_replay) {
        let name = format!("{} `{}` at {}", one.host, one.cmd, seconds(one.t_ms));
        verdict.equal(&name, &shown(one), &shown(other));
    }
    for listing in polls {
        verdict.note(polled(listing, replay));
    }
    verdict
}

/// Listings that steps asked for, and the others. The listing of a step is the nearest one by the same command.
fn asked(outcome: &Outcome) -> (Vec<&Listing>, Vec<&Listing>) {
    let all = || outcome.iptables.iter().enumerate();
    let of_step = |step: &Line| {
        let same = |listing: &Listing| {
            Some(&listing.cmd) == step.cmd.as_ref() && Some(&listing.host) == step.host.as_ref()
        };
        let distance = |listing: &Listing| (listing.t_ms - step.t_ms.as_f64()).abs();
        let nearest = all().filter(|(_, listing)| same(listing));
        nearest.min_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other))).map(|(at, _)| at)
    };
    let of_steps: BTreeSet<usize> = outcome.steps.iter().filter_map(of_step).collect();
    let those = |wanted: bool| {
        all().filter(|(at, _)| of_steps.contains(at) == wanted).map(|(_, listing)| listing).collect()
    };
    (those(true), those(false))
}
/// A listing without the counters of the policy, which count other traffic.
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

/// Looks for the same listing of the chain in the replay, at a moment that the recorder may have seen.
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
