//! The real tools' texts, letter for letter: what each command prints, and how and when it ends.
//!
//! `exact_texts.txt` is the table. The last command before a line in brackets is the one under test. It runs on C_m
//! without a terminal, so that its dashes are not repaired; the commands above it were started a second apart. The
//! texts are those of Linux 6.18 with netcat-openbsd 1.219, netcat-traditional 1.10-47, Ncat 7.93, net-tools 2.10 and
//! iptables 1.8.9 (traces 19a and 19b), except where a text says that something is not part of this lab; names
//! are those of a hosts file beside which no name server is asked. Standard output and standard error are compared together.

use expect_test::expect_file;
use tcp_shell::{HostId, ProfileName, Signal};
use tcp_testing::Trial;

/// A command on C_m, after others.
struct Case<'a> {
    before: Vec<(HostId, &'a str)>,
    cmd: &'a str,
}

/// A line `C_m$ …` or `S_m$ …` of the table.
fn command(line: &str) -> Option<(HostId, &str)> {
    let (prompt, cmd) = line.split_once("$ ")?;
    let host = match prompt {
        "C_m" => HostId::Client,
        "S_m" => HostId::Server,
        _ => return None,
    };
    Some((host, cmd))
}

/// The bracket that ends a case: `[runs]` or `[1 after 10 ms]`.
fn is_end(line: &str) -> bool {
    line == "[runs]" || line.starts_with('[') && line.ends_with(" ms]")
}

impl Case<'_> {
    fn play(&self) -> String {
        let mut shown = String::new();
        let mut trial = Trial::new(ProfileName::Linux);
        for (host, cmd) in &self.before {
            shown += &format!("{host}$ {cmd}\n");
            trial.starts(*host, cmd);
            trial.waits_ms(1000);
        }
        shown += &format!("C_m$ {}\n", self.cmd);
        let process = trial.starts(HostId::Client, self.cmd);
        // Longer than any program keeps trying, and shorter than a connection waits for a peer that does not answer.
        trial.waits_ms(140_000);
        shown += &trial.wrote(process);
        shown
            + &match trial.ended(process) {
                Some((code, span)) => format!("[{code} after {} ms]\n", span.as_millis()),
                None => "[runs]\n".to_owned(),
            }
    }
}

#[test]
fn each_command_says_what_the_real_one_says() {
    let table = include_str!("exact_texts.txt");
    let mut seen = String::new();
    let mut before: Vec<(HostId, &str)> = Vec::new();
    let mut cases = 0;
    for line in table.lines() {
        if let Some(command) = command(line) {
            before.push(command);
        } else if is_end(line) {
            let (_, cmd) = before.pop().expect("a bracket ends a case");
            seen += &Case { before: std::mem::take(&mut before), cmd }.play();
            cases += 1;
        } else if before.is_empty() {
            // A heading, or a blank line.
            seen += &format!("{line}\n");
        }
    }
    assert_eq!(cases, 113, "no row is lost");
    expect_file!["exact_texts.txt"].assert_eq(&seen);
}

#[test]
fn a_connection_that_is_reset_ends_nc_in_silence() {
    let mut trial = Trial::new(ProfileName::Linux);
    let server = trial.starts(HostId::Server, "nc -l 5555");
    let client = trial.starts(HostId::Client, "nc 10.211.55.10 5555");
    trial.waits_ms(1000).signals(server, Signal::Int).waits_ms(1000).feeds(client, "hello").waits_ms(1000);
    assert_eq!(trial.wrote(client), "");
    assert_eq!(trial.ended(client).map(|(code, _)| code), Some(0));
}
