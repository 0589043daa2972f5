//! System calls: what a program may ask of its host.

use super::nc_habits::NcHabits;
use crate::files::Files;
use crate::names::Names;
use crate::terminal::{Stream, Written};
use crate::user::User;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Answer, Command, Endpoint, Errno, Family, HostId, ProcessId, SocketId, World};

/// What a host keeps for a process besides its program: descriptors and a timer.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProcessIo {
    /// Its sockets by descriptor, from [`FIRST_DESCRIPTOR`]; `None` is a descriptor that is free again.
    pub(crate) sockets: Vec<Option<SocketId>>,
    /// When its timer runs out.
    pub(crate) timer: Option<Instant>,
    /// Whether its standard output is a pipe.
    pub(crate) piped: bool,
}

/// The first descriptor that is neither standard input nor standard output nor standard error.
pub(crate) const FIRST_DESCRIPTOR: usize = 3;

impl ProcessIo {
    /// Gives a new socket the lowest free descriptor.
    fn open(&mut self, socket: SocketId) {
        match self.sockets.iter_mut().find(|held| held.is_none()) {
            Some(free) => *free = Some(socket),
            None => self.sockets.push(Some(socket)),
        }
    }
}

/// The system calls of one process, for as long as it runs without a pause.
pub(crate) struct Sys<'a> {
    pub(crate) world: &'a mut World,
    pub(crate) host: HostId,
    pub(crate) process: ProcessId,
    pub(crate) user: User,
    pub(crate) names: Names,
    /// The files of the hosts.
    pub(crate) files: &'a mut Files,
    pub(crate) io: &'a mut ProcessIo,
    /// What the process has written meanwhile.
    pub(crate) written: &'a mut Vec<Written>,
}

impl Sys<'_> {
    /// `socket()`
    pub(crate) fn socket(&mut self) -> Result<SocketId, Errno> {
        match self.world.apply(Command::Socket { host: self.host, owner: self.process })? {
            Answer::Socket(socket) => {
                self.io.open(socket);
                if !self.user.is_root() {
                    self.call(Command::SetUser { socket, uid: self.user.uid() })?;
                }
                Ok(socket)
            }
            _ => Err(Errno::Invalid),
        }
    }

    /// `socket()` for a connection to `to`, or for listening there.
    pub(crate) fn socket_for(&mut self, to: Endpoint) -> Result<SocketId, Errno> {
        let socket = self.socket()?;
        if to.addr.is_ipv6() {
            self.call(Command::SetFamily { socket, family: Family::V6 })?;
        }
        Ok(socket)
    }

    /// A socket with SO_REUSEADDR, bound to `at` and listening.
    pub(crate) fn listener(&mut self, at: Endpoint, backlog: u32) -> Result<SocketId, Errno> {
        let socket = self.socket_for(at)?;
        self.listen(socket, at, backlog)
    }

    /// The same for today's `nc`, which lets other listeners of its kind share the port.
    pub(crate) fn shared_listener(&mut self, at: Endpoint, backlog: u32) -> Result<SocketId, Errno> {
        let socket = self.socket_for(at)?;
        if self.nc_habits().shares_port {
            self.call(Command::ReusePort { socket })?;
        }
        self.listen(socket, at, backlog)
    }

    /// Sets SO_REUSEADDR, binds and listens; closes the socket if any of these fails.
    pub(crate) fn listen(&mut self, socket: SocketId, at: Endpoint, backlog: u32) -> Result<SocketId, Errno> {
        let listening = self
            .call(Command::ReuseAddr { socket })
            .and_then(|()| self.call(Command::Bind { socket, to: at }))
            .and_then(|()| self.call(Command::Listen { socket, backlog }));
        if let Err(errno) = listening {
            self.close(socket);
            return Err(errno);
        }
        Ok(socket)
    }

    /// `accept()`
    pub(crate) fn accept(&mut self, socket: SocketId) -> Result<(SocketId, Endpoint), Errno> {
        match self.world.apply(Command::Accept { socket, owner: self.process })? {
            Answer::Accepted { socket, peer } => {
                self.io.open(socket);
                Ok((socket, peer))
            }
            _ => Err(Errno::Invalid),
        }
    }

    /// `send()`. Returns how many octets were taken.
    pub(crate) fn send(&mut self, socket: SocketId, data: Vec<u8>) -> Result<usize, Errno> {
        match self.world.apply(Command::Send { socket, data: data.into() })? {
            Answer::Count(count) => Ok(count),
            _ => Ok(0),
        }
    }

    /// `recv()`. Returns no octets at the end of the stream.
    pub(crate) fn recv(&mut self, socket: SocketId, max: usize) -> Result<Vec<u8>, Errno> {
        match self.world.apply(Command::Recv { socket, max })? {
            Answer::Data(data) => Ok(data.to_vec()),
            _ => Ok(Vec::new()),
        }
    }

    /// `close()`
    pub(crate) fn close(&mut self, socket: SocketId) {
        self.io.sockets.iter_mut().filter(|held| **held == Some(socket)).for_each(|held| *held = None);
        // A socket that is gone already has nothing left to close.
        let _ = self.world.apply(Command::Close { socket });
    }

    /// `getsockopt(SO_ERROR)`
    pub(crate) fn take_error(&mut self, socket: SocketId) -> Option<Errno> {
        match self.world.apply(Command::TakeError { socket }) {
            Ok(Answer::Error(error)) => error,
            _ => None,
        }
    }

    /// The end of a blocking `connect()` that failed. Returns what its descriptor holds now.
    pub(crate) fn disconnect(&mut self, old: SocketId) -> SocketId {
        let Ok(Answer::Socket(new)) = self.world.apply(Command::Disconnect { socket: old }) else {
            return old;
        };
        self.io.sockets.iter_mut().filter(|held| **held == Some(old)).for_each(|held| *held = Some(new));
        new
    }

    /// A call that returns nothing but success.
    pub(crate) fn call(&mut self, command: Command) -> Result<(), Errno> {
        self.world.apply(command).map(|_| ())
    }

    /// Writes to standard output.
    pub(crate) fn stdout(&mut self, text: &str) {
        self.write(Stream::Stdout, text);
    }

    /// Writes to standard error.
    pub(crate) fn stderr(&mut self, text: &str) {
        self.write(Stream::Stderr, text);
    }

    /// Restarts the timer, which runs out `span` from now.
    pub(crate) fn set_timer(&mut self, span: Duration) {
        self.io.timer = Some(self.now() + span);
    }

    /// Stops the timer.
    pub(crate) fn stop_timer(&mut self) {
        self.io.timer = None;
    }

    fn write(&mut self, stream: Stream, text: &str) {
        if !text.is_empty() {
            self.written.push(Written { at: self.now(), stream, text: text.into() });
        }
    }

    /// The virtual time.
    pub(crate) fn now(&self) -> Instant {
        self.world.now()
    }

    /// The habits of the `nc` that comes with this host's profile.
    pub(crate) fn nc_habits(&self) -> NcHabits {
        NcHabits::new(self.world.profile(self.host).name)
    }
}
