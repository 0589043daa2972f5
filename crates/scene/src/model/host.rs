//! A host's card.

use crate::names::NodeId;
use crate::words::Message;
use std::ops::Range;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::{HostId, SocketId};
use tcp_course::Action;

/// One host's card.
#[derive(Clone, Debug, PartialEq)]
pub struct HostPanel {
    /// The host that it shows.
    pub host: HostId,
    /// `C_m`
    pub name: &'static str,
    /// The client, or the server.
    pub role: Message,
    /// `C`: the letter on its token.
    pub letter: &'static str,
    /// `10.211.55.2`
    pub address: Rc<str>,
    /// The state of the selected connection at this end.
    pub badge: Badge,
    /// One or two sentences on that state.
    pub note: Message,
    /// What helps at its terminals now.
    pub hint: Option<Message>,
    /// What can be done here by a click.
    pub buttons: Vec<ButtonView>,
    /// netstat, live: the first rows.
    pub rows: Vec<NetRow>,
    /// How many rows more there are.
    pub more_rows: usize,
}

/// The state of an end, and the timer that runs there.
#[derive(Clone, Debug, PartialEq)]
pub struct Badge {
    /// The state, as a node of the diagram.
    pub node: NodeId,
    /// Its colour: `active-open`, `passive-open`, `established`, `active-close`, `passive-close`, `closed`.
    pub phase: &'static str,
    /// Since when.
    pub since: Instant,
    /// It may last; else more than a second wants an explanation.
    pub stable: bool,
    /// The timer that runs, if one does.
    pub countdown: Option<Countdown>,
    /// It is a wait through which the clock does not hurry: TIME_WAIT, or an orphaned FIN_WAIT_2.
    pub long_wait: bool,
}

/// A timer that runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Countdown {
    /// `next SYN`, `2MSL`
    pub what: Message,
    /// When it runs out.
    pub until: Instant,
    /// When it was set.
    pub from: Instant,
}

/// A button: it types.
#[derive(Clone, Debug, PartialEq)]
pub struct ButtonView {
    /// `Connect`
    pub label: Message,
    /// What it enters, and where.
    pub action: Action,
    /// What it types, for a tooltip and for those who hear: `nc 10.211.55.10 5555`.
    pub types: Rc<str>,
    /// It makes sense now.
    pub enabled: bool,
    /// The one to press next.
    pub primary: bool,
}

/// A row of the live netstat table.
#[derive(Clone, Debug, PartialEq)]
pub struct NetRow {
    /// Names the row.
    pub socket: SocketId,
    /// Recv-Q
    pub recv_q: u32,
    /// Send-Q
    pub send_q: u32,
    /// `10.211.55.2:33892`
    pub local: Rc<str>,
    /// `10.211.55.10:5555`, or `0.0.0.0:*`
    pub foreign: Rc<str>,
    /// netstat's spelling: `FIN_WAIT1`.
    pub state: &'static str,
    /// Its colour.
    pub phase: &'static str,
    /// Since when. A row is marked as changed for a second after this.
    pub since: Instant,
    /// It is in a transient state for longer than a second, and `why` explains it.
    pub flagged: bool,
    /// How it came to this, if it is flagged.
    pub why: Option<Why>,
    /// It belongs to the connection that the diagram shows.
    pub selected: bool,
}

/// How a state, or a pair of states, came about, and what comes next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// What does not get through, or what the pair means.
    pub verdict: Option<Message>,
    /// The facts that led here, newest first.
    pub facts: Vec<WhyLine>,
    /// Which of them are folded: the repetitions in the middle of a long chain. Empty if none are.
    pub fold: Range<usize>,
    /// The chain goes back further than was looked at.
    pub goes_on: bool,
    /// What each end waits for, and what comes if nobody acts.
    pub then: Vec<(HostId, Message)>,
    /// What each loss of the same undertaking would show.
    pub shows: Vec<ShowsLine>,
}

/// A loss that is thought of, and what it would show.
#[derive(Clone, Debug, PartialEq)]
pub struct ShowsLine {
    /// What is lost, and where.
    pub loss: Message,
    /// The states of both ends.
    pub shows: Message,
    /// It is the one that happens.
    pub is: bool,
}

/// A fact in words.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyLine {
    /// When it happened.
    pub at: Instant,
    /// `SYN #3 hit rule 1 in C_m OUTPUT`
    pub text: Message,
}
