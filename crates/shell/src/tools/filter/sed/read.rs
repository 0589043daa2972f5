//! Reads the commands of a script.

use super::super::pattern::{Pattern, Syntax};
use super::{Action, Address, Command, Piece};
use crate::output::Refusal;
use std::iter::Peekable;
use std::str::Chars;

/// How deep braces may be nested.
const DEEPEST: usize = 20;

/// Reads a script.
pub(super) struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    /// Characters that were read.
    at: usize,
    /// Which of the scripts.
    number: usize,
    syntax: Syntax,
}

impl<'a> Reader<'a> {
    pub(super) fn new(script: &'a str, number: usize, syntax: Syntax) -> Reader<'a> {
        Reader { rest: script.chars().peekable(), at: 0, number, syntax }
    }
    fn next(&mut self) -> Option<char> {
        let next = self.rest.next();
        self.at += usize::from(next.is_some());
        next
    }

    fn next_if(&mut self, is: impl Fn(char) -> bool) -> Option<char> {
        let next = self.rest.next_if(|c| is(*c));
        self.at += usize::from(next.is_some());
        next
    }

    fn fails(&self, why: &str) -> Refusal {
        Refusal::new(format!("sed: -e expression #{}, char {}: {why}\n", self.number, self.at), 1)
    }

    pub(super) fn commands(&mut self, depth: usize) -> Result<Vec<Command>, Refusal> {
        let mut commands = Vec::new();
        if depth > DEEPEST {
            return Err(self.fails("this lab's sed has no deeper blocks"));
        }
        loop {
            while self.next_if(|c| c.is_whitespace() || c == ';').is_some() {}
            match self.rest.peek() {
                None if depth > 0 => return Err(self.fails("unmatched `{'")),
                None => return Ok(commands),
                Some('}') => {
                    self.next();
                    return if depth > 0 { Ok(commands) } else { Err(self.fails("unexpected `}'")) };
                }
                Some('#') => while self.next_if(|c| c != '\n').is_some() {},
                Some(_) => commands.push(self.command(depth)?),
            }
        }
    }

    fn command(&mut self, depth: usize) -> Result<Command, Refusal> {
        let from = self.address()?;
        self.blanks();
        let mut to = None;
        if from.is_some() && self.next_if(|c| c == ',').is_some() {
            self.blanks();
            to = match self.next_if(|c| c == '+') {
                Some(_) => Some(Address::After(self.digits().unwrap_or(0))),
                None => self.address()?,
            };
            if to.is_none() {
                return Err(self.fails("unexpected `,'"));
            }
        }
        self.blanks();
        let mut not = false;
        while self.next_if(|c| c == '!' || c == ' ').is_some() {
            not = true;
        }
        if matches!(from, Some(Address::Line(0))) {
            self.next();
            return Err(self.fails("invalid usage of line address 0"));
        }
        let Some(letter) = self.next() else { return Err(self.fails("missing command")) };
        let action = match letter {
            's' => self.substitute()?,
            'y' => self.change()?,
            'd' => Action::Delete,
            'p' => Action::Print,
            '=' => Action::Number,
            'q' => Action::Quit(self.digits().and_then(|code| i32::try_from(code & 255).ok()).unwrap_or(0)),
            'a' => Action::Behind(self.text()?),
            'i' => Action::Before(self.text()?),
            'c' => Action::Instead(self.text()?),
            '{' => Action::Block(self.commands(depth + 1)?),
            'b' | 't' | 'T' | ':' | 'h' | 'H' | 'g' | 'G' | 'x' | 'n' | 'N' | 'D' | 'P' | 'r' | 'R' | 'w'
            | 'W' | 'l' | 'e' | 'F' | 'z' | 'Q' => {
                return Err(self.fails(&format!("this lab's sed has no `{letter}'")));
            }
            other => return Err(self.fails(&format!("unknown command: `{other}'"))),
        };
        self.blanks();
        let texts =
            matches!(action, Action::Behind(_) | Action::Before(_) | Action::Instead(_) | Action::Block(_));
        match self.rest.peek() {
            None | Some(';' | '\n' | '}' | '#') => {}
            Some(_) if texts => {}
            Some(_) => {
                self.next();
                return Err(self.fails("extra characters after command"));
            }
        }
        Ok(Command { from, to, not, action, open: std::cell::Cell::new(None) })
    }

    fn blanks(&mut self) {
        while self.next_if(|c| c == ' ' || c == '\t').is_some() {}
    }

    fn digits(&mut self) -> Option<usize> {
        let mut number = None;
        while let Some(digit) = self.next_if(|c| c.is_ascii_digit()).and_then(|c| c.to_digit(10)) {
            number = Some(number.unwrap_or(0_usize).saturating_mul(10).saturating_add(digit as usize));
        }
        number
    }

    fn address(&mut self) -> Result<Option<Address>, Refusal> {
        match self.rest.peek().copied() {
            Some('$') => {
                self.next();
                Ok(Some(Address::Last))
            }
            Some('0'..='9') => {
                let line = self.digits().unwrap_or(0);
                Ok(Some(match self.next_if(|c| c == '~') {
                    Some(_) => Address::Every(line, self.digits().unwrap_or(0)),
                    None => Address::Line(line),
                }))
            }
            Some(sign @ ('/' | '\\')) => {
                self.next();
                let sign = if sign == '\\' { self.next().unwrap_or('/') } else { sign };
                let text = self.until(sign, true).ok_or_else(|| self.fails("unterminated address regex"))?;
                let fold = self.next_if(|c| c == 'I').is_some();
                Ok(Some(Address::Fits(self.pattern(&text, fold)?)))
            }
            _ => Ok(None),
        }
    }

    fn pattern(&self, text: &str, fold: bool) -> Result<Pattern, Refusal> {
        if text.is_empty() {
            return Err(self.fails("no previous regular expression"));
        }
        Pattern::new(text, self.syntax, fold).map_err(|why| self.fails(&why.to_string()))
    }

    /// The text up to a sign; `None` if it does not come. A sign after a backslash stands for itself.
    fn until(&mut self, sign: char, in_pattern: bool) -> Option<String> {
        let (mut text, mut bracket) = (String::new(), false);
        loop {
            match self.next()? {
                c if c == sign && !bracket => return Some(text),
                '\\' if !bracket => match self.next()? {
                    c if c == sign => text.push(c),
                    'n' if in_pattern => text.push('\n'),
                    't' if in_pattern => text.push('\t'),
                    c => text.extend(['\\', c]),
                },
                c => {
                    bracket = in_pattern && (c == '[' || bracket && c != ']');
                    text.push(c);
                }
            }
        }
    }

    fn substitute(&mut self) -> Result<Action, Refusal> {
        let open = "unterminated `s' command";
        let sign = self.next().filter(|c| *c != '\n' && *c != '\\').ok_or_else(|| self.fails(open))?;
        let text = self.until(sign, true).ok_or_else(|| self.fails(open))?;
        let with = self.until(sign, false).ok_or_else(|| self.fails(open))?;
        let (mut number, mut all, mut print, mut fold) = (1, false, false, false);
        loop {
            match self.rest.peek().copied() {
                Some('g') => all = true,
                Some('p') => print = true,
                Some('i' | 'I') => fold = true,
                Some('0'..='9') => {
                    number = self.digits().unwrap_or(1);
                    if number == 0 {
                        return Err(self.fails("number option to `s' command may not be zero"));
                    }
                    continue;
                }
                None | Some(';' | '\n' | '}' | '#' | ' ') => break,
                Some(_) => {
                    self.next();
                    return Err(self.fails("unknown option to `s'"));
                }
            }
            self.next();
        }
        let pattern = self.pattern(&text, fold)?;
        let mut pieces = Vec::new();
        let mut letters = with.chars();
        while let Some(c) = letters.next() {
            pieces.push(match c {
                '&' => Piece::Found,
                '\\' => match letters.next() {
                    Some('n') => Piece::Letter('\n'),
                    Some('t') => Piece::Letter('\t'),
                    Some('0') => Piece::Found,
                    Some(digit @ '1'..='9') => {
                        let number = digit as usize - '0' as usize;
                        if number > pattern.groups {
                            return Err(
                                self.fails(&format!("invalid reference \\{digit} on `s' command's RHS"))
                            );
                        }
                        Piece::Group(number - 1)
                    }
                    other => Piece::Letter(other.unwrap_or('\\')),
                },
                c => Piece::Letter(c),
            });
        }
        Ok(Action::Substitute { pattern, with: pieces, number, all, print })
    }

    fn change(&mut self) -> Result<Action, Refusal> {
        let open = "unterminated `y' command";
        let sign = self.next().ok_or_else(|| self.fails(open))?;
        let from = self.until(sign, true).ok_or_else(|| self.fails(open))?;
        let to = self.until(sign, true).ok_or_else(|| self.fails(open))?;
        let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
        match from.len() == to.len() {
            true => Ok(Action::Change(from, to)),
            false => Err(self.fails("strings for `y' command are different lengths")),
        }
    }

    /// The text after `a`, `i`, `c`: the rest of the line.
    fn text(&mut self) -> Result<String, Refusal> {
        self.blanks();
        if self.next_if(|c| c == '\\').is_some() {
            while self.next_if(char::is_whitespace).is_some() {}
        }
        let mut text = String::new();
        while let Some(c) = self.next_if(|c| c != '\n') {
            text.push(c);
        }
        if text.is_empty() { Err(self.fails("expected \\ after `a', `c' or `i'")) } else { Ok(text + "\n") }
    }
}
