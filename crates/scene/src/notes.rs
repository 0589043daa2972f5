//! What is said below a state badge: the state an end is in.

use crate::subject::End;
use crate::words::{Caption, Ending, Note};
use std::time::Duration;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Happened, HostId, World};
use tcp_core::tcp::{Profile, State, Timer, Trigger};

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
        State::SynReceived => Note::SynAckSent { sent: tries, most: profile.synack_retries + 1 },
        State::Established if row.timer.probes > 0 || row.timer.retransmits > 0 => {
            let tries = row.timer.retransmits.max(row.timer.probes) + 1;
            Note::Unacknowledged { octets: row.send_q, tries }
        }
        State::Established => Note::Connected,
        State::FinWait1 | State::LastAck if row.timer.probes > 0 => Note::FinNeverLeft(row.timer.probes + 1),
        State::FinWait1 => Note::FinSent(tries),
        State::FinWait2 if row.owner.is_none() => Note::Orphan(profile.fin_timeout),
        State::FinWait2 => Note::HalfClosed,
        State::Closing => Note::Closing,
        State::TimeWait => Note::TimeWait(profile.time_wait),
        State::CloseWait => Note::CloseWait,
        State::LastAck => Note::LastAck(tries),
        State::Closed => closed(end),
    }
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
