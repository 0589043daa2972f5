//! What the terminals showed, in the order of time, as text.

use std::fmt::Write;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_shell::{Lab, PrintedKind, Stream, TerminalId};

/// A transcript that grows: [`Transcript::follow`] it after each event, and it has all in order.
#[derive(Clone, Debug)]
pub struct Transcript {
    text: String,
    /// Whose output, the last of the text, did not end its line.
    open: Option<String>,
    /// How many pieces of each terminal are in the text.
    written: [usize; TerminalId::ALL.len()],
    /// The same of each program without a terminal.
    written_of: Vec<usize>,
}

impl Transcript {
    /// An empty one.
    pub const fn new() -> Transcript {
        let written = [0; TerminalId::ALL.len()];
        Transcript { text: String::new(), open: None, written, written_of: Vec::new() }
    }

    /// Adds what was printed since it was last called.
    pub fn follow(&mut self, lab: &Lab) {
        for id in TerminalId::ALL {
            let terminal = lab.terminal(id);
            let done = std::mem::replace(&mut self.written[id as usize], terminal.printed.len());
            // A terminal that was cleared begins again.
            let from = if terminal.printed.len() < done { 0 } else { done };
            for printed in terminal.printed.iter().skip(from) {
                let typed = match printed.kind {
                    PrintedKind::Command => Some(terminal.first_prompt()),
                    PrintedKind::Input | PrintedKind::Continued => Some(">"),
                    PrintedKind::Stdout | PrintedKind::Stderr | PrintedKind::Control => None,
                };
                match typed {
                    Some(prompt) => {
                        self.line(printed.at, id.name(), &format!("{prompt} {}", printed.text.trim_end()))
                    }
                    None => self.output(printed.at, id.name(), "", &printed.text),
                }
            }
        }
        self.follow_programs(lab);
    }

    /// Programs that a recording started without a terminal, under their command.
    fn follow_programs(&mut self, lab: &Lab) {
        self.written_of.resize(lab.processes().len(), 0);
        for (at, process) in lab.processes().iter().enumerate() {
            if process.terminal.is_some() || process.host == HostId::Site {
                continue;
            }
            let done =
                self.written_of.get_mut(at).map_or(0, |done| std::mem::replace(done, process.output.len()));
            for written in process.output.iter().skip(done) {
                let mark = if written.stream == Stream::Stderr { "! " } else { "" };
                let who = format!("{} {}", process.host, process.cmd);
                self.output(written.at, &who, mark, &written.text);
            }
        }
    }

    /// Adds what a program wrote, to its last line unless that has ended.
    fn output(&mut self, at: Instant, who: &str, mark: &str, piece: &str) {
        let mut lines = piece.lines();
        if self.open.take().is_some_and(|open| open == who) {
            self.text.pop();
            self.text.push_str(lines.next().unwrap_or_default());
            self.text.push('\n');
        }
        for (nth, line) in lines.enumerate() {
            let mark = if nth == 0 { mark } else { "" };
            self.line(at, who, &format!("{mark}{line}"));
        }
        self.open = (!piece.ends_with('\n')).then(|| who.to_owned());
    }

    /// Adds a line.
    fn line(&mut self, at: Instant, who: &str, line: &str) {
        self.open = None;
        let ms = at.as_micros() / 1000;
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:>4}.{:03} {who:<12} {line}", ms / 1000, ms % 1000);
    }

    /// A heading between two parts.
    pub fn heading(&mut self, text: &str) {
        self.open = None;
        self.text.push_str("\n== ");
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// All of it: time in seconds, terminal, line.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Default for Transcript {
    fn default() -> Transcript {
        Transcript::new()
    }
}
