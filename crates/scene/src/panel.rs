//! A host's card: badge, buttons, netstat, and why.

use crate::model::{Badge, ButtonView, Countdown, HostPanel, NetRow, WhyLine};
use crate::names::{letter, state_phase};
use crate::notes::{caption, note};
use crate::subject::End;
use crate::tell::link;
use crate::words::{Button, Message, Pair};
use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::net::{FactId, Happened, HostId, Log, SocketId, World};
use tcp_core::tcp::{State, Timer};
use tcp_course::Action;
use tcp_shell::tools::netstat;
use tcp_shell::{Lab, TerminalId};

/// How many facts a chain of causes shows.
const LINKS: usize = 12;

pub(crate) fn panel(lab: &Lab, ends: &[End; 2], at: usize, server_listens: bool, port: u16) -> HostPanel {
    let world = lab.world();
    let end = &ends[at];
    let selected = end.row.as_ref().map(|row| row.socket);
    let verdict = verdict(ends[0].state(), ends[1].state());
    HostPanel {
        host: end.host,
        name: end.host.name(),
        role: Message::Role(end.host),
        letter: letter(end.host),
        address: end.host.address().to_string().into(),
        badge: badge(world, end),
        note: Message::Note(note(world, end)),
        buttons: buttons(lab, end, server_listens, port),
        rows: world
            .sockets(end.host)
            .iter()
            .map(|row| net_row(world, row, selected, verdict.as_ref()))
            .collect(),
    }
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
    Some(Countdown { what: Message::Caption(caption(&world.profile(row.host).tcp, row, timer)), until, from })
}

fn net_row(world: &World, row: &SocketRow, selected: Option<SocketId>, verdict: Option<&Message>) -> NetRow {
    let transient = !row.state.is_stable();
    NetRow {
        socket: row.socket,
        recv_q: row.recv_q,
        send_q: row.send_q,
        local: row.local.to_string().into(),
        foreign: row.foreign.map_or_else(|| netstat::nobody(row.family).into(), |end| end.to_string().into()),
        state: netstat::state_name(row.state),
        phase: state_phase(row.state),
        since: row.since,
        transient,
        why: if transient {
            why(world, row, verdict.filter(|_| selected == Some(row.socket)))
        } else {
            Vec::new()
        },
        selected: selected == Some(row.socket),
    }
}

/// The chain of causes that led to the present state and its last try, oldest first.
fn why(world: &World, row: &SocketRow, verdict: Option<&Message>) -> Vec<WhyLine> {
    let mine = |what: &Happened| match what {
        Happened::Moved { socket, .. } | Happened::TimerSet { socket, .. } => *socket == row.socket,
        Happened::Sent { socket, .. } => *socket == Some(row.socket),
        _ => false,
    };
    // What was done last, and what became of it, stand at the end; from there the causes lead back.
    let log = world.log();
    let Some(last) = log.of_socket(row.socket).find(|fact| mine(&fact.what)) else { return Vec::new() };
    let chain: Vec<FactId> = log.chain(last.id).take(4 * LINKS).map(|fact| fact.id).collect();
    // The chain goes back, the fates go on: each has its place near the end.
    let mut all: Vec<FactId> = chain.iter().rev().copied().collect();
    for fate in fates(log, row, &chain) {
        if let Err(place) = all.binary_search(&fate) {
            all.insert(place, fate);
        }
    }
    let lines = all
        .into_iter()
        .filter_map(|id| log.fact(id))
        .filter_map(|fact| Some(WhyLine { at: fact.at, text: Message::Link(link(world, &fact)?) }));
    let lines: Vec<WhyLine> = lines.collect();
    let skip = lines.len().saturating_sub(LINKS);
    let verdict = verdict.map(|text| WhyLine { at: world.now(), text: text.clone() });
    lines.into_iter().skip(skip).chain(verdict).collect()
}

/// What the pair of states tells: which segment was lost.
fn verdict(client: State, server: State) -> Option<Message> {
    use State::{
        CloseWait, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent, TimeWait,
    };
    Some(Message::Pair(match (client, server) {
        (SynSent, Listen) => Pair::Syn,
        (SynSent, SynReceived) => Pair::SynAck,
        (Established, SynReceived) => Pair::AckOfSynAck,
        (FinWait1, Established) | (Established, FinWait1) => Pair::Fin,
        (FinWait1, CloseWait) | (CloseWait, FinWait1) => Pair::AckOfFin,
        (FinWait2, CloseWait) | (CloseWait, FinWait2) => Pair::NotClosed,
        (FinWait2, LastAck) | (LastAck, FinWait2) => Pair::SecondFin,
        (TimeWait, LastAck) | (LastAck, TimeWait) => Pair::LastAck,
        _ => return None,
    }))
}

/// Of the packets between the two ends, those that were stopped and that the chain led to.
fn fates(log: &Log, row: &SocketRow, chain: &[FactId]) -> Vec<FactId> {
    let reached = chain.last().copied();
    let (Some(foreign), Some(reached)) = (row.foreign, reached) else { return Vec::new() };
    let since = log.conversation(row.local, foreign).take_while(|packet| packet.sent() >= Some(reached));
    let stopped = since.into_iter().filter_map(|packet| packet.fate().stopped());
    stopped
        .filter(|fact| log.fact(*fact).and_then(|fact| fact.cause).is_some_and(|by| follows(log, by, chain)))
        .collect()
}

/// The fact was caused, over a few steps, by one of the chain.
fn follows(log: &Log, from: FactId, chain: &[FactId]) -> bool {
    log.chain(from).take(6).any(|fact| chain.contains(&fact.id))
}

fn buttons(lab: &Lab, end: &End, server_listens: bool, port: u16) -> Vec<ButtonView> {
    let client = end.host == HostId::Client;
    let terminal = if client { TerminalId::ClientUpper } else { TerminalId::ServerUpper };
    let busy = lab.terminal(terminal).foreground.is_some();
    let open = matches!(end.state(), State::Established | State::CloseWait);
    let closed = end.state() == State::Closed;
    let (label, line) = if client {
        (Button::Connect, format!("nc {} {port}", HostId::Server.address()))
    } else {
        (Button::Listen, format!("nc -l {port}"))
    };
    let type_line = |button, line: String, enabled, primary| ButtonView {
        label: Message::Button(button),
        terminal,
        types: line.as_str().into(),
        action: Action::Enter(line),
        enabled,
        primary,
    };
    vec![
        type_line(label, line, !busy, closed && !busy && (server_listens == client)),
        type_line(Button::SendHello, "hello".to_owned(), busy && open, false),
        ButtonView {
            label: Message::Button(Button::Interrupt),
            terminal,
            action: Action::Interrupt,
            types: "Ctrl-C".into(),
            enabled: busy,
            primary: false,
        },
    ]
}
