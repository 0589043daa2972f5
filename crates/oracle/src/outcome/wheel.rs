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

/// Milliseconds within which an answer follows the segment that it answers.
const ANSWERED: f64 = 2.0;

/// The phase, if any timer of the trace shows it.
pub(crate) fn phase(trace: &Outcome) -> Option<Duration> {
    let waits = repeated(trace).chain(ended(trace));
    let known = waits
        .filter_map(|wait| SLOTS.iter().find(|(below, _)| wait.span < *below).map(|(_, slot)| (wait, *slot)));
    // What arrived meanwhile may have set the timer again; such a wait says less than any other.
    let (wait, slot) = known.max_by(|(one, _), (other, _)| {
        one.undisturbed.cmp(&other.undisturbed).then(one.span.total_cmp(&other.span))
    })?;
    Some(Duration::from_secs_f64((wait.end % slot) / 1000.0))
}

/// A wait for a timer.
#[derive(Clone, Copy)]
struct Wait {
    /// Its length in ms.
    span: f64,
    /// When it ended, in ms.
    end: f64,
    /// Whether nothing of the connection arrived meanwhile.
    undisturbed: bool,
}

/// Waits before retransmissions, also of a half-open connection's SYN|ACK. One that answers a repeated SYN was sent by no
/// timer, but sets it again.
fn repeated(trace: &Outcome) -> impl Iterator<Item = Wait> {
    let events = trace.kernel_events.iter().filter(|event| event.event.starts_with("retransmit"));
    events.filter_map(|event| {
        let same = |other: &&super::KernelEvent| {
            (&other.event, &other.conn, &other.host) == (&event.event, &event.conn, &event.host)
                && other.t_ms < event.t_ms
        };
        let before = trace.kernel_events.iter().rfind(same)?.t_ms;
        let arrived = |from: f64, to: f64| {
            let (client, server) = event.conn.split_once(" - ").unwrap_or_default();
            let mut packets = trace.packets.iter().filter(|packet| packet.from != event.host);
            packets.any(|packet| {
                let own = [(client, server), (server, client)]
                    .contains(&(packet.src.as_str(), packet.dst.as_str()));
                own && packet.rx_ms.is_some_and(|rx| (from..to).contains(&rx))
            })
        };
        let answers = event.event == "retransmit_synack" && arrived(event.t_ms - ANSWERED, event.t_ms);
        let undisturbed = !arrived(before + ANSWERED, event.t_ms);
        (!answers).then_some(Wait { span: event.t_ms - before, end: event.t_ms, undisturbed })
    })
}

/// Final waits of connections: TIME-WAIT, and FIN-WAIT-2 without a holder.
fn ended(trace: &Outcome) -> impl Iterator<Item = Wait> {
    const LONGEST: f64 = 62_100.0;
    let all = trace.state_trajectory.values().flat_map(|connections| connections.values());
    all.flat_map(|states| states.iter().zip(states.iter().skip(1))).filter_map(
        |((begin, from), (end, to))| {
            let span = end - begin;
            let waits = to == "CLOSED" && (from == "TIME_WAIT" || from == "FIN_WAIT2");
            let wait = Wait { span, end: end - SAMPLED / 2.0, undisturbed: true };
            (waits && (60_000.0..LONGEST).contains(&span)).then_some(wait)
        },
    )
}
