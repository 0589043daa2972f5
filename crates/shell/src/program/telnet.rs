//! `telnet` of GNU inetutils 2.4, to a port that speaks no telnet: line by line, each with CR LF at its end.
//!
//! A line of `^]` alone is the escape character: keys without a letter cannot be typed in a line. Left out on purpose:
//! negotiation, and the commands that change options. Ctrl-D ends the input, as the end of a pipe does, and with it the
//! connection; on a real terminal it is sent.

use super::{Begun, Event, Life, Program, Sys};
use crate::getopt::{Getopt, Item};
use crate::names;
use crate::output::Refusal;
use tcp_core::net::{Command, Endpoint, Errno, SocketId};
use tcp_core::tcp::Notice;

/// The port of telnet.
const PORT: u16 = 23;
/// What Ctrl-C sends: IAC IP, IAC DO TIMING-MARK.
const INTERRUPT: [u8; 5] = [255, 244, 255, 253, 6];
const PROMPT: &str = "telnet> ";
const HINT: &str = "Try 'telnet --help' or 'telnet --usage' for more\ninformation.\n";

/// The commands that act here, and those that say that they do not.
const COMMANDS: [&str; 19] = [
    "close", "logout", "display", "mode", "open", "quit", "send", "set", "unset", "status", "toggle", "slc",
    "auth", "encrypt", "z", "!", "environ", "?", "help",
];

const HELP: &str = "Commands may be abbreviated.  Commands are:

close   \tclose current connection
open    \tconnect to a site
quit    \texit telnet
status  \tprint status information
?       \tprint help information
";

/// How far the connection is.
#[derive(Clone, Debug)]
enum Stage {
    /// No connection.
    Closed,
    Connecting(SocketId),
    Open(SocketId),
}

/// A running telnet.
#[derive(Clone, Debug)]
pub(crate) struct Telnet {
    stage: Stage,
    /// The host, as it was named.
    host: String,
    /// What is typed is a command to telnet.
    commands: bool,
    /// It began without a host, and asks for commands when a connection is over.
    asks: bool,
    /// What was typed before the connection was open.
    typed: String,
    /// The input has ended meanwhile.
    ended: bool,
}

/// Starts `telnet`, which connects to a host if one is named.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let mut words = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("468EKLacde:fFk:l:n:rS:X:x?V", &[]) {
        match item {
            Item::Option('?', _) => return Err(Refusal::help("Usage: telnet [OPTION...] [HOST [PORT]]\n")),
            Item::Option('V', _) => return Err(Refusal::help("telnet (GNU inetutils) 2.4\n")),
            Item::Option(..) => {}
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => return Err(Refusal::new(bad.message("telnet") + HINT, 64)),
        }
    }
    if words.len() > 2 {
        return Err(Refusal::new(format!("telnet: too many arguments\n{HINT}"), 64));
    }
    let mut telnet = Telnet {
        stage: Stage::Closed,
        host: String::new(),
        commands: words.is_empty(),
        asks: words.is_empty(),
        typed: String::new(),
        ended: false,
    };
    let life = match words.as_slice() {
        [host, rest @ ..] => match telnet.open(host, rest.first().copied(), sys) {
            true => Life::On,
            false => Life::Exit(1),
        },
        [] => {
            sys.stdout(PROMPT);
            Life::On
        }
    };
    Ok(Begun::after(life, Program::Telnet(telnet)))
}

impl Telnet {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match event {
            Event::Line(text) => text.lines().map(|line| self.line(line, sys)).find(|life| *life != Life::On),
            Event::EndOfInput => Some(self.end_of_input(sys)),
            Event::Wake(socket, notice) => Some(self.wake(socket, notice, sys)),
            Event::Signal { typed: true } => {
                if let Stage::Open(socket) = self.stage {
                    let _ = sys.send(socket, INTERRUPT.to_vec());
                }
                None
            }
            Event::Signal { typed: false } => Some(Life::Exit(143)),
            Event::Timer | Event::Traffic | Event::Endless(_) => None,
        }
        .unwrap_or(Life::On)
    }

    /// Whether Ctrl-C goes to the peer.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open(_))
    }

    /// Begins to connect, or says why it cannot.
    fn open(&mut self, host: &str, port: Option<&str>, sys: &mut Sys<'_>) -> bool {
        let port = match port.map(|text| (text, text.parse::<u64>())) {
            None => PORT,
            Some((_, Ok(number))) => match u16::try_from(number) {
                Ok(port) => port,
                Err(_) => {
                    sys.stderr(&format!("Port number {number} is out of range.\n"));
                    return false;
                }
            },
            Some((name, Err(_))) => match names::service_port(name) {
                Some(port) => port,
                None => {
                    sys.stderr(&format!(
                        "Server lookup failure:  {host}:{name}, Servname not supported for ai_socktype\n"
                    ));
                    return false;
                }
            },
        };
        let address = match sys.names.resolve_as(host, None) {
            Ok(address) => address,
            Err(why) => {
                sys.stderr(&format!("Server lookup failure:  {host}:{port}, {why}\n"));
                return false;
            }
        };
        sys.stdout(&format!("Trying {address}...\n"));
        let to = Endpoint { addr: address, port };
        let connecting = sys.socket_for(to).and_then(|socket| {
            let connecting = sys.call(Command::Connect { socket, to });
            match connecting {
                Ok(()) | Err(Errno::InProgress) => Ok(socket),
                Err(errno) => {
                    sys.close(socket);
                    Err(errno)
                }
            }
        });
        self.host = host.to_owned();
        match connecting {
            Ok(socket) => {
                self.stage = Stage::Connecting(socket);
                true
            }
            Err(errno) => {
                cannot(errno, sys);
                false
            }
        }
    }

    fn line(&mut self, line: &str, sys: &mut Sys<'_>) -> Life {
        if self.commands {
            return self.command(line, sys);
        }
        match (line, &self.stage) {
            ("^]" | "\u{1d}", Stage::Open(_)) => {
                self.commands = true;
                sys.stdout(PROMPT);
            }
            (_, Stage::Open(socket)) => {
                let _ = sys.send(*socket, format!("{line}\r\n").into_bytes());
            }
            _ => self.typed += &format!("{line}\r\n"),
        }
        Life::On
    }

    fn command(&mut self, line: &str, sys: &mut Sys<'_>) -> Life {
        let mut words = line.split_whitespace();
        let Some(word) = words.next() else {
            // Back to the connection; without one, it asks again.
            self.commands = !self.is_open();
            return self.ask(sys);
        };
        let begins = |name: &&&str| name.starts_with(word);
        let named = match COMMANDS.iter().filter(begins).count() {
            0 => None,
            _ if COMMANDS.contains(&word) => Some(word),
            1 => COMMANDS.iter().find(begins).copied(),
            _ => {
                sys.stdout("?Ambiguous command\n");
                return self.ask(sys);
            }
        };
        match (named, &self.stage) {
            (Some("quit"), stage) => {
                if let Stage::Open(socket) = *stage {
                    sys.close(socket);
                    sys.stdout("Connection closed.\n");
                }
                return Life::Exit(0);
            }
            (Some("close" | "logout"), Stage::Open(socket)) => {
                let socket = *socket;
                sys.close(socket);
                sys.stdout("Connection closed.\n");
                return self.over(0, sys);
            }
            (Some("close" | "logout" | "send"), _) => sys.stdout("?Need to be connected first.\n"),
            (Some("open"), Stage::Open(_)) => sys.stdout(&format!("?Already connected to {}\n", self.host)),
            (Some("open"), _) => match words.next() {
                Some(host) => {
                    if self.open(host, words.next(), sys) {
                        self.commands = false;
                        return Life::On;
                    }
                }
                None => sys.stdout("usage: open host-name [port]\n"),
            },
            (Some("status"), Stage::Open(_)) => {
                sys.stdout(&format!(
                    "Connected to {}.\nOperating in obsolete linemode\nLocal character echo\nEscape character is '^]'.\n",
                    self.host
                ));
                self.commands = false;
                return Life::On;
            }
            (Some("status"), _) => sys.stdout("No connection.\nEscape character is '^]'.\n"),
            (Some("?" | "help"), _) => sys.stdout(HELP),
            (Some(name), _) => sys.stderr(&format!("telnet: this lab does not have its command {name}\n")),
            (None, _) => sys.stdout("?Invalid command\n"),
        }
        // After a command the connection has the keyboard again.
        self.commands = !self.is_open();
        self.ask(sys)
    }

    fn ask(&self, sys: &mut Sys<'_>) -> Life {
        if self.commands {
            sys.stdout(PROMPT);
        }
        Life::On
    }

    fn wake(&mut self, socket: SocketId, notice: Notice, sys: &mut Sys<'_>) -> Life {
        match (&self.stage, notice) {
            (Stage::Connecting(mine), _) if *mine == socket => match notice {
                Notice::Reset | Notice::TimedOut => {
                    let errno = sys.take_error(socket).unwrap_or(Errno::ConnRefused);
                    sys.close(socket);
                    cannot(errno, sys);
                    self.over(1, sys)
                }
                Notice::SoftError => Life::On,
                _ => {
                    self.stage = Stage::Open(socket);
                    sys.stdout(&format!("Connected to {}.\nEscape character is '^]'.\n", self.host));
                    let typed = std::mem::take(&mut self.typed);
                    if !typed.is_empty() {
                        let _ = sys.send(socket, typed.into_bytes());
                    }
                    match self.ended {
                        true => self.end_of_input(sys),
                        false => self.receive(socket, sys),
                    }
                }
            },
            (Stage::Open(mine), _) if *mine == socket => self.receive(socket, sys),
            _ => Life::On,
        }
    }

    /// Shows what has come. A reset is an end like another.
    fn receive(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Life {
        loop {
            match sys.recv(socket, 65536) {
                Ok(data) if !data.is_empty() => {
                    let text = String::from_utf8_lossy(&data).replace('\r', "");
                    sys.stdout(&text);
                }
                Err(Errno::Again) => return Life::On,
                Ok(_) | Err(_) => {
                    sys.close(socket);
                    sys.stdout("Connection closed by foreign host.\n");
                    return self.over(0, sys);
                }
            }
        }
    }

    fn end_of_input(&mut self, sys: &mut Sys<'_>) -> Life {
        match self.stage {
            Stage::Open(socket) => {
                sys.close(socket);
                sys.stdout("Connection closed by foreign host.\n");
                Life::Exit(0)
            }
            // It reads on when it is connected.
            Stage::Connecting(_) => {
                self.ended = true;
                Life::On
            }
            Stage::Closed => Life::Exit(0),
        }
    }

    /// A connection is over.
    fn over(&mut self, code: i32, sys: &mut Sys<'_>) -> Life {
        self.stage = Stage::Closed;
        if !self.asks {
            return Life::Exit(code);
        }
        self.commands = true;
        self.ask(sys)
    }
}

fn cannot(errno: Errno, sys: &mut Sys<'_>) {
    sys.stderr(&format!("telnet: Unable to connect to remote host: {}\n", errno.text()));
}
