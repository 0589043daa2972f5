//! What stands below a state badge: one or two sentences on the state an end is in.

use crate::subject::End;
use std::time::Duration;
use tcp_core::net::{HostId, World};
use tcp_core::tcp::{Profile, State, Timer, Trigger};

/// The note for one end.
pub(crate) fn note(world: &World, end: &End) -> String {
    let profile = world.profile(end.host);
    let Some(row) = &end.row else { return closed(end) };
    let tries = row.timer.retransmits + 1;
    match row.state {
        State::Listen => match row.recv_q {
            0 => format!("Waiting on port {} to be asked.", row.local.port),
            1 => format!("Waiting on port {}. One connection is not accepted yet.", row.local.port),
            n => format!("Waiting on port {}. {n} connections are not accepted yet.", row.local.port),
        },
        State::SynSent => format!(
            "SYN sent {}, at most {} times. Without an answer: given up after {}.",
            times(tries),
            profile.syn_retries + profile.syn_linear_timeouts + 1,
            seconds(syn_patience(profile))
        ),
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
        Some((State::SynSent, Trigger::RstOfOpen)) => "Connection refused.",
        Some((State::SynSent, Trigger::Unreachable)) => "Cannot be reached: a firewall or the link said so.",
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
        None if end.host == HostId::Client => "No connection yet.",
        None => "Nobody listens here.",
    };
    text.to_owned()
}

/// What a running timer will do: the caption of the countdown.
pub(crate) fn timer_caption(state: State, timer: Timer) -> &'static str {
    match (timer, state) {
        (Timer::TimeWait, State::FinWait2) => "forgotten in",
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
