//! Times in files.

use super::bounds::LATEST;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::time::Duration;
use tcp_core::{Instant, micros};

/// A time in a file: milliseconds with fractions. It is kept in whole microseconds, from zero to a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(u64);

impl Millis {
    /// The moment at this time after the beginning.
    pub const fn instant(self) -> Instant {
        Instant::from_micros(self.0)
    }

    /// The time as a duration.
    pub const fn duration(self) -> Duration {
        Duration::from_micros(self.0)
    }

    /// The time in microseconds.
    pub(super) const fn micros(self) -> u64 {
        self.0
    }

    /// The time in milliseconds.
    #[expect(clippy::cast_precision_loss, reason = "a day of microseconds is exact")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl From<Instant> for Millis {
    fn from(at: Instant) -> Millis {
        Millis(at.as_micros())
    }
}

impl From<Duration> for Millis {
    fn from(span: Duration) -> Millis {
        Millis(micros(span))
    }
}

impl TryFrom<f64> for Millis {
    type Error = &'static str;

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies within a day")]
    fn try_from(millis: f64) -> Result<Millis, &'static str> {
        let micros = (millis * 1000.0).round();
        // Not-a-number is in no range.
        #[expect(clippy::cast_precision_loss, reason = "a day of microseconds is exact")]
        let within = (0.0..=LATEST.as_micros() as f64).contains(&micros);
        if within { Ok(Millis(micros as u64)) } else { Err("must be milliseconds, from 0 to 86400000") }
    }
}

impl<'de> Deserialize<'de> for Millis {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Millis, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Millis;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("milliseconds")
            }

            fn visit_f64<E: de::Error>(self, millis: f64) -> Result<Millis, E> {
                Millis::try_from(millis).map_err(E::custom)
            }

            #[expect(clippy::cast_precision_loss, reason = "a day of milliseconds is exact")]
            fn visit_u64<E: de::Error>(self, millis: u64) -> Result<Millis, E> {
                self.visit_f64(millis as f64)
            }

            fn visit_i64<E: de::Error>(self, _: i64) -> Result<Millis, E> {
                self.visit_f64(-1.0)
            }
        }
        from.deserialize_f64(Reader)
    }
}

impl Serialize for Millis {
    /// Whole milliseconds without a point.
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(1000) {
            to.serialize_u64(self.0 / 1000)
        } else {
            to.serialize_f64(self.as_f64())
        }
    }
}
