//! `ifconfig` of net-tools 2.10.

use super::card;
use crate::output::{Done, Output, Refusal};
use crate::tools::OnHost;
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{Happened, HostId, Packet, Place, World};

/// Packets and octets, the latter including the 14 of an Ethernet header for each packet.
#[derive(Clone, Copy, Debug, Default)]
struct Traffic {
    packets: u64,
    octets: u64,
}

impl Traffic {
    fn add(&mut self, packet: &Packet) {
        self.packets += 1;
        self.octets += u64::from(packet.ip_octets()) + 14;
    }

    /// Octets in the unit that fits: `(266.0 B)`.
    fn scaled(self) -> String {
        let (mut tenths, mut unit) = (self.octets.saturating_mul(10), "B");
        for next in ["KiB", "MiB", "GiB"] {
            if tenths < 10_240 {
                break;
            }
            (tenths, unit) = (tenths / 1024, next);
        }
        format!("({}.{} {unit})", tenths / 10, tenths % 10)
    }
}

/// What came in through the card, counted before the firewall, and what went out.
fn traffic(world: &World, host: HostId) -> (Traffic, Traffic) {
    let (mut received, mut sent) = (Traffic::default(), Traffic::default());
    for fact in world.facts() {
        match fact.what {
            Happened::Departed { packet, .. } if world.packet(packet).from == host => {
                sent.add(&world.packet(packet))
            }
            Happened::Arrived { packet, .. } if fact.host == Some(host) => {
                received.add(&world.packet(packet))
            }
            Happened::Dropped { packet, place } | Happened::Rejected { packet, place, .. } if matches!(place, Place::Chain(at, ChainName::Input, _) if at == host) =>
            {
                received.add(&world.packet(packet));
            }
            _ => {}
        }
    }
    (received, sent)
}

/// Runs `ifconfig`. `args` does not include its name.
pub(crate) fn ifconfig(args: &[String], here: &mut OnHost<'_>) -> Done {
    let device = args.iter().find(|word| !word.starts_with('-'));
    if args.len() > 1 && device.is_some() {
        let why = if here.user.is_root() { "supported" } else { "permitted" };
        let is_flag = |word: &String| matches!(word.as_str(), "up" | "down");
        let address = if args.iter().any(is_flag) {
            String::new()
        } else {
            format!("SIOCSIFADDR: Operation not {why}\n")
        };
        return Err(Refusal::new(format!("{address}SIOCSIFFLAGS: Operation not {why}\n"), 255));
    }
    let card = card(here.host);
    let (received, sent) = traffic(here.world, here.host);
    let eth0 = format!(
        "eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n        inet {}  netmask {}  broadcast {}\n        \
         ether {}  txqueuelen 1000  (Ethernet)\n{}",
        card.address,
        card.netmask,
        card.broadcast,
        card.ether,
        counters(received, sent)
    );
    let lo = format!(
        "lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536\n        inet 127.0.0.1  netmask 255.0.0.0\n        loop  \
         txqueuelen 1000  (Local Loopback)\n{}",
        counters(Traffic::default(), Traffic::default())
    );
    match device.map(String::as_str) {
        None => Ok(Output::ok(eth0 + &lo)),
        Some("eth0") => Ok(Output::ok(eth0)),
        Some("lo") => Ok(Output::ok(lo)),
        Some(name) => {
            Err(Refusal::new(format!("{name}: error fetching interface information: Device not found\n"), 1))
        }
    }
}

fn counters(received: Traffic, sent: Traffic) -> String {
    format!(
        "        RX packets {}  bytes {} {}\n        RX errors 0  dropped 0  overruns 0  frame 0\n        TX packets {}  \
         bytes {} {}\n        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0\n\n",
        received.packets,
        received.octets,
        received.scaled(),
        sent.packets,
        sent.octets,
        sent.scaled()
    )
}
