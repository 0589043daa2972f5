//! What drops or rejects something, wherever it stands, and the lines that end it.

use crate::drops::{Drop, free_terminal};
use crate::model::RuleView;
use crate::wire::{GATES, stops};
use crate::words::{DropPlace, Message, Taken};
use std::rc::Rc;
use tcp_core::net::firewall::{Chain, ChainName, Filed, Policy, Target};
use tcp_core::net::{HostId, Impairment, Loss, Takes};
use tcp_shell::tools::iptables::spec;
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
        let flush = chains().any(|(_, chain)| chain.rules.iter().any(|filed| stops(&filed.rule)));
        let policies = chains().filter(|(_, chain)| chain.policy == Policy::Drop);
        let lines = flush.then(|| "sudo iptables -F".to_owned()).into_iter();
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
        let chain = lab.world().firewall(host).chain(name);
        let stopping = chain.rules.iter().filter(|filed| stops(&filed.rule));
        let rules = stopping.map(move |filed| of_chain(lab, host, name, filed, port));
        rules.chain(policy(lab, host, name, chain)).collect::<Vec<RuleView>>()
    };
    ChainName::ALL.into_iter().flat_map(of_chain).collect()
}

fn of_chain(lab: &Lab, host: HostId, name: ChainName, filed: &Filed, port: u16) -> RuleView {
    let (chain, spec) = (name.name(), spec(&filed.rule));
    let (what, line) = match Drop::of_rule(&filed.rule, host, name, port) {
        Some(drop) => (Message::Kind(drop.kind), drop.line("-D", host, name, port)),
        None => (Message::Rule(spec.clone()), format!("sudo iptables -D {chain} {spec}")),
    };
    RuleView {
        what,
        place: Message::Chain(host, chain),
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
