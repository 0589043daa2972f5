//! A program of `awk`, as it is run.

use crate::tools::filter::pattern::Pattern;
use std::rc::Rc;

#[derive(Debug)]
pub(super) struct Program {
    pub(super) rules: Vec<Rule>,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub(super) when: When,
    pub(super) body: Vec<Statement>,
}

/// When a rule is run.
#[derive(Debug)]
pub(super) enum When {
    Begin,
    End,
    /// For each line.
    Each,
    /// For each line for which this is true.
    If(Expr),
    /// From a line for which the first is true to one for which the second is.
    Between(Expr, Expr),
}

#[derive(Debug)]
pub(super) enum Statement {
    Expr(Expr),
    /// Nothing stands for the whole line.
    Print(Vec<Expr>),
    Printf(Vec<Expr>),
    If(Expr, Vec<Statement>, Vec<Statement>),
    Loop {
        first: Option<Box<Statement>>,
        /// Asked before the body, or after it if it is `late`.
        condition: Option<Expr>,
        step: Option<Box<Statement>>,
        body: Vec<Statement>,
        late: bool,
    },
    /// For each key of an array: variable and array.
    Each(String, String, Vec<Statement>),
    Next,
    Break,
    Continue,
    Exit(Option<Expr>),
    /// An element of an array, or all of it.
    Delete(String, Option<Vec<Expr>>),
}

/// What can be assigned to.
#[derive(Debug)]
pub(super) enum Place {
    Variable(String),
    Element(String, Vec<Expr>),
    Field(Box<Expr>),
}

#[derive(Debug)]
pub(super) enum Expr {
    Number(f64),
    Text(Rc<str>),
    /// Whether the line fits.
    Pattern(Rc<Pattern>),
    Place(Place),
    Group(Box<Expr>),
    /// The operator is that of `+=` and its like, or empty.
    Assign(Place, &'static str, Box<Expr>),
    Step {
        place: Place,
        by: f64,
        before: bool,
    },
    Choice(Box<Expr>, Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    In(Vec<Expr>, String),
    /// Whether a text fits a pattern, or does not.
    Fits(Box<Expr>, Box<Expr>, bool),
    Compare(&'static str, Box<Expr>, Box<Expr>),
    Join(Box<Expr>, Box<Expr>),
    Calculate(&'static str, Box<Expr>, Box<Expr>),
    Call(&'static str, Vec<Expr>),
}
