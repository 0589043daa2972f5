//! The words of a filter.

use super::{Operator, Relation, SYNTAX};

/// A word of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word with its letters, which is a keyword unless a backslash is before it.
    Word(String),
    /// A word after a backslash.
    Escaped(String),
    Number(u32),
    /// An IPv4 address, or a part of one.
    Dotted(String),
    /// An IPv6 address.
    Colons(String),
    Relation(Relation),
    /// An operator other than `&` and `|` between conditions.
    Operator(Operator),
    And,
    Or,
    Not,
    /// `(`, `)`, `[`, `]`, `:` or `/`.
    Sign(char),
}

const SIGNS: &[(&str, Token)] = &[
    ("&&", Token::And),
    ("||", Token::Or),
    (">=", Token::Relation(Relation::GreaterEqual)),
    ("<=", Token::Relation(Relation::LessEqual)),
    ("!=", Token::Relation(Relation::Unequal)),
    ("==", Token::Relation(Relation::Equal)),
    ("<<", Token::Operator(Operator::Left)),
    (">>", Token::Operator(Operator::Right)),
    ("=", Token::Relation(Relation::Equal)),
    ("<", Token::Relation(Relation::Less)),
    (">", Token::Relation(Relation::Greater)),
    ("!", Token::Not),
    ("&", Token::Operator(Operator::And)),
    ("|", Token::Operator(Operator::Or)),
    ("+", Token::Operator(Operator::Plus)),
    ("-", Token::Operator(Operator::Minus)),
    ("*", Token::Operator(Operator::Times)),
    ("%", Token::Operator(Operator::Rest)),
    ("^", Token::Operator(Operator::Xor)),
    ("/", Token::Sign('/')),
    ("(", Token::Sign('(')),
    (")", Token::Sign(')')),
    ("[", Token::Sign('[')),
    ("]", Token::Sign(']')),
    (":", Token::Sign(':')),
];

/// The words of a filter. An error is what libpcap says of it.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if first == '\\' {
            let length =
                rest.find(|c: char| c.is_ascii_whitespace() || "!()".contains(c)).unwrap_or(rest.len());
            (Token::Escaped(rest.get(1..length).unwrap_or_default().to_owned()), length)
        } else if let Some(length) = colons(rest) {
            (Token::Colons(rest[..length].to_owned()), length)
        } else if first.is_ascii_alphanumeric() {
            let length = word(rest);
            (named(&rest[..length])?, length)
        } else {
            let found = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
            let (sign, token) = found.ok_or(SYNTAX)?;
            (token.clone(), sign.len())
        };
        found.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(found)
}

/// Length of the word at the beginning: letters and digits, with dashes, underscores and dots between them.
fn word(text: &str) -> usize {
    let length = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    text[..length].trim_end_matches(['-', '_']).len()
}

/// Length of the IPv6 address at the beginning, if there is one: something with two colons.
fn colons(text: &str) -> Option<usize> {
    let length = text.find(|c: char| !(c.is_ascii_hexdigit() || ":.".contains(c))).unwrap_or(text.len());
    let is_one = text[..length].matches(':').count() >= 2;
    is_one.then_some(length)
}

fn named(word: &str) -> Result<Token, String> {
    match word {
        "and" => return Ok(Token::And),
        "or" => return Ok(Token::Or),
        "not" => return Ok(Token::Not),
        _ => {}
    }
    let number = match word.strip_prefix("0x").or(word.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        // As in C, a zero in front makes it octal.
        None if word.len() > 1 && word.starts_with('0') => u32::from_str_radix(word, 8).ok(),
        None => word.parse().ok(),
    };
    let is_dotted = word.contains('.') && word.chars().all(|c| c == '.' || c.is_ascii_digit());
    Ok(match number {
        Some(number) => Token::Number(number),
        None if is_dotted => Token::Dotted(word.to_owned()),
        None if word.bytes().all(|octet| octet.is_ascii_digit()) => {
            return Err(format!("number {word} overflows 32 bits"));
        }
        None => Token::Word(word.to_owned()),
    })
}
