//! A lab that would use up all memory or time stops with a message.

use super::*;
use tcp_core::millis;

/// A lab with small bounds, a day after these lines were typed in it.
fn after(lines: &[(TerminalId, &str)]) -> Lab {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    lab.bounds = Bounds { memory: 8 << 20, work: 200_000_000 };
    for (terminal, line) in lines {
        lab.press(*terminal, Key::Enter(line));
        lab.advance_to(lab.now() + millis(100));
    }
    lab.advance_to(lab.now() + millis(86_400_000));
    lab
}

use TerminalId::{ClientLower, ClientUpper, Network, ServerUpper};

#[test]
fn a_usual_session_is_far_from_the_bounds() {
    let lab =
        after(&[(ServerUpper, "nc -l 5555"), (ClientUpper, "nc 10.211.55.10 5555"), (ClientUpper, "hello")]);
    assert_eq!(lab.exhausted(), None);
    assert!(lab.weight() < 100_000 && lab.work() < 1_000_000, "{} {}", lab.weight(), lab.work());
}

#[test]
fn endless_sending_ends() {
    let lab = after(&[
        (ServerUpper, "nc -l 5555"),
        (ClientUpper, "app"),
        (ClientUpper, "a socket"),
        (ClientUpper, "a connect 10.211.55.10 5555"),
        (ClientUpper, "a sendloop 0 4294967295 words and more words"),
    ]);
    assert_eq!(lab.exhausted(), Some(Exhausted::Memory));
    assert_eq!(lab.next_event(), None);
    assert!(lab.weight() < 9 << 20);
}

#[test]
fn what_is_typed_then_says_why_it_does_nothing() {
    let endless = "netstat -s;".repeat(400);
    let lab = after(&[
        (Network, "delay 0"),
        (ServerUpper, "nc -k -l 5555"),
        (ClientUpper, "nc -z 10.211.55.10 1-60000"),
        (ClientLower, &endless),
        (ClientLower, "date"),
    ]);
    assert!(lab.exhausted().is_some());
    let last = lab.terminal(ClientLower).printed.last().map(|printed| printed.text.to_string());
    let said = last.unwrap_or_default();
    assert!(said.starts_with("bash: this session is full: it needs"), "{said}");
}

#[test]
fn a_pattern_that_ruins_others_is_given_up() {
    let greedy = "netstat -s | grep -E '(((((a?){50}){50})*)*x?){9}'\n".repeat(50);
    let lab = after(&[(ClientLower, &greedy)]);
    assert!(lab.work() < 200_000_000 || lab.exhausted().is_some());
}

#[test]
fn a_line_without_a_terminal_keeps_the_errors_of_a_pipe() {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    let output = lab.run(Some(HostId::Client), "netstat --foo | sleep 1; netstat --bar | sleep 2");
    let refused: Vec<&str> = output.stderr.lines().filter(|line| line.starts_with("netstat: ")).collect();
    assert_eq!(refused, ["netstat: unrecognized option '--foo'", "netstat: unrecognized option '--bar'"]);
}

/// The text of a terminal.
fn text(lab: &Lab, terminal: TerminalId) -> String {
    lab.terminal(terminal).printed.iter().map(|piece| piece.text.as_str()).collect()
}

#[test]
fn only_a_third_terminal_closes() {
    use TerminalId::{ClientThird, ServerThird};
    let mut lab = Lab::new(ProfileName::Linux, 1);
    lab.press(ClientLower, Key::Enter("exit"));
    lab.press(ServerUpper, Key::CtrlD);
    assert!([ClientLower, ServerUpper].iter().all(|id| text(&lab, *id).ends_with("stays open.\n")));
    lab.press(ClientThird, Key::Enter("date; exit; nc -l 7000"));
    assert!(lab.terminal(ClientThird).is_new() && lab.processes().len() == 1, "nothing is read after exit");
    lab.press(ServerThird, Key::Enter("nc -l 7000 &"));
    lab.press(ServerThird, Key::Enter("nc -l 7001"));
    lab.press(ServerThird, Key::CtrlD);
    lab.press(ServerThird, Key::CtrlC);
    assert!(!lab.terminal(ServerThird).is_new(), "Ctrl-D is the program's as long as one runs");
    lab.press(ServerThird, Key::CtrlD);
    assert!(lab.terminal(ServerThird).is_new());
    lab.press(ServerThird, Key::Enter("jobs"));
    assert_eq!(text(&lab, ServerThird), "jobs\n");
    let runs = |cmd: &str| lab.processes().iter().any(|it| it.cmd == cmd && it.exit.is_none());
    assert!(runs("nc -l 7000") && !runs("nc -l 7001"), "a job goes on");
}

#[test]
fn an_unknown_word_is_answered_with_what_is_near() {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    for (terminal, line, says) in [
        (ClientLower, "netsat -nat", "bash: netsat: command not found, did you mean netcat or netstat?\n"),
        (ClientLower, "hello", "bash: hello: command not found\n"),
        (Network, "dorp client S", "dorp: command not found, did you mean drop?\n"),
        (Network, "netstat", "netstat: command not found; it is a command of C_m and S_m\n"),
        (Network, "hello", "hello: command not found; help lists what the network understands\n"),
    ] {
        lab.press(terminal, Key::Enter(line));
        assert!(text(&lab, terminal).ends_with(says), "{}", text(&lab, terminal));
    }
}
