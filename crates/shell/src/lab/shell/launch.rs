//! Begins the processes of a shell.

use super::super::{Lab, Running};
use super::prepare::{Ready, Runs};
use super::streams::Outlet;
use super::{Frame, Machine, Piped, ShellId, Sink, Variables};
use crate::commands;
use crate::line::{List, quote};
use crate::program::piped::{self, Manner};
use crate::program::{Event, ProcessIo, Program};
use crate::terminal::Stream;
use std::collections::VecDeque;
use std::rc::Rc;
use tcp_core::net::ProcessId;

/// How many shells that know functions may begin at one moment.
const MOST_FORKS: u32 = 500;

impl Lab {
    /// Begins a shell of its own for a list that runs behind `&`.
    pub(super) fn launch_shell(&mut self, id: ShellId, list: Rc<List>, text: Option<Rc<str>>) {
        let Some(machine) = self.shell(id) else { return };
        let (Some(host), terminal, user) = (machine.host, machine.terminal, machine.user) else {
            self.complain(id, "the network's console runs nothing behind its prompt\n");
            return;
        };
        let (streams, child) = (machine.streams.clone(), machine.child(list));
        let process = self.register(host, "bash", terminal, user);
        self.hold_place(id, process, Outlet::plain(host, terminal));
        self.behind(id, &[process], &text.unwrap_or_default());
        self.begin_machine(process, Machine { streams, ..child });
    }

    /// Notes what runs behind the prompt.
    pub(super) fn behind(&mut self, id: ShellId, processes: &[ProcessId], text: &str) {
        let pid = processes.last().and_then(|last| self.process(*last)).map(|process| process.pid);
        if let Some(machine) = self.shell(id) {
            machine.last_pid = pid;
            machine.status = 0;
        }
        if let ShellId::Terminal(terminal) = id {
            self.note_job(terminal, processes, text);
        }
    }

    /// Makes a process that waits to begin, so that the one before it in the pipe can write to it.
    pub(super) fn hold_place(&mut self, parent: ShellId, process: ProcessId, outlet: Outlet) {
        let parent = Some(parent).filter(|parent| *parent != ShellId::Script);
        let running = Running {
            process,
            program: Program::Waits,
            io: ProcessIo::default(),
            inbox: VecDeque::new(),
            stopped: false,
            pending: None,
            outlet,
            parent,
            deadline: None,
            timed_out: false,
        };
        self.user.running.push(running);
    }

    /// Begins a shell in a process that waits to begin.
    pub(super) fn begin_machine(&mut self, process: ProcessId, mut machine: Machine) {
        if !machine.functions.is_empty() && !self.may_fork() {
            let why = "bash: fork: retry: Resource temporarily unavailable\n";
            self.say(process, Stream::Stderr, why);
            return self.end(process, 254, None);
        }
        let Some(running) = self.user.running_mut(process) else { return };
        running.program = Program::Shell;
        let outlet = running.outlet.clone();
        machine.host = outlet.host;
        machine.terminal = outlet.terminal;
        self.user.shells.insert(ShellId::Process(process), machine);
        self.drain_inbox(process);
        self.run_shell(ShellId::Process(process));
    }

    /// Counts a shell that knows functions, and so may begin others like itself without end. Returns false if there were too
    /// many at this moment.
    fn may_fork(&mut self) -> bool {
        let now = self.now();
        let (at, count) = self.user.forks;
        self.user.forks = (now, if at == now { count + 1 } else { 1 });
        self.user.forks.1 <= MOST_FORKS
    }

    /// Begins one command of a pipe in its process. `piped` says whether its input comes from the command before.
    pub(super) fn begin_stage(&mut self, id: ShellId, process: ProcessId, ready: Ready, piped: bool) {
        let deadline = ready.deadline.map(|it| (self.now() + it.after, it.signal));
        if let Some(running) = self.user.running_mut(process) {
            running.deadline = deadline;
        }
        let input = ready.streams.input.clone().filter(|_| !piped);
        match ready.runs {
            Runs::Program(begin, name) => {
                self.begin_program(process, (begin, &name, ready.words.get(1..).unwrap_or_default()));
                if let Some(text) = input {
                    self.feed_text(process, &text);
                }
                self.drain_inbox(process);
            }
            Runs::Shell(list) => {
                let Some(parent) = self.shell(id) else { return };
                let mut machine = parent.child(list);
                if !ready.whole.is_empty() {
                    machine.be_script(&ready.whole);
                    machine.variables = Variables::default();
                    machine.user = ready.user;
                }
                machine.streams = ready.streams;
                machine.piped = piped.then(Piped::default);
                self.begin_machine(process, machine);
            }
            Runs::Watch(_) | Runs::Xargs(_) => {
                let Some(parent) = self.shell(id) else { return };
                let mut machine = parent.child(Rc::default());
                (machine.user, machine.streams) = (ready.user, ready.streams);
                machine.piped = piped.then(Piped::default);
                machine.frames = match ready.runs {
                    Runs::Watch(watch) => vec![Frame::Watch(watch)],
                    Runs::Xargs(xargs) => vec![Frame::Xargs(xargs)],
                    _ => Vec::new(),
                };
                self.begin_machine(process, machine);
            }
            Runs::Call(body) => {
                let Some(parent) = self.shell(id) else { return };
                let mut machine = parent.child(Rc::default());
                machine.streams = ready.streams;
                machine.piped = piped.then(Piped::default);
                machine.frames = Vec::new();
                machine.begin_call(&ready.words, &body);
                self.begin_machine(process, machine);
            }
            Runs::Filter | Runs::Tool | Runs::Nothing | Runs::Says(_) => {
                let manner = manner(&ready.words);
                if let Some(running) = self.user.running_mut(process) {
                    running.program = Program::Piped(piped::Piped::new(ready.words, manner));
                    self.drain_inbox(process);
                }
            }
        }
    }

    /// Gives a program a text as its whole input.
    pub(super) fn feed_text(&mut self, process: ProcessId, text: &str) {
        for line in text.split_inclusive('\n') {
            self.notify(process, Event::Line(line.to_owned()));
        }
        self.notify(process, Event::EndOfInput);
    }

    /// Passes an event of a shell's process to the command that it runs, or keeps it for the next one.
    pub(in crate::lab) fn tell_shell(&mut self, process: ProcessId, event: Event) {
        let id = ShellId::Process(process);
        let Some(machine) = self.shell(id) else { return };
        match (machine.waiting.first().copied(), event) {
            (_, Event::Timer) => {
                machine.asleep = false;
                self.run_shell(id);
            }
            (Some(child), event) => {
                if let (Event::EndOfInput, Some(piped)) = (&event, &mut machine.piped) {
                    piped.ended = true;
                }
                self.notify(child, event);
            }
            (None, event) => {
                let Some(piped) = &mut machine.piped else { return };
                match event {
                    Event::Line(text) => piped.text.push_str(&text),
                    Event::EndOfInput => piped.ended = true,
                    _ => {}
                }
                if std::mem::take(&mut machine.reads) {
                    self.run_shell(id);
                }
            }
        }
    }

    /// What has come through the pipe to a shell, for the next command that reads.
    pub(super) fn take_piped(&mut self, id: ShellId) -> Option<(String, bool)> {
        let piped = self.shell(id)?.piped.as_mut()?;
        Some((std::mem::take(&mut piped.text), piped.ended))
    }

    /// Where a command of a pipe writes.
    pub(super) fn outlet_of(&mut self, id: ShellId, out: Sink, errors: Sink) -> Option<Outlet> {
        let machine = self.shell(id)?;
        let outlet =
            Outlet { host: machine.host, terminal: machine.terminal, user: machine.user, out, errors };
        Some(outlet)
    }
}

/// The words of a command as one line.
pub(super) fn shown(words: &[String]) -> String {
    words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ")
}

/// How a filter reads.
fn manner(words: &[String]) -> Manner {
    /// Options with which grep looks at each line by itself.
    const ALONE: &str = "-iEFGPvwxoeh";
    let Some((name, rest)) = words.split_first() else { return Manner::Whole };
    let alone = |word: &String| {
        !word.starts_with('-')
            || ["--line-buffered", "--color=auto", "--color=always", "--color"].contains(&word.as_str())
            || word.chars().all(|letter| ALONE.contains(letter))
    };
    match commands::base_name(name) {
        "grep" | "egrep" | "fgrep" if rest.iter().all(alone) => Manner::Lines,
        "cat" | "less" | "more" if rest.is_empty() => Manner::Lines,
        "cut" | "tr" | "tee" => Manner::Lines,
        "grep" | "egrep" | "fgrep" if !rest.iter().any(|word| word.starts_with("-c")) => Manner::Begun,
        "sed" if rest.iter().any(|word| word.contains('$')) => Manner::Whole,
        "cat" | "sed" | "nl" => Manner::Begun,
        "head" => Manner::Head,
        _ => Manner::Whole,
    }
}
