//! `expr` of coreutils.
//!
//! Left out on purpose: groups in patterns, and numbers beyond 64 bits.

use super::OnHost;
use super::filter::{Pattern, Syntax, hint};
use crate::output::{Done, Output, Refusal};

/// How deep parentheses may be nested.
const DEEPEST: u32 = 50;

/// Operators between two values, by precedence.
const LEVELS: [&[&str]; 6] =
    [&["|"], &["&"], &["<", "<=", "=", "==", "!=", ">=", ">"], &["+", "-"], &["*", "/", "%"], &[":"]];

/// `expr`
pub(crate) fn expr(args: &[String], _here: &mut OnHost<'_>) -> Done {
    let words: Vec<&str> = args.iter().map(String::as_str).skip_while(|word| *word == "--").collect();
    if words.is_empty() {
        return Err(hint("expr: missing operand\n".to_owned(), "expr").with_code(2));
    }
    let mut reader = Reader { words: &words, at: 0, depth: 0 };
    let value = reader.level(0)?;
    if let Some(more) = words.get(reader.at) {
        return Err(fails(&format!("syntax error: unexpected argument ‘{more}’")));
    }
    let exit_code = i32::from(is_null(&value));
    Ok(Output { exit_code, ..Output::ok(format!("{value}\n")) })
}

fn fails(why: &str) -> Refusal {
    Refusal::new(format!("expr: {why}\n"), 2)
}

/// Whether a value counts as false: empty, or zero.
fn is_null(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    value.is_empty() || !digits.is_empty() && digits.bytes().all(|digit| digit == b'0')
}

fn number(value: &str) -> Result<i64, Refusal> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(fails("non-integer argument"));
    }
    value.parse().map_err(|_| fails(&format!("{value}: Numerical result out of range")))
}

struct Reader<'a> {
    words: &'a [&'a str],
    at: usize,
    depth: u32,
}

impl Reader<'_> {
    fn level(&mut self, level: usize) -> Result<String, Refusal> {
        let Some(signs) = LEVELS.get(level) else { return self.primary() };
        let mut left = self.level(level + 1)?;
        while let Some(sign) = self.words.get(self.at).copied().filter(|word| signs.contains(word)) {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = apply(sign, left, right)?;
        }
        Ok(left)
    }

    fn next(&mut self) -> Result<&str, Refusal> {
        let word = self.words.get(self.at).copied();
        let before = self.at.checked_sub(1).and_then(|at| self.words.get(at)).copied().unwrap_or_default();
        self.at += 1;
        word.ok_or_else(|| fails(&format!("syntax error: missing argument after ‘{before}’")))
    }

    fn primary(&mut self) -> Result<String, Refusal> {
        let word = self.next()?.to_owned();
        match word.as_str() {
            "(" => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(fails("syntax error: nested too deep"));
                }
                let value = self.level(0)?;
                self.depth -= 1;
                match self.words.get(self.at).copied() {
                    Some(")") => self.at += 1,
                    Some(word) => {
                        return Err(fails(&format!("syntax error: expecting ')' instead of ‘{word}’")));
                    }
                    None => {
                        let before = self.words.last().copied().unwrap_or_default();
                        return Err(fails(&format!("syntax error: expecting ')' after ‘{before}’")));
                    }
                }
                Ok(value)
            }
            ")" => Err(fails("syntax error: unexpected ')'")),
            "+" if self.at < self.words.len() => self.next().map(str::to_owned),
            "length" if self.at < self.words.len() => {
                let count = self.operand()?.chars().count();
                Ok(count.to_string())
            }
            "match" if self.at < self.words.len() => {
                let (text, pattern) = (self.operand()?, self.operand()?);
                matched(&text, &pattern)
            }
            "index" if self.at < self.words.len() => {
                let (text, letters) = (self.operand()?, self.operand()?);
                let found = text.chars().position(|letter| letters.contains(letter));
                Ok(found.map_or(0, |at| at + 1).to_string())
            }
            "substr" if self.at < self.words.len() => {
                let (text, from, length) = (self.operand()?, self.operand()?, self.operand()?);
                let whole = |value: &str| number(value).ok().and_then(|value| usize::try_from(value).ok());
                let (from, length) = (whole(&from).unwrap_or(0), whole(&length).unwrap_or(0));
                Ok(text.chars().skip(from.wrapping_sub(1)).take(length).collect())
            }
            _ => Ok(word),
        }
    }

    /// A word after a word such as `length`, which takes words before anything else.
    fn operand(&mut self) -> Result<String, Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(fails("syntax error: nested too deep"));
        }
        let value = self.primary();
        self.depth -= 1;
        value
    }
}

fn apply(sign: &str, left: String, right: String) -> Result<String, Refusal> {
    let value = match sign {
        "|" if !is_null(&left) => return Ok(left),
        "|" if !is_null(&right) => return Ok(right),
        "|" => return Ok("0".to_owned()),
        "&" if !is_null(&left) && !is_null(&right) => return Ok(left),
        "&" => return Ok("0".to_owned()),
        ":" => return matched(&left, &right),
        "<" | "<=" | "=" | "==" | "!=" | ">=" | ">" => {
            let order = match (number(&left), number(&right)) {
                (Ok(left), Ok(right)) => left.cmp(&right),
                _ => left.cmp(&right),
            };
            i64::from(match sign {
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                ">=" => order.is_ge(),
                ">" => order.is_gt(),
                "!=" => order.is_ne(),
                _ => order.is_eq(),
            })
        }
        _ => {
            let (left, right) = (number(&left)?, number(&right)?);
            let value = match sign {
                "+" => left.checked_add(right),
                "-" => left.checked_sub(right),
                "*" => left.checked_mul(right),
                _ if right == 0 => return Err(fails("division by zero")),
                "/" => left.checked_div(right),
                _ => left.checked_rem(right),
            };
            value.ok_or_else(|| fails("this lab's expr has whole numbers of 64 bits only"))?
        }
    };
    Ok(value.to_string())
}

/// How many letters a pattern finds at the beginning.
fn matched(text: &str, pattern: &str) -> Result<String, Refusal> {
    if pattern.contains("\\(") {
        return Err(fails("this lab's expr has no \\(…\\); near it: sed, awk, ${NAME#PATTERN}"));
    }
    let compiled = Pattern::new(&format!("^{pattern}"), Syntax::Basic, false);
    let compiled = compiled.map_err(|why| fails(&why.to_string()))?;
    let letters: Vec<char> = text.chars().collect();
    Ok(compiled.find(&letters, 0).map_or(0, |(_, end)| end).to_string())
}
