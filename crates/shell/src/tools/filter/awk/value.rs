//! Values of `awk`: numbers, texts, and texts of the input that look like numbers.

use super::digits::{number, written};
use std::cmp::Ordering;
use std::rc::Rc;

/// A value.
#[derive(Clone, Debug, Default)]
pub(super) enum Value {
    /// Of a variable that nothing was assigned to: 0, and an empty text.
    #[default]
    Nothing,
    Number(f64),
    Text(Rc<str>),
    /// A field that looks like a number, and is compared as one.
    Both(Rc<str>, f64),
}

impl Value {
    pub(super) fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    pub(super) fn truth(truth: bool) -> Value {
        Value::Number(f64::from(u8::from(truth)))
    }

    /// What comes from the input: a number, too, if nothing else stands there.
    pub(super) fn read(text: &str) -> Value {
        let trimmed = text.trim();
        match number(trimmed) {
            (number, length) if length > 0 && length == trimmed.len() => Value::Both(text.into(), number),
            _ => Value::text(text),
        }
    }

    pub(super) fn to_number(&self) -> f64 {
        match self {
            Value::Nothing => 0.0,
            Value::Number(number) | Value::Both(_, number) => *number,
            Value::Text(text) => number(text.trim_start()).0,
        }
    }

    pub(super) fn to_text(&self) -> Rc<str> {
        match self {
            Value::Nothing => "".into(),
            Value::Number(number) => written(*number).into(),
            Value::Text(text) | Value::Both(text, _) => text.clone(),
        }
    }

    pub(super) fn is_true(&self) -> bool {
        match self {
            Value::Nothing => false,
            Value::Number(number) | Value::Both(_, number) => *number != 0.0,
            Value::Text(text) => !text.is_empty(),
        }
    }

    /// As numbers if both can be, else as texts.
    pub(super) fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Text(_), _) | (_, Value::Text(_)) => Some(self.to_text().cmp(&other.to_text())),
            _ => self.to_number().partial_cmp(&other.to_number()),
        }
    }
}
