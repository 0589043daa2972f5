//! What a puzzle's page says in the same words each time.

/// A text that is always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PuzzlePart {
    /// What all this is called.
    Diagnosis,
    /// On the start page: what it is.
    Find,
    /// The same, in two sentences.
    About,
    /// On the link to the puzzle of the day.
    TodaysPuzzle,
    /// The look that has been taken.
    Seen,
    /// What the level offers beyond.
    Still,
    /// Of a host whose netstat has shown no row so far.
    NothingYet,
    /// Before time has passed: what was looked at.
    ItsNetstat,
    /// Netstat shows no row.
    NoRow,
    /// On an offer whose time has come, beside the same one that is for later.
    Now,
    /// Why some are offered twice.
    Twice,
    /// Below the clock, after a step in which nothing changed.
    NoChange,
    /// The answer is not the truth, and nothing separates it from that.
    RightToo,
    /// Where it offers nothing.
    OnlyTables,
    /// On the tab of a terminal in which something was printed that was not in sight.
    Fresh,
    /// The question.
    Ask,
    /// What is lost.
    WhatIsLost,
    /// What else there is.
    OrElse,
    /// The place.
    Where,
    /// Before a segment is chosen.
    WhereLater,
    /// The place between the hosts.
    TheNetwork,
    /// Below it.
    InBetween,
    /// How long.
    HowLong,
    /// Nothing.
    NothingIsWrong,
    /// It cannot be decided.
    CannotTell,
    /// Of two faults, the first.
    First,
    /// The second.
    Second,
    /// There is no second.
    NoSecond,
    /// The hint.
    Hint,
    /// What its rows and columns are.
    HintNote,
    /// How to read it.
    HintKey,
    /// On the button that answers.
    Answer,
    /// What an answer costs.
    AnswerFree,
    /// Why it cannot be pressed yet.
    ChooseFirst,
    /// What is closed.
    Closed,
    /// The table follows the host.
    Live,
    /// What is on the bar.
    OnlyMarked,
    /// The same, once all is open.
    AllMarked,
    /// Time is paused.
    Paused,
    /// Time goes on.
    Running,
    /// The pace that stops at what can be seen.
    StepToChange,
    /// On the button that does so once.
    StepOn,
    /// On the button that goes back to the mark before.
    Earlier,
    /// The menu of levels.
    Levels,
    /// In the help: what a puzzle is.
    Help,
    /// What a key does: it goes on, or stops.
    KeyPlay,
    /// What a key does: it goes on to what can be seen next.
    KeyStep,
    /// What a key does: it goes back.
    KeyBack,
    /// What a key does: all of it becomes larger.
    KeyPresent,
    /// Where keys are silent.
    KeysNote,
    /// The answer is right.
    Right,
    /// It may be.
    Possible,
    /// It was said that nothing can be decided, and it can.
    Decided,
    /// It is not.
    Refuted,
    /// Nothing like it is hidden here.
    Unlisted,
    /// The look that decides.
    Shortest,
    /// On the button that types it.
    TypeIt,
    /// Below a state: what it waits for is closed.
    NoteClosed,
    /// To watch for longer decides.
    WatchLonger,
    /// Does it.
    WatchOn,
    /// No look decides.
    NoLook,
    /// The answer, and one other that fits.
    StillFits,
    /// Once it is over: all that fits.
    WhatFits,
    /// Before what fits, but would not after one more look.
    FitsToo,
    /// The answer.
    YourAnswer,
    /// The truth.
    IsTruth,
    /// What does not fit.
    NotThese,
    /// On the button that shows the truth.
    ShowTruth,
    /// On the button that leads back to the question.
    Again,
    /// On the link to another puzzle of the level.
    NextPuzzle,
    /// On the button that opens the lab.
    OpenInLab,
    /// On the link to the lab as it begins.
    OpenLab,
    /// Before what nothing offered distinguishes.
    SameClass,
    /// A short way begins with both tables.
    ShortWay,
    /// The first puzzles have no par.
    Uncounted,
    /// Before the link.
    SameSeed,
    /// On the link.
    CopyLink,
    /// It was copied.
    Copied,
    /// What others get who open the link.
    Shares,
    /// What cannot be shared yet.
    SharesLater,
    /// Where the rest can be shared, once it is over.
    SharesOpen,
    /// What hides it.
    Hiding,
}
