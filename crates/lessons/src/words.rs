//! The words of a lesson's lines, read one after another.

use std::time::Duration;
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{CallName, HostId};
use tcp_core::tcp::{ProfileName, State, Timer};
use tcp_course::scenes::{self, Kind, Stop};

/// The words of a line that are still to be read.
pub(crate) struct Words<'a> {
    rest: &'a str,
}

/// What is wrong with a line.
pub(crate) type Read<T> = Result<T, String>;

impl<'a> Words<'a> {
    pub(crate) const fn of(line: &'a str) -> Words<'a> {
        Words { rest: line }
    }

    /// The next word; empty at the end.
    pub(crate) fn next(&mut self) -> &'a str {
        let rest = self.rest.trim_start();
        let (word, rest) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        self.rest = rest;
        word
    }

    /// The next word, left where it is.
    pub(crate) fn peek(&self) -> &'a str {
        Words { rest: self.rest }.next()
    }

    /// Takes this word if it is next.
    pub(crate) fn takes(&mut self, word: &str) -> bool {
        let is_next = self.peek() == word;
        if is_next {
            self.next();
        }
        is_next
    }

    /// Takes this word, which must be next.
    pub(crate) fn expects(&mut self, word: &str) -> Read<()> {
        if self.takes(word) {
            Ok(())
        } else {
            Err(format!("`{word}` is missing before `{}`", self.rest.trim()))
        }
    }

    /// All that is left.
    pub(crate) fn all(&mut self) -> &'a str {
        std::mem::take(&mut self.rest).trim()
    }

    /// Nothing is left.
    pub(crate) fn ends(&mut self) -> Read<()> {
        match self.all() {
            "" => Ok(()),
            more => Err(format!("`{more}` is too much")),
        }
    }

    pub(crate) fn host(&mut self) -> Read<HostId> {
        let word = self.next();
        host(word).ok_or_else(|| format!("`{word}` must be C_m or S_m"))
    }

    pub(crate) fn state(&mut self) -> Read<State> {
        self.named(scenes::state_named, scenes::NO_STATE)
    }

    pub(crate) fn kind(&mut self) -> Read<Kind> {
        self.named(Kind::named, scenes::NO_KIND)
    }

    /// `C_m.OUTPUT`, or `network`.
    pub(crate) fn stop(&mut self) -> Read<Stop> {
        if self.takes("network") {
            return Ok(Stop::Network);
        }
        let chain = self.chain().map_err(|reason| format!("{reason}, or network"))?;
        Ok(match chain {
            (HostId::Client, ChainName::Output) => Stop::ClientOutput,
            (HostId::Client, _) => Stop::ClientInput,
            (_, ChainName::Output) => Stop::ServerOutput,
            _ => Stop::ServerInput,
        })
    }

    /// `C_m.OUTPUT`: a host, and its chain for what comes in or goes out.
    pub(crate) fn chain(&mut self) -> Read<(HostId, ChainName)> {
        let word = self.next();
        let chain =
            |name| [ChainName::Input, ChainName::Output].into_iter().find(|chain| chain.name() == name);
        let named = word.split_once('.').and_then(|(place, name)| Some((host(place)?, chain(name)?)));
        named.ok_or_else(|| format!("`{word}` must be a chain, such as C_m.OUTPUT"))
    }

    /// `:5555`
    pub(crate) fn port(&mut self) -> Read<u16> {
        let word = self.next();
        let number = word.strip_prefix(':').and_then(|number| number.parse().ok());
        number.ok_or_else(|| format!("`{word}` must be a port, such as :5555"))
    }

    pub(crate) fn call(&mut self) -> Read<CallName> {
        self.named(scenes::call_named, scenes::NO_CALL)
    }

    pub(crate) fn timer(&mut self) -> Read<Timer> {
        self.named(scenes::timer_named, scenes::NO_TIMER)
    }

    fn named<T>(&mut self, named: fn(&str) -> Option<T>, must: &str) -> Read<T> {
        let word = self.next();
        named(word).ok_or_else(|| format!("`{word}` {must}"))
    }

    /// `3 s`, `500 ms`, `2 min`.
    pub(crate) fn span(&mut self) -> Read<Duration> {
        let (number, unit) = (self.next(), self.next());
        let seconds = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "min" => 60.0,
            _ => return Err(format!("`{number} {unit}` must be a number and ms, s or min")),
        };
        /// A lesson is no longer than a session may be.
        const LONGEST: f64 = 86_400.0;
        let seconds = number.parse::<f64>().ok().map(|number| number * seconds);
        let span = seconds.filter(|seconds| (0.0..=LONGEST).contains(seconds)).map(Duration::from_secs_f64);
        // In whole microseconds, as all of the lab is.
        let micros = span.and_then(|span| u64::try_from(span.as_micros()).ok());
        micros.map(Duration::from_micros).ok_or_else(|| format!("`{number}` must be a number, up to a day"))
    }

    pub(crate) fn number(&mut self) -> Read<u32> {
        let word = self.next();
        word.parse().map_err(|_| format!("`{word}` must be a number"))
    }
}

/// A host by the name that its prompt has.
pub(crate) fn host(word: &str) -> Option<HostId> {
    [HostId::Client, HostId::Server].into_iter().find(|host| host.name() == word)
}

/// The parts of a line for each profile: `article: 127 s | linux: 131 s` has two, `linux: 131 s` one, and any other line is
/// one for both.
pub(crate) fn by_profile(line: &str) -> Vec<(Option<ProfileName>, &str)> {
    const PREFIXES: [(ProfileName, &str); 2] =
        [(ProfileName::Article, "article:"), (ProfileName::Linux, "linux:")];
    let named = |part: &'_ str| PREFIXES.iter().find(|(_, prefix)| part.starts_with(prefix));
    let Some((profile, prefix)) = named(line) else { return vec![(None, line)] };
    let rest = &line[prefix.len()..];
    let other = PREFIXES.iter().find(|(other, _)| other != profile);
    let cut = other.and_then(|(other, prefix)| Some((*other, rest.split_once(&format!("| {prefix}"))?)));
    match cut {
        Some((other, (mine, theirs))) => vec![(Some(*profile), mine.trim()), (Some(other), theirs.trim())],
        None => vec![(Some(*profile), rest.trim())],
    }
}
