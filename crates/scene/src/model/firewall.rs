//! The firewall's row.

use crate::words::{DropPlace, Kind, Message};
use std::rc::Rc;
use tcp_shell::{TerminalId, Text};

/// The firewall's row.
#[derive(Clone, Debug, PartialEq)]
pub struct FirewallBar {
    /// SYN, SYN|ACK, ACK, data, FIN, RST.
    pub toggles: Vec<ToggleView>,
    /// Packets stopped since the start, by any rule, policy, or the network.
    pub dropped: u64,
    /// The last command that changed a firewall or what the network loses: `iptables -I OUTPUT …`.
    pub last_line: Option<Text>,
    /// All that drops or rejects something: C_m's, the network's, S_m's.
    pub rules: Vec<RuleView>,
    /// The lines that end all of them, and where each is entered.
    pub clear: Vec<(TerminalId, Rc<str>)>,
}

/// A rule or a policy that drops or rejects, or a loss in the network.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleView {
    /// `SYN|ACK`, or the rule as iptables has it.
    pub what: Message,
    /// `S_m OUTPUT`, or the network.
    pub place: Message,
    /// The gate it belongs to, from left to right; none in the network, or in a chain that no segment passes.
    pub gate: Option<usize>,
    /// Packets that it has taken.
    pub taken: Message,
    /// The whole rule: `-A OUTPUT -p tcp …`
    pub text: Rc<str>,
    /// Where the line is entered that ends it.
    pub terminal: TerminalId,
    /// The line.
    pub line: Rc<str>,
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
    /// What it drops does not pass that place: it can only be taken away there.
    pub misses: bool,
}
