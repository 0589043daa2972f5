//! What each loss would show: the pair of states that distinguishes it from the others of a handshake or a close.
//!
//! A test plays every drop at every place, at every moment, and compares it with the states
//! that the engine comes to while the verdict names that loss.

use crate::model::ShowsLine;
use crate::words::{Loss, Message, Stopped};
use tcp_core::net::firewall::ChainName;
use tcp_core::net::verdict::Part;
use tcp_core::net::{Endpoint, HostId, Log, QdiscDrop};
use tcp_core::tcp::State;

/// A loss, and the states of the end that began the undertaking and of the other.
pub struct Row {
    /// What is lost.
    pub segment: Part,
    /// The end that began sends it.
    pub by_first: bool,
    /// The firewall of the host that sends it stops it, or something later does; `None` where both show the same.
    pub at_sender: Option<bool>,
    /// The pairs that are seen, in turns.
    pub pairs: &'static [[State; 2]],
}

use State::{CloseWait, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent, TimeWait};

/// To open a connection.
pub const OPENING: [Row; 4] = [
    Row { segment: Part::Syn, by_first: true, at_sender: None, pairs: &[[SynSent, Listen]] },
    Row {
        segment: Part::SynAck,
        by_first: false,
        at_sender: Some(true),
        pairs: &[[SynSent, SynReceived], [SynSent, Listen]],
    },
    Row { segment: Part::SynAck, by_first: false, at_sender: Some(false), pairs: &[[SynSent, SynReceived]] },
    Row { segment: Part::AckOfSyn, by_first: true, at_sender: None, pairs: &[[Established, SynReceived]] },
];

/// To close it.
pub const CLOSING: [Row; 4] = [
    Row { segment: Part::Fin, by_first: true, at_sender: None, pairs: &[[FinWait1, Established]] },
    Row { segment: Part::AckOfFin, by_first: false, at_sender: None, pairs: &[[FinWait1, CloseWait]] },
    Row { segment: Part::Fin, by_first: false, at_sender: None, pairs: &[[FinWait2, LastAck]] },
    Row { segment: Part::AckOfFin, by_first: true, at_sender: None, pairs: &[[TimeWait, LastAck]] },
];

impl Row {
    /// It is this loss. `first` is the host that began the undertaking.
    pub fn is(&self, loss: &Loss, first: HostId) -> bool {
        let own = matches!(
            loss.at,
            Stopped::Rule(_, host, ChainName::Output)
                | Stopped::OwnRule(_, _, host, ChainName::Output)
                | Stopped::Policy(host, ChainName::Output)
                // Its TCP knows, as if OUTPUT had dropped it.
                | Stopped::Netem(host, QdiscDrop::Full)
                if host == loss.from
        );
        self.segment == loss.segment
            && self.by_first == (loss.from == first)
            && self.at_sender.is_none_or(|at_sender| at_sender == own)
    }
}

/// The losses of the undertaking that this one belongs to, and the host that began it: what the same would show
/// elsewhere. Nothing for losses that the states do not distinguish.
pub fn table(log: &Log, loss: &Loss, ends: (Endpoint, Endpoint)) -> Option<(&'static [Row], HostId)> {
    let began = |opens: bool| {
        let of = log.conversation(ends.0, ends.1).filter(|it| {
            it.segment().is_some_and(|it| if opens { it.is_syn() && !it.is_ack() } else { it.is_fin() })
        });
        let all = of.map(|it| it.from);
        // The newest SYN is of the connection that is looked at; the first FIN after it closed it first.
        if opens { all.into_iter().next() } else { all.last() }
    };
    match loss.segment {
        Part::Syn | Part::SynAck | Part::AckOfSyn => Some((&OPENING, began(true)?)),
        Part::Fin | Part::AckOfFin => Some((&CLOSING, began(false)?)),
        Part::Data | Part::AckOfData | Part::Rst => None,
    }
}

/// The same in words, with the one that is seen now.
pub(crate) fn lines(log: &Log, loss: &Loss, ends: (Endpoint, Endpoint)) -> Vec<ShowsLine> {
    let Some((rows, first)) = table(log, loss, ends) else { return Vec::new() };
    let other = if first == HostId::Client { HostId::Server } else { HostId::Client };
    let line = |row: &Row| {
        let pairs = row.pairs.iter().map(
            |[one, two]| {
                if first == HostId::Client { [*one, *two] } else { [*two, *one] }
            },
        );
        ShowsLine {
            loss: Message::LossOf {
                segment: row.segment,
                from: if row.by_first { first } else { other },
                at_sender: row.at_sender,
            },
            shows: Message::Shows(pairs.collect()),
            is: row.is(loss, first),
        }
    };
    let lines: Vec<ShowsLine> = rows.iter().map(line).collect();
    // Both closed at once: the table is about one after the other.
    if lines.iter().any(|line| line.is) { lines } else { Vec::new() }
}
