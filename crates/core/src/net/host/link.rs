//! The network interface of a host: whether it is up, and whom it finds on the link.
//!
//! Left out on purpose: the packets of ARP. Who is there is found at once; `lookup` has what becomes of what is for others. A
//! host whose interface is down stays known to the others for a while, as an entry in their ARP tables does. An observer could
//! notice that Linux draws the time for which an entry is good from 15 to 45 s, where it is 30 s here.

use super::{Cx, Host};
use crate::Instant;
use crate::net::{Answer, Errno, Happened, HostId, IpAddr};
use std::time::Duration;

/// How long an entry is good after a packet has come (`base_reachable_time_ms`).
const REACHABLE: Duration = Duration::from_secs(30);
/// How long an old entry is used before the host asks whether it is still good (`delay_first_probe_time`).
const DELAYED: Duration = Duration::from_secs(5);
/// How long it then asks in vain, three times (`ucast_solicit`, `retrans_time_ms`).
const PROBED: Duration = Duration::from_secs(3);

/// What a host knows of a neighbour, as `ip neigh` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reachability {
    /// It asks for the address, and nobody has answered.
    Incomplete,
    /// The neighbour answered lately.
    Reachable,
    /// It has not been heard of for a while, and nothing was sent to it.
    Stale,
    /// Something was sent to it since, and it may yet answer that.
    Delay,
    /// It is asked whether it is still there.
    Probe,
    /// Nobody answers.
    Failed,
}

/// What a host knows of its link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Interface {
    down: bool,
    /// It has lost its default route.
    strays: bool,
    /// It knows all hosts, and forgets none.
    fixed: bool,
    neighbours: Vec<Neighbour>,
}

/// Another host on the link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Neighbour {
    host: HostId,
    /// When a packet, or an answer of ARP, came from it.
    heard: Instant,
    /// When something was sent to it for the first time after the entry had grown old.
    used: Option<Instant>,
}

impl Interface {
    /// Whether it is up.
    pub(super) const fn is_up(&self) -> bool {
        !self.down
    }

    /// Whether it reaches what is not on its own network.
    pub(super) const fn has_default_route(&self) -> bool {
        !self.strays
    }

    /// Whether it need ask for nobody.
    pub(super) const fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// Whether `host` was heard so lately that nobody need ask for it.
    pub(super) fn heard_lately(&self, host: HostId, now: Instant) -> bool {
        self.neighbours.iter().any(|known| known.host == host && now < known.heard + REACHABLE)
    }

    /// Forgets whom it has found.
    pub(super) fn forget(&mut self) {
        self.neighbours.clear();
    }

    /// A packet came from `host`.
    pub(super) fn hears(&mut self, host: HostId, now: Instant) {
        match self.neighbours.iter_mut().find(|known| known.host == host) {
            Some(known) => (known.heard, known.used) = (now, None),
            None => self.neighbours.push(Neighbour { host, heard: now, used: None }),
        }
    }
}

impl Neighbour {
    /// What is known of it at `now`, if it answers, or if it does not.
    fn reachability(&self, now: Instant, answers: bool) -> Reachability {
        match self.used {
            _ if now < self.heard + REACHABLE => Reachability::Reachable,
            None => Reachability::Stale,
            Some(used) if now < used + DELAYED => Reachability::Delay,
            // It was asked, and answered.
            Some(used) if answers && now < used + DELAYED + REACHABLE => Reachability::Reachable,
            Some(_) if answers => Reachability::Stale,
            Some(used) if now < used + DELAYED + PROBED => Reachability::Probe,
            Some(_) => Reachability::Failed,
        }
    }
}

impl Host {
    /// Whether its network interface is up.
    pub const fn is_linked(&self) -> bool {
        self.link.is_up()
    }

    /// The IPv4 addresses that it was given, each with the length of its network's prefix.
    pub fn aliases(&self) -> &[(crate::net::Ipv4, u8)] {
        &self.aliases
    }

    /// Whether it knows at `now` where on the link a host is that answers, or does not. It is about to send something there,
    /// and so it asks whether an old entry is still good.
    pub(super) fn knows(&mut self, host: HostId, now: Instant, answers: bool) -> bool {
        let Some(known) = self.link.neighbours.iter_mut().find(|known| known.host == host) else {
            return false;
        };
        let reachability = known.reachability(now, answers);
        match (reachability, known.used) {
            (Reachability::Reachable, Some(used)) => (known.heard, known.used) = (used + DELAYED, None),
            (Reachability::Stale, _) => known.used = Some(now),
            _ => {}
        }
        reachability != Reachability::Failed
    }

    /// What it knows of another host on the link, if anything. `answers`: that host's interface is up.
    pub fn reachability(&self, host: HostId, now: Instant, answers: bool) -> Option<Reachability> {
        let known = self.link.neighbours.iter().find(|known| known.host == host);
        known.map(|known| known.reachability(now, answers))
    }

    /// Makes it know all hosts on the link, and forget none.
    pub const fn fix_neighbours(&mut self) {
        self.link.fixed = true;
    }

    /// `ip addr add`
    pub(super) fn add_address(
        &mut self,
        cx: &mut Cx<'_>,
        address: IpAddr,
        prefix: u8,
    ) -> Result<Answer, Errno> {
        match address {
            _ if self.addresses().any(|own| own == address) => return Err(Errno::Exists),
            IpAddr::V6(address) => self.address6 = Some(address),
            IpAddr::V4(address) => self.aliases.push((address, prefix.min(32))),
        }
        cx.pen.note(Happened::AddressAdded { address });
        Ok(Answer::Done)
    }

    /// `ip addr del`
    pub(super) fn remove_address(&mut self, cx: &mut Cx<'_>, address: IpAddr) -> Result<Answer, Errno> {
        if self.sockets.iter().any(|socket| socket.local().addr == address) {
            return Err(Errno::Busy);
        }
        match address {
            IpAddr::V6(address) => {
                self.address6.take_if(|own| *own == address).ok_or(Errno::AddrNotAvail)?;
            }
            IpAddr::V4(address) => {
                let at = self.aliases.iter().position(|(own, _)| *own == address);
                self.aliases.remove(at.ok_or(Errno::AddrNotAvail)?);
            }
        }
        cx.pen.note(Happened::AddressRemoved { address });
        Ok(Answer::Done)
    }

    /// `ip route add default`, `ip route del default`
    pub(super) fn set_default_route(&mut self, cx: &mut Cx<'_>, there: bool) -> Result<Answer, Errno> {
        match (there, self.link.has_default_route()) {
            (true, true) => Err(Errno::Exists),
            (false, false) => Err(Errno::AddrNotAvail),
            (true, false) if !self.link.is_up() => Err(Errno::NetUnreach),
            _ => {
                self.link.strays = !there;
                cx.pen.note(Happened::DefaultRouteSet { there });
                Ok(Answer::Done)
            }
        }
    }

    /// Whether it has a default route.
    pub const fn has_default_route(&self) -> bool {
        self.link.has_default_route()
    }

    /// `ip link set eth0 up|down`. An interface that goes down loses the default route, its IPv6 address and its
    /// neighbours; only the route to its own network comes back with it.
    pub(super) fn set_link(&mut self, cx: &mut Cx<'_>, up: bool) -> Answer {
        if self.link.is_up() != up {
            self.link.strays |= !up;
            self.link.down = !up;
            self.link.neighbours.clear();
            let set = cx.pen.note(Happened::LinkSet { up });
            if !up {
                let outer = cx.pen.cause(Some(set));
                self.stop_lookups(cx);
                self.reset_queue(cx);
                cx.pen.cause(outer);
            }
            if let Some(address) = self.address6.take_if(|_| !up) {
                cx.pen.note(Happened::AddressRemoved { address: address.into() });
            }
        }
        Answer::Done
    }
}
