//! `tcpdump` 4.99.3: prints the packets that pass an interface of its host.
//!
//! It sees what a capture on a real host sees: what the OUTPUT chain let pass, and what comes in before the INPUT chain.
//! Left out on purpose: ARP, which the lab's link has not; protocols over TCP other than HTTP, FTP and SMTP; the second
//! that a real one may take until it prints; and most of its options, which are refused by name. Checksums are true here
//! also in what this host sends, as on a card that leaves them to the kernel.

mod dump;
mod file;
mod filter;
mod ip;
mod options;
mod print;
mod tcp;
mod text;

use super::{Begun, Event, Life, Program, Sys};
use crate::capture::{Captured, Direction, Interface, LinkType, SNAPSHOT_LENGTH, Tap, micros_since_1970};
use crate::output::Refusal;
use file::{Record, Writer};
use filter::{Filter, Source, Subject};
use options::{Device, Options, Wanted};
use print::Printer;

/// What standard output holds back if it is a pipe: the C library writes that much at once.
const BUFFER: usize = 4096;

/// What it says of a filter such as `arp`, for which it would wait without end.
const NOTHING_SUCH: &str =
    "tcpdump: this lab has no such packets: its link carries TCP, and ICMP over IPv4, but no ARP\n";

/// A running tcpdump.
#[derive(Clone, Debug)]
pub(crate) struct Tcpdump {
    options: Options,
    filter: Filter,
    tap: Tap,
    printer: Printer,
    /// The file that takes the packets in place of the terminal.
    writer: Option<Writer>,
    /// What was printed and has not left for the pipe.
    held: String,
    captured: u64,
    received: u64,
}

/// Starts it: reads the options, asks for the interface, and compiles the filter.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let options = match options::read(args)? {
        Wanted::Capture(options) => *options,
        Wanted::Text(text) => return Err(Refusal::help(text)),
    };
    if let Some(path) = options.read.clone() {
        return read_file(&path, options, sys);
    }
    let device = options.device.clone();
    if !sys.user.is_root() {
        return Err(failed(&format!(
            "{}: You don't have permission to perform this capture on that device\n\
             (socket: Operation not permitted)",
            device.name()
        )));
    }
    if let Device::Missing(name) = &device {
        return Err(failed(&format!("{name}: No such device exists\n(No such device exists)")));
    }
    if device == Device::Link && !sys.world.is_linked(sys.host) {
        return Err(failed("eth0: That device is not up"));
    }
    let kind = device.link();
    if kind == LinkType::Cooked {
        sys.stderr("tcpdump: data link type LINUX_SLL2\n");
    }
    let filter = compiled(&options, kind, sys)?;
    let writer = match &options.write {
        Some(path) => Some(Writer::create(path, kind, sys).map_err(|why| failed(&format!("{path}: {why}")))?),
        None => None,
    };
    if filter.rejects_all_here() {
        sys.stderr(NOTHING_SUCH);
    }
    let suppressed = options.verbose == 0 && writer.is_none();
    sys.stderr(&format!(
        "{}listening on {}, link-type {}, snapshot length {SNAPSHOT_LENGTH} bytes\n",
        if suppressed {
            "tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n"
        } else {
            "tcpdump: "
        },
        device.name(),
        file::described(kind),
    ));
    let mut tap = Tap::new(sys.host);
    tap.skip(sys.world.log());
    let printer = Printer::new(&options, sys.host, sys.names);
    let tcpdump =
        Tcpdump { options, filter, tap, printer, writer, held: String::new(), captured: 0, received: 0 };
    Ok(Begun::runs(Program::Tcpdump(Box::new(tcpdump))))
}

/// `1 packet`, `2 packets`
fn packets(count: u64) -> String {
    format!("{count} packet{}", if count == 1 { "" } else { "s" })
}

/// The error of a whole run.
fn failed(why: &str) -> Refusal {
    Refusal::new(format!("tcpdump: {why}\n"), 1)
}

fn compiled(options: &Options, kind: LinkType, sys: &Sys<'_>) -> Result<Filter, Refusal> {
    let source = match kind {
        LinkType::Cooked => Source::Cooked,
        LinkType::Ethernet if options.read.is_some() => Source::SavedEthernet,
        LinkType::Ethernet => Source::Ethernet,
    };
    filter::parse(&options.filter, sys.names, source).map_err(|why| failed(&why))
}

/// `-r`: prints the packets of a file.
fn read_file(path: &str, options: Options, sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let octets = sys.files.read(sys.host, sys.user, path).map_err(|why| failed(&format!("{path}: {why}")))?;
    let (kind, records) = file::read(&octets).map_err(|why| failed(&why))?;
    sys.stderr(&format!(
        "reading from file {path}, link-type {}, snapshot length {SNAPSHOT_LENGTH}\n",
        file::described(kind)
    ));
    if kind == LinkType::Cooked && options.write.is_none() {
        sys.stderr("Warning: interface names might be incorrect\n");
    }
    let filter = compiled(&options, kind, sys)?;
    let mut writer = match &options.write {
        Some(path) => Some(Writer::create(path, kind, sys).map_err(|why| failed(&format!("{path}: {why}")))?),
        None => None,
    };
    let mut printer = Printer::new(&options, sys.host, sys.names);
    let mut printed = String::new();
    let mut count = 0;
    for record in records {
        let record = record.map_err(|why| {
            sys.stdout(&std::mem::take(&mut printed));
            failed(&why)
        })?;
        if !filter.takes(record.subject()) {
            continue;
        }
        match &mut writer {
            Some(writer) => writer.add(&record),
            None if options.only_count => {}
            None => printed += &printer.line(&record),
        }
        count += 1;
        if options.count == Some(count) {
            break;
        }
    }
    if let Some(writer) = &mut writer {
        writer.flush(sys);
    }
    if options.only_count {
        printed = format!("{}\n", packets(count));
    }
    sys.stdout(&printed);
    Ok(Begun::Ended(0))
}

impl Tcpdump {
    /// Whether packets may have passed that it has not looked at.
    pub(crate) const fn is_behind(&self, log: &tcp_core::net::Log) -> bool {
        self.tap.is_behind(log)
    }

    /// Handles one event. What is typed is not read.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match event {
            Event::Traffic => self.look(sys),
            Event::Signal { typed } => {
                // Where Ctrl-C was typed, the line is at its end already.
                if self.writer.is_none() && (!typed || sys.io.piped) {
                    self.write("\n", sys);
                }
                self.end(sys)
            }
            _ => Life::On,
        }
    }

    /// Takes in what has passed.
    fn look(&mut self, sys: &mut Sys<'_>) -> Life {
        while let Some(captured) = self.tap.next(sys.world.log()) {
            if !self.options.device.takes(captured.interface) {
                continue;
            }
            let record = self.record(&captured, sys);
            if !self.filter.takes(record.subject()) {
                continue;
            }
            self.received += 1;
            if self.options.only.is_some_and(|direction| direction != captured.direction) {
                continue;
            }
            // What leaves by the loopback is seen as it comes back.
            if captured.interface == Interface::Loopback && captured.direction == Direction::Out {
                continue;
            }
            self.captured += 1;
            match &mut self.writer {
                Some(writer) => {
                    writer.add(&record);
                    writer.flush_if_full(sys);
                }
                None if self.options.only_count => {}
                None => {
                    let line = self.printer.line(&record);
                    self.write(&line, sys);
                }
            }
            if self.options.count == Some(self.captured) {
                return self.end(sys);
            }
        }
        Life::On
    }

    fn record(&self, captured: &Captured, sys: &Sys<'_>) -> Record {
        let kind = self.options.device.link();
        let packet = sys.world.packet(captured.packet);
        Record {
            micros: micros_since_1970(captured.at),
            kind,
            direction: Some(captured.direction),
            link: captured.link_header(kind, packet.from, packet.to),
            ip: captured.octets.clone(),
        }
    }

    /// Prints, to a terminal line by line, and into a pipe a bufferful at a time.
    fn write(&mut self, text: &str, sys: &mut Sys<'_>) {
        self.held += text;
        if !sys.io.piped || self.options.by_lines {
            self.flush(sys);
        }
        while self.held.len() >= BUFFER {
            let cut = (0..=BUFFER).rev().find(|at| self.held.is_char_boundary(*at)).unwrap_or(0);
            let rest = self.held.split_off(cut);
            sys.stdout(&std::mem::replace(&mut self.held, rest));
        }
    }

    fn flush(&mut self, sys: &mut Sys<'_>) {
        sys.stdout(&std::mem::take(&mut self.held));
    }

    /// Writes what is left, and the counts.
    fn end(&mut self, sys: &mut Sys<'_>) -> Life {
        self.flush(sys);
        if let Some(writer) = &mut self.writer {
            writer.flush(sys);
        }
        sys.stderr(&format!(
            "{} captured\n{} received by filter\n0 packets dropped by kernel\n",
            packets(self.captured),
            packets(self.received)
        ));
        Life::Exit(0)
    }
}

#[cfg(test)]
mod tests;
