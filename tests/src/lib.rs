//! The harness of the stories: a session in which a story types lines, and a transcript of what its terminals show.

use std::time::Duration;
use tcp_core::millis;
use tcp_core::net::{Happened, HostId};
use tcp_core::tcp::{ProfileName, Row, State};
use tcp_course::{Action, Session};
use tcp_scene::Transcript;
use tcp_shell::{Lab, TerminalId};

mod chance;
pub mod colour;
mod corners;
mod errors;
mod kernel;
pub mod laws;
pub mod links;
pub mod netems;
mod queues;
pub mod scripts;
pub mod soak;
pub mod stories;
pub mod ways;

pub use tcp_testing::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};

/// No story needs more events than this for one wait: one that does hangs.
const MOST_EVENTS: usize = 20_000;

/// An experiment, step by step: a session, and what its terminals showed after each of its steps.
pub struct Story {
    session: Session,
    transcript: Transcript,
}

impl Story {
    /// A story in a new lab.
    pub fn new(profile: ProfileName) -> Story {
        Story { session: Session::new(profile, 1), transcript: Transcript::new() }
    }

    /// A story in a new lab with the article's profile.
    pub fn article() -> Story {
        Story::new(ProfileName::Article)
    }

    /// Adds a heading to the transcript.
    pub fn heading(&mut self, text: &str) {
        self.catch_up();
        self.transcript.heading(text);
    }

    /// Types a line and Enter.
    pub fn types(&mut self, terminal: TerminalId, line: &str) {
        self.acts(Action::enter(terminal, line));
    }

    /// Presses Ctrl-C.
    pub fn ctrl_c(&mut self, terminal: TerminalId) {
        self.acts(Action::ctrl_c(terminal));
    }

    /// Presses Ctrl-D.
    pub fn ctrl_d(&mut self, terminal: TerminalId) {
        self.acts(Action::ctrl_d(terminal));
    }

    fn acts(&mut self, action: Action) {
        self.catch_up();
        self.session.act(action);
        self.catch_up();
    }

    /// Lets time pass.
    pub fn waits(&mut self, span: Duration) {
        let to = self.lab().now() + span;
        let mut events = 0;
        while self.session.next_event().is_some_and(|at| at <= to) {
            self.session.step();
            self.catch_up();
            events += 1;
            assert!(events < MOST_EVENTS, "events without end:\n{}", self.transcript.text());
        }
        self.session.advance_to(to);
        self.catch_up();
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
        tcp_testing::states(self.lab(), host)
    }

    /// Asserts that C_m and S_m show exactly these states, in netstat's spelling.
    pub fn must_show(&self, client: &[&str], server: &[&str]) {
        assert_eq!(
            self.states(),
            (client.to_vec(), server.to_vec()),
            "at {}:\n{}",
            self.lab().now(),
            self.transcript.text()
        );
    }

    /// What the terminals showed, in the order of time.
    pub fn transcript(&mut self) -> &str {
        self.catch_up();
        self.transcript.text()
    }

    /// What the named terminal has printed so far, without commands and input.
    pub fn printed(&self, terminal: TerminalId) -> String {
        tcp_testing::printed(self.lab(), terminal)
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The lab that the story runs in.
    pub fn lab(&self) -> &Lab {
        self.session.lab()
    }

    /// Every row of the table that has been taken so far.
    pub fn rows_taken(&self) -> impl Iterator<Item = &'static Row> {
        self.lab().world().facts().filter_map(|fact| match fact.what {
            Happened::Moved { row, .. } => Some(row),
            _ => None,
        })
    }

    /// Every state that has been entered so far.
    pub fn states_reached(&self) -> impl Iterator<Item = State> {
        self.rows_taken().flat_map(|row| [row.from, row.to])
    }

    fn catch_up(&mut self) {
        self.transcript.follow(self.session.lab());
    }
}
