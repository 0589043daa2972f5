//! A resource that only one recorder may hold at a time. It is claimed by a name that ends with its process and leaves
//! no file behind.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::thread;
use std::time::{Duration, Instant};

/// A claimed name, free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Claim {
    /// A socket in the abstract namespace of unix(7), where a name exists as long as its socket does.
    _socket: UnixListener,
}

impl Claim {
    /// Claims `name`, unless another recorder holds it.
    pub(crate) fn try_on(name: &str) -> Option<Self> {
        let addr = SocketAddr::from_abstract_name(format!("tcp-states-{name}")).ok()?;
        UnixListener::bind_addr(&addr).ok().map(|socket| Self { _socket: socket })
    }

    /// Claims `name`, waiting a few seconds for another recorder to release it.
    pub(crate) fn wait_for(name: &str) -> Option<Self> {
        let give_up = Instant::now() + Duration::from_secs(5);
        loop {
            match Self::try_on(name) {
                None if Instant::now() < give_up => thread::sleep(Duration::from_millis(5)),
                claim => return claim,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_claimed_once_and_free_again() {
        let name = format!("test-{}", std::process::id());
        let first = Claim::try_on(&name);
        assert!(first.is_some() && Claim::try_on(&name).is_none());
        drop(first);
        assert!(Claim::wait_for(&name).is_some());
    }
}
