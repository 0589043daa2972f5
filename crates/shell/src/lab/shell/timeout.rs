//! `timeout` of coreutils, which ends another command after a while. That command has the process of its own; `timeout` itself
//! has none here.

use super::super::Signal;
use crate::getopt::{Getopt, Item, Long};
use crate::output::Refusal;
use crate::program::sleep::span;
use std::time::Duration;

/// After which time a command gets which signal, and after how much longer SIGKILL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deadline {
    pub(crate) after: Duration,
    pub(crate) signal: Signal,
}

const HINT: &str = "Try 'timeout --help' for more information.\n";

const LONGS: &[Long] = &[
    Long::with("signal", 's'),
    Long::with("kill-after", 'k'),
    Long::flag("preserve-status", 'p'),
    Long::flag("foreground", 'f'),
    Long::flag("verbose", 'v'),
];

/// The deadline, and the words of the command; `None` if these words do not call `timeout`.
pub(crate) fn read(words: &[String]) -> Result<Option<(Deadline, &[String])>, Refusal> {
    let Some((word, args)) = words.split_first() else { return Ok(None) };
    if crate::commands::base_name(word) != "timeout" {
        return Ok(None);
    }
    let options = args.iter().position(|word| !word.starts_with('-') || word == "-");
    let mut count = options.unwrap_or(args.len());
    // An option whose argument is the next word.
    while count > 0
        && matches!(args[count - 1].as_str(), "-s" | "-k" | "--signal" | "--kill-after")
        && count < args.len()
    {
        let rest = &args[count + 1..];
        count += 1 + rest.iter().take_while(|word| word.starts_with('-')).count();
    }
    let mut signal = Signal::Term;
    let mut scan = Getopt::new(&args[..count.min(args.len())]);
    while let Some(item) = scan.item("s:k:v", &[LONGS]) {
        match item {
            Item::Option('s', Some(name)) => {
                let parsed = Signal::parse(name);
                signal = parsed
                    .ok_or_else(|| Refusal::new(format!("timeout: {name}: invalid signal\n{HINT}"), 125))?;
            }
            Item::Option(..) | Item::Word(_) => {}
            Item::Bad(bad) => return Err(Refusal::new(bad.message("timeout") + HINT, 125)),
        }
    }
    let Some((time, command)) = args.get(count..).and_then(<[String]>::split_first) else {
        return Err(Refusal::new(HINT, 125));
    };
    let after = span(time);
    let after =
        after.ok_or_else(|| Refusal::new(format!("timeout: invalid time interval ‘{time}’\n{HINT}"), 125))?;
    if command.is_empty() {
        return Err(Refusal::new(HINT, 125));
    }
    Ok(Some((Deadline { after, signal }, command)))
}

/// Whether it can run these words, of which the first is `known`: no built-in of the shell.
pub(crate) fn can_run(words: &[String], known: bool) -> bool {
    let keywords = ["for", "while", "if"];
    known
        && words
            .first()
            .is_some_and(|word| !keywords.contains(&word.as_str()) && !crate::commands::is_only_builtin(word))
}

/// What it says of a command that is not there.
pub(crate) fn not_found(name: &str) -> Refusal {
    Refusal::new(format!("timeout: failed to run command ‘{name}’: No such file or directory\n"), 127)
}
