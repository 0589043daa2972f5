//! Traces: a recording, the circumstances under which it was played on a real machine, and the outcome.

use crate::outcome::{FORMAT, Limits, Outcome, Unplayable, cookie_clock, phase, play, session};
use crate::{Problem, read};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_course::{
    Circumstances, Line, Millis, Recording, RecordingError, Session, Setting, steps, sysctls, user,
};
use tcp_shell::User;
use tcp_shell::names::Names;

/// Octets of a trace with all its packets and samples, at most.
const LONGEST: usize = 8 << 20;
/// Time that a packet takes between two namespaces of one machine.
const VETH_DELAY: Duration = Duration::from_micros(50);

/// A file that can be played: a trace of a real kernel, or one of this project's recordings, which have no outcome.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Path of the file.
    pub file: PathBuf,
    /// The recording to play.
    pub recording: Recording,
    /// Circumstances of the machine that recorded it.
    pub circumstances: Circumstances,
    /// What the file says about itself, and for a trace everything that was observed.
    pub outcome: Outcome,
    /// When it ends.
    pub until: Instant,
}

/// The fields by which the two kinds of file are distinguished.
#[derive(Deserialize)]
struct Kind {
    version: Option<IgnoredAny>,
    format: Option<IgnoredAny>,
}

impl Trace {
    /// Reads a recording or a trace.
    pub fn read(file: &Path) -> Result<Trace, Problem> {
        Trace::from_text(file, &read(file)?)
    }

    /// Reads the text of `file`.
    pub fn from_text(file: &Path, text: &str) -> Result<Trace, Problem> {
        let kind: Option<Kind> = serde_json::from_str(text).ok();
        let is_trace = kind.is_some_and(|kind| kind.version.is_none() && kind.format.is_some());
        let read = if is_trace { of_kernel(file, text) } else { of_our_own(file, text) };
        read.map_err(|error| Problem::with(file, error))
    }

    /// Plays it until `until`, under its own circumstances.
    pub fn play(&self, until: Instant) -> Result<Outcome, Problem> {
        self.play_under(until, self.circumstances)
    }

    /// Plays it until `until`, under other circumstances.
    pub fn play_under(&self, until: Instant, circumstances: Circumstances) -> Result<Outcome, Problem> {
        self.play_within(until, Limits::DEFAULT, circumstances).map_err(|why| Problem::with(&self.file, why))
    }

    /// A session at its very beginning, under the trace's circumstances.
    pub fn session(&self) -> Result<Session, Problem> {
        session(&self.recording, &self.outcome, self.circumstances)
            .map(|(session, _)| session)
            .map_err(|why| Problem::with(&self.file, why))
    }

    /// Plays it within tighter limits than the default.
    pub fn play_within(
        &self,
        until: Instant,
        limits: Limits,
        circumstances: Circumstances,
    ) -> Result<Outcome, Unplayable> {
        play(&self.recording, &self.outcome, until, limits, circumstances)
    }
}

fn of_kernel(file: &Path, text: &str) -> Result<Trace, RecordingError> {
    let outcome: Outcome = tcp_course::read(text, LONGEST)?;
    if outcome.format != FORMAT {
        return Err(RecordingError::field("format", "must be 1"));
    }
    let delay = link(outcome.link.as_str().ok_or_else(|| RecordingError::field("link", "must be text"))?)?;
    let recording = Recording {
        profile: ProfileName::Linux,
        seed: 0,
        user: outcome.user.as_deref().map_or(Ok(User::Root), user)?,
        delays: vec![(HostId::Client, delay), (HostId::Server, delay)],
        sysctls: sysctls(&outcome.sysctls)?,
        steps: steps(&outcome.steps)?,
    };
    let end = Millis::try_from(outcome.duration_ms)
        .map_err(|reason| RecordingError::field("duration_ms", reason))?
        .instant();
    let until = recording.steps.last().map_or(end, |step| end.max(step.at));
    let circumstances = Circumstances {
        timer_phase: phase(&outcome),
        cookie_clock: cookie_clock(&outcome),
        names: names(&outcome),
        // A relay passes on what is for a host, and nobody asks for it there.
        fixed_neighbours: outcome.link.as_str().is_some_and(|link| link.starts_with("relay")),
        ..Circumstances::default()
    };
    Ok(Trace { file: file.to_owned(), recording, circumstances, outcome, until })
}

/// What the resolvers of the recording machine answered. A trace lists the hosts' names if they knew each other by them.
fn names(outcome: &Outcome) -> Names {
    let has_name = outcome.hosts.pointer("/client/name").is_some();
    if has_name { Names::File } else { Names::Unanswered }
}

/// Reads the link of a trace: `veth pair`, or `relay, 400 ms each way`.
fn link(link: &str) -> Result<Duration, RecordingError> {
    match link.strip_prefix("relay, ").and_then(|rest| rest.split(' ').next()) {
        None => Ok(VETH_DELAY),
        Some(word) => {
            let millis = word
                .parse()
                .map_err(|_| "must tell the milliseconds each way")
                .and_then(|millis: f64| Millis::try_from(millis));
            millis.map(Millis::duration).map_err(|reason| RecordingError::field("link", reason))
        }
    }
}

/// Reads a recording, and what it says about itself.
fn of_our_own(file: &Path, text: &str) -> Result<Trace, RecordingError> {
    let recording = Recording::from_json(text)?;
    let mut outcome = Outcome {
        format: FORMAT,
        name: file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        hosts: [HostId::Client, HostId::Server]
            .map(|host| (host.word(), json!({"ip": host.address().to_string(), "name": host.name()})))
            .into_iter()
            .collect(),
        link: recording
            .delays
            .iter()
            .map(|(host, delay)| (host.word(), Millis::from(*delay).as_f64()))
            .collect(),
        user: Some(recording.user).filter(|user| *user != User::Root).map(|user| user.name().to_owned()),
        steps: recording.steps.iter().map(Line::from).collect(),
        ..Outcome::default()
    };
    for sysctl in &recording.sysctls {
        let of_host = outcome.sysctls.entry(sysctl.host.word().to_owned()).or_default();
        of_host.insert(sysctl.name.clone(), Setting(sysctl.value.clone()));
    }
    let until = recording.steps.last().map_or(Instant::START, |step| step.at);
    Ok(Trace { file: file.to_owned(), recording, circumstances: Circumstances::default(), outcome, until })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error for a file with this text.
    fn problem(text: &str) -> String {
        let trace = Trace::from_text(Path::new("x.json"), text);
        let played = trace.and_then(|trace| trace.play(trace.until));
        played.err().map_or("nothing".to_owned(), |problem| problem.to_string())
    }

    fn with_step(step: &str) -> String {
        problem(&format!(r#"{{"version": 1, "profile": "linux", "steps": [{{"t_ms": 1, {step}}}]}}"#))
    }

    #[test]
    fn a_trace_without_an_outcome_plays_as_the_whole_does() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        // The first file is a connection that its client closes.
        let file = files.filter(|file| file.extension().is_some_and(|end| end == "json")).min().unwrap();
        let whole: serde_json::Value = serde_json::from_str(&read(&file).unwrap()).unwrap();
        let mut bare = serde_json::Map::new();
        for kept in ["format", "link", "duration_ms", "sysctls", "steps"] {
            bare.insert(kept.to_owned(), whole[kept].clone());
        }
        for step in bare["steps"].as_array_mut().unwrap() {
            for outcome in ["stdout", "stderr", "exit_code"] {
                step.as_object_mut().unwrap().remove(outcome);
            }
        }
        let trace = Trace::from_text(&file, &serde_json::Value::Object(bare).to_string()).unwrap();
        let played = trace.play(trace.until).unwrap();
        let states: Vec<&str> =
            played.state_trajectory["client"].values().flatten().map(|(_, state)| state.as_str()).collect();
        // The end of TIME-WAIT depends on the machine's timer wheel, which only an outcome shows.
        assert_eq!(
            states.get(..5).unwrap(),
            ["SYN_SENT", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT"]
        );
        assert!(crate::verify::check(&file).unwrap().agrees());
    }

    #[test]
    fn what_is_wrong_is_named_with_file_step_and_reason() {
        for (step, why) in [
            (r#""host": "client", "action": "jump""#, "steps[0].action: is not known"),
            (
                r#""host": "client", "action": "ctrl-c", "id": "c""#,
                "steps[0].id: names nothing that was started",
            ),
            (
                r#""host": "client", "action": "start", "id": "c", "cmd": "nmap x""#,
                "steps[0].cmd: nmap x: no such program here",
            ),
            (
                r#""host": "client", "action": "run", "cmd": "strace""#,
                "steps[0].cmd: strace: no such command here",
            ),
            (
                r#""host": "network", "action": "drop client Q""#,
                "steps[0].action: drop: flags Q: exactly these of S, A, F and R, for example SA; * is any",
            ),
            (
                r#""host": "network", "action": "explode""#,
                "steps[0].action: explode: command not found; help lists what the network understands",
            ),
            (
                r#""host": "client", "action": "run", "cmd": "date", "colour": 1"#,
                "steps[0].colour: is not known",
            ),
        ] {
            assert_eq!(with_step(step), format!("x.json: {why}"));
        }
    }

    #[test]
    fn a_constant_that_is_not_imitated_is_named() {
        let trace = |name: &str, value: &str| {
            problem(&format!(
                r#"{{"version": 1, "profile": "linux", "steps": [], "sysctls": {{"client": {{"net.ipv4.{name}": "{value}"}}}}}}"#
            ))
        };
        assert_eq!(trace("tcp_sack", "0"), "nothing");
        assert_eq!(
            trace("tcp_rfc1337", "1"),
            "x.json: sysctls.client.net.ipv4.tcp_rfc1337: 1 is not imitated"
        );
        assert!(trace("tcp_magic", "0").starts_with("x.json: sysctls.client.net.ipv4.tcp_magic: "));
        assert!(trace("tcp_retries2", "many").starts_with("x.json: sysctls.client.net.ipv4.tcp_retries2: "));
    }

    #[test]
    fn a_damaged_trace_is_refused() {
        let whole = r#"{"format": 1, "link": "veth pair", "duration_ms": 5, "steps": [], "state_trajectory": {},
            "kernel_events": [], "packets": [], "iptables": [], "processes": [], "samples": []}"#;
        assert_eq!(problem(whole), "nothing");
        for cut in 1..whole.len() {
            assert!(problem(&whole[..cut]).starts_with("x.json: "), "{cut}");
        }
        for (from, to) in
            [("\"packets\": []", "\"packets\": 7"), ("5, ", "1e99, "), ("5, ", "-5, "), ("\"link\"", "\"l\"")]
        {
            assert!(problem(&whole.replace(from, to)).starts_with("x.json: "), "{to}");
        }
    }

    #[test]
    fn a_file_that_asks_for_too_much_is_stopped() {
        let steps = r#"{"t_ms": 0, "host": "server", "action": "start", "id": "s", "cmd": "nc -lk 5555"},
            {"t_ms": 0, "host": "client", "action": "start", "id": "c", "cmd": "nc 10.211.55.10 5555"}"#;
        let text = format!(r#"{{"version": 1, "profile": "linux", "steps": [{steps}]}}"#);
        let trace = Trace::from_text(Path::new("x.json"), &text).expect("it is a recording");
        let until = Instant::from_millis(100);
        let play = |limits| trace.play_within(until, limits, trace.circumstances).err();
        assert_eq!(play(Limits::DEFAULT), None);
        for limits in [
            Limits { events: 2, ..Limits::DEFAULT },
            Limits { octets: 100, ..Limits::DEFAULT },
            Limits { looks: 3, ..Limits::DEFAULT },
        ] {
            assert!(play(limits).is_some_and(|why| why.to_string().contains("more than ")), "{limits:?}");
        }
    }
}
