//! What helps at a host's terminals, in English.

use crate::words::Hint;
use tcp_core::net::HostId;
use tcp_shell::TerminalId;

pub(super) fn hint(hint: &Hint) -> String {
    match hint {
        Hint::Busy { host, all } => {
            let all = if *all == 2 { "Both" } else { "All three" };
            let further = if all == "Both" { "open another terminal, or " } else { "" };
            format!(
                "{all} terminals of {host} run a program: {further}end one with Ctrl-C, or stop it with Ctrl-Z and let it \
                 go on with bg. An & at the end of a line leaves its terminal free."
            )
        }
        Hint::Forward { host } => format!(
            "Nothing passes FORWARD of {host}: no host here routes for others. INPUT has what comes to {host}, OUTPUT what \
             it sends."
        ),
        Hint::Taken { line, pid, terminal: Some(terminal), port } => {
            let (host, terminal) = (host(*terminal), super::terminal(*terminal));
            format!("{host} already runs {line} in {terminal} (pid {pid}): it has port {port}.")
        }
        Hint::Taken { line, pid, terminal: None, port } => {
            format!("{line} (pid {pid}) runs already: it has port {port}.")
        }
    }
}

/// Of a listener.
pub(super) fn listens(line: &str, waiting: u32) -> String {
    match waiting {
        0 => format!("{line} runs here already, and waits for a SYN."),
        1 => format!("{line} runs here already. One connection is not accepted yet."),
        _ => format!("{line} runs here already. {waiting} connections are not accepted yet."),
    }
}

/// Where an action that needs a prompt finds none.
pub(super) fn no_prompt(host: HostId) -> String {
    format!(
        "Nothing was typed: all terminals of {host} run a program. End one with Ctrl-C first, or stop it with Ctrl-Z."
    )
}

fn host(terminal: TerminalId) -> HostId {
    terminal.host().unwrap_or(HostId::Server)
}
