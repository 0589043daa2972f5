//! What tcpdump hears in both namespaces, and the packets that follow from it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::clock::Clock;
use super::frame::{self, Header};
use super::host::Host;
use super::netns::Namespace;
use super::tool;
use super::trouble::Trouble;

/// A running tcpdump; ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Capture {
    child: Child,
    reader: Option<JoinHandle<String>>,
}

impl Capture {
    /// Starts one, and returns when it listens.
    pub(crate) fn start(namespace: &Namespace) -> Result<Self, Trouble> {
        const ARGS: [&str; 12] = [
            "-i",
            "any",
            "-n",
            "-S",
            "-tt",
            "-x",
            "-l",
            "-s",
            "200",
            "--immediate-mode",
            "--time-stamp-precision=nano",
            // In KiB: a burst of large data must fit.
            "-B8192",
        ];
        let program = tool::find_tool("tcpdump").unwrap_or_else(|| "tcpdump".into());
        let mut command = Command::new(program);
        command.args(ARGS).arg("arp or ip or (ip6 and tcp)");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = namespace.spawn(&mut command).map_err(Trouble::system("cannot start tcpdump"))?;
        let reader = child.stdout.take().map(|mut pipe| {
            thread::spawn(move || {
                let mut text = Vec::new();
                // What came before an error is still worth reading.
                let _ = pipe.read_to_end(&mut text);
                String::from_utf8_lossy(&text).into_owned()
            })
        });
        let mut said = String::new();
        if let Some(pipe) = child.stderr.take() {
            let mut pipe = BufReader::new(pipe);
            while !said.contains("listening on") && pipe.read_line(&mut said).is_ok_and(|count| count > 0) {}
            // It counts its packets at the end; nobody reads that.
            thread::spawn(move || std::io::copy(&mut pipe, &mut std::io::sink()));
        }
        let capture = Self { child, reader };
        if said.contains("listening on") {
            Ok(capture)
        } else {
            Err(Trouble::Tool { command: "tcpdump".to_owned(), said })
        }
    }

    /// Ends it; what it heard.
    pub(crate) fn end(mut self, host: Host, clock: &Clock) -> Vec<Heard> {
        // What is on its way to it shall arrive.
        thread::sleep(Duration::from_millis(50));
        self.interrupt();
        let text = self.reader.take().and_then(|reader| reader.join().ok()).unwrap_or_default();
        parse(&text, host, clock)
    }

    fn interrupt(&self) {
        if let Ok(pid) = i32::try_from(self.child.id()) {
            // It may have ended by itself.
            let _ = kill(Pid::from_raw(pid), Signal::SIGINT);
        }
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.interrupt();
        let _ = self.child.wait();
    }
}

/// Where a packet was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Leaving the host.
    Out,
    /// Reaching it.
    In,
    /// Staying in it.
    Loop,
}

/// One line of tcpdump.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// In milliseconds since the start.
    pub(crate) at: f64,
    /// Where it was captured.
    pub(crate) host: Host,
    /// Whither it went.
    pub(crate) way: Way,
    /// The line without time and device.
    pub(crate) text: String,
    /// If it is TCP.
    pub(crate) header: Option<Header>,
}

/// Reads the output of `tcpdump -i any -tt -x`.
pub(crate) fn parse(text: &str, host: Host, clock: &Clock) -> Vec<Heard> {
    let mut heard: Vec<Heard> = Vec::new();
    let mut octets = Vec::new();
    let mut open = false;
    let finish = |heard: &mut Vec<Heard>, octets: &mut Vec<u8>, open: bool| {
        if let Some(last) = heard.last_mut().filter(|_| open) {
            last.header = frame::header(octets);
        }
        octets.clear();
    };
    for line in text.lines() {
        if line.starts_with('\t') {
            octets.extend(hex(line));
            continue;
        }
        finish(&mut heard, &mut octets, open);
        let one = read_line(line, host, clock);
        open = one.is_some();
        heard.extend(one);
    }
    finish(&mut heard, &mut octets, open);
    heard
}

/// `1795394110.084825 eth0  Out IP 10.211.55.2.55348 > …`
fn read_line(line: &str, host: Host, clock: &Clock) -> Option<Heard> {
    let (seconds, rest) = line.split_once(' ')?;
    let (device, rest) = rest.trim_start().split_once(' ')?;
    let (way, text) = rest.trim_start().split_once(' ')?;
    let way = match (device, way) {
        ("lo", "In") => Way::Loop,
        ("lo", _) => return None,
        (_, "Out") => Way::Out,
        (_, "In" | "B") => Way::In,
        _ => return None,
    };
    let at = clock.of_real(seconds.parse().ok()?);
    Some(Heard { at, host, way, text: text.trim_start().to_owned(), header: None })
}

/// The octets of `\t0x0000:  4500 003c …`.
fn hex(line: &str) -> Vec<u8> {
    let digits: Vec<u8> = line
        .split_once(':')
        .map(|(_, rest)| {
            rest.chars().filter_map(|digit| digit.to_digit(16)).filter_map(|digit| u8::try_from(digit).ok())
        })
        .into_iter()
        .flatten()
        .collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// A packet, once.
#[derive(Clone, Debug)]
pub(crate) struct Packet {
    /// When it left, in milliseconds.
    pub(crate) at: f64,
    /// When it arrived; `None`: never.
    pub(crate) rx: Option<f64>,
    /// Who sent it.
    pub(crate) from: Host,
    /// The host that talked to itself.
    pub(crate) to_itself: bool,
    /// The line.
    pub(crate) text: String,
    /// What kind.
    pub(crate) proto: Proto,
}

/// What a packet is.
#[derive(Clone, Debug)]
pub(crate) enum Proto {
    /// An address is asked for, or told.
    Arp,
    /// A message about another packet.
    Icmp,
    /// A segment.
    Tcp(Segment),
}

/// A segment as the traces tell it.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// `10.211.55.2:42612`
    pub(crate) src: String,
    /// The other end.
    pub(crate) dst: String,
    /// SEG.SEQ, SEG.ACK, SEG.WND and the flags.
    pub(crate) header: Header,
    /// SEG.LEN without SYN and FIN.
    pub(crate) len: u32,
    /// SEG.SEQ since the sender's ISS.
    pub(crate) rel_seq: Option<u32>,
    /// SEG.ACK since the receiver's ISS.
    pub(crate) rel_ack: Option<u32>,
}

/// What one host saw leave and what the other saw arrive, put together.
pub(crate) fn packets(heard: Vec<Heard>, delay: Duration) -> Vec<Packet> {
    let held = delay.as_secs_f64() * 1000.0;
    let (mut arrivals, mut rest): (Vec<Heard>, Vec<Heard>) =
        heard.into_iter().partition(|heard| heard.way == Way::In);
    rest.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut packets = Vec::new();
    for sent in rest {
        let proto = match (&sent.header, sent.text.as_str()) {
            (Some(header), _) => match segment(&sent.text, header) {
                Some(segment) => Proto::Tcp(segment),
                None => continue,
            },
            (None, text) if text.starts_with("ARP") => Proto::Arp,
            (None, text) if text.contains("ICMP") => Proto::Icmp,
            _ => continue,
        };
        let to_itself = sent.way == Way::Loop;
        let rx = if to_itself {
            Some(sent.at)
        } else {
            // The same line later, but not so late that it could be another packet's.
            let within = -0.5..held.mul_add(1.5, 500.0);
            let is_it = |other: &Heard| {
                other.host == sent.host.peer()
                    && other.text == sent.text
                    && within.contains(&(other.at - sent.at - held))
            };
            arrivals.iter().position(is_it).map(|place| arrivals.remove(place).at.max(sent.at))
        };
        packets.push(Packet { at: sent.at, rx, from: sent.host, to_itself, text: sent.text, proto });
    }
    relative(&mut packets);
    packets
}

/// `IP 10.211.55.2.42612 > 10.211.55.10.5555: Flags [S], …, length 0`
fn segment(text: &str, header: &Header) -> Option<Segment> {
    let (addrs, rest) = text.split_once(": Flags")?;
    let (src, dst) = addrs.split_once(' ')?.1.split_once(" > ")?;
    let with_colon = |addr: &str| addr.rsplit_once('.').map(|(addr, port)| format!("{addr}:{port}"));
    let len = rest.rsplit_once("length ")?.1;
    let len = len.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()?;
    Some(Segment {
        src: with_colon(src)?,
        dst: with_colon(dst)?,
        header: header.clone(),
        len,
        rel_seq: None,
        rel_ack: None,
    })
}

/// Counts from the initial sequence numbers, which a SYN sets anew.
fn relative(packets: &mut [Packet]) {
    const SYN: u8 = 0x02;
    let mut iss: BTreeMap<(String, String), u32> = BTreeMap::new();
    for packet in packets {
        let Proto::Tcp(segment) = &mut packet.proto else { continue };
        let there = (segment.src.clone(), segment.dst.clone());
        let back = (segment.dst.clone(), segment.src.clone());
        if segment.header.flags & SYN != 0 {
            let before = iss.insert(there.clone(), segment.header.seq);
            if segment.header.ack.is_none() && before.is_some_and(|before| before != segment.header.seq) {
                // A new connection of the same name.
                iss.remove(&back);
            }
        }
        segment.rel_seq = iss.get(&there).map(|iss| segment.header.seq.wrapping_sub(*iss));
        segment.rel_ack = segment.header.ack.and_then(|ack| iss.get(&back).map(|iss| ack.wrapping_sub(*iss)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYN: &str = "1.000500 eth0  Out IP 10.211.55.2.42612 > 10.211.55.10.5555: Flags [S], seq 16909060, win 64240, length 0
\t0x0000:  4500 0028 0000 4000 4006 0000 0ad3 3702
\t0x0010:  0ad3 370a a674 15b3 0102 0304 0000 0000
\t0x0020:  5002 faf0 1234 0000
";
    const REFUSED: &str = "1.000700 eth0  Out IP 10.211.55.10.5555 > 10.211.55.2.42612: Flags [R.], seq 0, ack 16909061, win 0, length 0
\t0x0000:  4500 0028 0000 4000 4006 0000 0ad3 370a
\t0x0010:  0ad3 3702 15b3 a674 0000 0000 0102 0305
\t0x0020:  5014 0000 1234 0000
";

    fn zero() -> Clock {
        Clock::of(0.0, 0.0)
    }

    #[test]
    fn a_packet_is_told_once_with_both_times() {
        let arrives = |text: &str| text.replace("Out", "In ").replace("00 eth0", "90 eth0");
        let mut heard = parse(&format!("{SYN}{}", arrives(REFUSED)), Host::Client, &zero());
        heard.extend(parse(&format!("{}{REFUSED}", arrives(SYN)), Host::Server, &zero()));
        let packets = packets(heard, Duration::ZERO);
        let told: Vec<_> = packets.iter().map(|packet| (packet.from, packet.rx.is_some())).collect();
        assert_eq!(told, [(Host::Client, true), (Host::Server, true)]);
        let Proto::Tcp(refused) = &packets[1].proto else { panic!("it is a segment") };
        assert_eq!((refused.src.as_str(), refused.dst.as_str()), ("10.211.55.10:5555", "10.211.55.2:42612"));
        assert_eq!((refused.rel_seq, refused.rel_ack, refused.len), (None, Some(1), 0));
        assert!((packets[0].at - 1000.5).abs() < 0.001, "{}", packets[0].at);
    }

    #[test]
    fn what_never_arrives_has_no_second_time() {
        let packets = packets(parse(SYN, Host::Client, &zero()), Duration::from_millis(20));
        assert_eq!(packets[0].rx, None);
    }

    #[test]
    fn what_a_host_tells_itself_is_marked() {
        let text = "2.0 lo    In  IP 10.211.55.2 > 10.211.55.2: ICMP 10.211.55.10 tcp port 5555 unreachable, length 68\n";
        let out = text.replace("In ", "Out");
        let packets = packets(parse(&format!("{out}{text}"), Host::Client, &zero()), Duration::ZERO);
        assert_eq!(packets.len(), 1);
        assert!(packets[0].to_itself && matches!(packets[0].proto, Proto::Icmp));
    }
}
