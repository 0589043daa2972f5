//! The line and its fields, and what else can be read and assigned to.

use super::super::Stop;
use super::super::digits::{whole, written};
use super::super::parse::pattern;
use super::super::tree::{Expr, Place};
use super::super::value::Value;
use super::Machine;
use crate::tools::filter::pattern::Pattern;
use std::rc::Rc;

/// Fields that a line may have.
const FIELDS: usize = 10_000;

impl Machine {
    /// The fields of the line. `NF` is counted with them.
    fn fields(&mut self) -> Result<&mut Vec<Value>, Stop> {
        if self.fields.is_none() {
            let (line, by) = (self.line.to_text(), self.text_of("FS"));
            self.burn(line.len())?;
            let fields: Vec<Value> = self.parts(&line, &by)?.iter().map(|part| Value::read(part)).collect();
            self.variables.insert("NF".to_owned(), Value::Number(fields.len() as f64));
            self.fields = Some(fields);
        }
        Ok(self.fields.get_or_insert_default())
    }

    /// A text in parts: at blanks for a blank, at each character for nothing, else at what fits a pattern.
    pub(super) fn parts(&mut self, text: &str, by: &str) -> Result<Vec<String>, Stop> {
        match by {
            " " => return Ok(text.split_ascii_whitespace().map(str::to_owned).collect()),
            "" => return Ok(text.chars().map(String::from).collect()),
            _ if text.is_empty() => return Ok(Vec::new()),
            _ => {}
        }
        let mut letters = by.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && letter != '\\'
        {
            return Ok(text.split(letter).map(str::to_owned).collect());
        }
        let pattern = self.pattern(&by.into())?;
        Ok(cut(text, &pattern))
    }

    /// The pattern that a text spells; each is read once.
    pub(super) fn pattern(&mut self, text: &Rc<str>) -> Result<Rc<Pattern>, Stop> {
        if let Some(known) = self.patterns.get(text) {
            return Ok(known.clone());
        }
        let fresh = pattern(text)?;
        self.patterns.insert(text.clone(), fresh.clone());
        Ok(fresh)
    }

    /// The pattern of an operand of `~`, `split` or `sub`.
    pub(super) fn pattern_of(&mut self, expr: &Expr) -> Result<Rc<Pattern>, Stop> {
        match expr {
            Expr::Pattern(pattern) => Ok(pattern.clone()),
            other => {
                let text = self.value(other)?.to_text();
                self.pattern(&text)
            }
        }
    }

    pub(super) fn place(&mut self, place: &Place) -> Result<Value, Stop> {
        Ok(match place {
            Place::Variable(name) => {
                if name == "NF" {
                    self.fields()?;
                }
                self.variables.get(name).cloned().unwrap_or_default()
            }
            Place::Element(array, keys) => {
                let key = self.key(keys)?;
                // To look at an element makes it.
                self.arrays.entry(array.clone()).or_default().entry(key).or_default().clone()
            }
            Place::Field(number) => match self.field_number(number)? {
                0 => self.line.clone(),
                number => self.fields()?.get(number - 1).cloned().unwrap_or_default(),
            },
        })
    }

    fn field_number(&mut self, expr: &Expr) -> Result<usize, Stop> {
        let number = self.value(expr)?.to_number();
        if number < 0.0 {
            return Err(Stop::Run(format!("negative field index ${}", written(number))));
        }
        usize::try_from(whole(number))
            .ok()
            .filter(|number| *number <= FIELDS)
            .ok_or_else(|| Stop::Run(format!("maximum number of fields {FIELDS} exceeded")))
    }

    pub(super) fn put(&mut self, place: &Place, value: Value) -> Result<(), Stop> {
        match place {
            Place::Variable(name) => {
                if name == "NF" {
                    let count = self.field_number(&Expr::Number(value.to_number()))?;
                    self.fields()?.resize(count, Value::Nothing);
                    return self.join_fields();
                }
                self.variables.insert(name.clone(), value);
            }
            Place::Element(array, keys) => {
                let key = self.key(keys)?;
                self.arrays.entry(array.clone()).or_default().insert(key, value);
            }
            Place::Field(number) => match self.field_number(number)? {
                0 => self.set_line(Value::read(&value.to_text())),
                number => {
                    let fields = self.fields()?;
                    if fields.len() < number {
                        fields.resize(number, Value::Nothing);
                    }
                    if let Some(field) = fields.get_mut(number - 1) {
                        *field = value;
                    }
                    return self.join_fields();
                }
            },
        }
        Ok(())
    }

    /// Makes the line of its fields again.
    fn join_fields(&mut self) -> Result<(), Stop> {
        let fields = self.fields()?;
        let count = fields.len();
        let texts: Vec<Rc<str>> = fields.iter().map(Value::to_text).collect();
        let line = texts.join(&*self.text_of("OFS"));
        self.burn(line.len())?;
        self.line = Value::read(&line);
        self.variables.insert("NF".to_owned(), Value::Number(count as f64));
        Ok(())
    }
}

/// A text in parts, at what fits a pattern.
pub(super) fn cut(text: &str, pattern: &Pattern) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let piece = |from: usize, to: usize| letters.get(from..to).unwrap_or_default().iter().collect();
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    if letters.is_empty() {
        return parts;
    }
    while let Some((begin, end)) = pattern.find(&letters, at).filter(|_| at < letters.len()) {
        if end > begin {
            parts.push(piece(from, begin));
            from = end;
        }
        at = end.max(begin + 1);
    }
    parts.push(piece(from, letters.len()));
    parts
}
