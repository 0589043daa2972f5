//! A bounded search: what a user may do, at every moment between two events, fewest lines first.

use super::harvest::Seen;
use super::{Way, Ways, timed};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::fmt::Write as _;
use tcp_core::net::{HostId, WireAct};
use tcp_core::tcp::ProfileName;
use tcp_core::{Instant, millis};
use tcp_course::scenes::{Goal, Law};
use tcp_course::{Action, Recording, Session, Step};
use tcp_scene::{DropPlace, Look, Scene, scene};
use tcp_shell::{TerminalId, User};
use tcp_testing::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};

/// How far the search goes.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Lines after those that prepare.
    pub lines: usize,
    /// Situations that are looked at after each preparation.
    pub situations: usize,
    /// What is tried.
    pub acts: Acts,
}

/// What a search tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acts {
    /// What programs do: it goes farther with as many situations.
    OfPrograms,
    /// What is done to segments, too.
    All,
}

impl Bounds {
    /// What an afternoon can afford.
    pub const WIDE: Bounds = Bounds { lines: 5, situations: 8_000, acts: Acts::All };
    /// From where a known way ends, there are many beginnings.
    pub const BEYOND: Bounds = Bounds { lines: 5, situations: 1_000, acts: Acts::All };
}

/// Events between two lines.
const MOST_EVENTS: usize = 24;

/// A line, and where it is typed.
type Line = (TerminalId, &'static str);

const LISTENER: [Line; 6] = [
    (ServerUpper, "app"),
    (ServerUpper, "s socket"),
    (ServerUpper, "s reuseaddr"),
    (ServerUpper, "s bind 0.0.0.0 5555"),
    (ServerUpper, "s listen 5"),
    (ServerUpper, "s accept c"),
];
const CLIENT: [Line; 2] = [(ClientUpper, "app"), (ClientUpper, "a socket")];

/// What is there before a search begins.
fn preparations() -> Vec<Vec<Line>> {
    let both = LISTENER.into_iter().chain(CLIENT).collect();
    vec![
        Vec::new(),
        vec![(ServerUpper, "nc -l 5555")],
        vec![(ServerUpper, "nc -l 5555"), (Network, "delay 500")],
        vec![(Network, "delay 500")],
        LISTENER.to_vec(),
        both,
    ]
}

/// A situation, and how it came about.
struct Node {
    session: Session,
    steps: Vec<Step>,
    /// Lines after the preparation.
    lines: usize,
    /// Events since the last of them.
    waited: usize,
}

/// The ways that are found within these bounds.
pub(super) fn search(profile: ProfileName, bounds: Bounds) -> Vec<Way> {
    let mut found = Ways::new();
    for preparation in preparations() {
        let mut ways = Vec::new();
        from(&preparation, profile, bounds, &mut ways);
        super::take(&mut found, ways);
    }
    found.into_values().collect()
}

fn from(preparation: &[Line], profile: ProfileName, bounds: Bounds, ways: &mut Vec<Way>) {
    let mut steps: Vec<Step> = Vec::new();
    let mut session = Session::new(profile, 1);
    for (terminal, line) in preparation {
        session.act(Action::enter(*terminal, *line));
        steps.extend(session.inputs().last().cloned());
    }
    let begins = Recording { user: User::Student, steps: steps.clone(), ..Recording::new(profile, 1) };
    let mut begun = Session::of(&begins);
    begun.advance_to(Instant::START + millis(500));
    search_from(Node { session: begun, steps, lines: 0, waited: 0 }, profile, bounds, &|_| true, ways);
}

/// The ways from what known ways lead to: to the goals that have none yet.
pub(super) fn beyond(profile: ProfileName, known: &Ways, bounds: Bounds) -> Vec<Way> {
    let mut found = Ways::new();
    for way in known.values() {
        let steps = way.steps.clone();
        let mut session = Session::of(&Recording { steps: steps.clone(), ..Recording::new(profile, 1) });
        session.advance_to(way.ends);
        let mut ways = Vec::new();
        let missing = |goal: &Goal| {
            let excluded = matches!(goal, Goal::Pair(pair) if Law::on(*pair).is_some());
            !excluded && !known.contains_key(goal)
        };
        search_from(Node { session, steps, lines: 0, waited: 0 }, profile, bounds, &missing, &mut ways);
        super::take(&mut found, ways);
    }
    found.into_values().collect()
}

/// The ways that begin with a situation, to the goals that are wanted.
fn search_from(
    begin: Node,
    profile: ProfileName,
    bounds: Bounds,
    wanted: &dyn Fn(&Goal) -> bool,
    ways: &mut Vec<Way>,
) {
    let mut seen = BTreeSet::new();
    let mut goals: BTreeMap<Goal, usize> = BTreeMap::new();
    let mut nodes: Vec<Option<Node>> = Vec::new();
    let mut queue: BinaryHeap<Reverse<(usize, Instant, usize)>> = BinaryHeap::new();
    let mut push = |node: Node, nodes: &mut Vec<Option<Node>>, queue: &mut BinaryHeap<_>| {
        if nodes.len() < bounds.situations && seen.insert(situation(&node)) {
            queue.push(Reverse((node.lines, node.session.lab().now(), nodes.len())));
            nodes.push(Some(node));
        }
    };
    push(begin, &mut nodes, &mut queue);
    while let Some(Reverse((_, _, at))) = queue.pop() {
        let Some(node) = nodes[at].take() else { continue };
        let reached = Seen::nothing().look(&node.session);
        let effort = super::effort(&node.steps);
        for goal in reached.into_iter().filter(wanted) {
            if goals.get(&goal).is_some_and(|best| *best <= effort) {
                continue;
            }
            let way = Way { goal, steps: node.steps.clone(), ends: node.session.lab().now(), scene: None };
            if let Some(way) = timed(way, profile) {
                goals.insert(goal, effort);
                ways.push(way);
            }
        }
        if node.waited < MOST_EVENTS && node.session.next_event().is_some() {
            let mut session = node.session.clone();
            session.step();
            let next =
                Node { session, steps: node.steps.clone(), lines: node.lines, waited: node.waited + 1 };
            push(next, &mut nodes, &mut queue);
        }
        if node.lines < bounds.lines {
            for action in actions(&node.session, bounds.acts) {
                let mut session = node.session.clone();
                to_whole_millisecond(&mut session);
                session.act(action);
                let mut steps = node.steps.clone();
                steps.extend(session.inputs().last().cloned());
                push(Node { session, steps, lines: node.lines + 1, waited: 0 }, &mut nodes, &mut queue);
            }
        }
    }
}

/// The table has whole milliseconds.
fn to_whole_millisecond(session: &mut Session) {
    let at = session.lab().now().as_micros().next_multiple_of(1000);
    session.advance_to(Instant::from_micros(at));
}

/// What matters of a situation: rows, segments, rules, programs. Two that have the same are taken for one.
fn situation(node: &Node) -> String {
    let lab = node.session.lab();
    let mut text = String::new();
    for host in [HostId::Client, HostId::Server] {
        for row in lab.world().sockets(host) {
            let to = row.foreign.map(|foreign| foreign.port);
            _ = write!(
                text,
                "{:?}{:?}{}{}{:?}{}{:?};",
                row.state,
                to,
                row.recv_q.min(1),
                row.send_q.min(1),
                row.owner.is_some(),
                row.local.port,
                row.timer.kind
            );
        }
        text.push('|');
    }
    let log = lab.world().log();
    for packet in log.in_flight() {
        let flags = packet.segment().map(|segment| (segment.flags, segment.payload.len().min(1)));
        _ = write!(text, "{:?}{flags:?}{};", packet.from, packet.arrives().is_none());
    }
    let picture = scene(lab, &Look::default());
    for rule in &picture.firewall.rules {
        _ = write!(text, "{};", rule.line);
    }
    for terminal in &picture.terminals {
        _ = write!(text, "{:?}", terminal.running);
        // What a scripted program was asked for last.
        if terminal.running.as_deref() == Some("app") {
            let said = terminal.lines.iter().filter(|line| line.kind == "input").map(|line| line.text());
            _ = write!(text, "{:?}", said.collect::<Vec<_>>());
        }
    }
    // An edge that was just taken is a goal of its own.
    let last = picture.machine.lit.iter().map(|lit| lit.row);
    _ = write!(text, "{:?}", last.collect::<Vec<_>>());
    text
}

/// What a user may do in a situation.
fn actions(session: &Session, acts: Acts) -> Vec<Action> {
    let lab = session.lab();
    let picture = scene(lab, &Look { place: DropPlace::Sender, ..Look::default() });
    let runs = |terminal: TerminalId| {
        let view = picture.terminals.iter().find(|view| view.id == terminal);
        view.and_then(|view| view.running.clone())
    };
    let mut actions = Vec::new();
    let idle: [(TerminalId, &[&str]); 2] = [
        (ClientUpper, &["nc 10.211.55.10 5555", "nc -p 7000 10.211.55.10 7000", "nc -l 5555"]),
        (ServerUpper, &["nc -l 5555", "nc -p 7000 10.211.55.2 7000", "nc 10.211.55.2 5555"]),
    ];
    let calls: [(TerminalId, &[&str]); 2] = [
        (
            ClientUpper,
            &["a connect 10.211.55.10 5555", "a shutdown WR", "a close", "a linger 0", "a send hello"],
        ),
        (ServerUpper, &["c shutdown WR", "c close", "c linger 0", "c send hello"]),
    ];
    for ((terminal, lines), (_, calls)) in idle.into_iter().zip(calls) {
        match runs(terminal).as_deref() {
            None => actions.extend(lines.iter().map(|line| Action::enter(terminal, *line))),
            Some("app") => {
                actions.extend(calls.iter().map(|line| Action::enter(terminal, *line)));
                actions.push(Action::ctrl_c(terminal));
            }
            Some(_) => actions.extend([Action::enter(terminal, "hello"), Action::ctrl_c(terminal)]),
        }
    }
    if acts == Acts::OfPrograms {
        return actions;
    }
    actions.extend(losses(&picture));
    let mut named = BTreeSet::new();
    for packet in lab.world().log().in_flight() {
        if packet.segment().is_none() {
            continue;
        }
        let kind = tcp_course::scenes::Kind::of(packet.packet());
        let word = match kind {
            tcp_course::scenes::Kind::SynAck => "SYN|ACK".to_owned(),
            tcp_course::scenes::Kind::Data => "data".to_owned(),
            other => format!("{other:?}").to_uppercase(),
        };
        for act in [WireAct::Drop, WireAct::Hold, WireAct::Release, WireAct::Duplicate] {
            if (act == WireAct::Release) == packet.arrives().is_none() || act == WireAct::Drop {
                let line =
                    format!("{} {word} from {}", format!("{act:?}").to_lowercase(), packet.from.name());
                if named.insert(line.clone()) {
                    actions.push(Action::enter(Network, line));
                }
            }
        }
    }
    actions
}

/// The firewall's toggles, which drop at the sender, and the lines that end what is in force.
fn losses(picture: &Scene) -> Vec<Action> {
    let toggles = picture.firewall.toggles.iter().map(|toggle| (toggle.terminal, toggle.line.to_string()));
    let clear = picture.firewall.clear.iter().map(|(terminal, line)| (*terminal, line.to_string()));
    let lower = |(terminal, line): (TerminalId, String)| {
        matches!(terminal, ClientLower | ServerLower | Network).then(|| Action::enter(terminal, line))
    };
    toggles.chain(clear).filter_map(lower).collect()
}
