//! `[[ … ]]` and `case`.
//!
//! All words are expanded, also those that `&&` and `||` would spare.

use super::super::Lab;
use super::{ShellId, arith};
use crate::line::{Clause, Condition, List, Word};
use crate::tools::condition;
use crate::tools::filter::{Pattern, Syntax};
use std::collections::VecDeque;
use std::rc::Rc;

impl Lab {
    /// Answers a condition. Fails with what bash says; with nothing, if a regular expression cannot be read.
    pub(super) fn holds(
        &mut self,
        id: ShellId,
        condition: &Condition,
        outputs: &mut VecDeque<String>,
    ) -> Result<bool, String> {
        Ok(match condition {
            Condition::Word(word) => !self.text_of(id, word, outputs)?.is_empty(),
            Condition::Unary(operator, word) => {
                let text = self.text_of(id, word, outputs)?;
                match operator.as_str() {
                    "-v" => self.shell(id).is_some_and(|machine| machine.variables.get(&text).is_some()),
                    operator => {
                        let operator = if operator == "-a" { "-e" } else { operator };
                        let words = [operator.to_owned(), text];
                        let done = self.on_host(id, |here| condition::test(&words, here));
                        done.is_some_and(|done| done.is_ok_and(|output| output.exit_code == 0))
                    }
                }
            }
            Condition::Binary(left, operator, right) => {
                self.compares(id, (left, operator, right), outputs)?
            }
            Condition::Not(inner) => !self.holds(id, inner, outputs)?,
            Condition::Both(inner) => {
                let first = self.holds(id, &inner.0, outputs)?;
                let second = self.holds(id, &inner.1, outputs);
                first && second?
            }
            Condition::Either(inner) => {
                let first = self.holds(id, &inner.0, outputs)?;
                let second = self.holds(id, &inner.1, outputs);
                first || second?
            }
        })
    }

    fn text_of(
        &mut self,
        id: ShellId,
        word: &Word,
        outputs: &mut VecDeque<String>,
    ) -> Result<String, String> {
        self.expand(id, outputs, |expander| expander.text(word))
    }

    fn compares(
        &mut self,
        id: ShellId,
        (left, operator, right): (&Word, &str, &Word),
        outputs: &mut VecDeque<String>,
    ) -> Result<bool, String> {
        let left = self.text_of(id, left, outputs)?;
        Ok(match operator {
            "=" | "==" | "!=" => {
                let pattern = self.expand(id, outputs, |expander| expander.glob(right))?;
                pattern.fits(&left) == (operator != "!=")
            }
            "=~" => {
                let letters = self.expand(id, outputs, |expander| expander.letters(right))?;
                let mut text = String::new();
                for (letter, quoted) in letters {
                    if quoted && "\\^$.[]|()*+?{}".contains(letter) {
                        text.push('\\');
                    }
                    text.push(letter);
                }
                let pattern = Pattern::new(&text, Syntax::Extended, false).map_err(|_| String::new())?;
                self.user.work += (left.len() * (text.len() + 1)) as u64 * 40;
                pattern.find(&left.chars().collect::<Vec<_>>(), 0).is_some()
            }
            "<" | ">" => {
                let right = self.text_of(id, right, outputs)?;
                if operator == "<" { left < right } else { left > right }
            }
            "-nt" | "-ot" | "-ef" => {
                let _ = self.text_of(id, right, outputs)?;
                return Err(format!("this lab has no {operator}; near it: [[ -e FILE ]]"));
            }
            _ => {
                let right = self.text_of(id, right, outputs)?;
                let Some(machine) = self.shell(id) else { return Ok(false) };
                let mut value = |text: &str| {
                    arith::value(text, &mut machine.variables).map_err(|why| format!("[[: {why}"))
                };
                condition::holds(operator, value(&left)?, value(&right)?)
            }
        })
    }

    /// The commands of the first clause with a pattern that fits.
    pub(super) fn chosen(
        &mut self,
        id: ShellId,
        (word, clauses): (&Word, &[Clause]),
        outputs: &mut VecDeque<String>,
    ) -> Result<Option<Rc<List>>, String> {
        let text = self.text_of(id, word, outputs)?;
        let mut found = None;
        for Clause { patterns, body } in clauses {
            for pattern in patterns {
                let pattern = self.expand(id, outputs, |expander| expander.glob(pattern))?;
                if found.is_none() && pattern.fits(&text) {
                    found = Some(Rc::clone(body));
                }
            }
        }
        Ok(found)
    }
}
