//! What can be saved of a session as it is at its playhead: one table, for the page and for the command line.

mod drawing;
mod mermaid;
mod pcapng;
mod script;
#[cfg(test)]
mod tests;

use crate::model::Look;
use crate::transcript::Transcript;
use crate::words::Say;
pub use crate::words::{Export, Refusal};
pub use pcapng::seen;
use script::script;
use tcp_core::Instant;
use tcp_core::net::HostId::{Client, Server};
use tcp_course::{Moment, Session};

/// Makes the octets of a file of a session.
type Make = fn(&Session, &Look, Say) -> Result<Vec<u8>, Refusal>;

/// The kind of a capture file.
const PCAPNG: &str = "application/x-pcapng";

/// Each with the word that names it, the file that it is saved as, the kind of that file, and what makes it.
const TABLE: [(Export, &str, &str, &str, Make); 9] = [
    (Export::Diagram, "diagram", "diagram.svg", "image/svg+xml", |session, look, say| {
        Ok(drawing::diagram(session, look, say).into_bytes())
    }),
    (Export::Ladder, "ladder", "ladder.svg", "image/svg+xml", |session, look, say| {
        Ok(drawing::ladder(session, look, say).into_bytes())
    }),
    (Export::Recording, "recording", "recording.json", "application/json", |session, _, _| {
        Ok(session.recording().to_json().into_bytes())
    }),
    (Export::Transcript, "transcript", "transcript.txt", "text/plain", |session, _, _| {
        Ok(transcript(session).into_bytes())
    }),
    (Export::Mermaid, "mermaid", "ladder.mmd", "text/plain", |session, look, say| {
        Ok(mermaid::mermaid(session, look, say).into_bytes())
    }),
    (Export::CaptureOfClient, "pcapng-client", "client.pcapng", PCAPNG, |session, _, say| {
        Ok(pcapng::pcapng(session, &[Client], say))
    }),
    (Export::CaptureOfServer, "pcapng-server", "server.pcapng", PCAPNG, |session, _, say| {
        Ok(pcapng::pcapng(session, &[Server], say))
    }),
    (Export::Capture, "pcapng", "both.pcapng", PCAPNG, |session, _, say| {
        Ok(pcapng::pcapng(session, &[Client, Server], say))
    }),
    (Export::Script, "script", "session.sh", "text/x-shellscript", |session, _, _| {
        script(session).map(String::into_bytes)
    }),
];

impl Export {
    /// All, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Export> {
        TABLE.iter().map(|row| row.0)
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Export> {
        TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The word that names it.
    pub const fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// The name of its file.
    pub const fn file(self) -> &'static str {
        TABLE[self as usize].2
    }

    /// The kind of its file, as MIME has it.
    pub const fn mime(self) -> &'static str {
        TABLE[self as usize].3
    }

    /// It is a drawing, as SVG.
    pub fn is_drawing(self) -> bool {
        self.picture().is_some()
    }

    /// The name of the file for the same drawing as a PNG, which only a browser makes.
    pub const fn picture(self) -> Option<&'static str> {
        match self {
            Export::Diagram => Some("diagram.png"),
            Export::Ladder => Some("ladder.png"),
            _ => None,
        }
    }

    /// The octets that are saved of a session, with its words from a catalogue. Only a script may be refused.
    pub fn of(self, session: &Session, look: &Look, say: Say) -> Result<Vec<u8>, Refusal> {
        (TABLE[self as usize].4)(session, look, say)
    }
}

/// What the terminals showed, in the order of time: the session is played once more.
fn transcript(session: &Session) -> String {
    let until = session.lab().now();
    let mut again = session.clone();
    // Before what was done at the beginning, which is written in the order in which it was.
    again.go_to_moment(Moment { at: Instant::START, done: Some(0) });
    let mut transcript = Transcript::new();
    transcript.follow(again.lab());
    again.go_on();
    while again.next_event().is_some_and(|at| at <= until) && again.step() {
        again.go_on();
        transcript.follow(again.lab());
    }
    transcript.text().to_owned()
}
