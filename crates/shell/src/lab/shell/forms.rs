//! Forms of `${…}`, and patterns in words.

use super::expand::Expander;
use super::glob::Glob;
use crate::line::{Form, What, Word};

impl Expander<'_> {
    /// The value of a variable in one of the forms of `${…}`.
    pub(super) fn formed(&mut self, name: &str, form: &Form) -> Result<String, String> {
        let value = self.variable(name);
        let known = || value.clone().unwrap_or_default();
        Ok(match form {
            Form::Plain => known(),
            Form::Length => known().chars().count().to_string(),
            Form::Otherwise { sign, empty_too, word } => {
                let other = self.text(word)?;
                let usable = value.filter(|value| !(*empty_too && value.is_empty()));
                match (sign, usable) {
                    ('+', Some(_)) => other,
                    ('+', None) => String::new(),
                    (_, Some(value)) => value,
                    ('=', None) => {
                        self.variables.set(name, other.clone());
                        other
                    }
                    ('?', None) => {
                        let usual =
                            if *empty_too { "parameter null or not set" } else { "parameter not set" };
                        return Err(format!("{name}: {}", if other.is_empty() { usual } else { &other }));
                    }
                    (_, None) => other,
                }
            }
            Form::Slice { from, length } => {
                let letters: Vec<char> = known().chars().collect();
                let from = self.number(from)?;
                let length = length.as_ref().map(|length| self.number(length)).transpose()?;
                slice(&letters, from, length)?
            }
            Form::Cut { sign, pattern } => {
                let pattern = self.glob(pattern)?;
                let letters: Vec<char> = known().chars().collect();
                self.cut(sign, &pattern, &letters)?
            }
            Form::Replace { sign, pattern, with } => {
                let (pattern, with) = (self.glob(pattern)?, self.text(with)?);
                let letters: Vec<char> = known().chars().collect();
                self.replaced(sign, &pattern, &with, &letters)?
            }
            Form::Case(sign) => changed(sign, &known()),
        })
    }

    /// The pattern that a word makes. What is quoted in it stands for itself.
    pub(super) fn glob(&mut self, word: &Word) -> Result<Glob, String> {
        Ok(Glob::new(&self.letters(word)?))
    }

    /// The letters of a word, each with whether it is quoted.
    pub(super) fn letters(&mut self, word: &Word) -> Result<Vec<(char, bool)>, String> {
        let mut letters = Vec::new();
        for part in &word.0 {
            let text = match &part.what {
                What::Text(text) => text.clone(),
                _ => self.part(part)?,
            };
            letters.extend(text.chars().map(|letter| (letter, part.quoted)));
        }
        Ok(letters)
    }

    /// Where a pattern may end that begins at the beginning of `letters`: the nearest place, and the farthest.
    fn ends(&mut self, pattern: &Glob, letters: &[char]) -> Result<Option<(usize, usize)>, String> {
        let ends = pattern.ends(letters, &mut self.left);
        let ends = ends.ok_or_else(|| "bash: this pattern needs too many steps\n".to_owned())?;
        Ok(ends.first.zip(ends.last))
    }

    fn cut(&mut self, sign: &str, pattern: &Glob, letters: &[char]) -> Result<String, String> {
        if sign.starts_with('#') {
            let ends = self.ends(pattern, letters)?;
            let end = ends.map_or(0, |(first, last)| if sign == "#" { first } else { last });
            return Ok(letters[end..].iter().collect());
        }
        for at in 0..=letters.len() {
            let begin = if sign == "%" { letters.len() - at } else { at };
            let rest = &letters[begin..];
            if self.ends(pattern, rest)?.is_some_and(|(_, last)| last == rest.len()) {
                return Ok(letters[..begin].iter().collect());
            }
        }
        Ok(letters.iter().collect())
    }

    fn replaced(
        &mut self,
        sign: &str,
        pattern: &Glob,
        with: &str,
        letters: &[char],
    ) -> Result<String, String> {
        let (mut out, mut at, mut goes_on) = (String::new(), 0, true);
        while at < letters.len() {
            let rest = &letters[at..];
            let found = if goes_on { self.ends(pattern, rest)? } else { None };
            let fits = |last: usize| last > 0 && (sign != "/%" || last == rest.len());
            match found.map(|(_, last)| last).filter(|last| fits(*last)) {
                Some(last) => {
                    self.spend(with.len())?;
                    out += with;
                    at += last;
                    goes_on = sign == "//";
                }
                None => {
                    out.push(letters[at]);
                    at += 1;
                    goes_on &= sign != "/#";
                }
            }
        }
        Ok(out)
    }
}

/// `${NAME:FROM:LENGTH}`: numbers below zero count from the end.
fn slice(letters: &[char], from: i64, length: Option<i64>) -> Result<String, String> {
    let all = i64::try_from(letters.len()).unwrap_or(i64::MAX);
    let begin = if from < 0 { all.saturating_add(from) } else { from };
    if !(0..=all).contains(&begin) {
        return Ok(String::new());
    }
    let end = match length {
        None => all,
        Some(length) if length < 0 => all.saturating_add(length),
        Some(length) => begin.saturating_add(length).min(all),
    };
    if end < begin {
        return Err(format!("bash: {}: substring expression < 0", length.unwrap_or_default()));
    }
    let place = |at: i64| usize::try_from(at).unwrap_or(0);
    Ok(letters[place(begin)..place(end)].iter().collect())
}

/// `^`, `^^`, `,`, `,,`
fn changed(sign: &str, text: &str) -> String {
    let upper = |text: &str| if sign.starts_with('^') { text.to_uppercase() } else { text.to_lowercase() };
    if sign.len() > 1 {
        return upper(text);
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    let (first, rest) = text.split_at(first);
    upper(first) + rest
}
