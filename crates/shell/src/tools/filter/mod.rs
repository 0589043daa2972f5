//! What may stand behind a pipe: `grep`, `head`, `tail`, `wc`, `sort`, `uniq`, `cat`.
//!
//! Left out on purpose: files. There are none.

mod grep;
mod pattern;
#[cfg(test)]
mod tests;

use super::Output;
use crate::getopt::{Getopt, Item};
use pattern::Syntax;

pub use grep::grep;

/// Runs the filter `args[0]` with its arguments `args[1..]` on `stdin`; `None` if there is no such filter here.
pub fn filter(args: &[String], stdin: &str) -> Option<Output> {
    let (path, args) = args.split_first()?;
    Some(match super::program(path) {
        "grep" => grep(args, stdin),
        "egrep" => grep::grep_with(args, stdin, Syntax::Extended),
        "fgrep" => grep::grep_with(args, stdin, Syntax::Fixed),
        "head" => ends(args, stdin, "head"),
        "tail" => ends(args, stdin, "tail"),
        "wc" => wc(args, stdin),
        "sort" => sort(args, stdin),
        "uniq" => uniq(args, stdin),
        "cat" => cat(args, stdin),
        _ => return None,
    })
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
        lines.sort_by_key(|line| (number(line), *line));
    } else if has('f') {
        lines.sort_by_key(|line| line.to_ascii_uppercase());
    } else {
        lines.sort();
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
