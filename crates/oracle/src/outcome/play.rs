//! Plays a trace: a session, and an observer that keeps what a recorder on a real machine would have kept.

use super::firewall::Watched;
use super::kernel::Kernel;
use super::rows::Rows;
use super::{FORMAT, NetworkDrop, Outcome, circumstances, ms, packets, programs};
use std::collections::BTreeMap;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::{Action, Circumstances, Deed, Line, Recording, Refused, Session};
use tcp_shell::tools;

/// Limits of a replay; a file that needs more is hostile.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Number of events.
    pub events: usize,
    /// Octets of samples and listings.
    pub octets: usize,
    /// Rows and lines that are compared to find a change.
    pub looks: usize,
}

impl Limits {
    /// Far more than any honest file needs.
    pub const DEFAULT: Limits = Limits { events: 2_000_000, octets: 64 << 20, looks: 20_000_000 };
}

/// Why a trace cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unplayable {
    /// It asks for something that does not exist here.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It exceeds a limit.
    #[error("at {at_ms} ms: {reason}")]
    TooMuch {
        /// When it did, in milliseconds.
        at_ms: String,
        /// The limit.
        reason: String,
    },
}

/// Plays `recording` until `until` and returns its outcome. `file` holds what a trace says about itself; its steps are
/// those of the recording, one for one.
pub fn play(
    recording: &Recording,
    file: &Outcome,
    until: Instant,
    limits: Limits,
    circumstances: Circumstances,
) -> Result<Outcome, Unplayable> {
    let (mut session, numbers) = session(recording, file, circumstances)?;
    let mut observer = Observer::new(file.steps.clone(), numbers, limits);
    observer.refusal(&session)?;
    while session.next_event().is_some_and(|at| at <= until) {
        let Some(deed) = session.deed() else { break };
        observer.after(deed, &mut session)?;
    }
    session.advance_to(until);
    Ok(observer.finish(&session, file))
}

/// A session in which nothing has been done yet, and for each of its inputs the number of its step in the file.
pub(crate) fn session(
    recording: &Recording,
    file: &Outcome,
    circumstances: Circumstances,
) -> Result<(Session, Vec<usize>), Refused> {
    let (recording, numbers) = circumstances::applied(recording, file)?;
    Ok((Session::among(&recording, circumstances), numbers))
}

/// Looks at a session after each of its events and inputs.
struct Observer {
    /// The steps as the file has them, with their output in this replay.
    steps: Vec<Line>,
    /// For each input of the session, the number of its step in the file.
    numbers: Vec<usize>,
    kernel: Kernel,
    rows: Rows,
    firewall: Watched,
    limits: Limits,
    events: usize,
}

impl Observer {
    fn new(steps: Vec<Line>, numbers: Vec<usize>, limits: Limits) -> Observer {
        let (kernel, rows, firewall) = (Kernel::default(), Rows::default(), Watched::default());
        Observer { steps, numbers, kernel, rows, firewall, limits, events: 0 }
    }

    /// Records what changed with `deed`.
    fn after(&mut self, deed: Deed, session: &mut Session) -> Result<(), Unplayable> {
        match deed {
            Deed::Event => {
                self.events += 1;
                if self.events > self.limits.events {
                    return Err(too_much(session, format!("more than {} events", self.limits.events)));
                }
            }
            Deed::Input { number, output } => {
                self.refusal(session)?;
                self.input(number, output, session);
            }
        }
        self.kernel.follow(session.lab());
        self.rows.follow(session);
        self.firewall.follow(session);
        self.within(session)
    }

    /// Returns what the session refused, with the number of its step in the file.
    fn refusal(&self, session: &Session) -> Result<(), Refused> {
        match session.refused().cloned() {
            None => Ok(()),
            Some(Refused::Step { number, field, reason }) => {
                let number = self.numbers.get(number).copied().unwrap_or(number);
                Err(Refused::Step { number, field, reason })
            }
            Some(refused) => Err(refused),
        }
    }

    fn within(&self, session: &Session) -> Result<(), Unplayable> {
        let Limits { octets, looks, .. } = self.limits;
        if self.rows.octets() + self.firewall.octets() > octets {
            return Err(too_much(session, format!("an outcome of more than {octets} octets")));
        }
        if self.rows.looks() + self.firewall.looks() > looks {
            return Err(too_much(session, format!("more than {looks} rows to look at")));
        }
        session.lab().exhausted().map_or(Ok(()), |why| Err(too_much(session, why.to_string())))
    }

    /// Handles an input that was done. `netstat -nat` is kept as a sample, `iptables` with the firewall.
    fn input(&mut self, number: usize, output: Option<tools::Output>, session: &mut Session) {
        let Some(step) = session.inputs().get(number) else { return };
        let at = self.numbers.get(number).copied().unwrap_or(number);
        match &step.action {
            Action::Enter { terminal, line } => {
                if let Some(host) = terminal.host() {
                    self.firewall.command(host, line);
                }
            }
            Action::Run { host, cmd } => {
                let (host, cmd) = (*host, cmd.clone());
                if cmd == "netstat -nat" && self.steps.get(at).is_none_or(|step| step.stdout.is_none()) {
                    self.rows.ask(session, host);
                    return;
                }
                self.firewall.command(host, &cmd);
                let Some(output) = output else { return };
                if cmd.split_whitespace().next() == Some("iptables") {
                    self.firewall.ran(session.lab().now(), host, &cmd, &output);
                }
                self.note_output(at, output);
            }
            _ => {}
        }
    }

    fn note_output(&mut self, at: usize, output: tools::Output) {
        if let Some(step) = self.steps.get_mut(at) {
            step.exit_code = Some(output.exit_code);
            // The output of iptables is kept with the firewall, unless the file has it with the step too.
            let is_iptables = step.cmd.as_ref().is_some_and(|cmd| cmd.starts_with("iptables"));
            if step.stdout.is_some() || !is_iptables {
                (step.stdout, step.stderr) = (Some(output.stdout), Some(output.stderr));
            }
        }
    }

    fn finish(self, session: &Session, file: &Outcome) -> Outcome {
        let Observer { steps, kernel, rows, firewall, .. } = self;
        let lab = session.lab();
        let profile = lab.world().profile(HostId::Client).name.name();
        let version = format!("tcp-states {}, profile {profile}", env!("CARGO_PKG_VERSION"));
        let drops = packets::lost(lab.world()).map(|(at, text)| NetworkDrop { t_ms: ms(at), text }).collect();
        Outcome {
            format: FORMAT,
            name: file.name.clone(),
            title: file.title.clone(),
            recorded_on: BTreeMap::from([("kernel".to_owned(), version)]),
            link: file.link.clone(),
            hosts: file.hosts.clone(),
            duration_ms: ms(lab.now()),
            sysctls: file.sysctls.clone(),
            processes: programs::seen(lab, session.named_processes(), &steps),
            steps,
            packets: packets::seen(lab.world()),
            network_drops: drops,
            state_trajectory: kernel.trajectories,
            kernel_events: kernel.events,
            shares_a_port: kernel.shares_a_port,
            iptables: firewall.listings,
            samples: rows.samples,
            ..Outcome::default()
        }
    }
}

fn too_much(session: &Session, reason: String) -> Unplayable {
    Unplayable::TooMuch { at_ms: ms(session.lab().now()).to_string(), reason }
}
