//! Ephemeral ports, matched by order of appearance: the n-th connection that a host opened from a port of its own
//! choice is called `@000n` on both sides, wherever its port is written.

use super::tolerance::SLACK_MS;
use crate::outcome::{Outcome, Trajectories};
use std::collections::{BTreeMap, BTreeSet};
use tcp_shell::names;

/// Range of ephemeral ports if the trace has none.
const DEFAULT_RANGE: (u16, u16) = (32768, 60999);

/// One life of a port: from a SYN of its host to the next one from the same port to the same end.
#[derive(Debug)]
struct Life {
    address: String,
    port: String,
    foreign: String,
    begin: f64,
    symbol: String,
}

/// `outcome` with symbols in place of ephemeral ports.
pub(super) fn symbolic(outcome: &Outcome) -> Outcome {
    let mut symbolic = outcome.clone();
    client_first(&mut symbolic.state_trajectory);
    without_old_ports(&mut symbolic.state_trajectory);
    let lives = lives(&symbolic);
    symbolic.state_trajectory = trajectories(&symbolic.state_trajectory, &lives);
    let rename = |text: &mut String, at: f64| *text = renamed(text, at, &lives);
    for event in &mut symbolic.kernel_events {
        rename(&mut event.conn, event.t_ms);
    }
    for packet in &mut symbolic.packets {
        let both = renamed(&format!("{} {}", packet.src, packet.dst), packet.t_ms, &lives);
        if let Some((src, dst)) = both.split_once(' ') {
            (packet.src, packet.dst) = (src.to_owned(), dst.to_owned());
        }
    }
    for process in &mut symbolic.processes {
        process.output.iter_mut().for_each(|piece| rename(&mut piece.text, piece.t_ms));
    }
    for sample in &mut symbolic.samples {
        let rows = sample.netstat_nat.iter_mut().flatten();
        let rows = rows.chain(&mut sample.netstat_nato).chain(&mut sample.ss_tanoe);
        rows.for_each(|row| rename(row, sample.t_ms));
    }
    for step in &mut symbolic.steps {
        let texts = step.stdout.iter_mut().chain(&mut step.stderr);
        texts.for_each(|text| rename(text, step.t_ms.as_f64()));
    }
    symbolic
}

/// A recorder that saw only rows names a connection from the server's side (trace 19a); here the client's name is used.
fn client_first(all: &mut Trajectories) {
    let of_client: BTreeSet<String> =
        all.get("client").into_iter().flat_map(BTreeMap::keys).cloned().collect();
    let Some(of_server) = all.get_mut("server") else { return };
    for name in of_server.keys().cloned().collect::<Vec<_>>() {
        let turned = name.split_once(" - ").map(|(one, other)| format!("{other} - {one}"));
        if let Some(turned) = turned.filter(|turned| of_client.contains(turned) && !of_client.contains(&name))
            && let Some(states) = of_server.remove(&name)
        {
            of_server.insert(turned, states);
        }
    }
}

/// A kernel reports a socket that connects once more under its old port: the new one is chosen a moment later, and has the
/// same SYN_SENT (trace m08).
fn without_old_ports(all: &mut Trajectories) {
    for connections in all.values_mut() {
        let begins: Vec<(f64, String)> =
            connections.iter().filter_map(|(name, states)| Some((states.first()?.0, name.clone()))).collect();
        for (name, states) in connections.iter_mut().filter(|(_, states)| states.len() > 1) {
            let new = |at: f64| begins.iter().any(|(begin, other)| other != name && (begin - at).abs() < 1.0);
            states.pop_if(|(at, state)| state == "SYN_SENT" && new(*at));
        }
    }
}

/// All lives of ephemeral ports, oldest first and numbered by host.
fn lives(outcome: &Outcome) -> Vec<Life> {
    let mut lives = Vec::new();
    let spoken = spoken_numbers(outcome);
    for (host, connections) in &outcome.state_trajectory {
        let (low, high) = range(outcome, host);
        for (name, states) in connections {
            let (local, foreign) = match (name.split_once(" - "), name.strip_prefix("LISTEN ")) {
                // A connection of the server with itself is named as on the client.
                (Some((client, server)), _)
                    if host == "server" && address_of(client) != address_of(server) =>
                {
                    (server, client)
                }
                (Some((client, server)), _) => (client, server),
                (None, Some(listening)) => (listening, "*"),
                (None, None) => continue,
            };
            let Some((address, port)) = local.rsplit_once(':') else { continue };
            let chosen = port.parse().is_ok_and(|port: u16| (low..=high).contains(&port));
            if !chosen || spoken.contains(port) {
                continue;
            }
            let opened = |at: &usize| {
                let begins = |at: usize| {
                    states.get(at).is_some_and(|(_, state)| state == "SYN_SENT" || state == "LISTEN")
                };
                let gone = |at: usize| states.get(at).is_none_or(|(_, state)| state == "CLOSED");
                begins(*at) || (!gone(*at) && at.checked_sub(1).is_none_or(gone))
            };
            for begin in
                (0..states.len()).filter(opened).filter_map(|at| states.get(at)).map(|(begin, _)| begin)
            {
                lives.push(Life {
                    address: address.to_owned(),
                    port: port.to_owned(),
                    foreign: foreign.to_owned(),
                    begin: *begin,
                    symbol: String::new(),
                });
            }
        }
    }
    lives.extend(over_loopback(outcome).filter(|life| !spoken.contains(&life.port)));
    lives.sort_by(|one, other| one.begin.total_cmp(&other.begin));
    let mut counts = BTreeMap::new();
    for life in &mut lives {
        let count = counts.entry(life.address.clone()).or_insert(0);
        *count += 1;
        life.symbol = format!("@{count:04}");
    }
    lives
}

/// Connections over the loopback device of which the recorder saw the packets alone, each by its first segment.
fn over_loopback(outcome: &Outcome) -> impl Iterator<Item = Life> {
    let followed = follows_loopback(&outcome.state_trajectory);
    let syns = outcome.packets.iter().filter(move |packet| !followed && packet.flags == "SYN");
    syns.filter_map(|packet| {
        let (address, port) = packet.src.rsplit_once(':').filter(|(address, _)| is_loopback(address))?;
        let foreign = packet.dst.clone();
        let (address, port) = (address.to_owned(), port.to_owned());
        Some(Life { address, port, foreign, begin: packet.t_ms, symbol: String::new() })
    })
}

/// Whether the states of any connection over the loopback device were followed.
pub(super) fn follows_loopback(all: &Trajectories) -> bool {
    all.values().flat_map(BTreeMap::keys).any(|name| is_loopback(name) && name.contains(" - "))
}

pub(super) fn is_loopback(name: &str) -> bool {
    name.starts_with("127.")
}

/// The address of `ADDRESS:PORT`.
pub(super) fn address_of(end: &str) -> &str {
    end.rsplit_once(':').map_or(end, |(address, _)| address)
}

fn range(outcome: &Outcome, host: &str) -> (u16, u16) {
    let setting = outcome.sysctls.get(host).and_then(|all| all.get("net.ipv4.ip_local_port_range"));
    let words: Vec<u16> = setting
        .map(|value| value.0.split_whitespace().filter_map(|word| word.parse().ok()).collect())
        .unwrap_or_default();
    match words.as_slice() {
        [low, high] => (*low, *high),
        _ => DEFAULT_RANGE,
    }
}

/// Numbers in what was typed: a port that somebody named is not an ephemeral port.
fn spoken_numbers(outcome: &Outcome) -> BTreeSet<String> {
    let texts = outcome.steps.iter().flat_map(|step| [&step.cmd, &step.text]).flatten();
    texts
        .filter(|text| !text.contains("ip_local_port_range"))
        .flat_map(|text| text.split(|c: char| !c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Trajectories by symbol, with the lives of one port separated.
fn trajectories(all: &Trajectories, lives: &[Life]) -> Trajectories {
    let mut parted = Trajectories::new();
    for (host, connections) in all {
        let to = parted.entry(host.clone()).or_default();
        for (name, states) in connections {
            for (at, state) in states {
                to.entry(renamed(name, *at, lives)).or_default().push((*at, state.clone()));
            }
        }
    }
    for states in parted.values_mut().flat_map(BTreeMap::values_mut) {
        states.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    }
    parted
}

/// `text` with symbols in place of ephemeral ports, line by line.
fn renamed(text: &str, at: f64, lives: &[Life]) -> String {
    text.split_inclusive('\n').map(|line| renamed_line(line, at, lives)).collect()
}

fn renamed_line(line: &str, at: f64, lives: &[Life]) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(begin);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        out += before;
        let inside = out.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        let life = if inside { None } else { life_of(number, &out, line, at, lives) };
        out += life.map_or(number, |life| &life.symbol);
        rest = after;
    }
    out + rest
}

/// The life of port `number`, written after `before` in `line`. If there are several: one whose other end is also in
/// the line, and among these the latest that has begun.
fn life_of<'a>(number: &str, before: &str, line: &str, at: f64, lives: &'a [Life]) -> Option<&'a Life> {
    let addressed = before.ends_with(':').then(|| before.trim_end_matches(':').trim_end_matches(']'));
    let fits = |life: &&Life| {
        life.port == number
            && addressed.is_none_or(|text| {
                text.ends_with(&life.address) || !text.ends_with(|c: char| c.is_ascii_digit())
            })
    };
    let named: Vec<&Life> = lives.iter().filter(fits).collect();
    let stands = |end: &String| {
        line.match_indices(end)
            .filter_map(|(at, _)| line.get(at + end.len()..))
            .any(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let whole = |life: &&&Life| writings(&life.foreign).iter().any(stands);
    let with_peer: Vec<&Life> = named.iter().filter(whole).copied().collect();
    let candidates = if with_peer.is_empty() { named } else { with_peer };
    let begun = candidates.iter().rev().find(|life| life.begin <= at + 1.0);
    let soon = || candidates.iter().find(|life| life.begin <= at + SLACK_MS);
    begun.or_else(soon).copied().or_else(|| candidates.first().copied())
}

/// The ways in which tools write an end: with the number or name of the port, and an IPv6 address with or without
/// brackets.
fn writings(end: &str) -> Vec<String> {
    let Some((address, port)) = end.rsplit_once(':') else { return Vec::new() };
    let named = port.parse().map_or(port.to_owned(), |number| names::port_text(number, false));
    let addresses = [address.to_owned(), format!("[{address}]")];
    addresses.iter().flat_map(|address| [format!("{address}:{port}"), format!("{address}:{named}")]).collect()
}
