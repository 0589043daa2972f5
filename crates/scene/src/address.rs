//! The query of the page's address: one schema, from which its parser and its documentation come.
//!
//! ```text
//! ?profile=linux&seed=7&title=Week%203
//! ```
//!
//! What an address asks for holds for this visit. A parameter that is unknown or has a wrong value is named, and
//! otherwise ignored: nobody is kept from the lab by an address.

mod document;
mod query;

pub use document::document;
pub use query::parse;

use crate::pace::Pace;
use tcp_core::tcp::ProfileName;

/// Colours and sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Larger, and with more contrast: to be read from the back row.
    Projector,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Projector];

    /// Its key in styles, in the storage and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Projector => "projector",
        }
    }
}

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
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
    /// Less motion, even if the system does not ask for it.
    pub still: bool,
    /// The sentence that says what happened is not shown.
    pub silent: bool,
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
    /// Takes over a value; false if the parameter cannot have it.
    set: fn(&mut Address, &str) -> bool,
}

/// The values of a parameter.
#[derive(Debug)]
pub enum Values {
    /// One of these words.
    Words(&'static [&'static str]),
    /// A whole number, from zero to 18446744073709551615.
    Number,
    /// A text of at most this many characters.
    Text(usize),
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
    /// The query is longer than is read, or has more parameters.
    TooLong,
}

/// Characters of the longest title.
const LONGEST_TITLE: usize = 80;

/// All parameters, in the order of their documentation.
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "profile",
        values: Values::Words(&["article", "linux"]),
        default: "what was set last, at first `article`",
        effect: "Whose habits the hosts have: those that the article describes, or those of Linux 6.18.",
        set: |address, word| {
            address.profile = ProfileName::parse(word);
            address.profile.is_some()
        },
    },
    Parameter {
        name: "seed",
        values: Values::Number,
        default: "`1`",
        effect: "Chooses initial sequence numbers and ports. The same seed and the same lines always give the same.",
        set: |address, number| {
            address.seed = number.parse().ok();
            address.seed.is_some()
        },
    },
    Parameter {
        name: "pace",
        values: Values::Words(&["slow", "normal", "fast", "steps", "1", "10", "60"]),
        default: "what was set last, at first `normal`",
        effect: "How long a segment takes to cross the wire on the screen; with `steps`, the clock stops at each fact; \
                 with a number, that many virtual seconds pass in each second.",
        set: |address, word| {
            address.pace = Pace::ALL.into_iter().find(|pace| pace.key() == word);
            address.pace.is_some()
        },
    },
    Parameter {
        name: "theme",
        values: Values::Words(&["system", "light", "dark", "projector"]),
        default: "what was set last, at first `system`",
        effect: "Colours and sizes.",
        set: |address, word| {
            address.theme = Theme::ALL.into_iter().find(|theme| theme.key() == word);
            address.theme.is_some()
        },
    },
    Parameter {
        name: "title",
        values: Values::Text(LONGEST_TITLE),
        default: "none",
        effect: "What is shown, in your words: at the top of the page, in the browser's tab, and above the lines of a \
                 link before they are played.",
        set: |address, text| {
            address.title = Some(text.to_owned());
            !text.trim().is_empty()
        },
    },
    Parameter {
        name: "motion",
        values: Values::Words(&["system", "reduced"]),
        default: "`system`",
        effect: "With `reduced`, the clock jumps and nothing glides, even if the reader's system does not ask for that.",
        set: |address, word| {
            address.still = word == "reduced";
            true
        },
    },
    Parameter {
        name: "narrate",
        values: Values::Words(&["on", "off"]),
        default: "`on`",
        effect: "With `off`, the sentences that say what has just happened and what the pair of states means are \
                 neither shown nor read aloud: for a class that is to find it out.",
        set: |address, word| {
            address.silent = word == "off";
            true
        },
    },
];

#[cfg(test)]
mod tests;
