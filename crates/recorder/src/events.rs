//! What the kernel itself reports through tracefs: changes of state and retransmissions.
//!
//! Tracefs does not show the namespace of an event, so events are assigned by addresses and ports; see
//! [`crate::trajectory`].

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::clock::Clock;
use crate::host::Host;

/// Prefix of the trace instances of this program, followed by the number of the recorder's process.
const OURS: &str = "tcp-states-";

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// Milliseconds since the start.
    pub(crate) at: f64,
    /// Host of the socket.
    pub(crate) host: Host,
    /// This host's end, as `ADDR:PORT`; port 0 if it is not chosen yet.
    pub(crate) local: String,
    /// The peer's end.
    pub(crate) remote: String,
    /// What the kernel reported.
    pub(crate) kind: Kind,
}

impl Event {
    /// Whether a listener began or ended; children in LISTEN have a peer.
    pub(crate) fn is_of_listener(&self) -> bool {
        self.remote.ends_with(":0")
            && matches!(self.kind, Kind::State("LISTEN", _) | Kind::State(_, "LISTEN"))
    }
}

/// What the kernel reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A change of state, from the first to the second.
    State(&'static str, &'static str),
    /// A retransmission in this state, with the result of sending it: -1 if this host's firewall dropped it.
    Retransmit(&'static str, i64),
    /// A retransmitted SYN,ACK.
    RetransmitSynAck,
}

/// A trace instance of this program, removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Events {
    folder: PathBuf,
    over: Arc<AtomicBool>,
    reader: Option<JoinHandle<Vec<String>>>,
}

impl Events {
    /// Starts a trace instance, if there is a tracefs with these events.
    pub(crate) fn start() -> Option<Self> {
        const WANTED: [&str; 3] =
            ["sock/inet_sock_set_state", "tcp/tcp_retransmit_skb", "tcp/tcp_retransmit_synack"];
        let root = root()?;
        let instances = root.join("instances");
        sweep(&instances);
        let folder = instances.join(format!("{OURS}{}", process::id()));
        fs::create_dir(&folder).ok()?;
        let mut events = Self { folder, over: Arc::default(), reader: None };
        fs::write(events.folder.join("trace_clock"), "mono").ok()?;
        for event in WANTED {
            fs::write(events.folder.join("events").join(event).join("enable"), "1").ok()?;
        }
        let pipe = File::open(events.folder.join("trace_pipe")).ok()?;
        let over = Arc::clone(&events.over);
        events.reader = Some(thread::spawn(move || {
            let lines = BufReader::new(pipe).lines().map_while(Result::ok);
            lines.take_while(|_| !over.load(Ordering::Relaxed)).collect()
        }));
        Some(events)
    }

    /// Ends the trace, and returns the events of the two hosts.
    pub(crate) fn end(mut self, clock: &Clock) -> Vec<Event> {
        let lines = self.stop();
        lines.iter().filter_map(|line| read_line(line, clock)).flat_map(on_its_hosts).collect()
    }

    fn stop(&mut self) -> Vec<String> {
        let Some(reader) = self.reader.take() else { return Vec::new() };
        // Leaves time for the last events, which must come before the mark written below.
        thread::sleep(std::time::Duration::from_millis(50));
        self.over.store(true, Ordering::Relaxed);
        // The reader waits for a line.
        let marker = OpenOptions::new().write(true).open(self.folder.join("trace_marker"));
        match marker.and_then(|mut marker| marker.write_all(b"over\n")) {
            Ok(()) => reader.join().unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.stop();
        // An instance cannot be removed while it is read; this one's reader has ended.
        let _ = fs::remove_dir(&self.folder);
    }
}

/// Where tracefs is, if it is mounted and has these events.
fn root() -> Option<&'static Path> {
    let places = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];
    places.into_iter().map(Path::new).find(|root| root.join("events/tcp").is_dir())
}

/// Whether the kernel reports its events here.
pub(crate) fn are_reported() -> bool {
    root().is_some()
}

/// Removes the instances of recorders that were killed.
fn sweep(instances: &Path) {
    for folder in fs::read_dir(instances).into_iter().flatten().flatten() {
        let name = folder.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(OURS)?.parse::<u32>().ok());
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner.to_string()).exists()) {
            // Another recorder may be sweeping at the same time.
            let _ = fs::remove_dir(folder.path());
        }
    }
}

/// A listener at any address may be either host's; the table shows whose it is.
fn on_its_hosts(event: Event) -> Vec<Event> {
    if event.is_of_listener() && event.local.starts_with(['0', ':']) {
        Host::BOTH.map(|host| Event { host, ..event.clone() }).into()
    } else {
        vec![event]
    }
}

/// `… 1234.567890: inet_sock_set_state: family=AF_INET … oldstate=TCP_CLOSE newstate=TCP_SYN_SENT`
fn read_line(line: &str, clock: &Clock) -> Option<Event> {
    let (head, rest) = line.split_once(": ")?;
    let seconds: f64 = head.split_whitespace().last()?.parse().ok()?;
    let (name, fields) = rest.split_once(": ")?;
    let field = |name: &str| {
        fields
            .split_whitespace()
            .find_map(|word| word.split_once('=').filter(|(own, _)| *own == name))
            .map(|(_, value)| value)
    };
    let kind = match name.trim() {
        "inet_sock_set_state" if field("protocol") == Some("IPPROTO_TCP") => {
            Kind::State(state(field("oldstate")?)?, state(field("newstate")?)?)
        }
        "tcp_retransmit_skb" => {
            Kind::Retransmit(state(field("state")?)?, field("err").map_or(Some(0), |err| err.parse().ok())?)
        }
        "tcp_retransmit_synack" => Kind::RetransmitSynAck,
        _ => return None,
    };
    let addr = |name: &str| field(name)?.parse::<Ipv4Addr>().ok();
    let (from, to) = (addr("saddr")?, addr("daddr")?);
    let at_any = from.is_unspecified() && matches!(kind, Kind::State("LISTEN", _) | Kind::State(_, "LISTEN"));
    // Either host has a loopback address; the packets show which one it was. A further address on their network is that of
    // the host that is not at the other end.
    let has = |host: &Host| at_any || from.is_loopback() || host.addr() == from;
    let further = |host: &Host| {
        host.addr().octets().starts_with(&from.octets()[..3])
            && Host::BOTH.iter().all(|other| other.addr() != from)
            && Host::BOTH.iter().any(|other| other != host && other.addr() == to)
    };
    let host = Host::BOTH.into_iter().find(has).or_else(|| Host::BOTH.into_iter().find(further))?;
    let is_of_6 = at_any && field("family") == Some("AF_INET6");
    let from = if is_of_6 { "::".to_owned() } else { from.to_string() };
    Some(Event {
        at: clock.of_monotonic(seconds),
        host,
        local: format!("{from}:{}", field("sport")?),
        remote: format!("{to}:{}", field("dport")?),
        kind,
    })
}

/// The kernel's name of a state, in netstat's spelling.
fn state(name: &str) -> Option<&'static str> {
    Some(match name.strip_prefix("TCP_")? {
        "ESTABLISHED" => "ESTABLISHED",
        "SYN_SENT" => "SYN_SENT",
        "SYN_RECV" | "NEW_SYN_RECV" => "SYN_RECV",
        "FIN_WAIT1" => "FIN_WAIT1",
        "FIN_WAIT2" => "FIN_WAIT2",
        "TIME_WAIT" => "TIME_WAIT",
        "CLOSE" => "CLOSED",
        "CLOSE_WAIT" => "CLOSE_WAIT",
        "LAST_ACK" => "LAST_ACK",
        "LISTEN" => "LISTEN",
        "CLOSING" => "CLOSING",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Event> {
        read_line(line, &Clock::of(0.0, 1234.5))
    }

    #[test]
    fn a_change_of_state_is_read() {
        let event = read(
            "          <idle>-0       [001] ..s1.  1234.501000: inet_sock_set_state: family=AF_INET \
             protocol=IPPROTO_TCP sport=42612 dport=5555 saddr=10.211.55.2 daddr=10.211.55.10 \
             saddrv6=::ffff:10.211.55.2 daddrv6=::ffff:10.211.55.10 oldstate=TCP_SYN_SENT newstate=TCP_ESTABLISHED",
        );
        let event = event.expect("it is one of ours");
        assert!((event.at - 1.0).abs() < 0.001);
        assert_eq!((event.host, event.kind), (Host::Client, Kind::State("SYN_SENT", "ESTABLISHED")));
        assert_eq!((event.local.as_str(), event.remote.as_str()), ("10.211.55.2:42612", "10.211.55.10:5555"));
    }

    #[test]
    fn a_retransmission_that_the_own_firewall_dropped_is_read() {
        let event = read(
            "nc-77 [000] b.s2. 1235.5: tcp_retransmit_skb: skbaddr=1 skaddr=2 family=AF_INET sport=42612 dport=5555 \
             saddr=10.211.55.2 daddr=10.211.55.10 saddrv6=:: daddrv6=:: state=TCP_SYN_SENT err=-1",
        );
        assert_eq!(event.map(|event| event.kind), Some(Kind::Retransmit("SYN_SENT", -1)));
    }

    #[test]
    fn a_listener_at_any_address_may_be_either_hosts() {
        let line = |family: &str| {
            let line = format!(
                "nc-77 [000] ..... 1234.501000: inet_sock_set_state: family={family} protocol=IPPROTO_TCP sport=5555 \
                 dport=0 saddr=0.0.0.0 daddr=0.0.0.0 saddrv6=:: daddrv6=:: oldstate=TCP_CLOSE newstate=TCP_LISTEN"
            );
            let events = read(&line).map(on_its_hosts).unwrap_or_default();
            events.into_iter().map(|event| (event.host, event.local)).collect::<Vec<_>>()
        };
        let both = |local: &str| Host::BOTH.map(|host| (host, local.to_owned())).to_vec();
        assert_eq!(line("AF_INET"), both("0.0.0.0:5555"));
        assert_eq!(line("AF_INET6"), both(":::5555"));
    }

    #[test]
    fn others_are_none_of_ours() {
        assert_eq!(read("bash-1 [000] ..... 1235.5: tracing_mark_write: over"), None);
        let other = "x-1 [000] ..... 1235.5: tcp_retransmit_synack: family=AF_INET sport=1 dport=2 saddr=10.0.0.1 daddr=10.0.0.2";
        assert_eq!(read(other), None);
    }
}
