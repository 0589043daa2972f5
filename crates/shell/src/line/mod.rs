//! What a line at the prompt means: words, pipes and sequences, read as bash reads them.
//!
//! Left out: redirections, variables (except `$?`), globbing, substitutions, loops, groups. They are refused by name,
//! never silently ignored. Wildcards stay as they are, as in bash when no file matches.

mod lex;
mod paste;

pub(crate) use lex::STATUS;
pub use lex::quote;
pub(crate) use paste::join;

use crate::user::User;
use lex::{Operator, Token};

/// Why a line cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Syntax {
    /// A quote is still open at the end.
    #[error("bash: unexpected EOF while looking for matching `{0}'")]
    Unterminated(char),
    /// An operator where a command must be.
    #[error("bash: syntax error near unexpected token `{0}'")]
    Unexpected(&'static str),
    /// The line ends where a command must be.
    #[error("bash: syntax error: unexpected end of file")]
    End,
    /// Part of bash, but not of this shell.
    #[error("bash: {0} are not part of this shell: {1}")]
    Absent(&'static str, String),
}

/// When a pipeline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// After `;`, or first.
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

/// One pipeline of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pipeline {
    /// When the pipeline runs.
    pub(crate) when: When,
    /// The commands, each with its words, in the order of the pipe. None is empty.
    pub(crate) stages: Vec<Vec<String>>,
    /// Whether `&` follows.
    pub(crate) background: bool,
    /// The user who runs it, if it is part of what `sudo sh -c` runs.
    pub(crate) user: Option<User>,
}

/// Reads a line. A blank line or a comment has no pipelines.
pub(crate) fn parse(line: &str) -> Result<Vec<Pipeline>, Syntax> {
    let mut reader = Reader::default();
    for token in lex::tokens(line)? {
        match token {
            Token::Word(word) => reader.words.push(word),
            Token::Operator(operator) => reader.operator(operator)?,
        }
    }
    reader.finish()
}

/// The words of a line, as far as they can be read: for guesses, not for running.
pub(crate) fn words(line: &str) -> Vec<String> {
    let word = |token| match token {
        Token::Word(word) => Some(word),
        Token::Operator(_) => None,
    };
    lex::tokens(line).unwrap_or_default().into_iter().filter_map(word).collect()
}

/// The words of the last command of a line.
pub(crate) fn last_command(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for token in lex::tokens(line).unwrap_or_default() {
        match token {
            Token::Word(word) => words.push(word),
            Token::Operator(_) => words.clear(),
        }
    }
    words
}

struct Reader {
    items: Vec<Pipeline>,
    when: When,
    stages: Vec<Vec<String>>,
    words: Vec<String>,
    /// Whether a command must follow, as after a pipe, `&&` or `||`.
    wanted: bool,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader { items: Vec::new(), when: When::Always, stages: Vec::new(), words: Vec::new(), wanted: false }
    }
}

impl Reader {
    fn operator(&mut self, operator: Operator) -> Result<(), Syntax> {
        if self.words.is_empty() {
            return Err(Syntax::Unexpected(operator.text()));
        }
        self.stages.push(std::mem::take(&mut self.words));
        if operator == Operator::Pipe {
            self.wanted = true;
            return Ok(());
        }
        self.end_item(operator == Operator::Background);
        (self.when, self.wanted) = match operator {
            Operator::And => (When::IfOk, true),
            Operator::Or => (When::IfFailed, true),
            Operator::Pipe | Operator::Then | Operator::Background => (When::Always, false),
        };
        Ok(())
    }

    fn end_item(&mut self, background: bool) {
        let stages = std::mem::take(&mut self.stages);
        self.items.push(Pipeline { when: self.when, stages, background, user: None });
        self.wanted = false;
    }

    fn finish(mut self) -> Result<Vec<Pipeline>, Syntax> {
        if !self.words.is_empty() {
            self.stages.push(std::mem::take(&mut self.words));
            self.end_item(false);
        }
        if self.wanted { Err(Syntax::End) } else { Ok(self.items) }
    }
}

#[cfg(test)]
mod tests;
