//! The playhead: a lab after a number of deeds, and how the next deed is done.

use super::Circumstances;
use crate::recording::{Action, Recording, Step, Sysctl};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Circumstance, Command, HostId, ProcessId};
use tcp_core::tcp::ProfileName;
use tcp_shell::tools::Output;
use tcp_shell::{Feed, Key, Lab, User};

/// Exit code of a shell for a command that does not exist.
const NOT_FOUND: i32 = 127;

/// What one step of a session did.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// An event of the lab.
    Event,
    /// An input was done.
    Input {
        /// Its number among [`Session::inputs`](super::Session::inputs).
        number: usize,
        /// Its output, if it was a command without a terminal.
        output: Option<Output>,
    },
}

/// What does not exist here, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A step was refused.
    #[error("steps[{number}].{field}: {reason}")]
    Step {
        /// Its number among [`Session::inputs`](super::Session::inputs).
        number: usize,
        /// The field at fault.
        field: &'static str,
        /// Why it was refused.
        reason: String,
    },
    /// A constant was refused.
    #[error("sysctls.{}.{name}: {reason}", host.word())]
    Sysctl {
        /// Host of the constant.
        host: HostId,
        /// Name of the constant.
        name: String,
        /// Why it was refused.
        reason: String,
    },
}

/// The setup before anything is done.
#[derive(Clone, Debug)]
pub(super) struct Preparation {
    pub(super) profile: ProfileName,
    seed: u64,
    user: User,
    delays: Vec<(HostId, Duration)>,
    sysctls: Vec<Sysctl>,
    pub(super) circumstances: Circumstances,
}

impl Preparation {
    pub(super) fn of(recording: &Recording, circumstances: Circumstances) -> Preparation {
        let Recording { profile, seed, user, delays, sysctls, .. } = recording;
        Preparation {
            profile: *profile,
            seed: *seed,
            user: *user,
            delays: delays.clone(),
            sysctls: sysctls.clone(),
            circumstances,
        }
    }

    pub(super) fn recording(&self, steps: Vec<Step>) -> Recording {
        Recording {
            profile: self.profile,
            seed: self.seed,
            user: self.user,
            delays: self.delays.clone(),
            sysctls: self.sysctls.clone(),
            steps,
        }
    }

    /// The beginning, with the inputs in `before` done.
    pub(super) fn beginning(&self, before: &[Step]) -> Playhead {
        let mut lab = Lab::new(self.profile, self.seed);
        for (from, delay) in &self.delays {
            // In microseconds, the precision of a recording.
            let micros = tcp_core::micros(*delay);
            let (millis, rest) = (micros / 1000, micros % 1000);
            lab.run(None, &format!("delay {} {millis}.{rest:03}", from.word()));
        }
        let mut refused = None;
        for Sysctl { host, name, value } in &self.sysctls {
            let setting = tcp_shell::quote(&format!("{name}={value}"));
            let output = lab.run(Some(*host), &format!("sysctl -w {setting}"));
            if output.exit_code != 0 && refused.is_none() {
                let reason = output.stderr.trim_end().to_owned();
                refused = Some(Refused::Sysctl { host: *host, name: name.clone(), reason });
            }
        }
        // What precedes the first step needed no permission.
        lab.log_in(self.user);
        let Circumstances {
            timer_phase,
            cookie_clock,
            time_to_notice,
            listener_secret,
            fixed_neighbours,
            names,
            sudoers,
        } = self.circumstances;
        lab.set_names(names);
        lab.set_sudoers(sudoers);
        lab.set_circumstances(|world| {
            let known = [
                timer_phase.map(Circumstance::TimerPhase),
                cookie_clock.map(Circumstance::CookieClock),
                time_to_notice.map(Circumstance::TimeToNotice),
                listener_secret.map(Circumstance::ListenerSecret),
                fixed_neighbours.then_some(Circumstance::FixedNeighbours),
            ];
            for circumstance in known.into_iter().flatten() {
                // A world accepts any circumstance.
                let _ = world.apply(Command::Imitate(circumstance));
            }
        });
        let mut head =
            Playhead { lab, named: Vec::new(), refused, done: 0, deeds: 0, last: (Instant::START, 0) };
        while head.done < before.len() && head.deed(before).is_some() {}
        (head.deeds, head.last) = (0, (Instant::START, 0));
        head
    }
}

/// A lab after a number of deeds.
#[derive(Clone, Debug)]
pub(super) struct Playhead {
    pub(super) lab: Lab,
    /// The programs that a recording started, by their names in it.
    pub(super) named: Vec<(String, ProcessId)>,
    /// The first thing that was refused.
    pub(super) refused: Option<Refused>,
    /// Number of inputs done.
    pub(super) done: usize,
    /// Number of deeds done since the beginning.
    pub(super) deeds: u64,
    /// The time of the last of them, and how many were done at that time.
    pub(super) last: (Instant, u64),
}

impl Playhead {
    /// Does the next deed: an event before an input of the same time.
    pub(super) fn deed(&mut self, inputs: &[Step]) -> Option<Deed> {
        let input = inputs.get(self.done);
        let deed = match (self.lab.next_event(), input) {
            (None, None) => return None,
            (Some(event), Some(input)) if input.at < event => self.input(input),
            (None, Some(input)) => self.input(input),
            (Some(_), _) => {
                self.lab.step();
                Deed::Event
            }
        };
        self.deeds += 1;
        let now = self.lab.now();
        self.last = if self.last.0 == now { (now, self.last.1 + 1) } else { (now, 1) };
        Some(deed)
    }

    fn input(&mut self, Step { at, action }: &Step) -> Deed {
        let number = self.done;
        self.done += 1;
        self.lab.advance_to((*at).max(self.lab.now()));
        let refused = |field, reason| Refused::Step { number, field, reason };
        match self.perform(action) {
            Ok(output) => Deed::Input { number, output },
            Err((field, reason, output)) => {
                self.refused.get_or_insert_with(|| refused(field, reason));
                Deed::Input { number, output }
            }
        }
    }

    /// Does what a step asks for, and returns the output of a command without a terminal.
    fn perform(&mut self, action: &Action) -> Result<Option<Output>, Refusal> {
        let lab = &mut self.lab;
        match action {
            Action::Enter { terminal, line } | Action::Input { terminal, line } => {
                lab.press(*terminal, Key::Enter(line));
            }
            Action::Interrupt { terminal } => lab.press(*terminal, Key::CtrlC),
            Action::EndOfInput { terminal } => lab.press(*terminal, Key::CtrlD),
            Action::Suspend { terminal } => lab.press(*terminal, Key::CtrlZ),
            Action::Start { host, id, cmd } => return self.start(*host, id, cmd),
            Action::Type { id, text, .. } => self.feed(id, Feed::Line(text)),
            Action::CtrlD { id, .. } => self.feed(id, Feed::End),
            Action::Signal { id, signal, .. } => self.feed(id, Feed::Signal(*signal)),
            Action::Run { host, cmd } => {
                let output = lab.run(Some(*host), cmd);
                if output.exit_code == NOT_FOUND {
                    return Err(("cmd", format!("{cmd}: no such command here"), Some(output)));
                }
                return Ok(Some(output));
            }
            Action::Network { line } => {
                let output = lab.run(None, line);
                if output.exit_code != 0 {
                    return Err(("action", output.stderr.trim_end().to_owned(), Some(output)));
                }
                return Ok(Some(output));
            }
        }
        Ok(None)
    }

    fn start(&mut self, host: HostId, id: &str, cmd: &str) -> Result<Option<Output>, Refusal> {
        let process = self.lab.start(host, cmd);
        self.named.retain(|(name, _)| name != id);
        self.named.push((id.to_owned(), process));
        let exit = self.lab.process(process).and_then(|process| process.exit.as_ref());
        match exit.map(|exit| exit.code) {
            Some(NOT_FOUND) => Err(("cmd", format!("{cmd}: no such program here"), None)),
            _ => Ok(None),
        }
    }

    fn feed(&mut self, id: &str, what: Feed<'_>) {
        if let Some((_, process)) = self.named.iter().find(|(name, _)| name == id) {
            self.lab.feed(*process, what);
        }
    }
}

/// The field of a step that was refused, the reason, and the output that it printed nevertheless.
type Refusal = (&'static str, String, Option<Output>);
