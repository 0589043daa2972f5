//! What is said to the host page.

use super::{Field, Refusal};
use tcp_core::Instant;

/// The types of all that is said, in the order of [`Said`].
pub const SAID: [&str; 8] = ["ready", "height", "state", "pause", "done", "session", "ok", "error"];

/// A message to the host page.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// The lab can be used.
    Ready,
    /// Its content is this high, in CSS pixels.
    Height(u32),
    /// The states of the connection that is shown.
    State {
        /// C_m's and S_m's, in the article's spelling.
        states: [&'static str; 2],
        /// The moment.
        at: Instant,
    },
    /// The scene waits at a pause.
    Pause {
        /// The scene's name.
        scene: String,
        /// Number of the pause, from 1, and of all there are.
        number: [usize; 2],
        /// What is said there.
        caption: String,
        /// The moment.
        at: Instant,
    },
    /// The scene is over.
    Done {
        /// Its name.
        scene: String,
        /// The moment.
        at: Instant,
    },
    /// The answer to `get-session`: the text of a link, with its `#`.
    Session(String),
    /// A request with an id was passed on.
    Passed,
    /// A request was refused.
    Refused(Refusal),
}

impl Said {
    /// Its type.
    pub const fn kind(&self) -> &'static str {
        SAID[match self {
            Said::Ready => 0,
            Said::Height(_) => 1,
            Said::State { .. } => 2,
            Said::Pause { .. } => 3,
            Said::Done { .. } => 4,
            Said::Session(_) => 5,
            Said::Passed => 6,
            Said::Refused(_) => 7,
        }]
    }

    /// Its fields beyond version, type, nonce and id.
    pub fn fields(self) -> Vec<(&'static str, Field)> {
        let text = |text: &str| Field::Text(text.to_owned());
        let moment = |at: Instant| ("at", Field::Number(at.as_millis_f64()));
        match self {
            Said::Ready | Said::Passed => Vec::new(),
            Said::Height(height) => vec![("height", Field::Number(f64::from(height)))],
            Said::State { states: [client, server], at } => {
                vec![("client", text(client)), ("server", text(server)), moment(at)]
            }
            Said::Pause { scene, number: [pause, of], caption, at } => vec![
                ("scene", Field::Text(scene)),
                ("pause", count(pause)),
                ("of", count(of)),
                ("caption", Field::Text(caption)),
                moment(at),
            ],
            Said::Done { scene, at } => vec![("scene", Field::Text(scene)), moment(at)],
            Said::Session(link) => vec![("session", Field::Text(link))],
            Said::Refused(refusal) => vec![("message", Field::Text(refusal.to_string()))],
        }
    }
}

fn count(number: usize) -> Field {
    Field::Number(u32::try_from(number).map_or(f64::INFINITY, f64::from))
}
