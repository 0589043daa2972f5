//! Numbers as texts, and texts as numbers.

/// The decimal number at the beginning of a text, and its length; both are 0 if the text begins with something else.
pub(super) fn number(text: &str) -> (f64, usize) {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        end += 1 + fraction;
    }
    if whole + fraction == 0 {
        return (0.0, 0);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let number = text.get(..end).and_then(|digits| digits.parse().ok());
    (number.unwrap_or_default(), end)
}

/// A number as `print` writes it: a whole one that fits into 32 bits as such, else six digits of it.
pub(super) fn written(number: f64) -> String {
    let fits = f64::from(i32::MIN)..=f64::from(i32::MAX);
    if number.fract() == 0.0 && fits.contains(&number) {
        // `-0` is written as `0`.
        return format!("{}", number + 0.0);
    }
    general(number, 6)
}

/// A number without what is behind its point, or the end of what 64 bits have; 0 for what is not a number.
#[expect(clippy::cast_possible_truncation, reason = "a cast stops at the ends")]
pub(super) fn whole(number: f64) -> i64 {
    number as i64
}

/// As C's `%e`: an exponent has two digits at least.
pub(super) fn exponential(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |rest| ('-', rest));
            format!("{mantissa}e{sign}{exponent:0>2}")
        }
        // Not a number.
        None => text.to_lowercase(),
    }
}

/// As C's `%g`: as many significant digits as asked for, without zeros at the end.
pub(in crate::tools) fn general(number: f64, digits: usize) -> String {
    if !number.is_finite() {
        // 0/0 has a sign on the processors that mawk is used on, and this must be the same everywhere.
        let text = if number.is_nan() {
            "-nan"
        } else if number > 0.0 {
            "inf"
        } else {
            "-inf"
        };
        return text.to_owned();
    }
    let digits = digits.max(1);
    let scientific = exponential(number, digits - 1);
    let exponent: i32 = scientific.rsplit('e').next().and_then(|text| text.parse().ok()).unwrap_or_default();
    let least = i32::try_from(digits).unwrap_or(i32::MAX);
    if exponent < -4 || exponent >= least {
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "+00"));
        return format!("{}e{exponent}", bare(mantissa));
    }
    let behind = usize::try_from(least - 1 - exponent).unwrap_or_default();
    bare(&format!("{number:.behind$}")).to_owned()
}

/// Without zeros at the end of a fraction.
fn bare(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}
