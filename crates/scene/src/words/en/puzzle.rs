//! Puzzles in which a fault is hidden, in English.

mod fault;

use super::kind;
use crate::names::article_name;
use crate::words::puzzle::{Level, OfferedLook, PairHint, Puzzle, PuzzlePart};
use fault::{all, in_full, joined, lasting, own_machine, short};
use std::rc::Rc;
use tcp_core::Instant;

pub(super) fn puzzle(says: &Puzzle) -> String {
    match says {
        Puzzle::Part(part) => self::part(*part).to_owned(),
        Puzzle::Level(level) => self::level(*level).to_owned(),
        Puzzle::About(level) => about(*level),
        Puzzle::Begin(level) => {
            format!(
                "{} Time stands still: ▶ goes on to the next change. Answer when you know.",
                about(*level)
            )
        }
        Puzzle::Number(number) => format!("Level {number}"),
        Puzzle::Seed(seed) => format!("seed {seed}"),
        Puzzle::Today(seed) => format!("Today’s, seed {seed}, is the same for everybody."),
        Puzzle::Panel(host) => format!("{host}: "),
        Puzzle::Watched { from, to } => {
            format!("its netstat, watched from {} to {}", tenths(*from), seconds(*to))
        }
        Puzzle::Age(span) => seconds(Instant::START + *span),
        Puzzle::TypedAt(at) => format!("typed at {}", seconds(*at)),
        Puzzle::Look(host, look) => format!("{host}: {}", offered(*look)),
        Puzzle::StillFrom(at) => format!("To look at from {} on, one look each", seconds(*at)),
        Puzzle::BackTo(at) => format!("back to {}", seconds(*at)),
        Puzzle::Later(at) => format!("at {}", seconds(*at)),
        Puzzle::Pair([client, server]) => {
            format!("C_m {}, S_m {}", article_name(*client), article_name(*server))
        }
        Puzzle::TerminalsOf(host) => format!("{host}’s terminals"),
        Puzzle::Looks(count) => looks(*count),
        Puzzle::Faults(1) => "one fault, or none".to_owned(),
        Puzzle::Faults(_) => "two faults, one, or none".to_owned(),
        Puzzle::Times(times) => format!("×{times}"),
        Puzzle::Plays(None) => "Play: go to the next change, and stop there".to_owned(),
        Puzzle::Plays(Some(1)) => "Play: time goes as it does on a clock".to_owned(),
        Puzzle::Plays(Some(times)) => format!("Play: {times} seconds pass in each second"),
        Puzzle::Wrong(wrong) => all(wrong),
        Puzzle::Segment(segment, None) => kind(*segment).to_owned(),
        Puzzle::Segment(segment, Some(from)) => format!("{} of {from}", kind(*segment)),
        Puzzle::Other(wrong) => short(*wrong),
        Puzzle::Way { from, to } => format!("Where: on its way from {from} to {to}"),
        Puzzle::Lasts(span) => lasting(*span).to_owned(),
        Puzzle::Others(count) => {
            let others =
                if *count == 1 { "one other fault does".to_owned() } else { format!("{count} others do") };
            format!(
                "All that you saw fits your answer, and {others} as well. This costs nothing: look once more, or ask \
                     for the truth."
            )
        }
        Puzzle::Leaves(1) => "What you saw leaves one answer, and no other. Name it.".to_owned(),
        Puzzle::Leaves(count) => {
            format!("What you saw leaves {count} possibilities, and a further look tells some of them apart.")
        }
        Puzzle::Against { look: Some(look), at, .. } => {
            format!("Look {look} speaks against it, at {}.", seconds(*at))
        }
        Puzzle::Against { look: None, host, at } => {
            format!("A program in {host}’s terminal speaks against it, at {}.", seconds(*at))
        }
        Puzzle::Rows { host, saw, would } => {
            let (saw, would) = (rows(saw.as_deref()), rows(would.as_deref()));
            format!("There, {host}’s netstat {}; it {}.", saw.0, would.1)
        }
        Puzzle::Prints { saw, would } => {
            let text = |text: &Option<Rc<str>>| match text.as_deref() {
                None => "nothing more".to_owned(),
                Some(line) => format!("“{}”", line.trim()),
            };
            format!("It printed {}; it would have printed {}.", text(saw), text(would))
        }
        Puzzle::Truth(wrong) => format!("The truth: {}.", joined(wrong, in_full)),
        Puzzle::OnYourMachine(wrong) => own_machine(wrong),
        Puzzle::PairHint(hint) => pair_hint(*hint).to_owned(),
        Puzzle::Par { count, par } => format!("You took {}; a short way takes {par}.", looks(*count)),
        Puzzle::Score { solved, count, par } => {
            let end = if *solved { "solved" } else { "truth shown" };
            format!("{end} after {}, par {par}", looks(*count))
        }
        Puzzle::Solved { solved, of } => format!("{solved} of {of} solved"),
        Puzzle::Offer(level) => format!("Find a hidden fault: {}", self::level(*level)),
        Puzzle::Tally { solved, of } => format!("{solved} of {of} solved at this level"),
    }
}

/// `4.2 s`: time goes in tenths here.
fn seconds(at: Instant) -> String {
    tenths(at) + " s"
}

fn tenths(at: Instant) -> String {
    let tenths = at.as_micros() / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn looks(count: usize) -> String {
    if count == 1 { "1 look".to_owned() } else { format!("{count} looks") }
}

/// What a listing showed, and would have shown.
fn rows(states: Option<&[Rc<str>]>) -> (String, String) {
    match states {
        None => ("did not change".to_owned(), "would not have changed".to_owned()),
        Some([]) => ("had no row".to_owned(), "would have had no row".to_owned()),
        Some(states) => {
            let states = listed(states);
            (format!("showed {states}"), format!("would have shown {states}"))
        }
    }
}

/// `LISTEN, SYN_RECV and ESTABLISHED`
fn listed(words: &[Rc<str>]) -> String {
    match words {
        [] => String::new(),
        [only] => only.to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

const fn offered(look: OfferedLook) -> &'static str {
    match look {
        OfferedLook::Segments => "TCP’s counters",
        OfferedLook::Packets => "IP’s counters",
        OfferedLook::Again => "connect again",
        OfferedLook::OtherPort => "another port",
        OfferedLook::Ping => "ping",
        OfferedLook::Programs => "programs",
        OfferedLook::Queue => "the queue",
        OfferedLook::Hello => "type a line",
        OfferedLook::OtherPortSent => "another port, then S_m’s IP counters",
        OfferedLook::OtherPortReceived => "another port, then IP’s counters",
        OfferedLook::Capture => "capture all",
        OfferedLook::CaptureLine => "capture a line",
    }
}

const fn pair_hint(hint: PairHint) -> &'static str {
    match hint {
        PairHint::Syn => "SYN; or SYN|ACK at S_m OUTPUT, where SYN_RECV does not last",
        PairHint::SynAck => "SYN|ACK",
        PairHint::Ack => "ACK from C_m; data brings the next one",
        PairHint::Refused => "nothing: it was refused, or it is over",
        PairHint::RefusalLost => "RST from S_m, where nobody listens",
        PairHint::Data => "data or its ACK, if Send-Q stays above 0; else nothing",
        PairHint::Fin => "FIN from C_m",
        PairHint::AckOfFin => "ACK from S_m",
        PairHint::NotClosed => "nothing: S_m’s program has not closed",
        PairHint::SecondFin => "FIN from S_m",
        PairHint::LastAck => "the last ACK, from C_m",
        PairHint::AbortLost => "RST from C_m: S_m’s half of the connection stays",
        PairHint::Gone => "nothing: S_m has lost its half of the connection",
    }
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Pair => "the pair of states",
        Level::Counters => "netstat and counters",
        Level::Time => "how long it lasts",
        Level::Teardown => "the end of a connection",
        Level::Applications => "programs",
        Level::Live => "a live connection",
        Level::Two => "two faults",
    }
}

fn about(level: Level) -> String {
    let about = match level {
        Level::Pair => "Is a segment of the handshake lost, and which? Both tables are all that you have.",
        Level::Counters => "The same pair of states, from several causes: counters tell more of them apart.",
        Level::Time => "Always, once, or for a while: watch long enough.",
        Level::Teardown => "One connection is aborted and another is closed: does each of them end?",
        Level::Applications => "The network may be fine: perhaps a program does not do its part.",
        Level::Live => "It worked, and then it did not.",
        Level::Two => "Two things may be wrong at once.",
    };
    let captures = if level.captures() { " tcpdump is allowed here." } else { "" };
    format!("{about}{captures}")
}

const fn part(part: PuzzlePart) -> &'static str {
    match part {
        PuzzlePart::Diagnosis => "Diagnosis",
        PuzzlePart::Find => "Diagnosis: find the hidden fault",
        PuzzlePart::About => "The wire and the firewalls are closed; netstat has to tell.",
        PuzzlePart::TodaysPuzzle => "Today’s puzzle",
        PuzzlePart::Seen => "What you have seen",
        PuzzlePart::Still => "To look at, one look each",
        PuzzlePart::NothingYet => "nothing yet",
        PuzzlePart::ItsNetstat => "its netstat, live",
        PuzzlePart::NoRow => "no row",
        PuzzlePart::Now => "now",
        PuzzlePart::Twice => "Early and late show how long it lasts.",
        PuzzlePart::OnlyTables => "This level offers both tables and nothing else. Watch them for a while.",
        PuzzlePart::Fresh => "new",
        PuzzlePart::NoChange => "no change in 10 s",
        PuzzlePart::RightToo => {
            "Your answer is as right: nothing that this level offers tells it from the truth."
        }
        PuzzlePart::Ask => "What is wrong, and where?",
        PuzzlePart::WhatIsLost => "What is lost",
        PuzzlePart::OrElse => "or nothing is lost, but",
        PuzzlePart::Where => "Where",
        PuzzlePart::WhereLater => "Where: choose what is lost first",
        PuzzlePart::TheNetwork => "the network",
        PuzzlePart::InBetween => "in between",
        PuzzlePart::HowLong => "How long",
        PuzzlePart::NothingIsWrong => "nothing is wrong",
        PuzzlePart::CannotTell => "cannot be told from here",
        PuzzlePart::First => "One fault",
        PuzzlePart::Second => "and another",
        PuzzlePart::NoSecond => "nothing else",
        PuzzlePart::Hint => "Hint: the pair table",
        PuzzlePart::HintNote => "C_m’s state × S_m’s state",
        PuzzlePart::HintKey => "What is lost, if these two states stay:",
        PuzzlePart::Answer => "Answer",
        PuzzlePart::AnswerFree => "An answer costs nothing.",
        PuzzlePart::ChooseFirst => "Choose an answer first",
        PuzzlePart::Closed => "Firewalls, wire and log are closed until you have answered.",
        PuzzlePart::Live => "live",
        PuzzlePart::OnlyMarked => "only your lines and what netstat shows are marked",
        PuzzlePart::AllMarked => "open now: every fact is marked, and any moment can be visited",
        PuzzlePart::Paused => "paused",
        PuzzlePart::Running => "running",
        PuzzlePart::StepToChange => "Step to a change",
        PuzzlePart::StepOn => "On to the next change",
        PuzzlePart::Earlier => "Back to the mark before",
        PuzzlePart::Levels => "Levels",
        PuzzlePart::Help => {
            "A fault is hidden: a firewall or the network loses a segment, or a program does not do its part. You see both \
             hosts’ netstat, live, and can type in their terminals; firewalls, wire and log are closed until you have \
             answered. A look is one of the two tables, however long you watch it, or a line that you type. An answer \
             is right when nothing else fits what you saw; a wrong one costs nothing."
        }
        PuzzlePart::KeyPlay => "▶, at the pace that is chosen; or pause",
        PuzzlePart::KeyStep => "on to the next change",
        PuzzlePart::KeyBack => "back to the mark before",
        PuzzlePart::KeysNote => {
            "Single keys are silent while a terminal or a choice has the focus; the settings switch them off. On the time bar, \
             arrow keys go from mark to mark."
        }
        PuzzlePart::KeyPresent => "present: all of it larger; Esc ends that",
        PuzzlePart::Right => "Right.",
        PuzzlePart::Possible => "Possible, but not shown yet.",
        PuzzlePart::Decided => "It can be decided.",
        PuzzlePart::Refuted => "This does not fit what you saw.",
        PuzzlePart::Unlisted => "Nothing like this is hidden at this level.",
        PuzzlePart::Shortest => "The look that separates most of these",
        PuzzlePart::TypeIt => "Type it",
        PuzzlePart::NoteClosed => "What it waits for is closed until you have answered.",
        PuzzlePart::WatchLonger => {
            "Watch both tables longer: what they will show decides, and is no further look."
        }
        PuzzlePart::WatchOn => "Watch on",
        PuzzlePart::NoLook => "No single look of this level decides between these.",
        PuzzlePart::StillFits => "Your answer, and one that fits as well",
        PuzzlePart::WhatFits => "What still fits",
        PuzzlePart::FitsToo => "What you saw fits these as well; a further look would tell them apart:",
        PuzzlePart::YourAnswer => "your answer",
        PuzzlePart::IsTruth => "✓ the truth",
        PuzzlePart::NotThese => "What it cannot be",
        PuzzlePart::ShowTruth => "Show the truth",
        PuzzlePart::Again => "Back to the question",
        PuzzlePart::NextPuzzle => "Next puzzle",
        PuzzlePart::OpenInLab => "Open in the lab",
        PuzzlePart::OpenLab => "Open lab",
        PuzzlePart::SameClass => {
            "Nothing that this level offers tells these apart, so each of them is right:"
        }
        PuzzlePart::ShortWay => "A short way: both tables, and then",
        PuzzlePart::Uncounted => "In your first three puzzles looks are not counted.",
        PuzzlePart::SameSeed => "Same puzzle for a class:",
        PuzzlePart::Shares => "Whoever opens this link gets the same puzzle, from its beginning.",
        PuzzlePart::SharesLater => {
            "What happens in it, recordings and files can be shared and saved once it is over, from the lab."
        }
        PuzzlePart::SharesOpen => {
            "It is over: “Open in the lab” leads to where what happened in it can be shared and saved."
        }
        PuzzlePart::CopyLink => "copy the link",
        PuzzlePart::Copied => "copied",
        PuzzlePart::Hiding => {
            "The program’s command line can print what is hidden: you do not see it by accident, but could on purpose."
        }
    }
}
