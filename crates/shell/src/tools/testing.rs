//! For the tests of all tools: a world, its lines, and what they give.

use super::{OnHost, ProgramName};
use crate::commands::{Run, find};
use crate::output::Output;
use std::fmt::Write;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::view::{SocketRow, TimerKind, TimerView};
use tcp_core::net::{Answer, Command, Endpoint, Family, HostId, Ipv4, Ipv6, ProcessId, SocketId, World};
use tcp_core::tcp::{ProfileName, State};

/// A world with the programs of `C_m`.
pub(crate) struct Bench {
    pub(crate) world: World,
    pub(crate) host: HostId,
    pub(crate) programs: Vec<ProgramName>,
}

impl Bench {
    pub(crate) fn new(profile: ProfileName) -> Bench {
        let nc = ProgramName { process: ProcessId(1), pid: 4321, name: "nc".to_owned() };
        Bench { world: World::new(profile, 7), host: HostId::Client, programs: vec![nc] }
    }

    /// Runs one line; words are parted by blanks, and `''` is an empty one. `None` if it begins with no tool.
    pub(crate) fn run(&mut self, line: &str) -> Option<Output> {
        let words: Vec<String> = line.split(' ').map(|word| word.replace("''", "")).collect();
        let (word, args) = words.split_first()?;
        let Run::Tool(run) = find(Some(self.host), word)?.run else {
            return None;
        };
        let mut here = OnHost { world: &mut self.world, host: self.host, programs: &self.programs };
        Some(run(args, &mut here).unwrap_or_else(Output::from))
    }

    /// Runs lines and writes down what a terminal would show, with exit codes other than 0.
    pub(crate) fn transcript(&mut self, lines: &str) -> String {
        let mut seen = String::new();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let output = self.run(line).expect("a tool of that name");
            let _ = write!(seen, "$ {line}\n{}{}", output.stdout, output.stderr);
            if output.exit_code != 0 {
                let _ = writeln!(seen, "[exit {}]", output.exit_code);
            }
        }
        seen
    }

    /// A new socket of process 1 on this bench's host.
    pub(crate) fn socket(&mut self) -> SocketId {
        let command = Command::Socket { host: self.host, owner: ProcessId(1) };
        match self.world.apply(command) {
            Ok(Answer::Socket(socket)) => socket,
            other => panic!("no socket: {other:?}"),
        }
    }

    /// A listener.
    pub(crate) fn listen(&mut self, at: Endpoint, backlog: u32) -> SocketId {
        let socket = self.socket();
        self.world.apply(Command::Bind { socket, to: at }).expect("a free port");
        self.world.apply(Command::Listen { socket, backlog }).expect("a socket that is bound");
        socket
    }

    /// A connection attempt from this bench's host.
    pub(crate) fn connect(&mut self, to: Endpoint) -> SocketId {
        let socket = self.socket();
        self.world.apply(Command::Connect { socket, to }).expect("a free port");
        socket
    }
}

/// The rows that C_m had in trace 19a-formats when `ss -tano` was run.
pub(crate) fn trace_rows() -> Vec<SocketRow> {
    let client = HostId::Client.address();
    let listener = |id: u32, addr: Ipv4, port: u16, backlog: u32| SocketRow {
        backlog,
        ..row(id, Endpoint::new(addr, port), None, State::Listen)
    };
    let to = |id: u32, port: u16, peer: u16, state: State| {
        let server = Endpoint::new(HostId::Server.address(), peer);
        row(id, Endpoint::new(client, port), Some(server), state)
    };
    let mut rows = vec![
        listener(1, Ipv4::LOCALHOST, 631, 1),
        listener(2, Ipv4::UNSPECIFIED, 22, 10),
        to(3, 51484, 80, State::TimeWait),
        to(4, 51578, 80, State::Established),
        to(5, 51522, 443, State::Established),
        to(6, 51524, 443, State::Established),
        to(7, 51534, 443, State::FinWait2),
        to(8, 51522, 9999, State::SynSent),
        to(9, 51566, 5555, State::TimeWait),
        SocketRow {
            family: Family::V6Only,
            local: Endpoint::any6(22),
            ..listener(2, Ipv4::UNSPECIFIED, 22, 10)
        },
        SocketRow {
            family: Family::V6,
            local: Endpoint::new(fd00(2), 51566),
            foreign: Some(Endpoint::new(fd00(0x10), 8443)),
            ..to(11, 0, 0, State::Established)
        },
    ];
    for row in &mut rows {
        let timer = |kind, millis| {
            let (left, span) = (Duration::from_millis(millis), Duration::from_secs(60));
            TimerView { kind, left, span, ..TimerView::OFF }
        };
        match row.state {
            State::TimeWait | State::FinWait2 => {
                (row.timer, row.owner) = (timer(TimerKind::TimeWait, 59_090), None);
            }
            State::SynSent => (row.timer, row.send_q) = (timer(TimerKind::On, 490), 1),
            _ => {}
        }
    }
    rows
}

fn fd00(host: u16) -> Ipv6 {
    Ipv6::new(0xfd00, 0, 0, 0, 0, 0, 0, host)
}

fn row(id: u32, local: Endpoint, foreign: Option<Endpoint>, state: State) -> SocketRow {
    SocketRow {
        socket: SocketId(id),
        host: HostId::Client,
        recv_q: 0,
        send_q: 0,
        backlog: 0,
        family: Family::V4,
        local,
        foreign,
        state,
        since: Instant::START,
        timer: TimerView::OFF,
        shut: false,
        owner: Some(ProcessId(id)),
    }
}

/// The programs that held them.
pub(crate) fn trace_programs() -> Vec<ProgramName> {
    [
        (1, 15747, "nc"),
        (2, 15753, "ncat"),
        (4, 15827, "nc"),
        (5, 15860, "nc"),
        (6, 15878, "nc"),
        (8, 16081, "nc"),
        (11, 15922, "nc"),
    ]
    .map(|(process, pid, name)| ProgramName { process: ProcessId(process), pid, name: name.to_owned() })
    .to_vec()
}
