//! Options as getopt reads them: letters in groups, arguments attached or following, operands anywhere.

use std::iter::Peekable;
use std::slice::Iter;

/// One option or operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arg<'a> {
    /// An option without an argument.
    Flag(char),
    /// An option and its argument.
    With(char, &'a str),
    /// A word that is no option.
    Operand(&'a str),
    /// An option that the program does not know.
    Unknown(char),
    /// An option whose argument is missing.
    Missing(char),
}

/// Reads `args` by `spec`: the letters that are known, each followed by `:` if it takes an argument.
pub(crate) fn getopt<'a>(args: &'a [String], spec: &'a str) -> impl Iterator<Item = Arg<'a>> {
    Getopt { args: args.iter().peekable(), group: "", spec, operands_only: false }
}

struct Getopt<'a> {
    args: Peekable<Iter<'a, String>>,
    /// The letters of the present word that are still to be read.
    group: &'a str,
    spec: &'a str,
    operands_only: bool,
}

impl<'a> Iterator for Getopt<'a> {
    type Item = Arg<'a>;

    fn next(&mut self) -> Option<Arg<'a>> {
        if self.group.is_empty() {
            let word = self.args.next()?;
            if !self.operands_only && word == "--" {
                self.operands_only = true;
                return self.next();
            }
            match word.strip_prefix('-') {
                Some(letters) if !letters.is_empty() && !self.operands_only => self.group = letters,
                _ => return Some(Arg::Operand(word)),
            }
        }
        let mut letters = self.group.chars();
        let letter = letters.next()?;
        self.group = letters.as_str();
        Some(self.option(letter))
    }
}

impl<'a> Getopt<'a> {
    fn option(&mut self, letter: char) -> Arg<'a> {
        let known = (letter != ':').then(|| self.spec.find(letter)).flatten();
        let Some(at) = known else {
            return Arg::Unknown(letter);
        };
        if !self.spec[at + letter.len_utf8()..].starts_with(':') {
            return Arg::Flag(letter);
        }
        if !self.group.is_empty() {
            return Arg::With(letter, std::mem::take(&mut self.group));
        }
        self.args.next().map_or(Arg::Missing(letter), |value| Arg::With(letter, value))
    }
}

/// Why a number was not accepted, in the words of strtonum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadNumber {
    /// Not a number.
    Invalid,
    /// Below the least.
    TooSmall,
    /// Beyond the greatest.
    TooLarge,
}

impl BadNumber {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            BadNumber::Invalid => "invalid",
            BadNumber::TooSmall => "too small",
            BadNumber::TooLarge => "too large",
        }
    }
}

/// Reads a decimal number between `least` and `greatest`.
pub(crate) fn number(text: &str, least: i64, greatest: i64) -> Result<i64, BadNumber> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(BadNumber::Invalid);
    }
    let beyond = if text.starts_with('-') { BadNumber::TooSmall } else { BadNumber::TooLarge };
    let value: i64 = text.parse().map_err(|_| beyond)?;
    match value {
        v if v < least => Err(BadNumber::TooSmall),
        v if v > greatest => Err(BadNumber::TooLarge),
        v => Ok(v),
    }
}

/// Ports that one command may try, in all its ranges.
pub(crate) const MOST_PORTS: usize = 65_535;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_group_and_operands_stand_anywhere() {
        let args = ["-lkp", "5555", "host", "-w5", "--", "-z", "-"].map(String::from);
        let read: Vec<Arg<'_>> = getopt(&args, "klp:w:z").collect();
        assert_eq!(
            read,
            [
                Arg::Flag('l'),
                Arg::Flag('k'),
                Arg::With('p', "5555"),
                Arg::Operand("host"),
                Arg::With('w', "5"),
                Arg::Operand("-z"),
                Arg::Operand("-"),
            ]
        );
    }

    #[test]
    fn what_is_unknown_or_missing_is_told() {
        let args = ["-Qé:", "-p"].map(String::from);
        let read: Vec<Arg<'_>> = getopt(&args, "p:").collect();
        assert_eq!(read, [Arg::Unknown('Q'), Arg::Unknown('é'), Arg::Unknown(':'), Arg::Missing('p')]);
    }

    #[test]
    fn numbers_are_read_as_strtonum_does() {
        assert_eq!(number("5555", 1, 65535), Ok(5555));
        assert_eq!(number("0", 1, 65535), Err(BadNumber::TooSmall));
        assert_eq!(number("99999999999999999999", 1, 65535), Err(BadNumber::TooLarge));
        assert_eq!(number("12x", 1, 65535), Err(BadNumber::Invalid));
    }
}
