//! The fenced blocks of a step.

use super::Flaw;
use crate::lesson::{Check, Typed};
use crate::predicate::predicate;
use crate::prediction::Prediction;
use crate::words::{Words, by_profile, host};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_shell::TerminalId;

/// How long a check may take if it does not say so.
const WITHIN: Duration = Duration::from_secs(10);
/// Lines of a step that are typed.
const MOST_LINES: usize = 40;
/// Octets of such a line.
const LONGEST_LINE: usize = 400;

/// The blocks of a step, as far as they have been read.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) prediction: Option<Prediction>,
    pub(super) needed: Vec<Typed>,
    pub(super) looks: Vec<Typed>,
    pub(super) check: Option<Check>,
    pub(super) near_miss: Vec<Typed>,
    pub(super) other_way: Vec<Typed>,
    pub(super) hints: Vec<(usize, String)>,
}

impl Parts {
    /// Takes a block with the words behind its fence.
    pub(super) fn take(&mut self, info: &str, lines: &[(usize, String)], line: usize) -> Result<(), Flaw> {
        let flaw = |reason: &str| Flaw::at(line, reason);
        let (mut words, first) = (Words::of(info), Words::of(info).next());
        words.next();
        match first {
            "predict" => {
                let lines: Vec<(usize, &str)> = lines.iter().map(|(at, text)| (*at, text.as_str())).collect();
                let read = Prediction::read(words.all(), &lines, line);
                let prediction = read.map_err(|(at, reason)| Flaw::at(at, reason))?;
                if self.prediction.replace(prediction).is_some() {
                    return Err(flaw("a step has one prediction at the most"));
                }
            }
            "check" => {
                let check = check(words.all(), lines, line)?;
                if self.check.replace(check).is_some() {
                    return Err(flaw("a step has one check"));
                }
            }
            "hint" => {
                self.hints
                    .push((line, lines.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")));
                if self.hints.len() > 2 || !words.all().is_empty() {
                    return Err(flaw("a step has two hints at the most; the third is made of its lines"));
                }
            }
            "near-miss" | "other-way" => {
                let place = words.next();
                let terminal = terminal(place, words.all(), "upper").ok_or_else(|| flaw(NO_TERMINAL))?;
                let into = if first == "near-miss" { &mut self.near_miss } else { &mut self.other_way };
                typed(lines, terminal, into)?;
            }
            place => {
                let role = words.next();
                let (into, usual) = match role {
                    "needed" => (&mut self.needed, "upper"),
                    "look" => (&mut self.looks, "lower"),
                    _ => return Err(flaw(NO_BLOCK)),
                };
                let terminal = terminal(place, words.all(), usual).ok_or_else(|| flaw(NO_TERMINAL))?;
                typed(lines, terminal, into)?;
            }
        }
        Ok(())
    }
}

const NO_BLOCK: &str = "a block is `C_m needed`, `S_m look`, `network needed`, `predict pair`, `check NAME`, \
    `near-miss C_m`, `other-way C_m` or `hint`";
const NO_TERMINAL: &str = "wants C_m, S_m or network, and perhaps upper, lower or third";

/// Takes a block that stands before the first step.
pub(super) fn before(
    info: &str,
    lines: &[(usize, String)],
    line: usize,
    into: &mut Vec<Typed>,
) -> Result<(), Flaw> {
    let mut words = Words::of(info);
    let (place, role) = (words.next(), words.next());
    if role != "before" {
        return Err(Flaw::at(line, "before the first step a block is `C_m before`: lines that were typed"));
    }
    let terminal = terminal(place, words.all(), "upper").ok_or_else(|| Flaw::at(line, NO_TERMINAL))?;
    typed(lines, terminal, into)
}

/// The terminal of a host, or the network's console.
fn terminal(place: &str, which: &str, usual: &str) -> Option<TerminalId> {
    let which = if which.is_empty() { usual } else { which };
    if place == "network" {
        return Some(TerminalId::Network);
    }
    Some(match (host(place)?, which) {
        (HostId::Client, "upper") => TerminalId::ClientUpper,
        (HostId::Client, "lower") => TerminalId::ClientLower,
        (HostId::Client, "third") => TerminalId::ClientThird,
        (HostId::Server, "upper") => TerminalId::ServerUpper,
        (HostId::Server, "lower") => TerminalId::ServerLower,
        (HostId::Server, "third") => TerminalId::ServerThird,
        _ => return None,
    })
}

fn typed(lines: &[(usize, String)], terminal: TerminalId, into: &mut Vec<Typed>) -> Result<(), Flaw> {
    for (at, text) in lines {
        if text.len() > LONGEST_LINE {
            return Err(Flaw::at(*at, "a line has at most 400 octets"));
        }
        into.push(Typed { terminal, text: text.clone() });
        if into.len() > MOST_LINES {
            return Err(Flaw::at(*at, "a step has at most 40 lines of a kind"));
        }
    }
    Ok(())
}

fn check(name: &str, lines: &[(usize, String)], line: usize) -> Result<Check, Flaw> {
    if !super::is_id(name) {
        return Err(Flaw::at(line, "a check has a name: `check pair`"));
    }
    let mut check = Check { name: name.to_owned(), predicates: Vec::new(), within: WITHIN };
    for (at, text) in lines {
        let flaw = |reason| Flaw::at(*at, reason);
        if let Some(span) = text.strip_prefix("within ") {
            let mut words = Words::of(span);
            check.within = words.span().map_err(flaw)?;
            words.ends().map_err(flaw)?;
            continue;
        }
        for (profile, part) in by_profile(text) {
            check.predicates.push((profile, predicate(part).map_err(flaw)?));
        }
    }
    if check.predicates.is_empty() {
        return Err(Flaw::at(line, "a check asks for something"));
    }
    Ok(check)
}
