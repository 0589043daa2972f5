//! Programs that keep running: small state machines over socket calls.
//!
//! A program never blocks. It is started with its arguments, and then handles one [`Event`] after the other: a line of
//! its standard input, a wake of one of its sockets, its timer. It responds with calls to its [`Sys`], and returns
//! whether it goes on ([`Life`]). When it ends, the kernel closes whatever it did not close itself.

pub(crate) mod app;
pub(crate) mod browser;
pub(crate) mod endless;
pub(crate) mod fetch;
pub(crate) mod hping;
pub(crate) mod httpd;
pub(crate) mod nc;
mod nc_habits;
pub(crate) mod ncat;
pub(crate) mod piped;

pub(crate) mod ping;
mod relay;
pub(crate) mod sleep;
mod sys;
pub(crate) mod tcpdump;
pub(crate) mod telnet;
pub(crate) mod traditional;

pub(crate) use sys::{FIRST_DESCRIPTOR, ProcessIo, Sys};

use crate::output::Refusal;
use std::rc::Rc;
use tcp_core::net::{Log, SocketId};
use tcp_core::tcp::Notice;

/// Something that happens to a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A line of standard input, including its line end.
    Line(String),
    /// Standard input has a block of this text again and again: it comes from a program that never ends.
    Endless(Rc<str>),
    /// The end of standard input.
    EndOfInput,
    /// Something happened to one of its sockets.
    Wake(SocketId, Notice),
    /// Its timer ran out.
    Timer,
    /// Packets may have passed the interfaces of its host. Only a capture is notified.
    Traffic,
    /// SIGINT or SIGTERM, to a program that handles them. `typed` says that it was Ctrl-C in its terminal.
    Signal { typed: bool },
}

/// Whether a program goes on.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    /// It waits for the next event.
    On,
    /// It ends with this exit code.
    Exit(i32),
}

/// A running program.
#[derive(Clone, Debug)]
pub(crate) enum Program {
    Nc(nc::Nc),
    Traditional(traditional::Traditional),
    Ncat(ncat::Ncat),
    App(app::App),
    Browser(browser::Browser),
    Curl(Box<fetch::curl::Curl>),
    Httpd(httpd::Httpd),
    Hping(Box<hping::Hping>),
    Ping(Box<ping::Ping>),
    Sleep,
    Tcpdump(Box<tcpdump::Tcpdump>),
    Telnet(telnet::Telnet),
    Wget(Box<fetch::wget::Wget>),
    Endless(endless::Endless),
    /// A filter whose input comes while it runs. The lab runs it.
    Piped(piped::Piped),
    /// A shell of its own. The lab runs it.
    Shell,
    /// It has not begun.
    Waits,
}

/// Result of starting a program.
#[derive(Clone, Debug)]
pub(crate) enum Begun {
    /// It is running.
    Runs(Box<Program>),
    /// It ended at once, with this exit code.
    Ended(i32),
}

impl Begun {
    /// `program` is running.
    fn runs(program: Program) -> Begun {
        Begun::Runs(Box::new(program))
    }

    /// `program` is running, unless its first calls have ended it.
    fn after(life: Life, program: Program) -> Begun {
        match life {
            Life::On => Begun::runs(program),
            Life::Exit(code) => Begun::Ended(code),
        }
    }
}

/// A function that starts a program. It takes the name by which the program is called, its arguments, and the system
/// calls of its host.
pub(crate) type Begin = fn(&str, &[String], &mut Sys<'_>) -> Result<Begun, Refusal>;

impl Program {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match self {
            Program::Nc(nc) => nc.handle(event, sys),
            Program::Traditional(nc) => nc.handle(event, sys),
            Program::Ncat(ncat) => ncat.handle(event, sys),
            Program::App(app) => app.handle(event, sys),
            Program::Browser(browser) => browser.handle(event, sys),
            Program::Curl(curl) => curl.handle(event, sys),
            Program::Httpd(httpd) => httpd.handle(event, sys),
            Program::Hping(hping) => hping.handle(event, sys),
            Program::Ping(ping) => ping.handle(event, sys),
            Program::Sleep => sleep::handle(&event),
            Program::Tcpdump(tcpdump) => tcpdump.handle(event, sys),
            Program::Telnet(telnet) => telnet.handle(event, sys),
            Program::Wget(wget) => wget.handle(event, sys),
            Program::Endless(endless) => endless.handle(&event, sys),
            Program::Piped(_) | Program::Shell | Program::Waits => Life::On,
        }
    }

    /// Whether a program that reads blocks would read one now.
    pub(crate) fn is_hungry(&self) -> bool {
        match self {
            Program::Nc(nc) => nc.is_hungry(),
            Program::Traditional(nc) => nc.is_hungry(),
            Program::Ncat(ncat) => ncat.is_hungry(),
            _ => false,
        }
    }

    /// What is typed comes to it a line at a time; others read all that is there.
    pub(crate) const fn reads_by_lines(&self) -> bool {
        matches!(self, Program::App(_))
    }

    /// SIGINT and SIGTERM are events to it: it may have something left to do, or goes on.
    pub(crate) const fn handles_signals(&self) -> bool {
        match self {
            Program::Tcpdump(_) | Program::Ping(_) | Program::Hping(_) => true,
            Program::Telnet(telnet) => telnet.is_open(),
            _ => false,
        }
    }

    /// Whether it watches packets, and has not yet seen all that the log has.
    pub(crate) fn is_behind(&self, log: &Log) -> bool {
        match self {
            Program::Tcpdump(tcpdump) => tcpdump.is_behind(log),
            Program::Hping(hping) => hping.is_behind(log),
            Program::Ping(ping) => ping.is_behind(log),
            _ => false,
        }
    }

    /// What the program writes on SIGINT and SIGTERM, and its exit code, if it catches them; `None` if they simply end
    /// it.
    pub(crate) fn catches_signals(&self) -> Option<(String, i32)> {
        match self {
            Program::Traditional(nc) => Some((nc.last_words(), 1)),
            _ => None,
        }
    }
}

/// Maximum number of ports that one command may try, over all its ranges.
const MOST_PORTS: usize = 65_535;

/// PID of the first process that a user starts on a host.
pub(crate) const FIRST_PID: u32 = 4001;
