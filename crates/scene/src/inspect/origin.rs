//! Why a segment was sent: the fact that caused it.

use crate::ground::last;
use crate::report::link;
use crate::words::{Origin, PacketName};
use tcp_core::net::{CallName, Fact, FactId, Happened, Passage, World};
use tcp_core::tcp::{Reply, Row, Segment, Timer};

/// Why, and where the rule stands.
pub(super) fn origin(world: &World, passage: Passage<'_>) -> (Origin, Option<&'static str>) {
    known(world, passage).unwrap_or((Origin::Unknown, None))
}

fn known(world: &World, passage: Passage<'_>) -> Option<(Origin, Option<&'static str>)> {
    let log = world.log();
    let Some(sent) = passage.sent() else {
        // No host handed it down: its way leads to who did.
        let made = log.chain(last(passage.fate())?).find_map(|fact| match fact.what {
            Happened::Injected { packet } if packet == passage.id => Some(Origin::ByHand),
            Happened::Duplicated { packet, copy, .. } if copy == passage.id => {
                Some(Origin::Copy(fact.host, log.packet(packet).and_then(Passage::number)))
            }
            _ => None,
        });
        return Some((made?, None));
    };
    let cause = log.fact(log.fact(sent)?.cause?)?;
    let row = row(world, sent, &cause, passage.packet().segment());
    let rfc = row
        .map(|row| row.rfc)
        .filter(|rfc| rfc.starts_with("RFC"))
        .or_else(|| section(&cause, passage.packet().segment()));
    if let (Happened::TimerExpired { timer: Timer::Keepalive, .. }, Some(segment)) =
        (cause.what, passage.packet().segment())
        && !segment.is_rst()
    {
        return Some((Origin::KeepaliveProbe(passage.from), rfc));
    }
    let before = passage.repeats().and_then(|packet| log.packet(packet));
    if let (Happened::TimerExpired { timer: Timer::Retransmit, .. }, Some(before)) = (cause.what, before) {
        let (name, number) = (PacketName::of(&before), before.number());
        let after = passage.made.since(before.made);
        return Some((Origin::Again { host: passage.from, name, number, after }, rfc));
    }
    let cause = log.chain(cause.id).find_map(|fact| link(world, &fact))?;
    // A row that only says that something comes again says no more than the cause.
    let row = row.filter(|row| row.reply != Reply::Again).map(Row::index);
    Some((Origin::Caused(cause, row), rfc))
}

/// The row of the transition table by which it was sent, if it was by one.
fn row(world: &World, sent: FactId, cause: &Fact, segment: Option<&Segment>) -> Option<&'static Row> {
    let segment = segment?;
    let since = world.log().since(cause.id).take_while(|fact| fact.id < sent);
    since
        .filter_map(|fact| match fact.what {
            Happened::Moved { row, .. } if fact.cause == Some(cause.id) && fits(row.reply, segment) => {
                Some(row)
            }
            _ => None,
        })
        .last()
}

/// What a row sends is this.
fn fits(reply: Reply, segment: &Segment) -> bool {
    match reply {
        Reply::Nothing => false,
        Reply::Syn => segment.is_syn() && !segment.is_ack(),
        Reply::SynAck => segment.is_syn() && segment.is_ack(),
        Reply::Ack => segment.is_ack() && !segment.is_syn() && !segment.is_rst(),
        Reply::Data => segment.data_len() > 0,
        Reply::Fin => segment.is_fin(),
        Reply::Again => true,
        Reply::Rst => segment.is_rst(),
    }
}

/// Where RFC 9293 has the rule for what follows from such a fact.
fn section(cause: &Fact, segment: Option<&Segment>) -> Option<&'static str> {
    Some(match cause.what {
        Happened::Called { call, .. } => match call {
            CallName::Send => "RFC 9293 §3.10.2",
            CallName::Recv => "RFC 9293 §3.10.3",
            CallName::Close | CallName::Shutdown => "RFC 9293 §3.10.4",
            _ => "RFC 9293 §3.10.1",
        },
        Happened::TimerExpired { timer, .. } => match timer {
            Timer::Retransmit => "RFC 9293 §3.8.1",
            Timer::Probe if segment.is_some_and(Segment::is_empty) => "RFC 9293 §3.8.6.1",
            Timer::DelayedAck => "RFC 9293 §3.8.6.3",
            Timer::Keepalive => "RFC 9293 §3.8.4",
            _ => return None,
        },
        Happened::Arrived { .. } => "RFC 9293 §3.10.7",
        _ => return None,
    })
}
