//! Tools that print and end at once: iptables, netstat, ss, sysctl, date, ip …

mod getopt;
mod iptables;
pub mod services;
#[cfg(test)]
mod testing;

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

/// Runs the tool `args[0]` with its arguments `args[1..]`; `None` if there is no such tool here.
pub fn run(args: &[String], machine: &mut Machine<'_>) -> Option<Output> {
    let (path, args) = args.split_first()?;
    match program(path) {
        "iptables" => Some(iptables::run(args, machine)),
        _ => None,
    }
}

/// The name of a program that may be called by its path.
fn program(path: &str) -> &str {
    const PLACES: [&str; 6] =
        ["/sbin/", "/usr/sbin/", "/bin/", "/usr/bin/", "/usr/local/bin/", "/usr/local/sbin/"];
    PLACES.iter().find_map(|place| path.strip_prefix(place)).unwrap_or(path)
}
