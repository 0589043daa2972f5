//! Words that set a variable, and those that would set an array, which this shell has not.

use super::is_identifier;
use crate::line::tree::{Part, What, Word};

/// Commands of bash whose operands may set arrays.
const DECLARING: [&str; 5] = ["declare", "typeset", "local", "export", "readonly"];

/// Whether a `(` directly after these words begins the values of an array.
pub(super) fn sets_array(sets: &[(String, Word)], words: &[Word]) -> bool {
    let last = words.last().and_then(Word::bare).and_then(|word| word.strip_suffix('='));
    match (words, last) {
        ([], _) => sets.last().is_some_and(|(_, value)| value.0.is_empty()),
        (_, None) => false,
        ([_], Some(name)) => name.strip_suffix('+').is_some_and(is_identifier),
        ([first, ..], Some(name)) => {
            let declares = first.bare().is_some_and(|word| DECLARING.contains(&word));
            declares && is_identifier(name.strip_suffix('+').unwrap_or(name))
        }
    }
}

/// Whether a word is `NAME[INDEX]=VALUE`.
pub(super) fn sets_element(word: &Word) -> bool {
    let plain = |part: &Part| match &part.what {
        What::Text(text) if !part.quoted => Some(text.clone()),
        _ => None,
    };
    let named = word
        .0
        .first()
        .and_then(plain)
        .is_some_and(|text| text.split_once('[').is_some_and(|(name, _)| is_identifier(name)));
    let sets = |text: String| text.contains("]=") || text.contains("]+=");
    named && word.0.iter().filter_map(plain).any(sets)
}

/// `NAME=VALUE`
pub(super) fn assignment(word: &Word) -> Option<(String, Word)> {
    let Some((Part { what: What::Text(text), quoted: false }, rest)) = word.0.split_first() else {
        return None;
    };
    let (name, value) = text.split_once('=').filter(|(name, _)| is_identifier(name))?;
    let mut parts = Vec::new();
    if !value.is_empty() {
        parts.push(Part { what: What::Text(value.to_owned()), quoted: false });
    }
    parts.extend(rest.iter().cloned());
    Some((name.to_owned(), Word(parts)))
}
