//! By what an edge was taken, where its row alone does not say it.

use crate::words::{Abort, Ground, OwnName, PacketName, Stopped};
use tcp_core::Instant;
use tcp_core::net::firewall::{ChainId, ChainName, RejectWith, RuleAt};
use tcp_core::net::{CallName, Fact, FactId, Fate, Happened, Log, Packet, Passage, Place, SocketEntry};
use tcp_core::tcp::{Reply, Row, State, Trigger};

/// What the log knows of the edge that this fact is about, beyond its row.
pub(crate) fn ground(log: &Log, fact: FactId) -> Ground {
    known(log, fact).unwrap_or(Ground::Row)
}

fn known(log: &Log, fact: FactId) -> Option<Ground> {
    let fact = log.fact(fact)?;
    let Happened::Moved { socket: Some(socket), row } = fact.what else { return None };
    let entry = log.socket(socket)?;
    match (row.from, row.trigger) {
        (_, Trigger::FinAgain | Trigger::SynAgain) => came_again(log, &fact, &entry),
        (State::SynSent, Trigger::Retry) => {
            newest(log, &fact, &entry)?.finds_nobody().then_some(Ground::NobodyThere)
        }
        (State::SynSent, Trigger::Close) => rejected(log, &fact, &entry),
        (_, Trigger::Unreachable | Trigger::RstOfOpen | Trigger::Rst) => {
            rejected(log, &fact, &entry).or_else(|| forged(log, &fact)).or_else(|| answered(log, &fact))
        }
        (_, Trigger::Abort) => aborted(log, &fact, &entry, row).or_else(|| rejected(log, &fact, &entry)),
        (State::FinWait1, Trigger::AckOfFin) => is_released(log, &fact, &entry).then_some(Ground::Orphan),
        _ => None,
    }
}

/// What this end had sent before the fact, newest first.
fn sent<'a>(
    log: &'a Log,
    fact: &Fact,
    entry: &SocketEntry,
) -> Option<impl Iterator<Item = Passage<'a>> + use<'a>> {
    let (before, opened, local) = (fact.id, entry.opened, entry.local);
    let since = move |packet: &Passage<'_>| packet.sent().is_none_or(|sent| sent >= opened);
    let ours =
        move |packet: &Passage<'_>| packet.src == local && packet.sent().is_some_and(|sent| sent < before);
    Some(log.conversation(local, entry.foreign?).take_while(since).filter(ours))
}

fn newest<'a>(log: &'a Log, fact: &Fact, entry: &SocketEntry) -> Option<Passage<'a>> {
    sent(log, fact, entry)?.next()
}

/// A SYN or a FIN came once more: no answer to it got through, or it had left before one could arrive.
fn came_again(log: &Log, fact: &Fact, entry: &SocketEntry) -> Option<Ground> {
    let Happened::Arrived { packet, .. } = log.fact(fact.cause?)?.what else { return None };
    let again: &Packet = log.packet(packet)?.packet();
    let segment = again.segment()?;
    let answers = |packet: &Passage<'_>| {
        packet.segment().is_some_and(|it| it.is_ack() && !it.ack.before(segment.seq + segment.len()))
    };
    let mut found = None;
    for answer in sent(log, fact, entry)?.take_while(answers) {
        match (answer.fate(), ended(log, answer)) {
            (Fate::Arrived(_), Some(at)) if at < again.made => return None,
            // Only what was stopped before it was sent again can be why.
            (_, Some(at)) if at < again.made => found = Some(Ground::AnswerStopped),
            (Fate::Held(held, _), _) if log.at(held)? < again.made => {
                found = found.filter(|found| *found == Ground::AnswerStopped).or(Some(Ground::AnswerHeld));
            }
            _ => found = found.or(Some(Ground::LeftBefore)),
        }
    }
    found
}

/// When the way of a packet came to its end.
fn ended(log: &Log, packet: Passage<'_>) -> Option<Instant> {
    let arrived = if let Fate::Arrived(fact) = packet.fate() { Some(fact) } else { None };
    log.at(packet.fate().stopped().or(arrived)?)
}

/// The SYN that this host's own firewall rejected.
fn rejected(log: &Log, fact: &Fact, entry: &SocketEntry) -> Option<Ground> {
    let packet = newest(log, fact, entry)?;
    let is_syn = packet.segment()?.is_syn();
    match packet.fate() {
        Fate::Rejected(_, place @ Place::Chain(host, ChainName::Output, _))
            if is_syn && host == entry.host =>
        {
            Some(Ground::Rejected(stopped(log, place)))
        }
        _ => None,
    }
}

/// No host sent this packet: it was put on the wire by hand.
pub(crate) fn by_hand(log: &Log, packet: &Passage<'_>) -> bool {
    let made = |fact: Fact| matches!(fact.what, Happened::Injected { packet: made } if made == packet.id);
    packet.sent().is_none() && last(packet.fate()).is_some_and(|last| log.chain(last).any(made))
}

/// The last fact about the way of a packet.
pub(crate) const fn last(fate: Fate) -> Option<FactId> {
    match fate {
        Fate::Waits => None,
        Fate::Queued(fact, _)
        | Fate::OnItsWay(fact)
        | Fate::Held(fact, _)
        | Fate::Arrived(fact)
        | Fate::Dropped(fact, _)
        | Fate::Rejected(fact, _)
        | Fate::Lost(fact, _)
        | Fate::NobodyThere(fact) => Some(fact),
    }
}

/// A reset that no host had sent.
fn forged(log: &Log, fact: &Fact) -> Option<Ground> {
    let Happened::Arrived { packet, .. } = log.fact(fact.cause?)?.what else { return None };
    let by_hand = |it: Fact| matches!(it.what, Happened::Injected { packet: made } if made == packet);
    let by_hand = log.chain(fact.id).any(by_hand);
    by_hand.then_some(Ground::Forged(log.packet(packet)?.from))
}

/// What answered in place of the peer: a firewall that rejected a packet, or the link, which found nobody.
fn answered(log: &Log, fact: &Fact) -> Option<Ground> {
    let answer = match log.fact(fact.cause?)?.what {
        Happened::NobodyThere { .. } => return Some(Ground::NobodyThere),
        Happened::Arrived { packet, .. } => log.packet(packet)?,
        _ => return None,
    };
    match log.fact(log.fact(answer.sent()?)?.cause?)?.what {
        Happened::Rejected { packet, place: place @ Place::Chain(host, ..), with } => {
            let name = PacketName::of(&log.packet(packet)?);
            let reset = with == RejectWith::TcpReset;
            Some(Ground::Answered { firewall: host, name, at: stopped(log, place), reset })
        }
        _ => None,
    }
}

/// Who aborted the connection. A program that gives up its SYN sends nothing, and the row says so.
fn aborted(log: &Log, fact: &Fact, entry: &SocketEntry, row: &Row) -> Option<Ground> {
    let by = match fact.cause.and_then(|cause| log.fact(cause)).map(|cause| cause.what) {
        Some(Happened::Called { call: CallName::Disconnect, .. }) => Abort::Linger,
        Some(Happened::Called { socket, call: CallName::Close }) if socket == entry.socket => Abort::Unread,
        Some(Happened::Called { call: CallName::Close, .. }) => Abort::Listener,
        _ => Abort::Killed,
    };
    if row.from == State::SynSent && by != Abort::Killed {
        return None;
    }
    let reset = newest(log, fact, entry).is_some_and(|packet| {
        packet.departed() == Some(fact.at) && packet.segment().is_some_and(|segment| segment.is_rst())
    });
    Some(Ground::Aborted { by, reset: reset && row.reply == Reply::Rst })
}

/// Whether the program had closed the socket. It was `close()` or `shutdown()` that sent the FIN.
fn is_released(log: &Log, fact: &Fact, entry: &SocketEntry) -> bool {
    let call = |it: Fact| match it.what {
        Happened::Called { call: call @ (CallName::Shutdown | CallName::Close), .. } if it.id < fact.id => {
            Some(call)
        }
        _ => None,
    };
    log.of_socket(entry.socket).find_map(call) == Some(CallName::Close)
}

/// What stopped a packet.
pub(crate) fn stopped(log: &Log, place: Place) -> Stopped {
    match place {
        Place::Chain(host, chain, Some(RuleAt { id, number })) => match log.rule(id) {
            Some((_, ChainId::Own(own), _)) => {
                let name = log.chain_name(*own).map(|name| OwnName::of(name)).unwrap_or_default();
                Stopped::OwnRule(number, name, host, chain)
            }
            _ => Stopped::Rule(number, host, chain),
        },
        Place::Chain(host, chain, None) => Stopped::Policy(host, chain),
        Place::Network => Stopped::Network,
        Place::Link(host) => Stopped::Link(host),
        Place::Lookup(host) => Stopped::Lookup(host),
        Place::Qdisc(host, why) => Stopped::Netem(host, why),
    }
}
