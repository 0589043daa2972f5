//! Where the commands of a shell read and write.

use super::super::Lab;
use super::ShellId;
use crate::files::FileError;
use crate::line::{Redirect, Redirected, Target, Word};
use crate::program::Event;
use crate::terminal::{Stream, TerminalId};
use crate::tools::{OnHost, files};
use crate::user::{Sudoers, User};
use std::collections::VecDeque;
use std::rc::Rc;
use tcp_core::net::{HostId, ProcessId};

/// Where a stream goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::lab) enum Sink {
    /// The terminal, if there is one.
    #[default]
    Terminal,
    /// The end of a file.
    File(Rc<str>),
    /// The next command of the pipe.
    Next,
    /// A process.
    Process(ProcessId),
    /// What a substitution of this shell collects.
    Captured(ShellId),
}

/// The three streams of a command. What it reads is known from the beginning, or comes from the keyboard.
#[derive(Clone, Debug, Default)]
pub(in crate::lab) struct Streams {
    pub(in crate::lab) out: Sink,
    pub(in crate::lab) errors: Sink,
    pub(in crate::lab) input: Option<Rc<str>>,
}

/// Where a process writes.
#[derive(Clone, Debug)]
pub(in crate::lab) struct Outlet {
    pub(in crate::lab) host: Option<HostId>,
    pub(in crate::lab) terminal: Option<TerminalId>,
    /// Who opened the files.
    pub(in crate::lab) user: User,
    pub(in crate::lab) out: Sink,
    pub(in crate::lab) errors: Sink,
}

impl Outlet {
    /// The outlet of a process that writes into a terminal.
    pub(in crate::lab) fn plain(host: HostId, terminal: Option<TerminalId>) -> Outlet {
        Outlet { host: Some(host), terminal, user: User::Root, out: Sink::Terminal, errors: Sink::Terminal }
    }
}

impl Outlet {
    /// Where this stream goes.
    pub(in crate::lab) const fn sink(&self, stream: Stream) -> &Sink {
        match stream {
            Stream::Stdout => &self.out,
            Stream::Stderr => &self.errors,
        }
    }
}

/// The word of a redirection.
pub(super) fn target_word(redirect: &Redirect) -> Option<&Word> {
    match &redirect.to {
        Target::File(word) | Target::AtEnd(word) | Target::Text(word) | Target::Document(word) => Some(word),
        Target::Same(_) => None,
    }
}

impl Lab {
    /// The streams after redirections, which are carried out in their order. Fails with what bash says.
    pub(super) fn redirected(
        &mut self,
        id: ShellId,
        mut streams: Streams,
        redirects: &[Redirect],
        outputs: &mut VecDeque<String>,
    ) -> Result<Streams, String> {
        for redirect in redirects {
            let word = match target_word(redirect) {
                Some(word) => self.expand(id, outputs, |expander| expander.text(word))?,
                None => String::new(),
            };
            match (&redirect.to, redirect.stream) {
                (Target::Same(_), Redirected::Output) => streams.out = streams.errors.clone(),
                (Target::Same(_), _) => streams.errors = streams.out.clone(),
                (Target::Document(_), _) => streams.input = Some(word.into()),
                (Target::Text(_), _) => streams.input = Some((word + "\n").into()),
                (_, Redirected::Input) => streams.input = Some(self.opened(id, &word)?.into()),
                (to, stream) => {
                    let sink = match word.as_str() {
                        "/dev/stdout" => streams.out.clone(),
                        "/dev/stderr" => streams.errors.clone(),
                        "/dev/tty" => Sink::Terminal,
                        _ => self.created(id, &word, matches!(to, Target::AtEnd(_)))?,
                    };
                    if matches!(stream, Redirected::Output | Redirected::Both) {
                        streams.out = sink.clone();
                    }
                    if matches!(stream, Redirected::Errors | Redirected::Both) {
                        streams.errors = sink;
                    }
                }
            }
        }
        Ok(streams)
    }

    /// What a shell sees of its host.
    pub(super) fn on_host<T>(&mut self, id: ShellId, with: impl FnOnce(&mut OnHost<'_>) -> T) -> Option<T> {
        let machine = self.shell(id)?;
        let (host, user) = (machine.host?, machine.user);
        Some(self.with_host(host, user, with))
    }

    fn with_host<T>(&mut self, host: HostId, user: User, with: impl FnOnce(&mut OnHost<'_>) -> T) -> T {
        let (world, files, names) = (&mut self.world, &mut self.user.files, self.user.names);
        let sudoers = Sudoers::All;
        with(&mut OnHost { world, files, host, user, sudoers, names, programs: &[] })
    }

    fn opened(&mut self, id: ShellId, path: &str) -> Result<String, String> {
        of_network(path)?;
        if files::is_endless(path) {
            return Err(format!(
                "this lab reads no file without an end through <; near it: head -c 1000 {path}\n"
            ));
        }
        let read = self.on_host(id, |here| files::read(path, here));
        read.ok_or_else(no_files)?.map_err(|why| refused(path, why))
    }

    fn created(&mut self, id: ShellId, path: &str, adds: bool) -> Result<Sink, String> {
        of_network(path)?;
        let made = self.on_host(id, |here| files::open(here, path, adds));
        made.ok_or_else(no_files)?.map(|()| Sink::File(path.into())).map_err(|why| refused(path, why))
    }

    /// Writes what a command of a shell prints.
    pub(super) fn put(&mut self, id: ShellId, sink: &Sink, stream: Stream, text: &str) {
        let Some(machine) = self.shell(id).filter(|_| !text.is_empty()) else { return };
        if id == ShellId::Script && *sink == Sink::Terminal {
            match stream {
                Stream::Stdout => machine.collected.stdout.push_str(text),
                Stream::Stderr => machine.collected.stderr.push_str(text),
            }
            return;
        }
        let (host, terminal, user) = (machine.host, machine.terminal, machine.user);
        let outlet = Outlet { host, terminal, user, out: sink.clone(), errors: sink.clone() };
        if let (Some(why), Some(machine)) = (self.write(&outlet, stream, text).err(), self.shell(id)) {
            // The reader is gone: SIGPIPE.
            if let (FileError::Missing, ShellId::Process(_)) = (why, id) {
                machine.forget();
                machine.status = 141;
            } else if matches!(why, FileError::Invalid | FileError::Full) {
                self.complain(id, &format!("bash: echo: write error: {why}\n"));
            }
        }
    }

    /// Writes an error of the shell itself.
    pub(super) fn complain(&mut self, id: ShellId, text: &str) {
        let sink = self.shell(id).map(|machine| machine.streams.errors.clone());
        // What a pipe or a file would take is shown nevertheless where nobody else would see it.
        self.put(id, &sink.unwrap_or_default(), Stream::Stderr, text);
    }

    /// Writes a text where an outlet leads. Fails if nobody takes it.
    pub(in crate::lab) fn write(
        &mut self,
        outlet: &Outlet,
        stream: Stream,
        text: &str,
    ) -> Result<(), FileError> {
        match outlet.sink(stream) {
            Sink::Terminal | Sink::Next => {
                if let Some(terminal) = outlet.terminal {
                    self.print(terminal, stream.kind(), text);
                }
                Ok(())
            }
            Sink::File(path) => match outlet.host {
                Some(host) => self.with_host(host, outlet.user, |here| files::append(here, path, text)),
                None => Ok(()),
            },
            Sink::Process(process) if self.user.is_running(*process) => {
                self.notify(*process, Event::Line(text.to_owned()));
                Ok(())
            }
            Sink::Process(_) => Err(FileError::Missing),
            Sink::Captured(shell) => {
                self.user.written += text.len() as u64;
                if let Some(captured) = self.shell(*shell).and_then(|machine| machine.captures.last_mut()) {
                    captured.push_str(text);
                }
                Ok(())
            }
        }
    }
}

/// Refuses the names by which bash opens a connection.
fn of_network(path: &str) -> Result<(), String> {
    let to = path.strip_prefix("/dev/tcp/").or_else(|| path.strip_prefix("/dev/udp/"));
    let Some(to) = to else { return Ok(()) };
    let (host, port) = to.split_once('/').unwrap_or((to, "PORT"));
    Err(format!("this lab has no {path}; near it: nc {host} {port}\n"))
}

fn no_files() -> String {
    "the network's console has no files\n".to_owned()
}

fn refused(path: &str, why: FileError) -> String {
    format!("bash: {path}: {why}\n")
}
