//! What runs a line: for each shell, a stack of what is still to be done.
//!
//! A shell goes on until it waits: for the programs of a pipeline, or for the next moment of `watch`. All that it needs to go on
//! is data in its [`Machine`], so that a copy of the lab goes on in the same way. Each terminal has a shell, and so has what is
//! in parentheses, in a loop or in a list behind `&` or in a pipe: those are processes.

mod arith;
mod condition;
mod control;
mod expand;
mod forms;
mod frames;
mod functions;
mod glob;
mod known;
mod launch;
mod machine;
mod pipe;
mod prepare;
mod streams;
mod timeout;
mod together;
mod variables;
mod watch;
mod xargs;

use super::{Lab, Signal};
use crate::line::{Command, Item, Kind, List, Pipeline};
use crate::output::Output;
use crate::program::FIRST_PID;
use crate::terminal::TerminalId;
use crate::user::User;
use expand::Expander;
pub(super) use machine::Machine;
use machine::Piped;
use std::collections::VecDeque;
use std::rc::Rc;
pub(super) use streams::{Outlet, Sink, Streams};
use tcp_core::Instant;
use tcp_core::net::{HostId, ProcessId};
use variables::Variables;

/// How many commands a shell may run at one moment. A loop without a wait would never end.
const MOST_AT_ONCE: u32 = 10_000;

/// How many shells may run inside one another. Beyond, they run one after the other.
const DEEPEST: u32 = 8;

/// Which shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ShellId {
    /// That of a terminal.
    Terminal(TerminalId),
    /// A process of its own.
    Process(ProcessId),
    /// That of a line that runs without a terminal, and waits for nothing.
    Script,
}

/// One entry of the stack: what is still to be done after what is above it.
#[derive(Clone, Debug)]
enum Frame {
    /// The rest of a list, from this item on.
    List(Rc<List>, usize),
    /// The rest of an item of a list, from this pipeline on.
    Item(Rc<List>, usize, usize),
    /// A pipeline, once its substitutions have been run.
    Pipeline {
        pipeline: Rc<Pipeline>,
        to_run: VecDeque<Rc<List>>,
        outputs: VecDeque<String>,
        behind: Option<Rc<str>>,
    },
    /// `!` and `time`.
    After { not: bool, began: Option<Instant> },
    /// A loop whose test has just been run, if it `tests`, or else its body.
    Loop { command: Rc<Command>, tests: bool, status: i32 },
    /// `for`, with the words to come.
    For { command: Rc<Command>, words: VecDeque<String> },
    /// `if`, whose test of this clause has just been run.
    If(Rc<Command>, usize),
    /// The streams to go back to.
    Streams(Streams),
    /// The variables to go back to after `( … )`, and the user after `sudo sh -c`.
    Leave { variables: Variables, user: User, script: bool },
    /// The arguments to go back to after a function, and the variables that were its own.
    Call { args: Rc<[String]>, locals: Vec<(String, Option<String>)> },
    /// What runs above is a substitution.
    Captures(Streams),
    /// `read`, with the names of its variables.
    Read(Vec<String>),
    /// `watch`
    Watch(Rc<watch::Watch>),
    /// `xargs`, which collects what it reads.
    Xargs(Rc<xargs::Xargs>),
    /// The commands of `xargs` to come, and its status.
    XargsRuns { to_run: VecDeque<Vec<String>>, xargs: Rc<xargs::Xargs>, status: i32 },
}

impl Lab {
    /// A terminal's shell, which is there from its first line on.
    pub(super) fn shell_of(&mut self, terminal: TerminalId) -> &mut Machine {
        let (login, sudoers) = (self.user.login, self.user.sudoers);
        let new = || Machine::new(terminal.host(), Some(terminal), login);
        let machine = self.user.shells.entry(ShellId::Terminal(terminal)).or_insert_with(new);
        if machine.frames.is_empty() {
            (machine.user, machine.sudoers) = (login, sudoers);
        }
        machine
    }

    fn shell(&mut self, id: ShellId) -> Option<&mut Machine> {
        self.user.shells.get_mut(&id)
    }

    /// Begins to run a list in a shell that waits for nothing.
    pub(super) fn run_list(&mut self, id: ShellId, list: List) {
        if let Some(machine) = self.shell(id) {
            machine.frames.push(Frame::List(Rc::new(list), 0));
            self.run_shell(id);
        }
    }

    /// Runs a line without a terminal.
    pub(super) fn run_script(&mut self, host: Option<HostId>, user: User, list: List) -> Output {
        self.user.shells.insert(ShellId::Script, Machine::new(host, None, user));
        self.run_list(ShellId::Script, list);
        let mut machine = self.user.shells.remove(&ShellId::Script);
        let status = machine.as_ref().map_or(0, |machine| machine.status);
        let collected = machine.as_mut().map(|machine| std::mem::take(&mut machine.collected));
        Output { exit_code: status, ..collected.unwrap_or_default() }
    }

    /// Runs a shell until it waits or is over.
    pub(super) fn run_shell(&mut self, id: ShellId) {
        if self.user.shells_inside >= DEEPEST {
            self.user.shells_to_run.push_back(id);
            return;
        }
        let Some(machine) = self.shell(id).filter(|machine| !machine.runs) else { return };
        machine.runs = true;
        self.user.shells_inside += 1;
        while self.goes_on(id) {
            let frame = self.shell(id).and_then(|machine| machine.frames.pop());
            match frame {
                Some(frame) => self.run_frame(id, frame),
                None => break,
            }
        }
        self.user.shells_inside -= 1;
        if let Some(machine) = self.shell(id) {
            machine.runs = false;
            if machine.frames.is_empty() && !machine.waits() {
                self.shell_is_over(id);
            }
        }
        while self.user.shells_inside == 0 {
            match self.user.shells_to_run.pop_front() {
                Some(next) => self.run_shell(next),
                None => return,
            }
        }
    }

    fn goes_on(&mut self, id: ShellId) -> bool {
        if self.shell(id).is_none_or(|machine| machine.waits()) {
            return false;
        }
        match self.exhausted() {
            Some(why) if self.shell(id).is_some_and(|machine| !machine.frames.is_empty()) => {
                self.stop_with(id, &format!("bash: this session is full: {why}\n"));
                false
            }
            _ => true,
        }
    }

    /// Drops all that a shell has still to do, and says why.
    fn stop_with(&mut self, id: ShellId, why: &str) {
        self.complain(id, why);
        if let Some(machine) = self.shell(id) {
            machine.forget();
            machine.status = 1;
        }
    }

    /// Counts a command. Returns false if there were too many at this moment: then it is taken for endless.
    fn counts(&mut self, id: ShellId) -> bool {
        let now = self.now();
        let Some(machine) = self.shell(id) else { return false };
        let (at, count) = machine.run_at;
        machine.run_at = (now, if at == now { count + 1 } else { 1 });
        let fits = machine.run_at.1 <= MOST_AT_ONCE;
        if !fits {
            let text = format!(
                "bash: this line has run {MOST_AT_ONCE} commands at one moment, and would never end: a loop here needs a \
                 sleep\n"
            );
            self.stop_with(id, &text);
        }
        fits
    }

    /// Handles the end of a process that a shell began.
    pub(super) fn child_ended(&mut self, parent: ShellId, id: ProcessId, code: i32, signal: Option<Signal>) {
        let Some(machine) = self.shell(parent) else { return };
        let before = machine.waiting.len();
        machine.waiting.retain(|waiting| *waiting != id);
        if machine.waiting.len() == before {
            return;
        }
        if machine.last == Some(id) {
            machine.status = code;
        }
        let (is_last, done) = (machine.last == Some(id), machine.waiting.is_empty());
        if is_last && let ShellId::Terminal(_) | ShellId::Process(_) = parent {
            match signal {
                Some(Signal::Term) => self.complain(parent, "Terminated\n"),
                Some(Signal::Kill) => self.complain(parent, "Killed\n"),
                _ => {}
            }
        }
        self.show_foreground(parent);
        if done {
            if let Some(machine) = self.shell(parent) {
                machine.number = None;
                if std::mem::take(&mut machine.only_waits)
                    && let ShellId::Terminal(terminal) = parent
                {
                    self.report_jobs(terminal);
                }
            }
            self.run_shell(parent);
        }
    }

    /// Notes which process has the keyboard of a terminal: the first of its pipe.
    pub(super) fn show_foreground(&mut self, id: ShellId) {
        if let ShellId::Terminal(terminal) = id {
            let first = self.shell(id).and_then(|machine| machine.waiting.first().copied());
            self.user.terminals[terminal.index()].foreground = first;
        }
    }

    /// All processes that a pipeline has begun: its own, and those of its shells.
    pub(super) fn with_children(&self, processes: &[ProcessId]) -> Vec<ProcessId> {
        let mut all: Vec<ProcessId> = processes.to_vec();
        let mut at = 0;
        while let Some(process) = all.get(at) {
            let children = self.user.shells.get(&ShellId::Process(*process));
            all.extend(children.into_iter().flat_map(|machine| machine.waiting.iter().copied()));
            at += 1;
        }
        all
    }

    fn shell_is_over(&mut self, id: ShellId) {
        match id {
            ShellId::Terminal(terminal) => self.report_jobs(terminal),
            ShellId::Process(process) => {
                let status = self.shell(id).map_or(0, |machine| machine.status);
                self.end(process, status, None);
            }
            ShellId::Script => {}
        }
    }

    /// Expands words with what a shell knows.
    fn expand<T>(
        &mut self,
        id: ShellId,
        outputs: &mut VecDeque<String>,
        with: impl FnOnce(&mut Expander<'_>) -> Result<T, String>,
    ) -> Result<T, String> {
        let files = &self.user.files;
        let Some(machine) = self.user.shells.get_mut(&id) else { return Err(String::new()) };
        let files = machine.host.map(|host| (files, host, machine.user));
        let (status, last) = (machine.status, machine.last_pid);
        let (zero, args) = machine.args.split_first().map_or(("", &[][..]), |(zero, args)| (zero, args));
        let variables = &mut machine.variables;
        with(&mut Expander {
            variables,
            args,
            zero,
            status,
            last,
            pid: FIRST_PID - 1,
            outputs,
            left: expand::MOST,
            files,
        })
    }
}

/// The substitutions that must run before a pipeline, in their order.
fn substitutions(pipeline: &Pipeline) -> VecDeque<Rc<List>> {
    let mut found = Vec::new();
    let alone = pipeline.stages.len() == 1;
    for stage in &pipeline.stages {
        match &stage.kind {
            Kind::Simple { sets, words } => {
                sets.iter().for_each(|(_, word)| word.substitutions(&mut found));
                words.iter().for_each(|word| word.substitutions(&mut found));
            }
            Kind::For { words, .. } if alone => words.iter().for_each(|word| word.substitutions(&mut found)),
            Kind::Arithmetic(word) if alone => word.substitutions(&mut found),
            Kind::Condition(condition) if alone => condition.substitutions(&mut found),
            Kind::Case { word, clauses } if alone => {
                let patterns = clauses.iter().flat_map(|clause| &clause.patterns);
                std::iter::once(word).chain(patterns).for_each(|word| word.substitutions(&mut found));
            }
            _ if !alone => continue,
            _ => {}
        }
        stage
            .redirects
            .iter()
            .filter_map(streams::target_word)
            .for_each(|word| word.substitutions(&mut found));
    }
    found.into()
}

/// A list of one pipeline.
fn list_of(pipeline: Pipeline) -> Rc<List> {
    let text = Rc::clone(&pipeline.text);
    let pipelines = vec![(crate::line::When::Always, Rc::new(pipeline))];
    Rc::new(List { items: vec![Item { pipelines, background: false, text }] })
}

/// A list of one command.
fn list_of_command(command: &Rc<Command>) -> Rc<List> {
    list_of(Pipeline { not: false, timed: false, stages: vec![Rc::clone(command)], text: "".into() })
}
