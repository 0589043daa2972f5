//! Interfaces and routes of the hosts: `ip`, `ifconfig`, `route`, `hostname -I`.
//!
//! Left out on purpose: changing any of it, and IPv6.

use super::{Machine, Output};
use std::fmt::Write;
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{Happened, HostId, Ipv4, Packet, Place, World};

/// What can be known of a host's network card.
struct Card {
    address: Ipv4,
    ether: &'static str,
    prefix: u8,
    broadcast: Ipv4,
    netmask: Ipv4,
    /// Where packets for other networks go.
    gateway: Option<Ipv4>,
}

const GATEWAY: Ipv4 = Ipv4::new(10, 211, 55, 1);

fn card(host: HostId) -> Card {
    let (ether, gateway) = match host {
        HostId::Client => ("00:1c:42:3b:5d:02", Some(GATEWAY)),
        HostId::Server => ("00:1c:42:8e:17:0a", Some(GATEWAY)),
        HostId::Site => ("00:1c:42:c4:90:90", None),
    };
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
pub(super) fn route(args: &[String], machine: &Machine<'_>) -> Output {
    let shows = args.iter().all(|word| matches!(word.as_str(), "-n" | "-e" | "-v" | "-4"));
    if !shows {
        return Output::err("SIOCADDRT: Operation not permitted\n", 7);
    }
    let numeric = args.iter().any(|word| word == "-n");
    let card = card(machine.host);
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
    Output::ok(out)
}

/// What `ip` was asked, besides the object and the command.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    inet6: bool,
    inet: bool,
    brief: bool,
    one_line: bool,
}

/// Runs `ip`; `args` without its name.
pub(super) fn ip(args: &[String], machine: &Machine<'_>) -> Output {
    let mut style = Style::default();
    let mut words = args.iter().map(String::as_str);
    let object = loop {
        let Some(word) = words.next() else {
            return Output::err(IP_USAGE, 255);
        };
        match word.strip_prefix("--").or_else(|| word.strip_prefix('-')) {
            None => break word,
            Some("4") => style.inet = true,
            Some("6") => style.inet6 = true,
            Some("o" | "oneline") => style.one_line = true,
            Some("br" | "brief") => style.brief = true,
            Some("V" | "Version") => return Output::ok("ip utility, iproute2-6.1.0, libbpf 1.1.2\n"),
            Some("h" | "help") => return Output::err(IP_USAGE, 255),
            Some("s" | "d" | "r" | "c" | "color" | "N") => {}
            Some(_) => return Output::err(format!("Option \"{word}\" is unknown, try \"ip -help\".\n"), 255),
        }
    };
    let rest: Vec<&str> = words.collect();
    let is = |whole: &str| !object.is_empty() && whole.starts_with(object);
    let card = card(machine.host);
    if is("address") {
        listing("address", &rest, |device| addresses(&card, device, style))
    } else if is("link") {
        listing("link", &rest, |device| links(&card, device, style))
    } else if is("route") {
        routes(&card, &rest)
    } else if is("neighbor") || is("neighbour") {
        listing("neighbour", &rest, |_| neighbours(machine))
    } else if object == "help" {
        Output::err(IP_USAGE, 255)
    } else {
        Output::err(format!("Object \"{object}\" is unknown, try \"ip help\".\n"), 1)
    }
}

const IP_USAGE: &str = include_str!("ip.txt");

/// `show [dev DEVICE]`, which may be left out. Nothing can be changed.
fn listing(object: &str, words: &[&str], text: impl Fn(Option<&str>) -> String) -> Output {
    let (command, operands) = words.split_first().unwrap_or((&"show", &[]));
    let is = |whole: &str| !command.is_empty() && whole.starts_with(command);
    if ["add", "change", "replace", "delete", "set", "flush"].into_iter().any(is) {
        return Output::err("RTNETLINK answers: Operation not permitted\n", 2);
    }
    if !["show", "list", "lst"].into_iter().any(is) {
        return Output::err(format!("Command \"{command}\" is unknown, try \"ip {object} help\".\n"), 255);
    }
    let device = operands.iter().copied().find(|word| *word != "dev");
    match device {
        Some(name) if name != "eth0" && name != "lo" => {
            Output::err(format!("Device \"{name}\" does not exist.\n"), 1)
        }
        _ => Output::ok(text(device)),
    }
}

/// The interfaces that are listed: their number, name, flags and state, MTU, link layer, and address.
fn interfaces(card: &Card, device: Option<&str>) -> Vec<[String; 5]> {
    let lo = [
        "1: lo",
        "<LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN",
        "link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00",
        "127.0.0.1/8",
        "inet 127.0.0.1/8 scope host lo",
    ]
    .map(str::to_owned);
    let Card { address, ether, prefix, broadcast, .. } = card;
    let eth0 = [
        "2: eth0".to_owned(),
        "<BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP".to_owned(),
        format!("link/ether {ether} brd ff:ff:ff:ff:ff:ff"),
        format!("{address}/{prefix}"),
        format!("inet {address}/{prefix} brd {broadcast} scope global eth0"),
    ];
    [lo, eth0].into_iter().filter(|row| device.is_none_or(|name| row[0].ends_with(name))).collect()
}

fn addresses(card: &Card, device: Option<&str>, style: Style) -> String {
    let mut out = String::new();
    if style.inet6 && !style.inet {
        return out;
    }
    for [name, flags, link, address, inet] in interfaces(card, device) {
        let short = name.split(' ').next_back().unwrap_or_default();
        let up = flags.split(' ').next_back().unwrap_or_default();
        if style.brief {
            let _ = writeln!(out, "{short:<16} {up:<14} {address} ");
        } else if style.one_line {
            let _ = writeln!(out, "{name}    {inet}\\       valid_lft forever preferred_lft forever");
        } else {
            let _ = writeln!(out, "{name}: {flags} group default qlen 1000");
            if !style.inet {
                let _ = writeln!(out, "    {link}");
            }
            let _ = writeln!(out, "    {inet}\n       valid_lft forever preferred_lft forever");
        }
    }
    out
}

fn links(card: &Card, device: Option<&str>, style: Style) -> String {
    let mut out = String::new();
    for [name, flags, link, ..] in interfaces(card, device) {
        let (short, up) = (name.split(' ').next_back(), flags.split(' ').next_back());
        let ether = link.split(' ').nth(1).unwrap_or_default();
        let bits = flags.split(' ').next().unwrap_or_default();
        if style.brief {
            let (short, up) = (short.unwrap_or_default(), up.unwrap_or_default());
            let _ = writeln!(out, "{short:<16} {up:<14} {ether} {bits} ");
        } else {
            let joint = if style.one_line { "\\" } else { "\n" };
            let _ = writeln!(out, "{name}: {flags} mode DEFAULT group default qlen 1000{joint}    {link}");
        }
    }
    out
}

fn routes(card: &Card, words: &[&str]) -> Output {
    let Card { address, prefix, gateway, .. } = card;
    let net = network(card);
    if let ["get", to, ..] = words {
        let Ok(to) = to.parse::<Ipv4>() else {
            return Output::err(format!("Error: any valid prefix is expected rather than \"{to}\".\n"), 1);
        };
        let near = u32::from(to) >> 8 == u32::from(net) >> 8;
        let via = match gateway {
            _ if to == *address || to.is_loopback() => {
                return Output::ok(format!("local {to} dev lo src {to} uid 0 \n    cache <local> \n"));
            }
            _ if near => String::new(),
            Some(gateway) => format!(" via {gateway}"),
            None => return Output::err("RTNETLINK answers: Network is unreachable\n", 2),
        };
        return Output::ok(format!("{to}{via} dev eth0 src {address} uid 0 \n    cache \n"));
    }
    listing("route", words, |_| {
        let default = gateway.map_or(String::new(), |gateway| format!("default via {gateway} dev eth0 \n"));
        format!("{default}{net}/{prefix} dev eth0 proto kernel scope link src {address} \n")
    })
}

/// The hosts that were heard of on the link.
fn neighbours(machine: &Machine<'_>) -> String {
    let heard = |peer: HostId| {
        machine
            .world
            .packets()
            .iter()
            .any(|p| (p.from, p.to) == (peer, Some(machine.host)) && has_come(p, machine))
    };
    let mut out = String::new();
    for peer in [HostId::Client, HostId::Server].into_iter().filter(|peer| heard(*peer)) {
        let Card { address, ether, .. } = card(peer);
        let _ = writeln!(out, "{address} dev eth0 lladdr {ether} REACHABLE");
    }
    out
}

fn has_come(packet: &Packet, machine: &Machine<'_>) -> bool {
    packet.arrives.is_some_and(|at| at <= machine.world.now())
}

/// Packets and octets with the 14 of Ethernet around them.
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

/// What came in by the card, before the firewall, and what went out.
fn traffic(world: &World, host: HostId) -> (Traffic, Traffic) {
    let (mut received, mut sent) = (Traffic::default(), Traffic::default());
    for fact in world.facts() {
        match &fact.what {
            Happened::Departed { packet } if world.packet(*packet).from == host => {
                sent.add(world.packet(*packet))
            }
            Happened::Arrived { packet, .. } if fact.host == Some(host) => {
                received.add(world.packet(*packet))
            }
            Happened::Dropped { packet, place } | Happened::Rejected { packet, place, .. } if matches!(place, Place::Chain(at, ChainName::Input, _) if *at == host) =>
            {
                received.add(world.packet(*packet));
            }
            _ => {}
        }
    }
    (received, sent)
}

/// Runs `ifconfig`; `args` without its name.
pub(super) fn ifconfig(args: &[String], machine: &Machine<'_>) -> Output {
    let device = args.iter().find(|word| !word.starts_with('-'));
    if args.len() > 1 && device.is_some() {
        return Output::err("SIOCSIFADDR: Operation not permitted\n", 255);
    }
    let card = card(machine.host);
    let (received, sent) = traffic(machine.world, machine.host);
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
        None => Output::ok(eth0 + &lo),
        Some("eth0") => Output::ok(eth0),
        Some("lo") => Output::ok(lo),
        Some(name) => {
            Output::err(format!("{name}: error fetching interface information: Device not found\n"), 1)
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

#[cfg(test)]
mod tests {
    use crate::tools::testing::Bench;
    use expect_test::expect;
    use tcp_core::net::{Endpoint, HostId};
    use tcp_core::tcp::ProfileName;

    #[test]
    fn interfaces_and_routes() {
        let mut bench = Bench::new(ProfileName::Linux);
        bench.connect(Endpoint::new(HostId::Server.address(), 5555));
        let soon = bench.world.now() + std::time::Duration::from_millis(100);
        bench.world.advance_to(soon);
        let seen = bench.transcript(
            "ip addr show
             ip -4 a show eth0
             ip addr show nope
             ip -br addr
             ip -o -4 addr
             ip link show lo
             ip route
             ip route get 10.211.55.10
             ip route get 94.130.104.144
             ip neigh
             ip foo
             ip -foo
             ip addr foo
             ip addr add 1.2.3.4 dev eth0
             ifconfig
             ifconfig nope
             route -n
             netstat -rn
             hostname -I",
        );
        expect![[r#"
            $ ip addr show
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
                inet 127.0.0.1/8 scope host lo
                   valid_lft forever preferred_lft forever
            2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
                link/ether 00:1c:42:3b:5d:02 brd ff:ff:ff:ff:ff:ff
                inet 10.211.55.2/24 brd 10.211.55.255 scope global eth0
                   valid_lft forever preferred_lft forever
            $ ip -4 a show eth0
            2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
                inet 10.211.55.2/24 brd 10.211.55.255 scope global eth0
                   valid_lft forever preferred_lft forever
            $ ip addr show nope
            Device "nope" does not exist.
            [exit 1]
            $ ip -br addr
            lo               UNKNOWN        127.0.0.1/8 
            eth0             UP             10.211.55.2/24 
            $ ip -o -4 addr
            1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
            2: eth0    inet 10.211.55.2/24 brd 10.211.55.255 scope global eth0\       valid_lft forever preferred_lft forever
            $ ip link show lo
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            $ ip route
            default via 10.211.55.1 dev eth0 
            10.211.55.0/24 dev eth0 proto kernel scope link src 10.211.55.2 
            $ ip route get 10.211.55.10
            10.211.55.10 dev eth0 src 10.211.55.2 uid 0 
                cache 
            $ ip route get 94.130.104.144
            94.130.104.144 via 10.211.55.1 dev eth0 src 10.211.55.2 uid 0 
                cache 
            $ ip neigh
            10.211.55.10 dev eth0 lladdr 00:1c:42:8e:17:0a REACHABLE
            $ ip foo
            Object "foo" is unknown, try "ip help".
            [exit 1]
            $ ip -foo
            Option "-foo" is unknown, try "ip -help".
            [exit 255]
            $ ip addr foo
            Command "foo" is unknown, try "ip address help".
            [exit 255]
            $ ip addr add 1.2.3.4 dev eth0
            RTNETLINK answers: Operation not permitted
            [exit 2]
            $ ifconfig
            eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
                    inet 10.211.55.2  netmask 255.255.255.0  broadcast 10.211.55.255
                    ether 00:1c:42:3b:5d:02  txqueuelen 1000  (Ethernet)
                    RX packets 1  bytes 54 (54.0 B)
                    RX errors 0  dropped 0  overruns 0  frame 0
                    TX packets 1  bytes 74 (74.0 B)
                    TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

            lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
                    inet 127.0.0.1  netmask 255.0.0.0
                    loop  txqueuelen 1000  (Local Loopback)
                    RX packets 0  bytes 0 (0.0 B)
                    RX errors 0  dropped 0  overruns 0  frame 0
                    TX packets 0  bytes 0 (0.0 B)
                    TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

            $ ifconfig nope
            nope: error fetching interface information: Device not found
            [exit 1]
            $ route -n
            Kernel IP routing table
            Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
            0.0.0.0         10.211.55.1     0.0.0.0         UG    0      0        0 eth0
            10.211.55.0     0.0.0.0         255.255.255.0   U     0      0        0 eth0
            $ netstat -rn
            Kernel IP routing table
            Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
            0.0.0.0         10.211.55.1     0.0.0.0         UG        0 0          0 eth0
            10.211.55.0     0.0.0.0         255.255.255.0   U         0 0          0 eth0
            $ hostname -I
            10.211.55.2 
        "#]].assert_eq(&seen);
    }
}
