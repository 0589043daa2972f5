//! What the page says of links, as data.

use super::{DropPlace, Kind};
use crate::address::{Lock, Wrong};
use tcp_core::net::HostId;
use tcp_course::{Fidelity, LinkError};

/// What can be saved of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// The state machine with both hosts on it.
    Diagram,
    /// The ladder.
    Ladder,
    /// What was done.
    Recording,
    /// What the terminals showed.
    Transcript,
    /// The ladder in Mermaid's language.
    Mermaid,
    /// What passed C_m's interfaces.
    CaptureOfClient,
    /// What passed S_m's interfaces.
    CaptureOfServer,
    /// What passed the interfaces of both.
    Capture,
    /// What does the session again on real Linux.
    Script,
}

/// Why no script is made of a session: no kernel can do it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A segment was held.
    Held,
    /// A segment was put on the wire that no host had sent.
    Forged,
    /// The network delivered a segment twice, or out of order.
    Copied,
    /// A host's netem varied its delay.
    Varied,
    /// A cable was pulled.
    Cable,
    /// Someone talked with the web site.
    Site,
    /// The network lost more single segments than are counted.
    Many,
}

/// A text on sharing a session, or on opening one that was shared.
#[derive(Clone, Debug, PartialEq)]
pub enum Sharing {
    /// On the button and the dialog.
    Share,
    /// What the link opens.
    ThisSession,
    /// How many lines a session has.
    Lines(usize),
    /// Of the field with the link.
    Address,
    /// On the button.
    Copy,
    /// On the button, once it is done.
    Copied,
    /// How many characters a link has.
    Characters(usize),
    /// What a link contains, and who gets it.
    Contains,
    /// Of the picture.
    QrCode,
    /// In the place of the picture.
    TooLongToScan,
    /// The file of a lesson has not come.
    NoLesson,
    /// The page has no address that opens elsewhere.
    NoAddress,
    /// Of the field with the recording.
    Recording,
    /// Saves the recording.
    Save,
    /// Before what can be saved.
    SaveAs,
    /// What can be saved.
    Export(Export),
    /// The same drawing as a picture of pixels.
    Picture(Export),
    /// Why it was not saved.
    Refused(Refusal),
    /// Why a link cannot be made or opened.
    Problem(LinkError),
    /// What opens is not what was shared.
    Differs(Fidelity),
    /// Of the dialog, if the address has no title.
    Opened,
    /// Nothing has been run yet.
    Waits,
    /// The button that runs the lines.
    Play,
    /// The other button.
    NotNow,
    /// Lines that are not listed.
    MoreLines(usize),
    /// What the address does not let readers change.
    Locked(Lock),
    /// A toggle's segment does not pass the place that is chosen.
    Misses(Kind, DropPlace),
    /// A program has each terminal in which a button would type.
    NoPrompt(HostId),
    /// On the button that leads to what builds an address.
    PutIntoPage,
    /// Of what builds an address.
    IntoPage,
    /// Of the lab as it will be.
    Preview,
    /// Of the places for which there is something to copy.
    Where,
    /// A place.
    Place(Place),
    /// What to do with the code there.
    Into(Place),
    /// Of what is to be copied.
    Code,
    /// On the button.
    CopyCode,
    /// What the parameter with this number does.
    Effect(usize),
    /// What holds without it.
    Unset(usize),
    /// What the address asks for and cannot have.
    Ignored(Vec<Wrong>),
    /// A program without a terminal.
    Program(String),
}

/// Where a lab can be put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Any page of HTML.
    Frame,
    /// The same, by the lab's own element.
    Element,
    /// A text in Markdown.
    Markdown,
    /// A slide of reveal.js.
    Reveal,
    /// A course in Moodle.
    Moodle,
    /// Anywhere: the address alone.
    Address,
}

impl Place {
    /// All, in the order in which they are offered.
    pub const ALL: [Place; 6] =
        [Place::Frame, Place::Element, Place::Markdown, Place::Reveal, Place::Moodle, Place::Address];
}
