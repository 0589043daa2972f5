//! Names of hosts: what the resolver knows.
//!
//! There is no name server in the lab. A few names stand in each host's own table; asking for any other fails as it
//! does on a machine whose resolver does not answer.

use crate::tools::services::host;
pub(crate) use crate::tools::services::{port as service_port, service};
use tcp_core::net::Ipv4;

/// Why a name has no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unresolved {
    /// The resolver does not answer.
    #[error("Temporary failure in name resolution")]
    Temporary,
    /// It cannot be a name.
    #[error("Name or service not known")]
    Unknown,
    /// An IPv6 address.
    #[error("Address family for hostname not supported")]
    Family,
}

/// The address of `name`.
pub(crate) fn resolve(name: &str) -> Result<Ipv4, Unresolved> {
    if let Ok(address) = name.parse() {
        return Ok(address);
    }
    if name.parse::<std::net::Ipv6Addr>().is_ok() {
        return Err(Unresolved::Family);
    }
    let name = name.trim_end_matches('.');
    let is_name = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let possible = name.split('.').all(is_name) && !name.starts_with('-');
    host(name).ok_or(if possible { Unresolved::Temporary } else { Unresolved::Unknown })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcp_core::net::HostId;

    #[test]
    fn known_names_have_addresses() {
        assert_eq!(resolve("10.211.55.10"), Ok(HostId::Server.address()));
        assert_eq!(resolve("S_m"), Ok(HostId::Server.address()));
        assert_eq!(resolve("WWW.acc.digital"), Ok(HostId::Site.address()));
        assert_eq!(resolve("nosuchhost.invalid"), Err(Unresolved::Temporary));
        assert_eq!(resolve("–l"), Err(Unresolved::Unknown));
        assert_eq!(resolve(""), Err(Unresolved::Unknown));
        assert_eq!(resolve("fd00::10"), Err(Unresolved::Family));
    }
}
