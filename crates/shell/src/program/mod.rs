//! Programs that keep running: small state machines over socket calls.
//!
//! A program never blocks. It is begun with its arguments, then handed one [`Event`] after the other: a line of its
//! standard input, a wake of one of its sockets, its timer. It answers with calls to its [`Sys`] and says whether it
//! goes on ([`Life`]). What it does not close itself the kernel closes when it ends.

mod app;
mod browser;
mod httpd;
mod nc;
mod nc_habits;
mod ncat;

mod relay;
mod sleep;
mod sys;
mod traditional;

pub(crate) use sys::{Errand, Sys};

use tcp_core::net::SocketId;
use tcp_core::tcp::Notice;

/// What a program is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A line of standard input, with its line end.
    Line(String),
    /// The end of standard input.
    EndOfInput,
    /// Something happened to one of its sockets.
    Wake(SocketId, Notice),
    /// Its timer ran out.
    Timer,
}

/// Whether a program goes on.
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
    Httpd(httpd::Httpd),
    Sleep,
}

/// The names under which programs are started, for completion and for the prompt.
pub(crate) const NAMES: [&str; 12] = [
    "nc",
    "nc.openbsd",
    "netcat",
    "nc.traditional",
    "ncat",
    "app",
    "sleep",
    "firefox",
    "chromium",
    "google-chrome",
    "xdg-open",
    "httpd",
];

/// The name of a program that may be called by its path.
pub(crate) fn name(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((place, name)) if place.starts_with('/') && place.ends_with("bin") => name,
        _ => path,
    }
}

impl Program {
    /// Begins `args[0]`; `Err` is the exit code of one that ended at once.
    pub(crate) fn begin(args: &[String], sys: &mut Sys<'_>) -> Result<Program, i32> {
        let (name, args) = args.split_first().map_or(("", args), |(path, rest)| (name(path), rest));
        match name {
            "nc" | "nc.openbsd" | "netcat" => Program::netcat(args, sys),
            "nc.traditional" => traditional::Traditional::begin(args, sys).map(Program::Traditional),
            "ncat" => ncat::Ncat::begin(args, sys).map(Program::Ncat),
            "app" => Ok(Program::App(app::App::default())),
            "sleep" => sleep::begin(args, sys).map(|()| Program::Sleep),
            "firefox" | "chromium" | "google-chrome" | "xdg-open" => {
                browser::Browser::begin(name, args, sys).map(Program::Browser)
            }
            "httpd" => Program::serve_the_web(sys),
            _ => Err(127),
        }
    }

    /// Begins `nc` with the arguments behind its name.
    pub(crate) fn netcat(args: &[String], sys: &mut Sys<'_>) -> Result<Program, i32> {
        nc::Nc::begin(args, sys).map(Program::Nc)
    }

    /// Begins `httpd`.
    pub(crate) fn serve_the_web(sys: &mut Sys<'_>) -> Result<Program, i32> {
        httpd::Httpd::begin(sys).map(Program::Httpd)
    }

    /// Tells it what happened.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match self {
            Program::Nc(nc) => nc.handle(event, sys),
            Program::Traditional(nc) => nc.handle(event, sys),
            Program::Ncat(ncat) => ncat.handle(event, sys),
            Program::App(app) => app.handle(event, sys),
            Program::Browser(browser) => browser.handle(event, sys),
            Program::Httpd(httpd) => httpd.handle(event, sys),
            Program::Sleep => sleep::handle(&event),
        }
    }

    /// What it writes and its exit code if it catches SIGINT; `None` if SIGINT simply ends it.
    pub(crate) fn catches_interrupt(&self) -> Option<(&'static str, i32)> {
        match self {
            Program::Traditional(nc) => Some((nc.last_words(), 1)),
            _ => None,
        }
    }
}

/// The numbers of processes: the first that a user starts on a host is 4001.
pub(crate) const FIRST_PID: u32 = 4001;
