//! What was typed, when, as lines of the script: the session is played once more, input by input.

use super::line::{Job, Typist, jobs};
use super::losses::Losses;
use super::quote::quote;
use super::tools::{self, Kind};
use std::cmp::Reverse;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Device, FactId, Happened, HostId, Netem, NetworkChange, ProcessId};
use tcp_course::{Action, Session};
use tcp_shell::{Lab, TerminalId, User, plain};

/// A delay that the hosts have without anyone asking for it, and that shows in no state.
const UNSEEN: Duration = Duration::from_millis(5);

/// The script's lines so far, and what they know of the programs that they start.
#[derive(Default)]
pub(super) struct Timeline {
    pub(super) text: String,
    /// What is left out: when, what, and why.
    pub(super) left_out: Vec<String>,
    /// The tools that it needs.
    pub(super) needs: Vec<String>,
    /// Whether it delays what the hosts send.
    pub(super) delays: bool,
    at: Option<Instant>,
    user: User,
    jobs: usize,
    lines: usize,
    /// The jobs that have begun, with those of their commands of which no process was seen yet.
    begun: Vec<Begun>,
    /// The jobs of the lab's processes, in their order, and how many processes were looked at.
    of: Vec<(ProcessId, usize)>,
    processes: usize,
    losses: Losses,
    facts: usize,
    /// Whether the input has set a host's netem.
    sets_queue: bool,
}

/// A job that goes on.
struct Begun {
    line: usize,
    host: HostId,
    terminal: Option<TerminalId>,
    job: usize,
    commands: Vec<String>,
}

/// What the lab was before an input.
struct Before {
    foreground: Option<ProcessId>,
    continues: bool,
    chains: Vec<String>,
    /// Programs that run, and whether they are suspended.
    running: Vec<(ProcessId, bool)>,
}

impl Timeline {
    /// Plays a session, in which nothing has been done yet, until then.
    pub(super) fn of(session: &mut Session, until: Instant) -> Timeline {
        let mut timeline = Timeline { user: session.recording().user, ..Timeline::default() };
        let mut done = 0;
        timeline.follow_network(session.lab());
        while session.next_event().is_some_and(|at| at <= until) {
            let input = session.inputs().get(done).cloned();
            let event = session.lab().next_event();
            match input.filter(|input| event.is_none_or(|event| input.at < event)) {
                Some(input) => {
                    done += 1;
                    let before = Before::of(session.lab(), &input.action);
                    session.deed();
                    timeline.input(session, input.at, &input.action, &before);
                }
                None => _ = session.deed(),
            }
            timeline.follow_processes(session.lab());
            timeline.follow_network(session.lab());
        }
        timeline
    }

    fn input(&mut self, session: &Session, at: Instant, action: &Action, before: &Before) {
        let lab = session.lab();
        self.begin(at);
        let mut new = lab.world().log().since(self.next_fact());
        self.sets_queue = new.any(|fact| matches!(fact.what, Happened::QdiscSet { .. }));
        let named =
            |id: &str| session.named_processes().iter().find(|(name, _)| name == id).map(|(_, it)| *it);
        match action {
            Action::Enter { terminal, line } | Action::Input { terminal, line } => {
                self.typed(&name_of(*terminal), line);
                match (terminal.host(), before.foreground) {
                    (None, _) => {}
                    (Some(_), Some(process)) => self.enter(process, line),
                    (Some(host), None) => self.commands(Some(*terminal), host, line, before),
                }
            }
            Action::Interrupt { terminal } => {
                self.typed(&name_of(*terminal), "^C");
                self.send("INT", before.foreground);
            }
            Action::Suspend { terminal } => self.typed(&name_of(*terminal), "^Z"),
            Action::EndOfInput { terminal } => {
                self.typed(&name_of(*terminal), "^D");
                self.end_input(before.foreground);
            }
            Action::Start { host, cmd, .. } | Action::Run { host, cmd } => {
                self.typed(host.name(), cmd);
                self.commands(None, *host, cmd, before);
            }
            Action::Type { id, text, host } => {
                self.typed(host.name(), text);
                named(id).into_iter().for_each(|process| self.enter(process, text));
            }
            Action::CtrlD { id, .. } => self.end_input(named(id)),
            Action::Signal { id, signal, .. } => self.send(short(signal.name()), named(id)),
            Action::Network { line } => self.typed("network", line),
        }
        if matches!(action, Action::Enter { .. } | Action::Input { .. } | Action::Suspend { .. }) {
            self.signals(lab, action, before);
        }
    }

    /// Waits until then, if anything comes before.
    pub(super) fn begin(&mut self, at: Instant) {
        if self.at != Some(at) {
            self.at = Some(at);
            self.push("");
            self.push(&format!("at {}", seconds(at)));
        }
    }

    pub(super) fn push(&mut self, line: &str) {
        self.text += line;
        self.text.push('\n');
    }

    fn typed(&mut self, terminal: &str, text: &str) {
        self.push(&format!("typed {} {}", quote(terminal), quote(text)));
    }

    fn leave_out(&mut self, text: &str, why: &str) {
        let line = format!("{}: {}", quote(text), why);
        self.push(&format!("# left out: {line}"));
        let at = self.at.unwrap_or(Instant::START);
        self.left_out.push(format!("{} s: {line}", seconds(at)));
    }

    /// Lines at a prompt, or without a terminal.
    fn commands(&mut self, terminal: Option<TerminalId>, host: HostId, text: &str, before: &Before) {
        if before.continues {
            return self.leave_out(text, "it belongs to the line before");
        }
        let lines = if terminal.is_some() { plain::typed(text) } else { vec![text.to_owned()] };
        let mut stays = None;
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            if let Some(job) = stays {
                self.push(&format!("enter job{job} {}", quote(line)));
                continue;
            }
            let by = Typist { host, user: self.user, chains: &before.chains };
            match jobs(line, &by) {
                Ok(jobs) => {
                    self.lines += 1;
                    for job in jobs {
                        let number = self.job(host, &job);
                        let keeps = job.kind == Some(Kind::Stays);
                        if keeps {
                            let line = self.lines;
                            self.begun.push(Begun { line, host, terminal, job: number, commands: job.shown });
                        }
                        stays = (keeps && !job.background).then_some(number);
                    }
                }
                Err(_) if ends_others(line).1 || self.sets_queue && is_tc(line) => {}
                Err(why) => self.leave_out(line, &why),
            }
        }
    }

    /// Writes a job, and returns its number.
    fn job(&mut self, host: HostId, job: &Job) -> usize {
        self.jobs += 1;
        let (number, name) = (self.jobs, host.name());
        self.needs.extend_from_slice(&job.needs);
        self.push(&format!("job{number}() {{ {}; }}", job.text));
        match job.kind {
            Some(Kind::Stays) => self.push(&format!("begin job{number} {name}")),
            _ => self.push(&format!("run job{number} {name}")),
        }
        if job.kind == Some(Kind::Lists) {
            self.push(&format!("list {name}"));
        }
        number
    }

    /// The job to which a process of the lab belongs.
    fn job_of(&self, process: ProcessId) -> Option<usize> {
        let at = self.of.binary_search_by_key(&process, |(known, _)| *known).ok()?;
        self.of.get(at).map(|(_, job)| *job)
    }

    fn enter(&mut self, process: ProcessId, text: &str) {
        match self.job_of(process) {
            Some(job) => text.lines().for_each(|line| self.push(&format!("enter job{job} {}", quote(line)))),
            None => self.leave_out(text, "its program is left out"),
        }
    }

    fn end_input(&mut self, process: Option<ProcessId>) {
        if let Some(job) = process.and_then(|process| self.job_of(process)) {
            self.push(&format!("end_input job{job}"));
        }
    }

    fn send(&mut self, signal: &str, process: Option<ProcessId>) {
        if let Some(job) = process.and_then(|process| self.job_of(process)) {
            self.push(&format!("send {signal} job{job}"));
        }
    }

    /// The signals that an input has sent, such as `killall`: only to programs that the script has started.
    fn signals(&mut self, lab: &Lab, action: &Action, before: &Before) {
        let ends =
            matches!(action, Action::Enter { line, .. } | Action::Input { line, .. } if ends_others(line).0);
        let mut sent: Vec<usize> = Vec::new();
        for (process, suspended) in &before.running {
            let exit = lab.process(*process).and_then(|process| process.exit.as_ref());
            let signal = match (exit, lab.is_suspended(*process)) {
                (Some(exit), _) if ends => Some(exit.signal.map_or("TERM", short)),
                (None, now) if now != *suspended => Some(if now { "STOP" } else { "CONT" }),
                _ => None,
            };
            let Some((signal, job)) = signal.and_then(|signal| Some((signal, self.job_of(*process)?))) else {
                continue;
            };
            if !sent.contains(&job) {
                sent.push(job);
                self.push(&format!("send {signal} job{job}"));
            }
        }
    }

    /// A host's netem: what it delays. What it lost is among the losses.
    fn queue(&mut self, host: HostId, netem: Option<&Netem>) {
        let (delay, limit) = netem.map_or((0, 1000), |netem| (netem.delay, netem.limit));
        self.delays |= delay > 0;
        if self.delays {
            self.push(&format!("queue {} {}.{:03} {limit}", host.name(), delay / 1000, delay % 1000));
        }
    }

    /// Finds the jobs to which new processes of the lab belong: those of the latest line with such a command.
    fn follow_processes(&mut self, lab: &Lab) {
        for process in lab.processes().iter().skip(self.processes) {
            let at = |begun: &Begun| begun.commands.iter().position(|command| *command == process.cmd);
            let own = |begun: &&mut Begun| {
                (begun.host, begun.terminal) == (process.host, process.terminal) && at(begun).is_some()
            };
            if let Some(begun) = self.begun.iter_mut().filter(own).min_by_key(|begun| Reverse(begun.line)) {
                at(begun).map(|at| begun.commands.remove(at));
                self.of.push((process.id, begun.job));
            }
        }
        self.processes = lab.processes().len();
    }

    /// The first fact that was not looked at.
    fn next_fact(&self) -> FactId {
        FactId(u32::try_from(self.facts).unwrap_or(u32::MAX))
    }

    /// What the network does from now on.
    fn follow_network(&mut self, lab: &Lab) {
        let log = lab.world().log();
        let first = self.next_fact();
        self.facts = log.len();
        for fact in log.since(first) {
            if let (Happened::QdiscSet { device: Device::Link, netem }, Some(host)) = (fact.what, fact.host) {
                self.queue(host, netem.as_ref());
            }
            let Happened::NetworkChanged { change } = fact.what else { continue };
            self.begin(fact.at);
            if let NetworkChange::Delay { from: from @ (HostId::Client | HostId::Server), delay } = change {
                let micros = tcp_core::micros(delay);
                // What a cable takes anyway makes no difference.
                self.delays |= delay > UNSEEN;
                if self.delays {
                    self.push(&format!("delay {} {}.{:03}", from.name(), micros / 1000, micros % 1000));
                }
            }
            for line in self.losses.change(log, change) {
                self.push(&line);
            }
        }
    }
}

impl Before {
    fn of(lab: &Lab, action: &Action) -> Before {
        let (terminal, host) = match action {
            Action::Enter { terminal, .. }
            | Action::Input { terminal, .. }
            | Action::Interrupt { terminal }
            | Action::Suspend { terminal }
            | Action::EndOfInput { terminal } => (Some(*terminal), terminal.host()),
            Action::Start { host, .. } | Action::Run { host, .. } => (None, Some(*host)),
            _ => (None, None),
        };
        let chains = host.map_or(&[][..], |host| lab.world().firewall(host).own_chains());
        let running = lab.processes().iter().filter(|process| process.exit.is_none());
        Before {
            foreground: terminal.and_then(|terminal| lab.terminal(terminal).foreground),
            continues: terminal.is_some_and(|terminal| lab.terminal(terminal).continues),
            chains: chains.iter().map(|own| own.name.to_string()).collect(),
            running: running.map(|process| (process.id, lab.is_suspended(process.id))).collect(),
        }
    }
}

/// Whether a line ends, stops or continues programs: somewhere in it, and nothing but that.
fn ends_others(line: &str) -> (bool, bool) {
    let ends = |words: &[&str]| {
        let first = words.iter().find(|word| **word != "sudo").map_or("", |word| tools::name(word));
        matches!(first, "kill" | "killall" | "pkill" | "fuser" | "fg" | "bg")
    };
    let Ok(items) = plain::read(line) else {
        // Such as `kill $!`.
        let begins = ends(&line.split_whitespace().collect::<Vec<_>>());
        return (begins, begins && !line.contains([';', '|', '&']));
    };
    let pipelines = items.iter().flat_map(|item| &item.pipelines);
    let commands = pipelines.flat_map(|(_, pipeline)| &pipeline.commands);
    let words = commands.map(|command| command.words.iter().map(String::as_str).collect::<Vec<_>>());
    let all: Vec<bool> = words.map(|words| ends(&words)).collect();
    (all.contains(&true), all.iter().all(|ends| *ends))
}

/// Whether a line is nothing but `tc`. What it set is written, and never the line.
fn is_tc(line: &str) -> bool {
    let first = line.split_whitespace().find(|word| *word != "sudo");
    first.is_some_and(|word| tools::name(word) == "tc") && !line.contains([';', '|', '&'])
}

/// A signal's name without its first letters.
fn short(signal: &str) -> &str {
    signal.trim_start_matches("SIG")
}

fn name_of(terminal: TerminalId) -> String {
    match (terminal.host(), terminal.name().split_once('-')) {
        (Some(host), Some((_, place))) => format!("{host} {place}"),
        _ => "network".to_owned(),
    }
}

/// Seconds with three digits after the point.
pub(super) fn seconds(at: Instant) -> String {
    let millis = at.as_micros().div_ceil(1000);
    format!("{}.{:03}", millis / 1000, millis % 1000)
}
