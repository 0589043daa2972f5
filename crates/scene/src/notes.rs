//! What stands below a state badge: one or two sentences on the state an end is in.

use crate::subject::End;
use std::time::Duration;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Happened, HostId, World};
use tcp_core::tcp::{Profile, State, Timer, Trigger};

/// The note for one end.
pub(crate) fn note(world: &World, end: &End) -> String {
    let profile = &world.profile(end.host).tcp;
    let Some(row) = &end.row else { return closed(end) };
    let tries = row.timer.retransmits + 1;
    match row.state {
        State::Listen => match row.recv_q {
            0 => format!("Waiting on port {} to be asked.", row.local.port),
            1 => format!("Waiting on port {}. One connection is not accepted yet.", row.local.port),
            n => format!("Waiting on port {}. {n} connections are not accepted yet.", row.local.port),
        },
        State::SynSent if row.foreign.is_some_and(|end| HostId::with_address(end.addr).is_none()) => {
            "Nobody on the link has that address, so no SYN leaves.".to_owned()
        }
        State::SynSent => format!(
            "SYN sent {}, at most {} times. Without an answer: given up after {}.",
            times(tries),
            profile.syn_retries + profile.syn_linear_timeouts + 1,
            seconds(syn_patience(profile))
        ),
        State::SynReceived if found_no_room(world, row) => {
            "The third segment came, but the listener's queue is full: it was ignored.".to_owned()
        }
        State::SynReceived => format!(
            "SYN|ACK sent {}, at most {} times. The third segment has not come.",
            times(tries),
            profile.synack_retries + 1
        ),
        State::Established if row.timer.probes > 0 || row.timer.retransmits > 0 => format!(
            "Connected, but {} octets are not acknowledged; tried {}.",
            row.send_q,
            times(row.timer.retransmits.max(row.timer.probes) + 1)
        ),
        State::Established => "Connected: data can flow both ways.".to_owned(),
        State::FinWait1 | State::LastAck if row.timer.probes > 0 => format!(
            "Its FIN was tried {} and never left this host: its own firewall drops it.",
            times(row.timer.probes + 1)
        ),
        State::FinWait1 => format!("Its FIN was sent {} and is not acknowledged yet.", times(tries)),
        State::FinWait2 if row.owner.is_none() => format!(
            "Done sending; waits for the peer's FIN. No program holds it, so it ends after {}.",
            seconds(profile.fin_timeout)
        ),
        State::FinWait2 => "Done sending; the peer may go on. Waits for its FIN.".to_owned(),
        State::Closing => "Both ends closed at once. Waits for the ACK of its FIN.".to_owned(),
        State::TimeWait => format!(
            "Waits {} (2MSL), so that nothing of this connection can meet a new one.",
            seconds(profile.time_wait)
        ),
        State::CloseWait => "The peer is done. The program here has not closed yet.".to_owned(),
        State::LastAck => format!("Its FIN was sent {}. Waits for the last ACK.", times(tries)),
        State::Closed => closed(end),
    }
}

fn closed(end: &End) -> String {
    let text = match end.last.map(|(row, _)| (row.from, row.trigger)) {
        Some((State::SynSent, Trigger::GiveUp)) => "Gave up: Connection timed out.",
        Some((State::SynSent, Trigger::RstOfOpen)) => "Connection refused: the SYN was answered by a reset.",
        Some((State::SynSent, Trigger::Unreachable)) => "An ICMP error came, or nobody has that address.",
        Some((State::SynSent, _)) => "The program ended before an answer came.",
        Some((State::SynReceived, Trigger::NotSent)) => {
            "The half-open entry is gone: its own firewall did not even let the SYN|ACK out."
        }
        Some((State::SynReceived, _)) => "The half-open entry is gone.",
        Some((_, Trigger::GiveUp)) => "Given up: nobody acknowledged.",
        Some((_, Trigger::Rst)) => "Reset by the peer.",
        Some((_, Trigger::Abort)) => "Closed with data unread: the peer was sent a RST.",
        Some((_, Trigger::DataForNobody)) => "Data came for a program that is gone: the peer was sent a RST.",
        Some((State::TimeWait, _)) => "2MSL is over: the connection is gone for good.",
        Some(_) => "The connection is closed at this end.",
        None if end.host == HostId::Client => {
            "No connection yet: press Connect, or first let SYN be dropped."
        }
        None => "Nobody listens here.",
    };
    text.to_owned()
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
pub(crate) fn timer_caption(profile: &Profile, row: &SocketRow, timer: Timer) -> &'static str {
    let tries = row.timer.retransmits;
    match (timer, row.state) {
        (Timer::Retransmit, State::SynSent) if tries >= profile.syn_retries + profile.syn_linear_timeouts => {
            "gives up"
        }
        (Timer::Retransmit, State::SynReceived) if tries >= profile.synack_retries => "gives up",
        (Timer::TimeWait, State::FinWait2) | (Timer::Keepalive, _) => "forgotten in",
        (Timer::TimeWait, _) => "2MSL",
        (Timer::Probe | Timer::DelayedAck, _) => "next try",
        (Timer::Retransmit, State::SynSent) => "next SYN",
        (Timer::Retransmit, State::SynReceived) => "next SYN|ACK",
        (Timer::Retransmit, State::FinWait1 | State::Closing | State::LastAck) => "next FIN",
        (Timer::Retransmit, _) => "next try",
    }
}

/// How long a SYN is tried in all.
fn syn_patience(profile: &Profile) -> Duration {
    let linear = profile.rto_initial * profile.syn_linear_timeouts;
    let doublings =
        (0..=profile.syn_retries.min(16)).map(|n| (profile.rto_initial * (1 << n)).min(profile.rto_max));
    linear + doublings.sum::<Duration>()
}

fn times(n: u32) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

fn seconds(span: Duration) -> String {
    format!("{} s", span.as_secs())
}
