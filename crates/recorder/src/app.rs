//! `app` on a real kernel: makes the socket calls that it is given, one a line: `SOCKET CALL ARGS`.
//!
//! It speaks as the simulator's `app` does (crates/shell/src/program/app.rs), where its calls are listed, and blocks
//! as a program does: while a call waits, the next lines wait too.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, SocketAddrV4, TcpListener, ToSocketAddrs};
use std::os::fd::{AsRawFd, OwnedFd};
use std::thread;
use std::time::Duration;

use nix::errno::Errno;
use nix::libc::linger;
use nix::sys::socket::{
    AddressFamily, Backlog, MsgFlags, Shutdown, SockFlag, SockType, SockaddrIn, bind, connect, getsockname,
    getsockopt, listen, recv, send, setsockopt, shutdown, socket, sockopt,
};

/// Why a call was refused.
enum Failure {
    /// By the kernel.
    Errno(Errno),
    /// By `app` itself, which did not understand the line.
    Usage(&'static str),
}

impl From<Errno> for Failure {
    fn from(errno: Errno) -> Self {
        Self::Errno(errno)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // ECONNRESET: Connection reset by peer
            Self::Errno(errno) => {
                let text = io::Error::from(*errno).to_string();
                write!(f, "{errno:?}: {}", text.split(" (os error").next().unwrap_or_default())
            }
            Self::Usage(what) => write!(f, "not understood: {what}"),
        }
    }
}

type Sockets = BTreeMap<String, OwnedFd>;

/// How long `app` takes to start. That of the given traces was an interpreter's script and took 0.08 to 0.35 s; this
/// one waits as long, so that traces of both replay alike.
const STARTUP: Duration = Duration::from_millis(200);

/// The name of this program for `netstat -p` and `ss -p`.
pub(crate) const NAME: &str = "app";

/// Carries out the lines of its standard input until the input ends.
pub(crate) fn run() {
    // This is how `ss -p` names it. Otherwise the kernel calls a program after its file.
    let _ = fs::write("/proc/self/comm", NAME);
    thread::sleep(STARTUP);
    let mut sockets = Sockets::new();
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        let line = line.trim();
        let words: Vec<&str> = line.split_whitespace().collect();
        let result = match words.as_slice() {
            [] => continue,
            [name, call, args @ ..] => do_call(&mut sockets, name, call, args),
            [_] => Err(Failure::Usage("SOCKET CALL ARGS")),
        };
        match result {
            Ok(detail) if detail.is_empty() => say(&format!("{line} -> ok")),
            Ok(detail) => say(&format!("{line} -> ok {detail}")),
            Err(Failure::Usage("")) => {}
            Err(failure) => say(&format!("{line} -> {failure}")),
        }
    }
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    // The reader may be gone already.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn do_call(sockets: &mut Sockets, name: &str, call: &str, args: &[&str]) -> Result<String, Failure> {
    if call == "socket" {
        if sockets.contains_key(name) {
            return Err(Failure::Usage("the name is taken"));
        }
        let made = socket(AddressFamily::Inet, SockType::Stream, SockFlag::SOCK_CLOEXEC, None)?;
        sockets.insert(name.to_owned(), made);
        return Ok(String::new());
    }
    if call == "close" && args.is_empty() {
        return sockets.remove(name).map(|_| String::new()).ok_or(Failure::Errno(Errno::EBADF));
    }
    let own = sockets.get(name).ok_or(Errno::EBADF)?;
    let fd = own.as_raw_fd();
    let detail = match (call, args) {
        ("reuseaddr", []) => setsockopt(own, sockopt::ReuseAddr, &true).map(|()| String::new())?,
        ("bind", [addr, port]) => bind(fd, &endpoint(addr, port)?).map(|()| String::new())?,
        ("listen", [backlog]) => {
            let backlog = Backlog::new(number(backlog)?).map_err(|_| Failure::Usage("not a backlog"))?;
            listen(own, backlog).map(|()| String::new())?
        }
        ("accept", [as_name]) => {
            // The call is made on the socket itself: while a copy waits, `ss -p` names both.
            let listener = TcpListener::from(sockets.remove(name).ok_or(Errno::EBADF)?);
            let accepted = listener.accept();
            sockets.insert(name.to_owned(), listener.into());
            let (accepted, peer) = accepted.map_err(errno_of)?;
            sockets.insert((*as_name).to_owned(), accepted.into());
            format!("{peer} as {as_name}")
        }
        ("connect", [addr, port]) => {
            connect(fd, &endpoint(addr, port)?)?;
            format!("local {}", SocketAddrV4::from(getsockname::<SockaddrIn>(fd)?))
        }
        ("shutdown", [] | ["WR" | "SHUT_WR"]) => shutdown(fd, Shutdown::Write).map(|()| String::new())?,
        ("linger", [] | ["0"]) => {
            let at_once = linger { l_onoff: 1, l_linger: 0 };
            setsockopt(own, sockopt::Linger, &at_once).map(|()| String::new())?
        }
        ("keepalive", [] | ["1"]) => setsockopt(own, sockopt::KeepAlive, &true).map(|()| String::new())?,
        ("keepalive", ["0"]) => setsockopt(own, sockopt::KeepAlive, &false).map(|()| String::new())?,
        ("keepidle", [secs]) => {
            setsockopt(own, sockopt::TcpKeepIdle, &number(secs)?.cast_unsigned()).map(|()| String::new())?
        }
        ("keepintvl", [secs]) => setsockopt(own, sockopt::TcpKeepInterval, &number(secs)?.cast_unsigned())
            .map(|()| String::new())?,
        ("keepcnt", [count]) => {
            setsockopt(own, sockopt::TcpKeepCount, &number(count)?.cast_unsigned()).map(|()| String::new())?
        }
        ("soerror", []) => match getsockopt(own, sockopt::SocketError)? {
            0 => "0".to_owned(),
            number => Errno::from_raw(number).to_string(),
        },
        ("send", [_, ..]) => send_all(fd, &format!("{}\n", args.join(" ")))?.to_string(),
        ("sendloop", [seconds, count, words @ ..]) if !words.is_empty() => {
            return send_loop(fd, name, seconds, number(count)?, words);
        }
        ("recv", [max]) => {
            let mut room =
                vec![0; usize::try_from(number(max)?).map_err(|_| Failure::Usage("not a number"))?];
            match recv(fd, &mut room, MsgFlags::empty())? {
                0 => "0 (end of file)".to_owned(),
                count => format!("{count} {}", python_bytes(&room[..count])),
            }
        }
        ("drain", []) => format!("{} bytes then end of file", drain(fd)?),
        _ => return Err(Failure::Usage("no such call, or other arguments")),
    };
    Ok(detail)
}

fn send_all(fd: i32, text: &str) -> Result<usize, Failure> {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        rest = &rest[send(fd, rest, MsgFlags::MSG_NOSIGNAL)?..];
    }
    Ok(text.len())
}

/// Prints an answer for each round; the line itself has no answer of its own.
fn send_loop(fd: i32, name: &str, seconds: &str, count: i32, words: &[&str]) -> Result<String, Failure> {
    let pause = seconds.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let pause = pause.ok_or(Failure::Usage("not a number of seconds"))?;
    let text = format!("{}\n", words.join(" "));
    for round in 1..=count {
        if round > 1 {
            thread::sleep(pause);
        }
        send_all(fd, &text)?;
        say(&format!("{name} sendloop #{round} -> ok"));
    }
    Err(Failure::Usage(""))
}

fn drain(fd: i32) -> Result<usize, Failure> {
    let mut room = vec![0; 65536];
    let mut total = 0;
    loop {
        match recv(fd, &mut room, MsgFlags::empty())? {
            0 => return Ok(total),
            count => total += count,
        }
    }
}

fn endpoint(addr: &str, port: &str) -> Result<SockaddrIn, Failure> {
    let port = u16::try_from(number(port)?).map_err(|_| Failure::Usage("no such port"))?;
    let found = (addr, port).to_socket_addrs().into_iter().flatten().find_map(|found| match found {
        SocketAddr::V4(found) => Some(found),
        SocketAddr::V6(_) => None,
    });
    Ok(found.ok_or(Failure::Usage("no such address"))?.into())
}

fn number(word: &str) -> Result<i32, Failure> {
    word.parse().map_err(|_| Failure::Usage("not a number"))
}

fn errno_of(error: io::Error) -> Failure {
    Failure::Errno(error.raw_os_error().map_or(Errno::UnknownErrno, Errno::from_raw))
}

/// Octets as Python shows them: `b'hello\n'`.
fn python_bytes(octets: &[u8]) -> String {
    let quote = if octets.contains(&b'\'') && !octets.contains(&b'"') { '"' } else { '\'' };
    let shown = octets.iter().map(|octet| match octet {
        b'\'' if quote == '"' => "'".to_owned(),
        b'"' => "\"".to_owned(),
        _ => octet.escape_ascii().to_string(),
    });
    format!("b{quote}{}{quote}", shown.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(lines: &[&str]) -> Vec<String> {
        let mut sockets = Sockets::new();
        let answer = |line: &&str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            match do_call(&mut sockets, words[0], words[1], &words[2..]) {
                Ok(detail) => format!("ok {detail}"),
                Err(failure) => failure.to_string(),
            }
        };
        lines.iter().map(answer).collect()
    }

    #[test]
    fn errors_have_the_words_of_the_system() {
        let said = answers(&[
            "a send x",
            "a socket",
            "a send x",
            "a recv 10",
            "a bind nowhere 5",
            "a dance",
            "a close",
        ]);
        let want = [
            "EBADF: Bad file descriptor",
            "ok ",
            "EPIPE: Broken pipe",
            "ENOTCONN: Transport endpoint is not connected",
            "not understood: no such address",
            "not understood: no such call, or other arguments",
            "ok ",
        ];
        assert_eq!(said, want);
    }

    #[test]
    fn octets_are_shown_as_python_does() {
        assert_eq!(python_bytes(b"hello\n"), r"b'hello\n'");
        assert_eq!(python_bytes(b"it's \xc3\xa9"), r#"b"it's \xc3\xa9""#);
    }
}
