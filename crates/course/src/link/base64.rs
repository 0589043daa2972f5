//! Octets as text that may be in an address: base64url without padding (RFC 4648 §5).

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The octets as text.
pub(super) fn write(octets: &[u8]) -> String {
    let mut text = String::new();
    for three in octets.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(three.get(at).copied().unwrap_or(0)));
        for at in 0..=three.len() {
            text.push(LETTERS[bits >> (18 - 6 * at) & 63].into());
        }
    }
    text
}

/// The octets of such a text; `None` if it is not one.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let (mut octets, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|other| *other == letter)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            let [.., octet] = (bits >> held).to_be_bytes();
            octets.push(octet);
        }
    }
    // What is left of the last letter is zero.
    (held < 6 && bits & ((1 << held) - 1) == 0).then_some(octets)
}
