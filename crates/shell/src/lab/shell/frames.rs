//! What the shell does next, by the uppermost entry of its stack.

use super::super::Lab;
use super::streams::{Sink, Streams};
use super::{Frame, ShellId, substitutions};
use crate::line::{Command, Kind, List, Pipeline};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

impl Lab {
    /// Does what a frame asks for, and puts back what remains of it.
    pub(super) fn run_frame(&mut self, id: ShellId, frame: Frame) {
        let Some(machine) = self.shell(id) else { return };
        let status = machine.status;
        match frame {
            Frame::List(list, at) => self.run_item_of(id, list, at),
            Frame::Item(list, item, at) => {
                let pipelines = list.items.get(item).map_or(&[][..], |item| &item.pipelines);
                if let Some((when, pipeline)) = pipelines.get(at) {
                    let next = when.holds(status).then(|| Rc::clone(pipeline));
                    machine.frames.push(Frame::Item(list, item, at + 1));
                    if let Some(pipeline) = next {
                        self.push_pipeline(id, pipeline, None);
                    }
                }
            }
            Frame::Pipeline { pipeline, mut to_run, outputs, behind } => match to_run.pop_front() {
                Some(list) => {
                    machine.frames.push(Frame::Pipeline { pipeline, to_run, outputs, behind });
                    machine.frames.push(Frame::Captures(machine.streams.clone()));
                    machine.captures.push(String::new());
                    let captured = Sink::Captured(id);
                    machine.streams = Streams { out: captured, ..machine.streams.clone() };
                    machine.frames.push(Frame::List(list, 0));
                }
                None => self.run_pipeline(id, &pipeline, outputs, behind),
            },
            Frame::Captures(streams) => {
                machine.streams = streams;
                let mut text = machine.captures.pop().unwrap_or_default();
                text.truncate(text.trim_end_matches('\n').len());
                if let Some(Frame::Pipeline { outputs, .. }) = machine.frames.last_mut() {
                    outputs.push_back(text);
                }
            }
            Frame::After { not, began } => {
                if not {
                    machine.status = i32::from(status == 0);
                }
                if let Some(began) = began {
                    let took = self.now().since(began);
                    self.complain(id, &spent(took));
                }
            }
            Frame::Loop { command, tests, status: last } => self.run_loop(id, command, tests, last),
            Frame::For { command, mut words } => {
                let Kind::For { name, body, .. } = &command.kind else { return };
                if let Some(word) = words.pop_front() {
                    machine.variables.set(name, word);
                    let body = Rc::clone(body);
                    machine.frames.push(Frame::For { command, words });
                    machine.frames.push(Frame::List(body, 0));
                    self.counts(id);
                }
            }
            Frame::If(command, clause) => {
                let Kind::If { clauses, otherwise } = &command.kind else { return };
                let next = match (status, clauses.get(clause)) {
                    (0, Some((_, body))) => Some(Rc::clone(body)),
                    _ => match clauses.get(clause + 1) {
                        Some((test, _)) => {
                            let test = Rc::clone(test);
                            machine.frames.push(Frame::If(Rc::clone(&command), clause + 1));
                            Some(test)
                        }
                        None => {
                            machine.status = 0;
                            otherwise.clone()
                        }
                    },
                };
                machine.frames.extend(next.map(|list| Frame::List(list, 0)));
            }
            Frame::Read(names) => self.read_line(id, names, None),
            Frame::Watch(watch) => self.watch_again(id, watch),
            Frame::Xargs(xargs) => self.collect_words(id, xargs),
            Frame::XargsRuns { to_run, xargs, status } => self.run_next_of_xargs(id, to_run, xargs, status),
            frame @ (Frame::Streams(_) | Frame::Leave { .. } | Frame::Call { .. }) => {
                machine.drop_frame(frame)
            }
        }
    }

    /// The next item of a list.
    fn run_item_of(&mut self, id: ShellId, list: Rc<List>, at: usize) {
        let Some(item) = list.items.get(at) else { return };
        let (background, text, count) = (item.background, Rc::clone(&item.text), item.pipelines.len());
        let first = item.pipelines.first().map(|(_, pipeline)| Rc::clone(pipeline));
        let alone = List { items: vec![crate::line::Item { background: false, ..item.clone() }] };
        let Some(machine) = self.shell(id) else { return };
        machine.frames.push(Frame::List(Rc::clone(&list), at + 1));
        if !background {
            machine.frames.push(Frame::Item(list, at, 0));
        } else if let Some(pipeline) = first.filter(|first| count == 1 && !first.timed && !first.not) {
            self.push_pipeline(id, pipeline, Some(text));
        } else {
            self.launch_shell(id, Rc::new(alone), Some(text));
        }
    }

    fn push_pipeline(&mut self, id: ShellId, pipeline: Rc<Pipeline>, behind: Option<Rc<str>>) {
        let now = self.now();
        if !self.counts(id) {
            return;
        }
        let Some(machine) = self.shell(id) else { return };
        if pipeline.not || pipeline.timed {
            let began = pipeline.timed.then_some(now);
            machine.frames.push(Frame::After { not: pipeline.not, began });
        }
        let to_run = substitutions(&pipeline);
        machine.frames.push(Frame::Pipeline { pipeline, to_run, outputs: VecDeque::new(), behind });
    }

    /// Begins a command that has commands in it, in this shell.
    pub(super) fn run_compound(
        &mut self,
        id: ShellId,
        command: &Rc<Command>,
        outputs: &mut VecDeque<String>,
    ) -> Result<(), String> {
        let (kind, command) = (&command.kind, Rc::clone(command));
        if !command.redirects.is_empty() {
            let before = self.shell(id).map(|machine| machine.streams.clone()).unwrap_or_default();
            let streams = self.redirected(id, before.clone(), &command.redirects, outputs)?;
            if let Some(machine) = self.shell(id) {
                machine.frames.push(Frame::Streams(before));
                machine.streams = streams;
            }
        }
        let frames = match kind {
            Kind::Simple { .. } => Vec::new(),
            Kind::Group(list) => vec![Frame::List(Rc::clone(list), 0)],
            Kind::Subshell(list) => {
                let Some(machine) = self.shell(id) else { return Ok(()) };
                let (variables, user) = (machine.variables.clone(), machine.user);
                vec![Frame::Leave { variables, user, script: false }, Frame::List(Rc::clone(list), 0)]
            }
            Kind::If { clauses, .. } => {
                let test = clauses.first().map(|(test, _)| Frame::List(Rc::clone(test), 0));
                std::iter::once(Frame::If(Rc::clone(&command), 0)).chain(test).collect()
            }
            Kind::While { .. } => {
                if let Some(machine) = self.shell(id) {
                    machine.status = 0;
                }
                vec![Frame::Loop { command: Rc::clone(&command), tests: false, status: 0 }]
            }
            Kind::Count { first, .. } => {
                self.expand(id, &mut VecDeque::new(), |expander| expander.number(first))?;
                vec![Frame::Loop { command: Rc::clone(&command), tests: false, status: 0 }]
            }
            Kind::For { words, .. } => {
                let words = self.expand(id, outputs, |expander| expander.words(words))?.into();
                if let Some(machine) = self.shell(id) {
                    machine.status = 0;
                }
                vec![Frame::For { command: Rc::clone(&command), words }]
            }
            Kind::Arithmetic(word) => {
                let value = self.expand(id, outputs, |expander| expander.number(word));
                let value = value.map_err(|why| format!("((: {why}"))?;
                self.set_status(id, i32::from(value == 0));
                Vec::new()
            }
            Kind::Condition(condition) => {
                let (answer, why) = match self.holds(id, condition, outputs) {
                    Ok(holds) => (i32::from(!holds), None),
                    Err(why) if why.starts_with("[[") => (1, Some(why)),
                    Err(why) => (2, Some(why)),
                };
                self.set_status(id, answer);
                if let Some(why) = why.filter(|why| !why.is_empty()) {
                    let named = why.starts_with("this lab") || why.starts_with("bash: ");
                    self.complain(id, &format!("{}{why}\n", if named { "" } else { "bash: " }));
                }
                Vec::new()
            }
            Kind::Function { name, body } => {
                if let Some(machine) = self.shell(id) {
                    machine.status = 0;
                    Rc::make_mut(&mut machine.functions).insert(name.clone(), Rc::clone(body));
                }
                Vec::new()
            }
            Kind::Case { word, clauses } => {
                let chosen = self.chosen(id, (word, clauses), outputs)?;
                self.set_status(id, 0);
                chosen.map(|list| Frame::List(list, 0)).into_iter().collect()
            }
        };
        if let Some(machine) = self.shell(id) {
            machine.frames.extend(frames);
        }
        Ok(())
    }

    /// Goes on with a loop: `tests` says whether its test has just been run, and `last` is the status of its body.
    fn run_loop(&mut self, id: ShellId, command: Rc<Command>, tests: bool, last: i32) {
        if !self.counts(id) {
            return;
        }
        let mut step = |word| {
            let value = self.expand(id, &mut VecDeque::new(), |expander| expander.number(word));
            value.unwrap_or_else(|why| {
                self.complain(id, &format!("bash: ((: {why}\n"));
                0
            })
        };
        let (goes_on, body, test) = match &command.kind {
            Kind::Count { test, next, body, .. } => {
                if tests {
                    step(next);
                }
                let empty = test
                    .0
                    .iter()
                    .all(|part| matches!(&part.what, crate::line::What::Text(t) if t.trim().is_empty()));
                (empty || step(test) != 0, body, None)
            }
            Kind::While { until, test, body } => {
                let status = self.shell(id).map_or(0, |machine| machine.status);
                (tests && (status == 0) != *until, body, Some(test))
            }
            _ => return,
        };
        let Some(machine) = self.shell(id) else { return };
        let again = |tests, status| Frame::Loop { command: Rc::clone(&command), tests, status };
        match test {
            // The body is next, and then the test again.
            Some(_) if goes_on => {
                machine.frames.push(again(false, 0));
                machine.frames.push(Frame::List(Rc::clone(body), 0));
            }
            Some(_) if tests => machine.status = last,
            Some(test) => {
                let status = machine.status;
                machine.frames.push(again(true, status));
                machine.frames.push(Frame::List(Rc::clone(test), 0));
            }
            None if goes_on => {
                machine.frames.push(again(true, 0));
                machine.frames.push(Frame::List(Rc::clone(body), 0));
            }
            None => {}
        }
    }
}

/// What `time` prints. What runs here takes no time of a processor.
fn spent(took: Duration) -> String {
    let (minutes, seconds) = (took.as_secs() / 60, took.as_secs() % 60);
    let millis = took.subsec_millis();
    format!("\nreal\t{minutes}m{seconds}.{millis:03}s\nuser\t0m0.000s\nsys\t0m0.000s\n")
}
