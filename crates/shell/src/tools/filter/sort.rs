//! `sort`: whole lines, or keys that begin and end at fields.

use super::{hint, no_files};
use crate::getopt::{Getopt, Item};
use crate::output::{Done, Output, Refusal};
use std::cmp::Ordering;
use tcp_core::Order as _;

/// How lines or keys are compared.
#[derive(Clone, Copy, Default)]
struct Order {
    number: bool,
    folded: bool,
    reversed: bool,
    blanks: bool,
}

impl Order {
    /// With the option of this letter. `None` for other letters.
    fn with(mut self, letter: char) -> Option<Order> {
        match letter {
            'n' => self.number = true,
            'f' => self.folded = true,
            'r' => self.reversed = true,
            'b' => self.blanks = true,
            _ => return None,
        }
        Some(self)
    }

    const fn is_own(self) -> bool {
        self.number || self.folded || self.reversed || self.blanks
    }

    fn compare(self, one: &str, other: &str) -> Ordering {
        let bare = |text: &'_ str| if self.blanks { text.trim_start().to_owned() } else { text.to_owned() };
        let (one, other) = (bare(one), bare(other));
        let order = if self.number {
            number(&one).cmp(&number(&other))
        } else if self.folded {
            one.to_ascii_uppercase().cmp(&other.to_ascii_uppercase())
        } else {
            one.cmp(&other)
        };
        if self.reversed { order.reverse() } else { order }
    }
}

/// The whole number at the beginning of a text, or 0.
fn number(text: &str) -> i64 {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
    text.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// A part of a line: from a letter of a field to the end of a field or of the line, counted from 1.
struct Key {
    first: (usize, usize),
    /// The last field and its last letter, 0 for the whole field.
    last: Option<(usize, usize)>,
    order: Order,
}

impl Key {
    fn read(text: &str) -> Result<Key, Refusal> {
        let (from, to) = text.split_once(',').map_or((text, None), |(from, to)| (from, Some(to)));
        let mut order = Order::default();
        let first = place(from, text, "field start", &mut order)?;
        let last = to.map(|to| place(to, text, "after ','", &mut order)).transpose()?;
        Ok(Key { first: (first.0, first.1.max(1)), last, order })
    }

    /// The part of a line, whose fields are parted by `by` or by blanks, which then belong to the field after them.
    fn of<'a>(&self, line: &'a str, by: Option<char>) -> &'a str {
        let ends = ends(line, by);
        let begin = |field: usize| match field.checked_sub(2).map(|at| ends.get(at)) {
            None => 0,
            Some(Some(end)) => end + by.map_or(0, char::len_utf8),
            Some(None) => line.len(),
        };
        let letter = |from: usize, letters: usize| {
            let rest = line.get(from..).unwrap_or_default();
            from + rest.char_indices().nth(letters).map_or(rest.len(), |(at, _)| at)
        };
        let mut from = begin(self.first.0).min(line.len());
        if self.order.blanks {
            from += line.get(from..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        }
        let from = letter(from, self.first.1 - 1);
        let to = match self.last {
            None => line.len(),
            Some((field, 0)) => ends.get(field - 1).copied().unwrap_or(line.len()),
            Some((field, letters)) => letter(begin(field).min(line.len()), letters),
        };
        line.get(from..to.max(from)).unwrap_or_default()
    }
}

/// Where each field of a line ends.
fn ends(line: &str, by: Option<char>) -> Vec<usize> {
    if let Some(by) = by {
        return line.match_indices(by).map(|(at, _)| at).chain([line.len()]).collect();
    }
    let mut ends = Vec::new();
    let mut in_word = false;
    for (at, letter) in line.char_indices() {
        let blank = letter == ' ' || letter == '\t';
        if in_word && blank {
            ends.push(at);
        }
        in_word = !blank;
    }
    ends.push(line.len());
    ends
}

/// A field and a letter of it, as `2` or `2.3`, with options behind them.
fn place(text: &str, whole: &str, what: &str, order: &mut Order) -> Result<(usize, usize), Refusal> {
    let told = |text: String| Refusal::new(format!("sort: {text}\n"), 2);
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (field, rest) = text.split_at(digits(text));
    let Ok(field) = field.parse::<usize>() else {
        return Err(told(format!("invalid number {}: invalid count at start of ‘{text}’", at_start(what))));
    };
    if field == 0 {
        return Err(told(format!("field number is zero: invalid field specification ‘{whole}’")));
    }
    let (letter, rest) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", rest),
    };
    for option in rest.chars() {
        let stray = || told(format!("stray character in field spec: invalid field specification ‘{whole}’"));
        *order = order.with(option).ok_or_else(stray)?;
    }
    Ok((field, letter.parse().unwrap_or(0)))
}

fn at_start(what: &str) -> String {
    if what.starts_with("after") { what.to_owned() } else { format!("at {what}") }
}

/// `sort`
pub(crate) fn sort(args: &[String], stdin: &str) -> Done {
    let (mut order, mut keys, mut by) = (Order::default(), Vec::new(), None);
    let (mut unique, mut stable, mut words) = (false, false, Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("rnufbsk:t:", &[]) {
        match item {
            Item::Option('k', key) => keys.push(Key::read(key.unwrap_or_default())?),
            Item::Option('t', letter) => {
                let letter = letter.unwrap_or_default();
                let mut letters = letter.chars();
                by = letters.next();
                if by.is_none() {
                    return Err(Refusal::new("sort: empty tab\n", 2));
                }
                if letters.next().is_some() {
                    return Err(Refusal::new(format!("sort: multi-character tab ‘{letter}’\n"), 2));
                }
            }
            Item::Option('u', _) => unique = true,
            Item::Option('s', _) => stable = true,
            Item::Option(letter, _) => order = order.with(letter).unwrap_or(order),
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(hint(bad.message("sort"), "sort").with_code(2)),
        }
    }
    no_files("sort", &words).map_err(|refusal| refusal.with_code(2))?;
    // A key without options of its own has those of the line.
    keys.iter_mut().filter(|key| !key.order.is_own()).for_each(|key| key.order = order);
    let by_keys = |one: &&str, other: &&str| match keys.as_slice() {
        [] => order.compare(one, other),
        keys => keys
            .iter()
            .map(|key| key.order.compare(key.of(one, by), key.of(other, by)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal),
    };
    // Among equals the whole line decides, unless one of them is to be left or their order is to stay.
    let last = |one: &&str, other: &&str| match (unique || stable, order.reversed) {
        (true, _) => Ordering::Equal,
        (false, true) => other.cmp(one),
        (false, false) => one.cmp(other),
    };
    let mut lines: Vec<&str> = stdin.lines().collect();
    lines.order_by(|one, other| by_keys(one, other).then_with(|| last(one, other)));
    if unique {
        lines.dedup_by(|one, other| by_keys(one, other).is_eq());
    }
    Ok(Output::ok(lines.iter().map(|line| format!("{line}\n")).collect::<String>()))
}

/// Puts words or lines into an order, by which only equal ones are equal.
pub(crate) fn arrange(lines: &mut [&str], order: fn(&str, &str) -> Ordering) {
    lines.order_by(|one, other| order(one, other));
}
