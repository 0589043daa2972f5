//! Reads an input that may be a link. No input may make it panic, hang, or exceed the bounds of a recording.
//!
//! ```sh
//! cd fuzz && mkdir -p corpus/link && cargo run --release --bin link -- corpus/link -max_len=8192 -max_total_time=600
//! ```
//!
//! Input that begins with a digit or `#` is read as text. Any other input is the octets of a link, and gets the
//! checksum that lets it through.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tcp_course::{Link, LinkError, Recording};

fuzz_target!(|input: &[u8]| {
    let text = match input.first() {
        Some(b'#' | b'0'..=b'9') => String::from_utf8_lossy(input).into_owned(),
        _ => passed(input),
    };
    match Link::from_text(&text) {
        Ok(link) => {
            let json = link.recording.to_json();
            // A recording of a megabyte of characters that JSON has to escape is too long for a file.
            if let Ok(read) = Recording::from_json(&json) {
                assert_eq!(ordered(read), ordered(link.recording.clone()), "what is written is read");
            }
            match link.to_text() {
                Ok(again) => assert_eq!(Link::from_text(&again).as_ref(), Ok(&link), "{again}"),
                Err(error) => assert_eq!(error, LinkError::TooMuch),
            }
        }
        Err(error) => {
            let said = error.to_string();
            assert!(!said.contains('\n') && said.len() < 100, "{said}");
        }
    }
});

/// A file has the hosts and their constants in an order of its own.
fn ordered(mut recording: Recording) -> Recording {
    recording.delays.sort();
    recording.sysctls.sort_by(|a, b| (a.host, &a.name).cmp(&(b.host, &b.name)));
    recording
}

/// The octets as a link of some format with the right checksum: FNV-1a of 32 bits, folded; base64url.
fn passed(octets: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let sum = octets.iter().fold(0x811C_9DC5_u32, |sum, octet| (sum ^ u32::from(*octet)).wrapping_mul(0x0100_0193));
    let [a, b, c, d] = sum.to_be_bytes();
    let all = [&[a ^ c, b ^ d], octets].concat();
    let bits: Vec<u8> = all.iter().flat_map(|octet| (0..8).rev().map(move |at| octet >> at & 1)).collect();
    let letter = |six: &[u8]| {
        let value = (0..6).fold(0, |value, at| value << 1 | usize::from(six.get(at).copied().unwrap_or(0)));
        char::from(LETTERS[value])
    };
    let format = 1 + octets.len() % 2;
    format!("{format}.{}", bits.chunks(6).map(letter).collect::<String>())
}
