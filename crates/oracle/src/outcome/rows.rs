//! The rows of netstat and ss, each time they changed.

use super::Sample;
use super::{HOSTS, ms};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::net::view::{SocketRow, TimerKind, TimerView};
use tcp_course::Session;
use tcp_shell::Lab;

/// Samples of the rows so far.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) samples: Vec<Sample>,
    /// By host, the rows and timers at the last look.
    last: [Seen; 2],
    octets: usize,
    looks: usize,
}

/// The rows of a host without their timers, and the timers.
#[derive(Default, PartialEq)]
struct Seen {
    rows: Vec<SocketRow>,
    timers: Vec<Timer>,
}

/// A timer without what changes by itself: kind, deadline, retransmissions, repeated SYN|ACKs, probes.
type Timer = (TimerKind, Option<Instant>, u32, u32, u32);

impl Rows {
    /// Samples each host whose rows or timers have changed.
    pub(super) fn follow(&mut self, session: &mut Session) {
        for (at, host) in HOSTS.into_iter().enumerate() {
            let seen = seen(session.lab(), host);
            self.looks += 1 + seen.rows.len();
            let Some(last) = self.last.get_mut(at).filter(|last| **last != seen) else { continue };
            let why = if last.rows == seen.rows { "periodic" } else { "change" };
            *last = seen;
            self.sample(session, host, why);
        }
    }

    /// Takes a sample that a step asks for.
    pub(super) fn ask(&mut self, session: &mut Session, host: HostId) {
        self.sample(session, host, "step");
    }

    /// Number of rows that were compared so far.
    pub(super) const fn looks(&self) -> usize {
        self.looks
    }

    /// Octets that are kept so far.
    pub(super) const fn octets(&self) -> usize {
        self.octets
    }

    fn sample(&mut self, session: &mut Session, host: HostId, why: &str) {
        let nat = (why != "periodic").then(|| lines(session, host, "netstat -nat", 2));
        let sample = Sample {
            t_ms: ms(session.lab().now()),
            host: host.word().to_owned(),
            why: why.to_owned(),
            netstat_nat: nat,
            netstat_nato: lines(session, host, "netstat -nato", 2),
            ss_tanoe: lines(session, host, "ss -tanoe", 1),
        };
        let texts = sample.netstat_nat.iter().flatten().chain(&sample.netstat_nato).chain(&sample.ss_tanoe);
        self.octets += 100 + texts.map(|line| line.len() + 24).sum::<usize>();
        self.samples.push(sample);
    }
}

/// The output of `cmd` below its headings, without trailing blanks.
fn lines(session: &mut Session, host: HostId, cmd: &str, headings: usize) -> Vec<String> {
    let output = session.look(host, cmd);
    output.stdout.lines().skip(headings).map(|line| line.trim_end().to_owned()).collect()
}

fn seen(lab: &Lab, host: HostId) -> Seen {
    let mut rows = lab.world().sockets(host);
    let mut timers = Vec::with_capacity(rows.len());
    for row in &mut rows {
        timers.push(timer(&row.timer, lab.now()));
        row.timer = TimerView::OFF;
    }
    Seen { rows, timers }
}

fn timer(timer: &TimerView, now: Instant) -> Timer {
    let runs = timer.kind != TimerKind::Off && timer.left > Duration::ZERO;
    (timer.kind, runs.then(|| now + timer.left), timer.retransmits, timer.resent, timer.probes)
}
