//! What somebody sees who has to find a hidden fault.

use super::TerminalView;
use crate::words::Button;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::State;
use tcp_course::Action;
use tcp_shell::TerminalId;

/// All that is visible in a puzzle: both hosts' netstat, their terminals, and the clock.
///
/// Guarantee: nothing else of the lab can be reached from here. There is no socket, packet, rule, fact or timer in it, and no
/// moment but the present one, so that what draws a seat cannot show what is hidden.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// The moment it shows.
    pub now: Instant,
    /// C_m, then S_m.
    pub hosts: [SeatHost; 2],
    /// The hosts' terminals: C_m upper, lower, third, S_m upper, lower, third.
    pub terminals: [TerminalView; 6],
}

impl Seat {
    /// The terminals at which somebody sits, in the order of [`Seat::terminals`].
    pub const TERMINALS: [TerminalId; 6] = [
        TerminalId::ClientUpper,
        TerminalId::ClientLower,
        TerminalId::ClientThird,
        TerminalId::ServerUpper,
        TerminalId::ServerLower,
        TerminalId::ServerThird,
    ];
}

/// A host, as its netstat and its terminals show it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeatHost {
    /// The host that it shows.
    pub host: HostId,
    /// `C_m`
    pub name: &'static str,
    /// `C`
    pub letter: &'static str,
    /// `10.211.55.2`
    pub address: Rc<str>,
    /// The state of the row that matters: the connection's, or else the listener's. CLOSED if there is no such row.
    pub state: State,
    /// Its colour.
    pub phase: &'static str,
    /// What can be typed by a click.
    pub buttons: [SeatButton; 3],
    /// netstat, live: the first rows.
    pub rows: Vec<SeatRow>,
    /// How many rows more there are.
    pub more_rows: usize,
}

/// A row of the live netstat table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
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
    /// It is the one whose state is the host's.
    pub matters: bool,
}

/// A button: it types.
#[derive(Clone, Debug, PartialEq)]
pub struct SeatButton {
    /// `Connect`
    pub label: Button,
    /// What it enters, and where.
    pub action: Action,
    /// What it types, for a tooltip and for those who hear: `nc 10.211.55.10 5555`.
    pub types: Rc<str>,
    /// It makes sense now, as far as the terminal and netstat show.
    pub enabled: bool,
}
