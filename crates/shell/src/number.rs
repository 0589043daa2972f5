//! Numbers, as the tools read them.

use std::ops::RangeInclusive;
use std::time::Duration;

/// Why a number was not accepted, in the words of `strtonum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadNumber {
    /// Not a number.
    #[error("invalid")]
    Invalid,
    /// Less than the minimum.
    #[error("too small")]
    TooSmall,
    /// Greater than the maximum.
    #[error("too large")]
    TooLarge,
}

/// A decimal number in `range`, as OpenBSD's `strtonum` reads one.
pub(crate) fn strtonum<T>(text: &str, range: RangeInclusive<T>) -> Result<T, BadNumber>
where
    T: Copy + Into<i64> + TryFrom<i64>,
{
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(BadNumber::Invalid);
    }
    let beyond = if text.starts_with('-') { BadNumber::TooSmall } else { BadNumber::TooLarge };
    let value: i64 = text.parse().map_err(|_| beyond)?;
    match value {
        v if v < (*range.start()).into() => Err(BadNumber::TooSmall),
        v if v > (*range.end()).into() => Err(BadNumber::TooLarge),
        v => T::try_from(v).map_err(|_| beyond),
    }
}

/// Decimal, hexadecimal after `0x`, or octal after `0`, as C's `strtoul` with base 0; nothing may follow.
pub(crate) fn strtoul<T: TryFrom<u64>>(text: &str) -> Option<T> {
    let text = text.trim_start();
    let (digits, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => (hex, 16),
        None if text.len() > 1 && text.starts_with('0') => (text, 8),
        None => (text, 10),
    };
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    let value = if plain { u64::from_str_radix(digits, radix).ok() } else { None };
    value.and_then(|value| T::try_from(value).ok())
}

/// The same with an optional sign, as the kernel reads a constant.
pub(crate) fn strtol(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(rest) => strtoul::<i64>(rest).map(|n| -n),
        None => strtoul(text),
    }
}

/// A number of `unit`s, optionally with a fraction, as `strtod` reads it; at most `longest`.
///
/// It is computed in integers, so that fractions are exact to the nanosecond; std's parser of floating-point numbers
/// would also add the 13 kB of its tables to the page.
pub(crate) fn span(text: &str, unit: Duration, longest: Duration) -> Result<Duration, BadNumber> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let endless = ["inf", "infinity", "nan"].iter().any(|word| word.eq_ignore_ascii_case(digits));
    let span = if endless { Some(Duration::MAX) } else { times(digits, unit) };
    match span.ok_or(BadNumber::Invalid)? {
        span if negative && span > Duration::ZERO => Err(BadNumber::TooSmall),
        span if span > longest || endless => Err(BadNumber::TooLarge),
        span => Ok(span),
    }
}

/// A decimal number times `unit`, in whole nanoseconds; it saturates if too long. `None` if it is not a number.
fn times(number: &str, unit: Duration) -> Option<Duration> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if digits().next().is_none() || !digits().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let count =
        digits().fold(0_u128, |sum, digit| sum.saturating_mul(10).saturating_add((digit - b'0').into()));
    let places = i32::try_from(fraction.len()).unwrap_or(i32::MAX);
    let power = exponent.parse::<i32>().ok()?.saturating_sub(places);
    let (scale, nanos) =
        (10_u128.saturating_pow(power.unsigned_abs()), count.saturating_mul(unit.as_nanos()));
    let nanos = if power < 0 { nanos / scale } else { nanos.saturating_mul(scale) };
    Some(u64::try_from(nanos).map_or(Duration::MAX, Duration::from_nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strtonum_names_what_is_wrong() {
        assert_eq!(strtonum("5555", 1..=u16::MAX), Ok(5555));
        assert_eq!(strtonum("-1", -1..=i64::MAX), Ok(-1));
        assert_eq!(strtonum("0", 1..=u16::MAX), Err(BadNumber::TooSmall));
        assert_eq!(strtonum("99999999999999999999", 1..=u16::MAX), Err(BadNumber::TooLarge));
        assert_eq!(strtonum("12x", 1..=u16::MAX), Err(BadNumber::Invalid));
        assert_eq!(strtonum("", 1..=u16::MAX), Err(BadNumber::Invalid));
    }

    #[test]
    fn base_0_is_told_by_the_prefix() {
        assert_eq!([strtoul(" 80"), strtoul("0x50"), strtoul("0120")], [Some(80_u16); 3]);
        assert_eq!([strtoul("256"), strtoul("08"), strtoul("-1"), strtoul("")], [None::<u8>; 4]);
        assert_eq!([strtol("-0x10"), strtol("7"), strtol("--1")], [Some(-16), Some(7), None]);
    }

    #[test]
    fn spans_have_fractions() {
        let millis = |text| span(text, Duration::from_millis(1), Duration::from_secs(1));
        assert_eq!(millis("400"), Ok(Duration::from_millis(400)));
        assert_eq!(millis("0.05"), Ok(Duration::from_micros(50)));
        assert_eq!(millis("1000.001"), Err(BadNumber::TooLarge));
        assert_eq!(millis("-1"), Err(BadNumber::TooSmall));
        assert_eq!([millis("x"), millis(""), millis("é")], [Err(BadNumber::Invalid); 3]);
        assert_eq!([millis("inf"), millis("nan")], [Err(BadNumber::TooLarge); 2]);
    }
}
