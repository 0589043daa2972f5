//! Interfaces and routes of the hosts: `ip`, `ifconfig`, `route`, `hostname -I`.
//!
//! Left out on purpose: IPv6 routes, and all changes but these: `eth0` goes down and up, it gets further addresses and loses
//! them, and the default route comes and goes.

mod change;
mod ifconfig;
mod ip;

use super::OnHost;
use crate::capture::hardware;
use crate::output::{Done, Output, Refusal};
use std::fmt::Write;
use tcp_core::Order;
use tcp_core::net::firewall::Network;
use tcp_core::net::{Device, HostId, IpAddr, Ipv4, World};

pub(crate) use ifconfig::ifconfig;
pub(super) use ifconfig::{devices, interfaces};
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
    /// Whether it is up.
    up: bool,
    /// The names of the queueing disciplines of `lo` and of the card.
    qdiscs: [&'static str; 2],
    /// Further addresses, each with the length of its prefix.
    given: Vec<(Ipv4, u8)>,
}

const GATEWAY: Ipv4 = Ipv4::new(10, 211, 55, 1);

fn card(world: &World, host: HostId) -> Card {
    let state = world.host(host);
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
        gateway: gateway.filter(|_| state.has_default_route()),
        up: state.is_linked(),
        qdiscs: [(Device::Loopback, "noqueue"), (Device::Link, "fq_codel")]
            .map(|(device, usual)| if state.qdisc(device).is_some() { "netem" } else { usual }),
        given: state.aliases().to_vec(),
    }
}

impl Card {
    /// The networks that it reaches without a gateway, each with its prefix and the address there.
    fn networks(&self) -> Vec<(Network, Ipv4)> {
        let own = [(self.address, self.prefix)].into_iter().chain(self.given.iter().copied());
        let mut networks: Vec<(Network, Ipv4)> = Vec::new();
        for (address, prefix) in own.filter(|(_, prefix)| self.up && *prefix < 32) {
            let network = Network::new(address, prefix);
            if networks.iter().all(|(known, _)| *known != network) {
                networks.push((network, address));
            }
        }
        networks.order_by_key(|(network, _)| *network);
        networks
    }
}

impl Card {
    /// The further addresses, each with its prefix and whether it is not the first of its network: those come last.
    fn further(&self) -> Vec<(Ipv4, u8, bool)> {
        let mut networks = vec![Network::new(self.address, self.prefix)];
        let mut further = Vec::new();
        for (address, prefix) in &self.given {
            let network = Network::new(*address, *prefix);
            further.push((*address, *prefix, networks.contains(&network)));
            networks.push(network);
        }
        further.order_by_key(|(_, _, second)| *second);
        further
    }
}

/// `hostname -I`: the addresses of the interface, if it is up.
pub(super) fn addresses(world: &World, host: HostId) -> Vec<IpAddr> {
    let card = card(world, host);
    let all = [card.address].into_iter().chain(card.further().into_iter().map(|(address, ..)| address));
    all.map(IpAddr::V4).chain(world.address6(host).map(IpAddr::V6)).filter(|_| card.up).collect()
}

/// The mask of a prefix.
fn mask(prefix: u8) -> Ipv4 {
    Ipv4::from(u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0))
}

/// `netstat -r`
pub(super) fn table(world: &World, host: HostId) -> String {
    let card = card(world, host);
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
    for (Network { addr, prefix }, _) in card.networks() {
        let (any, mask) = (Ipv4::UNSPECIFIED, mask(prefix));
        let _ = writeln!(out, "{addr:<15} {any:<15} {mask:<15} U         0 0          0 eth0");
    }
    out
}

/// `route [-n]`
pub(crate) fn route(args: &[String], here: &mut OnHost<'_>) -> Done {
    if matches!(args.first().map(String::as_str), Some("add" | "del")) {
        return change::default_route(args, here);
    }
    let shows = args.iter().all(|word| matches!(word.as_str(), "-n" | "-e" | "-v" | "-4"));
    if !shows {
        let why = if here.user.is_root() { "supported" } else { "permitted" };
        return Err(Refusal::new(format!("SIOCADDRT: Operation not {why}\n"), 7));
    }
    let numeric = args.iter().any(|word| word == "-n");
    let card = card(here.world, here.host);
    let mut out =
        "Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n"
            .to_owned();
    let any = Ipv4::UNSPECIFIED.to_string();
    if let Some(gateway) = card.gateway {
        let to = if numeric { any.as_str() } else { "default" };
        let _ = writeln!(out, "{to:<15} {gateway:<15} {any:<15} UG    0      0        0 eth0");
    }
    for (Network { addr, prefix }, _) in card.networks() {
        let mask = mask(prefix);
        let _ = writeln!(out, "{addr:<15} {any:<15} {mask:<15} U     0      0        0 eth0");
    }
    Ok(Output::ok(out))
}
