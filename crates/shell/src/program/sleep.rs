//! `sleep SECONDS`: waits.

use super::{Begun, Event, Life, Program, Sys};
use crate::number;
use crate::output::Refusal;
use std::time::Duration;

/// The longest wait: a day.
const LONGEST: Duration = Duration::from_secs(86_400);

const HINT: &str = "Try 'sleep --help' for more information.\n";

/// Starts `sleep`, which sets its timer.
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

/// Seconds, optionally with a fraction and a unit; more than a day counts as a day.
pub(crate) fn span(word: &str) -> Option<Duration> {
    let unit = |c| match c {
        's' => Some(1),
        'm' => Some(60),
        'h' => Some(3600),
        _ => None,
    };
    let (digits, unit) = match word.chars().last().and_then(unit) {
        Some(unit) => (&word[..word.len() - 1], unit),
        None => (word, 1),
    };
    number::span(digits, Duration::from_secs(unit), Duration::MAX).ok().map(|span| span.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_fractions_and_units() {
        assert_eq!(span("1.5"), Some(Duration::from_millis(1500)));
        assert_eq!(span("2m"), Some(Duration::from_secs(120)));
        assert_eq!(span(".25"), Some(Duration::from_millis(250)));
        assert_eq!(span("2e9h"), Some(LONGEST));
        assert_eq!(span("-1"), None);
        assert_eq!(span("x"), None);
        assert_eq!(span("é"), None);
        assert_eq!(span(""), None);
    }
}
