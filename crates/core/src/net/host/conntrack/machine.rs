//! The states of a tracked connection, as `nf_conntrack_proto_tcp` moves through them.

use crate::tcp::Flags;
use std::time::Duration;

/// Who sent a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// The sender of the first packet.
    Original,
    /// The other end.
    Reply,
}

/// A segment by its flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Syn,
    SynAck,
    Fin,
    Ack,
    Rst,
}

impl Kind {
    /// The kind of a segment; `None` if its flags do not go together.
    pub(super) fn of(flags: Flags) -> Option<Kind> {
        let (syn, fin) = (flags.contains(Flags::SYN), flags.contains(Flags::FIN));
        let (ack, rst) = (flags.contains(Flags::ACK), flags.contains(Flags::RST));
        match (syn, fin, rst, ack) {
            (true, false, false, false) => Some(Kind::Syn),
            (true, false, false, true) => Some(Kind::SynAck),
            (false, true, false, true) => Some(Kind::Fin),
            (false, false, true, _) => Some(Kind::Rst),
            (false, false, false, true) => Some(Kind::Ack),
            _ => None,
        }
    }
}

/// What the tracker believes of a connection. The names are the kernel's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum State {
    SynSent,
    SynRecv,
    Established,
    FinWait,
    CloseWait,
    LastAck,
    TimeWait,
    Close,
    /// Both ends sent a SYN.
    SynSent2,
}

impl State {
    /// How long an entry lives without another packet (`nf_conntrack_tcp_timeout_*`).
    pub(super) const fn lasts(self) -> Duration {
        Duration::from_secs(match self {
            State::SynSent | State::SynSent2 | State::FinWait | State::TimeWait => 120,
            State::SynRecv | State::CloseWait => 60,
            State::Established => 432_000,
            State::LastAck => 30,
            State::Close => 10,
        })
    }
}

/// What a segment does to the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    To(State),
    /// It passes, and says nothing about the connection: the tracker may have missed something.
    Ignored,
    Invalid,
}

/// The state of a connection that begins with such a segment. One in the middle is taken up where it is.
pub(super) const fn first(kind: Kind) -> Option<State> {
    match kind {
        Kind::Syn => Some(State::SynSent),
        Kind::Ack => Some(State::Established),
        Kind::SynAck | Kind::Fin | Kind::Rst => None,
    }
}

/// What a segment of this kind and direction does in a state.
pub(super) const fn next(state: State, direction: Direction, kind: Kind) -> Move {
    use State::{Close, CloseWait, Established, FinWait, LastAck, SynRecv, SynSent, SynSent2, TimeWait};
    match (kind, direction) {
        (Kind::Syn, Direction::Original) => match state {
            SynSent | TimeWait | Close => Move::To(SynSent),
            SynSent2 => Move::To(SynSent2),
            _ => Move::Ignored,
        },
        // Of both ends at once, or of the other end when the old connection waits.
        (Kind::Syn, Direction::Reply) => match state {
            SynSent | SynSent2 => Move::To(SynSent2),
            TimeWait => Move::To(SynSent),
            _ => Move::Invalid,
        },
        (Kind::SynAck, Direction::Original) => match state {
            SynRecv | SynSent2 => Move::To(SynRecv),
            _ => Move::Invalid,
        },
        (Kind::SynAck, Direction::Reply) => match state {
            SynSent | SynSent2 => Move::To(SynRecv),
            _ => Move::Ignored,
        },
        (Kind::Fin, _) => match state {
            SynSent | SynSent2 => Move::Invalid,
            SynRecv | Established => Move::To(FinWait),
            FinWait | CloseWait | LastAck => Move::To(LastAck),
            TimeWait => Move::To(TimeWait),
            Close => Move::To(Close),
        },
        (Kind::Ack, _) => match (state, direction) {
            (SynSent | SynSent2, Direction::Original) => Move::Invalid,
            (SynSent | SynSent2, Direction::Reply) => Move::Ignored,
            (SynRecv, Direction::Reply) => Move::To(SynRecv),
            (SynRecv | Established, _) => Move::To(Established),
            (FinWait | CloseWait, _) => Move::To(CloseWait),
            (LastAck | TimeWait, _) => Move::To(TimeWait),
            (Close, _) => Move::To(Close),
        },
        (Kind::Rst, _) => Move::To(Close),
    }
}
