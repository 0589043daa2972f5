//! The answers of `app`, and how its blocking calls continue.

use crate::number::{BadNumber, span};
use crate::program::Sys;
use std::fmt::Write as _;
use std::time::Duration;
use tcp_core::net::{Errno, SocketId};
use tcp_core::tcp::KeepaliveOption;

/// Why a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// The host refused it.
    #[error("{}", errno(*.0))]
    Errno(Errno),
    /// `app` did not understand it.
    #[error("not understood: {0}")]
    Usage(&'static str),
}

/// An errno with its text: `ECONNRESET: Connection reset by peer`.
pub(super) fn errno(errno: Errno) -> String {
    format!("{}: {}", errno.symbol(), errno.text())
}

/// An answer, or `None` if the call blocks.
type Answer = Option<Result<String, Failure>>;

pub(super) fn recv(socket: SocketId, max: usize, sys: &mut Sys<'_>) -> Answer {
    match sys.recv(socket, max) {
        Err(Errno::Again) => None,
        Err(errno) => Some(Err(Failure::Errno(errno))),
        Ok(data) if data.is_empty() => Some(Ok("0 (end of file)".to_owned())),
        Ok(data) => Some(Ok(format!("{} {}", data.len(), python_bytes(&data)))),
    }
}

pub(super) fn drain(socket: SocketId, total: &mut usize, sys: &mut Sys<'_>) -> Answer {
    loop {
        match sys.recv(socket, 65536) {
            Err(Errno::Again) => return None,
            Err(errno) => return Some(Err(Failure::Errno(errno))),
            Ok(data) if data.is_empty() => return Some(Ok(format!("{total} bytes then end of file"))),
            Ok(data) => *total += data.len(),
        }
    }
}

pub(super) fn send(socket: SocketId, rest: &mut Vec<u8>, len: usize, sys: &mut Sys<'_>) -> Answer {
    while !rest.is_empty() {
        match sys.send(socket, rest.clone()) {
            Err(Errno::Again) | Ok(0) => return None,
            Err(errno) => return Some(Err(Failure::Errno(errno))),
            Ok(count) => drop(rest.drain(..count.min(rest.len()))),
        }
    }
    Some(Ok(len.to_string()))
}

/// The answer of round `done` of a sendloop.
pub(super) fn round(line: &str, done: u32, sys: &mut Sys<'_>) {
    let mut words = line.split_whitespace();
    let (name, call) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    sys.stdout(&format!("{name} {call} #{done} -> ok\n"));
}

/// Seconds, optionally with a fraction; at least what a call takes on a real machine, so that time passes, and at most a
/// day.
pub(super) fn seconds(word: &str) -> Result<Duration, Failure> {
    match span(word, Duration::from_secs(1), Duration::from_secs(86_400)) {
        Ok(span) => Ok(span.max(Duration::from_micros(20))),
        Err(BadNumber::Invalid) => Err(Failure::Usage("not a number of seconds")),
        Err(_) => Err(Failure::Usage("from 0 to 86400 seconds")),
    }
}

/// A socket's option about keep-alives, within the bounds of Linux: `MAX_TCP_KEEPIDLE`, `MAX_TCP_KEEPINTVL` and
/// `MAX_TCP_KEEPCNT` (variation v328).
pub(super) fn keepalive(call: &str, args: &[&str]) -> Result<KeepaliveOption, Failure> {
    let within = |word: &str, most: u32| match super::number(word)? {
        number if (1..=most).contains(&number) => Ok(number),
        _ => Err(Failure::Errno(Errno::Invalid)),
    };
    let seconds = |word: &str| within(word, 32_767).map(|seconds| Duration::from_secs(seconds.into()));
    Ok(match (call, args) {
        ("keepalive", [] | ["1"]) => KeepaliveOption::On,
        ("keepalive", ["0"]) => KeepaliveOption::Off,
        ("keepidle", [word]) => KeepaliveOption::Idle(seconds(word)?),
        ("keepintvl", [word]) => KeepaliveOption::Interval(seconds(word)?),
        ("keepcnt", [word]) => KeepaliveOption::Count(within(word, 127)?),
        _ => return Err(Failure::Usage("no such call, or other arguments: man app")),
    })
}

/// Octets as Python shows them: `b'hello\n'`.
pub(super) fn python_bytes(data: &[u8]) -> String {
    let quote = if data.contains(&b'\'') && !data.contains(&b'"') { '"' } else { '\'' };
    let mut text = format!("b{quote}");
    for octet in data {
        match octet {
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            b'\\' => text.push_str("\\\\"),
            b'\'' if quote == '\'' => text.push_str("\\'"),
            0x20..=0x7e => text.push(char::from(*octet)),
            _ => {
                let _ = write!(text, "\\x{octet:02x}");
            }
        }
    }
    text.push(quote);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_are_shown_as_python_does() {
        assert_eq!(python_bytes(b"hello\n"), r"b'hello\n'");
        assert_eq!(python_bytes("it's é".as_bytes()), r#"b"it's \xc3\xa9""#);
    }
}
