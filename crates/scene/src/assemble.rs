//! From a lab to a scene.

use crate::diagram::NodeId;
use crate::differs::differs;
use crate::firewall::{at_gate, firewall};
use crate::hints::open;
use crate::inspect::inspected;
use crate::ladder::ladder;
use crate::model::{
    Coming, Countdown, Lit, Look, MachineView, Others, Scene, TerminalLine, TerminalView, Token, View,
    WireView,
};
use crate::names::letter;
use crate::panel::panel;
use crate::piece::piece;
use crate::report::sentence;
use crate::sight::Sight;
use crate::subject::{End, ends, tuple};
use crate::verdict::verdict;
use crate::wire::wire;
use crate::words::{Caption, Due, Message, Report};
use tcp_core::net::{Device, Fact, Happened, HostId, Qdisc, World};
use tcp_core::tcp::State;
use tcp_shell::{Lab, TerminalId};

/// The port of the article's exercises.
pub(crate) const PORT: u16 = 5555;

/// What is visible of `lab` now, for someone who looks as `look` says.
pub fn scene(lab: &Lab, look: &Look) -> Scene {
    let sight = Sight::of(lab);
    let world = sight.world;
    let tuple = tuple(&sight, look);
    let ends = ends(&sight, tuple);
    let listener = sight.rows(HostId::Server).iter().find(|row| row.foreign.is_none());
    let port = port(&ends, listener.map(|row| row.local.port));
    let next = lab.next_event().map(|at| Coming { at, what: due(world, &ends) });
    let firewall = firewall(lab, look, port);
    Scene {
        now: lab.now(),
        hosts: ends.each_ref().map(|end| panel(&sight, look, end, listener.is_some(), port)),
        machine: machine(&sight, &ends, look.trails),
        wire: gates(lab, port, wire(lab, &firewall.rules)),
        firewall,
        terminals: TerminalId::ALL.into_iter().map(|id| terminal(lab, look, id)).collect(),
        says: says(world).map(Message::Report),
        inspected: look.picked.and_then(|packet| inspected(world, packet)),
        ladder: (look.view != View::Machine).then(|| ladder(&sight, tuple, look.scope, next.as_ref())),
        piece: look.piece.map(|it| piece(&sight, it, &ends)),
        pair: verdict(&sight, &ends, tuple),
        differs: differs(world, &ends),
        next,
    }
}

/// The server's port: the subject's, else the listener's, else the article's.
fn port(ends: &[End; 2], listening: Option<u16>) -> u16 {
    let of = |end: &End| end.row.as_ref().and_then(|row| row.foreign.map(|foreign| (row.local, foreign)));
    of(&ends[0])
        .map(|(_, foreign)| foreign.port)
        .or(of(&ends[1]).map(|(local, _)| local.port))
        .or(listening)
        .unwrap_or(PORT)
}

/// The wire, with what can be dropped at each of its gates.
fn gates(lab: &Lab, port: u16, mut wire: WireView) -> WireView {
    for (at, gate) in wire.gates.iter_mut().enumerate() {
        gate.toggles = at_gate(lab, at, port);
    }
    wire
}

fn machine(sight: &Sight<'_>, ends: &[End; 2], trails: bool) -> MachineView {
    let token = |end: &End| Token { host: end.host, letter: letter(end.host), node: end.node() };
    let mut taken: Vec<_> = ends.iter().filter_map(|end| Some((end.last?, end.host))).collect();
    // The newest last; of two at one moment, the one that the log has later.
    if let [((_, first), _), ((_, second), _)] = taken.as_slice()
        && first > second
    {
        taken.reverse();
    }
    let lit = taken.into_iter().filter_map(|((row, fact), host)| {
        let at = sight.log.at(fact)?;
        Some(Lit { row: row.index(), host, at })
    });
    let lit = lit.collect();
    let trails = ends.each_ref().map(|end| if trails { trail(sight, end) } else { Vec::new() });
    MachineView { tokens: [token(&ends[0]), token(&ends[1])], lit, trails, others: others(sight, ends) }
}

/// The rows that an end took, each once, from the first; of an end that was asked, also those of its listener.
fn trail(sight: &Sight<'_>, end: &End) -> Vec<usize> {
    let socket = || sight.log.fact(end.last?.1)?.what.socket();
    let Some(socket) = end.row.as_ref().map(|row| row.socket).or_else(socket) else { return Vec::new() };
    let parent = sight.log.socket(socket).and_then(|entry| entry.parent);
    let taken = parent.into_iter().chain([socket]).flat_map(|socket| {
        let rows = sight.log.of_socket(socket).filter_map(|fact| match fact.what {
            Happened::Moved { row, .. } => Some(row.index()),
            _ => None,
        });
        rows.collect::<Vec<_>>().into_iter().rev()
    });
    let mut rows: Vec<usize> = Vec::new();
    taken.for_each(|row| {
        if !rows.contains(&row) {
            rows.push(row)
        }
    });
    rows
}

/// All rows but the subject's. A listener beside its own child is no further connection.
fn others(sight: &Sight<'_>, ends: &[End; 2]) -> Vec<Others> {
    let mut all = Vec::new();
    for end in ends {
        let subject = end.row.as_ref().map(|row| row.socket);
        let others = sight.rows(end.host).iter().filter(|row| Some(row.socket) != subject);
        let states: Vec<State> =
            others.map(|row| row.state).filter(|state| *state != State::Listen).collect();
        let of_state = |state| Others {
            node: NodeId::of(state, false),
            host: end.host,
            count: states.iter().filter(|other| **other == state).count(),
        };
        all.extend(State::ALL.map(of_state).into_iter().filter(|others| others.count > 0));
    }
    all
}

/// What happened last, of what is worth a sentence. Of several facts at one moment, what a listener did counts only if
/// nothing happened to a connection.
fn says(world: &World) -> Option<Report> {
    let of_listener = |fact: &Fact| match fact.what {
        Happened::Moved { row, .. } => {
            [row.from, row.to].iter().all(|state| matches!(state, State::Listen | State::Closed))
        }
        _ => false,
    };
    // The third machine's web server listens from the beginning, and is seen nowhere.
    let is_seen = |fact: &Fact| fact.host != Some(HostId::Site) || !of_listener(fact);
    let reports = || {
        let seen = world.facts().rev().filter(is_seen);
        seen.filter_map(|fact| Some((fact, sentence(world, &fact)?)))
    };
    let (last, text) = reports().next()?;
    let at_once = reports().take_while(|(fact, _)| fact.at == last.at);
    Some(at_once.into_iter().find(|(fact, _)| !of_listener(fact)).map_or(text, |(_, text)| text))
}

fn due(world: &World, ends: &[End; 2]) -> Due {
    let arrives = world.log().in_flight().filter_map(|p| p.arrives().filter(|at| *at > world.now())).min();
    let qdiscs = |host| [Device::Loopback, Device::Link].map(|device| world.host(host).qdisc(device));
    let waiting = [HostId::Client, HostId::Server].into_iter().flat_map(qdiscs).flatten();
    let leaves = waiting.filter_map(Qdisc::next_leaves).min();
    if arrives.is_some_and(|at| leaves.is_none_or(|leaves| at < leaves)) {
        return Due::Arrival;
    }
    let first = ends
        .iter()
        .filter_map(|end| crate::panel::countdown(world, end.row.as_ref()?).map(|c| (c, end)))
        .min_by_key(|(countdown, _)| countdown.until);
    match first {
        _ if leaves.is_some_and(|at| first.as_ref().is_none_or(|(countdown, _)| at <= countdown.until)) => {
            Due::Leaves
        }
        Some((_, end)) if end.state() == State::TimeWait => Due::TimeWait,
        Some((_, end)) if end.state() == State::FinWait2 => Due::FinWait2,
        Some((Countdown { what: Message::Caption(Caption::GivesUp | Caption::Forgets), .. }, _)) => {
            Due::Event
        }
        Some(_) => Due::Try,
        None => Due::Event,
    }
}

pub(crate) fn terminal(lab: &Lab, look: &Look, id: TerminalId) -> TerminalView {
    let terminal = lab.terminal(id);
    let running = terminal.foreground.and_then(|pid| lab.processes().iter().find(|p| p.id == pid));
    TerminalView {
        id,
        open: open(lab, look, id),
        prompt: if running.is_some() { "" } else { terminal.prompt() },
        running: running.map(|process| process.cmd.as_str().into()),
        lines: TerminalLine::all(&terminal.printed),
        history: terminal.history.clone(),
        frame: terminal.frame.as_ref().map(|(_, text)| text.clone()),
    }
}
