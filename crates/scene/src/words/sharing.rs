//! What the page says of links, as data.

use crate::address::Wrong;
use tcp_course::{Fidelity, LinkError};

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
    /// The page has no address that opens elsewhere.
    NoAddress,
    /// Of the field with the recording.
    Recording,
    /// Saves the recording.
    Save,
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
    /// What the address asks for and cannot have.
    Ignored(Vec<Wrong>),
    /// A program without a terminal.
    Program(String),
}
