//! The options of tcpdump. Those that this lab does not have are refused by name.

use super::failed;
use crate::capture::{Direction, Interface, LinkType, SNAPSHOT_LENGTH};
use crate::getopt::{Getopt, Item, Long};
use crate::output::Refusal;

const LETTERS: &str = "aAbB:c:C:dDeE:fF:G:hHi:IjJ:KlLm:M:nNOpqQ:r:s:StT:uUvV:w:W:xXy:Yz:Z:#";

const LONGS: &[Long] = &[
    Long::with("buffer-size", 'B'),
    Long::flag("list-interfaces", 'D'),
    Long::flag("help", 'h'),
    Long::with("interface", 'i'),
    Long::flag("monitor-mode", 'I'),
    Long::with("time-stamp-type", 'j'),
    Long::flag("list-time-stamp-types", 'J'),
    Long::flag("dont-verify-checksums", 'K'),
    Long::flag("list-data-link-types", 'L'),
    Long::flag("no-optimize", 'O'),
    Long::flag("no-promiscuous-mode", 'p'),
    Long::with("direction", 'Q'),
    Long::with("snapshot-length", 's'),
    Long::flag("absolute-tcp-sequence-numbers", 'S'),
    Long::flag("packet-buffered", 'U'),
    Long::with("linktype", 'y'),
    Long::with("relinquish-privileges", 'Z'),
    Long::flag("number", '#'),
    Long::flag("version", '1'),
    Long::flag("count", '2'),
    Long::with("time-stamp-precision", '3'),
    Long::flag("immediate-mode", '4'),
    Long::flag("print", '5'),
    Long::flag("micro", '4'),
    Long::flag("nano", '3'),
];

const VERSION: &str =
    "tcpdump version 4.99.3\nlibpcap version 1.10.3 (with TPACKET_V3)\nOpenSSL 3.0.19 27 Jan 2026\n";

const USAGE: &str = include_str!("usage.txt");

/// What `-D` lists. The pseudo-devices of a real machine, for Bluetooth or D-Bus, are not there.
const DEVICES: &str = "1.eth0 [Up, Running, Connected]\n\
    2.any (Pseudo-device that captures on all interfaces) [Up, Running]\n3.lo [Up, Running, Loopback]\n";

/// What it captures on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Device {
    /// `eth0`, the first that is up.
    #[default]
    Link,
    Loopback,
    Any,
    /// A name of none.
    Missing(String),
}

impl Device {
    pub(super) fn name(&self) -> &str {
        match self {
            Device::Link => "eth0",
            Device::Loopback => "lo",
            Device::Any => "any",
            Device::Missing(name) => name,
        }
    }

    pub(super) const fn link(&self) -> LinkType {
        match self {
            Device::Any => LinkType::Cooked,
            _ => LinkType::Ethernet,
        }
    }

    pub(super) const fn takes(&self, interface: Interface) -> bool {
        match self {
            Device::Any => true,
            Device::Link => matches!(interface, Interface::Link),
            Device::Loopback => matches!(interface, Interface::Loopback),
            Device::Missing(_) => false,
        }
    }

    fn named(name: &str) -> Result<Device, Refusal> {
        Ok(match name {
            "eth0" | "1" => Device::Link,
            "any" | "2" => Device::Any,
            "lo" | "3" => Device::Loopback,
            _ => match name.parse::<i32>() {
                Ok(number) if number <= 0 => return Err(failed("Invalid adapter index")),
                Ok(number) => {
                    let why = format!("Invalid adapter index {number}: only 3 interfaces found");
                    return Err(failed(&why));
                }
                Err(_) => Device::Missing(name.to_owned()),
            },
        })
    }
}

/// What a line asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) device: Device,
    /// `-n`: numbers for addresses and ports.
    pub(super) numeric: bool,
    /// `-N`: the first part of a name.
    pub(super) short_names: bool,
    pub(super) verbose: u32,
    pub(super) quick: bool,
    /// `-S`: numbers as they are in the header.
    pub(super) absolute: bool,
    /// How often `-t` is there.
    pub(super) times: u32,
    /// `-c`
    pub(super) count: Option<u64>,
    /// `-A`, `-x` and `-X`: how often each.
    pub(super) ascii: u32,
    pub(super) hex: u32,
    pub(super) both: u32,
    /// `-e`
    pub(super) link: bool,
    /// `--count`: print how many packets there are instead of the packets.
    pub(super) only_count: bool,
    /// `-K`
    pub(super) unchecked: bool,
    /// `-#`
    pub(super) numbered: bool,
    /// `-Q`: only packets of this direction.
    pub(super) only: Option<Direction>,
    /// `-l`, or `-U` without a file.
    pub(super) by_lines: bool,
    pub(super) write: Option<String>,
    pub(super) read: Option<String>,
    /// The words of the filter.
    pub(super) filter: String,
}

/// What comes of the options.
pub(super) enum Wanted {
    Capture(Box<Options>),
    /// A text on standard output, and nothing else.
    Text(String),
}

/// Reads the options.
pub(super) fn read(args: &[String]) -> Result<Wanted, Refusal> {
    let mut options = Options::default();
    let mut words: Vec<&str> = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        let (letter, argument) = match item {
            Item::Option(letter, argument) => (letter, argument.unwrap_or_default()),
            Item::Word(word) => {
                words.push(word);
                continue;
            }
            Item::Bad(bad) => return Err(usage(&bad.message("tcpdump"))),
        };
        match letter {
            'i' => options.device = Device::named(argument)?,
            'n' => options.numeric = true,
            'N' => options.short_names = true,
            'v' => options.verbose += 1,
            'q' => options.quick = true,
            'S' => options.absolute = true,
            't' => options.times += 1,
            'A' => options.ascii += 1,
            'x' => options.hex += 1,
            'X' => options.both += 1,
            'e' => options.link = true,
            'K' => options.unchecked = true,
            '#' => options.numbered = true,
            '2' => options.only_count = true,
            'l' | 'U' => options.by_lines = true,
            'w' => options.write = Some(argument.to_owned()),
            'r' => options.read = Some(argument.to_owned()),
            'c' => options.count = Some(count(argument)?),
            's' => snapshot(argument)?,
            'Q' => options.only = direction(argument)?,
            // They change nothing that could be seen here.
            'p' | 'O' | 'f' | 'b' | 'u' | 'H' | 'a' | '4' | 'B' | 'Z' => {}
            'D' => return Ok(Wanted::Text(DEVICES.to_owned())),
            'h' => return Ok(Wanted::Text(format!("{VERSION}{USAGE}"))),
            '1' => return Ok(Wanted::Text(VERSION.to_owned())),
            'Y' => return Err(usage("")),
            _ => return Err(absent(&option_name(letter))),
        }
    }
    if options.times > 5 {
        return Err(failed("only -t, -tt, -ttt, -tttt and -ttttt are supported"));
    }
    if [&options.write, &options.read].into_iter().flatten().any(|path| path == "-") {
        return Err(absent("- for a file"));
    }
    options.filter = words.join(" ");
    Ok(Wanted::Capture(Box::new(options)))
}

/// The refusal of what this lab's tcpdump does not have.
fn absent(what: &str) -> Refusal {
    failed(&format!("this lab's tcpdump has no {what}"))
}

fn option_name(letter: char) -> String {
    let long = LONGS.iter().find(|long| long.letter == letter && letter.is_ascii_digit());
    long.map_or_else(|| format!("-{letter}"), |long| format!("--{}", long.name))
}

fn usage(why: &str) -> Refusal {
    Refusal::new(format!("{why}{VERSION}{USAGE}"), 1)
}

fn count(word: &str) -> Result<u64, Refusal> {
    let number = word.parse::<u32>().ok().filter(|number| (1..=0x7fff_ffff).contains(number));
    number.map(u64::from).ok_or_else(|| failed(&format!("invalid packet count {word}")))
}

/// The lab has no packet that a snapshot of the usual length would cut; a short one is refused.
fn snapshot(word: &str) -> Result<(), Refusal> {
    match word.parse::<u32>() {
        Ok(0 | 1500..=SNAPSHOT_LENGTH) => Ok(()),
        Ok(1..1500) => Err(absent("-s that cuts packets")),
        _ => Err(failed(&format!("invalid snaplen {word} (must be >= 0 and <= {SNAPSHOT_LENGTH})"))),
    }
}

fn direction(word: &str) -> Result<Option<Direction>, Refusal> {
    match word {
        "in" => Ok(Some(Direction::In)),
        "out" => Ok(Some(Direction::Out)),
        "inout" => Ok(None),
        _ => Err(failed(&format!("unknown capture direction `{word}'"))),
    }
}
