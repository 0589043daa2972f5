//! Sentences as data, and the catalogues that render them.
//!
//! Whatever a reader of the page reads or hears is a [`Message`]: what is meant, with its numbers and names. A catalogue
//! ([`en`]) makes a sentence of it, as the last step. A second language is a second catalogue and nothing else. Not
//! translated are names (`C_m`, `SYN_SENT`, `10.211.55.2`), what the tools print and what is typed, and the notation of
//! the figure (`recv: SYN`), which is the article's.

mod drops;
pub mod en;
mod hint;
mod inspect;
mod lane;
pub mod lesson;
mod lessons;
mod meaning;
mod note;
mod page;
pub mod puzzle;
mod report;
mod rung;
mod sharing;
mod topic;
mod trip;

#[cfg(test)]
mod tests;

use crate::names::{Figure, NodeId};
use crate::pace::Pace;
use crate::timebar::Shows;
pub use drops::{DropPlace, Kind, Taken};
pub use hint::Hint;
pub use inspect::{Check, Found, Header, Inspection, Origin, Preset};
pub use lane::Lane;
pub use lessons::{Lessons, Unreadable};
pub use meaning::{Ignorance, Loss, Meaning, Stray};
pub use note::{Caption, Ending, Kept, Note};
pub use page::{Page, Rate, Speed};
pub use report::{Abort, Ground, OwnName, PacketName, Report, SegmentFate, Stopped};
pub use rung::Said;
pub use sharing::{Export, Place, Refusal, Sharing};
use std::rc::Rc;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::verdict::{Certainty, Part};
use tcp_core::net::{HostId, Impairment, Share, WireAct};
use tcp_core::tcp::{Options, ProfileName, State};
use tcp_course::scenes::{Group, Text};
use tcp_shell::TerminalId;
pub use topic::Topic;
pub use trip::Trip;

/// Renders messages: a catalogue.
pub type Say = fn(&Message) -> String;

/// Something to be said.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// What happened, as a sentence.
    Report(Report),
    /// What happened, as a link in a chain of causes.
    Link(Report),
    /// The state an end is in, below its badge.
    Note(Note),
    /// The line that started the program that listens, and how many connections are not accepted yet.
    Listens(Rc<str>, u32),
    /// What helps at a host's terminals.
    Hint(Hint),
    /// What a running timer will do.
    Caption(Caption),
    /// What does not get through, and the states of both ends.
    Verdict {
        /// C_m's, then S_m's; or that of the end that closes first, then the other's.
        states: [State; 2],
        /// What does not get through.
        segment: Part,
        /// How sure that is.
        certainty: Certainty,
    },
    /// A loss that is thought of.
    LossOf {
        /// What is lost.
        segment: Part,
        /// The host that sends it.
        from: HostId,
        /// Its own firewall stops it, or something later does; `None` where both show the same.
        at_sender: Option<bool>,
    },
    /// The pairs of states that a loss shows in turns: C_m's, then S_m's.
    Shows(Vec<[State; 2]>),
    /// What the states of both ends mean.
    Meaning {
        /// What they mean.
        meaning: Meaning,
        /// Something was lost before in this connection.
        before: bool,
        /// What is under way besides, and not needed any more.
        stray: Option<Stray>,
    },
    /// A segment's name, numbered if it is a retransmission.
    Name(PacketName),
    /// Of a segment that no TCP sent.
    Copy,
    /// After that: which one is copied.
    Of(PacketName),
    /// What became of a segment.
    Fate(SegmentFate),
    /// What became of a segment, and whether anything can be done to it.
    Standing(SegmentFate),
    /// On the button that shows what is known of a segment.
    InspectOf(PacketName),
    /// What is known of a segment.
    Inspection(Inspection),
    /// The options of a segment; the blocks of its SACK are counted from the receiver's first number.
    Options(Options, Vec<(u32, u32)>),
    /// What can be done to the next segment that a host sends.
    ToNext(Impairment),
    /// A segment that is ready to be made by hand.
    Preset(Preset),
    /// What can be done to a segment on the wire.
    Act(WireAct),
    /// A sequence number on the ladder.
    Seq(i32),
    /// An acknowledgement number on the ladder.
    Ack(i32),
    /// A segment on the ladder that no host sent.
    ByHand,
    /// A segment of the ladder.
    Rung(Said),
    /// Over a host's firewall on the ladder.
    FirewallOf(HostId),
    /// Segments that are not drawn.
    EarlierSegments(usize),
    /// What is due next.
    Due(Due),
    /// What is said while somebody takes a lesson.
    Lesson(lesson::Lesson),
    /// Of a puzzle.
    Puzzle(puzzle::Puzzle),
    /// What an end is: the client, the server.
    Role(HostId),
    /// A host's button.
    Button(Button),
    /// What a toggle of the firewall drops.
    Kind(Kind),
    /// Where it drops.
    Place(DropPlace),
    /// A chain of a host's firewall: `S_m OUTPUT`.
    Chain(HostId, &'static str),
    /// What a rule drops that is no toggle's, in the words of iptables or of the network's console.
    Rule(String),
    /// A policy of DROP.
    PolicyDrops,
    /// How many packets a rule has taken.
    Taken {
        /// Packets.
        count: u64,
        /// What became of them.
        how: Taken,
    },
    /// How many rules, policies and losses are in force.
    InForce(usize),
    /// How many packets were stopped altogether.
    Stopped(u64),
    /// Of the button that ends a rule.
    Remove {
        /// What it drops.
        what: Box<Message>,
        /// The chain, or the network.
        place: Box<Message>,
    },
    /// A terminal.
    Terminal(TerminalId),
    /// On the button that opens a terminal.
    Open(TerminalId),
    /// A lane of the wire, from one host to the other.
    Way {
        /// Where it begins.
        from: HostId,
        /// Where it ends.
        to: HostId,
    },
    /// How long the way over a lane takes, and how many segments are on it.
    OnLane {
        /// Where it begins.
        from: HostId,
        /// Where it ends.
        to: HostId,
        /// How long it takes, in milliseconds.
        delay_ms: u32,
        /// Which share of all segments is lost, doubled, late.
        shares: [Option<Share>; 3],
        /// Which of both hosts are unplugged.
        unplugged: [bool; 2],
        /// Segments on it.
        segments: usize,
    },
    /// On the button that unplugs a host, or plugs it in again.
    Cable {
        /// The host.
        host: HostId,
        /// Plugs it in.
        plug: bool,
    },
    /// How long the way over a lane takes, in milliseconds, which share of all segments is lost, doubled, late, and which of
    /// both hosts are unplugged.
    LaneIs(u32, [Option<Share>; 3], [bool; 2]),
    /// What is written on a segment.
    Segment(PacketName),
    /// A segment's header.
    Header(Header),
    /// A gate of the firewall.
    Gate {
        /// Its host.
        host: HostId,
        /// `OUTPUT`
        chain: &'static str,
        /// How many of its rules drop or reject something.
        rules: usize,
        /// Its policy is DROP.
        policy: bool,
        /// The host has a netem after it.
        netem: bool,
        /// Packets it stopped so far.
        stopped: u64,
    },
    /// A node of the diagram: its name, what it means, who is there.
    Node {
        /// The node.
        node: NodeId,
        /// The hosts that are there.
        here: Vec<HostId>,
    },
    /// Edges that share one arrow, by their rows: from where to where, when, and what that means.
    Ways(Vec<usize>),
    /// A row of the transition table, below the state that it leaves.
    Row(usize),
    /// Further connections at a node.
    Further {
        /// How many.
        count: usize,
        /// The node.
        node: NodeId,
    },
    /// One of the four names at the sides of the diagram.
    Lane(Lane),
    /// What a real kernel does otherwise, or the article.
    Differs {
        /// What it is about.
        topic: Topic,
        /// The profile that does otherwise.
        other: ProfileName,
    },
    /// A part of the diagram that can be shown.
    Figure(Figure),
    /// A text of the page itself.
    Page(Page),
    /// A pace's name.
    Pace(Pace),
    /// How fast time goes.
    Speed(Speed),
    /// A mark on the time bar, and for how many it stands.
    Mark(Shows, usize),
    /// Where the playhead is on the time bar.
    Moment {
        /// The moment.
        at: Instant,
        /// The latest that was reached.
        end: Instant,
        /// The last mark before it.
        last: Option<(Shows, usize)>,
    },
    /// When the next event is due.
    DueAt(Instant),
    /// A span: `213 ms`, `4.2 s`, `3 min 20 s`
    Span(Duration),
    /// A span in whole seconds: `4 s`
    Seconds(Duration),
    /// Rows of netstat that are not drawn.
    MoreRows(usize),
    /// Lines of a terminal that are not drawn.
    OlderLines(usize),
    /// A region that shows what netstat prints on this host.
    NetstatOf(HostId),
    /// What a host can do, and its netstat, where they are opened on demand.
    MoreOf(HostId),
    /// The input of a terminal: for a command, or for the program that runs there.
    InputOf {
        /// The terminal.
        terminal: TerminalId,
        /// The program, if one runs.
        program: Option<String>,
    },
    /// What a terminal printed.
    OutputOf(TerminalId),
    /// A segment's header, and what became of it.
    Ended {
        /// Its header.
        header: Header,
        /// The network lost it; else a firewall dropped it.
        lost: bool,
    },
    /// What a button enters.
    Types(String),
    /// Where a toggle drops, and what it enters.
    Enters {
        /// The place at which the toggle drops.
        place: DropPlace,
        /// The line.
        line: String,
    },
    /// The peer has closed, and this program has not.
    HasNotClosed {
        /// Its name.
        program: String,
        /// Its number on the host.
        pid: u32,
        /// The host.
        host: HostId,
    },
    /// Facts that are left out of a chain of causes.
    LeftOut(usize),
    /// What led to this state, in netstat's spelling.
    LedTo(&'static str),
    /// Of the rules of what profile the page is.
    Tagline(ProfileName),
    /// A profile's name.
    Profile(ProfileName),
    /// Before what the other profile does.
    InProfile(ProfileName),
    /// A text of a prepared scene, which has its own languages.
    Prepared(Text),
    /// A part of the menu of scenes.
    Group(Group),
    /// How long a scene lasts on the virtual clock, and how often it stops.
    Extent {
        /// Until its last pause.
        span: Duration,
        /// Number of its pauses.
        pauses: usize,
    },
    /// How many pauses of a scene are reached.
    Reached {
        /// As many.
        pauses: usize,
        /// Of as many.
        of: usize,
    },
    /// In the field in which scenes are searched.
    SearchScenes(usize),
    /// Of the lessons, before one is taken.
    Lessons(Lessons),
    /// On a piece of the state machine, or a way.
    Trip(Trip),
    /// On sharing a session, or on opening one that was shared.
    Sharing(Sharing),
}

/// What is due next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// A segment arrives.
    Arrival,
    /// A segment leaves the netem in which it waits.
    Leaves,
    /// TIME_WAIT ends.
    TimeWait,
    /// FIN_WAIT_2 ends.
    FinWait2,
    /// Something is sent again.
    Try,
    /// Something else.
    Event,
}

/// A host's button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// `nc ADDRESS PORT`
    Connect,
    /// `nc -l PORT`
    Listen,
    /// A line for the program that runs.
    SendHello,
    /// Ctrl-C
    Interrupt,
}
