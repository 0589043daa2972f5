//! What was looked at, in turn, and what a bar of the time shows of it.

use super::Puzzle;
use super::history::{TENTH, host_of};
use super::table::PANELS;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_course::Action;
use tcp_shell::TerminalId;

/// A look that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its number, from 1.
    pub number: usize,
    /// The host it was taken on.
    pub host: HostId,
    /// What was looked at.
    pub what: Looked,
    /// When it began.
    pub from: Instant,
    /// When it ended.
    pub to: Instant,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// netstat: the states of its rows, each time they changed on the way to now, oldest first.
    Netstat(Vec<(Instant, Vec<Rc<str>>)>),
    /// A line was typed.
    Line {
        /// The terminal it was typed in.
        terminal: TerminalId,
        /// The line.
        text: Rc<str>,
    },
}

/// Something on the bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Its moment.
    pub at: Instant,
    /// On which host.
    pub host: HostId,
    /// The line that was typed; none if netstat changed.
    pub line: Option<Rc<str>>,
}

/// A line that was typed, on whatever way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeenLine {
    pub(super) terminal: TerminalId,
    pub(super) at: Instant,
    pub(super) text: Rc<str>,
}

impl SeenLine {
    /// The line that an action types, if it types one.
    pub(super) fn of(action: &Action, at: Instant) -> Option<SeenLine> {
        match action {
            Action::Enter { terminal, line } | Action::Input { terminal, line } => {
                Some(SeenLine { terminal: *terminal, at, text: line.as_str().into() })
            }
            _ => None,
        }
    }

    fn host(&self) -> HostId {
        self.terminal.host().unwrap_or(HostId::Client)
    }
}

impl Seen {
    /// The number of the first line.
    pub(super) const FIRST_LINE: usize = PANELS + 1;
}

impl Puzzle {
    /// All looks, in turn: netstat on C_m and on S_m, and each line.
    pub fn seen(&self) -> Vec<Seen> {
        let panels = [HostId::Client, HostId::Server].into_iter().enumerate().map(|(place, host)| {
            let changes = self.shown.history.places[place].iter();
            let states = changes.map(|change| (change.at, states(&change.shows))).collect();
            let what = Looked::Netstat(states);
            Seen { number: place + 1, host, what, from: Instant::START, to: self.watched }
        });
        let lines = self.lines.iter().enumerate().map(|(number, line)| Seen {
            number: Seen::FIRST_LINE + number,
            host: line.host(),
            what: Looked::Line { terminal: line.terminal, text: Rc::clone(&line.text) },
            from: line.at,
            to: line.at + TENTH,
        });
        panels.chain(lines).collect()
    }

    /// What a bar of the time shows: the lines of this way, and when a netstat changed.
    pub fn marks(&self) -> Vec<Marked> {
        let changes = self.shown.history.places.iter().enumerate().take(PANELS);
        let changes = changes.flat_map(|(place, seen)| {
            seen.iter().skip(1).map(move |change| Marked { at: change.at, host: host_of(place), line: None })
        });
        let lines = self.acts.iter().filter_map(|act| {
            let line = SeenLine::of(&act.action, act.at)?;
            Some(Marked { at: act.at, host: line.host(), line: Some(line.text) })
        });
        let mut marks: Vec<Marked> = changes.chain(lines).collect();
        marks.order_by_key(|mark| mark.at);
        marks
    }
}

/// The states in rows of netstat, as a history has them.
pub(super) fn states(rows: &str) -> Vec<Rc<str>> {
    rows.lines().filter_map(|row| row.split(' ').next_back()).map(Rc::from).collect()
}

/// The terminal in which an action does something.
pub(super) fn terminal_of(action: &Action) -> Option<TerminalId> {
    match action {
        Action::Enter { terminal, .. }
        | Action::Input { terminal, .. }
        | Action::Interrupt { terminal }
        | Action::Suspend { terminal }
        | Action::EndOfInput { terminal } => Some(*terminal),
        _ => None,
    }
}

/// A line that `sudo` refuses, because the student may do less than in the open lab.
pub(super) fn is_refused(action: &Action, captures: bool) -> bool {
    let line = match action {
        Action::Enter { line, .. } | Action::Input { line, .. } => line,
        _ => return false,
    };
    let has = |name: &str| line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == name);
    has("sudo") && !(captures && has("tcpdump"))
}

/// The rows of netstat in two labs that differ, each with its state and as much else as it takes to see that.
pub(super) fn apart(one: Option<&str>, two: Option<&str>) -> [Option<Vec<Rc<str>>>; 2] {
    let short: fn(&[&str]) -> String = |row| row.last().copied().unwrap_or_default().to_owned();
    let ends: fn(&[&str]) -> String = |row| match row {
        [_, _, local, _, state] => format!("{state} {local}"),
        _ => row.join(" "),
    };
    let queues: fn(&[&str]) -> String = |row| match row {
        [recv_q, send_q, .., state] => format!("{state} Recv-Q {recv_q} Send-Q {send_q}"),
        _ => row.join(" "),
    };
    let as_shown = |rows: Option<&str>, how: fn(&[&str]) -> String| -> Option<Vec<Rc<str>>> {
        let row = |row: &str| how(&row.split(' ').collect::<Vec<_>>()).into();
        rows.map(|rows| rows.lines().map(row).collect())
    };
    let shown = [short, ends, queues].map(|how| [as_shown(one, how), as_shown(two, how)]);
    let last = shown[2].clone();
    shown.into_iter().find(|[one, two]| one != two).unwrap_or(last)
}
