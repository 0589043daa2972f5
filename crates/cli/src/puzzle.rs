//! The command `tcp-states puzzle`.

use std::fmt::Write as _;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_course::{Action, Step};
use tcp_lessons::puzzle::{Hides, Level, Looked, Offer, Puzzle, Refuted, Seen};
use tcp_scene::words::puzzle::{Claim, Puzzle as Says};
use tcp_scene::words::{Message, en};

/// What is to be shown of a puzzle.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// The level.
    pub level: Level,
    /// The seed.
    pub seed: u64,
    /// What is hidden is shown, too.
    pub solve: bool,
}

/// How long netstat is watched.
const WATCH: Instant = Instant::from_millis(20_000);

/// The levels with what they hide and offer.
pub fn levels() -> String {
    let mut text = String::new();
    for level in Level::ALL {
        let (faults, offers) = (level.faults().len(), level.offers().len());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:13} {faults:3} faults, {offers} looks beside netstat", level.key());
    }
    text
}

/// A puzzle: what netstat shows in the first 20 seconds and what else may be looked at; or with its solution.
pub fn puzzle(options: &Options) -> String {
    let mut puzzle = Puzzle::new(options.level, options.seed);
    puzzle.pass(WATCH);
    let mut text = String::new();
    for seen in puzzle.seen() {
        shown(&mut text, &seen);
    }
    let fits = puzzle.fits().len();
    let _ = writeln!(text, "{fits} of the {} answers of this level fit", answers(options.level));
    for offer in options.level.offers() {
        let _ = writeln!(text, "look: {}", look(offer));
    }
    if options.solve {
        for step in puzzle.opened().recording().steps {
            hidden(&mut text, &step);
        }
        puzzle.give_up();
        if let Some(over) = puzzle.over() {
            let truth: Vec<Claim> = over.truth.iter().map(|part| part.in_full()).collect();
            let _ = writeln!(text, "{}", says(Says::Truth(truth.clone())));
            let _ = writeln!(text, "{}", says(Says::OnYourMachine(truth)));
            let _ = writeln!(text, "par is {}", over.par);
            for offer in over.plan.iter().filter_map(|offer| options.level.offers().get(*offer)) {
                let _ = writeln!(text, "a short way: {}", look(offer));
            }
        }
        for refuted in puzzle.excluded() {
            not(&mut text, &refuted);
        }
    }
    text
}

/// How many different answers name what is wrong at a level.
fn answers(level: Level) -> usize {
    let mut answers: Vec<_> = level.faults().iter().map(|fault| fault.claims(level)).collect();
    answers.order();
    answers.dedup();
    answers.len()
}

fn says(says: Says) -> String {
    en::say(&Message::Puzzle(says))
}

/// What it cannot be, and why.
fn not(text: &mut String, refuted: &Refuted) {
    let wrong = says(Says::Wrong(refuted.claims.clone()));
    let [against, would] = refuted.says().map(says);
    let _ = writeln!(text, "ruled out: {wrong}. {against} {would}");
}

fn seconds(at: Instant) -> f64 {
    at.as_millis_f64() / 1000.0
}

fn shown(text: &mut String, seen: &Seen) {
    if let Looked::Netstat(changes) = &seen.what {
        for (at, states) in changes {
            let states = if states.is_empty() { "no row".to_owned() } else { states.join(" ") };
            let _ = writeln!(text, "{:5.1} s {}: {states}", seconds(*at), seen.host.name());
        }
    }
}

fn look(offer: &Offer) -> String {
    let line = |(terminal, line): &(tcp_shell::TerminalId, &str)| {
        format!("{}$ {line}", terminal.host().map_or("", HostId::name))
    };
    let lines: Vec<String> = offer.lines.iter().map(line).collect();
    format!("at {:.1} s {}", seconds(offer.at), lines.join(", "))
}

/// A line that nobody sees typed.
fn hidden(text: &mut String, Step { at, action }: &Step) {
    let (place, line) = match action {
        Action::Run { host, cmd } | Action::Start { host, cmd, .. } => (host.name(), cmd),
        Action::Type { host, text, .. } => (host.name(), text),
        Action::Network { line } => ("network", line),
        _ => return,
    };
    let _ = writeln!(text, "hidden: at {:.1} s on {place}: {line}", seconds(*at));
}
