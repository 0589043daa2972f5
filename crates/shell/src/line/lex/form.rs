//! Reads `${…}`.

use super::super::Syntax;
use super::super::tree::{Form, Part, What, Word};
use super::{Inner, Lexer, is_name};

impl Lexer {
    /// Reads `{…}` after a `$`.
    pub(super) fn braced(&mut self, inner: Inner) -> Result<What, Syntax> {
        let begin = self.at - 1;
        self.at += 1;
        let length = self.peek() == Some('#') && self.chars.get(self.at + 1).is_some_and(|c| is_name(*c));
        self.at += usize::from(length);
        let special = self.peek().filter(|c| "?!$#@*0123456789".contains(*c));
        let name = match special {
            Some(c) => {
                self.at += 1;
                c.to_string()
            }
            None => self.name(),
        };
        let array = !name.is_empty() && self.peek() == Some('[');
        self.descend()?;
        let form = match length {
            _ if name.is_empty() => None,
            true => (self.peek() == Some('}')).then_some(Form::Length),
            false => self.form(inner)?,
        };
        self.depth -= 1;
        let ended = form.filter(|_| self.peek() == Some('}'));
        while self.next().ok_or(Syntax::Unterminated('}'))? != '}' {}
        if array {
            return Err(Syntax::ARRAYS);
        }
        let shown = || self.chars[begin..self.at].iter().take(20).collect();
        let form = ended.ok_or_else(|| Syntax::Absent("such forms of a variable", shown()))?;
        Ok(What::Variable { name, form })
    }

    /// What follows the name in `${NAME…}`, up to its `}`. `None` if this shell has no such form.
    fn form(&mut self, inner: Inner) -> Result<Option<Form>, Syntax> {
        const SIGNS: [&str; 16] =
            [":-", ":=", ":+", ":?", "##", "#", "%%", "%", "//", "/#", "/%", "/", "^^", "^", ",,", ","];
        if self.peek() == Some('}') {
            return Ok(Some(Form::Plain));
        }
        let sign = SIGNS.into_iter().find(|sign| self.starts(sign));
        self.at += sign.map_or(0, str::len);
        Ok(Some(match (sign, sign.and_then(|sign| sign.chars().next())) {
            (Some(sign), Some(':')) => {
                let sign = sign.chars().next_back().unwrap_or('-');
                Form::Otherwise { sign, empty_too: true, word: self.operand("}", inner)? }
            }
            (Some(sign), Some('#' | '%')) => Form::Cut { sign, pattern: self.operand("}", inner)? },
            (Some(sign), Some('/')) => {
                let pattern = self.operand("/}", inner)?;
                self.at += usize::from(self.peek() == Some('/'));
                Form::Replace { sign, pattern, with: self.operand("}", inner)? }
            }
            (Some(sign), _) => Form::Case(sign),
            _ => match self.peek() {
                Some(sign @ ('-' | '=' | '+' | '?')) => {
                    self.at += 1;
                    Form::Otherwise { sign, empty_too: false, word: self.operand("}", inner)? }
                }
                Some(':') => {
                    self.at += 1;
                    let from = self.operand(":}", inner)?;
                    let more = self.peek() == Some(':');
                    self.at += usize::from(more);
                    let length = if more { Some(self.operand("}", inner)?) } else { None };
                    Form::Slice { from, length }
                }
                _ => return Ok(None),
            },
        }))
    }

    /// A word inside `${…}`, up to one of these letters, which is not taken.
    fn operand(&mut self, ends: &str, inner: Inner) -> Result<Word, Syntax> {
        let mut word = Word::default();
        loop {
            let c = self.peek().ok_or(Syntax::Unterminated('}'))?;
            if ends.contains(c) {
                return Ok(word);
            }
            self.at += 1;
            match c {
                '\'' => self.single_quoted(&mut word)?,
                '"' => {
                    word.push(Part { what: What::Text(String::new()), quoted: true });
                    self.double_quoted(&mut word, Some('"'), inner)?;
                }
                '\\' => {
                    if let Some(next) = self.next() {
                        word.text(next, true);
                    }
                }
                '$' => self.dollar(&mut word, false, inner)?,
                '`' => self.backquoted(&mut word, false, inner)?,
                c => word.text(c, false),
            }
        }
    }
}
