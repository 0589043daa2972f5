//! Reading a query.

use super::{Address, PARAMETERS, Parameter, Values, Wrong};

/// Octets of the longest query that is read.
const LONGEST: usize = 4096;
/// Parameters that are read.
const MOST: usize = 50;
/// Characters of a name or value that are shown: both come from the address.
const SHOWN: usize = 40;

/// Reads a query, with or without its `?`, and says what is wrong with it. Of a parameter that is there twice, the last
/// counts.
pub fn parse(query: &str) -> (Address, Vec<Wrong>) {
    let (mut address, mut wrong) = (Address::default(), Vec::new());
    let query = query.strip_prefix('?').unwrap_or(query);
    if query.len() > LONGEST || query.split('&').count() > MOST {
        return (address, vec![Wrong::TooLong]);
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name), decoded(value));
        match PARAMETERS.iter().find(|parameter| parameter.name == name) {
            None => wrong.push(Wrong::Unknown(shown(&name))),
            Some(parameter) => {
                // What is wrong changes nothing.
                let before = address.clone();
                if !(parameter.may_be(&value) && (parameter.set)(&mut address, &value)) {
                    address = before;
                    wrong.push(Wrong::Value { name: parameter.name, value: shown(&value) });
                } else if parameter.painted {
                    address.painted.retain(|(name, _)| *name != parameter.name);
                    address.painted.push((parameter.name, value));
                }
            }
        }
    }
    if address.puzzle.is_some() {
        // It has a place of its own.
        (address.scene, address.pause, address.lesson, address.step) = (None, None, None, None);
    }
    (address, wrong)
}

impl Parameter {
    fn may_be(&self, value: &str) -> bool {
        match self.values {
            Values::Words(words) => words.contains(&value) || (self.name, value) == ("theme", "projector"),
            Values::Number => value.bytes().all(|letter| letter.is_ascii_digit()),
            Values::List(words) => value.split(',').all(|word| words.contains(&word)),
            // What sets them looks closer.
            Values::Scene | Values::Pause | Values::Lesson | Values::Step => true,
            Values::Text(most) => value.chars().count() <= most && !value.contains(char::is_control),
        }
    }
}

/// What a person may read of it.
fn shown(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(SHOWN).collect()
}

/// The text of a name or value: `+` is a blank, and `%` comes before the two hexadecimal digits of an octet.
fn decoded(text: &str) -> String {
    let mut octets = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (octet, after) = match (first, after) {
            (b'+', _) => (b' ', after),
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, after),
                _ => (b'%', &rest[1..]),
            },
            _ => (*first, after),
        };
        octets.push(octet);
        rest = after;
    }
    String::from_utf8_lossy(&octets).into_owned()
}

fn digit(letter: u8) -> Option<u8> {
    char::from(letter).to_digit(16).and_then(|digit| digit.try_into().ok())
}
