//! A scene of which somebody sees no more than both hosts' netstat and their terminals, until a question is answered.

use crate::model::{FirewallBar, HostPanel, MachineView, PairView, Scene, Why};
use crate::words::Message;
use crate::words::puzzle::{Puzzle, PuzzlePart};

/// What is said in place of what is closed.
const fn closed() -> Message {
    Message::Puzzle(Puzzle::Part(PuzzlePart::NoteClosed))
}

impl Scene {
    /// Without all that is between the hosts, and without what only a kernel knows.
    #[must_use]
    pub fn closed(self) -> Scene {
        let [client, server] = self.hosts;
        let MachineView { tokens, .. } = self.machine;
        let mut wire = self.wire;
        wire.flights.clear();
        for gate in &mut wire.gates {
            (gate.shut, gate.stopped, gate.says) = (false, 0, closed());
            gate.rules.clear();
            gate.toggles.clear();
        }
        Scene {
            hosts: [client.closed(), server.closed()],
            machine: MachineView {
                tokens,
                lit: Vec::new(),
                trails: [Vec::new(), Vec::new()],
                others: Vec::new(),
            },
            wire,
            firewall: FirewallBar {
                toggles: Vec::new(),
                dropped: 0,
                last_line: None,
                rules: Vec::new(),
                clear: Vec::new(),
            },
            says: None,
            pair: PairView { says: closed(), lost: false, why: Why::default() },
            ladder: None,
            inspected: None,
            piece: None,
            differs: None,
            next: None,
            ..self
        }
    }
}

impl HostPanel {
    fn closed(mut self) -> HostPanel {
        self.note = closed();
        self.hint = None;
        self.badge.countdown = None;
        for row in &mut self.rows {
            (row.flagged, row.why) = (false, None);
        }
        self
    }
}
