//! Small tools that say what a host is: `hostname`, `uname`, `whoami`, `id`, `pwd`, `uptime`, `which`, `tty`.

use super::{Machine, Output, TOOLS};
use crate::getopt::{Getopt, Item, Long};
use tcp_core::Instant;
use tcp_core::net::HostId;

/// `hostname`: the article's names.
pub(super) fn hostname(args: &[String], machine: &Machine<'_>) -> Output {
    let name = machine.host.name();
    match args.first().map(String::as_str) {
        None | Some("-s" | "-f") => Output::ok(format!("{name}\n")),
        Some("-I" | "--all-ip-addresses") => Output::ok(format!("{} \n", machine.host.address())),
        Some("-i" | "--ip-address") => Output::ok(format!("{}\n", machine.host.address())),
        Some(_) => Output::err("hostname: you must be root to change the host name\n", 1),
    }
}

/// `uname`: the kernel whose traces this is held to.
pub(super) fn uname(args: &[String], machine: &Machine<'_>) -> Output {
    const LONGS: &[Long] = &[
        Long::flag("all", 'a'),
        Long::flag("kernel-name", 's'),
        Long::flag("nodename", 'n'),
        Long::flag("kernel-release", 'r'),
        Long::flag("kernel-version", 'v'),
        Long::flag("machine", 'm'),
        Long::flag("operating-system", 'o'),
    ];
    let parts = [
        ('s', "Linux"),
        ('n', machine.host.name()),
        ('r', "6.18.0"),
        ('v', "#1 SMP PREEMPT_DYNAMIC"),
        ('m', "x86_64"),
        ('o', "GNU/Linux"),
    ];
    const HINT: &str = "Try 'uname --help' for more information.\n";
    let mut wanted = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("asnrvmpio", &[LONGS]) {
        match item {
            Item::Option(letter, _) => wanted.push(letter),
            Item::Word(word) => return Output::err(format!("uname: extra operand '{word}'\n{HINT}"), 1),
            Item::Bad(bad) => return Output::err(bad.message("uname") + HINT, 1),
        }
    }
    if wanted.is_empty() {
        wanted.push('s');
    }
    let shown = parts.iter().filter(|(letter, _)| wanted.contains(&'a') || wanted.contains(letter));
    let words: Vec<&str> = shown.map(|(_, text)| *text).collect();
    Output::ok(words.join(" ") + "\n")
}

/// `uptime`: since the world began.
pub(super) fn uptime(machine: &Machine<'_>) -> Output {
    let now = machine.world.now();
    let minutes = now.since(Instant::START).as_secs() / 60;
    let clock = super::clock::wall_clock(now, machine.host);
    let time = clock.split('.').next().unwrap_or_default();
    let up = match minutes / 60 {
        0 => format!("{minutes} min"),
        hours => format!("{hours:2}:{:02}", minutes % 60),
    };
    Output::ok(format!(" {time} up {up},  2 users,  load average: 0.00, 0.00, 0.00\n"))
}

/// `which`: where a tool would be.
pub(super) fn which(args: &[String]) -> Output {
    let mut output = Output::default();
    for name in args.iter().filter(|word| !word.starts_with('-')) {
        let place = match name.as_str() {
            "iptables" | "sysctl" | "ip" => "/usr/sbin",
            "nc" | "ncat" | "nc.traditional" | "sudo" => "/usr/bin",
            known if TOOLS.contains(&known) => "/usr/bin",
            _ => {
                output.exit_code = 1;
                continue;
            }
        };
        output.stdout += &format!("{place}/{name}\n");
    }
    output
}

/// `who` is at which terminal: the student, on each host.
pub(super) const fn home(host: HostId) -> &'static str {
    match host {
        HostId::Client | HostId::Server => "/home/student\n",
        HostId::Site => "/\n",
    }
}
