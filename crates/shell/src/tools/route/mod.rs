//! Interfaces and routes of the hosts: `ip`, `ifconfig`, `route`, `hostname -I`.
//!
//! Left out on purpose: IPv6 routes, and any change except that `ip addr add` gives `eth0` an IPv6 address.

mod ifconfig;
mod ip;

use super::OnHost;
use crate::capture::hardware;
use crate::output::{Done, Output, Refusal};
use std::fmt::Write;
use tcp_core::net::{HostId, Ipv4};

pub(crate) use ifconfig::ifconfig;
pub(super) use ifconfig::interfaces;
pub(crate) use ip::ip;

/// What these tools show of a host's network card.
struct Card {
    address: Ipv4,
    ether: String,
    prefix: u8,
    broadcast: Ipv4,
    netmask: Ipv4,
    /// Next hop of packets to other networks.
    gateway: Option<Ipv4>,
}

const GATEWAY: Ipv4 = Ipv4::new(10, 211, 55, 1);

fn card(host: HostId) -> Card {
    let gateway = match host {
        HostId::Client | HostId::Server => Some(GATEWAY),
        HostId::Site | HostId::Other(_) => None,
    };
    let ether = hardware(host).map(|octet| format!("{octet:02x}")).join(":");
    let address = host.address();
    let [a, b, c, _] = address.octets();
    Card {
        address,
        ether,
        prefix: 24,
        broadcast: Ipv4::new(a, b, c, 255),
        netmask: Ipv4::new(255, 255, 255, 0),
        gateway,
    }
}

fn network(card: &Card) -> Ipv4 {
    let [a, b, c, _] = card.address.octets();
    Ipv4::new(a, b, c, 0)
}

/// `netstat -r`
pub(super) fn table(host: HostId) -> String {
    let card = card(host);
    let mut out =
        "Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt \
                   Iface\n"
            .to_owned();
    if let Some(gateway) = card.gateway {
        let _ = writeln!(
            out,
            "{:<15} {gateway:<15} {:<15} UG        0 0          0 eth0",
            Ipv4::UNSPECIFIED,
            Ipv4::UNSPECIFIED
        );
    }
    let _ = writeln!(
        out,
        "{:<15} {:<15} {:<15} U         0 0          0 eth0",
        network(&card),
        Ipv4::UNSPECIFIED,
        card.netmask
    );
    out
}

/// `route [-n]`
pub(crate) fn route(args: &[String], here: &mut OnHost<'_>) -> Done {
    let shows = args.iter().all(|word| matches!(word.as_str(), "-n" | "-e" | "-v" | "-4"));
    if !shows {
        let why = if here.user.is_root() { "supported" } else { "permitted" };
        return Err(Refusal::new(format!("SIOCADDRT: Operation not {why}\n"), 7));
    }
    let numeric = args.iter().any(|word| word == "-n");
    let card = card(here.host);
    let mut out =
        "Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n"
            .to_owned();
    let any = Ipv4::UNSPECIFIED.to_string();
    if let Some(gateway) = card.gateway {
        let to = if numeric { any.as_str() } else { "default" };
        let _ = writeln!(out, "{to:<15} {gateway:<15} {any:<15} UG    0      0        0 eth0");
    }
    let (to, mask) = (network(&card), card.netmask);
    let _ = writeln!(out, "{to:<15} {any:<15} {mask:<15} U     0      0        0 eth0");
    Ok(Output::ok(out))
}
