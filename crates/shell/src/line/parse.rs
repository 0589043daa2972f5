//! Reads the commands of a line.

mod assign;
mod compound;

use super::Syntax;
use super::lex::{Inner, Lexer, Token, is_name};
use super::tree::{
    Command, Item, Kind, List, Part, Pipeline, Redirect, Redirected, Target, What, When, Word,
};
use assign::{assignment, sets_array, sets_element};
use std::rc::Rc;

/// Words that begin or end parts of commands, and so begin no command.
const CLOSING: [&str; 8] = ["then", "elif", "else", "fi", "do", "done", "esac", "}"];

/// Words of bash that this shell has not.
const ABSENT: [&str; 2] = ["select", "coproc"];

/// Reads all of a text.
pub(crate) fn parse(text: &str) -> Result<List, Syntax> {
    let mut reader = Reader { lexer: Lexer::new(text, 0), peeked: None, from: 0 };
    let list = reader.list()?;
    match reader.take()? {
        None => Ok(list),
        Some(token) => Err(Syntax::unexpected(&token)),
    }
}

/// Reads a substitution up to its `)`.
pub(super) fn inside(lexer: &mut Lexer) -> Result<List, Syntax> {
    let taken = std::mem::replace(lexer, Lexer::new("", 0));
    let mut reader = Reader { lexer: taken, peeked: None, from: 0 };
    let read = reader.list().and_then(|list| {
        reader.expect(")")?;
        Ok(list)
    });
    *lexer = reader.lexer;
    read
}

struct Reader {
    lexer: Lexer,
    /// The next token, where it begins and where it ends.
    peeked: Option<(Option<Token>, usize, usize)>,
    /// Where the last token that was taken ended.
    from: usize,
}

impl Reader {
    fn peek(&mut self) -> Result<Option<&Token>, Syntax> {
        if self.peeked.is_none() {
            self.lexer.skip_blanks();
            let begins = self.lexer.at;
            let token = self.lexer.token(inside as Inner)?;
            self.peeked = Some((token, begins, self.lexer.at));
        }
        Ok(self.peeked.as_ref().and_then(|(token, ..)| token.as_ref()))
    }

    fn take(&mut self) -> Result<Option<Token>, Syntax> {
        self.peek()?;
        let (token, _, end) = self.peeked.take().unwrap_or_default();
        self.from = end;
        Ok(token)
    }

    /// Where the next token begins.
    fn place(&mut self) -> Result<usize, Syntax> {
        self.peek()?;
        Ok(self.peeked.as_ref().map_or(self.from, |(_, begins, _)| *begins))
    }

    fn is(&mut self, operator: &str) -> Result<bool, Syntax> {
        Ok(matches!(self.peek()?, Some(Token::Operator(found)) if *found == operator))
    }

    fn takes(&mut self, operator: &str) -> Result<bool, Syntax> {
        let is = self.is(operator)?;
        if is {
            self.take()?;
        }
        Ok(is)
    }

    fn expect(&mut self, operator: &str) -> Result<(), Syntax> {
        match self.take()? {
            Some(Token::Operator(found)) if found == operator => Ok(()),
            Some(token) => Err(Syntax::unexpected(&token)),
            None => Err(Syntax::End),
        }
    }

    /// The next token as a word without quotes.
    fn bare(&mut self) -> Result<Option<String>, Syntax> {
        Ok(match self.peek()? {
            Some(Token::Word(word)) => word.bare().map(str::to_owned),
            _ => None,
        })
    }

    fn expect_word(&mut self, wanted: &str) -> Result<(), Syntax> {
        if self.bare()?.as_deref() == Some(wanted) {
            self.take()?;
            return Ok(());
        }
        Err(self.wrong()?)
    }

    /// What is wrong with the next token.
    fn wrong(&mut self) -> Result<Syntax, Syntax> {
        Ok(self.take()?.map_or(Syntax::End, |token| Syntax::unexpected(&token)))
    }

    fn skip_newlines(&mut self) -> Result<(), Syntax> {
        while self.takes("\n")? {}
        Ok(())
    }

    /// Commands up to a word or operator that ends them.
    fn list(&mut self) -> Result<List, Syntax> {
        self.lexer.descend()?;
        let mut list = List::default();
        loop {
            self.skip_newlines()?;
            let closes = self.bare()?.is_some_and(|word| CLOSING.contains(&word.as_str()));
            if closes || self.peek()?.is_none() || self.is(")")? || self.is(";;")? {
                break;
            }
            let mut item = self.item()?;
            let ends = self.takes(";")? || self.takes("\n")?;
            item.background = !ends && self.takes("&")?;
            let goes_on = ends || item.background;
            list.items.push(item);
            if !goes_on {
                break;
            }
        }
        self.lexer.depth -= 1;
        Ok(list)
    }

    /// Commands that must be there, and the word that ends them.
    fn body(&mut self, ends: &str) -> Result<Rc<List>, Syntax> {
        let list = self.some()?;
        self.expect_word(ends)?;
        Ok(list)
    }

    fn some(&mut self) -> Result<Rc<List>, Syntax> {
        let list = self.list()?;
        if list.items.is_empty() { Err(self.wrong()?) } else { Ok(Rc::new(list)) }
    }

    fn item(&mut self) -> Result<Item, Syntax> {
        let begins = self.place()?;
        let mut pipelines = vec![(When::Always, Rc::new(self.pipeline()?))];
        loop {
            let when = match () {
                () if self.takes("&&")? => When::IfOk,
                () if self.takes("||")? => When::IfFailed,
                () => break,
            };
            self.skip_newlines()?;
            pipelines.push((when, Rc::new(self.pipeline()?)));
        }
        Ok(Item { pipelines, background: false, text: self.text(begins) })
    }

    /// The text since `begins`, up to the last token that was taken, in one line.
    fn text(&self, begins: usize) -> Rc<str> {
        let text: String = self.lexer.chars.get(begins..self.from).unwrap_or_default().iter().collect();
        super::one_line(&text).into()
    }

    fn pipeline(&mut self) -> Result<Pipeline, Syntax> {
        let begins = self.place()?;
        let (mut not, mut timed) = (false, false);
        loop {
            match self.bare()?.as_deref() {
                Some("!") => not = !not,
                Some("time") if !timed => timed = true,
                Some("-p") if timed => {}
                _ => break,
            }
            self.take()?;
        }
        let mut stages = Vec::new();
        let ends = timed
            && matches!(self.peek()?, None | Some(Token::Operator(";" | "\n" | "&" | "&&" | "||" | ")")));
        if !ends {
            self.stages(&mut stages)?;
        }
        Ok(Pipeline { not, timed, stages, text: self.text(begins) })
    }

    fn stages(&mut self, stages: &mut Vec<Rc<Command>>) -> Result<(), Syntax> {
        loop {
            let mut command = self.command()?;
            if self.is("|&")? {
                let to = Target::Same(Redirected::Output);
                command.redirects.push(Redirect { stream: Redirected::Errors, to });
            }
            stages.push(Rc::new(command));
            if !self.takes("|&")? && !self.takes("|")? {
                return Ok(());
            }
            self.skip_newlines()?;
        }
    }

    fn command(&mut self) -> Result<Command, Syntax> {
        if let Some(word) = self.bare()? {
            if ABSENT.contains(&word.as_str()) {
                return Err(Syntax::Absent("such commands", word));
            }
            if CLOSING.contains(&word.as_str()) {
                return Err(self.wrong()?);
            }
            let compound = match word.as_str() {
                "{" => Reader::group,
                "if" => Reader::conditions,
                "while" | "until" => Reader::repetition,
                "for" => Reader::each,
                "case" => Reader::choice,
                "function" => Reader::function,
                "[[" => Reader::condition,
                _ => return self.simple(),
            };
            self.take()?;
            let kind = compound(self, &word)?;
            return self.with_redirects(kind);
        }
        if self.is("(")? {
            return self.parentheses();
        }
        match self.peek()? {
            Some(Token::Word(_) | Token::Redirect(..)) => self.simple(),
            _ => Err(self.wrong()?),
        }
    }

    /// What begins with `(`: commands, or with another an expression.
    fn parentheses(&mut self) -> Result<Command, Syntax> {
        let place = self.place()?;
        self.take()?;
        if self.lexer.chars.get(place + 1) == Some(&'(') {
            self.lexer.at = place + 2;
            if let Some(word) = self.lexer.arithmetic(inside)? {
                self.from = self.lexer.at;
                return self.with_redirects(Kind::Arithmetic(word));
            }
            self.lexer.at = place + 1;
        }
        let list = self.some()?;
        self.expect(")")?;
        self.with_redirects(Kind::Subshell(list))
    }

    fn with_redirects(&mut self, kind: Kind) -> Result<Command, Syntax> {
        let mut redirects = Vec::new();
        while matches!(self.peek()?, Some(Token::Redirect(..))) {
            redirects.push(self.redirect()?);
        }
        Ok(Command { kind, redirects })
    }

    fn simple(&mut self) -> Result<Command, Syntax> {
        let (mut sets, mut words, mut redirects) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let adjoins = self.place()? == self.from;
            match self.peek()? {
                Some(Token::Redirect(..)) => redirects.push(self.redirect()?),
                Some(Token::Word(word)) if words.is_empty() && sets_element(word) => {
                    return Err(Syntax::ARRAYS);
                }
                Some(Token::Word(word)) => {
                    match assignment(word).filter(|_| words.is_empty()) {
                        Some(set) => sets.push(set),
                        None => words.push(word.clone()),
                    }
                    self.take()?;
                }
                Some(Token::Operator("(")) if adjoins && sets_array(&sets, &words) => {
                    return Err(Syntax::ARRAYS);
                }
                Some(Token::Operator("(")) if words.len() == 1 => {
                    let name = words.first().map(Word::texts).unwrap_or_default();
                    self.take()?;
                    self.expect(")")?;
                    let kind = self.function_body(name)?;
                    return Ok(Command { kind, redirects });
                }
                Some(Token::Operator("(")) => return Err(self.wrong()?),
                _ => break,
            }
        }
        Ok(Command { kind: Kind::Simple { sets, words }, redirects })
    }

    fn redirect(&mut self) -> Result<Redirect, Syntax> {
        let Some(Token::Redirect(descriptor, sign)) = self.take()? else {
            return Err(Syntax::End);
        };
        let word = match self.take()? {
            Some(Token::Word(word)) => word,
            Some(token) => return Err(Syntax::unexpected(&token)),
            None => return Err(Syntax::Unexpected("newline".to_owned())),
        };
        if matches!(sign, "<<" | "<<-") {
            let text = self.lexer.document(&word.texts(), sign == "<<-")?;
            let quoted = word.0.iter().any(|part| part.quoted);
            let word = match quoted {
                true => Word(vec![Part { what: What::Text(text), quoted: true }]),
                false => self.lexer.expression(&text, inside)?,
            };
            return Ok(Redirect { stream: Redirected::Input, to: Target::Document(word) });
        }
        let (reads, both) = (sign.starts_with('<'), sign.starts_with('&'));
        let stream = match descriptor {
            None | Some('0') if reads => Redirected::Input,
            _ if both => Redirected::Both,
            None | Some('1') if !reads => Redirected::Output,
            Some('2') if !reads => Redirected::Errors,
            _ => return Err(Syntax::Absent("other descriptors than 0, 1 and 2", sign.to_owned())),
        };
        let to = match (sign, word.bare()) {
            (">&", Some("1")) => Target::Same(Redirected::Output),
            (">&", Some("2")) => Target::Same(Redirected::Errors),
            (">&", _) if descriptor.is_none() => {
                return Ok(Redirect { stream: Redirected::Both, to: Target::File(word) });
            }
            ("<&" | "<>" | ">&", _) => {
                return Err(Syntax::Absent("such redirections", sign.to_owned()));
            }
            ("<<<", _) => Target::Text(word),
            (">>" | "&>>", _) => Target::AtEnd(word),
            _ => Target::File(word),
        };
        Ok(Redirect { stream, to })
    }
}

/// Whether a variable may have this name.
pub(crate) fn is_identifier(name: &str) -> bool {
    name.starts_with(is_name) && name.chars().all(|c| is_name(c) || c.is_ascii_digit())
}
