//! The order in which things run: first the world's next event or the next program timer, then every process that was
//! woken.

use super::pipe::Pipe;
use super::{Exit, Lab, Process, Running, Signal, Userland};
use crate::output::Output;
use crate::program::{Begin, Begun, Event, FIRST_PID, Life, ProcessIo, Program, Sys};
use crate::terminal::{PrintedKind, Stream, TerminalId, Written};
use crate::user::User;
use std::collections::VecDeque;
use tcp_core::Instant;
use tcp_core::net::{Command, HostId, ProcessId};

/// Maximum rounds of wakes within one moment. The world wakes nobody without an event, so a few are enough; the bound
/// makes a mistake visible instead of endless.
const ROUNDS: u32 = 10_000;

/// Exit code of a program that SIGPIPE ends.
const BROKEN_PIPE: i32 = 141;

impl Lab {
    /// When the next event is due, in the network or at a program's timer.
    pub fn next_event(&self) -> Option<Instant> {
        if self.exhausted().is_some() {
            return None;
        }
        let timer = self.next_timer().map(|(at, _)| at.max(self.now()));
        [self.world.next_event(), timer].into_iter().flatten().min()
    }

    /// Runs the next event and lets the programs react to it. Returns false if there is no event.
    pub fn step(&mut self) -> bool {
        self.user.work += 200 + 40 * self.user.running.len() as u64;
        if self.exhausted().is_some() {
            return false;
        }
        match (self.world.next_event(), self.next_timer()) {
            (None, None) => return false,
            // At the same moment the network comes first.
            (Some(event), Some((timer, process))) if timer < event => self.expire(timer, process),
            (None, Some((timer, process))) => self.expire(timer, process),
            (Some(_), _) => {
                self.world.step();
            }
        }
        self.settle();
        true
    }

    /// Runs everything up to and including `to`, and sets the clock to `to`.
    pub fn advance_to(&mut self, to: Instant) {
        while self.next_event().is_some_and(|at| at <= to) && self.step() {}
        if self.exhausted().is_none() {
            self.world.advance_to(to.max(self.now()));
        }
    }

    fn next_timer(&self) -> Option<(Instant, ProcessId)> {
        let timer = |running: &Running| {
            let at = running.io.timer.filter(|_| !running.stopped)?;
            Some((at, running.process))
        };
        self.user.running.iter().filter_map(timer).min()
    }

    /// When a netcat gives up a `connect()` that it waits for (`-w`; ncat always does). Nothing else bounds that wait by
    /// a timer of its own.
    pub fn stops_connecting(&self, process: ProcessId) -> Option<Instant> {
        let running = self.user.running.get(self.user.place(process)?)?;
        let netcat = matches!(running.program, Program::Nc(_) | Program::Traditional(_) | Program::Ncat(_));
        running.io.timer.filter(|_| netcat && !running.stopped)
    }

    fn expire(&mut self, at: Instant, process: ProcessId) {
        self.world.advance_to(at.max(self.now()));
        if let Some(running) = self.user.running_mut(process) {
            running.io.timer = None;
        }
        self.notify(process, Event::Timer);
    }

    /// Delivers wakes until none is left, and shows captures what has passed.
    pub(super) fn settle(&mut self) {
        for _ in 0..ROUNDS {
            let wakes = self.world.take_wakes();
            if wakes.is_empty() && !self.show_captures() {
                return;
            }
            for wake in wakes {
                self.notify(wake.owner, Event::Wake(wake.socket, wake.notice));
            }
        }
        debug_assert!(false, "wakes without end");
    }

    /// Lets the captures look at what has passed. Returns whether one has ended, and its terminal may have gone on.
    fn show_captures(&mut self) -> bool {
        if self.exhausted().is_some() {
            return false;
        }
        let log = self.world.log();
        let behind = |running: &&Running| !running.stopped && running.program.is_behind(log);
        let captures: Vec<ProcessId> =
            self.user.running.iter().filter(behind).map(|running| running.process).collect();
        for capture in &captures {
            self.notify(*capture, Event::Traffic);
        }
        captures.iter().any(|capture| !self.user.is_running(*capture))
    }

    /// Notifies a process of an event, unless it has ended.
    pub(super) fn notify(&mut self, process: ProcessId, event: Event) {
        if self.exhausted().is_some() {
            return;
        }
        self.user.work += 100;
        let octets = if let Event::Line(line) = &event { line.len() as u64 + 64 } else { 0 };
        if let Some(running) = self.user.running_mut(process) {
            running.inbox.push_back(event);
            self.user.written += octets;
            self.drain_inbox(process);
        }
    }

    /// Starts a program by the function that begins it, with its name and its arguments, and returns the id of its
    /// process, which may have ended already. `cmd` is the line that is shown.
    pub(super) fn launch(
        &mut self,
        host: HostId,
        terminal: Option<TerminalId>,
        user: User,
        cmd: &str,
        program: (Begin, &str, &[String]),
    ) -> ProcessId {
        self.launch_into(host, terminal, user, cmd, program, None).0
    }

    /// The same, with filters behind it. Returns these again if it has ended already; they have what it wrote.
    pub(super) fn launch_into(
        &mut self,
        host: HostId,
        terminal: Option<TerminalId>,
        user: User,
        cmd: &str,
        (begin, name, args): (Begin, &str, &[String]),
        mut pipe: Option<Pipe>,
    ) -> (ProcessId, Option<Pipe>) {
        let id = self.register(host, cmd, terminal, user);
        let mut io = ProcessIo { piped: pipe.is_some(), ..ProcessIo::default() };
        let mut written = Vec::new();
        let (world, files, names) = (&mut self.world, &mut self.user.files, self.user.names);
        let (io_of, written_by) = (&mut io, &mut written);
        let mut sys = Sys { world, host, process: id, user, names, files, io: io_of, written: written_by };
        let begun = begin(name, args, &mut sys).unwrap_or_else(|refusal| {
            let Output { stdout, stderr, exit_code } = refusal.into();
            sys.stdout(&stdout);
            sys.stderr(&stderr);
            Begun::Ended(exit_code)
        });
        if let Some(pipe) = &mut pipe {
            pipe.take(&written);
        }
        self.publish(id, terminal, written, pipe.is_some());
        match begun {
            Begun::Runs(program) => {
                let inbox = VecDeque::new();
                let (program, process) = (*program, id);
                let running =
                    Running { process, program, io, inbox, stopped: false, pending: None, terminal, pipe };
                self.user.running.push(running);
                (id, None)
            }
            Begun::Ended(code) => {
                self.close_all(&io);
                self.note_exit(id, code, None);
                (id, pipe)
            }
        }
    }

    /// Adds an entry to the list of processes.
    pub(super) fn register(
        &mut self,
        host: HostId,
        cmd: &str,
        terminal: Option<TerminalId>,
        user: User,
    ) -> ProcessId {
        let id = ProcessId(u32::try_from(self.user.processes.len()).unwrap_or(u32::MAX));
        let last = self.user.processes.iter().rfind(|process| process.host == host);
        let pid = last.map_or(FIRST_PID, |process| process.pid.wrapping_add(1));
        let start = self.world.now();
        let cmd = cmd.to_owned();
        self.user.written += cmd.len() as u64 + 1024;
        self.user.work += 1000;
        self.user.processes.push(Process {
            id,
            pid,
            host,
            terminal,
            user,
            cmd,
            start,
            output: Vec::new(),
            exit: None,
        });
        id
    }

    fn drain_inbox(&mut self, id: ProcessId) {
        let Some(process) = self.user.processes.get(id.0 as usize) else {
            return;
        };
        let (host, user) = (process.host, process.user);
        let names = self.user.names;
        while let Some(place) = self.user.place(id) {
            let Userland { running, files, .. } = &mut self.user;
            let Some(running) = running.get_mut(place).filter(|running| !running.stopped) else {
                return;
            };
            let Some(event) = running.inbox.pop_front() else {
                return;
            };
            let mut written = Vec::new();
            let Running { program, io, terminal, .. } = running;
            let terminal = *terminal;
            let world = &mut self.world;
            let mut sys = Sys { world, host, process: id, user, names, files, io, written: &mut written };
            let life = program.handle(event, &mut sys);
            self.publish_from(id, terminal, written);
            if let Life::Exit(code) = life {
                self.end(id, code, None);
            }
        }
    }

    /// Records what a tool printed, as the output of a process that has ended.
    pub(super) fn publish_output(&mut self, id: ProcessId, output: &Output) {
        let at = self.world.now();
        let pieces = [(Stream::Stdout, &output.stdout), (Stream::Stderr, &output.stderr)];
        let written = pieces.into_iter().filter(|(_, text)| !text.is_empty());
        let written =
            written.map(|(stream, text)| Written { at, stream, text: text.as_str().into() }).collect();
        self.publish(id, None, written, false);
        self.note_exit(id, output.exit_code, None);
    }

    /// Records what a running process wrote, and shows it, or lets the filters behind it have it.
    fn publish_from(&mut self, id: ProcessId, terminal: Option<TerminalId>, written: Vec<Written>) {
        let pipe = self.user.running_mut(id).and_then(|running| running.pipe.as_mut());
        let (piped, pours) = (pipe.is_some(), pipe.is_some_and(|pipe| pipe.take(&written)));
        self.publish(id, terminal, written, piped);
        if pours {
            self.pour(id);
        }
    }

    /// Ends a process that has written where nobody reads.
    pub(super) fn end_by_pipe(&mut self, id: ProcessId) {
        match self.user.running_mut(id).map(|running| running.program.handles_signals()) {
            Some(true) => self.notify(id, Event::Signal { typed: false }),
            _ => self.end(id, BROKEN_PIPE, None),
        }
    }

    /// Records what a process wrote, and shows it in its terminal, unless its standard output is `piped`.
    fn publish(&mut self, id: ProcessId, terminal: Option<TerminalId>, written: Vec<Written>, piped: bool) {
        self.user.written += written.iter().map(|piece| piece.text.len() as u64 + 128).sum::<u64>();
        if let Some(terminal) = terminal {
            for piece in written.iter().filter(|piece| !(piped && piece.stream == Stream::Stdout)) {
                let kind = match piece.stream {
                    Stream::Stdout => PrintedKind::Stdout,
                    Stream::Stderr => PrintedKind::Stderr,
                };
                self.user.terminals[terminal.index()].print(piece.at, kind, piece.text.clone());
            }
        }
        if let Some(process) = self.user.processes.get_mut(id.0 as usize) {
            process.output.extend(written);
        }
    }

    /// Carries out the effect of a signal.
    pub(super) fn take_signal(&mut self, id: ProcessId, signal: Signal) {
        let Some(running) = self.user.running_mut(id) else {
            return;
        };
        match signal {
            Signal::Stop => running.stopped = true,
            Signal::Cont => {
                running.stopped = false;
                running.join_lines();
                let pending = running.pending.take();
                self.drain_inbox(id);
                if let Some(pending) = pending {
                    self.take_signal(id, pending);
                }
            }
            Signal::Int | Signal::Term if running.stopped => running.pending = Some(signal),
            Signal::Int | Signal::Term if running.program.handles_signals() => {
                let terminal = running.terminal;
                let foreground = terminal.and_then(|at| self.user.terminals[at.index()].foreground);
                let typed = signal == Signal::Int && foreground == Some(id);
                if typed && let Some(running) = self.user.running_mut(id) {
                    // Ctrl-C is for all of a pipe.
                    running.pipe.iter_mut().for_each(Pipe::interrupt);
                }
                self.notify(id, Event::Signal { typed });
            }
            Signal::Int | Signal::Term if running.program.catches_signals().is_some() => self.end_caught(id),
            Signal::Int | Signal::Term | Signal::Kill => self.end(id, 128 + signal.number(), Some(signal)),
        }
    }

    /// Ends a program that catches the signal: it writes its last words and exits by itself.
    fn end_caught(&mut self, id: ProcessId) {
        let Some(running) = self.user.running_mut(id) else {
            return;
        };
        let terminal = running.terminal;
        let Some((words, code)) = running.program.catches_signals() else {
            return;
        };
        let piece = Written { at: self.world.now(), stream: Stream::Stderr, text: words.as_str().into() };
        self.publish(id, terminal, vec![piece], false);
        self.end(id, code, None);
    }

    /// Ends a process: the kernel closes its sockets, and its terminal is free again.
    fn end(&mut self, id: ProcessId, code: i32, signal: Option<Signal>) {
        let Some(place) = self.user.place(id) else {
            return;
        };
        let running = self.user.running.remove(place);
        self.close_all(&running.io);
        self.note_exit(id, code, signal.map(Signal::name));
        let code = match running.pipe {
            Some(pipe) if signal != Some(Signal::Int) => self.close_pipe(pipe),
            _ => code,
        };
        if let Some(terminal) = running.terminal {
            self.give_back(terminal, id, code, signal);
        }
    }

    /// Closes what a process left open, in the order of its descriptors.
    fn close_all(&mut self, io: &ProcessIo) {
        for socket in io.sockets.iter().flatten() {
            // A socket that is gone already has nothing left to close.
            let _ = self.world.apply(Command::Close { socket: *socket });
        }
    }

    pub(super) fn note_exit(&mut self, id: ProcessId, code: i32, signal: Option<&'static str>) {
        let at = self.world.now();
        if let Some(process) = self.user.processes.get_mut(id.0 as usize) {
            process.exit = Some(Exit { at, code, signal });
        }
    }
}

impl Running {
    /// Makes one line of those that were typed while the process was stopped, where the first is: a netcat reads all that
    /// is there at once (variation v318). A program that reads lines has them one by one.
    fn join_lines(&mut self) {
        if self.program.reads_by_lines() {
            return;
        }
        let Some(first) = self.inbox.iter().position(|event| matches!(event, Event::Line(_))) else { return };
        let mut all = String::new();
        self.inbox.retain(|event| match event {
            Event::Line(line) => {
                all.push_str(line);
                false
            }
            _ => true,
        });
        self.inbox.insert(first, Event::Line(all));
    }
}
