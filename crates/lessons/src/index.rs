//! The lessons of this program without their steps' contents: what a list of them says. A test makes the table from the
//! files in `crates/lessons/content/en`, so that the page can list lessons of which it has no file.

#[rustfmt::skip]
mod table;

pub use table::{LANGUAGES, LESSONS};

/// What a list says of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What a learner is able to do afterwards.
    pub able: &'static str,
    /// How long it takes.
    pub minutes: u8,
    /// It belongs to the lessons that nobody should leave out.
    pub core: bool,
    /// The part of the list that it belongs to.
    pub group: Group,
    /// The figures and exercise steps of the article that it shows, as in `figure-5`, and the anchors of the steps that do.
    pub article: &'static [(&'static str, &'static str)],
    /// The anchors of its steps, and their titles.
    pub steps: &'static [(&'static str, &'static str)],
    /// The anchors of the steps that ask for a prediction.
    pub questions: &'static [&'static str],
    /// The anchors of the steps in which something has to be brought about.
    pub tasks: &'static [&'static str],
    /// As many predictions and checks can go wrong: the questions and the tasks.
    pub exercises: u8,
    /// The [`hash`] of its file.
    pub hash: u32,
}

/// The parts of the list, which follow the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Opening a connection, and what stops that.
    SetUp,
    /// Refusals, data and closing.
    Data,
    /// TIME_WAIT, trouble of a live connection, and what is rare.
    After,
}

impl Group {
    /// All groups, in the order of the list.
    pub const ALL: [Group; 3] = [Group::SetUp, Group::Data, Group::After];

    /// Its name in a lesson's file.
    pub const fn name(self) -> &'static str {
        match self {
            Group::SetUp => "set-up",
            Group::Data => "data",
            Group::After => "after",
        }
    }
}

/// The lesson with this id.
pub fn named(id: &str) -> Option<&'static Entry> {
    LESSONS.iter().find(|lesson| lesson.id == id)
}

/// A short sum of a lesson's text: FNV-1a. A learner's progress keeps it, to know whether the lesson has changed.
pub fn hash(text: &str) -> u32 {
    const OFFSET: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    text.bytes().fold(OFFSET, |hash, octet| (hash ^ u32::from(octet)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests;
