//! Running a program of `awk` over lines.

mod call;
mod fields;

use super::Stop;
use super::digits::whole;
use super::print::printf;
use super::tree::{Expr, Program, Statement, When};
use super::value::Value;
use crate::tools::filter::pattern::Pattern;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How much a program may do: a loop that does not end stops with a sentence.
const FUEL: u64 = 4_000_000;
/// Octets that a program may print.
const PRINTED: usize = 1_000_000;

/// How a statement ended.
#[derive(PartialEq, Eq)]
enum Flow {
    On,
    Next,
    Break,
    Continue,
    Exit,
}

/// The state of a program.
pub(super) struct Machine {
    pub(super) variables: BTreeMap<String, Value>,
    pub(super) arrays: BTreeMap<String, BTreeMap<Rc<str>, Value>>,
    /// The line, and its fields once they are asked for.
    pub(super) line: Value,
    pub(super) fields: Option<Vec<Value>>,
    pub(super) patterns: BTreeMap<Rc<str>, Rc<Pattern>>,
    fuel: u64,
    out: String,
    code: i32,
}

impl Machine {
    /// With the variables that every program has.
    pub(super) fn new(assigned: &[(String, String)]) -> Machine {
        let own = [("FS", " "), ("OFS", " "), ("ORS", "\n"), ("SUBSEP", "\u{1c}"), ("FILENAME", "")];
        let mut variables = BTreeMap::new();
        // Not collected: std would sort them first.
        variables.extend(own.map(|(name, text)| (name.to_owned(), Value::text(text))));
        for name in ["NR", "FNR", "NF", "RSTART", "RLENGTH"] {
            variables.insert(name.to_owned(), Value::Number(0.0));
        }
        for (name, text) in assigned {
            variables.insert(name.clone(), Value::read(text));
        }
        Machine {
            variables,
            arrays: BTreeMap::new(),
            line: Value::Nothing,
            fields: Some(Vec::new()),
            patterns: BTreeMap::new(),
            fuel: FUEL,
            out: String::new(),
            code: 0,
        }
    }

    /// Runs a program over an input. Returns what it printed, its exit code, and why it stopped if it did.
    pub(super) fn run(mut self, program: &Program, input: &str) -> (String, i32, Option<String>) {
        let stopped = self.all(program, input).err().map(|stop| self.told(stop));
        let code = if stopped.is_some() { 2 } else { self.code };
        (self.out, code, stopped)
    }

    fn told(&self, stop: Stop) -> String {
        match stop {
            Stop::Said(text) => text,
            Stop::Run(reason) => {
                let count = self.text_of("NR");
                let file = if self.number_of("NR") > 0.0 { "-" } else { "" };
                format!("awk: run time error: {reason}\n\tFILENAME=\"{file}\" FNR={count} NR={count}\n")
            }
        }
    }

    fn all(&mut self, program: &Program, input: &str) -> Result<(), Stop> {
        let mut goes_on = true;
        for rule in program.rules.iter().filter(|rule| matches!(rule.when, When::Begin)) {
            goes_on = goes_on && self.statements(&rule.body)? != Flow::Exit;
        }
        if goes_on && program.rules.iter().any(|rule| !matches!(rule.when, When::Begin)) {
            self.lines(program, input)?;
        }
        for rule in program.rules.iter().filter(|rule| matches!(rule.when, When::End)) {
            if self.statements(&rule.body)? == Flow::Exit {
                break;
            }
        }
        Ok(())
    }

    fn lines(&mut self, program: &Program, input: &str) -> Result<(), Stop> {
        // Whether each range of lines is open.
        let mut open = vec![false; program.rules.len()];
        for line in input.lines() {
            self.set_line(Value::read(line));
            for name in ["NR", "FNR"] {
                let count = self.number_of(name) + 1.0;
                self.variables.insert(name.to_owned(), Value::Number(count));
            }
            for (rule, open) in program.rules.iter().zip(&mut open) {
                let wanted = match &rule.when {
                    When::Begin | When::End => false,
                    When::Each => true,
                    When::If(condition) => self.value(condition)?.is_true(),
                    When::Between(first, last) => {
                        let is = *open || self.value(first)?.is_true();
                        *open = is && !self.value(last)?.is_true();
                        is
                    }
                };
                match if wanted { self.statements(&rule.body)? } else { Flow::On } {
                    Flow::Next => break,
                    Flow::Exit => return Ok(()),
                    Flow::On | Flow::Break | Flow::Continue => {}
                }
            }
        }
        Ok(())
    }

    /// Takes fuel for a step, and more for a long text.
    pub(super) fn burn(&mut self, octets: usize) -> Result<(), Stop> {
        let steps = 1 + octets as u64 / 16;
        self.fuel = self.fuel.checked_sub(steps).ok_or_else(endless)?;
        Ok(())
    }

    fn print(&mut self, text: &str) -> Result<(), Stop> {
        self.burn(text.len())?;
        self.out += text;
        if self.out.len() > PRINTED { Err(endless()) } else { Ok(()) }
    }

    pub(super) fn set_line(&mut self, line: Value) {
        self.line = line;
        self.fields = None;
    }

    pub(super) fn line(&self) -> Rc<str> {
        self.line.to_text()
    }

    pub(super) fn text_of(&self, name: &str) -> Rc<str> {
        self.variables.get(name).map_or_else(|| "".into(), Value::to_text)
    }

    fn number_of(&self, name: &str) -> f64 {
        self.variables.get(name).map_or(0.0, Value::to_number)
    }

    fn statements(&mut self, body: &[Statement]) -> Result<Flow, Stop> {
        for statement in body {
            let flow = self.statement(statement)?;
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        Ok(Flow::On)
    }

    fn statement(&mut self, statement: &Statement) -> Result<Flow, Stop> {
        self.burn(0)?;
        match statement {
            Statement::Expr(expr) => {
                self.value(expr)?;
            }
            Statement::Print(exprs) => {
                let mut texts = self.values(exprs)?.iter().map(Value::to_text).collect::<Vec<_>>();
                if exprs.is_empty() {
                    texts.push(self.line());
                }
                let text = texts.join(&*self.text_of("OFS")) + &self.text_of("ORS");
                self.print(&text)?;
            }
            Statement::Printf(exprs) => {
                let values = self.values(exprs)?;
                let (format, args) = values.split_first().ok_or_else(|| Stop::Run("no format".to_owned()))?;
                let text = printf(&format.to_text(), args)?;
                self.print(&text)?;
            }
            Statement::If(condition, then, other) => {
                let body = if self.value(condition)?.is_true() { then } else { other };
                return self.statements(body);
            }
            Statement::Loop { first, condition, step, body, late } => {
                if let Some(first) = first {
                    self.statement(first)?;
                }
                let mut asks = !late;
                loop {
                    self.burn(0)?;
                    if let Some(condition) = condition.as_ref().filter(|_| asks)
                        && !self.value(condition)?.is_true()
                    {
                        break;
                    }
                    asks = true;
                    match self.statements(body)? {
                        Flow::Break => break,
                        flow @ (Flow::Next | Flow::Exit) => return Ok(flow),
                        Flow::On | Flow::Continue => {}
                    }
                    if let Some(step) = step {
                        self.statement(step)?;
                    }
                }
            }
            Statement::Each(variable, array, body) => {
                let keys: Vec<Rc<str>> =
                    self.arrays.get(array).map_or_else(Vec::new, |array| array.keys().cloned().collect());
                for key in keys {
                    self.variables.insert(variable.clone(), Value::read(&key));
                    match self.statements(body)? {
                        Flow::Break => break,
                        flow @ (Flow::Next | Flow::Exit) => return Ok(flow),
                        Flow::On | Flow::Continue => {}
                    }
                }
            }
            Statement::Next => return Ok(Flow::Next),
            Statement::Break => return Ok(Flow::Break),
            Statement::Continue => return Ok(Flow::Continue),
            Statement::Exit(code) => {
                if let Some(code) = code {
                    // A shell sees the lowest octet.
                    self.code =
                        i32::try_from(whole(self.value(code)?.to_number()) & 0xff).unwrap_or_default();
                }
                return Ok(Flow::Exit);
            }
            Statement::Delete(array, None) => {
                self.arrays.remove(array);
            }
            Statement::Delete(array, Some(keys)) => {
                let key = self.key(keys)?;
                self.arrays.entry(array.clone()).or_default().remove(&key);
            }
        }
        Ok(Flow::On)
    }

    pub(super) fn values(&mut self, exprs: &[Expr]) -> Result<Vec<Value>, Stop> {
        exprs.iter().map(|expr| self.value(expr)).collect()
    }

    pub(super) fn key(&mut self, exprs: &[Expr]) -> Result<Rc<str>, Stop> {
        let texts: Vec<Rc<str>> = self.values(exprs)?.iter().map(Value::to_text).collect();
        Ok(texts.join(&*self.text_of("SUBSEP")).into())
    }

    pub(super) fn value(&mut self, expr: &Expr) -> Result<Value, Stop> {
        self.burn(0)?;
        Ok(match expr {
            Expr::Number(number) => Value::Number(*number),
            Expr::Text(text) => Value::Text(text.clone()),
            Expr::Pattern(pattern) => {
                let line: Vec<char> = self.line().chars().collect();
                self.burn(line.len())?;
                Value::truth(pattern.find(&line, 0).is_some())
            }
            Expr::Place(place) => self.place(place)?,
            Expr::Group(inner) => self.value(inner)?,
            Expr::Assign(place, operator, right) => {
                let mut value = self.value(right)?;
                if !operator.is_empty() {
                    let before = self.place(place)?.to_number();
                    value = Value::Number(calculated(operator, before, value.to_number()));
                }
                self.put(place, value.clone())?;
                value
            }
            Expr::Step { place, by, before } => {
                let old = self.place(place)?.to_number();
                self.put(place, Value::Number(old + by))?;
                Value::Number(if *before { old + by } else { old })
            }
            Expr::Choice(condition, yes, no) => {
                let chosen = if self.value(condition)?.is_true() { yes } else { no };
                self.value(chosen)?
            }
            Expr::Or(one, other) => Value::truth(self.value(one)?.is_true() || self.value(other)?.is_true()),
            Expr::And(one, other) => Value::truth(self.value(one)?.is_true() && self.value(other)?.is_true()),
            Expr::Not(inner) => Value::truth(!self.value(inner)?.is_true()),
            Expr::In(keys, array) => {
                let key = self.key(keys)?;
                Value::truth(self.arrays.get(array).is_some_and(|array| array.contains_key(&key)))
            }
            Expr::Fits(text, fits, wanted) => {
                let text: Vec<char> = self.value(text)?.to_text().chars().collect();
                self.burn(text.len())?;
                let pattern = self.pattern_of(fits)?;
                Value::truth(pattern.find(&text, 0).is_some() == *wanted)
            }
            Expr::Compare(operator, one, other) => {
                let order = self.value(one)?.compare(&self.value(other)?);
                Value::truth(match *operator {
                    "<" => order == Some(Ordering::Less),
                    "<=" => order.is_some_and(Ordering::is_le),
                    "==" => order == Some(Ordering::Equal),
                    "!=" => order != Some(Ordering::Equal),
                    ">" => order == Some(Ordering::Greater),
                    _ => order.is_some_and(Ordering::is_ge),
                })
            }
            Expr::Join(one, other) => {
                let text = [self.value(one)?.to_text(), self.value(other)?.to_text()].concat();
                self.burn(text.len())?;
                Value::text(&text)
            }
            Expr::Calculate(operator, one, other) => {
                let (one, other) = (self.value(one)?.to_number(), self.value(other)?.to_number());
                Value::Number(calculated(operator, one, other))
            }
            Expr::Call(function, args) => call::Calls(self).call(function, args)?,
        })
    }
}

fn endless() -> Stop {
    Stop::Said("awk: stopped after a long time: is there a loop without an end?\n".to_owned())
}

/// Division by zero is no error: mawk prints `inf`.
fn calculated(operator: &str, one: f64, other: f64) -> f64 {
    match operator {
        "+" => one + other,
        "-" => one - other,
        "*" => one * other,
        "/" => one / other,
        "%" => one % other,
        _ => one.powf(other),
    }
}
