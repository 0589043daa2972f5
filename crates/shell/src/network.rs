//! The network's console: what the wire loses and duplicates, and how long it takes.

use crate::number::{span, strtonum};
use crate::output::Output;
use std::time::Duration;
use tcp_core::net::{Command, Errno, HostId, LossRule, PayloadMatch, World};
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
    #[error("{0}")]
    Refused(Errno),
}

/// Result of a command of the console.
type Done = Result<Output, Misunderstood>;

/// `drop FROM FLAGS [LEN [COUNT]]`
pub(crate) fn drop(args: &[&str], world: &mut World) -> Done {
    apply(world, Command::Lose(loss(args)?))
}

/// `undrop FROM FLAGS [LEN]`
pub(crate) fn undrop(args: &[&str], world: &mut World) -> Done {
    let rule = loss(args)?;
    apply(world, Command::StopLosing(rule)).map_err(|_| Misunderstood::NotDropped)
}

/// `duplicate FROM FLAGS [LEN [COUNT]]`
pub(crate) fn duplicate(args: &[&str], world: &mut World) -> Done {
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
    let micros = delay.as_micros();
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
    Ok(Output::ok(text))
}

/// The rule as it would be typed.
fn rule_words(rule: &LossRule) -> String {
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
mod tests {
    use super::*;

    fn rule(line: &str) -> Result<String, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        loss(&words).map(|rule| rule_words(&rule)).map_err(|why| why.to_string())
    }

    #[test]
    fn rules_are_read_as_the_traces_write_them() {
        assert_eq!(rule("server SA * -1"), Ok("server SA * -1".to_owned()));
        assert_eq!(rule("client A 0 1"), Ok("client A 0 1".to_owned()));
        assert_eq!(rule("C_m fa"), Ok("client AF * -1".to_owned()));
        assert_eq!(rule("S_m * + 3"), Ok("server * + 3".to_owned()));
    }

    #[test]
    fn delays_have_fractions_of_a_millisecond() {
        assert_eq!(millis("400"), Some(Duration::from_millis(400)));
        assert_eq!(millis("0.05").map(millis_text), Some("0.05".to_owned()));
        assert_eq!(millis("1.0005"), None);
        assert_eq!(millis("-1"), None);
        assert_eq!(millis("é"), None);
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(rule("nobody S"), Err("sender nobody: client or server".to_owned()));
        assert!(rule("client X").is_err_and(|why| why.starts_with("flags X")));
        assert!(rule("client S 7").is_err_and(|why| why.starts_with("length 7")));
        assert!(rule("client S 0 0").is_err_and(|why| why.starts_with("count 0")));
        assert!(rule("client").is_err_and(|why| why.starts_with("needs FROM")));
    }
}
