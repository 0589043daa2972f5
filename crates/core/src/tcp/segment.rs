//! Segments.

use super::{Options, Payload, Seq};
use crate::Instant;
use std::fmt;
use std::ops::BitOr;

/// The control bits of a segment (RFC 9293 §3.1), as the six low bits of the header's octet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(u8);

impl Flags {
    /// No bit set.
    pub const NONE: Flags = Flags(0);
    /// No more data from the sender.
    pub const FIN: Flags = Flags(0x01);
    /// Synchronize sequence numbers.
    pub const SYN: Flags = Flags(0x02);
    /// Reset the connection.
    pub const RST: Flags = Flags(0x04);
    /// Push function.
    pub const PSH: Flags = Flags(0x08);
    /// The acknowledgement field is significant.
    pub const ACK: Flags = Flags(0x10);
    /// The urgent pointer is significant.
    pub const URG: Flags = Flags(0x20);

    /// The flags from the six low bits of `bits`.
    pub const fn from_bits(bits: u8) -> Flags {
        Flags(bits & 0x3f)
    }

    /// The six bits.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// All bits of `other` are set here.
    pub const fn contains(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// The bits both have.
    pub const fn and(self, other: Flags) -> Flags {
        Flags(self.0 & other.0)
    }

    /// Names of the set bits in the order SYN, FIN, RST, PSH, ACK, URG, joined by `separator`.
    /// The traces join them by a comma, the article by a bar.
    pub fn join(self, separator: &str) -> String {
        const NAMES: [(Flags, &str); 6] = [
            (Flags::SYN, "SYN"),
            (Flags::FIN, "FIN"),
            (Flags::RST, "RST"),
            (Flags::PSH, "PSH"),
            (Flags::ACK, "ACK"),
            (Flags::URG, "URG"),
        ];
        let set: Vec<&str> = NAMES.iter().filter(|(flag, _)| self.contains(*flag)).map(|(_, n)| *n).collect();
        set.join(separator)
    }
}

impl BitOr for Flags {
    type Output = Flags;
    fn bitor(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.join(","))
    }
}

/// A segment without its ports (those belong to the world around it).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Segment {
    /// SEG.SEQ
    pub seq: Seq,
    /// SEG.ACK; meaningful only with the ACK bit.
    pub ack: Seq,
    /// The control bits.
    pub flags: Flags,
    /// SEG.WND in octets, already scaled.
    pub window: u32,
    /// The options.
    pub options: Options,
    /// The data.
    pub payload: Payload,
}

impl Segment {
    /// SEG.LEN: octets of data, counting SYN and FIN as one each (RFC 9293 §3.4).
    pub const fn len(&self) -> u32 {
        self.data_len() + self.is_syn() as u32 + self.is_fin() as u32
    }

    /// Occupies no sequence space.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Octets of data alone.
    pub const fn data_len(&self) -> u32 {
        self.payload.octets()
    }

    /// Carries SYN.
    pub const fn is_syn(&self) -> bool {
        self.flags.contains(Flags::SYN)
    }

    /// Carries FIN.
    pub const fn is_fin(&self) -> bool {
        self.flags.contains(Flags::FIN)
    }

    /// Carries RST.
    pub const fn is_rst(&self) -> bool {
        self.flags.contains(Flags::RST)
    }

    /// Carries an acknowledgement.
    pub const fn is_ack(&self) -> bool {
        self.flags.contains(Flags::ACK)
    }

    /// When it was sent by its own account (TSval).
    pub fn stamp(&self) -> Option<Instant> {
        self.options.timestamps.map(|timestamps| timestamps.value)
    }

    /// When the segment was sent that it answers (TSecr).
    pub fn echo(&self) -> Option<Instant> {
        self.options.timestamps.and_then(|timestamps| timestamps.echo)
    }

    /// One of its SACK blocks lies beyond what it acknowledges: something before that was lost or is late.
    pub fn shows_hole(&self) -> bool {
        self.options.sacks.iter().any(|block| block.start.after(self.ack))
    }

    /// Whether its header has an option of this kind (RFC 9293 §3.2). NOP (1) stands where Linux pads one to four octets.
    pub fn has_option(&self, kind: u8) -> bool {
        let Options { mss, window_scale, sack_permitted, timestamps, sacks } = &self.options;
        match kind {
            1 => {
                let alone = sack_permitted != &timestamps.is_some();
                alone || window_scale.is_some() || !sacks.is_empty()
            }
            2 => mss.is_some(),
            3 => window_scale.is_some(),
            4 => *sack_permitted,
            5 => !sacks.is_empty(),
            8 => timestamps.is_some(),
            _ => false,
        }
    }

    /// Octets of the IP packet around it, as iptables counts them: IP 20, TCP 20, options and data (traces 03a, 05a:
    /// SYN 60, ACK 52).
    pub fn ip_octets(&self) -> u32 {
        40 + self.options.octets() + self.data_len()
    }
}
