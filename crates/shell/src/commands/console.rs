//! The commands of the network's console.

use super::help::help_of_network;
use super::{Command, Line, PLAIN, Run, Section};
use crate::network;

/// What may follow a command about segments.
const SEGMENTS: &str = "client server S SA A F FA R RA SYN SYN|ACK ACK data FIN RST from";

/// What may follow a command about one segment.
const KINDS: &str = "SYN SYN|ACK ACK data FIN RST from client server";

/// All commands of the console, in the order in which `help` lists them.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "drop",
        help: &[
            Line(
                Section::Network,
                "drop FROM FLAGS [LEN [COUNT]]",
                "lose segments, for example: drop server SA",
            ),
            Line(Section::Network, "drop FROM [FLAGS [LEN]] SHARE", "lose a share: drop client 20%"),
            Line(Section::Network, "drop N | KIND [N] [from HOST]", "lose one that is on the wire"),
        ],
        words_after: SEGMENTS,
        long_options: "--help",
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
        name: "reorder",
        help: &[Line(
            Section::Network,
            "reorder FROM FLAGS [LEN [COUNT]]",
            "let them take twice as long, so that others overtake",
        )],
        words_after: SEGMENTS,
        run: Run::Console(network::reorder),
        ..PLAIN
    },
    Command {
        name: "unreorder",
        help: &[Line(Section::Network, "unreorder, unduplicate", "no longer; also with SHARE, as drop")],
        words_after: SEGMENTS,
        run: Run::Console(network::unreorder),
        ..PLAIN
    },
    Command { name: "unduplicate", words_after: SEGMENTS, run: Run::Console(network::unduplicate), ..PLAIN },
    Command {
        name: "duplicate",
        help: &[
            Line(Section::Network, "duplicate FROM FLAGS [LEN [COUNT]]", "deliver them twice"),
            Line(Section::Network, "duplicate N | KIND [N] [from HOST]", "let a second one of it follow"),
        ],
        words_after: SEGMENTS,
        long_options: "--help",
        run: Run::Console(network::duplicate),
        ..PLAIN
    },
    Command {
        name: "hold",
        help: &[
            Line(Section::Network, "hold N | KIND [N] [from HOST]", "stop it where it is"),
            Line(Section::Network, "hold N | KIND … for SPAN", "for 3s, 3.5s or 500ms; then it goes on"),
        ],
        words_after: "SYN SYN|ACK ACK data FIN RST from client server for",
        long_options: "--help",
        run: Run::Console(network::hold),
        ..PLAIN
    },
    Command {
        name: "release",
        help: &[Line(Section::Network, "release N | KIND [N] [from HOST]", "let it go on")],
        words_after: KINDS,
        long_options: "--help",
        run: Run::Console(network::release),
        ..PLAIN
    },
    Command {
        name: "send-segment",
        help: &[Line(Section::Network, "send-segment …", "put one there by hand; --help says how")],
        words_after: "client server next SYN ACK RST",
        long_options: network::FORGE_OPTIONS,
        run: Run::Console(network::send_segment),
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
        help: &[Line(Section::Network, "clear", "lose, duplicate and reorder nothing any more")],
        run: Run::Console(network::clear),
        ..PLAIN
    },
    Command { name: "help", aliases: &["man"], run: Run::Console(help_of_network), ..PLAIN },
];
