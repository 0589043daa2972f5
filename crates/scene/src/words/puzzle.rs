//! What the page says of a puzzle in which a fault is hidden.

mod fault;
mod part;

use super::Kind;
pub use fault::{Claim, Level, Loss, Span, Spot, Trouble};
pub use part::PuzzlePart;
use std::rc::Rc;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::State;

/// What the page says of puzzles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Puzzle {
    /// A text that is always the same.
    Part(PuzzlePart),
    /// The name of a level.
    Level(Level),
    /// The number of a level, on the menu of levels.
    Number(usize),
    /// What may be wrong at a level.
    About(Level),
    /// Before anything has happened: what may be wrong, and what to do.
    Begin(Level),
    /// The seed.
    Seed(u64),
    /// Today's puzzle is this one, the same for everybody.
    Today(u64),
    /// Before what a host's netstat shows.
    Panel(HostId),
    /// When it was watched.
    Watched {
        /// Since when.
        from: Instant,
        /// Until when.
        to: Instant,
    },
    /// How long a state has been there.
    Age(Duration),
    /// When a line was typed.
    TypedAt(Instant),
    /// On a button that types something to look at.
    Look(HostId, OfferedLook),
    /// When something will be typed.
    Later(Instant),
    /// When something will be typed that is typed in the past.
    BackTo(Instant),
    /// What the level offers beyond, from this moment on.
    StillFrom(Instant),
    /// The states of both hosts.
    Pair([State; 2]),
    /// What the tabs of a host's terminals are.
    TerminalsOf(HostId),
    /// How many looks were taken.
    Looks(usize),
    /// How many faults there are at most.
    Faults(usize),
    /// How many virtual seconds pass in each.
    Times(u32),
    /// What the button that lets time go on does: as many seconds pass in each, or else it stops at the next change.
    Plays(Option<u32>),
    /// What is wrong, all of it; an empty list if nothing is.
    Wrong(Vec<Claim>),
    /// A segment to choose; of which host, where both send it.
    Segment(Kind, Option<HostId>),
    /// What else is wrong.
    Other(Claim),
    /// Which way the segment goes whose place is asked for.
    Way {
        /// Who sends it.
        from: HostId,
        /// Who gets it.
        to: HostId,
    },
    /// How long it lasts.
    Lasts(Span),
    /// The answer is possible, and as many others are.
    Others(usize),
    /// It was said that nothing can be decided, and this many faults are left.
    Leaves(usize),
    /// Which look speaks against the answer.
    Against {
        /// The look's number; none if a program printed it that was there.
        look: Option<usize>,
        /// On which host.
        host: HostId,
        /// The moment.
        at: Instant,
    },
    /// What netstat showed, and what it would have shown; `None` if nothing changed there.
    Rows {
        /// On which host.
        host: HostId,
        /// The states that were there.
        saw: Option<Vec<Rc<str>>>,
        /// Those that would have been.
        would: Option<Vec<Rc<str>>>,
    },
    /// What was printed, and what would have been.
    Prints {
        /// What was there.
        saw: Option<Rc<str>>,
        /// What would have been.
        would: Option<Rc<str>>,
    },
    /// The truth.
    Truth(Vec<Claim>),
    /// What one does on a machine of one's own where this is the truth.
    OnYourMachine(Vec<Claim>),
    /// What is lost where a pair of states stays.
    PairHint(PairHint),
    /// How many looks were taken, and how many a short way takes.
    Par {
        /// Those that were taken.
        count: usize,
        /// Those of the short way.
        par: usize,
    },
    /// The same in the last line of the page, with how it ended.
    Score {
        /// It was solved, and its truth was not merely shown.
        solved: bool,
        /// Those that were taken.
        count: usize,
        /// Those of the short way.
        par: usize,
    },
    /// What was done at a level.
    Solved {
        /// Puzzles solved.
        solved: usize,
        /// Puzzles ended.
        of: usize,
    },
    /// On the link to a level that fits a lesson.
    Offer(Level),
    /// What was done at this level.
    Tally {
        /// Puzzles solved.
        solved: usize,
        /// Puzzles ended.
        of: usize,
    },
}

/// Something that a level offers to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferedLook {
    /// Segments that TCP has received and sent.
    Segments,
    /// Packets that IP has received and sent.
    Packets,
    /// Another connection to the same port.
    Again,
    /// A connection to another port.
    OtherPort,
    /// A ping.
    Ping,
    /// The programs.
    Programs,
    /// The listener's queue.
    Queue,
    /// A line for the peer.
    Hello,
    /// A connection to another port, and what became of the answer where it was sent.
    OtherPortSent,
    /// The same, where it is to be received.
    OtherPortReceived,
    /// tcpdump, from that time on.
    Capture,
    /// tcpdump, while a line is sent.
    CaptureLine,
}

/// What is lost where a pair of states stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairHint {
    /// SYN; or the server takes its answer for lost, too.
    Syn,
    /// SYN|ACK
    SynAck,
    /// The last of the handshake.
    Ack,
    /// Data, or its ACK, or nothing.
    Data,
    /// Somebody refused.
    Refused,
    /// The answer of a host on which nobody listens.
    RefusalLost,
    /// The first FIN.
    Fin,
    /// Its ACK.
    AckOfFin,
    /// Nothing: a program has not closed.
    NotClosed,
    /// The second FIN.
    SecondFin,
    /// The last ACK.
    LastAck,
    /// The client's RST.
    AbortLost,
    /// The server's, or the server has lost the connection.
    Gone,
}

/// The pairs of states, C_m's and S_m's, that say something, in the order of a connection's life.
pub const PAIR_HINTS: [([State; 2], PairHint); 13] = [
    ([State::SynSent, State::Listen], PairHint::Syn),
    ([State::SynSent, State::SynReceived], PairHint::SynAck),
    ([State::Established, State::SynReceived], PairHint::Ack),
    ([State::SynSent, State::Closed], PairHint::RefusalLost),
    ([State::Closed, State::Listen], PairHint::Refused),
    ([State::Established, State::Established], PairHint::Data),
    ([State::FinWait1, State::Established], PairHint::Fin),
    ([State::FinWait1, State::CloseWait], PairHint::AckOfFin),
    ([State::FinWait2, State::CloseWait], PairHint::NotClosed),
    ([State::FinWait2, State::LastAck], PairHint::SecondFin),
    ([State::TimeWait, State::LastAck], PairHint::LastAck),
    ([State::Closed, State::Established], PairHint::AbortLost),
    ([State::Established, State::Listen], PairHint::Gone),
];
