//! What the page says of links, in English.

use crate::address::Wrong;
use crate::words::Sharing;
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
        Sharing::NoAddress => {
            "This page has no address that other people can open. Send the recording instead: the program tcp-states \
             replays it."
        }
        Sharing::Recording => "Recording",
        Sharing::Save => "Save as a file",
        Sharing::Problem(error) => return problem(*error),
        Sharing::Differs(fidelity) => return differs(*fidelity),
        Sharing::Opened => "A session that somebody shared",
        Sharing::Waits => "Nothing of it has run yet. These lines are typed when you press Play:",
        Sharing::Play => "Play",
        Sharing::NotNow => "Open the lab without them",
        Sharing::MoreLines(count) => return format!("and {count} more"),
        Sharing::Ignored(wrong) => return ignored(wrong),
        Sharing::Program(name) => return format!("program {name}"),
    };
    fixed.to_owned()
}

fn ignored(wrong: &[Wrong]) -> String {
    let named = wrong.iter().take(MOST_NAMED).map(|wrong| match wrong {
        Wrong::Unknown(name) => format!("“{name}” is not known"),
        Wrong::Value { name, value } => format!("“{name}” cannot be “{value}”"),
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
