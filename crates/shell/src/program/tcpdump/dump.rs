//! The octets of a packet: `-A`, `-x` and `-X`, doubled with the link header.

use super::options::Options;
use std::fmt::Write;

/// What follows the line of a packet.
pub(super) fn of(options: &Options, link: &[u8], ip: &[u8]) -> String {
    let whole = |times: u32| if times > 1 { [link, ip].concat() } else { ip.to_vec() };
    if options.both > 0 {
        hex(&whole(options.both), true)
    } else if options.hex > 0 {
        hex(&whole(options.hex), false)
    } else if options.ascii > 0 {
        ascii(&whole(options.ascii))
    } else {
        String::new()
    }
}

fn hex(octets: &[u8], with_letters: bool) -> String {
    let mut out = String::new();
    for (line, at) in octets.chunks(16).zip((0..).step_by(16)) {
        let mut pairs = String::new();
        for pair in line.chunks(2) {
            pairs.push(' ');
            for octet in pair {
                let _ = write!(pairs, "{octet:02x}");
            }
        }
        let _ = write!(out, "\n\t0x{at:04x}: ");
        if with_letters {
            let letters: String = line.iter().map(|octet| letter(*octet, false)).collect();
            let _ = write!(out, "{pairs:<40}  {letters}");
        } else {
            out += &pairs;
        }
    }
    out
}

/// Letters, blanks and line ends as they are, and a point for everything else.
fn ascii(octets: &[u8]) -> String {
    let mut out = String::from("\n");
    for (at, octet) in octets.iter().enumerate() {
        match (octet, octets.get(at + 1)) {
            (b'\r', Some(b'\n') | None) => {}
            _ => out.push(letter(*octet, true)),
        }
    }
    out
}

const fn letter(octet: u8, with_blanks: bool) -> char {
    match octet {
        b'!'..=b'~' => octet as char,
        b' ' | b'\t' | b'\n' if with_blanks => octet as char,
        _ => '.',
    }
}
