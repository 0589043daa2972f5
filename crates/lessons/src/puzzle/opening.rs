//! How a puzzle opens: what is seen, and what is not.

use super::fault::Fault;
use super::level::onset;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_course::{Action, Step};
use tcp_scene::words::puzzle::{Level, Trouble};
use tcp_shell::TerminalId::{ClientUpper, ServerUpper};

const fn ms(millis: u64) -> Instant {
    Instant::from_millis(millis)
}

/// How a puzzle with this fault opens: what is seen, and what is not.
pub(crate) fn opening(level: Level, fault: &Fault) -> Vec<Step> {
    let mut steps = fault.steps(onset(level));
    let at = |millis: u64, action: Action| Step { at: ms(millis), action };
    steps.extend(server(level, fault.trouble()));
    let input =
        |millis: u64, line: &str| at(millis, Action::Input { terminal: ClientUpper, line: line.to_owned() });
    // Where captures are offered from the beginning, they begin before it.
    let connects = if matches!(level, Level::Time | Level::Two) { 550 } else { 50 };
    steps.push(at(connects, Action::enter(ClientUpper, "nc 10.211.55.10 5555")));
    match level {
        // Whoever sees that nc has ended types nothing into the shell.
        _ if fault.is_refused() && onset(level) == Instant::START => {}
        Level::Pair => {}
        Level::Counters | Level::Time => steps.push(input(4050, "hello")),
        Level::Teardown => {
            steps.extend(aborts());
            steps.push(at(2050, Action::ctrl_c(ClientUpper)));
        }
        Level::Applications => {
            steps.push(input(1050, "hello"));
            steps.push(at(3050, Action::ctrl_c(ClientUpper)));
        }
        Level::Live => {
            steps.push(input(1050, "hello"));
            steps.push(input(3050, "again"));
        }
        Level::Two => {
            steps.push(input(4050, "hello"));
            steps.push(at(6050, Action::ctrl_c(ClientUpper)));
        }
    }
    steps.order_by_key(|step| step.at);
    steps
}

/// What runs on S_m.
fn server(level: Level, trouble: Option<Trouble>) -> Vec<Step> {
    let at_start = |action: Action| Step { at: Instant::START, action };
    match (level, trouble) {
        (_, Some(Trouble::NobodyListens)) => Vec::new(),
        (Level::Applications | Level::Teardown | Level::Live, _) => service(level, trouble),
        (_, Some(Trouble::ListensElsewhere)) => vec![at_start(Action::enter(ServerUpper, "nc -l 5556"))],
        _ => vec![at_start(Action::enter(ServerUpper, "nc -l 5555"))],
    }
}

/// A program without a terminal.
fn service(level: Level, trouble: Option<Trouble>) -> Vec<Step> {
    const REPLIES: Instant = ms(4050);
    const CLOSES: Instant = ms(5050);
    let port = if trouble == Some(Trouble::ListensElsewhere) { 5556 } else { 5555 };
    let queue = if trouble == Some(Trouble::QueueFull) { 0 } else { 5 };
    let mut steps = vec![start(Instant::START, "server", HostId::Server, "app")];
    let calls = |at: Instant, calls: &[&str]| -> Vec<Step> {
        calls.iter().map(|call| types(at, "server", HostId::Server, (*call).to_owned())).collect()
    };
    let now = |names: &[&str]| calls(Instant::START, names);
    steps.extend(
        listens("l", port, queue)
            .into_iter()
            .map(|call| types(Instant::START, "server", HostId::Server, call)),
    );
    match (level, trouble) {
        (_, Some(Trouble::NeverAccepts | Trouble::QueueFull)) => {}
        (_, Some(Trouble::NeverReads)) => steps.extend(now(&["l accept c"])),
        (Level::Teardown, _) => {
            // The other connection comes first.
            steps.extend(now(&["l accept other", "l accept c", "c drain"]));
            if trouble != Some(Trouble::NeverCloses) {
                steps.extend(calls(CLOSES, &["c close"]));
            }
        }
        (_, Some(Trouble::NeverCloses)) => steps.extend(now(&["l accept c", "c drain"])),
        // Where the machine loses its power, what is closed is to leave nothing behind.
        (Level::Live, _) => {
            steps.extend(now(&["l accept c", "c linger 0", "c recv 100", "c recv 100"]));
            steps.extend(calls(REPLIES, &["c send ready", "c drain", "c close"]));
        }
        _ => steps.extend(now(&["l accept c", "c drain", "c close"])),
    }
    match trouble {
        Some(Trouble::QueueFull) => {
            steps.push(start(ms(20), "other", HostId::Client, "nc 10.211.55.10 5555"));
        }
        // It comes back, and listens again.
        Some(Trouble::Vanished) => {
            let at = onset(level);
            steps.push(start(at, "again", HostId::Server, "app"));
            let again = |call| types(at, "again", HostId::Server, call);
            steps.extend(listens("l", port, queue).into_iter().map(again));
        }
        _ => {}
    }
    steps
}

/// A program of C_m that connects, and after a while aborts: it sends RST.
fn aborts() -> Vec<Step> {
    const CONNECTS: Instant = ms(20);
    const ABORTS: Instant = ms(1550);
    let calls = ["o socket", "o connect 10.211.55.10 5555", "o linger 0"];
    let calls = calls.into_iter().map(|call| (CONNECTS, call)).chain([(ABORTS, "o close")]);
    let mut steps = vec![start(CONNECTS, "other", HostId::Client, "app")];
    steps.extend(calls.map(|(at, call)| types(at, "other", HostId::Client, call.to_owned())));
    steps
}

fn start(at: Instant, id: &str, host: HostId, cmd: &str) -> Step {
    Step { at, action: Action::Start { host, id: id.to_owned(), cmd: cmd.to_owned() } }
}

fn types(at: Instant, id: &str, host: HostId, text: String) -> Step {
    Step { at, action: Action::Type { host, id: id.to_owned(), text } }
}

fn listens(name: &str, port: u16, queue: u8) -> Vec<String> {
    let bind = format!("bind 0.0.0.0 {port}");
    let listen = format!("listen {queue}");
    ["socket", "reuseaddr", &bind, &listen].map(|call| format!("{name} {call}")).to_vec()
}
