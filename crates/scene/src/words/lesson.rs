//! What the page says while somebody takes a lesson. What the lesson itself says is in its file.

use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::tcp::State;
use tcp_course::scenes::{Event, Kind, Predicate};

/// What the page says while somebody takes a lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum Lesson {
    /// What a check asks for.
    Claim(Predicate),
    /// The same, as a sentence: what refutes an answer, and why it is so, in the lesson's words.
    Shows(Predicate, Option<String>),
    /// Asks for both states at a moment: so long after an event.
    Where {
        /// How long after it.
        after: Duration,
        /// The event.
        event: Event,
    },
    /// On the time bar: a question is about this moment.
    At {
        /// How long after the event.
        after: Duration,
        /// The event.
        event: Event,
    },
    /// On the time bar: a question is about what is sent next after this event.
    SentAfter(Event),
    /// Over the states in which a host may be.
    In(HostId),
    /// A host is not in the state that was expected.
    Expected {
        /// The host.
        host: HostId,
        /// The state that was expected.
        expected: State,
        /// The state in which it is.
        is: State,
    },
    /// A host is in the state that was expected.
    AsSaid(HostId, State),
    /// The answer is right.
    Right,
    /// Asks for netstat's rows at a moment.
    Rows {
        /// The host.
        host: HostId,
        /// The port of the rows.
        port: u16,
        /// How long after the event.
        after: Duration,
        /// The event.
        event: Event,
    },
    /// Asks for the segment that is sent next, within a time after an event.
    Next {
        /// The event.
        event: Event,
        /// Within this time.
        within: Duration,
    },
    /// One of several answers.
    Answer(Answer),
    /// The answer is wrong: it was this.
    Said(Answer),
    /// This is right.
    Is(Answer),
    /// What happened is nothing that the question speaks of.
    Other,
    /// The number of a step, and of all steps.
    StepOf(usize, usize),
    /// On the button that gives a hint.
    Hint(usize, usize),
    /// On the button that goes to the next step, with its title.
    GoTo(String),
    /// A lesson's number and title.
    Titled(usize, String),
    /// On the button that opens the next lesson, with its title.
    NextLesson(String),
    /// On the button that opens the lesson that explains something: its title.
    Explains(String),
    /// What stands on the panel and its buttons.
    Part(Part),
}

/// One of several answers to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// In the lesson's words, or names.
    Written(String),
    /// There are no rows.
    NoRows,
    /// Nothing is sent.
    Nothing,
    /// A host sends a segment.
    Sends(HostId, Kind),
    /// It takes so long.
    Lasts(Duration),
}

/// What stands on the panel of a lesson and its buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The panel's name.
    Panel,
    /// Types the lines and compares.
    Compare,
    /// Keeps the answer; the lines are typed by hand.
    ByHand,
    /// Types the lines that are needed.
    TypeAll,
    /// Types the lines that are needed, and are not said yet.
    TypeForMe,
    /// Whoever answers is sure.
    Sure,
    /// Whoever answers is not.
    NotSure,
    /// Over both.
    HowSure,
    /// The lines to type.
    Lines,
    /// Lines that only show it.
    Looks,
    /// What must hold.
    Checks,
    /// It holds.
    Holds,
    /// It does not hold yet.
    NotYet,
    /// Leaves the step out.
    Skip,
    /// Asks the question once more.
    Again,
    /// Sets the lab where the step begins.
    Begin,
    /// Leaves the lesson.
    Leave,
    /// At the end of the lesson.
    Done,
    /// After the last step: the open lab.
    OpenLab,
    /// Choose an answer first.
    ChooseFirst,
    /// The step has run: the answer does not count.
    Seen,
    /// The lesson is another since it was passed.
    Changed,
    /// How states are placed on the diagram.
    Placing,
    /// The same where there are keys.
    PlacingKeys,
    /// What comparing does: it types the lines.
    RunTypes,
    /// What comparing does where there are no lines: time goes on.
    RunWaits,
    /// The hints' name.
    Hints,
    /// In the place of the verdict, while a question is open.
    VerdictWaits,
    /// Lets time go on.
    GoOn,
    /// Confirms the state that was tapped for a host.
    Here,
    /// Opens what the page has besides the lesson.
    Menu,
    /// The half of the diagram in which a connection comes about.
    SetUp,
    /// The half in which it ends.
    Teardown,
    /// The diagram as a whole.
    Whole,
    /// The diagram with the words beside its arrows.
    AllWords,
}
