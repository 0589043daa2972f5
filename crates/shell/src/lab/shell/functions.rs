//! Functions, their arguments, and what changes them: `set --`, `shift`, `local`, `return`, `source`.

use super::super::Lab;
use super::prepare::{Fails, Ready};
use super::{Frame, Machine, ShellId};
use crate::line::{self, Command, is_identifier};
use crate::tools::files;
use std::rc::Rc;

/// How deep functions may call each other.
const DEEPEST: usize = 100;

/// What a built-in says if it fails, and its status.
type Answer = Result<(), (String, i32)>;

impl Lab {
    /// Calls a function in this shell.
    pub(super) fn call(&mut self, id: ShellId, ready: &Ready, body: &Rc<Command>) {
        let Some(machine) = self.shell(id) else { return };
        let calls = machine.frames.iter().filter(|frame| matches!(frame, Frame::Call { .. })).count();
        if calls >= DEEPEST {
            let name = ready.words.first().map_or("", String::as_str);
            let why = format!("{name}: maximum function nesting level exceeded ({DEEPEST})");
            return self.fails(id, Fails::Line(why));
        }
        let before = std::mem::replace(&mut machine.streams, ready.streams.clone());
        machine.frames.push(Frame::Streams(before));
        machine.begin_call(&ready.words, body);
    }

    /// `set -- WORDS`, `shift [COUNT]`
    pub(super) fn arguments(&mut self, id: ShellId, word: &str, args: &[String]) -> Answer {
        let Some(machine) = self.shell(id) else { return Ok(()) };
        if word == "set" {
            let args = if args.first().is_some_and(|first| first == "--") { &args[1..] } else { args };
            machine.set_args(args);
            return Ok(());
        }
        let count = match args.first() {
            None => 1,
            Some(text) => text
                .parse::<usize>()
                .map_err(|_| (format!("bash: shift: {text}: numeric argument required\n"), 1))?,
        };
        let rest = machine.args.get(1 + count..).ok_or((String::new(), 1))?.to_vec();
        machine.set_args(&rest);
        Ok(())
    }

    /// `local NAME[=VALUE] …`
    pub(super) fn local(&mut self, id: ShellId, args: &[String]) -> Answer {
        let Some(machine) = self.shell(id) else { return Ok(()) };
        let call = machine.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Call { locals, .. } => Some(locals),
            _ => None,
        });
        let Some(locals) = call else {
            return Err(("bash: local: can only be used in a function\n".to_owned(), 1));
        };
        for word in args.iter().filter(|word| !word.starts_with('-')) {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            if !is_identifier(name) {
                return Err((format!("bash: local: `{word}': not a valid identifier\n"), 1));
            }
            locals.push((name.to_owned(), machine.variables.get(name).map(str::to_owned)));
            machine.variables.set(name, value.to_owned());
        }
        self.user.written += args.iter().map(String::len).sum::<usize>() as u64;
        Ok(())
    }

    /// `return [STATUS]`
    pub(super) fn leave_function(&mut self, id: ShellId, args: &[String]) -> Answer {
        let Some(machine) = self.shell(id) else { return Ok(()) };
        let is_call = |frame: &Frame| matches!(frame, Frame::Call { .. });
        if !machine.frames.iter().any(is_call) {
            let why = "bash: return: can only `return' from a function or sourced script\n";
            return Err((why.to_owned(), 2));
        }
        // What is in parentheses inside the function is left alone.
        let ends =
            |frame: &Frame| is_call(frame) || matches!(frame, Frame::Leave { .. } | Frame::Captures(_));
        let target = machine.frames.iter().rposition(ends).unwrap_or(0);
        let keep = target + usize::from(!machine.frames.get(target).is_some_and(is_call));
        while machine.frames.len() > keep {
            let frame = machine.frames.pop();
            frame.into_iter().for_each(|frame| machine.drop_frame(frame));
        }
        match args.first().map(|text| text.parse::<i32>()) {
            None if machine.status == 0 => Ok(()),
            None => Err((String::new(), machine.status)),
            Some(Ok(status)) => Err((String::new(), status & 255)),
            Some(Err(_)) => Err((format!("bash: return: {}: numeric argument required\n", args[0]), 2)),
        }
    }

    /// `source FILE`
    pub(super) fn source(&mut self, id: ShellId, word: &str, args: &[String]) -> Answer {
        let Some(path) = args.first() else {
            let usage = format!("{word}: usage: {word} filename [arguments]\n");
            return Err((format!("bash: {word}: filename argument required\n{usage}"), 2));
        };
        let read = self.on_host(id, |here| files::read(path, here));
        let text = match read {
            Some(Ok(text)) => text,
            Some(Err(why)) => return Err((format!("bash: {path}: {why}\n"), 1)),
            None => return Ok(()),
        };
        let list = line::parse(&text).map_err(|why| (format!("{why}\n"), 2))?;
        if let Some(machine) = self.shell(id) {
            machine.status = 0;
            machine.frames.push(Frame::List(Rc::new(list), 0));
        }
        Ok(())
    }

    /// `let EXPRESSION …`
    pub(super) fn compute(&mut self, id: ShellId, args: &[String]) -> Answer {
        let Some(machine) = self.shell(id) else { return Ok(()) };
        let mut last = Err("expression expected".to_owned());
        for text in args {
            last = super::arith::value(text, &mut machine.variables);
            if last.is_err() {
                break;
            }
        }
        match last {
            Ok(0) => Err((String::new(), 1)),
            Ok(_) => Ok(()),
            Err(why) => Err((format!("bash: let: {why}\n"), 1)),
        }
    }
}

impl Machine {
    /// Sets `$1` and all after it.
    fn set_args(&mut self, args: &[String]) {
        let zero = self.args.iter().take(1);
        self.args = zero.chain(args).cloned().collect();
    }

    /// Puts a function on the stack, with the words that call it.
    pub(super) fn begin_call(&mut self, words: &[String], body: &Rc<Command>) {
        self.frames.push(Frame::Call { args: Rc::clone(&self.args), locals: Vec::new() });
        self.set_args(words.get(1..).unwrap_or_default());
        self.frames.push(Frame::List(super::list_of_command(body), 0));
    }

    /// Takes the words after the script of `sh -c` for `$0` and the arguments.
    pub(super) fn be_script(&mut self, words: &[String]) {
        let option = words.iter().position(|word| word == "-c").unwrap_or(words.len());
        let given = words.get(option + 2..).unwrap_or_default();
        let own = words.get(option.wrapping_sub(1)).cloned().unwrap_or_default();
        self.args = if given.is_empty() { [own].into() } else { given.into() };
    }
}
