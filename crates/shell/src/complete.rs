//! Tab completion.

use crate::commands;
use crate::terminal::{Completion, Terminal};
use crate::tools::filter::arrange;
use crate::user::Sudoers;

/// Completes the last word of `line` with a known word or a file, or else the whole line with an earlier line from the
/// history.
pub(crate) fn complete(terminal: &Terminal, sudoers: Sudoers, files: &[String], line: &str) -> Completion {
    let by_word = complete_word(terminal, sudoers, files, line);
    if !by_word.is_empty() && !line.trim().is_empty() {
        return by_word.completion(line);
    }
    let mut lines: Vec<String> = Vec::new();
    for typed in terminal.history.iter().rev().map(|line| line.as_str()) {
        if typed.len() > line.len()
            && typed.starts_with(line)
            && !lines.iter().any(|line| line == typed)
            && !line.trim().is_empty()
        {
            lines.push(typed.to_owned());
        }
    }
    Candidates { stem: String::new(), words: lines }.completion(line)
}

/// Words after which a command may begin.
const BEFORE: [&str; 11] =
    ["sudo", "do", "then", "else", "elif", "if", "while", "until", "time", "!", "watch"];

/// Candidates for the end of a line, and the text before them.
struct Candidates {
    stem: String,
    words: Vec<String>,
}

impl Candidates {
    fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn completion(self, line: &str) -> Completion {
        match self.words.as_slice() {
            [] => Completion { line: line.to_owned(), candidates: Vec::new() },
            [word] if self.stem.is_empty() && word.contains(' ') => {
                Completion { line: word.clone(), candidates: Vec::new() }
            }
            [word] => Completion { line: format!("{}{word} ", self.stem), candidates: Vec::new() },
            words => {
                let common = common_prefix(words);
                Completion { line: format!("{}{common}", self.stem), candidates: self.words }
            }
        }
    }
}

fn complete_word(terminal: &Terminal, sudoers: Sudoers, files: &[String], line: &str) -> Candidates {
    let command_start = line.rfind(['|', ';', '&', '(', '`', '{']).map_or(0, |at| at + 1);
    let command = &line[command_start..];
    let word_start = command
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + command[at..].chars().next().map_or(0, char::len_utf8));
    let (before, word) = command.split_at(word_start);
    let mut words_before = before.split_whitespace().skip_while(|word| BEFORE.contains(word));
    let host = terminal.id.host();
    let known: Vec<&str> = match words_before.next() {
        None => {
            let mut names: Vec<&str> = commands::names(host).collect();
            names.retain(|name| *name != "sudo" || sudoers != Sudoers::Nobody);
            arrange(&mut names, Ord::cmp);
            names
        }
        Some(name) => {
            let after =
                commands::find(host, name).map(|command| command.words_after().collect::<Vec<&str>>());
            let files = files.iter().map(String::as_str).filter(|_| !word.is_empty());
            after.into_iter().flatten().chain(files).collect()
        }
    };
    let mut words: Vec<String> = Vec::new();
    for candidate in known {
        if candidate.starts_with(word) && candidate != word && !words.iter().any(|w| w == candidate) {
            words.push(candidate.to_owned());
        }
    }
    // Before any letter of a word is typed, the usual words are worth showing only after a command.
    if word.is_empty() && before.trim().is_empty() {
        words.clear();
    }
    let stem = format!("{}{before}", &line[..command_start]);
    Candidates { stem, words }
}

fn common_prefix(words: &[String]) -> String {
    let Some((first, rest)) = words.split_first() else {
        return String::new();
    };
    let agrees = |at: usize, c: char| rest.iter().all(|word| word.chars().nth(at) == Some(c));
    first.chars().enumerate().take_while(|(at, c)| agrees(*at, *c)).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::TerminalId;

    fn tab(line: &str) -> (String, Vec<String>) {
        let mut terminal = Terminal::new(TerminalId::ClientUpper);
        terminal.remember("sudo iptables -I OUTPUT -j DROP");
        terminal.remember("frob --nicate");
        let Completion { line, candidates } =
            complete(&terminal, Sudoers::All, &["rows.txt".to_owned()], line);
        (line, candidates)
    }

    #[test]
    fn commands_and_their_words() {
        assert_eq!(tab("nets"), ("netstat ".to_owned(), vec![]));
        assert_eq!(tab("date; sudo sysct"), ("date; sudo sysctl ".to_owned(), vec![]));
        assert_eq!(tab("while true; do nets"), ("while true; do netstat ".to_owned(), vec![]));
        assert_eq!(tab("X=$(upti"), ("X=$(uptime ".to_owned(), vec![]));
        assert_eq!(tab("cat ro"), ("cat rows.txt ".to_owned(), vec![]));
        assert_eq!(tab("iptables -I OUT"), ("iptables -I OUTPUT ".to_owned(), vec![]));
        assert_eq!(tab("iptables --tcp"), ("iptables --tcp-flags ".to_owned(), vec![]));
        let (line, candidates) = tab("nc.");
        assert_eq!((line.as_str(), candidates.len()), ("nc.", 2));
    }

    #[test]
    fn earlier_lines_and_nothing() {
        assert_eq!(tab("frob"), ("frob --nicate".to_owned(), vec![]));
        assert_eq!(tab(""), (String::new(), vec![]));
        assert_eq!(tab("é\u{3000}–"), ("é\u{3000}–".to_owned(), vec![]));
    }
}
