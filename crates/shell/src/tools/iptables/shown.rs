//! The conditions of `-m state`, `conntrack`, `comment`, `length`, `limit` and `statistic`, as they are printed.

use super::icmp;
use std::fmt::Write;
use std::time::Duration;
use tcp_core::net::firewall::{Condition, Match, Rate, Rule, StateMatch, Tracked};

/// `--limit-burst` if none is given.
pub(super) const BURST: u32 = 5;

/// The conditions before the protocol's own match, or those after it, as `-L` has them.
pub(super) fn listed(rule: &Rule, before: bool, numeric: bool) -> String {
    let mut out = String::new();
    for Match { inverted, value } in part(rule, before) {
        let (bang, tight) = if *inverted { (" !", "!") } else { ("", "") };
        let _ = match value {
            Condition::State(by, states) => write!(out, "{bang} {} {}", names(*by)[1], list(states)),
            Condition::Comment(text) => write!(out, " /* {text} */"),
            Condition::Icmp(kind, code) => {
                write!(out, "{}", icmp::listed(*kind, *code, *inverted, numeric))
            }
            Condition::Length(first, last) => write!(out, " length {tight}{}", range(*first, *last)),
            Condition::Nth { every, packet: 0 } => write!(out, " statistic mode nth{bang} every {every}"),
            Condition::Nth { every, packet } => {
                write!(out, " statistic mode nth{bang} every {every} packet {packet}")
            }
            Condition::Limit(Rate { packets, unit, burst }) => {
                write!(out, " limit: avg {packets}/{} burst {burst}", unit_name(*unit))
            }
            Condition::Random(share) => {
                write!(out, " statistic mode random{bang} probability {}", fraction(*share))
            }
            Condition::Connections { above, prefix, side } => {
                let (of, sign) = (["src", "dst"][*side as usize], if *inverted { "<=" } else { ">" });
                write!(out, " #conn {of}/{prefix} {sign} {above}")
            }
        };
    }
    out
}

/// The same as `-S` has them. `quote` makes a word of a comment.
pub(super) fn saved(rule: &Rule, before: bool, quote: fn(&str) -> String) -> String {
    let mut out = String::new();
    for Match { inverted, value } in part(rule, before) {
        let bang = if *inverted { " !" } else { "" };
        let _ = match value {
            Condition::State(by, states) => {
                let [of, option] = names(*by);
                write!(out, " -m {of}{bang} --{option} {}", list(states))
            }
            Condition::Comment(text) => write!(out, " -m comment --comment {}", quote(text)),
            Condition::Icmp(kind, code) => write!(out, "{}", icmp::saved(*kind, *code, bang)),
            Condition::Length(first, last) => {
                write!(out, " -m length{bang} --length {}", range(*first, *last))
            }
            Condition::Nth { every, packet } => {
                write!(out, " -m statistic --mode nth{bang} --every {every} --packet {packet}")
            }
            Condition::Limit(Rate { packets, unit, burst }) => {
                let burst = if *burst == BURST { String::new() } else { format!(" --limit-burst {burst}") };
                write!(out, " -m limit --limit {packets}/{}{burst}", unit_name(*unit))
            }
            Condition::Random(share) => {
                write!(out, " -m statistic --mode random{bang} --probability {}", fraction(*share))
            }
            Condition::Connections { above, prefix, side } => {
                let (by, most) =
                    (["saddr", "daddr"][*side as usize], if *inverted { "upto" } else { "above" });
                write!(
                    out,
                    " -m connlimit --connlimit-{most} {above} --connlimit-mask {prefix} --connlimit-{by}"
                )
            }
        };
    }
    out
}

/// A word as `iptables-save` writes it: in quotes unless it is made of letters, digits, `_` and `-`.
pub(super) fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut out = String::from('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\' | '\'') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
    out
}

/// A word as it is typed at a prompt.
pub(super) fn typed(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

fn part(rule: &Rule, before: bool) -> &[Match<Condition>] {
    let (first, rest) = rule.conditions.split_at(rule.conditions_first.min(rule.conditions.len()));
    if before { first } else { rest }
}

fn list(states: &[Tracked]) -> String {
    states.iter().map(|state| state.name()).collect::<Vec<_>>().join(",")
}

fn range(first: u16, last: u16) -> String {
    if first == last { first.to_string() } else { format!("{first}:{last}") }
}

/// Parts of 2³¹ as a number from 0 to 1.
fn fraction(share: u32) -> String {
    format!("{:.11}", f64::from(share) / f64::from(1_u32 << 31))
}

/// The match that has states, and its option.
pub(super) const fn names(by: StateMatch) -> [&'static str; 2] {
    match by {
        StateMatch::State => ["state", "state"],
        StateMatch::Conntrack => ["conntrack", "ctstate"],
    }
}

fn unit_name(unit: Duration) -> &'static str {
    match unit.as_secs() {
        1 => "sec",
        60 => "min",
        3600 => "hour",
        _ => "day",
    }
}
