//! Pace: how virtual time is mapped to screen time.

use crate::sight::Sight;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::view::TimerKind;
use tcp_shell::Lab;

/// How long one crossing of the wire takes on the screen.
const CROSSING: Duration = Duration::from_millis(1500);
/// The shortest time on the screen that a wait is hurried to; each doubling of the wait adds [`HURRY_STEP`].
const HURRY: Duration = Duration::from_millis(1200);
/// See [`HURRY`].
const HURRY_STEP: Duration = Duration::from_millis(450);

/// How fast the clock goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Pace {
    /// Crossings at a speed that the eye can follow, waits hurried, TIME_WAIT in real time.
    #[default]
    Auto,
    /// Always this many virtual seconds a second.
    Fixed(f64),
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

/// How to go on from `playhead` (at or after the lab's own time). `typing`: the user is at a keyboard right now, so
/// waits are not hurried. `None` if nothing is due: time may stand still.
pub fn leg(lab: &Lab, pace: Pace, playhead: Instant, typing: bool) -> Option<Leg> {
    let event = lab.next_event();
    let sight = Sight::of(lab);
    let flag = next_flag(&sight, playhead);
    let until = [event, flag].into_iter().flatten().min()?;
    let what = passing(&sight, playhead);
    let rate = match (pace, what) {
        (Pace::Fixed(rate), _) => rate,
        (Pace::Auto, Passing::Crossing) => crossing_rate(lab, playhead),
        (Pace::Auto, Passing::Counting) => 1.0,
        (Pace::Auto, Passing::Waiting) if typing => 1.0,
        (Pace::Auto, Passing::Waiting) => hurry_rate(lab.now(), event.unwrap_or(until)),
    };
    Some(Leg { until, rate, what })
}

/// Waits are hurried so that 1 s takes 1.2 s on the screen, and each doubling a little longer.
fn hurry_rate(from: Instant, to: Instant) -> f64 {
    let wait = to.since(from).as_secs_f64();
    if wait <= 0.0 {
        return 1.0;
    }
    let screen = HURRY.as_secs_f64() + HURRY_STEP.as_secs_f64() * wait.log2().max(0.0);
    wait / screen.min(wait.max(HURRY.as_secs_f64()))
}

fn crossing_rate(lab: &Lab, playhead: Instant) -> f64 {
    let fastest = crossings(lab, playhead).min().unwrap_or(Duration::from_secs(1));
    (fastest.as_secs_f64() / CROSSING.as_secs_f64()).min(1.0)
}

/// How long each segment that is on the wire takes to cross it.
fn crossings(lab: &Lab, playhead: Instant) -> impl Iterator<Item = Duration> {
    lab.world().log().in_flight().filter_map(move |packet| {
        let (departed, arrives) = (packet.departed()?, packet.arrives()?);
        let way = (departed <= playhead && arrives > playhead).then(|| packet.way())?;
        way.map(|way| way.whole)
    })
}

fn passing(sight: &Sight<'_>, playhead: Instant) -> Passing {
    if crossings(sight.lab, playhead).any(|crossing| !crossing.is_zero()) {
        return Passing::Crossing;
    }
    let timers = || sight.all_rows().map(|row| row.timer.kind);
    let hurried =
        timers().any(|kind| matches!(kind, TimerKind::On | TimerKind::Keepalive | TimerKind::Probe));
    let waits = timers().any(|kind| kind == TimerKind::TimeWait);
    let counts = waits || sight.lab.next_event().is_none();
    if !hurried && counts { Passing::Counting } else { Passing::Waiting }
}

/// The next moment at which a transient state becomes a second old.
fn next_flag(sight: &Sight<'_>, playhead: Instant) -> Option<Instant> {
    let transient = sight.all_rows().filter(|row| !row.state.is_stable());
    transient.map(|row| row.since + FLAG_AFTER).filter(|at| *at > playhead).min()
}

/// A transient state older than this wants an explanation (the article, L42).
pub const FLAG_AFTER: Duration = Duration::from_secs(1);
