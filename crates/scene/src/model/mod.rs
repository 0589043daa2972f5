//! The scene as plain data: all that a page, a text or an SVG shows at one moment.
//!
//! What is to be read is a [`Message`], which a catalogue renders. Keys (`phase`, `state`) are what styles select on.
//! Everything that moves between two facts is given by its moments ([`Instant`]), so that a frame only has to subtract.

mod firewall;
mod host;
mod inspected;
mod ladder;
mod machine;
mod piece;
mod seat;
mod terminal;
mod wire;

pub use crate::words::DropPlace;
use crate::words::{Due, Message, Topic};
pub use firewall::{FirewallBar, RuleView, ToggleView};
pub use host::{Badge, ButtonView, Countdown, HostPanel, NetRow, ShowsLine, Why, WhyLine};
pub use inspected::{CheckView, HeaderView, Inspected};
pub use ladder::{Corner, Ladder, Life, Moment, Rung, Scope, Spot};
pub use machine::{Column, Lit, MachineView, Others, Token};
pub use piece::{Piece, PiecePart, PieceView, Taken, WayView};
pub use seat::{Seat, SeatButton, SeatHost, SeatRow};
use tcp_core::Instant;
use tcp_core::net::{PacketId, SocketId};
use tcp_core::tcp::ProfileName;
pub use terminal::{TerminalLine, TerminalView};
pub use wire::{CableView, Fate, Flight, GateView, WireView};

/// All that is visible.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The moment it shows.
    pub now: Instant,
    /// C_m, then S_m.
    pub hosts: [HostPanel; 2],
    /// The state machine: which end is on which node.
    pub machine: MachineView,
    /// Between the hosts.
    pub wire: WireView,
    /// The row of toggles.
    pub firewall: FirewallBar,
    /// C_m upper, C_m lower, S_m upper, S_m lower, the network's, C_m third, S_m third.
    pub terminals: Vec<TerminalView>,
    /// What happened last, for the live region and below the wire. `None` at the beginning.
    pub says: Option<Message>,
    /// What the states of both ends mean.
    pub pair: PairView,
    /// The segments of the selected connection, if they are looked at.
    pub ladder: Option<Ladder>,
    /// The segment that was picked; `None` as well at a moment at which it has not been sent.
    pub inspected: Option<Inspected>,
    /// The piece of the diagram that is looked at.
    pub piece: Option<PieceView>,
    /// What the other profile would do here, if it would do otherwise.
    pub differs: Option<Differs>,
    /// What happens next, and when: `SYN again`. `None` if nothing is due.
    pub next: Option<Coming>,
}

/// What the states of both ends mean. The states themselves are on the badges.
#[derive(Clone, Debug, PartialEq)]
pub struct PairView {
    /// One sentence.
    pub says: Message,
    /// Something does not get through, or did not.
    pub lost: bool,
    /// How it came to this.
    pub why: Why,
}

/// Where the article and a real kernel part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differs {
    /// What it is about.
    pub topic: Topic,
    /// The profile that is not played.
    pub other: ProfileName,
}

impl Differs {
    /// What the other profile would do: one sentence.
    pub const fn says(self) -> Message {
        Message::Differs { topic: self.topic, other: self.other }
    }

    /// The heading in `kernel.html` with the facts: `time-wait`.
    pub const fn heading(self) -> &'static str {
        self.topic.key()
    }
}

/// What is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Coming {
    /// When it is due.
    pub at: Instant,
    /// What is due.
    pub what: Due,
}

/// What the user chose to look at. It survives a rewind; it changes nothing in the world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The connection that the diagram shows, by either end's socket; the newest if none was chosen.
    pub selected: Option<SocketId>,
    /// Where the firewall's toggles drop.
    pub place: DropPlace,
    /// What stands between the hosts.
    pub view: View,
    /// The segment that is looked at closely.
    pub picked: Option<PacketId>,
    /// Which connections the ladder shows.
    pub scope: Scope,
    /// The piece of the diagram that is looked at closely.
    pub piece: Option<Piece>,
    /// The way that each host took is asked for.
    pub trails: bool,
    /// C_m's and S_m's third terminal was opened.
    pub third: [bool; 2],
}

/// What stands between the hosts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The state machine.
    #[default]
    Machine,
    /// The segments, one below the other.
    Ladder,
    /// The state machine, and the segments below it.
    Both,
}

impl View {
    /// All, in the order in which they are offered.
    pub const ALL: [View; 3] = [View::Machine, View::Ladder, View::Both];

    /// Its key in styles and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            View::Machine => "machine",
            View::Ladder => "ladder",
            View::Both => "both",
        }
    }
}
