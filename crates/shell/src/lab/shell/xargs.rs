//! `xargs` of findutils 4.9: runs a command with what it reads as arguments, when it has read all.
//!
//! Left out on purpose: `-p`, `-s`, `-a`, `-E`, and several commands at a time (`-P` is accepted, and they run one after the
//! other).

use super::super::Lab;
use super::{Frame, ShellId};
use crate::commands;
use crate::getopt::{Getopt, Item, Long, options_before_operand};
use crate::line::{self, quote};
use crate::output::Refusal;
use crate::tools::files::nothing_to_read;
use std::collections::VecDeque;
use std::rc::Rc;

/// Octets that one command's arguments may have together.
const LONGEST: usize = 128 << 10;

/// What xargs is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Xargs {
    command: Vec<String>,
    /// `-n`
    most: Option<usize>,
    /// `-L`
    lines: Option<usize>,
    /// `-I`
    replace: Option<String>,
    /// `-d`, or `-0`
    delimiter: Option<char>,
    /// `-r`
    only_with_words: bool,
    /// `-t`
    shows: bool,
    /// What it remarks of its options.
    warning: &'static str,
}

const LONGS: &[Long] = &[
    Long::flag("null", '0'),
    Long::with("delimiter", 'd'),
    Long::with("max-args", 'n'),
    Long::with("max-procs", 'P'),
    Long::with("max-lines", 'L'),
    Long::perhaps("replace", 'i'),
    Long::flag("no-run-if-empty", 'r'),
    Long::flag("verbose", 't'),
    Long::flag("exit", 'x'),
];

const LETTERS: &str = "0d:n:P:L:I:i::rtx";

const HINT: &str = "Try 'xargs --help' for more information.\n";

/// Reads the words after `xargs`.
pub(super) fn read(args: &[String]) -> Result<Xargs, Refusal> {
    let mut xargs = Xargs::default();
    let (options, command) = args.split_at(options_before_operand(args, LETTERS, LONGS));
    let mut scan = Getopt::new(options);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        match item {
            Item::Option('0', _) => xargs.delimiter = Some('\0'),
            Item::Option('d', text) => xargs.delimiter = delimiter(text.unwrap_or_default())?.into(),
            Item::Option('n', text) => {
                xargs.most = Some(number('n', text.unwrap_or_default(), 1)?);
                xargs.lines = None;
            }
            Item::Option('L', text) => {
                xargs.lines = Some(number('L', text.unwrap_or_default(), 1)?);
                xargs.most = None;
            }
            Item::Option('P', text) => _ = number('P', text.unwrap_or_default(), 0)?,
            Item::Option('I' | 'i', text) => {
                if xargs.most.is_some_and(|most| most > 0) {
                    xargs.warning = "xargs: warning: options --max-args and --replace/-I/-i are mutually exclusive, \
                        ignoring previous --max-args value\n";
                }
                (xargs.most, xargs.lines) = (None, None);
                xargs.replace = Some(text.unwrap_or("{}").to_owned());
            }
            Item::Option('r', _) => xargs.only_with_words = true,
            Item::Option('t', _) => xargs.shows = true,
            Item::Option(..) | Item::Word(_) => {}
            Item::Bad(bad) => return Err(Refusal::new(bad.message("xargs") + HINT, 1)),
        }
    }
    xargs.command = if command.is_empty() { vec!["echo".to_owned()] } else { command.to_vec() };
    Ok(xargs)
}

fn number(letter: char, text: &str, least: usize) -> Result<usize, Refusal> {
    let parsed = text.parse::<usize>();
    let parsed = parsed.map_err(|_| format!("invalid number \"{text}\" for -{letter} option"));
    let number = parsed.and_then(|number| match number {
        number if number < least => Err(format!("value {number} for -{letter} option should be >= {least}")),
        number => Ok(number),
    });
    number.map_err(|why| Refusal::new(format!("xargs: {why}\n{HINT}"), 1))
}

fn delimiter(text: &str) -> Result<char, Refusal> {
    let mut letters = text.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(letter), None, _) => Ok(letter),
        (Some('\\'), Some('n'), None) => Ok('\n'),
        (Some('\\'), Some('t'), None) => Ok('\t'),
        (Some('\\'), Some('0'), None) => Ok('\0'),
        _ => {
            let why = format!(
                "xargs: invalid input delimiter specification {text}: the delimiter must be either a single \
                character or an escape sequence starting with \\.\n"
            );
            Err(Refusal::new(why, 1))
        }
    }
}

impl Xargs {
    /// The words in a text, each with the number of its line; blanks are no words before a line's last.
    fn words(&self, text: &str) -> Result<Vec<(usize, String)>, String> {
        if let Some(by) = self.delimiter {
            let text = text.strip_suffix(by).unwrap_or(text);
            let words = text.split(by).filter(|_| !text.is_empty());
            return Ok(words.map(str::to_owned).enumerate().collect());
        }
        let (mut words, mut open, mut line) = (Vec::new(), None::<String>, 0);
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\'' | '"' => {
                    let word = open.get_or_insert_default();
                    loop {
                        match letters.next() {
                            Some(next) if next == letter => break,
                            Some('\n') | None => {
                                let which = if letter == '"' { "double" } else { "single" };
                                return Err(format!(
                                    "xargs: unmatched {which} quote; by default quotes are special to xargs unless you \
                                     use the -0 option\n"
                                ));
                            }
                            Some(next) => word.push(next),
                        }
                    }
                }
                '\\' => open.get_or_insert_default().extend(letters.next()),
                '\n' => {
                    words.extend(open.take().map(|word| (line, word)));
                    line += 1;
                }
                // With -I, a line is one word, without the blanks before it.
                letter if letter.is_whitespace() && self.replace.is_some() => {
                    if let Some(word) = &mut open {
                        word.push(letter);
                    }
                }
                letter if letter.is_whitespace() => words.extend(open.take().map(|word| (line, word))),
                letter => open.get_or_insert_default().push(letter),
            }
        }
        words.extend(open.take().map(|word| (line, word)));
        Ok(words)
    }

    /// The commands that these words make.
    fn commands(&self, words: Vec<(usize, String)>) -> VecDeque<Vec<String>> {
        if let Some(mark) = &self.replace {
            let with = |word: &str| self.command.iter().map(|part| part.replace(mark, word)).collect();
            return words.iter().map(|(_, word)| with(word)).collect();
        }
        let mut all: VecDeque<Vec<String>> = VecDeque::new();
        let (mut count, mut octets, mut lines, mut last) = (0, 0, 0, None);
        for (line, word) in words {
            let new_line = last != Some(line);
            lines += usize::from(new_line);
            last = Some(line);
            let full = self.most.is_some_and(|most| count >= most)
                || self.lines.is_some_and(|most| lines > most)
                || octets + word.len() > LONGEST;
            if all.is_empty() || full {
                all.push_back(self.command.clone());
                (count, octets, lines) = (0, 0, 1);
            }
            (count, octets) = (count + 1, octets + word.len() + 1);
            all.back_mut().into_iter().for_each(|command| command.push(word.clone()));
        }
        if all.is_empty() && !self.only_with_words {
            all.push_back(self.command.clone());
        }
        all
    }
}

impl Lab {
    /// Reads on, or begins to run the commands once all has been read.
    pub(super) fn collect_words(&mut self, id: ShellId, xargs: Rc<Xargs>) {
        let Some(machine) = self.shell(id) else { return };
        let text = match (&machine.streams.input, &mut machine.piped) {
            (Some(text), _) => text.to_string(),
            (None, Some(piped)) if piped.ended => std::mem::take(&mut piped.text),
            (None, Some(_)) => {
                machine.reads = true;
                machine.frames.push(Frame::Xargs(xargs));
                return;
            }
            (None, None) => {
                self.set_status(id, 2);
                return self.complain(id, &nothing_to_read("xargs").to_string());
            }
        };
        self.user.work += text.len() as u64 * 100;
        self.user.written += text.len() as u64;
        self.complain(id, xargs.warning);
        match xargs.words(&text) {
            Ok(words) => {
                let Some(machine) = self.shell(id) else { return };
                machine.streams.input = Some("".into());
                machine.status = 0;
                let to_run = xargs.commands(words);
                machine.frames.push(Frame::XargsRuns { to_run, xargs, status: 0 });
            }
            Err(why) => {
                self.complain(id, &why);
                self.set_status(id, 1);
            }
        }
    }

    /// Runs the next command, after the one before it.
    pub(super) fn run_next_of_xargs(
        &mut self,
        id: ShellId,
        mut to_run: VecDeque<Vec<String>>,
        xargs: Rc<Xargs>,
        status: i32,
    ) {
        let Some(machine) = self.shell(id) else { return };
        let (last, host) = (machine.status, machine.host);
        let status = match last {
            0 => status,
            126 | 127 => last,
            255 => 124,
            128.. => 125,
            _ => 123,
        };
        if last == 255 {
            let name = xargs.command.first().map_or("", String::as_str);
            self.complain(id, &format!("xargs: {name}: exited with status 255; aborting\n"));
        }
        let next = to_run.pop_front().filter(|_| matches!(status, 0 | 123));
        let Some(mut words) = next else { return self.set_status(id, status) };
        let name = words[0].clone();
        if !is_file(host.and_then(|host| commands::find(Some(host), &name)).is_some(), &name) {
            let absent =
                super::super::builtins::absent(commands::base_name(&name), crate::user::Sudoers::All);
            let unknown = || format!("xargs: {name}: No such file or directory\n");
            self.complain(id, &absent.map_or_else(unknown, |refusal| refusal.to_string()));
            return self.set_status(id, 127);
        }
        if xargs.shows {
            let line = words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ");
            self.complain(id, &format!("{line}\n"));
        }
        if name == "kill" {
            // The shell's own is not what it finds.
            words[0] = "/usr/bin/kill".to_owned();
        }
        let line = words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
        if !self.counts(id) {
            return;
        }
        let Ok(list) = line::parse(&line) else { return };
        if let Some(machine) = self.shell(id) {
            machine.status = 0;
            machine.frames.push(Frame::XargsRuns { to_run, xargs, status });
            machine.frames.push(Frame::List(Rc::new(list), 0));
        }
    }
}

/// A word in quotes, so that nothing in it is expanded.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Whether xargs finds a command that the lab has: no built-in that changes the shell.
fn is_file(known: bool, name: &str) -> bool {
    super::timeout::can_run(&[name.to_owned()], known)
}
