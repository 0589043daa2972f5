//! The transfer through this project's engine: two hosts of a world, with the log of everything that happens.

use super::{Pattern, Run, TOTAL, timed};
use crate::error::Error;
use tcp_core::net::{Answer, Command, Endpoint, Errno, HostId, ProcessId, Setting, SocketId, World};
use tcp_core::tcp::{Notice, Payload, ProfileName};

const SENDER: ProcessId = ProcessId(1);
const RECEIVER: ProcessId = ProcessId(2);
const PORT: u16 = 5555;

pub(super) fn transfer(pattern: &Pattern) -> Result<Run, Error> {
    let mut world = World::new(ProfileName::Linux, 1);
    for host in [HostId::Client, HostId::Server] {
        // smoltcp's segments carry no timestamps; without them both sides send 1460 octets of data in a segment.
        world.apply(Command::Configure { host, setting: Setting::Timestamps(false) })?;
    }
    let mut sender = Sender { whole: Payload::from(pattern.0.as_slice()), sent: 0 };
    let mut run = timed(|| carry(&mut world, &mut sender, pattern))?;
    let data = |packet: &tcp_core::net::Passage<'_>| packet.segment().is_some_and(|s| s.data_len() > 0);
    run.segments = world.packets().filter(data).count();
    Ok(run)
}

fn carry(world: &mut World, sending: &mut Sender, pattern: &Pattern) -> Result<usize, Error> {
    let listener = socket(world, HostId::Server, RECEIVER)?;
    world.apply(Command::Bind { socket: listener, to: Endpoint::any(PORT) })?;
    world.apply(Command::Listen { socket: listener, backlog: 1 })?;
    let sender = socket(world, HostId::Client, SENDER)?;
    world.apply(Command::Connect { socket: sender, to: Endpoint::new(HostId::Server.address(), PORT) })?;
    let mut received = 0;
    while received < TOTAL {
        if !world.step() {
            return Err(Error::Stopped(received));
        }
        for wake in world.take_wakes() {
            match (wake.owner, wake.notice) {
                (SENDER, Notice::Connected | Notice::Writable) => sending.send(world, sender)?,
                (RECEIVER, Notice::Connected) if wake.socket == listener => {
                    world.apply(Command::Accept { socket: listener, owner: RECEIVER })?;
                }
                (RECEIVER, Notice::Readable) => received = receive(world, wake.socket, pattern, received)?,
                _ => {}
            }
        }
    }
    Ok(0)
}

fn socket(world: &mut World, host: HostId, owner: ProcessId) -> Result<SocketId, Error> {
    match world.apply(Command::Socket { host, owner })? {
        Answer::Socket(socket) => Ok(socket),
        _ => Err(Error::Answer),
    }
}

/// The sending program: its data and its progress.
struct Sender {
    /// The pattern, in a buffer that the engine shares.
    whole: Payload,
    sent: usize,
}

impl Sender {
    /// Writes as much as the socket takes.
    fn send(&mut self, world: &mut World, socket: SocketId) -> Result<(), Error> {
        while self.sent < TOTAL {
            let (from, len) = Pattern::place(self.sent);
            let data = self.whole.slice(from, len);
            match world.apply(Command::Send { socket, data }) {
                // A program that could not write a whole piece waits until there is room.
                Ok(Answer::Count(count)) if count < len => {
                    self.sent += count;
                    return Ok(());
                }
                Ok(Answer::Count(count)) => self.sent += count,
                Ok(_) => return Err(Error::Answer),
                Err(Errno::Again) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// Reads everything that arrived, and compares it.
fn receive(world: &mut World, socket: SocketId, pattern: &Pattern, at: usize) -> Result<usize, Error> {
    match world.apply(Command::Recv { socket, max: usize::MAX })? {
        Answer::Data(data) => pattern.check(at, &data),
        _ => Err(Error::Answer),
    }
}
