//! Tools that print and end at once: iptables, netstat, ss, sysctl, date, ip …

pub mod clock;
mod date;
mod filter;
mod host;
mod iptables;
pub mod netstat;
mod route;
pub mod services;
mod ss;
mod sysctl;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use filter::{filter, grep};

use tcp_core::net::{HostId, ProcessId, World};

/// What a tool printed, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Standard output, with its line ends.
    pub stdout: String,
    /// Standard error, with its line ends.
    pub stderr: String,
    /// The exit code.
    pub exit_code: i32,
}

impl Output {
    /// Printed `stdout` and ended well.
    pub fn ok(stdout: impl Into<String>) -> Output {
        Output { stdout: stdout.into(), stderr: String::new(), exit_code: 0 }
    }

    /// Printed `stderr` and ended with `exit_code`.
    pub fn err(stderr: impl Into<String>, exit_code: i32) -> Output {
        Output { stdout: String::new(), stderr: stderr.into(), exit_code }
    }
}

/// A running process, as `netstat -p` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramName {
    /// Which process.
    pub process: ProcessId,
    /// Its number on its host.
    pub pid: u32,
    /// For example `nc`.
    pub name: String,
}

/// The host a tool runs on.
pub struct Machine<'a> {
    /// The world.
    pub world: &'a mut World,
    /// Which host.
    pub host: HostId,
    /// Its processes.
    pub programs: &'a [ProgramName],
}

/// The tools that [`run`] knows, by name; completion offers them.
pub const TOOLS: [&str; 15] = [
    "date", "hostname", "id", "ifconfig", "ip", "iptables", "netstat", "pwd", "route", "ss", "sysctl",
    "uname", "uptime", "which", "whoami",
];

/// The tools that [`filter`] knows: what may stand behind a pipe.
pub const FILTERS: [&str; 8] = ["cat", "egrep", "grep", "head", "sort", "tail", "uniq", "wc"];

/// Runs the tool `args[0]` with its arguments `args[1..]`; `None` if there is no such tool here.
pub fn run(args: &[String], machine: &mut Machine<'_>) -> Option<Output> {
    let (path, args) = args.split_first()?;
    Some(match program(path) {
        "iptables" => iptables::run(args, machine),
        "netstat" => netstat::run(args, machine),
        "ss" => ss::run(args, machine),
        "sysctl" => sysctl::run(args, machine),
        "date" => date::run(args, machine),
        "ip" => route::ip(args, machine),
        "ifconfig" => route::ifconfig(args, machine),
        "route" => route::route(args, machine),
        "hostname" => host::hostname(args, machine),
        "uname" => host::uname(args, machine),
        "uptime" => host::uptime(machine),
        "which" => host::which(args),
        "whoami" => Output::ok("student\n"),
        "id" => Output::ok("uid=1000(student) gid=1000(student) groups=1000(student),27(sudo)\n"),
        "pwd" => Output::ok(host::home(machine.host)),
        _ => return None,
    })
}

/// The name of a program that may be called by its path.
fn program(path: &str) -> &str {
    const PLACES: [&str; 6] =
        ["/sbin/", "/usr/sbin/", "/bin/", "/usr/bin/", "/usr/local/bin/", "/usr/local/sbin/"];
    PLACES.iter().find_map(|place| path.strip_prefix(place)).unwrap_or(path)
}
