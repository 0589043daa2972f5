//! Applies commands to lines.

use super::super::pattern::Pattern;
use super::{Action, Address, Command, Piece};
use crate::output::Output;

/// A line while commands are applied to it.
struct Space<'a> {
    line: String,
    number: usize,
    last: bool,
    /// The line's end: the last one may have none.
    end: &'a str,
    deleted: bool,
    quit: Option<i32>,
    behind: String,
}

pub(super) fn run(commands: &[Command], stdin: &str, quiet: bool) -> Output {
    let mut out = String::new();
    let lines: Vec<&str> = stdin.split_inclusive('\n').collect();
    for (at, whole) in lines.iter().enumerate() {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        let mut space = Space {
            line: line.to_owned(),
            number: at + 1,
            last: at + 1 == lines.len(),
            end: &whole[line.len()..],
            deleted: false,
            quit: None,
            behind: String::new(),
        };
        apply(commands, &mut space, &mut out);
        if !space.deleted && !quiet {
            out += &space.line;
            out += space.end;
        }
        if !space.behind.is_empty() && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out += &space.behind;
        if let Some(code) = space.quit {
            return Output { exit_code: code, ..Output::ok(out) };
        }
    }
    Output::ok(out)
}

fn apply(commands: &[Command], space: &mut Space<'_>, out: &mut String) {
    for command in commands {
        if space.deleted || space.quit.is_some() {
            return;
        }
        if command.is_for(space) == command.not {
            continue;
        }
        match &command.action {
            Action::Delete => space.deleted = true,
            Action::Print => *out += &format!("{}\n", space.line),
            Action::Number => *out += &format!("{}\n", space.number),
            Action::Quit(code) => space.quit = Some(*code),
            Action::Before(text) => *out += text,
            Action::Behind(text) => space.behind += text,
            Action::Instead(text) => {
                if command.to.is_none() || command.open.get().is_none() {
                    *out += text;
                }
                space.deleted = true;
            }
            Action::Change(from, to) => {
                let changed = |c: char| from.iter().position(|other| *other == c).map_or(c, |at| to[at]);
                space.line = space.line.chars().map(changed).collect();
            }
            Action::Substitute { pattern, with, number, all, print } => {
                if let Some(line) = substituted(&space.line, pattern, with, *number, *all) {
                    space.line = line;
                    if *print {
                        *out += &format!("{}\n", space.line);
                    }
                }
            }
            Action::Block(commands) => apply(commands, space, out),
        }
    }
}

impl Command {
    /// Whether its addresses choose the line.
    fn is_for(&self, space: &Space<'_>) -> bool {
        let Some(from) = &self.from else { return true };
        let Some(to) = &self.to else { return from.is(space) };
        if let Some(end) = self.open.get() {
            let ends = match to {
                Address::Fits(_) | Address::Last => to.is(space),
                _ => space.number >= end,
            };
            if ends {
                self.open.set(None);
            }
            return true;
        }
        if !from.is(space) {
            return false;
        }
        let end = match to {
            Address::Line(line) => *line,
            Address::After(more) => space.number.saturating_add(*more),
            Address::Every(_, step) if *step > 0 => space.number.div_ceil(*step) * *step,
            Address::Every(..) => space.number,
            Address::Fits(_) | Address::Last => usize::MAX,
        };
        if end > space.number && !(matches!(to, Address::Last) && space.last) {
            self.open.set(Some(end));
        }
        true
    }
}

impl Address {
    fn is(&self, space: &Space<'_>) -> bool {
        match self {
            Address::Line(line) => space.number == *line,
            Address::Last => space.last,
            Address::Fits(pattern) => pattern.find(&space.line.chars().collect::<Vec<_>>(), 0).is_some(),
            Address::Every(first, 0) => space.number == *first,
            Address::Every(first, step) => {
                space.number >= *first && (space.number - first).is_multiple_of(*step)
            }
            Address::After(_) => false,
        }
    }
}

/// The line with what the pattern finds replaced, from the match of this number on; `None` if nothing is found.
fn substituted(line: &str, pattern: &Pattern, with: &[Piece], number: usize, all: bool) -> Option<String> {
    let letters: Vec<char> = line.chars().collect();
    let (mut out, mut at, mut count, mut done) = (String::new(), 0, 0, false);
    let mut after_match = None;
    while at <= letters.len() {
        let Some((begin, end)) = pattern.find(&letters, at) else { break };
        out.extend(&letters[at..begin]);
        // Nothing is found directly behind a match.
        let counts = begin < end || after_match != Some(begin);
        count += usize::from(counts);
        if counts && (count == number || all && count > number) {
            let groups = pattern.groups(&letters, begin, end);
            for piece in with {
                match piece {
                    Piece::Letter(c) => out.push(*c),
                    Piece::Found => out.extend(&letters[begin..end]),
                    Piece::Group(number) => {
                        let group = groups.get(*number).copied().flatten();
                        out.extend(group.map_or(&[][..], |(from, to)| &letters[from..to]));
                    }
                }
            }
            done = true;
        } else {
            out.extend(&letters[begin..end]);
        }
        at = end;
        after_match = Some(end);
        if begin == end {
            out.extend(letters.get(end));
            at = end + 1;
        }
        if done && !all {
            break;
        }
    }
    out.extend(letters.get(at..).unwrap_or_default());
    done.then_some(out)
}
