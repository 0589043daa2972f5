//! The state machine in English.

use crate::names::{Figure, NodeId, article_name};
use crate::words::Lane;
use tcp_core::net::HostId;
use tcp_core::tcp::{Row, TABLE};

/// A node's name: there are two that are CLOSED.
pub(super) fn name(node: NodeId) -> &'static str {
    match node {
        NodeId::Start => "CLOSED, before a connection",
        NodeId::End => "CLOSED, after a connection",
        other => article_name(other.state()),
    }
}

/// What it means to be in a state, whether that may last (the article, L42), and who is there.
pub(super) fn node(node: NodeId, here: &[HostId]) -> String {
    let here: String = here.iter().map(|host| format!(" {host} is here.")).collect();
    format!("{}: {}{here}", name(node), meaning(node))
}

pub(super) const fn meaning(node: NodeId) -> &'static str {
    match node {
        NodeId::Start => "No connection yet.",
        NodeId::Listen => "A server waits to be asked. It may last.",
        NodeId::SynSent => {
            "connect() sent a SYN and waits for the answer. Longer than a second is not normal."
        }
        NodeId::SynRecv => {
            "A SYN came and was answered; the third segment is awaited. Longer than a second is not normal."
        }
        NodeId::Established => "Both ends are connected and data can flow. It may last.",
        NodeId::FinWait1 => "This end closed first; its FIN is not acknowledged yet.",
        NodeId::FinWait2 => "Its FIN is acknowledged; the other end may still send.",
        NodeId::Closing => "Both ends closed at the same time.",
        NodeId::TimeWait => "Both have closed; the end that closed first waits 2MSL. It may last.",
        NodeId::CloseWait => "The other end closed; the program here has not.",
        NodeId::LastAck => "Both have closed; the last ACK is awaited.",
        NodeId::End => "No connection any more.",
    }
}

/// `SYN_SENT to ESTABLISHED: recv: SYN|ACK, send: ACK. The server answered; …`, for each row.
pub(super) fn ways(rows: &[usize]) -> String {
    let words = rows.iter().filter_map(|row| TABLE.get(*row)).map(|row| {
        let (event, action, says) = (row.trigger.label(), row.reply.label(), super::row(row));
        format!("{}: {event}, {action}. {says}", way(row))
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `recv: SYN, send: SYN|ACK, to SYN_RECV. A client asks; …`
pub(super) fn row(row: usize) -> String {
    let Some(row) = TABLE.get(row) else { return String::new() };
    let (event, action, says) = (row.trigger.label(), row.reply.label(), super::row(row));
    let to = article_name(row.to);
    if row.is_loop() {
        format!("{event}, {action}, stays. {says}")
    } else {
        format!("{event}, {action}, to {to}. {says}")
    }
}

pub(super) fn way(row: &Row) -> String {
    let [from, to] = [row.from, row.to].map(article_name);
    if row.is_loop() { format!("{from} stays") } else { format!("{from} to {to}") }
}

pub(super) const fn part(figure: Figure) -> &'static str {
    match figure {
        Figure::Whole => "Figure 1",
        Figure::SetUp => "Set-up, Figure 4",
        Figure::Teardown => "Teardown",
        Figure::Beyond => "Beyond Figure 1",
        Figure::Trails => "Trails of both",
    }
}

pub(super) const fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::PassiveOpen => "PASSIVE OPEN",
        Lane::ActiveOpen => "ACTIVE OPEN",
        Lane::ActiveClose => "ACTIVE CLOSE",
        Lane::PassiveClose => "PASSIVE CLOSE",
    }
}
