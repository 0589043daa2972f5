//! What the page says of the lessons before one is taken: the list of them, and what is kept of a learner's progress.

/// What the page says of the lessons. What a lesson says of itself is in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lessons {
    /// On the button in the header, and of the list.
    Lessons,
    /// On the button that leads back to the lab.
    OpenLab,
    /// What lessons are.
    About,
    /// Of the lessons that nobody should leave out.
    Core,
    /// How many these are, and how long they take together.
    CoreTakes {
        /// Number of lessons.
        lessons: usize,
        /// Minutes.
        minutes: u32,
    },
    /// How many lessons are done.
    Done {
        /// Of all.
        done: usize,
        /// All.
        of: usize,
        /// Of those that nobody should leave out.
        core: usize,
        /// These.
        of_core: usize,
    },
    /// How many exercises are done.
    Exercises {
        /// Of all.
        done: usize,
        /// All.
        of: usize,
    },
    /// On the button that begins the first lesson.
    Begin,
    /// On the same button where something was begun.
    Continue,
    /// The lesson to which that button leads.
    Place {
        /// Its number.
        number: usize,
        /// Its title.
        title: &'static str,
        /// The step's number.
        step: usize,
    },
    /// A part of the list: opening a connection.
    SetUp,
    /// A part of the list: refusals, data and closing.
    Data,
    /// A part of the list: what comes after, and what is rare.
    After,
    /// How long it takes.
    Minutes(u32),
    /// Of a lesson all of whose steps were passed.
    IsDone,
    /// Of a lesson that was begun.
    StepsDone {
        /// Steps that were passed.
        done: usize,
        /// All.
        of: usize,
    },
    /// Of a lesson that was another when its steps were passed.
    Changed,
    /// A text of a lesson, which is in the lesson's language.
    Text(&'static str),
    /// Of the map of the article.
    Map,
    /// What it answers.
    MapAsks {
        /// Figures of the article.
        figures: usize,
        /// Steps of its exercises.
        steps: usize,
    },
    /// A figure of the article.
    Figure(&'static str),
    /// A step of the article's exercises.
    Exercise(&'static str),
    /// On a button that opens a lesson at a step.
    Step {
        /// The lesson's number.
        number: usize,
        /// Its title.
        lesson: &'static str,
        /// The step's title.
        title: &'static str,
    },
    /// What is kept.
    Progress,
    /// Where that is, and who gets it.
    ProgressKept,
    /// In place of that, where nothing is kept.
    ProgressLost,
    /// On the button that saves it.
    Save,
    /// On the button that opens such a file.
    Open,
    /// On the button that deletes it.
    Delete,
    /// Before that is done.
    DeleteAsks,
    /// Yes.
    DeleteAll,
    /// No.
    Keep,
    /// It was deleted.
    Deleted,
    /// How many entries of a file were new.
    Added(usize),
    /// Why a file was not opened.
    Refused(Unreadable),
}

/// Why a file is not opened as a learner's progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is something else.
    Foreign,
    /// A later version wrote it.
    Newer,
    /// It is too long.
    Long,
    /// A line says nothing.
    Line(usize),
}
