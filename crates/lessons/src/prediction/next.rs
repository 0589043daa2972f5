//! Which segment is sent next?

use super::{Lines, Refuted, of_profiles};
use crate::predicate::event;
use crate::words::{Read, Words, host};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_course::scenes::{Event, Kind};

/// A question about the segment that a host sends next, after an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// The question; one is made from the event if it is missing.
    pub ask: Option<String>,
    /// The event.
    pub event: Event,
    /// A segment that is sent later does not count.
    pub within: Duration,
    /// Only what this host sends counts; if it is missing, what either does.
    pub by: Option<HostId>,
    /// The answer, in the article's profile and in Linux's; `None` if nothing is sent.
    pub answer: [Option<Sends>; 2],
    /// Wrong answers that are expected. Some are there in one profile only.
    pub wrong: Vec<Refuted<Option<Sends>>>,
}

/// A host sends a segment. Its own firewall may stop it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sends {
    /// The host.
    pub host: HostId,
    /// The kind of segment.
    pub segment: Kind,
}

impl Next {
    /// ```text
    /// within 5 s after arrived SYN at S_m
    /// S_m RST
    /// if S_m SYN|ACK: no sent SYN|ACK by S_m
    /// if nothing: sent RST by S_m
    /// ```
    ///
    /// After a line `by S_m` only what S_m sends counts, and the question must say so.
    pub(super) fn read(lines: &Lines<'_>) -> Result<Next, (usize, String)> {
        let (within, event) = span(lines.first.1).map_err(|reason| (lines.first.0, reason))?;
        let by = match lines.rest.first().and_then(|(at, line)| Some((*at, line.strip_prefix("by ")?))) {
            Some((at, _)) if lines.ask.is_none() => {
                return Err((at, "after `by` a question is needed (`ask: …`)".to_owned()));
            }
            Some((at, name)) => Some(host(name).ok_or_else(|| (at, format!("`{name}` must be C_m or S_m")))?),
            None => None,
        };
        let rest = &lines.rest[usize::from(by.is_some())..];
        let (answer, wrong) = of_profiles(&Lines { rest, ask: None, ..*lines }, sends, sends)?;
        Ok(Next { ask: lines.ask.clone(), event, within, by, answer, wrong })
    }
}

/// `within 5 s after arrived SYN at S_m`.
fn span(line: &str) -> Read<(Duration, Event)> {
    let mut words = Words::of(line);
    words.expects("within")?;
    let within = words.span()?;
    words.expects("after")?;
    Ok((within, event(&mut words)?))
}

/// `S_m RST`, or `nothing`.
fn sends(line: &str) -> Read<Option<Sends>> {
    let mut words = Words::of(line);
    let sends = if words.takes("nothing") {
        None
    } else {
        Some(Sends { host: words.host()?, segment: words.kind()? })
    };
    words.ends()?;
    Ok(sends)
}
