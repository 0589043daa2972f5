//! What is kept of a puzzle while the page is loaded again: which one it is, and what was typed; not what is hidden.
//!
//! ```text
//! puzzle 1 pair 20261128
//! 80 client-lower enter netstat -s
//! 95 client-upper ctrl-c
//! 120 undo
//! 120 redo
//! 140
//! ```
//!
//! Times are tenths of a second; the last line is the moment.

use super::history::{Act, TENTH};
use super::{Level, Puzzle};
use tcp_core::Instant;
use tcp_course::Action;
use tcp_shell::TerminalId;
use thiserror::Error;

/// Why what was kept is not a puzzle.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeptError {
    /// It is empty, or begins otherwise.
    #[error("line 1: needs `puzzle 1 LEVEL SEED`")]
    Head,
    /// It is too long.
    #[error("it has more than {MOST_LINES} lines, or a line of more than {LONGEST_LINE} octets")]
    Long,
    /// A line is not understood.
    #[error(
        "line {0}: needs TENTHS, TENTHS undo, TENTHS redo, TENTHS back TENTHS, or TENTHS TERMINAL KEY TEXT"
    )]
    Line(usize),
}

const MOST_LINES: usize = 2000;
const LONGEST_LINE: usize = 64 << 10;

/// Something that was done, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Did {
    /// Something was typed.
    Act(Act),
    /// The last line was taken back.
    Undo(Instant),
    /// What was taken back last was typed again.
    Redo(Instant),
    /// After this moment was seen, an earlier one was gone to, and something was typed there.
    Back(Instant, Instant),
}

impl Puzzle {
    /// What is kept while the page is loaded again.
    pub fn kept(&self) -> String {
        let mut text = format!("puzzle 1 {} {}\n", self.level.key(), self.seed);
        for did in &self.did {
            match did {
                Did::Act(Act { at, action }) => {
                    if let Some((terminal, key, line)) = written(action) {
                        let line = line.replace('\\', "\\\\").replace('\n', "\\n");
                        text += &format!("{} {} {key} {line}\n", tenths(*at), terminal.name());
                    }
                }
                Did::Undo(at) => text += &format!("{} undo\n", tenths(*at)),
                Did::Redo(at) => text += &format!("{} redo\n", tenths(*at)),
                Did::Back(from, to) => text += &format!("{} back {}\n", tenths(*from), tenths(*to)),
            }
        }
        text + &format!("{} now {}\n", tenths(self.end), tenths(self.now()))
    }

    /// The puzzle that was kept.
    ///
    /// Fails at the first line that [`Puzzle::kept`] does not write.
    pub fn recall(text: &str) -> Result<Puzzle, KeptError> {
        if text.lines().count() > MOST_LINES || text.lines().any(|line| line.len() > LONGEST_LINE) {
            return Err(KeptError::Long);
        }
        let mut lines = text.lines().enumerate().map(|(number, line)| (number + 1, line));
        let (_, head) = lines.next().ok_or(KeptError::Head)?;
        let mut puzzle = begun(head).ok_or(KeptError::Head)?;
        for (number, line) in lines {
            puzzle.does(line).ok_or(KeptError::Line(number))?;
        }
        Ok(puzzle)
    }

    fn does(&mut self, line: &str) -> Option<()> {
        let (at, what) = line.split_once(' ')?;
        let at = moment(at)?;
        let (word, rest) = what.split_once(' ').unwrap_or((what, ""));
        if at < self.now() {
            self.go_to(at);
        }
        self.pass(at);
        match word {
            "undo" => _ = self.undo(),
            "redo" => _ = self.redo(),
            "back" | "now" => self.go_to(moment(rest)?),
            _ => {
                let terminal = TerminalId::parse(word)?;
                terminal.host()?;
                let (key, line) = rest.split_once(' ').unwrap_or((rest, ""));
                self.act(read(terminal, key, &unescaped(line))?);
            }
        }
        Some(())
    }
}

fn begun(head: &str) -> Option<Puzzle> {
    let rest = head.strip_prefix("puzzle 1 ")?;
    let (level, seed) = rest.split_once(' ')?;
    Some(Puzzle::new(Level::of(level)?, seed.parse().ok()?))
}

fn tenths(at: Instant) -> u64 {
    at.as_micros() / 100_000
}

fn moment(tenths: &str) -> Option<Instant> {
    let tenths: u32 = tenths.parse().ok()?;
    Some(Instant::START + tenths * TENTH).filter(|at| *at <= Puzzle::LAST)
}

fn written(action: &Action) -> Option<(TerminalId, &'static str, &str)> {
    Some(match action {
        Action::Enter { terminal, line } => (*terminal, "enter", line),
        Action::Input { terminal, line } => (*terminal, "input", line),
        Action::Interrupt { terminal } => (*terminal, "ctrl-c", ""),
        Action::EndOfInput { terminal } => (*terminal, "ctrl-d", ""),
        Action::Suspend { terminal } => (*terminal, "ctrl-z", ""),
        _ => return None,
    })
}

fn read(terminal: TerminalId, key: &str, line: &str) -> Option<Action> {
    Some(match key {
        "enter" => Action::enter(terminal, line),
        "input" => Action::Input { terminal, line: line.to_owned() },
        "ctrl-c" => Action::ctrl_c(terminal),
        "ctrl-d" => Action::ctrl_d(terminal),
        "ctrl-z" => Action::ctrl_z(terminal),
        _ => return None,
    })
}

fn unescaped(text: &str) -> String {
    let (mut out, mut escaped) = (String::new(), false);
    for c in text.chars() {
        match (escaped, c) {
            (false, '\\') => escaped = true,
            (true, 'n') => {
                out.push('\n');
                escaped = false;
            }
            (_, c) => {
                out.push(c);
                escaped = false;
            }
        }
    }
    out
}
