//! A shell: what it has still to do, and what it remembers.

use super::{Frame, Streams, Variables};
use crate::line::{Command, List};
use crate::output::Output;
use crate::terminal::TerminalId;
use crate::user::{Sudoers, User};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::{HostId, ProcessId};

/// What comes from a pipe to the commands of a shell.
#[derive(Clone, Debug, Default)]
pub(super) struct Piped {
    pub(super) text: String,
    pub(super) ended: bool,
}

/// A shell.
#[derive(Clone, Debug)]
pub(in crate::lab) struct Machine {
    pub(super) host: Option<HostId>,
    pub(super) terminal: Option<TerminalId>,
    pub(super) user: User,
    /// What `sudo` lets the student do here.
    pub(super) sudoers: Sudoers,
    pub(super) frames: Vec<Frame>,
    /// `$?`
    pub(in crate::lab) status: i32,
    pub(super) variables: Variables,
    /// Names of the variables that programs have.
    pub(super) exported: Rc<BTreeSet<String>>,
    pub(super) functions: Rc<BTreeMap<String, Rc<Command>>>,
    /// `$0`, `$1` …
    pub(super) args: Rc<[String]>,
    /// `$!`
    pub(super) last_pid: Option<u32>,
    pub(super) streams: Streams,
    pub(super) captures: Vec<String>,
    /// What a line without a terminal has printed.
    pub(super) collected: Output,
    /// The processes for which it waits, in the order of their pipe.
    pub(in crate::lab) waiting: Vec<ProcessId>,
    /// The process whose status counts.
    pub(in crate::lab) last: Option<ProcessId>,
    /// What `jobs` shows if this is stopped.
    pub(in crate::lab) text: Rc<str>,
    /// Number of the job that `fg` brought back.
    pub(in crate::lab) number: Option<usize>,
    pub(super) piped: Option<Piped>,
    /// Whether it waits for its jobs (`wait`), which Ctrl-C leaves alone.
    pub(in crate::lab) only_waits: bool,
    /// Whether it waits for a line that `read` takes.
    pub(super) reads: bool,
    /// Whether it sleeps until its timer.
    pub(super) asleep: bool,
    /// Whether it is running at this very moment.
    pub(super) runs: bool,
    /// How many commands it has run at that moment.
    pub(super) run_at: (Instant, u32),
}

impl Machine {
    pub(super) fn new(host: Option<HostId>, terminal: Option<TerminalId>, user: User) -> Machine {
        Machine {
            host,
            terminal,
            user,
            sudoers: Sudoers::All,
            frames: Vec::new(),
            status: 0,
            variables: Variables::default(),
            exported: Rc::default(),
            functions: Rc::default(),
            args: ["bash".to_owned()].into(),
            last_pid: None,
            streams: Streams::default(),
            captures: Vec::new(),
            collected: Output::default(),
            waiting: Vec::new(),
            last: None,
            text: "".into(),
            number: None,
            piped: None,
            only_waits: false,
            reads: false,
            asleep: false,
            runs: false,
            run_at: (Instant::START, 0),
        }
    }

    /// Whether something must happen before it can go on.
    pub(super) const fn waits(&self) -> bool {
        !self.waiting.is_empty() || self.asleep || self.reads
    }

    /// A shell below this one, which has its variables.
    pub(super) fn child(&self, list: Rc<List>) -> Machine {
        Machine {
            frames: vec![Frame::List(list, 0)],
            status: self.status,
            variables: self.variables.clone(),
            exported: Rc::clone(&self.exported),
            functions: Rc::clone(&self.functions),
            args: Rc::clone(&self.args),
            last_pid: self.last_pid,
            sudoers: self.sudoers,
            ..Machine::new(self.host, self.terminal, self.user)
        }
    }

    /// Undoes what a frame that is dropped stands for.
    pub(super) fn drop_frame(&mut self, frame: Frame) {
        match frame {
            Frame::Streams(streams) => self.streams = streams,
            Frame::Captures(streams) => {
                self.streams = streams;
                self.captures.pop();
            }
            Frame::Leave { variables, user, .. } => {
                self.variables = variables;
                self.user = user;
            }
            Frame::Call { args, locals } => {
                self.args = args;
                for (name, value) in locals.into_iter().rev() {
                    match value {
                        Some(value) => self.variables.set(&name, value),
                        None => self.variables.unset(&name),
                    }
                }
            }
            _ => {}
        }
    }

    /// Drops all that is still to be done.
    pub(in crate::lab) fn forget(&mut self) {
        while let Some(frame) = self.frames.pop() {
            self.drop_frame(frame);
        }
    }

    /// Drops the outermost loop that runs, and all above it.
    pub(in crate::lab) fn leave_loops(&mut self) {
        let is_loop = |frame: &Frame| matches!(frame, Frame::Loop { .. } | Frame::For { .. });
        let Some(first) = self.frames.iter().position(is_loop) else { return };
        while self.frames.len() > first {
            let frame = self.frames.pop();
            frame.into_iter().for_each(|frame| self.drop_frame(frame));
        }
    }
}
