//! What the network does to segments, in English.

use crate::words::Taken;
use tcp_core::net::{HostId, Impairment, LossRule, Share, Takes};
use tcp_shell::{IMPAIRMENTS, command, rule_words, share_words};

pub(super) const fn to_next(what: Impairment) -> &'static str {
    match what {
        Impairment::Loss => "Lose the next one",
        Impairment::Duplication => "Double the next one",
        Impairment::Reordering => "Let the next one be overtaken",
    }
}

pub(super) const fn taken(how: Taken) -> &'static str {
    match how {
        Taken::Dropped => "dropped",
        Taken::Rejected => "rejected",
        Taken::Doubled => "doubled",
        Taken::Late => "late",
    }
}

/// `5 ms · 20% lost · 5% late`, `S_m unplugged · 5 ms`
pub(super) fn lane(delay_ms: u32, shares: &[Option<Share>; 3], unplugged: [bool; 2]) -> String {
    let hosts = [HostId::Client, HostId::Server].into_iter().zip(unplugged);
    let without = hosts.filter(|(_, is)| *is).map(|(host, _)| format!("{host} unplugged · "));
    let part = |(what, share): (Impairment, &Option<Share>)| {
        let does = match what {
            Impairment::Loss => "lost",
            Impairment::Duplication => "doubled",
            Impairment::Reordering => "late",
        };
        share.map(|share| format!(" · {} {does}", share_words(share)))
    };
    let parts: String = IMPAIRMENTS.into_iter().zip(shares).filter_map(part).collect();
    format!("{}{delay_ms} ms{parts}", without.collect::<String>())
}

/// Which segments the network loses, if it is a share of them: `20% of what C_m sends`.
pub(super) fn share_of(rule: &LossRule) -> Option<String> {
    let Takes::Share(share) = rule.takes else { return None };
    let any = LossRule { flags: None, payload: tcp_core::net::PayloadMatch::Any, ..*rule } == *rule;
    let of = if any { format!("what {} sends", rule.from) } else { "such segments".to_owned() };
    Some(format!("{} of {of}", share_words(share)))
}

/// What a rule did to a segment.
pub(super) fn by_rule(what: Impairment, rule: &LossRule) -> String {
    let line = format!("{} {}", command(what), rule_words(rule));
    let drawn = match rule.takes {
        Takes::Share(_) => " The session's seed decides which segments the rule takes.",
        Takes::All | Takes::Next(_) => "",
    };
    match what {
        Impairment::Loss => format!("The network lost it by the rule {line}.{drawn}"),
        Impairment::Duplication => format!("The network made it by the rule {line}.{drawn}"),
        Impairment::Reordering => {
            format!("It takes twice as long, by the network's rule {line}.{drawn}")
        }
    }
}
