//! A host's table of connections, read every few milliseconds from where netstat reads it: /proc/net/tcp.

use std::collections::BTreeMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use crate::clock::Clock;
use crate::host::Host;
use crate::netns;

/// The time between two readings.
const PERIOD: Duration = Duration::from_millis(6);

/// What a row describes, in the traces' spelling: `CLIENT END - SERVER END`, or `LISTEN ADDR:PORT`.
pub(crate) type Key = String;

/// What the readings showed over time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// Milliseconds at which each reading began.
    pub(crate) ticks: Vec<f64>,
    /// What had changed by then: the row's new state, or `None` if the row is gone.
    pub(crate) changes: Vec<(f64, Key, Option<&'static str>)>,
}

impl Seen {
    /// The state of a connection in the first reading that began after `at`.
    pub(crate) fn next_after(&self, at: f64, key: &str) -> Option<&'static str> {
        let tick = *self.ticks.get(self.ticks.partition_point(|tick| *tick <= at))?;
        self.changes
            .iter()
            .rev()
            .find(|(when, own, _)| *when <= tick && own == key)
            .and_then(|(_, _, state)| *state)
    }

    /// Whether a reading began in this interval.
    pub(crate) fn read_between(&self, from: f64, to: f64) -> bool {
        self.ticks.get(self.ticks.partition_point(|tick| *tick <= from)).is_some_and(|tick| *tick < to)
    }
}

/// Reads the table on this thread until `over`; notifies `changed` when a row appeared, disappeared or changed its
/// state.
pub(crate) fn watch(
    namespace: PathBuf,
    clock: Clock,
    over: &AtomicBool,
    changed: &Sender<()>,
) -> std::io::Result<Seen> {
    netns::enter(&namespace)?;
    let mut seen = Seen::default();
    let mut before = BTreeMap::new();
    while !over.load(Ordering::Relaxed) {
        let at = clock.now();
        let now = table()?;
        seen.ticks.push(at);
        if now != before {
            for (key, state) in &now {
                if before.get(key) != Some(state) {
                    seen.changes.push((at, key.clone(), Some(state)));
                }
            }
            for key in before.keys().filter(|key| !now.contains_key(*key)) {
                seen.changes.push((at, key.clone(), None));
            }
            before = now;
            // The receiver may be gone already.
            let _ = changed.send(());
        }
        std::thread::sleep(clock.until(at + PERIOD.as_secs_f64() * 1000.0));
    }
    Ok(seen)
}

fn table() -> std::io::Result<BTreeMap<Key, &'static str>> {
    let mut rows = parse(&fs::read_to_string("/proc/thread-self/net/tcp")?);
    // A kernel without IPv6 does not have this file.
    rows.extend(parse(&fs::read_to_string("/proc/thread-self/net/tcp6").unwrap_or_default()));
    Ok(rows)
}

/// Reads the rows of /proc/net/tcp or /proc/net/tcp6.
fn parse(text: &str) -> BTreeMap<Key, &'static str> {
    let mut rows = BTreeMap::new();
    for line in text.lines().skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, local, remote, state, ..] = words.as_slice() else { continue };
        let (Some(local), Some(remote), Some(state)) = (end(local), end(remote), state_of(state)) else {
            continue;
        };
        rows.insert(
            if state == "LISTEN" { format!("LISTEN {}", text_of(local)) } else { key(local, remote) },
            state,
        );
    }
    rows
}

/// Reads an end such as `0237D30A:A674`: words of 32 bits, each in the byte order of this machine.
fn end(text: &str) -> Option<(IpAddr, u16)> {
    let (addr, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let words: Option<Vec<[u8; 4]>> = (0..addr.len() / 8)
        .map(|word| u32::from_str_radix(addr.get(word * 8..word * 8 + 8)?, 16).ok().map(u32::to_ne_bytes))
        .collect();
    let octets = words?.concat();
    let addr = match octets.len() {
        4 => IpAddr::V4(Ipv4Addr::from(<[u8; 4]>::try_from(octets).ok()?)),
        _ => {
            let addr = Ipv6Addr::from(<[u8; 16]>::try_from(octets).ok()?);
            addr.to_ipv4_mapped().map_or(IpAddr::V6(addr), IpAddr::V4)
        }
    };
    Some((addr, port))
}

fn text_of((addr, port): (IpAddr, u16)) -> String {
    format!("{addr}:{port}")
}

fn key(local: (IpAddr, u16), remote: (IpAddr, u16)) -> Key {
    connection(&text_of(local), &text_of(remote))
}

/// The name of a connection by its two ends, the client's first on either host.
pub(crate) fn connection(local: &str, remote: &str) -> Key {
    let of =
        |end: &str, host: Host| end.rsplit_once(':').is_some_and(|(addr, _)| addr == host.addr().to_string());
    // The client may have further addresses, the server has one.
    if of(local, Host::Server) && !of(remote, Host::Server) {
        format!("{remote} - {local}")
    } else {
        format!("{local} - {remote}")
    }
}

/// The kernel's numbers of states (include/net/tcp_states.h), as netstat spells them.
fn state_of(hex: &str) -> Option<&'static str> {
    const STATES: [&str; 12] = [
        "ESTABLISHED",
        "SYN_SENT",
        "SYN_RECV",
        "FIN_WAIT1",
        "FIN_WAIT2",
        "TIME_WAIT",
        "CLOSED",
        "CLOSE_WAIT",
        "LAST_ACK",
        "LISTEN",
        "CLOSING",
        "SYN_RECV",
    ];
    let number = usize::from_str_radix(hex, 16).ok()?;
    STATES.get(number.checked_sub(1)?).copied().filter(|state| *state != "CLOSED")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:15B3 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
   1: 0A37D30A:15B3 0237D30A:A674 03 00000000:00000000 01:0000003E 00000000     0        0 0
   2: 0237D30A:A674 0A37D30A:15B3 06 00000000:00000000 03:0000173B 00000000     0        0 0
";

    #[test]
    #[cfg(target_endian = "little")]
    fn rows_are_named_by_the_clients_end_first() {
        let rows: Vec<_> = parse(TABLE).into_iter().collect();
        let connection = "10.211.55.2:42612 - 10.211.55.10:5555".to_owned();
        // Rows 1 and 2 describe the same connection, once for each host; here the later one counts.
        assert_eq!(rows, [(connection, "TIME_WAIT"), ("LISTEN 0.0.0.0:5555".to_owned(), "LISTEN")]);
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn mapped_addresses_are_those_of_ipv4() {
        let text = "head\n 0: 0000000000000000FFFF00000A37D30A:15B3 0000000000000000FFFF00000237D30A:A674 01 x\n \
                    1: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A x\n";
        let keys: Vec<_> = parse(text).into_keys().collect();
        assert_eq!(keys, ["10.211.55.2:42612 - 10.211.55.10:5555", "LISTEN :::80"]);
    }

    #[test]
    fn a_reading_counts_only_if_it_began_later() {
        let key = "a".to_owned();
        let changes = vec![(0.0, key.clone(), Some("FIN_WAIT1")), (12.0, key, Some("TIME_WAIT"))];
        let seen = Seen { ticks: vec![0.0, 6.0, 12.0], changes };
        assert_eq!(seen.next_after(7.0, "a"), Some("TIME_WAIT"));
        assert_eq!(seen.next_after(5.0, "a"), Some("FIN_WAIT1"));
        assert!(seen.read_between(5.0, 7.0) && !seen.read_between(7.0, 11.0));
    }
}
