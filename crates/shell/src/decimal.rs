//! Decimal numbers without floating point: its reading and printing would be a tenth of the page.

/// Why a text is no number of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDecimal {
    /// It is not a number.
    Syntax,
    /// It is negative, or too large for 64 bits.
    Range,
}

/// `text` in units of 10^-`places`, rounded half up: `scaled("1.5", 3)` is 1500.
///
/// Reads what Rust reads as a floating-point number, `inf` and `nan` (never in range) included.
pub fn scaled(text: &str, places: i64) -> Result<u64, NoDecimal> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if ["inf", "infinity", "nan"].iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Err(NoDecimal::Range);
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, power(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if whole.len() + fraction.len() == 0 || !digits().all(|digit| digit.is_ascii_digit()) {
        return Err(NoDecimal::Syntax);
    }
    if digits().all(|digit| digit == b'0') {
        return Ok(0);
    }
    if negative {
        return Err(NoDecimal::Range);
    }
    // So many digits stand before the point of the result.
    let mut before = i64::try_from(whole.len()).unwrap_or(i64::MAX).saturating_add(exponent + places);
    let mut value = 0_u64;
    let mut more = digits();
    while before > 0 {
        let digit = more.next();
        if digit.is_none() && value == 0 {
            break;
        }
        let digit = u64::from(digit.unwrap_or(b'0') - b'0');
        value = value.checked_mul(10).and_then(|value| value.checked_add(digit)).ok_or(NoDecimal::Range)?;
        before -= 1;
    }
    let round_up = before == 0 && more.next().is_some_and(|digit| digit >= b'5');
    Ok(value.saturating_add(u64::from(round_up)))
}

/// What stands behind the `e`; one beyond all use is cut.
fn power(text: &str) -> Result<i64, NoDecimal> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(NoDecimal::Syntax);
    }
    let power = digits.parse::<i64>().unwrap_or(i64::MAX).min(1 << 32);
    Ok(if text.starts_with('-') { -power } else { power })
}

/// Microseconds as milliseconds, without needless digits: `5`, `0.05`.
pub fn millis(micros: u64) -> String {
    let text = format!("{}.{:03}", micros / 1000, micros % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_read() {
        use NoDecimal::{Range, Syntax};
        for (text, expected) in [
            ("0", Ok(0)),
            ("-0.0", Ok(0)),
            ("1.5", Ok(1500)),
            (".5", Ok(500)),
            ("5.", Ok(5000)),
            ("+1e3", Ok(1_000_000)),
            ("12345e-4", Ok(1235)),
            ("0.0004", Ok(0)),
            ("0.0005", Ok(1)),
            ("5e-99999999999999999999", Ok(0)),
            ("0e99999999999999999999", Ok(0)),
            ("1e99", Err(Range)),
            ("-1", Err(Range)),
            ("NaN", Err(Range)),
            ("inf", Err(Range)),
            ("", Err(Syntax)),
            (".", Err(Syntax)),
            ("1e", Err(Syntax)),
            ("1.2.3", Err(Syntax)),
            (" 1", Err(Syntax)),
            ("0x10", Err(Syntax)),
            ("--1", Err(Syntax)),
        ] {
            assert_eq!(scaled(text, 3), expected, "{text}");
        }
    }

    #[test]
    fn milliseconds() {
        for (micros, expected) in
            [(0, "0"), (50, "0.05"), (5000, "5"), (1_000_120, "1000.12"), (10_000, "10")]
        {
            assert_eq!(millis(micros), expected);
        }
    }

    proptest! {
        #[test]
        fn a_number_is_one_for_rust_too(text in "[-+]?[0-9]{0,4}[.]?[0-9]{0,2}(e[-+]?[0-9]{0,1})?|[-+.einfa0-9]{0,6}") {
            let expected = text.parse::<f64>();
            prop_assert_eq!(scaled(&text, 3) == Err(NoDecimal::Syntax), expected.is_err());
            if let (Ok(value), Ok(expected)) = (scaled(&text, 3), expected) {
                #[expect(clippy::cast_precision_loss, reason = "a test of few digits")]
                let value = value as f64;
                prop_assert!((value - expected * 1000.0).abs() <= 0.500_001_f64.max(expected * 1e-9), "{}", text);
            }
        }

        #[test]
        fn millis_are_read_again(micros in 0..100_000_000_000_u64) {
            prop_assert_eq!(scaled(&millis(micros), 3), Ok(micros));
        }
    }
}
