//! `sleep SECONDS`: waits.

use super::{Begun, Event, Life, Program, Sys};
use crate::number::number;
use crate::output::Refusal;
use std::time::Duration;

/// The longest wait: a day.
const LONGEST: i64 = 86_400;

const HINT: &str = "Try 'sleep --help' for more information.\n";

/// Sets the timer.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let word = args.first().ok_or_else(|| Refusal::new(format!("sleep: missing operand\n{HINT}"), 1))?;
    let span = span(word)
        .ok_or_else(|| Refusal::new(format!("sleep: invalid time interval '{word}'\n{HINT}"), 1))?;
    sys.set_timer(span);
    Ok(Begun::runs(Program::Sleep))
}

/// Ends when the timer has run out.
pub(crate) fn handle(event: &Event) -> Life {
    if *event == Event::Timer { Life::Exit(0) } else { Life::On }
}

/// Seconds with at most three digits behind the point, and a unit.
fn span(word: &str) -> Option<Duration> {
    let unit = |c| match c {
        's' => Some(1),
        'm' => Some(60),
        'h' => Some(3600),
        _ => None,
    };
    let (digits, factor) = match word.chars().last().and_then(unit) {
        Some(factor) => (&word[..word.len() - 1], factor),
        None => (word, 1),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let whole = if whole.is_empty() && digits.len() > 1 { 0 } else { number(whole, 0, LONGEST).ok()? };
    let part = format!("{part:0<3}");
    let millis = number(part.get(..3)?, 0, 999).ok()?;
    let total = u64::try_from((whole * 1000 + millis) * factor).ok()?;
    Some(Duration::from_millis(total.min(86_400_000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_fractions_and_units() {
        assert_eq!(span("1.5"), Some(Duration::from_millis(1500)));
        assert_eq!(span("2m"), Some(Duration::from_secs(120)));
        assert_eq!(span(".25"), Some(Duration::from_millis(250)));
        assert_eq!(span("x"), None);
        assert_eq!(span("é"), None);
        assert_eq!(span(""), None);
    }
}
