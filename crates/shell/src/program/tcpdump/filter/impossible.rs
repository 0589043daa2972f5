//! Filters that no packet meets, such as `tcp and icmp`, which libpcap refuses, and those that no packet of the lab meets.

use super::Filter;

/// What decides: versions of IP, with 0 for what is not IP, and protocols, with one that no filter names.
const VERSIONS: [u8; 3] = [4, 6, 0];
const NAMELESS: u8 = 255;

impl Filter {
    /// Whether the version of IP and the protocol alone show that no packet meets it.
    pub(super) fn rejects_all(&self) -> bool {
        let protocols = [1, 2, 6, 17, 50, 51, 58, 132, NAMELESS];
        VERSIONS.into_iter().all(|version| {
            protocols.into_iter().all(|protocol| self.of_kind(version, protocol) == Some(false))
        })
    }

    /// Whether the same shows that no packet of the lab meets it: its link carries TCP, and ICMP over IPv4.
    pub(in super::super) fn rejects_all_here(&self) -> bool {
        let carried = [(4, 1), (4, 6), (6, 6)];
        carried.into_iter().all(|(version, protocol)| self.of_kind(version, protocol) == Some(false))
    }

    /// Whether packets of this kind meet it; `None` if that depends on more.
    fn of_kind(&self, version: u8, protocol: u8) -> Option<bool> {
        let only_if = |holds: bool| if holds { None } else { Some(false) };
        match self {
            Filter::Constant(value) => Some(*value),
            Filter::Not(inner) => inner.of_kind(version, protocol).map(|value| !value),
            Filter::And(one, other) => {
                match (one.of_kind(version, protocol), other.of_kind(version, protocol)) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                }
            }
            Filter::Or(one, other) => {
                match (one.of_kind(version, protocol), other.of_kind(version, protocol)) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                }
            }
            Filter::Version(number) => Some(version == *number),
            Filter::Protocol(of, number) => {
                let known = [1, 2, 6, 17, 50, 51, 58, 132].contains(number);
                let fits = version != 0 && of.is_none_or(|of| of == version);
                if known || protocol != NAMELESS { Some(fits && protocol == *number) } else { only_if(fits) }
            }
            Filter::Net(..) => only_if(version == 4),
            Filter::Host6(..) => only_if(version == 6),
            Filter::Port(_, protocols, _) => only_if(version != 0 && protocols.contains(&protocol)),
            Filter::Inbound(_) => None,
            Filter::Compare(left, _, right) => {
                only_if(left.is_within(version, protocol) && right.is_within(version, protocol))
            }
        }
    }
}
