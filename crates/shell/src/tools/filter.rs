//! What may stand behind a pipe: `grep`, `head`, `tail`, `wc`, `sort`, `uniq`, `cat`.
//!
//! Left out on purpose: files. There are none.

use super::Output;
use super::getopt::{Getopt, Item, Long};
use super::pattern::{Pattern, PatternError, Syntax, word};
use std::collections::BTreeSet;

/// Runs the filter `args[0]` with its arguments `args[1..]` on `stdin`; `None` if there is no such filter here.
pub fn filter(args: &[String], stdin: &str) -> Option<Output> {
    let (path, args) = args.split_first()?;
    Some(match super::program(path) {
        "grep" => grep(args, stdin),
        "egrep" => grep_with(args, stdin, Syntax::Extended),
        "fgrep" => grep_with(args, stdin, Syntax::Fixed),
        "head" => ends(args, stdin, "head"),
        "tail" => ends(args, stdin, "tail"),
        "wc" => wc(args, stdin),
        "sort" => sort(args, stdin),
        "uniq" => uniq(args, stdin),
        "cat" => cat(args, stdin),
        _ => return None,
    })
}

/// `grep` with its arguments, pattern and all, without its name. Exit code 1 if nothing fits, 2 on a mistake.
pub fn grep(args: &[String], input: &str) -> Output {
    grep_with(args, input, Syntax::Basic)
}

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
    most: usize,
    before: usize,
    after: usize,
}

fn grep_with(args: &[String], input: &str, syntax: Syntax) -> Output {
    let grep = match Grep::read(args, syntax) {
        Ok(grep) => grep,
        Err(output) => return output,
    };
    let patterns: Result<Vec<Pattern>, PatternError> =
        grep.patterns.iter().map(|text| Pattern::new(text, grep.syntax, grep.fold)).collect();
    match patterns {
        Ok(patterns) => grep.run(&patterns, input),
        Err(error) => Output::err(format!("grep: {error}\n"), 2),
    }
}

impl Grep {
    fn read(args: &[String], syntax: Syntax) -> Result<Grep, Output> {
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
            most: usize::MAX,
            before: 0,
            after: 0,
        };
        let mut words = Vec::new();
        let mut scan = Getopt::new(args);
        while let Some(item) = scan.item("EFGPe:iyvwxcoqsnhHam:A:B:C:U", &[GREP_LONGS]) {
            match item {
                Item::Word(word) => words.push(word),
                Item::Bad(bad) => return Err(Output::err(bad.message("grep") + GREP_USAGE, 2)),
                Item::Option(letter, value) => grep.set(letter, value.unwrap_or_default())?,
            }
        }
        let mut words = words.into_iter();
        if grep.patterns.is_empty() {
            let Some(pattern) = words.next() else {
                return Err(Output::err(GREP_USAGE, 2));
            };
            grep.patterns = pattern.split('\n').map(str::to_owned).collect();
        }
        match words.find(|word| *word != "-") {
            Some(file) => Err(Output::err(format!("grep: {file}: No such file or directory\n"), 2)),
            None => Ok(grep),
        }
    }

    fn set(&mut self, letter: char, value: &str) -> Result<(), Output> {
        let context = || {
            let text = format!("grep: {value}: invalid context length argument\n");
            value.parse::<usize>().map_err(|_| Output::err(text, 2))
        };
        match letter {
            'E' | 'P' => self.syntax = Syntax::Extended,
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
            'm' => {
                let bad = |_| Output::err("grep: invalid max count\n", 2);
                self.most = value.parse().map_err(bad)?;
            }
            'A' => self.after = context()?,
            'B' => self.before = context()?,
            'C' => (self.before, self.after) = (context()?, context()?),
            _ => {}
        }
        Ok(())
    }

    fn run(&self, patterns: &[Pattern], input: &str) -> Output {
        let lines: Vec<&str> = input.lines().collect();
        let fits = |line: &&str| self.matches(patterns, line).is_empty() == self.invert;
        let chosen: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| fits(line))
            .map(|(at, _)| at)
            .take(self.most)
            .collect();
        let stdout = if self.quiet {
            String::new()
        } else if self.count {
            format!("{}\n", chosen.len())
        } else {
            self.print(patterns, &lines, &chosen)
        };
        Output { stdout, stderr: String::new(), exit_code: i32::from(chosen.is_empty()) }
    }

    fn print(&self, patterns: &[Pattern], lines: &[&str], chosen: &[usize]) -> String {
        let mut out = String::new();
        let context = !self.only && (self.before > 0 || self.after > 0);
        let shown: BTreeSet<usize> = chosen
            .iter()
            .flat_map(|at| {
                at.saturating_sub(self.before)
                    ..at.saturating_add(self.after).saturating_add(1).min(lines.len())
            })
            .collect();
        let mut last = None;
        for at in if context { shown.into_iter().collect() } else { chosen.to_vec() } {
            let Some(line) = lines.get(at) else {
                continue;
            };
            if context && last.is_some_and(|last| last + 1 < at) {
                out += "--\n";
            }
            last = Some(at);
            let mark = if chosen.binary_search(&at).is_ok() { ':' } else { '-' };
            let number = if self.numbers { format!("{}{mark}", at + 1) } else { String::new() };
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

    /// The pieces of `line` that fit; only the first unless all are to be printed.
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

    /// With `-x` the piece is the whole line, with `-w` no letter stands beside it.
    fn accepts(&self, line: &[char], begin: usize, end: usize) -> bool {
        let is_word = |at: Option<usize>| at.and_then(|at| line.get(at)).is_some_and(|c| word(*c));
        let whole = begin == 0 && end == line.len();
        let alone = !is_word(begin.checked_sub(1)) && !is_word(Some(end));
        (!self.lines || whole) && (!self.words || alone && begin < end)
    }
}

/// A message in the manner of coreutils.
fn hint(text: String, program: &str) -> Output {
    Output::err(format!("{text}Try '{program} --help' for more information.\n"), 1)
}

/// Files cannot be read.
fn no_files(program: &str, words: &[&str]) -> Option<Output> {
    let file = words.iter().find(|word| **word != "-")?;
    Some(Output::err(format!("{program}: {file}: No such file or directory\n"), 1))
}

/// The options of a filter that has letters alone.
fn letters<'a>(args: &'a [String], known: &str, program: &str) -> Result<Vec<(char, &'a str)>, Output> {
    let mut options = Vec::new();
    let mut words = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(known, &[]) {
        match item {
            Item::Option(letter, value) => options.push((letter, value.unwrap_or_default())),
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(hint(bad.message(program), program)),
        }
    }
    match no_files(program, &words) {
        Some(output) => Err(output),
        None => Ok(options),
    }
}

/// `head` and `tail`: `-n N`, `-N`, `-n -N`, `-n +N`.
fn ends(args: &[String], stdin: &str, program: &str) -> Output {
    let is_count = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let mut spelled = args.to_vec();
    // The old spelling `-5`, as the first word.
    if let Some(first) = spelled.first_mut()
        && let Some(count) = first.strip_prefix('-').filter(|count| is_count(count))
    {
        *first = format!("-n{count}");
    }
    let options = match letters(&spelled, "n:qvf", program) {
        Ok(options) => options,
        Err(output) => return output,
    };
    let wanted = options.iter().rev().find(|(letter, _)| *letter == 'n').map_or("10", |(_, value)| *value);
    let (sign, digits) = match wanted.strip_prefix(['+', '-']) {
        Some(digits) => (wanted.chars().next(), digits),
        None => (None, wanted),
    };
    let Ok(count) = digits.parse::<usize>() else {
        return Output::err(format!("{program}: invalid number of lines: ‘{wanted}’\n"), 1);
    };
    let lines: Vec<&str> = stdin.split_inclusive('\n').collect();
    let all = lines.len();
    let (from, to) = match (program, sign) {
        ("head", Some('-')) => (0, all.saturating_sub(count)),
        ("head", _) => (0, count.min(all)),
        (_, Some('+')) => (count.saturating_sub(1).min(all), all),
        _ => (all.saturating_sub(count), all),
    };
    Output::ok(lines.get(from..to).unwrap_or_default().concat())
}

fn wc(args: &[String], stdin: &str) -> Output {
    let options = match letters(args, "lwcmL", "wc") {
        Ok(options) => options,
        Err(output) => return output,
    };
    let counts = [
        ('l', stdin.matches('\n').count()),
        ('w', stdin.split_whitespace().count()),
        ('m', stdin.chars().count()),
        ('c', stdin.len()),
        ('L', stdin.lines().map(|line| line.chars().count()).max().unwrap_or(0)),
    ];
    let wanted = |letter| match options.as_slice() {
        [] => matches!(letter, 'l' | 'w' | 'c'),
        some => some.iter().any(|(given, _)| *given == letter),
    };
    let shown: Vec<usize> =
        counts.iter().filter(|(letter, _)| wanted(*letter)).map(|(_, count)| *count).collect();
    match shown.as_slice() {
        [only] => Output::ok(format!("{only}\n")),
        several => {
            let columns: Vec<String> = several.iter().map(|count| format!("{count:>7}")).collect();
            Output::ok(columns.join(" ") + "\n")
        }
    }
}

fn sort(args: &[String], stdin: &str) -> Output {
    let options = match letters(args, "rnuf", "sort") {
        Ok(options) => options,
        Err(output) => return Output { exit_code: 2, ..output },
    };
    let has = |letter| options.iter().any(|(given, _)| *given == letter);
    let mut lines: Vec<&str> = stdin.lines().collect();
    let number = |line: &str| {
        let line = line.trim_start();
        let end = line.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(line.len());
        line.get(..end).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or(0)
    };
    if has('n') {
        lines.sort_by(|a, b| number(a).cmp(&number(b)).then(a.cmp(b)));
    } else if has('f') {
        lines.sort_by_key(|line| line.to_uppercase());
    } else {
        lines.sort_unstable();
    }
    if has('r') {
        lines.reverse();
    }
    if has('u') {
        lines.dedup();
    }
    Output::ok(lines.iter().map(|line| format!("{line}\n")).collect::<String>())
}

fn uniq(args: &[String], stdin: &str) -> Output {
    let options = match letters(args, "cdu", "uniq") {
        Ok(options) => options,
        Err(output) => return output,
    };
    let has = |letter| options.iter().any(|(given, _)| *given == letter);
    let mut runs: Vec<(usize, &str)> = Vec::new();
    for line in stdin.lines() {
        match runs.last_mut() {
            Some((count, same)) if *same == line => *count += 1,
            _ => runs.push((1, line)),
        }
    }
    let shown = runs.iter().filter(|(count, _)| !(has('d') && *count < 2 || has('u') && *count > 1));
    let text = |(count, line): &(usize, &str)| match has('c') {
        true => format!("{count:>7} {line}\n"),
        false => format!("{line}\n"),
    };
    Output::ok(shown.map(text).collect::<String>())
}

fn cat(args: &[String], stdin: &str) -> Output {
    let options = match letters(args, "nAETv", "cat") {
        Ok(options) => options,
        Err(output) => return output,
    };
    let has = |letters: &str| options.iter().any(|(given, _)| letters.contains(*given));
    let mut out = String::new();
    for (at, line) in stdin.split_inclusive('\n').enumerate() {
        if has("n") {
            out += &format!("{:>6}\t", at + 1);
        }
        let line = if has("AT") { line.replace('\t', "^I") } else { line.to_owned() };
        out += &if has("AE") { line.replace('\n', "$\n") } else { line };
    }
    Output::ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    const INPUT: &str = "tcp 0.0.0.0:5555 LISTEN\ntcp 10.211.55.2:43920 ESTABLISHED\ntcp 10.211.55.2:5555 TIME_WAIT\n\nudp 5555\n";

    fn check(lines: &str, expect: Expect) {
        let mut seen = String::new();
        for line in lines.lines().map(str::trim) {
            let args: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let output = filter(&args, INPUT).expect("a filter of that name");
            seen += &format!("| {line}\n{}{}", output.stdout, output.stderr);
            if output.exit_code != 0 {
                seen += &format!("[exit {}]\n", output.exit_code);
            }
        }
        expect.assert_eq(&seen);
    }

    #[test]
    fn greps() {
        check(
            "grep 5555
             grep -v 5555
             grep -ic estab
             grep -w TIME
             grep -E LISTEN|WAIT
             egrep -on [0-9]+$
             grep -c nothing
             grep -n -A1 ESTAB
             grep -x udp.*
             grep -F 0.0
             grep -e udp -e LISTEN
             grep -q 5555
             grep -m1 tcp
             grep [
             grep [a
             grep a\\{2
             grep -E (
             grep
             grep -K a
             grep --foo a
             grep 5555 file",
            expect![[r#"
                | grep 5555
                tcp 0.0.0.0:5555 LISTEN
                tcp 10.211.55.2:5555 TIME_WAIT
                udp 5555
                | grep -v 5555
                tcp 10.211.55.2:43920 ESTABLISHED

                | grep -ic estab
                1
                | grep -w TIME
                [exit 1]
                | grep -E LISTEN|WAIT
                tcp 0.0.0.0:5555 LISTEN
                tcp 10.211.55.2:5555 TIME_WAIT
                | egrep -on [0-9]+$
                5:5555
                | grep -c nothing
                0
                [exit 1]
                | grep -n -A1 ESTAB
                2:tcp 10.211.55.2:43920 ESTABLISHED
                3-tcp 10.211.55.2:5555 TIME_WAIT
                | grep -x udp.*
                udp 5555
                | grep -F 0.0
                tcp 0.0.0.0:5555 LISTEN
                | grep -e udp -e LISTEN
                tcp 0.0.0.0:5555 LISTEN
                udp 5555
                | grep -q 5555
                | grep -m1 tcp
                tcp 0.0.0.0:5555 LISTEN
                | grep [
                grep: Invalid regular expression
                [exit 2]
                | grep [a
                grep: Unmatched [, [^, [:, [., or [=
                [exit 2]
                | grep a\{2
                grep: Unmatched \{
                [exit 2]
                | grep -E (
                grep: Unmatched ( or \(
                [exit 2]
                | grep
                Usage: grep [OPTION]... PATTERNS [FILE]...
                Try 'grep --help' for more information.
                [exit 2]
                | grep -K a
                grep: invalid option -- 'K'
                Usage: grep [OPTION]... PATTERNS [FILE]...
                Try 'grep --help' for more information.
                [exit 2]
                | grep --foo a
                grep: unrecognized option '--foo'
                Usage: grep [OPTION]... PATTERNS [FILE]...
                Try 'grep --help' for more information.
                [exit 2]
                | grep 5555 file
                grep: file: No such file or directory
                [exit 2]
            "#]],
        );
    }

    #[test]
    fn other_filters() {
        check(
            "head -n 1
             head -2
             head -n -4
             head -n x
             tail -n 1
             tail -1
             tail -n +4
             wc -l
             wc
             wc -k
             sort
             sort -rn
             sort -k
             uniq -c
             cat
             cat -n
             cat file",
            expect![[r#"
                | head -n 1
                tcp 0.0.0.0:5555 LISTEN
                | head -2
                tcp 0.0.0.0:5555 LISTEN
                tcp 10.211.55.2:43920 ESTABLISHED
                | head -n -4
                tcp 0.0.0.0:5555 LISTEN
                | head -n x
                head: invalid number of lines: ‘x’
                [exit 1]
                | tail -n 1
                udp 5555
                | tail -1
                udp 5555
                | tail -n +4

                udp 5555
                | wc -l
                5
                | wc
                      5      11      99
                | wc -k
                wc: invalid option -- 'k'
                Try 'wc --help' for more information.
                [exit 1]
                | sort

                tcp 0.0.0.0:5555 LISTEN
                tcp 10.211.55.2:43920 ESTABLISHED
                tcp 10.211.55.2:5555 TIME_WAIT
                udp 5555
                | sort -rn
                udp 5555
                tcp 10.211.55.2:5555 TIME_WAIT
                tcp 10.211.55.2:43920 ESTABLISHED
                tcp 0.0.0.0:5555 LISTEN

                | sort -k
                sort: invalid option -- 'k'
                Try 'sort --help' for more information.
                [exit 2]
                | uniq -c
                      1 tcp 0.0.0.0:5555 LISTEN
                      1 tcp 10.211.55.2:43920 ESTABLISHED
                      1 tcp 10.211.55.2:5555 TIME_WAIT
                      1 
                      1 udp 5555
                | cat
                tcp 0.0.0.0:5555 LISTEN
                tcp 10.211.55.2:43920 ESTABLISHED
                tcp 10.211.55.2:5555 TIME_WAIT

                udp 5555
                | cat -n
                     1	tcp 0.0.0.0:5555 LISTEN
                     2	tcp 10.211.55.2:43920 ESTABLISHED
                     3	tcp 10.211.55.2:5555 TIME_WAIT
                     4	
                     5	udp 5555
                | cat file
                cat: file: No such file or directory
                [exit 1]
            "#]],
        );
    }
}
