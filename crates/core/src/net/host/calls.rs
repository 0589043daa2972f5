//! What a program asks of its sockets.

use super::socket::{Kind, Listening, Socket};
use super::{Answer, CallName, Command, Endpoint, Errno, Happened, HostId, ProcessId, SocketId, World};
use crate::tcp::{Call, CallError, Connection, Effect, Notice, Payload, Seq, State, Timer};
use std::collections::VecDeque;

impl World {
    /// Does what is asked, or says why not. What takes time goes on in [`World::step`].
    pub fn apply(&mut self, command: Command) -> Result<Answer, Errno> {
        match command {
            Command::Socket { host, owner } => {
                let id = self.log.new_socket(host);
                let now = self.now;
                self.host_mut(host).sockets.insert(id, Box::new(Socket::fresh(id, Some(owner), now)));
                Ok(Answer::Socket(id))
            }
            Command::ReuseAddr { socket } => self.socket_mut(socket).map(|s| s.reuse_addr = true).map(done),
            Command::ReusePort { socket } => self.socket_mut(socket).map(|s| s.reuse_port = true).map(done),
            Command::SetFamily { socket, family } => {
                self.socket_mut(socket).map(|s| s.family = family).map(done)
            }
            Command::LingerZero { socket } => self.socket_mut(socket).map(|s| s.linger_zero = true).map(done),
            Command::TakeError { socket } => self.socket_mut(socket).map(|s| Answer::Error(s.error.take())),
            Command::Recv { socket, max } => self.recv(socket, max).map(Answer::Data),
            Command::Bind { socket, to } => self.called(socket, CallName::Bind, |w| w.bind(socket, to)),
            Command::Listen { socket, backlog } => {
                self.called(socket, CallName::Listen, |w| w.listen(socket, backlog))
            }
            Command::Connect { socket, to } => {
                self.called(socket, CallName::Connect, |w| w.connect(socket, to))
            }
            Command::Accept { socket, owner } => self.accept(socket, owner),
            Command::Send { socket, data } => {
                self.called(socket, CallName::Send, |w| w.send(socket, &data).map(Answer::Count))
            }
            Command::Shutdown { socket } => self.called(socket, CallName::Shutdown, |w| w.shutdown(socket)),
            Command::Close { socket } => self.called(socket, CallName::Close, |w| w.close(socket)),
            Command::Abort { socket } => self.abort(socket),
            other => self.administer(other),
        }
    }

    /// Notes the call as the cause of what it does, and whether it was refused.
    fn called(
        &mut self,
        socket: SocketId,
        call: CallName,
        act: impl FnOnce(&mut World) -> Result<Answer, Errno>,
    ) -> Result<Answer, Errno> {
        let host = self.find_socket(socket).map(|(host, _)| host);
        let outer = self.log.present_cause();
        self.begin(host, Happened::Called { socket, call });
        let answer = act(self);
        if let Err(error) = answer {
            self.note(host, Happened::Refused { socket, call, error });
        }
        self.log.cause(outer);
        answer
    }

    fn bind(&mut self, id: SocketId, to: Endpoint) -> Result<Answer, Errno> {
        self.work += self.sockets_made();
        let (host, socket) = self.find_socket(id).ok_or(Errno::BadSocket)?;
        if socket.bound || !matches!(socket.kind, Kind::Fresh) {
            return Err(Errno::Invalid);
        }
        let host = self.host_mut(host);
        if !to.addr.is_unspecified() && !host.has_address(to.addr) {
            return Err(Errno::AddrNotAvail);
        }
        let to = if to.port == 0 { host.any_port(id, to.addr)? } else { to };
        if !host.may_bind(id, to) {
            return Err(Errno::AddrInUse);
        }
        let socket = self.socket_mut(id)?;
        socket.local = to;
        socket.bound = true;
        if let Some((host, _)) = self.find_socket(id) {
            self.host_mut(host).bound.push(id);
        }
        Ok(Answer::Done)
    }

    fn listen(&mut self, id: SocketId, backlog: u32) -> Result<Answer, Errno> {
        self.work += self.sockets_made();
        let (host, socket) = self.find_socket(id).ok_or(Errno::BadSocket)?;
        if !matches!(socket.kind, Kind::Fresh) {
            return Err(Errno::Invalid);
        }
        if !socket.bound {
            self.bind(id, Endpoint::any(0))?;
        }
        let (now, profile) = (self.now, &self.host(host).profile);
        let connection = Connection::new(Seq(0), &profile.tcp);
        let backlog = backlog.min(profile.somaxconn);
        // Two may have bound the port with SO_REUSEADDR; only one may listen on it.
        let local = self.socket_mut(id)?.local;
        if !self.host(host).may_bind(id, local) {
            return Err(Errno::AddrInUse);
        }
        let socket = self.socket_mut(id)?;
        socket.since = now;
        socket.kind = Kind::Listener(Listening { connection, backlog, half_open: 0, queue: VecDeque::new() });
        let family = socket.family;
        self.host_mut(host).listeners.push((local, id));
        self.log.open(id, family, (local, None), None);
        self.call(host, id, Call::PassiveOpen).map(done)
    }

    fn connect(&mut self, id: SocketId, to: Endpoint) -> Result<Answer, Errno> {
        let (host, socket) = self.find_socket(id).ok_or(Errno::BadSocket)?;
        match (&socket.kind, socket.state()) {
            (Kind::Fresh, _) => {}
            (_, State::SynSent) => return Err(Errno::InProgress),
            _ => return Err(Errno::IsConn),
        }
        let (local, reserved, now) = (socket.local, socket.bound, self.now);
        self.work += 10 * self.host(host).bound.len() as u64;
        let from = self.host(host);
        let to =
            if to.addr.is_unspecified() { Endpoint::new(from.own_address(to.addr), to.port) } else { to };
        from.route(to.addr).ok_or(Errno::NetUnreach)?;
        let own = if local.addr.is_unspecified() { from.own_address(to.addr) } else { local.addr };
        let local = if reserved {
            Endpoint::new(own, local.port)
        } else {
            self.host_mut(host).ephemeral(own, to, now)?
        };
        if let Some(old) = self.host(host).tuples.get(&(local, to)).copied() {
            // Who asked for the port may have it from a connection in TIME-WAIT: timestamps tell the two apart
            // (Linux; RFC 6191). A port of the host's choice was chosen so.
            if !self.is_small(old) {
                return Err(Errno::AddrNotAvail);
            }
            self.abort(old)?;
        }
        let iss = self.host(host).initial_number((local, to), now);
        let connection = Connection::new(iss, &self.host(host).profile.tcp);
        let socket = self.socket_mut(id)?;
        socket.local = local;
        socket.kind = Kind::Stream { connection, foreign: to, parent: None };
        let family = socket.family;
        self.host_mut(host).tuples.insert((local, to), id);
        self.log.open(id, family, (local, Some(to)), None);
        self.call(host, id, Call::ActiveOpen).map(done)
    }

    fn accept(&mut self, id: SocketId, owner: ProcessId) -> Result<Answer, Errno> {
        let Kind::Listener(listening) = &mut self.socket_mut(id)?.kind else { return Err(Errno::Invalid) };
        let child = listening.queue.pop_front().ok_or(Errno::Again)?;
        self.called(id, CallName::Accept, |world| {
            let socket = world.socket_mut(child)?;
            let Kind::Stream { parent, foreign, .. } = &mut socket.kind else { return Err(Errno::Invalid) };
            *parent = None;
            let peer = *foreign;
            socket.owner = Some(owner);
            Ok(Answer::Accepted { socket: child, peer })
        })
    }

    fn send(&mut self, id: SocketId, data: &Payload) -> Result<usize, Errno> {
        let (host, socket) = self.find_socket(id).ok_or(Errno::BadSocket)?;
        if socket.shut || matches!(socket.kind, Kind::Fresh | Kind::Listener(_)) {
            return Err(Errno::Pipe);
        }
        if let Some(error) = self.socket_mut(id)?.error.take() {
            return Err(error);
        }
        if matches!(self.state(id), State::SynSent | State::SynReceived) {
            return Err(Errno::Again);
        }
        let mut result = Ok(0);
        self.octets += data.len() as u64;
        self.drive(host, id, |connection, cx, out| result = connection.send(cx, data, out));
        result.map_err(|error| match error {
            CallError::NoRoom => Errno::Again,
            _ => Errno::Pipe,
        })
    }

    fn recv(&mut self, id: SocketId, max: usize) -> Result<Payload, Errno> {
        let (host, socket) = self.find_socket(id).ok_or(Errno::BadSocket)?;
        let Kind::Stream { connection, .. } = &socket.kind else { return Err(Errno::NotConn) };
        let over = connection.peer_closed() || connection.state() == State::Closed;
        if connection.unread() > 0 {
            let mut data = Payload::EMPTY;
            self.drive(host, id, |connection, cx, out| data = connection.receive(cx, max, out));
            return Ok(data);
        }
        match self.socket_mut(id)?.error.take() {
            Some(error) => Err(error),
            None if over => {
                self.drive(host, id, |connection, cx, out| _ = connection.receive(cx, max, out));
                Ok(Payload::EMPTY)
            }
            None => Err(Errno::Again),
        }
    }

    fn shutdown(&mut self, id: SocketId) -> Result<Answer, Errno> {
        let (host, socket) = self.find_socket(id).ok_or(Errno::BadSocket)?;
        match socket.state() {
            State::Established | State::CloseWait | State::SynReceived => {
                self.call(host, id, Call::Close).map(done)
            }
            State::Closed | State::TimeWait => {
                self.socket_mut(id)?.shut = true;
                Err(Errno::NotConn)
            }
            _ => Ok(Answer::Done),
        }
    }

    /// `close()`. Data that nobody read is answered with a reset (trace 18a); else a FIN follows what is queued.
    fn close(&mut self, id: SocketId) -> Result<Answer, Errno> {
        let (host, socket) = self.find_socket(id).ok_or(Errno::BadSocket)?;
        let linger_zero = socket.linger_zero;
        self.socket_mut(id)?.owner = None;
        let socket = self.host_mut(host).socket_mut(id).ok_or(Errno::BadSocket)?;
        match &mut socket.kind {
            Kind::Fresh => _ = self.host_mut(host).sockets.remove(&id),
            Kind::Listener(listening) => {
                let waiting: Vec<SocketId> = listening.queue.drain(..).collect();
                self.call(host, id, Call::Close)?;
                for child in waiting {
                    self.end_stream(host, child, Call::Abort);
                }
            }
            Kind::Stream { connection, .. } => {
                // TIME-WAIT belongs to the host, not to the program: it stays.
                let waits = connection.state() == State::TimeWait;
                let abort = !waits && (connection.unread() > 0 || linger_zero);
                self.end_stream(host, id, if abort { Call::Abort } else { Call::Close });
            }
        }
        Ok(Answer::Done)
    }

    /// A connection is ended from outside. An entry without a socket (TIME-WAIT, an orphan in FIN-WAIT-2) just
    /// vanishes (trace 13e).
    fn abort(&mut self, id: SocketId) -> Result<Answer, Errno> {
        let (host, socket) = self.find_socket(id).ok_or(Errno::BadSocket)?;
        if socket.is_listener() {
            return self.close(id);
        }
        let small = self.is_small(id);
        self.drive(host, id, |connection, cx, out| {
            // In CLOSED there is nothing to end.
            let _ended = connection.call(cx, Call::Abort, out);
            out.retain(|effect| !small || !matches!(effect, Effect::Send { .. }));
        });
        if !small && let Ok(socket) = self.socket_mut(id) {
            socket.error = Some(Errno::ConnAborted);
            self.wake(host, id, Notice::Reset);
        }
        Ok(Answer::Done)
    }

    /// An entry that the kernel keeps without a socket: TIME-WAIT, or an orphan in FIN-WAIT-2.
    fn is_small(&self, id: SocketId) -> bool {
        self.find_socket(id).is_some_and(|(_, socket)| match socket.state() {
            State::TimeWait => true,
            State::FinWait2 => {
                socket.connection().is_some_and(|c| c.timers().deadline(Timer::TimeWait).is_some())
            }
            _ => false,
        })
    }

    fn end_stream(&mut self, host: HostId, id: SocketId, how: Call) {
        self.drive(host, id, |connection, cx, out| {
            // A direction that is closed already, or a connection that is over, needs no second end.
            let _refused = connection.call(cx, how, out);
            let _always = connection.call(cx, Call::Release, out);
        });
        if self.host(host).socket(id).is_some_and(Socket::is_gone) {
            self.host_mut(host).forget(id);
        }
    }

    fn call(&mut self, host: HostId, id: SocketId, call: Call) -> Result<(), Errno> {
        let mut result = Ok(());
        self.drive(host, id, |connection, cx, out| result = connection.call(cx, call, out));
        result.map_err(|_| Errno::Invalid)
    }

    pub(super) fn socket_mut(&mut self, id: SocketId) -> Result<&mut Socket, Errno> {
        self.hosts.iter_mut().find_map(|host| host.socket_mut(id)).ok_or(Errno::BadSocket)
    }
}

pub(super) fn done<T>(_: T) -> Answer {
    Answer::Done
}
