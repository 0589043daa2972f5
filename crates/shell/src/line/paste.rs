//! Repairs pasted text: typographic dashes and quotes, prompts, commands broken over two lines.

use super::{last_command, words};
use crate::commands::{self, Unfinished};
use std::collections::VecDeque;
use tcp_core::net::HostId;

/// Maximum length in octets of a command to which lines are still joined: a pasted book is not a command.
const LONGEST: usize = 8192;

/// Takes from `lines` what belongs to the command that begins with `line`.
pub(crate) fn join(line: &str, lines: &mut VecDeque<&str>) -> String {
    let mut command = understand(line);
    loop {
        let broken = ends_with_backslash(&command);
        let Some(next) = lines.front().map(|next| understand(next)) else {
            return command;
        };
        if command.len() > LONGEST || (!broken && !is_continued(&command, &next)) {
            return command;
        }
        lines.pop_front();
        if broken {
            command.pop();
        } else {
            command.truncate(command.trim_end().len());
            command.push(' ');
        }
        command.push_str(if broken { &next } else { next.trim_start() });
    }
}

fn ends_with_backslash(line: &str) -> bool {
    line.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1
}

/// Whether `next` continues `command`: it cannot be a command of its own, or `command` is not finished.
fn is_continued(command: &str, next: &str) -> bool {
    let command = command.trim_end();
    let open_quote = matches!(super::tokens(command), Err(super::Syntax::Unterminated('\'' | '"')));
    let open_end = command.ends_with('|') || command.ends_with("&&");
    let next = next.trim_start();
    let is_option = next.starts_with('-')
        && next.chars().nth(1).is_some_and(|c| c == '-' || c.is_alphanumeric() && !c.is_ascii_digit());
    let is_rest = is_option || next.starts_with('|') || next.starts_with("&&");
    !command.is_empty() && (open_quote || open_end || is_rest || wants_more(&last_command(command), next))
}

/// Whether the command lacks a word that `next` can supply.
fn wants_more(command: &[String], next: &str) -> bool {
    let words: Vec<&str> = command.iter().map(String::as_str).skip_while(|word| *word == "sudo").collect();
    let Some((program, args)) = words.split_first() else {
        // `sudo` alone.
        return !command.is_empty();
    };
    let last = args.last().copied().unwrap_or(program);
    let Some(command) = commands::find(Some(HostId::Client), program) else {
        return false;
    };
    let is_last_of = |options: &str| options.split_whitespace().any(|option| option == last);
    match command.unfinished {
        Unfinished::Never => false,
        Unfinished::WithoutOperand => args.iter().all(|word| word.starts_with('-')),
        Unfinished::After(options) => is_last_of(options),
        Unfinished::Rule(options) => {
            let after_flags = args.iter().rev().position(|word| *word == "--tcp-flags");
            let is_rule = args.iter().any(|word| matches!(*word, "-I" | "-A" | "-D" | "-C" | "-R"));
            let has_target = args.iter().any(|word| matches!(*word, "-j" | "--jump" | "-g" | "--goto"));
            is_last_of(options)
                || after_flags.is_some_and(|count| count < 2)
                || (is_rule && !has_target && args.len() > 2 && !begins_command(next))
        }
    }
}

fn begins_command(line: &str) -> bool {
    let first = words(line).into_iter().find(|word| word != "sudo");
    first.is_some_and(|word| commands::find(Some(HostId::Client), &word).is_some())
}

/// The line with typographic characters replaced (dashes at the beginning of a word, curly quotes, unusual spaces), and
/// without a prompt that was pasted with it.
pub(crate) fn understand(line: &str) -> String {
    let line = without_prompt(line);
    if line.is_ascii() {
        return line.to_owned();
    }
    let mut understood = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let before = understood.chars().next_back();
        let at_word = before.is_none_or(|b| b.is_whitespace() || "\"'|;&".contains(b));
        let dashes: String = rest.chars().take_while(|c| is_dash(*c)).collect();
        rest = rest.strip_prefix(dashes.as_str()).unwrap_or(rest);
        if dashes.is_empty() {
            rest = &rest[c.len_utf8()..];
            understood.extend(sign(c, before, rest.chars().next()));
        } else if at_word {
            understood.push_str(hyphens(&dashes, rest));
        } else if dashes.chars().all(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'))
            || between_digits(before, rest)
        {
            understood.extend(dashes.chars().map(|_| '-'));
        } else {
            understood.push_str(&dashes);
        }
    }
    understood
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

fn between_digits(before: Option<char>, rest: &str) -> bool {
    before.is_some_and(|c| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// The hyphens that a run of dashes before `rest` stands for in print.
fn hyphens(dashes: &str, rest: &str) -> &'static str {
    let word: &str = rest.split(|c: char| c.is_whitespace() || c == '=').next().unwrap_or("");
    let is_long = commands::is_long_option(word) || (dashes.contains(['—', '―']) && word.chars().count() > 1);
    if dashes == "-" || (dashes.chars().count() == 1 && !is_long) { "-" } else { "--" }
}

/// The plain form of any other character; `None` if the character is invisible.
fn sign(c: char, before: Option<char>, after: Option<char>) -> Option<char> {
    let inside_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    match c {
        '“' | '”' | '„' | '‟' | '″' => Some('"'),
        '’' if inside_word => Some(c),
        '‘' | '’' | '‚' | '‛' | '′' => Some('\''),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// The line without `$ `, `C_m$ ` or `user@host:~$ ` at its beginning.
fn without_prompt(line: &str) -> &str {
    let is_prompt = |word: &str| {
        word.strip_suffix('$').is_some_and(|name| {
            name.is_empty() || name.ends_with("_m") || name == "network" || name.contains('@')
        })
    };
    match line.trim_start().split_once(char::is_whitespace) {
        Some((word, rest)) if is_prompt(word) => rest.trim_start(),
        _ => line,
    }
}
