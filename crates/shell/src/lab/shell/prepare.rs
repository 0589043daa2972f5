//! What a simple command asks for, once its words are expanded.

use super::super::sudo::{self, Stage};
use super::super::{Lab, builtins};
use super::streams::Streams;
use super::timeout::{self, Deadline};
use super::watch::{self, Watch};
use super::xargs::{self, Xargs};
use super::{Frame, Machine, ShellId};
use crate::commands::{self, Run};
use crate::line::{self, Command, Kind, List, quote};
use crate::output::{Output, Refusal};
use crate::program::Begin;
use crate::tools::netstat;
use crate::user::User;
use std::collections::VecDeque;
use std::rc::Rc;

/// How often `sh -c` may be nested in `sh -c`.
const NESTED: usize = 20;

/// A command of a pipe.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    /// Who runs it.
    pub(super) user: User,
    /// Its words, without `sudo` and `timeout`.
    pub(super) words: Vec<String>,
    /// Its words as they were.
    pub(super) whole: Vec<String>,
    pub(super) sets: Vec<(String, String)>,
    pub(super) streams: Streams,
    /// When it is to be ended, and how.
    pub(super) deadline: Option<Deadline>,
    pub(super) runs: Runs,
}

/// What runs a command.
#[derive(Clone, Debug)]
pub(super) enum Runs {
    /// Assignments and redirections alone.
    Nothing,
    /// A program that may keep running, and its name.
    Program(Begin, String),
    /// A tool, a built-in, or a word that nobody knows. It ends at once.
    Tool,
    /// A tool that reads what comes through a pipe.
    Filter,
    /// Commands: those of a compound command, or of `sh -c`.
    Shell(Rc<List>),
    /// `watch`
    Watch(Rc<Watch>),
    /// `xargs`
    Xargs(Rc<Xargs>),
    /// A function.
    Call(Rc<Command>),
    /// What only the shell knows: `type`, `env` …
    Says(Output),
}

/// Why a command does not run.
pub(super) enum Fails {
    /// The shell says why.
    Shell(String),
    /// The shell says why, and drops the rest of the line.
    Line(String),
    /// It prints this, and ends.
    Says(Output),
}

impl From<Refusal> for Fails {
    fn from(refusal: Refusal) -> Fails {
        Fails::Says(refusal.into())
    }
}

impl From<String> for Fails {
    fn from(why: String) -> Fails {
        Fails::Shell(why)
    }
}

impl Lab {
    /// Expands a command, and carries out its redirections.
    pub(super) fn prepare(
        &mut self,
        id: ShellId,
        command: &Rc<Command>,
        streams: Streams,
        outputs: &mut VecDeque<String>,
    ) -> Result<Ready, Fails> {
        let Kind::Simple { sets, words } = &command.kind else {
            let list = super::list_of_command(command);
            return Ok(Ready::new(User::Root, streams, Runs::Shell(list)));
        };
        let expanded = self.expand(id, outputs, |expander| {
            let mut set = Vec::new();
            for (name, word) in sets {
                set.push((name.clone(), expander.text(word)?));
            }
            Ok((set, expander.words(words)?))
        });
        let (set, words) = expanded.map_err(Fails::Line)?;
        let (words, is_called) = called(words);
        let streams = self.redirected(id, streams, &command.redirects, outputs)?;
        let (host, user, may, depth) = match self.shell(id) {
            Some(machine) => (machine.host, machine.user, machine.sudoers, machine.scripts()),
            None => return Err(Fails::Shell(String::new())),
        };
        let mut ready = Ready { sets: set, whole: words.clone(), ..Ready::new(user, streams, Runs::Nothing) };
        if words.is_empty() {
            return Ok(ready);
        }
        let Some(host) = host else {
            ready.words = words.into_iter().skip_while(|word| word == "sudo").collect();
            let filter = ready.words.first().and_then(|word| commands::find(None, word));
            let is_filter = filter.is_some_and(|command| matches!(command.run, Run::Filter(_)));
            ready.runs = if is_filter { Runs::Filter } else { Runs::Tool };
            return Ok(ready);
        };
        let function = self.shell(id).and_then(|machine| machine.functions.get(&words[0]).cloned());
        if let Some(body) = function.filter(|_| !is_called) {
            ready.words = words;
            ready.runs = Runs::Call(body);
            return Ok(ready);
        }
        let mut stage = sudo::read(host, &words, user, may)?;
        while let Some((deadline, rest)) = timeout::read(&stage.words)? {
            ready.deadline.get_or_insert(deadline);
            let inner = sudo::read(host, rest, stage.user, may)?;
            if !timeout::can_run(&inner.words, commands::find(Some(host), &inner.words[0]).is_some()) {
                let absent = builtins::absent(commands::base_name(&inner.words[0]), may);
                return Err(absent.unwrap_or_else(|| timeout::not_found(&inner.words[0])).into());
            }
            stage = inner;
        }
        let Stage { user, words } = stage;
        ready.user = user;
        ready.runs = match self.known(id, &words) {
            Some(output) => Runs::Says(output),
            None => runs(&words, depth)?,
        };
        ready.words = words;
        Ok(ready)
    }
}

impl Ready {
    fn new(user: User, streams: Streams, runs: Runs) -> Ready {
        let (words, whole, sets, deadline) = (Vec::new(), Vec::new(), Vec::new(), None);
        Ready { user, words, whole, sets, streams, deadline, runs }
    }
}

impl Machine {
    /// How many `sh -c` are inside one another here.
    fn scripts(&self) -> usize {
        self.frames.iter().filter(|frame| matches!(frame, Frame::Leave { script: true, .. })).count()
    }
}

/// The words after `command` or `env`, if one of them calls another command, and whether `command` did: then no function
/// is meant.
fn called(mut words: Vec<String>) -> (Vec<String>, bool) {
    let mut is_called = false;
    loop {
        let settings = match words.first().map(String::as_str) {
            Some("command") => 0,
            Some("env" | "/usr/bin/env") => words[1..].iter().take_while(|word| word.contains('=')).count(),
            _ => return (words, is_called),
        };
        if words.get(settings + 1).is_none_or(|word| word.starts_with('-')) {
            return (words, is_called);
        }
        words.drain(..=settings);
        is_called = true;
    }
}

/// What runs these words on a host.
fn runs(words: &[String], depth: usize) -> Result<Runs, Fails> {
    if let Some(script) = script(words) {
        let list = line::parse(script).map_err(|error| Output::err(format!("{error}\n"), 2));
        return match list {
            Err(output) => Err(Fails::Says(output)),
            Ok(_) if depth >= NESTED => Err(Fails::Says(Output::err("sh: too deep\n", 2))),
            Ok(list) => Ok(Runs::Shell(Rc::new(list))),
        };
    }
    let Some((word, args)) = words.split_first() else { return Ok(Runs::Nothing) };
    if commands::base_name(word) == "netstat"
        && let Some(once) = netstat::once(args)
    {
        let once: Vec<String> = std::iter::once(word).chain(&once).map(|word| quote(word)).collect();
        let list = line::parse(&format!("while true; do {}; sleep 1; done", once.join(" ")));
        return list.map(|list| Runs::Shell(Rc::new(list))).map_err(|_| Fails::Shell(String::new()));
    }
    if commands::base_name(word) == "watch" {
        return Ok(Runs::Watch(Rc::new(watch::read(args)?)));
    }
    if commands::base_name(word) == "xargs" {
        return Ok(Runs::Xargs(Rc::new(xargs::read(args)?)));
    }
    if commands::base_name(word) == "cat" && args.iter().any(|word| word == "/dev/zero") {
        return Ok(Runs::Program(crate::program::endless::begin, "cat".to_owned()));
    }
    if let Some(begin) = commands::program(word) {
        return Ok(Runs::Program(begin, commands::base_name(word).to_owned()));
    }
    let run = commands::find(Some(tcp_core::net::HostId::Client), word).map(|command| command.run);
    Ok(if matches!(run, Some(Run::Filter(_) | Run::Reader(_))) { Runs::Filter } else { Runs::Tool })
}

/// The script of `sh -c SCRIPT`.
fn script(words: &[String]) -> Option<&str> {
    match words {
        [shell, option, script, ..] if (shell == "sh" || shell == "bash") && option == "-c" => Some(script),
        _ => None,
    }
}
