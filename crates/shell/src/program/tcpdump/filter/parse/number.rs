//! Numbers of a filter, and relations between them: `tcp[13] & 2 != 0`.

use super::super::lex::Token;
use super::super::primitive::Head;
use super::super::{Filter, Number, Operator, SYNTAX};
use super::{DEPTH, Read, Reader};

/// Constants of pcap-filter(7), for the indices and values of `tcp[]` and `icmp[]`.
const CONSTANTS: [(&str, u32); 22] = [
    ("tcpflags", 13),
    ("tcp-fin", 1),
    ("tcp-syn", 2),
    ("tcp-rst", 4),
    ("tcp-push", 8),
    ("tcp-ack", 16),
    ("tcp-urg", 32),
    ("tcp-ece", 64),
    ("tcp-cwr", 128),
    ("icmptype", 0),
    ("icmpcode", 1),
    ("icmp-echoreply", 0),
    ("icmp-unreach", 3),
    ("icmp-sourcequench", 4),
    ("icmp-redirect", 5),
    ("icmp-echo", 8),
    ("icmp-routeradvert", 9),
    ("icmp-routersolicit", 10),
    ("icmp-timxceed", 11),
    ("icmp-paramprob", 12),
    ("icmp-tstamp", 13),
    ("icmp-tstampreply", 14),
];

/// Operators from the loosest to the closest.
const LEVELS: [&[Operator]; 5] = [
    &[Operator::Or, Operator::Xor],
    &[Operator::And],
    &[Operator::Left, Operator::Right],
    &[Operator::Plus, Operator::Minus],
    &[Operator::Times, Operator::Over, Operator::Rest],
];

impl Reader<'_> {
    /// Two numbers and a relation between them. `None` if this is something else.
    pub(super) fn comparison(&mut self) -> Read<Option<Filter>> {
        let Some(left) = self.number(0)? else { return Ok(None) };
        let Some(Token::Relation(relation)) = self.peek().cloned() else { return Ok(None) };
        self.next += 1;
        let right = self.number(0)?.ok_or(SYNTAX)?;
        Ok(Some(match (&left, &right) {
            (Number::Constant(one), Number::Constant(other)) => {
                Filter::Constant(relation.holds(*one, *other))
            }
            _ => Filter::Compare(left, relation, right),
        }))
    }

    fn number(&mut self, level: usize) -> Read<Option<Number>> {
        let Some(operators) = LEVELS.get(level) else { return self.factor() };
        let Some(mut left) = self.number(level + 1)? else { return Ok(None) };
        loop {
            let operator = match self.peek() {
                Some(Token::Operator(operator)) => *operator,
                Some(Token::Sign('/')) => Operator::Over,
                _ => return Ok(Some(left)),
            };
            if !operators.contains(&operator) {
                return Ok(Some(left));
            }
            self.next += 1;
            let Some(right) = self.number(level + 1)? else { return Ok(None) };
            if operator == Operator::Over && right == Number::Constant(0) {
                return Err("division by zero".into());
            }
            if operator == Operator::Rest && right == Number::Constant(0) {
                return Err("modulus by zero".into());
            }
            left = match (&left, &right) {
                (Number::Constant(one), Number::Constant(other)) => {
                    Number::Constant(operator.apply(*one, *other).unwrap_or(0))
                }
                _ => Number::Pair(Box::new(left), operator, Box::new(right)),
            };
        }
    }

    fn factor(&mut self) -> Read<Option<Number>> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(SYNTAX.into());
        }
        let factor = self.shallow_factor();
        self.depth -= 1;
        factor
    }

    fn shallow_factor(&mut self) -> Read<Option<Number>> {
        let Some(token) = self.peek().cloned() else { return Ok(None) };
        self.next += 1;
        Ok(match token {
            Token::Number(number) => Some(Number::Constant(number)),
            Token::Operator(Operator::Minus) => {
                self.factor()?.map(|number| Number::Negative(Box::new(number)))
            }
            Token::Sign('(') => match self.number(0)? {
                Some(number) if self.takes(&Token::Sign(')')) => Some(number),
                _ => None,
            },
            Token::Word(word) if word == "len" || word == "length" => Some(Number::Length),
            Token::Word(word) if self.peek() == Some(&Token::Sign('[')) => Some(self.octets(&word)?),
            Token::Word(word) => constant(&word).map(Number::Constant),
            _ => None,
        })
    }

    /// `tcp[13]`, `ip[2:2]`
    fn octets(&mut self, word: &str) -> Read<Number> {
        let header = Head::protocol(word).and_then(|protocol| protocol.header()).ok_or(SYNTAX)?;
        self.expects('[')?;
        let at = self.number(0)?.ok_or(SYNTAX)?;
        let mut size = 1;
        if self.takes(&Token::Sign(':')) {
            let Some(Token::Number(number)) = self.peek().cloned() else { return Err(SYNTAX.into()) };
            self.next += 1;
            size = number;
        }
        self.expects(']')?;
        if !matches!(size, 1 | 2 | 4) {
            return Err("data size must be 1, 2, or 4".into());
        }
        Ok(Number::Octets(header, Box::new(at), size))
    }
}

/// The value of a name.
pub(super) fn constant(word: &str) -> Option<u32> {
    CONSTANTS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}
