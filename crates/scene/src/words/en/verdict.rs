//! Verdicts in English.

use crate::names::article_name;
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
