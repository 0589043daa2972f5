//! Command lines: their words, and the commands that a recording may run.
//!
//! A recording may come from a stranger and is run as root. So it gets no shell, and only the tools of the traces.

/// Programs that run until something ends them.
const STAY: [&str; 4] = ["nc", "nc.traditional", "ncat", "app"];
/// Tools that print and exit.
const TOOLS: [&str; 4] = ["netstat", "ss", "iptables", "sysctl"];

/// Splits a line into words; `"` and `'` keep blanks together.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ' | '\t') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// Whether a command runs until something ends it.
pub(crate) fn stays(line: &str) -> bool {
    split(line).first().is_some_and(|word| STAY.contains(&word.as_str()))
}

/// Whether a recording may run a command.
pub(crate) fn allowed(line: &str) -> bool {
    let words = split(line);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [program, args @ ..] if STAY.contains(program) => !args.iter().any(|arg| runs_another(program, arg)),
        [tool, ..] if TOOLS.contains(tool) => true,
        ["ip", "addr", ..] | ["ip", "link", "set", "eth0", "up" | "down"] | ["ip", "-4", "route"] => true,
        ["sh", "-c", pipe] => harmless_pipe(pipe),
        _ => false,
    }
}

/// Whether this is an option of netcat that starts another program.
fn runs_another(program: &str, arg: &str) -> bool {
    let short = arg.starts_with('-') && !arg.starts_with("--");
    match program {
        "nc.traditional" | "ncat" => {
            arg.starts_with("--sh")
                || arg.starts_with("--e")
                || arg.starts_with("--lua")
                || short && arg.contains(['e', 'c'])
        }
        _ => false,
    }
}

/// Whether a pipe consists of tools and `grep` only, with nothing of a shell but the pipe.
fn harmless_pipe(pipe: &str) -> bool {
    let first_words = pipe.split('|').map(|stage| stage.split_whitespace().next().unwrap_or_default());
    !pipe.contains([';', '&', '$', '`', '<', '>', '(', ')', '\n', '\\'])
        && first_words.into_iter().all(|word| TOOLS.contains(&word) || word == "grep")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(split("sh -c \"netstat -nat | grep 5555\""), ["sh", "-c", "netstat -nat | grep 5555"]);
        assert_eq!(split("  nc  ''  -l "), ["nc", "", "-l"]);
    }

    #[test]
    fn only_the_tools_of_the_traces_may_run() {
        for line in [
            "nc -l 5555",
            "sh -c 'netstat -nat | grep 5555'",
            "iptables -L OUTPUT \u{2013}vn",
            "ip addr show",
        ] {
            assert!(allowed(line), "{line}");
        }
        for line in [
            "",
            "rm -r /",
            "sh -c 'netstat; rm x'",
            "sh -c 'cat x'",
            "ncat -l 1 -e /bin/sh",
            "ip link del eth0",
        ] {
            assert!(!allowed(line), "{line}");
        }
    }
}
