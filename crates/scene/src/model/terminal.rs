//! Terminals.

use std::rc::Rc;
use tcp_shell::{Printed, PrintedKind, TerminalId, Text};

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
    /// The lines of a terminal. Output that did not end its line is followed on that line by the next output, or by
    /// `^C`; what is typed begins a line of its own.
    pub(crate) fn all(printed: &[Printed]) -> Vec<TerminalLine> {
        let mut all: Vec<TerminalLine> = Vec::new();
        // What the last line has become, as long as it may grow.
        let mut open: Option<String> = None;
        for piece in printed {
            let is_output = matches!(piece.kind, PrintedKind::Stdout | PrintedKind::Stderr);
            let mut lines = TerminalLine::of(name(piece.kind), &piece.text).peekable();
            if !is_output && piece.kind != PrintedKind::Control {
                close(&mut all, open.take());
            } else if let Some(last) = &mut open {
                last.push_str(lines.next().as_ref().map_or("", TerminalLine::text));
            }
            if lines.peek().is_some() {
                close(&mut all, open.take());
                all.extend(lines);
            }
            match all.last() {
                Some(last) if is_output && !piece.text.ends_with('\n') => {
                    open.get_or_insert_with(|| last.text().to_owned());
                }
                _ => close(&mut all, open.take()),
            }
        }
        close(&mut all, open);
        all
    }

    /// The lines of a printed piece, which share its text.
    fn of<'a>(kind: &'static str, piece: &'a Text) -> impl Iterator<Item = TerminalLine> + 'a {
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

/// Gives the last line the text that it has become.
fn close(all: &mut [TerminalLine], text: Option<String>) {
    if let (Some(last), Some(text)) = (all.last_mut(), text)
        && last.text() != text
    {
        *last = TerminalLine { kind: last.kind, from: 0, to: text.len(), piece: text.as_str().into() };
    }
}

fn name(kind: PrintedKind) -> &'static str {
    match kind {
        PrintedKind::Command => "command",
        PrintedKind::Continued => "continued",
        PrintedKind::Input => "input",
        PrintedKind::Stdout => "stdout",
        PrintedKind::Stderr => "stderr",
        PrintedKind::Control => "control",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcp_core::Instant;

    #[test]
    fn output_goes_on_where_output_stopped() {
        use PrintedKind::{Command, Control, Input, Stderr, Stdout};
        let all = [
            (Command, "echo -n x; wget host\n"),
            (Stdout, "x"),
            (Stderr, "Connecting... "),
            (Stderr, "failed\nb"),
            (Control, "^C\n"),
            (Stdout, "a\n"),
            (Stdout, "1"),
            (Stdout, "\n"),
            (Stdout, "c"),
            (Input, "typed\n"),
            (Stdout, "d"),
            (Stdout, "e"),
        ];
        let piece =
            |(kind, text): (PrintedKind, &str)| Printed { at: Instant::START, kind, text: text.into() };
        let lines = TerminalLine::all(&all.map(piece));
        let seen: Vec<(&str, &str)> = lines.iter().map(|line| (line.kind, line.text())).collect();
        let expected = [
            ("command", "echo -n x; wget host"),
            ("stdout", "xConnecting... failed"),
            ("stderr", "b^C"),
            ("stdout", "a"),
            ("stdout", "1"),
            ("stdout", "c"),
            ("input", "typed"),
            ("stdout", "de"),
        ];
        assert_eq!(seen, expected);
    }
}
