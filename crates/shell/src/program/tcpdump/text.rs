//! Protocols over TCP whose lines tcpdump shows: HTTP, FTP and SMTP, by their ports.

use std::fmt::Write;

/// The requests of HTTP by which a text is known as such, of those that a student meets.
const HTTP: &[&str] = &[
    "GET", "PUT", "HEAD", "POST", "DELETE", "CONNECT", "OPTIONS", "TRACE", "COPY", "MOVE", "LOCK", "UNLOCK",
];
const FTP: &[&str] = &[
    "ACCT", "APPE", "CWD", "DELE", "EPRT", "EPSV", "LIST", "MDTM", "MKD", "MODE", "NLST", "PASS", "PASV",
    "PORT", "PWD", "QUIT", "RETR", "RMD", "RNFR", "RNTO", "SIZE", "STAT", "STOR", "STRU", "SYST", "TYPE",
    "USER",
];
const SMTP: &[&str] = &[
    "DATA", "EHLO", "EXPN", "HELO", "HELP", "MAIL", "NOOP", "QUIT", "RCPT", "RSET", "SAML", "SEND", "SOML",
    "VRFY",
];

/// Adds what a segment's text says, if one of its ports is that of such a protocol.
pub(super) fn print((src, dst): (u16, u16), data: &[u8], verbose: u32, out: &mut String) {
    let (name, requests) = match [src, dst].into_iter().find_map(protocol) {
        Some(protocol) => protocol,
        None => return,
    };
    let _ = write!(out, ": {name}");
    if !is_known(data, requests) {
        return;
    }
    if verbose == 0 {
        if let Some((line, _)) = line(data) {
            let _ = write!(out, ": {line}");
        }
        return;
    }
    let _ = write!(out, ", length: {}", data.len());
    let mut rest = data;
    while let Some((line, after)) = line(rest) {
        let _ = write!(out, "\n\t{line}");
        rest = after;
    }
}

fn protocol(port: u16) -> Option<(&'static str, &'static [&'static str])> {
    match port {
        80 | 8080 => Some(("HTTP", HTTP)),
        21 => Some(("FTP", FTP)),
        25 => Some(("SMTP", SMTP)),
        _ => None,
    }
}

/// It begins with a request, or is a response: its first word, and in HTTP its second, is a number of three digits.
fn is_known(data: &[u8], requests: &[&str]) -> bool {
    let end = data.iter().position(|octet| *octet == b'\n').unwrap_or(data.len());
    let text = String::from_utf8_lossy(&data[..end]);
    let mut words = text.split_ascii_whitespace();
    let is_code = |word: &str| word.len() == 3 && word.bytes().all(|octet| octet.is_ascii_digit());
    let first = words.next().unwrap_or_default();
    let code = if requests == HTTP { words.next().unwrap_or_default() } else { first };
    requests.iter().any(|request| request.eq_ignore_ascii_case(first)) || is_code(code)
}

/// The first line and what follows it. `None` if it is not of printable letters, or if nothing is left.
fn line(data: &[u8]) -> Option<(String, &[u8])> {
    if data.is_empty() {
        return None;
    }
    let end = data.iter().position(|octet| *octet == b'\n');
    let (line, rest) = match end {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &data[data.len()..]),
    };
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let is_text = line.iter().all(|octet| octet.is_ascii_graphic() || matches!(octet, b' ' | b'\t'));
    is_text.then(|| (String::from_utf8_lossy(line).into_owned(), rest))
}
