//! Sequence numbers.

use crate::Instant;
use std::fmt;
use std::ops::{Add, Sub};

/// A sequence number: arithmetic modulo 2³² (RFC 9293 §3.4). It has no order of its own, so there is no `Ord`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seq(pub u32);

impl Seq {
    /// An initial number (RFC 9293 §3.4.1): a clock of 64 ns, as Linux has it, from where `secret` starts it. The same two
    /// ends begin with numbers that only grow, for half of the 275 s in which the clock goes round.
    pub const fn initial(now: Instant, secret: u32) -> Seq {
        let [a, b, c, d, ..] = (now.as_micros().wrapping_mul(125) / 8).to_le_bytes();
        Seq(secret.wrapping_add(u32::from_le_bytes([a, b, c, d])))
    }

    /// `self` comes before `other` in the half of the circle that ends at `other`.
    pub const fn before(self, other: Seq) -> bool {
        // The top bit of the difference is the sign of a distance of less than half the circle.
        self.0.wrapping_sub(other.0) & 0x8000_0000 != 0
    }

    /// `self` comes after `other`.
    pub const fn after(self, other: Seq) -> bool {
        other.before(self)
    }

    /// `self` is `other` or comes before it.
    pub const fn at_or_before(self, other: Seq) -> bool {
        !other.before(self)
    }

    /// Lies in `[start, start + len)`.
    pub const fn within(self, start: Seq, len: u32) -> bool {
        self.0.wrapping_sub(start.0) < len
    }

    /// Octets from `earlier` up to here, modulo 2³².
    pub const fn distance_from(self, earlier: Seq) -> u32 {
        self.0.wrapping_sub(earlier.0)
    }
}

impl Add<u32> for Seq {
    type Output = Seq;
    fn add(self, octets: u32) -> Seq {
        Seq(self.0.wrapping_add(octets))
    }
}

impl Sub<u32> for Seq {
    type Output = Seq;
    fn sub(self, octets: u32) -> Seq {
        Seq(self.0.wrapping_sub(octets))
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_goes_round_the_circle() {
        assert!(Seq(u32::MAX).before(Seq(0)));
        assert!(Seq(5).after(Seq(u32::MAX - 5)));
        assert!(!Seq(7).before(Seq(7)));
        assert!(Seq(7).at_or_before(Seq(7)));
    }

    #[test]
    fn initial_numbers_are_half_around_after_137_s() {
        let at = |seconds: u64| Seq::initial(Instant::from_millis(seconds * 1000), 4_000_000_000);
        assert_eq!(at(1).distance_from(at(0)), 15_625_000);
        assert!(at(137).after(at(0)));
        assert!(at(138).before(at(0)));
    }

    #[test]
    fn a_window_may_straddle_zero() {
        let start = Seq(u32::MAX - 1);
        assert!(Seq(1).within(start, 4));
        assert!(!Seq(2).within(start, 4));
        assert_eq!(Seq(1).distance_from(start), 3);
    }
}
