//! The hosts' clocks: one virtual time, shown in each host's own zone.
//!
//! No zone has daylight saving time here: the article's figures are from a December.

use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;

/// Wall time at the beginning of every world: 2018-12-05 11:33:00 UTC, in seconds since 1970. That is 17:03:00 in IST,
/// the hour of the article's Figure 5.
pub(crate) const ORIGIN: i64 = 1_544_009_580;

const SECONDS_OF_DAY: i64 = 86_400;

/// A zone: its abbreviation and its seconds east of Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Zone {
    /// Abbreviation, for example `IST`.
    pub(crate) name: &'static str,
    /// Seconds east of Greenwich.
    pub(crate) offset: i64,
}

/// The zone of a host. As in the article, C_m is in India and S_m in California; every other host is on UTC.
pub(crate) const fn zone(host: HostId) -> Zone {
    match host {
        HostId::Client => Zone { name: "IST", offset: 19_800 },
        HostId::Server => Zone { name: "PST", offset: -28_800 },
        HostId::Site | HostId::Other(_) => Zone { name: "UTC", offset: 0 },
    }
}

/// The host's time of day, for example `17:03:18.250 IST`.
pub(crate) fn wall_clock(at: Instant, host: HostId) -> String {
    let civil = Civil::new(at, zone(host));
    let Civil { hour, minute, second, nanos, zone, .. } = civil;
    format!("{hour:02}:{minute:02}:{second:02}.{:03} {}", nanos / 1_000_000, zone.name)
}

/// A moment in the civil calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    /// Year, for example 2018.
    pub(crate) year: i64,
    /// Month, 1 to 12.
    pub(crate) month: u32,
    /// Day of the month, 1 to 31.
    pub(crate) day: u32,
    /// Hour, 0 to 23.
    pub(crate) hour: u32,
    /// Minute, 0 to 59.
    pub(crate) minute: u32,
    /// Second, 0 to 59.
    pub(crate) second: u32,
    /// Nanoseconds of the second.
    pub(crate) nanos: u32,
    /// Day of the week; 0 is Sunday.
    pub(crate) weekday: u32,
    /// Day of the year, 1 to 366.
    pub(crate) day_of_year: u32,
    /// Seconds since 1970, UTC.
    pub(crate) unix: i64,
    /// Zone in which the other fields are given.
    pub(crate) zone: Zone,
}

impl Civil {
    /// The moment `at` in `zone`.
    pub(crate) fn new(at: Instant, zone: Zone) -> Civil {
        let passed: Duration = at.since(Instant::START);
        let unix = ORIGIN.saturating_add(i64::try_from(passed.as_secs()).unwrap_or(i64::MAX / 2));
        let local = unix.saturating_add(zone.offset);
        let (days, of_day) = (local.div_euclid(SECONDS_OF_DAY), small(local.rem_euclid(SECONDS_OF_DAY)));
        let (year, month, day) = date(days);
        Civil {
            year,
            month,
            day,
            hour: of_day / 3600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
            nanos: passed.subsec_nanos(),
            // 1970-01-01 was a Thursday.
            weekday: small((days + 4).rem_euclid(7)),
            day_of_year: small(days - days_before(year)) + 1,
            unix,
            zone,
        }
    }
}

/// Year, month and day of the day `days` after 1970-01-01, in the Gregorian calendar.
fn date(days: i64) -> (i64, u32, u32) {
    // Years that begin in March put the leap day last; 400 of them are 146 097 days.
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = small(of_year - (153 * from_march + 2) / 5) + 1;
    let month = small(if from_march < 10 { from_march + 3 } else { from_march - 9 });
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Days from 1970-01-01 to the first of January of `year`.
const fn days_before(year: i64) -> i64 {
    let past = year - 1;
    past * 365 + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) - 719_162
}

fn small(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_in_all_zones() {
        let at = Instant::from_millis(18_250);
        assert_eq!(wall_clock(at, HostId::Client), "17:03:18.250 IST");
        assert_eq!(wall_clock(at, HostId::Server), "03:33:18.250 PST");
        assert_eq!(wall_clock(at, HostId::Site), "11:33:18.250 UTC");
    }

    #[test]
    fn calendar() {
        for (days, expected, of_year) in [
            (0, (1970, 1, 1), 1),
            (-1, (1969, 12, 31), 365),
            (11_016, (2000, 2, 29), 60),
            (11_017, (2000, 3, 1), 61),
            (17_870, (2018, 12, 5), 339),
            (47_540, (2100, 2, 28), 59),
            (47_541, (2100, 3, 1), 60),
        ] {
            assert_eq!(date(days), expected);
            assert_eq!(days - days_before(expected.0) + 1, of_year);
        }
    }

    #[test]
    fn the_end_of_time_does_not_panic() {
        assert_eq!(wall_clock(Instant::NEVER, HostId::Server).len(), 16);
    }
}
