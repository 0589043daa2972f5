//! Files that give octets without end: `/dev/zero`, `/dev/urandom`.
//!
//! What `/dev/urandom` gives are octets of seven bits, because all that a terminal and a pipe carry here is text.

use super::OnHost;
use tcp_core::net::HostId;

/// Most octets that a device gives at once.
pub(super) const MOST: usize = 16 << 20;

/// Whether a file is a device that gives octets without end.
pub(crate) fn is_endless(path: &str) -> bool {
    matches!(path, "/dev/zero" | "/dev/urandom" | "/dev/random")
}

/// The next octets of such a device.
pub(super) fn octets(path: &str, count: usize, here: &OnHost<'_>) -> String {
    if path == "/dev/zero" {
        return "\0".repeat(count);
    }
    let host = if here.host == HostId::Client { 1 } else { 2 };
    let began = here.world.now().since(tcp_core::Instant::START).as_micros();
    let mut state = u64::try_from(began).unwrap_or(0) ^ (here.world.log().len() as u64) << 40 ^ host << 60;
    let mut text = String::with_capacity(count);
    while text.len() < count {
        // The generator of Steele, Lea and Flood (2014): a counter, mixed.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let octets = (mixed ^ (mixed >> 31)).to_le_bytes();
        text.extend(octets.iter().take(count - text.len()).map(|octet| char::from(octet & 0x7f)));
    }
    text
}
