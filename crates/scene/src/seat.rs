//! From a lab in which a fault is hidden to what may be seen of it.

use crate::assemble::{PORT, terminal};
use crate::model::{Look, Seat, SeatButton, SeatHost, SeatRow};
use crate::names::{letter, state_phase};
use crate::panel::{ROWS, foreign};
use crate::words::Button;
use tcp_core::net::HostId;
use tcp_core::net::view::SocketRow;
use tcp_core::tcp::State;
use tcp_course::Action;
use tcp_shell::tools::netstat;
use tcp_shell::{Lab, TerminalId};

/// What is visible of `lab` now in a puzzle.
pub fn seat(lab: &Lab) -> Seat {
    Seat {
        now: lab.now(),
        hosts: [HostId::Client, HostId::Server].map(|host| seat_host(lab, host)),
        terminals: Seat::TERMINALS.map(|id| terminal(lab, &Look::default(), id)),
    }
}

fn seat_host(lab: &Lab, host: HostId) -> SeatHost {
    let sockets = lab.world().sockets(host);
    let matters = matters(&sockets);
    let state = matters.and_then(|at| sockets.get(at)).map_or(State::Closed, |row| row.state);
    let row = |(at, row): (usize, &SocketRow)| SeatRow {
        recv_q: row.recv_q,
        send_q: row.send_q,
        local: row.local.to_string().into(),
        foreign: foreign(row),
        state: netstat::state_name(row.state),
        phase: state_phase(row.state),
        matters: matters == Some(at),
    };
    SeatHost {
        host,
        name: host.name(),
        letter: letter(host),
        address: host.address().to_string().into(),
        state,
        phase: state_phase(state),
        buttons: buttons(lab, host, state),
        rows: sockets.iter().enumerate().take(ROWS).map(row).collect(),
        more_rows: sockets.len().saturating_sub(ROWS),
    }
}

/// The row that matters: the newest connection with the port of the exercises, one in TIME_WAIT only if there is no other; else
/// who listens there.
fn matters(rows: &[SocketRow]) -> Option<usize> {
    let connects =
        |row: &SocketRow| row.foreign.is_some_and(|foreign| foreign.port == PORT || row.local.port == PORT);
    let listens = |row: &SocketRow| row.foreign.is_none() && row.local.port == PORT;
    let last = |fits: &dyn Fn(&SocketRow) -> bool| rows.iter().rposition(fits);
    last(&|row| connects(row) && row.state != State::TimeWait)
        .or_else(|| last(&connects))
        .or_else(|| last(&listens))
}

/// They are offered by what the terminal and netstat show, and by nothing else.
fn buttons(lab: &Lab, host: HostId, state: State) -> [SeatButton; 3] {
    let (terminal, label, line) = match host {
        HostId::Server => (TerminalId::ServerUpper, Button::Listen, format!("nc -l {PORT}")),
        _ => (TerminalId::ClientUpper, Button::Connect, format!("nc {} {PORT}", HostId::Server.address())),
    };
    let (busy, running) = (!lab.terminal(terminal).is_free(), lab.terminal(terminal).foreground.is_some());
    let open = matches!(state, State::Established | State::CloseWait);
    let types = |label, line: &str, enabled| SeatButton {
        label,
        action: Action::enter(terminal, line),
        types: line.into(),
        enabled,
    };
    [
        types(label, &line, !busy),
        types(Button::SendHello, "hello", running && open),
        SeatButton {
            label: Button::Interrupt,
            action: Action::ctrl_c(terminal),
            types: "Ctrl-C".into(),
            enabled: busy,
        },
    ]
}
