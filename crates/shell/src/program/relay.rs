//! What every netcat does once it is connected: it sends its standard input, and writes what it receives to its
//! standard output.

use super::{Event, Sys};
use tcp_core::net::{Command, Errno, SocketId};
use tcp_core::tcp::Notice;

/// Maximum number of octets read from a socket at once.
const CHUNK: usize = 16384;

/// Standard input: what was typed and has not been sent yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stdin {
    pending: Vec<u8>,
    /// Whether it has ended: nothing more will be typed, or nothing more is read.
    pub(crate) ended: bool,
}

impl Stdin {
    /// A standard input that is at its end from the beginning.
    pub(crate) const fn closed() -> Stdin {
        Stdin { pending: Vec::new(), ended: true }
    }

    /// Adds what `event` brings.
    pub(crate) fn take_in(&mut self, event: &Event) {
        match event {
            Event::Line(line) if !self.ended => self.pending.extend_from_slice(line.as_bytes()),
            Event::EndOfInput => self.ended = true,
            Event::Line(_) | Event::Wake(..) | Event::Timer => {}
        }
    }

    /// Whether everything that was typed has been sent.
    pub(crate) fn is_empty(&self) -> bool {
        self.pending.is_empty()
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
    /// Whether the connection was torn down: reset or timed out.
    pub(crate) broken: bool,
    /// The first octets of a character whose rest is in a later segment.
    partial: Vec<u8>,
}

impl Relay {
    /// A relay on a connected socket.
    pub(crate) fn new(socket: SocketId) -> Relay {
        Relay { socket, receives: true, sends: true, broken: false, partial: Vec::new() }
    }

    /// The connected socket.
    pub(crate) fn socket(&self) -> SocketId {
        self.socket
    }

    /// Handles a notice from the socket.
    pub(crate) fn wake(&mut self, notice: Notice) {
        if matches!(notice, Notice::Reset | Notice::TimedOut) {
            self.tear();
        }
    }

    /// Moves octets both ways until neither side gives or takes any. Returns true if something moved.
    pub(crate) fn pump(&mut self, stdin: &mut Stdin, sys: &mut Sys<'_>) -> bool {
        // Both ways are tried, so `||` must not come between the calls.
        let received = self.receive(sys);
        let sent = self.send(stdin, sys);
        received || sent
    }

    /// `shutdown(SHUT_WR)`
    pub(crate) fn half_close(&mut self, sys: &mut Sys<'_>) {
        if self.sends {
            self.sends = false;
            let _ = sys.call(Command::Shutdown { socket: self.socket });
        }
    }

    fn tear(&mut self) {
        self.receives = false;
        self.sends = false;
        self.broken = true;
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
                    let text = self.decode(data);
                    sys.stdout(&text);
                    moved = true;
                }
                Err(Errno::Again | Errno::NotConn) => break,
                Err(_) => self.tear(),
            }
        }
        moved
    }

    fn send(&mut self, stdin: &mut Stdin, sys: &mut Sys<'_>) -> bool {
        let mut moved = false;
        while self.sends && !stdin.pending.is_empty() {
            match sys.send(self.socket, stdin.pending.clone()) {
                Ok(0) | Err(Errno::Again) => break,
                Ok(count) => {
                    stdin.pending.drain(..count.min(stdin.pending.len()));
                    moved = true;
                }
                Err(_) => self.tear(),
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
