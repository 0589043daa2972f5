//! Connections: who listens, who connects, what they say, and who closes how.

use tcp_core::net::HostId;

use super::super::dice::Dice;
use super::super::scenario::{CLIENTS, PORTS, SERVERS};
use super::script::Script;

const SERVER: &str = "10.211.55.10";
const WORDS: [&str; 8] =
    ["hello", "world", "one two three", "ping", "the quick brown fox", "ok", "what is that", "bye"];

/// A program that talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Nc,
    Ncat,
    Traditional,
    App,
    Absent,
}

/// One end of a connection, as the steps name it.
struct End<'a> {
    kind: Kind,
    host: HostId,
    id: &'a str,
    /// The socket of `app` that talks.
    socket: &'static str,
}

/// Makes `count` connections within `span` milliseconds, and returns the servers' ports.
pub(super) fn connections(script: &mut Script, dice: &mut Dice, count: u16, span: u64) -> Vec<u16> {
    let mut ports: Vec<u16> = Vec::new();
    for number in 0..count.min(PORTS) {
        let again = ports.last().copied().filter(|_| dice.chance(40));
        let port = again.unwrap_or(SERVERS + number);
        let begin = dice.between(0, span / 3) + if number > 0 { dice.between(0, span / 3) } else { 0 };
        // A second connection to the same port finds the first server, or is served by one of its own.
        let served = again.is_none() || dice.chance(45);
        let kind = if served { server_kind(dice) } else { Kind::Absent };
        let late = dice.chance(5);
        let wait = dice.between(300, 1_800);
        let (listens, connects) = if late { (begin + wait, begin) } else { (begin, begin + wait) };
        let names = [format!("s{}", number + 1), format!("c{}", number + 1)];
        let server = End { kind, host: HostId::Server, id: &names[0], socket: "a" };
        let client = End { kind: client_kind(dice), host: HostId::Client, id: &names[1], socket: "c" };
        listen(script, dice, &server, port, listens, connects);
        connect(script, dice, &client, port, connects);
        life(script, dice, [&client, &server], connects, span);
        ports.push(port);
    }
    ports
}

fn server_kind(dice: &mut Dice) -> Kind {
    dice.weigh(&[
        (46, Kind::Nc),
        (15, Kind::Ncat),
        (12, Kind::Traditional),
        (21, Kind::App),
        (6, Kind::Absent),
    ])
}

fn client_kind(dice: &mut Dice) -> Kind {
    dice.weigh(&[(54, Kind::Nc), (14, Kind::Ncat), (12, Kind::Traditional), (20, Kind::App)])
}

/// Words, each added with its own chance.
fn options(dice: &mut Dice, all: &[(u64, &str)]) -> String {
    let chosen = all.iter().filter(|(percent, _)| dice.chance(*percent));
    chosen.flat_map(|(_, word)| [" ", *word]).collect()
}

fn listen(script: &mut Script, dice: &mut Dice, end: &End<'_>, port: u16, at: u64, connects: u64) {
    let cmd = match end.kind {
        Kind::Absent => return,
        Kind::Nc => {
            let more = options(dice, &[(30, "-v"), (30, "-n"), (15, "-k"), (15, "-N"), (4, "-w 2")]);
            format!("nc -l{more} {port}")
        }
        Kind::Ncat => format!("ncat -l{} {port}", options(dice, &[(30, "-v"), (30, "-n"), (20, "-k")])),
        Kind::Traditional => {
            format!(
                "nc.traditional -l{} -p {port}",
                options(dice, &[(35, "-v"), (50, "-n"), (8, "-w 3"), (10, "-q 1")])
            )
        }
        Kind::App => "app".to_owned(),
    };
    script.start(at, end.host, end.id, cmd);
    if end.kind != Kind::App {
        return;
    }
    let mut lines = vec!["l socket".to_owned()];
    if dice.chance(70) {
        lines.push("l reuseaddr".to_owned());
    }
    lines.push(format!("l bind 0.0.0.0 {port}"));
    lines.push(format!("l listen {}", dice.weigh(&[(25, 0), (20, 1), (15, 2), (40, 5)])));
    for line in lines {
        script.types(at + 50, end.host, end.id, line);
    }
    if dice.chance(88) {
        let accepts = dice.between(at + 300, connects.max(at) + 2_500);
        script.types(accepts, end.host, end.id, "l accept a".to_owned());
        if dice.chance(20) {
            script.types(accepts + dice.between(100, 3_000), end.host, end.id, "l close".to_owned());
        }
    }
}

fn connect(script: &mut Script, dice: &mut Dice, end: &End<'_>, port: u16, at: u64) {
    // Two clients may choose the same port, one after the other.
    let own = dice.chance(18).then(|| CLIENTS + u16::try_from(dice.below(2)).unwrap_or_default());
    let mut from = own.map_or(String::new(), |own| format!(" -p {own}"));
    // From a further address.
    if end.kind != Kind::App && end.kind != Kind::Absent && dice.chance(4) {
        script.runs(at.saturating_sub(250), end.host, "ip addr add 10.211.55.3/24 dev eth0".to_owned());
        from += " -s 10.211.55.3";
    }
    let patience = dice.pick(&["-w 1", "-w 2", "-w 5"]);
    let quit = dice.pick(&["-q 0", "-q 1", "-q 2"]);
    let cmd = match end.kind {
        Kind::Nc => {
            let all = [(50, "-v"), (30, "-n"), (15, "-N"), (10, quit), (12, patience), (4, "-z")];
            format!("nc{}{from} {SERVER} {port}", options(dice, &all))
        }
        Kind::Ncat => {
            format!("ncat{}{from} {SERVER} {port}", options(dice, &[(40, "-v"), (30, "-n"), (8, patience)]))
        }
        Kind::Traditional => {
            let all = [(40, "-v"), (55, "-n"), (10, patience), (10, quit)];
            format!("nc.traditional{}{from} {SERVER} {port}", options(dice, &all))
        }
        Kind::App | Kind::Absent => "app".to_owned(),
    };
    script.start(at, end.host, end.id, cmd);
    if end.kind == Kind::App {
        let mut lines = vec!["c socket".to_owned()];
        if dice.chance(15) {
            let idle = dice.pick(&[1, 2, 3]);
            let options = [
                format!("keepidle {idle}"),
                "keepintvl 1".to_owned(),
                "keepcnt 2".to_owned(),
                "keepalive".to_owned(),
            ];
            lines.extend(options.map(|option| format!("c {option}")));
        }
        lines.extend(own.map(|own| format!("c bind 0.0.0.0 {own}")));
        lines.push(format!("c connect {SERVER} {port}"));
        for line in lines {
            script.types(at + 50, end.host, end.id, line);
        }
    }
}

/// What the two say from `begin` on, and how it ends.
fn life(script: &mut Script, dice: &mut Dice, ends: [&End<'_>; 2], begin: u64, span: u64) {
    let rest = span.saturating_sub(begin).max(1_500);
    let closes = begin + dice.between(700, rest);
    for end in ends {
        for _ in 0..dice.weigh(&[(30, 0), (32, 1), (22, 2), (11, 3), (5, 4)]) {
            // Before there is a connection, while there is one, or after someone closed it.
            let (from, to) = dice.weigh(&[
                (12, (begin, begin + 250)),
                (68, (begin + 250, closes)),
                (20, (closes + 60, closes + 2_500)),
            ]);
            let at = dice.between(from, to.max(from));
            talk(script, dice, end, at);
        }
    }
    let [client, server] = ends;
    let after = closes + dice.between(60, 4_000);
    let (first, second) = match dice.weigh(&[(32, 0), (22, 1), (14, 2), (14, 3), (18, 4)]) {
        0 => (Some(client), None),
        1 => (Some(server), None),
        2 => (Some(client), Some(server)),
        3 => (Some(server), Some(client)),
        _ => (None, None),
    };
    first.into_iter().for_each(|end| close(script, dice, end, closes));
    second.into_iter().for_each(|end| close(script, dice, end, after));
}

fn talk(script: &mut Script, dice: &mut Dice, end: &End<'_>, at: u64) {
    let text = if dice.chance(7) {
        // More than one segment.
        "abcdefghij".repeat(usize::try_from(dice.between(150, 420)).unwrap_or(150))
    } else {
        dice.pick(&WORDS).to_owned()
    };
    let line = match (end.kind, dice.chance(40)) {
        (Kind::Absent, _) => return,
        (Kind::App, true) => format!("{} recv {}", end.socket, dice.pick(&[4, 100, 4_000])),
        (Kind::App, false) => format!("{} send {text}", end.socket),
        _ => text,
    };
    script.types(at, end.host, end.id, line);
}

fn close(script: &mut Script, dice: &mut Dice, end: &End<'_>, at: u64) {
    let signal = dice.weigh(&[(46, "ctrl-c"), (24, "ctrl-d"), (13, "kill"), (13, "kill -9"), (4, "SIGSTOP")]);
    match end.kind {
        Kind::Absent => {}
        Kind::App => {
            let own = end.socket;
            let later = at + dice.between(200, 3_000);
            match dice.weigh(&[(35, 0), (20, 1), (12, 2), (15, 3), (18, 4)]) {
                0 => script.types(at, end.host, end.id, format!("{own} close")),
                1 => {
                    script.types(at, end.host, end.id, format!("{own} shutdown"));
                    script.types(later, end.host, end.id, format!("{own} recv 100"));
                    script.types(later + 60, end.host, end.id, format!("{own} close"));
                }
                2 => {
                    script.types(at, end.host, end.id, format!("{own} linger"));
                    script.types(at, end.host, end.id, format!("{own} close"));
                }
                3 => {
                    script.types(at, end.host, end.id, format!("{own} soerror"));
                    script.does(at + 60, end.host, end.id, "ctrl-d");
                }
                _ => script.does(at, end.host, end.id, signal),
            }
        }
        _ => {
            script.does(at, end.host, end.id, signal);
            if signal == "SIGSTOP" && dice.chance(60) {
                script.does(at + dice.between(500, 4_000), end.host, end.id, "SIGCONT");
            }
        }
    }
}
