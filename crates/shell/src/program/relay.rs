//! What every netcat does once it is connected: it sends its standard input, writes what it receives to its standard
//! output, and waits.

use super::{Event, Sys};
use tcp_core::Instant;
use tcp_core::net::{Command, Errno, SocketId};
use tcp_core::tcp::Notice;

/// Maximum number of octets read from a socket at once.
const CHUNK: usize = 16384;

/// Standard input: what was typed and has not been sent yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stdin {
    pub(crate) pending: Vec<u8>,
    /// Whether it has ended: nothing more will be typed, or nothing more is read.
    pub(crate) ended: bool,
    /// Whether it has ended and nobody has asked since ([`Stdin::just_ended`]).
    ending: bool,
}

impl Stdin {
    /// A standard input that is at its end from the beginning.
    pub(crate) const fn closed() -> Stdin {
        Stdin { pending: Vec::new(), ended: true, ending: false }
    }

    /// Adds what `event` brings.
    pub(crate) fn take_in(&mut self, event: &Event) {
        match event {
            Event::Line(line) if !self.ended => self.pending.extend_from_slice(line.as_bytes()),
            Event::EndOfInput => {
                self.ending |= !self.ended;
                self.ended = true;
            }
            Event::Endless(text) if !self.ended && self.pending.is_empty() => {
                self.pending = text.as_bytes().iter().copied().cycle().take(CHUNK).collect();
            }
            _ => {}
        }
    }

    /// Whether the end has come since this was last asked.
    pub(crate) fn just_ended(&mut self) -> bool {
        std::mem::take(&mut self.ending)
    }

    /// Reports its end once more, if that has come: to a loop that begins to read it.
    pub(crate) fn ends_again(&mut self) {
        self.ending = self.ended;
    }

    /// Whether it would read more now.
    pub(crate) fn is_hungry(&self) -> bool {
        !self.ended && self.pending.is_empty()
    }

    /// Whether everything that was typed has been sent.
    pub(crate) fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }
}

/// What moved through a [`Relay`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    /// Whether something was received, if only the end.
    pub(crate) received: bool,
    /// Whether something was sent.
    pub(crate) sent: bool,
}

/// The two times at which a netcat wakes without an event.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Waits {
    /// When `alarm()` ends it.
    pub(crate) alarm: Option<Instant>,
    /// When the call that it waits in (`connect`, `poll`, `select`, `sleep`) is over.
    pub(crate) call: Option<Instant>,
}

impl Waits {
    /// Notes that a call is over, if the timer has run out. Returns whether it was the alarm that did.
    pub(crate) fn take(&mut self, event: &Event, sys: &Sys<'_>) -> bool {
        if *event != Event::Timer {
            return false;
        }
        if self.alarm.is_some_and(|at| at <= sys.now()) {
            return true;
        }
        self.call = None;
        false
    }

    /// Sets the process's timer to the earlier of the two.
    pub(crate) fn set(self, sys: &mut Sys<'_>) {
        sys.io.timer = self.alarm.into_iter().chain(self.call).min();
    }
}

/// A connection between a socket and standard input and output.
#[derive(Clone, Debug)]
pub(crate) struct Relay {
    socket: SocketId,
    /// Whether something may still be received.
    pub(crate) receives: bool,
    /// Whether something may still be sent.
    pub(crate) sends: bool,
    /// Why the connection was torn down, once a call or a notice has reported it.
    pub(crate) failed: Option<Errno>,
    /// Whether only a line is sent at once (`-i`).
    pub(crate) by_line: bool,
    /// Whether a line ends with CR and LF, which are a call of their own (`-C`, v170).
    pub(crate) crlf: bool,
    /// Octets that the kernel has taken from this program, and given to it.
    pub(crate) sent: usize,
    pub(crate) received: usize,
    /// The first octets of a character whose rest is in a later segment.
    partial: Vec<u8>,
}

impl Relay {
    /// A relay on a connected socket.
    pub(crate) fn new(socket: SocketId) -> Relay {
        Relay {
            socket,
            receives: true,
            sends: true,
            failed: None,
            by_line: false,
            crlf: false,
            sent: 0,
            received: 0,
            partial: Vec::new(),
        }
    }

    /// The connected socket.
    pub(crate) fn socket(&self) -> SocketId {
        self.socket
    }

    /// Handles a notice from the socket as `poll` does, which reports an error before anything is read.
    pub(crate) fn wake(&mut self, notice: Notice) {
        match notice {
            Notice::Reset => self.tear(Errno::ConnReset),
            Notice::TimedOut => self.tear(Errno::TimedOut),
            _ => {}
        }
    }

    /// Moves octets both ways until neither side gives or takes any.
    pub(crate) fn pump(&mut self, stdin: &mut Stdin, sys: &mut Sys<'_>) -> Moved {
        let received = self.receive(sys);
        Moved { received, sent: self.send(stdin, sys) }
    }

    /// `shutdown(SHUT_WR)`
    pub(crate) fn half_close(&mut self, sys: &mut Sys<'_>) {
        if self.sends {
            self.sends = false;
            let _ = sys.call(Command::Shutdown { socket: self.socket });
        }
    }

    fn tear(&mut self, why: Errno) {
        self.receives = false;
        self.sends = false;
        self.failed.get_or_insert(why);
    }

    fn receive(&mut self, sys: &mut Sys<'_>) -> bool {
        let mut moved = false;
        while self.receives {
            match sys.recv(self.socket, CHUNK) {
                Ok(data) if data.is_empty() => {
                    self.receives = false;
                    moved = true;
                }
                Ok(data) => {
                    self.received += data.len();
                    let text = self.decode(data);
                    sys.stdout(&text);
                    moved = true;
                }
                Err(Errno::Again | Errno::NotConn) => break,
                Err(why) => self.tear(why),
            }
        }
        moved
    }

    fn send(&mut self, stdin: &mut Stdin, sys: &mut Sys<'_>) -> bool {
        let mut moved = false;
        while self.sends && !stdin.pending.is_empty() {
            let end = stdin.pending.iter().position(|octet| *octet == b'\n');
            let whole = match end {
                Some(0) if self.crlf => 1,
                Some(at) if self.crlf => at,
                Some(at) if self.by_line => at + 1,
                _ => stdin.pending.len(),
            };
            let ends_line = end == Some(0) && self.crlf;
            let data = if ends_line { b"\r\n" } else { &stdin.pending[..whole] };
            match sys.send(self.socket, data.to_vec()) {
                Ok(0) | Err(Errno::Again) => break,
                Ok(count) => {
                    let taken = count.min(whole);
                    stdin.pending.drain(..taken);
                    self.sent += taken;
                    moved = true;
                    if self.by_line && end.is_some_and(|at| at < taken) {
                        break;
                    }
                }
                Err(why) => self.tear(why),
            }
        }
        moved
    }

    /// Octets as text; a character that is cut off at the end waits for its rest.
    fn decode(&mut self, data: Vec<u8>) -> String {
        let mut octets = std::mem::take(&mut self.partial);
        octets.extend(data);
        if let Err(error) = std::str::from_utf8(&octets)
            && error.error_len().is_none()
        {
            self.partial = octets.split_off(error.valid_up_to());
        }
        String::from_utf8_lossy(&octets).into_owned()
    }
}
