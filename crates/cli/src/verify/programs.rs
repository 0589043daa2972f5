//! What programs and commands printed, and how they ended.

use super::compare::{Aspect, Verdict, seconds};
use super::tolerance::MOMENT;
use crate::outcome::{Outcome, ProcessSeen, Step};

/// The same texts and exit codes; the end at the same time.
pub(super) fn programs(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Programs);
    for one in &trace.processes {
        let name = format!("{} `{}`", one.id, one.cmd);
        let Some(other) = replay.processes.iter().find(|other| other.id == one.id) else {
            verdict.note(Some(format!("{name}: not in the replay")));
            continue;
        };
        for stream in ["stdout", "stderr"] {
            verdict.equal(&format!("{name}: {stream}"), &written(one, stream), &written(other, stream));
        }
        verdict.equal(&format!("{name}: exit code"), &one.exit_code, &other.exit_code);
        verdict.equal(&format!("{name}: signal"), &one.signal, &other.signal);
        verdict.note(ends_apart(one, other).map(|why| format!("{name}: {why}")));
    }
    for other in replay.processes.iter().filter(|other| !trace.processes.iter().any(|one| one.id == other.id)) {
        verdict.note(Some(format!("{} `{}`: not in the trace", other.id, other.cmd)));
    }
    for (at, (one, other)) in trace.steps.iter().zip(&replay.steps).enumerate() {
        command(&mut verdict, at, one, other);
    }
    verdict
}

fn written(process: &ProcessSeen, stream: &str) -> String {
    process.output.iter().filter(|piece| piece.stream == stream).map(|piece| piece.text.as_str()).collect()
}

fn ends_apart(one: &ProcessSeen, other: &ProcessSeen) -> Option<String> {
    let (Some(here), Some(there)) = (one.exit_ms, other.exit_ms) else { return None };
    let last = one.output.iter().map(|piece| piece.t_ms).chain(one.stdin.iter().map(|typed| typed.t_ms));
    let last = last.filter(|at| *at < here).fold(one.start_ms, f64::max);
    let allowed = MOMENT.over(here - last);
    let apart = (here - there).abs() > allowed;
    apart.then(|| format!("ends at {} in the trace, {} in the replay", seconds(here), seconds(there)))
}

/// A command that was over at once. What iptables printed is compared with the firewall.
fn command(verdict: &mut Verdict, at: usize, one: &Step, other: &Step) {
    let cmd = one.cmd.as_deref().unwrap_or_default();
    let name = |what: &str| format!("steps[{at}] `{cmd}`: {what}");
    if let Some(code) = one.exit_code {
        verdict.equal(&name("exit code"), &Some(code), &other.exit_code);
    }
    if cmd.starts_with("iptables") {
        return;
    }
    for (what, one, other) in [("stdout", &one.stdout, &other.stdout), ("stderr", &one.stderr, &other.stderr)] {
        let (Some(one), other) = (one, other.clone().unwrap_or_default()) else { continue };
        let difference = super::rows::texts_differ(one, &other);
        verdict.note(difference.map(|why| format!("{}: {why}", name(what))));
    }
}
