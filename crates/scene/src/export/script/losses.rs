//! What the network lost, as rules of the router between the hosts.
//!
//! A rule of the network's console becomes one of the router, at the same time. What cannot be foreseen by a rule (a share
//! that was drawn, a segment that a user chose, what a host's netem lost) is found by its place among the packets of its kind.

use crate::words::Refusal;
use std::fmt::Write;
use tcp_core::net::{
    Fate, HostId, Impairment, Log, LossId, LossRule, NetworkChange, Packet, PayloadMatch, Place, QdiscDrop,
    Takes,
};
use tcp_core::tcp::Flags;

/// Segments that are lost by their places, or by a count, at most.
const MOST: usize = 200;

/// The flags by which the network knows segments apart.
const KNOWN: [Flags; 4] = [Flags::SYN, Flags::ACK, Flags::FIN, Flags::RST];

/// Packets of one kind: their sender, flags and whether they carry data. An echo has none of these.
type Kind = (HostId, Option<(u8, bool)>);

/// The rules in force.
#[derive(Default)]
pub(super) struct Losses {
    active: Vec<LossId>,
}

impl Losses {
    /// The router's lines for a change of the network.
    pub(super) fn change(&mut self, log: &Log, change: NetworkChange) -> Vec<String> {
        match change {
            NetworkChange::Impairs(Impairment::Loss, id) => {
                let line = rule(log, id).map(|rule| jump('A', rule, id));
                self.active.extend(line.is_some().then_some(id));
                line.into_iter().collect()
            }
            NetworkChange::Spares(Impairment::Loss, id) => self.end(log, |other| other == id),
            NetworkChange::Cleared => self.end(log, |_| true),
            _ => Vec::new(),
        }
    }

    fn end(&mut self, log: &Log, over: impl Fn(LossId) -> bool) -> Vec<String> {
        let (ended, rest) = self.active.iter().partition(|id| over(**id));
        self.active = rest;
        let ended: Vec<LossId> = ended;
        ended.into_iter().filter_map(|id| Some(jump('D', rule(log, id)?, id))).collect()
    }
}

/// A rule that the router has too: not one for a share.
fn rule(log: &Log, id: LossId) -> Option<&LossRule> {
    log.loss(id).filter(|rule| !matches!(rule.takes, Takes::Share(_)))
}

/// What makes the router's chains before anything is done; empty if the network lost nothing.
pub(super) fn chains(log: &Log) -> Result<String, Refusal> {
    let mut text = String::new();
    for id in (0..).map(LossId).take_while(|id| log.loss(*id).is_some()) {
        let Some(rule) = rule(log, id) else { continue };
        let data = match rule.payload {
            PayloadMatch::Any => "any",
            PayloadMatch::Empty => "without",
            PayloadMatch::Data => "with",
        };
        // Writing to a text cannot fail.
        let _ = writeln!(text, "sieve loss{} {data}", id.0);
        match rule.takes {
            Takes::Next(count) => {
                let count =
                    usize::try_from(count).ok().filter(|count| *count <= MOST).ok_or(Refusal::Many)?;
                // Each takes one, and then sees the next ones no more.
                text += &format!("lose loss{} 0\n", id.0).repeat(count);
            }
            _ => _ = writeln!(text, "lose loss{} all", id.0),
        }
    }
    for (number, Places { kind: (from, of), lost, .. }) in chosen(log)?.into_iter().enumerate() {
        let data = of.map_or("any", |(_, data)| if data { "with" } else { "without" });
        let _ = writeln!(text, "sieve chosen{number} {data}");
        for (before, place) in lost.iter().enumerate() {
            // A rule does not see what those before it have lost.
            let _ = writeln!(text, "lose chosen{number} {}", place - before);
        }
        let matching = of.map_or(" -p icmp".to_owned(), |(flags, _)| with_flags(flags));
        let _ = writeln!(text, "iptables -A FORWARD -s {}{matching} -j chosen{number}", from.address());
    }
    Ok(text)
}

/// How many packets of a kind have come to the router, and the places of those that no rule of it takes, counted from 0.
struct Places {
    kind: Kind,
    count: usize,
    lost: Vec<usize>,
}

/// The kinds of which packets were lost so.
fn chosen(log: &Log) -> Result<Vec<Places>, Refusal> {
    let mut all: Vec<Places> = Vec::new();
    for packet in log.packets() {
        let by = match packet.fate() {
            Fate::Lost(_, by) => Some(by),
            // The host's netem lost it, which is before the router.
            Fate::Dropped(_, Place::Qdisc(_, QdiscDrop::Lost)) => Some(None),
            _ => None,
        };
        if by.is_none() && packet.departed().is_none() {
            continue;
        }
        let kind = kind(packet.packet());
        let at = all.iter().position(|places| places.kind == kind).unwrap_or_else(|| {
            all.push(Places { kind, count: 0, lost: Vec::new() });
            all.len() - 1
        });
        let Some(places) = all.get_mut(at) else { continue };
        if by.is_some_and(|by| by.is_none_or(|id| rule(log, id).is_none())) {
            places.lost.push(places.count);
        }
        places.count += 1;
    }
    all.retain(|places| !places.lost.is_empty());
    if all.iter().map(|places| places.lost.len()).sum::<usize>() > MOST {
        Err(Refusal::Many)
    } else {
        Ok(all)
    }
}

fn kind(packet: &Packet) -> Kind {
    let of = packet.segment().map(|segment| {
        let bits = KNOWN.iter().enumerate().map(|(bit, flag)| u8::from(segment.flags.contains(*flag)) << bit);
        (bits.sum(), !segment.payload.is_empty())
    });
    (packet.from, of)
}

/// The router's rule that leads packets to the chain of a loss, appended or deleted.
fn jump(how: char, rule: &LossRule, id: LossId) -> String {
    let flags = rule.flags.map(|flags| {
        KNOWN.iter().enumerate().map(|(bit, flag)| u8::from(flags.contains(*flag)) << bit).sum()
    });
    let matching = flags.map_or(String::new(), with_flags);
    format!("iptables -{how} FORWARD -s {}{matching} -j loss{}", rule.from.address(), id.0)
}

/// Exactly these of SYN, ACK, FIN and RST.
fn with_flags(bits: u8) -> String {
    let names = ["SYN", "ACK", "FIN", "RST"];
    let set: Vec<&str> = (0..4).filter(|bit| bits >> bit & 1 == 1).map(|bit| names[bit]).collect();
    let set = if set.is_empty() { "NONE".to_owned() } else { set.join(",") };
    format!(" -p tcp --tcp-flags SYN,ACK,FIN,RST {set}")
}
