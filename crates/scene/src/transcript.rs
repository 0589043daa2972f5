//! What the terminals showed, in the order of time, as text.

use std::fmt::Write;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_shell::{Lab, Printed, PrintedKind, Stream, Terminal, TerminalId};

/// A transcript that grows: [`Transcript::follow`] it after each event, and it has all in order.
#[derive(Clone, Debug)]
pub struct Transcript {
    text: String,
    /// How many pieces of each terminal are in the text.
    written: [usize; TerminalId::ALL.len()],
    /// The same of each program without a terminal.
    written_of: Vec<usize>,
}

impl Transcript {
    /// An empty one.
    pub const fn new() -> Transcript {
        Transcript { text: String::new(), written: [0; TerminalId::ALL.len()], written_of: Vec::new() }
    }

    /// Adds what was printed since it was last called.
    pub fn follow(&mut self, lab: &Lab) {
        for (id, done) in TerminalId::ALL.into_iter().zip(&mut self.written) {
            let terminal = lab.terminal(id);
            // A terminal that was cleared begins again.
            let from = if terminal.printed.len() < *done { 0 } else { *done };
            for printed in terminal.printed.iter().skip(from) {
                write_lines(&mut self.text, printed.at, id.name(), &shown(terminal, printed));
            }
            *done = terminal.printed.len();
        }
        self.follow_programs(lab);
    }

    /// Programs that a recording started without a terminal, under their command.
    fn follow_programs(&mut self, lab: &Lab) {
        self.written_of.resize(lab.processes().len(), 0);
        for (process, done) in lab.processes().iter().zip(&mut self.written_of) {
            if process.terminal.is_some() || process.host == HostId::Site {
                continue;
            }
            for written in process.output.iter().skip(*done) {
                let mark = if written.stream == Stream::Stderr { "! " } else { "" };
                let who = format!("{} {}", process.host, process.cmd);
                write_lines(&mut self.text, written.at, &who, &format!("{mark}{}", written.text));
            }
            *done = process.output.len();
        }
    }

    /// A heading between two parts.
    pub fn heading(&mut self, text: &str) {
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

fn shown(terminal: &Terminal, printed: &Printed) -> String {
    match printed.kind {
        PrintedKind::Command => format!("{} {}", terminal.first_prompt(), printed.text),
        PrintedKind::Input | PrintedKind::Continued => format!("> {}", printed.text),
        _ => printed.text.to_string(),
    }
}

fn write_lines(text: &mut String, at: Instant, who: &str, lines: &str) {
    let ms = at.as_micros() / 1000;
    for line in lines.lines() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:>4}.{:03} {who:<12} {line}", ms / 1000, ms % 1000);
    }
}
