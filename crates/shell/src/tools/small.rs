//! `basename`, `dirname`, `tac`, `rev`, `paste` and `dd`.
//!
//! Left out on purpose: `tac` with other separators, and `dd` with conversions, `skip` and `seek`.

use super::OnHost;
use super::device::{MOST, is_endless, octets};
use super::files::{self, nothing_to_read};
use super::filter::{hint, size};
use crate::files::FileError;
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};

/// `basename NAME [SUFFIX]`, `basename -a NAME …`
pub(crate) fn basename(args: &[String], _here: &mut OnHost<'_>) -> Done {
    const LONGS: &[Long] = &[Long::flag("multiple", 'a'), Long::with("suffix", 's'), Long::flag("zero", 'z')];
    let (mut several, mut suffix, mut end, mut words) = (false, "", "\n", Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("as:z", &[LONGS]) {
        match item {
            Item::Option('s', given) => (several, suffix) = (true, given.unwrap_or_default()),
            Item::Option('z', _) => end = "\0",
            Item::Option(..) => several = true,
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(hint(bad.message("basename"), "basename")),
        }
    }
    match words.as_slice() {
        [] => return Err(hint("basename: missing operand\n".to_owned(), "basename")),
        _ if several => {}
        [_] => {}
        [_, given] => {
            suffix = given;
            words.truncate(1);
        }
        [_, _, more, ..] => return Err(hint(format!("basename: extra operand ‘{more}’\n"), "basename")),
    }
    let last = |word: &str| {
        let trimmed = word.trim_end_matches('/');
        let last = if trimmed.is_empty() { &word[..word.len().min(1)] } else { trimmed };
        let last = last.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or(last);
        let cut = last.strip_suffix(suffix).filter(|cut| !cut.is_empty()).unwrap_or(last);
        format!("{cut}{end}")
    };
    Ok(Output::ok(words.into_iter().map(last).collect::<String>()))
}

/// `dirname NAME …`
pub(crate) fn dirname(args: &[String], _here: &mut OnHost<'_>) -> Done {
    let (mut end, mut words) = ("\n", Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("z", &[&[Long::flag("zero", 'z')]]) {
        match item {
            Item::Option(..) => end = "\0",
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(hint(bad.message("dirname"), "dirname")),
        }
    }
    if words.is_empty() {
        return Err(hint("dirname: missing operand\n".to_owned(), "dirname"));
    }
    let directory = |word: &str| {
        let shown = match word.trim_end_matches('/').rsplit_once('/') {
            Some((before, _)) if before.trim_end_matches('/').is_empty() => "/",
            Some((before, _)) => before.trim_end_matches('/'),
            None if word.starts_with('/') => "/",
            None => ".",
        };
        format!("{shown}{end}")
    };
    Ok(Output::ok(words.into_iter().map(directory).collect::<String>()))
}

/// The texts of the files that a filter names, or of its input, with what it says of those that it cannot read.
fn texts(
    (name, says): (&str, fn(&str, FileError) -> String),
    words: &[&str],
    stdin: Option<&str>,
    here: &mut OnHost<'_>,
) -> Result<(Vec<String>, Output), Refusal> {
    let (mut texts, mut output) = (Vec::new(), Output::default());
    let words = if words.is_empty() { &["-"] } else { words };
    for word in words {
        let text = match *word {
            "-" => Ok(stdin.ok_or_else(|| nothing_to_read(name))?.to_owned()),
            word => files::read(word, here),
        };
        match text {
            Ok(text) => texts.push(text),
            Err(why) => {
                output.stderr += &format!("{name}: {}\n", says(word, why));
                output.exit_code = 1;
            }
        }
    }
    Ok((texts, output))
}

/// The words of a filter without options.
fn plain<'a>(name: &str, args: &'a [String]) -> Result<Vec<&'a str>, Refusal> {
    let mut words = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("", &[]) {
        match item {
            Item::Word(word) => words.push(word),
            Item::Option(..) => {}
            Item::Bad(bad) => return Err(hint(bad.message(name), name)),
        }
    }
    Ok(words)
}

/// `tac [FILE …]`
pub(crate) fn tac(args: &[String], stdin: Option<&str>, here: &mut OnHost<'_>) -> Done {
    let says = |word: &str, why| format!("failed to open '{word}' for reading: {why}");
    let (texts, mut output) = texts(("tac", says), &plain("tac", args)?, stdin, here)?;
    output.stdout = texts.iter().flat_map(|text| text.split_inclusive('\n').rev()).collect();
    Ok(output)
}

/// `rev [FILE …]`
pub(crate) fn rev(args: &[String], stdin: Option<&str>, here: &mut OnHost<'_>) -> Done {
    let says = |word: &str, why| format!("cannot open {word}: {why}");
    let (texts, mut output) = texts(("rev", says), &plain("rev", args)?, stdin, here)?;
    for line in texts.iter().flat_map(|text| text.split_inclusive('\n')) {
        let bare = line.strip_suffix('\n');
        output.stdout.extend(bare.unwrap_or(line).chars().rev());
        output.stdout.extend(bare.map(|_| '\n'));
    }
    Ok(output)
}

/// `paste [-s] [-d LETTERS] [FILE …]`: lines side by side, or one after the other.
pub(crate) fn paste(args: &[String], stdin: Option<&str>, here: &mut OnHost<'_>) -> Done {
    const LONGS: &[Long] = &[Long::flag("serial", 's'), Long::with("delimiters", 'd')];
    let (mut serial, mut between, mut words) = (false, vec!["\t".to_owned()], Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("sd:", &[LONGS]) {
        match item {
            Item::Option('d', letters) => between = delimiters(letters.unwrap_or_default()),
            Item::Option(..) => serial = true,
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(hint(bad.message("paste"), "paste")),
        }
    }
    let (texts, mut output) = texts(("paste", |word, why| format!("{word}: {why}")), &words, stdin, here)?;
    if output.exit_code != 0 && !serial {
        return Ok(output);
    }
    if serial {
        for text in &texts {
            let joined = text.lines().enumerate().map(|(at, line)| match at {
                0 => line.to_owned(),
                _ => format!("{}{line}", between[(at - 1) % between.len()]),
            });
            output.stdout += &(joined.collect::<String>() + "\n");
        }
        return Ok(output);
    }
    // Each `-` takes the next line of the same input.
    let mut lines: Vec<std::str::Lines<'_>> = texts.iter().map(|text| text.lines()).collect();
    let is_input: Vec<bool> = words.iter().map(|word| *word == "-").collect();
    let input = is_input.iter().position(|is| *is);
    loop {
        let (mut row, mut any) = (String::new(), false);
        for at in 0..lines.len() {
            let from = input.filter(|_| is_input.get(at) == Some(&true)).unwrap_or(at);
            let next = lines[from].next();
            any |= next.is_some();
            if at > 0 {
                row += &between[(at - 1) % between.len()];
            }
            row += next.unwrap_or_default();
        }
        if !any {
            return Ok(output);
        }
        output.stdout += &(row + "\n");
    }
}

/// The delimiters of `-d`: letters, `\n`, `\t`, `\\`, and `\0` for none.
fn delimiters(letters: &str) -> Vec<String> {
    let (mut all, mut letters) = (Vec::new(), letters.chars());
    while let Some(letter) = letters.next() {
        all.push(match (letter, letters.as_str().chars().next()) {
            ('\\', Some(escaped)) => {
                letters.next();
                match escaped {
                    'n' => "\n".to_owned(),
                    't' => "\t".to_owned(),
                    '0' => String::new(),
                    other => other.to_string(),
                }
            }
            _ => letter.to_string(),
        });
    }
    if all.is_empty() { vec![String::new()] } else { all }
}

/// What `dd` is asked for.
struct Copied<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    block: usize,
    count: Option<usize>,
    status: &'a str,
}

/// `dd [if=FILE] [of=FILE] [bs=SIZE] [count=BLOCKS] [status=none]`
pub(crate) fn dd(args: &[String], stdin: Option<&str>, here: &mut OnHost<'_>) -> Done {
    let mut asked = Copied { from: None, to: None, block: 512, count: None, status: "" };
    for word in args {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let number = || {
            let parsed = size(value).ok_or_else(|| format!("dd: invalid number: ‘{value}’\n"));
            parsed.map_err(|why| Refusal::new(why, 1))
        };
        match name {
            "if" => asked.from = Some(value),
            "of" => asked.to = Some(value),
            "bs" if number()? == 0 => {
                return Err(Refusal::new(format!("dd: invalid number: ‘{value}’\n"), 1));
            }
            "bs" => asked.block = number()?,
            "count" => asked.count = Some(number()?),
            "status" => asked.status = value,
            "ibs" | "obs" | "cbs" | "skip" | "iseek" | "seek" | "oseek" | "conv" | "iflag" | "oflag"
                if word.contains('=') =>
            {
                let near = "if, of, bs, count and status";
                return Err(Refusal::new(format!("dd: this lab's dd has no {name}=; near it: {near}\n"), 1));
            }
            _ => return Err(hint(format!("dd: unrecognized operand ‘{word}’\n"), "dd")),
        }
    }
    let most = asked.count.map(|count| count.saturating_mul(asked.block));
    let mut text = match asked.from {
        None => stdin.ok_or_else(|| nothing_to_read("dd"))?.to_owned(),
        Some(path) if is_endless(path) => {
            let fits = most.filter(|most| *most <= MOST);
            let why = format!("dd: {path} never ends; bs=1k count=10 reads a part, of at most 16 MiB here\n");
            octets(path, fits.ok_or_else(|| Refusal::new(why, 1))?, here)
        }
        Some(path) => files::read(path, here)
            .map_err(|why| Refusal::new(format!("dd: failed to open '{path}': {why}\n"), 1))?,
    };
    let mut end = most.unwrap_or(text.len()).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text.truncate(end);
    let (whole, part) = (text.len() / asked.block, text.len() % asked.block);
    let mut output = Output::default();
    if let Some(path) = asked.to {
        let says = |what: &str, why: FileError| Refusal::new(format!("dd: {what} '{path}': {why}\n"), 1);
        files::open(here, path, false).map_err(|why| says("failed to open", why))?;
        files::append(here, path, &text).map_err(|why| says("error writing", why))?;
    } else {
        output.stdout = text.clone();
    }
    if asked.status != "none" {
        let records = format!("{whole}+{}", u32::from(part > 0));
        output.stderr = format!("{records} records in\n{records} records out\n");
        if asked.status != "noxfer" {
            output.stderr += &copied(text.len());
        }
    }
    Ok(output)
}

/// The last line of `dd`. Here it takes no time.
fn copied(octets: usize) -> String {
    let plural = if octets == 1 { "" } else { "s" };
    let mut sizes: Vec<String> = Vec::new();
    if octets >= 1000 {
        sizes.push(human(octets, 1000, "kMG", "B"));
    }
    if octets >= 1024 {
        sizes.push(human(octets, 1024, "KMG", "iB"));
    }
    let sizes = if sizes.is_empty() { String::new() } else { format!(" ({})", sizes.join(", ")) };
    format!("{octets} byte{plural}{sizes} copied, 0 s, Infinity B/s\n")
}

/// A size with one digit after the point below ten, rounded to the nearest.
fn human(octets: usize, base: usize, units: &str, after: &str) -> String {
    let (mut unit, mut at) = (base, 0);
    while octets / unit >= base && at + 1 < units.len() {
        unit *= base;
        at += 1;
    }
    let tenths = (octets * 10 + unit / 2) / unit;
    let letter = &units[at..=at];
    match tenths {
        0..100 => format!("{}.{} {letter}{after}", tenths / 10, tenths % 10),
        _ => format!("{} {letter}{after}", (octets + unit / 2) / unit),
    }
}
