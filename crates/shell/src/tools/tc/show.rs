//! `tc qdisc show`.

use super::netem::ticks;
use super::{QDISC_USAGE, device, handle, incomplete, lacks};
use crate::output::{Done, Output, Refusal};
use crate::tools::OnHost;
use crate::tools::filter::general;
use std::fmt::Write;
use tcp_core::net::{Device, FactId, Happened, Netem, Odds, QdiscCounters};

/// What Linux puts at the root of a link by itself, and what its own counters are.
const FQ_CODEL: &str =
    "limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64 ";
const FQ_CODEL_COUNTS: &str =
    "  maxpacket 0 drop_overlimit 0 new_flow_count 0 ecn_mark 0\n  new_flows_len 0 old_flows_len 0\n";

/// Octets of the header of a frame, which a discipline counts.
const FRAME_HEADER: u64 = 14;

/// `show [dev DEVICE] [root | handle HANDLE] [invisible]`
pub(super) fn show(words: &[&str], counted: bool, here: &OnHost<'_>) -> Done {
    let (mut only, mut wanted, mut out) = (None, None, Output::default());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match word {
            "dev" => only = Some(words.next().ok_or_else(incomplete)?),
            "handle" => wanted = Some(handle(words.next().ok_or_else(incomplete)?)?),
            "root" | "invisible" => {}
            "ingress" | "clsact" | "parent" => return Err(lacks(word)),
            word if !word.is_empty() && "help".starts_with(word) => out.stderr += QDISC_USAGE,
            word => {
                return Err(Refusal::new(format!("What is \"{word}\"? Try \"tc qdisc help\".\n"), 255));
            }
        }
    }
    let only = only.map(device).transpose()?;
    for device in [Device::Loopback, Device::Link] {
        if only.is_none_or(|only| only == device) {
            let place = if only.is_none() { format!("dev {} ", device.name()) } else { String::new() };
            one(device, &place, (wanted, counted), here, &mut out.stdout);
        }
    }
    Ok(out)
}

/// The discipline of a device, if it has the handle that is asked for.
fn one(
    device: Device,
    place: &str,
    (wanted, counted): (Option<u16>, bool),
    here: &OnHost<'_>,
    out: &mut String,
) {
    let qdisc = here.world.host(here.host).qdisc(device);
    let handle = qdisc.map_or(0, tcp_core::net::Qdisc::handle);
    if wanted.is_some_and(|wanted| wanted != handle) {
        return;
    }
    let (kind, options) = match (qdisc, device) {
        (Some(qdisc), _) => ("netem", options(qdisc.netem())),
        (None, Device::Loopback) => ("noqueue", String::new()),
        (None, Device::Link) => ("fq_codel", FQ_CODEL.to_owned()),
    };
    let _ = writeln!(out, "qdisc {kind} {handle:x}: {place}root refcnt 2 {options}");
    if !counted {
        return;
    }
    let (counters, backlog, waiting) = match (qdisc, device) {
        (Some(qdisc), _) => (qdisc.counters(), qdisc.backlog(), qdisc.waiting().len()),
        (None, Device::Loopback) => (QdiscCounters::default(), 0, 0),
        (None, Device::Link) => (passed(here), 0, 0),
    };
    let QdiscCounters { octets, packets, dropped, requeued } = counters;
    let _ = write!(
        out,
        " Sent {octets} bytes {packets} pkt (dropped {dropped}, overlimits 0 requeues {requeued}) \n \
         backlog {} {waiting}p requeues {requeued}\n",
        size(backlog)
    );
    if kind == "fq_codel" {
        out.push_str(FQ_CODEL_COUNTS);
    }
}

/// What has left by the link since there is no netem.
fn passed(here: &OnHost<'_>) -> QdiscCounters {
    let set = |fact: &tcp_core::net::Fact| {
        fact.host == Some(here.host) && matches!(fact.what, Happened::QdiscSet { device: Device::Link, .. })
    };
    let since = here.world.facts().rev().find(set).map_or(FactId(0), |fact| fact.id);
    let mut counters = QdiscCounters::default();
    for fact in here.world.log().since(since) {
        let Happened::Departed { packet, .. } = fact.what else { continue };
        let packet = here.world.packet(packet);
        let own = packet.from == here.host && packet.to != Some(here.host) && packet.sent().is_some();
        if own {
            counters.packets += 1;
            counters.octets += u64::from(packet.ip_octets()) + FRAME_HEADER;
        }
    }
    counters
}

/// The options of a netem as `tc qdisc show` lists them: its limit, and those that do something.
pub fn options(netem: &Netem) -> String {
    let mut out = format!("limit {}", netem.limit);
    if let Some(delay) = time(netem.delay) {
        out += &format!(" delay {delay}");
        if let Some(jitter) = time(netem.jitter) {
            out += &format!("  {jitter}{}", correlation(netem.correlation));
        }
    }
    for (name, Odds { share, correlation }) in
        [("loss", netem.loss), ("duplicate", netem.duplicate), ("reorder", netem.reorder)]
    {
        if share > 0 {
            out += &format!(" {name} {}{}", percent(share), self::correlation(correlation));
        }
    }
    if netem.gap > 0 {
        out += &format!(" gap {}", netem.gap);
    }
    out
}

fn correlation(share: u32) -> String {
    if share > 0 { format!(" {}", percent(share)) } else { String::new() }
}

fn percent(share: u32) -> String {
    format!("{}%", general(f64::from(share) * 100.0 / f64::from(u32::MAX), 6))
}

/// A span, as Linux's ticks have it; `None` if it has none.
fn time(micros: u32) -> Option<String> {
    let ticks = ticks(micros);
    let micros = u32::try_from(ticks * 8 / 125).unwrap_or(u32::MAX);
    (ticks > 0).then(|| match micros {
        1_000_000.. => format!("{}s", general(f64::from(micros) / 1e6, 3)),
        1_000.. => format!("{}ms", general(f64::from(micros) / 1e3, 3)),
        _ => format!("{micros}us"),
    })
}

/// Octets, in a larger unit if that is nearly a whole number.
fn size(octets: u64) -> String {
    const KILO: u64 = 1024;
    const MEGA: u64 = KILO * KILO;
    let near = |unit: u64, by: u64| {
        let whole = (octets + unit / 2) / unit;
        (octets >= unit && octets.abs_diff(whole * unit) < by).then_some(whole)
    };
    match (near(MEGA, KILO), near(KILO, 16)) {
        (Some(mega), _) => format!("{mega}Mb"),
        (_, Some(kilo)) => format!("{kilo}Kb"),
        _ => format!("{octets}b"),
    }
}
