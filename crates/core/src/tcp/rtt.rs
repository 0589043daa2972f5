//! Round-trip time and the retransmission timeout (RFC 6298, with Linux's fixed-point estimator, `tcp_rtt_estimator`).

use super::{Profile, Seq};
use std::time::Duration;

/// The estimator of one connection. Times in microseconds, scaled as RFC 6298's gains of 1/8 and 1/4 ask.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Rtt {
    /// The shortest timeout: `tcp_rto_min_us` of when the socket was made, or of its listener (variation v349).
    pub(super) least: Duration,
    /// Eight times SRTT, the smoothed round-trip time (Linux's `srtt_us`); 0 before the first.
    smoothed_x8: i64,
    /// Four times the mean deviation (`mdev_us`).
    deviation_x4: i64,
    /// The largest of these in the present round trip; never below the least timeout (`mdev_max_us`).
    largest_x4: i64,
    /// The part of the timeout that covers deviation, RFC 6298's 4 · RTTVAR (`rttvar_us`): it grows at once, and shrinks
    /// once in a round trip.
    spread: i64,
    /// The shortest trip: Linux's `rtt_min`, without its window of time.
    shortest: i64,
    /// More than the first trip, that of the handshake, has been measured.
    seasoned: bool,
    /// The timeout that an earlier connection to the peer left, until a round trip is measured; zero if none.
    left: Duration,
    /// SND.NXT when the present round trip began: it is over when that is acknowledged (`rtt_seq`).
    round_end: Seq,
}

impl Rtt {
    /// Nothing has been measured; no timeout is shorter than `least`.
    pub(super) const fn new(least: Duration) -> Rtt {
        Rtt {
            least,
            smoothed_x8: 0,
            deviation_x4: 0,
            largest_x4: 0,
            spread: 0,
            shortest: 0,
            seasoned: false,
            left: Duration::ZERO,
            round_end: Seq(0),
        }
    }

    /// Takes one measured round trip, of the oldest segment of what was acknowledged up to `una`, and of the youngest; the
    /// next to be sent is `nxt`.
    pub(super) fn sample(&mut self, trips: [Duration; 2], (una, nxt): (Seq, Seq)) {
        self.left = Duration::ZERO;
        let [trip, last] = trips.map(|trip| micros(trip).max(1));
        self.seasoned = self.shortest > 0;
        self.shortest = if self.shortest == 0 { last } else { self.shortest.min(last) };
        let least = micros(self.least);
        if self.smoothed_x8 == 0 {
            self.smoothed_x8 = trip * 8;
            self.deviation_x4 = trip * 2;
            self.spread = self.deviation_x4.max(least);
            (self.largest_x4, self.round_end) = (self.spread, nxt);
            return;
        }
        let error = trip - self.smoothed_x8 / 8;
        self.smoothed_x8 += error;
        let mut step = error.abs() - self.deviation_x4 / 4;
        // A trip that is shorter than expected widens the deviation less than one that is longer.
        if error < 0 && step > 0 {
            step /= 8;
        }
        self.deviation_x4 += step;
        self.largest_x4 = self.largest_x4.max(self.deviation_x4);
        self.spread = self.spread.max(self.largest_x4);
        if una.after(self.round_end) {
            self.spread -= (self.spread - self.largest_x4) / 4;
            (self.largest_x4, self.round_end) = (least, nxt);
        }
    }

    /// An earlier connection to the peer measured `trip`: unless the handshake took longer, the first timeout follows from
    /// that, in whole ticks (Linux's `tcp_init_metrics`). The estimate itself does not.
    ///
    /// Where all trips are alike, a kernel's first connection took longer: it measured segments with data.
    pub(super) fn recall(&mut self, trip: Duration, profile: &Profile) {
        if !trip.is_zero() && trip >= self.smoothed() {
            let trip = profile.in_whole_ticks(trip);
            self.left = trip + profile.in_ticks(self.least).max(2 * trip);
        }
    }

    /// The smoothed round-trip time; zero before the first.
    pub(super) fn smoothed(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.smoothed_x8 / 8).unwrap_or(0))
    }

    /// The mean deviation of the round-trip time.
    pub(super) fn deviation(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.deviation_x4 / 4).unwrap_or(0))
    }

    /// The timeout for the first try, whatever the longest may be.
    pub(super) fn timeout(&self, profile: &Profile) -> Duration {
        if !self.left.is_zero() {
            return self.left;
        }
        if self.smoothed_x8 == 0 {
            return profile.rto_untimed;
        }
        let micros = u64::try_from(self.smoothed_x8 / 8 + self.spread).unwrap_or(0);
        profile.in_ticks(Duration::from_micros(micros).max(self.least))
    }

    /// The shortest round-trip time; zero before the first.
    pub(super) fn shortest(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.shortest).unwrap_or(0))
    }

    /// Whether a trip is shorter than any that was measured. Where all trips are alike, a kernel's handshake took a little
    /// longer: one like it is shorter (trace m20), but one like a trip of data is not (v336).
    pub(super) fn is_shortest(&self, trip: Duration) -> bool {
        trip < self.shortest() || trip == self.shortest() && !self.seasoned
    }

    /// How long to wait for an acknowledgement before a loss probe asks for it, when `segments` are out: two round trips,
    /// and if it is a single one the time that its receiver may delay the answer (RFC 8985 §7.2).
    pub(super) fn probe_span(&self, segments: usize, profile: &Profile) -> Duration {
        if self.smoothed_x8 == 0 {
            return profile.rto_initial;
        }
        let two_trips = Duration::from_micros(u64::try_from(self.smoothed_x8 / 4).unwrap_or(0));
        profile.in_ticks(two_trips + if segments == 1 { self.least } else { 2 * profile.tick() })
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(crate::micros(span)).unwrap_or(i64::MAX / 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::millis;
    use crate::tcp::ProfileName;

    #[test]
    fn a_short_trip_leaves_the_least_timeout_and_itself() {
        let profile = Profile::new(ProfileName::Linux);
        let mut rtt = Rtt::new(profile.rto_min);
        assert_eq!(rtt.timeout(&profile), millis(3000));
        rtt.sample([millis(10); 2], (Seq(1), Seq(1)));
        // 210 ms, in whole ticks of 4 ms.
        assert_eq!(rtt.timeout(&profile), millis(212));
    }

    #[test]
    fn an_earlier_connection_s_trip_counts_until_one_is_measured() {
        let profile = Profile::new(ProfileName::Linux);
        let recalled = |handshake: u64, trip| {
            let mut rtt = Rtt::new(profile.rto_min);
            if handshake > 0 {
                rtt.sample([millis(handshake); 2], (Seq(1), Seq(1)));
            }
            rtt.recall(millis(trip), &profile);
            let first = rtt.timeout(&profile);
            rtt.sample([millis(10); 2], (Seq(2), Seq(2)));
            [first, rtt.timeout(&profile)]
        };
        assert_eq!(recalled(0, 1), [200, 212].map(millis));
        assert_eq!(recalled(10, 10), [208, 212].map(millis));
        assert_eq!(recalled(10, 400), [1200, 212].map(millis));
        assert_eq!(recalled(10, 1), [212, 212].map(millis));
    }

    #[test]
    fn the_first_long_trip_is_taken_three_times() {
        let profile = Profile::new(ProfileName::Linux);
        let mut rtt = Rtt::new(profile.rto_min);
        rtt.sample([millis(800); 2], (Seq(1), Seq(1)));
        assert_eq!(rtt.timeout(&profile), millis(2400));
        assert_eq!(rtt.probe_span(1, &profile), millis(1800));
        assert_eq!(rtt.probe_span(2, &profile), millis(1608));
    }

    /// Trace m10: over a link of 400 ms there and back the first line leaves the timeout as the handshake did.
    #[test]
    fn the_timeout_shrinks_once_in_a_round_trip() {
        let profile = Profile::new(ProfileName::Linux);
        let mut rtt = Rtt::new(profile.rto_min);
        let timeouts = [1, 7, 13, 19].map(|next| {
            rtt.sample([millis(400); 2], (Seq(next), Seq(next)));
            rtt.timeout(&profile)
        });
        assert_eq!(timeouts, [1200, 1200, 1116, 1020].map(millis));
    }
}
