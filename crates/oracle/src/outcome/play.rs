//! Plays a recording step by step, and keeps what a recorder on a real machine would have kept.

use super::firewall::Watched;
use super::kernel::Kernel;
use super::rows::Rows;
use super::{FORMAT, NetworkDrop, Outcome, Step, ms, packets, programs, startup, sysctls, wheel};
use std::collections::BTreeMap;
use tcp_core::Instant;
use tcp_core::net::{HostId, ProcessId};
use tcp_course::{Recording, StepAction};
use tcp_shell::{Lab, tools};

/// What a replay may need at most; one that needs more is hostile.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Events.
    pub events: usize,
    /// Octets of samples and listings.
    pub octets: usize,
    /// Rows and lines that are looked at for a change.
    pub looks: usize,
}

impl Limits {
    /// What every honest file keeps far below.
    pub const DEFAULT: Limits = Limits { events: 2_000_000, octets: 64 << 20, looks: 20_000_000 };
}

/// Why a recording cannot be played: the step or field, and the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Unplayable {
    /// For example `steps[3].cmd`.
    pub place: String,
    /// Why.
    pub reason: String,
}

/// Plays `recording` until `until` and gives its outcome. `file` has what a trace tells about itself; its steps are
/// those of the recording, one for one.
pub fn play(
    recording: &Recording,
    file: &Outcome,
    until: Instant,
    limits: Limits,
    prepare: impl FnOnce(&mut Lab),
) -> Result<Outcome, Unplayable> {
    let mut player = Player::new(recording, file, limits)?;
    let recorded = !file.recorded_on.is_empty();
    if let Some(phase) = wheel::phase(file) {
        player.lab.set_circumstances(|world| world.set_timer_phase(phase));
    }
    prepare(&mut player.lab);
    for (at, step_at) in startup::in_order(recording, recorded) {
        if step_at > until {
            break;
        }
        let Some(step) = recording.steps.get(at) else { continue };
        player.advance_to(step_at)?;
        player.act(at, &step.action)?;
        player.look()?;
    }
    player.advance_to(until)?;
    Ok(player.finish(file))
}

struct Player {
    lab: Lab,
    steps: Vec<Step>,
    named: BTreeMap<String, ProcessId>,
    kernel: Kernel,
    rows: Rows,
    firewall: Watched,
    limits: Limits,
    events: usize,
}

impl Player {
    fn new(recording: &Recording, file: &Outcome, limits: Limits) -> Result<Player, Unplayable> {
        let mut lab = Lab::new(recording.profile, recording.seed);
        for (from, delay) in &recording.delays {
            lab.set_delay(*from, *delay);
        }
        for sysctl in &recording.sysctls {
            sysctls::configure(&mut lab, sysctl).map_err(|reason| Unplayable {
                place: format!("sysctls.{}.{}", sysctl.host.word(), sysctl.name),
                reason,
            })?;
        }
        let named = BTreeMap::new();
        let (kernel, rows, firewall) = (Kernel::default(), Rows::default(), Watched::default());
        Ok(Player { lab, steps: file.steps.clone(), named, kernel, rows, firewall, limits, events: 0 })
    }

    fn advance_to(&mut self, to: Instant) -> Result<(), Unplayable> {
        while self.lab.next_event().is_some_and(|at| at <= to) && self.lab.step() {
            self.events += 1;
            if self.events > self.limits.events {
                return Err(self.too_much(format!("more than {} events", self.limits.events)));
            }
            self.look()?;
        }
        self.lab.advance_to(to);
        Ok(())
    }

    fn too_much(&self, reason: String) -> Unplayable {
        Unplayable { place: format!("at {} ms", ms(self.lab.now())), reason }
    }

    /// Takes down what is to be seen now.
    fn look(&mut self) -> Result<(), Unplayable> {
        self.kernel.follow(&self.lab);
        self.rows.follow(&mut self.lab);
        self.firewall.follow(&mut self.lab);
        let Limits { octets, looks, .. } = self.limits;
        if self.rows.octets() + self.firewall.octets() > octets {
            return Err(self.too_much(format!("an outcome of more than {octets} octets")));
        }
        if self.rows.looks() + self.firewall.looks() > looks {
            return Err(self.too_much(format!("more than {looks} rows to look at")));
        }
        if let Some(why) = self.lab.exhausted() {
            return Err(self.too_much(why.to_string()));
        }
        Ok(())
    }

    /// Does step number `at`.
    fn act(&mut self, at: usize, action: &StepAction) -> Result<(), Unplayable> {
        let wrong =
            |field: &str, reason: String| Unplayable { place: format!("steps[{at}].{field}"), reason };
        let lab = &mut self.lab;
        match action {
            StepAction::Enter { terminal, line } => {
                if let Some(host) = terminal.host() {
                    self.firewall.command(host, line);
                }
                lab.enter(*terminal, line);
            }
            StepAction::Input { terminal, line } => lab.enter(*terminal, line),
            StepAction::Interrupt { terminal } => lab.interrupt(*terminal),
            StepAction::EndOfInput { terminal } => lab.end_of_input(*terminal),
            StepAction::Start { host, id, cmd } => {
                let process = lab.spawn(*host, cmd);
                self.named.insert(id.clone(), process);
                let code =
                    lab.process(process).and_then(|process| process.exit.as_ref()).map(|exit| exit.code);
                if code == Some(NOT_FOUND) {
                    return Err(wrong("cmd", format!("{cmd}: no such program here")));
                }
            }
            StepAction::Type { id, text, .. } => {
                self.with_named(id, |lab, process| lab.type_into(process, text))
            }
            StepAction::CtrlD { id, .. } => self.with_named(id, Lab::end_input),
            StepAction::Signal { id, signal, .. } => {
                self.with_named(id, |lab, process| lab.signal(process, *signal));
            }
            StepAction::Run { host, cmd } => return self.run(at, *host, cmd),
            StepAction::Network { line } => {
                let output = lab.run_on_network(line);
                if output.exit_code != 0 {
                    return Err(wrong("action", output.stderr.trim_end().to_owned()));
                }
            }
        }
        Ok(())
    }

    fn with_named(&mut self, id: &str, act: impl FnOnce(&mut Lab, ProcessId)) {
        if let Some(process) = self.named.get(id) {
            act(&mut self.lab, *process);
        }
    }

    /// A command that is over at once. `netstat -nat` is kept as a sample, `iptables` with the firewall.
    fn run(&mut self, at: usize, host: HostId, cmd: &str) -> Result<(), Unplayable> {
        let sampled = self.steps.get(at).is_none_or(|step| step.stdout.is_none());
        if cmd == "netstat -nat" && sampled {
            self.rows.ask(&mut self.lab, host);
            return Ok(());
        }
        self.firewall.command(host, cmd);
        let one_value = self.steps.get(at).is_some_and(|step| step.action == "sysctl");
        let quoted = cmd
            .strip_prefix("sysctl -w ")
            .filter(|value| one_value && value.contains(' ') && !value.contains('"'));
        // A trace writes this step without a shell's quotes.
        let line = quoted.map_or(cmd.to_owned(), |value| format!("sysctl -w \"{value}\""));
        let output = self.lab.run(host, &line);
        if output.exit_code == NOT_FOUND {
            return Err(Unplayable {
                place: format!("steps[{at}].cmd"),
                reason: format!("{cmd}: no such command here"),
            });
        }
        if cmd.split_whitespace().next() == Some("iptables") {
            self.firewall.ran(self.lab.now(), host, cmd, &output);
        }
        self.note_output(at, output);
        Ok(())
    }

    fn note_output(&mut self, at: usize, output: tools::Output) {
        if let Some(step) = self.steps.get_mut(at) {
            step.exit_code = Some(output.exit_code);
            // What iptables prints stands with the firewall, but for a file that has it here too.
            let is_iptables = step.cmd.as_ref().is_some_and(|cmd| cmd.starts_with("iptables"));
            if step.stdout.is_some() || !is_iptables {
                (step.stdout, step.stderr) = (Some(output.stdout), Some(output.stderr));
            }
        }
    }

    fn finish(self, file: &Outcome) -> Outcome {
        let Player { lab, steps, named, kernel, rows, firewall, .. } = self;
        let profile = lab.world().profile(HostId::Client).name.name();
        let version = format!("tcp-states {}, profile {profile}", env!("CARGO_PKG_VERSION"));
        let drops = packets::lost(lab.world()).map(|(at, text)| NetworkDrop { t_ms: ms(at), text }).collect();
        Outcome {
            format: FORMAT,
            name: file.name.clone(),
            title: file.title.clone(),
            recorded_on: BTreeMap::from([("kernel".to_owned(), version)]),
            link: file.link.clone(),
            hosts: serde_json::json!({
                "client": {"ip": HostId::Client.address().to_string()},
                "server": {"ip": HostId::Server.address().to_string()},
            }),
            duration_ms: ms(lab.now()),
            sysctls: file.sysctls.clone(),
            processes: programs::seen(&lab, &named, &steps),
            steps,
            packets: packets::seen(lab.world()),
            network_drops: drops,
            state_trajectory: kernel.trajectories,
            kernel_events: kernel.events,
            iptables: firewall.listings,
            samples: rows.samples,
        }
    }
}

/// What a shell says of a command that is not there.
const NOT_FOUND: i32 = 127;
