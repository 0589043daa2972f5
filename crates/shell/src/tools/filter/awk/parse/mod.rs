//! A program of `awk` as a tree, by the grammar of POSIX.

mod expr;

use super::Stop;
use super::lex::Token;
use super::tree::{Expr, Program, Rule, Statement, When};
use crate::tools::filter::pattern::{Pattern, Syntax};
use std::rc::Rc;

/// How deep expressions and statements may be nested.
const DEEPEST: usize = 100;

/// Parts of awk that need a machine below the shell, or more than the lines that this lab is for.
const ABSENT: [&str; 5] = ["getline", "function", "return", "system", "close"];

/// Reads a program.
pub(super) fn program(tokens: Vec<(Token, usize)>) -> Result<Program, Stop> {
    let mut parser = Parser { tokens, at: 0, depth: 0, in_print: false };
    let mut rules = Vec::new();
    parser.skip_ends();
    while *parser.peek() != Token::End {
        rules.push(parser.rule()?);
        parser.skip_ends();
    }
    Ok(Program { rules })
}

/// The regular expression behind a text.
pub(super) fn pattern(text: &str) -> Result<Rc<Pattern>, Stop> {
    let told = |error| Stop::Said(format!("awk: regular expression compile failed ({error})\n{text}\n"));
    Pattern::new(text, Syntax::Extended, false).map(Rc::new).map_err(told)
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    at: usize,
    depth: usize,
    /// In what `print` prints, `>` leads to a file.
    in_print: bool,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn is(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Word(here) if *here == word)
    }

    fn eat(&mut self, word: &str) -> bool {
        let is = self.is(word);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, word: &str) -> Result<(), Stop> {
        if self.eat(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(1, |(_, line)| *line)
    }

    fn unexpected(&self) -> Stop {
        let near = match self.peek() {
            Token::Number(number) => super::digits::written(*number),
            Token::Text(text) | Token::Pattern(text) | Token::Name(text) => text.clone(),
            Token::Word("\n") | Token::End => "end of line".to_owned(),
            Token::Word(word) if ABSENT.contains(word) => {
                return Stop::Said(format!("awk: {word} is not part of this lab's awk\n"));
            }
            Token::Word(word) => (*word).to_owned(),
        };
        Stop::syntax(self.line(), &near)
    }

    fn skip_lines(&mut self) {
        while self.eat("\n") {}
    }

    fn skip_ends(&mut self) {
        while self.eat("\n") || self.eat(";") {}
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Parser) -> Result<T, Stop>) -> Result<T, Stop> {
        self.depth += 1;
        let too_deep = || Err(Stop::Said("awk: program too deep\n".to_owned()));
        let found = if self.depth > DEEPEST { too_deep() } else { read(self) };
        self.depth -= 1;
        found
    }

    fn rule(&mut self) -> Result<Rule, Stop> {
        if self.is("}") {
            let line = self.line();
            let near = format!("awk: line {line}: syntax error at or near end of line\n");
            return Err(Stop::Said(format!("awk: line {line}: extra '}}'\n{near}")));
        }
        let when = if self.eat("BEGIN") {
            When::Begin
        } else if self.eat("END") {
            When::End
        } else if self.is("{") {
            When::Each
        } else {
            let first = self.expr()?;
            if self.eat(",") {
                self.skip_lines();
                When::Between(first, self.expr()?)
            } else {
                When::If(first)
            }
        };
        if self.is("{") {
            return Ok(Rule { when, body: self.block()? });
        }
        if matches!(when, When::Begin | When::End)
            || !matches!(self.peek(), Token::End | Token::Word("\n" | ";"))
        {
            return Err(self.unexpected());
        }
        Ok(Rule { when, body: vec![Statement::Print(Vec::new())] })
    }

    fn block(&mut self) -> Result<Vec<Statement>, Stop> {
        self.expect("{")?;
        let mut body = Vec::new();
        self.skip_ends();
        while !self.eat("}") {
            if *self.peek() == Token::End {
                return Err(Stop::Said(format!(
                    "awk: line {}: missing }} near end of file\n",
                    self.line() + 1
                )));
            }
            body.push(self.statement()?);
            self.skip_ends();
        }
        Ok(body)
    }

    /// A statement, or several in braces. A `;` alone is a body without statements.
    fn body(&mut self) -> Result<Vec<Statement>, Stop> {
        self.skip_lines();
        if self.is("{") {
            return self.deeper(Parser::block);
        }
        if self.eat(";") || self.is("}") {
            return Ok(Vec::new());
        }
        Ok(vec![self.statement()?])
    }

    fn statement(&mut self) -> Result<Statement, Stop> {
        self.deeper(|parser| {
            let Token::Word(word) = *parser.peek() else { return parser.simple() };
            match word {
                "{" => Ok(Statement::If(Expr::Number(1.0), parser.block()?, Vec::new())),
                "if" => parser.condition(),
                "while" => {
                    parser.at += 1;
                    let condition = parser.in_parentheses()?;
                    Ok(Statement::Loop {
                        first: None,
                        condition: Some(condition),
                        step: None,
                        body: parser.body()?,
                        late: false,
                    })
                }
                "do" => {
                    parser.at += 1;
                    let body = parser.body()?;
                    parser.skip_ends();
                    parser.expect("while")?;
                    let condition = parser.in_parentheses()?;
                    parser.ended()?;
                    Ok(Statement::Loop {
                        first: None,
                        condition: Some(condition),
                        step: None,
                        body,
                        late: true,
                    })
                }
                "for" => parser.counted(),
                _ => parser.simple(),
            }
        })
    }

    fn in_parentheses(&mut self) -> Result<Expr, Stop> {
        self.expect("(")?;
        let condition = self.grouped()?;
        self.expect(")")?;
        Ok(condition)
    }

    fn condition(&mut self) -> Result<Statement, Stop> {
        self.expect("if")?;
        let condition = self.in_parentheses()?;
        let then = self.body()?;
        let before = self.at;
        self.skip_ends();
        if self.eat("else") {
            return Ok(Statement::If(condition, then, self.body()?));
        }
        self.at = before;
        Ok(Statement::If(condition, then, Vec::new()))
    }

    fn counted(&mut self) -> Result<Statement, Stop> {
        self.expect("for")?;
        self.expect("(")?;
        if let Token::Name(name) = self.peek().clone()
            && matches!(self.tokens.get(self.at + 1), Some((Token::Word("in"), _)))
            && let Some((Token::Name(array), _)) = self.tokens.get(self.at + 2).cloned()
            && matches!(self.tokens.get(self.at + 3), Some((Token::Word(")"), _)))
        {
            self.at += 4;
            return Ok(Statement::Each(name, array, self.body()?));
        }
        let first = if self.is(";") { None } else { Some(Box::new(self.simple()?)) };
        self.expect(";")?;
        self.skip_lines();
        let condition = if self.is(";") { None } else { Some(self.expr()?) };
        self.expect(";")?;
        self.skip_lines();
        let step = if self.is(")") { None } else { Some(Box::new(self.simple()?)) };
        self.expect(")")?;
        Ok(Statement::Loop { first, condition, step, body: self.body()?, late: false })
    }

    /// What must stand behind a statement.
    fn ended(&mut self) -> Result<(), Stop> {
        match self.peek() {
            Token::End | Token::Word("\n" | ";" | "}" | ")") => Ok(()),
            _ => Err(self.unexpected()),
        }
    }

    fn simple(&mut self) -> Result<Statement, Stop> {
        let statement = if self.eat("print") {
            Statement::Print(self.printed()?)
        } else if self.eat("printf") {
            let args = self.printed()?;
            if args.is_empty() {
                return Err(self.unexpected());
            }
            Statement::Printf(args)
        } else if self.eat("next") {
            Statement::Next
        } else if self.eat("break") {
            Statement::Break
        } else if self.eat("continue") {
            Statement::Continue
        } else if self.eat("exit") {
            let has = !matches!(self.peek(), Token::End | Token::Word("\n" | ";" | "}"));
            Statement::Exit(if has { Some(self.expr()?) } else { None })
        } else if self.eat("delete") {
            let Token::Name(array) = self.peek().clone() else { return Err(self.unexpected()) };
            self.at += 1;
            let key = if self.eat("[") { Some(self.list("]")?) } else { None };
            Statement::Delete(array, key)
        } else {
            Statement::Expr(self.expr()?)
        };
        self.ended()?;
        Ok(statement)
    }

    /// What is printed, in parentheses or not. Files and pipes are not part of the lab.
    fn printed(&mut self) -> Result<Vec<Expr>, Stop> {
        if matches!(self.peek(), Token::End | Token::Word("\n" | ";" | "}")) {
            return Ok(Vec::new());
        }
        if self.is(">") || self.is(">>") || self.is("|") {
            return self.printed_here(Vec::new());
        }
        let before = self.at;
        // `print (a, b)`; but `print (a) b` is one text.
        if self.eat("(") {
            let args = self.list(")");
            if let Ok(args) = args
                && matches!(self.peek(), Token::End | Token::Word("\n" | ";" | "}" | ">" | ">>" | "|"))
            {
                return self.printed_here(args);
            }
            self.at = before;
        }
        let outer = std::mem::replace(&mut self.in_print, true);
        let mut args = vec![self.expr()];
        while args.last().is_some_and(Result::is_ok) && self.eat(",") {
            self.skip_lines();
            args.push(self.expr());
        }
        self.in_print = outer;
        let args = args.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.printed_here(args)
    }

    fn printed_here(&self, args: Vec<Expr>) -> Result<Vec<Expr>, Stop> {
        match self.peek() {
            Token::Word(">" | ">>" | "|") => {
                Err(Stop::Said("awk: print into files and pipes is not part of this lab's awk\n".to_owned()))
            }
            _ => Ok(args),
        }
    }
}
