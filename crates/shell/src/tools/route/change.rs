//! What of interfaces and routes can be changed: `ip addr add|del`, `ip link set`, `ip route add|del default`, and the same
//! by `ifconfig` and `route`.

use super::GATEWAY;
use crate::output::{Done, Output, Refusal};
use crate::tools::OnHost;
use crate::user::User;
use tcp_core::net::{Command, Errno, IpAddr, Ipv4, Ipv6};

/// What `ip addr del` says if no prefix is given, and means that of the address.
fn wildcard(address: Ipv4) -> String {
    format!(
        "Warning: Executing wildcard deletion to stay compatible with old scripts.\n         \
         Explicitly specify the prefix length ({address}/32) to avoid this warning.\n         \
         This special behaviour is likely to disappear in further releases,\n         fix your scripts!\n"
    )
}

/// An address and its prefix, as the words give it, and the prefix if it was given.
struct Asked {
    address: IpAddr,
    prefix: Option<u8>,
}

/// `[local] ADDRESS[/PREFIX] [brd ADDRESS] [label NAME] [nodad] dev eth0`, in any order.
fn asked(words: &[&str], here: &OnHost<'_>) -> Result<Asked, Refusal> {
    let (mut asked, mut device) = (None, None);
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match word {
            "dev" => device = words.next(),
            "local" | "nodad" | "noprefixroute" | "home" => {}
            "brd" | "broadcast" | "label" | "scope" | "valid_lft" | "preferred_lft" => _ = words.next(),
            word if asked.is_some() => {
                let why = format!("Error: either \"local\" is duplicate, or \"{word}\" is a garbage.\n");
                return Err(Refusal::new(why, 255));
            }
            word => asked = Some(address(word)?),
        }
    }
    match (device, asked) {
        (None, _) => Err(no_device(1)),
        (Some(device), _) if device != "eth0" && device != "lo" => Err(unknown(device)),
        _ if !here.user.is_root() => Err(refused(here.user)),
        (Some("eth0"), Some(asked)) => Ok(asked),
        _ => Err(refused(here.user)),
    }
}

fn address(word: &str) -> Result<Asked, Refusal> {
    let bad = || Refusal::new(format!("Error: any valid prefix is expected rather than \"{word}\".\n"), 1);
    let (text, prefix) = match word.split_once('/') {
        Some((text, prefix)) => (text, Some(prefix.parse::<u8>().map_err(|_| bad())?)),
        None => (word, None),
    };
    let address: IpAddr = text.parse().map_err(|_| bad())?;
    let bits = if matches!(address, IpAddr::V4(_)) { 32 } else { 128 };
    if prefix.is_some_and(|prefix| prefix > bits) {
        return Err(bad());
    }
    Ok(Asked { address, prefix })
}

fn no_device(code: i32) -> Refusal {
    Refusal::new("Not enough information: \"dev\" argument is required.\n", code)
}

fn unknown(device: &str) -> Refusal {
    Refusal::new(format!("Cannot find device \"{device}\"\n"), 1)
}

/// The answer to a change: the student may not make it, and the lab has no such change.
pub(super) fn refused(user: User) -> Refusal {
    match user.is_root() {
        true => Refusal::new("ip: this lab cannot change that; man ip lists what it can\n", 2),
        false => Refusal::new("RTNETLINK answers: Operation not permitted\n", 2),
    }
}

/// `ip addr add`. An IPv6 address takes the place of the one before, and its network has 64 bits.
pub(super) fn add_address(words: &[&str], here: &mut OnHost<'_>) -> Done {
    let Asked { address, prefix } = asked(words, here)?;
    let (host, version) = (here.host, if matches!(address, IpAddr::V4(_)) { 4 } else { 6 });
    let prefix = match (version, prefix) {
        (4, prefix) => prefix.unwrap_or(32),
        (_, Some(64)) if address != IpAddr::from(Ipv6::LOCALHOST) => 64,
        _ => return Err(refused(here.user)),
    };
    match here.world.apply(Command::AddAddress { host, address, prefix }) {
        Ok(_) => Ok(Output::default()),
        Err(Errno::Exists) => {
            let word = if version == 4 { "Address" } else { "address" };
            Err(Refusal::new(format!("Error: ipv{version}: {word} already assigned.\n"), 2))
        }
        Err(errno) => Err(Refusal::new(format!("RTNETLINK answers: {errno}\n"), 2)),
    }
}

/// `ip addr del`. The address that the host has from the beginning stays.
pub(super) fn remove_address(words: &[&str], here: &mut OnHost<'_>) -> Done {
    let Asked { address, prefix } = asked(words, here)?;
    let host = here.host;
    if address == IpAddr::V4(host.address()) {
        return Err(Refusal::new("ip: the hosts of this lab keep their first address\n", 2));
    }
    let given = here.world.host(host).aliases();
    let other = |own: u8| prefix.is_some_and(|prefix| prefix != own);
    let known = match address {
        IpAddr::V4(address) => given.iter().any(|(own, bits)| *own == address && !other(*bits)),
        IpAddr::V6(_) => !other(64),
    };
    let removed = match known {
        true => here.world.apply(Command::RemoveAddress { host, address }).map(|_| ()),
        false => Err(Errno::AddrNotAvail),
    };
    match removed {
        Ok(()) => {}
        Err(Errno::Busy) => {
            let why =
                format!("ip: a socket has {address}; in this lab an address stays as long as one has it\n");
            return Err(Refusal::new(why, 2));
        }
        Err(_) => {
            let version = if matches!(address, IpAddr::V4(_)) { "4: A" } else { "6: a" };
            return Err(Refusal::new(format!("Error: ipv{version}ddress not found.\n"), 2));
        }
    }
    match (address, prefix) {
        (IpAddr::V4(address), None) => Ok(Output { stderr: wildcard(address), ..Output::default() }),
        _ => Ok(Output::default()),
    }
}

/// `ip link set [dev] eth0 up|down`
pub(super) fn link(words: &[&str], here: &mut OnHost<'_>) -> Done {
    let (mut device, mut up) = (None, None);
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match word {
            "up" | "down" => up = Some(word == "up"),
            "dev" => device = words.next(),
            "mtu" | "address" | "name" | "txqueuelen" | "master" | "netns" | "alias" => {
                return Err(refused(here.user));
            }
            word if device.is_none() => device = Some(word),
            word => {
                let why = format!("Error: either \"dev\" is duplicate, or \"{word}\" is a garbage.\n");
                return Err(Refusal::new(why, 255));
            }
        }
    }
    match (device, up) {
        (None, _) => Err(no_device(255)),
        (Some("lo"), Some(false)) if here.user.is_root() => Err(refused(here.user)),
        (Some("lo"), _) => Ok(Output::default()),
        (Some(device), _) if device != "eth0" => Err(unknown(device)),
        (_, None) => Ok(Output::default()),
        (_, Some(_)) if !here.user.is_root() => Err(refused(here.user)),
        (_, Some(up)) => set(up, here),
    }
}

/// `ifconfig DEVICE up|down`
pub(super) fn flag(device: &str, up: bool, here: &mut OnHost<'_>) -> Done {
    match device {
        "eth0" | "lo" if !here.user.is_root() => {
            Err(Refusal::new("SIOCSIFFLAGS: Operation not permitted\n", 255))
        }
        "eth0" => set(up, here),
        "lo" if up => Ok(Output::default()),
        "lo" => Err(Refusal::new("ifconfig: lo stays up in this lab\n", 255)),
        _ => {
            Err(Refusal::new(format!("{device}: ERROR while getting interface flags: No such device\n"), 255))
        }
    }
}

fn set(up: bool, here: &mut OnHost<'_>) -> Done {
    let host = here.host;
    match here.world.apply(Command::SetLink { host, up }) {
        Ok(_) => Ok(Output::default()),
        Err(errno) => Err(Refusal::new(format!("RTNETLINK answers: {errno}\n"), 2)),
    }
}

/// `ip route add default via GATEWAY`, `ip route del default`
pub(super) fn route(command: &str, words: &[&str], here: &mut OnHost<'_>) -> Done {
    let there = command.starts_with('a');
    let ["default" | "0.0.0.0/0", rest @ ..] = words else { return Err(refused(here.user)) };
    let via = match rest {
        [] => None,
        ["via", gateway] | ["via", gateway, "dev", "eth0"] => {
            let bad = |_| {
                let why = format!("Error: any valid address is expected rather than \"{gateway}\".\n");
                Refusal::new(why, 1)
            };
            Some(gateway.parse::<Ipv4>().map_err(bad)?)
        }
        ["dev", "eth0"] if !there => None,
        _ => return Err(refused(here.user)),
    };
    if !here.user.is_root() {
        return Err(refused(here.user));
    }
    match (there, via) {
        (true, None) => return Err(Refusal::new("RTNETLINK answers: No such device\n", 2)),
        (true, Some(via)) if via != GATEWAY => {
            return Err(Refusal::new("Error: Nexthop has invalid gateway.\n", 2));
        }
        (false, Some(via)) if via != GATEWAY => {
            return Err(Refusal::new("RTNETLINK answers: No such process\n", 2));
        }
        _ => {}
    }
    match set_default(there, here) {
        Ok(()) => Ok(Output::default()),
        Err(Errno::NetUnreach) => Err(Refusal::new("Error: Nexthop has invalid gateway.\n", 2)),
        Err(errno) => Err(Refusal::new(format!("RTNETLINK answers: {}\n", why(errno)), 2)),
    }
}

/// `route add default gw GATEWAY`, `route del default`
pub(super) fn default_route(args: &[String], here: &mut OnHost<'_>) -> Done {
    let words: Vec<&str> = args.iter().map(String::as_str).filter(|word| *word != "eth0").collect();
    let gateway = GATEWAY.to_string();
    let there = match words.as_slice() {
        ["add", "default", "gw", via] if *via == gateway => true,
        ["del", "default"] => false,
        ["del", "default", "gw", via] if *via == gateway => false,
        _ => {
            let why = match here.user.is_root() {
                true => format!("route: this lab has one route to give and take: default gw {GATEWAY}\n"),
                false => "SIOCADDRT: Operation not permitted\n".to_owned(),
            };
            return Err(Refusal::new(why, 7));
        }
    };
    let call = if there { "SIOCADDRT" } else { "SIOCDELRT" };
    if !here.user.is_root() {
        return Err(Refusal::new(format!("{call}: Operation not permitted\n"), 7));
    }
    match set_default(there, here) {
        Ok(()) => Ok(Output::default()),
        Err(errno) => Err(Refusal::new(format!("{call}: {}\n", why(errno)), 7)),
    }
}

fn set_default(there: bool, here: &mut OnHost<'_>) -> Result<(), Errno> {
    here.world.apply(Command::SetDefaultRoute { host: here.host, there }).map(|_| ())
}

/// What the kernel says of a route that is there already, or is not there.
fn why(errno: Errno) -> String {
    match errno {
        Errno::AddrNotAvail => "No such process".to_owned(),
        errno => errno.to_string(),
    }
}
