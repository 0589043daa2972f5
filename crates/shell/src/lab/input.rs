//! Input to a lab from outside: keys pressed at its terminals, and what a recording does without a terminal.
//!
//! Each call here is one action of a user; every fact that follows from it names it as its cause.

use super::{Lab, Signal};
use crate::commands::STAYS_OPEN;
use crate::line;
use crate::output::Output;
use crate::program::Event;
use crate::terminal::{PrintedKind, TerminalId};
use crate::user::User;
use std::collections::VecDeque;
use tcp_core::net::{HostId, ProcessId};

/// A key pressed at a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// A line and Enter, for the prompt or the program in the foreground. Text with line breaks is a paste: a command
    /// that was broken over two lines is joined; otherwise each line is entered by itself.
    Enter(&'a str),
    /// Ctrl-C: SIGINT for the program in the foreground; at the prompt, drops the line.
    CtrlC,
    /// Ctrl-Z: SIGTSTP for the program in the foreground, which stops and becomes a job.
    CtrlZ,
    /// Ctrl-D: the end of input for the program in the foreground; at the prompt, closes a third terminal.
    CtrlD,
}

/// Input to a process that was started without a terminal. It has no effect once the process has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed<'a> {
    /// A line of its standard input.
    Line(&'a str),
    /// The end of its standard input.
    End,
    /// A signal.
    Signal(Signal),
}

impl Lab {
    /// Presses a key at a terminal.
    pub fn press(&mut self, terminal: TerminalId, key: Key<'_>) {
        match key {
            Key::Enter(text) => self.enter(terminal, text),
            Key::CtrlC => {
                let continues = self.terminal(terminal).continues;
                let kind = if continues { PrintedKind::Continued } else { PrintedKind::Control };
                self.print(terminal, kind, "^C\n");
                self.forget_line(terminal);
                self.interrupt(terminal);
            }
            Key::CtrlZ => {
                self.suspend(terminal);
                self.settle();
            }
            Key::CtrlD if self.terminal(terminal).continues => self.end_line(terminal),
            Key::CtrlD if self.terminal(terminal).foreground.is_none() && terminal.closes() => {
                self.close(terminal);
            }
            Key::CtrlD => {
                self.print(terminal, PrintedKind::Control, "^D\n");
                match self.user.terminals[terminal.index()].foreground {
                    Some(process) => self.feed(process, Feed::End),
                    None => self.print(terminal, PrintedKind::Stdout, STAYS_OPEN),
                }
            }
        }
    }

    /// Sends input or a signal to a process.
    pub fn feed(&mut self, process: ProcessId, what: Feed<'_>) {
        match what {
            Feed::Line(line) => self.notify(process, Event::Line(format!("{line}\n"))),
            Feed::End => self.notify(process, Event::EndOfInput),
            Feed::Signal(signal) => self.take_signal(process, signal),
        }
        self.settle();
    }

    /// Starts a program or a tool without a terminal. `cmd` is read as `sh` reads it: typographic dashes stay as they
    /// are.
    pub fn start(&mut self, host: HostId, cmd: &str) -> ProcessId {
        let process = self.start_line(host, cmd);
        self.settle();
        process
    }

    /// Runs a line without a terminal, on a host or at the network's console (`None`), and returns what it printed.
    /// Programs in it are started and keep running.
    pub fn run(&mut self, host: Option<HostId>, line: &str) -> Output {
        self.run_as(self.user.login, host, line)
    }

    /// The same as [`Lab::run`], but `user` runs the line.
    pub fn run_as(&mut self, user: User, host: Option<HostId>, line: &str) -> Output {
        let output = self.run_line(host, user, line);
        self.settle();
        output
    }

    /// Sends a signal, as `kill` does.
    pub(super) fn signal(&mut self, process: ProcessId, signal: Signal) {
        self.feed(process, Feed::Signal(signal));
    }

    fn enter(&mut self, terminal: TerminalId, text: &str) {
        let mut lines: VecDeque<&str> = text.lines().collect();
        if lines.is_empty() {
            lines.push_back("");
        }
        while let Some(line) = lines.pop_front() {
            match self.user.terminals[terminal.index()].foreground {
                Some(process) => {
                    self.print(terminal, PrintedKind::Input, &format!("{line}\n"));
                    self.notify(process, Event::Line(format!("{line}\n")));
                }
                None => {
                    let command = line::join(line, &mut lines);
                    self.command(terminal, &command);
                }
            }
            self.settle();
        }
    }
}
