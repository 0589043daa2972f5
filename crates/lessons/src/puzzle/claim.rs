//! What an answer says is wrong: a fault without what the level does not ask for.

use super::fault::{Fault, Lasts, Part, Reject};
use tcp_core::Order;
use tcp_scene::words::puzzle::Level;
use tcp_scene::words::puzzle::{Claim, Span};

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is wrong, and nothing else; an empty list if nothing is wrong.
    Wrong(Vec<Claim>),
    /// What can be seen from here does not decide it.
    CannotTell,
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
    /// What is wrong, with how long it lasts.
    pub const fn in_full(self) -> Claim {
        match self {
            Part::Loss(loss, lasts) => Claim::Lost(
                loss,
                Some(match lasts {
                    Lasts::Always => Span::Always,
                    Lasts::Once => Span::Once,
                    Lasts::Until(_) => Span::While,
                }),
            ),
            Part::Reject(with) => Claim::Rejected { reset: matches!(with, Reject::Reset) },
            Part::Trouble(trouble) => Claim::Trouble(trouble),
        }
    }

    const fn claim(self, level: Level) -> Claim {
        match self.in_full() {
            Claim::Lost(loss, _) if !level.asks_how_long() => Claim::Lost(loss, None),
            claim => claim,
        }
    }
}
