//! The rows of netstat and ss, each time they changed.

use super::Sample;
use super::play::{HOSTS, host_word, ms};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_shell::Lab;

/// What was seen of the rows.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) samples: Vec<Sample>,
    last: [Seen; 2],
    octets: usize,
}

/// What the last sample of a host showed.
#[derive(Default)]
struct Seen {
    nat: Vec<String>,
    timers: Vec<Timer>,
}

/// A timer, without what changes by itself: kind, deadline, retransmissions, probes.
type Timer = (TimerKind, Option<Instant>, u32, u32);

impl Rows {
    /// Samples each host whose rows or timers have changed.
    pub(super) fn follow(&mut self, lab: &mut Lab) {
        for (at, host) in HOSTS.into_iter().enumerate() {
            let rows = lab.world().sockets(host);
            let timers = rows.iter().map(|row| timer(row, lab.now())).collect();
            let Some(last) = self.last.get(at) else { continue };
            // A row that is equal prints equal; only then does a text differ.
            let nat = lines(lab, host, "netstat -nat", 2);
            let why = match (nat == last.nat, timers == last.timers) {
                (true, true) => continue,
                (true, false) => "periodic",
                (false, _) => "change",
            };
            self.sample(lab, host, why);
            if let Some(last) = self.last.get_mut(at) {
                *last = Seen { nat, timers };
            }
        }
    }

    /// Somebody asks.
    pub(super) fn ask(&mut self, lab: &mut Lab, host: HostId) {
        self.sample(lab, host, "step");
    }

    /// How much was kept.
    pub(super) const fn octets(&self) -> usize {
        self.octets
    }

    fn sample(&mut self, lab: &mut Lab, host: HostId, why: &str) {
        let nat = (why != "periodic").then(|| lines(lab, host, "netstat -nat", 2));
        let sample = Sample {
            t_ms: ms(lab.now()),
            host: host_word(host).to_owned(),
            why: why.to_owned(),
            netstat_nat: nat,
            netstat_nato: lines(lab, host, "netstat -nato", 2),
            ss_tanoe: lines(lab, host, "ss -tanoe", 1),
        };
        let texts = sample.netstat_nat.iter().flatten().chain(&sample.netstat_nato).chain(&sample.ss_tanoe);
        self.octets += 100 + texts.map(|line| line.len() + 24).sum::<usize>();
        self.samples.push(sample);
    }
}

/// What `cmd` prints below its headings, without trailing blanks.
fn lines(lab: &mut Lab, host: HostId, cmd: &str, headings: usize) -> Vec<String> {
    let output = lab.run(host, cmd);
    output.stdout.lines().skip(headings).map(|line| line.trim_end().to_owned()).collect()
}

fn timer(row: &SocketRow, now: Instant) -> Timer {
    let runs = row.timer.kind != TimerKind::Off && row.timer.left > Duration::ZERO;
    (row.timer.kind, runs.then(|| now + row.timer.left), row.timer.retransmits, row.timer.probes)
}
