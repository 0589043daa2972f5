//! A slow grader: it plays every fault of a level from the beginning, each way once more, without forks and without leaving
//! one out early, looks at each tenth of a second at what the page would show, and compares all of it.

use std::collections::BTreeSet;
use std::time::Duration;
use tcp_core::Instant;
use tcp_course::Action;
use tcp_lessons::puzzle::{Claim, Hides, Level, Puzzle};
use tcp_scene::Seat;

pub(crate) const TENTH: Duration = Duration::from_millis(100);

/// A line, and when it is typed.
pub(crate) type Typed = (Instant, Action);

/// What is typed from the beginning, and for how long all is watched.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) lines: Vec<Typed>,
    pub(crate) until: Instant,
}

/// What one place shows, each time it changes.
type Shown = Vec<(Instant, String)>;

/// Everything that could be seen on a way: netstat on both hosts, and the terminals.
fn sight(level: Level, fault: usize, lines: &[Typed], until: Instant) -> Vec<Shown> {
    let mut puzzle = Puzzle::alone(level, level.faults().swap_remove(fault));
    let mut shown: Vec<Shown> = vec![Vec::new(); 8];
    let mut lengths = [0; 6];
    let mut lines = lines.iter().peekable();
    loop {
        let seat = puzzle.seat();
        look(&seat, &mut shown, &mut lengths);
        let now = puzzle.now();
        if now >= until {
            return shown;
        }
        match lines.next_if(|(at, _)| *at <= now) {
            Some((_, action)) => puzzle.act(action.clone()),
            None => puzzle.pass(now + TENTH),
        }
    }
}

fn look(seat: &Seat, shown: &mut [Shown], lengths: &mut [usize; 6]) {
    for (place, host) in seat.hosts.iter().enumerate() {
        let row = |row: &tcp_scene::SeatRow| {
            format!(
                "{} {} {} {} {}",
                row.recv_q,
                row.send_q,
                drawn(&row.local),
                drawn(&row.foreign),
                row.state
            )
        };
        let rows: Vec<String> = host.rows.iter().map(row).collect();
        let rows = rows.join("\n");
        if shown[place].last().is_none_or(|(_, last)| *last != rows) {
            shown[place].push((seat.now, rows));
        }
    }
    for (number, terminal) in seat.terminals.iter().enumerate() {
        let printed: String = terminal.lines.iter().map(|line| format!("{}\n", line.text())).collect();
        let new = printed.get(lengths[number]..).unwrap_or_default();
        if !new.is_empty() {
            shown[2 + number].push((seat.now, drawn(new)));
        }
        lengths[number] = printed.len();
    }
}

/// Without numbers that are drawn.
fn drawn(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        out += if digits.len() >= 5 { "#" } else { digits };
        out += &word[digits.len()..];
    }
    out
}

fn tolerance(at: Instant) -> Duration {
    (at.since(Instant::START) / 20).max(Duration::from_millis(200))
}

/// Whether the fault could have been seen where `seen` was seen until then. It is watched for longer, as if nobody had done
/// anything more.
fn agrees(level: Level, fault: usize, way: &Way, seen: &[Shown]) -> bool {
    let later = way.until + tolerance(way.until) + TENTH;
    let other = sight(level, fault, &way.lines, later);
    seen.iter().zip(&other).enumerate().all(|(place, (seen, other))| {
        let known = seen.iter().zip(other).enumerate().all(|(number, ((one, a), (two, b)))| {
            let (early, late) = ((*one).min(*two), (*one).max(*two));
            let near = late.since(early) <= tolerance(early);
            near && (a == b || (one == two && listed(level, fault, way, place, number, *one).contains(a)))
        });
        // What was not seen may still come.
        let more = other.get(seen.len()).is_none_or(|(at, _)| *at + tolerance(*at) > way.until);
        known && other.len() >= seen.len() && more
    })
}

/// What the line that printed this would have printed up to a fifth of a second earlier or later.
fn listed(level: Level, fault: usize, way: &Way, place: usize, number: usize, at: Instant) -> Vec<String> {
    let in_it = |action: &Action| match action {
        Action::Enter { terminal, .. } | Action::Interrupt { terminal } => {
            place >= 2 && *terminal == Seat::TERMINALS[place - 2]
        }
        _ => false,
    };
    let line = way.lines.iter().position(|(typed, action)| *typed + TENTH == at && in_it(action));
    let Some(line) = line else { return Vec::new() };
    let (typed, action) = &way.lines[line];
    let least = line.checked_sub(1).map_or(Instant::START, |before| way.lines[before].0 + TENTH);
    let tenths = |at: Instant| at.as_micros() / 100_000;
    let times = tenths(*typed).saturating_sub(2).max(tenths(least))..=tenths(*typed) + 2;
    let shown = times.filter_map(|tenths| {
        let at = Instant::from_millis(100 * tenths);
        let mut lines = way.lines[..line].to_vec();
        lines.push((at, action.clone()));
        sight(level, fault, &lines, at + TENTH)[place].get(number).map(|(_, text)| text.clone())
    });
    shown.collect()
}

/// The faults that fit all that was seen on these ways.
pub(crate) fn left(level: Level, truth: usize, ways: &[Way]) -> BTreeSet<usize> {
    let mut left: BTreeSet<usize> = (0..level.faults().len()).collect();
    for way in ways {
        let seen = sight(level, truth, &way.lines, way.until);
        left.retain(|fault| agrees(level, *fault, way, &seen));
    }
    left
}

/// What may be said by these.
pub(crate) fn claims(level: Level, faults: &BTreeSet<usize>) -> BTreeSet<Vec<Claim>> {
    let all = level.faults();
    faults.iter().map(|fault| all[*fault].claims(level)).collect()
}
