//! A tcpdump in a namespace, and the packets that it captures.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::clock::Clock;
use crate::frame::{self, Header};
use crate::host::Host;
use crate::netns::Namespace;
use crate::tool;
use crate::trouble::Trouble;

/// A running tcpdump, ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Capture {
    child: Child,
    reader: Option<JoinHandle<String>>,
}

impl Capture {
    /// Starts tcpdump, and returns as soon as it listens.
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
                // What was read before an error is still useful.
                let _ = pipe.read_to_end(&mut text);
                String::from_utf8_lossy(&text).into_owned()
            })
        });
        let mut said = String::new();
        if let Some(pipe) = child.stderr.take() {
            let mut pipe = BufReader::new(pipe);
            while !said.contains("listening on") && pipe.read_line(&mut said).is_ok_and(|count| count > 0) {}
            // tcpdump prints its packet counts at the end; they are not needed.
            thread::spawn(move || std::io::copy(&mut pipe, &mut std::io::sink()));
        }
        let capture = Self { child, reader };
        if said.contains("listening on") {
            Ok(capture)
        } else {
            Err(Trouble::Tool { command: "tcpdump".to_owned(), said })
        }
    }

    /// Ends tcpdump, and returns the packets that it captured.
    pub(crate) fn end(mut self, host: Host, clock: &Clock) -> Vec<Heard> {
        // Leaves time for packets that are on their way to tcpdump.
        thread::sleep(Duration::from_millis(50));
        self.interrupt();
        let text = self.reader.take().and_then(|reader| reader.join().ok()).unwrap_or_default();
        parse(&text, host, clock)
    }

    fn interrupt(&self) {
        if let Ok(pid) = i32::try_from(self.child.id()) {
            // tcpdump may have ended by itself.
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

/// Direction of a packet relative to the capturing host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Leaving the host.
    Out,
    /// Arriving at the host.
    In,
    /// Staying in the host.
    Loop,
}

/// One line of tcpdump.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// Milliseconds since the start.
    pub(crate) at: f64,
    /// Host on which the packet was captured.
    pub(crate) host: Host,
    /// Direction relative to the capturing host.
    pub(crate) way: Way,
    /// The line without its time and device.
    pub(crate) text: String,
    /// The TCP header, if the packet is TCP.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_octets_are_put_together() {
        let text = "1.000500 eth0  In  IP 10.211.55.2.42612 > 10.211.55.10.5555: Flags [S], seq 1, length 0
\t0x0000:  4500 0028 0000 4000 4006 0000 0ad3 3702
\t0x0010:  0ad3 370a a674 15b3 0102 0304 0000 0000
\t0x0020:  5002 faf0 1234 0000
1.000600 eth0  M   ARP, Request who-has 10.211.55.2 tell 10.211.55.10, length 28
\t0x0000:  0001
1.000700 eth0  Out ARP, Reply 10.211.55.2 is-at 3e:b7:fd:6a:4a:81, length 28
\t0x0000:  0001
";
        let heard = parse(text, Host::Server, &Clock::of(0.0, 0.0));
        let seen: Vec<_> =
            heard.iter().map(|heard| (heard.way, heard.header.is_some(), &heard.text[..3])).collect();
        assert_eq!(seen, [(Way::In, true, "IP "), (Way::Out, false, "ARP")]);
        assert_eq!(heard[0].header.as_ref().map(|header| header.seq), Some(0x0102_0304));
    }
}
