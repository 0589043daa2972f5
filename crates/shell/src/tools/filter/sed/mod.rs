//! `sed` of GNU: `s`, `d`, `p`, `q`, `=`, `y`, `a`, `i`, `c`, with addresses.
//!
//! Left out, and refused by name: groups that a pattern itself repeats (`\1` in it), the hold space, labels, reading and writing files, `-i`.

mod read;
mod run;

use super::no_files;
use super::pattern::{Pattern, Syntax};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Refusal};
use read::Reader;
use run::run;

const USAGE: &str = include_str!("usage.txt");

const LONGS: &[Long] = &[
    Long::flag("quiet", 'n'),
    Long::flag("silent", 'n'),
    Long::with("expression", 'e'),
    Long::with("file", 'f'),
    Long::flag("regexp-extended", 'E'),
    Long::flag("unbuffered", 'u'),
    Long::perhaps("in-place", 'i'),
    Long::flag("help", 'h'),
];

/// A place in the input.
#[derive(Debug)]
enum Address {
    Line(usize),
    Last,
    Fits(Pattern),
    /// `first~step`
    Every(usize, usize),
    /// `,+N`
    After(usize),
}

#[derive(Debug)]
enum Action {
    Substitute { pattern: Pattern, with: Vec<Piece>, number: usize, all: bool, print: bool },
    Change(Vec<char>, Vec<char>),
    Delete,
    Print,
    Quit(i32),
    Number,
    Before(String),
    Behind(String),
    Instead(String),
    Block(Vec<Command>),
}

/// A part of a replacement: a letter, what was found, or what a group of it found, counted from 0.
#[derive(Debug)]
enum Piece {
    Letter(char),
    Found,
    Group(usize),
}

#[derive(Debug)]
struct Command {
    from: Option<Address>,
    to: Option<Address>,
    not: bool,
    action: Action,
    /// The line at which the range that is open ends, if it is known; 0 without one.
    open: std::cell::Cell<Option<usize>>,
}

/// `sed [-nE] SCRIPT`
pub(crate) fn sed(args: &[String], stdin: &str) -> Done {
    let (mut quiet, mut syntax, mut scripts, mut words) = (false, Syntax::Basic, Vec::new(), Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("ne:f:Eri::lsuz", &[LONGS]) {
        match item {
            Item::Option('n', _) => quiet = true,
            Item::Option('e', Some(script)) => scripts.push(script),
            Item::Option('E' | 'r', _) => syntax = Syntax::Extended,
            Item::Option('h', _) => return Err(Refusal::help(USAGE)),
            Item::Option('u' | 's', _) => {}
            Item::Option(letter, _) => {
                return Err(Refusal::new(format!("sed: this lab's sed has no -{letter}\n"), 1));
            }
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(Refusal::new(bad.message("sed") + USAGE, 1)),
        }
    }
    if scripts.is_empty() {
        if words.is_empty() {
            return Err(Refusal::new(USAGE, 1));
        }
        scripts.push(words.remove(0));
    }
    let mut commands = Vec::new();
    for (number, script) in scripts.iter().enumerate() {
        let mut reader = Reader::new(script, number + 1, syntax);
        commands.extend(reader.commands(0)?);
    }
    no_files("sed", &words)
        .map_err(|_| Refusal::new(format!("sed: can't read {}: No such file or directory\n", words[0]), 2))?;
    Ok(run(&commands, stdin, quiet))
}
