//! Tab: what may follow what is typed.

use crate::lab::commands;
use crate::network;
use crate::terminal::{Completion, Terminal};

/// Words that follow a command, in their usual forms.
const AFTER: [(&str, &[&str]); 9] = [
    ("nc", &["-l", "-v", "-n", "-k", "-p", "-w", "-d", "-N", "-z", "10.211.55.10", "10.211.55.2", "5555"]),
    ("nc.traditional", &["-l", "-p", "-v", "-n", "-w", "10.211.55.10", "5555"]),
    ("ncat", &["-l", "-k", "-p", "-v", "-n", "10.211.55.10", "5555"]),
    (
        "iptables",
        &[
            "-I",
            "-A",
            "-D",
            "-L",
            "-S",
            "-F",
            "-Z",
            "-P",
            "-p",
            "-s",
            "-d",
            "-j",
            "-m",
            "-n",
            "-v",
            "-vn",
            "--dport",
            "--sport",
            "--tcp-flags",
            "--line-numbers",
            "--reject-with",
            "INPUT",
            "OUTPUT",
            "DROP",
            "REJECT",
            "ACCEPT",
            "tcp",
            "SYN,ACK,FIN,RST",
            "SYN",
            "SYN,ACK",
            "ACK",
            "FIN",
            "RST",
            "tcp-reset",
            "multiport",
            "5555",
        ],
    ),
    ("netstat", &["-nat", "-nato", "-natp", "-lnt", "-s"]),
    ("ss", &["-tan", "-tano", "-ltn", "-s"]),
    ("ip", &["addr", "show", "route", "link"]),
    (
        "sysctl",
        &[
            "-a",
            "-w",
            "net.ipv4.tcp_syn_retries",
            "net.ipv4.tcp_syn_linear_timeouts",
            "net.ipv4.tcp_synack_retries",
            "net.ipv4.tcp_retries2",
            "net.ipv4.tcp_orphan_retries",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.tcp_abort_on_overflow",
            "net.ipv4.tcp_max_syn_backlog",
            "net.ipv4.ip_local_port_range",
            "net.core.somaxconn",
        ],
    ),
    ("firefox", &["http://acc.digital"]),
];

/// Words that follow a command of the network.
const NETWORK_WORDS: [&str; 9] = ["client", "server", "S", "SA", "A", "F", "FA", "R", "RA"];

/// Completes `line`: its last word by what is known, else the whole line by what was typed before.
pub(crate) fn complete(terminal: &Terminal, line: &str) -> Completion {
    let by_word = complete_word(terminal, line);
    if !by_word.is_empty() && !line.trim().is_empty() {
        return by_word.completion(line);
    }
    let mut lines: Vec<String> = Vec::new();
    for typed in terminal.history.iter().rev() {
        if typed.len() > line.len()
            && typed.starts_with(line)
            && !lines.contains(typed)
            && !line.trim().is_empty()
        {
            lines.push(typed.clone());
        }
    }
    Candidates { stem: String::new(), words: lines }.completion(line)
}

/// Words that may stand at the end, and what stands before them.
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

fn complete_word(terminal: &Terminal, line: &str) -> Candidates {
    let command_start = line.rfind(['|', ';', '&']).map_or(0, |at| at + 1);
    let command = &line[command_start..];
    let word_start = command
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + command[at..].chars().next().map_or(0, char::len_utf8));
    let (before, word) = command.split_at(word_start);
    let mut words_before = before.split_whitespace().skip_while(|word| *word == "sudo");
    let known: Vec<&str> = match (words_before.next(), terminal.id.host()) {
        (None, None) => network::COMMANDS.to_vec(),
        (None, Some(_)) => commands().collect(),
        (Some(_), None) => NETWORK_WORDS.to_vec(),
        (Some(name), Some(_)) => {
            AFTER.iter().find(|(known, _)| *known == name).map_or(Vec::new(), |(_, words)| words.to_vec())
        }
    };
    let mut words: Vec<String> = Vec::new();
    for candidate in known {
        if candidate.starts_with(word) && candidate != word && !words.iter().any(|w| w == candidate) {
            words.push(candidate.to_owned());
        }
    }
    // With nothing of the word typed, the usual words are only worth showing behind a command.
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
        let Completion { line, candidates } = complete(&terminal, line);
        (line, candidates)
    }

    #[test]
    fn commands_and_their_words() {
        assert_eq!(tab("nets"), ("netstat ".to_owned(), vec![]));
        assert_eq!(tab("date; sudo iptab"), ("date; sudo iptables ".to_owned(), vec![]));
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
