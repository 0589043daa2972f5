//! What is known of a segment, in English.

use super::report::{fate, link, packet, place, reason};
use super::{page, row};
use crate::names::article_name;
use crate::words::{Check, Found, Inspection, Origin, Preset, SegmentFate, Stopped};
use tcp_core::net::firewall::ChainName;
use tcp_core::tcp::{Options, TABLE};

pub(super) fn inspection(says: &Inspection) -> String {
    match *says {
        Inspection::Journey { from, to, number, fate } => {
            let to = to.map_or_else(|| "nobody".to_owned(), |to| to.to_string());
            let fate = self::fate(fate);
            match number {
                Some(number) => format!("Number {number}, from {from} to {to}: {fate}."),
                None => format!("From {from} to {to}: {fate}."),
            }
        }
        Inspection::ByRule(what, rule) => super::wire::by_rule(what, &rule),
        Inspection::Origin(origin) => self::origin(origin),
        Inspection::CheckedBy(host, Some(state)) => format!("Checked by {host} in {}", article_name(state)),
        Inspection::CheckedBy(host, None) => format!("Checked by {host}"),
        Inspection::Check(check, found) => self::check(check, found),
        Inspection::Unchecked(fate) => format!("Nothing: {}.", unchecked(fate)),
        Inspection::NoEffect => "Nothing came of it.".to_owned(),
        Inspection::Number(Some(relative), absolute) => format!("{relative} = {absolute}"),
        Inspection::Number(None, absolute) => absolute.to_string(),
        Inspection::OptionOctets(octets) => format!("Options, {octets} octets"),
        Inspection::DataOctets(octets) => format!("Data, {octets} octets"),
    }
}

fn origin(origin: Origin) -> String {
    match origin {
        Origin::Caused(cause, taken) => {
            let says = taken.and_then(|at| TABLE.get(at)).map_or("", row);
            format!("{}. {says}", capital(&link(&cause))).trim_end().to_owned()
        }
        Origin::Again { host, name, number, after } => {
            let before = number.map_or_else(String::new, |number| format!(", number {number} on the wire"));
            format!(
                "{host} had no answer for {}{before}, and sends it again {} later.",
                packet(&name),
                page::span(after)
            )
        }
        Origin::KeepaliveProbe(host) => format!(
            "A keepalive probe: {host} has heard nothing for long and asks whether the peer is there. The peer has had \
             its number, and so answers."
        ),
        Origin::ByHand => "No host sent it: send-segment put it on the wire.".to_owned(),
        Origin::Copy(host, number) => {
            let by = host.map_or_else(|| "The network".to_owned(), |host| format!("{host}'s netem"));
            let of = number.map_or_else(|| "a segment".to_owned(), |number| format!("number {number}"));
            format!("{by} made a second one of {of}.")
        }
        Origin::Unknown => "The log names no cause.".to_owned(),
    }
}

/// A sentence begins with a capital letter; a name keeps its own.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn check(check: Check, found: Found) -> String {
    let says = match (check, found) {
        (Check::Data(octets), Found::Good) => return format!("Data: {octets} octets"),
        (_, Found::Bad(why)) => reason(why).to_owned(),
        (Check::Firewall, Found::Stopped(at)) => format!("{} stops it", place(at)),
        (Check::Firewall, _) => "lets it pass".to_owned(),
        (Check::Connection, Found::Good) => "a socket waits for it".to_owned(),
        (Check::Connection, _) => "no socket waits for it".to_owned(),
        (Check::Sequence, Found::Again) => "it came before".to_owned(),
        (Check::Sequence, _) => "lies in the window".to_owned(),
        (Check::Ack, Found::Good) => "acknowledges what was sent".to_owned(),
        (Check::Ack, Found::Refused) => "a listener has sent nothing to acknowledge".to_owned(),
        (Check::Reset, Found::Refused) => "set: a listener ignores it".to_owned(),
        (_, Found::Absent) => "not set".to_owned(),
        _ => "set".to_owned(),
    };
    format!("{}: {says}", name(check))
}

const fn name(check: Check) -> &'static str {
    match check {
        Check::Firewall => "Firewall, INPUT",
        Check::Connection => "Socket",
        Check::Sequence => "Sequence number",
        Check::Reset => "RST",
        Check::Syn => "SYN",
        Check::Ack => "ACK",
        Check::Data(_) => "Data",
        Check::Fin => "FIN",
    }
}

fn unchecked(fate: SegmentFate) -> String {
    match fate {
        SegmentFate::OnItsWay | SegmentFate::Held(_) | SegmentFate::Queued(_) | SegmentFate::Waits => {
            format!("it is {}", self::fate(fate))
        }
        SegmentFate::Dropped(at) | SegmentFate::Rejected(at) if is_output(at) => {
            format!("it never left its host: {} stopped it", place(at))
        }
        SegmentFate::NobodyThere => "nobody answers for the address".to_owned(),
        _ => format!("it was {}", self::fate(fate)),
    }
}

const fn is_output(at: Stopped) -> bool {
    matches!(
        at,
        Stopped::Rule(_, _, ChainName::Output)
            | Stopped::OwnRule(.., ChainName::Output)
            | Stopped::Policy(_, ChainName::Output)
            | Stopped::Lookup(_)
            | Stopped::Netem(..)
    )
}

/// `MSS 1460, SACK permitted, timestamps 5 echo 0, window scale 10`; the blocks of a SACK as relative numbers.
pub(super) fn options(options: &Options, sacks: &[(u32, u32)]) -> String {
    let mut parts = Vec::new();
    parts.extend(options.mss.map(|mss| format!("MSS {mss}")));
    if options.sack_permitted {
        parts.push("SACK permitted".to_owned());
    }
    parts.extend(options.timestamps.map(|stamps| {
        let ms = |at: tcp_core::Instant| at.as_micros() / 1000;
        format!("timestamps {}, {}", ms(stamps.value), stamps.echo.map_or(0, ms))
    }));
    parts.extend(options.window_scale.map(|bits| format!("window scale {bits}")));
    parts.extend(sacks.iter().map(|(start, end)| format!("SACK {start}–{end}")));
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

pub(super) const fn preset(preset: Preset) -> &'static str {
    match preset {
        Preset::OldDuplicate => "An old duplicate",
        Preset::ForgedReset => "A forged RST",
        Preset::StraySyn => "A stray SYN",
    }
}
