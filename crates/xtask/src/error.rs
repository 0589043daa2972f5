//! Why a command gave up, in words that say what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::count::Count;

/// What every step returns.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why a command gave up.
#[derive(Debug)]
pub(crate) enum Error {
    /// There is no such command or option; holds the usage text.
    Usage(&'static str),
    /// `--port` was given something other than a port.
    Port(String),
    /// `--url` was given something other than the address of a folder.
    Url(String),
    /// A document of the site cannot be rendered; holds the reason.
    Document(PathBuf, String),
    /// The port is in use.
    PortTaken(u16),
    /// The port may not be opened; holds the system's reason.
    PortRefused(u16, io::Error),
    /// A tool is missing and could not be installed automatically.
    Missing {
        /// Its name.
        tool: &'static str,
        /// The command that would install it.
        install: &'static str,
    },
    /// The standard library for this target is missing and could not be installed automatically.
    MissingTarget(&'static str),
    /// A program could not be started at all.
    Start {
        /// The program's name.
        program: String,
        /// The system's reason.
        reason: io::Error,
    },
    /// A program ran and failed, and has printed why.
    Failed {
        /// The whole command line.
        command: String,
    },
    /// A step of the tests failed.
    Tests {
        /// What went wrong.
        reason: Box<Error>,
        /// The tests that had run by then.
        count: Count,
    },
    /// A runner succeeded without having run a test.
    NoTests(&'static str),
    /// Trunk alone made another file of this name than `cargo xtask build`.
    Differs(PathBuf),
    /// The page that was built has not the parts from which other pages are made.
    NoProgram,
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// The output of a tool could not be parsed.
    Unreadable {
        /// Name of the tool.
        tool: &'static str,
        /// What is wrong with its output.
        reason: String,
    },
    /// The built-in wasm-bindgen tool failed.
    Bindgen(String),
    /// The page exceeds a limit, which has been reported already.
    Limit,
}

impl Error {
    /// For `map_err`: a file and what happened to it.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |reason| Self::File(path.to_owned(), reason)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(usage) => write!(f, "no such command or option\n\n{usage}"),
            Self::Port(text) => write!(f, "`{text}` is not a port: --port takes 1 to 65535"),
            Self::Url(text) => {
                write!(
                    f,
                    "`{text}` is not an address: --url takes one such as https://lab.example.edu/tcp-states/"
                )
            }
            Self::Document(file, reason) => write!(f, "{}: {reason}", file.display()),
            Self::PortTaken(port) => write!(
                f,
                "port {port} is already taken by another program; \
                 choose another one: cargo xtask serve --port {}",
                port.checked_add(1).unwrap_or(8080)
            ),
            Self::PortRefused(port, reason) => write!(
                f,
                "port {port} cannot be opened ({reason}); \
                 choose another one: cargo xtask serve --port 8080"
            ),
            Self::Missing { tool, install } => {
                write!(f, "{tool} is missing; install it with: {install}")
            }
            Self::MissingTarget(target) => {
                write!(f, "the Rust target {target} is missing; install it with: rustup target add {target}")
            }
            Self::Start { program, reason } => write!(f, "cannot start {program}: {reason}"),
            Self::Failed { command } => write!(f, "failed: {command}"),
            Self::Tests { reason, .. } => reason.fmt(f),
            Self::NoTests(runner) => write!(f, "{runner} ran no test"),
            Self::Differs(name) => {
                write!(f, "trunk alone builds another {} than cargo xtask build does", name.display())
            }
            Self::NoProgram => write!(f, "dist/index.html is not made as crates/xtask/src/dist expects"),
            Self::File(path, reason) => write!(f, "{}: {reason}", path.display()),
            Self::Unreadable { tool, reason } => {
                write!(f, "cannot read the output of {tool}: {reason}")
            }
            Self::Bindgen(reason) => write!(f, "wasm-bindgen: {reason}"),
            Self::Limit => write!(f, "the page does not keep a limit"),
        }
    }
}
