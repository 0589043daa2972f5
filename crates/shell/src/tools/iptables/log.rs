//! `-j LOG`: its options, as they are read and printed.

use super::options::{LOG_IP_OPTIONS, LOG_LEVEL, LOG_PREFIX, LOG_SEQUENCE, LOG_TCP_OPTIONS};
use super::problem::Problem;
use crate::number::strtoul;
use std::fmt::Write;
use tcp_core::net::firewall::LogStyle;

/// Longest prefix, in octets.
const LONGEST: usize = 29;

/// Names of levels as `--log-level` takes them; `panic` is another name of the first.
const READ: [&str; 8] = ["emerg", "alert", "crit", "error", "warning", "notice", "info", "debug"];
/// Names of levels as `-L` prints them.
const SHOWN: [&str; 8] = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];

/// The options of LOG that were given, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    level: Option<u8>,
    prefix: Option<String>,
    flags: Vec<char>,
}

impl Log {
    /// An option of LOG.
    pub(super) fn option(&mut self, letter: char, value: &str, inverted: bool) -> Result<(), Problem> {
        let (name, given) = match letter {
            LOG_LEVEL => ("log-level", self.level.is_some()),
            LOG_PREFIX => ("log-prefix", self.prefix.is_some()),
            LOG_SEQUENCE => ("log-tcp-sequence", self.flags.contains(&letter)),
            LOG_TCP_OPTIONS => ("log-tcp-options", self.flags.contains(&letter)),
            LOG_IP_OPTIONS => ("log-ip-options", self.flags.contains(&letter)),
            _ => ("log-uid", self.flags.contains(&letter)),
        };
        if given {
            return Err(Problem::Once("LOG", name));
        }
        if inverted {
            return Err(Problem::NotInverted("LOG", name));
        }
        match letter {
            LOG_LEVEL => self.level = Some(level(value)?),
            LOG_PREFIX if value.is_empty() => return Err(Problem::PrefixEmpty),
            LOG_PREFIX if value.contains('\n') => return Err(Problem::PrefixLines),
            LOG_PREFIX => {
                let end = (0..=LONGEST).rev().find(|end| value.is_char_boundary(*end)).unwrap_or(0);
                self.prefix = Some(value.get(..end).unwrap_or(value).to_owned());
            }
            flag => self.flags.push(flag),
        }
        Ok(())
    }

    /// What they ask for.
    pub(super) fn style(&self) -> LogStyle {
        let given = |letter| self.flags.contains(&letter);
        LogStyle {
            prefix: self.prefix.clone().unwrap_or_default(),
            level: self.level.unwrap_or(LogStyle::PLAIN.level),
            sequence: given(LOG_SEQUENCE),
            tcp_options: given(LOG_TCP_OPTIONS),
            ip_options: given(LOG_IP_OPTIONS),
            uid: given(super::options::LOG_UID),
        }
    }
}

/// A level by number or name.
fn level(word: &str) -> Result<u8, Problem> {
    let known = || READ.iter().position(|name| *name == word).or((word == "panic").then_some(0));
    let named = || known().and_then(|at| u8::try_from(at).ok());
    strtoul(word).filter(|level| *level < 8).or_else(named).ok_or_else(|| Problem::LogLevel(word.to_owned()))
}

/// The flags, each with the word for it, and its bit.
const fn flags(style: &LogStyle) -> [(bool, &'static str, u8); 4] {
    [
        (style.sequence, "tcp-sequence", 1),
        (style.tcp_options, "tcp-options", 2),
        (style.ip_options, "ip-options", 4),
        (style.uid, "uid", 8),
    ]
}

/// As `-L` has it.
pub(super) fn listed(style: &LogStyle, numeric: bool) -> String {
    let mut out = " LOG".to_owned();
    if numeric {
        let bits: u8 = flags(style).iter().filter(|flag| flag.0).map(|flag| flag.2).sum();
        let _ = write!(out, " flags {bits} level {}", style.level);
    } else {
        let _ = write!(out, " level {}", SHOWN.get(usize::from(style.level)).unwrap_or(&"warn"));
        for (_, word, _) in flags(style).iter().filter(|flag| flag.0) {
            let _ = write!(out, " {word}");
        }
    }
    if !style.prefix.is_empty() {
        let _ = write!(out, " prefix \"{}\"", style.prefix);
    }
    out
}

/// As `-S` has it. `quote` makes a word of the prefix.
pub(super) fn saved(style: &LogStyle, quote: fn(&str) -> String) -> String {
    let mut out = " -j LOG".to_owned();
    if !style.prefix.is_empty() {
        let _ = write!(out, " --log-prefix {}", quote(&style.prefix));
    }
    if style.level != LogStyle::PLAIN.level {
        let _ = write!(out, " --log-level {}", style.level);
    }
    for (_, word, _) in flags(style).iter().filter(|flag| flag.0) {
        let _ = write!(out, " --log-{word}");
    }
    out
}
