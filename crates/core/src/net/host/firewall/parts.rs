//! What rules are made of: conditions that may be inverted, protocols, networks, flags.

use crate::net::{IpAddr, Ipv4};
use crate::tcp::Flags;

/// A condition that may be inverted by `!`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Match<T> {
    /// Whether the condition is inverted by `!`.
    pub inverted: bool,
    /// The value to compare with.
    pub value: T,
}

impl<T> Match<T> {
    /// The condition without `!`.
    pub const fn is(value: T) -> Match<T> {
        Match { inverted: false, value }
    }

    pub(super) fn holds(&self, fits: impl FnOnce(&T) -> bool) -> bool {
        fits(&self.value) != self.inverted
    }
}

/// A protocol number; 0 for all protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Protocol(pub u8);

impl Protocol {
    /// Any protocol.
    pub const ALL: Protocol = Protocol(0);
    /// ICMP
    pub const ICMP: Protocol = Protocol(1);
    /// TCP
    pub const TCP: Protocol = Protocol(6);
    /// UDP
    pub const UDP: Protocol = Protocol(17);
}

/// Addresses with a common prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    /// The prefix, with all other bits zero.
    pub addr: Ipv4,
    /// Its length in bits, 0 to 32.
    pub prefix: u8,
}

impl Network {
    /// The network of `addr`, with the bits after `prefix` cleared; a prefix greater than 32 counts as 32.
    pub fn new(addr: Ipv4, prefix: u8) -> Network {
        let prefix = prefix.min(32);
        Network { addr: Ipv4::from(u32::from(addr) & Network::mask(prefix)), prefix }
    }

    /// Whether the network contains `addr`.
    pub fn contains(&self, addr: IpAddr) -> bool {
        matches!(addr, IpAddr::V4(addr) if u32::from(addr) & Network::mask(self.prefix) == u32::from(self.addr))
    }

    fn mask(prefix: u8) -> u32 {
        u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0)
    }
}

/// A condition on flags: of those in `mask`, exactly those in `value` must be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FlagsMatch {
    /// The flags that are examined.
    pub mask: Flags,
    /// The flags among them that must be set.
    pub value: Flags,
}

/// How a rule logs what it matches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogStyle {
    /// `--log-prefix`, with which its lines begin
    pub prefix: String,
    /// `--log-level`, from 0 (emerg) to 7 (debug)
    pub level: u8,
    /// `--log-tcp-sequence`
    pub sequence: bool,
    /// `--log-tcp-options`
    pub tcp_options: bool,
    /// `--log-ip-options`
    pub ip_options: bool,
    /// `--log-uid`
    pub uid: bool,
}

impl LogStyle {
    /// `-j LOG` without options: level warning.
    pub const PLAIN: LogStyle = LogStyle {
        prefix: String::new(),
        level: 4,
        sequence: false,
        tcp_options: false,
        ip_options: false,
        uid: false,
    };
}
