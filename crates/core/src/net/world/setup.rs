//! The description from which a world is made.

use crate::net::firewall::Network;
use crate::net::rng::{self, Rng};
use crate::net::{HostId, HostProfile, HostSetup};
use crate::tcp::ProfileName;

/// The description from which a world is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Its hosts, each with a different name.
    pub hosts: Vec<HostSetup>,
    /// What the wire draws comes from it.
    pub seed: u64,
}

impl Setup {
    /// The lab: client, server, and a web site to which only the client has a route. `seed` determines initial sequence
    /// numbers, ports, and what the wire draws.
    pub fn lab(profile: ProfileName, seed: u64) -> Setup {
        let mut rng = Rng::new(seed);
        let near = Network::new(HostId::Client.address(), 24);
        let hosts = HostId::ALL.map(|id| HostSetup {
            id,
            profile: HostProfile::new(profile),
            address: id.address(),
            networks: match id {
                HostId::Client => vec![near, Network::new(HostId::Site.address(), 32)],
                HostId::Site => vec![Network::new(HostId::Client.address(), 32)],
                _ => vec![near],
            },
            port_offset: rng.next() & 0x3fff,
            secret: rng::mix(seed ^ (u64::from(id.number()) + 1) << 32),
        });
        Setup { hosts: hosts.into(), seed }
    }
}
