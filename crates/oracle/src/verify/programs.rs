//! The output of programs and commands, and how they ended.

use super::tolerance::MOMENT;
use super::verdict::{Aspect, Verdict, seconds};
use crate::outcome::{Outcome, ProcessSeen};
use tcp_course::Line;
use tcp_shell::tools::netstat;

/// Texts and exit codes are the same, and the ends are at the same time.
pub(super) fn programs(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Programs);
    for one in &trace.processes {
        let name = format!("{} `{}`", one.id, one.cmd);
        let Some(other) = replay.processes.iter().find(|other| other.id == one.id) else {
            verdict.note(Some(format!("{name}: not in the replay")));
            continue;
        };
        let other = &until(other, one, trace.duration_ms);
        for stream in ["stdout", "stderr"] {
            let (here, (there, spans)) = (spans(&written(one, stream)).0, spans(&written(other, stream)));
            let difference = super::rows::texts_differ(&here, &there);
            verdict.note(difference.map(|why| format!("{name}: {stream}: {why}")));
            let wrong = spans.iter().find(|span| (age(other) - **span).abs() > 10.0);
            verdict.note(
                wrong.map(|span| format!("{name}: says {} at {}", seconds(*span), seconds(age(other)))),
            );
        }
        verdict.equal(&format!("{name}: exit code"), &one.exit_code, &other.exit_code);
        verdict.equal(&format!("{name}: signal"), &one.signal, &other.signal);
        verdict.note(ends_apart(one, other).map(|why| format!("{name}: {why}")));
    }
    for other in replay.processes.iter().filter(|other| !trace.processes.iter().any(|one| one.id == other.id))
    {
        verdict.note(Some(format!("{} `{}`: not in the trace", other.id, other.cmd)));
    }
    for (at, (one, other)) in trace.steps.iter().zip(&replay.steps).enumerate() {
        command(&mut verdict, at, one, other);
    }
    verdict
}

/// The part of a process that a trace ending at `end` can have seen; all of it if it is over by then. What comes after
/// `end` is late, and counts only as far as the trace has it: `ncat` gives up ten seconds after its connect, and a trace
/// may end just before.
fn until(process: &ProcessSeen, one: &ProcessSeen, end: f64) -> ProcessSeen {
    let mut seen = process.clone();
    let late = if one.exit_ms.is_some() { end + MOMENT.ms } else { end };
    if process.exit_ms.is_none_or(|exit| exit > late) {
        (seen.exit_ms, seen.exit_code, seen.signal) = (None, None, None);
        seen.output.clear();
        for piece in &process.output {
            let is_missing = written(&seen, &piece.stream).len() < written(one, &piece.stream).len();
            if piece.t_ms <= end || (is_missing && piece.t_ms <= end + MOMENT.ms) {
                seen.output.push(piece.clone());
            }
        }
    }
    seen
}

fn written(process: &ProcessSeen, stream: &str) -> String {
    process.output.iter().filter(|piece| piece.stream == stream).map(|piece| piece.text.as_str()).collect()
}

/// A text without the time that ncat counts from its start (`received in 1.27 seconds.`), and that time in milliseconds.
///
/// How long it takes to load is a circumstance of the trace, so that the times of trace and replay differ; a replay's
/// must be that of its own clock, and the moment of the line is compared as the program's end.
fn spans(text: &str) -> (String, Vec<f64>) {
    let mut spans = Vec::new();
    let mut plain = |line: &str| {
        let (start, rest) = line.split_once(" bytes received in ")?;
        let span: f64 = rest.strip_suffix(" seconds.\n")?.parse().ok()?;
        spans.push(span * 1000.0);
        Some(format!("{start} bytes received.\n"))
    };
    let text =
        text.split_inclusive('\n').map(|line| plain(line).unwrap_or_else(|| line.to_owned())).collect();
    (text, spans)
}

/// Time from the first to the last piece that a process wrote: ncat writes its version as soon as it runs.
fn age(process: &ProcessSeen) -> f64 {
    match process.output.as_slice() {
        [first, .., last] => last.t_ms - first.t_ms,
        _ => 0.0,
    }
}

fn ends_apart(one: &ProcessSeen, other: &ProcessSeen) -> Option<String> {
    let (Some(here), Some(there)) = (one.exit_ms, other.exit_ms) else { return None };
    // What it wrote just before it ended counts as part of its end.
    let last = one.stdin.iter().map(|typed| typed.t_ms).filter(|at| *at < here).fold(one.start_ms, f64::max);
    let allowed = MOMENT.over(here - last);
    let apart = (here - there).abs() > allowed;
    apart.then(|| format!("ends at {} in the trace, {} in the replay", seconds(here), seconds(there)))
}

/// Compares a command that ended at once. The output of iptables is compared with the firewall.
fn command(verdict: &mut Verdict, at: usize, one: &Line, other: &Line) {
    let cmd = one.cmd.as_deref().unwrap_or_default();
    let name = |what: &str| format!("steps[{at}] `{cmd}`: {what}");
    if let Some(code) = one.exit_code {
        verdict.equal(&name("exit code"), &Some(code), &other.exit_code);
    }
    if cmd.starts_with("iptables") {
        return;
    }
    for (what, one, other) in [("stdout", &one.stdout, &other.stdout), ("stderr", &one.stderr, &other.stderr)]
    {
        let (Some(one), Some(other)) = (one, other) else { continue };
        let of_this: fn(&str) -> String = match cmd {
            "netstat -s" | "netstat -st" => of_counters,
            "ss -s" => of_sockets,
            _ if cmd.split(' ').next() == Some("ss") => without_other_kinds,
            _ => str::to_owned,
        };
        let (one, other) = (of_this(one), of_this(other));
        let difference = super::rows::texts_differ(&one, &other);
        verdict.note(difference.map(|why| format!("{}: {why}", name(what))));
    }
}

/// The counters of `netstat -s` that are imitated, without those that include bare ACKs. The others differ from kernel to
/// kernel.
fn of_counters(text: &str) -> String {
    text.lines().filter(|line| netstat::is_exact(line)).flat_map(|line| [line, "\n"]).collect()
}

/// What `ss` prints but the complaint of a kernel that was built without the listing of some other kind of socket.
fn without_other_kinds(text: &str) -> String {
    text.replace("RTNETLINK answers: Invalid argument\n", "")
}

/// The output of `ss -s` as far as it counts this lab's sockets: it also counts those of other families and, for the
/// whole machine, sockets that are allocated, closed or orphaned.
fn of_sockets(text: &str) -> String {
    let own = |line: &str| match line.strip_prefix("TCP:   ") {
        Some(counts) => {
            let own = counts.split(['(', ',', ')']).map(str::trim);
            let own = own.filter(|word| word.starts_with("estab ") || word.starts_with("timewait "));
            own.collect::<Vec<_>>().join(", ")
        }
        None => line.to_owned(),
    };
    text.lines().filter(|line| !line.starts_with("Total:")).map(own).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Piece;

    /// A program that writes these lines, and may end with the last.
    fn says(lines: &[(f64, &str)], code: Option<i32>) -> Outcome {
        let line = |(t_ms, text): &(f64, &str)| Piece {
            t_ms: *t_ms,
            stream: "stderr".to_owned(),
            text: format!("{text}\n"),
        };
        let process = ProcessSeen {
            output: lines.iter().map(line).collect(),
            exit_ms: lines.last().filter(|_| code.is_some()).map(|(t, _)| *t),
            exit_code: code,
            ..ProcessSeen::default()
        };
        Outcome { processes: vec![process], duration_ms: 13_181.0, ..Outcome::default() }
    }

    #[test]
    fn what_comes_just_after_the_end_of_a_trace_may_be_missing_in_it() {
        let agrees = |one: &Outcome, other: &Outcome| programs(one, other).agrees();
        let gives_up = says(&[(3266.0, "Version"), (13_266.0, "TIMEOUT")], Some(1));
        assert!(agrees(&says(&[(3204.0, "Version")], None), &gives_up));
        assert!(agrees(&says(&[(3204.0, "Version"), (13_180.0, "TIMEOUT")], Some(1)), &gives_up));
        assert!(agrees(&says(&[(3204.0, "Version"), (13_180.0, "TIMEOUT")], None), &gives_up));
        let earlier = says(&[(3180.0, "Version"), (13_180.0, "TIMEOUT")], Some(1));
        assert!(!agrees(&says(&[(3204.0, "Version")], None), &earlier), "a trace would have it");
        assert!(!agrees(&says(&[(3204.0, "Version"), (13_100.0, "other")], None), &gives_up));
    }
}
