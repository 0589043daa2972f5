//! The table of Internet connections, column by column.

use super::options::Options;
use super::state_name;
use crate::names::{Names, port_text};
use crate::tools::ProgramName;
use crate::user::name_of;
use tcp_core::net::view::{SocketRow, TimerKind, TimerView};
use tcp_core::net::{Endpoint, Family, IpAddr};

/// The line above the rows.
pub(super) fn heading(options: &Options) -> String {
    let mut out =
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State      ".to_owned();
    if options.extended {
        out += " User       Inode     ";
    }
    if options.programs {
        out += " PID/Program name    ";
    }
    if options.timers {
        out += " Timer";
    }
    out.push('\n');
    out
}

/// A row, including its line end.
pub(super) fn row(row: &SocketRow, programs: &[ProgramName], names: Names, options: &Options) -> String {
    let mut out = columns(row, names.unless(options.numeric_hosts), options.numeric_ports);
    if options.extended {
        let user = match options.numeric_users {
            true => row.uid.0.to_string(),
            false => name_of(row.uid).to_owned(),
        };
        out += &format!(" {user:<10} {:<10}", inode(row));
    }
    if options.programs {
        out += &format!(" {:<20}", program(row, programs));
    }
    if options.timers {
        out.push(' ');
        out += &timer(&row.timer);
    }
    out.push('\n');
    out
}

/// The socket's inode number, as `netstat -e` and `ss -e` show it; 0 if no process holds the socket.
pub(in crate::tools) fn inode(row: &SocketRow) -> u32 {
    const FIRST: u32 = 20_000;
    if row.owner.is_some() { row.socket.0.saturating_add(FIRST) } else { 0 }
}

/// The foreign address of a listener, in numbers.
pub const fn nobody(family: Family) -> &'static str {
    match family {
        Family::V4 => "0.0.0.0:*",
        Family::V6 | Family::V6Only => ":::*",
    }
}

fn columns(row: &SocketRow, names: Names, numeric_ports: bool) -> String {
    let numeric_hosts = names == Names::Numbers;
    let v6 = row.family != Family::V4;
    let host = |addr: IpAddr| match addr {
        IpAddr::V6(any) if any.is_unspecified() && !numeric_hosts => "[::]".to_owned(),
        _ => names.text(addr),
    };
    let end = |end: Option<Endpoint>| match end {
        Some(Endpoint { addr, port }) => {
            format!("{}:{}", host(addr), port_text(port, numeric_ports))
        }
        None if v6 && !numeric_hosts => "[::]:*".to_owned(),
        None => nobody(row.family).to_owned(),
    };
    // Connections that wait at a listener are its Recv-Q; its backlog is not shown.
    let (local, foreign) = (end(Some(row.local)), end(row.foreign));
    let state = state_name(row.state);
    let protocol = if v6 { "tcp6" } else { "tcp" };
    format!("{protocol:<5} {:>6} {:>6} {local:<23} {foreign:<23} {state:<11}", row.recv_q, row.send_q)
}

fn program(row: &SocketRow, programs: &[ProgramName]) -> String {
    let known = row.owner.and_then(|owner| programs.iter().find(|program| program.process == owner));
    match known {
        Some(ProgramName { pid, name, .. }) => {
            let text = format!("{pid}/{name}");
            // Longer names are cut off.
            text.chars().take(20).collect()
        }
        None => "-".to_owned(),
    }
}

/// The timer: its name, seconds left, retransmissions, probes.
fn timer(timer: &TimerView) -> String {
    let name = match timer.kind {
        TimerKind::Off => "off",
        TimerKind::On => "on",
        TimerKind::Keepalive => "keepalive",
        TimerKind::TimeWait => "timewait",
        TimerKind::Probe => "probe",
    };
    // The kernel counts in hundredths of a second.
    let hundredths = tcp_core::micros(timer.left) / 10_000;
    let (seconds, rest) = (hundredths / 100, hundredths % 100);
    format!("{name} ({seconds}.{rest:02}/{}/{})", timer.retransmits, timer.probes)
}
