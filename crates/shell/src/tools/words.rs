//! `echo` and `printf` as bash has them, and `seq`.
//!
//! Octets that make no letter are replaced when they are read as text.

use super::{OnHost, date};
use crate::escapes::unescaped;
use crate::output::{Done, Output, Refusal};

/// The largest width and precision, and the most that `seq` and `printf` print.
const WIDEST: usize = 10_000;
const MOST: usize = 4 << 20;

/// `echo`; with `-n` without a line end, with `-e` with escapes.
pub(crate) fn echo(args: &[String], _here: &mut OnHost<'_>) -> Done {
    let is_option = |word: &&String| {
        word.len() > 1 && word.starts_with('-') && word[1..].chars().all(|letter| "neE".contains(letter))
    };
    let options = args.iter().take_while(is_option).count();
    let (options, words) = args.split_at(options);
    let letters: String = options.iter().map(String::as_str).collect();
    let ends = !letters.contains('n');
    let escapes = letters.rfind(['e', 'E']).is_some_and(|at| letters[at..].starts_with('e'));
    let text = words.join(" ");
    let (mut out, stops) = if escapes { unescaped(&text, true) } else { (text.into_bytes(), false) };
    if ends && !stops {
        out.push(b'\n');
    }
    Ok(Output::ok(String::from_utf8_lossy(&out)))
}

/// `printf FORMAT [WORD …]`
pub(crate) fn printf(args: &[String], here: &mut OnHost<'_>) -> Done {
    let args = match args {
        [first, rest @ ..] if first == "--" => rest,
        args => args,
    };
    let Some((format, words)) = args.split_first() else {
        return Err(Refusal::new("printf: usage: printf [-v var] format [arguments]\n", 2));
    };
    let mut printer = Printer { words, here, at: 0, out: Vec::new(), output: Output::default() };
    loop {
        let before = printer.at;
        let goes_on = printer.format(format);
        let is_over = printer.at >= words.len() || printer.at == before || printer.out.len() > MOST;
        if !goes_on || is_over {
            break;
        }
    }
    printer.output.stdout = String::from_utf8_lossy(&printer.out).into_owned();
    Ok(printer.output)
}

struct Printer<'a, 'h> {
    words: &'a [String],
    here: &'a OnHost<'h>,
    at: usize,
    out: Vec<u8>,
    output: Output,
}

/// What is between `%` and its letter.
#[derive(Default)]
struct Spec {
    flags: String,
    width: usize,
    precision: Option<usize>,
}

impl Printer<'_, '_> {
    fn word(&mut self) -> &str {
        let word = self.words.get(self.at).map_or("", String::as_str);
        self.at += 1;
        word
    }

    fn number(&mut self) -> i64 {
        let word = self.word().to_owned();
        let (negative, digits) = match word.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, word.strip_prefix('+').unwrap_or(&word)),
        };
        let parsed =
            match (digits.strip_prefix("0x"), digits.strip_prefix('0'), digits.strip_prefix(['\'', '"'])) {
                (Some(hex), ..) => i64::from_str_radix(hex, 16).ok(),
                (_, _, Some(letter)) => Some(letter.chars().next().map_or(0, |c| i64::from(u32::from(c)))),
                (_, Some(octal), _) if !octal.is_empty() => i64::from_str_radix(octal, 8).ok(),
                _ if digits.is_empty() => Some(0),
                _ => digits.parse().ok(),
            };
        if parsed.is_none() {
            self.output.stderr += &format!("bash: printf: {word}: invalid number\n");
            self.output.exit_code = 1;
        }
        let begins = || {
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            digits[..end].parse().unwrap_or(0)
        };
        let value: i64 = parsed.unwrap_or_else(begins);
        if negative { value.wrapping_neg() } else { value }
    }

    fn float(&mut self) -> f64 {
        let word = self.word().to_owned();
        if word.is_empty() {
            return 0.0;
        }
        word.parse().unwrap_or_else(|_| {
            self.output.stderr += &format!("bash: printf: {word}: invalid number\n");
            self.output.exit_code = 1;
            0.0
        })
    }

    /// `%(FORMAT)T`: the time now, which is also what `-1` and no word stand for.
    fn time(&mut self, format: &str) -> String {
        let now = self.at >= self.words.len() || self.word() == "-1";
        if !now {
            const ANOTHER: &str = "this lab's printf shows no time but now; near it: printf '%(%T)T' -1\n";
            self.output.stderr += ANOTHER;
            self.output.exit_code = 1;
            return String::new();
        }
        // C's strftime, which bash asks, knows no nanoseconds.
        date::now(&(if format.is_empty() { "%T" } else { format }).replace("%N", "%%N"), self.here)
    }

    /// Prints the format once. Returns false if it ends here.
    fn format(&mut self, format: &str) -> bool {
        let mut rest = format;
        while let Some(at) = rest.find('%') {
            let (out, stops) = unescaped(&rest[..at], false);
            self.out.extend(out);
            if stops {
                return false;
            }
            rest = &rest[at + 1..];
            match self.conversion(rest) {
                Ok(after) => rest = after,
                Err(bad) => {
                    self.output.stderr += &format!("bash: printf: `{bad}': invalid format character\n");
                    self.output.exit_code = 1;
                    return false;
                }
            }
        }
        let (out, stops) = unescaped(rest, false);
        self.out.extend(out);
        !stops
    }

    /// Prints what follows a `%`, and returns what follows that.
    fn conversion<'t>(&mut self, text: &'t str) -> Result<&'t str, String> {
        let mut spec = Spec::default();
        let flags = text.find(|c: char| !"-+ 0#".contains(c)).unwrap_or(text.len());
        let (set, mut rest) = text.split_at(flags);
        spec.flags = set.to_owned();
        let count = |rest: &mut &'t str, printer: &mut Self| {
            if let Some(after) = rest.strip_prefix('*') {
                *rest = after;
                return printer.number();
            }
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, after) = rest.split_at(end);
            *rest = after;
            digits.parse().unwrap_or(0)
        };
        let width = count(&mut rest, self);
        if width < 0 {
            spec.flags.push('-');
        }
        let few = |count: i64| usize::try_from(count.unsigned_abs()).unwrap_or(WIDEST).min(WIDEST);
        spec.width = few(width);
        if let Some(after) = rest.strip_prefix('.') {
            rest = after;
            spec.precision = Some(few(count(&mut rest, self).max(0)));
        }
        if let Some((format, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(")T")) {
            let text = self.time(format);
            self.out.extend(spec.padded(&text, false).bytes());
            return Ok(after);
        }
        let mut chars = rest.chars();
        let Some(letter) = chars.next() else { return Err(String::new()) };
        let precision = spec.precision;
        let (text, is_number) = match letter {
            '%' => ("%".to_owned(), false),
            's' => (self.word().chars().take(precision.unwrap_or(usize::MAX)).collect(), false),
            'c' => (self.word().chars().take(1).collect(), false),
            'q' => (crate::quote(self.word()), false),
            'b' => {
                let (out, _) = unescaped(self.word(), true);
                (String::from_utf8_lossy(&out).into_owned(), false)
            }
            'd' | 'i' => (spec.signed(self.number()), true),
            'u' => (self.number().cast_unsigned().to_string(), true),
            'o' => (format!("{:o}", self.number()), true),
            'x' => (format!("{:x}", self.number()), true),
            'X' => (format!("{:X}", self.number()), true),
            'f' | 'F' => (format!("{:.*}", precision.unwrap_or(6), self.float()), true),
            'e' | 'g' => (self.float().to_string(), true),
            other => return Err(other.to_string()),
        };
        self.out.extend(spec.padded(&text, is_number).bytes());
        Ok(chars.as_str())
    }
}

impl Spec {
    fn signed(&self, value: i64) -> String {
        let digits = value.unsigned_abs().to_string();
        let zeros = "0".repeat(self.precision.unwrap_or(0).saturating_sub(digits.len()));
        let sign = match value {
            ..0 => "-",
            _ if self.flags.contains('+') => "+",
            _ if self.flags.contains(' ') => " ",
            _ => "",
        };
        format!("{sign}{zeros}{digits}")
    }

    fn padded(&self, text: &str, is_number: bool) -> String {
        let missing = self.width.saturating_sub(text.chars().count());
        if self.flags.contains('-') {
            return format!("{text}{}", " ".repeat(missing));
        }
        if self.flags.contains('0') && is_number {
            let sign = text.len() - text.trim_start_matches(['-', '+', ' ']).len();
            let (sign, digits) = text.split_at(sign);
            return format!("{sign}{}{digits}", "0".repeat(missing));
        }
        " ".repeat(missing) + text
    }
}

const SEQ_HINT: &str = "Try 'seq --help' for more information.\n";

/// `seq [-w] [-s SEPARATOR] [FIRST [STEP]] LAST`
pub(crate) fn seq(args: &[String], _here: &mut OnHost<'_>) -> Done {
    let (mut wide, mut separator, mut words) = (false, "\n".to_owned(), Vec::new());
    let mut rest = args.iter();
    while let Some(word) = rest.next() {
        let negative = word
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        match word.as_str() {
            "-w" | "--equal-width" => wide = true,
            "-s" => separator = rest.next().cloned().unwrap_or_default(),
            word if word.starts_with("-s") => word[2..].clone_into(&mut separator),
            word if word.starts_with('-') && !negative && word.len() > 1 => {
                let letter = word.chars().nth(1).unwrap_or('-');
                return Err(Refusal::new(format!("seq: invalid option -- '{letter}'\n{SEQ_HINT}"), 1));
            }
            word => words.push(word.to_owned()),
        }
    }
    if words.is_empty() {
        return Err(Refusal::new(format!("seq: missing operand\n{SEQ_HINT}"), 1));
    }
    if let Some(extra) = words.get(3) {
        return Err(Refusal::new(format!("seq: extra operand ‘{extra}’\n{SEQ_HINT}"), 1));
    }
    let mut numbers = Vec::new();
    for word in &words {
        let Some(number) = decimal(word) else {
            return Err(Refusal::new(
                format!("seq: invalid floating point argument: ‘{word}’\n{SEQ_HINT}"),
                1,
            ));
        };
        numbers.push(number);
    }
    let one = (1, 0);
    let (first, step, last) = match *numbers.as_slice() {
        [first, step, last] => (first, step, last),
        [first, last] => (first, one, last),
        _ => (one, one, numbers[0]),
    };
    if step.0 == 0 {
        let word = &words[1];
        return Err(Refusal::new(format!("seq: invalid Zero increment value: ‘{word}’\n{SEQ_HINT}"), 1));
    }
    Ok(Output::ok(listed(first, step, last, &separator, wide)))
}

/// A decimal number, as a whole number and how many of its digits are behind the point.
fn decimal(word: &str) -> Option<(i64, u32)> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let digits = format!("{whole}{fraction}");
    let bare = digits.trim_start_matches(['-', '+']);
    if bare.is_empty() || bare.len() > 17 || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((digits.trim_start_matches('+').parse().ok()?, u32::try_from(fraction.len()).ok()?))
}

fn listed(first: (i64, u32), step: (i64, u32), last: (i64, u32), separator: &str, wide: bool) -> String {
    let places = first.1.max(step.1);
    let most = places.max(last.1);
    let scaled = |(number, places): (i64, u32)| i128::from(number) * 10_i128.pow((most - places).min(20));
    let (first, step, last) = (scaled(first), scaled(step), scaled(last));
    let text = |number: i128| {
        let unit = 10_i128.pow(most);
        let (sign, number) = (if number < 0 { "-" } else { "" }, number.abs());
        let fraction = format!("{:0width$}", number % unit, width = most as usize);
        match places {
            0 => format!("{sign}{}", number / unit),
            _ => format!("{sign}{}.{}", number / unit, &fraction[..places as usize]),
        }
    };
    let width = if wide { text(first).len().max(text(last).len()) } else { 0 };
    let (mut out, mut number) = (String::new(), first);
    while (step > 0 && number <= last || step < 0 && number >= last) && out.len() < MOST {
        if !out.is_empty() {
            out += separator;
        }
        let shown = text(number);
        let (sign, digits) =
            if let Some(digits) = shown.strip_prefix('-') { ("-", digits) } else { ("", shown.as_str()) };
        out += &format!("{sign}{digits:0>width$}", width = width.saturating_sub(sign.len()));
        number += step;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
