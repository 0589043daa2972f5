//! `nc.traditional HOST PORTS`: tries one port after the other, and connects to each that is open.

use super::{Stage, Traditional};
use crate::names::service;
use crate::output::{Output, Refusal};
use crate::program::{Life, Sys};
use tcp_core::net::{Command, Endpoint, Errno, SocketId};
use tcp_core::tcp::Notice;

impl Traditional {
    /// Tries the next port of the range, or of the next word; ends after the last.
    pub(super) fn next_port(&mut self, sys: &mut Sys<'_>) -> Life {
        if self.range.0 > self.range.1 {
            let Some(word) = self.options.ports.pop() else {
                return self.end(sys);
            };
            match self.range_of(&word) {
                Ok(range) => self.range = range,
                Err(refusal) => {
                    sys.stderr(&Output::from(refusal).stderr);
                    return Life::Exit(1);
                }
            }
            self.single &= self.range.0 == self.range.1;
        }
        self.open(sys)
    }

    /// `LO-HI`, which is tried from the highest port down, or a port.
    fn range_of(&self, word: &str) -> Result<(u16, u16), Refusal> {
        let (low, high) = word.split_once('-').unwrap_or((word, word));
        let high = self.options.port("port", high)?;
        let low = self.options.port("port", low)?;
        Ok((low, high.max(low)))
    }

    fn end(&self, sys: &mut Sys<'_>) -> Life {
        if self.options.verbose > 1 {
            sys.stderr(&self.last_words());
        }
        Life::Exit(if self.single { self.code } else { 0 })
    }

    pub(super) fn connect(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Life {
        let Some(host) = &self.options.host else {
            return Life::Exit(1);
        };
        let to = Endpoint::new(host.addr, self.range.1);
        self.range.1 -= 1;
        if let Err(errno) = sys.call(Command::Connect { socket, to })
            && errno != Errno::InProgress
        {
            return self.connect_failed(socket, to, errno, sys);
        }
        self.stage = Stage::Connecting { socket, to };
        self.waits.call = self.patience(sys);
        Life::On
    }

    pub(super) fn connect_ended(
        &mut self,
        socket: SocketId,
        to: Endpoint,
        notice: Notice,
        sys: &mut Sys<'_>,
    ) -> Life {
        if notice == Notice::SoftError {
            // `connect` blocks, and does not ask.
            return Life::On;
        }
        if matches!(notice, Notice::Reset | Notice::TimedOut) {
            let errno = sys.take_error(socket).unwrap_or(Errno::ConnRefused);
            return self.connect_failed(socket, to, errno, sys);
        }
        self.code = 0;
        if self.options.verbose > 0 {
            self.say(to, "open", sys);
        }
        if self.options.scan { self.over(socket, sys) } else { self.connected(socket, sys) }
    }

    /// Says that a connect failed: always if it is the only one, but of a scan's refusals only with `-vv`.
    pub(super) fn connect_failed(
        &mut self,
        socket: SocketId,
        to: Endpoint,
        errno: Errno,
        sys: &mut Sys<'_>,
    ) -> Life {
        self.code = 1;
        let verbose = self.options.verbose;
        let shown = self.single || verbose > 1 || errno != Errno::ConnRefused;
        if shown && (verbose > 0 || (self.single && !self.options.scan)) {
            self.say(to, &format!(": {}", errno.text()), sys);
        }
        self.over(socket, sys)
    }

    fn say(&self, to: Endpoint, what: &str, sys: &mut Sys<'_>) {
        let host = self.options.host.as_ref().map_or("", |host| &host.name);
        let name = service(to.port).unwrap_or("?");
        sys.stderr(&format!("{host} [{}] {} ({name}) {what}\n", to.addr, to.port));
    }

    /// Closes, and goes on to the next port.
    pub(super) fn over(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Life {
        sys.close(socket);
        self.waits.call = None;
        self.stage = Stage::Between;
        match self.options.interval.filter(|_| !self.options.listen) {
            Some(interval) => {
                self.waits.call = Some(sys.now() + interval);
                Life::On
            }
            None => self.next_port(sys),
        }
    }
}
