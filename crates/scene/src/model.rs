//! The scene as plain data: all that a page, a text or an SVG shows at one moment.
//!
//! What is to be read is a [`Message`], which a catalogue renders. Keys (`phase`, `state`) are what styles select on. Everything that moves between two
//! facts is given by its moments ([`Instant`]), so that a frame only has to subtract.

use crate::names::NodeId;
pub use crate::words::DropPlace;
use crate::words::{Due, Header, Kind, Message, Topic};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::{HostId, PacketId, SocketId};
use tcp_core::tcp::ProfileName;
use tcp_course::Action;
use tcp_shell::{TerminalId, Text};

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
    /// C_m upper, C_m lower, S_m upper, S_m lower, the network's.
    pub terminals: Vec<TerminalView>,
    /// What happened last, for the live region and below the wire. `None` at the beginning.
    pub says: Option<Message>,
    /// What the other profile would do here, if it would do otherwise.
    pub differs: Option<Differs>,
    /// What happens next, and when: `SYN again`. `None` if nothing is due.
    pub next: Option<Coming>,
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
    /// When.
    pub at: Instant,
    /// What.
    pub what: Due,
}

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
    pub terminal: TerminalId,
    /// The line, Ctrl-C or Ctrl-D.
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
    /// The facts that led here, oldest first. Empty if it is not flagged.
    pub why: Vec<WhyLine>,
    /// It belongs to the connection that the diagram shows.
    pub selected: bool,
}

/// A fact in words.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyLine {
    /// When.
    pub at: Instant,
    /// `SYN #3 hit rule 1 in C_m OUTPUT`
    pub text: Message,
}

/// Which end is on which node of the diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineView {
    /// C_m's token, then S_m's.
    pub tokens: [Token; 2],
    /// The edges last taken by the selected connection, at most one for each host; the newest last.
    pub lit: Vec<Lit>,
    /// Further connections, by state and host.
    pub others: Vec<Others>,
}

/// A host's token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The host that it stands for.
    pub host: HostId,
    /// `C` or `S`
    pub letter: &'static str,
    /// The node it is on.
    pub node: NodeId,
}

/// An edge that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Lit {
    /// Its place in the transition table.
    pub row: usize,
    /// By whom.
    pub host: HostId,
    /// When.
    pub at: Instant,
}

/// Connections besides the selected one.
#[derive(Clone, Debug, PartialEq)]
pub struct Others {
    /// On this node.
    pub node: NodeId,
    /// On this host.
    pub host: HostId,
    /// How many.
    pub count: usize,
}

/// The wire.
#[derive(Clone, Debug, PartialEq)]
pub struct WireView {
    /// C_m OUT, C_m IN, S_m IN, S_m OUT: from left to right.
    pub gates: [GateView; 4],
    /// Segments on their way, and those that were stopped and have not been followed by another.
    pub flights: Vec<Flight>,
    /// One-way delays in milliseconds: from C_m, from S_m.
    pub delay_ms: [u32; 2],
}

/// A chain of a firewall, as a gate.
#[derive(Clone, Debug, PartialEq)]
pub struct GateView {
    /// The host whose firewall it is.
    pub host: HostId,
    /// `OUT` or `IN`
    pub label: &'static str,
    /// In words: what it does.
    pub says: Message,
    /// Something is dropped or rejected here, by a rule or by the policy.
    pub shut: bool,
    /// Packets stopped here so far.
    pub stopped: u64,
}

/// Where a flight ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// At the other host.
    Arrives,
    /// At the gate with this place in [`WireView::gates`].
    StoppedAt(usize),
    /// In the network, half-way.
    Lost,
}

/// A segment on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Flight {
    /// Which packet.
    pub packet: PacketId,
    /// `SYN|ACK`, `data 6`, `RST`, `ICMP`
    pub label: Message,
    /// Its colour: `syn`, `data`, `ack`, `fin`, `rst`, `icmp`.
    pub kind: &'static str,
    /// From C_m to S_m; else the other way.
    pub from_client: bool,
    /// When it left its host.
    pub departed: Instant,
    /// When it arrives, or would. Its place at `now` is (now − departed) / (arrives − departed), not beyond its end.
    pub arrives: Instant,
    /// Where it ends.
    pub fate: Fate,
    /// It is where it was stopped.
    pub stopped: bool,
    /// `SYN #3: SEQ 0, … 60 octets in all`
    pub header: Header,
    /// How many times the same was sent before.
    pub again: u32,
}

/// The firewall's row.
#[derive(Clone, Debug, PartialEq)]
pub struct FirewallBar {
    /// SYN, SYN|ACK, ACK, data, FIN, RST.
    pub toggles: Vec<ToggleView>,
    /// Packets stopped since the start, by any rule, policy, or the network.
    pub dropped: u64,
    /// The last command that changed a firewall or what the network loses: `iptables -I OUTPUT …`.
    pub last_line: Option<Text>,
    /// Rules and policies that drop or reject something and that belong to no toggle.
    pub further_rules: usize,
}

/// A toggle: it types an iptables line.
#[derive(Clone, Debug, PartialEq)]
pub struct ToggleView {
    /// What it drops.
    pub kind: Kind,
    /// Its rule is at the place that is chosen now.
    pub on: bool,
    /// Where else its rule is, if it is anywhere else.
    pub elsewhere: Option<DropPlace>,
    /// Where the line is entered.
    pub terminal: TerminalId,
    /// The line that a click enters.
    pub line: Rc<str>,
    /// Packets that its rule has taken.
    pub count: u64,
    /// Where it drops: a chain, or the network.
    pub place: DropPlace,
}

/// A terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct TerminalView {
    /// Which terminal it shows.
    pub id: TerminalId,
    /// `C_m$`, or empty while a program owns the terminal.
    pub prompt: &'static str,
    /// The program in the foreground: `nc -l 5555`.
    pub running: Option<Rc<str>>,
    /// What was printed, oldest first.
    pub lines: Vec<TerminalLine>,
    /// Lines typed before, oldest first, for arrow-up.
    pub history: Vec<Text>,
}

/// A piece of a terminal's text: one line.
#[derive(Clone, Debug, PartialEq)]
pub struct TerminalLine {
    /// `command`, `input`, `stdout`, `stderr`, `control`
    pub kind: &'static str,
    piece: Text,
    from: usize,
    to: usize,
}

impl TerminalLine {
    /// The lines of a printed piece, which share its text.
    pub(crate) fn of<'a>(kind: &'static str, piece: &'a Text) -> impl Iterator<Item = TerminalLine> + 'a {
        let begin = |line: &str| line.as_ptr() as usize - piece.as_ptr() as usize;
        piece.lines().map(move |line| {
            let from = begin(line);
            TerminalLine { kind, piece: piece.clone(), from, to: from + line.len() }
        })
    }

    /// The text without its line end; a command without its prompt.
    pub fn text(&self) -> &str {
        self.piece.get(self.from..self.to).unwrap_or_default()
    }
}

/// What the user chose to look at. It survives a rewind; it changes nothing in the world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The connection that the diagram shows, by either end's socket; the newest if none was chosen.
    pub selected: Option<SocketId>,
    /// Where the firewall's toggles drop.
    pub place: DropPlace,
}
