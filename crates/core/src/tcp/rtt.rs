//! Round-trip time and the retransmission timeout (RFC 6298, with Linux's fixed-point estimator).

use super::Profile;
use std::time::Duration;

/// The estimator of one connection. Times in microseconds, scaled as RFC 6298's gains of 1/8 and 1/4 ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Rtt {
    /// Eight times the smoothed round-trip time.
    smoothed_x8: i64,
    /// Four times the mean deviation.
    deviation_x4: i64,
    /// The part of the timeout that covers deviation; never below the profile's least timeout.
    spread: i64,
}

impl Rtt {
    /// Takes one measured round trip.
    pub(super) fn sample(&mut self, trip: Duration, profile: &Profile) {
        let trip = micros(trip).max(1);
        let least = micros(profile.rto_min);
        if self.smoothed_x8 == 0 {
            self.smoothed_x8 = trip * 8;
            self.deviation_x4 = trip * 2;
            self.spread = self.deviation_x4.max(least);
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
        let wanted = self.deviation_x4.max(least);
        self.spread = if wanted > self.spread { wanted } else { self.spread - (self.spread - wanted) / 4 };
    }

    /// The smoothed round-trip time; zero before the first.
    pub(super) fn smoothed(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.smoothed_x8 / 8).unwrap_or(0))
    }

    /// The timeout for the first try.
    pub(super) fn timeout(&self, profile: &Profile) -> Duration {
        if self.smoothed_x8 == 0 {
            return profile.rto_initial;
        }
        let micros = u64::try_from(self.smoothed_x8 / 8 + self.spread).unwrap_or(0);
        profile.in_ticks(Duration::from_micros(micros).clamp(profile.rto_min, profile.rto_max))
    }

    /// How long to wait for an acknowledgement before what is under way is repeated for the first time.
    pub(super) fn patience(&self, profile: &Profile) -> Duration {
        let timeout = self.timeout(profile);
        if !profile.loss_probe || self.smoothed_x8 == 0 {
            return timeout;
        }
        let two_trips = Duration::from_micros(u64::try_from(self.smoothed_x8 / 4).unwrap_or(0));
        timeout.min(profile.in_ticks(two_trips + profile.rto_min))
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX / 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::millis;
    use crate::tcp::ProfileName;

    #[test]
    fn a_short_trip_leaves_the_least_timeout_and_itself() {
        let profile = Profile::new(ProfileName::Linux);
        let mut rtt = Rtt::default();
        assert_eq!(rtt.timeout(&profile), millis(1000));
        rtt.sample(millis(10), &profile);
        // 210 ms, in whole ticks of 4 ms.
        assert_eq!(rtt.timeout(&profile), millis(212));
    }

    #[test]
    fn the_first_long_trip_is_taken_three_times() {
        let profile = Profile::new(ProfileName::Linux);
        let mut rtt = Rtt::default();
        rtt.sample(millis(800), &profile);
        assert_eq!(rtt.timeout(&profile), millis(2400));
        assert_eq!(rtt.patience(&profile), millis(1800));
    }
}
