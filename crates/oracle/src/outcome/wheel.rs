//! The phase of the recording machine's timer wheel: a circumstance that a trace shows but does not name.
//!
//! A kernel's timers fire not when they are due but at the end of a slot of its wheel, and the longer they run, the
//! wider the slots: 4, 32, 256 and 2048 ms at 250 Hz. All slots count from the same tick. So the moment at which the
//! longest wait of a trace ended, less whole slots, shows where they begin; the consequences for all other timers are
//! compared like everything else.

use super::Outcome;
use std::time::Duration;

/// Pairs of a limit and a width, in ms: waits below the limit end in slots of that width. The limits are 63 ticks, and
/// eight times as many at each level.
const SLOTS: [(f64, f64); 4] = [(252.0, 4.0), (2016.0, 32.0), (16_128.0, 256.0), (129_024.0, 2048.0)];
/// Milliseconds by which the sampled ends of TIME-WAIT may be late.
const SAMPLED: f64 = 6.0;

/// The phase, if any timer of the trace shows it.
pub(crate) fn phase(trace: &Outcome) -> Option<Duration> {
    let waits = repeated(trace).chain(ended(trace));
    let (_, end, slot) = waits
        .filter_map(|(span, end)| {
            SLOTS.iter().find(|(below, _)| span < *below).map(|(_, slot)| (span, end, *slot))
        })
        .max_by(|(one, ..), (other, ..)| one.total_cmp(other))?;
    Some(Duration::from_secs_f64((end % slot) / 1000.0))
}

/// Waits before retransmissions: length and end, in ms.
fn repeated(trace: &Outcome) -> impl Iterator<Item = (f64, f64)> {
    let events = trace.kernel_events.iter().filter(|event| event.event == "retransmit");
    events.filter_map(|event| {
        let same = |other: &&super::KernelEvent| {
            (&other.event, &other.conn, &other.host) == (&event.event, &event.conn, &event.host)
                && other.t_ms < event.t_ms
        };
        let before = trace.kernel_events.iter().rfind(same)?;
        Some((event.t_ms - before.t_ms, event.t_ms))
    })
}

/// Final waits of connections: TIME-WAIT, and FIN-WAIT-2 without a holder.
fn ended(trace: &Outcome) -> impl Iterator<Item = (f64, f64)> {
    const LONGEST: f64 = 62_100.0;
    let all = trace.state_trajectory.values().flat_map(|connections| connections.values());
    all.flat_map(|states| states.iter().zip(states.iter().skip(1))).filter_map(
        |((begin, from), (end, to))| {
            let span = end - begin;
            let waits = to == "CLOSED" && (from == "TIME_WAIT" || from == "FIN_WAIT2");
            (waits && (60_000.0..LONGEST).contains(&span)).then_some((span, end - SAMPLED / 2.0))
        },
    )
}
