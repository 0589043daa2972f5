//! What a line means: lists of pipelines of commands, whose words are not expanded yet.
//!
//! The tree is never changed once it is read, and what runs keeps parts of it: so the parts are shared.

use std::rc::Rc;

/// When a pipeline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// First.
    Always,
    /// After `&&`.
    IfOk,
    /// After `||`.
    IfFailed,
}

impl When {
    /// Whether the pipeline runs after one that ended with `status`.
    pub(crate) const fn holds(self, status: i32) -> bool {
        match self {
            When::Always => true,
            When::IfOk => status == 0,
            When::IfFailed => status != 0,
        }
    }
}

/// Commands, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) items: Vec<Item>,
}

/// Pipelines that are joined by `&&` and `||`. None of these is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) pipelines: Vec<(When, Rc<Pipeline>)>,
    /// Whether `&` follows.
    pub(crate) background: bool,
    /// How `jobs` shows it.
    pub(crate) text: Rc<str>,
}

/// Commands that are joined by `|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pipeline {
    /// Whether `!` stands before it.
    pub(crate) not: bool,
    /// Whether `time` stands before it. Then there may be no commands.
    pub(crate) timed: bool,
    pub(crate) stages: Vec<Rc<Command>>,
    /// How `jobs` shows it.
    pub(crate) text: Rc<str>,
}

/// A command with its redirections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) kind: Kind,
    pub(crate) redirects: Vec<Redirect>,
}

/// The kinds of commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Assignments, and the words of a command. One of the two may be empty.
    Simple { sets: Vec<(String, Word)>, words: Vec<Word> },
    /// `{ …; }`
    Group(Rc<List>),
    /// `( … )`
    Subshell(Rc<List>),
    /// `if`, with a test and what then runs for each `elif`.
    If { clauses: Vec<(Rc<List>, Rc<List>)>, otherwise: Option<Rc<List>> },
    /// `while`, or `until`
    While { until: bool, test: Rc<List>, body: Rc<List> },
    /// `for NAME in WORDS`
    For { name: String, words: Vec<Word>, body: Rc<List> },
    /// `for ((…; …; …))`
    Count { first: Word, test: Word, next: Word, body: Rc<List> },
    /// `((…))`
    Arithmetic(Word),
    /// `[[ … ]]`
    Condition(Condition),
    /// `case WORD in`, with the patterns and the commands of each clause.
    Case { word: Word, clauses: Vec<Clause> },
    /// `NAME() COMMAND`
    Function { name: String, body: Rc<Command> },
}

/// A clause of `case`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) patterns: Vec<Word>,
    pub(crate) body: Rc<List>,
}

/// A redirection of one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirect {
    pub(crate) stream: Redirected,
    pub(crate) to: Target,
}

/// What is redirected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Redirected {
    Input,
    Output,
    Errors,
    /// Standard output and standard error: `&>`.
    Both,
}

/// Where to, or where from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// `<`, `>`
    File(Word),
    /// `>>`
    AtEnd(Word),
    /// `<<<`
    Text(Word),
    /// `<<`
    Document(Word),
    /// `>&1`, `>&2`
    Same(Redirected),
}

/// A word: its parts stand next to each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word(pub(crate) Vec<Part>);

/// A part of a word. What is not in quotes is split where it holds blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) what: What,
    pub(crate) quoted: bool,
}

/// What a part stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Text(String),
    /// `$NAME`, `${NAME}`, and `$?`, `$!`, `$$`, `$#`
    Variable {
        name: String,
        form: Form,
    },
    /// `$(…)`
    Output(Rc<List>),
    /// `$((…))`
    Arithmetic(Word),
}

/// Forms of `${…}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    /// `${#NAME}`
    Length,
    /// `${NAME:-WORD}`, and with `=`, `+` or `?`; without the colon, it only asks whether the variable is set.
    Otherwise {
        sign: char,
        empty_too: bool,
        word: Word,
    },
    /// `${NAME:FROM:LENGTH}`
    Slice {
        from: Word,
        length: Option<Word>,
    },
    /// `${NAME#PATTERN}`, `##`, `%`, `%%`
    Cut {
        sign: &'static str,
        pattern: Word,
    },
    /// `${NAME/PATTERN/WITH}`, `//`, `/#`, `/%`
    Replace {
        sign: &'static str,
        pattern: Word,
        with: Word,
    },
    /// `${NAME^}`, `^^`, `,`, `,,`
    Case(&'static str),
}

impl Form {
    /// The words in it, in the order in which they are expanded.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        let (first, second) = match self {
            Form::Plain | Form::Length | Form::Case(_) => (None, None),
            Form::Otherwise { word, .. } => (Some(word), None),
            Form::Slice { from, length } => (Some(from), length.as_ref()),
            Form::Cut { pattern, .. } => (Some(pattern), None),
            Form::Replace { pattern, with, .. } => (Some(pattern), Some(with)),
        };
        first.into_iter().chain(second)
    }
}

/// What `[[ … ]]` asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Whether a word is not empty.
    Word(Word),
    /// `-z`, `-f` …
    Unary(String, Word),
    /// `==`, `=~`, `-eq` …
    Binary(Word, String, Word),
    Not(Box<Condition>),
    Both(Box<(Condition, Condition)>),
    Either(Box<(Condition, Condition)>),
}

impl Condition {
    /// The lists of its substitutions, in their order.
    pub(crate) fn substitutions(&self, found: &mut Vec<Rc<List>>) {
        match self {
            Condition::Word(word) | Condition::Unary(_, word) => word.substitutions(found),
            Condition::Binary(left, _, right) => {
                left.substitutions(found);
                right.substitutions(found);
            }
            Condition::Not(inner) => inner.substitutions(found),
            Condition::Both(inner) | Condition::Either(inner) => {
                inner.0.substitutions(found);
                inner.1.substitutions(found);
            }
        }
    }
}

impl Word {
    /// The word if it is plain text without quotes.
    pub(crate) fn bare(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Part { what: What::Text(text), quoted: false }] => Some(text),
            _ => None,
        }
    }

    /// The word's texts without its quotes, and nothing for what would have to be expanded.
    pub(crate) fn texts(&self) -> String {
        let text = |part: &Part| match &part.what {
            What::Text(text) => text.clone(),
            _ => String::new(),
        };
        self.0.iter().map(text).collect()
    }

    /// The lists of its substitutions, in their order, each with those inside arithmetic.
    pub(crate) fn substitutions(&self, found: &mut Vec<Rc<List>>) {
        for part in &self.0 {
            match &part.what {
                What::Output(list) => found.push(Rc::clone(list)),
                What::Arithmetic(word) => word.substitutions(found),
                What::Variable { form, .. } => form.words().for_each(|word| word.substitutions(found)),
                What::Text(_) => {}
            }
        }
    }
}
