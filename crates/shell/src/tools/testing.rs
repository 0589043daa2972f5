//! For the tests of all tools: a world, its lines, and what they give.

use super::{Machine, Output, ProgramName, run};
use std::fmt::Write;
use tcp_core::net::{Answer, Command, Endpoint, HostId, ProcessId, SocketId, World};
use tcp_core::tcp::ProfileName;

/// A world with the programs of `C_m`.
pub(super) struct Bench {
    pub(super) world: World,
    pub(super) host: HostId,
    pub(super) programs: Vec<ProgramName>,
}

impl Bench {
    pub(super) fn new(profile: ProfileName) -> Bench {
        let nc = ProgramName { process: ProcessId(1), pid: 4321, name: "nc".to_owned() };
        Bench { world: World::new(profile, 7), host: HostId::Client, programs: vec![nc] }
    }

    /// Runs one line; words are parted by blanks, and `''` is an empty one.
    pub(super) fn run(&mut self, line: &str) -> Option<Output> {
        let args: Vec<String> = line.split(' ').map(|word| word.replace("''", "")).collect();
        let mut machine = Machine { world: &mut self.world, host: self.host, programs: &self.programs };
        run(&args, &mut machine)
    }

    /// Runs lines and writes down what a terminal would show, with exit codes other than 0.
    pub(super) fn transcript(&mut self, lines: &str) -> String {
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
    pub(super) fn socket(&mut self) -> SocketId {
        let command = Command::Socket { host: self.host, owner: ProcessId(1) };
        match self.world.apply(command) {
            Ok(Answer::Socket(socket)) => socket,
            other => panic!("no socket: {other:?}"),
        }
    }

    /// A listener.
    pub(super) fn listen(&mut self, at: Endpoint, backlog: u32) -> SocketId {
        let socket = self.socket();
        self.world.apply(Command::Bind { socket, to: at }).expect("a free port");
        self.world.apply(Command::Listen { socket, backlog }).expect("a socket that is bound");
        socket
    }

    /// A connection attempt from this bench's host.
    pub(super) fn connect(&mut self, to: Endpoint) -> SocketId {
        let socket = self.socket();
        self.world.apply(Command::Connect { socket, to }).expect("a free port");
        socket
    }
}
