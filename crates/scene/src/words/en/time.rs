//! What the time bar says, in English.

use crate::names::article_name;
use crate::timebar::Shows;
use tcp_core::Instant;
use tcp_course::Marked;

pub(super) fn mark(what: Shows, count: usize) -> String {
    let says = match what {
        Shows::Happened(Marked::Entered(host, state)) => format!("{host} enters {}", article_name(state)),
        Shows::Happened(Marked::Removed(host)) => format!("{host} removes an entry"),
        Shows::Happened(Marked::Stopped) => "a segment is stopped".to_owned(),
        Shows::Happened(Marked::Passed) => "something happens".to_owned(),
        Shows::Changed(host) => format!("{host}’s netstat changes"),
        Shows::Typed(host, look) => format!("look {look}, typed on {host}"),
    };
    match count {
        0 | 1 => says,
        _ => format!("{says}; {} more just before", count - 1),
    }
}

pub(super) fn moment(at: Instant, end: Instant, last: Option<(Shows, usize)>) -> String {
    let last = last.map_or_else(String::new, |(what, count)| format!(": {}", mark(what, count)));
    if at < end {
        format!("{}, in the past, which ends at {}{last}", seconds(at), seconds(end))
    } else {
        format!("{}{last}", seconds(at))
    }
}

/// `4.005 s`
pub(super) fn seconds(at: Instant) -> String {
    let ms = at.as_micros() / 1000;
    format!("{}.{:03} s", ms / 1000, ms % 1000)
}
