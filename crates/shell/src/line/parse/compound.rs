//! Reads `if`, `while`, `until`, `for`, `case`, `[[ … ]]` and `{ … }`, after their first word.

use super::super::Syntax;
use super::super::lex::Token;
use super::super::tree::{Clause, Condition, Form, Kind, Part, What, Word};
use super::{Reader, inside, is_identifier};
use std::rc::Rc;

/// Operators of `[[ … ]]` between two words, besides `<` and `>`, and before one.
const BINARY: [&str; 13] =
    ["=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"];
const UNARY: [&str; 12] = ["-z", "-n", "-e", "-f", "-d", "-s", "-r", "-w", "-x", "-t", "-v", "-a"];

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
        // Without `in`, the arguments: "$@".
        let all = What::Variable { name: "@".to_owned(), form: Form::Plain };
        let mut words = vec![Word(vec![Part { what: all, quoted: true }])];
        self.skip_newlines()?;
        if self.bare()?.as_deref() == Some("in") {
            words.clear();
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

    /// `case WORD in [(] PATTERN [| PATTERN] …) COMMANDS ;; … esac`
    pub(super) fn choice(&mut self, _: &str) -> Result<Kind, Syntax> {
        let word = self.word()?;
        self.skip_newlines()?;
        self.expect_word("in")?;
        let mut clauses = Vec::new();
        loop {
            self.skip_newlines()?;
            if self.bare()?.as_deref() == Some("esac") {
                break;
            }
            self.takes("(")?;
            let mut patterns = vec![self.word()?];
            while self.takes("|")? {
                patterns.push(self.word()?);
            }
            self.expect(")")?;
            clauses.push(Clause { patterns, body: Rc::new(self.list()?) });
            if !self.takes(";;")? {
                break;
            }
        }
        self.expect_word("esac")?;
        Ok(Kind::Case { word, clauses })
    }

    fn word(&mut self) -> Result<Word, Syntax> {
        match self.take()? {
            Some(Token::Word(word)) => Ok(word),
            Some(token) => Err(Syntax::unexpected(&token)),
            None => Err(Syntax::End),
        }
    }

    /// `[[ … ]]`
    pub(super) fn condition(&mut self, _: &str) -> Result<Kind, Syntax> {
        let condition = self.either()?;
        self.expect_word("]]")?;
        Ok(Kind::Condition(condition))
    }

    fn either(&mut self) -> Result<Condition, Syntax> {
        let mut all = self.both()?;
        while self.takes("||")? {
            all = Condition::Either(Box::new((all, self.both()?)));
        }
        Ok(all)
    }

    fn both(&mut self) -> Result<Condition, Syntax> {
        let mut all = self.one()?;
        while self.takes("&&")? {
            all = Condition::Both(Box::new((all, self.one()?)));
        }
        Ok(all)
    }

    fn one(&mut self) -> Result<Condition, Syntax> {
        self.lexer.descend()?;
        self.skip_newlines()?;
        let condition = if self.bare()?.as_deref() == Some("!") {
            self.take()?;
            Condition::Not(Box::new(self.one()?))
        } else if self.takes("(")? {
            let inner = self.either()?;
            self.expect(")")?;
            inner
        } else {
            self.comparison()?
        };
        self.skip_newlines()?;
        self.lexer.depth -= 1;
        Ok(condition)
    }

    fn comparison(&mut self) -> Result<Condition, Syntax> {
        let first = self.word()?;
        if first.bare() == Some("]]") {
            return Err(Syntax::Unexpected("]]".to_owned()));
        }
        let unary = first.bare().filter(|word| UNARY.contains(word));
        let sign = match self.peek()? {
            Some(Token::Word(word)) => match (word.bare(), unary) {
                (Some("]]"), _) => return Ok(Condition::Word(first)),
                (Some(word), _) if BINARY.contains(&word) => word.to_owned(),
                (_, Some(operator)) => {
                    let operator = operator.to_owned();
                    return Ok(Condition::Unary(operator, self.word()?));
                }
                _ => return Err(Syntax::Operator(word.texts())),
            },
            Some(Token::Redirect(None, sign @ ("<" | ">"))) => (*sign).to_owned(),
            _ => return Ok(Condition::Word(first)),
        };
        self.take()?;
        let right = if sign == "=~" {
            // What is special in a regular expression ends no word.
            self.lexer.skip_blanks();
            let word = self.lexer.word_before("", inside)?.ok_or(Syntax::End)?;
            self.from = self.lexer.at;
            word
        } else {
            self.word()?
        };
        if right.bare() == Some("]]") {
            return Err(Syntax::Unexpected("]]".to_owned()));
        }
        Ok(Condition::Binary(first, sign, right))
    }

    /// `function NAME [()] COMMAND`
    pub(super) fn function(&mut self, _: &str) -> Result<Kind, Syntax> {
        let name = self.word()?.texts();
        if self.takes("(")? {
            self.expect(")")?;
        }
        self.function_body(name)
    }

    /// The compound command after the name of a function.
    pub(super) fn function_body(&mut self, name: String) -> Result<Kind, Syntax> {
        self.lexer.descend()?;
        self.skip_newlines()?;
        let body = self.command()?;
        self.lexer.depth -= 1;
        match &body.kind {
            Kind::Simple { words, .. } => {
                Err(Syntax::Unexpected(words.first().map(Word::texts).unwrap_or_default()))
            }
            _ => Ok(Kind::Function { name, body: Rc::new(body) }),
        }
    }
}
