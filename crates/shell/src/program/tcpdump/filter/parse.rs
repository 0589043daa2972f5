//! Reading a filter. `and` and `or` bind alike and from the left; `not` binds closer.

mod number;

use super::lex::{Token, tokens};
use super::primitive::{Head, Kind, Protocol, Value, primitive};
use super::{Filter, Number, Place, SYNTAX, Side, Source};
use crate::names::Names;
use number::constant;

/// How deep parentheses and negations may be nested.
const DEPTH: u32 = 100;

/// How many words a filter may have.
const WORDS: usize = 2000;

/// Reads a filter. An empty one lets everything pass. An error is what libpcap says of it.
pub(in super::super) fn parse(text: &str, names: Names, source: Source) -> Result<Filter, String> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(Filter::Constant(true));
    }
    if tokens.len() > WORDS {
        return Err("can't parse filter expression: memory exhausted".into());
    }
    let place = Place { names, source };
    let mut reader = Reader { tokens: &tokens, next: 0, place, depth: 0, head: Head::default() };
    let filter = reader.expression()?;
    match reader.peek() {
        Some(_) => Err(SYNTAX.into()),
        None if filter.rejects_all() => Err("expression rejects all packets".into()),
        None => Ok(filter),
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    next: usize,
    place: Place,
    depth: u32,
    /// The qualifiers of the last primitive, which go for a value that has none.
    head: Head,
}

type Read<T> = Result<T, String>;

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn takes(&mut self, token: &Token) -> bool {
        let is_next = self.peek() == Some(token);
        self.next += usize::from(is_next);
        is_next
    }

    fn expects(&mut self, sign: char) -> Read<()> {
        if self.takes(&Token::Sign(sign)) { Ok(()) } else { Err(SYNTAX.into()) }
    }

    fn word(&self) -> Option<&str> {
        match self.peek() {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is_next = self.word() == Some(word);
        self.next += usize::from(is_next);
        is_next
    }

    fn expression(&mut self) -> Read<Filter> {
        let mut left = self.term(false)?;
        loop {
            let and = match self.peek() {
                Some(Token::And) => true,
                Some(Token::Or) => false,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.term(true)?;
            left = match (and, left, right) {
                (true, Filter::Constant(false), _) | (true, _, Filter::Constant(false)) => {
                    Filter::Constant(false)
                }
                (true, Filter::Constant(true), one) | (true, one, Filter::Constant(true)) => one,
                (false, Filter::Constant(true), _) | (false, _, Filter::Constant(true)) => {
                    Filter::Constant(true)
                }
                (false, Filter::Constant(false), one) | (false, one, Filter::Constant(false)) => one,
                (true, one, other) => Filter::And(Box::new(one), Box::new(other)),
                (false, one, other) => Filter::Or(Box::new(one), Box::new(other)),
            };
        }
    }

    /// A condition with its negations. `follows` says whether one was before, whose qualifiers may go for it too.
    fn term(&mut self, follows: bool) -> Read<Filter> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(SYNTAX.into());
        }
        let term = if self.takes(&Token::Not) {
            match self.term(follows)? {
                Filter::Constant(value) => Filter::Constant(!value),
                term => Filter::Not(Box::new(term)),
            }
        } else {
            self.positive(follows)?
        };
        self.depth -= 1;
        Ok(term)
    }

    fn positive(&mut self, follows: bool) -> Read<Filter> {
        let begin = self.next;
        if let Some(compared) = self.comparison()? {
            return Ok(compared);
        }
        self.next = begin;
        if self.takes(&Token::Sign('(')) {
            let inner = self.expression()?;
            self.expects(')')?;
            return Ok(inner);
        }
        if follows && let Some(value) = self.value() {
            return primitive(self.head, &value, self.place);
        }
        self.qualified()
    }

    /// A value with its qualifiers, or a word that is a condition by itself.
    fn qualified(&mut self) -> Read<Filter> {
        let protocol = self.word().and_then(Head::protocol);
        let mut head = Head { protocol, ..Head::default() };
        let begin = self.next;
        self.next += usize::from(protocol.is_some());
        head.side = self.side();
        head.kind = self.word().and_then(Head::kind);
        self.next += usize::from(head.kind.is_some());
        if head.kind == Some(Kind::Gateway) {
            return Err("'gateway' not supported in this configuration".into());
        }
        if self.next == begin {
            return self.alone();
        }
        let in_parentheses = self.peek() == Some(&Token::Sign('(')) && (head.side, head.kind) != (None, None);
        if in_parentheses {
            self.next += 1;
            let mut all = self.first_value(head)?;
            while let Some(Token::Or | Token::And) = self.peek() {
                let and = self.takes(&Token::And);
                self.next += usize::from(!and);
                let next = Box::new(self.first_value(head)?);
                all = if and { Filter::And(Box::new(all), next) } else { Filter::Or(Box::new(all), next) };
            }
            self.expects(')')?;
            return Ok(all);
        }
        // A protocol alone does not go for a value.
        let alone = (head.side, head.kind) == (None, None);
        match if alone { None } else { self.value() } {
            Some(value) => {
                self.head = head;
                primitive(head, &value, self.place)
            }
            // Only a protocol may be alone.
            None if matches!(self.word(), Some("multicast" | "broadcast"))
                && protocol == Some(Protocol::Ip) =>
            {
                self.next += 1;
                never()
            }
            None => match protocol.filter(|_| self.next == begin + 1) {
                Some(protocol) => {
                    self.head = head;
                    protocol.alone()
                }
                None => Err(SYNTAX.into()),
            },
        }
    }

    fn first_value(&mut self, head: Head) -> Read<Filter> {
        let negated = self.takes(&Token::Not);
        let value = self.value().ok_or(SYNTAX)?;
        self.head = head;
        let one = primitive(head, &value, self.place)?;
        Ok(if negated { Filter::Not(Box::new(one)) } else { one })
    }

    fn side(&mut self) -> Option<Side> {
        let one = self.one_side()?;
        let begin = self.next;
        let joined = match self.peek() {
            Some(Token::Or) => Side::Either,
            Some(Token::And) => Side::Both,
            _ => return Some(one),
        };
        self.next += 1;
        match self.one_side() {
            Some(other) if other != one => Some(joined),
            _ => {
                self.next = begin;
                Some(one)
            }
        }
    }

    fn one_side(&mut self) -> Option<Side> {
        if self.takes_word("src") {
            Some(Side::Source)
        } else if self.takes_word("dst") {
            Some(Side::Destination)
        } else {
            None
        }
    }

    fn value(&mut self) -> Option<Value> {
        let value = match self.peek()? {
            Token::Word(word) if !is_reserved(word) => Value::Name(word.clone()),
            Token::Escaped(word) => Value::Name(word.clone()),
            Token::Number(number) => Value::Number(*number),
            Token::Dotted(text) => Value::Dotted(text.clone()),
            Token::Colons(text) => Value::Colons(text.clone()),
            _ => return None,
        };
        self.next += 1;
        let slash = matches!(value, Value::Dotted(_) | Value::Number(_)) && self.takes(&Token::Sign('/'));
        let mask = |text: String, reader: &mut Self| match reader.peek() {
            Some(Token::Number(bits)) => {
                let bits = *bits;
                reader.next += 1;
                Some(Value::Masked(text, bits))
            }
            _ => None,
        };
        if matches!(value, Value::Dotted(_) | Value::Number(_)) && self.takes_word("mask") {
            let Some(Token::Dotted(mask)) = self.peek().cloned() else { return None };
            self.next += 1;
            return match value {
                Value::Dotted(text) => Some(Value::WithMask(text, mask)),
                Value::Number(number) => Some(Value::WithMask(number.to_string(), mask)),
                _ => None,
            };
        }
        match value {
            Value::Dotted(text) if slash => mask(text, self),
            Value::Number(number) if slash => mask(number.to_string(), self),
            value => Some(value),
        }
    }

    /// A word that is a condition by itself.
    fn alone(&mut self) -> Read<Filter> {
        let word = self.word().ok_or(SYNTAX)?.to_owned();
        self.next += 1;
        match word.as_str() {
            "inbound" | "outbound" if self.place.source == Source::SavedEthernet => {
                Err("inbound/outbound not supported on Ethernet when reading savefiles".into())
            }
            "inbound" | "outbound" => Ok(Filter::Inbound(word == "inbound")),
            "less" | "greater" => {
                let Some(Token::Number(length)) = self.peek().cloned() else { return Err(SYNTAX.into()) };
                self.next += 1;
                let relation =
                    if word == "less" { super::Relation::LessEqual } else { super::Relation::GreaterEqual };
                Ok(Filter::Compare(Number::Length, relation, Number::Constant(length)))
            }
            "broadcast" if self.place.source == Source::Cooked => Err("not a broadcast link".into()),
            "multicast" if self.place.source == Source::Cooked => {
                Err("link-layer multicast filters supported only on \
                ethernet/FDDI/token ring/ARCNET/802.11/ATM LANE/Fibre Channel"
                    .into())
            }
            "vlan" if self.place.source == Source::Cooked => {
                Err("no VLAN support for Linux cooked v2".into())
            }
            // Every packet of the lab is for one host.
            "broadcast" | "multicast" | "vlan" => never(),
            "on" | "ifname" if self.value().is_some() => Err("ifname supported only on PF linktype".into()),
            _ => Err(SYNTAX.into()),
        }
    }
}

/// A condition that no packet of the lab meets.
fn never() -> Read<Filter> {
    Protocol::None("").alone()
}

/// A word that cannot be the name of a host or a port.
fn is_reserved(word: &str) -> bool {
    const ALONE: [&str; 13] = [
        "src",
        "dst",
        "inbound",
        "outbound",
        "less",
        "greater",
        "broadcast",
        "multicast",
        "vlan",
        "len",
        "length",
        "on",
        "ifname",
    ];
    ALONE.contains(&word)
        || constant(word).is_some()
        || Head::protocol(word).is_some()
        || Head::kind(word).is_some()
}
