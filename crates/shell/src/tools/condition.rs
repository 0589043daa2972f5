//! `test` and `[`, as bash has them.
//!
//! Left out: what files are besides there, not empty, or a directory; comparing their times.

use super::OnHost;
use crate::files::is_directory;
use crate::output::{Done, Output, Refusal};

const BINARY: [&str; 11] = ["=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"];
const UNARY: [&str; 10] = ["-z", "-n", "-e", "-f", "-d", "-s", "-r", "-w", "-x", "-t"];

/// How deep parentheses and `!` may be nested.
const DEEPEST: u32 = 50;

/// `test`
pub(crate) fn test(args: &[String], here: &mut OnHost<'_>) -> Done {
    answer("test", args, here)
}

/// `[`, which ends with `]`.
pub(crate) fn bracket(args: &[String], here: &mut OnHost<'_>) -> Done {
    match args.split_last() {
        Some((last, args)) if last == "]" => answer("[", args, here),
        _ => Err(Refusal::new("bash: [: missing `]'\n", 2)),
    }
}

fn answer(name: &str, args: &[String], here: &mut OnHost<'_>) -> Done {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut reader = Reader { words: &words, at: 0, depth: 0, here };
    let value = if words.is_empty() { Ok(false) } else { reader.all() };
    match value {
        Ok(value) => Ok(Output { exit_code: i32::from(!value), ..Output::default() }),
        Err(why) => Err(Refusal::new(format!("bash: {name}: {why}\n"), 2)),
    }
}

struct Reader<'a, 'b> {
    words: &'a [&'a str],
    at: usize,
    depth: u32,
    here: &'a mut OnHost<'b>,
}

impl Reader<'_, '_> {
    /// By the number of words, as POSIX has it, and beyond four by precedence.
    fn all(&mut self) -> Result<bool, String> {
        match *self.words {
            [word] => Ok(!word.is_empty()),
            ["!", word] => Ok(word.is_empty()),
            [operator, word] => self.unary(operator, word),
            [left, operator, right] if BINARY.contains(&operator) => binary(left, operator, right),
            [left, "-a", right] => Ok(!left.is_empty() && !right.is_empty()),
            [left, "-o", right] => Ok(!left.is_empty() || !right.is_empty()),
            ["!", operator, word] => self.unary(operator, word).map(|value| !value),
            ["(", word, ")"] => Ok(!word.is_empty()),
            [_, operator, _] => Err(format!("{operator}: binary operator expected")),
            _ => {
                let value = self.or()?;
                if self.at < self.words.len() { Err("too many arguments".to_owned()) } else { Ok(value) }
            }
        }
    }

    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).copied()
    }

    fn takes(&mut self, word: &str) -> bool {
        let takes = self.peek() == Some(word);
        self.at += usize::from(takes);
        takes
    }

    fn or(&mut self) -> Result<bool, String> {
        let mut value = self.and()?;
        while self.takes("-o") {
            value |= self.and()?;
        }
        Ok(value)
    }

    fn and(&mut self) -> Result<bool, String> {
        let mut value = self.not()?;
        while self.takes("-a") {
            value &= self.not()?;
        }
        Ok(value)
    }

    fn not(&mut self) -> Result<bool, String> {
        let mut inverted = false;
        while self.at + 1 < self.words.len() && self.takes("!") {
            inverted = !inverted;
        }
        self.term().map(|value| value != inverted)
    }

    fn term(&mut self) -> Result<bool, String> {
        let Some(first) = self.words.get(self.at).copied() else {
            return Err("argument expected".to_owned());
        };
        self.at += 1;
        if let (Some(operator), Some(right)) = (self.peek(), self.words.get(self.at + 1).copied())
            && BINARY.contains(&operator)
        {
            let value = binary(first, operator, right);
            self.at += 2;
            return value;
        }
        if first == "(" {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err("too many arguments".to_owned());
            }
            let value = self.or()?;
            self.depth -= 1;
            return if self.takes(")") { Ok(value) } else { Err("`)' expected".to_owned()) };
        }
        match self.words.get(self.at).copied() {
            Some(word) if UNARY.contains(&first) => {
                self.at += 1;
                self.unary(first, word)
            }
            _ => Ok(!first.is_empty()),
        }
    }

    fn unary(&mut self, operator: &str, word: &str) -> Result<bool, String> {
        let exists = |reader: &mut Self| super::files::read(word, reader.here);
        Ok(match operator {
            "-z" => word.is_empty(),
            "-n" => !word.is_empty(),
            "-d" => is_directory(word),
            "-e" => is_directory(word) || exists(self).is_ok(),
            "-f" | "-r" | "-w" => exists(self).is_ok(),
            "-s" => exists(self).is_ok_and(|text| !text.is_empty()),
            "-x" | "-t" => false,
            _ => return Err(format!("{operator}: unary operator expected")),
        })
    }
}

fn binary(left: &str, operator: &str, right: &str) -> Result<bool, String> {
    let number = |word: &str| {
        let parsed = word.trim().trim_start_matches('+').parse::<i64>();
        parsed.map_err(|_| format!("{word}: integer expression expected"))
    };
    Ok(match operator {
        "=" | "==" => left == right,
        "!=" => left != right,
        "<" => left < right,
        ">" => left > right,
        _ => holds(operator, number(left)?, number(right)?),
    })
}

/// Whether two numbers are to each other as `-eq`, `-ne`, `-lt`, `-le`, `-gt` or `-ge` says.
pub(crate) fn holds(operator: &str, left: i64, right: i64) -> bool {
    match operator {
        "-eq" => left == right,
        "-ne" => left != right,
        "-lt" => left < right,
        "-le" => left <= right,
        "-gt" => left > right,
        _ => left >= right,
    }
}
