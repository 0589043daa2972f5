//! `netstat` of net-tools 2.10.
//!
//! Left out on purpose: groups and masquerading. The shell repeats it (`-c`). The tables of UDP, raw and UNIX
//! sockets are empty here.

mod options;
mod statistics;
mod table;
#[cfg(test)]
mod tests;

use super::{OnHost, route};
use crate::output::{Done, Output};
use options::Options;
pub(crate) use options::once;
use tcp_core::net::view::SocketRow;
use tcp_core::tcp::State;

pub use statistics::is_exact;
pub(super) use table::inode;
pub use table::nobody;

/// A state in Linux's spelling, for example `SYN_RECV`.
pub const fn state_name(state: State) -> &'static str {
    match state {
        State::Listen => "LISTEN",
        State::SynSent => "SYN_SENT",
        State::SynReceived => "SYN_RECV",
        State::Established => "ESTABLISHED",
        State::FinWait1 => "FIN_WAIT1",
        State::FinWait2 => "FIN_WAIT2",
        State::CloseWait => "CLOSE_WAIT",
        State::Closing => "CLOSING",
        State::LastAck => "LAST_ACK",
        State::TimeWait => "TIME_WAIT",
        State::Closed => "CLOSED",
    }
}

/// What precedes the programs if not root asks for them.
const NOT_ALL: &str = "(Not all processes could be identified, non-owned process info\n \
    will not be shown, you would have to be root to see it all.)\n";

/// Runs `netstat`. `args` does not include its name.
pub(crate) fn run(args: &[String], here: &mut OnHost<'_>) -> Done {
    let options = Options::read(args)?;
    if options.statistics {
        return Ok(Output::ok(statistics::text(here.world, here.host, &options)));
    }
    if options.interfaces {
        return match options.extended {
            true => route::ifconfig(&[], here)
                .map(|shown| Output::ok(format!("Kernel Interface table\n{}", shown.stdout))),
            false => Ok(Output::ok(route::interfaces(here.world, here.host))),
        };
    }
    if options.routes {
        return Ok(Output::ok(route::table(here.world, here.host)));
    }
    let rows = here.world.sockets(here.host);
    let stdout = text(&rows, here, &options);
    // On any machine, some process belongs to another user.
    let stderr = if options.programs && !here.user.is_root() { NOT_ALL } else { "" };
    Ok(Output { stdout, stderr: stderr.to_owned(), exit_code: 0 })
}

fn text(rows: &[SocketRow], here: &OnHost<'_>, options: &Options) -> String {
    let mut out = String::new();
    let which = match (options.all, options.listening) {
        (true, _) => "(servers and established)",
        (false, true) => "(only servers)",
        (false, false) => "(w/o servers)",
    };
    if options.shows_internet() {
        out += &format!("Active Internet connections {which}\n");
        out += &table::heading(options);
        let shown = rows.iter().filter(|row| {
            let listens = row.state == State::Listen;
            options.shows_tcp(row.family) && (options.all || listens == options.listening)
        });
        for row in shown {
            out += &table::row(row, here.programs, here.names, options);
        }
    }
    if options.shows_unix() {
        out += &format!("Active UNIX domain sockets {which}\n");
        out += "Proto RefCnt Flags       Type       State         I-Node   ";
        out += if options.programs { "PID/Program name     Path\n" } else { "Path\n" };
    }
    out
}
