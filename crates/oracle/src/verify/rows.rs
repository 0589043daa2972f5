//! The rows of netstat and ss.
//!
//! A row of the trace agrees if the replay showed the same row, to the blank, at some moment within the tolerance of
//! the sample's time: its queues, ends, state, timer, retransmissions and probes; the time left on the timer must be
//! one that it had within that time. This holds alike for samples that were asked for (`step`) and for those that the
//! recorder took by itself (`change`, `periodic`). A row that the replay showed all that time must be in the trace.
//! What the recorder saw for less than [`BRIEF_MS`] may be missing. A `change` sample was taken within milliseconds of
//! the change, when a program was just about to accept or to read: its queues and holder are not compared.
//!
//! For `ss`, the columns are compared, but not the blanks between them: their width depends on the other rows. Steps
//! that have their whole output in the file are compared to the blank.

use super::tolerance::{BRIEF_MS, MOMENT, TIMER_MS};
use super::verdict::{Aspect, Verdict, seconds, states_of};
use crate::outcome::{Outcome, Sample};
use std::collections::BTreeMap;

/// The same rows are shown at about the same time.
pub(super) fn rows(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Rows);
    for host in ["client", "server"] {
        for tool in [NETSTAT, SS] {
            let seen = history(trace, host, tool);
            let shown = history(replay, host, tool);
            for at in 0..seen.len() {
                one_sample(&mut verdict, trace, host, &seen, at, &shown);
            }
        }
    }
    verdict
}

/// Letters of a program's name that netstat always shows: 19 less the slash and the longest number, of seven digits.
const SHOWN_OF_A_NAME: usize = 11;

/// A program that prints the sampled rows.
#[derive(Clone, Copy)]
struct Tool {
    lines: fn(&Sample) -> &[String],
    row: fn(&str) -> Row,
}

const NETSTAT: Tool = Tool { lines: |sample| &sample.netstat_nato, row: netstat_row };
const SS: Tool = Tool { lines: |sample| &sample.ss_tanoe, row: ss_row };

/// A row, split into its parts.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// The two ends of the connection, as trajectories name them from this host.
    ends: (String, String),
    /// Everything but the time left on the timer and the numbers that a kernel assigns.
    text: String,
    /// The same as `text`, without the queues and the holder.
    rough: String,
    /// The time left on the timer and the precision with which it is written, in milliseconds.
    left: Option<(f64, f64)>,
}

/// Rows that are shown from one moment until the next sample.
struct Shown {
    from: f64,
    until: f64,
    /// Whether no program may be about to act.
    settled: bool,
    rows: Vec<Row>,
}

fn history(outcome: &Outcome, host: &str, tool: Tool) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for sample in outcome.samples.iter().filter(|sample| sample.host == host) {
        if let Some(last) = all.last_mut() {
            last.until = sample.t_ms;
        }
        // netstat writes a timer with more digits than ss.
        let exact: BTreeMap<_, _> =
            sample.netstat_nato.iter().map(|row| netstat_row(row)).map(|row| (row.ends, row.left)).collect();
        let settled = sample.why != "change";
        let rows = (tool.lines)(sample).iter().map(|line| (tool.row)(line));
        let rows = rows.map(|mut row| {
            if let (Some((ms, _)), Some(Some((exact, _)))) = (row.left, exact.get(&row.ends))
                && let Some((_, step)) = row.left
                && (ms - exact).abs() <= step + TIMER_MS
            {
                row.left = Some((*exact, step));
            }
            row
        });
        all.push(Shown { from: sample.t_ms, until: f64::INFINITY, settled, rows: rows.collect() });
    }
    all
}

fn one_sample(
    verdict: &mut Verdict,
    trace: &Outcome,
    host: &str,
    seen: &[Shown],
    at: usize,
    shown: &[Shown],
) {
    let Some(sample) = seen.get(at) else { return };
    let next = seen.get(at + 1).filter(|next| next.from - sample.from < BRIEF_MS);
    for row in &sample.rows {
        let allowed = allowance(trace, host, &row.ends, sample.from);
        let (from, to) = (sample.from - allowed, sample.from + allowed);
        let brief = next.is_some_and(|next| !next.rows.iter().any(|other| other.text == row.text));
        let found = shown.iter().filter(|one| one.from <= to && one.until >= from).any(|one| {
            let timer = |other: &Row| {
                timers_agree(row.left, other.left, one.from, one.until.min(to), one.from.max(from))
            };
            let same =
                |other: &Row| if sample.settled { other.text == row.text } else { other.rough == row.rough };
            one.rows.iter().any(|other| same(other) && timer(other))
        });
        verdict.note((!found && !brief).then(|| {
            let there = shown.iter().rfind(|one| one.from <= sample.from);
            let same = there.and_then(|one| {
                one.rows.iter().find(|other| other.ends == row.ends).map(|other| (other, one.from))
            });
            let instead =
                same.map_or("no such row".to_owned(), |(other, from)| described(other, sample.from - from));
            format!("{host} at {}: trace `{}`, replay `{instead}`", seconds(sample.from), described(row, 0.0))
        }));
    }
    for row in shown.iter().rfind(|one| one.from <= sample.from).map_or(&[][..], |one| &one.rows) {
        let allowed = allowance(trace, host, &row.ends, sample.from);
        let (from, to) = (sample.from - allowed, sample.from + allowed);
        let always = shown.iter().filter(|one| one.from <= to && one.until > from);
        let lasting = always.clone().all(|one| one.rows.iter().any(|other| other.ends == row.ends))
            && shown.first().is_some_and(|first| first.from <= from);
        let there = sample.rows.iter().any(|other| other.ends == row.ends);
        let brief = next.is_some_and(|next| next.rows.iter().any(|other| other.ends == row.ends));
        verdict.note((lasting && !there && !brief).then(|| {
            format!("{host} at {}: only in the replay: `{}`", seconds(sample.from), described(row, 0.0))
        }));
    }
}

/// The allowed difference in time for a row: that of the change that made it, or that of a change at `at`, whichever is
/// larger.
fn allowance(trace: &Outcome, host: &str, (local, foreign): &(String, String), at: f64) -> f64 {
    let listener = states_of(trace, host, &format!("LISTEN {local}"));
    let (client, server) = if host == "server" { (foreign, local) } else { (local, foreign) };
    let states = states_of(trace, host, &format!("{client} - {server}"));
    let all = if foreign.ends_with(":*") { listener } else { states };
    let made = all.iter().map(|(t, _)| *t).take_while(|t| *t <= at).last();
    made.map_or(MOMENT.ms, |made| MOMENT.over(at - made).max(super::verdict::allowance(all, made)))
}

/// Whether a timer that had `replay` left at `set` had `trace` left at some moment between `from` and `to`.
fn timers_agree(trace: Option<(f64, f64)>, replay: Option<(f64, f64)>, set: f64, to: f64, from: f64) -> bool {
    let (Some((trace, step)), Some((replay, _))) = (trace, replay) else {
        return trace.is_none() == replay.is_none();
    };
    let most = replay - (from - set) + TIMER_MS;
    let least = (replay - (to - set)).max(0.0) - TIMER_MS;
    trace + step >= least && trace <= most
}

fn described(row: &Row, passed: f64) -> String {
    let left = row.left.map(|(left, _)| format!(", {} left", seconds(left - passed)));
    format!("{}{}", row.text, left.unwrap_or_default())
}

/// Reads a row of netstat: `… STATE      on (0.98/0/0)`.
fn netstat_row(line: &str) -> Row {
    let words: Vec<&str> = line.split_whitespace().collect();
    let end = |at: usize| words.get(at).copied().unwrap_or_default().to_owned();
    let ends = (end(3), end(4));
    let timer = line.rsplit_once(" (").and_then(|(before, rest)| {
        let (left, counts) = rest.split_once('/')?;
        Some((format!("{before} (-/{counts}"), left.parse::<f64>().ok()? * 1000.0))
    });
    match timer {
        Some((text, left)) if !text.contains(" off (") => {
            Row { ends, rough: rough(&text), text, left: Some((left, 10.0)) }
        }
        Some((text, _)) => Row { ends, rough: rough(&text), text, left: None },
        None => Row { ends, rough: rough(line), text: line.to_owned(), left: None },
    }
}

/// A row without its queues (the second and third word) and its holder.
fn rough(row: &str) -> String {
    let words = row.split_whitespace().enumerate();
    let kept = words.filter(|(at, word)| !(1..=2).contains(at) && !word.starts_with("ino:"));
    kept.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

/// Reads a row of ss: `ESTAB 0 0 LOCAL PEER timer:(on,980ms,0) ino:1 sk:2 <->`.
fn ss_row(line: &str) -> Row {
    let words: Vec<&str> = line.split_whitespace().collect();
    let end = |at: usize| words.get(at).copied().unwrap_or_default().to_owned();
    let mut left = None;
    let word = |word: &&str| match timer_word(word) {
        Some((kind, rest, count)) => {
            left = Some(rest);
            format!("timer:({kind},-,{count})")
        }
        None => unnumbered(word),
    };
    let text = words.iter().map(word).collect::<Vec<_>>().join(" ");
    Row { ends: (end(3), end(4)), rough: rough(&text), text, left }
}

/// Reads the timer of ss, `timer:(on,980ms,0)`: kind, milliseconds left with their precision, count.
fn timer_word(word: &str) -> Option<(&str, (f64, f64), &str)> {
    let inside = word.strip_prefix("timer:(")?.strip_suffix(')')?;
    let mut parts = inside.split(',');
    let (kind, left, count) = (parts.next()?, parts.next()?, parts.next()?);
    let (minutes, rest) =
        left.split_once("min").map_or((0.0, left), |(m, rest)| (m.parse().unwrap_or(0.0), rest));
    // `1.204ms` means 1.204 s.
    let (ms, step) = match (rest.strip_suffix("sec"), rest.strip_suffix("ms")) {
        (Some(seconds), _) => (seconds.parse::<f64>().ok()? * 1000.0, 1000.0),
        (_, Some(part)) if part.contains('.') => (part.parse::<f64>().ok()? * 1000.0, 1.0),
        (_, Some(part)) => (part.parse().ok()?, 1.0),
        _ => (0.0, 60_000.0),
    };
    let step = if minutes > 9.0 { 60_000.0 } else { step };
    Some((kind, (minutes * 60_000.0 + ms, step), count))
}

/// A word without the numbers that a kernel assigns to a file, a socket or a process.
fn unnumbered(word: &str) -> String {
    let number = |prefix: &str| word.strip_prefix(prefix).filter(|rest| !rest.is_empty());
    if let Some(rest) = number("ino:") {
        // 0 means that there is no file any more.
        return if rest == "0" { word.to_owned() } else { "ino:#".to_owned() };
    }
    if number("sk:").is_some() {
        return "sk:#".to_owned();
    }
    match (word.split_once("pid="), word.split_once('/')) {
        (Some((before, after)), _) => {
            // The recorder starts `nc` as the file `nc.openbsd`, whose name ss shows.
            let before = before.replace("\"nc.openbsd\"", "\"nc\"");
            format!("{before}pid=#{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        (None, Some((pid, name))) if !pid.is_empty() && pid.bytes().all(|b| b.is_ascii_digit()) => {
            // netstat cuts number and name together after 19 letters, so that a longer number leaves less of the name.
            let name: String = name.chars().take(SHOWN_OF_A_NAME).collect();
            format!("#/{name}")
        }
        _ => word.to_owned(),
    }
}

/// Compares the output of a command, to the blank. Lines with a kernel's numbers or with timers are compared word by
/// word without them. Returns the difference, if there is one.
pub(super) fn texts_differ(trace: &str, replay: &str) -> Option<String> {
    if trace == replay {
        return None;
    }
    let numbered = trace.contains("ino:")
        || trace.contains("timer:(")
        || trace.contains("Timer")
        || trace.contains("PID/")
        || trace.contains("pid=")
        || trace.contains("Inode");
    let inode = trace.lines().nth(1).is_some_and(|heading| heading.contains("Inode"));
    let plain = |line: &str| if numbered { reduced(line, inode) } else { line.to_owned() };
    let (mut one, mut other): (Vec<String>, Vec<String>) =
        (trace.lines().map(plain).collect(), replay.lines().map(plain).collect());
    if trace.contains(" Local Address") || trace.starts_with("tcp ") {
        // A kernel lists connections in the order of a hash with a secret key.
        one.sort();
        other.sort();
    }
    let first = one.iter().zip(&other).find(|(one, other)| one != other);
    match first {
        Some((one, other)) => Some(format!("trace `{one}`, replay `{other}`")),
        None if one.len() != other.len() => {
            Some(format!("trace has {} lines, replay {}", one.len(), other.len()))
        }
        None => None,
    }
}

fn reduced(line: &str, inode: bool) -> String {
    let row = if line.contains("timer:(") { ss_row(line) } else { netstat_row(line) };
    let words = row.text.split_whitespace().enumerate();
    let word = |(at, word): (usize, &str)| {
        if inode && at == 7 && word != "0" { "#".to_owned() } else { unnumbered(word) }
    };
    words.map(word).collect::<Vec<_>>().join(" ")
}
