//! The steps of a scenario while it is made.

use std::collections::BTreeSet;
use std::time::Duration;

use tcp_core::net::HostId;
use tcp_course::{Line, Millis};

/// Steps with the milliseconds at which they happen, in any order.
#[derive(Debug, Default)]
pub(super) struct Script {
    steps: Vec<(u64, Line)>,
}

impl Script {
    /// Starts a program by the name `id`.
    pub(super) fn start(&mut self, at: u64, host: HostId, id: &str, cmd: String) {
        self.add(at, Line { cmd: Some(cmd), ..of(host, "start", Some(id)) });
    }

    /// Types a line into a program.
    pub(super) fn types(&mut self, at: u64, host: HostId, id: &str, text: String) {
        self.add(at, Line { text: Some(text), ..of(host, "type", Some(id)) });
    }

    /// Does something to a program: a signal, or `ctrl-d`.
    pub(super) fn does(&mut self, at: u64, host: HostId, id: &str, what: &str) {
        self.add(at, of(host, what, Some(id)));
    }

    /// Runs a command.
    pub(super) fn runs(&mut self, at: u64, host: HostId, cmd: String) {
        let word = if cmd.starts_with("sysctl ") { "sysctl" } else { "run" };
        self.add(at, Line { cmd: Some(cmd), ..of(host, word, None) });
    }

    /// Enters a line for the network.
    pub(super) fn network(&mut self, at: u64, line: String) {
        self.add(at, Line { host: Some("network".to_owned()), action: line, ..Line::default() });
    }

    fn add(&mut self, at: u64, line: Line) {
        self.steps.push((at, line));
    }

    /// The steps ordered by time, at least `gap` apart, up to `longest`. Nobody types into a program that is not there
    /// yet.
    pub(super) fn steps(mut self, gap: u64, longest: u64) -> Vec<Line> {
        // The sort is stable: what was added in an order for the same moment is done in it.
        self.steps.sort_by_key(|(at, _)| *at);
        let mut earliest = 0;
        let mut started = BTreeSet::new();
        let mut steps = Vec::new();
        for (at, line) in self.steps {
            if line.action == "start" {
                started.insert(line.id.clone());
            } else if line.id.is_some() && !started.contains(&line.id) {
                continue;
            }
            let at = at.max(earliest);
            earliest = at + gap;
            if at < longest {
                steps.push(Line { t_ms: Millis::from(Duration::from_millis(at)), ..line });
            }
        }
        steps
    }
}

fn of(host: HostId, action: &str, id: Option<&str>) -> Line {
    Line {
        host: Some(host.word().to_owned()),
        action: action.to_owned(),
        id: id.map(str::to_owned),
        ..Line::default()
    }
}
