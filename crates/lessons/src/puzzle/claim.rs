//! What an answer says is wrong: a fault without what the level does not ask for.

use super::fault::{Fault, Lasts, Loss, Part, Reject, Trouble};
use super::level::Level;
use tcp_core::Order;

/// How long something is lost, as an answer says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// All of them.
    Always,
    /// The first alone.
    Once,
    /// For a while.
    While,
}

impl Span {
    /// In the order in which they are offered.
    pub const ALL: [Span; 3] = [Span::Always, Span::Once, Span::While];
}

/// One thing that is wrong, as an answer says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// Something is lost; for how long, if the level asks for that.
    Lost(Loss, Option<Span>),
    /// S_m's firewall rejects it, with RST or with an ICMP error.
    Rejected {
        /// With RST.
        reset: bool,
    },
    /// A host or its program.
    Trouble(Trouble),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is wrong, and nothing else; an empty list if nothing is wrong.
    Wrong(Vec<Claim>),
    /// What can be seen from here does not decide it.
    CannotTell,
}

impl Level {
    /// What an answer may say is wrong, each once.
    pub fn claims(self) -> Vec<Claim> {
        let mut claims: Vec<Claim> = self.faults().iter().flat_map(|fault| fault.claims(self)).collect();
        claims.order();
        claims.dedup();
        claims
    }
}

impl Fault {
    /// What an answer says of it, in order.
    pub fn claims(&self, level: Level) -> Vec<Claim> {
        let mut claims: Vec<Claim> = self.parts.iter().map(|part| part.claim(level)).collect();
        claims.order();
        claims
    }
}

impl Part {
    fn claim(self, level: Level) -> Claim {
        match self {
            Part::Loss(loss, lasts) => {
                let span = match lasts {
                    Lasts::Always => Span::Always,
                    Lasts::Once => Span::Once,
                    Lasts::Until(_) => Span::While,
                };
                Claim::Lost(loss, level.asks_how_long().then_some(span))
            }
            Part::Reject(with) => Claim::Rejected { reset: with == Reject::Reset },
            Part::Trouble(trouble) => Claim::Trouble(trouble),
        }
    }
}
