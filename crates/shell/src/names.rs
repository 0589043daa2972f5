//! Names of hosts, ports and protocols: what the resolver knows.
//!
//! There is no name server in the lab. Every host has a table of a few names; looking up any other fails as it does on
//! a machine whose resolver does not answer.

mod services;

pub use services::port_text;
pub(crate) use services::{host, host_text, protocol, protocol_name, service, service_port};

use tcp_core::net::{Family, IpAddr, Ipv4};

/// Why a name has no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unresolved {
    /// The resolver does not answer.
    #[error("Temporary failure in name resolution")]
    Temporary,
    /// It cannot be a name.
    #[error("Name or service not known")]
    Unknown,
    /// An address of the other family.
    #[error("Address family for hostname not supported")]
    Family,
}

/// The IPv4 address of `name`.
pub(crate) fn resolve(name: &str) -> Result<Ipv4, Unresolved> {
    match resolve_as(name, Some(Family::V4))? {
        IpAddr::V4(address) => Ok(address),
        IpAddr::V6(_) => Err(Unresolved::Family),
    }
}

/// The address of `name`, of this family (`-4`, `-6`) or of any.
pub(crate) fn resolve_as(name: &str, family: Option<Family>) -> Result<IpAddr, Unresolved> {
    if let Ok(address) = name.parse::<IpAddr>() {
        let fits = family.is_none_or(|family| address.is_ipv4() == (family == Family::V4));
        return if fits { Ok(address) } else { Err(Unresolved::Family) };
    }
    let name = name.trim_end_matches('.');
    let is_name = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let possible = name.split('.').all(is_name) && !name.starts_with('-');
    // The table has no IPv6 addresses.
    let known = host(name).filter(|_| !matches!(family, Some(Family::V6 | Family::V6Only)));
    known.map(IpAddr::V4).ok_or(if possible { Unresolved::Temporary } else { Unresolved::Unknown })
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
