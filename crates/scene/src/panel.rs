//! A host's card: badge, buttons, netstat.

use crate::hints::{hint, shown};
use crate::model::{Badge, ButtonView, Countdown, HostPanel, Look, NetRow};
use crate::names::{letter, state_phase};
use crate::notes::{caption, note};
use crate::pace::FLAG_AFTER;
use crate::sight::Sight;
use crate::subject::End;
use crate::why::why;
use crate::words::{Button, Message};
use std::rc::Rc;
use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::net::{HostId, SocketId, World};
use tcp_core::tcp::{State, Timer};
use tcp_course::Action;
use tcp_shell::tools::netstat;
use tcp_shell::{Lab, TerminalId};

/// Rows of netstat that a card shows.
pub(crate) const ROWS: usize = 60;

pub(crate) fn panel(sight: &Sight<'_>, look: &Look, end: &End, server_listens: bool, port: u16) -> HostPanel {
    let selected = end.row.as_ref().map(|row| row.socket);
    let rows = sight.rows(end.host);
    HostPanel {
        host: end.host,
        name: end.host.name(),
        role: Message::Role(end.host),
        letter: letter(end.host),
        address: end.host.address().to_string().into(),
        badge: badge(sight.world, end),
        note: listens(sight, end).unwrap_or_else(|| Message::Note(note(sight, end))),
        hint: hint(sight, look, end.host),
        buttons: buttons(sight.lab, end, server_listens, port),
        rows: rows.iter().take(ROWS).map(|row| net_row(sight, row, selected)).collect(),
        more_rows: rows.len().saturating_sub(ROWS),
    }
}

/// Of a listener, which program it is.
fn listens(sight: &Sight<'_>, end: &End) -> Option<Message> {
    let row = end.row.as_ref().filter(|row| row.state == State::Listen)?;
    let line = shown(sight.lab.process(row.owner?)?);
    Some(Message::Listens(line, row.recv_q))
}

fn badge(world: &World, end: &End) -> Badge {
    let state = end.state();
    let ended = || end.last.and_then(|(_, fact)| Some(world.fact(fact)?.at));
    let since = end.row.as_ref().map(|row| row.since).or_else(ended);
    Badge {
        node: end.node(),
        phase: state_phase(state),
        since: since.unwrap_or(tcp_core::Instant::START),
        stable: state.is_stable(),
        countdown: end.row.as_ref().and_then(|row| countdown(world, row)),
        long_wait: end.row.as_ref().is_some_and(|row| row.timer.kind == TimerKind::TimeWait),
    }
}

pub(crate) fn countdown(world: &World, row: &SocketRow) -> Option<Countdown> {
    let timer = match row.timer.kind {
        TimerKind::Off => return None,
        TimerKind::On => Timer::Retransmit,
        TimerKind::Keepalive => Timer::Keepalive,
        TimerKind::Probe => Timer::Probe,
        TimerKind::TimeWait => Timer::TimeWait,
    };
    let until = world.now() + row.timer.left;
    let from = until - row.timer.span.max(row.timer.left);
    Some(Countdown { what: Message::Caption(caption(world, row, timer)), until, from })
}

fn net_row(sight: &Sight<'_>, row: &SocketRow, selected: Option<SocketId>) -> NetRow {
    let flagged = !row.state.is_stable() && sight.world.now().since(row.since) >= FLAG_AFTER;
    NetRow {
        socket: row.socket,
        recv_q: row.recv_q,
        send_q: row.send_q,
        local: row.local.to_string().into(),
        foreign: foreign(row),
        state: netstat::state_name(row.state),
        phase: state_phase(row.state),
        since: row.since,
        flagged,
        why: flagged.then(|| why(sight, row)),
        selected: selected == Some(row.socket),
    }
}

/// The other end as netstat shows it.
pub(crate) fn foreign(row: &SocketRow) -> Rc<str> {
    row.foreign.map_or_else(|| netstat::nobody(row.family).into(), |end| end.to_string().into())
}

fn buttons(lab: &Lab, end: &End, server_listens: bool, port: u16) -> Vec<ButtonView> {
    let client = end.host == HostId::Client;
    let terminal = if client { TerminalId::ClientUpper } else { TerminalId::ServerUpper };
    let running = lab.terminal(terminal).foreground.is_some();
    let busy = !lab.terminal(terminal).is_free();
    let open = matches!(end.state(), State::Established | State::CloseWait);
    let closed = end.state() == State::Closed;
    let (label, line) = if client {
        (Button::Connect, format!("nc {} {port}", HostId::Server.address()))
    } else {
        (Button::Listen, format!("nc -l {port}"))
    };
    let type_line = |button, line: String, enabled, primary| ButtonView {
        label: Message::Button(button),
        types: line.as_str().into(),
        action: Action::enter(terminal, line),
        enabled,
        primary,
    };
    vec![
        type_line(label, line, !busy, closed && !busy && (server_listens == client)),
        type_line(Button::SendHello, "hello".to_owned(), running && open, false),
        ButtonView {
            label: Message::Button(Button::Interrupt),
            action: Action::ctrl_c(terminal),
            types: "Ctrl-C".into(),
            enabled: busy,
            primary: false,
        },
    ]
}
