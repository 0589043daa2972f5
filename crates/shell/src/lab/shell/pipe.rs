//! Runs a pipeline.
//!
//! Where only the last command may go on for a while, each command's whole output is the input of the next, and they run one
//! after the other. Otherwise each is a process, and what one writes comes to the next at once.

use super::super::{Lab, Origin};
use super::launch::shown;
use super::prepare::{Fails, Ready, Runs};
use super::{Frame, ShellId, Sink, Streams};
use crate::line::{Kind, Pipeline};
use crate::output::Output;
use crate::program::Event;
use crate::terminal::Stream;
use std::collections::VecDeque;
use std::rc::Rc;
use tcp_core::net::ProcessId;

/// Maximum number of commands of a pipe whose commands run at the same time.
const LONGEST: usize = 20;

impl Lab {
    /// Runs a pipeline with what its substitutions printed; `behind` the prompt, as the text that `jobs` shows.
    pub(super) fn run_pipeline(
        &mut self,
        id: ShellId,
        pipeline: &Rc<Pipeline>,
        mut outputs: VecDeque<String>,
        behind: Option<Rc<str>>,
    ) {
        let Some(machine) = self.shell(id) else { return };
        machine.text = Rc::clone(&pipeline.text);
        if outputs.is_empty() && pipeline.stages.is_empty() {
            machine.status = 0;
        }
        let streams = machine.streams.clone();
        let substituted = !outputs.is_empty();
        if let ([command], None) = (pipeline.stages.as_slice(), &behind)
            && !matches!(command.kind, Kind::Simple { .. })
        {
            if let Err(why) = self.run_compound(id, command, &mut outputs) {
                self.fails(id, Fails::Shell(why));
            }
            return;
        }
        let mut ready = Vec::new();
        let count = pipeline.stages.len();
        for (at, command) in pipeline.stages.iter().enumerate() {
            let mut streams = streams.clone();
            if at + 1 < count {
                streams.out = Sink::Next;
            }
            if at > 0 {
                streams.input = None;
            }
            match self.prepare(id, command, streams, &mut outputs) {
                Ok(stage) => ready.push(stage),
                Err(why) => return self.fails(id, why),
            }
        }
        self.splice_script(id, &mut ready);
        if let ([only], None) = (ready.as_slice(), &behind)
            && self.runs_here(id, only, substituted)
        {
            return;
        }
        let before = self.world.log().len();
        let words = ready.iter().map(|stage| shown(&stage.whole)).collect::<Vec<_>>().join(" | ");
        self.run_ready(id, ready, behind);
        if self.changes_since(before) {
            self.user.changed = Some(words.as_str().into());
        }
    }

    /// Puts the commands of `sh -c` in its place at the beginning of a pipe, if they are one pipe themselves.
    fn splice_script(&mut self, id: ShellId, ready: &mut Vec<Ready>) {
        let Some(Ready { runs: Runs::Shell(list), user, streams, whole, .. }) = ready.first() else { return };
        let [item] = list.items.as_slice() else { return };
        let ([(_, pipeline)], true) = (item.pipelines.as_slice(), ready.len() > 1 && !whole.is_empty())
        else {
            return;
        };
        let simple = pipeline.stages.iter().all(|stage| matches!(stage.kind, Kind::Simple { .. }));
        if !simple
            || item.background
            || pipeline.not
            || pipeline.timed
            || !super::substitutions(pipeline).is_empty()
        {
            return;
        }
        let (user, streams, pipeline) = (*user, streams.clone(), Rc::clone(pipeline));
        let before = self.shell(id).map(|machine| std::mem::replace(&mut machine.user, user));
        let mut inner = Vec::new();
        for (at, command) in pipeline.stages.iter().enumerate() {
            let input = streams.input.clone().filter(|_| at == 0);
            let stage = self.prepare(id, command, Streams { input, ..streams.clone() }, &mut VecDeque::new());
            inner.extend(stage.ok());
        }
        if let (Some(machine), Some(before)) = (self.shell(id), before) {
            machine.user = before;
        }
        if inner.len() == pipeline.stages.len() {
            ready.splice(..1, inner);
        }
    }

    pub(super) fn fails(&mut self, id: ShellId, why: Fails) {
        let drops = matches!(why, Fails::Line(_));
        let Output { stdout, stderr, exit_code } = match why {
            Fails::Says(output) => output,
            Fails::Line(ref why) | Fails::Shell(ref why) => {
                let named = why.is_empty() || why.starts_with("bash: ") || why.starts_with("this lab");
                let prefix = if named || why.starts_with("the network") { "" } else { "bash: " };
                Output::err(format!("{prefix}{}\n", why.trim_end()), 1)
            }
        };
        let streams = self.shell(id).map(|machine| machine.streams.clone()).unwrap_or_default();
        let out = if streams.out == Sink::Next { Sink::Terminal } else { streams.out };
        self.put(id, &out, Stream::Stdout, &stdout);
        self.put(id, &streams.errors, Stream::Stderr, &stderr);
        if let Some(machine) = self.shell(id) {
            machine.status = exit_code;
            if drops {
                machine.forget();
            }
        }
    }

    /// Runs what only this shell can: assignments, `sh -c`, and its built-ins. Returns false for anything else.
    fn runs_here(&mut self, id: ShellId, ready: &Ready, substituted: bool) -> bool {
        match &ready.runs {
            Runs::Nothing => {
                let Some(machine) = self.shell(id) else { return true };
                let mut octets = 0;
                for (name, value) in &ready.sets {
                    machine.variables.set(name, value.clone());
                    octets += value.len() as u64;
                }
                if !substituted {
                    machine.status = 0;
                }
                self.user.written += octets;
                true
            }
            Runs::Shell(list) if ready.deadline.is_none() => {
                let Some(machine) = self.shell(id) else { return true };
                let variables = std::mem::take(&mut machine.variables);
                let user = std::mem::replace(&mut machine.user, ready.user);
                let before = std::mem::replace(&mut machine.streams, ready.streams.clone());
                machine.frames.push(Frame::Streams(before));
                machine.frames.push(Frame::Call { args: Rc::clone(&machine.args), locals: Vec::new() });
                machine.be_script(&ready.whole);
                machine.frames.push(Frame::Leave { variables, user, script: true });
                machine.frames.push(Frame::List(Rc::clone(list), 0));
                machine.status = 0;
                true
            }
            Runs::Call(body) => {
                self.call(id, ready, body);
                true
            }
            Runs::Tool => self.control(id, ready),
            _ => false,
        }
    }

    /// Runs commands that are more than this shell's own.
    fn run_ready(&mut self, id: ShellId, ready: Vec<Ready>, behind: Option<Rc<str>>) {
        let ends =
            |stage: &Ready| matches!(stage.runs, Runs::Nothing | Runs::Tool | Runs::Filter | Runs::Says(_));
        let (first, last) = match ready.split_last() {
            Some((last, first)) => (first, last),
            None => return,
        };
        let endless = matches!(&last.runs, Runs::Program(_, name) if name == "cat");
        if first.iter().all(ends) && (ends(last) || matches!(last.runs, Runs::Program(..)) && !endless) {
            return match self.run_in_turn(id, ready) {
                Ok(status) => self.set_status(id, status),
                Err(process) => self.goes_on_with(id, vec![process], Some(process), behind),
            };
        }
        if ready.len() > LONGEST {
            let text =
                format!("a pipe of more than {LONGEST} commands that go on is too long for this shell");
            return self.fails(id, Fails::Shell(text));
        }
        self.run_together(id, ready, behind);
    }

    pub(super) fn set_status(&mut self, id: ShellId, status: i32) {
        if let Some(machine) = self.shell(id) {
            machine.status = status;
        }
    }

    /// Goes on when these processes have ended, or at once if they run behind the prompt.
    pub(super) fn goes_on_with(
        &mut self,
        id: ShellId,
        processes: Vec<ProcessId>,
        last: Option<ProcessId>,
        behind: Option<Rc<str>>,
    ) {
        match behind {
            Some(text) => self.behind(id, &processes, &text),
            None if id == ShellId::Script => self.set_status(id, 0),
            None => {
                if let Some(machine) = self.shell(id) {
                    machine.waiting = processes;
                    machine.last = last;
                }
                self.show_foreground(id);
            }
        }
    }

    /// Runs commands one after the other. Returns the status, or the process of the last that goes on.
    fn run_in_turn(&mut self, id: ShellId, stages: Vec<Ready>) -> Result<i32, ProcessId> {
        let Some(machine) = self.shell(id) else { return Ok(0) };
        let (host, terminal) = (machine.host, machine.terminal);
        let alone = stages.len() == 1;
        let mut errors: Vec<(Sink, String)> = Vec::new();
        let mut stdin: Option<String> = None;
        let mut status = 0;
        for stage in stages {
            let input = stage.streams.input.as_deref().map(str::to_owned);
            let mut text = input.or_else(|| stdin.take());
            if let (Runs::Program(begin, name), Some(host)) = (&stage.runs, host) {
                // The commands before it began first, so their errors are shown first.
                for (sink, text) in errors {
                    self.put(id, &sink, Stream::Stderr, &text);
                }
                let Streams { out, errors, .. } = stage.streams.clone();
                let Some(outlet) = self.outlet_of(id, out, errors) else { return Ok(0) };
                let program = (*begin, name.as_str(), stage.words.get(1..).unwrap_or_default());
                let process = self.launch(host, outlet, stage.user, &shown(&stage.words), program);
                let deadline = stage.deadline.map(|it| (self.now() + it.after, it.signal));
                let parent = Some(id).filter(|id| *id != ShellId::Script);
                if let Some(running) = self.user.running_mut(process) {
                    running.parent = parent;
                    running.deadline = deadline;
                }
                let piped = if text.is_none() { self.take_piped(id) } else { None };
                match (text, piped) {
                    (Some(text), _) => self.feed_text(process, &text),
                    (None, Some((text, true))) => self.feed_text(process, &text),
                    (None, Some((text, false))) if !text.is_empty() => {
                        self.notify(process, Event::Line(text))
                    }
                    _ => {}
                }
                let exit = self.process(process).and_then(|process| process.exit.as_ref());
                return exit.map_or(Err(process), |exit| Ok(exit.code));
            }
            if text.is_none() && matches!(stage.runs, Runs::Filter) {
                text = self.take_piped(id).map(|(text, _)| text);
            }
            // The cost: some tools read the log from its beginning, and a filter tries its pattern at every position.
            let words: usize = stage.words.iter().map(String::len).sum();
            self.user.work += 1000 + self.world.log().len() as u64 / 4;
            self.user.work += text.as_ref().map_or(0, |text| text.len() as u64 * (400 + words as u64));
            let done = match stage.runs {
                Runs::Nothing => Ok(Output::default()),
                Runs::Says(output) => Ok(output),
                _ => {
                    let origin = Origin { host, terminal, user: stage.user };
                    self.run_tool(origin, &stage.words, text.as_deref())
                }
            };
            // A tool that does its work nevertheless remarks first what it cannot do.
            let remarks = done.as_ref().is_ok_and(|output| output.exit_code == 0);
            let output = done.unwrap_or_else(Output::from);
            let Streams { out, errors: to, .. } = stage.streams;
            status = output.exit_code;
            if to == Sink::Next {
                stdin.get_or_insert_default().push_str(&output.stderr);
            } else if remarks && alone && terminal.is_some() {
                self.put(id, &to, Stream::Stderr, &output.stderr);
            } else if alone {
                self.put(id, &out, Stream::Stdout, &output.stdout);
                self.put(id, &to, Stream::Stderr, &output.stderr);
                return Ok(status);
            } else {
                errors.push((to, output.stderr));
            }
            match out {
                Sink::Next => stdin.get_or_insert_default().push_str(&output.stdout),
                out => {
                    // What the commands of a pipe complain of stands before what comes out of it.
                    for (sink, text) in std::mem::take(&mut errors) {
                        self.put(id, &sink, Stream::Stderr, &text);
                    }
                    self.put(id, &out, Stream::Stdout, &output.stdout);
                    stdin = Some(String::new());
                }
            }
        }
        Ok(status)
    }
}
