//! The network's console: what the wire loses, doubles and how long it takes, and what is done to one segment on it.

mod forge;
mod segments;

use crate::number::{span, strtonum};
use crate::output::Output;
pub(crate) use forge::{OPTIONS as FORGE_OPTIONS, send_segment};
pub(crate) use segments::{hold, release, with_flags_joined};
use std::time::Duration;
use tcp_core::net::{Command, Errno, HostId, IpAddr, LossRule, PayloadMatch, WireAct, World};
use tcp_core::tcp::Flags;
use thiserror::Error;

/// Longest one-way delay: an hour.
const LONGEST_DELAY: Duration = Duration::from_secs(3600);

/// Why a command of the console was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Misunderstood {
    #[error("needs FROM FLAGS [LEN [COUNT]], for example: client S, or server SA * 1")]
    NoRule,
    #[error("sender {0}: client or server")]
    Sender(String),
    #[error("flags {0}: exactly these of S, A, F and R, for example SA; * is any")]
    Flags(String),
    #[error("length {0}: 0 is empty, + is with data, * is any")]
    Length(String),
    #[error("count {0}: how many, or -1 for ever")]
    Count(String),
    #[error("nothing like that is dropped; show lists what is")]
    NotDropped,
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

/// `drop FROM FLAGS [LEN [COUNT]]`, or `drop N`
pub(crate) fn drop(args: &[&str], world: &mut World) -> Done {
    if let Some(done) = segments::act(args, world, WireAct::Drop) {
        return done;
    }
    apply(world, Command::Lose(loss(args)?))
}

/// `undrop FROM FLAGS [LEN]`
pub(crate) fn undrop(args: &[&str], world: &mut World) -> Done {
    let rule = loss(args)?;
    apply(world, Command::StopLosing(rule)).map_err(|_| Misunderstood::NotDropped)
}

/// `duplicate FROM FLAGS [LEN [COUNT]]`, or `duplicate N`
pub(crate) fn duplicate(args: &[&str], world: &mut World) -> Done {
    if let Some(done) = segments::act(args, world, WireAct::Duplicate) {
        return done;
    }
    apply(world, Command::Duplicate(loss(args)?))
}

/// `clear`
pub(crate) fn clear(_args: &[&str], world: &mut World) -> Done {
    apply(world, Command::ClearNetwork)
}

fn apply(world: &mut World, command: Command) -> Done {
    world.apply(command).map(|_| Output::default()).map_err(Misunderstood::Refused)
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
    let left = match strtonum(count, -1..=i64::from(u32::MAX)) {
        Ok(0) | Err(_) => return Err(Misunderstood::Count(count.to_owned())),
        Ok(count) => u32::try_from(count).ok(),
    };
    Ok(LossRule { from: sender(from)?, flags: flags(flag_letters)?, payload, left })
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
    let rules = world.losses().iter().map(|loss| ("drop", loss));
    for (what, loss) in rules.chain(world.duplications().iter().map(|loss| ("duplicate", loss))) {
        text.push_str(&format!("{what} {}\n", rule_words(&loss.rule)));
    }
    Ok(Output::ok(text + &segments::on_the_wire(world)))
}

/// The rule as it would be typed: `client SA * -1`.
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
    let count = rule.left.map_or("-1".to_owned(), |left| left.to_string());
    format!("{} {flags} {len} {count}", rule.from.word())
}

#[cfg(test)]
mod tests;
