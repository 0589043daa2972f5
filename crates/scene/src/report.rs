//! What is said of each fact.

use crate::ground::{ground, stopped};
use crate::words::{PacketName, Report};
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{CallName, Errno, Fact, Fate, Happened, HostId, Packet, PacketId, Place, Takes, World};
use tcp_core::tcp::{Discard, Row, Segment, State, Timer};

/// The fact as one sentence; `None` if it is too small for one.
pub(crate) fn sentence(world: &World, fact: &Fact) -> Option<Report> {
    let name = |id: &PacketId| PacketName::of(&world.packet(*id));
    Some(match (&fact.what, fact.host) {
        // The reset that follows has the sentence.
        (Happened::Moved { socket: None, .. }, _) => return None,
        (Happened::Moved { row, .. }, Some(host)) if row.is_loop() => {
            Report::Stayed(host, row, ground(world.log(), fact.id))
        }
        (Happened::Moved { row, .. }, Some(host)) if forgets_half_open(row) => {
            Report::ForgotHalfOpen(host, row)
        }
        (Happened::Moved { row, .. }, Some(host)) => Report::Entered(host, row, ground(world.log(), fact.id)),
        (Happened::Sent { packet, socket: None }, Some(host))
            if is_reset(&world.packet(*packet)) && is_of_firewall(world, fact) =>
        {
            Report::FirewallReset(host, name(packet))
        }
        (Happened::Sent { packet, socket: None }, Some(host)) if is_reset(&world.packet(*packet)) => {
            Report::AnsweredByReset(host, name(packet))
        }
        (Happened::Dropped { packet, place }, _) => {
            Report::Dropped(name(packet), stopped(world.log(), *place))
        }
        (Happened::Rejected { packet, place, .. }, _) => {
            Report::Rejected(name(packet), stopped(world.log(), *place))
        }
        (Happened::Lost { packet, rule }, _) => {
            let rule = rule.and_then(|rule| world.log().loss(rule)).copied();
            Report::Lost(name(packet), rule.filter(|rule| matches!(rule.takes, Takes::Share(_))))
        }
        (Happened::Reordered { packet, .. }, _) => Report::Reordered(name(packet)),
        (Happened::Duplicated { packet, .. }, Some(host)) => Report::SentTwice(host, name(packet)),
        (Happened::Queued { packet, leaves }, Some(host)) if *leaves == fact.at => {
            Report::Overtakes(host, name(packet))
        }
        (Happened::Queued { packet, leaves }, Some(host)) => Report::Queued(host, name(packet), *leaves),
        (Happened::QdiscSet { device, netem }, Some(host)) => {
            Report::NetemSet(host, *device, netem.is_some())
        }
        (Happened::Duplicated { packet, .. }, None) => Report::Duplicated(name(packet)),
        (Happened::QueueFull { packet, .. }, Some(host)) => Report::NoRoom(host, name(packet)),
        (Happened::Cookie { packet, .. }, Some(host)) => Report::Cookie(host, name(packet)),
        (Happened::LinkSet { up }, Some(host)) => Report::Linked(host, *up),
        (Happened::NobodyThere { packet }, _) => Report::NobodyThere(world.packet(*packet).dst.addr),
        (Happened::Discarded { packet, why: Discard::OutOfWindow }, Some(host))
            if world.packet(*packet).again > 0 =>
        {
            Report::CameBefore(host, name(packet))
        }
        (Happened::Discarded { packet, why }, Some(host)) => Report::Discarded(host, name(packet), *why),
        (Happened::Refused { error, call, .. }, Some(host)) if !is_patience(*error) => {
            Report::Failed(host, *call, *error)
        }
        _ => return None,
    })
}

/// The fact as a link in a chain of causes; `None` if the chain reads better without it.
pub(crate) fn link(world: &World, fact: &Fact) -> Option<Report> {
    let name = |id: &PacketId| PacketName::of(&world.packet(*id));
    Some(match (&fact.what, fact.host) {
        // What its own firewall drops was not sent, as far as anybody can see; that it was dropped says all.
        (Happened::Sent { packet, .. }, Some(host)) if never_left(world.packet(*packet).fate(), host) => {
            return None;
        }
        (Happened::Sent { packet, .. }, Some(host)) => Report::Sent(host, name(packet)),
        (Happened::Injected { packet }, _) => Report::Injected(world.packet(*packet).from, name(packet)),
        (Happened::Held { packet, until, .. }, _) => Report::Held(name(packet), *until),
        (Happened::Released { packet, .. }, _) => Report::Released(name(packet)),
        (Happened::Arrived { packet, .. }, Some(host)) => Report::Reached(host, name(packet)),
        (Happened::TimerExpired { timer, .. }, Some(host)) => expired(*timer, host),
        // The kernel's part of a close().
        (Happened::Called { call: CallName::Disconnect, .. }, _) => return None,
        (Happened::Called { call, .. }, Some(host)) => Report::Called(host, *call),
        _ => return sentence(world, fact),
    })
}

/// The firewall of its own host dropped it.
fn never_left(fate: Fate, host: HostId) -> bool {
    matches!(fate, Fate::Dropped(_, Place::Chain(at, ChainName::Output, _)) if at == host)
}

const fn expired(timer: Timer, host: HostId) -> Report {
    match timer {
        Timer::Retransmit => Report::NoAnswer(host),
        Timer::Probe => Report::TriedOnceMore(host),
        Timer::TimeWait => Report::WaitOver(host),
        Timer::Keepalive => Report::HeardNothing(host),
        Timer::DelayedAck => Report::AckWaited(host),
    }
}

/// A half-open entry ends; its listener is as it was.
fn forgets_half_open(row: &Row) -> bool {
    row.from == State::SynReceived && matches!(row.to, State::Closed | State::Listen)
}

fn is_reset(packet: &Packet) -> bool {
    packet.segment().is_some_and(Segment::is_rst)
}

/// It is the answer to a packet that a firewall rejected.
fn is_of_firewall(world: &World, fact: &Fact) -> bool {
    let cause = fact.cause.and_then(|cause| world.fact(cause));
    cause.is_some_and(|cause| matches!(cause.what, Happened::Rejected { .. }))
}

const fn is_patience(error: Errno) -> bool {
    matches!(error, Errno::Again | Errno::InProgress)
}
