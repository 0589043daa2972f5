//! Terminals.

use std::rc::Rc;
use tcp_shell::{TerminalId, Text};

/// A terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct TerminalView {
    /// Which terminal it shows.
    pub id: TerminalId,
    /// `C_m$`, or `>` within a command, or empty while a program owns the terminal.
    pub prompt: &'static str,
    /// It is there: a third one may be closed.
    pub open: bool,
    /// The program in the foreground: `nc -l 5555`.
    pub running: Option<Rc<str>>,
    /// What was printed, oldest first.
    pub lines: Vec<TerminalLine>,
    /// Lines typed before, oldest first, for arrow-up.
    pub history: Vec<Text>,
    /// What `watch` shows after all that, in place of what it showed before.
    pub frame: Option<Text>,
}

/// A piece of a terminal's text: one line.
#[derive(Clone, Debug, PartialEq)]
pub struct TerminalLine {
    /// `command`, `continued`, `input`, `stdout`, `stderr`, `control`
    pub kind: &'static str,
    piece: Text,
    from: usize,
    to: usize,
}

impl TerminalLine {
    /// The lines of a printed piece, which share its text.
    pub(crate) fn of<'a>(kind: &'static str, piece: &'a Text) -> impl Iterator<Item = TerminalLine> + 'a {
        let begin = |line: &str| line.as_ptr() as usize - piece.as_ptr() as usize;
        piece.lines().map(move |line| {
            let from = begin(line);
            TerminalLine { kind, piece: piece.clone(), from, to: from + line.len() }
        })
    }

    /// The text without its line end; a command without its prompt.
    pub fn text(&self) -> &str {
        self.piece.get(self.from..self.to).unwrap_or_default()
    }
}
