//! A running scenario: the network, the programs, and everything that watches them.

use std::collections::BTreeMap;
use std::io;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tcp_course::{Line, Millis};

use crate::capture::{Capture, Way};
use crate::clock::Clock;
use crate::constants::{self, Ports};
use crate::events::Events;
use crate::host::Host;
use crate::layout::tenths;
use crate::netns::Network;
use crate::packets;
use crate::plan::{Action, Plan, Step};
use crate::programs::Program;
use crate::relay::Relay;
use crate::rows::{self, Seen};
use crate::samples::{self, Taken};
use crate::trace::Trace;
use crate::trouble::Trouble;

/// Milliseconds that a scenario continues after its last step, so that the step's effects are seen.
const AFTERWARDS: f64 = 150.0;

/// Runs a plan, and returns the text of the trace.
pub(crate) fn record(name: &str, plan: &Plan) -> Result<String, Trouble> {
    let stop = watch_signals()?;
    let mut session = Session::begin(plan)?;
    for step in &plan.steps {
        session.wait_until(step.at, &stop)?;
        session.step(step)?;
    }
    session.wait_until((session.clock.now() + AFTERWARDS).max(plan.duration), &stop)?;
    session.end(name, plan)
}

/// A flag that is set by SIGINT, SIGTERM and SIGHUP.
pub(crate) fn watch_signals() -> Result<Arc<AtomicBool>, Trouble> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&stop))
            .map_err(Trouble::system("cannot watch for Ctrl-C"))?;
    }
    Ok(stop)
}

/// Everything that exists while a plan runs. Fields are dropped in order: programs first, the network last.
struct Session {
    programs: Vec<Program>,
    captures: Vec<(Host, Capture)>,
    events: Option<Events>,
    watchers: Watchers,
    taken: Arc<Taken>,
    relay: Option<Relay>,
    network: Network,
    clock: Clock,
    steps: Vec<Line>,
    notes: Vec<String>,
    sysctls: Vec<(Host, Vec<(String, String)>)>,
    ports: RangeInclusive<u16>,
    /// Ports that no other recorder uses while this exists.
    _claimed: Ports,
}

impl Session {
    fn begin(plan: &Plan) -> Result<Self, Trouble> {
        let network = Network::create(plan.delay.is_some())?;
        let mut notes = Vec::new();
        let claimed = Ports::claim()?;
        let ports = constants::set(&network, plan, &claimed, &mut notes)?;
        let sysctls = Host::BOTH.map(|host| (host, constants::listed(network.host(host)))).to_vec();
        let mut captures = Vec::new();
        for host in Host::BOTH {
            captures.push((host, Capture::start(network.host(host))?));
        }
        let events = Events::start();
        if events.is_none() {
            notes.push(
                "no tracefs: states and retransmissions are derived from packets and tables".to_owned(),
            );
            eprintln!("note: times are exact with tracefs: sudo mount -t tracefs nodev /sys/kernel/tracing");
        }
        let relay = match (&network.between, plan.delay) {
            (Some(between), Some(delay)) => Some(Relay::start(between, delay)?),
            _ => None,
        };
        let clock = Clock::start();
        let taken = Arc::new(Taken::default());
        let watchers = Watchers::start(&network, clock, &taken);
        let (programs, steps) = (Vec::new(), Vec::new());
        Ok(Self {
            programs,
            captures,
            events,
            watchers,
            taken,
            relay,
            network,
            clock,
            steps,
            notes,
            sysctls,
            ports,
            _claimed: claimed,
        })
    }

    /// Sleeps until `millis`, unless the recording is interrupted.
    fn wait_until(&self, millis: f64, stop: &AtomicBool) -> Result<(), Trouble> {
        loop {
            if stop.load(Ordering::Relaxed) {
                return Err(Trouble::Interrupted);
            }
            match self.clock.until(millis) {
                Duration::ZERO => return Ok(()),
                rest => thread::sleep(rest.min(Duration::from_millis(100))),
            }
        }
    }

    fn step(&mut self, step: &Step) -> Result<(), Trouble> {
        let at = self.clock.now();
        let t_ms = Millis::try_from(tenths(at)).map_err(|reason| Trouble::Recording(reason.to_owned()))?;
        let line = |word: &str, host: &str| Line {
            t_ms,
            host: Some(host.to_owned()),
            action: word.to_owned(),
            ..Line::default()
        };
        let line = match &step.action {
            Action::Start { host, id, cmd } => {
                let program = Program::start(self.network.host(*host), *host, id, cmd, self.clock)?;
                self.programs.push(program);
                Line { id: Some(id.clone()), cmd: Some(cmd.clone()), ..line("start", host.word()) }
            }
            Action::Type { host, id, text } => {
                self.program(*host, id)?.type_line(text);
                Line { id: Some(id.clone()), text: Some(text.clone()), ..line("type", host.word()) }
            }
            Action::EndOfInput { host, id } => {
                self.program(*host, id)?.end_input();
                let note = Some("end of standard input".to_owned());
                Line { id: Some(id.clone()), note, ..line("ctrl-d", host.word()) }
            }
            Action::Signal { host, id, word } => {
                self.program(*host, id)?.signal(word);
                Line { id: Some(id.clone()), ..line(word, host.word()) }
            }
            Action::Run { host, cmd } => {
                let word = if cmd.starts_with("sysctl ") { "sysctl" } else { "run" };
                let line = Line { cmd: Some(cmd.clone()), ..line(word, host.word()) };
                self.run(at, *host, cmd, line)?
            }
            Action::Drop(rule) => {
                self.relay.iter().for_each(|relay| relay.lose(rule.clone()));
                line(&rule.line, "network")
            }
            Action::Clear => {
                self.relay.iter().for_each(Relay::clear);
                line("clear", "network")
            }
        };
        self.steps.push(line);
        Ok(())
    }

    /// The program that a step refers to: the latest one of that name.
    fn program(&mut self, host: Host, id: &str) -> Result<&mut Program, Trouble> {
        let program = self.programs.iter_mut().rev().find(|program| program.is(host, id));
        program.ok_or_else(|| Trouble::Recording(format!("{id} was not started on the {}", host.word())))
    }

    /// Runs a command, and keeps its output where the traces have it: with its step, or in a list of its own.
    fn run(&self, at: f64, host: Host, cmd: &str, step: Line) -> Result<Line, Trouble> {
        let (taken, namespace) = (&self.taken, self.network.host(host));
        let trouble = || Trouble::system(format!("cannot run {cmd}"));
        if cmd == "netstat -nat" {
            let sample = || {
                taken.sample(at, host, "step");
                Ok(())
            };
            namespace.inside(sample).map_err(trouble())?;
            return Ok(step);
        }
        let ran = namespace.among_names(|| Ok(samples::run(at, host, cmd))).map_err(trouble())?;
        let exit_code = Some(ran.code);
        if cmd.starts_with("iptables") {
            taken.keep_iptables(ran);
            return Ok(Line { exit_code, ..step });
        }
        if cmd.starts_with("sysctl ") && ran.code == 0 {
            return Ok(step);
        }
        Ok(Line { exit_code, stdout: Some(ran.stdout), stderr: Some(ran.stderr), ..step })
    }

    fn end(mut self, name: &str, plan: &Plan) -> Result<String, Trouble> {
        let duration = self.clock.now();
        self.programs.iter_mut().for_each(Program::note_end);
        let mut seen = self.watchers.end()?;
        // Lets packets that are on their way arrive; otherwise they would seem lost.
        thread::sleep(plan.delay.unwrap_or_default());
        let events = self.events.take().map(|events| events.end(&self.clock));
        let mut heard = Vec::new();
        for (host, capture) in self.captures.drain(..) {
            heard.extend(capture.end(host, &self.clock));
        }
        heard.retain(|heard| heard.at <= duration || heard.way == Way::In);
        let lost: Option<Vec<_>> = self.relay.as_mut().map(|relay| {
            let lost = relay.end().into_iter().map(|(at, text)| (self.clock.of_instant(at), text));
            lost.filter(|(at, _)| *at <= duration).collect()
        });
        for program in &mut self.programs {
            program.end();
        }
        let trace = Trace {
            name,
            plan,
            duration,
            sysctls: &self.sysctls,
            notes: &self.notes,
            steps: std::mem::take(&mut self.steps),
            packets: packets::of(heard, plan.delay.unwrap_or_default(), lost.as_deref().unwrap_or_default()),
            events,
            client: seen.remove(&Host::Client).unwrap_or_default(),
            server: seen.remove(&Host::Server).unwrap_or_default(),
            ports: self.ports.clone(),
            iptables: self.taken.iptables(),
            processes: self.programs.iter().map(|program| program.seen(duration)).collect(),
            samples: self.taken.samples(),
            lost,
        };
        Ok(trace.into_text())
    }
}

/// The threads that read tables and take samples, ended when this is dropped.
#[derive(Default)]
struct Watchers {
    over: Arc<AtomicBool>,
    readers: Vec<(Host, JoinHandle<io::Result<Seen>>)>,
    samplers: Vec<JoinHandle<io::Result<()>>>,
}

impl Watchers {
    fn start(network: &Network, clock: Clock, taken: &Arc<Taken>) -> Self {
        let mut watchers = Self::default();
        for host in Host::BOTH {
            let (changed, changes) = mpsc::channel();
            let (path, over) = (network.host(host).path(), Arc::clone(&watchers.over));
            let reader = thread::spawn(move || rows::watch(path, clock, &over, &changed));
            watchers.readers.push((host, reader));
            let (path, over, taken) =
                (network.host(host).path(), Arc::clone(&watchers.over), Arc::clone(taken));
            let sampler = thread::spawn(move || samples::watch(path, host, clock, &taken, &over, &changes));
            watchers.samplers.push(sampler);
        }
        watchers
    }

    /// Ends the threads, and returns what the readers saw.
    fn end(&mut self) -> Result<BTreeMap<Host, Seen>, Trouble> {
        self.over.store(true, Ordering::Relaxed);
        let mut seen = BTreeMap::new();
        for (host, reader) in self.readers.drain(..) {
            let read = reader.join().unwrap_or_else(|_| Err(io::Error::other("the reader panicked")));
            seen.insert(host, read.map_err(Trouble::system("cannot read /proc/net/tcp"))?);
        }
        for sampler in self.samplers.drain(..) {
            let sampled = sampler.join().unwrap_or_else(|_| Err(io::Error::other("the sampler panicked")));
            sampled.map_err(Trouble::system("cannot take samples"))?;
        }
        Ok(seen)
    }
}

impl Drop for Watchers {
    fn drop(&mut self) {
        // After an error, the first error is reported and not this one.
        let _ = self.end();
    }
}
