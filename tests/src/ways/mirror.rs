//! The same way with the two hosts' parts exchanged.

use tcp_core::net::HostId;
use tcp_course::scenes::{Goal, Way};
use tcp_course::{Action, Step};
use tcp_shell::TerminalId;
use tcp_testing::{ClientLower, ClientUpper, Network, ServerLower, ServerUpper};

/// What a line calls the one host, and what it calls the other.
const NAMES: [(&str, &str); 3] = [("10.211.55.10", "10.211.55.2"), ("client", "server"), ("C_m", "S_m")];

/// The way to the mirrored goal. An edge has no sides, so that its way has no mirror.
pub(super) fn mirrored(way: &Way) -> Option<Way> {
    let goal = match way.goal {
        Goal::State(HostId::Client, state) => Goal::State(HostId::Server, state),
        Goal::State(_, state) => Goal::State(HostId::Client, state),
        Goal::Pair([client, server]) => Goal::Pair([server, client]),
        Goal::Row(_) => return None,
    };
    let steps = way.steps.iter().map(|step| Step { at: step.at, action: exchanged(&step.action) });
    Some(Way { goal, steps: steps.collect(), scene: None, ends: way.ends })
}

fn exchanged(action: &Action) -> Action {
    match action.clone() {
        Action::Enter { terminal, line } => Action::enter(other(terminal), renamed(&line)),
        Action::Input { terminal, line } => Action::Input { terminal: other(terminal), line: renamed(&line) },
        Action::Interrupt { terminal } => Action::ctrl_c(other(terminal)),
        Action::EndOfInput { terminal } => Action::ctrl_d(other(terminal)),
        Action::Suspend { terminal } => Action::ctrl_z(other(terminal)),
        action => action,
    }
}

const fn other(terminal: TerminalId) -> TerminalId {
    match terminal {
        ClientUpper => ServerUpper,
        ClientLower => ServerLower,
        ServerUpper => ClientUpper,
        ServerLower => ClientLower,
        Network => Network,
        TerminalId::ClientThird => TerminalId::ServerThird,
        TerminalId::ServerThird => TerminalId::ClientThird,
    }
}

fn renamed(line: &str) -> String {
    let exchange = |line: String, (one, other): &(&str, &str)| {
        // A sign that nobody types keeps apart what was renamed.
        line.replace(one, "\0").replace(other, one).replace('\0', other)
    };
    NAMES.iter().fold(line.to_owned(), exchange)
}
