//! Runs the commands of a pipe at the same time, each as a process.

use super::super::{Lab, Origin, Running};
use super::launch::shown;
use super::prepare::{Fails, Ready, Runs};
use super::{ShellId, Sink};
use crate::commands::base_name;
use crate::output::Output;
use crate::program::piped::Manner;
use crate::program::{Event, Program};
use crate::terminal::Stream;
use std::rc::Rc;
use tcp_core::net::ProcessId;

impl Lab {
    /// Runs commands at the same time.
    pub(super) fn run_together(&mut self, id: ShellId, stages: Vec<Ready>, behind: Option<Rc<str>>) {
        let Some(machine) = self.shell(id) else { return };
        let (Some(host), terminal) = (machine.host, machine.terminal) else {
            return self.fails(id, Fails::Shell("the network's console runs no programs".to_owned()));
        };
        let mut ids: Vec<Option<ProcessId>> = Vec::new();
        for (at, stage) in stages.iter().enumerate() {
            let is_process = match stage.runs {
                Runs::Program(..) | Runs::Shell(_) | Runs::Watch(_) | Runs::Xargs(_) | Runs::Call(_) => true,
                Runs::Filter => at > 0,
                Runs::Nothing | Runs::Tool | Runs::Says(_) => false,
            };
            let cmd = match stage.runs {
                Runs::Shell(_) | Runs::Call(_) => "bash".to_owned(),
                _ => shown(&stage.words),
            };
            let user = if stage.whole.is_empty() { self.user.login } else { stage.user };
            ids.push(is_process.then(|| self.register(host, &cmd, terminal, user)));
        }
        let next = |at: usize| match ids.get(at + 1) {
            Some(Some(process)) => Sink::Process(*process),
            Some(None) => Sink::File(crate::files::NULL.into()),
            None => Sink::Terminal,
        };
        let mut stages = stages;
        for (at, stage) in stages.iter_mut().enumerate() {
            for sink in [&mut stage.streams.out, &mut stage.streams.errors] {
                if *sink == Sink::Next {
                    *sink = next(at);
                }
            }
            let (out, errors) = (stage.streams.out.clone(), stage.streams.errors.clone());
            if let (Some(process), Some(outlet)) = (ids[at], self.outlet_of(id, out, errors)) {
                self.hold_place(id, process, outlet);
            }
        }
        // The shell says which job it is before that prints anything.
        let all: Vec<ProcessId> = ids.iter().flatten().copied().collect();
        if let Some(text) = behind.as_ref().filter(|_| !all.is_empty()) {
            self.behind(id, &all, text);
        }
        let mut status = 0;
        for (at, stage) in stages.into_iter().enumerate() {
            match ids[at] {
                Some(process) => {
                    self.begin_stage(id, process, stage, at > 0);
                }
                None => {
                    let origin = Origin { host: Some(host), terminal, user: stage.user };
                    let input = stage.streams.input.clone();
                    let done = match stage.runs {
                        Runs::Says(output) => Ok(output),
                        _ => self.run_tool(origin, &stage.words, input.as_deref()),
                    };
                    let Output { stdout, stderr, exit_code } = done.unwrap_or_else(Output::from);
                    self.put(id, &stage.streams.errors, Stream::Stderr, &stderr);
                    self.put(id, &stage.streams.out, Stream::Stdout, &stdout);
                    status = exit_code;
                    if let Some(Some(next)) = ids.get(at + 1) {
                        self.notify(*next, Event::EndOfInput);
                    }
                }
            }
        }
        let last = ids.last().copied().flatten();
        if let Some(exit) = last.and_then(|last| self.process(last)).and_then(|process| process.exit.as_ref())
        {
            status = exit.code;
        }
        let left: Vec<ProcessId> =
            ids.iter().flatten().copied().filter(|process| self.user.is_running(*process)).collect();
        if behind.is_none() || all.is_empty() {
            self.set_status(id, status);
        }
        if behind.is_none() && !left.is_empty() {
            self.goes_on_with(id, left, last, None);
        }
    }

    /// Lets a program that never ends write the next block, if somebody reads it from the pipe. Returns false if none does.
    pub(in crate::lab) fn pour(&mut self, process: ProcessId) -> bool {
        let Some(place) = self.user.place(process) else { return false };
        let Sink::Process(reader) = self.user.running[place].outlet.out else { return false };
        let reading = self.user.place(reader).map(|place| &self.user.running[place]);
        let once = reading.is_some_and(|reader| matches!(reader.program, Program::Piped(_)));
        let hungry = once || reading.is_some_and(|reader| reader.program.is_hungry() && !reader.stopped);
        let now = self.now();
        let running = &mut self.user.running[place];
        let Program::Endless(endless) = &mut running.program else { return false };
        running.io.timer = Some(now + endless.paced(hungry)).filter(|_| !once);
        let text = Rc::clone(&endless.text);
        if hungry {
            self.notify(reader, Event::Endless(text));
        }
        true
    }

    /// Handles an event of a filter that runs as long as its input comes.
    pub(in crate::lab) fn tell_filter(&mut self, process: ProcessId, event: &Event) {
        let Some(running) = self.user.running_mut(process) else { return };
        let Program::Piped(piped) = &mut running.program else { return };
        if !piped.takes(event) {
            return;
        }
        let (words, text, ended, manner) = (piped.words.clone(), piped.input(), piped.ended, piped.manner);
        let (is_head, endless) = (manner == Manner::Head, matches!(event, Event::Endless(_)));
        let (host, user) = match self.process(process) {
            Some(process) => (process.host, process.user),
            None => return,
        };
        if endless && !is_head {
            let name = words.first().cloned().unwrap_or_default();
            self.say(
                process,
                Stream::Stderr,
                &format!("{name}: what comes through this pipe never ends; put head before it\n"),
            );
            return self.end(process, 1, None);
        }
        let length: usize = words.iter().map(String::len).sum();
        self.user.work += 1000 + text.len() as u64 * (400 + length as u64);
        let origin = Origin { host: Some(host), terminal: None, user };
        let output = self.run_tool(origin, &words, Some(&text)).unwrap_or_else(Output::from);
        let satisfied = is_head && {
            let more =
                self.run_tool(origin, &words, Some(&format!("{text}\n\n"))).unwrap_or_else(Output::from);
            more.stdout.len() == output.stdout.len()
        };
        let Some(Running { program: Program::Piped(piped), .. }) = self.user.running_mut(process) else {
            return;
        };
        let new = output.stdout.get(piped.shown..).unwrap_or_default().to_owned();
        let (first, nothing) = (piped.code.is_none() && piped.shown == 0, text.is_empty());
        piped.shown = piped.shown.max(output.stdout.len());
        let code = match piped.code {
            Some(code) if nothing => code,
            Some(code) if manner == Manner::Lines => code.min(output.exit_code),
            _ => output.exit_code,
        };
        piped.code = Some(code);
        if first && words.first().is_some_and(|word| base_name(word) == "tee") {
            // What comes later is added to what it has written.
            piped.words.insert(1, "-a".to_owned());
        }
        let over = ended || satisfied || output.exit_code > 1;
        let taken = self.say(process, Stream::Stdout, &new);
        if first || over && manner != Manner::Lines {
            self.say(process, Stream::Stderr, &output.stderr);
        }
        match taken {
            _ if over => self.end(process, code, None),
            false => self.end(process, 141, None),
            true => {}
        }
    }
}
