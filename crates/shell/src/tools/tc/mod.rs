//! `tc` of iproute2 6.1, as far as netem goes.
//!
//! What it refuses and prints was recorded from the real one, which was given a kernel's answers; what the kernel says, with
//! `pfifo`, because the kernel at hand has no netem.
//!
//! Left out on purpose: all other disciplines, classes and filters; output as JSON and in one line; batches. A change sets
//! everything, where Linux keeps the correlations that a line does not name.

mod netem;
mod show;

use super::OnHost;
use crate::output::{Done, Output, Refusal};
pub use show::options;
use show::show;
use tcp_core::net::{Command, Device, Netem};

const USAGE: &str = include_str!("usage.txt");
const QDISC_USAGE: &str = include_str!("qdisc_usage.txt");

/// Disciplines that Linux has beside netem, of which one hears.
const OTHERS: [&str; 22] = [
    "bfifo",
    "cake",
    "cbq",
    "choke",
    "clsact",
    "codel",
    "drr",
    "etf",
    "fq",
    "fq_codel",
    "fq_pie",
    "hfsc",
    "htb",
    "ingress",
    "mq",
    "mqprio",
    "noqueue",
    "pfifo",
    "pfifo_fast",
    "prio",
    "sfq",
    "tbf",
];

/// Runs `tc`. `args` does not include its name.
pub(crate) fn tc(args: &[String], here: &mut OnHost<'_>) -> Done {
    let mut words = args.iter().map(String::as_str);
    let mut counted = false;
    let object = loop {
        let Some(word) = words.next() else { return Ok(Output::err(USAGE, 0)) };
        let Some(option) = word.strip_prefix('-') else { break word };
        let is = |whole: &str| !option.is_empty() && whole.starts_with(option);
        if is("stats") || is("statistics") {
            counted = true;
        } else if is("help") {
            return Ok(Output::err(USAGE, 0));
        } else if option == "V" || is("Version") {
            return Ok(Output::ok("tc utility, iproute2-6.1.0, libbpf 1.1.2\n"));
        } else if ["details", "pretty", "iec", "color", "brief", "Numeric", "force"].into_iter().any(is) {
            // Nothing here looks otherwise with these.
        } else if ["json", "oneline", "raw", "batch", "netns", "names", "nm", "cf", "conf", "timestamp"]
            .into_iter()
            .any(is)
        {
            return Err(lacks(word));
        } else {
            return Err(Refusal::new(format!("Option \"{word}\" is unknown, try \"tc -help\".\n"), 255));
        }
    };
    let rest: Vec<&str> = words.collect();
    let is = |whole: &str| !object.is_empty() && whole.starts_with(object);
    if is("qdisc") {
        qdisc(&rest, counted, here)
    } else if ["class", "filter", "chain", "actions", "monitor", "exec"].into_iter().any(is) {
        let lists =
            rest.first().is_none_or(|word| ["list", "show", "lst"].iter().any(|it| it.starts_with(word)));
        // The list is empty.
        if lists && !is("monitor") && !is("exec") { Ok(Output::default()) } else { Err(lacks(object)) }
    } else if is("help") {
        Ok(Output::err(USAGE, 0))
    } else {
        Err(Refusal::new(format!("Object \"{object}\" is unknown, try \"tc help\".\n"), 255))
    }
}

/// The answer to what this lab's tc does not have.
fn lacks(what: &str) -> Refusal {
    Refusal::new(format!("tc: this lab's tc does not have {what}\n"), 1)
}

/// What is done to a discipline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Add,
    Change,
    Replace,
    Delete,
}

fn qdisc(words: &[&str], counted: bool, here: &mut OnHost<'_>) -> Done {
    let Some((command, rest)) = words.split_first() else { return show(&[], counted, here) };
    let is = |whole: &&str| !command.is_empty() && whole.starts_with(command);
    const ACTS: [(&str, Act); 5] = [
        ("add", Act::Add),
        ("change", Act::Change),
        ("replace", Act::Replace),
        ("link", Act::Change),
        ("delete", Act::Delete),
    ];
    if let Some((_, act)) = ACTS.iter().find(|(name, _)| is(name)) {
        modify(*act, rest, here)
    } else if ["list", "show", "lst"].iter().any(is) {
        show(rest, counted, here)
    } else if is(&"help") {
        Ok(Output::err(QDISC_USAGE, 0))
    } else {
        Err(Refusal::new(format!("Command \"{command}\" is unknown, try \"tc qdisc help\".\n"), 255))
    }
}

/// Where a discipline is to be, and what it is, as the words say.
#[derive(Debug, Default)]
struct Asked<'a> {
    device: Option<&'a str>,
    handle: Option<u16>,
    /// At the root of its device.
    root: bool,
    kind: Option<&'a str>,
    netem: Option<Netem>,
    /// What was printed meanwhile.
    said: String,
}

fn modify(act: Act, words: &[&str], here: &mut OnHost<'_>) -> Done {
    let asked = asked(words)?;
    let said = asked.said.clone();
    match carry_out(act, asked, here) {
        Ok(()) => Ok(Output { stderr: said, ..Output::default() }),
        Err(refusal) => {
            let output = Output::from(refusal);
            Err(Refusal::from(Output { stderr: said + &output.stderr, ..output }))
        }
    }
}

fn asked<'a>(words: &[&'a str]) -> Result<Asked<'a>, Refusal> {
    let mut asked = Asked::default();
    let mut at = 0;
    let twice = |what: &str, word: &str| {
        Refusal::new(format!("Error: duplicate \"{what}\": \"{word}\" is the second value.\n"), 255)
    };
    while let Some(word) = words.get(at) {
        let next = || words.get(at + 1).copied().ok_or_else(incomplete);
        match *word {
            "dev" => {
                let name = next()?;
                if asked.device.replace(name).is_some() {
                    return Err(twice("dev", name));
                }
                at += 1;
            }
            "handle" => {
                let word = next()?;
                if asked.handle.is_some() {
                    return Err(twice("handle", "handle"));
                }
                asked.handle = Some(handle(word)?);
                at += 1;
            }
            "root" if asked.root => {
                return Err(Refusal::new("Error: \"root\" is duplicate parent ID\n", 255));
            }
            "root" => asked.root = true,
            "parent" => {
                let word = next()?;
                if asked.root {
                    return Err(twice("parent", word));
                }
                match word {
                    "root" => asked.root = true,
                    _ => return Err(lacks("parents of disciplines")),
                }
                at += 1;
            }
            "ingress" | "clsact" | "stab" | "estimator" | "ingress_block" | "egress_block" => {
                return Err(lacks(word));
            }
            word if !word.is_empty() && "help".starts_with(word) => asked.said += QDISC_USAGE,
            kind => {
                let options = &words[at + 1..];
                asked.kind = Some(kind);
                if kind == "netem" {
                    asked.netem = Some(netem::read(options)?);
                } else if OTHERS.contains(&kind) {
                    return Err(Refusal::new(format!("tc: this lab has no qdisc {kind}, only netem\n"), 1));
                } else if let Some(option) = options.first() {
                    let why = format!("Unknown qdisc \"{kind}\", hence option \"{option}\" is unparsable\n");
                    return Err(Refusal::new(why, 1));
                }
                break;
            }
        }
        at += 1;
    }
    Ok(asked)
}

fn incomplete() -> Refusal {
    Refusal::new("Command line is not complete. Try option \"help\"\n", 255)
}

/// A number such as `1:`, in hexadecimal.
fn handle(word: &str) -> Result<u16, Refusal> {
    let digits = word.split(':').next().unwrap_or_default();
    match (word, u16::from_str_radix(digits, 16)) {
        ("none", _) => Ok(0),
        (_, Ok(number)) => Ok(number),
        _ => Err(Refusal::new(format!("Error: argument \"{word}\" is wrong: invalid qdisc ID\n"), 255)),
    }
}

/// The device of this name.
fn device(name: &str) -> Result<Device, Refusal> {
    match name {
        "lo" => Ok(Device::Loopback),
        "eth0" => Ok(Device::Link),
        _ => Err(Refusal::new(format!("Cannot find device \"{name}\"\n"), 1)),
    }
}

/// What the kernel does, or refuses.
fn carry_out(act: Act, asked: Asked<'_>, here: &mut OnHost<'_>) -> Result<(), Refusal> {
    let refused = |why: &str| Refusal::new(format!("{why}\n"), 2);
    let device = asked.device.map(device).transpose()?;
    if !here.user.is_root() {
        return Err(refused("RTNETLINK answers: Operation not permitted"));
    }
    let device = device.ok_or_else(|| refused("RTNETLINK answers: No such device"))?;
    let host = here.host;
    let present = here.world.host(host).qdisc(device).map(tcp_core::net::Qdisc::handle);
    let wanted = asked.handle.filter(|handle| *handle != 0);
    let elsewhere = wanted.is_some() && wanted != present;
    let other_kind = asked.kind.is_some_and(|kind| kind != "netem");
    let set = |here: &mut OnHost<'_>, handle: Option<u16>, netem: Option<Netem>| {
        let handle = handle.unwrap_or(0);
        let done = here.world.apply(Command::SetQdisc { host, device, handle, netem });
        done.map(|_| ()).map_err(|errno| refused(&format!("RTNETLINK answers: {errno}")))
    };
    const OTHER_NAME: &str = "Error: Invalid qdisc name: must match existing qdisc.";
    if act == Act::Delete {
        return match (asked.root, present) {
            (false, Some(_)) if wanted.is_some() && !elsewhere => {
                Err(refused("Error: Classid cannot be zero."))
            }
            (false, _) => Err(refused("Error: Failed to find qdisc with specified handle.")),
            _ if elsewhere => Err(refused("Error: Invalid handle.")),
            (_, None) if asked.kind.is_some() => Err(refused(OTHER_NAME)),
            _ if other_kind => Err(refused(OTHER_NAME)),
            (_, None) => Err(refused("Error: Cannot delete qdisc with handle of zero.")),
            _ => set(here, None, None),
        };
    }
    if !asked.root {
        return Err(refused(match wanted {
            None => "Error: Handle cannot be zero.",
            Some(_) => "Error: Specified qdisc not found.",
        }));
    }
    match (act, present) {
        (Act::Change, None) => {
            return Err(refused("Error: Qdisc not found. To create specify NLM_F_CREATE flag."));
        }
        (Act::Add | Act::Change, Some(_)) if elsewhere => {
            return Err(refused("Error: NLM_F_REPLACE needed to override."));
        }
        (Act::Add, Some(_)) => return Err(refused("Error: Exclusivity flag on, cannot modify.")),
        (Act::Change, Some(_)) if other_kind => return Err(refused(OTHER_NAME)),
        _ => {}
    }
    let Some(netem) = asked.netem.filter(|_| !other_kind) else {
        return Err(refused("Error: Specified qdisc kind is unknown."));
    };
    if present.is_some() && elsewhere {
        // Another one takes its place.
        set(here, None, None)?;
    }
    set(here, wanted, Some(netem))
}
