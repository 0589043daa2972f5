//! `printf`, as C has it.

use super::Stop;
use super::digits::{exponential, general, whole};
use super::value::Value;

/// The largest width and precision.
const WIDEST: usize = 10_000;

/// The text of a format and its arguments.
pub(super) fn printf(format: &str, args: &[Value]) -> Result<String, Stop> {
    let mut out = String::new();
    let mut args = args.iter();
    let mut chars = format.chars().peekable();
    let missing = || Stop::Run(format!("not enough arguments passed to printf(\"{format}\")"));
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let mut spec = Spec::default();
        while let Some(flag) = chars.next_if(|c| "-+ 0#".contains(*c)) {
            spec.flags.push(flag);
        }
        let mut count = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>| {
            if chars.next_if_eq(&'*').is_some() {
                return args.next().map(|value| value.to_number()).ok_or_else(missing);
            }
            let mut number = 0.0;
            while let Some(digit) = chars.next_if(char::is_ascii_digit).and_then(|c| c.to_digit(10)) {
                number = number * 10.0 + f64::from(digit);
            }
            Ok(number)
        };
        let width = count(&mut chars)?;
        if width < 0.0 {
            spec.flags.push('-');
        }
        spec.width = few(width.abs());
        if chars.next_if_eq(&'.').is_some() {
            spec.precision = Some(few(count(&mut chars)?));
        }
        while chars.next_if(|c| "hlL".contains(*c)).is_some() {}
        let letter = chars.next();
        if letter == Some('%') {
            out.push('%');
            continue;
        }
        let Some(letter) = letter.filter(|letter| "diouxXeEfFgGcs".contains(*letter)) else {
            return Err(Stop::Run(format!("bad conversion: {format}")));
        };
        let value = args.next().ok_or_else(missing)?;
        out += &spec.padded(letter, value);
    }
    Ok(out)
}

/// As many as asked for, but not too many.
fn few(number: f64) -> usize {
    usize::try_from(whole(number)).unwrap_or_default().min(WIDEST)
}

#[derive(Default)]
struct Spec {
    flags: String,
    width: usize,
    precision: Option<usize>,
}

impl Spec {
    fn padded(&self, letter: char, value: &Value) -> String {
        let text = self.plain(letter, value);
        let missing = self.width.saturating_sub(text.chars().count());
        let has = |flag| self.flags.contains(flag);
        let is_number = !matches!(letter, 'c' | 's');
        if has('-') {
            text + &" ".repeat(missing)
        } else if has('0') && is_number && (self.precision.is_none() || !"diouxX".contains(letter)) {
            let sign = text.len() - text.trim_start_matches(['-', '+', ' ']).len();
            let (sign, digits) = text.split_at(sign);
            format!("{sign}{}{digits}", "0".repeat(missing))
        } else {
            " ".repeat(missing) + &text
        }
    }

    fn plain(&self, letter: char, value: &Value) -> String {
        let number = value.to_number();
        let digits = self.precision.unwrap_or(6);
        let text = match letter {
            's' => {
                let text = value.to_text();
                return text.chars().take(self.precision.unwrap_or(usize::MAX)).collect();
            }
            'c' => {
                return match value {
                    Value::Number(code) | Value::Both(_, code) => {
                        let code = u32::try_from(whole(*code)).ok().and_then(char::from_u32);
                        code.map_or_else(String::new, String::from)
                    }
                    _ => value.to_text().chars().take(1).collect(),
                };
            }
            // What is behind the point is cut off.
            'd' | 'i' => format!("{}", whole(number)),
            'u' => format!("{}", whole(number).cast_unsigned()),
            'o' => format!("{:o}", whole(number)),
            'x' => format!("{:x}", whole(number)),
            'X' => format!("{:X}", whole(number)),
            'f' | 'F' => format!("{number:.digits$}"),
            'e' => exponential(number, digits),
            'E' => exponential(number, digits).to_uppercase(),
            'g' => general(number, digits),
            _ => general(number, digits).to_uppercase(),
        };
        let sign = ['+', ' '].into_iter().find(|sign| self.flags.contains(*sign));
        let text = match (letter, self.precision) {
            ('d' | 'i' | 'u' | 'o' | 'x' | 'X', Some(least)) => {
                let bare = text.trim_start_matches('-');
                let zeros = "0".repeat(least.saturating_sub(bare.len()));
                format!("{}{zeros}{bare}", if text.starts_with('-') { "-" } else { "" })
            }
            _ => text,
        };
        match sign {
            Some(sign) if "dieEfFgG".contains(letter) && !text.starts_with('-') => format!("{sign}{text}"),
            _ => text,
        }
    }
}
