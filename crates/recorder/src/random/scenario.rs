//! A scenario: what a recording file contains before it is recorded.

use std::collections::BTreeMap;

use serde_json::json;
use tcp_core::net::HostId;
use tcp_course::Line;

/// The first port of the servers, and the first of the clients that choose theirs. Scenarios are made and kept with these
/// ports, and recorded with others.
pub(super) const SERVERS: u16 = 5551;
/// See [`SERVERS`].
pub(super) const CLIENTS: u16 = 5581;
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

/// `text` with the ports of scenarios moved.
fn with_ports(text: &str, base: u16) -> String {
    let moved = |number: &str| {
        let port: u16 = number.parse().ok()?;
        let (first, place) = if port >= CLIENTS { (CLIENTS, CLIENTS_IN_BLOCK) } else { (SERVERS, 0) };
        let at = port.checked_sub(first).filter(|at| *at < PORTS)?;
        Some((base + place + at).to_string())
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(begin) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(begin);
        let end = from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        out += before;
        out += &moved(number).unwrap_or_else(|| number.to_owned());
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ports_of_scenarios_move() {
        let line = "iptables -A INPUT -s 10.211.55.2 -p tcp -m multiport --dports 5551,5584 -j DROP";
        let moved = "iptables -A INPUT -s 10.211.55.2 -p tcp -m multiport --dports 12020,12033 -j DROP";
        assert_eq!(with_ports(line, 12_020), moved);
        assert_eq!(with_ports("nc -l 5555", 12_020), "nc -l 5555");
        assert_eq!(with_ports("5554 15551 99999999", 12_000), "12003 15551 99999999");
    }
}
