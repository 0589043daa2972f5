//! Names of hosts, ports and protocols: what the resolver knows.
//!
//! There is no name server in the lab. Each host has a file with the names of all, `/etc/hosts`, and asks nothing else.

mod services;

pub use services::port_text;
pub(crate) use services::{protocol, protocol_name, service, service_port, services_file};

use tcp_core::net::{Family, HostId, IpAddr, Ipv4};

/// The hosts file: an address, its name, and other names for it.
const HOSTS: [(Ipv4, &[&str]); 4] = [
    (Ipv4::LOCALHOST, &["localhost"]),
    (HostId::Client.address(), &[HostId::Client.name()]),
    (HostId::Server.address(), &[HostId::Server.name()]),
    (HostId::Site.address(), &["acc.digital", "www.acc.digital"]),
];

/// The text of the hosts file.
pub fn hosts_file() -> String {
    HOSTS.iter().map(|(address, names)| format!("{address} {}\n", names.join(" "))).collect()
}

/// What a resolver answers.
///
/// The names in the hosts file are understood in any case: where it was another one, nobody could use them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Names {
    /// What is in the hosts file; nothing else exists.
    #[default]
    File,
    /// The file has `localhost` alone, and the name server that is asked for the rest does not answer. The first traces
    /// were recorded on such a machine.
    Unanswered,
    /// Nothing: a tool takes numbers and shows numbers (`-n`).
    Numbers,
}

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

impl Unresolved {
    /// What a program says that asks in the way of older days (`gethostbyname`).
    pub(crate) const fn of_old(self) -> &'static str {
        match self {
            Unresolved::Temporary => "Host name lookup failure",
            Unresolved::Unknown | Unresolved::Family => "Unknown host",
        }
    }
}

impl Names {
    /// These names, or none if a tool takes and shows numbers.
    pub(crate) fn unless(self, numeric: bool) -> Names {
        if numeric { Names::Numbers } else { self }
    }

    /// The IPv4 address of `name`.
    pub(crate) fn resolve(self, name: &str) -> Result<Ipv4, Unresolved> {
        match self.resolve_as(name, Some(Family::V4))? {
            IpAddr::V4(address) => Ok(address),
            IpAddr::V6(_) => Err(Unresolved::Family),
        }
    }

    /// The address of `name`, of this family (`-4`, `-6`) or of any.
    pub(crate) fn resolve_as(self, name: &str, family: Option<Family>) -> Result<IpAddr, Unresolved> {
        if let Ok(address) = name.parse::<IpAddr>() {
            let fits = family.is_none_or(|family| address.is_ipv4() == (family == Family::V4));
            return if fits { Ok(address) } else { Err(Unresolved::Family) };
        }
        // The file has no IPv6 addresses.
        let listed = self != Names::Numbers && !matches!(family, Some(Family::V6 | Family::V6Only));
        let known = host(name).filter(|_| listed);
        known.map(IpAddr::V4).ok_or(if is_name(name) { self.unknown() } else { Unresolved::Unknown })
    }

    /// The name of an address.
    pub(crate) fn name_of(self, addr: impl Into<IpAddr>) -> Result<&'static str, Unresolved> {
        let addr = addr.into();
        let listed = match self {
            Names::File => &HOSTS[..],
            Names::Unanswered => &HOSTS[..1],
            Names::Numbers => &[],
        };
        let entry = listed.iter().find(|(known, _)| addr == *known);
        entry.and_then(|(_, names)| names.first()).copied().ok_or(self.unknown())
    }

    /// An address as text: its name if it has one.
    pub(crate) fn text(self, addr: impl Into<IpAddr>) -> String {
        let addr = addr.into();
        self.name_of(addr).map_or_else(|_| addr.to_string(), str::to_owned)
    }

    fn unknown(self) -> Unresolved {
        match self {
            Names::Unanswered => Unresolved::Temporary,
            Names::File | Names::Numbers => Unresolved::Unknown,
        }
    }
}

/// The address of a name in the hosts file, in upper or lower case.
pub(crate) fn host(name: &str) -> Option<Ipv4> {
    let has_it = |names: &&[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    HOSTS.iter().find(|(_, names)| has_it(names)).map(|(address, _)| *address)
}

/// Whether a name server could be asked for this.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    name.trim_end_matches('.').split('.').all(is_label) && !name.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_have_addresses() {
        let resolve = |name| Names::File.resolve(name);
        assert_eq!(resolve("10.211.55.10"), Ok(HostId::Server.address()));
        assert_eq!(resolve("S_m"), Ok(HostId::Server.address()));
        assert_eq!(resolve("WWW.acc.digital"), Ok(HostId::Site.address()));
        assert_eq!(resolve("nosuchhost.invalid"), Err(Unresolved::Unknown));
        assert_eq!(Names::Unanswered.resolve("nosuchhost.invalid"), Err(Unresolved::Temporary));
        assert_eq!(Names::Unanswered.resolve("\u{2013}l"), Err(Unresolved::Unknown));
        assert_eq!(Names::Numbers.resolve("S_m"), Err(Unresolved::Unknown));
        assert_eq!(resolve(""), Err(Unresolved::Unknown));
        assert_eq!(resolve("fd00::10"), Err(Unresolved::Family));
    }

    #[test]
    fn known_addresses_have_names() {
        assert_eq!(Names::File.text(HostId::Site.address()), "acc.digital");
        assert_eq!(Names::File.text(Ipv4::UNSPECIFIED), "0.0.0.0");
        assert_eq!(Names::Unanswered.name_of(HostId::Site.address()), Err(Unresolved::Temporary));
        assert_eq!(Names::Unanswered.text(Ipv4::LOCALHOST), "localhost");
        assert_eq!(Names::Numbers.text(Ipv4::LOCALHOST), "127.0.0.1");
    }
}
