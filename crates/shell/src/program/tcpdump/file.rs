//! Capture files in the format of libpcap, with microseconds and in the order of octets of a PC.

use super::Subject;
use crate::capture::{Direction, LinkType, SNAPSHOT_LENGTH};
use crate::files::FileError;
use crate::program::Sys;

const MAGIC: u32 = 0xa1b2_c3d4;
const FILE_HEADER: usize = 24;
const RECORD_HEADER: usize = 16;

/// Octets that are held back before they are written.
const BUFFER: usize = 4096;

/// A packet with its link header, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Microseconds since 1970, UTC.
    pub(super) micros: u64,
    pub(super) kind: LinkType,
    /// Direction, if the link header or the interface says it.
    pub(super) direction: Option<Direction>,
    pub(super) link: Vec<u8>,
    /// From the IP header on.
    pub(super) ip: Vec<u8>,
}

impl Record {
    pub(super) fn subject(&self) -> Subject<'_> {
        Subject { direction: self.direction, link: &self.link, ip: &self.ip }
    }
}

/// The name of a link type, with what it is.
pub(super) const fn described(kind: LinkType) -> &'static str {
    match kind {
        LinkType::Ethernet => "EN10MB (Ethernet)",
        LinkType::Cooked => "LINUX_SLL2 (Linux cooked v2)",
    }
}

/// A file that is written.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    path: String,
    held: Vec<u8>,
}

impl Writer {
    /// Makes the file, which is empty until something is written.
    pub(super) fn create(path: &str, kind: LinkType, sys: &mut Sys<'_>) -> Result<Writer, FileError> {
        sys.files.create(sys.host, sys.user, path)?;
        let header = [MAGIC, 0x0004_0002, 0, 0, SNAPSHOT_LENGTH, kind.number()];
        let held = header.iter().flat_map(|word| word.to_le_bytes()).collect();
        Ok(Writer { path: path.to_owned(), held })
    }

    pub(super) fn add(&mut self, record: &Record) {
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let length = small((record.link.len() + record.ip.len()) as u64);
        let header = [small(record.micros / 1_000_000), small(record.micros % 1_000_000), length, length];
        self.held.extend(header.iter().flat_map(|word| word.to_le_bytes()));
        self.held.extend_from_slice(&record.link);
        self.held.extend_from_slice(&record.ip);
    }

    pub(super) fn flush_if_full(&mut self, sys: &mut Sys<'_>) {
        if self.held.len() >= BUFFER {
            self.flush(sys);
        }
    }

    /// Writes what is held back. A file that has been taken away meanwhile is made again.
    pub(super) fn flush(&mut self, sys: &mut Sys<'_>) {
        let held = std::mem::take(&mut self.held);
        // It could be written when it was made; its owner does not change.
        _ = sys.files.append(sys.host, sys.user, &self.path, &held);
    }
}

/// The packets of a file. An error is what tcpdump says of the file.
pub(super) fn read(
    octets: &[u8],
) -> Result<(LinkType, impl Iterator<Item = Result<Record, String>> + '_), String> {
    if octets.len() < 4 {
        return Err(format!(
            "truncated dump file; tried to read 4 file header bytes, only got {}",
            octets.len()
        ));
    }
    let word = |octets: &[u8], at: usize| {
        let word = octets.get(at..at + 4).and_then(|word| word.try_into().ok());
        word.map_or(0, u32::from_le_bytes)
    };
    if word(octets, 0) != MAGIC {
        return Err("unknown file format".into());
    }
    if octets.len() < FILE_HEADER {
        return Err(format!(
            "truncated dump file; tried to read {FILE_HEADER} file header bytes, only got {}",
            octets.len()
        ));
    }
    let number = word(octets, 20);
    let kind = LinkType::with_number(number)
        .ok_or_else(|| format!("packet printing is not supported for link type {number}: use -w"))?;
    let mut rest = &octets[FILE_HEADER..];
    let records = std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if rest.len() < RECORD_HEADER {
            let got = std::mem::take(&mut rest).len();
            return Some(Err(truncated(RECORD_HEADER, "header", got)));
        }
        let length = word(rest, 8) as usize;
        let micros = u64::from(word(rest, 0)) * 1_000_000 + u64::from(word(rest, 4));
        let body = &rest[RECORD_HEADER..];
        let Some(packet) = body.get(..length) else {
            rest = &[];
            return Some(Err(truncated(length, "captured", body.len())));
        };
        rest = &body[length..];
        let (link, ip) = packet.split_at(packet.len().min(kind.octets()));
        let direction = match kind {
            LinkType::Ethernet => None,
            LinkType::Cooked if link.get(10) == Some(&4) => Some(Direction::Out),
            LinkType::Cooked => Some(Direction::In),
        };
        Some(Ok(Record { micros, kind, direction, link: link.to_vec(), ip: ip.to_vec() }))
    });
    Ok((kind, records))
}

fn truncated(wanted: usize, what: &str, got: usize) -> String {
    format!("truncated dump file; tried to read {wanted} {what} bytes, only got {got}")
}
