//! What netstat, ss and iptables print, sampled at changes, periodically, and when a step asks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tcp_oracle::outcome::{self, Listing};

use crate::clock::Clock;
use crate::host::Host;
use crate::layout::tenths;
use crate::netns;
use crate::programs;

/// Rows of netstat and ss at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    at: f64,
    host: Host,
    why: &'static str,
    netstat: Vec<String>,
    ss: Vec<String>,
}

/// A command, its output and its exit code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ran {
    /// When it was started, in milliseconds.
    pub(crate) at: f64,
    /// Host that it ran on.
    pub(crate) host: Host,
    /// The command line as it was typed.
    pub(crate) cmd: String,
    /// Its exit code.
    pub(crate) code: i32,
    /// What it printed.
    pub(crate) stdout: String,
    /// Its standard error.
    pub(crate) stderr: String,
}

/// All samples and listings that were taken.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    samples: Mutex<Vec<Sample>>,
    iptables: Mutex<Vec<Ran>>,
    /// Chains whose counters are watched: those that have ever had a rule.
    chains: Mutex<BTreeSet<(Host, String)>>,
}

impl Taken {
    /// Takes a sample that began at `at`; the thread must be in the host's namespace.
    pub(crate) fn sample(&self, at: f64, host: Host, why: &'static str) {
        let netstat = rows(&run(at, host, "netstat -nato").stdout, 2);
        let ss = rows(&run(at, host, "ss -tanoe").stdout, 1);
        let sample = Sample { at, host, why, netstat, ss };
        self.samples.lock().unwrap_or_else(PoisonError::into_inner).push(sample);
    }

    /// Keeps the output of a step's iptables command, and watches its chain from now on.
    pub(crate) fn keep_iptables(&self, ran: Ran) {
        let words: Vec<&str> = ran.cmd.split_whitespace().collect();
        if let (["iptables", "-I" | "-A", chain, ..], 0) = (words.as_slice(), ran.code) {
            let chain = (ran.host, (*chain).to_owned());
            self.chains.lock().unwrap_or_else(PoisonError::into_inner).insert(chain);
        }
        self.iptables.lock().unwrap_or_else(PoisonError::into_inner).push(ran);
    }

    /// Lists the watched chains of a host, and keeps the listings that are new.
    fn poll_iptables(&self, host: Host, last: &mut BTreeMap<String, String>, clock: &Clock) {
        let chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for (_, chain) in chains.iter().filter(|(own, _)| *own == host) {
            let ran = run(clock.now(), host, &format!("iptables -L {chain} -vn"));
            if ran.code == 0 && last.get(chain) != Some(&ran.stdout) {
                last.insert(chain.clone(), ran.stdout.clone());
                self.iptables.lock().unwrap_or_else(PoisonError::into_inner).push(ran);
            }
        }
    }

    /// The samples, ordered by time.
    pub(crate) fn samples(&self) -> Vec<outcome::Sample> {
        let mut samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner).clone();
        samples.sort_by(|a, b| a.at.total_cmp(&b.at));
        samples.into_iter().map(Sample::seen).collect()
    }

    /// The iptables commands, ordered by time.
    pub(crate) fn iptables(&self) -> Vec<Listing> {
        let mut all = self.iptables.lock().unwrap_or_else(PoisonError::into_inner).clone();
        all.sort_by(|a, b| a.at.total_cmp(&b.at));
        let one = |ran: Ran| Listing {
            t_ms: tenths(ran.at),
            host: ran.host.word().to_owned(),
            cmd: ran.cmd,
            exit_code: ran.code,
            stdout: ran.stdout,
            stderr: ran.stderr,
        };
        all.into_iter().map(one).collect()
    }
}

impl Sample {
    fn seen(self) -> outcome::Sample {
        let nat = || self.netstat.iter().map(|row| without_timer(row)).collect();
        outcome::Sample {
            t_ms: tenths(self.at),
            host: self.host.word().to_owned(),
            why: self.why.to_owned(),
            netstat_nat: (self.why != "periodic").then(nat),
            netstat_nato: self.netstat,
            ss_tanoe: self.ss,
        }
    }
}

/// Takes samples until `over`: after each notice from the reader of the table, and periodically while a timer runs.
pub(crate) fn watch(
    namespace: PathBuf,
    host: Host,
    clock: Clock,
    taken: &Taken,
    over: &AtomicBool,
    changed: &Receiver<()>,
) -> std::io::Result<()> {
    netns::enter(&namespace)?;
    let mut last_listings = BTreeMap::new();
    let (mut periodic, mut listing) = (1000.0, 0.0);
    while !over.load(Ordering::Relaxed) {
        match changed.recv_timeout(Duration::from_millis(20)) {
            Ok(()) => {
                while changed.try_recv().is_ok() {}
                taken.sample(clock.now(), host, "change");
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        let now = clock.now();
        if now >= periodic {
            periodic = now + pause(now);
            let sampled = Taken::default();
            sampled.sample(now, host, "periodic");
            let sampled = sampled.samples.into_inner().unwrap_or_else(PoisonError::into_inner);
            let ticking = |sample: &Sample| sample.netstat.iter().any(|row| !row.ends_with("off (0.00/0/0)"));
            let wanted = sampled.into_iter().filter(ticking);
            taken.samples.lock().unwrap_or_else(PoisonError::into_inner).extend(wanted);
        }
        if now >= listing {
            listing = now + 200.0;
            taken.poll_iptables(host, &mut last_listings, &clock);
        }
    }
    Ok(())
}

/// The pause between two samples: short at first, when timers are short.
fn pause(now: f64) -> f64 {
    match now {
        ..12_000.0 => 1000.0,
        ..60_000.0 => 2500.0,
        _ => 10_000.0,
    }
}

/// Runs a command that begins at `at`; the thread must be in the host's namespace.
pub(crate) fn run(at: f64, host: Host, cmd: &str) -> Ran {
    let output = programs::command(cmd).stdin(Stdio::null()).output();
    let (code, stdout, stderr) = match output {
        Ok(output) => {
            let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
            let stdout = text(&output.stdout);
            let stdout = if cmd.starts_with("ss ") { without_cgroups(&stdout) } else { stdout };
            (output.status.code().unwrap_or(-1), stdout, text(&output.stderr))
        }
        Err(reason) => (127, String::new(), reason.to_string()),
    };
    Ran { at, host, cmd: cmd.to_owned(), code, stdout, stderr }
}

/// The output of `ss -e` without the words that identify the session from which the recorder was started.
fn without_cgroups(text: &str) -> String {
    let words = text.split_inclusive([' ', '\n']);
    words.filter(|word| !word.starts_with("cgroup:")).collect()
}

/// The rows below the headings, without trailing blanks.
fn rows(text: &str, heads: usize) -> Vec<String> {
    text.lines().skip(heads).map(|row| row.trim_end().to_owned()).collect()
}

/// A row of `netstat -nato` as `netstat -nat` prints it.
fn without_timer(row: &str) -> String {
    let mut rest = row;
    for _ in 0..2 {
        rest = rest.rsplit_once(' ').map_or(rest, |(rest, _)| rest.trim_end());
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timer_is_the_last_two_words() {
        let row =
            "tcp        0      1 10.211.55.2:5001        10.211.55.10:5002       SYN_SENT    on (0.98/0/0)";
        let want = "tcp        0      1 10.211.55.2:5001        10.211.55.10:5002       SYN_SENT";
        assert_eq!(without_timer(row), want);
    }

    #[test]
    fn ss_does_not_tell_the_session() {
        let row = "LISTEN 0      1            0.0.0.0:5555      0.0.0.0:*    ino:602917 sk:139 cgroup:/user.slice <->\n";
        assert_eq!(without_cgroups(row), row.replace("cgroup:/user.slice ", ""));
    }

    #[test]
    fn a_chain_is_watched_once_it_had_a_rule() {
        let taken = Taken::default();
        let ran = |cmd: &str, code| Ran {
            at: 0.0,
            host: Host::Client,
            cmd: cmd.to_owned(),
            code,
            stdout: String::new(),
            stderr: String::new(),
        };
        let watched = || taken.chains.lock().map(|chains| chains.len()).unwrap_or_default();
        taken.keep_iptables(ran("iptables -I OUTPUT -p tcp -j DROP", 0));
        taken.keep_iptables(ran("iptables -I NOPE -j DROP", 1));
        taken.keep_iptables(ran("iptables -L INPUT", 0));
        assert_eq!(watched(), 1);
    }
}
