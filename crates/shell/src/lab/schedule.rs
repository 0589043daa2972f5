//! The order in which things run: first the world's next event or the next program timer, then every process that was
//! woken.

use super::shell::{ShellId, Sink};
use super::{Exit, Lab, Running, Signal};
use crate::program::{Event, Life, ProcessIo, Program, Sys};
use crate::terminal::{Stream, Written};
use tcp_core::Instant;
use tcp_core::net::{Command, ProcessId};

/// Maximum rounds of wakes within one moment. The world wakes nobody without an event, so a few are enough; the bound
/// makes a mistake visible instead of endless.
const ROUNDS: u32 = 10_000;

/// How many processes may react inside one another.
const DEEPEST: u32 = 40;

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
            let timer = running.io.timer.filter(|_| !running.stopped);
            let deadline = running.deadline.map(|(at, _)| at);
            let at = timer.into_iter().chain(deadline).min()?;
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
        let Some(running) = self.user.running_mut(process) else { return };
        if let Some((_, signal)) = running.deadline.filter(|(due, _)| *due <= at) {
            running.deadline = None;
            running.timed_out = true;
            self.time_out(process, signal);
            return;
        }
        running.io.timer = None;
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
            self.user.to_drain.push_back(process);
        }
        // What one writes into a pipe another reads at once: in a pipe of many, not one inside the other without end.
        while self.user.notified < DEEPEST
            && let Some(next) = self.user.to_drain.pop_back()
        {
            self.user.notified += 1;
            self.drain_inbox(next);
            self.user.notified -= 1;
        }
    }

    pub(super) fn drain_inbox(&mut self, id: ProcessId) {
        let Some(process) = self.user.processes.get(id.0 as usize) else {
            return;
        };
        let (host, user) = (process.host, process.user);
        let names = self.user.names;
        while let Some(place) = self.user.place(id) {
            let Some(running) = self.user.running.get_mut(place).filter(|running| !running.stopped) else {
                return;
            };
            if matches!(running.program, Program::Waits) {
                return;
            }
            let Some(event) = running.inbox.pop_front() else {
                return;
            };
            let of_the_lab = match running.program {
                Program::Shell => {
                    self.tell_shell(id, event);
                    continue;
                }
                Program::Piped(_) => {
                    self.tell_filter(id, &event);
                    continue;
                }
                Program::Endless(_) => event == Event::Timer,
                _ => false,
            };
            if of_the_lab && self.pour(id) {
                continue;
            }
            let Some(running) = self.user.running.get_mut(place) else { return };
            let files = &mut self.user.files;
            let mut written = Vec::new();
            let Running { program, io, outlet, .. } = running;
            let outlet = outlet.clone();
            let world = &mut self.world;
            let mut sys = Sys { world, host, process: id, user, names, files, io, written: &mut written };
            let life = program.handle(event, &mut sys);
            let taken = self.publish(id, &outlet, written);
            match life {
                Life::Exit(code) => self.end(id, code, None),
                Life::On if !taken => self.end_by_pipe(id),
                Life::On => {}
            }
        }
    }

    /// Ends a process that has written where nobody reads.
    fn end_by_pipe(&mut self, id: ProcessId) {
        match self.user.running_mut(id).map(|running| running.program.handles_signals()) {
            Some(true) => self.notify(id, Event::Signal { typed: false }),
            _ => self.end(id, BROKEN_PIPE, None),
        }
    }

    /// Ends a command whose time is over, with the commands that it began.
    fn time_out(&mut self, id: ProcessId, signal: Signal) {
        for process in self.with_children(&[id]) {
            self.take_signal(process, signal);
            self.take_signal(process, Signal::Cont);
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
                let parent = running.parent.and_then(|parent| self.user.shells.get(&parent));
                let foreground = parent.is_some_and(|shell| shell.waiting.contains(&id));
                let typed = signal == Signal::Int && foreground;
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
        let outlet = running.outlet.clone();
        let Some((words, code)) = running.program.catches_signals() else {
            return;
        };
        let piece = Written { at: self.world.now(), stream: Stream::Stderr, text: words.as_str().into() };
        self.publish(id, &outlet, vec![piece]);
        self.end(id, code, None);
    }

    /// Ends a process: the kernel closes its sockets, and its terminal is free again.
    pub(super) fn end(&mut self, id: ProcessId, code: i32, signal: Option<Signal>) {
        let Some(place) = self.user.place(id) else {
            return;
        };
        let running = self.user.running.remove(place);
        let (code, signal) = match signal {
            _ if !running.timed_out => (code, signal),
            Some(Signal::Kill) => (code, signal),
            _ => (124, None),
        };
        self.close_all(&running.io);
        self.note_exit(id, code, signal.map(Signal::name));
        if matches!(running.program, Program::Shell) {
            self.user.shells.remove(&ShellId::Process(id));
            self.clear_frame(id);
        }
        for sink in [&running.outlet.out, &running.outlet.errors] {
            // A pipe ends when the last that writes to it has ended.
            let writes = |other: &Running| other.outlet.out == *sink || other.outlet.errors == *sink;
            if let Sink::Process(reader) = sink
                && !self.user.running.iter().any(writes)
            {
                self.notify(*reader, Event::EndOfInput);
            }
        }
        let endless = |other: &&Running| {
            matches!(other.program, Program::Endless(_)) && other.outlet.out == Sink::Process(id)
        };
        // What writes without end finds out at once that nobody reads.
        if let Some(writer) = self.user.running.iter().find(endless).map(|writer| writer.process) {
            self.end(writer, BROKEN_PIPE, None);
        }
        if let Some(parent) = running.parent {
            self.child_ended(parent, id, code, signal);
        }
    }

    /// Takes away what `watch` shows.
    pub(super) fn clear_frame(&mut self, process: ProcessId) {
        for terminal in &mut self.user.terminals {
            if terminal.frame.as_ref().is_some_and(|(of, _)| *of == process) {
                terminal.frame = None;
            }
        }
    }

    /// Closes what a process left open, in the order of its descriptors.
    pub(super) fn close_all(&mut self, io: &ProcessIo) {
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
