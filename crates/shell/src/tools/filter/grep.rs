//! GNU `grep`.

use super::pattern::{Pattern, PatternError, Syntax, word};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};

const GREP_LONGS: &[Long] = &[
    Long::flag("extended-regexp", 'E'),
    Long::flag("fixed-strings", 'F'),
    Long::flag("basic-regexp", 'G'),
    Long::with("regexp", 'e'),
    Long::flag("ignore-case", 'i'),
    Long::flag("invert-match", 'v'),
    Long::flag("word-regexp", 'w'),
    Long::flag("line-regexp", 'x'),
    Long::flag("count", 'c'),
    Long::flag("only-matching", 'o'),
    Long::flag("quiet", 'q'),
    Long::flag("silent", 'q'),
    Long::flag("line-number", 'n'),
    Long::flag("perl-regexp", 'P'),
    Long::flag("with-filename", 'H'),
    Long::flag("no-filename", 'h'),
    Long::flag("files-with-matches", 'l'),
    Long::flag("files-without-match", 'L'),
    Long::with("max-count", 'm'),
    Long::with("after-context", 'A'),
    Long::with("before-context", 'B'),
    Long::with("context", 'C'),
    Long::perhaps("color", '@'),
    Long::perhaps("colour", '@'),
    Long::flag("line-buffered", '@'),
];

const GREP_USAGE: &str =
    "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

struct Grep {
    syntax: Syntax,
    patterns: Vec<String>,
    fold: bool,
    invert: bool,
    words: bool,
    lines: bool,
    count: bool,
    only: bool,
    quiet: bool,
    numbers: bool,
    /// Whether each line begins with the name of its file; unless it is said, where there are several.
    named: Option<bool>,
    /// Names of files instead of lines: of those in which something is found, or nothing.
    listed: Option<bool>,
    most: usize,
    before: usize,
    after: usize,
}

/// Runs `grep`, `egrep` or `fgrep` on files, each with its name; they read the pattern as `syntax` unless an option says
/// otherwise. `args` does not include the name. The exit code is 1 if no line matches, and 2 on a mistake.
pub(super) fn grep(args: &[String], files: &[(&str, &str)], syntax: Syntax) -> Done {
    let grep = Grep::read(args, syntax)?;
    let patterns: Result<Vec<Pattern>, PatternError> =
        grep.patterns.iter().map(|text| Pattern::new(text, grep.syntax, grep.fold)).collect();
    let patterns = patterns.map_err(|error| Refusal::new(format!("grep: {error}\n"), 2))?;
    let mut output = Output { exit_code: 1, ..Output::default() };
    for file in files {
        let (stdout, found) = grep.run(&patterns, *file, grep.named.unwrap_or(files.len() > 1));
        output.stdout += &stdout;
        if found {
            output.exit_code = 0;
        }
    }
    Ok(output)
}

impl Grep {
    fn read(args: &[String], syntax: Syntax) -> Result<Grep, Refusal> {
        let mut grep = Grep {
            syntax,
            patterns: Vec::new(),
            fold: false,
            invert: false,
            words: false,
            lines: false,
            count: false,
            only: false,
            quiet: false,
            numbers: false,
            named: None,
            listed: None,
            most: usize::MAX,
            before: 0,
            after: 0,
        };
        let mut words = Vec::new();
        let mut scan = Getopt::new(args);
        while let Some(item) = scan.item("EFGPe:iyvwxcoqsnhHlLam:A:B:C:U", &[GREP_LONGS]) {
            match item {
                Item::Word(word) => words.push(word),
                Item::Bad(bad) => return Err(Refusal::new(bad.message("grep") + GREP_USAGE, 2)),
                Item::Option(letter, value) => grep.set(letter, value.unwrap_or_default())?,
            }
        }
        let mut words = words.into_iter();
        if grep.patterns.is_empty() {
            let Some(pattern) = words.next() else {
                return Err(Refusal::new(GREP_USAGE, 2));
            };
            grep.patterns = pattern.split('\n').map(str::to_owned).collect();
        }
        match words.find(|word| *word != "-") {
            Some(file) => Err(Refusal::new(format!("grep: {file}: No such file or directory\n"), 2)),
            None => Ok(grep),
        }
    }

    fn set(&mut self, letter: char, value: &str) -> Result<(), Refusal> {
        let context = || {
            let text = format!("grep: {value}: invalid context length argument\n");
            value.parse::<usize>().map_err(|_| Refusal::new(text, 2))
        };
        match letter {
            'E' => self.syntax = Syntax::Extended,
            'P' => self.syntax = Syntax::Perl,
            'F' => self.syntax = Syntax::Fixed,
            'G' => self.syntax = Syntax::Basic,
            'e' => self.patterns.extend(value.split('\n').map(str::to_owned)),
            'i' | 'y' => self.fold = true,
            'v' => self.invert = true,
            'w' => self.words = true,
            'x' => self.lines = true,
            'c' => self.count = true,
            'o' => self.only = true,
            'q' => self.quiet = true,
            'n' => self.numbers = true,
            'H' | 'h' => self.named = Some(letter == 'H'),
            'l' | 'L' => self.listed = Some(letter == 'l'),
            'm' => {
                let bad = |_| Refusal::new("grep: invalid max count\n", 2);
                self.most = value.parse().map_err(bad)?;
            }
            'A' => self.after = context()?,
            'B' => self.before = context()?,
            'C' => (self.before, self.after) = (context()?, context()?),
            _ => {}
        }
        Ok(())
    }

    /// What is printed of a file, and whether that counts as found.
    fn run(&self, patterns: &[Pattern], (file, text): (&str, &str), named: bool) -> (String, bool) {
        let lines: Vec<&str> = text.lines().collect();
        let fits = |line: &&str| self.matches(patterns, line).is_empty() == self.invert;
        let chosen: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| fits(line))
            .map(|(at, _)| at)
            .take(self.most)
            .collect();
        let found = chosen.is_empty() != self.listed.unwrap_or(true);
        let name = |mark: char| if named { format!("{file}{mark}") } else { String::new() };
        let stdout = match self.listed {
            _ if self.quiet => String::new(),
            Some(_) if found => format!("{file}\n"),
            Some(_) => String::new(),
            None if self.count => format!("{}{}\n", name(':'), chosen.len()),
            None => self.print(patterns, &lines, &chosen, name),
        };
        (stdout, found)
    }

    fn print(
        &self,
        patterns: &[Pattern],
        lines: &[&str],
        chosen: &[usize],
        name: impl Fn(char) -> String,
    ) -> String {
        let mut out = String::new();
        let context = !self.only && (self.before > 0 || self.after > 0);
        let mut shown: Vec<usize> = Vec::new();
        for at in chosen {
            // Both grow from line to line. Lines in an overlap are shown once.
            let begin = at.saturating_sub(self.before).max(shown.last().map_or(0, |last| last + 1));
            shown.extend(begin..at.saturating_add(self.after).saturating_add(1).min(lines.len()));
        }
        let mut last = None;
        for at in if context { shown } else { chosen.to_vec() } {
            let Some(line) = lines.get(at) else {
                continue;
            };
            if context && last.is_some_and(|last| last + 1 < at) {
                out += "--\n";
            }
            last = Some(at);
            let mark = if chosen.binary_search(&at).is_ok() { ':' } else { '-' };
            let number = if self.numbers { format!("{}{mark}", at + 1) } else { String::new() };
            let number = name(mark) + &number;
            if !self.only {
                out += &format!("{number}{line}\n");
                continue;
            }
            for piece in self.matches(patterns, line).into_iter().filter(|_| !self.invert) {
                if !piece.is_empty() {
                    out += &format!("{number}{piece}\n");
                }
            }
        }
        out
    }

    /// The parts of `line` that match; only the first unless all are to be printed.
    fn matches(&self, patterns: &[Pattern], line: &str) -> Vec<String> {
        let chars: Vec<char> = line.chars().collect();
        let mut pieces = Vec::new();
        let mut from = 0;
        while from <= chars.len() {
            let next = patterns.iter().filter_map(|pattern| pattern.find(&chars, from));
            let Some((begin, end)) = next.min_by_key(|(begin, end)| (*begin, usize::MAX - end)) else {
                break;
            };
            from = if self.accepts(&chars, begin, end) { end.max(begin + 1) } else { begin + 1 };
            if self.accepts(&chars, begin, end) {
                pieces.push(chars.get(begin..end).unwrap_or_default().iter().collect());
                if !self.only {
                    break;
                }
            }
        }
        pieces
    }

    /// Whether `-x` and `-w` accept a match: with `-x` it must be the whole line, with `-w` no word character may be
    /// next to it.
    fn accepts(&self, line: &[char], begin: usize, end: usize) -> bool {
        let is_word = |at: Option<usize>| at.and_then(|at| line.get(at)).is_some_and(|c| word(*c));
        let whole = begin == 0 && end == line.len();
        let alone = !is_word(begin.checked_sub(1)) && !is_word(Some(end));
        (!self.lines || whole) && (!self.words || alone && begin < end)
    }
}
