//! What pairs of states mean, in English. A sentence has at most 85 characters, so that it never needs a third line.

use super::report::{ground, held_until, packet, place};
use super::time::seconds;
use crate::words::{Ignorance, Loss, Meaning, Stopped, Stray};
use tcp_core::net::QdiscDrop;
use tcp_core::net::verdict::Part;

/// As many characters as have room.
const ROOM: usize = 85;

/// One sentence, or two. `before` says that something was lost earlier in this connection. What is not needed any more is
/// mentioned where there is room.
pub(super) fn meaning(meaning: &Meaning, before: bool, stray: Option<Stray>) -> String {
    let says = self::says(meaning, before);
    let besides = stray.filter(|_| !meaning.is_loss()).map(|Stray { name, held }| {
        format!(" {} is still {}.", packet(&name), if held { "held" } else { "on its way" })
    });
    let has_room = |besides: &String| says.chars().count() + besides.chars().count() <= ROOM;
    let besides = besides.filter(has_room).unwrap_or_default();
    says + &besides
}

fn says(meaning: &Meaning, before: bool) -> String {
    let nothing = if before { "Nothing is lost now" } else { "Nothing is lost" };
    match *meaning {
        Meaning::NoConnection { listens: Some(host) } => {
            format!("Nobody has asked for a connection yet; {host} listens.")
        }
        Meaning::NoConnection { listens: None } => {
            "Nobody has asked for a connection yet, and nobody listens.".to_owned()
        }
        Meaning::NobodyThere { of: None, .. } => "No host has the address, so that no SYN leaves.".to_owned(),
        Meaning::NobodyThere { of: Some(host), unplugged: true } => {
            format!("{host}'s eth0 is down: nobody answers for its address, and nothing leaves for it.")
        }
        Meaning::NobodyThere { of: Some(host), unplugged: false } => {
            format!("Nobody has answered for {host}'s address, and nothing has left for it.")
        }
        Meaning::Lost(loss) => lost(loss),
        Meaning::UnderWay(loss) => {
            format!("{} was lost {}; another is on its way.", segment(loss), at(loss.at))
        }
        Meaning::Rejected(by) => ground(by),
        Meaning::OnItsWay { name, to, held } => {
            let until = held_until(held.flatten());
            let held = if held.is_some() { "held " } else { "" };
            format!("{nothing}: {} is {held}on its way to {to}{until}.", packet(&name))
        }
        Meaning::Queued { name, host, until } => {
            format!("{nothing}: {} waits in {host}'s netem until {}.", packet(&name), seconds(until))
        }
        Meaning::NoRoom { host, name } => {
            format!("{nothing}: {host} has no room in its queue and ignores {}.", packet(&name))
        }
        Meaning::NotClosed { host, alone: false } => {
            format!("{nothing}: the program on {host} has not closed yet.")
        }
        Meaning::NotClosed { host, alone: true } => {
            format!("{nothing}: the program on {host} has not closed. Its peer waits no more.")
        }
        Meaning::WindowShut(host) => {
            format!("{nothing}: the window of {host} is shut until its program reads.")
        }
        Meaning::Waits(host) => format!("{nothing}: {host} waits for the other end."),
        Meaning::Connected => format!("{nothing}: both ends are connected."),
        Meaning::TimeWait(host) => format!("{nothing}: both have closed, and {host} waits 2MSL."),
        Meaning::Alone(host) => format!("The other end is gone. {host} cannot tell."),
        Meaning::NoEntry(host) => {
            format!("{nothing}: the other end answered {host} with a cookie and keeps no entry.")
        }
        Meaning::Refused(host) => format!("{nothing}: {host} refused the connection with a RST."),
        Meaning::Reset(host) => format!("{nothing}: {host} ended the connection with a RST."),
        Meaning::Forged(host) => {
            format!("{nothing}: a RST made by hand ended it, which {host} never sent.")
        }
        Meaning::Over => format!("{nothing}: the connection is over at both ends."),
    }
}

fn lost(loss: Loss) -> String {
    let Loss { at, rejected, over, .. } = loss;
    let segment = segment(loss);
    let is = if over { "was" } else { "is" };
    let stopped = if rejected { "rejected" } else { "dropped" };
    let place = match at {
        Stopped::Network => format!("{segment} {is} lost in the network."),
        Stopped::Link(host) => format!("{segment} {is} lost: {host}'s eth0 is down."),
        Stopped::Lookup(host) => {
            format!("{segment} {is} lost: {host} threw it away while it waited for an address.")
        }
        Stopped::Netem(host, QdiscDrop::Lost) => format!("{segment} {is} lost in {host}'s netem."),
        Stopped::Netem(host, QdiscDrop::Full) => format!("{segment} {is} lost: {host}'s netem was full."),
        Stopped::Netem(host, QdiscDrop::Emptied) => {
            format!("{segment} {is} lost: {host}'s netem was emptied.")
        }
        Stopped::Rule(..) | Stopped::OwnRule(..) | Stopped::Policy(..) => {
            format!("{segment} {is} lost: {} {stopped} it.", place(at))
        }
    };
    format!("{place}{}", ignorance(loss.ignorance))
}

fn ignorance(ignorance: Ignorance) -> String {
    match ignorance {
        Ignorance::Both => " Neither end can tell.".to_owned(),
        Ignorance::CannotTell(host) => format!(" {host} cannot tell."),
        Ignorance::Unaware(host) => format!(" {host} knows nothing."),
        Ignorance::Nobody => String::new(),
    }
}

fn at(place: Stopped) -> String {
    match place {
        Stopped::Network => "in the network".to_owned(),
        Stopped::Link(host) => format!("at {host}'s eth0, which is down"),
        Stopped::Lookup(host) => format!("at {host}, which threw it away while it waited for an address"),
        Stopped::Netem(host, _) => format!("in {host}'s netem"),
        Stopped::Rule(..) | Stopped::OwnRule(..) | Stopped::Policy(..) => {
            format!("at {}", super::report::place(place))
        }
    }
}

/// At the beginning of a sentence. Of what both ends send, whose it is.
fn segment(loss: Loss) -> String {
    let host = loss.from;
    match loss.segment {
        Part::Syn => format!("{host}'s SYN"),
        Part::SynAck => "The SYN|ACK".to_owned(),
        Part::AckOfSyn => "The handshake's ACK".to_owned(),
        Part::Data => format!("{host}'s data"),
        Part::AckOfData => "The ACK of the data".to_owned(),
        Part::Fin => format!("{host}'s FIN"),
        Part::AckOfFin => "The ACK of the FIN".to_owned(),
        Part::Rst => format!("{host}'s RST"),
    }
}
