//! Terminals: what was printed, what was typed, what is in the foreground.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::{HostId, ProcessId};

/// A terminal of the lab. C_m and S_m have two each, as in the article's figures: the upper runs the program, the lower
/// observes. Either may have a third, which is there once something was typed in it, until it is closed. The network has
/// one, which controls the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TerminalId {
    /// C_m, upper
    ClientUpper,
    /// C_m, lower
    ClientLower,
    /// S_m, upper
    ServerUpper,
    /// S_m, lower
    ServerLower,
    /// The wire's console: `drop`, `duplicate`, `reorder`, `delay`, `clear`
    Network,
    /// C_m, third
    ClientThird,
    /// S_m, third
    ServerThird,
}

impl TerminalId {
    /// All terminals.
    pub const ALL: [TerminalId; 7] = [
        TerminalId::ClientUpper,
        TerminalId::ClientLower,
        TerminalId::ServerUpper,
        TerminalId::ServerLower,
        TerminalId::Network,
        TerminalId::ClientThird,
        TerminalId::ServerThird,
    ];

    /// The third terminal of a host, which can be closed; `None` of what is no host with terminals.
    pub const fn third(host: HostId) -> Option<TerminalId> {
        match host {
            HostId::Client => Some(TerminalId::ClientThird),
            HostId::Server => Some(TerminalId::ServerThird),
            HostId::Site | HostId::Other(_) => None,
        }
    }

    /// It is a third one.
    pub const fn closes(self) -> bool {
        matches!(self, TerminalId::ClientThird | TerminalId::ServerThird)
    }

    /// The host of the terminal; `None` for the network's.
    pub const fn host(self) -> Option<HostId> {
        match self {
            TerminalId::ClientUpper | TerminalId::ClientLower | TerminalId::ClientThird => {
                Some(HostId::Client)
            }
            TerminalId::ServerUpper | TerminalId::ServerLower | TerminalId::ServerThird => {
                Some(HostId::Server)
            }
            TerminalId::Network => None,
        }
    }

    /// The terminal's name in a recording, for example `client-upper`.
    pub const fn name(self) -> &'static str {
        match self {
            TerminalId::ClientUpper => "client-upper",
            TerminalId::ClientLower => "client-lower",
            TerminalId::ServerUpper => "server-upper",
            TerminalId::ServerLower => "server-lower",
            TerminalId::Network => "network",
            TerminalId::ClientThird => "client-third",
            TerminalId::ServerThird => "server-third",
        }
    }

    /// The terminal of that name.
    pub fn parse(name: &str) -> Option<TerminalId> {
        TerminalId::ALL.into_iter().find(|terminal| terminal.name() == name)
    }

    /// The terminal's index in [`TerminalId::ALL`].
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

/// Kind of a printed piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrintedKind {
    /// The prompt and the line typed after it.
    Command,
    /// A further line of a command, after the prompt `>`.
    Continued,
    /// A line typed into the program in the foreground.
    Input,
    /// The program's standard output.
    Stdout,
    /// The program's standard error.
    Stderr,
    /// `^C`, `^D`, `^Z`
    Control,
}

/// Text that is never changed and cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text(Rc<str>);

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text(text.into())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Stream to which a process wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// Standard output
    Stdout,
    /// Standard error
    Stderr,
}

impl Stream {
    /// How a terminal shows what is written to it.
    pub(crate) const fn kind(self) -> PrintedKind {
        match self {
            Stream::Stdout => PrintedKind::Stdout,
            Stream::Stderr => PrintedKind::Stderr,
        }
    }
}

/// A piece that a process wrote.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Written {
    /// Virtual time at which it was written.
    pub at: Instant,
    /// Stream to which it was written.
    pub stream: Stream,
    /// The text.
    pub text: Text,
}

/// A piece of a terminal's text. Pieces of the same kind may follow each other. The text may hold several lines, and
/// ends with a line end unless the program's text did not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Printed {
    /// Virtual time at which it was written.
    pub at: Instant,
    /// Kind of the piece.
    pub kind: PrintedKind,
    /// The text; for a command, without the prompt.
    pub text: Text,
}

/// Maximum number of pieces that a terminal keeps; when there are more, the oldest half is dropped.
const SCROLLBACK: usize = 20_000;

/// One terminal.
#[derive(Clone, Debug, Hash)]
pub struct Terminal {
    /// Which terminal it is.
    pub id: TerminalId,
    /// Everything that was printed since the terminal was cleared, oldest first.
    pub printed: Vec<Printed>,
    /// The process in the foreground; `None` while the prompt waits.
    pub foreground: Option<ProcessId>,
    /// Lines typed at the prompt, oldest first.
    pub history: Vec<Text>,
    /// Whether a command was begun that goes on in the next line: the prompt is `>`.
    pub continues: bool,
    /// What `watch` shows in place of what it showed before, and its process.
    pub frame: Option<(ProcessId, Text)>,
}

impl Terminal {
    /// An empty terminal.
    pub(crate) const fn new(id: TerminalId) -> Terminal {
        Terminal {
            id,
            printed: Vec::new(),
            foreground: None,
            history: Vec::new(),
            continues: false,
            frame: None,
        }
    }

    /// Adds a piece.
    pub(crate) fn print(&mut self, at: Instant, kind: PrintedKind, text: Text) {
        if text.is_empty() {
            return;
        }
        if self.printed.len() >= SCROLLBACK {
            self.printed.drain(..SCROLLBACK / 2);
        }
        self.printed.push(Printed { at, kind, text });
    }

    /// Remembers a line, unless it is empty or the same as the last.
    pub(crate) fn remember(&mut self, line: &str) {
        if !line.trim().is_empty() && self.history.last().is_none_or(|last| last.as_str() != line) {
            self.history.push(line.into());
        }
    }

    /// Nothing was typed in it since it was opened.
    pub fn is_new(&self) -> bool {
        self.printed.is_empty() && self.history.is_empty() && self.foreground.is_none()
    }

    /// Whether a line typed now would begin a command.
    pub const fn is_free(&self) -> bool {
        self.foreground.is_none() && !self.continues
    }

    /// The prompt that waits, for example `C_m$`, or `>` within a command.
    pub fn prompt(&self) -> &'static str {
        if self.continues { ">" } else { self.first_prompt() }
    }

    /// The prompt at which a command begins.
    pub fn first_prompt(&self) -> &'static str {
        match self.id.host() {
            Some(HostId::Client) => "C_m$",
            Some(HostId::Server) => "S_m$",
            Some(HostId::Site | HostId::Other(_)) | None => "network$",
        }
    }
}

/// What Tab offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The line, completed as far as it is certain.
    pub line: String,
    /// The whole lines or words that may follow, if more than one.
    pub candidates: Vec<String>,
}
