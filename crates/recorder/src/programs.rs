//! Programs of a scenario: their input, their output, and how they end.

use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use tcp_oracle::outcome::{Piece, ProcessSeen, Typed};

use crate::app;
use crate::clock::Clock;
use crate::host::Host;
use crate::layout::tenths;
use crate::netns::Namespace;
use crate::tool;
use crate::trouble::Trouble;
use crate::words;

/// A program that was started, killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Program {
    id: String,
    host: Host,
    cmd: String,
    start: f64,
    pid: Pid,
    stdin: Option<ChildStdin>,
    typed: Vec<(f64, String)>,
    said: Arc<Mutex<Vec<Said>>>,
    exit: Arc<Mutex<Option<Exit>>>,
    threads: Vec<JoinHandle<()>>,
    clock: Clock,
    still_running: bool,
}

/// One piece of a program's output.
#[derive(Debug)]
struct Said {
    at: f64,
    stream: &'static str,
    text: String,
}

#[derive(Clone, Copy, Debug)]
struct Exit {
    at: f64,
    code: i32,
    signal: Option<i32>,
}

impl Program {
    /// Starts a program with pipes for all its streams, as the programs of the given traces had.
    pub(crate) fn start(
        namespace: &Namespace,
        host: Host,
        id: &str,
        cmd: &str,
        clock: Clock,
    ) -> Result<Self, Trouble> {
        let start = clock.now();
        let mut command = command(cmd);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut child =
            namespace.spawn(&mut command).map_err(Trouble::system(format!("cannot start {cmd}")))?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let pid = Pid::from_raw(i32::try_from(child.id()).map_err(|_| Trouble::Command(cmd.to_owned()))?);
        let (said, exit): (_, Arc<Mutex<Option<Exit>>>) = (Arc::default(), Arc::default());
        let mut threads =
            vec![listen(stdout, "stdout", &said, clock), listen(stderr, "stderr", &said, clock)];
        let ended = Arc::clone(&exit);
        threads.push(thread::spawn(move || {
            let Ok(status) = child.wait() else { return };
            let code =
                status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or_default();
            let exit = Exit { at: clock.now(), code, signal: status.signal() };
            *ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(exit);
        }));
        Ok(Self {
            id: id.to_owned(),
            host,
            cmd: cmd.to_owned(),
            start,
            pid,
            stdin,
            typed: Vec::new(),
            said,
            exit,
            threads,
            clock,
            still_running: false,
        })
    }

    /// Whether this is the program that a step names by host and id.
    pub(crate) fn is(&self, host: Host, id: &str) -> bool {
        self.host == host && self.id == id
    }

    /// Writes a line to its standard input.
    pub(crate) fn type_line(&mut self, text: &str) {
        let line = format!("{text}\n");
        self.typed.push((self.clock.now(), line.clone()));
        if let Some(stdin) = &mut self.stdin {
            // The program may have ended; then the line is lost, as at a terminal.
            let _ = stdin.write_all(line.as_bytes());
        }
    }

    /// Closes its standard input.
    pub(crate) fn end_input(&mut self) {
        self.stdin = None;
    }

    /// Sends the signal that a step names, if the program still runs.
    pub(crate) fn signal(&self, word: &str) {
        let signal = match word {
            "ctrl-c" => Signal::SIGINT,
            "kill" => Signal::SIGTERM,
            "SIGSTOP" => Signal::SIGSTOP,
            "SIGCONT" => Signal::SIGCONT,
            _ => Signal::SIGKILL,
        };
        if self.exit.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
            // The program may be ending at this moment.
            let _ = kill(self.pid, signal);
        }
    }

    /// Notes whether the program still runs. The scenario is over, and what happens later is not part of it.
    pub(crate) fn note_end(&mut self) {
        self.still_running = self.exit.lock().unwrap_or_else(PoisonError::into_inner).is_none();
    }

    /// Ends the program if it still runs, and waits until all its output has been read.
    pub(crate) fn end(&mut self) {
        self.signal("kill -9");
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }

    /// The entry of this program in the trace of a scenario that lasted `duration` milliseconds.
    pub(crate) fn seen(&self, duration: f64) -> ProcessSeen {
        let typed = self.typed.iter().map(|(at, text)| Typed { t_ms: tenths(*at), text: text.clone() });
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let said = said.iter().filter(|said| said.at <= duration).map(|said| Piece {
            t_ms: tenths(said.at),
            stream: said.stream.to_owned(),
            text: said.text.clone(),
        });
        let exit = self.exit.lock().unwrap_or_else(PoisonError::into_inner).filter(|_| !self.still_running);
        let signal = exit.and_then(|exit| Signal::try_from(exit.signal?).ok());
        ProcessSeen {
            id: self.id.clone(),
            host: self.host.word().to_owned(),
            cmd: self.cmd.clone(),
            start_ms: tenths(self.start),
            stdin: typed.collect(),
            output: said.collect(),
            exit_ms: exit.map(|exit| tenths(exit.at)),
            exit_code: exit.map(|exit| exit.code),
            signal: signal.map(|signal| signal.as_str().to_owned()),
            still_running_at_end: self.still_running,
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

/// Builds the command of a step. `nc` is OpenBSD's, whatever else a system calls `nc`; `app` is this very program.
pub(crate) fn command(cmd: &str) -> Command {
    let words = words::split(cmd);
    let (program, args) =
        words.split_first().map_or(("", &[][..]), |(program, args)| (program.as_str(), args));
    let mut command = match program {
        "app" => {
            let mut command = Command::new("/proc/self/exe");
            command.arg0(app::NAME).arg(crate::APP);
            command
        }
        _ => {
            let file = if program == "nc" { openbsd_netcat() } else { tool::find_tool(program) };
            let mut command = Command::new(file.unwrap_or_else(|| program.into()));
            command.arg0(program);
            command
        }
    };
    match args {
        // A value may contain blanks, and steps write it without quotes.
        [option, setting @ ..] if program == "sysctl" && option == "-w" => {
            command.args([option, &setting.join(" ")])
        }
        _ => command.args(args),
    };
    command.env("LC_ALL", "C.UTF-8");
    command
}

/// OpenBSD's netcat: `nc` if that leads to it, because the kernel calls a program after the file that was named.
fn openbsd_netcat() -> Option<PathBuf> {
    let openbsd = tool::find_tool("nc.openbsd");
    let plain = tool::find_tool("nc");
    let is_openbsd =
        |nc: &PathBuf| nc.canonicalize().ok() == openbsd.as_ref().and_then(|file| file.canonicalize().ok());
    match (plain.filter(is_openbsd), openbsd) {
        (Some(nc), Some(_)) => Some(nc),
        (_, openbsd) => openbsd.or_else(|| tool::find_tool("nc")),
    }
}

fn listen(
    pipe: Option<impl Read + Send + 'static>,
    stream: &'static str,
    said: &Arc<Mutex<Vec<Said>>>,
    clock: Clock,
) -> JoinHandle<()> {
    let said = Arc::clone(said);
    thread::spawn(move || {
        let Some(mut pipe) = pipe else { return };
        let mut room = vec![0; 65536];
        while let Ok(count @ 1..) = pipe.read(&mut room) {
            let text = String::from_utf8_lossy(&room[..count]).into_owned();
            let piece = Said { at: clock.now(), stream, text };
            said.lock().unwrap_or_else(PoisonError::into_inner).push(piece);
        }
    })
}
