//! Expressions of `awk`, from those that bind least to those that bind most.

use super::super::Stop;
use super::super::lex::Token;
use super::super::tree::{Expr, Place};
use super::{Parser, pattern};

/// Assignments, and the operator of each.
const ASSIGNS: [(&str, &str); 7] =
    [("=", ""), ("+=", "+"), ("-=", "-"), ("*=", "*"), ("/=", "/"), ("%=", "%"), ("^=", "^")];
const COMPARES: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];
const FUNCTIONS: [&str; 11] =
    ["length", "substr", "index", "split", "sub", "gsub", "match", "sprintf", "tolower", "toupper", "int"];

impl Parser {
    /// Expressions with commas between them, up to a closing word.
    pub(super) fn list(&mut self, end: &str) -> Result<Vec<Expr>, Stop> {
        let mut list = Vec::new();
        if self.eat(end) {
            return Ok(list);
        }
        loop {
            self.skip_lines();
            list.push(self.grouped()?);
            self.skip_lines();
            if self.eat(end) {
                return Ok(list);
            }
            self.expect(",")?;
        }
    }

    /// An expression inside parentheses, where `>` compares again.
    pub(super) fn grouped(&mut self) -> Result<Expr, Stop> {
        let before = std::mem::replace(&mut self.in_print, false);
        let expr = self.expr();
        self.in_print = before;
        expr
    }

    pub(super) fn expr(&mut self) -> Result<Expr, Stop> {
        self.deeper(|parser| {
            let left = parser.choice()?;
            let Token::Word(word) = *parser.peek() else { return Ok(left) };
            let Some((_, operator)) = ASSIGNS.iter().find(|(assign, _)| *assign == word) else {
                return Ok(left);
            };
            let Expr::Place(place) = left else { return Err(parser.unexpected()) };
            parser.at += 1;
            parser.skip_lines();
            Ok(Expr::Assign(place, operator, Box::new(parser.expr()?)))
        })
    }

    fn choice(&mut self) -> Result<Expr, Stop> {
        let condition = self.either()?;
        if !self.eat("?") {
            return Ok(condition);
        }
        self.skip_lines();
        let yes = self.expr()?;
        self.skip_lines();
        self.expect(":")?;
        self.skip_lines();
        let no = self.expr()?;
        Ok(Expr::Choice(Box::new(condition), Box::new(yes), Box::new(no)))
    }

    fn either(&mut self) -> Result<Expr, Stop> {
        let mut left = self.both()?;
        while self.eat("||") {
            self.skip_lines();
            left = Expr::Or(Box::new(left), Box::new(self.both()?));
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Expr, Stop> {
        let mut left = self.member()?;
        while self.eat("&&") {
            self.skip_lines();
            left = Expr::And(Box::new(left), Box::new(self.member()?));
        }
        Ok(left)
    }

    fn member(&mut self) -> Result<Expr, Stop> {
        let mut left = self.fits()?;
        while self.eat("in") {
            let Token::Name(array) = self.peek().clone() else { return Err(self.unexpected()) };
            self.at += 1;
            left = Expr::In(vec![left], array);
        }
        Ok(left)
    }

    fn fits(&mut self) -> Result<Expr, Stop> {
        let mut left = self.compared()?;
        loop {
            let fits = if self.eat("~") {
                true
            } else if self.eat("!~") {
                false
            } else {
                return Ok(left);
            };
            left = Expr::Fits(Box::new(left), Box::new(self.compared()?), fits);
        }
    }

    fn compared(&mut self) -> Result<Expr, Stop> {
        let left = self.joined()?;
        let Token::Word(word) = *self.peek() else { return Ok(left) };
        if !COMPARES.contains(&word) || word == ">" && self.in_print {
            return Ok(left);
        }
        self.at += 1;
        Ok(Expr::Compare(word, Box::new(left), Box::new(self.joined()?)))
    }

    fn joined(&mut self) -> Result<Expr, Stop> {
        let mut left = self.sum()?;
        while self.begins_operand() {
            left = Expr::Join(Box::new(left), Box::new(self.sum()?));
        }
        Ok(left)
    }

    /// Whether what follows is joined to what stands before.
    fn begins_operand(&self) -> bool {
        match self.peek() {
            Token::Number(_) | Token::Text(_) | Token::Name(_) | Token::Pattern(_) => true,
            Token::Word(word) => matches!(*word, "$" | "(" | "++" | "--" | "!") || FUNCTIONS.contains(word),
            Token::End => false,
        }
    }

    fn sum(&mut self) -> Result<Expr, Stop> {
        let mut left = self.product()?;
        while let Token::Word(word @ ("+" | "-")) = *self.peek() {
            self.at += 1;
            left = Expr::Calculate(word, Box::new(left), Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expr, Stop> {
        let mut left = self.signed()?;
        while let Token::Word(word @ ("*" | "/" | "%")) = *self.peek() {
            self.at += 1;
            left = Expr::Calculate(word, Box::new(left), Box::new(self.signed()?));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Expr, Stop> {
        self.deeper(|parser| {
            if parser.eat("!") {
                Ok(Expr::Not(Box::new(parser.signed()?)))
            } else if parser.eat("-") {
                Ok(Expr::Calculate("-", Box::new(Expr::Number(0.0)), Box::new(parser.signed()?)))
            } else if parser.eat("+") {
                Ok(Expr::Calculate("+", Box::new(Expr::Number(0.0)), Box::new(parser.signed()?)))
            } else {
                let base = parser.stepped()?;
                if parser.eat("^") {
                    // To the right: 2^3^2 is 2^9.
                    return Ok(Expr::Calculate("^", Box::new(base), Box::new(parser.signed()?)));
                }
                Ok(base)
            }
        })
    }

    fn stepped(&mut self) -> Result<Expr, Stop> {
        for (word, by) in [("++", 1.0), ("--", -1.0)] {
            if self.eat(word) {
                let Expr::Place(place) = self.operand()? else { return Err(self.unexpected()) };
                return Ok(Expr::Step { place, by, before: true });
            }
        }
        let operand = self.operand()?;
        let Expr::Place(place) = operand else { return Ok(operand) };
        for (word, by) in [("++", 1.0), ("--", -1.0)] {
            if self.eat(word) {
                return Ok(Expr::Step { place, by, before: false });
            }
        }
        Ok(Expr::Place(place))
    }

    fn operand(&mut self) -> Result<Expr, Stop> {
        let before = self.at;
        let token = self.peek().clone();
        self.at += 1;
        match token {
            Token::Number(number) => Ok(Expr::Number(number)),
            Token::Text(text) => Ok(Expr::Text(text.as_str().into())),
            Token::Pattern(text) => Ok(Expr::Pattern(pattern(&text)?)),
            Token::Name(name) if self.eat("[") => Ok(Expr::Place(Place::Element(name, self.list("]")?))),
            Token::Name(name) if self.is("(") => {
                Err(Stop::Said(format!("awk: line {}: function {name} never defined\n", self.line() + 1)))
            }
            Token::Name(name) => Ok(Expr::Place(Place::Variable(name))),
            Token::Word("$") => {
                let field = self.deeper(|parser| {
                    if parser.eat("-") {
                        let number = parser.operand()?;
                        return Ok(Expr::Calculate("-", Box::new(Expr::Number(0.0)), Box::new(number)));
                    }
                    for (word, by) in [("++", 1.0), ("--", -1.0)] {
                        if parser.eat(word) {
                            let Expr::Place(place) = parser.operand()? else {
                                return Err(parser.unexpected());
                            };
                            return Ok(Expr::Step { place, by, before: true });
                        }
                    }
                    parser.operand()
                })?;
                Ok(Expr::Place(Place::Field(Box::new(field))))
            }
            Token::Word("(") => self.deeper(|parser| {
                let mut list = parser.list(")")?;
                if list.len() > 1 {
                    parser.expect("in")?;
                    let Token::Name(array) = parser.peek().clone() else { return Err(parser.unexpected()) };
                    parser.at += 1;
                    return Ok(Expr::In(list, array));
                }
                // In parentheses it is no place any more, but `(x)++` is nobody's.
                list.pop().map(|expr| Expr::Group(Box::new(expr))).ok_or_else(|| parser.unexpected())
            }),
            Token::Word(word) if FUNCTIONS.contains(&word) => {
                let args = if self.eat("(") { self.list(")")? } else { Vec::new() };
                if args.is_empty() && word != "length" {
                    return Err(self.unexpected());
                }
                Ok(Expr::Call(word, args))
            }
            _ => {
                self.at = before;
                Err(self.unexpected())
            }
        }
    }
}
