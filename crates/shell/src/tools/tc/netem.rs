//! The options of netem.

use super::{incomplete, lacks};
use crate::number::{span, strtoul};
use crate::output::Refusal;
use std::time::Duration;
use tcp_core::net::{Netem, Odds};

const USAGE: &str = include_str!("netem_usage.txt");

/// A refusal before the usage.
fn explained(why: &str) -> Refusal {
    Refusal::new(format!("{why}{USAGE}"), 1)
}

fn illegal(what: &str) -> Refusal {
    Refusal::new(format!("Illegal \"{what}\"\n"), 1)
}

/// The words that are still to be read.
struct Words<'a, 'b>(std::slice::Iter<'a, &'b str>);

impl<'b> Words<'_, 'b> {
    fn next(&mut self) -> Result<&'b str, Refusal> {
        self.0.next().copied().ok_or_else(incomplete)
    }

    /// The next word, if it begins with a digit.
    fn number(&mut self) -> Option<&'b str> {
        let number =
            self.0.as_slice().first().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        self.0.next();
        Some(number)
    }
}

/// What the words after `netem` ask for.
pub(super) fn read(words: &[&str]) -> Result<Netem, Refusal> {
    let mut netem = Netem::IDLE;
    let mut words = Words(words.iter());
    // The real one passes correlations on only if that of a delay or of a loss is among them.
    let (mut correlated, mut loses) = (false, false);
    while let Some(word) = words.0.next() {
        let is = |whole: &str| !word.is_empty() && whole.starts_with(word);
        if is("limit") {
            netem.limit = strtoul(words.next()?).ok_or_else(|| illegal("limit"))?;
        } else if is("latency") || is("delay") {
            netem.delay = time(words.next()?)?;
            if let Some(jitter) = words.number() {
                netem.jitter = time(jitter)?;
                if let Some(correlation) = words.number() {
                    netem.correlation = percent(correlation, "latency")?;
                    correlated = true;
                }
            }
        } else if is("loss") || is("drop") {
            if std::mem::replace(&mut loses, true) {
                return Err(illegal("duplicate loss argument\n"));
            }
            let loss = loss(&mut words)?;
            correlated |= loss.1;
            netem.loss = loss.0;
        } else if is("reorder") {
            netem.reorder = odds(&mut words, "reorder")?;
        } else if is("gap") {
            netem.gap = strtoul(words.next()?).ok_or_else(|| illegal("gap"))?;
        } else if is("duplicate") {
            netem.duplicate = odds(&mut words, "duplicate")?;
        } else if ["ecn", "corrupt", "distribution", "rate", "slot"].into_iter().any(is) {
            return Err(beyond(word));
        } else {
            let what = if *word == "help" { String::new() } else { format!("What is \"{word}\"?\n") };
            return Err(explained(&what));
        }
    }
    if netem.reorder.share > 0 {
        if netem.delay == 0 {
            return Err(explained("reordering not possible without specifying some delay\n"));
        }
        netem.gap = netem.gap.max(1);
    } else if netem.gap > 0 {
        return Err(explained("gap specified without reorder probability\n"));
    }
    if !correlated {
        netem.duplicate.correlation = 0;
    }
    Ok(netem)
}

/// The answer to what netem does and the lab's does not.
fn beyond(word: &str) -> Refusal {
    if "distribution".starts_with(word) {
        return Refusal::new("tc: this lab's netem varies its delay evenly, and has no distribution\n", 1);
    }
    lacks(&format!("netem's {word}"))
}

/// `loss [random] PERCENT [CORRELATION]`, and whether it has a correlation.
fn loss(words: &mut Words<'_, '_>) -> Result<(Odds, bool), Refusal> {
    let share = match words.next()? {
        "random" => words.next()?,
        word if word.starts_with(|c: char| c.is_ascii_digit()) => word,
        "state" => return Err(lacks("netem's loss state")),
        word if !word.is_empty() && "gemodel".starts_with(word) => return Err(lacks("netem's loss gemodel")),
        word => return Err(Refusal::new(format!("Unknown loss parameter: {word}\n"), 1)),
    };
    let share = percent(share, "loss percent")?;
    let correlation = words.number().map(|word| percent(word, "loss correlation")).transpose()?;
    Ok((Odds { share, correlation: correlation.unwrap_or(0) }, correlation.is_some()))
}

/// `PERCENT [CORRELATION]`
fn odds(words: &mut Words<'_, '_>, what: &str) -> Result<Odds, Refusal> {
    let share = percent(words.next()?, what)?;
    let correlation = words.number().map(|word| percent(word, what)).transpose()?;
    Ok(Odds { share, correlation: correlation.unwrap_or(0) })
}

/// A percentage, with or without its sign, in parts of `u32::MAX`.
fn percent(word: &str, what: &str) -> Result<u32, Refusal> {
    const HUNDRED: Duration = Duration::from_secs(100);
    let number = word.strip_suffix('%').unwrap_or(word);
    let share = span(number, Duration::from_secs(1), HUNDRED).map_err(|_| illegal(what))?;
    let (share, whole) = (share.as_nanos(), HUNDRED.as_nanos());
    Ok(u32::try_from((share * u128::from(u32::MAX) + whole / 2) / whole).unwrap_or(u32::MAX))
}

/// A time in microseconds, as long as Linux's ticks of 64 ns have room for it.
fn time(word: &str) -> Result<u32, Refusal> {
    let at = word.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let (number, unit) = word.split_at(at);
    let unit = match unit.to_ascii_lowercase().as_str() {
        "s" | "sec" | "secs" => Duration::from_secs(1),
        "ms" | "msec" | "msecs" => Duration::from_millis(1),
        "" | "us" | "usec" | "usecs" => Duration::from_micros(1),
        _ => return Err(illegal("latency")),
    };
    let (negative, number) = number.strip_prefix('-').map_or((false, number), |number| (true, number));
    let time = span(number, unit, Duration::MAX).map_err(|_| illegal("latency"))?;
    // What does not fit goes round.
    let micros = u32::try_from(time.as_micros() & u128::from(u32::MAX)).unwrap_or(u32::MAX);
    let micros = if negative { micros.wrapping_neg() } else { micros };
    if ticks(micros) > u64::from(u32::MAX) {
        return Err(Refusal::new(format!("Illegal {micros} time (too large)\nIllegal \"latency\"\n"), 1));
    }
    Ok(micros)
}

/// In ticks of 64 ns.
pub(super) const fn ticks(micros: u32) -> u64 {
    micros as u64 * 125 / 8
}
