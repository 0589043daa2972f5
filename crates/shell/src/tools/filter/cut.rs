//! Filters that cut and change letters: `cut`, `tr`, `nl`, `tee`.

use super::{hint, letters, no_files};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};
use std::ops::RangeInclusive;

/// A refusal of `cut`.
fn of_cut(text: &str) -> Refusal {
    hint(format!("cut: {text}\n"), "cut")
}

const CUT_LONGS: &[Long] = &[
    Long::with("characters", 'c'),
    Long::flag("complement", '@'),
    Long::with("delimiter", 'd'),
    Long::with("fields", 'f'),
    Long::flag("only-delimited", 's'),
];

/// `cut`
pub(crate) fn cut(args: &[String], stdin: &str) -> Done {
    let (mut list, mut by, mut only, mut others, mut words) = (None, None, false, false, Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("b:c:f:d:s", &[CUT_LONGS]) {
        match item {
            Item::Option('d', letter) => {
                let mut letters = letter.unwrap_or_default().chars();
                by = letters.next();
                if letters.next().is_some() {
                    return Err(of_cut("the delimiter must be a single character"));
                }
            }
            Item::Option('s', _) => only = true,
            Item::Option('@', _) => others = true,
            Item::Option(..) if list.is_some() => return Err(of_cut("only one list may be specified")),
            Item::Option(letter, spec) => list = Some((letter == 'f', spec.unwrap_or_default())),
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(hint(bad.message("cut"), "cut")),
        }
    }
    let Some((fields, spec)) = list else {
        return Err(of_cut("you must specify a list of bytes, characters, or fields"));
    };
    let ranges = ranges(spec, fields)?;
    if by.is_some() && !fields {
        return Err(of_cut("an input delimiter may be specified only when operating on fields"));
    }
    no_files("cut", &words)?;
    let by = by.unwrap_or('\t');
    let wanted = |at: usize| ranges.iter().any(|range| range.contains(&(at + 1))) != others;
    let mut out = String::new();
    for line in stdin.lines() {
        if !fields {
            out.extend(line.chars().enumerate().filter(|(at, _)| wanted(*at)).map(|(_, letter)| letter));
        } else if line.contains(by) {
            let parts = line.split(by).enumerate().filter(|(at, _)| wanted(*at)).map(|(_, part)| part);
            out += &parts.collect::<Vec<_>>().join(by.encode_utf8(&mut [0; 4]));
        } else if only {
            continue;
        } else {
            // A line without fields is shown whole.
            out += line;
        }
        out.push('\n');
    }
    Ok(Output::ok(out))
}

/// A list such as `1,3-5,7-`.
fn ranges(spec: &str, fields: bool) -> Result<Vec<RangeInclusive<usize>>, Refusal> {
    let what = if fields { "field" } else { "byte/character position" };
    let number = |text: &str, missing: usize| match text {
        "" => Ok(missing),
        "0" if fields => Err(of_cut("fields are numbered from 1")),
        "0" => Err(of_cut("byte/character positions are numbered from 1")),
        _ => text.parse().map_err(|_| of_cut(&format!("invalid {what} value ‘{text}’"))),
    };
    let one = |part: &str| match part.split_once('-') {
        None if part.is_empty() => number("0", 1).map(|at| at..=at),
        None => number(part, 1).map(|at| at..=at),
        Some(("", "")) => Err(of_cut("invalid range with no endpoint: -")),
        Some((from, to)) => match (number(from, 1)?, number(to, usize::MAX)?) {
            (from, to) if from > to => Err(of_cut("invalid decreasing range")),
            (from, to) => Ok(from..=to),
        },
    };
    spec.split([',', ' ']).map(one).collect()
}

/// `tr`
pub(crate) fn tr(args: &[String], stdin: &str) -> Done {
    let (mut complement, mut delete, mut squeeze, mut words) = (false, false, false, Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("cCds", &[]) {
        match item {
            Item::Option('d', _) => delete = true,
            Item::Option('s', _) => squeeze = true,
            Item::Option(..) => complement = true,
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(hint(bad.message("tr"), "tr")),
        }
    }
    let told = |text: String| Err(hint(format!("tr: {text}\n"), "tr"));
    let (first, second) = match words.as_slice() {
        [] => return told("missing operand".to_owned()),
        [first] if delete || squeeze => (set(first), None),
        [first] => {
            return told(format!(
                "missing operand after ‘{first}’\nTwo strings must be given when translating."
            ));
        }
        [_, second] if delete && !squeeze => {
            let why = "Only one string may be given when deleting without squeezing repeats.";
            return told(format!("extra operand ‘{second}’\n{why}"));
        }
        [first, second] => (set(first), Some(set(second))),
        [_, _, third, ..] => return told(format!("extra operand ‘{third}’")),
    };
    if second.as_ref().is_some_and(Vec::is_empty) && !delete {
        let text = "tr: when not truncating set1, string2 must be non-empty\n";
        return Err(Refusal::new(text, 1));
    }
    let at = |letter: char| match (first.iter().position(|one| *one == letter), complement) {
        (found, false) => found,
        (Some(_), true) => None,
        // All others become the last one.
        (None, true) => Some(usize::MAX),
    };
    // What repeats is squeezed in the last set that is given.
    let squeezed = |letter: char| {
        squeeze
            && match &second {
                Some(second) => second.contains(&letter),
                None => at(letter).is_some(),
            }
    };
    let mut out = String::new();
    for letter in stdin.chars() {
        let now = match (at(letter), &second) {
            (Some(_), _) if delete => continue,
            (Some(at), Some(second)) => second.get(at).or(second.last()).copied().unwrap_or(letter),
            _ => letter,
        };
        if !(squeezed(now) && out.ends_with(now)) {
            out.push(now);
        }
    }
    Ok(Output::ok(out))
}

/// The letters of a set: ranges, classes and escapes.
fn set(text: &str) -> Vec<char> {
    type Class = (&'static str, fn(char) -> bool);
    const CLASSES: [Class; 7] = [
        ("[:lower:]", |c| c.is_ascii_lowercase()),
        ("[:upper:]", |c| c.is_ascii_uppercase()),
        ("[:digit:]", |c| c.is_ascii_digit()),
        ("[:alpha:]", |c| c.is_ascii_alphabetic()),
        ("[:alnum:]", |c| c.is_ascii_alphanumeric()),
        ("[:space:]", |c| c.is_ascii_whitespace() || c == '\u{b}'),
        ("[:punct:]", |c| c.is_ascii_punctuation()),
    ];
    let mut letters = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((name, fits)) = CLASSES.iter().find(|(name, _)| rest.starts_with(name)) {
            letters.extend((0..=0x7f_u8).map(char::from).filter(|letter| fits(*letter)));
            rest = rest.get(name.len()..).unwrap_or_default();
            continue;
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
        let mut letter = first;
        if let Some(escaped) = rest.chars().next().filter(|_| first == '\\') {
            letter = match escaped {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            };
            rest = rest.get(escaped.len_utf8()..).unwrap_or_default();
        }
        let last = rest.strip_prefix('-').and_then(|rest| rest.chars().next()).filter(|last| *last >= letter);
        match last {
            Some(last) => {
                letters.extend(letter..=last);
                rest = rest.get(1 + last.len_utf8()..).unwrap_or_default();
            }
            None => letters.push(letter),
        }
    }
    letters
}

/// `nl`: numbers before all lines but empty ones.
pub(crate) fn nl(args: &[String], stdin: &str) -> Done {
    let options = letters(args, "b:", "nl")?;
    let all = options.iter().any(|(_, style)| *style == "a");
    let mut number = 0;
    let mut out = String::new();
    for line in stdin.lines() {
        if line.is_empty() && !all {
            out += "       \n";
            continue;
        }
        number += 1;
        out += &format!("{number:>6}\t{line}\n");
    }
    Ok(Output::ok(out))
}

/// `less` and `more`, which show all of it in a terminal that can be scrolled.
pub(crate) fn pager(_: &[String], stdin: &str) -> Done {
    Ok(Output::ok(stdin))
}
