//! States in English.

use crate::words::{Caption, Ending, Kept, Note};
use std::time::Duration;

pub(super) fn note(note: &Note) -> String {
    match *note {
        Note::Listening { port, waiting: 0 } => format!("Waiting on port {port} to be asked."),
        Note::Listening { port, waiting: 1 } => {
            format!("Waiting on port {port}. One connection is not accepted yet.")
        }
        Note::Listening { port, waiting } => {
            format!("Waiting on port {port}. {waiting} connections are not accepted yet.")
        }
        Note::NobodyThere => "Nobody on the link answers for that address, so no SYN leaves.".to_owned(),
        Note::SynSent { sent, most, patience, by_program, kept } => {
            let (count, who) =
                if by_program { (times(sent), "its program") } else { (of(sent, most), "TCP") };
            let end = format!("{who} gives up after {}.", seconds(patience));
            match kept {
                Some(kept) => format!("SYN tried {count}: {}; {end}", by(kept)),
                None => format!("SYN sent {count}. Without an answer, {end}"),
            }
        }
        Note::FoundNoRoom => {
            "The third segment came, but the listener's queue is full: it was ignored.".to_owned()
        }
        Note::SynAckSent { sent, by_timer, most } if sent > by_timer => format!(
            "SYN|ACK sent {}: {by_timer} of at most {most} on its own, the rest to a SYN that came again.",
            times(sent)
        ),
        Note::SynAckSent { sent, most, .. } => {
            format!("SYN|ACK sent {}. The third segment has not come.", of(sent, most))
        }
        Note::SynAckNeverLeft(tries, kept) => never_left("SYN|ACK", tries, kept),
        Note::Abandoned => "Its listener is closed, so its timer forgets it.".to_owned(),
        Note::Unacknowledged { octets, tries } => {
            format!("Connected, but {octets} octets are not acknowledged; tried {}.", times(tries))
        }
        Note::WindowShut { octets } => {
            format!("Connected, but the peer's window is shut: {octets} octets wait, and probes go on.")
        }
        Note::Connected => "Connected: data can flow both ways.".to_owned(),
        Note::Alone => "Connected at this end only: the other has no such connection.".to_owned(),
        Note::OwnFirewall(part) => {
            format!("Connected, but its own firewall stops {}.", super::verdict::the(part))
        }
        Note::ConnectedUnaware => "Connected, as far as this end can know.".to_owned(),
        Note::ConnectedHere => "Connected at this end; the other is still in SYN_RECV.".to_owned(),
        Note::FinWaits { octets } => {
            format!("Its FIN waits: {octets} octets before it are not acknowledged.")
        }
        Note::FinNeverLeft(tries, kept) => never_left("FIN", tries, kept),
        Note::FinSent(tries) => format!("Its FIN was sent {} and is not acknowledged yet.", times(tries)),
        Note::Orphan(span) => format!(
            "Done sending; waits for the peer's FIN. No program holds it, so it ends after {}.",
            seconds(span)
        ),
        Note::HalfClosed => "Done sending; the peer may go on. Waits for its FIN.".to_owned(),
        Note::Closing => "Both ends closed at once. Waits for the ACK of its FIN.".to_owned(),
        Note::TimeWait(span) => {
            format!("Waits {} (2MSL), so that nothing of this connection can meet a new one.", seconds(span))
        }
        Note::CloseWait => "The peer is done. The program here has not closed yet.".to_owned(),
        Note::LastAck(tries) => format!("Its FIN was sent {}. Waits for the last ACK.", times(tries)),
        Note::Ended(Ending::By(ground)) => super::report::ground(ground),
        Note::Ended(ending) => ended(ending).to_owned(),
        Note::NoConnection => "No connection yet: press Connect, or first let SYN be dropped.".to_owned(),
        Note::NobodyListens => "Nobody listens here.".to_owned(),
    }
}

fn never_left(what: &str, tries: u32, kept: Kept) -> String {
    let tried = format!("Its {what} was tried {} and never left this host", times(tries));
    match kept {
        Kept::Waits => format!("Its {what} waits in this host's netem."),
        Kept::Other => tried + ".",
        kept => format!("{tried}: {}.", by(kept)),
    }
}

const fn by(kept: Kept) -> &'static str {
    match kept {
        Kept::Dropped => "its own firewall dropped it",
        Kept::Rejected => "its own firewall rejected it",
        Kept::Netem => "its own netem lost it",
        Kept::Waits => "it waits in its own netem",
        Kept::Other => "it never left this host",
    }
}

const fn ended(ending: Ending) -> &'static str {
    match ending {
        Ending::TimedOut => "Gave up: Connection timed out.",
        Ending::Refused => "Connection refused: the SYN was answered by a reset.",
        Ending::Unreachable => "An ICMP error came: there is no way to that address.",
        Ending::GivenUpByProgram => "The program ended before an answer came.",
        Ending::SynAckNotSent => {
            "The half-open entry is gone: its own firewall did not even let the SYN|ACK out."
        }
        Ending::HalfOpen => "The half-open entry is gone.",
        Ending::GivenUp => "Given up: nobody acknowledged.",
        Ending::NoProbeAnswered => "Given up: no keepalive probe was answered.",
        Ending::Reset => "Reset by the peer.",
        Ending::DataForNobody => "Data came for a program that is gone: the peer was sent a RST.",
        Ending::TimeWaitOver => "2MSL is over: the connection is gone for good.",
        Ending::Closed | Ending::By(_) => "The connection is closed at this end.",
    }
}

pub(super) const fn caption(caption: Caption) -> &'static str {
    match caption {
        Caption::GivesUp => "gives up",
        Caption::Forgets => "forgotten in",
        Caption::TimeWait => "2MSL",
        Caption::Try => "next try",
        Caption::Probe => "next probe",
        Caption::Keepalive => "keepalive probe",
        Caption::Syn => "next SYN",
        Caption::SynAck => "next SYN|ACK",
        Caption::Fin => "next FIN",
    }
}

/// `twice, at most 7 times`; `7 of 7 times` when it is over.
fn of(sent: u32, most: u32) -> String {
    if sent == most {
        format!("{sent} of {most} times")
    } else {
        format!("{}, at most {most} times", times(sent))
    }
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
