//! Regular expressions for `grep`: POSIX basic and extended, as GNU reads them.
//!
//! Guarantee: a match takes time in proportion to the lengths of line and pattern, whatever the pattern. A line in
//! which a huge pattern would have to be tried at every position is given up after [`PATIENCE`] steps for each
//! character.
//!
//! Left out on purpose: back references within a pattern, and collating elements.

mod groups;
mod parse;

use std::cell::Cell;
use thiserror::Error;

/// How a pattern is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// `grep`
    Basic,
    /// `grep -E`
    Extended,
    /// `grep -F`
    Fixed,
    /// `grep -P`: what extended patterns have, `\d`, `\D`, `\t` and `(?:…)`
    Perl,
}

/// Why a pattern cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum PatternError {
    #[error("Invalid regular expression")]
    Invalid,
    #[error("Unmatched [, [^, [:, [., or [=")]
    Bracket,
    #[error("Unmatched ( or \\(")]
    Open,
    #[error("Unmatched ) or \\)")]
    Close,
    #[error("Unmatched \\{{")]
    Brace,
    #[error("Invalid content of \\{{\\}}")]
    Repetition,
    #[error("Invalid range end")]
    Range,
    #[error("Invalid character class name")]
    Class,
    #[error("Trailing backslash")]
    Backslash,
    #[error("Invalid back reference")]
    BackReference,
    #[error("patterns of this lab cannot ask for the same again (\\1)")]
    Repeated,
    #[error("this lab's -P has \\d, \\w, \\s, \\b and (?:, and no more of Perl's than that")]
    Perl,
    #[error("Regular expression too big")]
    Big,
}

/// What a single character of a line must match.
#[derive(Clone, Debug)]
enum One {
    Any,
    Char(char),
    /// Ranges of characters, and whether they are excluded.
    Set(Vec<(char, char)>, bool),
}

#[derive(Clone, Debug)]
enum Step {
    One(One),
    /// Continues at both steps.
    Split(usize, usize),
    Jump(usize),
    Start,
    End,
    /// At the border of a word: whether its beginning and whether its end will do.
    Edge(bool, bool),
    /// Not at the beginning or end of a word.
    Inside,
    /// Where a group begins (twice its number) or ends (one more).
    Mark(usize),
    Done,
}

impl Step {
    /// Whether a step that reads no character lets through at `at`.
    fn holds(&self, line: &[char], at: usize) -> bool {
        let is_word = |at: Option<usize>| at.and_then(|at| line.get(at)).is_some_and(|c| word(*c));
        let (before, after) = (is_word(at.checked_sub(1)), is_word(Some(at)));
        match self {
            Step::Start => at == 0,
            Step::End => at == line.len(),
            Step::Edge(begin, end) => *begin && !before && after || *end && before && !after,
            Step::Inside => before == after,
            Step::Mark(_) => true,
            Step::One(_) | Step::Split(..) | Step::Jump(_) | Step::Done => false,
        }
    }
}

/// The structure of a pattern.
#[derive(Clone, Debug)]
enum Node {
    Empty,
    Step(Step),
    Then(Vec<Node>),
    Either(Vec<Node>),
    /// Counted from 0.
    Group(usize, Box<Node>),
    Repeat(Box<Node>, u32, Option<u32>),
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
    /// How many groups it has.
    pub(super) groups: usize,
    fold: bool,
    /// Steps that may still be tried on this line.
    patience: Cell<usize>,
}

/// Steps that may be tried for each character of a line.
const PATIENCE: usize = 4_000;

/// The set of steps that were reached.
struct Reached {
    steps: Vec<usize>,
    /// For each step of the pattern, whether it was reached.
    is_reached: Vec<bool>,
}

impl Reached {
    fn new(steps: usize) -> Reached {
        Reached { steps: Vec::new(), is_reached: vec![false; steps] }
    }

    /// Adds a step. Returns true if it was not in the set yet.
    fn insert(&mut self, step: usize) -> bool {
        let is_new = self.is_reached.get_mut(step).is_some_and(|known| !std::mem::replace(known, true));
        if is_new {
            self.steps.push(step);
        }
        is_new
    }
}

/// Maximum number of steps of a pattern.
const LONGEST: usize = 20_000;
/// Maximum number of repetitions in `a\{n\}`.
const MOST: u32 = 255;

impl Pattern {
    /// Reads `text`; with `fold`, case does not matter.
    pub(crate) fn new(text: &str, syntax: Syntax, fold: bool) -> Result<Pattern, PatternError> {
        let (node, groups) = if syntax == Syntax::Fixed {
            (Node::Then(text.chars().map(|c| Node::Step(Step::One(One::Char(c)))).collect()), 0)
        } else {
            parse::parse(text, syntax)?
        };
        let mut pattern = Pattern { steps: Vec::new(), groups, fold, patience: Cell::new(0) };
        pattern.compile(&node)?;
        pattern.steps.push(Step::Done);
        Ok(pattern)
    }

    /// The leftmost longest match in `line` at or after `from`: its beginning and end, in characters.
    pub(crate) fn find(&self, line: &[char], from: usize) -> Option<(usize, usize)> {
        if from == 0 {
            self.patience.set(PATIENCE * (line.len() + 10));
        }
        (from..=line.len()).find_map(|begin| self.longest(line, begin).map(|end| (begin, end)))
    }

    /// The end of the longest match that begins at `begin`.
    fn longest(&self, line: &[char], begin: usize) -> Option<usize> {
        let mut found = None;
        let mut now = Reached::new(self.steps.len());
        self.reach(0, line, begin, &mut now);
        for at in begin.. {
            if now.steps.iter().any(|step| matches!(self.steps.get(*step), Some(Step::Done))) {
                found = Some(at);
            }
            let Some(c) = line.get(at).filter(|_| !now.steps.is_empty()) else {
                break;
            };
            let left = self.patience.get().checked_sub(self.steps.len())?;
            self.patience.set(left);
            let mut next = Reached::new(self.steps.len());
            for step in &now.steps {
                if let Some(Step::One(one)) = self.steps.get(*step)
                    && self.fits(one, *c)
                {
                    self.reach(step + 1, line, at + 1, &mut next);
                }
            }
            now = next;
        }
        found
    }

    /// Adds all steps that can be reached from `first` without reading a character.
    fn reach(&self, first: usize, line: &[char], at: usize, reached: &mut Reached) {
        let mut open = vec![first];
        while let Some(step) = open.pop() {
            if !reached.insert(step) {
                continue;
            }
            match self.steps.get(step) {
                Some(Step::Jump(to)) => open.push(*to),
                Some(Step::Split(a, b)) => open.extend([*a, *b]),
                Some(other) if other.holds(line, at) => open.push(step + 1),
                _ => {}
            }
        }
    }

    fn fits(&self, one: &One, c: char) -> bool {
        // As in the locale C: the letters of ASCII.
        let lower = |c: char| if self.fold { c.to_ascii_lowercase() } else { c };
        match one {
            One::Any => true,
            One::Char(wanted) => lower(*wanted) == lower(c),
            One::Set(ranges, excluded) => {
                let upper = if self.fold { c.to_ascii_uppercase() } else { c };
                let within = |c: char| ranges.iter().any(|(first, last)| (*first..=*last).contains(&c));
                (within(c) || within(lower(c)) || within(upper)) != *excluded
            }
        }
    }

    fn push(&mut self, step: Step) -> Result<usize, PatternError> {
        if self.steps.len() >= LONGEST {
            return Err(PatternError::Big);
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn set(&mut self, at: usize, step: Step) {
        if let Some(place) = self.steps.get_mut(at) {
            *place = step;
        }
    }

    fn compile(&mut self, node: &Node) -> Result<(), PatternError> {
        match node {
            Node::Empty => Ok(()),
            Node::Step(step) => self.push(step.clone()).map(|_| ()),
            Node::Then(parts) => parts.iter().try_for_each(|part| self.compile(part)),
            Node::Either(branches) => {
                let mut ends = Vec::new();
                for (at, branch) in branches.iter().enumerate() {
                    if at + 1 == branches.len() {
                        self.compile(branch)?;
                        break;
                    }
                    let split = self.push(Step::Done)?;
                    self.compile(branch)?;
                    ends.push(self.push(Step::Done)?);
                    self.set(split, Step::Split(split + 1, self.steps.len()));
                }
                let end = self.steps.len();
                ends.into_iter().for_each(|jump| self.set(jump, Step::Jump(end)));
                Ok(())
            }
            Node::Group(number, inner) if *number < groups::GROUPS => {
                self.push(Step::Mark(2 * number))?;
                self.compile(inner)?;
                self.push(Step::Mark(2 * number + 1)).map(|_| ())
            }
            Node::Group(_, inner) => self.compile(inner),
            Node::Repeat(part, least, most) => self.repeat(part, *least, *most),
        }
    }

    fn repeat(&mut self, part: &Node, least: u32, most: Option<u32>) -> Result<(), PatternError> {
        for _ in 0..least {
            self.compile(part)?;
        }
        let Some(most) = most else {
            let split = self.push(Step::Done)?;
            self.compile(part)?;
            self.push(Step::Jump(split))?;
            self.set(split, Step::Split(split + 1, self.steps.len()));
            return Ok(());
        };
        let mut splits = Vec::new();
        for _ in least..most {
            splits.push(self.push(Step::Done)?);
            self.compile(part)?;
        }
        let end = self.steps.len();
        splits.into_iter().for_each(|split| self.set(split, Step::Split(split + 1, end)));
        Ok(())
    }
}

/// Whether `c` belongs to a word: a letter, digit or underscore.
pub(super) fn word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, syntax: Syntax, line: &str) -> Option<(usize, usize)> {
        let line: Vec<char> = line.chars().collect();
        Pattern::new(text, syntax, false).expect("a pattern").find(&line, 0)
    }

    #[test]
    fn basic() {
        for (text, line, expected) in [
            ("5555", "a 5555 b", Some((2, 6))),
            ("^tcp", "tcp6", Some((0, 3))),
            ("^tcp", " tcp", None),
            ("_WAIT $", "FIN_WAIT ", Some((3, 9))),
            ("a.c", "xabc", Some((1, 4))),
            ("ab*c", "ac", Some((0, 2))),
            ("*a", "b*a", Some((1, 3))),
            ("[^0-9]5", "15 x5", Some((3, 5))),
            ("[[:digit:]][]x]", "7]", Some((0, 2))),
            ("SYN\\|FIN", "a FIN", Some((2, 5))),
            ("a|b", "a|b", Some((0, 3))),
            ("\\(ab\\)\\{2,3\\}", "abababab", Some((0, 6))),
            ("a\\+", "baa", Some((1, 3))),
            ("\\<WAIT", "FIN_WAIT", None),
            ("\\bx\\b", "x", Some((0, 1))),
            ("a$b", "a$b", Some((0, 3))),
            ("", "abc", Some((0, 0))),
            ("\\.", "a.", Some((1, 2))),
        ] {
            assert_eq!(found(text, Syntax::Basic, line), expected, "{text} in {line}");
        }
    }

    #[test]
    fn extended() {
        for (text, line, expected) in [
            ("SYN|FIN", "a FIN", Some((2, 5))),
            ("^(tcp|udp)6? ", "tcp6 ", Some((0, 5))),
            ("a{2}", "aaa", Some((0, 2))),
            ("(a*)*b", "aaab", Some((0, 4))),
            ("a|ab|abc", "abcd", Some((0, 3))),
            ("\\|", "a|", Some((1, 2))),
            ("x*", "yx", Some((0, 0))),
            ("a{1", "a{1", Some((0, 3))),
            ("x)", "x)", Some((0, 2))),
        ] {
            assert_eq!(found(text, Syntax::Extended, line), expected, "{text} in {line}");
        }
    }

    #[test]
    fn case_is_folded_as_in_the_locale_c() {
        let found = |text, line: &str| {
            let line: Vec<char> = line.chars().collect();
            Pattern::new(text, Syntax::Basic, true).unwrap().find(&line, 0).is_some()
        };
        for (text, line) in
            [("syn_sent", "SYN_SENT"), ("LISTEN", "listen"), ("[a-f]x", "Bx"), ("[A-F]x", "bx")]
        {
            assert!(found(text, line), "{text} in {line}");
        }
        assert!(!found("ø", "Ø") && !found("[^a]", "A"));
    }

    #[test]
    fn patterns_that_ruin_others() {
        let line = "a".repeat(200);
        assert_eq!(found("(a*)*(a*)*(a*)*b", Syntax::Extended, &line), None);
        let big = Pattern::new("((a{255}){255}){255}", Syntax::Extended, false);
        assert_eq!(big.map(|_| ()), Err(PatternError::Big));
        let deep = Pattern::new(&"(".repeat(100_000), Syntax::Extended, false);
        assert_eq!(deep.map(|_| ()), Err(PatternError::Big));
    }
}
