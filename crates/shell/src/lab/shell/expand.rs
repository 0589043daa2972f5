//! What words stand for when a command runs: braces, variables, substitutions, arithmetic, splitting, names of files.

use super::glob::Glob;
use super::{Variables, arith};
use crate::files::{self, Files, HOME};
use crate::line::{Form, Part, What, Word};
use crate::user::User;
use std::collections::VecDeque;
use tcp_core::net::HostId;

/// Maximum number of words that one word's braces may make.
const MOST_WORDS: usize = 20_000;

/// What a word may need to be expanded.
pub(super) struct Expander<'a> {
    pub(super) variables: &'a mut Variables,
    /// `$1`, `$2` …
    pub(super) args: &'a [String],
    /// `$0`
    pub(super) zero: &'a str,
    /// `$?`
    pub(super) status: i32,
    /// `$!`
    pub(super) last: Option<u32>,
    /// `$$`
    pub(super) pid: u32,
    /// What the substitutions printed, in their order.
    pub(super) outputs: &'a mut VecDeque<String>,
    /// Octets that may still be made.
    pub(super) left: usize,
    /// Where names of files are looked for; nowhere at the network's console.
    pub(super) files: Option<(&'a Files, HostId, User)>,
}

/// Where the files of commands are looked for.
pub(super) const PATH: &str = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/// Octets that the words of one command may have together.
pub(super) const MOST: usize = 1 << 20;

/// Words that are being put together.
#[derive(Default)]
struct Fields {
    done: Vec<(String, bool)>,
    /// The word that has begun, and whether it is a pattern for names of files.
    open: Option<(String, bool)>,
}

impl Fields {
    fn add(&mut self, text: &str) {
        self.open.get_or_insert_default().0.push_str(text);
    }

    fn end(&mut self) {
        self.done.extend(self.open.take());
    }

    fn add_split(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.end();
        }
        for (at, word) in text.split_whitespace().enumerate() {
            if at > 0 {
                self.end();
            }
            self.add(word);
        }
        if text.ends_with(char::is_whitespace) {
            self.end();
        }
    }
}

impl Expander<'_> {
    /// The words that these words make.
    pub(super) fn words(&mut self, words: &[Word]) -> Result<Vec<String>, String> {
        let mut all = Vec::new();
        for word in words {
            for word in braces(word) {
                let mut fields = Fields::default();
                self.fields(&word, &mut fields)?;
                fields.end();
                for (text, pattern) in fields.done {
                    self.spend(text.len() + 1)?;
                    let names = if pattern { self.names(&text) } else { Vec::new() };
                    if names.is_empty() { all.push(text) } else { all.extend(names) }
                }
            }
        }
        Ok(all)
    }

    /// The text of a word that is not split.
    pub(super) fn text(&mut self, word: &Word) -> Result<String, String> {
        let mut text = String::new();
        for (at, part) in word.0.iter().enumerate() {
            match &part.what {
                What::Text(plain) if at == 0 && !part.quoted => text += &tilde(plain),
                _ => text += &self.part(part)?,
            }
        }
        Ok(text)
    }

    pub(super) fn spend(&mut self, octets: usize) -> Result<(), String> {
        let left = self.left.checked_sub(octets);
        self.left = left.ok_or_else(|| format!("bash: this command has more than {MOST} octets\n"))?;
        Ok(())
    }

    /// The value of an expression.
    pub(super) fn number(&mut self, word: &Word) -> Result<i64, String> {
        let text = self.text(word)?;
        arith::value(&text, self.variables)
    }

    fn fields(&mut self, word: &Word, fields: &mut Fields) -> Result<(), String> {
        let is_all = |part: &Part| match &part.what {
            What::Variable { name, form: Form::Plain } => name == "@" || name == "*" && !part.quoted,
            _ => false,
        };
        let empty = |part: &Part| matches!(&part.what, What::Text(text) if text.is_empty());
        if self.args.is_empty() && word.0.iter().any(is_all) && word.0.iter().all(|p| is_all(p) || empty(p)) {
            return Ok(());
        }
        for (at, part) in word.0.iter().enumerate() {
            match &part.what {
                _ if is_all(part) => {
                    for (at, arg) in self.args.iter().enumerate() {
                        if at > 0 {
                            fields.end();
                        }
                        if part.quoted { fields.add(arg) } else { fields.add_split(arg) }
                    }
                    let octets = self.args.iter().map(String::len).sum();
                    self.spend(octets)?;
                }
                What::Text(text) if !part.quoted => {
                    fields.add(&if at == 0 { tilde(text) } else { text.clone() });
                    if let Some((_, pattern)) = &mut fields.open {
                        *pattern |= text.contains(['*', '?', '[']);
                    }
                }
                _ => {
                    let text = self.part(part)?;
                    if part.quoted { fields.add(&text) } else { fields.add_split(&text) }
                }
            }
        }
        Ok(())
    }

    pub(super) fn part(&mut self, part: &Part) -> Result<String, String> {
        let text = self.unbounded(part)?;
        self.spend(text.len())?;
        Ok(text)
    }

    fn unbounded(&mut self, part: &Part) -> Result<String, String> {
        Ok(match &part.what {
            What::Text(text) => text.clone(),
            What::Output(_) => self.outputs.pop_front().unwrap_or_default(),
            What::Arithmetic(word) => self.number(word)?.to_string(),
            What::Variable { name, form } => self.formed(name, form)?,
        })
    }

    pub(super) fn variable(&self, name: &str) -> Option<String> {
        let known = |text: &str| Some(text.to_owned());
        match name {
            "?" => Some(self.status.to_string()),
            "!" => self.last.map(|pid| pid.to_string()),
            "$" => Some(self.pid.to_string()),
            "#" => Some(self.args.len().to_string()),
            "0" => known(self.zero),
            "@" | "*" => Some(self.args.join(" ")).filter(|all| !all.is_empty()),
            _ if name.len() == 1 && name.starts_with(|c: char| c.is_ascii_digit()) => {
                let at = name.parse::<usize>().unwrap_or(0);
                self.args.get(at.wrapping_sub(1)).cloned()
            }
            "-" => known("himBHs"),
            name => self.variables.get(name).map(str::to_owned).or_else(|| match name {
                "HOME" | "PWD" => known(HOME),
                "USER" | "LOGNAME" => known(self.files.map_or("student", |(_, _, user)| user.name())),
                "HOSTNAME" => known(self.files.map_or("network", |(_, host, _)| host.name())),
                "SHELL" => known("/bin/bash"),
                "PATH" => known(PATH),
                "PPID" => known("1"),
                _ => None,
            }),
        }
    }

    /// The files whose names fit a pattern.
    fn names(&self, pattern: &str) -> Vec<String> {
        let Some((files, host, user)) = self.files else { return Vec::new() };
        let (directory, last) = match pattern.rsplit_once('/') {
            Some((directory, last)) => (format!("{directory}/"), last),
            None => (String::new(), pattern),
        };
        let listed = if directory.is_empty() { "." } else { &directory };
        if directory.contains(['*', '?', '[']) || !files::is_directory(listed) {
            return Vec::new();
        }
        let names = files.list(host, user, listed).unwrap_or_default();
        let last = Glob::plain(last);
        names.into_iter().filter(|name| last.fits(name)).map(|name| format!("{directory}{name}")).collect()
    }
}

fn tilde(text: &str) -> String {
    match text.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{HOME}{rest}"),
        _ => text.to_owned(),
    }
}

/// The words that braces make of one: `x{1,2}`, `{1..3}`. Braces in quotes and around other parts stay.
fn braces(word: &Word) -> Vec<Word> {
    let mut open = vec![word.clone()];
    let (mut done, mut full) = (Vec::new(), false);
    while let Some(word) = open.pop() {
        let more = if full { None } else { one_brace(&word) };
        match more {
            Some(words)
                if open.len() + done.len() + words.len() <= MOST_WORDS
                    && words.len() * words.first().map_or(0, |word| word.texts().len()) <= MOST =>
            {
                open.extend(words.into_iter().rev());
            }
            more => {
                full |= more.is_some();
                done.push(word);
            }
        }
    }
    done
}

/// The words that the first braces make.
fn one_brace(word: &Word) -> Option<Vec<Word>> {
    for (at, part) in word.0.iter().enumerate() {
        let What::Text(text) = &part.what else { continue };
        if part.quoted {
            continue;
        }
        for (begin, _) in text.match_indices('{') {
            let Some((choices, end)) = choices(&text[begin + 1..]) else { continue };
            let (before, after) = (&text[..begin], &text[begin + 1 + end..]);
            let with = |choice: String| {
                let mut parts = word.0.clone();
                parts[at].what = What::Text(format!("{before}{choice}{after}"));
                Word(parts)
            };
            return Some(choices.into_iter().map(with).collect());
        }
    }
    None
}

/// What stands between braces, and where the text after the closing one begins. `None` if these braces mean nothing.
fn choices(text: &str) -> Option<(Vec<String>, usize)> {
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                found.push(text[from..at].to_owned());
                from = at + 1;
            }
            '}' => {
                let end = at + 1;
                if found.is_empty() {
                    return sequence(&text[..at]).map(|words| (words, end));
                }
                found.push(text[from..at].to_owned());
                return Some((found, end));
            }
            _ => {}
        }
    }
    None
}

/// `1..3`, `01..10`, `a..e`, `1..10..3`
fn sequence(text: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = text.split("..").collect();
    let (first, last, step) = match parts.as_slice() {
        [first, last] => (*first, *last, 1),
        [first, last, step] => (*first, *last, step.parse::<i64>().ok()?.checked_abs()?.max(1)),
        _ => return None,
    };
    let step = usize::try_from(step).ok()?;
    let letter = |word: &str| word.chars().next().filter(|c| c.is_ascii_alphabetic() && word.len() == 1);
    if let (Some(from), Some(to)) = (letter(first), letter(last)) {
        let letters = between(i64::from(u32::from(from)), i64::from(u32::from(to)), step)?;
        let text = |code: i64| u32::try_from(code).ok().and_then(char::from_u32).map(String::from);
        return letters.into_iter().map(text).collect();
    }
    let (from, to): (i64, i64) = (first.parse().ok()?, last.parse().ok()?);
    let padded =
        |word: &str| word.trim_start_matches('-').len() > 1 && word.trim_start_matches('-').starts_with('0');
    let width = if padded(first) || padded(last) { first.len().max(last.len()) } else { 0 };
    Some(between(from, to, step)?.into_iter().map(|number| format!("{number:0width$}")).collect())
}

fn between(from: i64, to: i64, step: usize) -> Option<Vec<i64>> {
    let count = usize::try_from(from.abs_diff(to)).ok().filter(|count| count / step < MOST_WORDS)?;
    let numbers = (0..=count).step_by(step).filter_map(|more| i64::try_from(more).ok());
    Some(numbers.map(|more| if from <= to { from + more } else { from - more }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::{Kind, parse};

    /// The words of `echo …`, each in brackets. Compared with bash 5.2.
    fn check(line: &str, expected: &str) {
        let list = parse(&format!("echo {line}")).expect("it can be read");
        let Kind::Simple { words, .. } = &list.items[0].pipelines[0].1.stages[0].kind else {
            panic!("{line}")
        };
        let mut variables = Variables::default();
        variables.set("x", "a  b".to_owned());
        variables.set("e", String::new());
        let mut outputs = VecDeque::from(["1\n2 3".to_owned()]);
        let mut files = Files::default();
        for name in ["one.txt", "two.txt"] {
            files.create(HostId::Client, User::Student, name).expect("it may");
        }
        let files = Some((&files, HostId::Client, User::Student));
        let mut expander = Expander {
            variables: &mut variables,
            args: &["one".to_owned(), "t w o".to_owned()],
            zero: "bash",
            left: MOST,
            status: 3,
            last: Some(7),
            pid: 4000,
            outputs: &mut outputs,
            files,
        };
        let words = expander.words(&words[1..]).expect("it can be expanded");
        let shown: Vec<String> = words.iter().map(|word| format!("[{word}]")).collect();
        assert_eq!(shown.concat(), expected, "{line}");
    }

    #[test]
    fn words_as_bash_expands_them() {
        check("$x \"$x\" '$x' a$x\"c\"", "[a][b][a  b][$x][aa][bc]");
        check("$e \"$e\" x$e", "[][x]");
        check("$(echo) \"$?\" $! $$", "[1][2][3][3][7][4000]");
        check("\"$(echo)\"", "[1\n2 3]");
        check("${x}y ${#x} ${no:-d} ${e:-d}${e-d}", "[a][by][4][d][d]");
        check("$((1 + 2)) \"$((x+1))\" $ a$", "[3][1][$][a$]");
        check(
            "{1..3} {c..a} {01..03} x{1,2}y {1..10..3}",
            "[1][2][3][c][b][a][01][02][03][x1y][x2y][1][4][7][10]",
        );
        check("{a,b}{1,2} {a} {} '{1..2}' {a,{b,c}}", "[a1][a2][b1][b2][{a}][{}][{1..2}][a][b][c]");
        check(
            "*.txt '*.txt' o?e* *.no ~ ~/x a~",
            "[one.txt][two.txt][*.txt][one.txt][*.no][/home/student][/home/student/x][a~]",
        );
        check("`echo`", "[1][2][3]");
        check("$1 $2 \"$@\" $# $0 a\"$@\"b", "[one][t][w][o][one][t w o][2][bash][aone][t w ob]");
    }

    #[test]
    fn braces_do_not_make_too_many() {
        check("{1..9999999}", "[{1..9999999}]");
        let many = "{1..100}".repeat(30);
        let word = Word(vec![Part { what: What::Text(many), quoted: false }]);
        assert!(braces(&word).len() <= MOST_WORDS);
    }
}
