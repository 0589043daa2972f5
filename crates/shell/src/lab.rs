//! The lab: a world, its terminals and the processes that run in them.

mod begin;
mod builtins;
mod fuser;
mod input;
mod jobs;
mod kill;
mod origin;
mod pgrep;
mod process;
mod prompt;
mod ps;
mod schedule;
mod shell;
mod signals;
mod sudo;
mod written;

use crate::complete;
use crate::files::Files;
use crate::names::Names;
use crate::program::{Event, ProcessIo, Program, httpd};
use crate::terminal::{Completion, PrintedKind, Terminal, TerminalId, Text};
use crate::tools::ProgramName;
use crate::user::{Sudoers, User};
pub use input::{Feed, Key};
use origin::Origin;
pub use process::{Exit, Process, Signal};
use prompt::Prompt;
use shell::{Machine, Outlet, ShellId};
use std::collections::{BTreeMap, VecDeque};
use std::hash::{Hash, Hasher};
use tcp_core::Instant;
use tcp_core::net::{Checkpoint, HostId, ProcessId, World};
use tcp_core::tcp::ProfileName;

/// State of a process that is still running.
#[derive(Clone, Debug)]
struct Running {
    process: ProcessId,
    program: Program,
    io: ProcessIo,
    /// Events that the process has not handled yet.
    inbox: VecDeque<Event>,
    /// Whether the process is stopped: between SIGSTOP and SIGCONT.
    stopped: bool,
    /// A signal that waits for SIGCONT.
    pending: Option<Signal>,
    /// Where it writes.
    outlet: Outlet,
    /// The shell that waits for it, or has it as a job.
    parent: Option<ShellId>,
    /// When it is to be ended, and by which signal (`timeout`).
    deadline: Option<(Instant, Signal)>,
    /// Whether that has happened.
    timed_out: bool,
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

/// Labs hash alike if their worlds are the same (apart from the logs) and their terminals and processes show the same.
impl Hash for Lab {
    fn hash<H: Hasher>(&self, to: &mut H) {
        (&self.world, &self.user.terminals, &self.user.processes, &self.user.files).hash(to);
    }
}

/// Everything that runs above the kernels, and what is shown of it.
#[derive(Clone, Debug)]
struct Userland {
    terminals: [Terminal; TerminalId::ALL.len()],
    prompts: [Prompt; TerminalId::ALL.len()],
    shells: BTreeMap<ShellId, Machine>,
    /// How many shells run inside one another at this very moment, and those that go on after them.
    shells_inside: u32,
    shells_to_run: VecDeque<ShellId>,
    /// How many processes react inside one another at this very moment, and those whose turn has not come.
    notified: u32,
    to_drain: VecDeque<ProcessId>,
    /// How many shells that know functions have begun at the last moment at which one did.
    forks: (Instant, u32),
    /// All processes there have ever been; a process's id is its index.
    processes: Vec<Process>,
    /// In the order in which they were started.
    running: Vec<Running>,
    files: Files,
    /// What the hosts' resolvers answer.
    names: Names,
    /// Who types.
    login: User,
    /// What `sudo` lets the student do in a terminal.
    sudoers: Sudoers,
    /// The command that last changed a firewall or what the network loses, as it was accepted.
    changed: Option<Text>,
    /// Approximate number of octets that processes and terminals hold.
    written: u64,
    /// Work that the world does not count.
    work: u64,
}

impl Userland {
    fn weight(&self) -> u64 {
        self.written + self.files.weight()
    }

    fn place(&self, process: ProcessId) -> Option<usize> {
        self.running.binary_search_by_key(&process, |running| running.process).ok()
    }

    fn is_running(&self, process: ProcessId) -> bool {
        self.place(process).is_some()
    }

    fn running_mut(&mut self, process: ProcessId) -> Option<&mut Running> {
        let place = self.place(process)?;
        self.running.get_mut(place)
    }
}

/// How much a lab may hold, in octets, and how much it may do, in steps of about a nanosecond.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    memory: u64,
    work: u64,
}

/// Enough for the article's 60 000 connections.
const BOUNDS: Bounds = Bounds { memory: 512 << 20, work: 10_000_000_000 };

/// Why nothing more happens in a lab. The bounds keep a recording, a link or a typist from using up all memory or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Exhausted {
    /// The lab has reached its bound on memory.
    #[error("it needs more than 512 MiB")]
    Memory,
    /// The lab has reached its bound on work.
    #[error("it needs too many steps")]
    Work,
}

/// A lab at some moment: everything except the log of its world, of which only the length is kept.
#[derive(Clone, Debug)]
pub struct LabCheckpoint {
    world: Checkpoint,
    user: Userland,
}

impl LabCheckpoint {
    /// The virtual time at which the checkpoint was taken.
    pub const fn now(&self) -> Instant {
        self.world.now()
    }

    /// Approximate size in octets.
    pub fn weight(&self) -> u64 {
        self.world.weight() + self.user.weight()
    }
}

impl Lab {
    /// A lab at time zero, in which root types. The site's web server runs in it from the beginning, as process 0.
    pub fn new(profile: ProfileName, seed: u64) -> Lab {
        let user = Userland {
            terminals: TerminalId::ALL.map(Terminal::new),
            prompts: TerminalId::ALL.map(|_| Prompt::default()),
            shells: BTreeMap::new(),
            shells_inside: 0,
            shells_to_run: VecDeque::new(),
            notified: 0,
            to_drain: VecDeque::new(),
            forks: (Instant::START, 0),
            processes: Vec::new(),
            running: Vec::new(),
            files: Files::default(),
            names: Names::default(),
            login: User::Root,
            sudoers: Sudoers::All,
            changed: None,
            written: 0,
            work: 0,
        };
        let mut lab = Lab { world: World::new(profile, seed), user, bounds: BOUNDS };
        let outlet = Outlet::plain(HostId::Site, None);
        lab.launch(HostId::Site, outlet, User::Root, "httpd", (httpd::begin, "httpd", &[]));
        lab
    }

    /// A checkpoint of the lab as it is. It copies no facts.
    pub fn checkpoint(&self) -> LabCheckpoint {
        LabCheckpoint { world: self.world.checkpoint(), user: self.user.clone() }
    }

    /// Goes back, or forward again, to a moment of this lab. Facts written after that moment are kept until something
    /// different happens, or until [`Lab::fork`] drops them.
    pub fn restore(&mut self, to: &LabCheckpoint) {
        self.world.restore(&to.world);
        self.user.clone_from(&to.user);
    }

    /// Drops the facts written after the present moment, which remain from before the lab went back to it.
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

    /// Approximate size in octets.
    pub fn weight(&self) -> u64 {
        self.world.weight() + self.user.weight()
    }

    /// Work done so far, in steps of about a nanosecond.
    pub const fn work(&self) -> u64 {
        self.world.work() + self.user.work
    }

    /// The bound that was reached, if any. From then on there are no more events, and typing has no effect.
    pub fn exhausted(&self) -> Option<Exhausted> {
        if self.weight() > self.bounds.memory {
            Some(Exhausted::Memory)
        } else if self.work() > self.bounds.work {
            Some(Exhausted::Work)
        } else {
            None
        }
    }

    /// The virtual time.
    pub fn now(&self) -> Instant {
        self.world.now()
    }

    /// Changes a circumstance of the imitated machines that no command can change.
    pub fn set_circumstances(&mut self, change: impl FnOnce(&mut World)) {
        change(&mut self.world);
    }

    /// Changes who types from now on.
    pub fn log_in(&mut self, user: User) {
        self.user.login = user;
    }

    /// Changes what `sudo` lets the student do in the terminals from the next line on.
    pub fn set_sudoers(&mut self, sudoers: Sudoers) {
        self.user.sudoers = sudoers;
    }

    /// Changes what the hosts' resolvers answer.
    pub fn set_names(&mut self, names: Names) {
        self.user.names = names;
    }

    /// The process `id`.
    pub fn process(&self, id: ProcessId) -> Option<&Process> {
        self.user.processes.get(id.0 as usize)
    }

    /// A terminal.
    pub fn terminal(&self, id: TerminalId) -> &Terminal {
        &self.user.terminals[id.index()]
    }

    /// All processes there have ever been, oldest first; a process's id is its index.
    pub fn processes(&self) -> &[Process] {
        &self.user.processes
    }

    /// Tab: completes `line`.
    pub fn complete(&self, terminal: TerminalId, line: &str) -> Completion {
        let list = |host| self.user.files.list(host, self.user.login, ".").unwrap_or_default();
        let files = terminal.host().map_or(Vec::new(), list);
        complete::complete(self.terminal(terminal), self.user.sudoers, &files, line)
    }

    /// The running processes of `host`, as `netstat -p` and `ps` name them.
    fn program_names(&self, host: HostId) -> Vec<ProgramName> {
        let name = |running: &Running| {
            let process = self.user.processes.get(running.process.0 as usize)?;
            (process.host == host).then(|| ProgramName {
                process: process.id,
                pid: process.pid,
                user: process.user,
                name: process.cmd.split_whitespace().next().unwrap_or_default().to_owned(),
                sockets: running.io.sockets.clone(),
            })
        };
        self.user.running.iter().filter_map(name).collect()
    }

    fn print(&mut self, terminal: TerminalId, kind: PrintedKind, text: &str) {
        let at = self.now();
        self.user.written += text.len() as u64 + 64;
        self.user.terminals[terminal.index()].print(at, kind, text.into());
    }
}

#[cfg(test)]
mod tests;
