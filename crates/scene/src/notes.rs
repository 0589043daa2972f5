//! What is said below a state badge: the state an end is in.

use crate::ground::ground;
use crate::sight::{Sight, asks_for_room};
use crate::subject::End;
use crate::words::{Caption, Ending, Ground, Kept, Note};
use tcp_core::Instant;
use tcp_core::net::verdict::{Certainty, Knowledge, verdicts};
use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::net::{Fact, Fate, Happened, HostId, Passage, Place, World};
use tcp_core::tcp::{Connection, Forecast, Next, Segment, State, Timer, Trigger};

/// The note for one end.
pub(crate) fn note(sight: &Sight<'_>, end: &End) -> Note {
    let world = sight.world;
    let Some(row) = &end.row else { return closed(world, end) };
    let forecast = || world.host(end.host).forecast(row.socket);
    let newest = || world.log().conversation(row.local, row.foreign?).next();
    let nobody_there = || newest().is_some_and(Passage::finds_nobody);
    match row.state {
        State::Listen => Note::Listening { port: row.local.port, waiting: row.recv_q },
        State::SynSent if nobody_there() => Note::NobodyThere,
        State::SynSent => {
            let tries = row.timer.retransmits + 1;
            // What still waits in a queue of its host is not sent again.
            let Sendings { tried, left, kept } = sendings(world, row, Segment::is_syn);
            let (sent, kept) = (tried.clamp(1, tries), (tried > 0 && left == 0).then_some(kept));
            let (more, end) = forecast().map_or((0, row.since), |told| (told.tries, told.end));
            let own = row.owner.and_then(|it| sight.lab.stops_connecting(it)).filter(|at| *at < end);
            let patience = own.unwrap_or(end).since(row.since);
            Note::SynSent { sent, most: tries + more, patience, by_program: own.is_some(), kept }
        }
        State::SynReceived if found_no_room(world, row) => Note::FoundNoRoom,
        State::SynReceived => half_open(world, row, forecast()),
        State::Established => established(sight, row),
        State::FinWait1 | State::LastAck => fin(world, row),
        State::FinWait2 => match forecast() {
            Some(told) if row.owner.is_none() => Note::Orphan(told.end.since(set(world, row))),
            _ => Note::HalfClosed,
        },
        State::Closing => Note::Closing,
        State::TimeWait => Note::TimeWait(world.profile(end.host).tcp.time_wait),
        State::CloseWait => Note::CloseWait,
        State::Closed => closed(world, end),
    }
}

/// When the timer that runs was set.
fn set(world: &World, row: &SocketRow) -> Instant {
    world.now() + row.timer.left - row.timer.span.max(row.timer.left)
}

/// A half-open entry: what became of its SYN|ACK, and of its listener.
fn half_open(world: &World, row: &SocketRow, forecast: Option<Forecast>) -> Note {
    let tries = row.timer.retransmits + 1;
    let (next, more) = forecast.map_or((Next::Try, 0), |told| (told.next, told.tries));
    let sent = match sendings(world, row, Segment::is_syn) {
        _ if next == Next::Abandoned => return Note::Abandoned,
        Sendings { tried: 0, .. } => tries,
        Sendings { tried, left: 0, kept } => return Note::SynAckNeverLeft(tried, kept),
        Sendings { left, .. } => left,
    };
    Note::SynAckSent { sent, by_timer: tries.min(sent), most: tries + more }
}

/// What an end that is connected knows of what it sent.
fn established(sight: &Sight<'_>, row: &SocketRow) -> Note {
    let again = sight.world.host(row.host).connection(row.socket).map_or(0, Connection::sent_again);
    let again = row.timer.retransmits.max(row.timer.probes).max(again);
    if asks_for_room(sight.world, row) {
        Note::WindowShut { octets: row.send_q }
    } else if again > 0 || row.timer.kind == TimerKind::Probe {
        Note::Unacknowledged { octets: row.send_q, tries: again + 1 }
    } else if sight.peer_state(row) == State::SynReceived {
        Note::ConnectedHere
    } else {
        undisturbed(sight, row)
    }
}

/// What this end has not noticed.
fn undisturbed(sight: &Sight<'_>, row: &SocketRow) -> Note {
    let Some(foreign) = row.foreign else { return Note::Connected };
    if sight.has_lost_peer(row) {
        return Note::Alone;
    }
    if sight.log.stopped() == 0 {
        return Note::Connected;
    }
    let found = verdicts(sight.log, row.local, foreign);
    let Some(verdict) = found.first().filter(|verdict| verdict.certainty != Certainty::NotSent) else {
        return Note::Connected;
    };
    let known = if verdict.from == row.local { verdict.sender } else { verdict.receiver };
    match known {
        Knowledge::Counted if matches!(verdict.place, Some(Place::Chain(..))) => {
            Note::OwnFirewall(verdict.segment)
        }
        Knowledge::Counted | Knowledge::Missing | Knowledge::Unaware => Note::ConnectedUnaware,
    }
}

/// What became of this end's FIN, as far as the log has it.
fn fin(world: &World, row: &SocketRow) -> Note {
    match sendings(world, row, Segment::is_fin) {
        // The FIN itself counts as one octet of those that are not acknowledged.
        Sendings { tried: 0, .. } => Note::FinWaits { octets: row.send_q.saturating_sub(1) },
        Sendings { tried, left: 0, kept } => Note::FinNeverLeft(tried, kept),
        Sendings { left, .. } if row.state == State::LastAck => Note::LastAck(left),
        Sendings { left, .. } => Note::FinSent(left),
    }
}

/// What became of the segments of a kind.
struct Sendings {
    tried: u32,
    /// How many of them left the host.
    left: u32,
    /// What keeps the others in it.
    kept: Kept,
}

/// The segments of a kind that this socket has sent since it entered its state. An entry that was forgotten may have sent
/// one at the same moment, with the same ports: it was another socket.
fn sendings(world: &World, row: &SocketRow, kind: impl Fn(&Segment) -> bool) -> Sendings {
    let log = world.log();
    let of = |fact: Fact| match fact.what {
        Happened::Sent { packet, .. } => log.packet(packet),
        _ => None,
    };
    let mut all = Sendings { tried: 0, left: 0, kept: Kept::Other };
    let facts = log.of_socket(row.socket).take_while(|fact| fact.at >= row.since);
    for packet in facts.filter_map(of).filter(|packet| packet.segment().is_some_and(&kind)) {
        all.tried += 1;
        if packet.departed().is_some() {
            all.left += 1;
            continue;
        }
        let kept = kept(packet.fate());
        let is_first = all.tried - all.left == 1;
        all.kept = if is_first || all.kept == kept { kept } else { Kept::Other };
    }
    all
}

const fn kept(fate: Fate) -> Kept {
    match fate {
        Fate::Dropped(_, Place::Chain(..)) => Kept::Dropped,
        Fate::Rejected(..) => Kept::Rejected,
        Fate::Dropped(_, Place::Qdisc(..)) => Kept::Netem,
        Fate::Queued(..) => Kept::Waits,
        _ => Kept::Other,
    }
}

fn closed(world: &World, end: &End) -> Note {
    let Some((row, fact)) = end.last else {
        return if end.host == HostId::Client { Note::NoConnection } else { Note::NobodyListens };
    };
    let ground = ground(world.log(), fact);
    Note::Ended(match (row.from, row.trigger) {
        _ if matches!(
            ground,
            Ground::Rejected(_) | Ground::Answered { .. } | Ground::NobodyThere | Ground::Forged(_)
        ) =>
        {
            Ending::By(ground)
        }
        (State::SynSent, Trigger::GiveUp) => Ending::TimedOut,
        (State::SynSent, Trigger::RstOfOpen) => Ending::Refused,
        (State::SynSent, Trigger::Unreachable) => Ending::Unreachable,
        (State::SynSent, _) if ground == Ground::Row => Ending::GivenUpByProgram,
        (State::SynReceived, Trigger::NotSent) => Ending::SynAckNotSent,
        (State::SynReceived, _) => Ending::HalfOpen,
        (_, Trigger::GiveUp) => Ending::GivenUp,
        (_, Trigger::KeepaliveOver) => Ending::NoProbeAnswered,
        (_, Trigger::Rst) => Ending::Reset,
        (_, Trigger::Abort) => Ending::By(ground),
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
pub(crate) fn caption(world: &World, row: &SocketRow, timer: Timer) -> Caption {
    match (timer, row.state) {
        (Timer::TimeWait, State::FinWait2) => return Caption::Forgets,
        (Timer::Keepalive, State::FinWait2) if row.owner.is_none() => return Caption::Forgets,
        (Timer::TimeWait, _) => return Caption::TimeWait,
        _ => {}
    }
    let next = world.host(row.host).forecast(row.socket).map_or(Next::Try, |told| told.next);
    match (next, row.state) {
        (Next::Ends, _) => Caption::GivesUp,
        (Next::Abandoned | Next::Refused, _) => Caption::Forgets,
        _ if timer == Timer::Keepalive => Caption::Keepalive,
        _ if asks_for_room(world, row) => Caption::Probe,
        (_, State::SynSent) => Caption::Syn,
        (_, State::SynReceived) => Caption::SynAck,
        (_, State::FinWait1 | State::Closing | State::LastAck) if timer == Timer::Retransmit => Caption::Fin,
        _ => Caption::Try,
    }
}
