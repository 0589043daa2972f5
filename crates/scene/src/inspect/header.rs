//! The header, field by field.

use crate::model::HeaderView;
use crate::words::Message;
use tcp_core::net::{Endpoint, Log, Passage};
use tcp_core::tcp::{Segment, Seq};

/// Octets of a header without options.
const LEAST: u32 = 20;

/// The header of a segment; `None` for an ICMP error.
pub(super) fn header(log: &Log, passage: Passage<'_>) -> Option<HeaderView> {
    let segment = passage.packet().segment()?;
    let (own, peer) = (first(log, passage, passage.src), first(log, passage, passage.dst));
    let relative = |number: Seq, base: Option<Seq>| base.map(|base| number.distance_from(base).cast_signed());
    let option_octets = segment.options.octets();
    let sacks = segment.options.sacks.iter();
    let from = peer.unwrap_or(Seq(0));
    let blocks = sacks.map(|block| (block.start.distance_from(from), block.end.distance_from(from)));
    Some(HeaderView {
        ports: [passage.src.port, passage.dst.port],
        seq: (relative(segment.seq, own), segment.seq.0),
        ack: segment.is_ack().then(|| (relative(segment.ack, peer), segment.ack.0)),
        offset: (LEAST + option_octets) / 4,
        flags: segment.flags,
        window: segment.window,
        option_octets,
        options: Message::Options(segment.options.clone(), blocks.collect()),
        data: segment.data_len(),
    })
}

/// The first number of an end: that of its last SYN up to this segment.
fn first(log: &Log, passage: Passage<'_>, end: Endpoint) -> Option<Seq> {
    let mut before = log.conversation(passage.src, passage.dst).skip_while(|it| it.id > passage.id);
    before.find_map(|it| {
        let syn = it.packet().segment().filter(|segment: &&Segment| segment.is_syn())?;
        (it.src == end).then_some(syn.seq)
    })
}
