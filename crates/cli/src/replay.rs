//! `tcp-states replay`

use crate::args::Problem;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_scene::Transcript;
use tcp_shell::{Recording, Session};

/// A larger file is no recording.
const LARGEST: u64 = 1 << 20;

/// No replay needs more events than this: one that does is hostile.
const MOST_EVENTS: usize = 2_000_000;

/// What is printed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// What the terminals showed.
    Text,
    /// A fingerprint of all facts.
    Digest,
}

/// What to replay, and how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) file: PathBuf,
    pub(crate) shown: Shown,
    pub(crate) profile: Option<ProfileName>,
    pub(crate) until: Option<Instant>,
}

/// Replays a file, and gives what is to be printed.
pub(crate) fn replay(options: &Options) -> Result<String, Problem> {
    let name = options.file.display();
    let problem = |why: String| Problem(format!("{name}: {why}"));
    let text = read(options).map_err(|error| problem(error.to_string()))?;
    let mut recording = Recording::from_json(&text).map_err(|error| problem(error.to_string()))?;
    if let Some(profile) = options.profile {
        recording.profile = profile;
    }
    let mut session = Session::loaded(&recording);
    let mut transcript = Transcript::new();
    let last = session.inputs().last().map_or(Instant::START, |input| input.at);
    let until = options.until.unwrap_or(last);
    let mut events = 0;
    while session.next_event().is_some_and(|at| at <= until) {
        session.step();
        transcript.follow(session.lab());
        events += 1;
        if events > MOST_EVENTS {
            return Err(problem(format!("more than {MOST_EVENTS} events")));
        }
    }
    session.advance_to(until);
    transcript.follow(session.lab());
    Ok(match options.shown {
        Shown::Text => transcript.text().to_owned(),
        Shown::Digest => format!("{}\n", session.digest()),
    })
}

fn read(options: &Options) -> std::io::Result<String> {
    let mut text = String::new();
    File::open(&options.file)?.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(std::io::Error::other("larger than 1 MiB"));
    }
    Ok(text)
}
