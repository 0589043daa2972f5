//! What could be seen of a lab, and when, in tenths of a second: nobody at a keyboard sees more.
//!
//! A line is typed in the middle of a tenth, and what it does is seen at its end. What two faults show a few milliseconds
//! apart is therefore seen at the same time.

use super::fault::Fault;
use super::opening::opening;
use std::rc::Rc;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_course::{Action, Circumstances, Recording, Session};
use tcp_scene::words::puzzle::Level;
use tcp_shell::tools::netstat;
use tcp_shell::{Lab, Sudoers, TerminalId, User};

/// The smallest time between two looks.
pub(crate) const TENTH: Duration = Duration::from_millis(100);
/// From the end of the last tenth to the moment at which a line is typed.
const TYPING: Duration = Duration::from_millis(50);

/// Where something can be seen: netstat on either host, and the terminals.
pub(crate) const PLACES: usize = 2 + TERMINALS.len();
/// The terminals of both hosts.
pub(crate) const TERMINALS: [TerminalId; 6] = tcp_scene::Seat::TERMINALS;

/// The host of a place.
pub(crate) const fn host_of(place: usize) -> HostId {
    match place {
        0 | 2..=4 => HostId::Client,
        _ => HostId::Server,
    }
}

/// The terminal of a place, unless that is netstat.
pub(crate) const fn terminal_of(place: usize) -> Option<TerminalId> {
    if place < 2 { None } else { Some(TERMINALS[place - 2]) }
}

/// Something new that was seen at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// At the end of this tenth.
    pub(crate) at: Instant,
    /// All rows of netstat, or what was printed; without numbers that are drawn.
    pub(crate) shows: Rc<str>,
}

/// All that was seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    pub(crate) places: [Vec<Change>; PLACES],
    /// How many pieces of each terminal were seen.
    printed: [usize; TERMINALS.len()],
    /// What `watch` shows in each.
    frames: [Option<Rc<str>>; TERMINALS.len()],
}

impl History {
    fn look(&mut self, lab: &Lab, at: Instant) {
        for (place, host) in [HostId::Client, HostId::Server].into_iter().enumerate() {
            let shows = rows(lab, host);
            let seen = &mut self.places[place];
            if seen.last().is_none_or(|last| *last.shows != *shows) {
                seen.push(Change { at, shows: shows.into() });
            }
        }
        for (number, id) in TERMINALS.into_iter().enumerate() {
            let terminal = lab.terminal(id);
            // A terminal that was cleared has less than before.
            let known = self.printed[number].min(terminal.printed.len());
            let mut shows = String::new();
            for piece in &terminal.printed[known..] {
                shows += &masked(&piece.text);
            }
            self.printed[number] = terminal.printed.len();
            let frame = terminal.frame.as_ref().map(|(_, text)| Rc::from(masked(text)));
            if self.frames[number] != frame {
                shows += frame.as_deref().unwrap_or_default();
                self.frames[number] = frame;
            }
            if !shows.is_empty() {
                self.places[2 + number].push(Change { at, shows: shows.into() });
            }
        }
    }

    /// How much was seen.
    pub(crate) fn len(&self) -> usize {
        self.places.iter().map(Vec::len).sum()
    }
}

/// What netstat shows of a host.
fn rows(lab: &Lab, host: HostId) -> String {
    let host = lab.world().host(host);
    let mut text = String::new();
    for row in host.rows(lab.now()) {
        let foreign =
            row.foreign.map_or_else(|| netstat::nobody(row.family).to_owned(), |end| end.to_string());
        let (state, local) = (netstat::state_name(row.state), row.local);
        text += &format!("{} {} {local} {foreign} {state}\n", row.recv_q, row.send_q);
    }
    masked(&text)
}

/// Numbers of five digits and more are drawn: ports, sequence numbers, process ids after a while.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        out += if digits.len() >= 5 { "#" } else { &digits };
        digits.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// What a learner does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    /// At the end of this tenth; it is typed half a tenth later.
    pub(crate) at: Instant,
    pub(crate) action: Action,
}

/// A lab with this fault, and what could be seen of it.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    session: Session,
    pub(crate) history: History,
    /// The last two tenths in which something happened that nobody typed.
    pub(crate) busy: [Instant; 2],
}

impl Watched {
    /// At the beginning.
    pub(crate) fn new(level: Level, fault: &Fault) -> Watched {
        let recording = recording(level, fault, &[]);
        let sudoers = if level.captures() { Sudoers::Tcpdump } else { Sudoers::Nobody };
        let session = Session::among(&recording, Circumstances { sudoers, ..Circumstances::default() });
        let mut watched = Watched { session, history: History::default(), busy: [Instant::START; 2] };
        watched.session.advance_to(Instant::START);
        watched.history.look(watched.session.lab(), Instant::START);
        watched
    }

    /// After these acts, at this time.
    pub(crate) fn again(level: Level, fault: &Fault, acts: &[Act], to: Instant) -> Watched {
        let mut watched = Watched::new(level, fault);
        for act in acts {
            watched.pass(act.at);
            watched.act(&act.action);
        }
        watched.pass(to);
        watched
    }

    pub(crate) fn lab(&self) -> &Lab {
        self.session.lab()
    }

    pub(crate) fn now(&self) -> Instant {
        self.session.lab().now()
    }

    /// When something happens next, if nobody does anything.
    pub(crate) fn next_event(&self) -> Option<Instant> {
        self.session.next_event()
    }

    /// Goes on to the end of a tenth.
    pub(crate) fn pass(&mut self, to: Instant) {
        while let Some(next) = self.session.next_event().filter(|next| *next <= to) {
            let tenth = tenth_after(next);
            self.session.advance_to(tenth);
            self.history.look(self.session.lab(), tenth);
            self.is_busy(tenth);
        }
        self.session.advance_to(to);
    }

    /// Something happens in the tenth that ends then.
    fn is_busy(&mut self, tenth: Instant) {
        if self.busy[1] != tenth {
            self.busy = [self.busy[1], tenth];
        }
    }

    /// What will have been seen by a later time, if nobody does anything.
    pub(crate) fn ahead(&self, to: Instant) -> History {
        let mut later = self.clone();
        later.pass(to);
        later.history
    }

    /// Types something, and goes on to the end of the tenth.
    pub(crate) fn act(&mut self, action: &Action) {
        let now = self.now();
        let end = now + TENTH;
        if self.session.next_event().is_some_and(|next| next <= end) {
            self.is_busy(end);
        }
        self.session.advance_to(now + TYPING);
        self.session.act(action.clone());
        self.session.advance_to(end);
        self.history.look(self.session.lab(), end);
    }
}

/// The first end of a tenth that is not before this.
pub(crate) fn tenth_after(at: Instant) -> Instant {
    Instant::from_millis(at.as_micros().div_ceil(100_000) * 100)
}

/// All that was typed, seen and unseen.
pub(crate) fn recording(level: Level, fault: &Fault, acts: &[Act]) -> Recording {
    /// Any will do. All puzzles have the same, so that what is drawn from it gives nothing away.
    const SEED: u64 = 1;
    let mut steps = opening(level, fault);
    let typed = |act: &Act| tcp_course::Step { at: act.at + TYPING, action: act.action.clone() };
    steps.extend(acts.iter().map(typed));
    steps.order_by_key(|step| step.at);
    Recording { user: User::Student, steps, ..Recording::new(ProfileName::Linux, SEED) }
}
