//! The expression after the options of `ss`: `dport = :5555 or ( src 10.211.55.2 and not sport = :ssh )`.

use super::{Refusal, USAGE};
use crate::names;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Endpoint, Ipv4};

/// Maximum depth of nesting. Deeper nesting is refused, so that reading it cannot exhaust the stack.
const DEPTH: usize = 50;

/// What a row must satisfy.
#[derive(Clone, Debug, Default)]
pub(super) enum Expression {
    /// No condition.
    #[default]
    Anything,
    /// Both conditions.
    And(Box<Expression>, Box<Expression>),
    /// At least one of the conditions.
    Or(Box<Expression>, Box<Expression>),
    /// The opposite of the condition.
    Not(Box<Expression>),
    /// A condition on one end.
    End(Test),
}

/// A condition on one end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Test {
    /// Whether it is the peer's end, and not the local one.
    peer: bool,
    addr: Option<Ipv4>,
    compare: Option<(Compare, u16)>,
}

#[derive(Clone, Copy, Debug)]
enum Compare {
    Equal,
    NotEqual,
    AtLeast,
    AtMost,
    Greater,
    Less,
}

impl Expression {
    /// Reads the words. Without words, every row fits.
    pub(super) fn read(words: &[&str]) -> Result<Expression, Refusal> {
        if words.is_empty() {
            return Ok(Expression::Anything);
        }
        let mut rest = words;
        let expression = either(&mut rest, 0)?;
        if rest.is_empty() { Ok(expression) } else { Err(syntax()) }
    }

    /// Whether the row satisfies the expression.
    pub(super) fn fits(&self, row: &SocketRow) -> bool {
        match self {
            Expression::Anything => true,
            Expression::And(a, b) => a.fits(row) && b.fits(row),
            Expression::Or(a, b) => a.fits(row) || b.fits(row),
            Expression::Not(a) => !a.fits(row),
            Expression::End(test) => test.fits(row),
        }
    }
}

impl Test {
    fn fits(&self, row: &SocketRow) -> bool {
        let end = if self.peer { row.foreign.unwrap_or(Endpoint::any(0)) } else { row.local };
        let port = self.compare.is_none_or(|(compare, port)| match compare {
            Compare::Equal => end.port == port,
            Compare::NotEqual => end.port != port,
            Compare::AtLeast => end.port >= port,
            Compare::AtMost => end.port <= port,
            Compare::Greater => end.port > port,
            Compare::Less => end.port < port,
        });
        port && self.addr.is_none_or(|addr| end.addr == addr)
    }
}

fn either(words: &mut &[&str], depth: usize) -> Result<Expression, Refusal> {
    let mut left = both(words, depth)?;
    while let ["or" | "|" | "||", rest @ ..] = words {
        *words = rest;
        left = Expression::Or(Box::new(left), Box::new(both(words, depth)?));
    }
    Ok(left)
}

fn both(words: &mut &[&str], depth: usize) -> Result<Expression, Refusal> {
    let mut left = single(words, depth)?;
    while let [next, rest @ ..] = words {
        match *next {
            "and" | "&" | "&&" => *words = rest,
            "or" | "|" | "||" | ")" => break,
            _ => {}
        }
        left = Expression::And(Box::new(left), Box::new(single(words, depth)?));
    }
    Ok(left)
}

fn single(words: &mut &[&str], depth: usize) -> Result<Expression, Refusal> {
    if depth > DEPTH {
        return Err(syntax());
    }
    let [first, rest @ ..] = words else {
        return Err(syntax());
    };
    *words = rest;
    match *first {
        "not" | "!" => Ok(Expression::Not(Box::new(single(words, depth + 1)?))),
        "(" => {
            let inner = either(words, depth + 1)?;
            let [")", rest @ ..] = words else {
                return Err(syntax());
            };
            *words = rest;
            Ok(inner)
        }
        "sport" | "dport" => port_test(*first == "dport", words).map(Expression::End),
        "src" | "dst" => {
            let operand = operand(words)?;
            address_test(*first == "dst", operand).map(Expression::End)
        }
        // A bare address is the peer's.
        other => address_test(true, other).map(Expression::End),
    }
}

fn operand<'a>(words: &mut &[&'a str]) -> Result<&'a str, Refusal> {
    while let ["=" | "==" | "eq", rest @ ..] = words {
        *words = rest;
    }
    let [first, rest @ ..] = words else {
        return Err(syntax());
    };
    *words = rest;
    Ok(first)
}

fn port_test(peer: bool, words: &mut &[&str]) -> Result<Test, Refusal> {
    let compare = match words.first() {
        Some(&("!=" | "ne" | "neq")) => Compare::NotEqual,
        Some(&(">=" | "ge" | "geq")) => Compare::AtLeast,
        Some(&("<=" | "le" | "leq")) => Compare::AtMost,
        Some(&(">" | "gt")) => Compare::Greater,
        Some(&("<" | "lt")) => Compare::Less,
        _ => Compare::Equal,
    };
    if !matches!(compare, Compare::Equal) {
        *words = words.get(1..).unwrap_or_default();
    }
    let text = operand(words)?;
    let port = port(text.trim_start_matches(':'))?;
    Ok(Test { peer, addr: None, compare: Some((compare, port)) })
}

fn port(text: &str) -> Result<u16, Refusal> {
    let found = text.parse().ok().or_else(|| names::service_port(text));
    found.ok_or_else(|| {
        let text = format!("Error: \"{text}\" does not look like a port.\nCannot parse dst/src address.\n");
        Refusal::new(text, 1)
    })
}

fn address_test(peer: bool, text: &str) -> Result<Test, Refusal> {
    let (addr, after) = match text.split_once(':') {
        Some((addr, after)) => (addr, Some(after)),
        None => (text, None),
    };
    let addr = match addr {
        "" | "*" => None,
        name => Some(name.parse().ok().or_else(|| names::host(name)).ok_or_else(|| not_an_address(text))?),
    };
    let compare = after.filter(|p| *p != "*").map(port).transpose()?.map(|port| (Compare::Equal, port));
    Ok(Test { peer, addr, compare })
}

fn not_an_address(text: &str) -> Refusal {
    Refusal::new(
        format!("Error: an inet prefix is expected rather than \"{text}\".\nCannot parse dst/src address.\n"),
        1,
    )
}

fn syntax() -> Refusal {
    let text = "ss: bison bellows (while parsing filter): \"syntax error!\" Sorry.\n";
    Refusal::new(text.to_owned() + USAGE, 255)
}
