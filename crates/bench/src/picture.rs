//! The scene of two hosts with 30 000 connections.

use crate::error::Error;
use crate::figure::{Bar, Figure, median};
use std::hint::black_box;
use std::time::Instant;
use tcp_core::millis;
use tcp_core::net::{Answer, Command, Endpoint, HostId, ProcessId, SocketId, World};
use tcp_core::tcp::ProfileName;
use tcp_scene::{Look, scene};
use tcp_shell::Lab;

/// Rows of both hosts' netstat together.
const ROWS: usize = 30_000;

/// Number of scenes that are made; the median is shown.
const RUNS: usize = 21;

/// Milliseconds that one scene takes.
pub(crate) fn figure() -> Result<Figure, Error> {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    let mut done = Ok(());
    lab.set_circumstances(|world| done = fill(world));
    done?;
    let rows = [HostId::Client, HostId::Server].map(|host| lab.world().sockets(host).len());
    let [of_client, of_server] = rows;
    if of_client + of_server < ROWS {
        return Err(Error::Count { what: "rows", expected: ROWS, found: of_client + of_server });
    }
    let look = Look::default();
    let times = (0..RUNS).map(|_| {
        let started = Instant::now();
        black_box(scene(black_box(&lab), &look));
        started.elapsed().as_secs_f64() * 1000.0
    });
    Ok(Figure::plain(format!("(d) scene of {} rows", of_client + of_server), median(times.collect()), "ms")
        .with(Bar::at_most(20.0, 20.0)))
}

/// Opens connections, and closes every second one at the client's end.
fn fill(world: &mut World) -> Result<(), Error> {
    let (client, server) = (ProcessId(901), ProcessId(902));
    let listener = socket(world, HostId::Server, server)?;
    world.apply(Command::Bind { socket: listener, to: Endpoint::any(5555) })?;
    world.apply(Command::Listen { socket: listener, backlog: 4096 })?;
    let to = Endpoint::new(HostId::Server.address(), 5555);
    let mut open = Vec::new();
    for turn in 0..ROWS / 2 + 20 {
        if turn < ROWS / 2 {
            let socket = socket(world, HostId::Client, client)?;
            world.apply(Command::Connect { socket, to })?;
            open.push(socket);
        }
        world.advance_to(world.now() + millis(1));
        while world.apply(Command::Accept { socket: listener, owner: server }).is_ok() {}
    }
    for socket in open.into_iter().step_by(2) {
        world.apply(Command::Close { socket })?;
    }
    world.advance_to(world.now() + millis(100));
    world.take_wakes();
    Ok(())
}

fn socket(world: &mut World, host: HostId, owner: ProcessId) -> Result<SocketId, Error> {
    match world.apply(Command::Socket { host, owner })? {
        Answer::Socket(socket) => Ok(socket),
        _ => Err(Error::Answer),
    }
}
