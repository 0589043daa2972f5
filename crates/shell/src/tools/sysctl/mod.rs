//! `sysctl` of procps 4: the constants that the hosts here have.
//!
//! Left out on purpose: reading files (`-p`, `--system`), and selecting by pattern.

use super::OnHost;
use crate::getopt::{Getopt, Item, Long};
use crate::number::strtol;
use crate::output::{Done, Output, Refusal};
use std::fmt::Write;
use tcp_core::micros;
use tcp_core::net::{Command, HostProfile, Setting};

/// A constant: its name, how to show it, and how to read a new value.
struct Entry {
    name: &'static str,
    show: fn(&HostProfile) -> String,
    read: fn(&[i64], &HostProfile) -> Option<Setting>,
}

/// Constants that people ask for and the lab's TCP has not, most of congestion control and buffers. They are refused in the
/// lab's own words.
const ABSENT: [&str; 24] = [
    "net.core.default_qdisc",
    "net.core.netdev_max_backlog",
    "net.core.rmem_default",
    "net.core.rmem_max",
    "net.core.wmem_default",
    "net.core.wmem_max",
    "net.ipv4.ip_forward",
    "net.ipv4.tcp_adv_win_scale",
    "net.ipv4.tcp_allowed_congestion_control",
    "net.ipv4.tcp_available_congestion_control",
    "net.ipv4.tcp_congestion_control",
    "net.ipv4.tcp_dsack",
    "net.ipv4.tcp_ecn",
    "net.ipv4.tcp_fastopen",
    "net.ipv4.tcp_max_orphans",
    "net.ipv4.tcp_mem",
    "net.ipv4.tcp_moderate_rcvbuf",
    "net.ipv4.tcp_mtu_probing",
    "net.ipv4.tcp_no_metrics_save",
    "net.ipv4.tcp_rfc1337",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_slow_start_after_idle",
    "net.ipv4.tcp_window_scaling",
    "net.ipv4.tcp_wmem",
];

/// All constants, by name.
const ENTRIES: [Entry; 21] = [
    Entry {
        name: "net.core.somaxconn",
        show: |p| p.somaxconn.to_string(),
        read: |v, _| within(v, 0, INT_MAX).map(Setting::Somaxconn),
    },
    Entry {
        name: "net.ipv4.ip_local_port_range",
        show: |p| format!("{}\t{}", p.port_range.0, p.port_range.1),
        read: port_range,
    },
    Entry {
        name: "net.ipv4.tcp_abort_on_overflow",
        show: |p| u8::from(p.abort_on_overflow).to_string(),
        read: |v, _| within(v, 0, 255).map(|n| Setting::AbortOnOverflow(n > 0)),
    },
    Entry {
        name: "net.ipv4.tcp_fin_timeout",
        show: |p| p.tcp.fin_timeout.as_secs().to_string(),
        read: |v, _| within(v, 0, INT_MAX).map(Setting::FinTimeout),
    },
    Entry {
        name: "net.ipv4.tcp_invalid_ratelimit",
        show: |p| (micros(p.tcp.invalid_ratelimit) / 1000).to_string(),
        read: |v, _| within(v, 0, INT_MAX).map(Setting::InvalidRatelimit),
    },
    Entry {
        name: "net.ipv4.tcp_keepalive_intvl",
        show: |p| p.tcp.keepalive_interval.as_secs().to_string(),
        read: |v, _| within(v, 0, INT_MAX / HZ).map(Setting::KeepaliveInterval),
    },
    Entry {
        name: "net.ipv4.tcp_keepalive_probes",
        show: |p| p.tcp.keepalive_probes.to_string(),
        read: |v, _| within(v, 0, 255).map(Setting::KeepaliveProbes),
    },
    Entry {
        name: "net.ipv4.tcp_keepalive_time",
        show: |p| p.tcp.keepalive_time.as_secs().to_string(),
        read: |v, _| within(v, 0, INT_MAX / HZ).map(Setting::KeepaliveTime),
    },
    Entry {
        name: "net.ipv4.tcp_max_syn_backlog",
        show: |p| p.max_syn_backlog.to_string(),
        read: |v, _| within(v, 0, INT_MAX).map(Setting::MaxSynBacklog),
    },
    Entry {
        name: "net.ipv4.tcp_max_tw_buckets",
        show: |p| p.max_tw_buckets.to_string(),
        read: |v, _| within(v, 0, INT_MAX).map(Setting::MaxTwBuckets),
    },
    Entry {
        name: "net.ipv4.tcp_orphan_retries",
        show: |p| p.tcp.orphan_retries.to_string(),
        read: |v, _| within(v, 0, 255).map(Setting::OrphanRetries),
    },
    Entry {
        name: "net.ipv4.tcp_retries2",
        show: |p| p.tcp.retries2.to_string(),
        read: |v, _| within(v, 0, 255).map(Setting::Retries2),
    },
    Entry {
        name: "net.ipv4.tcp_rto_max_ms",
        show: |p| (micros(p.tcp.rto_max) / 1000).to_string(),
        read: |v, _| within(v, 1000, 120_000).map(Setting::RtoMax),
    },
    Entry {
        name: "net.ipv4.tcp_rto_min_us",
        show: |p| micros(p.tcp.rto_min).to_string(),
        read: |v, _| within(v, 1, INT_MAX).map(Setting::RtoMin),
    },
    Entry {
        name: "net.ipv4.tcp_sack",
        show: |p| u8::from(p.tcp.sack).to_string(),
        read: |v, _| within(v, 0, 255).map(|n| Setting::Sack(n > 0)),
    },
    Entry {
        name: "net.ipv4.tcp_syn_linear_timeouts",
        show: |p| p.tcp.syn_linear_timeouts.to_string(),
        read: |v, _| within(v, 0, 127).map(Setting::SynLinearTimeouts),
    },
    Entry {
        name: "net.ipv4.tcp_syn_retries",
        show: |p| p.tcp.syn_retries.to_string(),
        read: |v, _| within(v, 1, 127).map(Setting::SynRetries),
    },
    Entry {
        name: "net.ipv4.tcp_synack_retries",
        show: |p| p.tcp.synack_retries.to_string(),
        read: |v, _| within(v, 0, 255).map(Setting::SynackRetries),
    },
    Entry {
        name: "net.ipv4.tcp_syncookies",
        show: |p| p.syncookies.to_string(),
        read: |v, _| within(v, 0, 255).map(Setting::Syncookies),
    },
    Entry {
        name: "net.ipv4.tcp_timestamps",
        show: |p| u8::from(p.tcp.timestamps).to_string(),
        read: |v, _| within(v, 0, 2).map(|n| Setting::Timestamps(n > 0)),
    },
    Entry {
        name: "net.ipv4.tcp_tw_reuse",
        show: |p| p.tw_reuse.to_string(),
        read: |v, _| within(v, 0, 2).map(Setting::TwReuse),
    },
];

const INT_MAX: i64 = 0x7fff_ffff;

/// Ticks of the kernel in a second: what it keeps in ticks has room for `INT_MAX` of them.
const HZ: i64 = 250;

const LETTERS: &str = "bneNwfp::qoxaAXr:Vdh";

const LONGS: &[Long] = &[
    Long::flag("all", 'a'),
    Long::flag("binary", 'b'),
    Long::flag("ignore", 'e'),
    Long::flag("names", 'N'),
    Long::flag("values", 'n'),
    Long::perhaps("load", 'p'),
    Long::flag("quiet", 'q'),
    Long::flag("write", 'w'),
    Long::flag("system", 'S'),
    Long::with("pattern", 'r'),
    Long::flag("help", 'h'),
    Long::flag("version", 'V'),
];

const USAGE: &str = include_str!("usage.txt");

#[derive(Default)]
struct Style {
    all: bool,
    values: bool,
    names: bool,
    binary: bool,
    quiet: bool,
    ignore: bool,
    write: bool,
}

/// Runs `sysctl`. `args` does not include its name.
pub(crate) fn run(args: &[String], here: &mut OnHost<'_>) -> Done {
    let mut style = Style::default();
    let mut words = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        match item {
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => {
                let stderr = bad.message("sysctl");
                return Err(Refusal::from(Output { stdout: USAGE.to_owned(), stderr, exit_code: 0 }));
            }
            Item::Option('h' | 'd', _) => return Err(Refusal::help(USAGE)),
            Item::Option('V', _) => return Err(Refusal::help("sysctl from procps-ng 4.0.2\n")),
            Item::Option('p' | 'f' | 'S', _) => return Ok(Output::default()),
            Item::Option(letter, _) => style.set(letter),
        }
    }
    let mut output = Output::default();
    if style.all {
        let profile = here.world.profile(here.host);
        for entry in &ENTRIES {
            output.stdout += &style.line(entry.name, &(entry.show)(profile));
        }
    } else if words.is_empty() {
        return Err(Refusal::new(USAGE, 1));
    }
    for word in words.into_iter().filter(|_| !style.all) {
        one(word, &style, here, &mut output);
    }
    Ok(output)
}

impl Style {
    fn set(&mut self, letter: char) {
        match letter {
            'a' | 'A' | 'X' => self.all = true,
            'n' => self.values = true,
            'N' => self.names = true,
            'b' => self.binary = true,
            'q' => self.quiet = true,
            'e' => self.ignore = true,
            'w' => self.write = true,
            _ => {}
        }
    }

    fn line(&self, name: &str, value: &str) -> String {
        match self {
            Style { names: true, .. } => format!("{name}\n"),
            Style { binary: true, .. } => value.to_owned(),
            Style { values: true, .. } => format!("{value}\n"),
            _ => format!("{name} = {value}\n"),
        }
    }
}

/// `NAME` or `NAME=VALUE`. A name's parts may be joined by slashes.
fn one(word: &str, style: &Style, here: &mut OnHost<'_>, output: &mut Output) {
    let (name, value) = match word.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    };
    if value.is_none() && style.write {
        output.stderr += "sysctl: command line(0): invalid syntax, continuing...\n";
        output.exit_code = 1;
        return;
    }
    let name = name.trim().replace('/', ".");
    let known: Vec<&Entry> = ENTRIES
        .iter()
        .filter(|e| e.name == name || value.is_none() && e.name.strip_prefix(&name).is_some_and(under))
        .collect();
    if known.is_empty() {
        if !style.ignore {
            if ABSENT.iter().any(|absent| *absent == name) {
                let _ = writeln!(
                    output.stderr,
                    "sysctl: this lab's hosts have no {name}; sysctl -a lists what they have"
                );
                output.exit_code = 255;
                return;
            }
            let path = name.replace('.', "/");
            let _ =
                writeln!(output.stderr, "sysctl: cannot stat /proc/sys/{path}: No such file or directory");
            output.exit_code = 1;
        }
        return;
    }
    for entry in known {
        match value {
            None => output.stdout += &style.line(entry.name, &(entry.show)(here.world.profile(here.host))),
            Some(value) => write(entry, value.trim(), style, here, output),
        }
    }
}

/// Whether `rest`, the remainder of a name, lies below a directory.
fn under(rest: &str) -> bool {
    rest.starts_with('.')
}

fn write(entry: &Entry, value: &str, style: &Style, here: &mut OnHost<'_>, output: &mut Output) {
    let host = here.host;
    if !here.user.is_root() {
        let _ = writeln!(output.stderr, "sysctl: permission denied on key \"{}\"", entry.name);
        output.exit_code = 1;
        return;
    }
    let numbers: Option<Vec<i64>> = value.split_whitespace().map(strtol).collect();
    let setting = numbers.and_then(|numbers| (entry.read)(&numbers, here.world.profile(host)));
    let done = setting.map(|setting| here.world.apply(Command::Configure { host, setting }));
    if !matches!(done, Some(Ok(_))) {
        let _ = writeln!(output.stderr, "sysctl: setting key \"{}\": Invalid argument", entry.name);
        output.exit_code = 1;
    } else if !style.quiet {
        output.stdout += &style.line(entry.name, value);
    }
}

/// The first number, if it is from `first` to `last`.
fn within(values: &[i64], first: i64, last: i64) -> Option<u32> {
    let value = values.first().filter(|value| (first..=last).contains(value))?;
    u32::try_from(*value).ok()
}

fn port_range(values: &[i64], profile: &HostProfile) -> Option<Setting> {
    let (first, last) = match values {
        [first] => (*first, i64::from(profile.port_range.1)),
        [first, last] => (*first, *last),
        _ => return None,
    };
    let (first, last) = (u16::try_from(first).ok()?, u16::try_from(last).ok()?);
    (first >= 1 && first <= last).then_some(Setting::PortRange(first, last))
}
