//! The parameters.

use super::{At, Locks, Parameter, Theme, Values};
use crate::View;
use crate::pace::Pace;
use std::rc::Rc;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes;
use tcp_shell::TerminalId;

/// In the place of a lesson's name: the list of all.
pub const LIST: &str = "list";
/// Characters of the longest title.
const LONGEST_TITLE: usize = 80;

/// All parameters, in the order of their documentation.
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "scene",
        values: Values::Scene,
        default: "the lab as it begins",
        effect: "A prepared scene, which opens at its beginning and stops at its pauses. The menu “Scenes” has them all; \
                 `tcp-states scenes` lists their names.",
        painted: false,
        set: |address, id| {
            address.scene = scenes::named(id).map(Rc::new);
            address.scene.is_some()
        },
    },
    Parameter {
        name: "pause",
        values: Values::Pause,
        default: "the beginning",
        effect: "The pause of the scene at which it opens: what comes before has happened then, and can be looked at.",
        painted: false,
        set: |address, at| {
            address.pause = match at {
                "end" => Some(At::End),
                number => number.parse().ok().filter(|number| *number > 0).map(At::Pause),
            };
            address.pause.is_some()
        },
    },
    Parameter {
        name: "autoplay",
        values: Values::Words(&["on", "off"]),
        default: "`off`",
        effect: "With `on`, the scene goes on from each of its pauses by itself, once there was time to read what is \
                 said of it; the button “Pause” stops that.",
        painted: false,
        set: |address, word| {
            address.autoplay = word == "on";
            true
        },
    },
    Parameter {
        name: "lesson",
        values: Values::Lesson,
        default: "none",
        effect: "A lesson, which opens in the place of a scene: at the step where the reader left it, or at its first one. \
                 With `list`, the list of all, to which the button “Lessons” leads, too.",
        painted: false,
        set: |address, id| {
            address.lesson = Some(id.to_owned()).filter(|id| is_name(id));
            address.lesson.is_some()
        },
    },
    Parameter {
        name: "step",
        values: Values::Step,
        default: "where the reader left the lesson, at first its beginning",
        effect: "The step of the lesson at which it opens.",
        painted: false,
        set: |address, anchor| {
            address.step = Some(anchor.to_owned()).filter(|anchor| is_name(anchor));
            address.step.is_some()
        },
    },
    Parameter {
        name: "puzzle",
        values: Values::Number,
        default: "none",
        effect: "A puzzle, which opens in the place of a scene or a lesson: a fault is hidden, and is to be found. The same \
                 number and level hide the same fault, so that a class plays the same; a number below 100 000 000 does so in every version.",
        painted: true,
        set: |address, number| {
            address.puzzle = number.parse().ok();
            address.puzzle.is_some()
        },
    },
    Parameter {
        name: "level",
        values: Values::Words(&["pair", "counters", "time", "teardown", "applications", "live", "two"]),
        default: "`pair`",
        effect: "The level of the puzzle: the pair of states alone; netstat and counters; how long it lasts; the end of a \
                 connection; programs; a connection in use; two faults at once.",
        painted: false,
        set: |address, key| {
            address.level = Some(key.to_owned());
            true
        },
    },
    Parameter {
        name: "profile",
        values: Values::Words(&["article", "linux"]),
        default: "what was set last, at first `article`",
        effect: "Whose habits the hosts have: those that the article describes, or those of Linux 6.18.",
        painted: false,
        set: |address, word| {
            address.profile = ProfileName::parse(word);
            address.profile.is_some()
        },
    },
    Parameter {
        name: "seed",
        values: Values::Number,
        default: "`1`",
        effect: "Chooses initial sequence numbers and ports. The same seed and the same lines always give the same.",
        painted: false,
        set: |address, number| {
            address.seed = number.parse().ok();
            address.seed.is_some()
        },
    },
    Parameter {
        name: "pace",
        values: Values::Words(&["slow", "normal", "fast", "steps", "1", "10", "60"]),
        default: "what was set last, at first `normal`",
        effect: "How long a segment takes to cross the wire on the screen; with `steps`, the clock stops at each fact; \
                 with a number, that many virtual seconds pass in each second.",
        painted: false,
        set: |address, word| {
            address.pace = Pace::ALL.into_iter().find(|pace| pace.key() == word);
            address.pace.is_some()
        },
    },
    Parameter {
        name: "theme",
        values: Values::Words(&["system", "light", "dark", "contrast"]),
        default: "what was set last, at first `system`",
        effect: "Colours and sizes; `contrast` is high contrast, and larger where there is room, for a projector. Its \
                 earlier name `projector` is still read.",
        painted: true,
        set: |address, word| {
            address.theme = Theme::of(word);
            address.theme.is_some()
        },
    },
    Parameter {
        name: "title",
        values: Values::Text(LONGEST_TITLE),
        default: "none",
        effect: "What is shown, in your words: at the top of the page, in the browser's tab, and above the lines of a \
                 link before they are played.",
        painted: true,
        set: |address, text| {
            address.title = Some(text.to_owned());
            !text.trim().is_empty()
        },
    },
    Parameter {
        name: "view",
        values: Values::Words(&["machine", "ladder", "both"]),
        default: "`machine`",
        effect: "What stands between the hosts: the state machine, the segments one below the other, or both where there is room.",
        painted: true,
        set: |address, word| {
            address.view = View::ALL.into_iter().find(|view| view.key() == word);
            address.view.is_some()
        },
    },
    Parameter {
        name: "panels",
        values: Values::List(&["state", "netstat", "diagram", "wire", "firewall", "terminals", "time"]),
        default: "all, but in an embedded lab the terminals",
        effect: "What is shown: the states with the hosts' buttons, the live tables, the state machine, the wire, the \
                 firewall's row, the terminals, and the time bar with the clock and its buttons. What has happened and \
                 what the pair of states means is always there.",
        painted: true,
        set: |_, _| true,
    },
    Parameter {
        name: "terminal",
        values: Values::Words(&["client-upper", "client-lower", "server-upper", "server-lower", "network"]),
        default: "in an embedded lab none, else one of each host",
        effect: "Which terminal is open: beside the picture where there is room, and in an embedded lab as the only one.",
        painted: true,
        set: |address, name| {
            address.terminal = TerminalId::parse(name);
            address.terminal.is_some()
        },
    },
    Parameter {
        name: "present",
        values: Values::Words(&["on", "off"]),
        default: "`off`",
        effect: "With `on`, the page opens as “Present” arranges it. The full screen itself needs a click, by the rules of \
                 all browsers: there is a button for it.",
        painted: true,
        set: |address, word| {
            address.present = word == "on";
            true
        },
    },
    Parameter {
        name: "embed",
        values: Values::Words(&["on", "off", "auto"]),
        default: "`auto`",
        effect: "With `on`, all that a lab inside a page does not need is folded away: name, menu, settings, terminals and \
                 the page's end. With `auto`, that is so if the page is in a frame.",
        painted: true,
        set: |_, _| true,
    },
    Parameter {
        name: "scale",
        values: Values::Words(&["80", "90", "100", "110", "125", "150", "175", "200"]),
        default: "`100`",
        effect: "How large words and controls are, in percent; they are not made larger than the width has room for.",
        painted: true,
        set: |_, _| true,
    },
    Parameter {
        name: "lock",
        values: Values::List(&["firewall", "terminals", "time", "settings"]),
        default: "nothing",
        effect: "What readers cannot change: what is dropped; what is typed, but for what the buttons type; how time goes \
                 and which moment is shown, but for the pauses of a scene; theme, profile and keys.",
        painted: false,
        set: |address, list| {
            let locked = |name: &str| list.split(',').any(|word| word == name);
            address.locks = Locks {
                firewall: locked("firewall"),
                terminals: locked("terminals"),
                time: locked("time"),
                settings: locked("settings"),
            };
            true
        },
    },
    Parameter {
        name: "lang",
        values: Values::Words(&["en"]),
        default: "`en`",
        effect: "The language of the lessons. English is the only one so far, and that of what is not translated.",
        painted: false,
        set: |address, code| {
            address.language = Some(code.to_owned());
            true
        },
    },
    Parameter {
        name: "motion",
        values: Values::Words(&["system", "reduced"]),
        default: "`system`",
        effect: "With `reduced`, the clock jumps and nothing glides, even if the reader's system does not ask for that.",
        painted: true,
        set: |_, _| true,
    },
    Parameter {
        name: "narrate",
        values: Values::Words(&["on", "off"]),
        default: "`on`",
        effect: "With `off`, the sentences that say what has just happened and what the pair of states means are \
                 neither shown nor read aloud: for a class that is to find it out.",
        painted: true,
        set: |_, _| true,
    },
];

/// Whether a word can be the name of a lesson or a step.
fn is_name(word: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    (1..=40).contains(&word.len()) && word.bytes().all(fits)
}
