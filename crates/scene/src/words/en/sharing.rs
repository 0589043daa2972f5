//! What the page says of links, in English.

use crate::address::{At, Lock, PARAMETERS, Parameter, Wrong};
use crate::words::{DropPlace, Export, Kind, Place, Refusal, Sharing};
use tcp_core::net::HostId;
use tcp_course::{ENGINE, Fidelity, LinkError};

/// Faults of an address that are named.
const MOST_NAMED: usize = 3;

pub(super) fn sharing(sharing: &Sharing) -> String {
    let fixed = match sharing {
        Sharing::Share => "Share",
        Sharing::ThisSession => "This session, at this moment",
        Sharing::Lines(1) => "1 line",
        Sharing::Lines(count) => return format!("{count} lines"),
        Sharing::Address => "Link",
        Sharing::Copy => "Copy link",
        Sharing::Copied => "Copied",
        Sharing::Characters(count) => return format!("{count} characters"),
        Sharing::Contains => {
            "The link contains every line that was typed. Nothing is stored anywhere else, and no server sees it."
        }
        Sharing::QrCode => "The link as a QR code",
        Sharing::TooLongToScan => "Too long to scan",
        Sharing::NoLesson => "The lesson could not be read. Is there a connection? Nothing else has changed.",
        Sharing::NoAddress => {
            "This page has no address that other people can open. Send the recording instead: the program tcp-states \
             replays it."
        }
        Sharing::Recording => "Recording",
        Sharing::Save => "Save as a file",
        Sharing::SaveAs => "Save it as it is now:",
        Sharing::Export(export) => self::export(*export),
        Sharing::Picture(Export::Ladder) => "Ladder (PNG)",
        Sharing::Picture(_) => "State machine (PNG)",
        Sharing::Problem(error) => return problem(*error),
        Sharing::Differs(fidelity) => return differs(*fidelity),
        Sharing::Opened => "A session that somebody shared",
        Sharing::Waits => "Nothing of it has run yet. These lines are typed when you press Play:",
        Sharing::Play => "Play",
        Sharing::NotNow => "Open the lab without them",
        Sharing::MoreLines(count) => return format!("and {count} more"),
        Sharing::PutIntoPage => "Put it into a page…",
        Sharing::IntoPage => "Put the lab into a page",
        Sharing::Preview => "As it will be",
        Sharing::Where => "Where it is put",
        Sharing::Place(place) => self::place(*place),
        Sharing::Into(place) => into(*place),
        Sharing::Code => "Code",
        Sharing::CopyCode => "Copy",
        Sharing::Effect(at) => return of_schema(*at, |parameter| parameter.effect),
        Sharing::Unset(at) => return of_schema(*at, |parameter| parameter.default),
        Sharing::Locked(lock) => return locked(*lock).to_owned(),
        Sharing::Misses(kind, place) => return misses(*kind, *place),
        Sharing::NoPrompt(host) => return super::hint::no_prompt(*host),
        Sharing::Ignored(wrong) => return ignored(wrong),
        Sharing::Refused(why) => return refused(*why),
        Sharing::Program(name) => return format!("program {name}"),
    };
    fixed.to_owned()
}

const fn export(export: Export) -> &'static str {
    match export {
        Export::Diagram => "State machine (SVG)",
        Export::Ladder => "Ladder (SVG)",
        Export::Recording => "Recording (JSON)",
        Export::Transcript => "Transcript",
        Export::Mermaid => "Ladder (Mermaid)",
        Export::CaptureOfClient => "Capture of C_m (pcapng)",
        Export::CaptureOfServer => "Capture of S_m (pcapng)",
        Export::Capture => "Capture of both (pcapng)",
        Export::Script => "Script for Linux (bash)",
    }
}

fn refused(why: Refusal) -> String {
    let why = match why {
        Refusal::Held => "a segment was held on the wire, and no kernel can hold one",
        Refusal::Forged => "a segment was put on the wire that no host had sent",
        Refusal::Copied => "a segment was delivered twice or out of order",
        Refusal::Varied => "netem varied a delay by chance, and a kernel's varies otherwise",
        Refusal::Cable => "a cable was pulled, and on the other side of a router nobody would see that",
        Refusal::Site => "a host talked with a web site, which the script does not have",
        Refusal::Many => "the network lost more single segments than a script can count",
    };
    format!("No script: {why}.")
}

fn misses(kind: Kind, place: DropPlace) -> String {
    let (kind, sender) =
        (super::kind(kind), if kind == Kind::SynAck { HostId::Server } else { HostId::Client });
    format!("The {kind} of {sender} does not pass {}.", super::place(place))
}

const fn place(place: Place) -> &'static str {
    match place {
        Place::Frame => "iframe",
        Place::Element => "Element",
        Place::Markdown => "Markdown",
        Place::Reveal => "reveal.js",
        Place::Moodle => "Moodle",
        Place::Address => "Address",
    }
}

const fn into(place: Place) -> &'static str {
    match place {
        Place::Frame => "For any page whose HTML you can write.",
        Place::Element => "For a page that may load a script. The lab is as high as it needs to be.",
        Place::Markdown => {
            "A link. Where Markdown may contain HTML, as in mdBook or Quarto, the iframe works, too."
        }
        Place::Reveal => "A slide of its own.",
        Place::Moodle => "In Moodle's editor, open the source code (Tools, Source code), and paste it there.",
        Place::Address => "The address itself, to be sent or typed.",
    }
}

/// A text of the schema, without the marks of Markdown.
fn of_schema(at: usize, text: fn(&Parameter) -> &'static str) -> String {
    PARAMETERS.get(at).map_or("", text).replace('`', "")
}

const fn locked(lock: Lock) -> &'static str {
    match lock {
        Lock::Firewall => "Locked: whoever put this lab here does not want the firewall to be changed.",
        Lock::Terminals => {
            "Locked: whoever put this lab here wants nothing to be typed but what the buttons type."
        }
        Lock::Time => "Locked: whoever put this lab here does not want time to be changed.",
        Lock::Settings => "Locked: whoever put this lab here does not want the settings to be changed.",
    }
}

fn ignored(wrong: &[Wrong]) -> String {
    let named = wrong.iter().take(MOST_NAMED).map(|wrong| match wrong {
        Wrong::Unknown(name) => format!("“{name}” is not known"),
        Wrong::Value { name: "lang", value } => format!("the language “{value}” is not there yet"),
        Wrong::Value { name: "scene", value } => format!("no scene is called “{value}”"),
        Wrong::Value { name: "lesson", value } => format!("no lesson is called “{value}”"),
        Wrong::Value { name: "step", value } | Wrong::Step(value) => format!("there is no step “{value}”"),
        Wrong::Value { name, value } => format!("“{name}” cannot be “{value}”"),
        Wrong::Pause(At::Pause(number)) => format!("there is no pause “{number}”"),
        Wrong::Pause(At::End) => "there is no scene that could be at its end".to_owned(),
        Wrong::TooLong => "it is too long".to_owned(),
    });
    let named: Vec<String> = named.collect();
    let further = if wrong.len() > MOST_NAMED { ", and more" } else { "" };
    format!("In the address, {}{further}. It is ignored.", named.join(", "))
}

fn problem(error: LinkError) -> String {
    match error {
        LinkError::Foreign => "The address ends in something that is not a link of tcp-states.".to_owned(),
        LinkError::Format(_) => {
            "A later version of tcp-states made this link: this one cannot open it.".to_owned()
        }
        LinkError::Damaged => {
            "This link is damaged: it was not copied completely, or it was changed.".to_owned()
        }
        LinkError::TooMuch => "This session is too long for a link.".to_owned(),
    }
}

fn differs(fidelity: Fidelity) -> String {
    match fidelity {
        Fidelity::Same => String::new(),
        Fidelity::OtherEngine(number) => format!(
            "What you see differs from what was shared: engine {number} made the link, and this is engine {ENGINE}."
        ),
        Fidelity::Different => {
            "What you see differs from what was shared, although the lines are the same.".to_owned()
        }
    }
}
