//! The harness of the stories: a lab that is typed into, and a transcript of what its terminals show.

use std::time::Duration;
use tcp_core::millis;
use tcp_core::net::{Happened, HostId};
use tcp_core::tcp::{ProfileName, Row, State};
use tcp_scene::Transcript;
use tcp_shell::tools::netstat;
use tcp_shell::{Lab, PrintedKind, TerminalId};

mod corners;
mod kernel;
mod queues;
pub mod stories;

pub use TerminalId::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};

/// No story needs more events than this: one that does hangs.
const MOST_EVENTS: usize = 20_000;

/// An experiment, told step by step.
pub struct Story {
    lab: Lab,
    transcript: Transcript,
}

impl Story {
    /// A fresh lab.
    pub fn new(profile: ProfileName) -> Story {
        Story { lab: Lab::new(profile, 1), transcript: Transcript::new() }
    }

    /// A fresh lab as the article describes it.
    pub fn article() -> Story {
        Story::new(ProfileName::Article)
    }

    /// A heading in the transcript.
    pub fn heading(&mut self, text: &str) {
        self.tell();
        self.transcript.heading(text);
    }

    /// Types a line and Enter.
    pub fn types(&mut self, terminal: TerminalId, line: &str) {
        self.acts(|lab| lab.enter(terminal, line));
    }

    /// Presses Ctrl-C.
    pub fn ctrl_c(&mut self, terminal: TerminalId) {
        self.acts(|lab| lab.interrupt(terminal));
    }

    /// Presses Ctrl-D.
    pub fn ctrl_d(&mut self, terminal: TerminalId) {
        self.acts(|lab| lab.end_of_input(terminal));
    }

    fn acts(&mut self, act: impl FnOnce(&mut Lab)) {
        self.tell();
        act(&mut self.lab);
        self.tell();
    }

    /// Lets time pass.
    pub fn waits(&mut self, span: Duration) {
        let to = self.lab.now() + span;
        let mut events = 0;
        while self.lab.next_event().is_some_and(|at| at <= to) {
            self.lab.step();
            self.tell();
            events += 1;
            assert!(events < MOST_EVENTS, "the story hangs:\n{}", self.transcript.text());
        }
        self.lab.advance_to(to);
        self.tell();
    }

    /// Lets seconds pass.
    pub fn waits_s(&mut self, seconds: u64) {
        self.waits(millis(seconds * 1000));
    }

    /// The states that netstat shows for port 5555 on C_m and on S_m, listeners included.
    pub fn states(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        (self.states_on(HostId::Client), self.states_on(HostId::Server))
    }

    /// The states that netstat shows on one host.
    pub fn states_on(&self, host: HostId) -> Vec<&'static str> {
        self.lab.world().sockets(host).iter().map(|row| netstat::state_name(row.state)).collect()
    }

    /// Both ends must show just this, in netstat's spelling.
    pub fn must_show(&self, client: &[&str], server: &[&str]) {
        assert_eq!(
            self.states(),
            (client.to_vec(), server.to_vec()),
            "at {}:\n{}",
            self.lab.now(),
            self.transcript.text()
        );
    }

    /// What the terminals showed, in the order of time.
    pub fn transcript(&mut self) -> &str {
        self.tell();
        self.transcript.text()
    }

    /// What the named terminal has printed so far, without commands and input.
    pub fn printed(&self, terminal: TerminalId) -> String {
        let shown = |kind| matches!(kind, PrintedKind::Stdout | PrintedKind::Stderr);
        let printed = &self.lab.terminal(terminal).printed;
        printed.iter().filter(|p| shown(p.kind)).map(|p| &*p.text).collect()
    }

    /// The lab beneath.
    pub fn lab(&self) -> &Lab {
        &self.lab
    }

    /// Every row of the table that was taken so far.
    pub fn rows_taken(&self) -> impl Iterator<Item = &'static Row> {
        self.lab.world().facts().filter_map(|fact| match fact.what {
            Happened::Moved { row, .. } => Some(row),
            _ => None,
        })
    }

    /// Every state that was entered so far.
    pub fn states_reached(&self) -> impl Iterator<Item = State> {
        self.rows_taken().flat_map(|row| [row.from, row.to])
    }

    fn tell(&mut self) {
        self.transcript.follow(&self.lab);
    }
}
