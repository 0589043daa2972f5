//! What was looked at, in turn, and what a bar of the time shows of it.

use super::Puzzle;
use super::history::{TENTH, host_of};
use super::table::PANELS;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_course::Action;
use tcp_shell::{PrintedKind, Terminal, TerminalId};

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
    /// netstat: the states of its rows, each time they changed while it was watched longest, oldest first.
    Netstat(Vec<(Instant, Vec<Rc<str>>)>),
    /// A line was typed.
    Line {
        /// The terminal it was typed in.
        terminal: TerminalId,
        /// The line.
        text: Rc<str>,
        /// What was printed at once, line by line.
        printed: Rc<[Rc<str>]>,
    },
}

/// Something on the bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Its moment.
    pub at: Instant,
    /// On which host.
    pub host: HostId,
    /// The number of the look, if a line was typed; none if netstat changed.
    pub look: Option<usize>,
}

/// A line that was typed, on whatever way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeenLine {
    pub(super) terminal: TerminalId,
    pub(super) at: Instant,
    pub(super) text: Rc<str>,
    /// What was printed at once, line by line.
    pub(super) printed: Rc<[Rc<str>]>,
}

impl SeenLine {
    /// The line that an action types, if it types one.
    pub(super) fn of(action: &Action, at: Instant) -> Option<SeenLine> {
        match action {
            Action::Enter { terminal, line } | Action::Input { terminal, line } => {
                Some(SeenLine { terminal: *terminal, at, text: line.as_str().into(), printed: Rc::default() })
            }
            _ => None,
        }
    }

    /// It is the same line, typed at the same moment in the same terminal.
    fn is_of(&self, other: &SeenLine) -> bool {
        (self.terminal, self.at, &self.text) == (other.terminal, other.at, &other.text)
    }

    fn host(&self) -> HostId {
        self.terminal.host().unwrap_or(HostId::Client)
    }
}

/// The lines that a terminal printed after the first pieces, without those that were typed. None of a program that goes on.
pub(super) fn printed_since(terminal: &Terminal, pieces: usize) -> Rc<[Rc<str>]> {
    let ended = terminal.foreground.is_none();
    let new = terminal.printed.get(pieces..).filter(|_| ended).unwrap_or_default().iter();
    let printed = new.filter(|piece| matches!(piece.kind, PrintedKind::Stdout | PrintedKind::Stderr));
    let text: String = printed.map(|piece| piece.text.as_str()).collect();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Rc::from).collect()
}

impl Seen {
    /// The number of the first line.
    pub(super) const FIRST_LINE: usize = PANELS + 1;
}

impl Puzzle {
    /// All looks, in turn: netstat on C_m and on S_m, and each line.
    pub fn seen(&self) -> Vec<Seen> {
        let panels = [HostId::Client, HostId::Server].into_iter().enumerate().map(|(place, host)| {
            // Before any time has passed, the beginning is all there is.
            let longest = &self.longest[place];
            let now = &self.shown.history.places[place];
            let changes = if longest.is_empty() { now } else { longest }.iter();
            let states = changes.map(|change| (change.at, listed(&change.shows))).collect();
            let what = Looked::Netstat(states);
            Seen { number: place + 1, host, what, from: Instant::START, to: self.watched }
        });
        let lines = self.lines.iter().enumerate().map(|(number, line)| Seen {
            number: Seen::FIRST_LINE + number,
            host: line.host(),
            what: Looked::Line {
                terminal: line.terminal,
                text: Rc::clone(&line.text),
                printed: Rc::clone(&line.printed),
            },
            from: line.at,
            to: line.at + TENTH,
        });
        panels.chain(lines).collect()
    }

    /// Since when a host's netstat has shown the states of now, on this way.
    pub fn since(&self, host: HostId) -> Instant {
        let changes = &self.shown.history.places[usize::from(host == HostId::Server)];
        let last = changes.last().map(|change| states(&change.shows));
        let same = changes.iter().rev().take_while(|change| Some(states(&change.shows)) == last);
        same.last().map_or(Instant::START, |change| change.at)
    }

    /// What a bar of the time shows: the lines of this way, and when a netstat changed, as far as that was seen.
    pub fn marks(&self) -> Vec<Marked> {
        let changes = self.shown.history.places.iter().enumerate().take(PANELS);
        let changes = changes.flat_map(|(place, seen)| {
            seen.iter().skip(1).map(move |change| Marked { at: change.at, host: host_of(place), look: None })
        });
        let lines = self.acts.iter().filter_map(|act| {
            let line = SeenLine::of(&act.action, act.at)?;
            // The same line may have been typed at this moment on another way, too.
            let place = self.lines.iter().rposition(|it| it.is_of(&line))?;
            Some(Marked { at: act.at, host: line.host(), look: Some(Seen::FIRST_LINE + place) })
        });
        let now = self.now();
        let ahead = self.ahead.iter().filter(|mark| mark.at > now).cloned();
        let mut marks: Vec<Marked> = changes.chain(ahead).chain(lines).collect();
        marks.order_by_key(|mark| mark.at);
        marks
    }
}

/// The states in rows of netstat, as a history has them.
pub(super) fn states(rows: &str) -> Vec<Rc<str>> {
    rows.lines().filter_map(|row| row.split(' ').next_back()).map(Rc::from).collect()
}

/// The same for a reader: who listens elsewhere than where the client asks is listed with the port.
fn listed(rows: &str) -> Vec<Rc<str>> {
    let one = |(row, state): (&str, Rc<str>)| {
        let port = row.split(' ').nth(2).and_then(|local| local.rsplit(':').next());
        match port.filter(|port| *state == *"LISTEN" && *port != "5555") {
            Some(port) => format!("{state} {port}").into(),
            None => state,
        }
    };
    rows.lines().zip(states(rows)).map(one).collect()
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

/// The rows of netstat in two labs that differ. All states, if these differ; else of each row that differs its state, and its
/// address or its queues.
pub(super) fn apart(one: Option<&str>, two: Option<&str>) -> [Option<Vec<Rc<str>>>; 2] {
    let states = [one, two].map(|rows| rows.map(states));
    let [Some(some), Some(others)] = &states else { return states };
    if some != others {
        return states;
    }
    let pairs =
        || one.unwrap_or_default().lines().zip(two.unwrap_or_default().lines()).filter(|(a, b)| a != b);
    [
        pairs().map(|(row, other)| detail(row, other)).collect(),
        pairs().map(|(other, row)| detail(row, other)).collect(),
    ]
    .map(Some)
}

/// Of a row, its state and that in which it differs from another.
fn detail(row: &str, other: &str) -> Rc<str> {
    let (fields, others): (Vec<&str>, Vec<&str>) = (row.split(' ').collect(), other.split(' ').collect());
    let ([recv_q, send_q, local, _, state], [other_recv_q, other_send_q, other_local, ..]) =
        (&fields[..], &others[..])
    else {
        return row.into();
    };
    if local != other_local {
        return format!("{state} {local}").into();
    }
    let queues = [("Recv-Q", recv_q, other_recv_q), ("Send-Q", send_q, other_send_q)];
    let queues =
        queues.into_iter().filter(|(_, one, two)| one != two).map(|(name, one, _)| format!("{name} {one}"));
    format!("{state} with {}", queues.collect::<Vec<_>>().join(" and ")).into()
}
