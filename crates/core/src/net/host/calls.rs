//! Socket calls of programs.

use super::socket::{Kind, Listening, Socket};
use super::{Cx, Host};
use crate::net::{Answer, CallName, Command, Endpoint, Errno, Happened, ProcessId, SocketId, Uid};
use crate::tcp::{
    Call, CallError, Connection, Counter, Effect, KeepaliveOption, Notice, Payload, Seq, State,
};
use std::collections::VecDeque;

/// How far after the last number of a connection in TIME-WAIT one that takes its place begins: no window reaches there
/// (Linux: 65 537).
const PAST_OLD_DATA: u32 = 65_537;
/// The first port that every user may bind: `net.ipv4.ip_unprivileged_port_start`, in both profiles.
const UNPRIVILEGED_PORT_START: u16 = 1024;

impl Host {
    /// Carries out a command to this host, or returns why it was refused. What takes time continues with packets and
    /// timers.
    pub fn apply(&mut self, cx: &mut Cx<'_>, command: Command) -> Result<Answer, Errno> {
        match command {
            Command::Socket { owner, .. } => {
                let id = cx.pen.new_socket();
                self.sockets.insert(Socket::fresh(id, Some(owner), cx.now));
                Ok(Answer::Socket(id))
            }
            Command::ReuseAddr { socket } => self.socket_mut(socket).map(|s| s.reuse_addr = true).map(done),
            Command::ReusePort { socket } => self.socket_mut(socket).map(|s| s.reuse_port = true).map(done),
            Command::SetFamily { socket, family } => {
                self.socket_mut(socket).map(|s| s.family = family).map(done)
            }
            Command::SetUser { socket, uid } => self.socket_mut(socket).map(|s| s.uid = uid).map(done),
            Command::LingerZero { socket } => self.socket_mut(socket).map(|s| s.linger_zero = true).map(done),
            Command::Keepalive { socket, option } => self.set_keepalive(cx, socket, option),
            Command::TakeError { socket } => self.socket_mut(socket).map(|s| Answer::Error(s.take_error())),
            Command::Disconnect { socket } => self.disconnect(cx, socket),
            Command::Recv { socket, max } => self.recv(cx, socket, max).map(Answer::Data),
            Command::Accept { socket, owner } => self.accept(cx, socket, owner),
            Command::Abort { socket } => self.abort(cx, socket),
            Command::Bind { socket, to } => {
                self.called(cx, socket, CallName::Bind, |host, _| host.bind(socket, to))
            }
            Command::Listen { socket, backlog } => {
                self.called(cx, socket, CallName::Listen, |host, cx| host.listen(cx, socket, backlog))
            }
            Command::Connect { socket, to } => {
                self.called(cx, socket, CallName::Connect, |host, cx| host.connect(cx, socket, to))
            }
            Command::Send { socket, data } => self.called(cx, socket, CallName::Send, |host, cx| {
                host.send(cx, socket, &data).map(Answer::Count)
            }),
            Command::Shutdown { socket } => {
                self.called(cx, socket, CallName::Shutdown, |host, cx| host.shutdown(cx, socket))
            }
            Command::Close { socket } => {
                self.called(cx, socket, CallName::Close, |host, cx| host.close(cx, socket))
            }
            other => self.administer(cx, other),
        }
    }

    /// Notes the call as the cause of what it does, and also whether it was refused.
    fn called(
        &mut self,
        cx: &mut Cx<'_>,
        socket: SocketId,
        call: CallName,
        act: impl FnOnce(&mut Host, &mut Cx<'_>) -> Result<Answer, Errno>,
    ) -> Result<Answer, Errno> {
        let outer = cx.pen.present_cause();
        cx.pen.begin(Happened::Called { socket, call });
        let answer = act(self, cx);
        if let Err(error) = answer {
            cx.pen.note(Happened::Refused { socket, call, error });
        }
        cx.pen.cause(outer);
        answer
    }

    fn set_keepalive(
        &mut self,
        cx: &mut Cx<'_>,
        id: SocketId,
        option: KeepaliveOption,
    ) -> Result<Answer, Errno> {
        self.socket_mut(id)?.keepalive.set(option);
        self.drive(cx, id, |connection, cx, out| connection.set_keepalive(cx, option, out));
        Ok(Answer::Done)
    }

    fn bind(&mut self, id: SocketId, to: Endpoint) -> Result<Answer, Errno> {
        let socket = self.socket(id)?;
        if socket.bound || !matches!(socket.kind, Kind::Fresh) {
            return Err(Errno::Invalid);
        }
        let reserved = (1..UNPRIVILEGED_PORT_START).contains(&to.port) && socket.uid != Uid::ROOT;
        if !to.addr.is_unspecified() && !self.has_address(to.addr) {
            return Err(Errno::AddrNotAvail);
        }
        if reserved {
            return Err(Errno::Access);
        }
        let to = if to.port == 0 { self.any_port(id, to.addr)? } else { to };
        if !self.may_bind(id, to) {
            return Err(Errno::AddrInUse);
        }
        self.sockets.place(id, to);
        self.socket_mut(id)?.bound = true;
        Ok(Answer::Done)
    }

    fn listen(&mut self, cx: &mut Cx<'_>, id: SocketId, backlog: u32) -> Result<Answer, Errno> {
        let socket = self.socket(id)?;
        if !matches!(socket.kind, Kind::Fresh) {
            return Err(Errno::Invalid);
        }
        if !socket.bound {
            self.bind(id, Endpoint::any(0))?;
        }
        // Two sockets may have bound the port with SO_REUSEADDR, but only one may listen on it.
        if !self.may_bind(id, self.socket(id)?.local()) {
            return Err(Errno::AddrInUse);
        }
        let keepalive = self.socket(id)?.keepalive;
        let connection = Connection::new(Seq(0), &self.profile.tcp).with_keepalive(keepalive);
        let backlog = backlog.min(self.profile.somaxconn);
        let socket = self.socket_mut(id)?;
        socket.since = cx.now;
        socket.kind = Kind::Listener(Listening { connection, backlog, half_open: 0, queue: VecDeque::new() });
        cx.pen.open(id, socket.family, (socket.local(), None), None);
        self.sockets.add_listener(id);
        self.call(cx, id, Call::PassiveOpen).map(done)
    }

    fn connect(&mut self, cx: &mut Cx<'_>, id: SocketId, to: Endpoint) -> Result<Answer, Errno> {
        let socket = self.socket(id)?;
        match (&socket.kind, socket.state()) {
            (Kind::Fresh, _) => {}
            (_, State::SynSent) => return Err(Errno::InProgress),
            _ => return Err(Errno::IsConn),
        }
        let (local, reserved) = (socket.local(), socket.bound);
        let to =
            if to.addr.is_unspecified() { Endpoint::new(self.own_address(to.addr), to.port) } else { to };
        if self.route(to.addr).is_none() {
            self.counters.ip.no_routes += 1;
            return Err(Errno::NetUnreach);
        }
        let own = if local.addr.is_unspecified() { self.own_address(to.addr) } else { local.addr };
        let local = if reserved { Endpoint::new(own, local.port) } else { self.ephemeral(own, to, cx.now)? };
        let mut iss = self.initial_number((local, to), cx.now);
        if let Some(old) = self.sockets.between((local, to)) {
            // A program that asked for this port may take it from a connection in TIME-WAIT if timestamps distinguish the
            // two connections (Linux; RFC 6191). A port that the host chose was chosen with this in mind.
            let left = self.connection(old).filter(|old| old.has_timestamps()).map(|old| old.tcb().snd.nxt);
            iss = left.filter(|_| self.is_entry(old)).ok_or(Errno::AddrNotAvail)? + PAST_OLD_DATA;
            self.abort(cx, old)?;
            self.counters.count(&[Counter::TwRecycled]);
        }
        self.sockets.place(id, local);
        let profile = &self.profile.tcp;
        let socket = self.sockets.get_mut(id).ok_or(Errno::BadSocket)?;
        let connection = Connection::new(iss, profile).with_keepalive(socket.keepalive);
        socket.kind = Kind::Stream { connection, foreign: to, parent: None };
        cx.pen.open(id, socket.family, (local, Some(to)), None);
        self.sockets.add_connection(id);
        self.call(cx, id, Call::ActiveOpen).map(done)
    }

    /// After a failed `connect()`: a fresh socket with the options of the old one, and with its port if that was asked for
    /// (trace m08).
    fn disconnect(&mut self, cx: &mut Cx<'_>, old: SocketId) -> Result<Answer, Errno> {
        let socket = self.socket(old)?;
        if !matches!(socket.kind, Kind::Stream { .. }) || !socket.is_gone() {
            return Err(Errno::Invalid);
        }
        let id = cx.pen.new_socket();
        let mut fresh = socket.clone();
        (fresh.id, fresh.shut, fresh.kind) = (id, false, Kind::Fresh);
        if !fresh.bound {
            fresh.set_local(Endpoint::any(0));
        }
        self.sockets.remove(old);
        self.sockets.insert(fresh);
        Ok(Answer::Socket(id))
    }

    fn accept(&mut self, cx: &mut Cx<'_>, id: SocketId, owner: ProcessId) -> Result<Answer, Errno> {
        let Kind::Listener(listening) = &mut self.socket_mut(id)?.kind else { return Err(Errno::Invalid) };
        let child = listening.queue.pop_front().ok_or(Errno::Again)?;
        self.called(cx, id, CallName::Accept, |host, _| {
            let socket = host.socket_mut(child)?;
            let Kind::Stream { parent, foreign, .. } = &mut socket.kind else { return Err(Errno::Invalid) };
            *parent = None;
            let peer = *foreign;
            socket.owner = Some(owner);
            Ok(Answer::Accepted { socket: child, peer })
        })
    }

    fn send(&mut self, cx: &mut Cx<'_>, id: SocketId, data: &Payload) -> Result<usize, Errno> {
        if let Some(error) = self.socket_mut(id)?.error.take() {
            return Err(error);
        }
        let socket = self.socket(id)?;
        if socket.shut || matches!(socket.kind, Kind::Fresh | Kind::Listener(_)) {
            return Err(Errno::Pipe);
        }
        if matches!(self.state(id), State::SynSent | State::SynReceived) {
            return Err(Errno::Again);
        }
        let mut result = Ok(0);
        self.drive(cx, id, |connection, cx, out| result = connection.send(cx, data, out));
        result.map_err(|error| match error {
            CallError::NoRoom => Errno::Again,
            _ => Errno::Pipe,
        })
    }

    fn recv(&mut self, cx: &mut Cx<'_>, id: SocketId, max: usize) -> Result<Payload, Errno> {
        let socket = self.socket(id)?;
        let Kind::Stream { connection, .. } = &socket.kind else { return Err(Errno::NotConn) };
        let (ended, over) = (connection.peer_closed(), connection.state() == State::Closed);
        if connection.unread() > 0 {
            let mut data = Payload::EMPTY;
            self.drive(cx, id, |connection, cx, out| data = connection.receive(cx, max, out));
            return Ok(data);
        }
        if ended {
            // The end of the stream stays the end, also if a reset came after it: the error is for `send` and `SO_ERROR`.
            self.drive(cx, id, |connection, cx, out| _ = connection.receive(cx, max, out));
            return Ok(Payload::EMPTY);
        }
        match self.socket_mut(id)?.error.take() {
            Some(error) => Err(error),
            None if over => Ok(Payload::EMPTY),
            None => Err(Errno::Again),
        }
    }

    fn shutdown(&mut self, cx: &mut Cx<'_>, id: SocketId) -> Result<Answer, Errno> {
        let socket = self.socket(id)?;
        match socket.state() {
            State::Established | State::CloseWait | State::SynReceived => {
                self.call(cx, id, Call::Close).map(done)
            }
            State::Closed | State::TimeWait => {
                self.socket_mut(id)?.shut = true;
                Err(Errno::NotConn)
            }
            _ => Ok(Answer::Done),
        }
    }

    /// `close()`. If the program leaves data unread, a reset is sent (trace 18a); otherwise a FIN follows the queued
    /// data.
    fn close(&mut self, cx: &mut Cx<'_>, id: SocketId) -> Result<Answer, Errno> {
        let socket = self.socket(id)?;
        let linger_zero = socket.linger_zero;
        self.socket_mut(id)?.owner = None;
        match &mut self.socket_mut(id)?.kind {
            Kind::Fresh => self.sockets.remove(id),
            Kind::Listener(listening) => {
                let waiting: Vec<SocketId> = listening.queue.drain(..).collect();
                self.call(cx, id, Call::Close)?;
                for child in waiting {
                    self.end_stream(cx, child, Call::Abort);
                }
            }
            Kind::Stream { connection, .. } => {
                // TIME-WAIT belongs to the host and not to the program, so it stays.
                let waits = connection.state() == State::TimeWait;
                let unread = connection.unread() > 0;
                let abort = !waits && (unread || linger_zero);
                if abort {
                    if !unread {
                        cx.pen.begin(Happened::Called { socket: id, call: CallName::Disconnect });
                    }
                    self.count_abort(id);
                }
                self.end_stream(cx, id, if abort { Call::Abort } else { Call::Close });
            }
        }
        Ok(Answer::Done)
    }

    /// Ends a connection from outside. An entry without a socket (TIME-WAIT, an orphan in FIN-WAIT-2) just disappears
    /// (trace 13e).
    fn abort(&mut self, cx: &mut Cx<'_>, id: SocketId) -> Result<Answer, Errno> {
        let socket = self.socket(id)?;
        if socket.is_listener() {
            return self.close(cx, id);
        }
        let entry = self.is_entry(id);
        self.drive(cx, id, |connection, cx, out| {
            // A connection in CLOSED has nothing to end.
            let _ended = connection.call(cx, Call::Abort, out);
            out.retain(|effect| !entry || !matches!(effect, Effect::Send { .. }));
        });
        if !entry && let Ok(socket) = self.socket_mut(id) {
            socket.error = Some(Errno::ConnAborted);
            self.wake(cx, id, Notice::Reset);
        }
        Ok(Answer::Done)
    }

    fn end_stream(&mut self, cx: &mut Cx<'_>, id: SocketId, how: Call) {
        self.drive(cx, id, |connection, cx, out| {
            // A direction that is closed already, or a connection that is over, need not be ended again.
            let _refused = connection.call(cx, how, out);
            let _always = connection.call(cx, Call::Release, out);
        });
        if self.sockets.get(id).is_some_and(Socket::is_gone) {
            self.sockets.forget(id);
        }
    }

    fn call(&mut self, cx: &mut Cx<'_>, id: SocketId, call: Call) -> Result<(), Errno> {
        let mut result = Ok(());
        self.drive(cx, id, |connection, cx, out| result = connection.call(cx, call, out));
        result.map_err(|_| Errno::Invalid)
    }

    fn socket(&self, id: SocketId) -> Result<&Socket, Errno> {
        self.sockets.get(id).ok_or(Errno::BadSocket)
    }

    fn socket_mut(&mut self, id: SocketId) -> Result<&mut Socket, Errno> {
        self.sockets.get_mut(id).ok_or(Errno::BadSocket)
    }
}

fn done<T>(_: T) -> Answer {
    Answer::Done
}
