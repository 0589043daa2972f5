//! What is said below a state badge: the state an end is in.

use crate::subject::End;
use crate::words::{Caption, Ending, Note};
use std::time::Duration;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Happened, HostId, Passage, World};
use tcp_core::tcp::{Profile, Segment, State, Timer, Trigger};

/// The note for one end.
pub(crate) fn note(world: &World, end: &End) -> Note {
    let profile = &world.profile(end.host).tcp;
    let Some(row) = &end.row else { return closed(end) };
    let tries = row.timer.retransmits + 1;
    let nobody_there = || row.foreign.is_some_and(|end| HostId::with_address(end.addr).is_none());
    match row.state {
        State::Listen => Note::Listening { port: row.local.port, waiting: row.recv_q },
        State::SynSent if nobody_there() => Note::NobodyThere,
        State::SynSent => {
            let most = profile.syn_retries + profile.syn_linear_timeouts + 1;
            Note::SynSent { sent: tries, most, patience: syn_patience(profile) }
        }
        State::SynReceived if found_no_room(world, row) => Note::FoundNoRoom,
        State::SynReceived => {
            let (sent, _) = sendings(world, row, |segment| segment.is_syn());
            Note::SynAckSent { sent: sent.max(tries), by_timer: tries, most: profile.synack_retries + 1 }
        }
        State::Established if row.timer.probes > 0 || row.timer.retransmits > 0 => {
            let tries = row.timer.retransmits.max(row.timer.probes) + 1;
            Note::Unacknowledged { octets: row.send_q, tries }
        }
        State::Established => Note::Connected,
        State::FinWait1 | State::LastAck => fin(world, row),
        State::FinWait2 if row.owner.is_none() => Note::Orphan(profile.fin_timeout),
        State::FinWait2 => Note::HalfClosed,
        State::Closing => Note::Closing,
        State::TimeWait => Note::TimeWait(profile.time_wait),
        State::CloseWait => Note::CloseWait,
        State::Closed => closed(end),
    }
}

/// What became of this end's FIN, as far as the log has it.
fn fin(world: &World, row: &SocketRow) -> Note {
    match sendings(world, row, Segment::is_fin) {
        // The FIN itself counts as one octet of those that are not acknowledged.
        (0, _) => Note::FinWaits { octets: row.send_q.saturating_sub(1) },
        (tried, 0) => Note::FinNeverLeft(tried),
        (_, sent) if row.state == State::LastAck => Note::LastAck(sent),
        (_, sent) => Note::FinSent(sent),
    }
}

/// How many segments of a kind this end has sent since it entered its state, and how many of them left the host.
fn sendings(world: &World, row: &SocketRow, kind: impl Fn(&Segment) -> bool) -> (u32, u32) {
    let Some(foreign) = row.foreign else { return (0, 0) };
    let since = |packet: &Passage<'_>| packet.made >= row.since;
    let ours = |packet: &Passage<'_>| packet.src == row.local && packet.segment().is_some_and(&kind);
    let mut counts = (0, 0);
    for packet in world.log().conversation(row.local, foreign).take_while(since).filter(ours) {
        counts.0 += 1;
        counts.1 += u32::from(packet.departed().is_some());
    }
    counts
}

fn closed(end: &End) -> Note {
    let Some((row, _)) = end.last else {
        return if end.host == HostId::Client { Note::NoConnection } else { Note::NobodyListens };
    };
    Note::Ended(match (row.from, row.trigger) {
        (State::SynSent, Trigger::GiveUp) => Ending::TimedOut,
        (State::SynSent, Trigger::RstOfOpen) => Ending::Refused,
        (State::SynSent, Trigger::Unreachable) => Ending::Unreachable,
        (State::SynSent, _) => Ending::GivenUpByProgram,
        (State::SynReceived, Trigger::NotSent) => Ending::SynAckNotSent,
        (State::SynReceived, _) => Ending::HalfOpen,
        (_, Trigger::GiveUp) => Ending::GivenUp,
        (_, Trigger::Rst) => Ending::Reset,
        (_, Trigger::Abort) => Ending::Unread,
        (_, Trigger::DataForNobody) => Ending::DataForNobody,
        (_, Trigger::NoRoom) => Ending::Closed,
        (State::TimeWait, _) => Ending::TimeWaitOver,
        _ => Ending::Closed,
    })
}

/// The end of a handshake came to a full queue.
fn found_no_room(world: &World, row: &SocketRow) -> bool {
    let log = world.log();
    let listener = log.socket(row.socket).and_then(|entry| entry.parent);
    let lately =
        listener.into_iter().flat_map(|it| log.of_socket(it)).take_while(|fact| fact.at >= row.since);
    lately.into_iter().any(|fact| match fact.what {
        Happened::QueueFull { packet, .. } => Some(world.packet(packet).src) == row.foreign,
        _ => false,
    })
}

/// What a running timer will do: the caption of the countdown. After the last try it gives up.
pub(crate) const fn caption(profile: &Profile, row: &SocketRow, timer: Timer) -> Caption {
    let tries = row.timer.retransmits;
    match (timer, row.state) {
        (Timer::Retransmit, State::SynSent) if tries >= profile.syn_retries + profile.syn_linear_timeouts => {
            Caption::GivesUp
        }
        (Timer::Retransmit, State::SynReceived) if tries >= profile.synack_retries => Caption::GivesUp,
        (Timer::TimeWait, State::FinWait2) | (Timer::Keepalive, _) => Caption::Forgets,
        (Timer::TimeWait, _) => Caption::TimeWait,
        (Timer::Retransmit, State::SynSent) => Caption::Syn,
        (Timer::Retransmit, State::SynReceived) => Caption::SynAck,
        (Timer::Retransmit, State::FinWait1 | State::Closing | State::LastAck) => Caption::Fin,
        (Timer::Probe | Timer::DelayedAck | Timer::Retransmit, _) => Caption::Try,
    }
}

/// How long a SYN is tried in all.
fn syn_patience(profile: &Profile) -> Duration {
    let linear = profile.rto_initial * profile.syn_linear_timeouts;
    let doublings =
        (0..=profile.syn_retries.min(16)).map(|n| (profile.rto_initial * (1 << n)).min(profile.rto_max));
    linear + doublings.sum::<Duration>()
}
