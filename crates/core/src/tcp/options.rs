//! The options of a segment, as data.

use super::{Context, Profile, Seq};
use crate::Instant;
use std::ops::Deref;

/// The octets that one header has room for.
const ROOM: u32 = 40;

/// The largest data of a segment that a peer takes which does not say (RFC 9293 §3.7.1, MUST-15).
pub(super) const MSS_UNSAID: u16 = 536;

/// What a segment says after its header (RFC 9293 §3.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// Maximum segment size: the largest data that the sender takes in one segment, in octets (RFC 9293 §3.7.1). Only
    /// with SYN.
    pub mss: Option<u16>,
    /// Window scale: by how many bits later windows are shifted on the wire (RFC 7323 §2). Only with SYN.
    pub window_scale: Option<u8>,
    /// The sender understands SACK blocks (RFC 2018 §2). Only with SYN.
    pub sack_permitted: bool,
    /// Timestamps (RFC 7323 §3).
    pub timestamps: Option<Timestamps>,
    /// What came twice or too early: a duplicate (RFC 2883) first, then the newest (RFC 2018 §4).
    pub sacks: Sacks,
}

/// At most four SACK blocks: as many as a header has room for. Behind a pointer, because few segments have any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sacks(Option<Box<Blocks>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Blocks {
    len: u8,
    /// Those from `len` on are all alike, so that equal lists are equal.
    blocks: [Sack; 4],
}

impl Sacks {
    /// No blocks.
    pub const NONE: Sacks = Sacks(None);

    /// Octets that this number of blocks takes in the header, padded as Linux does.
    pub(super) fn octets(blocks: usize) -> u32 {
        let blocks = u32::try_from(blocks).unwrap_or(ROOM).min(ROOM);
        if blocks > 0 { 4 + 8 * blocks } else { 0 }
    }

    /// Adds a block at the end; one that has no room is left out.
    pub fn push(&mut self, block: Sack) {
        const EMPTY: Blocks = Blocks { len: 0, blocks: [Sack { start: Seq(0), end: Seq(0) }; 4] };
        let blocks = self.0.get_or_insert_with(|| Box::new(EMPTY));
        if let Some(place) = blocks.blocks.get_mut(usize::from(blocks.len)) {
            *place = block;
            blocks.len += 1;
        }
    }
}

impl Deref for Sacks {
    type Target = [Sack];
    fn deref(&self) -> &[Sack] {
        let Some(blocks) = &self.0 else { return &[] };
        blocks.blocks.get(..usize::from(blocks.len)).unwrap_or_default()
    }
}

impl FromIterator<Sack> for Sacks {
    fn from_iter<I: IntoIterator<Item = Sack>>(blocks: I) -> Sacks {
        let mut sacks = Sacks::NONE;
        blocks.into_iter().for_each(|block| sacks.push(block));
        sacks
    }
}

/// The timestamps of a segment (RFC 7323 §3). One clock counts for all hosts; on the wire it is one of milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timestamps {
    /// When the segment was sent (TSval).
    pub value: Instant,
    /// The timestamp that it gives back to the peer (TSecr); `None` in a SYN that answers nothing, where the field is 0.
    pub echo: Option<Instant>,
}

impl Timestamps {
    /// The octets that they take in each segment, with the padding that Linux writes.
    pub const OCTETS: u32 = 12;
}

/// A block of octets that arrived: from `start` up to, and without, `end` (RFC 2018 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sack {
    /// The first number of the block.
    pub start: Seq,
    /// The number after the last.
    pub end: Seq,
}

impl Options {
    /// No options.
    pub const NONE: Options = Options {
        mss: None,
        window_scale: None,
        sack_permitted: false,
        timestamps: None,
        sacks: Sacks::NONE,
    };

    /// What this host offers with a SYN.
    pub fn of_syn(cx: Context<'_>) -> Options {
        let Profile { mss, window_scale, timestamps, sack, .. } = *cx.profile;
        Options {
            mss: Some(mss),
            window_scale: Some(window_scale),
            sack_permitted: sack,
            timestamps: timestamps.then_some(Timestamps { value: cx.now, echo: None }),
            sacks: Sacks::NONE,
        }
    }

    /// Of what a SYN offers, what this host does too when the SYN comes: a sysctl that is changed later leaves a
    /// connection alone (variation v210).
    pub fn taken(mut self, profile: &Profile) -> Options {
        self.sack_permitted &= profile.sack;
        self.timestamps = self.timestamps.filter(|_| profile.timestamps);
        self
    }

    /// What answers a SYN of whose offer `taken` is taken.
    pub fn of_answer(cx: Context<'_>, taken: &Options) -> Options {
        let own = Options::of_syn(cx);
        Options {
            window_scale: own.window_scale.filter(|_| taken.window_scale.is_some()),
            sack_permitted: taken.sack_permitted,
            timestamps: taken.timestamps.map(|peer| Timestamps { value: cx.now, echo: Some(peer.value) }),
            ..own
        }
    }

    /// The octets that they take in the header, each padded to four as Linux does; SACK-permitted fills the padding of
    /// timestamps (traces 03a, 05a: 20 with SYN, 12 without; variation v36: 12 with SYN, none without).
    pub fn octets(&self) -> u32 {
        let mss = if self.mss.is_some() { 4 } else { 0 };
        let window_scale = if self.window_scale.is_some() { 4 } else { 0 };
        let timestamps = match (self.timestamps, self.sack_permitted) {
            (Some(_), _) => Timestamps::OCTETS,
            (None, true) => 4,
            (None, false) => 0,
        };
        (mss + window_scale + timestamps + Sacks::octets(self.sacks.len())).min(ROOM)
    }

    /// How many SACK blocks fit beside the timestamps, if there are any.
    pub(super) const fn room_for_sacks(timestamps: bool) -> usize {
        if timestamps { 3 } else { 4 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_octets_are_those_that_linux_sends() {
        let timestamps = Some(Timestamps { value: Instant::START, echo: None });
        let syn = Options {
            mss: Some(1460),
            window_scale: Some(10),
            sack_permitted: true,
            timestamps,
            ..Options::default()
        };
        assert_eq!(syn.octets(), 20);
        assert_eq!(Options { timestamps: None, ..syn }.octets(), 12);
        assert_eq!(Options::NONE.octets(), 0);
        let sacks = [Sack { start: Seq(1), end: Seq(2) }; 3].into_iter().collect();
        assert_eq!(Options { timestamps, sacks, ..Options::default() }.octets(), 40);
    }
}
