//! Small tools that describe a host.

use super::{OnHost, route};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};
use crate::user::{Sudoers, User};
use tcp_core::Instant;
use tcp_core::net::HostId;

/// What `uname -v` prints.
pub(super) const VERSION: &str = "#1 SMP PREEMPT_DYNAMIC";

/// `hostname`: the article's names.
pub(crate) fn hostname(args: &[String], here: &mut OnHost<'_>) -> Done {
    let name = here.host.name();
    match args.first().map(String::as_str) {
        None | Some("-s" | "-f") => Ok(Output::ok(format!("{name}\n"))),
        Some("-I" | "--all-ip-addresses") => {
            let addresses = route::addresses(here.world, here.host);
            let words: String = addresses.iter().map(|address| format!("{address} ")).collect();
            Ok(Output::ok(words + "\n"))
        }
        Some("-i" | "--ip-address") => Ok(Output::ok(format!("{}\n", here.host.address()))),
        Some(_) if here.user.is_root() => {
            Err(Refusal::new("hostname: the hosts of this lab keep their names\n", 1))
        }
        Some(_) => Err(Refusal::new("hostname: you must be root to change the host name\n", 1)),
    }
}

/// `uname`: the kernel with whose traces the engine is compared; in the article's profile, no release of it.
pub(crate) fn uname(args: &[String], here: &mut OnHost<'_>) -> Done {
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
        ('n', here.host.name()),
        ('r', here.world.profile(here.host).name.release()),
        ('v', VERSION),
        ('m', "x86_64"),
        ('o', "GNU/Linux"),
    ];
    const HINT: &str = "Try 'uname --help' for more information.\n";
    let mut wanted = Vec::new();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("asnrvmpio", &[LONGS]) {
        match item {
            Item::Option(letter, _) => wanted.push(letter),
            Item::Word(word) => {
                return Err(Refusal::new(format!("uname: extra operand '{word}'\n{HINT}"), 1));
            }
            Item::Bad(bad) => return Err(Refusal::new(bad.message("uname") + HINT, 1)),
        }
    }
    if wanted.is_empty() {
        wanted.push('s');
    }
    let shown = parts.iter().filter(|(letter, _)| wanted.contains(&'a') || wanted.contains(letter));
    let words: Vec<&str> = shown.map(|(_, text)| *text).collect();
    Ok(Output::ok(words.join(" ") + "\n"))
}

/// `uptime`: the time since the world began.
pub(crate) fn uptime(_args: &[String], here: &mut OnHost<'_>) -> Done {
    let now = here.world.now();
    let minutes = now.since(Instant::START).as_secs() / 60;
    let clock = crate::clock::wall_clock(now, here.host);
    let time = clock.split('.').next().unwrap_or_default();
    let up = match minutes / 60 {
        0 => format!("{minutes} min"),
        hours => format!("{hours:2}:{:02}", minutes % 60),
    };
    Ok(Output::ok(format!(" {time} up {up},  2 users,  load average: 0.00, 0.00, 0.00\n")))
}

/// `whoami`
pub(crate) fn whoami(_args: &[String], here: &mut OnHost<'_>) -> Done {
    Ok(Output::ok(format!("{}\n", here.user.name())))
}

/// `id`; with `-u`, `-un` only the user.
pub(crate) fn id(args: &[String], here: &mut OnHost<'_>) -> Done {
    let user = here.user;
    let all = match user {
        User::Root => "uid=0(root) gid=0(root) groups=0(root)",
        User::Student if here.sudoers != Sudoers::All => {
            "uid=1000(student) gid=1000(student) groups=1000(student)"
        }
        User::Student => "uid=1000(student) gid=1000(student) groups=1000(student),27(sudo)",
    };
    Ok(Output::ok(match args {
        [option] if option == "-u" => format!("{}\n", user.uid().0),
        [option] if option == "-un" || option == "-nu" => format!("{}\n", user.name()),
        _ => format!("{all}\n"),
    }))
}

/// `pwd`: the student's home.
pub(crate) fn pwd(_args: &[String], here: &mut OnHost<'_>) -> Done {
    Ok(Output::ok(match here.host {
        HostId::Client | HostId::Server => "/home/student\n",
        HostId::Site | HostId::Other(_) => "/\n",
    }))
}
