//! Built-ins that change the shell itself.

use super::super::Lab;
use super::prepare::Ready;
use super::{Frame, ShellId};
use crate::line::{self, is_identifier};
use crate::terminal::Stream;
use std::rc::Rc;

impl Lab {
    /// Runs such a built-in. Returns false if the words call something else.
    pub(super) fn control(&mut self, id: ShellId, ready: &Ready) -> bool {
        let Some((word, args)) = ready.words.split_first() else { return false };
        if ready.words != ready.whole || self.shell(id).is_none_or(|machine| machine.host.is_none()) {
            return false;
        }
        let result = match word.as_str() {
            "break" | "continue" => self.jump(id, word, args),
            "exit" | "logout" => return self.leave(id, args),
            "export" | "declare" | "readonly" => self.export(id, args, word == "export"),
            "set" | "shift" => self.arguments(id, word, args),
            "local" => self.local(id, args),
            "return" => self.leave_function(id, args),
            "source" | "." => self.source(id, word, args),
            "let" => self.compute(id, args),
            "unset" => {
                if let Some(machine) = self.shell(id) {
                    for name in args {
                        machine.variables.unset(name);
                        Rc::make_mut(&mut machine.functions).remove(name);
                    }
                }
                Ok(())
            }
            "eval" => self.eval(id, &args.join(" ")),
            "wait" => {
                self.wait_for_jobs(id);
                return true;
            }
            "read" => {
                let names = args.iter().filter(|word| !word.starts_with('-')).cloned().collect();
                let shared = self.shell(id).and_then(|machine| machine.streams.input.clone());
                let is_shared =
                    |text: &Rc<str>| shared.as_ref().is_some_and(|shared| Rc::ptr_eq(shared, text));
                let own = ready.streams.input.clone().filter(|text| !is_shared(text));
                self.read_line(id, names, own);
                return true;
            }
            "fg" | "bg" => self.resume(id, word, args),
            word if word.starts_with('%') => self.resume(id, "fg", &ready.words),
            _ => return false,
        };
        let status = match result {
            Ok(()) => 0,
            Err((why, status)) => {
                self.put(id, &ready.streams.errors, Stream::Stderr, &why);
                status
            }
        };
        if let Some(machine) = self.shell(id).filter(|machine| machine.waiting.is_empty()) {
            machine.status = status;
        }
        true
    }

    /// `break`, `continue`
    fn jump(&mut self, id: ShellId, word: &str, args: &[String]) -> Result<(), (String, i32)> {
        let count = match args.first().map(|count| count.parse::<usize>()) {
            None => 1,
            Some(Ok(count)) if count > 0 => count,
            Some(_) => {
                return Err((format!("bash: {word}: {}: loop count out of range\n", args[0]), 1));
            }
        };
        let Some(machine) = self.shell(id) else { return Ok(()) };
        // A loop outside parentheses cannot be left from inside.
        let bound = machine
            .frames
            .iter()
            .rposition(|frame| matches!(frame, Frame::Leave { .. } | Frame::Captures(_) | Frame::Call { .. }))
            .map_or(0, |at| at + 1);
        let is_loop = |frame: &Frame| matches!(frame, Frame::Loop { .. } | Frame::For { .. });
        let mut loops: Vec<usize> =
            (bound..machine.frames.len()).filter(|at| is_loop(&machine.frames[*at])).rev().collect();
        loops.truncate(count);
        let Some(target) = loops.last().copied() else {
            let why = format!("bash: {word}: only meaningful in a `for', `while', or `until' loop\n");
            return Err((why, 0));
        };
        let keep = if word == "break" { target } else { target + 1 };
        while machine.frames.len() > keep {
            let frame = machine.frames.pop();
            frame.into_iter().for_each(|frame| machine.drop_frame(frame));
        }
        // A body that is left by `continue` was followed by its test.
        Ok(())
    }

    /// `exit [STATUS]`, which leaves parentheses, a script or a shell of its own. Returns false for the terminal's.
    fn leave(&mut self, id: ShellId, args: &[String]) -> bool {
        let Some(machine) = self.shell(id) else { return true };
        let inside = machine
            .frames
            .iter()
            .rposition(|frame| matches!(frame, Frame::Leave { .. } | Frame::Captures(_)));
        if inside.is_none() && matches!(id, ShellId::Terminal(_)) {
            return false;
        }
        let status = args.first().and_then(|word| word.parse::<i32>().ok()).map(|status| status & 255);
        machine.status = status.unwrap_or(machine.status);
        while machine.frames.len() > inside.map_or(0, |at| at + 1) {
            let frame = machine.frames.pop();
            frame.into_iter().for_each(|frame| machine.drop_frame(frame));
        }
        true
    }

    /// `export NAME=VALUE`
    fn export(&mut self, id: ShellId, args: &[String], exports: bool) -> Result<(), (String, i32)> {
        for word in args.iter().filter(|word| !word.starts_with('-')) {
            let (name, value) =
                word.split_once('=').map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
            if !is_identifier(name) {
                return Err((format!("bash: export: `{word}': not a valid identifier\n"), 1));
            }
            if let (true, Some(machine)) = (exports, self.shell(id)) {
                Rc::make_mut(&mut machine.exported).insert(name.to_owned());
            }
            if let (Some(value), Some(machine)) = (value, self.shell(id)) {
                machine.variables.set(name, value.to_owned());
                self.user.written += value.len() as u64;
            }
        }
        Ok(())
    }

    /// `read [-r] NAME …`: takes a line of what comes through the pipe, of the file from which the loop reads, or of its
    /// `own`.
    pub(super) fn read_line(&mut self, id: ShellId, names: Vec<String>, own: Option<Rc<str>>) {
        let Some(machine) = self.shell(id) else { return };
        let (is_own, input) = (own.is_some(), own.or_else(|| machine.streams.input.clone()));
        let (text, ended) = match (&mut machine.piped, &input) {
            (_, Some(text)) => (text.to_string(), true),
            (Some(piped), None) => (std::mem::take(&mut piped.text), piped.ended),
            (None, None) => {
                self.complain(
                    id,
                    "bash: read: this shell reads from a pipe or a file, not from the keyboard\n",
                );
                if let Some(machine) = self.shell(id) {
                    machine.status = 1;
                }
                return;
            }
        };
        let end = text.find('\n');
        if end.is_none() && !ended {
            // The rest of the line is still to come.
            if let Some(piped) = &mut machine.piped {
                piped.text = text;
            }
            machine.reads = true;
            machine.frames.push(Frame::Read(names));
            return;
        }
        let (line, rest) = text.split_at(end.unwrap_or(text.len()));
        let rest = rest.strip_prefix('\n').unwrap_or(rest).to_owned();
        match &mut machine.piped {
            _ if is_own => {}
            Some(piped) if machine.streams.input.is_none() => piped.text = rest,
            _ => machine.streams.input = Some(rest.into()),
        }
        machine.status = i32::from(end.is_none());
        let mut line = line.trim();
        let names = if names.is_empty() { vec!["REPLY".to_owned()] } else { names };
        for (at, name) in names.iter().enumerate() {
            let is_last = at + 1 == names.len();
            let (word, rest) =
                line.split_once(char::is_whitespace).filter(|_| !is_last).unwrap_or((line, ""));
            machine.variables.set(name, word.to_owned());
            line = rest.trim_start();
        }
    }

    fn eval(&mut self, id: ShellId, text: &str) -> Result<(), (String, i32)> {
        let list = line::parse(text).map_err(|why| (format!("{why}\n"), 2))?;
        if let Some(machine) = self.shell(id) {
            machine.frames.push(Frame::List(Rc::new(list), 0));
        }
        Ok(())
    }

    /// `wait`: for all jobs that run.
    fn wait_for_jobs(&mut self, id: ShellId) {
        let ShellId::Terminal(terminal) = id else { return };
        let jobs = self.user.prompts[terminal.index()].jobs.iter();
        let processes: Vec<_> = jobs.flat_map(|job| job.processes.iter().copied()).collect();
        let running = processes.into_iter().filter(|process| {
            self.user.place(*process).is_some_and(|place| !self.user.running[place].stopped)
        });
        let waiting: Vec<_> = running.collect();
        if let Some(machine) = self.shell(id) {
            machine.waiting = waiting;
            machine.last = None;
            machine.status = 0;
            machine.only_waits = !machine.waiting.is_empty();
        }
        self.show_foreground(id);
    }
}
