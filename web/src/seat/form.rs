//! The answer as it is put together.

use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_lessons::puzzle::{Answer, Claim, Level, Loss, Span, Spot};
use tcp_scene::words::Kind;

/// What is wrong, as far as it is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// An answer that needs nothing more.
    pub whole: Option<Whole>,
    /// One fault, and where there may be two, another.
    pub picks: [Pick; 2],
}

/// An answer that needs nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// Nothing is wrong.
    Nothing,
    /// It cannot be decided.
    CannotTell,
}

/// One fault, as far as it is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pick {
    pub what: Option<What>,
    pub spot: Option<Spot>,
    pub span: Option<Span>,
}

/// What is wrong, without where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// This segment of this host is lost.
    Segment(Kind, HostId),
    /// Something else.
    Other(Claim),
}

/// A choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Whole(Whole),
    What(usize, What),
    /// There is no second fault.
    NoSecond,
    Spot(usize, Spot),
    Span(usize, Span),
}

impl Form {
    pub(super) fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Whole(whole) => *self = Form { whole: Some(whole), ..Form::default() },
            Choice::What(at, what) => {
                self.whole = None;
                let other = matches!(what, What::Other(_));
                if let Some(pick) = self.picks.get_mut(at) {
                    *pick = if other { Pick::default() } else { *pick };
                    pick.what = Some(what);
                }
            }
            Choice::NoSecond => self.picks[1] = Pick::default(),
            Choice::Spot(at, spot) => {
                self.picks.get_mut(at).into_iter().for_each(|pick| pick.spot = Some(spot));
            }
            Choice::Span(at, span) => {
                self.picks.get_mut(at).into_iter().for_each(|pick| pick.span = Some(span));
            }
        }
    }

    /// The answer, once all of it is chosen.
    pub(crate) fn answer(&self, level: Level) -> Option<Answer> {
        match self.whole {
            Some(Whole::Nothing) => return Some(Answer::Wrong(Vec::new())),
            Some(Whole::CannotTell) => return Some(Answer::CannotTell),
            None => {}
        }
        let [first, second] = self.picks;
        let mut claims = vec![first.claim(level)?];
        if level.most() > 1 && second.what.is_some() {
            claims.push(second.claim(level)?);
        }
        claims.order();
        Some(Answer::Wrong(claims))
    }
}

impl Pick {
    fn claim(self, level: Level) -> Option<Claim> {
        Some(match self.what? {
            What::Other(claim) => claim,
            What::Segment(segment, from) => {
                let span = if level.asks_how_long() { Some(self.span?) } else { None };
                Claim::Lost(Loss { segment, from, spot: self.spot? }, span)
            }
        })
    }
}
