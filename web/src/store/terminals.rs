//! Which terminal is used, which is there, and what is never typed into a program.

use super::{Hand, Intent, Store};
use crate::settings::Terminals;
use tcp_core::net::HostId;
use tcp_course::Action;
use tcp_shell::TerminalId;

/// The terminal of each host, in the order of the scene, that was used last, and the host whose it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Front {
    /// C_m's and S_m's.
    pub of_hosts: [TerminalId; 2],
    /// The last one of all.
    pub last: TerminalId,
}

impl Front {
    pub(crate) const fn used(&mut self, terminal: TerminalId) {
        match terminal {
            TerminalId::ClientUpper | TerminalId::ClientLower | TerminalId::ClientThird => {
                self.of_hosts[0] = terminal;
            }
            TerminalId::ServerUpper | TerminalId::ServerLower | TerminalId::ServerThird => {
                self.of_hosts[1] = terminal;
            }
            TerminalId::Network => return,
        }
        self.last = terminal;
    }
}

impl Default for Front {
    fn default() -> Front {
        Front { of_hosts: [TerminalId::ClientUpper, TerminalId::ServerUpper], last: TerminalId::ClientUpper }
    }
}

impl Store {
    /// Somebody is in this terminal.
    pub(super) fn uses(&mut self, terminal: TerminalId, hand: Hand) {
        if self.brings(hand) {
            self.front.used(terminal);
        }
        if self.moves(hand) {
            self.settings.terminals = Some(Terminals::Beside);
        }
    }

    /// It would change nothing that somebody is there.
    pub(super) fn is_in_front(&self, terminal: TerminalId, hand: Hand) -> bool {
        let mut front = self.front;
        front.used(terminal);
        (front == self.front || !self.brings(hand)) && !self.moves(hand)
    }

    /// The terminal comes to the front. In a lesson they are tabs, all as large, and the focus turns to one.
    const fn brings(&self, hand: Hand) -> bool {
        !matches!(hand, Hand::Comes) || self.run.is_some()
    }

    /// The terminals go beside the picture. Only once: later they are where somebody put them.
    const fn moves(&self, hand: Hand) -> bool {
        matches!(hand, Hand::Types { tight: true }) && self.settings.terminals.is_none()
    }

    /// The host whose every terminal has a program, if a button's line would be typed there.
    pub(super) fn finds_no_prompt(&self, intent: &Intent) -> Option<HostId> {
        let busy = |terminal: TerminalId| {
            terminal.host().filter(|_| !self.session.lab().terminal(terminal).is_free())
        };
        match intent {
            Intent::AtPrompt(Action::Enter { terminal, .. }) => busy(*terminal),
            Intent::ClearRules => {
                self.scene().firewall.clear.into_iter().find_map(|(terminal, _)| busy(terminal))
            }
            _ => None,
        }
    }

    /// What was typed there may have closed the terminal.
    pub(super) fn closes(&mut self, terminal: TerminalId) {
        let at = usize::from(terminal.host() == Some(HostId::Server));
        if self.session.lab().terminal(terminal).is_new() {
            self.look.third[at] = false;
            if self.front.of_hosts[at] == terminal {
                self.front.used(Front::default().of_hosts[at]);
            }
        }
    }
}

/// The terminal that this line, or Ctrl-D, may close.
pub(super) fn closed_by(action: &Action) -> Option<TerminalId> {
    match action {
        Action::Enter { terminal, .. } | Action::EndOfInput { terminal } => Some(*terminal),
        _ => None,
    }
    .filter(|terminal| terminal.closes())
}
