//! `iptables -L`, column by column.

use super::values::{FLAG_NAMES, REJECT_TYPES};
use super::{log, shown};
use crate::names::{Names, port_text, protocol_name};
use std::fmt::Write;
use tcp_core::net::Ipv4;
use tcp_core::net::firewall::{
    Chain, ChainId, Counter, Filed, Firewall, Match, Network, Policy, Protocol, RejectWith, Rule, Target,
};
use tcp_core::tcp::Flags;

/// How to list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// Names of addresses, ports and protocols; none with `-n`.
    pub(super) names: Names,
    /// `-v`
    pub(super) verbose: bool,
    /// `-x`
    pub(super) exact: bool,
    /// `--line-numbers`
    pub(super) line_numbers: bool,
}

/// Lists all chains or one; with a number, only that rule, without headings.
pub(super) fn text(
    firewall: &Firewall,
    only: Option<ChainId>,
    number: Option<usize>,
    style: Style,
) -> String {
    let mut out = String::new();
    for id in firewall.ids().filter(|id| only.is_none_or(|wanted| wanted == *id)) {
        let Some(chain) = firewall.get(id) else { continue };
        if number.is_none() {
            if !out.is_empty() {
                out.push('\n');
            }
            heading(&mut out, firewall, id, chain, style);
        }
        for (at, Filed { rule, counter, .. }) in chain.rules.iter().enumerate() {
            if number.is_none_or(|wanted| wanted == at + 1) {
                row(&mut out, firewall, at + 1, rule, *counter, style);
            }
        }
    }
    out
}

/// What `-v` prints when a rule is added, deleted or found.
pub(super) fn echo(firewall: &Firewall, rule: &Rule) -> String {
    let protocol = protocol_text(rule.protocol.value, false);
    let mut out =
        format!("{} {}{protocol} opt -- ", target_name(firewall, &rule.target), bang(rule.protocol.inverted));
    let _ = write!(out, "in {} ", interface(rule.in_interface.as_ref(), true));
    let _ = write!(out, "out {} ", interface(rule.out_interface.as_ref(), true));
    let (source, destination) =
        (side(rule.source.as_ref(), Names::Numbers), side(rule.destination.as_ref(), Names::Numbers));
    let _ = write!(out, "{}{} {}-> {}  ", source.0, source.1, destination.0, destination.1);
    out += &matches(rule, true);
    out.push('\n');
    out
}

fn heading(out: &mut String, firewall: &Firewall, id: ChainId, chain: &Chain, style: Style) {
    let _ = write!(out, "Chain {} (", firewall.name_of(id).unwrap_or_default());
    let _ = match (id, chain.policy) {
        (ChainId::Own(own), _) => write!(out, "{} references", firewall.references(own)),
        (_, Policy::Accept) => write!(out, "policy ACCEPT"),
        (_, Policy::Drop) => write!(out, "policy DROP"),
    };
    // nf_tables counts only packets that match a rule, so the policy shows 0 whatever has passed.
    if style.verbose && matches!(id, ChainId::BuiltIn(_)) {
        out.push_str(" 0 packets, 0 bytes");
    }
    out.push_str(")\n");
    if style.line_numbers {
        out.push_str("num  ");
    }
    out.push_str(match (style.verbose, style.exact) {
        (false, _) => "",
        (true, false) => " pkts bytes ",
        (true, true) => "    pkts      bytes ",
    });
    out.push_str("target     prot opt ");
    if style.verbose {
        out.push_str("in     out     ");
    }
    out.push_str("source               destination         \n");
}

fn row(out: &mut String, firewall: &Firewall, number: usize, rule: &Rule, counter: Counter, style: Style) {
    let numeric = style.names == Names::Numbers;
    if style.line_numbers {
        let _ = write!(out, "{number:<4} ");
    }
    if style.verbose {
        let _ =
            write!(out, "{} {} ", count(counter.packets, style.exact), count(counter.octets, style.exact));
    }
    let protocol = protocol_text(rule.protocol.value, numeric);
    let target = target_name(firewall, &rule.target);
    let _ = write!(out, "{target:<10}{}{protocol:<4} -- ", bang(rule.protocol.inverted));
    if style.verbose {
        let _ = write!(out, " {:<6} ", interface(rule.in_interface.as_ref(), numeric));
        let _ = write!(out, "{:<6} ", interface(rule.out_interface.as_ref(), numeric));
    }
    for network in [rule.source.as_ref(), rule.destination.as_ref()] {
        let (bang, text) = side(network, style.names);
        let _ = write!(out, "{bang}{text:<19} ");
    }
    out.push_str(&matches(rule, numeric));
    out.push('\n');
}

/// A counter: exact, in eight columns; or in five, rounded with K, M, G or T.
fn count(number: u64, exact: bool) -> String {
    if exact {
        return format!("{number:>8}");
    }
    if number <= 99_999 {
        return format!("{number:>5}");
    }
    let mut number = number.saturating_add(500) / 1000;
    let mut suffix = 'K';
    for next in ['M', 'G', 'T'] {
        if number <= 9_999 {
            break;
        }
        number = (number + 500) / 1000;
        suffix = next;
    }
    format!("{number:>4}{suffix}")
}

const fn bang(inverted: bool) -> char {
    if inverted { '!' } else { ' ' }
}

fn target_name<'a>(firewall: &'a Firewall, target: &Target) -> &'a str {
    match target {
        Target::Accept => "ACCEPT",
        Target::Drop => "DROP",
        Target::Reject(_) => "REJECT",
        Target::Log(_) => "LOG",
        Target::Jump(chain) | Target::Goto(chain) => {
            firewall.name_of(ChainId::Own(*chain)).unwrap_or_default()
        }
        Target::Return => "RETURN",
        Target::Count => "",
    }
}

fn protocol_text(protocol: Protocol, numeric: bool) -> String {
    match protocol_name(protocol.0) {
        _ if numeric => protocol.0.to_string(),
        _ if protocol == Protocol::ALL => "all".to_owned(),
        Some(name) => name.to_owned(),
        None => protocol.0.to_string(),
    }
}

fn interface(name: Option<&Match<String>>, numeric: bool) -> String {
    match name {
        Some(Match { inverted, value }) => format!("{}{value}", if *inverted { "!" } else { "" }),
        None => (if numeric { "*" } else { "any" }).to_owned(),
    }
}

/// `!` or a blank, and the network.
fn side(network: Option<&Match<Network>>, names: Names) -> (char, String) {
    let Some(Match { inverted, value }) = network else {
        return (' ', (if names == Names::Numbers { "0.0.0.0/0" } else { "anywhere" }).to_owned());
    };
    (bang(*inverted), network_text(*value, names))
}

fn network_text(network: Network, names: Names) -> String {
    match network.prefix {
        32 => names.text(network.addr),
        0 if network.addr == Ipv4::UNSPECIFIED && names != Names::Numbers => "anywhere".to_owned(),
        prefix => format!("{}/{prefix}", network.addr),
    }
}

/// The conditions of extensions, in the order in which they were named, and the details of the target; each preceded by a
/// blank.
fn matches(rule: &Rule, numeric: bool) -> String {
    let mut out = String::new();
    if matches!(rule.target, Target::Goto(_)) {
        out.push_str("[goto] ");
    }
    out += &shown::listed(rule, true, numeric);
    for multiport in [rule.multiport_first, !rule.multiport_first] {
        if multiport { multiport_text(&mut out, rule, numeric) } else { own_match(&mut out, rule, numeric) }
    }
    out += &shown::listed(rule, false, numeric);
    match &rule.target {
        Target::Reject(with) => {
            let _ = write!(out, " reject-with {}", reject_name(*with));
        }
        Target::Log(style) => out += &log::listed(style, numeric),
        _ => {}
    }
    out
}

/// The protocol's own conditions.
fn own_match(out: &mut String, rule: &Rule, numeric: bool) {
    if rule.has_own_match() {
        let _ = write!(out, " {}", protocol_text(rule.protocol.value, false));
    }
    for (name, port) in [("spt", &rule.source_port), ("dpt", &rule.destination_port)] {
        if let Some(Match { inverted, value: (first, last) }) = port {
            let plural = if first == last { "" } else { "s" };
            let _ = write!(out, " {name}{plural}:{}", if *inverted { "!" } else { "" });
            *out += &range_text((*first, *last), numeric);
        }
    }
    if let Some(Match { inverted, value }) = &rule.tcp_option {
        let _ = write!(out, " option={}{value}", if *inverted { "!" } else { "" });
    }
    if let Some(Match { inverted, value }) = &rule.flags {
        let (mask, comp) = (flags_text(value.mask, numeric), flags_text(value.value, numeric));
        let _ = write!(out, " flags:{}{mask}/{comp}", if *inverted { "!" } else { "" });
    }
}

fn multiport_text(out: &mut String, rule: &Rule, numeric: bool) {
    for (name, ports) in [("sports", &rule.source_ports), ("dports", &rule.destination_ports)] {
        if let Some(Match { inverted, value }) = ports {
            let list: Vec<String> = value.iter().map(|range| range_text(*range, numeric)).collect();
            let _ = write!(out, " multiport {name} {}{}", if *inverted { " !" } else { "" }, list.join(","));
        }
    }
}

/// One port, or the first and last separated by a colon.
pub(super) fn range_text((first, last): (u16, u16), numeric: bool) -> String {
    let mut text = port_text(first, numeric);
    if first != last {
        text.push(':');
        text += &port_text(last, numeric);
    }
    text
}

/// Flags in hexadecimal, or by name.
pub(super) fn flags_text(flags: Flags, numeric: bool) -> String {
    if numeric {
        return format!("0x{:02X}", flags.bits());
    }
    let names: Vec<&str> =
        FLAG_NAMES.iter().filter(|(flag, _)| flags.contains(*flag)).map(|(_, name)| *name).collect();
    if names.is_empty() { "NONE".to_owned() } else { names.join(",") }
}

/// The long name of a type of rejection.
pub(super) fn reject_name(with: RejectWith) -> &'static str {
    REJECT_TYPES.iter().find(|(_, _, known)| *known == with).map_or("", |(name, _, _)| name)
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counters_as_the_tool_rounds_them() {
        for (number, short, exact) in [
            (0, "    0", "       0"),
            (99_999, "99999", "   99999"),
            (100_000, " 100K", "  100000"),
            (9_999_499, "9999K", " 9999499"),
            (9_999_500, "  10M", " 9999500"),
            (123_456_789, " 123M", "123456789"),
            (999_999_999, "1000M", "999999999"),
            (9_999_500_000, "  10G", "9999500000"),
            (99_999_999_999_999, " 100T", "99999999999999"),
            (9_999_999_999_999_999, "10000T", "9999999999999999"),
        ] {
            assert_eq!(count(number, false), short);
            assert_eq!(count(number, true), exact);
        }
        assert_eq!(count(u64::MAX, false), "18446744T");
    }
}
