//! `column` of util-linux: with `-t` a table; otherwise columns as wide as a terminal.

use super::no_files;
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};

/// Columns of a terminal.
const WIDTH: usize = 80;
/// A tab stop.
const TAB: usize = 8;

const LONGS: &[Long] = &[
    Long::flag("table", 't'),
    Long::with("separator", 's'),
    Long::with("output-separator", 'o'),
    Long::with("output-width", 'c'),
];

/// `column [-t] [-s LETTERS] [-o TEXT]`
pub(crate) fn column(args: &[String], stdin: &str) -> Done {
    let (mut table, mut by, mut between, mut width, mut words) = (false, None, "  ", WIDTH, Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("ts:o:c:xe", &[LONGS]) {
        match item {
            Item::Option('t', _) => table = true,
            Item::Option('s', letters) => by = letters,
            Item::Option('o', text) => between = text.unwrap_or(between),
            Item::Option('c', count) => width = count.and_then(|count| count.parse().ok()).unwrap_or(WIDTH),
            Item::Option(..) => {}
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => {
                let hint = "Try 'column --help' for more information.\n";
                return Err(Refusal::new(bad.message("column") + hint, 1));
            }
        }
    }
    no_files("column", &words)?;
    let lines: Vec<&str> = stdin.lines().filter(|line| !line.trim().is_empty()).collect();
    Ok(Output::ok(if table { as_table(&lines, by, between) } else { filled(&lines, width.min(10_000)) }))
}

fn as_table(lines: &[&str], by: Option<&str>, between: &str) -> String {
    let cells = |line: &&str| -> Vec<String> {
        match by {
            Some(letters) => line.split(|c| letters.contains(c)).map(str::to_owned).collect(),
            None => line.split_whitespace().map(str::to_owned).collect(),
        }
    };
    let rows: Vec<Vec<String>> = lines.iter().map(cells).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..count).map(|at| widest(at).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in &rows {
        for (at, width) in widths.iter().enumerate() {
            let cell = row.get(at).map_or("", String::as_str);
            if at + 1 == count {
                out += cell;
            } else {
                out += &format!("{cell:<width$}{between}");
            }
        }
        out.push('\n');
    }
    out
}

/// Entries in columns, from top to bottom, at tab stops.
fn filled(lines: &[&str], width: usize) -> String {
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let step = (longest / TAB + 1) * TAB;
    let across = (width / step).max(1);
    let rows = lines.len().div_ceil(across);
    let mut out = String::new();
    for row in 0..rows {
        let mut at = row;
        while let Some(line) = lines.get(at) {
            out += line;
            at += rows;
            if at < lines.len() {
                let tabs = (step - line.chars().count()).div_ceil(TAB);
                out += &"\t".repeat(tabs);
            }
        }
        out.push('\n');
    }
    out
}
