//! Parses a pattern.

use super::{MOST, Node, One, PatternError, Step, Syntax};
use std::iter::Peekable;
use std::str::Chars;

/// Maximum depth of nesting; deeper patterns are refused.
const DEEPEST: u32 = 60;

/// The structure of `text`, and how many groups it has.
pub(super) fn parse(text: &str, syntax: Syntax) -> Result<(Node, usize), PatternError> {
    let perl = syntax == Syntax::Perl;
    let extended = perl || syntax == Syntax::Extended;
    let mut parser = Parser { rest: text.chars().peekable(), extended, perl, depth: 0, groups: 0 };
    let node = parser.either()?;
    if parser.rest.peek().is_some() { Err(PatternError::Close) } else { Ok((node, parser.groups)) }
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    extended: bool,
    perl: bool,
    depth: u32,
    groups: usize,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(PatternError::Big);
        }
        let mut branches = vec![self.branch()?];
        while self.takes('|') {
            branches.push(self.branch()?);
        }
        self.depth -= 1;
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Either(branches) })
    }

    fn branch(&mut self) -> Result<Node, PatternError> {
        let mut parts: Vec<Node> = Vec::new();
        loop {
            if self.rest.peek().is_none() || self.sees('|') || self.depth > 1 && self.sees(')') {
                return Ok(Node::Then(parts));
            }
            if let Some((least, most)) = self.repetition(parts.is_empty())? {
                if self.perl && self.rest.next_if(|c| "?+".contains(*c)).is_some() {
                    return Err(PatternError::Perl);
                }
                let part = parts.pop().unwrap_or(Node::Empty);
                parts.push(Node::Repeat(Box::new(part), least, most));
                continue;
            }
            let first = parts.is_empty();
            parts.push(self.single(first)?);
        }
    }

    /// `*`, `\+`, `\?`, `\{m,n\}` after something. At the beginning of a basic pattern they are ordinary characters.
    fn repetition(&mut self, first: bool) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        if first && !self.extended {
            return Ok(None);
        }
        if self.rest.peek() == Some(&'*') {
            self.rest.next();
            return Ok(Some((0, None)));
        }
        if self.takes('+') {
            return Ok(Some((1, None)));
        }
        if self.takes('?') {
            return Ok(Some((0, Some(1))));
        }
        let before = self.rest.clone();
        if !self.takes('{') {
            return Ok(None);
        }
        let least = self.digits();
        let most = if self.rest.next_if_eq(&',').is_some() { self.digits() } else { least };
        let bounded = least.is_some() || most.is_some();
        let closed = self.takes('}');
        if self.extended && !(bounded && closed) {
            // In an extended pattern, a brace that does not begin a repetition stands for itself.
            self.rest = before;
            return Ok(None);
        }
        if !closed {
            return Err(PatternError::Brace);
        }
        let least = least.unwrap_or(0);
        if !bounded || least > MOST || most.is_some_and(|most| most > MOST || most < least) {
            return Err(PatternError::Repetition);
        }
        Ok(Some((least, most)))
    }

    fn digits(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            self.rest.next();
            number = Some(number.unwrap_or(0u32).saturating_mul(10).saturating_add(digit));
        }
        number
    }

    /// Whether `operator` comes next: bare in an extended pattern, after a backslash in a basic one.
    fn sees(&mut self, operator: char) -> bool {
        if self.extended {
            return self.rest.peek() == Some(&operator);
        }
        let mut ahead = self.rest.clone();
        ahead.next() == Some('\\') && ahead.next() == Some(operator)
    }

    fn takes(&mut self, operator: char) -> bool {
        let seen = self.sees(operator);
        if seen {
            self.rest.nth(usize::from(!self.extended));
        }
        seen
    }

    fn single(&mut self, first: bool) -> Result<Node, PatternError> {
        if self.takes('(') {
            let is_plain = self.perl && self.rest.next_if_eq(&'?').is_some();
            if is_plain && self.rest.next() != Some(':') {
                return Err(PatternError::Perl);
            }
            let number = self.groups;
            self.groups += usize::from(!is_plain);
            let inner = self.either()?;
            return match self.takes(')') {
                true if is_plain => Ok(inner),
                true => Ok(Node::Group(number, Box::new(inner))),
                false => Err(PatternError::Open),
            };
        }
        let one = |one| Ok(Node::Step(Step::One(one)));
        match self.rest.next() {
            Some('.') => one(One::Any),
            Some('[') => self.bracket().map(|set| Node::Step(Step::One(set))),
            Some('^') if first || self.extended => Ok(Node::Step(Step::Start)),
            Some('$') if self.extended || self.at_end() => Ok(Node::Step(Step::End)),
            Some('\\') => self.escape(),
            Some(c) => one(One::Char(c)),
            None => Ok(Node::Empty),
        }
    }

    /// Whether a basic pattern, or its branch, is at its end.
    fn at_end(&mut self) -> bool {
        self.rest.peek().is_none() || self.sees('|') || self.sees(')')
    }

    fn escape(&mut self) -> Result<Node, PatternError> {
        let words = vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
        let spaces = vec![('\t', '\r'), (' ', ' ')];
        let step = match self.rest.next().ok_or(PatternError::Backslash)? {
            'w' => Step::One(One::Set(words, false)),
            'W' => Step::One(One::Set(words, true)),
            's' => Step::One(One::Set(spaces, false)),
            'S' => Step::One(One::Set(spaces, true)),
            'd' if self.perl => Step::One(One::Set(vec![('0', '9')], false)),
            'D' if self.perl => Step::One(One::Set(vec![('0', '9')], true)),
            't' if self.perl => Step::One(One::Char('\t')),
            c if self.perl && c.is_ascii_alphabetic() && !"wWsSbB".contains(c) => {
                return Err(PatternError::Perl);
            }
            'b' => Step::Edge(true, true),
            '<' => Step::Edge(true, false),
            '>' => Step::Edge(false, true),
            'B' => Step::Inside,
            ')' if !self.extended => return Err(PatternError::Close),
            digit @ '1'..='9' if digit as usize - '0' as usize <= self.groups => {
                return Err(PatternError::Repeated);
            }
            '1'..='9' => return Err(PatternError::BackReference),
            c => Step::One(One::Char(c)),
        };
        Ok(Node::Step(step))
    }

    fn bracket(&mut self) -> Result<One, PatternError> {
        let excluded = self.rest.next_if_eq(&'^').is_some();
        if self.rest.peek().is_none() {
            return Err(PatternError::Invalid);
        }
        let mut ranges = Vec::new();
        loop {
            let first = self.rest.next().ok_or(PatternError::Bracket)?;
            if first == ']' && !ranges.is_empty() {
                return Ok(One::Set(ranges, excluded));
            }
            if first == '[' && self.rest.next_if_eq(&':').is_some() {
                ranges.extend(self.class()?);
                continue;
            }
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|c| c != ']');
            let last = if is_range { self.rest.nth(1).unwrap_or(first) } else { first };
            if last < first {
                return Err(PatternError::Range);
            }
            ranges.push((first, last));
        }
    }

    /// Reads `[:digit:]` and the like.
    fn class(&mut self) -> Result<Vec<(char, char)>, PatternError> {
        let mut name = String::new();
        loop {
            match self.rest.next().ok_or(PatternError::Bracket)? {
                ':' if self.rest.next_if_eq(&']').is_some() => break,
                c => name.push(c),
            }
        }
        Ok(match name.as_str() {
            "alpha" => vec![('A', 'Z'), ('a', 'z')],
            "digit" => vec![('0', '9')],
            "alnum" => vec![('0', '9'), ('A', 'Z'), ('a', 'z')],
            "upper" => vec![('A', 'Z')],
            "lower" => vec![('a', 'z')],
            "space" => vec![('\t', '\r'), (' ', ' ')],
            "blank" => vec![('\t', '\t'), (' ', ' ')],
            "punct" => vec![('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
            "xdigit" => vec![('0', '9'), ('A', 'F'), ('a', 'f')],
            "print" => vec![(' ', '~')],
            "graph" => vec![('!', '~')],
            "cntrl" => vec![('\0', '\u{1f}'), ('\u{7f}', '\u{7f}')],
            _ => return Err(PatternError::Class),
        })
    }
}
