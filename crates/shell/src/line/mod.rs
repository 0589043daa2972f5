//! What a line at the prompt means, read as bash reads it: words, pipes, sequences, loops, conditions, redirections,
//! variables and substitutions.
//!
//! Left out: `select`, arrays, process substitution, descriptors above 2. They are refused by name, never
//! silently ignored.

pub(crate) mod history;
mod lex;
mod parse;
mod paste;
pub mod plain;
mod tree;

pub use lex::quote;
pub(crate) use parse::{is_identifier, parse};
pub(crate) use paste::join;
pub(crate) use tree::{
    Clause, Command, Condition, Form, Item, Kind, List, Part, Pipeline, Redirect, Redirected, Target, What,
    When, Word,
};

use lex::{Lexer, Token};

/// Why a line cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Syntax {
    /// A quote is still open at the end.
    #[error("bash: unexpected EOF while looking for matching `{0}'")]
    Unterminated(char),
    /// A word or an operator where it cannot be.
    #[error("bash: syntax error near unexpected token `{0}'")]
    Unexpected(String),
    /// The line ends where a command must be.
    #[error("bash: syntax error: unexpected end of file")]
    End,
    /// The variable of a loop has no possible name.
    #[error("bash: `{0}': not a valid identifier")]
    Identifier(String),
    /// No operator in `[[ … ]]`.
    #[error("bash: conditional binary operator expected\nbash: syntax error near `{0}'")]
    Operator(String),
    /// Part of bash, but not of this shell.
    #[error("bash: {0} are not part of this shell: {1}")]
    Absent(&'static str, String),
    /// The same, with what is near it.
    #[error("this lab has no {0}; near it: {1}")]
    Lacks(&'static str, &'static str),
    /// Too much in parentheses.
    #[error("bash: this line is nested too deep for this shell")]
    Deep,
}

impl Syntax {
    /// The refusal of anything about arrays.
    const ARRAYS: Syntax = Syntax::Lacks("arrays", "set -- WORDS, and $1, $2 and \"$@\"");

    fn unexpected(token: &Token) -> Syntax {
        Syntax::Unexpected(match token {
            Token::Word(word) => word.texts(),
            Token::Operator("\n") => "newline".to_owned(),
            Token::Operator(sign) | Token::Redirect(_, sign) => (*sign).to_owned(),
        })
    }

    /// Whether more lines could make it right: at a terminal, bash asks for them.
    pub(crate) const fn wants_more(&self) -> bool {
        matches!(self, Syntax::Unterminated(_) | Syntax::End)
    }
}

/// The tokens of a line.
fn tokens(line: &str) -> Result<Vec<Token>, Syntax> {
    let mut lexer = Lexer::new(line, 0);
    let mut tokens = Vec::new();
    while let Some(token) = lexer.token(parse::inside)? {
        tokens.push(token);
    }
    Ok(tokens)
}

/// The words of a line, as far as they can be read: for guesses, not for running.
pub(crate) fn words(line: &str) -> Vec<String> {
    let word = |token| match token {
        Token::Word(word) => Some(word.texts()),
        _ => None,
    };
    tokens(line).unwrap_or_default().into_iter().filter_map(word).collect()
}

/// The words of the last command of a line.
fn last_command(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for token in tokens(line).unwrap_or_default() {
        match token {
            Token::Word(word) => words.push(word.texts()),
            Token::Operator(_) | Token::Redirect(..) => words.clear(),
        }
    }
    words
}

/// The words of a line that is one command and nothing else.
pub(crate) fn single_command(line: &str) -> Option<Vec<String>> {
    let word = |token| match token {
        Token::Word(word) if word.0.iter().all(|part| matches!(part.what, What::Text(_))) => {
            Some(word.texts())
        }
        _ => None,
    };
    tokens(line).ok()?.into_iter().map(word).collect()
}

/// A text of several lines as one, as bash remembers it.
pub(crate) fn one_line(text: &str) -> String {
    let mut shown = String::new();
    let mut quote = None;
    if text.contains("<<") {
        // The lines of a here-document stay.
        return text.to_owned();
    }
    let joined = text.replace("\\\n", "");
    for c in joined.chars() {
        match (c, quote) {
            ('\n', None) => {
                let trimmed = shown.trim_end().len();
                shown.truncate(trimmed);
                let last = shown.rsplit([' ', ';']).next().unwrap_or_default();
                let goes_on = matches!(last, "do" | "then" | "else" | "{" | "(" | "in")
                    || shown.is_empty()
                    || shown.ends_with([';', '|', '&', '(']);
                shown += if goes_on { " " } else { "; " };
            }
            (c, None) if c.is_whitespace() => {
                if !shown.ends_with(' ') {
                    shown.push(' ');
                }
            }
            (c, _) => {
                if "'\"".contains(c) && quote.is_none() {
                    quote = Some(c);
                } else if quote == Some(c) {
                    quote = None;
                }
                shown.push(c);
            }
        }
    }
    shown.trim().to_owned()
}

#[cfg(test)]
mod tests;
