//! A small seeded generator of random numbers, and a hash.

use super::{Endpoint, IpAddr};

/// SplitMix64: good enough to scatter ports, and the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Rng(u64);

impl Rng {
    pub(super) const fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    /// The next 32 bits.
    pub(super) fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        low(mix(self.0))
    }
}

/// Scatters the bits of a number.
pub(super) const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Scatters the bits of a number together with both ends of a connection.
pub(super) fn scatter(number: u64, (local, foreign): (Endpoint, Endpoint)) -> u64 {
    let mut hash = number;
    for end in [local, foreign] {
        let addr = match end.addr {
            IpAddr::V4(addr) => addr.to_ipv6_mapped(),
            IpAddr::V6(addr) => addr,
        };
        for part in addr.segments().into_iter().chain([end.port]) {
            hash = mix(hash ^ u64::from(part));
        }
    }
    hash
}

/// The lower 32 bits.
pub(super) const fn low(number: u64) -> u32 {
    let [a, b, c, d, ..] = number.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
