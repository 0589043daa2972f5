//! A scenario: what a recording file contains before it is recorded.

use std::collections::BTreeMap;

use serde_json::json;
use tcp_core::net::HostId;
use tcp_course::Line;

/// The first port of the servers, and the first of the clients that choose theirs. Scenarios and recordings are kept with
/// these ports, but recorded with others, which have as many digits.
pub(super) const SERVERS: u16 = 15_551;
/// See [`SERVERS`].
pub(super) const CLIENTS: u16 = 15_581;
/// How many ports there are of each.
pub(super) const PORTS: u16 = 4;
/// Distance between the servers' ports and the clients' in a block.
const CLIENTS_IN_BLOCK: u16 = 10;

/// What is to be recorded.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scenario {
    /// Name of the file.
    pub(super) name: String,
    /// Title of one sentence.
    pub(super) title: String,
    /// Delay of the relay each way, in milliseconds; `None` is a plain veth pair.
    pub(super) delay: Option<u64>,
    /// Constants that are set before anything else: host, name, value.
    pub(super) sysctls: Vec<(HostId, String, String)>,
    /// The steps, ordered by time.
    pub(super) steps: Vec<Line>,
    /// How long to watch at least, in milliseconds.
    pub(super) duration_ms: u64,
}

impl Scenario {
    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let link = self.delay.map_or_else(|| "veth pair".to_owned(), |ms| format!("relay, {ms} ms each way"));
        let mut sysctls: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for (host, name, value) in &self.sysctls {
            sysctls.entry(host.word()).or_default().insert(name, value);
        }
        let steps: Vec<String> = self.steps.iter().map(|step| format!("  {}", json!(step))).collect();
        let head = [
            ("format", json!(1)),
            ("name", json!(self.name)),
            ("title", json!(self.title)),
            ("link", json!(link)),
            ("duration_ms", json!(self.duration_ms)),
            ("sysctls", json!(sysctls)),
        ];
        let head: Vec<String> = head.iter().map(|(name, value)| format!(" \"{name}\": {value}")).collect();
        format!("{{\n{},\n \"steps\": [\n{}\n ]\n}}\n", head.join(",\n"), steps.join(",\n"))
    }

    /// The same scenario with its ports in a block that begins at `base`, so that several are recorded at once without
    /// being confused: the kernel's trace points do not show namespaces.
    pub(super) fn at_ports(&self, base: u16) -> Self {
        let mut moved = self.clone();
        for step in &mut moved.steps {
            for text in [&mut step.cmd, &mut step.text].into_iter().flatten() {
                *text = with_ports(text, base);
            }
        }
        moved
    }
}

/// `text` with the ports of scenarios moved to a block.
fn with_ports(text: &str, base: u16) -> String {
    with_numbers(text, |port| {
        let (first, place) = if port >= CLIENTS { (CLIENTS, CLIENTS_IN_BLOCK) } else { (SERVERS, 0) };
        let at = port.checked_sub(first).filter(|at| *at < PORTS)?;
        Some(base + place + at)
    })
}

/// The text of a recording that was made in the block at `base`, with the scenario's own ports. Only strings have ports.
pub(super) fn at_own_ports(recording: &str, base: u16) -> String {
    let own = |port: u16| {
        let at = port.checked_sub(base)?;
        match at.checked_sub(CLIENTS_IN_BLOCK) {
            Some(at) => (at < PORTS).then(|| CLIENTS + at),
            None => (at < PORTS).then(|| SERVERS + at),
        }
    };
    // A string holds no quotation mark that is not escaped, and the recorder's texts escape nothing else with one.
    let mut out = String::with_capacity(recording.len());
    let mut inside = false;
    let mut rest = recording;
    while let Some(end) = rest.find(['"', '\\']) {
        let (piece, mark) = rest.split_at(end);
        out += &if inside { with_numbers(piece, own) } else { piece.to_owned() };
        let length = if mark.starts_with('"') { 1 } else { 2 };
        inside ^= length == 1;
        let (mark, after) = mark.split_at(length);
        out += mark;
        rest = after;
    }
    out + rest
}

/// `text` with other numbers in place of those that `other` knows.
fn with_numbers(text: &str, other: impl Fn(u16) -> Option<u16>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(begin) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(begin);
        let end = from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        out += before;
        let moved = number.parse().ok().and_then(&other);
        out += &moved.map_or_else(|| number.to_owned(), |port| port.to_string());
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ports_of_scenarios_move() {
        let line = "iptables -A INPUT -s 10.211.55.2 -p tcp -m multiport --dports 15551,15584 -j DROP";
        let moved = "iptables -A INPUT -s 10.211.55.2 -p tcp -m multiport --dports 12020,12033 -j DROP";
        assert_eq!(with_ports(line, 12_020), moved);
        assert_eq!(with_ports("nc -l 15555", 12_020), "nc -l 15555");
        assert_eq!(with_ports("15554 115551 99999999", 12_000), "12003 115551 99999999");
    }

    #[test]
    fn a_recording_gets_its_own_ports_back_in_texts_only() {
        let recorded = r#"{"t_ms": 12020, "cmd": "nc \"12020\" 12033\n12024", "len": 12021}"#;
        let own = r#"{"t_ms": 12020, "cmd": "nc \"15551\" 15584\n12024", "len": 12021}"#;
        assert_eq!(at_own_ports(recorded, 12_020), own);
    }
}
