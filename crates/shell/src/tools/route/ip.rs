//! `ip` of iproute2 6.1.

use super::ifconfig::statistics;
use super::{Card, card, change};
use crate::output::{Done, Output, Refusal};
use crate::tools::OnHost;
use crate::user::User;
use std::fmt::Write;
use tcp_core::net::firewall::Network;
use tcp_core::net::{HostId, IpAddr, Ipv4, Ipv6, Reachability};

/// Options of `ip`.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    inet6: bool,
    inet: bool,
    brief: bool,
    one_line: bool,
    statistics: bool,
}

/// Runs `ip`. `args` does not include its name.
pub(crate) fn ip(args: &[String], here: &mut OnHost<'_>) -> Done {
    let mut style = Style::default();
    let mut words = args.iter().map(String::as_str);
    let object = loop {
        let Some(word) = words.next() else {
            return Err(Refusal::new(IP_USAGE, 255));
        };
        match word.strip_prefix("--").or_else(|| word.strip_prefix('-')) {
            None => break word,
            Some("4") => style.inet = true,
            Some("6") => style.inet6 = true,
            Some("o" | "oneline") => style.one_line = true,
            Some("br" | "brief") => style.brief = true,
            Some("V" | "Version") => return Ok(Output::ok("ip utility, iproute2-6.1.0, libbpf 1.1.2\n")),
            Some("h" | "help") => return Err(Refusal::new(IP_USAGE, 255)),
            Some("s" | "stats" | "statistics") => style.statistics = true,
            Some("d" | "r" | "c" | "color" | "N") => {}
            Some(_) => {
                return Err(Refusal::new(format!("Option \"{word}\" is unknown, try \"ip -help\".\n"), 255));
            }
        }
    };
    let rest: Vec<&str> = words.collect();
    let is = |whole: &str| !object.is_empty() && whole.starts_with(object);
    let card = card(here.world, here.host);
    let inet6 = here.world.address6(here.host);
    let command = rest.first().copied().unwrap_or("show");
    let asks = |whole: &str| !command.is_empty() && whole.starts_with(command);
    if is("address") && (asks("add") || command.len() > 1 && asks("replace")) {
        change::add_address(&rest[1..], here)
    } else if is("address") && asks("delete") {
        change::remove_address(&rest[1..], here)
    } else if is("link") && asks("set") {
        change::link(&rest[1..], here)
    } else if is("route") && (asks("add") || asks("delete")) {
        change::route(command, &rest[1..], here)
    } else if is("address") {
        listing("address", &rest, here.user, |device| addresses(&card, inet6, device, style, here))
    } else if is("link") {
        listing("link", &rest, here.user, |device| links(&card, device, style, here))
    } else if is("route") {
        routes(&card, &rest, here.user)
    } else if is("neighbor") || is("neighbour") {
        listing("neighbour", &rest, here.user, |_| neighbours(here))
    } else if object == "help" {
        Err(Refusal::new(IP_USAGE, 255))
    } else if let Some(absent) = ABSENT.split(' ').find(|whole| is(whole)) {
        let why =
            format!("ip: this lab's ip does not have {absent}; it has address, link, route and neighbour\n");
        Err(Refusal::new(why, 1))
    } else {
        Err(Refusal::new(format!("Object \"{object}\" is unknown, try \"ip help\".\n"), 1))
    }
}

/// The objects of iproute2 that are not there, in the order in which it looks for what is abbreviated.
const ABSENT: &str = "addrlabel maddress rule ntable ntbl l2tp fou ila macsec tunnel tunl tuntap tap token tcpmetrics \
    tcp_metrics monitor xfrm mroute mrule netns netconf vrf sr nexthop mptcp ioam stats";

const IP_USAGE: &str = include_str!("usage.txt");

/// `show [dev DEVICE]`, all of which may be left out. Nothing can be changed.
fn listing(object: &str, words: &[&str], user: User, text: impl Fn(Option<&str>) -> String) -> Done {
    let (command, operands) = words.split_first().unwrap_or((&"show", &[]));
    let is = |whole: &str| !command.is_empty() && whole.starts_with(command);
    if ["add", "change", "replace", "delete", "flush"].into_iter().any(is) {
        return Err(change::refused(user));
    }
    if !["show", "list", "lst"].into_iter().any(is) {
        return Err(Refusal::new(
            format!("Command \"{command}\" is unknown, try \"ip {object} help\".\n"),
            255,
        ));
    }
    let device = operands.iter().copied().find(|word| *word != "dev");
    match device {
        Some(name) if name != "eth0" && name != "lo" => {
            Err(Refusal::new(format!("Device \"{name}\" does not exist.\n"), 1))
        }
        _ => Ok(Output::ok(text(device))),
    }
}

/// The interfaces that are listed: their number and name; flags, MTU and state; link layer; addresses.
fn interfaces(card: &Card, device: Option<&str>) -> Vec<([String; 3], Vec<String>)> {
    let Card { address, ether, prefix, broadcast, up, qdiscs: [near, far], .. } = card;
    let lo = [
        "1: lo".to_owned(),
        format!("<LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc {near} state UNKNOWN"),
        "link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00".to_owned(),
    ];
    let (flag, state) = if *up { (",UP,LOWER_UP", "UP") } else { ("", "DOWN") };
    let eth0 = [
        "2: eth0".to_owned(),
        format!("<BROADCAST,MULTICAST{flag}> mtu 1500 qdisc {far} state {state}"),
        format!("link/ether {ether} brd ff:ff:ff:ff:ff:ff"),
    ];
    let own = format!("inet {address}/{prefix} brd {broadcast} scope global eth0");
    let further = card.further().into_iter().map(|(address, prefix, second)| {
        let rank = if second { " secondary" } else { "" };
        format!("inet {address}/{prefix} scope global{rank} eth0")
    });
    let all = [
        (lo, vec!["inet 127.0.0.1/8 scope host lo".to_owned()]),
        (eth0, [own].into_iter().chain(further).collect()),
    ];
    all.into_iter().filter(|(row, _)| device.is_none_or(|name| row[0].ends_with(name))).collect()
}

fn addresses(
    card: &Card,
    inet6: Option<Ipv6>,
    device: Option<&str>,
    style: Style,
    here: &OnHost<'_>,
) -> String {
    let mut out = String::new();
    let shows = |wanted| wanted || style.inet == style.inet6;
    for ([name, flags, link], inet) in interfaces(card, device) {
        let short = name.split(' ').next_back().unwrap_or_default();
        let up = flags.split(' ').next_back().unwrap_or_default();
        let second = inet6.filter(|_| short == "eth0" && shows(style.inet6));
        let lines: Vec<String> = inet
            .into_iter()
            .filter(|_| shows(style.inet))
            .chain(second.map(|inet6| format!("inet6 {inet6}/64 scope global ")))
            .collect();
        if lines.is_empty() {
            continue;
        }
        if style.brief {
            let words = lines.iter().filter_map(|line| line.split(' ').nth(1));
            let addresses: String = words.map(|word| format!("{word} ")).collect();
            let _ = writeln!(out, "{short:<16} {up:<14} {addresses}");
            continue;
        }
        if !style.one_line {
            let _ = writeln!(out, "{name}: {flags} group default qlen 1000");
            if style.inet == style.inet6 {
                let _ = writeln!(out, "    {link}");
            }
        }
        for line in lines {
            let _ = if style.one_line {
                writeln!(out, "{name}    {line}\\       valid_lft forever preferred_lft forever")
            } else {
                writeln!(out, "    {line}\n       valid_lft forever preferred_lft forever")
            };
        }
        if style.statistics && !style.one_line {
            out += &statistics(here.world, here.host, short == "lo");
        }
    }
    out
}

fn links(card: &Card, device: Option<&str>, style: Style, here: &OnHost<'_>) -> String {
    let mut out = String::new();
    for ([name, flags, link], _) in interfaces(card, device) {
        let (short, up) = (name.split(' ').next_back(), flags.split(' ').next_back());
        let ether = link.split(' ').nth(1).unwrap_or_default();
        let bits = flags.split(' ').next().unwrap_or_default();
        if style.brief {
            let (short, up) = (short.unwrap_or_default(), up.unwrap_or_default());
            let _ = writeln!(out, "{short:<16} {up:<14} {ether} {bits} ");
        } else {
            let joint = if style.one_line { "\\" } else { "\n" };
            let _ = writeln!(out, "{name}: {flags} mode DEFAULT group default qlen 1000{joint}    {link}");
            if style.statistics && !style.one_line {
                out += &statistics(here.world, here.host, short == Some("lo"));
            }
        }
    }
    out
}

fn routes(card: &Card, words: &[&str], user: User) -> Done {
    let Card { address, gateway, given, .. } = card;
    if let ["get", to, ..] = words {
        let Ok(to) = to.parse::<Ipv4>() else {
            return Err(Refusal::new(
                format!("Error: any valid prefix is expected rather than \"{to}\".\n"),
                1,
            ));
        };
        let near = card.networks().into_iter().find(|(network, _)| network.contains(to.into()));
        let (via, from) = match (near, gateway) {
            _ if to == *address || to.is_loopback() || given.iter().any(|(own, _)| *own == to) => {
                return Ok(Output::ok(format!("local {to} dev lo src {to} uid 0 \n    cache <local> \n")));
            }
            (Some((_, from)), _) => (String::new(), from),
            (None, Some(gateway)) => (format!(" via {gateway}"), *address),
            (None, None) => return Err(Refusal::new("RTNETLINK answers: Network is unreachable\n", 2)),
        };
        return Ok(Output::ok(format!("{to}{via} dev eth0 src {from} uid 0 \n    cache \n")));
    }
    listing("route", words, user, |_| {
        let default = gateway.map_or(String::new(), |gateway| format!("default via {gateway} dev eth0 \n"));
        let near = card.networks().into_iter().map(|(Network { addr, prefix }, from)| {
            format!("{addr}/{prefix} dev eth0 proto kernel scope link src {from} \n")
        });
        default + &near.collect::<String>()
    })
}

/// The hosts that this one knows on the link, and the addresses that it looks for.
fn neighbours(here: &OnHost<'_>) -> String {
    let world = &here.world;
    let host = world.host(here.host);
    let mut out = String::new();
    let asked: Vec<_> = host.lookups().filter(|(address, _)| address.is_ipv4()).collect();
    for (address, reachability) in &asked {
        let _ = writeln!(out, "{address} dev eth0 {} ", word(*reachability));
    }
    for peer in [HostId::Client, HostId::Server] {
        let Card { address, ether, .. } = card(world, peer);
        if let Some(known) = host.reachability(peer, world.now(), world.is_linked(peer))
            && !asked.iter().any(|(asked, _)| *asked == IpAddr::V4(address))
        {
            let lladdr =
                if known == Reachability::Failed { String::new() } else { format!("lladdr {ether} ") };
            let _ = writeln!(out, "{address} dev eth0 {lladdr}{} ", word(known));
        }
    }
    out
}

const fn word(reachability: Reachability) -> &'static str {
    match reachability {
        Reachability::Incomplete => "INCOMPLETE",
        Reachability::Reachable => "REACHABLE",
        Reachability::Stale => "STALE",
        Reachability::Delay => "DELAY",
        Reachability::Probe => "PROBE",
        Reachability::Failed => "FAILED",
    }
}
