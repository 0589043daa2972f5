//! Verdicts in English.

use crate::names::article_name;
use tcp_core::net::HostId;
use tcp_core::net::verdict::{Certainty, Part};
use tcp_core::tcp::State;

/// `SYN_SENT and SYN_RECV: the SYN|ACK does not get through`
pub(super) fn verdict(states: [State; 2], segment: Part, certainty: Certainty) -> String {
    let [one, other] = states.map(article_name);
    let pair = match states {
        [State::SynSent, State::Listen] => format!("{one} here and {other} there"),
        _ => format!("{one} and {other}"),
    };
    let segment = name(segment, states);
    match certainty {
        Certainty::Stopped => format!("{pair}: {segment} does not get through"),
        Certainty::UnderWay => format!("{pair}: {segment} has not got through yet"),
        Certainty::NotSent => format!("{pair}: nothing is lost; one program has not closed"),
    }
}

/// `the SYN|ACK`, whatever the states.
pub(super) const fn the(segment: Part) -> &'static str {
    name(segment, [State::Established; 2])
}

const fn name(segment: Part, states: [State; 2]) -> &'static str {
    match (segment, states) {
        (Part::Syn, _) => "the SYN",
        (Part::SynAck, _) => "the SYN|ACK",
        (Part::AckOfSyn, _) | (Part::AckOfFin, [State::TimeWait, State::LastAck]) => "the last ACK",
        (Part::Data, _) => "the data",
        (Part::AckOfData, _) => "the ACK of the data",
        (Part::Fin, [State::FinWait2, State::LastAck]) => "the second FIN",
        (Part::Fin, _) => "the FIN",
        (Part::AckOfFin, _) => "the ACK of the FIN",
        (Part::Rst, _) => "the RST",
    }
}

/// `SYN|ACK, at S_m OUTPUT`
pub(super) fn loss_of(segment: Part, from: HostId, at_sender: Option<bool>) -> String {
    let name = match segment {
        Part::Syn => "SYN".to_owned(),
        Part::SynAck => "SYN|ACK".to_owned(),
        Part::AckOfSyn => "the last ACK".to_owned(),
        Part::Fin => format!("{from}'s FIN"),
        Part::AckOfFin => format!("{from}'s ACK of the FIN"),
        Part::Data | Part::AckOfData | Part::Rst => the(segment).to_owned(),
    };
    match at_sender {
        Some(true) => format!("{name}, at {from} OUTPUT"),
        Some(false) => format!("{name}, further on"),
        None => name,
    }
}

/// `C_m SYN_SENT, S_m SYN_RECV, then LISTEN, again and again`
pub(super) fn shows(pairs: &[[State; 2]]) -> String {
    let of = |host: HostId, at: usize| {
        let mut states: Vec<&str> = pairs.iter().map(|pair| article_name(pair[at])).collect();
        states.dedup();
        let turns = if states.len() > 1 { ", again and again" } else { "" };
        format!("{host} {}{turns}", states.join(", then "))
    };
    format!("{}, {}", of(HostId::Client, 0), of(HostId::Server, 1))
}
