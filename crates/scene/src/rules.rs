//! What drops or rejects something, wherever it stands, and the lines that end it.

use crate::drops::{Drop, free_terminal, rule};
use crate::model::RuleView;
use crate::wire::{GATES, netem, stops};
use crate::words::{DropPlace, Message, Taken};
use std::rc::Rc;
use tcp_core::net::firewall::{Chain, ChainId, ChainName, Filed, Policy, Target};
use tcp_core::net::{Device, HostId, Impairment, Loss, Takes};
use tcp_shell::tools::iptables::spec;
use tcp_shell::tools::tc::options;
use tcp_shell::{IMPAIRMENTS, Lab, TerminalId, command, rule_words};

/// Both hosts have a terminal in which a rule can be ended.
const HOSTS: [HostId; 2] = [HostId::Client, HostId::Server];

/// All rules and policies that stop something, and all that the network does: C_m's, the network's, S_m's.
pub(crate) fn in_force(lab: &Lab, port: u16) -> Vec<RuleView> {
    let [client, server] = HOSTS.map(|host| of_host(lab, host, port));
    client.into_iter().chain(of_network(lab)).chain(server).collect()
}

/// The lines that end all of them.
pub(crate) fn clear(lab: &Lab) -> Vec<(TerminalId, Rc<str>)> {
    let of_host = |host| {
        let chains =
            || ChainName::ALL.into_iter().map(move |name| (name, lab.world().firewall(host).chain(name)));
        let flush = lab.world().firewall(host).filed().any(|filed| stops(&filed.rule));
        let policies = chains().filter(|(_, chain)| chain.policy == Policy::Drop);
        let lines = flush.then(|| "sudo iptables -F".to_owned()).into_iter();
        let lines = lines.chain(netem(lab.world(), host).map(|_| NO_NETEM.to_owned()));
        (free_terminal(lab, host), joined(lines.chain(policies.map(|(name, _)| accept(name)))))
    };
    let any = of_network(lab).next().map(|_| "clear".to_owned());
    let network = (TerminalId::Network, joined(any.into_iter()));
    let all = HOSTS.map(of_host).into_iter().chain([network]);
    all.filter(|(_, line)| !line.is_empty()).map(|(terminal, line)| (terminal, line.into())).collect()
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<String>>().join("; ")
}

fn accept(chain: ChainName) -> String {
    format!("sudo iptables -P {} ACCEPT", chain.name())
}

fn of_host(lab: &Lab, host: HostId, port: u16) -> Vec<RuleView> {
    let of_chain = |name| {
        let firewall = lab.world().firewall(host);
        let stopping = firewall.led_through(name).into_iter().filter(|(_, filed)| stops(&filed.rule));
        let rules = stopping.map(|(chain, filed)| of_chain(lab, host, name, chain, filed, port));
        rules.chain(policy(lab, host, name, firewall.chain(name))).collect::<Vec<RuleView>>()
    };
    ChainName::ALL.into_iter().flat_map(of_chain).chain(of_netem(lab, host)).collect()
}

/// The line that removes the netem of a host's card.
const NO_NETEM: &str = "sudo tc qdisc del dev eth0 root";

fn of_netem(lab: &Lab, host: HostId) -> Option<RuleView> {
    let qdisc = netem(lab.world(), host)?;
    let options = options(qdisc.netem());
    // The limit goes without saying.
    let short = options.strip_prefix("limit 1000 ").unwrap_or(&options);
    Some(RuleView {
        what: Message::Rule(format!("netem {short}")),
        place: Message::Chain(host, Device::Link.name()),
        gate: gate(host, ChainName::Output),
        taken: Message::Taken { count: qdisc.counters().dropped.into(), how: Taken::Dropped },
        text: format!("qdisc netem {:x}: root {options}", qdisc.handle()).into(),
        terminal: free_terminal(lab, host),
        line: NO_NETEM.into(),
    })
}

/// A rule of a built-in chain, or of one to which it leads.
fn of_chain(lab: &Lab, host: HostId, name: ChainName, chain: ChainId, filed: &Filed, port: u16) -> RuleView {
    let firewall = lab.world().firewall(host);
    let spec = spec(firewall, &filed.rule);
    let (own, chain) = (chain != ChainId::BuiltIn(name), firewall.name_of(chain).unwrap_or_default());
    let (what, line) = match Drop::of_rule(&filed.rule, host, name, port) {
        Some(drop) if !own => (Message::Kind(drop.kind), without(lab, drop, filed, (host, name), port)),
        _ => (Message::Rule(telling(&spec).to_owned()), format!("sudo iptables -D {chain} {spec}")),
    };
    RuleView {
        what,
        place: Message::Chain(host, name.name()),
        gate: gate(host, name),
        taken: Message::Taken {
            count: filed.counter.packets,
            how: if matches!(filed.rule.target, Target::Reject(_)) {
                Taken::Rejected
            } else {
                Taken::Dropped
            },
        },
        text: format!("-A {chain} {spec}").into(),
        terminal: free_terminal(lab, host),
        line: line.into(),
    }
}

/// The line that deletes a rule which takes what a toggle takes: the toggle's, or with the words of the rule.
pub(crate) fn without(
    lab: &Lab,
    drop: &Drop,
    filed: &Filed,
    (host, chain): (HostId, ChainName),
    port: u16,
) -> String {
    if filed.rule == rule(drop, host, chain, port) {
        return drop.line("-D", host, chain, port);
    }
    format!("sudo iptables -D {} {}", chain.name(), spec(lab.world().firewall(host), &filed.rule))
}

/// The rule without what goes without saying: that it is about TCP, and drops.
fn telling(spec: &str) -> &str {
    let rest = spec.strip_prefix("-p tcp -m tcp ").unwrap_or(spec);
    rest.strip_suffix(" -j DROP").unwrap_or(rest)
}

fn policy(lab: &Lab, host: HostId, name: ChainName, chain: &Chain) -> Option<RuleView> {
    (chain.policy == Policy::Drop).then(|| RuleView {
        what: Message::PolicyDrops,
        place: Message::Chain(host, name.name()),
        gate: gate(host, name),
        taken: Message::Taken { count: chain.counter.packets, how: Taken::Dropped },
        text: format!("-P {} DROP", name.name()).into(),
        terminal: free_terminal(lab, host),
        line: accept(name).into(),
    })
}

fn gate(host: HostId, chain: ChainName) -> Option<usize> {
    GATES.iter().position(|gate| (gate.0, gate.1) == (host, chain))
}

fn of_network(lab: &Lab) -> impl Iterator<Item = RuleView> {
    let of = |what| lab.world().impairments(what).iter().map(move |loss| in_network(what, loss));
    IMPAIRMENTS.into_iter().flat_map(of)
}

fn in_network(what: Impairment, loss: &Loss) -> RuleView {
    let words = rule_words(&loss.rule);
    let text = format!("{} {words}", command(what));
    RuleView {
        what: match (what, Drop::of_loss(loss)) {
            (Impairment::Loss, Some(drop)) => Message::Kind(drop.kind),
            (Impairment::Loss, None) => Message::Rule(words.clone()),
            _ => Message::Rule(text.clone()),
        },
        place: Message::Place(DropPlace::Network),
        gate: None,
        taken: Message::Taken {
            count: loss.taken,
            how: match what {
                Impairment::Loss => Taken::Dropped,
                Impairment::Duplication => Taken::Doubled,
                Impairment::Reordering => Taken::Late,
            },
        },
        text: text.into(),
        terminal: TerminalId::Network,
        line: format!("un{} {}", command(what), without_count(loss, &words)).into(),
    }
}

/// The rule without the number of segments that it may take; a share distinguishes it from other rules.
fn without_count<'a>(loss: &Loss, words: &'a str) -> &'a str {
    match loss.rule.takes {
        Takes::Share(_) => words,
        Takes::All | Takes::Next(_) => words.rsplit_once(' ').map_or(words, |(rule, _)| rule),
    }
}
