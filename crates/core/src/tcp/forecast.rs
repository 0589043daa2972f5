//! What becomes of a connection if nothing comes any more: a copy of it lives through its timers.

use super::connection::{Connection, Context};
use super::{Effect, Profile, Segment, State};
use crate::Instant;

/// What the timer that runs does when it expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It tries once more, or goes on to another wait.
    Try,
    /// It ends the connection.
    Ends,
    /// It forgets a half-open entry, because nobody listens any more.
    Abandoned,
    /// It forgets a half-open entry, because this host's firewall refuses the SYN|ACK.
    Refused,
}

/// A forecast, for a connection to which nothing comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// What happens first.
    pub next: Next,
    /// How many more tries there are. Only in SYN-SENT, SYN-RECEIVED and FIN-WAIT-2 it looks beyond the next.
    pub tries: u32,
    /// When the last timer that it looked at is due.
    pub end: Instant,
    /// What is sent first.
    pub(crate) first: Option<Segment>,
}

impl Connection {
    /// What becomes of it if nothing comes. `None` if no timer runs that `netstat -o` shows.
    pub fn forecast(&self, profile: &Profile) -> Option<Forecast> {
        let far = matches!(self.state(), State::SynSent | State::SynReceived | State::FinWait2);
        let (mut copy, mut out) = (self.clone(), Vec::new());
        let mut told = Forecast { next: Next::Try, tries: 0, end: Instant::START, first: None };
        while let Some((timer, running)) = copy.timers.next() {
            let cx = Context { now: running.fires, profile };
            told.end = running.due;
            copy.expire(cx, timer, &mut out);
            copy.settle(cx, &mut out);
            if matches!(copy.state(), State::Closed | State::Listen) {
                if told.tries == 0 {
                    told.next = Next::Ends;
                }
                return Some(told);
            }
            told.tries += 1;
            if told.tries == 1 {
                told.first = out.drain(..).find_map(|effect| match effect {
                    Effect::Send { segment, .. } => Some(segment),
                    _ => None,
                });
            }
            if !far {
                return Some(told);
            }
        }
        (told.tries > 0).then_some(told)
    }

    /// How often something that is out was sent again, by a loss probe too.
    pub fn sent_again(&self) -> u32 {
        self.resend.out.iter().map(|sent| sent.again).max().unwrap_or(0)
    }
}
