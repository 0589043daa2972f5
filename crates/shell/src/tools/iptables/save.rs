//! `iptables -S`: rules as the lines that would make them.

use super::list::{flags_text, range_text, reject_name};
use super::log;
use super::shown::{quoted, saved, typed};
use crate::names::protocol_name;
use std::fmt::Write;
use tcp_core::net::firewall::{
    Chain, ChainId, Filed, Firewall, Match, Network, Policy, Protocol, Rule, Target,
};

/// Lists all chains or one; with a number, only that rule.
pub(super) fn text(
    firewall: &Firewall,
    only: Option<ChainId>,
    number: Option<usize>,
    counters: bool,
) -> String {
    let mut out = String::new();
    for (id, name, chain) in chains(firewall, only).filter(|_| number.is_none()) {
        let zero = if counters { " -c 0 0" } else { "" };
        let _ = match id {
            ChainId::BuiltIn(_) => writeln!(out, "-P {name} {}{zero}", policy_name(chain.policy)),
            ChainId::Own(_) => writeln!(out, "-N {name}"),
        };
    }
    for (_, name, chain) in chains(firewall, only) {
        for (at, Filed { rule, counter, .. }) in chain.rules.iter().enumerate() {
            if number.is_some_and(|wanted| wanted != at + 1) {
                continue;
            }
            let _ = write!(out, "-A {name}{}", conditions(rule, quoted));
            if counters {
                let _ = write!(out, " -c {} {}", counter.packets, counter.octets);
            }
            out.push_str(&jump(firewall, &rule.target, quoted));
            out.push('\n');
        }
    }
    out
}

/// All chains or one, each with its name.
fn chains(firewall: &Firewall, only: Option<ChainId>) -> impl Iterator<Item = (ChainId, &str, &Chain)> {
    let ids = firewall.ids().filter(move |id| only.is_none_or(|wanted| wanted == *id));
    ids.filter_map(|id| Some((id, firewall.name_of(id)?, firewall.get(id)?)))
}

/// The chains with their policies, and all rules, as `iptables-save` lists them.
pub(super) fn table(firewall: &Firewall, counters: bool) -> String {
    let mut out = String::new();
    for (id, name, chain) in chains(firewall, None) {
        let policy = match id {
            ChainId::BuiltIn(_) => policy_name(chain.policy),
            ChainId::Own(_) => "-",
        };
        let _ = writeln!(out, ":{name} {policy} [0:0]");
    }
    for (_, name, chain) in chains(firewall, None) {
        for Filed { rule, counter, .. } in &chain.rules {
            if counters {
                let _ = write!(out, "[{}:{}] ", counter.packets, counter.octets);
            }
            let target = jump(firewall, &rule.target, quoted);
            let _ = writeln!(out, "-A {name}{}{target}", conditions(rule, quoted));
        }
    }
    out
}

const fn policy_name(policy: Policy) -> &'static str {
    match policy {
        Policy::Accept => "ACCEPT",
        Policy::Drop => "DROP",
    }
}

/// The rule without its chain, as the line that would make it, to be typed: `-p tcp -m tcp --dport 5555 -j DROP`.
pub fn spec(firewall: &Firewall, rule: &Rule) -> String {
    (conditions(rule, typed) + &jump(firewall, &rule.target, typed)).trim_start().to_owned()
}

fn bang(inverted: bool) -> &'static str {
    if inverted { " !" } else { "" }
}

fn conditions(rule: &Rule, quote: fn(&str) -> String) -> String {
    let mut out = String::new();
    for (letter, network) in [('s', &rule.source), ('d', &rule.destination)] {
        if let Some(Match { inverted, value: Network { addr, prefix } }) = network {
            let _ = write!(out, "{} -{letter} {addr}/{prefix}", bang(*inverted));
        }
    }
    for (letter, interface) in [('i', &rule.in_interface), ('o', &rule.out_interface)] {
        if let Some(Match { inverted, value }) = interface {
            let _ = write!(out, "{} -{letter} {value}", bang(*inverted));
        }
    }
    let protocol =
        protocol_name(rule.protocol.value.0).map_or_else(|| rule.protocol.value.0.to_string(), str::to_owned);
    if rule.protocol.value != Protocol::ALL {
        let _ = write!(out, "{} -p {protocol}", bang(rule.protocol.inverted));
    }
    out += &saved(rule, true, quote);
    for multiport in [rule.multiport_first, !rule.multiport_first] {
        if multiport { multiport_options(&mut out, rule) } else { own_options(&mut out, rule, &protocol) }
    }
    out += &saved(rule, false, quote);
    out
}

/// The options of the protocol's own match.
fn own_options(out: &mut String, rule: &Rule, protocol: &str) {
    if rule.has_own_match() {
        let _ = write!(out, " -m {protocol}");
    }
    for (name, port) in [("sport", &rule.source_port), ("dport", &rule.destination_port)] {
        if let Some(Match { inverted, value }) = port {
            let _ = write!(out, "{} --{name} {}", bang(*inverted), range_text(*value, true));
        }
    }
    if let Some(Match { inverted, value }) = &rule.tcp_option {
        let _ = write!(out, "{} --tcp-option {value}", bang(*inverted));
    }
    if let Some(Match { inverted, value }) = &rule.flags {
        let (mask, comp) = (flags_text(value.mask, false), flags_text(value.value, false));
        let _ = write!(out, "{} --tcp-flags {mask} {comp}", bang(*inverted));
    }
}

fn multiport_options(out: &mut String, rule: &Rule) {
    for (name, ports) in [("sports", &rule.source_ports), ("dports", &rule.destination_ports)] {
        if let Some(Match { inverted, value }) = ports {
            let list: Vec<String> = value.iter().map(|range| range_text(*range, true)).collect();
            let _ = write!(out, " -m multiport{} --{name} {}", bang(*inverted), list.join(","));
        }
    }
}

fn jump(firewall: &Firewall, target: &Target, quote: fn(&str) -> String) -> String {
    let name = |chain| firewall.name_of(ChainId::Own(chain)).unwrap_or_default();
    match target {
        Target::Accept => " -j ACCEPT".to_owned(),
        Target::Drop => " -j DROP".to_owned(),
        Target::Reject(with) => format!(" -j REJECT --reject-with {}", reject_name(*with)),
        Target::Log(style) => log::saved(style, quote),
        Target::Return => " -j RETURN".to_owned(),
        Target::Jump(chain) => format!(" -j {}", name(*chain)),
        Target::Goto(chain) => format!(" -g {}", name(*chain)),
        Target::Count => String::new(),
    }
}
