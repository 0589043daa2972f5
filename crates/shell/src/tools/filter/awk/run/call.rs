//! The functions of `awk`.

use super::super::Stop;
use super::super::print::printf;
use super::super::tree::{Expr, Place};
use super::super::value::Value;
use super::Machine;
use super::fields::cut;

/// Calls functions.
pub(super) struct Calls<'a>(pub(super) &'a mut Machine);

impl Calls<'_> {
    pub(super) fn call(&mut self, function: &str, args: &[Expr]) -> Result<Value, Stop> {
        let machine = &mut *self.0;
        match (function, args) {
            ("length", []) => Ok(count(&machine.line())),
            ("length", [Expr::Place(Place::Variable(name))]) if machine.arrays.contains_key(name) => {
                Ok(Value::Number(machine.arrays.get(name).map_or(0, |array| array.len()) as f64))
            }
            ("split", [text, Expr::Place(Place::Variable(array)), by @ ..]) => {
                self.split(text, array, by.first())
            }
            ("sub" | "gsub", [pattern, with, place @ ..]) => {
                let whole = Place::Field(Box::new(Expr::Number(0.0)));
                let place = match place.first() {
                    None => &whole,
                    Some(Expr::Place(place)) => place,
                    Some(_) => return Err(Stop::Run(format!("{function} changes a variable or a field"))),
                };
                self.substitute(pattern, with, place, function == "gsub")
            }
            ("match", [text, pattern]) => {
                let text: Vec<char> = machine.value(text)?.to_text().chars().collect();
                machine.burn(text.len())?;
                let found = machine.pattern_of(pattern)?.find(&text, 0);
                let (start, length) =
                    found.map_or((0.0, -1.0), |(from, to)| (from as f64 + 1.0, to as f64 - from as f64));
                machine.variables.insert("RSTART".to_owned(), Value::Number(start));
                machine.variables.insert("RLENGTH".to_owned(), Value::Number(length));
                Ok(Value::Number(start))
            }
            _ => {
                let values = machine.values(args)?;
                machine.burn(values.iter().map(|value| value.to_text().len()).sum())?;
                plain(function, &values)
            }
        }
    }

    fn split(&mut self, text: &Expr, array: &str, by: Option<&Expr>) -> Result<Value, Stop> {
        let machine = &mut *self.0;
        let text = machine.value(text)?.to_text();
        machine.burn(text.len())?;
        let parts = match by {
            Some(Expr::Pattern(pattern)) => cut(&text, pattern),
            Some(by) => {
                let by = machine.value(by)?.to_text();
                machine.parts(&text, &by)?
            }
            None => {
                let by = machine.text_of("FS");
                machine.parts(&text, &by)?
            }
        };
        let elements = parts.iter().enumerate();
        let elements = elements.map(|(at, part)| ((at + 1).to_string().as_str().into(), Value::read(part)));
        machine.arrays.insert(array.to_owned(), elements.collect());
        Ok(Value::Number(parts.len() as f64))
    }

    fn substitute(&mut self, pattern: &Expr, with: &Expr, place: &Place, all: bool) -> Result<Value, Stop> {
        let machine = &mut *self.0;
        let pattern = machine.pattern_of(pattern)?;
        let with = machine.value(with)?.to_text();
        let text: Vec<char> = machine.place(place)?.to_text().chars().collect();
        let mut out = String::new();
        let (mut at, mut times) = (0, 0);
        while let Some((begin, end)) = pattern.find(&text, at) {
            machine.burn(with.len() + text.len())?;
            out.extend(text.get(at..begin).unwrap_or_default());
            put_in(&mut out, &with, text.get(begin..end).unwrap_or_default());
            times += 1;
            at = end;
            if begin == end {
                out.extend(text.get(end));
                at += 1;
            }
            if !all || at > text.len() {
                break;
            }
            // What matched nothing is not tried again behind a match that reached the end.
            if at == text.len() && end > begin {
                break;
            }
        }
        if times > 0 {
            out.extend(text.get(at..).unwrap_or_default());
            machine.put(place, Value::text(&out))?;
        }
        Ok(Value::Number(f64::from(times)))
    }
}

/// The text that takes the place of what was found, for which `&` stands.
fn put_in(out: &mut String, with: &str, found: &[char]) {
    let mut letters = with.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('&') => out.push('&'),
                Some('\\') => out.push('\\'),
                other => {
                    out.push('\\');
                    out.extend(other);
                }
            },
            '&' => out.extend(found),
            _ => out.push(letter),
        }
    }
}

fn count(text: &str) -> Value {
    Value::Number(text.chars().count() as f64)
}

/// A function whose arguments are values.
fn plain(function: &str, values: &[Value]) -> Result<Value, Stop> {
    Ok(match (function, values) {
        ("length", [text]) => count(&text.to_text()),
        ("substr", [text, from]) => part(&text.to_text(), from.to_number(), f64::INFINITY),
        ("substr", [text, from, length]) => part(&text.to_text(), from.to_number(), length.to_number()),
        ("index", [text, part]) => {
            let (text, part) = (text.to_text(), part.to_text());
            let at = text.find(&*part).and_then(|at| text.get(..at));
            Value::Number(at.map_or(0.0, |before| before.chars().count() as f64 + 1.0))
        }
        ("sprintf", [format, args @ ..]) => Value::text(&printf(&format.to_text(), args)?),
        ("tolower", [text]) => Value::text(&text.to_text().to_lowercase()),
        ("toupper", [text]) => Value::text(&text.to_text().to_uppercase()),
        ("int", [number]) => Value::Number(number.to_number().trunc()),
        _ => {
            return Err(Stop::Said(format!(
                "awk: line 1: wrong number of arguments in call to {function}\n"
            )));
        }
    })
}

/// The letters from one place on, by POSIX: those whose places lie between both ends, rounded.
fn part(text: &str, from: f64, length: f64) -> Value {
    let (first, last) = (from.round_ties_even(), (from.round_ties_even() + length).round_ties_even());
    let inside = |at: usize| {
        let place = at as f64 + 1.0;
        place >= first && place < last
    };
    let letters = text.chars().enumerate().filter(|(at, _)| inside(*at)).map(|(_, letter)| letter);
    Value::text(&letters.collect::<String>())
}
