//! The network between the hosts, where it is more than a wire: it delays each packet, and loses some.
//!
//! It passes frames from one veth to the other, unchanged but for the checksum, which the sending host left to the
//! device. Frames other than IPv4 are passed on at once, so that addresses are resolved as on a plain wire.

use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nix::ifaddrs::getifaddrs;
use nix::sys::socket::{
    AddressFamily, LinkAddr, MsgFlags, SockFlag, SockProtocol, SockType, bind, recvfrom, send, setsockopt,
    socket, sockopt,
};
use nix::sys::time::{TimeVal, TimeValLike};

use crate::frame;
use crate::host::Host;
use crate::netns::{Namespace, port};
use crate::trouble::Trouble;

/// Which segments are lost: `drop FROM FLAGS LEN COUNT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    from: Host,
    /// Exactly these of A, F, R and S, in this order; `None` for any.
    flags: Option<String>,
    /// Whether the segment must carry data; `None` for either.
    data: Option<bool>,
    /// How many more segments to lose; `None` for no limit.
    left: Option<u32>,
    /// The step as it was written.
    pub(crate) line: String,
}

impl Rule {
    /// Reads the arguments of a step, such as `server SA * -1`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [from, flags, len, count] = words.as_slice() else { return None };
        let flags = match *flags {
            "*" => None,
            flags if flags.chars().all(|flag| "AFRS".contains(flag)) => {
                Some("AFRS".chars().filter(|flag| flags.contains(*flag)).collect())
            }
            _ => return None,
        };
        Some(Self {
            from: Host::parse(from)?,
            flags,
            data: match *len {
                "*" => None,
                "0" => Some(false),
                "+" => Some(true),
                _ => return None,
            },
            left: if *count == "-1" { None } else { Some(count.parse().ok()?) },
            line: format!("drop {}", words.join(" ")),
        })
    }

    /// Whether the rule takes this segment; if so, the segment is counted.
    fn takes(&mut self, from: Host, flags: &str, len: usize) -> bool {
        let wanted = self.from == from
            && self.flags.as_deref().is_none_or(|own| own == flags)
            && self.data.is_none_or(|data| data == (len > 0))
            && self.left != Some(0);
        if wanted {
            self.left = self.left.map(|left| left - 1);
        }
        wanted
    }
}

/// The running network.
#[derive(Debug)]
pub(crate) struct Relay {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    delay: Duration,
    rules: Mutex<Vec<Rule>>,
    /// What was lost, and when.
    lost: Mutex<Vec<(Instant, String)>>,
    over: AtomicBool,
}

/// A frame, and when it is due.
type Held = (Instant, Vec<u8>);

impl Relay {
    /// Starts passing frames, in the namespace of the network.
    pub(crate) fn start(namespace: &Namespace, delay: Duration) -> Result<Self, Trouble> {
        let shared =
            Shared { delay, rules: Mutex::default(), lost: Mutex::default(), over: AtomicBool::new(false) };
        let mut relay = Self { shared: Arc::new(shared), threads: Vec::new() };
        for from in Host::BOTH {
            let (input, output) = namespace
                .inside(|| Ok((open(port(from), SockProtocol::EthAll)?, open(port(from.peer()), None)?)))
                .map_err(Trouble::system("cannot open the relay"))?;
            let (holding, held) = mpsc::channel();
            let shared = Arc::clone(&relay.shared);
            relay.threads.push(thread::spawn(move || take(from, &input, &holding, &shared)));
            let shared = Arc::clone(&relay.shared);
            relay.threads.push(thread::spawn(move || hand_on(&output, &held, &shared)));
        }
        Ok(relay)
    }

    /// Loses the segments that `rule` takes, from now on.
    pub(crate) fn lose(&self, rule: Rule) {
        self.shared.rules.lock().unwrap_or_else(PoisonError::into_inner).push(rule);
    }

    /// Loses nothing from now on.
    pub(crate) fn clear(&self) {
        self.shared.rules.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Ends the relay, and returns what was lost and when.
    pub(crate) fn end(&mut self) -> Vec<(Instant, String)> {
        self.shared.over.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            // A thread that panicked has printed why.
            let _ = thread.join();
        }
        std::mem::take(&mut *self.shared.lost.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.end();
    }
}

/// A socket that receives every frame of one device, or only sends there. What is received and not read stays in memory, and
/// for the kernel the segment has not left this machine then: it would not be joined with another one when it is sent again.
fn open(device: &str, received: impl Into<Option<SockProtocol>>) -> io::Result<OwnedFd> {
    let addr: Option<LinkAddr> = getifaddrs()?
        .filter(|found| found.interface_name == device)
        .find_map(|found| found.address?.as_link_addr().copied());
    let addr = addr.ok_or_else(|| io::Error::other(format!("{device} is not there")))?;
    let socket = socket(AddressFamily::Packet, SockType::Raw, SockFlag::SOCK_CLOEXEC, received)?;
    bind(socket.as_raw_fd(), &addr)?;
    // A thread that receives nothing must check now and then whether the relay has ended.
    setsockopt(&socket, sockopt::ReceiveTimeout, &TimeVal::milliseconds(100))?;
    Ok(socket)
}

/// How a loss is described in a recording.
pub(crate) fn loss(from: Host, flags: &str, len: usize) -> String {
    format!("dropped in the network: from {} flags {flags} len {len}", from.word())
}

/// Receives frames, and drops those that a rule takes.
fn take(from: Host, input: &OwnedFd, holding: &Sender<Held>, shared: &Shared) {
    /// `PACKET_OUTGOING`: a frame that this socket's own host sent.
    const OUTGOING: u8 = 4;
    let mut frame = vec![0; 1 << 17];
    while !shared.over.load(Ordering::Relaxed) {
        let Ok((length, sender)) = recvfrom::<LinkAddr>(input.as_raw_fd(), &mut frame) else { continue };
        if sender.is_none_or(|sender| sender.pkttype() == OUTGOING) {
            continue;
        }
        let now = Instant::now();
        let frame = &mut frame[..length];
        let due = if frame::is_ipv4(frame) { now + shared.delay } else { now };
        if let Some(segment) = frame::segment(frame) {
            let (flags, len) = (segment.flags, segment.len);
            let mut rules = shared.rules.lock().unwrap_or_else(PoisonError::into_inner);
            if rules.iter_mut().any(|rule| rule.takes(from, &flags, len)) {
                let text = loss(from, &flags, len);
                shared.lost.lock().unwrap_or_else(PoisonError::into_inner).push((now, text));
                continue;
            }
            frame::fill_checksum(frame);
        }
        if holding.send((due, frame.to_vec())).is_err() {
            return;
        }
    }
}

/// Sends each frame when it is due.
fn hand_on(output: &OwnedFd, held: &Receiver<Held>, shared: &Shared) {
    let mut waiting: VecDeque<Held> = VecDeque::new();
    while !shared.over.load(Ordering::Relaxed) {
        let next = waiting.front().map(|(due, _)| due.saturating_duration_since(Instant::now()));
        match held.recv_timeout(next.unwrap_or(Duration::from_millis(100))) {
            // Frames without a delay overtake the others.
            Ok(frame) => {
                let place = waiting.partition_point(|(due, _)| *due <= frame.0);
                waiting.insert(place, frame);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        while waiting.front().is_some_and(|(due, _)| *due <= Instant::now()) {
            if let Some((_, frame)) = waiting.pop_front() {
                // If the host is gone already, the frame is not missed.
                let _ = send(output.as_raw_fd(), &frame, MsgFlags::empty());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_takes_exactly_its_flags_and_counts() {
        let mut rule = Rule::parse("server SA * 1").expect("it is written right");
        assert!(!rule.takes(Host::Client, "AS", 0));
        assert!(!rule.takes(Host::Server, "A", 0));
        assert!(rule.takes(Host::Server, "AS", 0));
        assert!(!rule.takes(Host::Server, "AS", 0), "it had one to take");
        let mut data = Rule::parse("client A + -1").expect("it is written right");
        assert!(!data.takes(Host::Client, "A", 0));
        assert!(data.takes(Host::Client, "A", 6) && data.takes(Host::Client, "A", 6));
        assert_eq!(Rule::parse("client XY * 1"), None);
        assert_eq!(Rule::parse("client A 6 1"), None, "the simulator's network knows no lengths");
        assert_eq!(Rule::parse("site S * 1"), None);
    }
}
