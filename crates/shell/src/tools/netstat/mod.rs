//! `netstat`, of net-tools 2.10.
//!
//! Left out on purpose: interfaces, groups, masquerading, and listing again and again; the tables of UDP, raw and UNIX
//! sockets are empty here.

mod options;
mod statistics;
mod table;
#[cfg(test)]
mod tests;

use super::{Machine, Output, route};
use options::Options;
use tcp_core::net::view::SocketRow;
use tcp_core::tcp::State;

pub(super) use table::inode;
pub use table::{nobody, row_nat, row_nato};

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

/// Runs `netstat`; `args` without its name.
pub(super) fn run(args: &[String], machine: &Machine<'_>) -> Output {
    let options = match Options::read(args) {
        Ok(options) => options,
        Err(output) => return output,
    };
    if options.statistics {
        return Output::ok(statistics::text(machine.world, machine.host, &options));
    }
    if options.routes {
        return Output::ok(route::table(machine.host));
    }
    let rows = machine.world.sockets(machine.host);
    Output::ok(text(&rows, machine, &options))
}

fn text(rows: &[SocketRow], machine: &Machine<'_>, options: &Options) -> String {
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
            out += &table::row(row, machine.programs, options);
        }
    }
    if options.shows_unix() {
        out += &format!("Active UNIX domain sockets {which}\n");
        out += "Proto RefCnt Flags       Type       State         I-Node   ";
        out += if options.programs { "PID/Program name     Path\n" } else { "Path\n" };
    }
    out
}
