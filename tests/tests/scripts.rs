//! The script of a session, run by bash on the kernel of this machine: each listing has the rows, queues and states that the
//! simulation had then.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]
#![allow(clippy::print_stdout, reason = "a test that needs a kernel says that it was not run")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::iter;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes::built_in;
use tcp_course::{Action, Recording, Session, Step};
use tcp_oracle::verify::tolerance::MOMENT;
use tcp_shell::TerminalId::{self, ClientLower, ClientUpper, Network, ServerLower, ServerUpper};
use tcp_shell::User;
use tcp_tests::scripts::{Asked, asked, script};

const HOSTS: [HostId; 2] = [HostId::Client, HostId::Server];

/// Scenes, how many milliseconds of each are done, and when both hosts list their sockets besides. The first two are the
/// shortest.
const SCENES: [(&str, u64, &[u64]); 12] = [
    ("synack-lost", 8_000, &[900, 2_500, 6_500]),
    ("hello-both-ways", 3_500, &[150, 700, 1_500, 2_500]),
    ("three-segments", 3_500, &[800, 1_500]),
    ("whole-connection", 5_000, &[1_200, 2_000, 3_500]),
    ("syn-dropped", 23_000, &[2_000, 6_000, 12_000, 20_250, 21_700]),
    ("synack-dropped", 12_000, &[900, 2_500, 5_500, 11_000]),
    ("ack-dropped-by-receiver", 12_000, &[1_500, 4_200, 9_500]),
    ("data-lost", 12_000, &[700, 2_500, 4_500, 10_000]),
    ("fin-lost", 8_000, &[700, 2_500, 7_000]),
    ("last-ack-lost", 6_000, &[700, 1_100, 2_500, 5_000]),
    ("reject", 9_000, &[1_500, 4_500, 7_500]),
    ("server-closes-first", 8_000, &[1_500, 4_000, 7_000]),
];

/// How often a script that was late is run again, alone.
const TRIES: usize = 5;

/// Other sessions: what is typed when, how many milliseconds are done, and when the hosts list their sockets. `^C`, `^D` and
/// `^Z` are keys.
type Typed = (&'static str, &'static [(u64, TerminalId, &'static str)], u64, &'static [u64]);

const OTHERS: [Typed; 3] = [
    (
        "losses",
        &[
            (0, ServerUpper, "nc -lk 5555"),
            (100, Network, "drop client 40%"),
            (200, Network, "drop server SA * 1"),
            (1_000, ClientUpper, "nc 10.211.55.10 5555"),
            (5_000, ClientUpper, "hello"),
            (5_002, Network, "drop data"),
            (8_000, Network, "drop client 0%"),
            (8_100, Network, "drop server A 0 3"),
            (9_000, ClientUpper, "a line"),
            (11_000, ServerLower, "sudo tc qdisc add dev eth0 root netem loss 70%"),
            (11_200, ServerUpper, "an answer"),
            (13_900, ServerLower, "sudo tc qdisc del dev eth0 root"),
            (14_000, Network, "drop server FA + 2"),
            (15_000, Network, "drop client FA 0"),
            (15_500, Network, "drop client FA 0 2"),
            (16_000, Network, "undrop client FA 0"),
            (17_000, ClientUpper, "^C"),
        ],
        20_000,
        &[1_600, 4_500, 7_500, 10_500, 11_300, 11_700, 12_300, 13_500, 17_500],
    ),
    (
        "programs",
        &[
            (0, ServerUpper, "nc -lk 5555 > got.txt &"),
            (300, ClientUpper, "nc S_m 5555"),
            (700, ClientUpper, "one"),
            (1_000, ClientUpper, "^Z"),
            (1_500, ClientUpper, "nc -N S_m 5555 < /dev/null; nc 10.211.55.10 5555"),
            (2_500, ClientUpper, "^D"),
            (3_000, ClientUpper, "^C"),
            (3_500, ClientUpper, "kill -CONT %1"),
            (
                4_000,
                ClientUpper,
                "echo two | timeout 3 nc -q 5 10.211.55.10 5555 && echo three | nc -w 1 S_m 5555",
            ),
            (8_500, ServerUpper, "killall nc"),
            (9_000, ServerUpper, "sh -c 'nc -l 5555 || nc -l 5556'"),
            (9_500, ClientUpper, "! nc -z S_m 5555"),
        ],
        10_000,
        &[550, 1_300, 2_000, 2_750, 3_250, 3_800, 5_000, 8_200, 8_800, 9_300],
    ),
    (
        "rules",
        &[
            (0, ServerUpper, "nc -lk 5555"),
            (
                100,
                ServerLower,
                "sudo iptables -N 'filter-in' && sudo iptables -A INPUT -p tcp --dport 5555 -j DROP",
            ),
            (200, ClientLower, "sudo sysctl -w net.ipv4.tcp_syn_retries=1; sysctl net.ipv4.tcp_syn_retries"),
            (1_000, ClientUpper, "nc -v S_m 5555"),
            (
                5_000,
                ServerLower,
                "sudo iptables -R INPUT 1 -p tcp --dport 5555 -m state --state ESTABLISHED -j DROP",
            ),
            (6_000, ClientUpper, "nc S_m 5555"),
            (
                8_000,
                ServerLower,
                "sudo iptables -A 'filter-in' -j ACCEPT; sudo iptables -I INPUT -j filter-in",
            ),
            (10_000, ServerLower, "iptables -F"),
            (11_000, ClientUpper, "^C"),
        ],
        13_000,
        &[2_500, 4_700, 6_600, 7_700, 12_000],
    ),
];

/// A session of these steps under the profile `linux`, in whose lower terminals sockets are listed at these times too.
fn session(recording: Recording, until: u64, looks: &[u64]) -> Session {
    let mut steps = recording.steps.clone();
    for at in looks.iter().map(|at| Instant::from_millis(*at)) {
        steps.extend([ClientLower, ServerLower].map(|terminal| {
            let action = Action::enter(terminal, "netstat -nat");
            Step { at, action }
        }));
    }
    steps.sort_by_key(|step| step.at);
    let mut session = Session::of(&Recording { profile: ProfileName::Linux, steps, ..recording });
    session.advance_to(Instant::from_millis(until));
    session
}

/// What is run: its name, and its session.
fn sessions() -> Vec<(&'static str, Session)> {
    let scenes = SCENES.iter().map(|(id, until, looks)| {
        let scene = built_in().into_iter().find(|scene| scene.id == *id).unwrap();
        (*id, session(scene.recording, *until, looks))
    });
    let others = OTHERS.iter().map(|(name, typed, until, looks)| {
        let action = |terminal, line: &str| match line {
            "^C" => Action::ctrl_c(terminal),
            "^D" => Action::ctrl_d(terminal),
            "^Z" => Action::ctrl_z(terminal),
            line => Action::enter(terminal, line),
        };
        let step = |(at, terminal, line): &(u64, TerminalId, &str)| Step {
            at: Instant::from_millis(*at),
            action: action(*terminal, line),
        };
        let steps = typed.iter().map(step).collect();
        let recording = Recording { user: User::Student, steps, ..Recording::new(ProfileName::Linux, 5) };
        (*name, session(recording, *until, looks))
    });
    scenes.chain(others).collect()
}

/// A row: its queues, its ends, of which a port that nobody chose is no number, and its state.
fn row(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let end = |word: &str| match word.rsplit_once(':') {
        Some((address, port)) if port.parse::<u32>().is_ok_and(|port| port >= 32_768) => {
            format!("{address}:any")
        }
        _ => word.to_owned(),
    };
    format!("{} {} {} {} {}", words[1], words[2], end(words[3]), end(words[4]), words[5])
}

fn rows<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut rows: Vec<String> = lines.filter(|line| line.starts_with("tcp")).map(row).collect();
    rows.sort();
    rows
}

/// The rows of a host from each moment on, in milliseconds, at which they changed in the simulation.
fn history(session: &Session, host: HostId) -> Vec<(f64, Vec<String>)> {
    let until = session.lab().now() + Duration::from_millis(500);
    let mut session = Session::of(&session.recording());
    let mut all: Vec<(f64, Vec<String>)> = Vec::new();
    loop {
        let now = rows(session.look(host, "netstat -nat").stdout.lines());
        if all.last().is_none_or(|(_, last)| *last != now) {
            all.push((session.lab().now().as_millis_f64(), now));
        }
        if session.next_event().is_none_or(|at| at > until) || !session.step() {
            return all;
        }
    }
}

/// The listings of a host in what the script printed: when, and the rows.
fn listed(printed: &str, host: HostId) -> Vec<(f64, Vec<String>)> {
    let all = printed.split_once(&format!("\nSockets of {host}:\n")).unwrap().1;
    let own = all.split("\nSockets of ").next().unwrap();
    let listings = own.split("at ").skip(1);
    let listing = |text: &str| (text.split_once(" ms").unwrap().0.parse().unwrap(), rows(text.lines()));
    listings.map(listing).collect()
}

/// What a listing has otherwise than the simulation at every moment within the tolerance.
fn differences(at: f64, rows: &[String], history: &[(f64, Vec<String>)]) -> String {
    let changed = history.iter().map(|(from, _)| *from).take_while(|from| *from <= at).last().unwrap_or(0.0);
    let allowed = MOMENT.over(at - changed);
    let ends = history.iter().skip(1).map(|(from, _)| *from).chain([f64::INFINITY]);
    let near =
        history.iter().zip(ends).filter(|((from, _), to)| *from <= at + allowed && *to >= at - allowed);
    let near: Vec<&Vec<String>> = near.map(|((_, rows), _)| rows).collect();
    let mut text = String::new();
    for row in rows.iter().filter(|row| !near.iter().any(|rows| rows.contains(row))) {
        let _ = writeln!(text, "    {at} ms: only the kernel has {row}");
    }
    let always =
        near.first().into_iter().copied().flatten().filter(|row| near.iter().all(|rows| rows.contains(row)));
    for row in always.filter(|row| !rows.contains(row)) {
        let _ = writeln!(text, "    {at} ms: only the simulation has {row}");
    }
    text
}

/// Runs a script, and returns what it printed.
fn run(name: &str, text: &str) -> String {
    let file = file(name);
    fs::write(&file, text).unwrap();
    // Other tests must not keep it from being in time, where that may be asked for.
    let done =
        Command::new("nice").args(["-n", "-15", "bash"]).arg(&file).stdin(Stdio::null()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{name}: {}\n{out}\n{err}", done.status);
    fs::remove_file(&file).unwrap();
    out.into_owned()
}

/// A file for a script while it runs.
fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("tcp-states-{}-{name}.sh", std::process::id()))
}

#[test]
fn bash_can_read_the_script_of_every_scene() {
    let (mut read, mut refused) = (0, 0);
    for scene in built_in() {
        let mut session = Session::of(&scene.recording);
        session.advance_to(Instant::from_millis(200_000));
        let Ok(text) = script(&session) else {
            refused += 1;
            continue;
        };
        let mut bash =
            Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        bash.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let done = bash.wait_with_output().unwrap();
        assert!(done.status.success() && done.stderr.is_empty(), "{}: {done:?}", scene.id);
        read += 1;
    }
    assert!(read >= 25 && refused >= 5, "{read} scripts, {refused} refused");
}

/// The page's hosts are 5 ms apart, and nobody asks for that.
#[test]
fn a_delay_that_was_asked_for_needs_netem_before_anything_is_done() {
    if let Asked::Nothing(why) = asked() {
        return println!("not run: {why}");
    }
    let steps = [(0, TerminalId::Network, "delay 300"), (10, ClientUpper, "nc -z S_m 5555")];
    let steps = steps.map(|(at, terminal, line)| Step {
        at: Instant::from_millis(at),
        action: Action::enter(terminal, line),
    });
    let recording = Recording { steps: steps.into(), ..Recording::new(ProfileName::Linux, 1) };
    let file = file("delay");
    fs::write(&file, script(&session(recording, 500, &[])).unwrap()).unwrap();
    let done = Command::new("bash").arg(&file).stdin(Stdio::null()).output().unwrap();
    fs::remove_file(&file).unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    if done.status.success() {
        assert!(out.contains("Sockets of S_m:"), "{out}");
    } else {
        assert!(err.starts_with("not done: ") && (err.contains("netem") || err.contains("tc ")), "{err}");
        assert_eq!(out, "", "nothing was begun");
    }
}

#[test]
fn the_kernel_has_the_same_states_at_each_listing() {
    let count = match asked() {
        Asked::Nothing(why) => return println!("not run: {why}"),
        Asked::Two => 2,
        Asked::All => SCENES.len() + OTHERS.len(),
    };
    let sessions = sessions();
    let scripts: Vec<_> = (sessions.iter().take(count))
        .map(|(name, session)| (*name, session, script(session).unwrap()))
        .collect();
    let first: Vec<String> = thread::scope(|scope| {
        let runs = scripts.iter().map(|(name, _, script)| scope.spawn(move || run(name, script)));
        runs.collect::<Vec<_>>().into_iter().map(|run| run.join().unwrap()).collect()
    });
    let (mut compared, mut late) = (0, 0);
    let mut found = String::new();
    for ((name, session, script), first) in scripts.iter().zip(first) {
        // A script that says that it was late has done something else than the session.
        let mut runs = iter::once(first).chain((0..TRIES).map(|_| run(name, script)));
        let Some(printed) = runs.find(|printed| !printed.contains(" ms late, ")) else {
            println!("not compared: {name}, because this machine is too busy");
            late += 1;
            continue;
        };
        let mut text = String::new();
        for host in HOSTS {
            let history = history(session, host);
            let listings = listed(&printed, host);
            assert!(listings.len() > 2, "{name}: {printed}");
            compared += listings.len();
            text += &listings.iter().map(|(at, rows)| differences(*at, rows, &history)).collect::<String>();
        }
        if !text.is_empty() {
            let _ = writeln!(found, "{name}:\n{text}{printed}");
        }
    }
    assert!(found.is_empty(), "{found}");
    assert!(late == 0 || count == 2, "{late} scripts were always late");
    println!("{count} scripts, {compared} listings");
}
