//! `ps` of procps 4.
//!
//! Left out on purpose: the shells and `ps` itself, and what a process weighs. `-e`, `-A`, `-a` and `x` list the programs
//! of all users, `-f` and `u` add the user and the command line; other options change nothing.

use super::{Lab, Origin};
use crate::output::{Done, Output};
use crate::tools::clock::wall_clock;
use tcp_core::net::HostId;

/// The shell that began the programs: the process before the first of them.
const SHELL: u32 = crate::program::FIRST_PID - 1;

impl Lab {
    /// `ps`: the programs of the user who asks.
    pub(super) fn ps(&self, origin: Origin, host: HostId, args: &[String]) -> Done {
        let has = |letters: &str| {
            args.iter()
                .any(|word| word.contains(|letter| letters.contains(letter)) && !word.starts_with("--"))
        };
        let (all, full) = (has("eAax"), has("fu"));
        let mut text = match full {
            true => "UID          PID    PPID  C STIME TTY          TIME CMD\n",
            false => "    PID TTY          TIME CMD\n",
        }
        .to_owned();
        for running in &self.user.running {
            let Some(process) = self.user.processes.get(running.process.0 as usize) else { continue };
            if process.host != host || !(all || process.user == origin.user) {
                continue;
            }
            let (pid, cmd) = (process.pid, process.cmd.as_str());
            if full {
                let (user, clock) = (process.user.name(), wall_clock(process.start, host));
                let began = clock.get(..5).unwrap_or_default();
                text += &format!("{user:<8} {pid:>7} {SHELL:>7}  0 {began} pts/0    00:00:00 {cmd}\n");
            } else {
                let name = cmd.split_whitespace().next().unwrap_or_default();
                text += &format!("{pid:>7} pts/0    00:00:00 {name}\n");
            }
        }
        Ok(Output::ok(text))
    }
}
