//! Filters, which may follow a pipe: `grep`, `awk`, `head`, `tail`, `wc`, `sort`, `uniq`, `cut`, `tr`, `nl`, `cat`.
//!
//! Files are read by [`super::files`], which takes them for what comes through the pipe.

mod awk;
mod column;
mod cut;
mod grep;
mod pattern;
mod sed;
mod sort;
#[cfg(test)]
mod tests;

pub(in crate::tools) use awk::general;
pub(crate) use awk::{awk, reads_nothing};
pub(crate) use column::column;
pub(crate) use cut::{cut, nl, pager, tr};
pub(crate) use sed::sed;
pub(crate) use sort::{arrange, sort};

use crate::getopt::{Getopt, Item};
use crate::output::{Done, Output, Refusal};
pub(crate) use pattern::{Pattern, Syntax};

/// What `grep` calls what comes through the pipe.
const STDIN: &str = "(standard input)";

/// Runs a filter that says which file it is, or does something else with several; `None` if `name` is no such filter.
pub(crate) fn of_files(name: &str, args: &[String], files: &[(&str, String)]) -> Option<Done> {
    let texts: Vec<(&str, &str)> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
    match name {
        "grep" => Some(grep::grep(args, &texts, Syntax::Basic)),
        "egrep" => Some(grep::grep(args, &texts, Syntax::Extended)),
        "fgrep" => Some(grep::grep(args, &texts, Syntax::Fixed)),
        "wc" => Some(count(args, &texts, true)),
        "head" | "tail" if files.len() > 1 => Some(headed(name, args, &texts)),
        _ => None,
    }
}

/// `head` and `tail` of several files, each below its name.
fn headed(name: &str, args: &[String], files: &[(&str, &str)]) -> Done {
    let mut parts = Vec::new();
    for (file, text) in files {
        parts.push(format!("==> {file} <==\n{}", ends(args, text, name)?.stdout));
    }
    Ok(Output::ok(parts.join("\n")))
}

/// `grep`, `grep -G`
pub(crate) fn grep(args: &[String], stdin: &str) -> Done {
    grep::grep(args, &[(STDIN, stdin)], Syntax::Basic)
}

/// `egrep`, `grep -E`
pub(crate) fn egrep(args: &[String], stdin: &str) -> Done {
    grep::grep(args, &[(STDIN, stdin)], Syntax::Extended)
}

/// `fgrep`, `grep -F`
pub(crate) fn fgrep(args: &[String], stdin: &str) -> Done {
    grep::grep(args, &[(STDIN, stdin)], Syntax::Fixed)
}

/// `head`
pub(crate) fn head(args: &[String], stdin: &str) -> Done {
    ends(args, stdin, "head")
}

/// `tail`
pub(crate) fn tail(args: &[String], stdin: &str) -> Done {
    ends(args, stdin, "tail")
}

/// A refusal that ends with coreutils' hint to try `--help`.
pub(in crate::tools) fn hint(text: String, program: &str) -> Refusal {
    Refusal::new(format!("{text}Try '{program} --help' for more information.\n"), 1)
}

/// Refuses operands that name files: no file exists here. `-` is standard input.
fn no_files(program: &str, words: &[&str]) -> Result<(), Refusal> {
    match words.iter().find(|word| **word != "-") {
        Some(file) => {
            let what = match program {
                "head" | "tail" => format!("cannot open '{file}' for reading"),
                "sort" => format!("cannot read: {file}"),
                _ => (*file).to_owned(),
            };
            Err(Refusal::new(format!("{program}: {what}: No such file or directory\n"), 1))
        }
        None => Ok(()),
    }
}

/// The options of a filter that has only single letters.
fn letters<'a>(args: &'a [String], known: &str, program: &str) -> Result<Vec<(char, &'a str)>, Refusal> {
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
    no_files(program, &words)?;
    Ok(options)
}

/// `head` and `tail`: `-n N`, `-N`, `-n -N`, `-n +N`.
fn ends(args: &[String], stdin: &str, program: &str) -> Done {
    let is_count = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let mut spelled = args.to_vec();
    // The old spelling `-5`, as the first word.
    if let Some(first) = spelled.first_mut()
        && let Some(count) = first.strip_prefix('-').filter(|count| is_count(count))
    {
        *first = format!("-n{count}");
    }
    let options = letters(&spelled, "n:c:qvf", program)?;
    if let Some((_, wanted)) = options.iter().rev().find(|(letter, _)| *letter == 'c') {
        return octets(wanted, stdin, program);
    }
    let wanted = options.iter().rev().find(|(letter, _)| *letter == 'n').map_or("10", |(_, value)| *value);
    let (sign, digits) = match wanted.strip_prefix(['+', '-']) {
        Some(digits) => (wanted.chars().next(), digits),
        None => (None, wanted),
    };
    let Ok(count) = digits.parse::<usize>() else {
        return Err(Refusal::new(format!("{program}: invalid number of lines: ‘{wanted}’\n"), 1));
    };
    let lines: Vec<&str> = stdin.split_inclusive('\n').collect();
    let all = lines.len();
    let (from, to) = match (program, sign) {
        ("head", Some('-')) => (0, all.saturating_sub(count)),
        ("head", _) => (0, count.min(all)),
        (_, Some('+')) => (count.saturating_sub(1).min(all), all),
        _ => (all.saturating_sub(count), all),
    };
    Ok(Output::ok(lines.get(from..to).unwrap_or_default().concat()))
}

/// `head -c N` and `tail -c N`: octets.
fn octets(wanted: &str, stdin: &str, program: &str) -> Done {
    let Some(count) = size(wanted.trim_start_matches(['+', '-'])) else {
        return Err(Refusal::new(format!("{program}: invalid number of bytes: ‘{wanted}’\n"), 1));
    };
    let all = stdin.len();
    let (from, to) = match (program, wanted.starts_with('-'), wanted.starts_with('+')) {
        ("head", true, _) => (0, all.saturating_sub(count)),
        ("head", ..) => (0, count.min(all)),
        (_, _, true) => (count.saturating_sub(1).min(all), all),
        _ => (all.saturating_sub(count), all),
    };
    let octets = stdin.as_bytes().get(from..to).unwrap_or_default();
    Ok(Output::ok(String::from_utf8_lossy(octets)))
}

/// A number of octets: `1000`, `64k`, `1M`.
pub(crate) fn size(word: &str) -> Option<usize> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, unit) = word.split_at(end);
    let unit = match unit {
        "" => 1,
        "b" => 512,
        "kB" => 1000,
        "k" | "K" | "KiB" => 1 << 10,
        "MB" => 1_000_000,
        "M" | "MiB" => 1 << 20,
        _ => return None,
    };
    digits.parse::<usize>().ok()?.checked_mul(unit)
}

/// `wc`
pub(crate) fn wc(args: &[String], stdin: &str) -> Done {
    count(args, &[("", stdin)], false)
}

/// `wc` of files, or of what comes through the pipe. Files know their size beforehand, and so have narrower columns.
fn count(args: &[String], files: &[(&str, &str)], known: bool) -> Done {
    let options = letters(args, "lwcmL", "wc")?;
    let wanted = |letter| match options.as_slice() {
        [] => matches!(letter, 'l' | 'w' | 'c'),
        some => some.iter().any(|(given, _)| *given == letter),
    };
    let counts = |text: &str| -> Vec<(char, usize)> {
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let all = [
            ('l', text.matches('\n').count()),
            ('w', text.split_whitespace().count()),
            ('m', text.chars().count()),
            ('c', text.len()),
            ('L', widest),
        ];
        all.into_iter().filter(|(letter, _)| wanted(*letter)).collect()
    };
    let mut rows: Vec<(&str, Vec<(char, usize)>)> =
        files.iter().map(|(file, text)| (*file, counts(text))).collect();
    let octets: usize = files.iter().map(|(_, text)| text.len()).sum();
    let width = match rows.as_slice() {
        [(_, only)] if only.len() == 1 => 1,
        _ if known => octets.to_string().len(),
        _ => 7,
    };
    if let [(_, first), others @ ..] = rows.as_slice()
        && !others.is_empty()
    {
        let column = |at: usize| rows.iter().filter_map(move |(_, row)| row.get(at).map(|(_, count)| *count));
        let sum = |(at, (letter, _)): (usize, &(char, usize))| match letter {
            'L' => (*letter, column(at).max().unwrap_or(0)),
            _ => (*letter, column(at).sum()),
        };
        let total = first.iter().enumerate().map(sum).collect();
        rows.push(("total", total));
    }
    let row = |(file, counts): &(&str, Vec<(char, usize)>)| {
        let columns: Vec<String> = counts.iter().map(|(_, count)| format!("{count:>width$}")).collect();
        let gap = if file.is_empty() { "" } else { " " };
        format!("{}{gap}{file}\n", columns.join(" "))
    };
    Ok(Output::ok(rows.iter().map(row).collect::<String>()))
}

/// `uniq`
pub(crate) fn uniq(args: &[String], stdin: &str) -> Done {
    let options = letters(args, "cdiu", "uniq")?;
    let has = |letter| options.iter().any(|(given, _)| *given == letter);
    let mut runs: Vec<(usize, &str)> = Vec::new();
    for line in stdin.lines() {
        match runs.last_mut() {
            Some((count, same)) if *same == line || has('i') && same.eq_ignore_ascii_case(line) => {
                *count += 1
            }
            _ => runs.push((1, line)),
        }
    }
    let shown = runs.iter().filter(|(count, _)| !(has('d') && *count < 2 || has('u') && *count > 1));
    let text = |(count, line): &(usize, &str)| match has('c') {
        true => format!("{count:>7} {line}\n"),
        false => format!("{line}\n"),
    };
    Ok(Output::ok(shown.map(text).collect::<String>()))
}

/// `cat`
pub(crate) fn cat(args: &[String], stdin: &str) -> Done {
    let options = letters(args, "nAETv", "cat")?;
    let has = |letters: &str| options.iter().any(|(given, _)| letters.contains(*given));
    let mut out = String::new();
    for (at, line) in stdin.split_inclusive('\n').enumerate() {
        if has("n") {
            out += &format!("{:>6}\t", at + 1);
        }
        let line = if has("AT") { line.replace('\t', "^I") } else { line.to_owned() };
        out += &if has("AE") { line.replace('\n', "$\n") } else { line };
    }
    Ok(Output::ok(out))
}
