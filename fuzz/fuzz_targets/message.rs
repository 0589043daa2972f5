//! Hears an input as messages to an embedded lab. No input may make it panic, be heard without the nonce or too often,
//! or be repeated at length.
//!
//! ```sh
//! cd fuzz && mkdir -p corpus/message && cargo run --release --bin message -- corpus/message messages \
//!     -dict=messages.dict -max_len=8192 -max_total_time=600
//! ```
//!
//! An empty line ends a message. The first line of each is its origin, after a `+` if it comes from the host page, and how
//! many milliseconds pass before it. A further line is a field: its name, `=` or `:` before a text or a number, and the
//! value. A line without either is the message itself, which is then a text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;
use tcp_course::Link;
use tcp_scene::embed::{Ear, Field, Heard, MARK, Request, Said};

const NONCE: &str = "00112233445566778899aabbccddeeff";

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    let mut ear = Ear::new(NONCE.to_owned());
    let mut now = 0.0;
    let mut times: Vec<f64> = Vec::new();
    let mut known: Option<&str> = None;
    for message in text.split("\n\n") {
        let mut lines = message.lines();
        let head = lines.next().unwrap_or("");
        let (from_host, head) = head.strip_prefix('+').map_or((false, head), |rest| (true, rest));
        let (origin, wait) = head.split_once(' ').unwrap_or((head, "0"));
        now += f64::from(wait.parse::<u16>().unwrap_or(0));
        let (itself, fields) = object(lines);
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let Some(heard) = ear.hear(from_host, origin, now, &itself, &field) else { continue };
        assert!(from_host && known.is_none_or(|known| known == origin), "{origin} is heard");
        times.push(now);
        // Two spans can meet within a second.
        assert!(times.iter().filter(|then| now - **then < 1000.0).count() <= 60, "too much is heard");
        if let Heard::Request { id, request } = heard {
            assert_eq!(field("nonce"), Field::Text(NONCE.to_owned()));
            if field(MARK) == Field::Number(1.0) {
                known = Some(origin);
                assert!(ear.target() == origin || ear.target() == "*");
            }
            assert!(matches!(&id, Field::Absent | Field::Number(_)) || id == field("id"));
            answered(request);
        }
    }
});

/// A message, as a text or by its fields.
fn object<'a>(lines: impl Iterator<Item = &'a str>) -> (Field, BTreeMap<&'a str, Field>) {
    let (mut itself, mut fields) = (Field::Other, BTreeMap::new());
    for line in lines {
        if let Some((name, value)) = line.split_once('=') {
            fields.insert(name, Field::Text(value.to_owned()));
        } else if let Some((name, value)) = line.split_once(':') {
            fields.insert(name, value.parse().map_or(Field::Other, Field::Number));
        } else {
            itself = Field::Text(line.to_owned());
        }
    }
    (itself, fields)
}

/// What a request makes of it is short.
fn answered(request: Result<Request, tcp_scene::embed::Refusal>) {
    match request {
        Ok(Request::SetSession(link)) => _ = Link::from_text(&link),
        Ok(Request::Seek(at)) => assert!(at.as_micros() <= 86_400_000_000),
        Ok(_) => {}
        Err(refusal) => {
            let said = refusal.to_string();
            assert!(said.chars().count() < 200 && !said.contains(char::is_control), "{said}");
            assert_eq!(Said::Refused(refusal).fields(), [("message", Field::Text(said))]);
        }
    }
}
