//! Scenes: prepared recordings that stop at the moments worth looking at.
//!
//! ```json
//! {"version": 1, "id": "synack-dropped", "group": "set-up",
//!  "title": {"en": "SYN|ACK dropped at the server"},
//!  "shows": {"en": "SYN_RECV comes and goes. Exercise 2g"},
//!  "lasts_ms": {"article": 1005, "linux": 1005},
//!  "recording": {"version": 1, "profile": "article", "steps": []},
//!  "pauses": [
//!   {"when": {"stopped": {"segment": "SYN|ACK", "at": "server OUTPUT"}}, "times": 2,
//!    "pair": ["SYN_SENT", "SYN_RECV"], "caption": {"en": "…"}}]}
//! ```
//!
//! The files in `crates/course/scenes` are those of this program. It does not read them: a test makes a table of them.
//!
//! A pause waits for a [`Condition`], never for a time, and says which pair of states is there then. A pause that has a
//! `profile` exists only in that profile. The last pause is the end of the scene; `lasts_ms` is its moment.

mod condition;
mod file;
mod goal;
mod law;
mod play;
mod predicate;
mod prepared;
#[rustfmt::skip]
mod table;
mod watch;
mod ways;

pub use condition::{
    Condition, Kind, NO_CALL, NO_KIND, NO_STATE, NO_TIMER, Segments, Stop, call_named, state_named,
    timer_named,
};
pub use goal::Goal;
pub use law::Law;
pub use play::Play;
pub use predicate::{Act, Event, Predicate, What};
pub use watch::Watch;
pub use ways::Way;

use crate::recording::{Recording, RecordingError, read};
use tcp_core::Instant;
use tcp_core::tcp::{ProfileName, State};

/// Octets of a scene's file.
const LONGEST_SCENE: usize = 1 << 20;

/// A prepared recording with its pauses.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Its name in links and on the command line: lower-case letters, digits and hyphens.
    pub id: String,
    /// The part of the menu that it belongs to.
    pub group: Group,
    /// A few words.
    pub title: Text,
    /// One sentence on what it shows.
    pub shows: Text,
    /// The lines that are typed.
    pub recording: Recording,
    /// The moments at which it stops, in order; at least one in each profile.
    pub pauses: Vec<Pause>,
    /// The moment of its last pause in profile `article` and in profile `linux`.
    pub lasts: [Instant; 2],
    /// Where it leads, if it is a [`Way`] and not a scene of the menu: then it has no texts.
    pub goal: Option<Goal>,
}

/// A moment at which a scene stops.
#[derive(Clone, Debug, PartialEq)]
pub struct Pause {
    /// The only profile in which it exists, if not in both.
    pub profile: Option<ProfileName>,
    /// What it waits for.
    pub when: Condition,
    /// How many times that must happen, counted from the pause before.
    pub times: u32,
    /// The states that C_m and S_m are in then, as the page shows them.
    pub pair: [State; 2],
    /// What to look at, and why it is so: two lines.
    pub caption: Text,
}

/// The parts of the menu, which follow the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Opening a connection.
    SetUp,
    /// What is transferred.
    Data,
    /// Closing it.
    Close,
    /// What remains after closing.
    TimeWait,
    /// What the network loses, and resets.
    Faults,
    /// What a firewall stops.
    Firewall,
    /// What programs do.
    Applications,
}

impl Group {
    /// All groups, in the order of the menu.
    pub const ALL: [Group; 7] = [
        Group::SetUp,
        Group::Data,
        Group::Close,
        Group::TimeWait,
        Group::Faults,
        Group::Firewall,
        Group::Applications,
    ];
}

/// A text by language; it exists in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<(String, String)>);

impl Text {
    /// The text in a language, such as `en`; in English if that language lacks it.
    pub fn in_language(&self, code: &str) -> &str {
        let of = |code: &str| self.0.iter().find(|(language, _)| language == code);
        of(code).or_else(|| of("en")).map_or("", |(_, text)| text)
    }
}

/// The scene with this id.
pub fn named(id: &str) -> Option<Scene> {
    table::SCENES.iter().find(|scene| scene.id == id).map(prepared::Prepared::scene)
}

/// All scenes of this program, in the order of the menu.
pub fn built_in() -> Vec<Scene> {
    table::SCENES.iter().map(prepared::Prepared::scene).collect()
}

impl Scene {
    /// Reads a scene.
    ///
    /// Fails on anything that it does not understand, as [`Recording::from_json`] does, and if the scene has no pause in
    /// one of the profiles, more than 100 pauses, or a text of more than 400 octets.
    pub fn from_json(text: &str) -> Result<Scene, RecordingError> {
        read::<file::File>(text, LONGEST_SCENE)?.try_into()
    }

    /// The pauses that exist in a profile.
    pub fn pauses_in(&self, profile: ProfileName) -> impl Iterator<Item = &Pause> {
        self.pauses.iter().filter(move |pause| pause.profile.is_none_or(|only| only == profile))
    }

    /// The moment of the last pause in a profile.
    pub const fn lasts_in(&self, profile: ProfileName) -> Instant {
        match profile {
            ProfileName::Article => self.lasts[0],
            ProfileName::Linux => self.lasts[1],
        }
    }
}

#[cfg(test)]
mod tests;
