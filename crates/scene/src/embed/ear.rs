//! Who is heard, and how much.

use super::{Field, Fields, MARK, Refusal, Request, VERSION, read};

/// Messages that are heard in [`SPAN`]; further ones are lost.
const MOST: u32 = 30;
/// Milliseconds.
const SPAN: f64 = 1000.0;
/// Characters of the longest id.
const LONGEST_ID: usize = 64;

/// What listens to the host page. It hears only messages that carry its nonce, and once it has heard one, only those of
/// the same origin.
#[derive(Debug)]
pub struct Ear {
    nonce: String,
    /// Of the first message that was heard.
    origin: Option<String>,
    /// When the present span began, in milliseconds.
    since: f64,
    /// How much was heard in it.
    heard: u32,
}

/// What was heard.
#[derive(Debug, PartialEq)]
pub enum Heard {
    /// The slide that the lab is on is shown, or not any more: reveal.js says so, which knows no nonce.
    Slide {
        /// It is shown.
        shown: bool,
    },
    /// The host page asks for something.
    Request {
        /// What the answer has to repeat: a number, a text, or nothing.
        id: Field,
        /// What it asks for, if that can be understood.
        request: Result<Request, Refusal>,
    },
}

impl Ear {
    /// Listens for messages with this nonce.
    pub const fn new(nonce: String) -> Ear {
        Ear { nonce, origin: None, since: 0.0, heard: 0 }
    }

    /// What the host page has to put into its messages.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// To which origin answers go: to any before somebody was heard, and if the host page has no origin, because then
    /// none can be named. A file has none, whatever a browser calls it.
    pub fn target(&self) -> &str {
        match self.origin.as_deref() {
            None | Some("null" | "file://") => "*",
            Some(origin) => origin,
        }
    }

    /// Hears a message at a moment, in milliseconds of any clock. `None` if it is not for the lab, not from whom it must
    /// be, or one too many.
    ///
    /// `message` is the message itself: a text, or else nothing by itself but its `fields`.
    pub fn hear(
        &mut self,
        from_host: bool,
        origin: &str,
        now: f64,
        message: &Field,
        fields: Fields<'_>,
    ) -> Option<Heard> {
        if !from_host || self.origin.as_deref().is_some_and(|known| known != origin) {
            return None;
        }
        if let Field::Text(text) = message {
            let shown = match text.as_str() {
                "slide:start" => true,
                "slide:stop" => false,
                _ => return None,
            };
            return self.has_room(now).then_some(Heard::Slide { shown });
        }
        let version = match fields(MARK) {
            Field::Number(version) if version >= VERSION => version,
            _ => return None,
        };
        if fields("nonce") != Field::Text(self.nonce.clone()) || !self.has_room(now) {
            return None;
        }
        if version > VERSION {
            return Some(Heard::Request { id: Field::Absent, request: Err(Refusal::Version) });
        }
        if self.origin.is_none() {
            self.origin = Some(origin.to_owned());
        }
        Some(match fields("id") {
            id @ (Field::Absent | Field::Number(_)) => Heard::Request { id, request: read(fields) },
            Field::Text(id) if id.chars().count() <= LONGEST_ID => {
                Heard::Request { id: Field::Text(id), request: read(fields) }
            }
            _ => Heard::Request {
                id: Field::Absent,
                request: Err(Refusal::Field("id", "a number, or a text of at most 64 characters")),
            },
        })
    }

    /// Counts a message; false if it is one too many.
    fn has_room(&mut self, now: f64) -> bool {
        // A clock that was set back begins a span, too.
        if !(self.since..self.since + SPAN).contains(&now) {
            (self.since, self.heard) = (now, 0);
        }
        self.heard = self.heard.saturating_add(1);
        self.heard <= MOST
    }
}
