//! The phase of the recording machine's timer wheel: a circumstance that a trace shows but does not name.
//!
//! A kernel's timers fire not when they are due but at the end of a slot of its wheel, and the longer they run, the
//! wider the slots: 4, 32, 256 and 2048 ms at 250 Hz. All slots count from the same tick. So the moment at which the
//! longest wait of a trace ended, less whole slots, shows where they begin; the consequences for all other timers are
//! compared like everything else.
//!
//! Where a host's firewall drops every probe that the host itself sends, only the sampled rows show the waits between.

use super::Outcome;
use std::collections::BTreeMap;
use std::time::Duration;

/// Pairs of a limit and a width, in ms: waits below the limit end in slots of that width. The limits are 63 ticks, and
/// eight times as many at each level.
const SLOTS: [(f64, f64); 4] = [(252.0, 4.0), (2016.0, 32.0), (16_128.0, 256.0), (129_024.0, 2048.0)];
/// A tick of the wheel, in ms. Timers are set in whole ticks.
const TICK: f64 = 4.0;
/// The shortest first wait of a persist timer, in ticks: 200 ms (`tcp_probe0_base`).
const LEAST: u16 = 50;
/// Milliseconds by which the sampled ends of TIME-WAIT may be late, and the moments at which `ss` read a timer may be
/// after the sample's.
const SAMPLED: f64 = 6.0;

/// Milliseconds within which an answer follows the segment that it answers.
const ANSWERED: f64 = 2.0;

/// The phase, if any timer of the trace shows it.
pub(crate) fn phase(trace: &Outcome) -> Option<Duration> {
    let shown = longest(repeated(trace).chain(ended(trace))).or_else(|| longest(probed(trace)));
    let (wait, slot) = shown?;
    Some(Duration::from_secs_f64((wait.end % slot) / 1000.0))
}

/// The wait that shows most, with the width of the slots in which it ended.
fn longest(waits: impl Iterator<Item = Wait>) -> Option<(Wait, f64)> {
    let known = waits.filter_map(|wait| Some((wait, slot(wait.span)?)));
    // What arrived meanwhile may have set the timer again; such a wait says less than any other.
    known.max_by(|(one, _), (other, _)| {
        one.undisturbed.cmp(&other.undisturbed).then(one.span.total_cmp(&other.span))
    })
}

/// The width of the slots in which waits of `span` ms end.
fn slot(span: f64) -> Option<f64> {
    SLOTS.iter().find(|(below, _)| span < *below).map(|(_, slot)| *slot)
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

/// A wait of the persist timer, as rows show it.
struct Probe {
    /// Number of probes before it.
    count: i32,
    /// When the next is due.
    due: f64,
    /// When it was last seen waiting.
    seen: f64,
}

/// Waits of the persist timer. A row shows when the next probe is due and how many there were.
fn probed(trace: &Outcome) -> impl Iterator<Item = Wait> {
    let mut all: BTreeMap<_, Vec<Probe>> = BTreeMap::new();
    for sample in &trace.samples {
        for (ends, left, count) in sample.ss_tanoe.iter().filter_map(|row| persist(row)) {
            let (seen, due) = (sample.t_ms, sample.t_ms + left);
            let probes = all.entry((sample.host.as_str(), ends)).or_default();
            match probes.last_mut() {
                // The rows were read some time after the sample began: the latest of these moments says most.
                Some(last)
                    if last.count == count && (left == 0.0 || (last.due - due).abs() <= 2.0 * SAMPLED) =>
                {
                    last.seen = seen;
                    last.due = if left == 0.0 { last.due } else { last.due.max(due) };
                }
                _ if left == 0.0 => {}
                _ => probes.push(Probe { count, due, seen }),
            }
        }
    }
    all.into_iter().flat_map(|((host, _), probes)| fired(&probes, rto_max(trace, host)))
}

/// When a persist timer fired, of which two consecutive waits are known each: it is set in the moment in which it fires,
/// each time for twice as long (`tcp_probe0_when`).
fn fired(probes: &[Probe], rto_max: f64) -> Vec<Wait> {
    let pairs = probes.iter().zip(probes.iter().skip(1)).filter(|(one, next)| next.count == one.count + 1);
    let interval = |rto: f64, probe: &Probe| (rto * 2_f64.powi(probe.count)).min(rto_max);
    // A timer fires late by no more than a slot.
    let fits = |rto: f64| {
        pairs.clone().all(|(one, next)| {
            let late = next.due - one.due - interval(rto, next);
            let most = slot(interval(rto, one)).unwrap_or_default();
            (-SAMPLED..=most + SAMPLED).contains(&late)
        })
    };
    let mut ticks = (LEAST..=u16::MAX).map(|ticks| f64::from(ticks) * TICK).filter(|rto| fits(*rto));
    // Where several timeouts fit, the samples are too coarse.
    let (Some(rto), None) = (ticks.next(), ticks.next()) else { return Vec::new() };
    let wait = |(one, next): (&Probe, &Probe)| {
        let end = next.due + SAMPLED / 2.0 - interval(rto, next);
        Wait { span: interval(rto, one), end, undisturbed: true }
    };
    let mut waits: Vec<Wait> = pairs.map(wait).collect();
    // A wide slot ends with a narrow one: if a timer still waits though it is due, with one that ends later.
    let late = probes.last().filter(|last| last.seen > last.due + SAMPLED);
    if let (Some(last), Some((wait, slot))) = (late, longest(waits.iter().copied())) {
        let end = wait.end + ((last.seen - wait.end) / slot).ceil() * slot;
        waits.push(Wait { span: interval(rto, last), end, undisturbed: true });
    }
    waits
}

/// The ends, the milliseconds left and the number of probes in a row of `ss` with a persist timer:
/// `ESTAB 0 6 LOCAL PEER timer:(persist,1.576ms,3)`, which means 1.576 s; nothing means 0. Whole seconds say too little.
fn persist(row: &str) -> Option<((&str, &str), f64, i32)> {
    let (before, timer) = row.split_once("timer:(persist,")?;
    let (left, count) = timer.split_once(')')?.0.split_once(',')?;
    let unit = if left.contains('.') { 1000.0 } else { 1.0 };
    let left = if left.is_empty() { 0.0 } else { left.strip_suffix("ms")?.parse::<f64>().ok()? * unit };
    let mut words = before.split_whitespace().skip(3);
    Some(((words.next()?, words.next()?), left, count.parse().ok()?))
}

/// The longest interval between probes, in ms.
fn rto_max(trace: &Outcome, host: &str) -> f64 {
    let set = trace.sysctls.get(host).and_then(|of| of.get("net.ipv4.tcp_rto_max_ms"));
    set.and_then(|set| set.0.parse().ok()).unwrap_or(120_000.0)
}

#[cfg(test)]
mod tests {
    use super::super::Sample;
    use super::*;

    /// The phase that a client's samples show: when each was taken, and its persist timer.
    fn shown(samples: &[(f64, &str)]) -> Option<f64> {
        let sample = |(t_ms, timer): &(f64, &str)| Sample {
            t_ms: *t_ms,
            host: "client".to_owned(),
            ss_tanoe: vec![format!("ESTAB 0 6 10.0.0.2:4000 10.0.0.10:5555 timer:(persist,{timer}) ino:1")],
            ..Sample::default()
        };
        let samples = samples.iter().map(sample).collect();
        phase(&Outcome { samples, ..Outcome::default() }).map(|phase| phase.as_secs_f64() * 1000.0)
    }

    #[test]
    fn probes_that_no_one_sees_show_the_phase() {
        // Of an RTO of 204 ms: the fifth probe was sent at 7955.64 ms, as the firewall's answer showed.
        let shown = shown(&[
            (3045.1, "1.576ms,3"),
            (4048.9, "576ms,3"),
            (5054.2, "2.864ms,4"),
            (6059.2, "1.856ms,4"),
            (8071.0, "6.408ms,5"),
        ]);
        assert!((shown.unwrap() - 7955.64 % 256.0).abs() < SAMPLED / 2.0, "{shown:?}");
    }

    #[test]
    fn waits_that_leave_several_timeouts_show_no_phase() {
        // 200 ms and 204 ms fit both.
        assert_eq!(shown(&[(1503.8, "200ms,0"), (2015.1, "096ms,1")]), None);
        // Between these there was another probe.
        assert_eq!(shown(&[(2015.1, "096ms,1"), (3020.2, "1.568ms,3"), (4021.9, "568ms,3")]), None);
        // Whole seconds.
        assert_eq!(shown(&[(8071.0, "6.408ms,5"), (14_500.0, "13sec,6")]), None);
    }

    #[test]
    fn a_probe_that_is_overdue_shows_which_slot_it_is_in() {
        // The slots of 32 ms end at 4643.56 ms; the probe due at 7907.56 ms was sent at 8163.56 ms.
        let mut samples = vec![(4055.7, "552ms,3"), (5062.0, "2.844ms,4"), (7081.0, "820ms,4")];
        let narrow = shown(&samples).unwrap();
        assert!((narrow - 4643.56 % 32.0).abs() < SAMPLED / 2.0, "{narrow}");
        samples.push((8084.2, ",4"));
        let wide = shown(&samples).unwrap();
        assert!((wide - narrow) % 32.0 < 0.01, "{wide}");
        assert!((8084.2 % 256.0..=8163.56 % 256.0).contains(&wide), "{wide}");
    }

    #[test]
    fn a_timer_that_an_answer_set_again_shows_no_phase() {
        // The count stays, but the next probe is due later; the one after it fits only a timeout of 140 ms, too short.
        assert_eq!(shown(&[(3045.1, "1.576ms,3"), (4082.0, "1.576ms,3"), (5054.2, "2.864ms,4")]), None);
    }
}
