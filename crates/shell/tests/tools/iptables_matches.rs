//! The matches that `-m` loads: what the text files recorded of iptables 1.8.9, line by line.

use crate::{Server, Trial, recorded};
use tcp_shell::ProfileName;
use tcp_testing::{Network, ServerUpper};

#[test]
fn what_the_real_tool_prints_of_states_and_turns() {
    recorded(include_str!("iptables_matches.txt"));
}

#[test]
fn what_the_real_tool_prints_of_limits_and_saves() {
    recorded(include_str!("iptables_limit.txt"));
}

#[test]
fn what_the_real_tool_prints_of_chains_and_logs() {
    recorded(include_str!("iptables_chains.txt"));
}

#[test]
fn what_the_real_tool_prints_when_it_restores() {
    recorded(include_str!("iptables_restore.txt"));
}

/// Packets of five connections go through chains that return, go elsewhere and reject.
#[test]
fn what_the_real_tool_counts_behind_jumps() {
    recorded(include_str!("iptables_jumps.txt"));
}

/// Five at once, and then one each ten seconds.
#[test]
fn a_limit_fills_up_with_time() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.transcript(Server, "iptables -A INPUT -m limit --limit 6/minute -j ACCEPT; iptables -P INPUT DROP");
    let mut passed = |pause, times| {
        for _ in 0..times {
            let line = "send-segment --from 192.0.2.1:1000 --to server:5555 --flags RST";
            trial.waits_ms(pause).types(Network, line);
        }
        trial.waits_ms(10);
        let listed =
            trial.transcript(Server, "iptables -L INPUT -vn | grep ACCEPT; iptables -Z; iptables -S | wc -l");
        assert!(listed.ends_with("4\n"), "{listed}");
        listed.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok()).next()
    };
    assert_eq!(passed(5, 8), Some(5));
    // `-Z` made another rule of it: the burst is there again.
    assert_eq!(passed(5_000, 20), Some(14));
}

/// Each packet that comes to S_m is counted by what it is.
const COUNT: &str = "iptables -A INPUT -m state --state NEW; iptables -A INPUT -m state --state ESTABLISHED;
    iptables -A INPUT -m state --state INVALID; iptables -A OUTPUT -m state --state INVALID";

/// How many packets were NEW, ESTABLISHED, INVALID; and how many of those that S_m sent were INVALID.
fn counted(trial: &mut Trial) -> Vec<String> {
    let listed = trial.transcript(Server, "iptables -L -vn | grep state");
    let first = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    listed.lines().skip(1).map(first).collect()
}

#[test]
fn what_no_connection_begins_with_is_invalid() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.transcript(Server, COUNT);
    let mut sends = |flags: &str, counts: [&str; 4]| {
        let line = format!("send-segment --from 192.0.2.1:1000 --to server:5555 --flags {flags}");
        trial.types(Network, &line).waits_ms(100);
        assert_eq!(counted(&mut trial), counts, "{flags}");
    };
    // So is the reset that answers.
    sends("SYN,ACK", ["0", "0", "1", "1"]);
    sends("FIN,ACK", ["0", "0", "2", "2"]);
    sends("RST", ["0", "0", "3", "2"]);
    // The middle of a connection is taken up; the reset that answers shows that it has ended.
    sends("ACK", ["1", "0", "3", "2"]);
    sends("ACK", ["2", "0", "3", "2"]);
    // A SYN that a reset answers leaves nothing either.
    sends("SYN", ["3", "0", "3", "2"]);
    sends("SYN", ["4", "0", "3", "2"]);
    sends("SYN,FIN", ["4", "0", "4", "3"]);
}

/// An entry whose time is over is one no more. What is ignored does not make it live longer: a repeated SYN says nothing.
#[test]
fn an_entry_lives_for_its_time() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.transcript(Server, COUNT);
    trial.types(ServerUpper, "nc -l 5555");
    for (wait, counts) in
        [(0, ["1", "0", "0", "0"]), (40_000, ["1", "1", "0", "0"]), (21_000, ["2", "1", "0", "0"])]
    {
        trial
            .waits_ms(wait)
            .types(Network, "send-segment --from 192.0.2.1:1000 --to server:5555 --flags SYN");
        trial.waits_ms(100);
        assert_eq!(counted(&mut trial), counts, "after {wait} ms");
    }
}

/// A rule by chance draws from the session's seed: the same packets are dropped each time, and about as many as it says.
#[test]
fn chance_comes_from_the_seed() {
    let dropped = || {
        let mut trial = Trial::new(ProfileName::Linux);
        trial.transcript(Server, "iptables -A INPUT -m statistic --mode random --probability 0.25 -j DROP");
        for _ in 0..200 {
            trial
                .types(Network, "send-segment --from 192.0.2.1:1000 --to server:5555 --flags RST")
                .waits_ms(10);
        }
        counted_drops(&mut trial)
    };
    let first = dropped();
    assert!((30..=70).contains(&first), "{first} of 200");
    assert_eq!(dropped(), first);
}

fn counted_drops(trial: &mut Trial) -> u32 {
    let listed = trial.transcript(Server, "iptables -L INPUT -vn | grep DROP");
    listed.lines().nth(1).and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
