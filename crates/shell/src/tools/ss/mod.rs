//! `ss` of iproute2 6.1: TCP sockets.
//!
//! Left out on purpose: memory (`-m`) and filters in the kernel (`-b`); the rows of other kinds of sockets, which do not exist
//! here.

mod columns;
mod expression;
mod info;
mod options;
mod summary;
#[cfg(test)]
mod tests;

use super::{OnHost, ProgramName, netstat};
use crate::names::{Names, port_text};
use crate::output::{Done, Output, Refusal};
use crate::program::FIRST_DESCRIPTOR;
use columns::{Cells, render};
use options::Options;
use std::time::Duration;
use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::net::{Command, Endpoint, Family, IpAddr, Uid};
use tcp_core::tcp::State;

/// A state in `ss`'s spelling.
pub(super) const fn state_name(state: State) -> &'static str {
    match state {
        State::Listen => "LISTEN",
        State::SynSent => "SYN-SENT",
        State::SynReceived => "SYN-RECV",
        State::Established => "ESTAB",
        State::FinWait1 => "FIN-WAIT-1",
        State::FinWait2 => "FIN-WAIT-2",
        State::CloseWait => "CLOSE-WAIT",
        State::Closing => "CLOSING",
        State::LastAck => "LAST-ACK",
        State::TimeWait => "TIME-WAIT",
        State::Closed => "UNCONN",
    }
}

/// Usage, as `ss -h` prints it.
const USAGE: &str = include_str!("usage.txt");

/// Runs `ss`. `args` does not include its name.
pub(crate) fn run(args: &[String], here: &mut OnHost<'_>) -> Done {
    let options = Options::read(args)?;
    let rows = here.world.sockets(here.host);
    let mut out = String::new();
    if options.summary {
        out += &summary::text(&rows);
        if options.is_only_summary() {
            return Ok(Output::ok(out));
        }
    }
    if options.kill && !here.user.is_root() && rows.iter().any(|row| options.shows(row)) {
        // It gives up at the first.
        let stderr = "SOCK_DESTROY answers: Operation not permitted\n".to_owned();
        out += &table(&[], here.programs, here.names, &options, &|_| String::new());
        return Ok(Output { stdout: out, stderr, exit_code: 0 });
    }
    let world = &*here.world;
    let known = |row: &SocketRow| info::text(world, row, options.timers, options.numeric);
    out += &table(&rows, here.programs, here.names, &options, &known);
    if options.kill {
        for row in rows.iter().filter(|row| options.shows(row)) {
            // This cannot fail: a socket that is listed exists.
            let _ = here.world.apply(Command::Abort { socket: row.socket });
        }
    }
    Ok(Output::ok(out))
}

/// The table of `rows`; `known` has the words of `-i` about one.
fn table(
    rows: &[SocketRow],
    programs: &[ProgramName],
    names: Names,
    options: &Options,
    known: &dyn Fn(&SocketRow) -> String,
) -> String {
    let names = names.unless(!options.resolve);
    let cells: Vec<Cells> = rows
        .iter()
        .filter(|row| options.shows(row))
        .map(|row| {
            let mut cells = cells(row, programs, names, options);
            if options.info {
                cells[8] += if options.oneline { "" } else { "\n\t" };
                cells[8] += &known(row);
            }
            cells
        })
        .collect();
    render(&cells, options.shown_columns(), !options.no_header)
}

fn cells(row: &SocketRow, programs: &[ProgramName], names: Names, options: &Options) -> Cells {
    let send_q = if row.state == State::Listen { row.backlog } else { row.send_q };
    let address = |end: Endpoint| match (end.addr, row.family) {
        (addr, Family::V4) => format!("{}:", names.text(addr)),
        (IpAddr::V6(any), Family::V6) if any.is_unspecified() => "*:".to_owned(),
        (IpAddr::V6(addr), _) => format!("[{addr}]:"),
        (IpAddr::V4(addr), _) => format!("[{}]:", addr.to_ipv6_mapped()),
    };
    let port = |end: Endpoint| port_text(end.port, options.numeric);
    let (peer, peer_port) = match row.foreign {
        Some(end) => (address(end), port(end)),
        None if row.family == Family::V4 => ("0.0.0.0:".to_owned(), "*".to_owned()),
        None => (address(Endpoint::any6(0)), "*".to_owned()),
    };
    [
        "tcp".to_owned(),
        state_name(row.state).to_owned(),
        format!("{:<6}", row.recv_q),
        format!("{send_q:<6}"),
        address(row.local),
        port(row.local),
        peer,
        peer_port,
        process(row, programs, options),
    ]
}

/// The last column: who holds the socket, its timer, and details, each preceded by a blank.
fn process(row: &SocketRow, programs: &[ProgramName], options: &Options) -> String {
    let mut out = String::new();
    let owner = row.owner.and_then(|owner| programs.iter().find(|program| program.process == owner));
    if let Some(ProgramName { pid, name, sockets, .. }) = owner.filter(|_| options.processes) {
        let place = sockets.iter().position(|held| *held == Some(row.socket));
        let descriptor = FIRST_DESCRIPTOR + place.unwrap_or_default();
        out += &format!(" users:((\"{name}\",pid={pid},fd={descriptor}))");
    }
    if options.timers && row.timer.kind != TimerKind::Off {
        let name = match row.timer.kind {
            TimerKind::TimeWait => "timewait",
            TimerKind::Keepalive => "keepalive",
            TimerKind::Probe => "persist",
            TimerKind::On | TimerKind::Off => "on",
        };
        let again = match row.timer.kind {
            TimerKind::Probe | TimerKind::Keepalive => row.timer.probes,
            _ => row.timer.retransmits.max(row.timer.resent),
        };
        out += &format!(" timer:({name},{},{again})", left(row.timer.left));
    }
    if options.extended {
        if row.uid != Uid::ROOT {
            out += &format!(" uid:{}", row.uid.0);
        }
        out += &format!(" ino:{} sk:{:x}", netstat::inode(row), row.socket.0.saturating_add(1));
        if row.state == State::Listen {
            out += match row.family {
                Family::V4 => "",
                Family::V6 => " v6only:0",
                Family::V6Only => " v6only:1",
            };
        }
        out += ends(row);
    }
    out
}

/// Which directions are still open; empty for small entries, which hold no socket.
const fn ends(row: &SocketRow) -> &'static str {
    match (row.state, row.timer.kind) {
        (_, TimerKind::TimeWait) => "",
        (State::SynReceived, _) if row.owner.is_none() => "",
        (State::CloseWait, _) => " -->",
        (State::FinWait1 | State::FinWait2, _) if row.owner.is_some() => " <--",
        (State::FinWait1 | State::FinWait2 | State::LastAck | State::Closing, _) => " ---",
        _ if row.shut => " <--",
        _ => " <->",
    }
}

/// Milliseconds as C's `%g` prints them.
fn g(span: Duration) -> String {
    digits(tcp_core::micros(span), 6)
}

/// A number of thousandths in at most `most` digits, without zeros after the point at the end.
fn digits(thousandths: u64, most: u32) -> String {
    let whole = (thousandths / 1000).checked_ilog10().map_or(0, |tens| tens + 1);
    let step = 10u64.pow(3 - most.saturating_sub(whole).min(3));
    let rounded = thousandths.saturating_add(step / 2) / step * step;
    let text = format!("{}.{:03}", rounded / 1000, rounded % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Time left in the odd notation of `ss`: `59sec`, `1.204ms` for 1.204 s, `404ms`, `1min59sec`.
fn left(span: Duration) -> String {
    let total = tcp_core::micros(span) / 1000;
    let (minutes, mut seconds, mut millis) = (total / 60_000, total / 1000 % 60, total % 1000);
    let mut out = String::new();
    if minutes > 0 {
        millis = 0;
        out = format!("{minutes}min");
        if minutes > 9 {
            seconds = 0;
        }
    }
    if seconds > 9 {
        millis = 0;
    }
    if seconds > 0 {
        out += &seconds.to_string();
        out += if millis > 0 { "." } else { "sec" };
    }
    if millis > 0 {
        out += &format!("{millis:03}ms");
    }
    out
}
