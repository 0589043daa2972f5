//! Every constant and habit of TCP in which the two profiles differ or that `sysctl` sets, as data, with others that a reader
//! may want to change.

use crate::{Instant, micros, millis};
use std::time::Duration;

/// What `tcp_orphan_retries` of 0 stands for (Linux's `tcp_orphan_retries()`).
pub(super) const ORPHAN_RETRIES: u32 = 8;

/// Which stack is imitated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProfileName {
    /// As the article describes it.
    Article,
    /// As Linux 6.18 does.
    Linux,
}

impl ProfileName {
    /// The name, as a recording writes it.
    pub const fn name(self) -> &'static str {
        match self {
            ProfileName::Article => "article",
            ProfileName::Linux => "linux",
        }
    }

    /// What `uname -r` prints. The article's constants are those of no release of Linux, and so it claims none.
    pub const fn release(self) -> &'static str {
        match self {
            ProfileName::Article => "article",
            ProfileName::Linux => "6.18.0",
        }
    }

    /// The profile of that name.
    pub fn parse(name: &str) -> Option<ProfileName> {
        [ProfileName::Article, ProfileName::Linux].into_iter().find(|p| p.name() == name)
    }
}

/// How a FIN that also acknowledges ours leaves FIN-WAIT-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FinAckHabit {
    /// Along one edge to TIME-WAIT, as Figure 1 draws it.
    OneEdge,
    /// First the ACK (FIN-WAIT-2), then the FIN (TIME-WAIT): RFC 9293 §3.10.7.4 and Linux (trace 01a).
    TwoEdges,
}

/// Constants of one host's TCP. `sysctl` changes them on that host alone. What concerns a host's sockets and not a
/// connection, such as its port range, is in the `HostProfile` of the network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Profile {
    /// `tcp_syn_retries`: exponential retransmissions of a SYN. 6.
    pub syn_retries: u32,
    /// `tcp_syn_linear_timeouts`: retransmissions of a SYN before the doubling begins. Linux ≥ 6.5: 4; article: 0
    /// (traces 03a, 03b).
    pub syn_linear_timeouts: u32,
    /// How soon the first SYN is repeated after a segment that acknowledges something else was answered by a reset.
    /// Linux: 2 ticks of 4 ms (variations v87, v89); article: only when its timer runs out.
    pub syn_after_reset: Option<Duration>,
    /// `tcp_invalid_ratelimit`: how long after an answer to a segment that has no place in a connection the next such is not
    /// answered. Linux: 500 ms, so that the second probe of a shut window is not; article: 0, the RFC has no limit.
    pub invalid_ratelimit: Duration,
    /// `tcp_synack_retries`: retransmissions of a SYN|ACK. 5 (trace 05a).
    pub synack_retries: u32,
    /// `tcp_retries2`: bounds the time that data may stay unacknowledged. 15 (trace 17a).
    pub retries2: u32,
    /// `tcp_orphan_retries`: the same for a socket that no process holds; 0 means 8 (trace 13a).
    pub orphan_retries: u32,
    /// Whether an orphan is given up when its timeout, or the interval of its probe timer, has reached `rto_max`, though
    /// the peer answers.
    /// Linux does so; article: RFC 9293 §3.8.6.1, a connection stays open as long as its probes are acknowledged.
    pub orphans_end_at_rto_max: bool,
    /// Whether a reset with the number of the peer's FIN is taken after that FIN: its sender answered what was under way
    /// before it had closed. Linux takes it (`tcp_reset_check`, variation v201); article: RFC 9293 §3.10.7.4 wants RCV.NXT.
    pub reset_at_fin: bool,
    /// The first timeout of a SYN and of a SYN|ACK: 1 s (RFC 6298 §2.1).
    pub rto_initial: Duration,
    /// The timeout of a connection whose handshake took more than one try and left no round trip: 3 s (RFC 6298 §5.7).
    pub rto_untimed: Duration,
    /// `tcp_rto_min_us`: 200 ms (traces 17a, 17b).
    pub rto_min: Duration,
    /// `tcp_rto_max_ms`: 120 s (trace 17a).
    pub rto_max: Duration,
    /// Whether the first repetition of data is a loss probe, two round trips and `rto_min` after it, and the timeout
    /// starts undoubled then (Linux; trace 17a: 0.2, 0.4, 0.85 … s; trace 16h).
    pub loss_probe: bool,
    /// Whether the round trip of a connection that is over decides the first timeout of the next one to that peer. Linux
    /// (`tcp_metrics`; variation v320); article: each connection measures for itself, RFC 6298 §2.
    pub keeps_trips: bool,
    /// Whether an ICMP error about a broken path takes back one doubling of the retransmission timeout (RFC 6069).
    pub icmp_takes_back: bool,
    /// The congestion window at first, in segments: 10 (RFC 6928, `TCP_INIT_CWND`; variation v280).
    pub initial_window: u32,
    /// The same after a timeout, and if the SYN or SYN|ACK was lost twice: 1 (RFC 5681 §3.1; variations v283, v295).
    pub loss_window: u32,
    /// The least ssthresh, in segments: 2 (RFC 5681 §3.1).
    pub least_threshold: u32,
    /// Whether a pause halves the congestion window for each timeout that it lasts, down to the initial one. Linux
    /// (`tcp_cwnd_restart`); article: RFC 5681 §4.1, it is the initial one after the first.
    pub idle_halves: bool,
    /// How long TIME-WAIT lasts: 2MSL. Article: 2 min; Linux: 60 s (trace 01a).
    pub time_wait: Duration,
    /// `tcp_fin_timeout`: how long an orphaned FIN-WAIT-2 lasts. 60 s (trace 14a).
    pub fin_timeout: Duration,
    /// `tcp_keepalive_time`: after how long without a segment of the peer it is asked whether it is there. 2 h (RFC 9293
    /// §3.8.4: at least).
    pub keepalive_time: Duration,
    /// `tcp_keepalive_intvl`: how long after that without an answer it is asked again. 75 s.
    pub keepalive_interval: Duration,
    /// `tcp_keepalive_probes`: how often it is asked. 9.
    pub keepalive_probes: u32,
    /// How long the acknowledgement of a FIN waits for the program to close too, so that one segment says both
    /// (trace 01a: one FIN,ACK; 10a: an ACK alone).
    pub fin_ack_delay: Duration,
    /// How long the acknowledgement of data may wait for an answer that carries it, or for the program to read. Linux: 40 ms
    /// at first (`TCP_ATO_MIN`; variation v100); article: it is sent at once.
    pub ack_delay: Duration,
    /// `tcp_comp_sack_delay_ns`, `_slack_ns` and `_nr`: how long the acknowledgement of what comes beyond a hole waits for
    /// more of it, by how much that is late, and how many wait. Linux: 1 ms, 0.1 ms, 44 (variation v300); article: each is
    /// acknowledged at once (RFC 5681 §4.2).
    pub sack_delay: Duration,
    /// See `sack_delay`.
    pub sack_slack: Duration,
    /// See `sack_delay`.
    pub sack_most: u32,
    /// By how many octets the window of Linux grows before its buffer does: from 65 160 to five eighths of the buffer of
    /// 128 KiB (`tcp_rmem`; variation v300).
    pub window_growth: u32,
    /// Frequency in Hz of the kernel's timer wheel, which fires late by up to an eighth; 0 is an exact timer.
    pub timer_hz: u32,
    /// Where the slots of that wheel begin, by the clock of the world. A kernel counts its ticks from 300 s before the
    /// count runs over.
    pub timer_phase: Duration,
    /// Edges from FIN-WAIT-1 on FIN|ACK.
    pub fin_ack: FinAckHabit,
    /// `tcp_timestamps`: whether segments carry timestamps, if the peer's do too.
    pub timestamps: bool,
    /// `tcp_sack`: whether SACK blocks are understood, if the peer's stack does too; without them a loss is not probed for.
    pub sack: bool,
    /// The window that is offered, and the size of its buffer, in octets.
    pub window: u32,
    /// The largest data that is taken in one segment, in octets: an MTU of 1500 less 40 of headers. What is sent in one
    /// is bounded by the peer's too, and shorter by the options: 1448 with timestamps.
    pub mss: u16,
    /// The window scale that is offered, in bits (Linux 6.18 with its largest receive buffer of 32 MiB: 10).
    pub window_scale: u8,
}

impl Profile {
    /// The constants of `name`.
    pub fn new(name: ProfileName) -> Profile {
        let linux = Profile {
            syn_retries: 6,
            syn_linear_timeouts: 4,
            syn_after_reset: Some(millis(8)),
            invalid_ratelimit: millis(500),
            synack_retries: 5,
            retries2: 15,
            orphan_retries: 0,
            orphans_end_at_rto_max: true,
            reset_at_fin: true,
            rto_initial: millis(1000),
            rto_untimed: millis(3000),
            rto_min: millis(200),
            rto_max: millis(120_000),
            loss_probe: true,
            keeps_trips: true,
            icmp_takes_back: true,
            initial_window: 10,
            loss_window: 1,
            least_threshold: 2,
            idle_halves: true,
            time_wait: millis(60_000),
            fin_timeout: millis(60_000),
            keepalive_time: millis(7_200_000),
            keepalive_interval: millis(75_000),
            keepalive_probes: 9,
            fin_ack_delay: millis(1),
            ack_delay: millis(40),
            sack_delay: millis(1),
            sack_slack: Duration::from_micros(100),
            sack_most: 44,
            window_growth: 16_760,
            timer_hz: 250,
            timer_phase: millis(992),
            fin_ack: FinAckHabit::TwoEdges,
            timestamps: true,
            sack: true,
            window: 64240,
            mss: 1460,
            window_scale: 10,
        };
        match name {
            ProfileName::Linux => linux,
            ProfileName::Article => Profile {
                syn_linear_timeouts: 0,
                syn_after_reset: None,
                invalid_ratelimit: Duration::ZERO,
                loss_probe: false,
                keeps_trips: false,
                orphans_end_at_rto_max: false,
                reset_at_fin: false,
                icmp_takes_back: false,
                idle_halves: false,
                time_wait: millis(120_000),
                ack_delay: Duration::ZERO,
                sack_delay: Duration::ZERO,
                window_growth: 0,
                timer_hz: 0,
                fin_ack: FinAckHabit::OneEdge,
                ..linux
            },
        }
    }

    /// A tick of the kernel's clock; zero for an exact one.
    pub fn tick(&self) -> Duration {
        Duration::from_micros(self.tick_micros())
    }

    /// `span` in whole ticks of the kernel, as it reckons timeouts: a timeout of 200.1 ms is one of 204 ms, and doubles
    /// to 408 ms (trace 17a).
    pub fn in_ticks(&self, span: Duration) -> Duration {
        let Some(tick) = 1_000_000u64.checked_div(u64::from(self.timer_hz)) else {
            return span;
        };
        Duration::from_micros(micros(span).div_ceil(tick).saturating_mul(tick))
    }

    /// The ticks of the kernel that are over after `span`.
    pub fn in_whole_ticks(&self, span: Duration) -> Duration {
        let part = micros(span).checked_rem(self.tick_micros()).unwrap_or(0);
        span.saturating_sub(Duration::from_micros(part))
    }

    /// The tick at which a timer is due that is set at `now` for `span`: those that are over now, and those of the span,
    /// rounded up. An exact clock does not tick.
    pub fn expiry(&self, now: Instant, span: Duration) -> Option<u64> {
        let tick = self.tick_micros();
        let start = self.lead().saturating_add(now.as_micros()).checked_div(tick)?;
        let ticks = micros(span).div_ceil(tick);
        Some(start.saturating_add(ticks))
    }

    fn tick_micros(&self) -> u64 {
        1_000_000u64.checked_div(u64::from(self.timer_hz)).unwrap_or(0)
    }

    /// Slots begin at the phase and, before it, a whole number of the widest slots earlier.
    fn lead(&self) -> u64 {
        (self.tick_micros() << 40).saturating_sub(micros(self.timer_phase))
    }

    /// The round trip of what left at `echo`, by the clock of timestamps (RFC 7323 §4.1). It counts milliseconds, which
    /// begin with the ticks, and less than one is one (Linux's `tcp_rtt_tsopt_us`; variation v343).
    pub fn trip_by_timestamp(&self, echo: Instant, now: Instant) -> Duration {
        let count = |at: Instant| self.lead().saturating_add(at.as_micros()) / 1000;
        Duration::from_millis(count(now).saturating_sub(count(echo)).max(1))
    }

    /// When a timer set at `now` for `span` really fires.
    ///
    /// A kernel's timer wheel holds far timers in coarser slots: 64 ticks exactly, the next 448 in slots of 8, and so
    /// on, and a slot fires at its end. Linux with 250 Hz: 1 s fires after 1.00 to 1.03 s, 4 s after 4.0 to 4.3 s
    /// (traces 03a, 17a).
    pub fn fires_at(&self, now: Instant, span: Duration) -> Instant {
        let Some(expires) = self.expiry(now, span) else {
            return now + span;
        };
        let (tick, lead) = (self.tick_micros(), self.lead());
        let ticks = expires - lead.saturating_add(now.as_micros()) / tick;
        // Level n holds what is less than 64 · 8ⁿ ticks away.
        let mut shift = 0;
        while shift < 24 && ticks >= 63u64 << shift {
            shift += 3;
        }
        // The slot that the expiry lies in fires when it is over.
        let slot = (expires >> shift) + 1;
        Instant::from_micros((slot << shift).saturating_mul(tick).saturating_sub(lead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_s_timers_are_exact() {
        let profile = Profile::new(ProfileName::Article);
        assert_eq!(profile.fires_at(Instant::from_millis(7), millis(1000)), Instant::from_millis(1007));
    }

    #[test]
    fn the_kernel_s_timers_are_late_by_at_most_an_eighth() {
        let profile = Profile::new(ProfileName::Linux);
        for (span, latest) in [(200, 212), (1000, 1036), (4000, 4260), (60_000, 62_052)] {
            for phase in [0, 1, 37, 911, 123_457] {
                let now = Instant::from_micros(phase * 1000);
                let fires = profile.fires_at(now, millis(span)).since(now);
                assert!(fires >= millis(span) && fires <= millis(latest), "{span}: {fires:?}");
            }
        }
    }
}
