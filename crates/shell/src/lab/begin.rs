//! Begins processes.

use super::shell::{Outlet, Sink};
use super::{Lab, Process, Running};
use crate::output::Output;
use crate::program::{Begin, Begun, FIRST_PID, ProcessIo, Sys};
use crate::terminal::{TerminalId, Written};
use crate::user::User;
use std::collections::VecDeque;
use tcp_core::net::{HostId, ProcessId};

impl Lab {
    /// Starts a program by the function that begins it, with its name and its arguments, and returns the id of its
    /// process, which may have ended already. `cmd` is the line that is shown.
    pub(super) fn launch(
        &mut self,
        host: HostId,
        outlet: Outlet,
        user: User,
        cmd: &str,
        (begin, name, args): (Begin, &str, &[String]),
    ) -> ProcessId {
        let id = self.register(host, cmd, outlet.terminal, user);
        let mut io = ProcessIo { piped: outlet.out != Sink::Terminal, ..ProcessIo::default() };
        let mut written = Vec::new();
        let begun = self.begins(id, host, user, (begin, name, args), (&mut io, &mut written));
        self.publish(id, &outlet, written);
        match begun {
            Begun::Runs(program) => {
                let inbox = VecDeque::new();
                let (program, process) = (*program, id);
                let running = Running {
                    process,
                    program,
                    io,
                    inbox,
                    stopped: false,
                    pending: None,
                    outlet,
                    parent: None,
                    deadline: None,
                    timed_out: false,
                };
                self.user.running.push(running);
            }
            Begun::Ended(code) => {
                self.close_all(&io);
                self.note_exit(id, code, None);
            }
        }
        id
    }

    /// Adds an entry to the list of processes.
    pub(super) fn register(
        &mut self,
        host: HostId,
        cmd: &str,
        terminal: Option<TerminalId>,
        user: User,
    ) -> ProcessId {
        let id = ProcessId(u32::try_from(self.user.processes.len()).unwrap_or(u32::MAX));
        let last = self.user.processes.iter().rfind(|process| process.host == host);
        let pid = last.map_or(FIRST_PID, |process| process.pid.wrapping_add(1));
        let start = self.world.now();
        let cmd = cmd.to_owned();
        self.user.written += cmd.len() as u64 + 1024;
        self.user.work += 1000;
        self.user.processes.push(Process {
            id,
            pid,
            host,
            terminal,
            user,
            cmd,
            start,
            output: Vec::new(),
            exit: None,
        });
        id
    }

    /// Begins a program in a process that waits to begin.
    pub(super) fn begin_program(&mut self, id: ProcessId, (begin, name, args): (Begin, &str, &[String])) {
        let Some(process) = self.user.processes.get(id.0 as usize) else { return };
        let (host, user) = (process.host, process.user);
        let Some(outlet) = self.user.running_mut(id).map(|running| running.outlet.clone()) else { return };
        let mut io = ProcessIo { piped: outlet.out != Sink::Terminal, ..ProcessIo::default() };
        let mut written = Vec::new();
        let begun = self.begins(id, host, user, (begin, name, args), (&mut io, &mut written));
        self.publish(id, &outlet, written);
        let Some(running) = self.user.running_mut(id) else { return };
        running.io = io;
        match begun {
            Begun::Runs(program) => running.program = *program,
            Begun::Ended(code) => self.end(id, code, None),
        }
    }

    /// Makes the first calls of a program.
    fn begins(
        &mut self,
        process: ProcessId,
        host: HostId,
        user: User,
        (begin, name, args): (Begin, &str, &[String]),
        (io, written): (&mut ProcessIo, &mut Vec<Written>),
    ) -> Begun {
        let (world, files, names) = (&mut self.world, &mut self.user.files, self.user.names);
        let mut sys = Sys { world, host, process, user, names, files, io, written };
        begin(name, args, &mut sys).unwrap_or_else(|refusal| {
            let Output { stdout, stderr, exit_code } = refusal.into();
            sys.stdout(&stdout);
            sys.stderr(&stderr);
            Begun::Ended(exit_code)
        })
    }
}
