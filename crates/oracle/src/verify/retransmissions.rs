//! The intervals between retransmissions: of segments on the wire, and of those that the kernel counts although this
//! host's firewall may have dropped them.

use super::segments::connection;
use super::tolerance::INTERVAL;
use super::verdict::{Aspect, Verdict, seconds, states_of};
use crate::outcome::Outcome;
use std::collections::{BTreeMap, BTreeSet};

/// There are as many repetitions, at the same intervals.
pub(super) fn retransmissions(trace: &Outcome, replay: &Outcome) -> Verdict {
    let mut verdict = Verdict::new(Aspect::Retransmissions);
    let (one, other) = (series(trace), series(replay));
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    for name in names {
        let of = |all: &BTreeMap<String, Vec<f64>>| {
            all.get(name).map(|times| intervals(times)).unwrap_or_default()
        };
        let mut times = other.get(name).cloned().unwrap_or_default();
        let (one, mut other) = (of(&one), of(&other));
        // The last repetitions of the replay may come after the end of the trace: two, where an answer met a timer.
        while other.len() > one.len()
            && let Some((last, span)) = times.pop().zip(other.last())
            && last + INTERVAL.over(*span) > trace.duration_ms
        {
            other.pop();
        }
        let differs = |(one, other): (&f64, &f64)| (one - other).abs() > INTERVAL.over(*one);
        let worst = one.iter().zip(&other).find(|pair| differs(*pair));
        verdict.compared += one.len();
        if let Some((one, other)) = worst {
            verdict.against.push(format!(
                "{name}: an interval of {} in the trace is {} in the replay",
                seconds(*one),
                seconds(*other)
            ));
        } else if one.len() != other.len() {
            verdict.against.push(format!(
                "{name}: {} in the trace, {} in the replay",
                one.len(),
                other.len()
            ));
        }
    }
    verdict
}

fn intervals(times: &[f64]) -> Vec<f64> {
    times.iter().zip(times.iter().skip(1)).map(|(from, to)| to - from).collect()
}

/// The times at which each thing was sent, by name.
fn series(outcome: &Outcome) -> BTreeMap<String, Vec<f64>> {
    let mut all: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for packet in outcome.packets.iter().filter(|packet| packet.proto == "tcp") {
        if (packet.flags == "ACK" && packet.len == 0) || packet.flags.contains("RST") {
            continue;
        }
        let name = connection(packet);
        let number = packet.rel_seq.unwrap_or_default();
        let name = format!("{name}: {} at {number} from {}", packet.flags, packet.from);
        all.entry(name).or_default().push(packet.t_ms);
    }
    for event in outcome.kernel_events.iter().filter(|event| event.event.starts_with("retransmit")) {
        // A connection that is in no state here is one of an earlier recording, whose host is gone (trace m16).
        if states_of(outcome, &event.host, &event.conn).is_empty() {
            continue;
        }
        let state = event.state.as_deref().unwrap_or_default();
        let times =
            all.entry(format!("{}: {} of {} {state}", event.conn, event.event, event.host)).or_default();
        let states = states_of(outcome, &event.host, &event.conn);
        let begin = states.iter().find(|(_, name)| name == "SYN_SENT").filter(|_| state == "SYN_SENT");
        if times.is_empty() {
            times.extend(begin.map(|(at, _)| *at));
        }
        times.push(event.t_ms);
    }
    all
}
