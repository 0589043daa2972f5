//! Files: a recording or a trace, read and ready to be played.

use crate::outcome::{self, FORMAT, Limits, Outcome};
use crate::{Problem, read};
use serde_json::Value;
use std::path::{Path, PathBuf};
use tcp_core::Instant;
use tcp_course::Recording;
use tcp_shell::Lab;

/// A file that was read, ready to be played.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Where it came from.
    pub file: PathBuf,
    /// What is played.
    pub recording: Recording,
    /// What the file says of itself, and for a trace all that was seen.
    pub told: Outcome,
    /// When it ends.
    pub until: Instant,
}

impl Loaded {
    /// Reads a recording or a trace.
    pub fn read(file: &Path) -> Result<Loaded, Problem> {
        Loaded::from_text(file, &read(file)?)
    }

    /// Reads the text of `file`.
    pub fn from_text(file: &Path, text: &str) -> Result<Loaded, Problem> {
        let problem = |why: String| Problem::with(file, why);
        let recording = Recording::from_json(text).map_err(|error| problem(error.to_string()))?;
        let whole: Value = serde_json::from_str(text).map_err(|error| problem(error.to_string()))?;
        let told = if whole.get("format").is_some() && whole.get("version").is_none() {
            serde_json::from_str(text).map_err(|error| problem(error.to_string()))?
        } else {
            of_recording(file, whole).map_err(|error| problem(error.to_string()))?
        };
        let last = recording.steps.last().map_or(Instant::START, |step| step.at);
        let until = end(&told).map_err(problem)?.max(last);
        Ok(Loaded { file: file.to_owned(), recording, told, until })
    }

    /// Plays it until then; `prepare` may change the lab before anything happens.
    pub fn play(&self, until: Instant, prepare: impl FnOnce(&mut Lab)) -> Result<Outcome, Problem> {
        outcome::play(&self.recording, &self.told, until, Limits::DEFAULT, prepare)
            .map_err(|why| Problem::with(&self.file, why))
    }
}

/// What a recording of our own says of itself.
fn of_recording(file: &Path, mut whole: Value) -> Result<Outcome, serde_json::Error> {
    let mut take = |name: &str| whole.get_mut(name).map(Value::take).unwrap_or_default();
    let (steps, sysctls) = (serde_json::from_value(take("steps"))?, take("sysctls"));
    Ok(Outcome {
        format: FORMAT,
        name: file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        link: take("link"),
        sysctls: if sysctls.is_null() { Default::default() } else { serde_json::from_value(sysctls)? },
        steps,
        ..Outcome::default()
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies within a day")]
fn end(told: &Outcome) -> Result<Instant, String> {
    const DAY: f64 = 86_400_000.0;
    if !(0.0..=DAY).contains(&told.duration_ms) {
        return Err("duration_ms: must be milliseconds, from 0 to 86400000".to_owned());
    }
    Ok(Instant::from_micros((told.duration_ms * 1000.0) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a file of that text.
    fn problem(text: &str) -> String {
        let loaded = Loaded::from_text(Path::new("x.json"), text);
        let played = loaded.and_then(|loaded| loaded.play(loaded.until, |_| {}));
        played.err().map_or("nothing".to_owned(), |problem| problem.to_string())
    }

    fn with_step(step: &str) -> String {
        problem(&format!(r#"{{"version": 1, "profile": "linux", "steps": [{{"t_ms": 1, {step}}}]}}"#))
    }

    #[test]
    fn a_trace_without_an_outcome_plays_as_the_whole_does() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        // The first is a connection that its client closes.
        let file = files.filter(|file| file.extension().is_some_and(|end| end == "json")).min().unwrap();
        let whole: Value = serde_json::from_str(&read(&file).unwrap()).unwrap();
        let mut bare = serde_json::Map::new();
        for kept in ["format", "link", "duration_ms", "sysctls", "steps"] {
            bare.insert(kept.to_owned(), whole[kept].clone());
        }
        for step in bare["steps"].as_array_mut().unwrap() {
            for outcome in ["stdout", "stderr", "exit_code"] {
                step.as_object_mut().unwrap().remove(outcome);
            }
        }
        let loaded = Loaded::from_text(&file, &Value::Object(bare).to_string()).unwrap();
        let played = loaded.play(loaded.until, |_| {}).unwrap();
        let states: Vec<&str> =
            played.state_trajectory["client"].values().flatten().map(|(_, state)| state.as_str()).collect();
        // When TIME_WAIT ends hangs on the machine's timer wheel, of which only an outcome tells.
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
                r#""host": "client", "action": "start", "id": "c", "cmd": "telnet x""#,
                "steps[0].cmd: telnet x: no such program here",
            ),
            (
                r#""host": "client", "action": "run", "cmd": "tcpdump""#,
                "steps[0].cmd: tcpdump: no such command here",
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
        let loaded = Loaded::from_text(Path::new("x.json"), &text).expect("it is a recording");
        let until = Instant::from_millis(100);
        let play = |limits| outcome::play(&loaded.recording, &loaded.told, until, limits, |_| {}).err();
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
