//! Pace: how virtual time is mapped to screen time.
//!
//! A pace says how long a person sees a segment cross the wire. What is slower by its name is never quicker to the eye:
//! crossings and waits of a slower pace take longer on the screen, and the waits that a lesson is about pass in real time
//! at each of them.

use crate::sight::Sight;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::view::TimerKind;
use tcp_shell::Lab;

/// The shortest time on the screen that a wait is hurried to at the normal pace; each doubling of a wait of more than a
/// second adds [`HURRY_STEP`].
const HURRY: Duration = Duration::from_millis(1200);
/// See [`HURRY`].
const HURRY_STEP: Duration = Duration::from_millis(450);

/// How fast the clock goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// A crossing takes four seconds.
    Slow,
    /// A crossing takes a second and a half.
    #[default]
    Normal,
    /// A crossing takes half a second.
    Fast,
    /// As at the normal pace, but the clock stops at each fact.
    Steps,
    /// Always this many virtual seconds a second.
    True(u32),
}

impl Pace {
    /// Those that are offered.
    pub const ALL: [Pace; 7] =
        [Pace::Slow, Pace::Normal, Pace::Fast, Pace::Steps, Pace::True(1), Pace::True(10), Pace::True(60)];

    /// Its key in the storage and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Pace::Slow => "slow",
            Pace::Normal => "normal",
            Pace::Fast => "fast",
            Pace::Steps => "steps",
            Pace::True(1) => "1",
            Pace::True(10) => "10",
            Pace::True(_) => "60",
        }
    }

    /// The rates of a pace that follows what happens; `Err` with its rate if it has only one.
    fn tempo(self) -> Result<Tempo, f64> {
        let tempo = |crossing, waits| Tempo { crossing: Duration::from_millis(crossing), waits };
        match self {
            Pace::Slow => Ok(tempo(4000, 2.0)),
            Pace::Normal | Pace::Steps => Ok(tempo(1500, 1.0)),
            Pace::Fast => Ok(tempo(500, 0.5)),
            Pace::True(rate) => Err(f64::from(rate)),
        }
    }
}

/// How long things take on the screen.
#[derive(Clone, Copy)]
struct Tempo {
    /// A crossing of the wire.
    crossing: Duration,
    /// A wait, as a multiple of what it takes at the normal pace.
    waits: f64,
}

/// A stretch of time at one speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// It ends here: the next event, or the moment at which a state wants to be flagged.
    pub until: Instant,
    /// Virtual seconds for a second on the screen.
    pub rate: f64,
    /// What passes.
    pub what: Passing,
}

/// What passes in a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// A segment is on the wire.
    Crossing,
    /// Nothing is on the wire; the clock hurries to the next event.
    Waiting,
    /// Only waits that the lesson is about, such as TIME_WAIT.
    Counting,
}

/// How to go on from the lab's own time to the next `event`: one of the lab, or an input that is still to come after a
/// rewind. `typing`: the user is at a keyboard right now, so waits are not hurried. `None` if nothing is due: time may
/// stand still.
pub fn leg(lab: &Lab, event: Option<Instant>, pace: Pace, typing: bool) -> Option<Leg> {
    let sight = Sight::of(lab);
    let flag = next_flag(&sight);
    let until = [event, flag].into_iter().flatten().min()?;
    let what = passing(&sight, event);
    let rate = match (pace.tempo(), what) {
        (Err(rate), _) => rate,
        (Ok(tempo), Passing::Crossing) => crossing_rate(lab, tempo),
        (Ok(_), Passing::Counting) => 1.0,
        (Ok(tempo), Passing::Waiting) => {
            let rate = hurry_rate(last_fact(lab), event.unwrap_or(until), tempo);
            if typing { rate.min(1.0) } else { rate }
        }
    };
    Some(Leg { until, rate, what })
}

/// When a wait began: it has one rate, whatever is flagged on its way.
fn last_fact(lab: &Lab) -> Instant {
    lab.world().facts().next_back().map_or(Instant::START, |fact| fact.at)
}

/// Waits are hurried so that 1 s takes 1.2 s on the screen at the normal pace, and each doubling a little longer.
fn hurry_rate(from: Instant, to: Instant, tempo: Tempo) -> f64 {
    let wait = to.since(from).as_secs_f64();
    if wait <= 0.0 {
        return 1.0;
    }
    let screen = HURRY.as_secs_f64() + HURRY_STEP.as_secs_f64() * wait.log2().max(0.0);
    wait / (tempo.waits * screen.min(wait.max(HURRY.as_secs_f64())))
}

fn crossing_rate(lab: &Lab, tempo: Tempo) -> f64 {
    let fastest = crossings(lab).filter(|crossing| !crossing.is_zero()).min();
    fastest.unwrap_or(Duration::from_secs(1)).as_secs_f64() / tempo.crossing.as_secs_f64()
}

/// How long each segment that is on the wire takes to cross it.
fn crossings(lab: &Lab) -> impl Iterator<Item = Duration> {
    let now = lab.now();
    lab.world().log().in_flight().filter_map(move |packet| {
        let (departed, arrives) = (packet.departed()?, packet.arrives()?);
        let way = (departed <= now && arrives > now).then(|| packet.way())?;
        way.map(|way| way.whole)
    })
}

fn passing(sight: &Sight<'_>, event: Option<Instant>) -> Passing {
    if crossings(sight.lab).any(|crossing| !crossing.is_zero()) {
        return Passing::Crossing;
    }
    let timers = || sight.all_rows().map(|row| row.timer.kind);
    let hurried =
        timers().any(|kind| matches!(kind, TimerKind::On | TimerKind::Keepalive | TimerKind::Probe));
    let waits = timers().any(|kind| kind == TimerKind::TimeWait);
    if !hurried && (waits || event.is_none()) { Passing::Counting } else { Passing::Waiting }
}

/// The next moment at which a transient state becomes a second old.
fn next_flag(sight: &Sight<'_>) -> Option<Instant> {
    let now = sight.lab.now();
    let transient = sight.all_rows().filter(|row| !row.state.is_stable());
    transient.map(|row| row.since + FLAG_AFTER).filter(|at| *at > now).min()
}

/// A transient state older than this wants an explanation (the article, L42).
pub const FLAG_AFTER: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests;
