//! Shorter ways: without the lines that do not matter, and in a person's rhythm.

use super::{cost, prepares, timed};
use tcp_core::tcp::ProfileName;
use tcp_core::{Instant, millis};
use tcp_course::Step;
use tcp_course::scenes::Way;

/// Between two lines, in milliseconds: what is tried first is what is best to watch.
const GAPS: [u64; 4] = [500, 100, 20, 0];

/// The way without what can be left out. That of a scene stays as it is, unless lines can be spared.
pub(super) fn shorter(way: Way, profile: ProfileName) -> Way {
    let lines = without_lines(way.clone(), profile);
    if way.scene.is_some() && lines.steps.len() == way.steps.len() {
        return way;
    }
    prepared(in_rhythm(Way { scene: None, ..lines }, profile), profile)
}

fn without_lines(mut way: Way, profile: ProfileName) -> Way {
    // Half of them at once first, then fewer, then one by one.
    let mut size = way.steps.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < way.steps.len() {
            let to = (at + size).min(way.steps.len());
            let mut steps = way.steps.clone();
            steps.drain(at..to);
            match timed(Way { steps, scene: None, ..way.clone() }, profile) {
                Some(less) if cost(&less).0 < cost(&way).0 => way = less,
                _ => at += size,
            }
        }
        size /= 2;
    }
    way
}

fn in_rhythm(mut way: Way, profile: ProfileName) -> Way {
    for at in 0..way.steps.len() {
        let before = at.checked_sub(1).map_or(Instant::START, |at| way.steps[at].at);
        let gap = way.steps[at].at.since(before);
        for better in GAPS.map(millis) {
            if at == 0 && better.is_zero() || gap == better {
                break;
            }
            let moved = Way { steps: shifted(&way.steps, at, before + better), ..way.clone() };
            if let Some(moved) = timed(moved, profile) {
                way = moved;
                break;
            }
        }
    }
    way
}

/// The same steps, with one of them at another moment and all later ones as long after it as before.
fn shifted(steps: &[Step], from: usize, to: Instant) -> Vec<Step> {
    let old = steps[from].at;
    let later = |step: &Step| Step { at: to + step.at.since(old), ..step.clone() };
    steps[..from].iter().cloned().chain(steps[from..].iter().map(later)).collect()
}

/// What only prepares is typed before the way begins, if it leads there all the same.
fn prepared(way: Way, profile: ProfileName) -> Way {
    let first = way.steps.iter().take_while(|step| prepares(step)).count();
    let mut steps = way.steps.clone();
    steps[..first].iter_mut().for_each(|step| step.at = Instant::START);
    if first < steps.len() && first > 0 {
        steps = shifted(&steps, first, Instant::START + millis(500));
    }
    let early = Way { steps, ..way.clone() };
    timed(early, profile).filter(|early| cost(early).0 == cost(&way).0).unwrap_or(way)
}
