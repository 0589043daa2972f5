//! `awk`, as mawk 1.3.4 reads and prints: fields, patterns, arrays, functions of texts, and `printf`.
//!
//! A program stops with a sentence when it has done much more than any look at a listing needs.
//!
//! Left out on purpose: functions of one's own, `getline`, `system`, output into files and pipes, record separators,
//! trigonometry and chance. `for (key in array)` goes through the keys in their order; mawk's own order depends on its
//! tables.

mod digits;
mod lex;
mod parse;
mod print;
mod run;
#[cfg(test)]
mod tests;
mod tree;
mod value;

use crate::getopt::{Bad, Getopt, Item};
use crate::output::{Done, Output, Refusal};
pub(in crate::tools) use digits::general;
use run::Machine;
use tree::{Program, When};

/// Why a program stops.
#[derive(Debug)]
enum Stop {
    /// With this text.
    Said(String),
    /// While it runs, for this reason. The message also says at which line of the input.
    Run(String),
}

impl Stop {
    fn syntax(line: usize, near: &str) -> Stop {
        Stop::Said(format!("awk: line {line}: syntax error at or near {near}\n"))
    }
}

/// A program, and what the command line assigns to variables.
struct Call {
    program: Program,
    assigned: Vec<(String, String)>,
}

/// `awk`
pub(crate) fn awk(args: &[String], stdin: &str) -> Done {
    let Call { program, assigned } = call(args)?;
    let (stdout, exit_code, stopped) = Machine::new(&assigned).run(&program, stdin);
    Ok(Output { stdout, stderr: stopped.unwrap_or_default(), exit_code })
}

/// Whether a call of `awk` is over before it would read anything: its program has only `BEGIN`.
pub(crate) fn reads_nothing(args: &[String]) -> bool {
    call(args).is_ok_and(|call| call.program.rules.iter().all(|rule| matches!(rule.when, When::Begin)))
}

fn call(args: &[String]) -> Result<Call, Refusal> {
    let mut assigned = Vec::new();
    let mut words = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("F:v:", &[]) {
        match item {
            Item::Option('F', by) => {
                let by = by.unwrap_or_default();
                assigned.push(("FS".to_owned(), by.replace("\\\\", "\\").replace("\\t", "\t")));
            }
            Item::Option(_, assignment) => {
                let assignment = assignment.unwrap_or_default();
                let Some(pair) = pair(assignment) else {
                    return Err(Refusal::new(format!("awk: improper assignment: -v {assignment}\n"), 2));
                };
                assigned.push(pair);
            }
            // The program; what follows it is never an option.
            Item::Word(word) => {
                words.push(word);
                words.extend(std::iter::from_fn(|| scan.operand()));
            }
            Item::Bad(Bad::Letter(letter)) => {
                return Err(Refusal::new(format!("awk: not an option: -{letter}\n"), 2));
            }
            Item::Bad(bad) => return Err(Refusal::new(bad.message("awk"), 2)),
        }
    }
    let Some((text, files)) = words.split_first() else {
        return Err(Refusal::help(include_str!("usage.txt")));
    };
    let stopped = |stop| match stop {
        Stop::Said(text) | Stop::Run(text) => Refusal::new(text, 2),
    };
    let program = parse::program(lex::tokens(text).map_err(stopped)?).map_err(stopped)?;
    for file in files {
        match pair(file) {
            Some(pair) => assigned.push(pair),
            None if *file == "-" => {}
            None => {
                return Err(Refusal::new(
                    format!("awk: cannot open {file} (No such file or directory)\n"),
                    2,
                ));
            }
        }
    }
    Ok(Call { program, assigned })
}

/// The name and the text of an assignment in the command line.
fn pair(word: &str) -> Option<(String, String)> {
    let (name, text) = word.split_once('=')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name =
        name.chars().all(fits) && !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit());
    is_name.then(|| (name.to_owned(), text.to_owned()))
}
