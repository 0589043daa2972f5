//! Links: a session and its moment as text, for the fragment of an address, which never leaves the browser.
//!
//! ```text
//! #2.q83vEjRW…
//!  │ └ base64url: a checksum of two octets, then the link by the entropy coder (`script` has its order)
//!  └ number of the format
//! ```
//!
//! A link contains a [`Recording`] and is opened by replaying that: there is no other way in. It also has the number of
//! the engine that made it, and a digest of what had happened at its moment, so that a replay that differs is noticed.
//! A format is never changed, only followed by another: `tests/links` has links that must always open.

mod base64;
mod coder;
mod model;
mod script;
mod words;

use crate::{Moment, Recording, Session};
use coder::Coder;
use script::Script;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;

/// Number of the engine. It is raised whenever what happens in some session changes: a test compares a corpus.
pub const ENGINE: u32 = 8;
/// Number of the format that is written.
const FORMAT: Format = Format::Users;
/// The formats that are read: the later ones have what the earlier ones have, and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    /// Root types.
    First = 1,
    /// Who types follows the profile.
    Users = 2,
}

/// Letters of a link, from its format number on.
const LONGEST_LINK: usize = 1 << 15;

/// Why a text cannot be opened as a link, or a session not be made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It is something else.
    #[error("this is not a link of tcp-states")]
    Foreign,
    /// A later version of this program made it.
    #[error("the link has format {0}, and this version of tcp-states reads only formats 1 and 2")]
    Format(u32),
    /// A part is missing or was changed.
    #[error("the link is damaged: it was not copied completely, or was changed")]
    Damaged,
    /// The link, or what it contains, exceeds a bound.
    #[error("the session is too long for a link")]
    TooMuch,
}

/// Whether a link's replay is what its maker saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// The same happened.
    Same,
    /// Something else happened; this other engine made the link.
    OtherEngine(u32),
    /// Something else happened, although the engine has the same number.
    Different,
}

/// A session and its moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What was done.
    pub recording: Recording,
    /// How many of its steps were done before the beginning.
    pub before: usize,
    /// Where the playhead was.
    pub moment: Moment,
    /// The latest moment that was reached.
    pub end: Instant,
    /// The engine that made the link.
    engine: u32,
    /// 24 bits of the digest of the facts at the moment.
    digest: u32,
}

impl Link {
    /// A link to a session at its playhead.
    pub fn of(session: &Session) -> Link {
        Link {
            recording: session.recording(),
            before: session.before(),
            moment: session.moment(),
            end: session.end(),
            engine: ENGINE,
            digest: digest(session),
        }
    }

    /// A link to a session whose playhead has moved on to `at`, and nothing was due in between.
    pub fn at(session: &Session, at: Instant) -> Link {
        let mut link = Link::of(session);
        if link.moment.at < at && session.next_event().is_none_or(|next| next > at) {
            link.moment.at = at;
            link.end = link.end.max(at);
        }
        link
    }

    /// The link as text, without the `#` before it.
    pub fn to_text(&self) -> Result<String, LinkError> {
        let mut script = Script::new(FORMAT, Coder::writer());
        script.link(self)?;
        let link = script.finish();
        let octets = [&checksum(&link)[..], &link].concat();
        let text = format!("{}.{}", FORMAT as u32, base64::write(&octets));
        if text.len() <= LONGEST_LINK { Ok(text) } else { Err(LinkError::TooMuch) }
    }

    /// Reads a link, with or without the address before it.
    pub fn from_text(text: &str) -> Result<Link, LinkError> {
        let fragment = text.rsplit('#').next().unwrap_or(text).trim();
        let (format, rest) = fragment.split_once('.').ok_or(LinkError::Foreign)?;
        let format = match format.parse() {
            _ if !format.bytes().all(|letter| letter.is_ascii_digit()) => return Err(LinkError::Foreign),
            Ok(1) => Format::First,
            Ok(2) => Format::Users,
            Ok(other) => return Err(LinkError::Format(other)),
            Err(_) => return Err(LinkError::Foreign),
        };
        if fragment.len() > LONGEST_LINK {
            return Err(LinkError::TooMuch);
        }
        let octets = base64::read(rest).ok_or(LinkError::Damaged)?;
        let (sum, link) = octets.split_first_chunk().ok_or(LinkError::Damaged)?;
        if *sum != checksum(link) {
            return Err(LinkError::Damaged);
        }
        Script::new(format, Coder::reader(link.to_vec())).link(&Link::nothing())
    }

    /// The session at the moment of the link, and whether it is what its maker saw. Its lines are replayed for that.
    pub fn open(&self) -> (Session, Fidelity) {
        let mut session = Session::begun_with(&self.recording, self.before);
        session.go_to(self.end);
        session.go_to_moment(self.moment);
        let fidelity = match self.engine {
            _ if digest(&session) == self.digest => Fidelity::Same,
            ENGINE => Fidelity::Different,
            other => Fidelity::OtherEngine(other),
        };
        (session, fidelity)
    }

    /// The same, to go on after a reload: what was done before is no recording that a restart would play again.
    pub fn resume(&self) -> (Session, Fidelity) {
        let (session, fidelity) = self.open();
        (session.with_nothing_loaded(), fidelity)
    }

    /// What is given to a reader.
    const fn nothing() -> Link {
        Link {
            recording: Recording::new(ProfileName::Article, 0),
            before: 0,
            moment: Moment { at: Instant::START, done: None },
            end: Instant::START,
            engine: 0,
            digest: 0,
        }
    }
}

/// 24 bits of what happened.
fn digest(session: &Session) -> u32 {
    u32::from_str_radix(&session.digest_of_facts()[..6], 16).unwrap_or(0)
}

/// 16 bits of these octets: FNV-1a of 32 bits, folded.
fn checksum(octets: &[u8]) -> [u8; 2] {
    let sum =
        octets.iter().fold(0x811C_9DC5_u32, |sum, octet| (sum ^ u32::from(*octet)).wrapping_mul(0x0100_0193));
    let [a, b, c, d] = sum.to_be_bytes();
    [a ^ c, b ^ d]
}

#[cfg(test)]
mod tests;
