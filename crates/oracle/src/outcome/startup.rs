//! How long a program took to start on the recording machine: a circumstance that a trace shows but does not name.
//!
//! A netcat's first call that others can see opens a connection or a listener. The trace has the moment at which that
//! came to be, at the port that the command names. A server that cannot have its port says so, at that moment.

use super::{Outcome, ProcessSeen};
use std::collections::BTreeSet;
use std::time::Duration;

/// The time in which every other program than `ncat` and `app` has started, in ms.
const QUICK: f64 = 20.0;
/// The longest start that is looked for, in ms: that of `ncat`, which took up to 272 ms in the given traces and up to
/// 770 ms while the machine was busy, and that of the others.
const LONGEST: (f64, f64) = (1000.0, 350.0);

/// Connections and listeners of a trace as they come to be, each of which one program opened.
pub(super) struct Openings<'a> {
    trace: &'a Outcome,
    /// Those that a program was found for: host, name, number of the state.
    taken: BTreeSet<(&'a str, &'a str, usize)>,
}

impl<'a> Openings<'a> {
    pub(super) const fn of(trace: &'a Outcome) -> Openings<'a> {
        Openings { trace, taken: BTreeSet::new() }
    }

    /// Time from `at`, in ms, when `app` was started as `id`, until it answered its first line. That line opens a socket and
    /// so does not wait: before its answer the script was not ready, or nothing had been typed.
    pub(super) fn answered(&self, id: &str, at: f64) -> Option<Duration> {
        let process = self.trace.processes.iter().find(|process| process.id == id)?;
        Duration::try_from_secs_f64((process.output.first()?.t_ms - at) / 1000.0).ok()
    }

    /// Time from `at`, in ms, when `cmd` was started on `host` as `id`, until it opened something, or failed to.
    pub(super) fn startup(&mut self, host: &str, id: &str, cmd: &str, at: f64) -> Option<Duration> {
        let number = |word: &&str| word.parse::<u16>().is_ok();
        if cmd.split_whitespace().rev().take_while(number).count() > 1 {
            // With several ports, the last one says nothing about the start.
            return None;
        }
        let port = format!(":{}", cmd.split_whitespace().rfind(number)?);
        let listens = does_listen(cmd);
        let begins = if listens { "LISTEN" } else { "SYN_SENT" };
        let (host, all) = self.trace.state_trajectory.get_key_value(host)?;
        let named =
            all.iter().filter(|(name, _)| name.ends_with(&port) && name.starts_with("LISTEN ") == listens);
        let states = named.flat_map(|(name, states)| {
            states
                .iter()
                .enumerate()
                .map(move |(number, (t, state))| (*t, (host.as_str(), name.as_str(), number), state))
        });
        // What opens after the program's end is another's.
        let process = self.trace.processes.iter().find(|process| process.id == id);
        let slow = cmd.starts_with("ncat");
        let longest = if slow { LONGEST.0 } else { LONGEST.1 };
        let latest = process.and_then(|process| process.exit_ms).unwrap_or(f64::INFINITY).min(at + longest);
        let opened = states.filter(|(t, opening, state)| {
            *state == begins
                && (at..latest).contains(t)
                && !self.taken.contains(opening)
                && !(slow && self.is_of_a_quick_one(host, *t, &port, listens))
        });
        let t = match opened.min_by(|(one, ..), (other, ..)| one.total_cmp(other)) {
            Some((t, opening, _)) => {
                self.taken.insert(opening);
                t
            }
            // A listener that failed.
            None => failed(process.filter(|_| listens)?).filter(|t| (at..=at + longest).contains(t))?,
        };
        Some(Duration::from_secs_f64((t - at) / 1000.0))
    }
}

impl Openings<'_> {
    /// Whether a program that starts at once was started just before `at`, and opens the same.
    fn is_of_a_quick_one(&self, host: &str, at: f64, port: &str, listens: bool) -> bool {
        self.trace.steps.iter().any(|step| {
            let cmd = step.cmd.as_deref().unwrap_or_default();
            let is_slow = cmd.starts_with("ncat") || cmd.starts_with("app");
            step.action == "start"
                && step.host.as_deref() == Some(host)
                && (step.t_ms.as_f64()..step.t_ms.as_f64() + QUICK).contains(&at)
                && !is_slow
                && does_listen(cmd) == listens
                && cmd.split_whitespace().last().map(|last| format!(":{last}")).as_deref() == Some(port)
        })
    }
}

/// Whether the command of a netcat listens.
fn does_listen(cmd: &str) -> bool {
    let short = |word: &str| word.starts_with('-') && !word.starts_with("--") && word.contains('l');
    cmd.split_whitespace().any(|word| short(word) || word == "--listen")
}

/// When a program that ended of itself, without success, said why; this may have been read after its end.
fn failed(process: &ProcessSeen) -> Option<f64> {
    let fails = process.signal.is_none() && process.exit_code.is_some_and(|code| code != 0);
    let said = process.output.iter().rfind(|piece| piece.stream == "stderr");
    Some(said.filter(|_| fails)?.t_ms.min(process.exit_ms?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Piece;

    fn trace() -> Outcome {
        let listen = vec![(81.0, "LISTEN".to_owned())];
        let one = vec![(1049.0, "SYN_SENT".to_owned()), (1049.1, "ESTABLISHED".to_owned())];
        let other = vec![(1166.0, "SYN_SENT".to_owned())];
        let mut trace = Outcome::default();
        let all = [
            ("server", "LISTEN 0.0.0.0:5555", listen),
            ("client", "10.211.55.2:42000 - 10.211.55.10:5555", one),
            ("client", "10.211.55.2:42001 - 10.211.55.10:5555", other),
        ];
        for (host, name, states) in all {
            trace.state_trajectory.entry(host.to_owned()).or_default().insert(name.to_owned(), states);
        }
        trace
    }

    #[test]
    fn each_program_is_found_by_what_it_opened() {
        let trace = trace();
        let mut openings = Openings::of(&trace);
        assert_eq!(openings.startup("server", "s", "ncat -v -l 5555", 0.0), Some(Duration::from_millis(81)));
        assert_eq!(
            openings.startup("client", "c", "ncat 10.211.55.10 5555", 1000.0),
            Some(Duration::from_millis(49))
        );
        assert_eq!(
            openings.startup("client", "c", "ncat 10.211.55.10 5555", 1000.0),
            Some(Duration::from_millis(166))
        );
    }

    #[test]
    fn what_a_quick_program_opens_is_not_of_a_slow_one() {
        let mut trace = trace();
        let step = |at: f64, cmd: &str| tcp_course::Line {
            t_ms: tcp_course::Millis::try_from(at).unwrap(),
            host: Some("client".to_owned()),
            action: "start".to_owned(),
            cmd: Some(cmd.to_owned()),
            ..tcp_course::Line::default()
        };
        trace.steps = vec![step(1000.0, "ncat 10.211.55.10 5555"), step(1046.0, "nc -v 10.211.55.10 5555")];
        let startup =
            |trace: &Outcome| Openings::of(trace).startup("client", "c", "ncat 10.211.55.10 5555", 1000.0);
        assert_eq!(startup(&trace), Some(Duration::from_millis(166)));
        trace.steps.pop();
        assert_eq!(startup(&trace), Some(Duration::from_millis(49)));
    }

    #[test]
    fn what_opens_after_a_programs_end_is_anothers() {
        let mut trace = trace();
        let failed = ProcessSeen { id: "c".to_owned(), exit_ms: Some(1003.0), ..ProcessSeen::default() };
        trace.processes.push(failed);
        assert_eq!(Openings::of(&trace).startup("client", "c", "nc -w x 10.211.55.10 5555", 1000.0), None);
    }

    #[test]
    fn what_fails_says_so_when_it_has_started() {
        let mut trace = Outcome::default();
        let says = |t_ms, text: &str| Piece { t_ms, stream: "stderr".to_owned(), text: text.to_owned() };
        trace.processes.push(ProcessSeen {
            id: "s".to_owned(),
            output: vec![says(1004.0, "Ncat: Version\n"), says(1007.0, "Ncat: bind to 0.0.0.0:5555: \n")],
            exit_ms: Some(1009.0),
            exit_code: Some(2),
            ..ProcessSeen::default()
        });
        let startup = |trace: &Outcome| Openings::of(trace).startup("server", "s", "ncat -vl 5555", 1000.0);
        trace.state_trajectory.entry("server".to_owned()).or_default();
        assert_eq!(startup(&trace), Some(Duration::from_millis(7)));
        trace.processes[0].signal = Some("SIGINT".to_owned());
        assert_eq!(startup(&trace), None, "it may have been stopped while it started");
    }

    #[test]
    fn app_was_ready_when_it_answered() {
        let mut trace = trace();
        let answer = |t_ms, text: &str| Piece { t_ms, stream: "stdout".to_owned(), text: text.to_owned() };
        let output = vec![answer(1201.5, "c socket -> ok\n"), answer(1300.0, "c connect -> ok\n")];
        trace.processes.push(ProcessSeen { id: "c".to_owned(), output, ..ProcessSeen::default() });
        let openings = Openings::of(&trace);
        assert_eq!(openings.answered("c", 1000.0), Some(Duration::from_micros(201_500)));
        assert_eq!(openings.answered("s", 1000.0), None);
    }

    #[test]
    fn what_opened_nothing_in_time_is_not_known() {
        let trace = trace();
        let mut openings = Openings::of(&trace);
        assert_eq!(openings.startup("client", "c", "ncat 10.211.55.10 5555", 2000.0), None);
        assert_eq!(openings.startup("client", "c", "ncat 10.211.55.10 7777", 1000.0), None);
        assert_eq!(openings.startup("server", "s", "ncat -l 5555", 90.0), None);
    }
}
