//! What the page says of itself, as data.

/// A text of the page that has no number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// On the button that starts again.
    Reset,
    /// On the button that takes back what was done last.
    Undo,
    /// On the same button where it does nothing.
    NothingToUndo,
    /// On the button that does again what was undone last.
    Redo,
    /// On the same button where it does nothing.
    NothingToRedo,
    /// On the button for the event before.
    StepBack,
    /// On the same button where it does nothing.
    AtBeginning,
    /// While paused.
    Play,
    /// While playing.
    Pause,
    /// On the button for the next event.
    Step,
    /// On the button for the next timer.
    Skip,
    /// Of the select.
    Pace,
    /// Of the paces that are a multiple of real time.
    TrueTime,
    /// Of the time bar.
    TimeBar,
    /// On the time bar, while one undo brings back what was dropped.
    DroppedFuture,
    /// Of the clock, for those who hear.
    Clock,
    /// On the button and the popover.
    Settings,
    /// On the button and the dialog.
    Help,
    /// Of the group of buttons.
    Time,
    /// In the settings.
    Theme,
    /// A theme.
    ThemeSystem,
    /// A theme.
    ThemeLight,
    /// A theme.
    ThemeDark,
    /// A theme.
    ThemeContrast,
    /// In the settings.
    Profile,
    /// In the settings.
    Keys,
    /// In the settings.
    ProfileNote,
    /// In the settings: what a screen reader reads aloud by itself.
    Narration,
    /// One of the choices.
    NarrateSteps,
    /// One of the choices.
    NarrateStates,
    /// One of the choices.
    NarrateAll,
    /// One of the choices.
    NarrateNothing,
    /// On the link that leads past the bar at the top.
    SkipToHosts,
    /// On the link that leads past all of the picture.
    SkipToTerminals,
    /// On the button beside a long wait.
    SkipWait,
    /// Of a stable state without a timer.
    Stable,
    /// The table has no rows.
    NoRows,
    /// After the age of a transient state, on a button.
    Why,
    /// Of the chain of facts.
    WhyTitle,
    /// The button beside the pair of states.
    WhyPair,
    /// Where a chain of causes goes back further than it is shown.
    AndBefore,
    /// Before the buttons that drop something at a gate.
    DropHere,
    /// Over the facts that led to a state, newest first.
    WhatHappened,
    /// Of the table of losses and what they would show.
    LossesShow,
    /// Before what each end waits for.
    IfNobodyActs,
    /// Of the diagram's region.
    MachineRegion,
    /// Of the diagram.
    Machine,
    /// Of the diagram, where keys move in it.
    MachineKeys,
    /// On the button that opens the table of the pairs of states.
    AllPairs,
    /// Of that table.
    PairsTitle,
    /// What its signs mean.
    PairsKey,
    /// In its corner.
    PairsCorner,
    /// Of the pair that is there.
    ThereNow,
    /// Of the region with what is known of a state or an edge.
    Piece,
    /// Of an edge that the article's figures do not have.
    BeyondFigures,
    /// Above when it was taken.
    LastTaken,
    /// It was not taken.
    NotTaken,
    /// Of the choice which part of the diagram is shown.
    Figure,
    /// Of the text twin.
    Twin,
    /// On a row's button.
    Select,
    /// Where no segment is looked at.
    Point,
    /// On the button.
    Close,
    /// Of the region with all that is known of a segment.
    Inspector,
    /// In place of that, at a moment at which the segment has not been sent.
    NotSentYet,
    /// Above the reason.
    WhySent,
    /// Of a field of the header.
    SourcePort,
    /// Of a field of the header.
    DestinationPort,
    /// Of a field of the header.
    SequenceNumber,
    /// Of a field of the header.
    AckNumber,
    /// Of a field of the header: its length in words of 32 bits.
    Offset,
    /// Of a field of the header.
    Flags,
    /// Of a field of the header.
    Window,
    /// The acknowledgement number of a segment without the ACK bit.
    NotSet,
    /// Of a field: how long the way over a lane takes.
    DelayMs,
    /// Of a field: which share of a lane's segments is lost, in percent.
    ShareLost,
    /// Of a field: which share of them comes twice.
    ShareDoubled,
    /// Of a field: which share of them takes twice as long.
    ShareLate,
    /// Of these fields.
    ShareNote,
    /// On the button that sets it.
    SetDelay,
    /// Of the form that makes a segment by hand.
    Craft,
    /// Of a field: the end that it is to come from.
    From,
    /// Of a field: the end that it goes to.
    To,
    /// Of a field: a port; empty stands for that of the newest connection.
    Port,
    /// Of a field.
    Data,
    /// Of a field: further options of the command.
    Options,
    /// How numbers are written.
    NumbersNote,
    /// On the button that types the line.
    SendSegment,
    /// No segment is on a lane.
    NothingOnWire,
    /// On the button that shows all that is known of a segment.
    Inspect,
    /// Above the keys of a terminal.
    TerminalKeys,
    /// Whom the page follows.
    Source,
    /// Of the switch between the state machine and the ladder.
    View,
    /// The ladder, on the switch.
    Ladder,
    /// The state machine and the ladder, on the switch.
    Both,
    /// What cannot be changed here.
    Locked,
    /// On the button that fills the screen.
    FullScreen,
    /// Of the ladder's drawing.
    LadderKeys,
    /// Of the choice which connections the ladder shows.
    Scope,
    /// The connection that the diagram shows.
    OneConnection,
    /// All connections.
    AllConnections,
    /// On the ladder's button.
    LessRoom,
    /// On the ladder's button.
    MoreRoom,
    /// On the ladder's button, where drawing and list have no room beside each other.
    AsList,
    /// Of the ladder's table.
    Segments,
    /// The ladder has no rows.
    NoSegments,
    /// Over the ladder: its times count from the first SYN of a connection.
    ZeroAtSyn,
    /// Over the ladder: its times count from the beginning of all.
    ZeroAtStart,
    /// Over a column of the ladder.
    RungTime,
    /// Over a column of the ladder.
    RungSegment,
    /// Over a column of the ladder.
    RungOctets,
    /// Over a column of the ladder.
    RungFate,
    /// On a row of the ladder.
    GoThere,
    /// Of the pair of states and what it means.
    Pair,
    /// Of the wire's region.
    Wire,
    /// Of the firewall's region.
    Firewall,
    /// Before the toggles.
    Drops,
    /// Of the select.
    Where,
    /// Where nothing is dropped.
    NoRules,
    /// The button that ends all rules.
    ClearRules,
    /// Where no line has been typed yet.
    NoLine,
    /// In the empty input of a terminal in which nothing was typed yet.
    HelpLists,
    /// Of the terminals' region.
    Terminals,
    /// On the button that presents the page.
    Present,
    /// On the button that ends that.
    EndPresent,
    /// Of the choice where the terminals stand.
    Arrangement,
    /// They stand beside the diagram.
    Beside,
    /// They stand below the picture.
    Below,
    /// They are not shown.
    Away,
    /// Of the wire's console.
    Network,
    /// What can be said there.
    NetworkNote,
    /// On the button that plays the other profile.
    SeeItSo,
    /// On the link to the facts.
    Facts,
    /// In the settings, on the link to all of them.
    AllFacts,
    /// What the program is.
    About,
    /// What is done with the terminals' keys.
    KeysNote,
    /// What the key Space does.
    KeyPlay,
    /// What the key l does.
    KeyLadder,
    /// What the key t does.
    KeyTerminals,
    /// What the key p does.
    KeyPresent,
    /// What the key → does.
    KeyStep,
    /// What the key ← does.
    KeyStepBack,
    /// What the key . does.
    KeySkip,
    /// What the key r does.
    KeyReset,
    /// What Ctrl-Z does.
    KeyUndo,
    /// What Ctrl-Shift-Z does.
    KeyRedo,
    /// What Page Down does.
    KeyGoOn,
    /// What the key ? does.
    KeyHelp,
    /// What the keys do that pick a host up.
    KeyPickUp,
    /// What Enter does in a terminal.
    KeyEnter,
    /// What Tab does in a terminal.
    KeyTab,
    /// What the arrows do in a terminal.
    KeyHistory,
    /// What Ctrl-C does in a terminal.
    KeyInterrupt,
    /// What Ctrl-D does in a terminal.
    KeyEndOfInput,
    /// What Ctrl-Z does in a terminal.
    KeySuspend,
    /// What Ctrl-L does in a terminal.
    KeyClear,
    /// On the button that opens the menu, and of the menu.
    Scenes,
    /// Of the parts of the menu.
    SceneGroups,
    /// No scene has the words that are searched.
    NoScene,
    /// Below the menu.
    SceneKeys,
    /// Of the scene that is being played.
    Scene,
    /// On the button that ends a pause.
    GoOn,
    /// On the button that plays the scene from its beginning.
    Again,
    /// On the button that ends the scene.
    LeaveScene,
    /// Where a scene has reached its last pause.
    SceneOver,
}

/// How fast time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// The program is being loaded.
    Loading,
    /// The playhead stands before what has happened already.
    InThePast,
    /// Nothing is due.
    AtRest,
    /// A scene waits at a pause.
    AtPause,
    /// The clock stands.
    Paused,
    /// Step by step, the clock stands until the next press.
    BetweenSteps,
    /// It goes, until this is due.
    Going(Rate, Option<super::Due>),
}

/// A rate of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// As many times faster than real time.
    Times(u32),
    /// Real time.
    Real,
    /// As many times slower.
    Slowed(u32),
}
