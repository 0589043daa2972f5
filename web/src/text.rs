//! All that a person reads and the scene does not say already: in one place, to be translated.

use std::time::Duration;
use tcp_core::Instant;
use tcp_scene::DropPlace;
use tcp_scene::pace::{Leg, Pace};
use tcp_shell::{ProfileName, TerminalId};

use crate::settings::Theme;

/// The program's name.
pub(crate) const NAME: &str = "tcp-states";
/// What it is, below the name; whose rules are played, if not those that it begins with.
pub(crate) const fn tagline(profile: ProfileName) -> &'static str {
    match profile {
        ProfileName::Article => "both ends of a TCP connection",
        ProfileName::Linux => "both ends of a TCP connection, as on Linux 6.18",
    }
}
/// Where the clock's speed will be, until the program has come.
#[cfg(test)]
pub(crate) const LOADING: &str = "loading …";
/// Nothing is due.
pub(crate) const AT_REST: &str = "at rest: nothing is due";
/// On the button that starts anew.
pub(crate) const RESET: &str = "Start again";
/// On the button for the event before.
pub(crate) const STEP_BACK: &str = "One event back";
/// On the same button where it does nothing.
pub(crate) const AT_BEGINNING: &str = "Nothing happened before this: it is the beginning";
/// While paused.
pub(crate) const PLAY: &str = "Play";
/// While playing.
pub(crate) const PAUSE: &str = "Pause";
/// On the button for the next event.
pub(crate) const STEP: &str = "One event on";
/// On the button for the next timer.
pub(crate) const SKIP: &str = "On to the next timer";
/// Of the select.
pub(crate) const PACE: &str = "Pace";
/// Of the clock, for those who hear.
pub(crate) const CLOCK: &str = "Virtual time since the start";
/// On the button and the popover.
pub(crate) const SETTINGS: &str = "Settings";
/// On the button and the dialog.
pub(crate) const HELP: &str = "Help";
/// Of the group of buttons.
pub(crate) const TIME: &str = "Time";

/// In the settings.
pub(crate) const THEME: &str = "Theme";
/// In the settings.
pub(crate) const PROFILE: &str = "The hosts behave as";
/// In the settings.
pub(crate) const KEYS: &str = "Single-key shortcuts";
/// In the settings.
pub(crate) const PROFILE_NOTE: &str = "Another choice plays the same lines again, by its own rules.";

/// On the button beside a long wait.
pub(crate) const SKIP_WAIT: &str = "Skip the wait";
/// Of a stable state without a timer.
pub(crate) const STABLE: &str = "stable";
/// Above the table.
pub(crate) const NETSTAT: &str = "netstat -nat";
/// Of the table's region.
pub(crate) fn netstat_of(name: &str) -> String {
    format!("{NETSTAT} on {name}")
}
/// The table has no rows.
pub(crate) const NO_ROWS: &str = "No connection, no listener.";
/// netstat's column names.
pub(crate) const COLUMNS: [&str; 5] = ["Recv-Q", "Send-Q", "Local Address", "Foreign Address", "State"];
/// After the age of a transient state, on a button.
pub(crate) const WHY: &str = ": why?";
/// Of the chain of facts.
pub(crate) const WHY_TITLE: &str = "What led here";
/// After the state, above the chain of facts.
pub(crate) const WHY_TITLE_OF: &str = ": what led here";
/// What a host's button does, before the line.
pub(crate) const TYPES: &str = "types: ";

/// Of the diagram's region.
pub(crate) const MACHINE: &str = "State machine";
/// Of the diagram.
pub(crate) const MACHINE_KEYS: &str =
    "The TCP state machine; arrow keys go from state to state and from edge to edge";
/// On the diagram's toggle.
pub(crate) const BEYOND: &str = "Beyond Figure 1";
/// Of the text twin.
pub(crate) const TWIN: &str = "The state machine as a list";

/// On a row's button.
pub(crate) const SELECT: &str = "Show this connection in the diagram";
/// Where no segment is looked at.
pub(crate) const POINT: &str = "Point at a segment to read it.";
/// On the button.
pub(crate) const CLOSE: &str = "Close";
/// Above the keys of a terminal.
pub(crate) const TERMINAL_KEYS_TITLE: &str = "In a terminal";

/// Whom the page follows.
pub(crate) const SOURCE: &str = "After Rustagi and Kumar, “Understanding TCP States – Part 1”, and RFC 9293.";

/// Of the wire's region.
pub(crate) const WIRE: &str = "Wire";
/// Of the firewall's region.
pub(crate) const FIREWALL: &str = "Firewall";
/// Before the toggles.
pub(crate) const DROPS: &str = "Firewall drops";
/// Of the select.
pub(crate) const WHERE: &str = "at";
/// After the number.
pub(crate) const DROPPED: &str = "dropped";
/// Where no line has been typed yet.
pub(crate) const NO_LINE: &str = "a toggle types an iptables line";

/// Of the terminals' region.
pub(crate) const TERMINALS: &str = "Terminals";
/// Of the wire's console.
pub(crate) const NETWORK: &str = "The network's console";
/// What can be said there.
pub(crate) const NETWORK_NOTE: &str = "drop, duplicate, delay, clear; help lists them";
/// Before the input of a program.
pub(crate) const INPUT_MARK: &str = ">";

/// Where a toggle drops, as the select offers it.
pub(crate) const PLACES: [(DropPlace, &str); 6] = [
    (DropPlace::Sender, "the sender"),
    (DropPlace::ClientOutput, "C_m OUTPUT"),
    (DropPlace::ClientInput, "C_m INPUT"),
    (DropPlace::ServerInput, "S_m INPUT"),
    (DropPlace::ServerOutput, "S_m OUTPUT"),
    (DropPlace::Network, "the network"),
];

/// A theme's name.
pub(crate) const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "As the system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
        Theme::Projector => "Projector",
    }
}

/// A profile's name, by its key.
pub(crate) fn profile(key: &str) -> &'static str {
    if key == "linux" { "Linux 6.18 does" } else { "the article says" }
}

/// Before what the other profile would do.
pub(crate) fn differs(other: ProfileName) -> &'static str {
    match other {
        ProfileName::Article => "In the article: ",
        ProfileName::Linux => "Linux 6.18: ",
    }
}
/// On the button that plays the other profile.
pub(crate) const SEE_IT_SO: &str = "See it so";
/// On the link to the facts.
pub(crate) const FACTS: &str = "Facts";
/// In the settings, on the link to all of them.
pub(crate) const ALL_FACTS: &str = "Where they differ";
/// The page of the facts.
pub(crate) const FACTS_PAGE: &str = "kernel.html";

/// A pace's name, by its key.
pub(crate) fn pace(key: &str) -> String {
    if key == "auto" { "Auto".to_owned() } else { format!("{key}×") }
}

/// The prompt of a terminal.
pub(crate) const fn prompt(id: TerminalId) -> &'static str {
    match id {
        TerminalId::ClientUpper | TerminalId::ClientLower => "C_m$",
        TerminalId::ServerUpper | TerminalId::ServerLower => "S_m$",
        TerminalId::Network => "network$",
    }
}

/// The label of a terminal's input.
pub(crate) fn input_label(title: &str, running: Option<&str>) -> String {
    match running {
        Some(program) => format!("Input to {}", program.split(' ').next().unwrap_or(program)),
        None => format!("Command for {title}"),
    }
}

/// The label of what a terminal printed.
pub(crate) fn printed(title: &str) -> String {
    format!("Output of {title}")
}

/// Above the lines that are drawn.
pub(crate) fn older_lines(count: usize) -> String {
    format!("… {count} earlier lines")
}

/// Below the rows that are drawn.
pub(crate) fn more_rows(count: usize) -> String {
    format!("and {count} more")
}

/// After the number of dropped packets.
pub(crate) fn further_rules(count: usize) -> String {
    format!(" · {count} further {}", if count == 1 { "rule" } else { "rules" })
}

/// A gate, in words.
pub(crate) fn gate(name: &str, rules: usize, stopped: u64) -> String {
    match rules {
        0 => format!("{name}: open"),
        _ => format!("{name}: {rules} dropping, {stopped} stopped"),
    }
}

/// A segment on the wire, in words.
pub(crate) fn segment(detail: &str, fate: Option<&str>) -> String {
    fate.map_or_else(|| detail.to_owned(), |fate| format!("{detail}, {fate}"))
}

/// What the help says, in three sentences.
pub(crate) const ABOUT: &str = "tcp-states shows both ends of a TCP connection at once: the state machine with a token for \
each host, what netstat says on each, the segments on the wire, and a firewall that drops exactly the ones you choose. \
The network, the hosts and their commands are simulated in this page, after RFC 9293 and measured against Linux; \
nothing leaves your browser. Its states, colours and exercises follow Rustagi and Kumar, “Understanding TCP States – \
Part 1”, and the lesson is theirs: the pair of states tells which segment was lost, and where.";

/// Keys, and what they do.
pub(crate) const SHORTCUTS: [(&str, &str); 6] = [
    ("Space", "play or pause"),
    ("→", "one event on"),
    ("←", "one event back"),
    (".", "on to the next timer"),
    ("r", "start again"),
    ("?", "this help"),
];

/// Keys in a terminal, and what they do.
pub(crate) const TERMINAL_KEYS: [(&str, &str); 6] = [
    ("Enter", "enters the line"),
    ("Tab", "completes what is typed; on an empty line, and after Esc, it leaves, as Shift-Tab always does"),
    ("↑ ↓", "lines typed before"),
    ("Ctrl-C", "interrupts the program"),
    ("Ctrl-D", "ends its input"),
    ("Ctrl-L", "clears the terminal"),
];

/// What is done with the terminals' keys: the note below them.
pub(crate) const KEYS_NOTE: &str = "Single keys are silent while a terminal or an input has the focus; the settings switch \
them off. In the diagram, arrow keys go from state to state.";

/// How fast time goes, below the clock.
pub(crate) fn speed(leg: Option<&Leg>, playing: bool, pace: Pace, next: Option<&str>, past: bool) -> String {
    if past && !playing {
        return "in the past: acting drops the rest".to_owned();
    }
    let Some(leg) = leg else { return AT_REST.to_owned() };
    if !playing {
        return "paused".to_owned();
    }
    let speed = match leg.rate {
        rate if matches!(pace, Pace::Fixed(_)) && rate < 1.0 => "0.1×".to_owned(),
        rate if rate >= 1.5 => format!("{}×", whole(rate.round())),
        rate if rate > 0.67 => "real time".to_owned(),
        rate => format!("slowed {}×", whole((1.0 / rate).round())),
    };
    match next {
        Some(next) => format!("{speed} until {next}"),
        None => speed,
    }
}

/// The clock: `00:00:04.213`
pub(crate) fn clock(now: Instant) -> String {
    let ms = now.as_micros() / 1000;
    let s = ms / 1000;
    format!("{:02}:{:02}:{:02}.{:03}", s / 3600, s / 60 % 60, s % 60, ms % 1000)
}

/// A time in a table: `00:04.213`
pub(crate) fn moment(at: Instant) -> String {
    clock(at).split_off(3)
}

/// A span: `213 ms`, `4.2 s`, `3 min 20 s`
pub(crate) fn span(span: Duration) -> String {
    let ms = span.as_millis();
    if ms < 1000 {
        format!("{ms} ms")
    } else if ms < 100_000 {
        format!("{}.{} s", ms / 1000, ms / 100 % 10)
    } else {
        format!("{} min {} s", ms / 60_000, ms / 1000 % 60)
    }
}

/// A span in whole seconds: `4 s`
pub(crate) fn seconds(span: Duration) -> String {
    let s = span.as_secs();
    if s < 100 { format!("{s} s") } else { format!("{} min", s / 60) }
}

/// The wire's delays, from C_m and from S_m: `5 ms each way`
pub(crate) fn delay(ms: u32) -> String {
    format!("{ms} ms")
}

/// `1.0` of something as a whole number; what is too large or too small stays at the end.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, as it should"
)]
pub(crate) fn whole(number: f64) -> u32 {
    number as u32
}
