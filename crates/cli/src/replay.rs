//! The command `tcp-states replay`.

use crate::scenes;
use std::path::{Path, PathBuf};
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_course::Session;
use tcp_oracle::Problem;
use tcp_oracle::outcome::Limits;
use tcp_scene::Transcript;

/// What the command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The outcome, as JSON.
    Outcome,
    /// What the terminals showed, as text.
    Text,
    /// A fingerprint of all facts.
    Digest,
}

/// Options of the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// A recording, a scene, its id, or a trace.
    pub file: PathBuf,
    /// What to print.
    pub shown: Shown,
    /// Profile to use instead of the file's own.
    pub profile: Option<ProfileName>,
    /// When to stop, instead of at the file's end.
    pub until: Option<Instant>,
}

/// Replays a file, and returns the text to print.
pub fn replay(options: &Options) -> Result<String, Problem> {
    let mut trace = scenes::read(&options.file)?;
    if let Some(profile) = options.profile {
        trace.recording.profile = profile;
    }
    let until = options.until.unwrap_or(trace.until);
    if options.shown == Shown::Outcome {
        let outcome = trace.play(until)?;
        let text = serde_json::to_string(&outcome).map_err(|error| Problem::with(&options.file, error))?;
        return Ok(text + "\n");
    }
    let mut session = trace.session()?;
    let mut transcript = Transcript::new();
    // Text and digest end with the last step, unless `--until` gives another end.
    let last = session.inputs().last().map_or(Instant::START, |input| input.at);
    let until = options.until.unwrap_or(last);
    advance(&mut session, until, &options.file, |session| transcript.follow(session.lab()))?;
    transcript.follow(session.lab());
    Ok(match options.shown {
        Shown::Digest => format!("{}\n", session.digest_of_facts()),
        _ => transcript.text().to_owned(),
    })
}

/// Moves a session on to `until`, and shows it after each event. Fails at the first thing that does not exist here, and
/// when there is no end of events.
pub(crate) fn advance(
    session: &mut Session,
    until: Instant,
    file: &Path,
    mut seen: impl FnMut(&Session),
) -> Result<(), Problem> {
    let mut events = 0;
    while session.next_event().is_some_and(|at| at <= until) {
        session.step();
        seen(session);
        events += 1;
        if events > Limits::DEFAULT.events {
            return Err(Problem::with(file, format!("more than {} events", Limits::DEFAULT.events)));
        }
        if let Some(why) = session.refused() {
            return Err(Problem::with(file, why));
        }
        if let Some(why) = session.lab().exhausted() {
            return Err(Problem::with(file, why));
        }
    }
    session.advance_to(until);
    Ok(())
}
