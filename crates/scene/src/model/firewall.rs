//! The firewall's row.

use crate::words::{DropPlace, Kind};
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
