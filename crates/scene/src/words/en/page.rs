//! What the page says of itself, in English.

use crate::pace::Pace;
use crate::words::{Page, Rate, Speed};
use std::time::Duration;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes::Group;
use tcp_shell::TerminalId;

pub(super) fn input(terminal: TerminalId, program: Option<&str>) -> String {
    match program {
        Some(program) => format!("Input to {program}"),
        None => format!("Command for {}", super::terminal(terminal)),
    }
}

pub(super) fn tagline(profile: ProfileName) -> String {
    let rules = match profile {
        ProfileName::Article => "",
        ProfileName::Linux => ", as on Linux 6.18",
    };
    format!("both ends of a TCP connection{rules}")
}

pub(super) const fn profile(profile: ProfileName) -> &'static str {
    match profile {
        ProfileName::Article => "the article says",
        ProfileName::Linux => "Linux 6.18 does",
    }
}

pub(super) const fn in_profile(profile: ProfileName) -> &'static str {
    match profile {
        ProfileName::Article => "In the article:",
        ProfileName::Linux => "Linux 6.18:",
    }
}

pub(super) fn gate(name: &str, rules: usize, policy: bool, netem: bool, stopped: u64) -> String {
    let netem = if netem { ", then netem" } else { "" };
    let says = match (rules, policy) {
        (0, false) if netem.is_empty() => return format!("{name}: open"),
        (0, false) => "open".to_owned(),
        (0, true) => "its policy drops".to_owned(),
        (rules, false) => format!("{rules} dropping"),
        (rules, true) => format!("{rules} dropping, and its policy"),
    };
    format!("{name}: {says}{netem}, {stopped} stopped")
}

pub(super) fn pace(pace: Pace) -> String {
    match pace {
        Pace::Slow => "Slow".to_owned(),
        Pace::Normal => "Normal".to_owned(),
        Pace::Fast => "Fast".to_owned(),
        Pace::Steps => "Step by step".to_owned(),
        Pace::True(times) => format!("True ×{times}"),
    }
}

pub(super) fn speed(speed: Speed) -> String {
    match speed {
        Speed::Loading => "loading …".to_owned(),
        Speed::InThePast => "in the past: acting replaces the rest".to_owned(),
        Speed::AtPause => "a pause of the scene".to_owned(),
        Speed::AtRest => "at rest: nothing is due".to_owned(),
        Speed::Paused => "paused".to_owned(),
        Speed::BetweenSteps => "waits: play shows the next fact".to_owned(),
        Speed::Going(rate, None) => self::rate(rate),
        Speed::Going(rate, Some(due)) => format!("{} until {}", self::rate(rate), super::due(due)),
    }
}

fn rate(rate: Rate) -> String {
    match rate {
        Rate::Times(times) => format!("{times}×"),
        Rate::Real => "real time".to_owned(),
        Rate::Slowed(times) => format!("slowed {times}×"),
    }
}

pub(super) const fn group(group: Group) -> &'static str {
    match group {
        Group::SetUp => "Set-up",
        Group::Data => "Data",
        Group::Close => "Close",
        Group::TimeWait => "TIME_WAIT",
        Group::Faults => "Faults",
        Group::Firewall => "Firewall",
        Group::Applications => "Applications",
    }
}

/// To the nearest millisecond, tenth of a second, or second.
pub(super) fn span(span: Duration) -> String {
    let ms = (tcp_core::micros(span) + 500) / 1000;
    let tenths = (ms + 50) / 100;
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..100_000 => format!("{}.{} s", tenths / 10, tenths % 10),
        _ => {
            let s = (ms + 500) / 1000;
            format!("{} min {} s", s / 60, s % 60)
        }
    }
}

pub(super) fn seconds(span: Duration) -> String {
    let s = span.as_secs();
    if s < 100 { format!("{s} s") } else { format!("{} min", s / 60) }
}

pub(super) const fn page(page: Page) -> &'static str {
    match page {
        Page::Reset => "Start again",
        Page::Undo => "Undo",
        Page::NothingToUndo => "Nothing to undo",
        Page::Redo => "Redo",
        Page::NothingToRedo => "Nothing to redo",
        Page::StepBack => "One event back",
        Page::AtBeginning => "Nothing happened before this: it is the beginning",
        Page::Play => "Play",
        Page::Pause => "Pause",
        Page::Step => "One event on",
        Page::Skip => "On to the next timer",
        Page::Pace => "Pace",
        Page::TrueTime => "True time",
        Page::TimeBar => "Time bar",
        Page::DroppedFuture => "replaced events · Undo brings them back",
        Page::Clock => "Virtual time since the start",
        Page::Settings => "Settings",
        Page::Help => "Help",
        Page::Time => "Time",
        Page::Theme => "Theme",
        Page::ThemeSystem => "As the system",
        Page::ThemeLight => "Light",
        Page::ThemeDark => "Dark",
        Page::ThemeContrast => "High contrast",
        Page::Profile => "The hosts behave as",
        Page::Keys => "Single-key shortcuts",
        Page::ProfileNote => "Another choice plays the same lines again, by its own rules.",
        Page::Narration => "Read aloud by a screen reader",
        Page::NarrateSteps => "Each step",
        Page::NarrateStates => "New states only",
        Page::NarrateAll => "Steps and states",
        Page::NarrateNothing => "Nothing",
        Page::SkipToHosts => "Skip to the hosts",
        Page::SkipToTerminals => "Skip to the terminals",
        Page::SkipWait => "Skip the wait",
        Page::Stable => "stable",
        Page::NoRows => "No connection, no listener.",
        Page::Why => ": why?",
        Page::WhyTitle => "What led here",
        Page::WhyPair => "Why?",
        Page::WhatHappened => "What happened, newest first",
        Page::DropHere => "Drop here",
        Page::AndBefore => "… and what came before that",
        Page::LossesShow => "What each loss would show",
        Page::IfNobodyActs => "What each end waits for",
        Page::MachineRegion => "State machine",
        Page::Machine => "The TCP state machine",
        Page::MachineKeys => {
            "The TCP state machine; arrow keys go from state to state, with Shift from edge to edge"
        }
        Page::AllPairs => "All pairs",
        Page::PairsTitle => "Pairs of states",
        Page::PairsKey => {
            "A number says how many lines lead there. Press it, and they are played from the beginning, in the place of your \
             session; one undo brings it back. ✕: the two ends of one connection are never in these states, unless a segment \
             is forged or of an earlier connection. ?: no way there is known."
        }
        Page::PairsCorner => "C_m ↓  S_m →",
        Page::ThereNow => "It is so now.",
        Page::Piece => "State or edge",
        Page::BeyondFigures => "beyond the figures",
        Page::LastTaken => "Last in this session",
        Page::NotTaken => "Not yet.",
        Page::Figure => "What the diagram shows",
        Page::Twin => "The state machine as a list",
        Page::Select => "Show this connection in the diagram",
        Page::Point => "Point at a segment to read it.",
        Page::Inspector => "Segment",
        Page::NotSentYet => "At this moment it has not been sent.",
        Page::WhySent => "Why it was sent",
        Page::SourcePort => "Source port",
        Page::DestinationPort => "Destination port",
        Page::SequenceNumber => "Sequence number",
        Page::AckNumber => "Acknowledgment",
        Page::Offset => "Offset",
        Page::Flags => "Flags",
        Page::Window => "Window",
        Page::NotSet => "–",
        Page::DelayMs => "Delay, ms",
        Page::ShareLost => "Lost, %",
        Page::ShareDoubled => "Doubled, %",
        Page::ShareLate => "Overtaken, %",
        Page::ShareNote => {
            "The session's seed chooses the segments: they are the same when it is played again. One that is overtaken \
             needs twice the time."
        }
        Page::SetDelay => "Set",
        Page::Craft => "Craft a segment",
        Page::From => "From",
        Page::To => "To",
        Page::Port => "Port",
        Page::Data => "Data",
        Page::Options => "Options",
        Page::NumbersNote => {
            "Numbers: absolute; +N from the first one of its end; next, next+N, next-N from the one expected. What is \
             empty is the newest connection's."
        }
        Page::SendSegment => "Type it",
        Page::NothingOnWire => "Nothing is on its way.",
        Page::Inspect => "Inspect",
        Page::Close => "Close",
        Page::TerminalKeys => "In a terminal",
        Page::Source => "After Rustagi and Kumar, “Understanding TCP States – Part 1”, and RFC 9293.",
        Page::View => "What is shown between the hosts",
        Page::Ladder => "Ladder",
        Page::Both => "Both",
        Page::Locked => "locked",
        Page::FullScreen => "Full screen",
        Page::LadderKeys => {
            "The segments; arrow keys go from one to the next, Enter goes to its moment, and Enter again shows all that \
             is known of it"
        }
        Page::Scope => "Which connections",
        Page::OneConnection => "This connection",
        Page::AllConnections => "All",
        Page::LessRoom => "Less room for time",
        Page::MoreRoom => "More room for time",
        Page::AsList => "List",
        Page::Segments => "Segments of this connection",
        Page::NoSegments => "No segment has been sent yet.",
        Page::ZeroAtSyn => "0 s: first SYN",
        Page::ZeroAtStart => "0 s: the start",
        Page::RungTime => "time",
        Page::RungSegment => "segment",
        Page::RungOctets => "octets",
        Page::RungFate => "what became of it",
        Page::GoThere => "Go to this moment",
        Page::Pair => "The pair of states, and what it means",
        Page::Wire => "Wire",
        Page::Firewall => "Firewall",
        Page::Drops => "Firewall drops",
        Page::Where => "at",
        Page::NoRules => "Nothing is dropped or rejected here.",
        Page::ClearRules => "Clear all",
        Page::NoLine => "a toggle types an iptables line",
        Page::HelpLists => "help lists the commands",
        Page::Terminals => "Terminals",
        Page::Present => "Present",
        Page::EndPresent => "End the presentation",
        Page::Arrangement => "Where the terminals stand",
        Page::Beside => "Terminals beside",
        Page::Below => "below",
        Page::Away => "away",
        Page::Network => "The network's console",
        Page::NetworkNote => "drop, duplicate, delay, clear; help lists them",
        Page::SeeItSo => "See it so",
        Page::Facts => "Facts",
        Page::AllFacts => "Where they differ",
        Page::About => ABOUT,
        Page::KeysNote => KEYS_NOTE,
        Page::KeyPlay => "play or pause",
        Page::KeyStep => "one event on",
        Page::KeyStepBack => "one event back",
        Page::KeySkip => "on to the next timer",
        Page::KeyPresent => "present; then PgDn, PgUp, Space, f firewall, . blank, Esc",
        Page::KeyLadder => "the ladder, or the state machine again",
        Page::KeyTerminals => "terminals beside, below, away",
        Page::KeyReset => "start again",
        Page::KeyUndo => "take back what was done last",
        Page::KeyRedo => "do it again",
        Page::KeyGoOn => "on from a pause of a scene",
        Page::KeyHelp => "this help",
        Page::KeyPickUp => "in a lesson: picks a host up; arrows, then Enter",
        Page::KeyEnter => "enters the line",
        Page::KeyTab => {
            "completes what is typed; on an empty line, and after Esc, it leaves, as Shift-Tab always does"
        }
        Page::KeyHistory => "lines typed before",
        Page::KeyInterrupt => "interrupts the program",
        Page::KeyEndOfInput => "ends its input",
        Page::KeySuspend => "stops the program; fg and bg let it go on",
        Page::KeyClear => "clears the terminal",
        Page::Scenes => "Scenes",
        Page::SceneGroups => "Parts of the menu",
        Page::NoScene => "No scene has these words.",
        Page::SceneKeys => "↑ ↓ choose, Enter opens, Esc closes. Lengths are those of the simulated clock.",
        Page::Scene => "Scene",
        Page::GoOn => "Go on",
        Page::Again => "Again",
        Page::LeaveScene => "Leave the scene",
        Page::SceneOver => "the end",
    }
}

const ABOUT: &str = "tcp-states shows both ends of a TCP connection at once: the state machine with a token for \
each host, what netstat says on each, the segments on the wire, and a firewall that drops exactly the ones you choose. \
The network, the hosts and their commands are simulated in this page, after RFC 9293 and measured against Linux; \
nothing leaves your browser. Its states, colours and exercises follow Rustagi and Kumar, “Understanding TCP States – \
Part 1”, and the lesson is theirs: the pair of states tells which segment was lost, and where.";

const KEYS_NOTE: &str = "Single keys are silent while a terminal or an input has the focus; the settings switch \
them off. In the diagram, arrow keys go from state to state.";
