//! The network's console: what the wire loses, doubles and how long it takes.

use crate::commands::help;
use crate::number::number;
use crate::tools::Output;
use std::time::Duration;
use tcp_core::net::{Command, HostId, LossRule, PayloadMatch, World};
use tcp_core::tcp::Flags;

/// The commands of the network's terminal.
pub(crate) const COMMANDS: [&str; 7] = ["drop", "undrop", "duplicate", "delay", "clear", "show", "help"];

/// The longest delay one way, in seconds: an hour.
const LONGEST_DELAY: Duration = Duration::from_secs(3600);

/// Runs one command.
pub(crate) fn run(args: &[String], world: &mut World) -> Output {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let Some((name, args)) = words.split_first() else {
        return Output::default();
    };
    let done = match *name {
        "drop" => loss(args).and_then(|rule| apply(world, Command::Lose(rule))),
        "undrop" => loss(args).and_then(|rule| {
            let none = "nothing like that is dropped; show lists what is";
            world.apply(Command::StopLosing(rule)).map(|_| ()).map_err(|_| none.to_owned())
        }),
        "duplicate" => loss(args).and_then(|rule| apply(world, Command::Duplicate(rule))),
        "delay" => delay(args, world),
        "clear" => apply(world, Command::ClearNetwork),
        "show" => return Output::ok(show(world)),
        "help" | "man" => return Output::ok(help::NETWORK),
        _ => Err("command not found; help lists what the network understands".to_owned()),
    };
    match done {
        Ok(()) => Output::default(),
        Err(why) => Output::err(format!("{name}: {why}\n"), 2),
    }
}

fn apply(world: &mut World, command: Command) -> Result<(), String> {
    world.apply(command).map(|_| ()).map_err(|errno| errno.text().to_owned())
}

/// `FROM FLAGS [LEN [COUNT]]`
fn loss(args: &[&str]) -> Result<LossRule, String> {
    let (from, flag_letters, len, count) = match args {
        [from, flags] => (from, flags, "*", "-1"),
        [from, flags, len] => (from, flags, *len, "-1"),
        [from, flags, len, count] => (from, flags, *len, *count),
        _ => return Err("needs FROM FLAGS [LEN [COUNT]], for example: client S, or server SA * 1".to_owned()),
    };
    let payload = match len {
        "0" => PayloadMatch::Empty,
        "*" => PayloadMatch::Any,
        "+" => PayloadMatch::Data,
        _ => return Err(format!("length {len}: 0 is empty, + is with data, * is any")),
    };
    let left = match number(count, -1, i64::from(u32::MAX)) {
        Ok(0) | Err(_) => return Err(format!("count {count}: how many, or -1 for ever")),
        Ok(count) => u32::try_from(count).ok(),
    };
    Ok(LossRule { from: sender(from)?, flags: flags(flag_letters)?, payload, left })
}

fn sender(word: &str) -> Result<HostId, String> {
    match word.to_ascii_lowercase().as_str() {
        "client" | "c_m" => Ok(HostId::Client),
        "server" | "s_m" => Ok(HostId::Server),
        "site" => Ok(HostId::Site),
        _ => Err(format!("sender {word}: client or server")),
    }
}

/// Letters of S, A, F and R; `*` is any.
fn flags(word: &str) -> Result<Option<Flags>, String> {
    if word == "*" {
        return Ok(None);
    }
    let flag = |letter: char| match letter.to_ascii_uppercase() {
        'S' => Ok(Flags::SYN),
        'A' => Ok(Flags::ACK),
        'F' => Ok(Flags::FIN),
        'R' => Ok(Flags::RST),
        _ => Err(format!("flags {word}: exactly these of S, A, F and R, for example SA; * is any")),
    };
    word.chars().try_fold(Flags::NONE, |flags, letter| Ok(flags | flag(letter)?)).map(Some)
}

/// `[FROM] MS`
fn delay(args: &[&str], world: &mut World) -> Result<(), String> {
    let (senders, word) = match args {
        [ms] => (HostId::ALL.to_vec(), ms),
        [from, ms] => (vec![sender(from)?], ms),
        _ => return Err("needs [FROM] MILLISECONDS, for example: 400, or client 400".to_owned()),
    };
    let delay = millis(word.strip_suffix("ms").unwrap_or(word));
    let delay = delay.filter(|delay| *delay <= LONGEST_DELAY);
    let delay = delay.ok_or_else(|| format!("milliseconds {word}: a number from 0 to 3600000"))?;
    senders.into_iter().try_for_each(|from| apply(world, Command::SetDelay { from, delay }))
}

/// Milliseconds, with at most three digits behind the point.
fn millis(word: &str) -> Option<Duration> {
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    let part = format!("{part:0<3}");
    if part.len() > 3 {
        return None;
    }
    let micros = number(whole, 0, 1_000_000_000).ok()? * 1000 + number(&part, 0, 999).ok()?;
    Some(Duration::from_micros(u64::try_from(micros).ok()?))
}

/// A delay as one would type it.
pub(crate) fn millis_text(delay: Duration) -> String {
    let micros = delay.as_micros();
    match micros % 1000 {
        0 => (micros / 1000).to_string(),
        part => format!("{}.{part:03}", micros / 1000).trim_end_matches('0').to_owned(),
    }
}

fn show(world: &World) -> String {
    let mut text = String::new();
    for from in [HostId::Client, HostId::Server] {
        text.push_str(&format!("delay {} {}\n", word(from), millis_text(world.delay(from))));
    }
    let rules = world.losses().iter().map(|rule| ("drop", rule));
    for (what, rule) in rules.chain(world.duplications().iter().map(|rule| ("duplicate", rule))) {
        text.push_str(&format!("{what} {}\n", rule_words(rule)));
    }
    text
}

/// The rule as one would type it.
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
    format!("{} {flags} {len} {count}", word(rule.from))
}

const fn word(host: HostId) -> &'static str {
    match host {
        HostId::Client => "client",
        HostId::Server => "server",
        HostId::Site => "site",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(line: &str) -> Result<String, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        loss(&words).map(|rule| rule_words(&rule))
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
