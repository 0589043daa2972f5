//! Splits a line into words and operators.

mod form;

use super::Syntax;
use super::tree::{Form, List, Part, What, Word};
use crate::escapes::unescaped;
use std::rc::Rc;

/// How deep what is in parentheses, braces and loops may be nested. Reading and dropping a line recurse as deep.
const DEEPEST: u32 = 40;

/// A word, an operator, or the end of a line inside a text of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(Word),
    Operator(&'static str),
    /// `2>`, `<`, `>>`, `>&1` …: the descriptor, if one is given, and the sign.
    Redirect(Option<char>, &'static str),
}

/// Operators, each before those that it begins with. A line end is one.
const OPERATORS: [&str; 10] = ["&&", "||", "|&", ";;", "|", "&", ";", "(", ")", "\n"];
const REDIRECTS: [&str; 11] = ["&>>", "&>", "<<<", "<<-", "<<", "<>", "<&", ">>", ">&", ">", "<"];

/// Reads a text from its beginning.
pub(super) struct Lexer {
    pub(super) chars: Vec<char>,
    pub(super) at: usize,
    pub(super) depth: u32,
}

/// A function that reads the commands of a substitution, up to its `)`.
pub(super) type Inner = fn(&mut Lexer) -> Result<List, Syntax>;

/// The word as it would have to be typed, with quotes if it needs them.
pub fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@%^*?[]{}~!".contains(c) || !c.is_ascii();
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

impl Lexer {
    pub(super) fn new(text: &str, depth: u32) -> Lexer {
        Lexer { chars: text.chars().collect(), at: 0, depth }
    }

    /// Goes one level down.
    pub(super) fn descend(&mut self) -> Result<(), Syntax> {
        self.depth += 1;
        if self.depth > DEEPEST { Err(Syntax::Deep) } else { Ok(()) }
    }

    pub(super) fn starts(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(at, c)| self.chars.get(self.at + at) == Some(&c))
    }

    pub(super) fn skip_blanks(&mut self) {
        while let Some(c) = self.peek() {
            let joined = self.starts("\\\n");
            if joined {
                self.at += 2;
            } else if c == '#' {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.at += 1;
                }
            } else if c.is_whitespace() && c != '\n' {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// The next token; `None` at the end.
    pub(super) fn token(&mut self, inner: Inner) -> Result<Option<Token>, Syntax> {
        self.skip_blanks();
        let descriptor = self.peek().filter(char::is_ascii_digit);
        if descriptor.is_some() && matches!(self.chars.get(self.at + 1), Some('<' | '>')) {
            self.at += 1;
        }
        if let Some(sign) = REDIRECTS.iter().find(|sign| self.starts(sign)) {
            self.at += sign.len();
            if let (Some('('), Some(what)) = (self.peek(), process_substitution(sign)) {
                return Err(Syntax::Lacks(what, "COMMAND | COMMAND, or COMMAND > FILE"));
            }
            return Ok(Some(Token::Redirect(descriptor, sign)));
        }
        if let Some(operator) = OPERATORS.iter().find(|operator| self.starts(operator)) {
            self.at += operator.len();
            return Ok(Some(Token::Operator(operator)));
        }
        Ok(self.word(inner)?.map(Token::Word))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn word(&mut self, inner: Inner) -> Result<Option<Word>, Syntax> {
        self.word_before("|&;<>()", inner)
    }

    /// A word that ends before a blank or one of these letters.
    pub(super) fn word_before(&mut self, stops: &str, inner: Inner) -> Result<Option<Word>, Syntax> {
        let mut word = None::<Word>;
        while let Some(c) = self.peek() {
            if c.is_whitespace() || stops.contains(c) {
                break;
            }
            self.at += 1;
            let parts = word.get_or_insert_default();
            match c {
                '\'' => self.single_quoted(parts)?,
                '"' => {
                    parts.push(Part { what: What::Text(String::new()), quoted: true });
                    self.double_quoted(parts, Some('"'), inner)?;
                }
                '\\' if self.peek() == Some('\n') => self.at += 1,
                '\\' => {
                    if let Some(next) = self.next() {
                        parts.text(next, true);
                    }
                }
                '$' => self.dollar(parts, false, inner)?,
                '`' => self.backquoted(parts, false, inner)?,
                c => parts.text(c, false),
            }
        }
        Ok(word)
    }

    fn single_quoted(&mut self, parts: &mut Word) -> Result<(), Syntax> {
        parts.push(Part { what: What::Text(String::new()), quoted: true });
        loop {
            match self.next() {
                None => return Err(Syntax::Unterminated('\'')),
                Some('\'') => return Ok(()),
                Some(c) => parts.text(c, true),
            }
        }
    }

    /// Reads up to `end`, or to the end of the text if that is `None`.
    fn double_quoted(&mut self, parts: &mut Word, end: Option<char>, inner: Inner) -> Result<(), Syntax> {
        loop {
            match self.next() {
                None if end.is_none() => return Ok(()),
                None => return Err(Syntax::Unterminated('"')),
                c if c == end => return Ok(()),
                Some('$') => self.dollar(parts, true, inner)?,
                Some('`') => self.backquoted(parts, true, inner)?,
                Some('\\') => match self.peek().filter(|c| "\"\\$`\n".contains(*c)) {
                    Some(escaped) => {
                        self.at += 1;
                        if escaped != '\n' {
                            parts.text(escaped, true);
                        }
                    }
                    None => parts.text('\\', true),
                },
                Some(c) => parts.text(c, true),
            }
        }
    }

    /// Reads what follows a `$`; before nothing special, `$` stands for itself.
    fn dollar(&mut self, parts: &mut Word, quoted: bool, inner: Inner) -> Result<(), Syntax> {
        let Some(c) = self.peek() else {
            parts.text('$', quoted);
            return Ok(());
        };
        let what = match c {
            '(' if self.starts("((") => {
                let before = self.at;
                self.at += 2;
                match self.arithmetic(inner)? {
                    Some(word) => What::Arithmetic(word),
                    None => {
                        self.at = before;
                        self.substitution(inner)?
                    }
                }
            }
            '(' => self.substitution(inner)?,
            '\'' if !quoted => {
                self.at += 1;
                let text = self.escaped()?;
                parts.push(Part { what: What::Text(text), quoted: true });
                return Ok(());
            }
            // A text to be translated: it stays as it is.
            '"' if !quoted => return Ok(()),
            '{' => self.braced(inner)?,
            '?' | '!' | '$' | '#' | '@' | '*' | '-' | '0'..='9' => {
                self.at += 1;
                What::Variable { name: c.to_string(), form: Form::Plain }
            }
            c if is_name(c) => What::Variable { name: self.name(), form: Form::Plain },
            _ => {
                parts.text('$', quoted);
                return Ok(());
            }
        };
        parts.push(Part { what, quoted });
        Ok(())
    }

    fn substitution(&mut self, inner: Inner) -> Result<What, Syntax> {
        self.at += 1;
        self.descend()?;
        let list = inner(self)?;
        self.depth -= 1;
        Ok(What::Output(Rc::new(list)))
    }

    fn backquoted(&mut self, parts: &mut Word, quoted: bool, inner: Inner) -> Result<(), Syntax> {
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(Syntax::Unterminated('`')),
                Some('`') => break,
                Some('\\') if self.peek().is_some_and(|c| "`\\$".contains(c)) => text.extend(self.next()),
                Some(c) => text.push(c),
            }
        }
        self.descend()?;
        let mut inside = Lexer::new(&(text + "\n)"), self.depth);
        let list = inner(&mut inside)?;
        self.depth -= 1;
        parts.push(Part { what: What::Output(Rc::new(list)), quoted });
        Ok(())
    }

    /// Reads an expression after `((` up to its `))`. `None` if it ends otherwise, and so was none.
    pub(super) fn arithmetic(&mut self, inner: Inner) -> Result<Option<Word>, Syntax> {
        let mut text = String::new();
        let mut open = 0_u32;
        loop {
            match self.next() {
                None => return Err(Syntax::Unterminated(')')),
                Some('(') => {
                    open += 1;
                    text.push('(');
                }
                Some(')') if open > 0 => {
                    open -= 1;
                    text.push(')');
                }
                Some(')') if self.peek() == Some(')') => {
                    self.at += 1;
                    break;
                }
                Some(')') => return Ok(None),
                Some(c) => text.push(c),
            }
        }
        self.expression(&text, inner).map(Some)
    }

    /// Takes the lines of a here-document out of the text: those after this line, up to one that is `end`.
    pub(super) fn document(&mut self, end: &str, tabs: bool) -> Result<String, Syntax> {
        let line_end = self.chars[self.at..].iter().position(|c| *c == '\n').ok_or(Syntax::End)? + self.at;
        let (mut text, mut at) = (String::new(), line_end + 1);
        loop {
            let rest = self.chars.get(at..).filter(|rest| !rest.is_empty()).ok_or(Syntax::End)?;
            let length = rest.iter().position(|c| *c == '\n').unwrap_or(rest.len());
            let line: String = rest[..length].iter().collect();
            let line = if tabs { line.trim_start_matches('\t') } else { line.as_str() };
            at += length + usize::from(length < rest.len());
            if line == end {
                self.chars.drain(line_end + 1..at);
                return Ok(text);
            }
            text.push_str(line);
            text.push('\n');
        }
    }

    /// The text of an expression, in which variables and substitutions are read as in double quotes.
    pub(super) fn expression(&mut self, text: &str, inner: Inner) -> Result<Word, Syntax> {
        self.descend()?;
        let mut word = Word::default();
        Lexer::new(text, self.depth).double_quoted(&mut word, None, inner)?;
        self.depth -= 1;
        Ok(word)
    }

    /// Reads the rest of `$'…'`.
    fn escaped(&mut self) -> Result<String, Syntax> {
        let mut raw = String::new();
        loop {
            match self.next() {
                None => return Err(Syntax::Unterminated('\'')),
                Some('\'') => return Ok(String::from_utf8_lossy(&unescaped(&raw, false).0).into_owned()),
                Some('\\') => {
                    raw.push('\\');
                    raw.extend(self.next());
                }
                Some(c) => raw.push(c),
            }
        }
    }

    fn name(&mut self) -> String {
        let from = self.at;
        while self.peek().is_some_and(|c| is_name(c) || self.at > from && c.is_ascii_digit()) {
            self.at += 1;
        }
        self.chars[from..self.at].iter().collect()
    }
}

/// What a sign begins if a parenthesis follows at once.
fn process_substitution(sign: &str) -> Option<&'static str> {
    match sign {
        "<" => Some("<(COMMAND)"),
        ">" => Some(">(COMMAND)"),
        _ => None,
    }
}

/// Whether a name may begin with this letter.
pub(super) const fn is_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

impl Word {
    fn push(&mut self, part: Part) {
        self.0.push(part);
    }

    fn text(&mut self, c: char, quoted: bool) {
        match self.0.last_mut() {
            Some(Part { what: What::Text(text), quoted: same }) if *same == quoted => text.push(c),
            _ => self.push(Part { what: What::Text(c.to_string()), quoted }),
        }
    }
}
