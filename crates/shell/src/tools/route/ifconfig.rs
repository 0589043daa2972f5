//! `ifconfig` of net-tools 2.10.

use super::{card, change};
use crate::output::{Done, Output, Refusal};
use crate::tools::OnHost;
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{Happened, HostId, Packet, PacketId, Place, World};

/// Octets of an Ethernet header, which the card counts too.
const FRAME: u64 = 14;

/// Packets and octets.
#[derive(Clone, Copy, Debug, Default)]
struct Traffic {
    packets: u64,
    octets: u64,
}

impl Traffic {
    fn add(&mut self, packet: &Packet, frame: u64) {
        self.packets += 1;
        self.octets += u64::from(packet.ip_octets()) + frame;
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

/// What came in through the card, or through `lo`, counted before the firewall, and what went out.
fn traffic(world: &World, host: HostId, lo: bool) -> (Traffic, Traffic) {
    let (mut received, mut sent) = (Traffic::default(), Traffic::default());
    let add = |to: &mut Traffic, packet: PacketId| {
        let packet = world.packet(packet);
        if (packet.from == host && packet.to == Some(host)) == lo {
            to.add(&packet, if lo { 0 } else { FRAME });
        }
    };
    for fact in world.facts() {
        match fact.what {
            Happened::Departed { packet, .. } if world.packet(packet).from == host => add(&mut sent, packet),
            Happened::Arrived { packet, .. } if fact.host == Some(host) => add(&mut received, packet),
            Happened::Dropped { packet, place } | Happened::Rejected { packet, place, .. } if matches!(place, Place::Chain(at, ChainName::Input, _) if at == host) =>
            {
                add(&mut received, packet);
            }
            _ => {}
        }
    }
    (received, sent)
}

/// Runs `ifconfig`. `args` does not include its name.
pub(crate) fn ifconfig(args: &[String], here: &mut OnHost<'_>) -> Done {
    let device = args.iter().find(|word| !word.starts_with('-'));
    if let [device, flag @ ("up" | "down")] = args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        return change::flag(device, *flag == "up", here);
    }
    if args.len() > 1 && device.is_some() {
        if here.user.is_root() {
            return Err(Refusal::new(
                "ifconfig: in this lab it only takes eth0 up and down; near it: ip addr add\n",
                255,
            ));
        }
        let why = "permitted";
        let is_flag = |word: &String| matches!(word.as_str(), "up" | "down");
        let address = if args.iter().any(is_flag) {
            String::new()
        } else {
            format!("SIOCSIFADDR: Operation not {why}\n")
        };
        return Err(Refusal::new(format!("{address}SIOCSIFFLAGS: Operation not {why}\n"), 255));
    }
    let card = card(here.world, here.host);
    let [(received, sent), looped] = [false, true].map(|lo| traffic(here.world, here.host, lo));
    let eth0 = format!(
        "eth0: flags={}  mtu 1500\n        inet {}  netmask {}  broadcast {}\n        \
         ether {}  txqueuelen 1000  (Ethernet)\n{}",
        if card.up { "4163<UP,BROADCAST,RUNNING,MULTICAST>" } else { "4098<BROADCAST,MULTICAST>" },
        card.address,
        card.netmask,
        card.broadcast,
        card.ether,
        counters(received, sent)
    );
    let lo = format!(
        "lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536\n        inet 127.0.0.1  netmask 255.0.0.0\n        loop  \
         txqueuelen 1000  (Local Loopback)\n{}",
        counters(looped.0, looped.1)
    );
    match device.map(String::as_str) {
        None if !card.up && args.iter().all(|word| word != "-a") => Ok(Output::ok(lo)),
        None => Ok(Output::ok(eth0 + &lo)),
        Some("eth0") => Ok(Output::ok(eth0)),
        Some("lo") => Ok(Output::ok(lo)),
        Some(name) => {
            Err(Refusal::new(format!("{name}: error fetching interface information: Device not found\n"), 1))
        }
    }
}

/// The table of `netstat -i`.
pub(crate) fn interfaces(world: &World, host: HostId) -> String {
    let mut out = "Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n".to_owned();
    for (name, mtu, lo, flags) in [("eth0", 1500, false, "BMRU"), ("lo", 65536, true, "LRU")] {
        let (received, sent) = traffic(world, host, lo);
        out += &format!(
            "{name:<16}{mtu:>5} {:>8} {zero:>6} {zero:>6} {zero:<6} {:>8} {zero:>6} {zero:>6} {zero:>6} {flags}\n",
            received.packets,
            sent.packets,
            zero = 0
        );
    }
    out
}

/// `/proc/net/dev`
pub(crate) fn devices(world: &World, host: HostId) -> String {
    let mut out = "Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs \
         drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n"
        .to_owned();
    for (name, lo) in [("lo", true), ("eth0", false)] {
        let (received, sent) = traffic(world, host, lo);
        out += &format!(
            "{name:>6}: {:>7} {:>7} {zero:>4} {zero:>4} {zero:>4} {zero:>5} {zero:>10} {zero:>9} {:>8} {:>7} {zero:>4} \
             {zero:>4} {zero:>4} {zero:>5} {zero:>7} {zero:>10}\n",
            received.octets,
            received.packets,
            sent.octets,
            sent.packets,
            zero = 0
        );
    }
    out
}

/// What `ip -s` says of an interface.
pub(super) fn statistics(world: &World, host: HostId, lo: bool) -> String {
    let (received, sent) = traffic(world, host, lo);
    let row = |Traffic { packets, octets }: Traffic| {
        format!("    {octets:>10} {packets:>7} {zero:>7} {zero:>7} {zero:>7} {zero:>7} \n", zero = 0)
    };
    format!(
        "    RX:  bytes packets errors dropped  missed   mcast           \n{}    TX:  bytes packets errors dropped \
         carrier collsns           \n{}",
        row(received),
        row(sent)
    )
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
