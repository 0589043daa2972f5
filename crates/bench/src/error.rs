//! Why a measurement could not be made.

use std::io;
use tcp_core::net::Errno;

/// Why a measurement could not be made. A missed floor is not an error.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{0}")]
    Usage(&'static str),
    #[error("the engine refused a call: {0:?}")]
    Refused(#[from] Errno),
    #[error("a call was answered by something else")]
    Answer,
    #[error("the transfer stopped after {0} octets")]
    Stopped(usize),
    #[error("what arrived is not what was sent, at octet {0}")]
    Payload(usize),
    #[error("smoltcp: {0}")]
    Smoltcp(String),
    #[error("{expected} {what} were expected, and there are {found}")]
    Count { what: &'static str, expected: usize, found: usize },
    #[error("cannot run {0}: {1}")]
    Child(String, io::Error),
    #[error("{0} failed")]
    Failed(String),
    #[error("cannot read what {0} printed: {1}")]
    Unreadable(&'static str, String),
    #[error("/proc/self/status does not tell the peak of memory")]
    Memory,
}
