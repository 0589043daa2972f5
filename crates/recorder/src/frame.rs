//! Frames and packets, octet by octet: Ethernet (RFC 894), IPv4 (RFC 791), TCP (RFC 9293 §3.1).

/// Octets of an Ethernet header.
const ETHERNET: usize = 14;
const IPV4: u16 = 0x0800;
const TCP: u8 = 6;

/// The parts of a segment that decide whether it is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// Letters of A, F, R and S, in this order.
    pub(crate) flags: String,
    /// Octets of data.
    pub(crate) len: usize,
}

/// The fixed part of a TCP header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Source port.
    pub(crate) sport: u16,
    /// Destination port.
    pub(crate) dport: u16,
    /// SEG.SEQ.
    pub(crate) seq: u32,
    /// SEG.ACK, if ACK is set.
    pub(crate) ack: Option<u32>,
    /// Flags as on the wire.
    pub(crate) flags: u8,
    /// SEG.WND, not scaled.
    pub(crate) win: u16,
}

/// Whether a frame holds an IPv4 packet.
pub(crate) fn is_ipv4(frame: &[u8]) -> bool {
    short(frame, 12) == Some(IPV4)
}

/// The TCP segment in a frame, if there is one.
pub(crate) fn segment(frame: &[u8]) -> Option<Segment> {
    let packet = ipv4(frame)?;
    let (tcp, total) = tcp_of(packet)?;
    let flags = *packet.get(tcp + 13)?;
    let header = usize::from(packet.get(tcp + 12)? >> 4) * 4;
    Some(Segment { flags: letters(flags), len: total.checked_sub(tcp + header)? })
}

/// The flags of a header as letters of A, F, R and S, in this order.
pub(crate) fn letters(flags: u8) -> String {
    let letters = [('A', 0x10), ('F', 0x01), ('R', 0x04), ('S', 0x02)];
    letters.into_iter().filter(|(_, bit)| flags & bit != 0).map(|(letter, _)| letter).collect()
}

/// The TCP header of a packet that begins with its IP header, version 4 or 6.
pub(crate) fn header(packet: &[u8]) -> Option<Header> {
    let at = match packet.first()? >> 4 {
        4 => tcp_of(packet)?.0,
        6 if packet.get(6) == Some(&TCP) => 40,
        _ => return None,
    };
    let flags = *packet.get(at + 13)?;
    Some(Header {
        sport: short(packet, at)?,
        dport: short(packet, at + 2)?,
        seq: long(packet, at + 4)?,
        ack: if flags & 0x10 == 0 { None } else { long(packet, at + 8) },
        flags,
        win: short(packet, at + 14)?,
    })
}

/// The names of the flags in the order of the traces: `SYN,ACK`.
pub(crate) fn flag_names(flags: u8) -> String {
    const NAMES: [(&str, u8); 8] = [
        ("FIN", 0x01),
        ("SYN", 0x02),
        ("RST", 0x04),
        ("PSH", 0x08),
        ("ACK", 0x10),
        ("URG", 0x20),
        ("ECE", 0x40),
        ("CWR", 0x80),
    ];
    let names: Vec<&str> =
        NAMES.into_iter().filter(|(_, bit)| flags & bit != 0).map(|(name, _)| name).collect();
    names.join(",")
}

/// Computes the TCP checksum of an IPv4 frame, which a host leaves to its device.
pub(crate) fn fill_checksum(frame: &mut [u8]) {
    let Some(packet) = frame.get_mut(ETHERNET..) else { return };
    let Some((tcp, total)) = tcp_of(packet) else { return };
    if total > packet.len() || total < tcp + 20 {
        return;
    }
    packet[tcp + 16..tcp + 18].fill(0);
    let mut sum = u32::from(TCP) + u32::try_from(total - tcp).unwrap_or_default();
    for pair in packet[12..20].chunks(2).chain(packet[tcp..total].chunks(2)) {
        sum += u32::from(pair[0]) << 8 | u32::from(pair.get(1).copied().unwrap_or_default());
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    // The fold above leaves sixteen bits.
    let checksum = !u16::try_from(sum).unwrap_or_default();
    packet[tcp + 16..tcp + 18].copy_from_slice(&checksum.to_be_bytes());
}

fn ipv4(frame: &[u8]) -> Option<&[u8]> {
    if is_ipv4(frame) { frame.get(ETHERNET..) } else { None }
}

/// Where TCP begins in an IPv4 packet, and the packet's length.
fn tcp_of(packet: &[u8]) -> Option<(usize, usize)> {
    let header = usize::from(packet.first()? & 0x0f) * 4;
    let fragment = short(packet, 6)? & 0x1fff;
    (packet.get(9) == Some(&TCP) && fragment == 0).then_some((header, usize::from(short(packet, 2)?)))
}

fn short(octets: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(octets.get(at..at + 2)?.try_into().ok()?))
}

fn long(octets: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(octets.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A SYN of `nc` with its options left out, in an Ethernet frame.
    fn syn() -> Vec<u8> {
        let mut frame = vec![0; 12];
        frame.extend([0x08, 0x00]);
        frame.extend([0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0, 10, 211, 55, 2, 10, 211, 55, 10]);
        frame.extend([
            0xa6, 0x74, 0x15, 0xb3, 1, 2, 3, 4, 0, 0, 0, 0, 0x50, 0x02, 0xfa, 0xf0, 0x12, 0x34, 0, 0,
        ]);
        frame
    }

    #[test]
    fn a_segment_is_told_by_flags_and_length() {
        assert_eq!(segment(&syn()), Some(Segment { flags: "S".to_owned(), len: 0 }));
        let header = header(&syn()[ETHERNET..]).expect("it is one");
        assert_eq!((header.sport, header.dport, header.seq, header.ack), (42612, 5555, 0x0102_0304, None));
        assert_eq!((flag_names(header.flags), header.win), ("SYN".to_owned(), 64240));
        assert_eq!(flag_names(0x19), "FIN,PSH,ACK");
    }

    #[test]
    fn the_checksum_makes_the_sum_come_out() {
        let mut frame = syn();
        fill_checksum(&mut frame);
        let packet = &frame[ETHERNET..];
        let words = packet[12..].chunks(2).map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1]));
        let sum: u32 = words.sum::<u32>() + 6 + 20;
        assert_eq!((sum & 0xffff) + (sum >> 16), 0xffff);
    }

    #[test]
    fn what_is_cut_off_is_no_segment() {
        for length in 0..syn().len() {
            let _ = segment(&syn()[..length]);
            fill_checksum(&mut syn()[..length]);
        }
    }
}
