//! Splits a line into words and operators.

use super::Syntax;
use std::iter::Peekable;
use std::str::Chars;

/// Placeholder for `$?` in a word until the line runs. A typed line cannot contain it.
pub(crate) const STATUS: char = '\0';

/// An operator between commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// `|`
    Pipe,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `;`
    Then,
    /// `&`
    Background,
}

impl Operator {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Operator::Pipe => "|",
            Operator::And => "&&",
            Operator::Or => "||",
            Operator::Then => ";",
            Operator::Background => "&",
        }
    }
}

/// A word with its quotes removed, or an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Operator(Operator),
}

/// The tokens of a line.
pub(super) fn tokens(line: &str) -> Result<Vec<Token>, Syntax> {
    let mut lexer = Lexer { chars: line.chars().peekable(), tokens: Vec::new(), word: None };
    lexer.read()?;
    Ok(lexer.tokens)
}

/// The word as it would have to be typed, with quotes if it needs them.
pub fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@%^*?[]{}~!".contains(c) || !c.is_ascii();
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

struct Lexer<'a> {
    chars: Peekable<Chars<'a>>,
    tokens: Vec<Token>,
    /// The word that is being read, if one has begun: it may be empty, as `""` is.
    word: Option<String>,
}

impl Lexer<'_> {
    fn read(&mut self) -> Result<(), Syntax> {
        while let Some(c) = self.chars.next() {
            match c {
                c if c.is_whitespace() => self.end_word(),
                '#' if self.word.is_none() => {
                    self.comment();
                }
                '\'' => self.single_quoted()?,
                '"' => self.double_quoted()?,
                '\\' => {
                    if let Some(next) = self.chars.next() {
                        self.push(next);
                    }
                }
                '|' | '&' | ';' => self.operator(c)?,
                '$' => self.dollar()?,
                '>' | '<' => return Err(self.absent("redirections", c)),
                '`' => return Err(self.absent("substitutions", c)),
                '(' | ')' => return Err(self.absent("groups", c)),
                STATUS => {}
                c => self.push(c),
            }
        }
        self.end_word();
        Ok(())
    }

    fn push(&mut self, c: char) {
        self.word.get_or_insert_default().push(c);
    }

    fn end_word(&mut self) {
        self.tokens.extend(self.word.take().map(Token::Word));
    }

    fn comment(&mut self) {
        while self.chars.next_if(|c| *c != '\n').is_some() {}
    }

    fn single_quoted(&mut self) -> Result<(), Syntax> {
        self.word.get_or_insert_default();
        loop {
            match self.chars.next() {
                None => return Err(Syntax::Unterminated('\'')),
                Some('\'') => return Ok(()),
                Some(STATUS) => {}
                Some(c) => self.push(c),
            }
        }
    }

    fn double_quoted(&mut self) -> Result<(), Syntax> {
        self.word.get_or_insert_default();
        loop {
            match self.chars.next() {
                None => return Err(Syntax::Unterminated('"')),
                Some('"') => return Ok(()),
                Some('$') => self.dollar()?,
                Some('`') => return Err(self.absent("substitutions", '`')),
                Some('\\') => match self.chars.next_if(|c| "\"\\$`".contains(*c)) {
                    Some(escaped) => self.push(escaped),
                    None => self.push('\\'),
                },
                Some(STATUS) => {}
                Some(c) => self.push(c),
            }
        }
    }

    /// Reads a `$`: `$?` is the status of the last command; before nothing special, `$` stands for itself.
    fn dollar(&mut self) -> Result<(), Syntax> {
        match self.chars.peek() {
            Some('?') => {
                self.chars.next();
                self.push(STATUS);
                Ok(())
            }
            Some('(') => Err(self.absent("substitutions", '$')),
            Some(c) if c.is_alphanumeric() || "_{!$@*#-".contains(*c) => Err(self.absent("variables", '$')),
            _ => {
                self.push('$');
                Ok(())
            }
        }
    }

    fn operator(&mut self, c: char) -> Result<(), Syntax> {
        self.end_word();
        let doubled = self.chars.next_if_eq(&c).is_some();
        let operator = match (c, doubled) {
            ('|', false) => Operator::Pipe,
            ('|', true) => Operator::Or,
            ('&', true) => Operator::And,
            ('&', false) if self.chars.peek() == Some(&'>') => return Err(self.absent("redirections", '&')),
            ('&', false) => Operator::Background,
            (_, false) => Operator::Then,
            (_, true) => return Err(Syntax::Unexpected(";;")),
        };
        self.tokens.push(Token::Operator(operator));
        Ok(())
    }

    /// The refusal of something that begins with `c`: it quotes the word.
    fn absent(&mut self, what: &'static str, c: char) -> Syntax {
        let mut word = c.to_string();
        while let Some(next) = self.chars.next_if(|c| !c.is_whitespace() && word.chars().count() < 20) {
            word.push(next);
        }
        Syntax::Absent(what, word)
    }
}
