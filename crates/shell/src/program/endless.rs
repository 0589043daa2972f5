//! `yes`, and `cat /dev/zero`: programs that write the same without end.
//!
//! A netcat that reads them has 16 KiB every tenth of a second, as long as it sends it: real ones write as fast as the machine can.
//! Into a terminal or a file, a screenful comes at a time.

use super::{Begun, Event, Life, Program, Sys};
use crate::output::Refusal;
use std::rc::Rc;
use std::time::Duration;

/// Lines of a screen.
const SCREEN: usize = 24;
/// How long a screenful takes, or a block.
const PAUSE: Duration = Duration::from_millis(100);
/// How long it waits at most while nobody reads.
const LONGEST: Duration = Duration::from_secs(1);

/// A running `yes`.
#[derive(Clone, Debug)]
pub(crate) struct Endless {
    /// What it writes again and again.
    pub(crate) text: Rc<str>,
    /// How long it waits before it writes again: longer if nobody reads.
    pause: Duration,
}

/// Starts `yes [WORDS]`, or `cat /dev/zero`.
pub(crate) fn begin(name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let text = match (name, args) {
        ("yes", []) => "y\n".to_owned(),
        ("yes", words) => format!("{}\n", words.join(" ")),
        _ => "\0".repeat(1024),
    };
    sys.set_timer(Duration::ZERO);
    Ok(Begun::runs(Program::Endless(Endless { text: text.into(), pause: PAUSE })))
}

impl Endless {
    /// How long to wait before the next block, now that the reader would take one or not.
    pub(crate) fn paced(&mut self, hungry: bool) -> Duration {
        self.pause = if hungry { PAUSE } else { (self.pause * 2).min(LONGEST) };
        self.pause
    }

    /// Writes the next screenful, where it is not a netcat that reads.
    pub(super) fn handle(&mut self, event: &Event, sys: &mut Sys<'_>) -> Life {
        if *event == Event::Timer {
            sys.stdout(&self.text.repeat(SCREEN));
            sys.set_timer(PAUSE);
        }
        Life::On
    }
}
