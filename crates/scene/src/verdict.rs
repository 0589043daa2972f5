//! What the states of both ends mean. It rests on the log: what was sent, what arrived, and what was stopped.

use crate::ground::{ground, stopped};
use crate::model::{PairView, Why};
use crate::shows::lines;
use crate::sight::{Sight, asks_for_room};
use crate::stray::is_stray;
use crate::subject::End;
use crate::why::why_both;
use crate::wire::netem;
use crate::words::{Ground, Ignorance, Loss, Meaning, Message, PacketName, Stray};
use tcp_core::net::verdict::{Certainty, Knowledge, Verdict, verdicts};
use tcp_core::net::{Endpoint, FactId, Fate, Happened, HostId, Log, Packet, Passage};
use tcp_core::tcp::{State, Trigger};

/// What the pair of states means.
pub(crate) fn verdict(sight: &Sight<'_>, ends: &[End; 2], tuple: Option<(Endpoint, Endpoint)>) -> PairView {
    let Some(tuple) = tuple else {
        let listens = ends.iter().rev().find(|end| end.state() == State::Listen).map(|end| end.host);
        return view(sight, ends, None, (Meaning::NoConnection { listens }, false, None));
    };
    let pair = Pair { sight, ends, tuple };
    view(sight, ends, Some(tuple), (pair.meaning(), pair.lost_before(), pair.stray()))
}

fn view(
    sight: &Sight<'_>,
    ends: &[End; 2],
    tuple: Option<(Endpoint, Endpoint)>,
    (meaning, before, stray): (Meaning, bool, Option<Stray>),
) -> PairView {
    let says = Message::Meaning { meaning, before, stray };
    let shows = match (meaning, tuple) {
        (Meaning::Lost(loss) | Meaning::UnderWay(loss), Some(tuple)) => lines(sight.log, &loss, tuple),
        _ => Vec::new(),
    };
    let why = Why { shows, ..why_both(sight, says.clone(), ends, tuple) };
    PairView { why, says, lost: meaning.is_loss() }
}

/// Both ends of a connection, past or present.
struct Pair<'a> {
    sight: &'a Sight<'a>,
    ends: &'a [End; 2],
    /// C_m's end, then S_m's.
    tuple: (Endpoint, Endpoint),
}

impl<'a> Pair<'a> {
    fn log(&self) -> &'a Log {
        self.sight.log
    }

    /// What both ends sent since the newest SYN that opened a connection, newest first.
    fn newest_attempt(&self) -> impl Iterator<Item = Passage<'a>> + use<'a> {
        let opens = |packet: &Passage<'_>| {
            packet.again == 0 && packet.segment().is_some_and(|it| it.is_syn() && !it.is_ack())
        };
        let mut opened = false;
        let since = move |packet: &Passage<'_>| {
            let before = opened;
            opened = before || opens(packet);
            !before
        };
        self.log().conversation(self.tuple.0, self.tuple.1).take_while(since)
    }

    /// Something of this connection was stopped.
    fn lost_before(&self) -> bool {
        self.log().stopped() > 0 && self.newest_attempt().any(|packet| packet.fate().stopped().is_some())
    }

    fn host(&self, end: Endpoint) -> HostId {
        if end == self.tuple.0 { HostId::Client } else { HostId::Server }
    }

    /// The end's state if it is one of a connection; CLOSED else.
    fn state(&self, at: usize) -> State {
        let connected = self.ends[at].row.as_ref().filter(|row| row.foreign.is_some());
        connected.map_or(State::Closed, |row| row.state)
    }

    fn is_gone(&self, host: HostId) -> bool {
        self.state(usize::from(host == HostId::Server)) == State::Closed
    }

    fn meaning(&self) -> Meaning {
        let found = self.verdicts();
        let first = found.first();
        if self.is_for_nobody() {
            Meaning::NobodyThere { of: None, unplugged: false }
        } else if let Some(verdict) = first.filter(|verdict| verdict.certainty != Certainty::NotSent) {
            self.lost(verdict)
        } else if let Some(rejected) = self.rejected() {
            rejected
        } else if let Some(packet) = self.newest_attempt().next().filter(|packet| packet.finds_nobody()) {
            let unplugged = packet.to.is_some_and(|host| !self.sight.world.is_linked(host));
            Meaning::NobodyThere { of: packet.to, unplugged }
        } else if let Some(under_way) = self.on_its_way().or_else(|| self.queued()) {
            under_way
        } else if let Some(verdict) = first {
            let host = self.host(verdict.from);
            let peer = if host == HostId::Client { HostId::Server } else { HostId::Client };
            Meaning::NotClosed { host, alone: self.is_gone(peer) }
        } else {
            self.at_rest()
        }
    }

    /// A search through all that was sent is spared where it can find nothing.
    fn verdicts(&self) -> Vec<Verdict> {
        let closes = |at| matches!(self.state(at), State::CloseWait | State::FinWait2);
        if self.log().stopped() > 0 || closes(0) || closes(1) {
            verdicts(self.log(), self.tuple.0, self.tuple.1)
        } else {
            Vec::new()
        }
    }

    /// The link finds no host with the address.
    fn is_for_nobody(&self) -> bool {
        self.newest_attempt().next().is_some_and(|packet| packet.to.is_none())
    }

    fn lost(&self, verdict: &Verdict) -> Meaning {
        let Some(place) = verdict.place else { return Meaning::Over };
        let rejects = |fact: FactId| {
            self.log().fact(fact).is_some_and(|fact| matches!(fact.what, Happened::Rejected { .. }))
        };
        let rejected = verdict.evidence.stopped.last().is_some_and(|fact| rejects(*fact));
        let from = self.host(verdict.from);
        let to = if from == HostId::Client { HostId::Server } else { HostId::Client };
        let ignorance = match (verdict.sender, verdict.receiver) {
            _ if rejected => Ignorance::Nobody,
            (Knowledge::Counted, Knowledge::Missing) => Ignorance::CannotTell(to),
            (Knowledge::Counted, _) => Ignorance::Unaware(to),
            (Knowledge::Missing, Knowledge::Counted) => Ignorance::CannotTell(from),
            (_, Knowledge::Counted) => Ignorance::Unaware(from),
            _ => Ignorance::Both,
        };
        let loss = Loss {
            segment: verdict.segment,
            from,
            at: stopped(self.log(), place),
            rejected,
            over: self.is_gone(from),
            ignorance,
        };
        match verdict.certainty {
            Certainty::UnderWay => Meaning::UnderWay(loss),
            Certainty::Stopped | Certainty::NotSent => Meaning::Lost(loss),
        }
    }

    /// A firewall's reset ended the connection.
    fn rejected(&self) -> Option<Meaning> {
        let mut grounds = self.ends.iter().filter_map(|end| Some(ground(self.log(), end.last?.1)));
        grounds.find(|ground| matches!(ground, Ground::Answered { reset: true, .. })).map(Meaning::Rejected)
    }

    /// It is between the two ends.
    fn is_ours(&self, packet: &Packet) -> bool {
        (packet.src, packet.dst) == self.tuple || (packet.dst, packet.src) == self.tuple
    }

    /// The oldest segment that is under way between the two ends and still needed; one that is held comes after the others.
    fn on_its_way(&self) -> Option<Meaning> {
        let needed = || {
            let ours = self.log().in_flight().filter(|packet| self.is_ours(packet));
            ours.filter(|packet| !is_stray(self.log(), packet))
        };
        let moves = |packet: &Passage<'_>| !matches!(packet.fate(), Fate::Held(..));
        let packet = needed().find(moves).or_else(|| needed().next())?;
        let held = if let Fate::Held(_, until) = packet.fate() { Some(until) } else { None };
        Some(Meaning::OnItsWay { name: PacketName::of(&packet), to: packet.to?, held })
    }

    /// The oldest segment that is under way and not needed any more.
    fn stray(&self) -> Option<Stray> {
        let ours = self.log().in_flight().filter(|packet| self.is_ours(packet));
        let packet = ours.into_iter().find(|packet| is_stray(self.log(), packet))?;
        let held = matches!(packet.fate(), Fate::Held(..));
        Some(Stray { name: PacketName::of(&packet), held })
    }

    /// The first of the segments that wait in a netem of the two hosts.
    fn queued(&self) -> Option<Meaning> {
        let fates = [HostId::Client, HostId::Server].into_iter().filter_map(|host| {
            let netem = netem(self.sight.world, host)?;
            let needed = |packet: &&Packet| self.is_ours(packet) && !is_stray(self.log(), packet);
            let packet = netem.waiting().find(needed)?;
            let packet = self.log().packet(packet.id)?;
            let Fate::Queued(_, until) = packet.fate() else { return None };
            Some((until, PacketName::of(&packet), host))
        });
        let (until, name, host) = fates.min_by_key(|(until, ..)| *until)?;
        Some(Meaning::Queued { name, host, until })
    }

    /// What the states mean while nothing is under way and nothing missing.
    fn at_rest(&self) -> Meaning {
        if let Some(no_room) = self.no_room() {
            return no_room;
        }
        if let Some(host) = self.shut_window() {
            return Meaning::WindowShut(host);
        }
        use HostId::{Client, Server};
        match [self.state(0), self.state(1)] {
            [State::Closed, State::Closed] => self.ended(),
            [State::Established, State::Established] => Meaning::Connected,
            [State::TimeWait, _] => Meaning::TimeWait(Client),
            [_, State::TimeWait] => Meaning::TimeWait(Server),
            [_, State::Closed] => self.alone(Client),
            [State::Closed, _] => self.alone(Server),
            [_, State::SynReceived] => Meaning::Waits(Server),
            _ => Meaning::Waits(Client),
        }
    }

    /// One end has a connection, the other has none.
    fn alone(&self, host: HostId) -> Meaning {
        let (client, server) = self.tuple;
        let (other, ends) = if host == HostId::Client {
            (HostId::Server, (server, client))
        } else {
            (HostId::Client, self.tuple)
        };
        let was_there = self.log().sockets_of(other, ends.0, ends.1).next().is_some();
        let at = usize::from(host == HostId::Server);
        let lost_peer = self.ends[at].row.as_ref().is_some_and(|row| self.sight.has_lost_peer(row));
        match self.state(at) {
            // Its peer is neither of the two hosts.
            State::Established if !lost_peer => Meaning::Connected,
            _ if !lost_peer => Meaning::Waits(host),
            State::SynSent => Meaning::Waits(host),
            _ if was_there => Meaning::Alone(host),
            _ => Meaning::NoEntry(host),
        }
    }

    /// How it ended, where neither end is left.
    fn ended(&self) -> Meaning {
        let last = |host: usize| self.ends[host].last.filter(|_| self.is_of_pair(host)).map(|(row, _)| row);
        let mut edges =
            [0, 1].into_iter().filter_map(|at| Some(self.ends[at].last.filter(|_| self.is_of_pair(at))?.1));
        let forged = edges.find_map(|fact| match ground(self.log(), fact) {
            Ground::Forged(host) => Some(host),
            _ => None,
        });
        if let Some(host) = forged {
            return Meaning::Forged(host);
        }
        let by_reset = |trigger| matches!(trigger, Trigger::Rst | Trigger::RstOfOpen);
        let reset =
            [0, 1].into_iter().find_map(|at| Some((at, last(at).filter(|row| by_reset(row.trigger))?)));
        match reset {
            Some((at, row)) => {
                let by = [HostId::Server, HostId::Client][at];
                if row.trigger == Trigger::RstOfOpen { Meaning::Refused(by) } else { Meaning::Reset(by) }
            }
            None => Meaning::Over,
        }
    }

    /// The end's last edge is of this connection, not of a listener.
    fn is_of_pair(&self, at: usize) -> bool {
        self.ends[at].row.is_none()
    }

    /// The newest segment that arrived found no room in the listener's queue.
    fn no_room(&self) -> Option<Meaning> {
        let arrived = |packet: &Passage<'_>| matches!(packet.fate(), Fate::Arrived(_));
        let newest = self.newest_attempt().find(arrived)?;
        let Fate::Arrived(fact) = newest.fate() else { return None };
        let socket = self.log().fact(fact)?.what.socket()?;
        let listener = self.log().socket(socket).and_then(|entry| entry.parent).unwrap_or(socket);
        let ignored = |packet| packet == newest.id;
        let after = self.log().of_socket(listener).take_while(|it| it.id > fact);
        let full = |what: &Happened| matches!(what, Happened::QueueFull { packet, .. } if ignored(*packet));
        after.into_iter().any(|it| full(&it.what)).then_some(())?;
        Some(Meaning::NoRoom { host: newest.to?, name: PacketName::of(&newest) })
    }

    /// The host whose window is shut while the other has more to send.
    fn shut_window(&self) -> Option<HostId> {
        let asks = |end: &&End| end.row.as_ref().is_some_and(|row| asks_for_room(self.sight.world, row));
        let asking = self.ends.iter().find(asks)?;
        Some(if asking.host == HostId::Client { HostId::Server } else { HostId::Client })
    }
}
