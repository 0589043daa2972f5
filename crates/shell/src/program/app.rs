//! `app`: a program that makes the socket calls that are typed, one per line: `SOCKET CALL ARGS`.
//!
//! The user chooses the names of the sockets. `app` answers `SOCKET CALL ARGS -> ok …` or `-> ERRNO: text`. Its calls
//! block as a program's do: while `accept`, `connect`, `recv`, `drain` or `sendloop` waits, the next lines wait too, and
//! then they follow one another at the pace of a script.
//!
//! | call | arguments | what it does |
//! |---|---|---|
//! | `socket`, `reuseaddr`, `close` | | what their names say |
//! | `bind`, `connect` | ADDR PORT | |
//! | `listen` | BACKLOG | |
//! | `accept` | NAME | accepts a connection and gives it that name |
//! | `send` | WORDS | sends them and a newline |
//! | `sendloop` | SECONDS COUNT WORDS | sends COUNT times, with a pause of SECONDS after each |
//! | `recv` | MAX | returns what is there, or what comes next |
//! | `drain` | | receives until the end |
//! | `shutdown` | WR | no more data from here |
//! | `linger` | 0 | makes `close` abort |
//! | `keepalive` | 1, or 0 | asks the peer now and then whether it is there, or not any more |
//! | `keepidle`, `keepintvl` | SECONDS | after how long, and how long after that again |
//! | `keepcnt` | COUNT | how often, before the connection ends |
//! | `soerror` | | returns the pending error and clears it |

mod answer;

use super::{Begun, Event, Life, Program, Sys};
use crate::names::Names;
use crate::number::strtonum;
use crate::output::Refusal;
use answer::Failure;
use std::collections::VecDeque;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Command, Endpoint, Errno, SocketId};
use tcp_core::tcp::Notice;

/// From one line that waited to the next: a little more than a packet takes to a host without delay (50 µs) and its
/// answer back. The kernel has that answer before the call returns, and a script is at its next 60 to 80 µs later (v232).
const PACE: Duration = Duration::from_micros(150);

/// A `connect` that is not answered by then sleeps, and its script is at its next line only when a listener's program has
/// acted (v321).
const AWAKE: Duration = Duration::from_millis(1);

/// A running `app`.
#[derive(Clone, Debug, Default)]
pub(crate) struct App {
    /// Each with its name.
    sockets: Vec<(String, SocketId)>,
    lines: VecDeque<String>,
    waiting: Option<Waiting>,
    /// It is between two lines, and its timer runs.
    pauses: bool,
    input_ended: bool,
}

/// A call that blocks.
#[derive(Clone, Debug)]
struct Waiting {
    /// The typed line, which the answer repeats.
    line: String,
    socket: SocketId,
    what: Blocked,
}

#[derive(Clone, Debug)]
enum Blocked {
    Accept {
        name: String,
    },
    Connect {
        since: Instant,
    },
    Recv {
        max: usize,
    },
    Drain {
        total: usize,
    },
    SendLoop {
        pause: Duration,
        done: u32,
        count: u32,
        text: String,
        /// What the call that blocks has not yet sent; empty during a pause.
        rest: Vec<u8>,
    },
    /// The send buffer is full.
    Send {
        rest: Vec<u8>,
        len: usize,
    },
}

/// Starts `app`.
pub(crate) fn begin(_name: &str, _args: &[String], _sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    Ok(Begun::runs(Program::App(App::default())))
}

impl App {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match event {
            // What is typed after the end of the input is never read (trace n07).
            Event::Line(_) if self.input_ended => {}
            Event::Line(line) => self.lines.push_back(line.trim().to_owned()),
            Event::EndOfInput => self.input_ended = true,
            Event::Endless(_) => {}
            Event::Wake(socket, notice) => self.wake(socket, notice, sys),
            Event::Timer => self.pause_over(sys),
            Event::Traffic | Event::Signal { .. } => {}
        }
        self.run(sys)
    }

    /// Runs the next line, unless one blocks.
    fn run(&mut self, sys: &mut Sys<'_>) -> Life {
        if self.waiting.is_some() || self.pauses {
            return Life::On;
        }
        match self.lines.pop_front() {
            Some(line) => self.line(line, sys),
            None if self.input_ended => return Life::Exit(0),
            None => return Life::On,
        }
        if self.waiting.is_none() && (self.input_ended || !self.lines.is_empty()) {
            self.pauses = true;
            sys.set_timer(PACE);
        }
        Life::On
    }

    fn socket(&self, name: &str) -> Option<SocketId> {
        self.sockets.iter().find(|(taken, _)| taken == name).map(|(_, socket)| *socket)
    }

    fn line(&mut self, line: String, sys: &mut Sys<'_>) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (name, call, args) = match words.as_slice() {
            [] => return,
            [name, call, args @ ..] => (*name, *call, args),
            [_] => return answer(&line, &Err(Failure::Usage("SOCKET CALL ARGS")), sys),
        };
        let result = match (call, self.socket(name)) {
            ("socket", None) => sys.socket().map_err(Failure::Errno).map(|socket| {
                self.sockets.push((name.to_owned(), socket));
                Some(String::new())
            }),
            ("socket", Some(_)) => Err(Failure::Usage("the name is taken")),
            (_, None) => Err(Failure::Errno(Errno::BadSocket)),
            (call, Some(socket)) => self.call(&line, name, socket, call, args, sys),
        };
        match result {
            Ok(Some(detail)) => answer(&line, &Ok(detail), sys),
            Ok(None) => {}
            Err(failure) => answer(&line, &Err(failure), sys),
        }
    }

    /// Makes one call. `None` if it prints its own answer, perhaps later.
    fn call(
        &mut self,
        line: &str,
        name: &str,
        socket: SocketId,
        call: &str,
        args: &[&str],
        sys: &mut Sys<'_>,
    ) -> Result<Option<String>, Failure> {
        let what = match (call, args) {
            ("reuseaddr", []) => return simple(sys, Command::ReuseAddr { socket }),
            ("bind", [addr, port]) => {
                return simple(sys, Command::Bind { socket, to: endpoint(addr, port, sys.names)? });
            }
            ("listen", [backlog]) => {
                return simple(sys, Command::Listen { socket, backlog: number(backlog)? });
            }
            ("shutdown", [] | ["WR" | "SHUT_WR"]) => return simple(sys, Command::Shutdown { socket }),
            ("linger", [] | ["0"]) => return simple(sys, Command::LingerZero { socket }),
            ("keepalive" | "keepidle" | "keepintvl" | "keepcnt", args) => {
                return simple(sys, Command::Keepalive { socket, option: answer::keepalive(call, args)? });
            }
            ("soerror", []) => return Ok(Some(sys.take_error(socket).map_or("0".to_owned(), answer::errno))),
            ("close", []) => {
                self.sockets.retain(|(taken, _)| taken != name);
                sys.close(socket);
                return Ok(Some(String::new()));
            }
            ("accept", [as_name]) => Blocked::Accept { name: (*as_name).to_owned() },
            ("connect", [addr, port]) => {
                match sys.call(Command::Connect { socket, to: endpoint(addr, port, sys.names)? }) {
                    Ok(()) | Err(Errno::InProgress) => {}
                    Err(errno) => return Err(Failure::Errno(errno)),
                }
                self.waiting = Some(Waiting {
                    line: line.to_owned(),
                    socket,
                    what: Blocked::Connect { since: sys.now() },
                });
                return Ok(None);
            }
            ("send", [_, ..]) => {
                let text = format!("{}\n", args.join(" "));
                Blocked::Send { len: text.len(), rest: text.into_bytes() }
            }
            ("sendloop", [seconds, count, _, ..]) => Blocked::SendLoop {
                pause: answer::seconds(seconds)?,
                done: 0,
                count: number(count)?,
                text: format!("{}\n", args[2..].join(" ")),
                rest: Vec::new(),
            },
            ("recv", [max]) => Blocked::Recv { max: number(max)? as usize },
            ("drain", []) => Blocked::Drain { total: 0 },
            _ => return Err(Failure::Usage("no such call, or other arguments: man app")),
        };
        self.waiting = Some(Waiting { line: line.to_owned(), socket, what });
        self.proceed(sys);
        Ok(None)
    }

    /// Handles a notice from a socket.
    fn wake(&mut self, socket: SocketId, notice: Notice, sys: &mut Sys<'_>) {
        let Some(waiting) = self.waiting.as_ref().filter(|waiting| waiting.socket == socket) else {
            return;
        };
        let slept = match waiting.what {
            // The SYN was answered by this host's firewall; `connect` waits on.
            Blocked::Connect { .. } if notice == Notice::SoftError => return,
            Blocked::Connect { since } => sys.now().since(since) > AWAKE,
            // It is asleep: its next send will notice what happened meanwhile.
            Blocked::SendLoop { ref rest, .. } if rest.is_empty() => return,
            _ => return self.proceed(sys),
        };
        let line = waiting.line.clone();
        self.waiting = None;
        let result = if matches!(notice, Notice::Reset | Notice::TimedOut) {
            let error = sys.take_error(socket).unwrap_or(Errno::ConnRefused);
            let new = sys.disconnect(socket);
            self.sockets.iter_mut().filter(|(_, held)| *held == socket).for_each(|(_, held)| *held = new);
            Err(Failure::Errno(error))
        } else {
            Ok(sys.world.local(socket).map_or(String::new(), |local| format!("local {local}")))
        };
        answer(&line, &result, sys);
        if slept && !self.lines.is_empty() {
            self.pauses = true;
            sys.set_timer(PACE);
        }
    }

    /// Continues after a pause, of its own or of a sendloop.
    fn pause_over(&mut self, sys: &mut Sys<'_>) {
        self.pauses = false;
        if matches!(self.waiting, Some(Waiting { what: Blocked::SendLoop { .. }, .. })) {
            self.proceed(sys);
        }
    }

    /// Tries the blocked call again.
    fn proceed(&mut self, sys: &mut Sys<'_>) {
        let Some(mut waiting) = self.waiting.take() else {
            return;
        };
        let socket = waiting.socket;
        let result = match &mut waiting.what {
            Blocked::Connect { .. } => None,
            Blocked::Accept { name } => match sys.accept(socket) {
                Err(Errno::Again) => None,
                Err(errno) => Some(Err(Failure::Errno(errno))),
                Ok((accepted, peer)) => {
                    self.sockets.retain(|(taken, _)| taken != name);
                    self.sockets.push((name.clone(), accepted));
                    Some(Ok(format!("{peer} as {name}")))
                }
            },
            Blocked::Recv { max } => answer::recv(socket, *max, sys),
            Blocked::Drain { total } => answer::drain(socket, total, sys),
            Blocked::Send { rest, len } => answer::send(socket, rest, *len, sys),
            Blocked::SendLoop { done, count, .. } if *done >= *count => return,
            Blocked::SendLoop { pause, done, count, text, rest } => {
                if rest.is_empty() {
                    rest.extend_from_slice(text.as_bytes());
                }
                match answer::send(socket, rest, text.len(), sys) {
                    Some(Ok(_)) => {
                        *done += 1;
                        answer::round(&waiting.line, *done, sys);
                        if *done == *count {
                            return;
                        }
                        sys.set_timer(*pause);
                        None
                    }
                    result => result,
                }
            }
        };
        match result {
            None => self.waiting = Some(waiting),
            Some(result) => answer(&waiting.line, &result, sys),
        }
    }
}

fn simple(sys: &mut Sys<'_>, command: Command) -> Result<Option<String>, Failure> {
    sys.call(command).map(|()| Some(String::new())).map_err(Failure::Errno)
}

fn answer(line: &str, result: &Result<String, Failure>, sys: &mut Sys<'_>) {
    let text = match result {
        Ok(detail) if detail.is_empty() => format!("{line} -> ok\n"),
        Ok(detail) => format!("{line} -> ok {detail}\n"),
        Err(failure) => format!("{line} -> {failure}\n"),
    };
    sys.stdout(&text);
}

fn endpoint(addr: &str, port: &str, names: Names) -> Result<Endpoint, Failure> {
    let addr = names.resolve(addr).map_err(|_| Failure::Usage("no such address"))?;
    let port = u16::try_from(number(port)?).map_err(|_| Failure::Usage("no such port"))?;
    Ok(Endpoint::new(addr, port))
}

fn number(word: &str) -> Result<u32, Failure> {
    strtonum(word, 0..=u32::MAX).map_err(|_| Failure::Usage("not a number"))
}
