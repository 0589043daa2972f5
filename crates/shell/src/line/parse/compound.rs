//! Reads `if`, `while`, `until`, `for` and `{ … }`, after their first word.

use super::super::Syntax;
use super::super::lex::Token;
use super::super::tree::Kind;
use super::{Reader, inside, is_identifier};

impl Reader {
    pub(super) fn group(&mut self, _: &str) -> Result<Kind, Syntax> {
        self.body("}").map(Kind::Group)
    }

    pub(super) fn conditions(&mut self, _: &str) -> Result<Kind, Syntax> {
        let mut clauses = Vec::new();
        loop {
            let test = self.body("then")?;
            clauses.push((test, self.some()?));
            match self.bare()?.as_deref() {
                Some("elif") => _ = self.take()?,
                Some("else") => {
                    self.take()?;
                    let otherwise = Some(self.body("fi")?);
                    return Ok(Kind::If { clauses, otherwise });
                }
                _ => {
                    self.expect_word("fi")?;
                    return Ok(Kind::If { clauses, otherwise: None });
                }
            }
        }
    }

    pub(super) fn repetition(&mut self, word: &str) -> Result<Kind, Syntax> {
        let test = self.body("do")?;
        Ok(Kind::While { until: word == "until", test, body: self.body("done")? })
    }

    pub(super) fn each(&mut self, _: &str) -> Result<Kind, Syntax> {
        if self.is("(")? {
            return self.count();
        }
        let name = match self.take()? {
            Some(Token::Word(word)) => word.texts(),
            Some(token) => return Err(Syntax::unexpected(&token)),
            None => return Err(Syntax::End),
        };
        if !is_identifier(&name) {
            return Err(Syntax::Identifier(name));
        }
        let mut words = Vec::new();
        self.skip_newlines()?;
        if self.bare()?.as_deref() == Some("in") {
            self.take()?;
            while let Some(Token::Word(word)) = self.peek()? {
                words.push(word.clone());
                self.take()?;
            }
        }
        if !self.takes(";")? && !self.is("\n")? && self.bare()?.as_deref() != Some("do") {
            return Err(self.wrong()?);
        }
        self.skip_newlines()?;
        self.expect_word("do")?;
        Ok(Kind::For { name, words, body: self.body("done")? })
    }

    /// `for ((…; …; …))`
    pub(super) fn count(&mut self) -> Result<Kind, Syntax> {
        let place = self.place()?;
        self.take()?;
        let end = {
            self.lexer.at = place + 2;
            let doubled = self.lexer.chars.get(place + 1) == Some(&'(');
            if !doubled || self.lexer.arithmetic(inside)?.is_none() {
                return Err(Syntax::Unexpected("(".to_owned()));
            }
            self.lexer.at
        };
        self.from = end;
        let text: String = self.lexer.chars[place + 2..end - 2].iter().collect();
        let parts: Vec<&str> = text.split(';').collect();
        let [first, test, next] = parts.as_slice() else {
            return Err(Syntax::Unexpected(format!("(({text}))")));
        };
        let mut read = |text: &str| self.lexer.expression(text, inside);
        let (first, test, next) = (read(first)?, read(test)?, read(next)?);
        self.takes(";")?;
        self.skip_newlines()?;
        self.expect_word("do")?;
        Ok(Kind::Count { first, test, next, body: self.body("done")? })
    }
}
