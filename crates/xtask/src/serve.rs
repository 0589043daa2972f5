//! `cargo xtask serve`: serves the page at an address of this machine, and rebuilds it when a source file changes.

use std::env;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::build::{self, tools};
use crate::error::{Error, Result};
use crate::process::{start_error, target_dir};

/// Port of the page if no other is asked for.
pub(crate) const DEFAULT_PORT: u16 = 8080;

/// Trunk builds once more before it serves; with nothing changed this takes seconds.
const PATIENCE: Duration = Duration::from_secs(300);

/// Builds the page, then becomes the server, until Ctrl-C.
pub(crate) fn run(port: u16) -> Result<()> {
    // Checked before the long build, which would be in vain.
    check_free(port)?;
    tools::for_the_page()?;
    println!("building the page");
    // Not dist/, which `cargo xtask test` may rebuild meanwhile.
    let folder = target_dir().join("serve");
    build::build_into(&folder)?;
    check_free(port)?;

    let mut trunk = tools::trunk_command();
    trunk.args(["serve", "--release", "--address", "127.0.0.1", "--port", &port.to_string(), "--dist"]);
    trunk.arg(&folder);
    start_announcer(port)?;
    become_program(trunk)
}

/// Opens the port: if this succeeds now, trunk will succeed later.
fn check_free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(reason) if reason.kind() == ErrorKind::AddrInUse => Err(Error::PortTaken(port)),
        Err(reason) => Err(Error::PortRefused(port, reason)),
    }
}

/// Starts this program once more, as [`announce`], because this process is about to become trunk.
fn start_announcer(port: u16) -> Result<()> {
    let here = env::current_exe().map_err(|reason| Error::Start { program: "xtask".into(), reason })?;
    let mut announcer = Command::new(here);
    announcer.args(["announce", &port.to_string()]);
    announcer.spawn().map_err(|reason| start_error(&announcer, reason))?;
    Ok(())
}

/// Prints the address of the page as soon as it is really there.
///
/// Ends silently if the server ended before; the server has printed why.
pub(crate) fn announce(port: u16) -> Result<()> {
    let server = parent();
    let started = Instant::now();
    while started.elapsed() < PATIENCE && parent() == server {
        if is_serving(port).is_some() {
            println!("tcp-states is ready at http://127.0.0.1:{port} (Ctrl-C ends it)");
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// `Some` if a request for the page is answered with a page.
pub(crate) fn is_serving(port: u16) -> Option<()> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    stream.write_all(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").ok()?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).ok()?;
    answer.ends_with(b" 200").then_some(())
}

/// Replaces this process by trunk, so that whoever ends this process ends the server.
#[cfg(unix)]
fn become_program(mut program: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let reason = program.exec();
    Err(start_error(&program, reason))
}

#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<()> {
    crate::process::run(&mut program)
}

/// The parent process; the number changes when that process has ended.
#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent() -> u32 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let message = check_free(port).unwrap_err().to_string();
        assert!(message.contains(&port.to_string()) && message.contains("--port"), "{message}");
        drop(holder);
        assert!(check_free(port).is_ok());
    }
}
