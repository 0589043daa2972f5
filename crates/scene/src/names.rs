//! Names as the article writes them, and the keys that styles select on.

use tcp_core::net::HostId;
use tcp_core::tcp::{Phase, Segment, State};

/// The article's spelling of a state: `SYN_RECV`, `FIN_WAIT_1`.
pub const fn article_name(state: State) -> &'static str {
    match state {
        State::Closed => "CLOSED",
        State::Listen => "LISTEN",
        State::SynSent => "SYN_SENT",
        State::SynReceived => "SYN_RECV",
        State::Established => "ESTABLISHED",
        State::FinWait1 => "FIN_WAIT_1",
        State::FinWait2 => "FIN_WAIT_2",
        State::Closing => "CLOSING",
        State::TimeWait => "TIME_WAIT",
        State::CloseWait => "CLOSE_WAIT",
        State::LastAck => "LAST_ACK",
    }
}

/// The key of a state's colour (the article, L35).
pub const fn state_phase(state: State) -> &'static str {
    match state {
        State::Closed => "closed",
        State::Listen | State::SynReceived => phase_key(Phase::PassiveOpen),
        State::SynSent => phase_key(Phase::ActiveOpen),
        State::Established => phase_key(Phase::Established),
        State::FinWait1 | State::FinWait2 | State::Closing | State::TimeWait => phase_key(Phase::ActiveClose),
        State::CloseWait | State::LastAck => phase_key(Phase::PassiveClose),
    }
}

/// The key of an edge's colour.
pub const fn phase_key(phase: Phase) -> &'static str {
    match phase {
        Phase::ActiveOpen => "active-open",
        Phase::PassiveOpen => "passive-open",
        Phase::SimultaneousOpen => "simultaneous-open",
        Phase::Established => "established",
        Phase::ActiveClose => "active-close",
        Phase::PassiveClose => "passive-close",
    }
}

/// The letter on a host's token.
pub const fn letter(host: HostId) -> &'static str {
    match host {
        HostId::Client => "C",
        HostId::Server => "S",
        HostId::Site | HostId::Other(_) => "W",
    }
}

/// What stands on a segment: its flags as the article joins them, or `data` with the number of octets.
pub fn segment_label(segment: &Segment) -> String {
    if segment.payload.is_empty() {
        segment.flags.join("|")
    } else if segment.is_fin() {
        format!("data {}, FIN", segment.payload.len())
    } else {
        format!("data {}", segment.payload.len())
    }
}

/// The key of a segment's colour.
pub const fn segment_kind(segment: &Segment) -> &'static str {
    if segment.is_rst() {
        "rst"
    } else if segment.is_syn() {
        "syn"
    } else if segment.is_fin() {
        "fin"
    } else if !segment.payload.is_empty() {
        "data"
    } else {
        "ack"
    }
}
