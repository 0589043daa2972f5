//! The lab: a world, its terminals and the processes that run in them.

mod builtins;
mod input;
mod jobs;
mod process;
mod prompt;
mod schedule;

use crate::complete;
use crate::program::{Event, ProcessIo, Program, httpd};
use crate::terminal::{Completion, PrintedKind, Terminal, TerminalId, Text};
use crate::tools::ProgramName;
pub use input::{Feed, Key};
pub use process::{Exit, Process, Signal};
use prompt::{Origin, Prompt};
use std::collections::{BTreeMap, VecDeque};
use std::hash::{Hash, Hasher};
use tcp_core::Instant;
use tcp_core::net::{Checkpoint, HostId, ProcessId, World};
use tcp_core::tcp::ProfileName;

/// What a process has that still runs.
#[derive(Clone, Debug)]
struct Running {
    program: Program,
    io: ProcessIo,
    /// What it has not yet been told.
    inbox: VecDeque<Event>,
    /// Between SIGSTOP and SIGCONT.
    stopped: bool,
    /// A signal that waits for SIGCONT.
    pending: Option<Signal>,
    /// Where what it writes is shown.
    terminal: Option<TerminalId>,
}

/// A world, its terminals and its processes.
///
/// Guarantee: no call panics, whatever is typed; the same calls on the same seed give the same facts and texts.
#[derive(Clone, Debug)]
pub struct Lab {
    world: World,
    user: Userland,
    bounds: Bounds,
}

/// Equal for labs in which the worlds are the same, but for their logs, and terminals and processes show the same.
impl Hash for Lab {
    fn hash<H: Hasher>(&self, to: &mut H) {
        (&self.world, &self.user.terminals, &self.user.processes).hash(to);
    }
}

/// All that runs and is shown above the kernels.
#[derive(Clone, Debug)]
struct Userland {
    terminals: [Terminal; 5],
    prompts: [Prompt; 5],
    /// All there ever were; a process's id is its place.
    processes: Vec<Process>,
    running: BTreeMap<ProcessId, Running>,
    next_pid: BTreeMap<HostId, u32>,
    /// The command that last changed a firewall or what the network loses, as it was accepted.
    changed: Option<Text>,
    /// Octets that processes and terminals hold, roughly.
    written: u64,
    /// Work that the world does not know of.
    work: u64,
}

/// How much a lab may come to hold, in octets, and to do, in steps of about a nanosecond.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    memory: u64,
    work: u64,
}

/// Enough for the article's 60 000 connections.
const BOUNDS: Bounds = Bounds { memory: 512 << 20, work: 10_000_000_000 };

/// Why nothing happens any more in a lab: no recording, link or typist can make it take all there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Exhausted {
    /// There is too much to remember.
    #[error("it needs more than 512 MiB")]
    Memory,
    /// There is too much to do.
    #[error("it needs too many steps")]
    Work,
}

/// A lab at some moment: everything but the log of its world, of which it knows the length.
#[derive(Clone, Debug)]
pub struct LabCheckpoint {
    world: Checkpoint,
    user: Userland,
}

impl LabCheckpoint {
    /// The time at which it was taken.
    pub const fn now(&self) -> Instant {
        self.world.now()
    }

    /// Octets that it holds, roughly.
    pub fn weight(&self) -> u64 {
        self.world.weight() + self.user.written
    }
}

impl Lab {
    /// A lab at time zero. The site's web server runs in it from the beginning, as process 0.
    pub fn new(profile: ProfileName, seed: u64) -> Lab {
        let user = Userland {
            terminals: TerminalId::ALL.map(Terminal::new),
            prompts: TerminalId::ALL.map(|_| Prompt::default()),
            processes: Vec::new(),
            running: BTreeMap::new(),
            next_pid: BTreeMap::new(),
            changed: None,
            written: 0,
            work: 0,
        };
        let mut lab = Lab { world: World::new(profile, seed), user, bounds: BOUNDS };
        lab.launch(HostId::Site, None, "httpd", |sys| httpd::begin("httpd", &[], sys));
        lab
    }

    /// The lab as it is. It copies no facts.
    pub fn checkpoint(&self) -> LabCheckpoint {
        LabCheckpoint { world: self.world.checkpoint(), user: self.user.clone() }
    }

    /// Goes back, or forward again, to a moment of this lab. The facts that came after it are kept until something
    /// else happens than did then, or [`Lab::fork`] says that it will.
    pub fn restore(&mut self, to: &LabCheckpoint) {
        self.world.restore(&to.world);
        self.user.clone_from(&to.user);
    }

    /// Drops the facts that were written after the present moment, before the lab went back to it.
    pub fn fork(&mut self) {
        self.world.fork();
    }

    /// The command that last changed a firewall or what the network loses and repeats, as it was accepted.
    pub fn last_change(&self) -> Option<&Text> {
        self.user.changed.as_ref()
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Octets that it holds, roughly.
    pub const fn weight(&self) -> u64 {
        self.world.weight() + self.user.written
    }

    /// What was done in it, in steps of about a nanosecond.
    pub const fn work(&self) -> u64 {
        self.world.work() + self.user.work
    }

    /// The bound that was reached, if one was. There are no more events then, and what is typed does nothing.
    pub fn exhausted(&self) -> Option<Exhausted> {
        if self.weight() > self.bounds.memory {
            Some(Exhausted::Memory)
        } else if self.work() > self.bounds.work {
            Some(Exhausted::Work)
        } else {
            None
        }
    }

    /// The time.
    pub fn now(&self) -> Instant {
        self.world.now()
    }

    /// Changes a circumstance of the imitated machines that nothing typed could change.
    pub fn set_circumstances(&mut self, change: impl FnOnce(&mut World)) {
        change(&mut self.world);
    }

    /// The process `id`.
    pub fn process(&self, id: ProcessId) -> Option<&Process> {
        self.user.processes.get(id.0 as usize)
    }

    /// A terminal.
    pub fn terminal(&self, id: TerminalId) -> &Terminal {
        &self.user.terminals[id.index()]
    }

    /// All processes there ever were, oldest first; a process's id is its place.
    pub fn processes(&self) -> &[Process] {
        &self.user.processes
    }

    /// Tab: completes `line`.
    pub fn complete(&self, terminal: TerminalId, line: &str) -> Completion {
        complete::complete(self.terminal(terminal), line)
    }

    /// The processes of `host` that run, as `netstat -p` and `ps` name them.
    fn program_names(&self, host: HostId) -> Vec<ProgramName> {
        let of_host =
            |id: &ProcessId| self.user.processes.get(id.0 as usize).filter(|process| process.host == host);
        let name = |process: &Process| ProgramName {
            process: process.id,
            pid: process.pid,
            name: process.cmd.split_whitespace().next().unwrap_or_default().to_owned(),
        };
        self.user.running.keys().filter_map(of_host).map(name).collect()
    }

    fn print_command(&mut self, terminal: TerminalId, line: &str) {
        self.print(terminal, PrintedKind::Command, &format!("{line}\n"));
        self.user.terminals[terminal.index()].remember(line);
    }

    fn print(&mut self, terminal: TerminalId, kind: PrintedKind, text: &str) {
        let at = self.now();
        self.user.written += text.len() as u64 + 64;
        self.user.terminals[terminal.index()].print(at, kind, text.into());
    }
}

#[cfg(test)]
mod tests;
