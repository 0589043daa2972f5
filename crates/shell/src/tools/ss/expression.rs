//! The expression after the options of `ss`: `dport = :5555 or ( src 10.211.55.2 and not sport = :ssh )`.
//!
//! A shell's argument may hold several words of it, as in the manual page's own `'( dport = :ssh or sport = :ssh )'`.
//! Only blanks separate words: `(dport` is one, and no address.

use super::{Refusal, USAGE};
use crate::names;
use tcp_core::net::Endpoint;
use tcp_core::net::firewall::Network;
use tcp_core::net::view::SocketRow;

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
    network: Option<Network>,
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
    /// Reads the arguments. Without words in them, every row fits.
    pub(super) fn read(arguments: &[&str]) -> Result<Expression, Refusal> {
        let words: Vec<&str> = arguments.iter().flat_map(|argument| argument.split_whitespace()).collect();
        if words.is_empty() {
            return Ok(Expression::Anything);
        }
        let mut reader = Reader { rest: &words, ports: false };
        let expression = reader.either(0)?;
        if reader.rest.is_empty() { Ok(expression) } else { Err(syntax()) }
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
        port && self.network.is_none_or(|network| network.contains(end.addr))
    }
}

/// The words that have not been read yet.
struct Reader<'a> {
    rest: &'a [&'a str],
    /// Whether the latest of `src`, `dst`, `sport` and `dport` named a port: a word that is no keyword is read as one
    /// then, even where neither belongs.
    ports: bool,
}

impl<'a> Reader<'a> {
    fn either(&mut self, depth: usize) -> Result<Expression, Refusal> {
        let mut left = self.both(depth)?;
        while self.skip(&["or", "|", "||"]) {
            left = Expression::Or(Box::new(left), Box::new(self.both(depth)?));
        }
        Ok(left)
    }

    fn both(&mut self, depth: usize) -> Result<Expression, Refusal> {
        let mut left = self.single(depth)?;
        while let Some(next) = self.rest.first() {
            if !self.skip(&["and", "&", "&&"]) && ["or", "|", "||", ")"].contains(next) {
                break;
            }
            left = Expression::And(Box::new(left), Box::new(self.single(depth)?));
        }
        Ok(left)
    }

    fn single(&mut self, depth: usize) -> Result<Expression, Refusal> {
        if depth > DEPTH {
            return Err(syntax());
        }
        match self.word()? {
            "not" | "!" => Ok(Expression::Not(Box::new(self.single(depth + 1)?))),
            "(" => {
                let inner = self.either(depth + 1)?;
                if self.skip(&[")"]) { Ok(inner) } else { Err(syntax()) }
            }
            what @ ("sport" | "dport" | "src" | "dst") => {
                self.ports = what.ends_with("port");
                let test = if self.ports { self.port_test() } else { self.address_test() }?;
                Ok(Expression::End(Test { peer: what.starts_with('d'), ..test }))
            }
            other => Err(self.condition(other).map_or_else(|refusal| refusal, |_| syntax())),
        }
    }

    fn port_test(&mut self) -> Result<Test, Refusal> {
        let compare = match self.rest.first() {
            Some(&("!=" | "ne" | "neq")) => Compare::NotEqual,
            Some(&(">=" | "ge" | "geq")) => Compare::AtLeast,
            Some(&("<=" | "le" | "leq")) => Compare::AtMost,
            Some(&(">" | "gt")) => Compare::Greater,
            Some(&("<" | "lt")) => Compare::Less,
            _ => return self.address_test(),
        };
        let _ = self.word()?;
        let word = self.word()?;
        let test = self.condition(word)?;
        Ok(Test { compare: test.compare.map(|(_, port)| (compare, port)), ..test })
    }

    fn address_test(&mut self) -> Result<Test, Refusal> {
        while self.skip(&["=", "==", "eq"]) {}
        let word = self.word()?;
        self.condition(word)
    }

    /// `:PORT` after the name of a port, otherwise `ADDRESS[:PORT]`.
    fn condition(&self, text: &str) -> Result<Test, Refusal> {
        let (addr, after) = match text.split_once(':') {
            Some((addr, after)) => (addr, Some(after)),
            None if self.ports => ("", Some(text)),
            None => (text, None),
        };
        let network = match addr {
            "" | "*" => None,
            name => Some(network(name).ok_or_else(|| not_an_address(text))?),
        };
        let port = after.filter(|port| !matches!(*port, "" | "*")).map(port).transpose()?;
        Ok(Test { peer: false, network, compare: port.map(|port| (Compare::Equal, port)) })
    }

    fn word(&mut self) -> Result<&'a str, Refusal> {
        let (first, rest) = self.rest.split_first().ok_or_else(syntax)?;
        self.rest = rest;
        Ok(first)
    }

    /// Skips the next word if it is one of these.
    fn skip(&mut self, these: &[&str]) -> bool {
        let skips = self.rest.first().is_some_and(|next| these.contains(next));
        if skips {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        skips
    }
}

fn port(text: &str) -> Result<u16, Refusal> {
    let found = text.parse().ok().or_else(|| names::service_port(text));
    found.ok_or_else(|| {
        let text = format!("Error: \"{text}\" does not look like a port.\nCannot parse dst/src address.\n");
        Refusal::new(text, 1)
    })
}

/// `ADDRESS[/PREFIX]`
fn network(text: &str) -> Option<Network> {
    let (addr, prefix) = text.split_once('/').unwrap_or((text, "32"));
    let addr = addr.parse().ok().or_else(|| names::host(addr))?;
    Some(Network::new(addr, prefix.parse().ok().filter(|prefix| *prefix <= 32)?))
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
