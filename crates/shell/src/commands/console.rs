//! The commands of the network's console.

use super::help::help_of_network;
use super::{Command, Line, PLAIN, Run, Section};
use crate::network;

/// What may follow a command about segments.
const SEGMENTS: &str = "client server S SA A F FA R RA";

/// All commands of the console, in the order in which `help` lists them.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "drop",
        help: &[Line(
            Section::Network,
            "drop FROM FLAGS [LEN [COUNT]]",
            "lose segments, for example: drop server SA",
        )],
        words_after: SEGMENTS,
        run: Run::Console(network::drop),
        ..PLAIN
    },
    Command {
        name: "undrop",
        help: &[Line(Section::Network, "undrop FROM FLAGS [LEN]", "drop them no longer")],
        words_after: SEGMENTS,
        run: Run::Console(network::undrop),
        ..PLAIN
    },
    Command {
        name: "duplicate",
        help: &[Line(Section::Network, "duplicate FROM FLAGS [LEN [COUNT]]", "deliver them twice")],
        words_after: SEGMENTS,
        run: Run::Console(network::duplicate),
        ..PLAIN
    },
    Command {
        name: "delay",
        help: &[Line(Section::Network, "delay [FROM] MS", "one way, for example: delay 400")],
        words_after: "client server",
        run: Run::Console(network::delay),
        ..PLAIN
    },
    Command {
        name: "show",
        help: &[Line(Section::Network, "show", "what is set")],
        run: Run::Console(network::show),
        ..PLAIN
    },
    Command {
        name: "clear",
        help: &[Line(Section::Network, "clear", "lose and duplicate nothing any more")],
        run: Run::Console(network::clear),
        ..PLAIN
    },
    Command { name: "help", aliases: &["man"], run: Run::Console(help_of_network), ..PLAIN },
];
