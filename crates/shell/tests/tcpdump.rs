//! What tcpdump prints of sessions, beside what the real one printed of the same steps on a real kernel
//! (`tcpdump/README.md`).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;
use tcp_core::net::ProcessId;
use tcp_core::tcp::ProfileName;
use tcp_core::{Instant, millis};
use tcp_shell::{Feed, HostId, Key, Lab, PrintedKind, Signal, TerminalId, User};

/// A place where lines are typed: a terminal of the lab, or more than it has.
#[derive(Clone, Copy)]
enum Place {
    Terminal(TerminalId),
    Process(ProcessId),
}

/// Plays the steps of a recording, and returns what each line of tcpdump printed, in the order of their starts.
fn play(steps: &str) -> String {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    lab.log_in(User::Student);
    let mut places: BTreeMap<&str, Place> = BTreeMap::new();
    // A line, its place, and the number of pieces that were in its terminal.
    let mut lines: Vec<(&str, &str, Place, usize)> = Vec::new();
    let mut shown: Vec<Option<String>> = Vec::new();
    for step in steps.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut words = step.splitn(3, ' ');
        let mut word = || words.next().expect("a step has a time, a place and what is typed");
        let (at, at_place, what) = (word(), word(), word());
        let seconds = at.parse::<f64>().expect("a time is in seconds");
        lab.advance_to(Instant::START + Duration::from_secs_f64(seconds));
        match what {
            "end" => {}
            "^C" => match places[at_place] {
                Place::Terminal(terminal) => lab.press(terminal, Key::CtrlC),
                Place::Process(process) => lab.feed(process, Feed::Signal(Signal::Int)),
            },
            "^D" => match places[at_place] {
                Place::Terminal(terminal) => lab.press(terminal, Key::CtrlD),
                Place::Process(process) => lab.feed(process, Feed::End),
            },
            typed if typed.starts_with("> ") => match places[at_place] {
                Place::Terminal(terminal) => lab.press(terminal, Key::Enter(&typed[2..])),
                Place::Process(process) => lab.feed(process, Feed::Line(&typed[2..])),
            },
            line => {
                for (place, shown) in
                    lines.iter().zip(&mut shown).filter(|((_, name, ..), _)| *name == at_place)
                {
                    let _ = shown.get_or_insert_with(|| printed(&lab, place.2, place.3));
                }
                let typed = line.strip_prefix("student ").unwrap_or(line);
                let (place, before) = match TerminalId::parse(at_place) {
                    Some(terminal) => {
                        let before = lab.terminal(terminal).printed.len();
                        lab.press(terminal, Key::Enter(typed));
                        (Place::Terminal(terminal), before)
                    }
                    None => {
                        let host =
                            if at_place.starts_with("client") { HostId::Client } else { HostId::Server };
                        (Place::Process(lab.start(host, typed)), 0)
                    }
                };
                places.insert(at_place, place);
                lines.push((line, at_place, place, before));
                shown.push(None);
            }
        }
    }
    let mut out = String::new();
    // As the recorder lists them: first the lines that others followed, then the last line of each place.
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let followed = |at: &usize| lines[at + 1..].iter().any(|(_, name, ..)| *name == lines[*at].1);
    let first_of = |at: &usize| lines.iter().position(|(_, name, ..)| *name == lines[*at].1);
    let next_of = |at: &usize| (at + 1..lines.len()).find(|next| lines[*next].1 == lines[*at].1);
    order.sort_by_key(|at| if followed(at) { (0, next_of(at)) } else { (1, first_of(at)) });
    for at in order {
        let (line, name, place, before) = lines[at];
        if line.contains("tcpdump") {
            let text = shown[at].clone().unwrap_or_else(|| printed(&lab, place, before));
            let _ = write!(out, "---{name}$ {line}\n{text}");
            if !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
    out
}

/// What was printed in a place after its first `before` pieces.
fn printed(lab: &Lab, place: Place, before: usize) -> String {
    match place {
        Place::Terminal(terminal) => {
            let pieces = lab.terminal(terminal).printed.iter().skip(before);
            let of_program =
                pieces.filter(|piece| matches!(piece.kind, PrintedKind::Stdout | PrintedKind::Stderr));
            of_program.map(|piece| piece.text.as_str()).collect()
        }
        Place::Process(process) => {
            let process = lab.process(process).expect("it was started");
            process.output.iter().map(|piece| piece.text.as_str()).collect()
        }
    }
}

/// The same text without what differs from run to run: times, identifications, checksums, clocks of timestamps, and where
/// numbers begin. Numbers and ports keep their relations.
fn masked(text: &str) -> String {
    let mut numbers: Vec<u32> = Vec::new();
    let mut ports: Vec<u16> = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    // How many more have come until a capture of some packets ends is chance.
    let mut some = false;
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("---") {
            some = line.contains(" -c");
        }
        if some && line.ends_with("received by filter") {
            continue;
        }
        let counts = |line: &str| line.contains(" captured");
        // A terminal's line is at its end after ^C; the recorder's was not.
        if line.is_empty() && lines.get(at + 1).is_some_and(|next| counts(next)) {
            continue;
        }
        let mut words: Vec<String> = Vec::new();
        for word in line.split(' ') {
            let before = words.last().map_or("", String::as_str).to_owned();
            let masked = mask(word, &before, &mut numbers, &mut ports);
            if masked != GONE {
                words.push(masked);
            }
        }
        out += &words.join(" ");
        out.push('\n');
    }
    out
}

/// In place of a word that the other has not.
const GONE: &str = "\0";

fn mask(word: &str, before: &str, numbers: &mut Vec<u32>, ports: &mut Vec<u16>) -> String {
    let shape: String = word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    match (shape.as_str(), before) {
        ("00:00:00.000000", _) => return "TIME".to_owned(),
        ("0000-00-00", _) => return "DAY".to_owned(),
        (_, "id") if word != "0," => return "N,".to_owned(),
        (_, "cksum") => return "SUM".to_owned(),
        ("(correct),", "SUM") => return "(…),".to_owned(),
        ("(incorrect", "SUM") => return "(…),".to_owned(),
        (_, "(…),") if word == "->" => return GONE.to_owned(),
        // Windows are the engine's, and the kernel's are a few hundred octets larger; a shut one is shut in both. On the
        // loopback the lab has the segments of its link.
        (_, "win") if word != "0," => return "W,".to_owned(),
        (_, "[mss") => return "M,".to_owned() + word.split_once(',').map_or("", |(_, rest)| rest),
        (_, "val") => return "T".to_owned(),
        (_, "ecr") if !word.starts_with("0,") => {
            return format!("T{}", word.trim_start_matches(|c: char| c.is_ascii_digit()));
        }
        _ => {}
    }
    if word.starts_with("0x") && word.ends_with("),") {
        return GONE.to_owned();
    }
    // An end: the port is the last part. Those that the kernel chose are numbered in order.
    if let Some((address, port)) = word.trim_end_matches(':').rsplit_once('.')
        && let Ok(port) = port.parse::<u16>()
        && port >= 32768
        && !address.is_empty()
    {
        let place = ports.iter().position(|known| *known == port).unwrap_or_else(|| {
            ports.push(port);
            ports.len() - 1
        });
        return format!("{address}.P{place}{}", if word.ends_with(':') { ":" } else { "" });
    }
    if matches!(before, "seq" | "ack") {
        let end = word.trim_end_matches(',');
        let parts = end.split(':').map(|part| relative(part, numbers)).collect::<Vec<_>>().join(":");
        return parts + if word.ends_with(',') { "," } else { "" };
    }
    word.to_owned()
}

/// A large number as its distance from one that was there before.
fn relative(word: &str, numbers: &mut Vec<u32>) -> String {
    match word.parse::<u32>() {
        Ok(number) if number > 100_000 => {
            let near = numbers.iter().position(|known| number.wrapping_sub(*known) < 100_000);
            let place = near.unwrap_or_else(|| {
                numbers.push(number);
                numbers.len() - 1
            });
            format!("N{place}+{}", number.wrapping_sub(numbers[place]))
        }
        _ => word.to_owned(),
    }
}

/// Compares a session with its recording.
fn check(recording: &str) {
    let (steps, expected) =
        recording.split_once("\n---").expect("a recording has steps and what was printed");
    let seen = masked(&play(steps));
    let expected = masked(&format!("---{expected}"));
    if seen != expected {
        let different: Vec<String> = seen
            .lines()
            .zip(expected.lines())
            .filter(|(one, other)| one != other)
            .take(6)
            .map(|(one, other)| format!("  lab: {one}\n real: {other}\n"))
            .collect();
        panic!("{}\n----\nlab:\n{seen}", different.concat());
    }
}

macro_rules! sessions {
    ($($name:ident: $file:literal,)*) => {
        $(#[test]
        fn $name() {
            check(include_str!(concat!("tcpdump/sessions/", $file, ".txt")));
        })*
    };
}

sessions! {
    handshake: "handshake",
    on_the_server: "server",
    absolute_numbers: "absolute",
    quick_and_without_times: "quick",
    verbose: "verbose",
    a_number_of_packets: "count",
    what_input_drops_is_seen: "syn-dropped-by-input",
    what_output_drops_is_not: "syn-dropped-by-output",
    synack_dropped: "synack-dropped",
    refused: "refused",
    rejected: "reject",
    rejected_by_output: "reject-output",
    on_the_loopback: "loopback",
    names_of_services: "services",
    into_a_pipe: "grep-pipe",
    what_is_refused: "refused-lines",
    a_hole: "sack",
    written_and_read: "write-read",
    an_interface_goes_down: "link-down",
    echoes: "ping",
}

fn lab() -> Lab {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    lab.log_in(User::Student);
    lab
}

fn types(lab: &mut Lab, terminal: TerminalId, line: &str) {
    lab.press(terminal, Key::Enter(line));
    lab.advance_to(lab.now() + millis(200));
}

/// What a terminal shows of programs.
fn shown(lab: &Lab, terminal: TerminalId) -> String {
    printed(lab, Place::Terminal(terminal), 0)
}

fn connect_and_close(lab: &mut Lab) {
    types(lab, TerminalId::ServerUpper, "nc -l 5555");
    types(lab, TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    lab.press(TerminalId::ClientUpper, Key::CtrlC);
    lab.advance_to(lab.now() + millis(200));
}

#[test]
fn an_idle_capture_has_nothing_due() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -i any");
    assert_eq!(lab.next_event(), None);
    assert!(lab.terminal(TerminalId::ClientLower).foreground.is_some());
}

#[test]
fn a_capture_goes_back_and_forth_with_its_session() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -w a.pcap -i any &");
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -l -i any -n | grep 'Flags .F'");
    let before = lab.checkpoint();
    let mut seen = Vec::new();
    for _ in 0..2 {
        connect_and_close(&mut lab);
        lab.press(TerminalId::ClientLower, Key::CtrlC);
        types(
            &mut lab,
            TerminalId::ClientLower,
            "killall tcpdump; sudo killall tcpdump; tcpdump -r a.pcap -n",
        );
        seen.push(shown(&lab, TerminalId::ClientLower));
        lab.restore(&before);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].matches("Flags [F.]").count(), 4, "{}", seen[0]);
}

#[test]
fn a_job_prints_over_the_prompt_until_it_is_killed() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -t -n -c 3 -i eth0 tcp &");
    connect_and_close(&mut lab);
    let text = shown(&lab, TerminalId::ClientLower);
    assert!(text.contains("[1] 400"), "{text}");
    assert!(
        text.ends_with("3 packets captured\n3 packets received by filter\n0 packets dropped by kernel\n"),
        "{text}"
    );
    types(&mut lab, TerminalId::ClientLower, "jobs");
    assert!(shown(&lab, TerminalId::ClientLower).contains("Done"));
}

#[test]
fn a_stopped_capture_sees_later_what_it_missed() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -t -n -i eth0 tcp");
    types(&mut lab, TerminalId::ClientThird, "sudo killall -STOP tcpdump");
    connect_and_close(&mut lab);
    assert!(!shown(&lab, TerminalId::ClientLower).contains("Flags"));
    types(&mut lab, TerminalId::ClientThird, "sudo killall -CONT tcpdump");
    assert_eq!(shown(&lab, TerminalId::ClientLower).matches("Flags").count(), 6);
    types(&mut lab, TerminalId::ClientThird, "sudo killall -INT tcpdump");
    assert!(shown(&lab, TerminalId::ClientLower).contains("\n6 packets captured\n"));
}

#[test]
fn sigkill_leaves_no_counts() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -t -n -i eth0 tcp");
    types(&mut lab, TerminalId::ClientThird, "sudo killall -9 tcpdump");
    let text = shown(&lab, TerminalId::ClientLower);
    assert!(text.ends_with("Killed\n") && !text.contains("captured"), "{text}");
}

#[test]
fn head_ends_a_capture_at_the_next_line() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -l -t -n -i eth0 tcp | head -n 2");
    connect_and_close(&mut lab);
    let text = shown(&lab, TerminalId::ClientLower);
    assert_eq!(text.matches("Flags").count(), 2, "{text}");
    assert!(text.contains(" packets captured"), "{text}");
    assert_eq!(lab.terminal(TerminalId::ClientLower).foreground, None);
}

#[test]
fn other_programs_have_filters_behind_them_too() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ServerUpper, "nc -l 5555 | grep -v secret");
    types(&mut lab, TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    types(&mut lab, TerminalId::ClientUpper, "one");
    types(&mut lab, TerminalId::ClientUpper, "a secret");
    types(&mut lab, TerminalId::ClientUpper, "two");
    assert_eq!(shown(&lab, TerminalId::ServerUpper), "one\ntwo\n");
    lab.press(TerminalId::ClientUpper, Key::CtrlC);
    lab.advance_to(lab.now() + millis(200));
    types(&mut lab, TerminalId::ServerUpper, "echo $?");
    assert_eq!(shown(&lab, TerminalId::ServerUpper), "one\ntwo\n0\n");
}

#[test]
fn what_fills_a_buffer_goes_through_the_pipe() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -i eth0 -n -X | grep 'Flags'");
    for _ in 0..3 {
        connect_and_close(&mut lab);
    }
    let lines = shown(&lab, TerminalId::ClientLower).matches("Flags").count();
    assert!((8..18).contains(&lines), "{lines}");
}

#[test]
fn the_article_s_profile_is_captured_as_well() {
    let mut lab = Lab::new(ProfileName::Article, 1);
    types(&mut lab, TerminalId::ClientLower, "tcpdump -t -n -v -i eth0 tcp");
    connect_and_close(&mut lab);
    let text = shown(&lab, TerminalId::ClientLower);
    assert!(text.contains("Flags [S], cksum") && !text.contains("incorrect"), "{text}");
}

#[test]
fn ipv6_has_its_own_header() {
    let mut lab = lab();
    types(&mut lab, TerminalId::ClientLower, "sudo ip -6 addr add fd00::2/64 dev eth0");
    types(&mut lab, TerminalId::ServerLower, "sudo ip -6 addr add fd00::10/64 dev eth0");
    types(&mut lab, TerminalId::ClientLower, "sudo tcpdump -t -n -v -c 1 -i eth0 ip6 and dst host fd00::10");
    types(&mut lab, TerminalId::ServerUpper, "nc -6 -l 5555");
    types(&mut lab, TerminalId::ClientUpper, "nc fd00::10 5555");
    let text = shown(&lab, TerminalId::ClientLower);
    let begins = "hlim 64, next-header TCP (6) payload length: 40) fd00::2.";
    assert!(text.contains("\nIP6 (flowlabel 0x") && text.contains(begins), "{text}");
    assert!(text.contains(" > fd00::10.5555: Flags [S], cksum 0x") && text.contains("(correct)"), "{text}");
}
