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

/// The states in the order of a connection's life.
pub const LIFE: [State; 11] = [
    State::Closed,
    State::Listen,
    State::SynSent,
    State::SynReceived,
    State::Established,
    State::FinWait1,
    State::FinWait2,
    State::Closing,
    State::TimeWait,
    State::CloseWait,
    State::LastAck,
];

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

/// A node of the drawing, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeId {
    /// CLOSED at the top: no connection yet.
    Start,
    /// LISTEN
    Listen,
    /// SYN_RECV
    SynRecv,
    /// SYN_SENT
    SynSent,
    /// ESTABLISHED
    Established,
    /// FIN_WAIT_1
    FinWait1,
    /// CLOSING
    Closing,
    /// CLOSE_WAIT
    CloseWait,
    /// FIN_WAIT_2
    FinWait2,
    /// TIME_WAIT
    TimeWait,
    /// LAST_ACK
    LastAck,
    /// CLOSED at the bottom: no connection any more.
    End,
}

impl NodeId {
    /// The node of a state; for CLOSED the lower one if a connection has `ended` there.
    pub const fn of(state: State, ended: bool) -> NodeId {
        match state {
            State::Closed if ended => NodeId::End,
            State::Closed => NodeId::Start,
            State::Listen => NodeId::Listen,
            State::SynReceived => NodeId::SynRecv,
            State::SynSent => NodeId::SynSent,
            State::Established => NodeId::Established,
            State::FinWait1 => NodeId::FinWait1,
            State::FinWait2 => NodeId::FinWait2,
            State::Closing => NodeId::Closing,
            State::TimeWait => NodeId::TimeWait,
            State::CloseWait => NodeId::CloseWait,
            State::LastAck => NodeId::LastAck,
        }
    }

    /// The state that it stands for.
    pub const fn state(self) -> State {
        match self {
            NodeId::Start | NodeId::End => State::Closed,
            NodeId::Listen => State::Listen,
            NodeId::SynRecv => State::SynReceived,
            NodeId::SynSent => State::SynSent,
            NodeId::Established => State::Established,
            NodeId::FinWait1 => State::FinWait1,
            NodeId::FinWait2 => State::FinWait2,
            NodeId::Closing => State::Closing,
            NodeId::TimeWait => State::TimeWait,
            NodeId::CloseWait => State::CloseWait,
            NodeId::LastAck => State::LastAck,
        }
    }

    /// Its name as styles and scripts select it: `start`, `syn-sent`, `end`.
    pub const fn key(self) -> &'static str {
        match self {
            NodeId::Start => "start",
            NodeId::Listen => "listen",
            NodeId::SynRecv => "syn-recv",
            NodeId::SynSent => "syn-sent",
            NodeId::Established => "established",
            NodeId::FinWait1 => "fin-wait-1",
            NodeId::Closing => "closing",
            NodeId::CloseWait => "close-wait",
            NodeId::FinWait2 => "fin-wait-2",
            NodeId::TimeWait => "time-wait",
            NodeId::LastAck => "last-ack",
            NodeId::End => "end",
        }
    }
}

/// Which part of the machine is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figure {
    /// The article's Figure 1.
    #[default]
    Whole,
    /// How a connection comes about: Figure 4.
    SetUp,
    /// How it ends.
    Teardown,
    /// What the figures leave out.
    Beyond,
    /// Figure 1, with the way that each host took.
    Trails,
}

impl Figure {
    /// All, in the order in which they are offered.
    pub const ALL: [Figure; 5] =
        [Figure::Whole, Figure::SetUp, Figure::Teardown, Figure::Beyond, Figure::Trails];

    /// Its key in styles and in the storage.
    pub const fn key(self) -> &'static str {
        match self {
            Figure::Whole => "whole",
            Figure::SetUp => "set-up",
            Figure::Teardown => "teardown",
            Figure::Beyond => "beyond",
            Figure::Trails => "trails",
        }
    }
}
