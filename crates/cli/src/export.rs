//! The command `tcp-states export`: what has happened, as files.

use crate::{replay, scenes};
use std::path::PathBuf;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_oracle::Problem;
use tcp_scene::Look;
use tcp_scene::export::Export;
use tcp_scene::words::{Message, Sharing, en};

/// Options of the command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A recording, a scene, its id, or a trace.
    pub file: PathBuf,
    /// Profile to use instead of the file's own.
    pub profile: Option<ProfileName>,
    /// The moment to save, instead of the file's end.
    pub until: Option<Instant>,
    /// What to save, and where.
    pub saves: Vec<(Export, PathBuf)>,
}

/// Replays a file, and saves what has happened.
pub fn export(options: &Options) -> Result<(), Problem> {
    let mut trace = scenes::read(&options.file)?;
    if let Some(profile) = options.profile {
        trace.recording.profile = profile;
    }
    let mut session = trace.session()?;
    replay::advance(&mut session, options.until.unwrap_or(trace.until), &options.file, |_| ())?;
    for (kind, out) in &options.saves {
        let refused = |why| Problem::with(&options.file, en::say(&Message::Sharing(Sharing::Refused(why))));
        let text = kind.of(&session, &Look::default(), en::say).map_err(refused)?;
        std::fs::write(out, text).map_err(|error| Problem::with(out, error))?;
    }
    Ok(())
}
