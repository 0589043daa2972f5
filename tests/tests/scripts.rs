//! The script of a session, run by bash on the kernel of this machine: each listing of sockets has the states that the
//! simulation had then.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]
#![allow(clippy::print_stdout, reason = "a test that needs a kernel says that it was not run")]

use std::fmt::Write;
use std::fs;
use std::iter;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes::built_in;
use tcp_course::{Action, Recording, Session, Step};
use tcp_oracle::verify::tolerance::MOMENT;
use tcp_shell::TerminalId::{ClientLower, ServerLower};
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

/// A scene under the profile `linux`, in whose lower terminals sockets are listed at these times too.
fn session(id: &str, until: u64, looks: &[u64]) -> Session {
    let scene = built_in().into_iter().find(|scene| scene.id == id).unwrap();
    let mut steps = scene.recording.steps.clone();
    for at in looks.iter().map(|at| Instant::from_millis(*at)) {
        steps.extend([ClientLower, ServerLower].map(|terminal| {
            let action = Action::enter(terminal, "netstat -nat");
            Step { at, action }
        }));
    }
    steps.sort_by_key(|step| step.at);
    let mut session = Session::of(&Recording { profile: ProfileName::Linux, steps, ..scene.recording });
    session.advance_to(Instant::from_millis(until));
    session
}

/// A row without its queues: its ends, of which a port that nobody chose is no number, and its state.
fn row(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let end = |word: &str| match word.rsplit_once(':') {
        Some((address, port)) if port.parse::<u32>().is_ok_and(|port| port >= 32_768) => {
            format!("{address}:any")
        }
        _ => word.to_owned(),
    };
    format!("{} {} {}", end(words[3]), end(words[4]), words[5])
}

fn rows<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut rows: Vec<String> = lines.filter(|line| line.starts_with("tcp")).map(row).collect();
    rows.sort();
    rows
}

/// The rows of a host from each moment on, in milliseconds, at which they changed in the simulation.
fn history(recording: &Recording, host: HostId, until: u64) -> Vec<(f64, Vec<String>)> {
    let mut session = Session::of(recording);
    let mut all: Vec<(f64, Vec<String>)> = Vec::new();
    loop {
        let now = rows(session.look(host, "netstat -nat").stdout.lines());
        if all.last().is_none_or(|(_, last)| *last != now) {
            all.push((session.lab().now().as_millis_f64(), now));
        }
        if session.next_event().is_none_or(|at| at > Instant::from_millis(until)) || !session.step() {
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
    let file = folder().join(format!("{name}.sh"));
    fs::write(&file, text).unwrap();
    // Other tests must not keep it from being in time, where that may be asked for.
    let done =
        Command::new("nice").args(["-n", "-15", "bash"]).arg(&file).stdin(Stdio::null()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{name}: {}\n{out}\n{err}", done.status);
    fs::remove_file(&file).unwrap();
    out.into_owned()
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tcp-states-scripts-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_kernel_has_the_same_states_at_each_listing() {
    let count = match asked() {
        Asked::Nothing(why) => return println!("not run: {why}"),
        Asked::Two => 2,
        Asked::All => SCENES.len(),
    };
    let scripts: Vec<(Session, String)> = (SCENES[..count].iter())
        .map(|(id, until, looks)| session(id, *until, looks))
        .map(|session| script(&session).map(|script| (session, script)).unwrap())
        .collect();
    let first: Vec<String> = thread::scope(|scope| {
        let runs =
            scripts.iter().zip(SCENES).map(|((_, script), scene)| scope.spawn(move || run(scene.0, script)));
        runs.collect::<Vec<_>>().into_iter().map(|run| run.join().unwrap()).collect()
    });
    let mut compared = 0;
    let mut found = String::new();
    for (((session, script), (id, until, looks)), first) in scripts.iter().zip(SCENES).zip(first) {
        // A script that says that it was late has done something else than the session.
        let mut runs = iter::once(first).chain((0..TRIES).map(|_| run(id, script)));
        let printed = runs.find(|printed| !printed.contains(" ms late, ")).expect("this machine is too busy");
        let mut text = String::new();
        for host in HOSTS {
            let history = history(&session.recording(), host, until + 500);
            let listings = listed(&printed, host);
            assert!(listings.len() > looks.len(), "{id}: {printed}");
            compared += listings.len();
            text += &listings.iter().map(|(at, rows)| differences(*at, rows, &history)).collect::<String>();
        }
        if !text.is_empty() {
            let _ = writeln!(found, "{id}:\n{text}{printed}");
        }
    }
    let _ = fs::remove_dir(folder());
    assert!(found.is_empty(), "{found}");
    println!("{count} scripts, {compared} listings");
}
