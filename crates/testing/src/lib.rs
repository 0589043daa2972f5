//! The common harness of the tests: a lab in which a test types lines, waits, and looks at the result.
//!
//! Time passes only in [`Trial::waits`] and similar methods, and always with a bound: a lab in which events follow each
//! other without end fails the test instead of hanging it.

use std::ops::Deref;
use std::time::Duration;
use tcp_core::net::{HostId, ProcessId};
use tcp_core::tcp::ProfileName;
use tcp_core::{Instant, millis};
use tcp_shell::tools::{Output, netstat};
use tcp_shell::{Feed, Key, Lab, PrintedKind, Signal, Sudoers, TerminalId, User};

pub use TerminalId::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};

/// No wait needs more events than this: one that does hangs.
const MOST_EVENTS: usize = 20_000;

/// A lab under test.
#[derive(Clone, Debug)]
pub struct Trial {
    lab: Lab,
}

/// One thing that a user does; a test may list them.
#[derive(Clone, Copy, Debug)]
pub enum Do {
    /// Types a line and Enter.
    Enter(TerminalId, &'static str),
    /// Presses Ctrl-C.
    CtrlC(TerminalId),
    /// Presses Ctrl-D.
    CtrlD(TerminalId),
    /// Ctrl-Z in a terminal.
    CtrlZ(TerminalId),
    /// Waits this many milliseconds.
    Wait(u64),
}

/// A trial can be inspected as the lab that it holds.
impl Deref for Trial {
    type Target = Lab;

    fn deref(&self) -> &Lab {
        &self.lab
    }
}

impl Trial {
    /// A new lab in which root types, always with the same seed.
    pub fn new(profile: ProfileName) -> Trial {
        Trial { lab: Lab::new(profile, 1) }
    }

    /// A new lab in which the student types.
    pub fn student(profile: ProfileName) -> Trial {
        let mut trial = Trial::new(profile);
        trial.lab.log_in(User::Student);
        trial
    }

    /// A new lab in which the student types and `sudo` lets this.
    pub fn student_among(profile: ProfileName, sudoers: Sudoers) -> Trial {
        let mut trial = Trial::student(profile);
        trial.lab.set_sudoers(sudoers);
        trial
    }

    /// Does one thing that a user does.
    pub fn does(&mut self, what: Do) -> &mut Trial {
        match what {
            Do::Enter(terminal, line) => self.types(terminal, line),
            Do::CtrlC(terminal) => self.ctrl_c(terminal),
            Do::CtrlD(terminal) => self.ctrl_d(terminal),
            Do::CtrlZ(terminal) => self.ctrl_z(terminal),
            Do::Wait(ms) => self.waits(millis(ms)),
        }
    }

    /// Types a line and Enter at a terminal.
    pub fn types(&mut self, terminal: TerminalId, line: &str) -> &mut Trial {
        self.lab.press(terminal, Key::Enter(line));
        self
    }

    /// Presses Ctrl-C.
    pub fn ctrl_c(&mut self, terminal: TerminalId) -> &mut Trial {
        self.lab.press(terminal, Key::CtrlC);
        self
    }

    /// Presses Ctrl-D.
    pub fn ctrl_d(&mut self, terminal: TerminalId) -> &mut Trial {
        self.lab.press(terminal, Key::CtrlD);
        self
    }

    /// Presses Ctrl-Z.
    pub fn ctrl_z(&mut self, terminal: TerminalId) -> &mut Trial {
        self.lab.press(terminal, Key::CtrlZ);
        self
    }

    /// Starts a program without a terminal. Unlike a pasted line, `cmd` is not repaired.
    pub fn starts(&mut self, host: HostId, cmd: &str) -> ProcessId {
        self.lab.start(host, cmd)
    }

    /// Types a line into a process.
    pub fn feeds(&mut self, process: ProcessId, line: &str) -> &mut Trial {
        self.lab.feed(process, Feed::Line(line));
        self
    }

    /// Ends a process's input.
    pub fn ends_input(&mut self, process: ProcessId) -> &mut Trial {
        self.lab.feed(process, Feed::End);
        self
    }

    /// Sends a signal to a process.
    pub fn signals(&mut self, process: ProcessId, signal: Signal) -> &mut Trial {
        self.lab.feed(process, Feed::Signal(signal));
        self
    }

    /// Runs lines on a host without a terminal. Returns each line with what it printed, and its exit code if that is
    /// not 0.
    pub fn transcript(&mut self, host: HostId, lines: &str) -> String {
        let mut seen = String::new();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let Output { stdout, stderr, exit_code } = self.lab.run(Some(host), line);
            seen += &format!("$ {line}\n{stdout}{stderr}");
            if exit_code != 0 {
                seen += &format!("[exit {exit_code}]\n");
            }
        }
        seen
    }

    /// Lets time pass.
    pub fn waits(&mut self, span: Duration) -> &mut Trial {
        self.waits_seeing(span, |_| {})
    }

    /// Lets milliseconds pass.
    pub fn waits_ms(&mut self, ms: u64) -> &mut Trial {
        self.waits(millis(ms))
    }

    /// Lets time pass until `to`.
    pub fn waits_until(&mut self, to: Instant) -> &mut Trial {
        self.waits(to.since(self.lab.now()))
    }

    /// Lets time pass, and calls `see` with the lab after each event.
    pub fn waits_seeing(&mut self, span: Duration, mut see: impl FnMut(&Lab)) -> &mut Trial {
        let to = self.lab.now() + span;
        let mut events = 0;
        while self.lab.next_event().is_some_and(|at| at <= to) {
            self.lab.step();
            see(&self.lab);
            events += 1;
            assert!(events < MOST_EVENTS, "events without end at {}:\n{}", self.lab.now(), self.screens());
        }
        self.lab.advance_to(to);
        self
    }

    /// Runs the next event. Returns false if there is no event.
    pub fn steps(&mut self) -> bool {
        self.lab.step()
    }

    /// What the named terminal has printed so far, without commands and input.
    pub fn printed(&self, terminal: TerminalId) -> String {
        printed(&self.lab, terminal)
    }

    /// What `watch` shows in the named terminal.
    pub fn frame(&self, terminal: TerminalId) -> Option<String> {
        self.lab.terminal(terminal).frame.as_ref().map(|(_, text)| text.to_string())
    }

    /// Everything that a process wrote.
    pub fn wrote(&self, process: ProcessId) -> String {
        let process = self.lab.process(process).expect("a process of this trial");
        process.output.iter().map(|written| written.text.as_str()).collect()
    }

    /// How a process ended: its exit code and how long it ran; `None` while it runs.
    pub fn ended(&self, process: ProcessId) -> Option<(i32, Duration)> {
        let process = self.lab.process(process).expect("a process of this trial");
        process.exit.as_ref().map(|exit| (exit.code, exit.at.since(process.start)))
    }

    /// The states that netstat shows on a host.
    pub fn states(&self, host: HostId) -> Vec<&'static str> {
        states(&self.lab, host)
    }

    /// What is on each terminal that was used, commands and input included.
    pub fn screens(&self) -> String {
        TerminalId::ALL.into_iter().map(|id| self.screen(id)).collect()
    }

    fn screen(&self, id: TerminalId) -> String {
        let terminal = self.lab.terminal(id);
        if terminal.printed.is_empty() {
            return String::new();
        }
        let prompt = terminal.first_prompt();
        let mut shown = format!("== {}\n", id.name());
        for piece in &terminal.printed {
            match piece.kind {
                PrintedKind::Command => shown += &format!("{prompt} "),
                PrintedKind::Input | PrintedKind::Continued => shown += "> ",
                PrintedKind::Stdout | PrintedKind::Stderr | PrintedKind::Control => {}
            }
            shown += &piece.text;
        }
        if terminal.foreground.is_none() {
            shown += &format!("{} _\n", terminal.prompt());
        }
        shown
    }
}

/// What a terminal has printed so far, without commands and input.
pub fn printed(lab: &Lab, terminal: TerminalId) -> String {
    let shown = |kind| matches!(kind, PrintedKind::Stdout | PrintedKind::Stderr);
    let printed = &lab.terminal(terminal).printed;
    printed.iter().filter(|piece| shown(piece.kind)).map(|piece| &*piece.text).collect()
}

/// The states that netstat shows on a host.
pub fn states(lab: &Lab, host: HostId) -> Vec<&'static str> {
    lab.world().sockets(host).iter().map(|row| netstat::state_name(row.state)).collect()
}
