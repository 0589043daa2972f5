//! The command `tcp-states link`.

use crate::replay::advance;
use std::path::{Path, PathBuf};
use tcp_core::Instant;
use tcp_course::{Fidelity, Link, Session};
use tcp_oracle::{Problem, Trace};

/// What the command does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Options {
    /// Prints the link to a session.
    Make {
        /// A recording or a trace.
        file: PathBuf,
        /// Moment of the link, instead of the file's last step.
        until: Option<Instant>,
    },
    /// Prints the recording in a link.
    Open(String),
}

/// Makes or opens a link. Returns the text to print, and if something else happens than when the link was made, a
/// sentence that says so.
pub fn link(options: &Options) -> Result<(String, Option<String>), Problem> {
    match options {
        Options::Make { file, until } => make(file, *until).map(|text| (text, None)),
        Options::Open(text) => open(text),
    }
}

fn make(file: &Path, until: Option<Instant>) -> Result<String, Problem> {
    let trace = Trace::read(file)?;
    let mut session = Session::of(&trace.recording);
    let last = session.inputs().last().map_or(Instant::START, |input| input.at);
    advance(&mut session, until.unwrap_or(last), file, |_| {})?;
    let text =
        Link::of(&session).to_text().map_err(|error| Problem::with(file, format!("steps: {error}")))?;
    Ok(format!("#{text}\n"))
}

/// The recording as JSON.
fn open(text: &str) -> Result<(String, Option<String>), Problem> {
    let link = Link::from_text(text).map_err(|error| Problem(format!("--open: {error}")))?;
    let (_, fidelity) = link.open();
    let differs = match fidelity {
        Fidelity::Same => None,
        Fidelity::OtherEngine(number) => Some(format!(
            "--open: engine {number} made the link; with engine {}, something else happens",
            tcp_course::ENGINE
        )),
        Fidelity::Different => Some("--open: something else happens than when the link was made".to_owned()),
    };
    Ok((link.recording.to_json() + "\n", differs))
}
