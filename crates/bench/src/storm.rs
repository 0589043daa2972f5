//! The storm of the article's Exercise 2: 250 connections a second to one port, each opened and closed at once, until
//! the last entry in TIME-WAIT has expired.

use crate::child;
use crate::error::Error;
use crate::figure::{Bar, Figure, median};
use std::fs;
use std::time::Instant;
use tcp_core::millis;
use tcp_core::net::{Answer, Command, Endpoint, Errno, HostId, ProcessId, SocketId, World};
use tcp_core::tcp::{Notice, ProfileName};

const CLIENT: ProcessId = ProcessId(1);
const SERVER: ProcessId = ProcessId(2);
const PORT: u16 = 5555;

/// Connections a second.
const RATE: u64 = 250;

/// Seconds for which connections are opened: small, medium, large.
const SECONDS: [u64; 3] = [4, 40, 240];

/// Runs of each size; the median is shown.
const RUNS: usize = 3;

/// Runs the storm for `seconds` in this process, and prints connections, seconds taken and peak memory in MB.
pub(crate) fn print(seconds: u64) -> Result<(), Error> {
    let started = Instant::now();
    let mut world = World::new(ProfileName::Linux, 1);
    let connections = rage(&mut world, seconds)?;
    let took = started.elapsed().as_secs_f64();
    println!("{connections} {took} {}", peak()?);
    Ok(())
}

fn rage(world: &mut World, seconds: u64) -> Result<u64, Error> {
    let listener = socket(world, HostId::Server, SERVER)?;
    world.apply(Command::Bind { socket: listener, to: Endpoint::any(PORT) })?;
    world.apply(Command::Listen { socket: listener, backlog: 4096 })?;
    let to = Endpoint::new(HostId::Server.address(), PORT);
    let (count, mut ended) = (seconds * RATE, 0);
    for turn in 0..count {
        run(world, Some(tcp_core::Instant::START + millis(turn * 1000 / RATE)), &mut ended)?;
        let client = socket(world, HostId::Client, CLIENT)?;
        world.apply(Command::Connect { socket: client, to })?;
    }
    run(world, None, &mut ended)?;
    let left = [HostId::Client, HostId::Server].map(|host| world.sockets(host).len());
    if (ended, left) == (count, [0, 1]) {
        Ok(count)
    } else {
        let [expected, found] = [count, ended].map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        Err(Error::Count { what: "connections that both ends closed", expected, found })
    }
}

/// Runs all events up to `until`, or all there are, together with the two programs.
fn run(world: &mut World, until: Option<tcp_core::Instant>, ended: &mut u64) -> Result<(), Error> {
    while world.next_event().is_some_and(|at| until.is_none_or(|until| at <= until)) {
        world.step();
        for wake in world.take_wakes() {
            let socket = wake.socket;
            match (wake.owner, wake.notice) {
                (CLIENT, Notice::Connected) => _ = world.apply(Command::Close { socket })?,
                (SERVER, Notice::Connected) => accept_all(world, socket, ended)?,
                (SERVER, Notice::PeerClosed) => close(world, socket, ended)?,
                _ => {}
            }
        }
    }
    if let Some(until) = until {
        world.advance_to(until);
    }
    Ok(())
}

/// Nobody is notified of what came before a connection was accepted: the program asks.
fn accept_all(world: &mut World, socket: SocketId, ended: &mut u64) -> Result<(), Error> {
    loop {
        match world.apply(Command::Accept { socket, owner: SERVER }) {
            Ok(Answer::Accepted { socket, .. }) => match world.apply(Command::Recv { socket, max: 1 }) {
                Ok(_) => close(world, socket, ended)?,
                Err(Errno::Again) => {}
                Err(error) => return Err(error.into()),
            },
            Ok(_) => return Err(Error::Answer),
            Err(Errno::Again) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

fn close(world: &mut World, socket: SocketId, ended: &mut u64) -> Result<(), Error> {
    world.apply(Command::Close { socket })?;
    *ended += 1;
    Ok(())
}

fn socket(world: &mut World, host: HostId, owner: ProcessId) -> Result<SocketId, Error> {
    match world.apply(Command::Socket { host, owner })? {
        Answer::Socket(socket) => Ok(socket),
        _ => Err(Error::Answer),
    }
}

/// The peak memory of this process, in MB (10⁶ octets).
fn peak() -> Result<f64, Error> {
    let status = fs::read_to_string("/proc/self/status").map_err(|_| Error::Memory)?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or(Error::Memory)?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().map_err(|_| Error::Memory)?;
    Ok(kib * 1024.0 / 1e6)
}

/// The measurements of one size.
struct Storm {
    connections: f64,
    seconds: f64,
    peak: f64,
}

impl Storm {
    fn measure(seconds: u64) -> Result<Storm, Error> {
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            let printed = child::native(&["storm", &seconds.to_string()])?;
            let numbers: Vec<f64> = printed.split_whitespace().filter_map(|word| word.parse().ok()).collect();
            let [connections, seconds, peak] = numbers.as_slice() else {
                return Err(Error::Unreadable("the storm", printed));
            };
            runs.push((*connections, *seconds, *peak));
        }
        let middle = |of: fn(&(f64, f64, f64)) -> f64| median(runs.iter().map(of).collect());
        Ok(Storm { connections: middle(|r| r.0), seconds: middle(|r| r.1), peak: middle(|r| r.2) })
    }

    fn each(&self) -> f64 {
        self.seconds * 1e6 / self.connections
    }
}

/// The figures of all sizes.
pub(crate) fn figures() -> Result<Vec<Figure>, Error> {
    let [small, middle, large] = SECONDS.map(Storm::measure);
    let (small, middle, large) = (small?, middle?, large?);
    let each = |storm: &Storm| {
        Figure::plain(format!("(b) storm: a connection, of {}", storm.connections), storm.each(), "µs")
    };
    Ok(vec![
        each(&small),
        each(&middle),
        each(&large),
        Figure::plain("(b) storm: of 60000 as a ratio to of 10000", large.each() / middle.each(), "")
            .with(Bar::at_most(1.1, 1.6)),
        Figure::plain("(b) storm: all 60000", large.seconds, "s").with(Bar::at_most(0.3, 0.6)),
        Figure::plain("(b) storm: peak of memory", large.peak, "MB").with(Bar::at_most(96.0, 192.0)),
    ])
}
