//! What a script leads to: each goal that it passes, with the lines up to there.

use super::{shown, timed};
use std::collections::BTreeSet;
use tcp_core::Instant;
use tcp_core::net::{FactId, Happened, HostId};
use tcp_core::tcp::{ProfileName, State};
use tcp_course::scenes::{Goal, Way};
use tcp_course::{Recording, Session, Step};
use tcp_shell::User;

/// Events that a script is followed for.
const MOST_EVENTS: usize = 20_000;
/// How long after its last line.
const AFTER: std::time::Duration = tcp_core::millis(200_000);

/// The goals of a session, as it goes on.
pub(super) struct Seen {
    goals: BTreeSet<Goal>,
    facts: usize,
    pair: Option<[State; 2]>,
}

impl Seen {
    pub(super) const fn nothing() -> Seen {
        Seen { goals: BTreeSet::new(), facts: 0, pair: None }
    }

    /// The goals that are reached for the first time.
    pub(super) fn look(&mut self, session: &Session) -> Vec<Goal> {
        let mut new = Vec::new();
        let log = session.lab().world().log();
        let mut moved = self.pair.is_none();
        for fact in log.since(FactId(u32::try_from(self.facts).unwrap_or(u32::MAX))) {
            match fact.what {
                Happened::Moved { row, .. } => {
                    moved = true;
                    let of_pair = matches!(fact.host, Some(HostId::Client | HostId::Server));
                    new.extend(of_pair.then(|| Goal::Row(row.index())));
                }
                Happened::Forgotten { .. } | Happened::Sent { .. } => moved = true,
                _ => {}
            }
        }
        self.facts = log.len();
        if moved {
            let pair = shown(session);
            self.pair = Some(pair);
            let hosts = [HostId::Client, HostId::Server].into_iter().zip(pair);
            new.extend(hosts.map(|(host, state)| Goal::State(host, state)));
            new.push(Goal::Pair(pair));
        }
        new.retain(|goal| self.goals.insert(*goal));
        new
    }
}

/// The ways that a script has in it, each checked. `scene`: whose lines they are.
pub fn harvest(steps: &[Step], scene: Option<&'static str>, profile: ProfileName) -> Vec<Way> {
    let recording = Recording { user: User::Student, steps: steps.to_vec(), ..Recording::new(profile, 1) };
    let mut session = Session::of(&recording);
    let last = steps.last().map_or(Instant::START, |step| step.at) + AFTER;
    let mut seen = Seen::nothing();
    let mut ways = Vec::new();
    for _ in 0..MOST_EVENTS {
        let now = session.lab().now();
        for goal in seen.look(&session) {
            // What is done at this moment may not be done yet: the shortest prefix that leads there is taken.
            let to = steps.partition_point(|step| step.at <= now);
            let from = steps.partition_point(|step| step.at < now);
            let way = |count: usize| Way { goal, steps: steps[..count].to_vec(), ends: now, scene };
            ways.extend((from..=to).find_map(|count| timed(way(count), profile)));
        }
        if session.next_event().is_none_or(|at| at > last) || !session.step() {
            break;
        }
    }
    ways
}
