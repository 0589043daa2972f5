//! Lessons: a Markdown file in, and out come steps, each with prose, at most one prediction, lines to type, and a check of
//! what they brought about.
//!
//! ````text
//! ---
//! format: 1
//! id: syn-dropped
//! title: The SYN that never arrives
//! able: Recognise a dropped SYN by the pair of states.
//! minutes: 6
//! article: exercise-2a#drop figure-5#drop
//! scene: listening
//! ---
//! ## Drop it {#drop}
//! C_m's firewall will drop each SYN that C_m sends.
//! ```predict pair
//! at 3 s after connect(C_m)
//! C_m SYN_SENT | S_m LISTEN
//! if S_m SYN_RECV: no arrived SYN at S_m
//! ```
//! ```C_m needed
//! nc 10.211.55.10 5555
//! ```
//! ```check pair
//! state C_m SYN_SENT for 1 s
//! ```
//! ````
//!
//! [`Lesson::read`] explains the parts. A check looks at what happened ([`tcp_course::scenes::Predicate`]), never at the text that was typed:
//! any way to the effect counts. [`examine`] is the adversary of a lesson: it plays the solution, leaves out each needed
//! line, takes the other way, makes the near miss, and refutes every wrong choice.

mod examine;
mod explains;
mod index;
mod journal;
mod judge;
mod lesson;
mod play;
mod predicate;
mod prediction;
mod progress;
pub mod puzzle;
mod read;
mod run;
mod trial;
mod view;
mod words;

pub use examine::{Finding, examine, exercises};
pub use explains::{lesson_of_piece, lesson_of_verdict};
pub use index::{Entry, Group, LANGUAGES, LESSONS, hash, named};
pub use journal::{Deed, Journal, JournalEntry, JournalError};
pub use judge::{Beginning, states};
pub use lesson::{Check, Lesson, Shown, Span, Start, Step, Typed};
pub use prediction::{Alternative, Choice, Moment, Next, Prediction, Refuted, Rows, Says, Sends, Wrong};
pub use progress::{Place, Standing, Totals, place, standing, step_in, totals};
pub use read::Flaw;
pub use run::{Move, Run};
pub use view::{Asked, CheckView, Explanation, LessonView, LineView, Predicts, Question, part};
