//! What the page says of itself, in English.

use super::terminal;
use crate::words::{Message, Page, Rate, Speed};
use std::time::Duration;
use tcp_core::tcp::ProfileName;

pub(super) fn say(message: &Message) -> String {
    match message {
        Message::Page(page) => self::page(*page).to_owned(),
        Message::Speed(speed) => self::speed(*speed),
        Message::Span(span) => self::span(*span),
        Message::Millis(ms) => format!("{ms} ms"),
        Message::Seconds(span) => seconds(*span),
        Message::FurtherRules(1) => "1 further rule".to_owned(),
        Message::FurtherRules(count) => format!("{count} further rules"),
        Message::MoreRows(count) => format!("and {count} more"),
        Message::OlderLines(count) => format!("… {count} earlier lines"),
        Message::NetstatOf(host) => format!("netstat -nat on {host}"),
        Message::InputOf { terminal, program: None } => format!("Command for {}", self::terminal(*terminal)),
        Message::InputOf { program: Some(program), .. } => format!("Input to {program}"),
        Message::OutputOf(terminal) => format!("Output of {}", self::terminal(*terminal)),
        Message::Types(line) => format!("types: {line}"),
        Message::Enters { place, line } => format!("{}: {line}", super::place(*place)),
        Message::LedTo(state) => format!("{state}: what led here"),
        Message::Tagline(ProfileName::Article) => "both ends of a TCP connection".to_owned(),
        Message::Tagline(ProfileName::Linux) => "both ends of a TCP connection, as on Linux 6.18".to_owned(),
        Message::Profile(ProfileName::Article) => "the article says".to_owned(),
        Message::Profile(ProfileName::Linux) => "Linux 6.18 does".to_owned(),
        Message::InProfile(ProfileName::Article) => "In the article:".to_owned(),
        Message::InProfile(ProfileName::Linux) => "Linux 6.18:".to_owned(),
        _ => String::new(),
    }
}

pub(super) fn gate(name: &str, rules: usize, policy: bool, stopped: u64) -> String {
    let says = match (rules, policy) {
        (0, false) => return format!("{name}: open"),
        (0, true) => "its policy drops".to_owned(),
        (rules, false) => format!("{rules} dropping"),
        (rules, true) => format!("{rules} dropping, and its policy"),
    };
    format!("{name}: {says}, {stopped} stopped")
}

fn speed(speed: Speed) -> String {
    match speed {
        Speed::Loading => "loading …".to_owned(),
        Speed::InThePast => "in the past: acting drops the rest".to_owned(),
        Speed::AtRest => "at rest: nothing is due".to_owned(),
        Speed::Paused => "paused".to_owned(),
        Speed::Going(rate, None) => self::rate(rate),
        Speed::Going(rate, Some(due)) => format!("{} until {}", self::rate(rate), super::due(due)),
    }
}

fn rate(rate: Rate) -> String {
    match rate {
        Rate::Times(times) => format!("{times}×"),
        Rate::Tenth => "0.1×".to_owned(),
        Rate::Real => "real time".to_owned(),
        Rate::Slowed(times) => format!("slowed {times}×"),
    }
}

fn span(span: Duration) -> String {
    let ms = span.as_millis();
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..100_000 => format!("{}.{} s", ms / 1000, ms / 100 % 10),
        _ => format!("{} min {} s", ms / 60_000, ms / 1000 % 60),
    }
}

fn seconds(span: Duration) -> String {
    let s = span.as_secs();
    if s < 100 { format!("{s} s") } else { format!("{} min", s / 60) }
}

const fn page(page: Page) -> &'static str {
    match page {
        Page::Reset => "Start again",
        Page::StepBack => "One event back",
        Page::AtBeginning => "Nothing happened before this: it is the beginning",
        Page::Play => "Play",
        Page::Pause => "Pause",
        Page::Step => "One event on",
        Page::Skip => "On to the next timer",
        Page::Pace => "Pace",
        Page::PaceAuto => "Auto",
        Page::Clock => "Virtual time since the start",
        Page::Settings => "Settings",
        Page::Help => "Help",
        Page::Time => "Time",
        Page::Theme => "Theme",
        Page::ThemeSystem => "As the system",
        Page::ThemeLight => "Light",
        Page::ThemeDark => "Dark",
        Page::ThemeProjector => "Projector",
        Page::Profile => "The hosts behave as",
        Page::Keys => "Single-key shortcuts",
        Page::ProfileNote => "Another choice plays the same lines again, by its own rules.",
        Page::SkipWait => "Skip the wait",
        Page::Stable => "stable",
        Page::NoRows => "No connection, no listener.",
        Page::Why => ": why?",
        Page::WhyTitle => "What led here",
        Page::MachineRegion => "State machine",
        Page::Machine => "The TCP state machine",
        Page::MachineKeys => "The TCP state machine; arrow keys go from state to state and from edge to edge",
        Page::Beyond => "Beyond Figure 1",
        Page::Twin => "The state machine as a list",
        Page::Select => "Show this connection in the diagram",
        Page::Point => "Point at a segment to read it.",
        Page::Close => "Close",
        Page::TerminalKeys => "In a terminal",
        Page::Source => "After Rustagi and Kumar, “Understanding TCP States – Part 1”, and RFC 9293.",
        Page::Wire => "Wire",
        Page::Firewall => "Firewall",
        Page::Drops => "Firewall drops",
        Page::Where => "at",
        Page::Dropped => "dropped",
        Page::NoLine => "a toggle types an iptables line",
        Page::Terminals => "Terminals",
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
        Page::KeyReset => "start again",
        Page::KeyHelp => "this help",
        Page::KeyEnter => "enters the line",
        Page::KeyTab => {
            "completes what is typed; on an empty line, and after Esc, it leaves, as Shift-Tab always does"
        }
        Page::KeyHistory => "lines typed before",
        Page::KeyInterrupt => "interrupts the program",
        Page::KeyEndOfInput => "ends its input",
        Page::KeyClear => "clears the terminal",
    }
}

const ABOUT: &str = "tcp-states shows both ends of a TCP connection at once: the state machine with a token for \
each host, what netstat says on each, the segments on the wire, and a firewall that drops exactly the ones you choose. \
The network, the hosts and their commands are simulated in this page, after RFC 9293 and measured against Linux; \
nothing leaves your browser. Its states, colours and exercises follow Rustagi and Kumar, “Understanding TCP States – \
Part 1”, and the lesson is theirs: the pair of states tells which segment was lost, and where.";

const KEYS_NOTE: &str = "Single keys are silent while a terminal or an input has the focus; the settings switch \
them off. In the diagram, arrow keys go from state to state.";
