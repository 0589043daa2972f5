//! The query of the page's address: one schema, from which its parser and its documentation come.
//!
//! ```text
//! ?profile=linux&seed=7&title=Week%203
//! ```
//!
//! What an address asks for holds for this visit. A parameter that is unknown or has a wrong value is named, and
//! otherwise ignored: nobody is kept from the lab by an address.

mod document;
mod paint;
mod query;
mod schema;

pub use document::document;
pub use paint::painted;
pub use query::parse;
pub use schema::{LIST, PARAMETERS};

use crate::View;
use crate::pace::Pace;
use std::rc::Rc;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes;
use tcp_shell::TerminalId;

/// Colours and sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// High contrast, and larger: to be read from the back row.
    Contrast,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Contrast];

    /// Its key in styles, in the storage and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }

    /// The theme with this key, or with the one that it had before.
    pub fn of(key: &str) -> Option<Theme> {
        let key = if key == "projector" { "contrast" } else { key };
        Theme::ALL.into_iter().find(|theme| theme.key() == key)
    }
}

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// The scene that opens.
    pub scene: Option<Rc<scenes::Scene>>,
    /// It goes on from its pauses by itself.
    pub autoplay: bool,
    /// The pause of it at which it opens.
    pub pause: Option<At>,
    /// The id of the lesson that opens. Which lessons there are is not known here.
    pub lesson: Option<String>,
    /// The anchor of the lesson's step at which it opens.
    pub step: Option<String>,
    /// The seed of the puzzle that opens.
    pub puzzle: Option<u64>,
    /// The key of its level.
    pub level: Option<String>,
    /// The language of lessons.
    pub language: Option<String>,
    /// Whose habits the hosts have.
    pub profile: Option<ProfileName>,
    /// Seed of the page's own sessions.
    pub seed: Option<u64>,
    /// How fast time goes.
    pub pace: Option<Pace>,
    /// Colours and sizes.
    pub theme: Option<Theme>,
    /// What is shown, in the author's words.
    pub title: Option<String>,
    /// What stands between the hosts.
    pub view: Option<View>,
    /// The terminal that is open.
    pub terminal: Option<TerminalId>,
    /// It is arranged to be presented.
    pub present: bool,
    /// What readers may not change.
    pub locks: Locks,
    /// The parameters that change the first paint, each with its value. The page carries them as attributes of its root
    /// element, `data-` and their name, where the styles look for them.
    pub painted: Vec<(&'static str, String)>,
}

/// What readers of the page may not change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locks {
    /// The rules of the firewalls, and what the network drops.
    pub firewall: bool,
    /// What is typed: only what a button offers can be.
    pub terminals: bool,
    /// How time goes, and which moment is shown.
    pub time: bool,
    /// The settings.
    pub settings: bool,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The rules of the firewalls, and what the network drops.
    Firewall,
    /// What is typed.
    Terminals,
    /// Time.
    Time,
    /// The settings.
    Settings,
}

/// A pause of a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// With this number, counted from one.
    Pause(usize),
    /// The last one.
    End,
}

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Which values it may have.
    pub values: Values,
    /// What holds without it, for the documentation.
    pub default: &'static str,
    /// What it does, for the documentation.
    pub effect: &'static str,
    /// It changes the first paint.
    pub painted: bool,
    /// Takes over a value; false if the parameter cannot have it.
    set: fn(&mut Address, &str) -> bool,
}

/// The values of a parameter.
#[derive(Debug)]
pub enum Values {
    /// One of these words.
    Words(&'static [&'static str]),
    /// Some of these words, joined by commas.
    List(&'static [&'static str]),
    /// A whole number, from zero to 18446744073709551615.
    Number,
    /// A text of at most this many characters.
    Text(usize),
    /// The id of a scene.
    Scene,
    /// The number of a pause of the scene, or `end`.
    Pause,
    /// The id of a lesson.
    Lesson,
    /// The anchor of a step of the lesson.
    Step,
}

/// What is wrong in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No parameter has this name.
    Unknown(String),
    /// The parameter cannot have this value.
    Value {
        /// Its name.
        name: &'static str,
        /// The value.
        value: String,
    },
    /// The scene has no such pause, or there is no scene.
    Pause(At),
    /// The lesson has no step with this anchor, or there is no lesson.
    Step(String),
    /// The query is longer than is read, or has more parameters.
    TooLong,
}

#[cfg(test)]
mod tests;
