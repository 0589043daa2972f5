//! The network's console: what the wire loses, doubles and reorders, how long it takes, and what is done to one segment on it.

mod forge;
mod segments;

use crate::number::{span, strtonum};
use crate::output::Output;
pub(crate) use forge::{OPTIONS as FORGE_OPTIONS, send_segment};
pub(crate) use segments::{hold, release, with_flags_joined};
use std::time::Duration;
use tcp_core::net::{
    Command, Errno, HostId, Impairment, IpAddr, LossRule, PayloadMatch, Share, Takes, WireAct, World,
};
use tcp_core::tcp::Flags;
use thiserror::Error;

/// Longest one-way delay: an hour.
const LONGEST_DELAY: Duration = Duration::from_secs(3600);

/// Why a command of the console was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Misunderstood {
    #[error("needs FROM FLAGS [LEN [COUNT]], for example: client S, or server SA * 1, or client 20%")]
    NoRule,
    #[error("sender {0}: client or server")]
    Sender(String),
    #[error("flags {0}: exactly these of S, A, F and R, for example SA; * is any")]
    Flags(String),
    #[error("length {0}: 0 is empty, + is with data, * is any")]
    Length(String),
    #[error("count {0}: how many, or -1 for ever")]
    Count(String),
    #[error("share {0}: from 0% to 100%, with two digits after the point at the most")]
    Share(String),
    #[error("there is no such rule; show lists those that are")]
    NoSuchRule,
    #[error("needs [FROM] MILLISECONDS, for example: 400, or client 400")]
    NoDelay,
    #[error("milliseconds {0}: a number from 0 to 3600000")]
    Milliseconds(String),
    #[error("needs N, or KIND [N] [from HOST], for example: 17, or SYN|ACK 2 from S_m")]
    NoSegment,
    #[error("number {0}: a whole number from 1")]
    Number(String),
    #[error("no segment {0} has departed yet")]
    NotDeparted(u32),
    #[error("{0}")]
    NoneLike(String),
    #[error("span {0}: for example 3s, 3.5s or 500ms, and an hour at the most")]
    Span(String),
    #[error("segment {0} is held already")]
    Held(u32),
    #[error("segment {0} is not held")]
    NotHeld(u32),
    #[error("segment {0} is not on the wire any more: it {1}")]
    Over(u32, &'static str),
    #[error("unexpected word {0}")]
    Word(String),
    #[error("{0}")]
    Option(String),
    #[error("flags {0}: SYN, ACK, FIN, RST, PSH or URG, joined by | or a comma")]
    FlagNames(String),
    #[error("number {0}: N, +N, next, next+N or next-N")]
    Sequence(String),
    #[error("number {0}: a whole number that its field has room for")]
    Field(String),
    #[error("end {0}: client, server or an address, with or without :PORT")]
    End(String),
    #[error("there was no connection between the two: both ends need a port")]
    NoPorts,
    #[error("no connection between the two has such a number")]
    NoConnection,
    #[error("nobody has the address {0}")]
    Nobody(IpAddr),
    #[error("{0}")]
    Refused(Errno),
}

/// Result of a command of the console.
type Done = Result<Output, Misunderstood>;

/// `drop FROM FLAGS [LEN [COUNT]]`, `drop FROM 20%`, or `drop N`
pub(crate) fn drop(args: &[&str], world: &mut World) -> Done {
    segments::act(args, world, WireAct::Drop).unwrap_or_else(|| impair(Impairment::Loss, args, world))
}

/// `duplicate FROM FLAGS [LEN [COUNT]]`, `duplicate FROM 20%`, or `duplicate N`
pub(crate) fn duplicate(args: &[&str], world: &mut World) -> Done {
    segments::act(args, world, WireAct::Duplicate)
        .unwrap_or_else(|| impair(Impairment::Duplication, args, world))
}

/// `reorder FROM FLAGS [LEN [COUNT]]`, or `reorder FROM 20%`
pub(crate) fn reorder(args: &[&str], world: &mut World) -> Done {
    impair(Impairment::Reordering, args, world)
}

/// `undrop FROM FLAGS [LEN]`, or `undrop FROM 20%`
pub(crate) fn undrop(args: &[&str], world: &mut World) -> Done {
    spare(Impairment::Loss, args, world)
}

/// `unduplicate FROM FLAGS [LEN]`, or `unduplicate FROM 20%`
pub(crate) fn unduplicate(args: &[&str], world: &mut World) -> Done {
    spare(Impairment::Duplication, args, world)
}

/// `unreorder FROM FLAGS [LEN]`, or `unreorder FROM 20%`
pub(crate) fn unreorder(args: &[&str], world: &mut World) -> Done {
    spare(Impairment::Reordering, args, world)
}

/// The command that makes the network do this; with `un` before it, the one that ends it.
pub const fn command(what: Impairment) -> &'static str {
    match what {
        Impairment::Loss => "drop",
        Impairment::Duplication => "duplicate",
        Impairment::Reordering => "reorder",
    }
}

fn impair(what: Impairment, args: &[&str], world: &mut World) -> Done {
    match rule(args)? {
        (rule, true) => apply(world, Command::Impair(what, rule)),
        // A share of nothing ends what there was, as with netem.
        (rule, false) => Ok(spared(what, rule, world).unwrap_or_default()),
    }
}

fn spare(what: Impairment, args: &[&str], world: &mut World) -> Done {
    spared(what, rule(args)?.0, world).map_err(|_| Misunderstood::NoSuchRule)
}

fn spared(what: Impairment, rule: LossRule, world: &mut World) -> Done {
    apply(world, Command::Spare(what, rule))
}

/// `clear`
pub(crate) fn clear(_args: &[&str], world: &mut World) -> Done {
    apply(world, Command::ClearNetwork)
}

fn apply(world: &mut World, command: Command) -> Done {
    world.apply(command).map(|_| Output::default()).map_err(Misunderstood::Refused)
}

/// `FROM FLAGS [LEN [COUNT]]`, or `FROM [FLAGS [LEN]] SHARE`, and whether it takes anything: a share may be 0.
fn rule(args: &[&str]) -> Result<(LossRule, bool), Misunderstood> {
    if let [rest @ .., share] = args
        && share.ends_with('%')
    {
        let hundredths = hundredths(share).ok_or_else(|| Misunderstood::Share((*share).to_owned()))?;
        let of = match rest {
            [from] => loss(&[from, "*"]),
            [_, _] | [_, _, _] => loss(rest),
            _ => Err(Misunderstood::NoRule),
        }?;
        let share = Share::new(hundredths).or(Share::new(1));
        let takes = share.map_or(Takes::All, Takes::Share);
        return Ok((LossRule { takes, ..of }, hundredths > 0));
    }
    Ok((loss(args)?, true))
}

/// `20%` in hundredths of a percent.
fn hundredths(word: &str) -> Option<u32> {
    let word = word.strip_suffix('%')?;
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    let digits = |word: &str, most| {
        (1..=most).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_digit())
    };
    if !digits(whole, 3) || !digits(part, 2) {
        return None;
    }
    let part = part.parse::<u32>().ok()? * if part.len() == 1 { 10 } else { 1 };
    Some(whole.parse::<u32>().ok()? * 100 + part).filter(|share| *share <= 10_000)
}

/// A share as it would be typed: `20%`
pub fn share_words(share: Share) -> String {
    let (whole, part) = (share.hundredths() / 100, share.hundredths() % 100);
    let part = if part > 0 { format!(".{part:02}") } else { String::new() };
    format!("{whole}{}%", part.trim_end_matches('0'))
}

/// `FROM FLAGS [LEN [COUNT]]`
fn loss(args: &[&str]) -> Result<LossRule, Misunderstood> {
    let (from, flag_letters, len, count) = match args {
        [from, flags] => (from, flags, "*", "-1"),
        [from, flags, len] => (from, flags, *len, "-1"),
        [from, flags, len, count] => (from, flags, *len, *count),
        _ => return Err(Misunderstood::NoRule),
    };
    let payload = match len {
        "0" => PayloadMatch::Empty,
        "*" => PayloadMatch::Any,
        "+" => PayloadMatch::Data,
        _ => return Err(Misunderstood::Length(len.to_owned())),
    };
    let takes = match strtonum(count, -1..=i64::from(u32::MAX)) {
        Ok(0) | Err(_) => return Err(Misunderstood::Count(count.to_owned())),
        Ok(count) => u32::try_from(count).map_or(Takes::All, Takes::Next),
    };
    Ok(LossRule { from: sender(from)?, flags: flags(flag_letters)?, payload, takes })
}

fn sender(word: &str) -> Result<HostId, Misunderstood> {
    match word.to_ascii_lowercase().as_str() {
        "client" | "c_m" => Ok(HostId::Client),
        "server" | "s_m" => Ok(HostId::Server),
        "site" => Ok(HostId::Site),
        _ => Err(Misunderstood::Sender(word.to_owned())),
    }
}

/// Flags as letters out of S, A, F and R; `*` stands for any.
fn flags(word: &str) -> Result<Option<Flags>, Misunderstood> {
    if word == "*" {
        return Ok(None);
    }
    let flag = |letter: char| match letter.to_ascii_uppercase() {
        'S' => Ok(Flags::SYN),
        'A' => Ok(Flags::ACK),
        'F' => Ok(Flags::FIN),
        'R' => Ok(Flags::RST),
        _ => Err(Misunderstood::Flags(word.to_owned())),
    };
    word.chars().try_fold(Flags::NONE, |flags, letter| Ok(flags | flag(letter)?)).map(Some)
}

/// `delay [FROM] MS`
pub(crate) fn delay(args: &[&str], world: &mut World) -> Done {
    let (senders, word) = match args {
        [ms] => (HostId::ALL.to_vec(), ms),
        [from, ms] => (vec![sender(from)?], ms),
        _ => return Err(Misunderstood::NoDelay),
    };
    let delay = millis(word.strip_suffix("ms").unwrap_or(word));
    let delay = delay.ok_or_else(|| Misunderstood::Milliseconds((*word).to_owned()))?;
    for from in senders {
        apply(world, Command::SetDelay { from, delay })?;
    }
    Ok(Output::default())
}

/// Milliseconds, with at most three digits after the point.
fn millis(word: &str) -> Option<Duration> {
    let span = span(word, Duration::from_millis(1), LONGEST_DELAY).ok()?;
    span.subsec_nanos().is_multiple_of(1000).then_some(span)
}

/// A delay as it would be typed, in milliseconds.
fn millis_text(delay: Duration) -> String {
    let micros = tcp_core::micros(delay);
    match micros % 1000 {
        0 => (micros / 1000).to_string(),
        part => format!("{}.{part:03}", micros / 1000).trim_end_matches('0').to_owned(),
    }
}

/// `show`
pub(crate) fn show(_args: &[&str], world: &mut World) -> Done {
    let mut text = String::new();
    for from in [HostId::Client, HostId::Server] {
        text.push_str(&format!("delay {} {}\n", from.word(), millis_text(world.delay(from))));
    }
    for what in IMPAIRMENTS {
        for loss in world.impairments(what) {
            text.push_str(&format!("{} {}\n", command(what), rule_words(&loss.rule)));
        }
    }
    Ok(Output::ok(text + &segments::on_the_wire(world)))
}

/// All that the console can make the network do, in the order in which it lists that.
pub const IMPAIRMENTS: [Impairment; 3] = [Impairment::Loss, Impairment::Duplication, Impairment::Reordering];

/// The rule as it would be typed: `client SA * -1`, or `client 20%`.
pub fn rule_words(rule: &LossRule) -> String {
    let letters = [(Flags::SYN, 'S'), (Flags::ACK, 'A'), (Flags::FIN, 'F'), (Flags::RST, 'R')];
    let flags = rule.flags.map_or("*".to_owned(), |flags| {
        letters.iter().filter(|(flag, _)| flags.contains(*flag)).map(|(_, letter)| *letter).collect()
    });
    let len = match rule.payload {
        PayloadMatch::Any => "*",
        PayloadMatch::Empty => "0",
        PayloadMatch::Data => "+",
    };
    let count = match rule.takes {
        Takes::All => "-1".to_owned(),
        Takes::Next(left) => left.to_string(),
        Takes::Share(share) if flags == "*" && len == "*" => {
            return format!("{} {}", rule.from.word(), share_words(share));
        }
        Takes::Share(share) => share_words(share),
    };
    format!("{} {flags} {len} {count}", rule.from.word())
}

#[cfg(test)]
mod tests;
