//! `pgrep`, `pkill` of procps 4 and `pidof`: processes by their names.
//!
//! Left out on purpose: what asks for groups, sessions, parents, terminals, states, pid files and name spaces; threads.

use super::kill::known_signal;
use super::{Lab, Origin, Signal};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};
use crate::tools::filter::{Pattern, Syntax};
use crate::user::User;
use tcp_core::net::{HostId, ProcessId};

const LONGS: &[Long] = &[
    Long::with("delimiter", 'd'),
    Long::flag("list-name", 'l'),
    Long::flag("list-full", 'a'),
    Long::flag("inverse", 'v'),
    Long::flag("lightweight", 'w'),
    Long::flag("count", 'c'),
    Long::flag("full", 'f'),
    Long::with("pgroup", 'g'),
    Long::with("group", 'G'),
    Long::flag("ignore-case", 'i'),
    Long::flag("newest", 'n'),
    Long::flag("oldest", 'o'),
    Long::with("older", 'O'),
    Long::with("parent", 'P'),
    Long::with("session", 's'),
    Long::with("terminal", 't'),
    Long::with("euid", 'u'),
    Long::with("uid", 'U'),
    Long::flag("exact", 'x'),
    Long::with("pidfile", 'F'),
    Long::flag("logpidfile", 'L'),
    Long::with("runstates", 'r'),
    Long::flag("ignore-ancestors", 'A'),
    Long::with("signal", '$'),
    Long::flag("echo", 'e'),
    Long::with("queue", 'q'),
    Long::flag("help", 'h'),
    Long::flag("version", 'V'),
];

/// The part of both usages that is the same.
const USAGE: &str = include_str!("pgrep_usage.txt");
const OF_PGREP: &str = "
Usage:
 pgrep [options] <pattern>

Options:
 -d, --delimiter <string>  specify output delimiter
 -l, --list-name           list PID and process name
 -a, --list-full           list PID and full command line
 -v, --inverse             negates the matching
 -w, --lightweight         list all TID
 -c, --count               count of matching processes
";
const OF_PKILL: &str = "
Usage:
 pkill [options] <pattern>

Options:
 -<sig>, --signal <sig>    signal to send (either number or name)
 -q, --queue <value>       integer value to be sent with the signal
 -e, --echo                display what is killed
 -c, --count               count of matching processes
";

/// A process that may be meant.
#[derive(Clone, Debug)]
struct Found {
    process: ProcessId,
    pid: u32,
    user: User,
    name: String,
    line: String,
}

/// What to look for, and how to show it.
#[derive(Clone, Debug, Default)]
struct Search {
    set: String,
    delimiter: Option<String>,
    users: Option<String>,
    pattern: Option<String>,
}

impl Search {
    fn has(&self, letter: char) -> bool {
        self.set.contains(letter)
    }
}

impl Lab {
    /// `pgrep [OPTIONS] PATTERN`, `pkill [-SIGNAL] [OPTIONS] PATTERN`
    pub(super) fn pgrep(&mut self, origin: Origin, program: &str, host: HostId, args: &[String]) -> Done {
        let kills = program == "pkill";
        let (mut signal, mut rest) = (Some(Signal::Term), args.to_vec());
        if kills {
            let place = rest.iter().position(|word| word.strip_prefix('-').and_then(known_signal).is_some());
            if let Some(word) = place.map(|at| rest.remove(at)) {
                signal = word.strip_prefix('-').and_then(known_signal).unwrap_or(signal);
            }
        }
        let search = read(program, &rest, &mut signal)?;
        let mut found = self.matching(program, host, &search)?;
        if search.has('n') {
            found.drain(..found.len().saturating_sub(1));
        } else if search.has('o') {
            found.truncate(1);
        }
        let mut output = Output { exit_code: i32::from(found.is_empty()), ..Output::default() };
        if kills {
            let mut killed = 0;
            for one in &found {
                if !origin.user.may_touch(one.user) {
                    output.stderr +=
                        &format!("pkill: killing pid {} failed: Operation not permitted\n", one.pid);
                    continue;
                }
                killed += 1;
                if search.has('e') {
                    output.stdout += &format!("{} killed (pid {})\n", one.name, one.pid);
                }
                if let Some(signal) = signal {
                    self.signal(one.process, signal);
                }
            }
            if search.has('c') {
                output.stdout += &format!("{}\n", found.len());
            }
            output.exit_code = i32::from(killed == 0);
        } else if search.has('c') {
            output.stdout = format!("{}\n", found.len());
        } else {
            let show = |one: &Found| match (search.has('a'), search.has('l')) {
                (true, _) => format!("{} {}", one.pid, one.line),
                (_, true) => format!("{} {}", one.pid, one.name),
                _ => one.pid.to_string(),
            };
            let shown: Vec<String> = found.iter().map(show).collect();
            if !shown.is_empty() {
                output.stdout = shown.join(search.delimiter.as_deref().unwrap_or("\n")) + "\n";
            }
        }
        Ok(output)
    }

    fn matching(&self, program: &str, host: HostId, search: &Search) -> Result<Vec<Found>, Refusal> {
        let text = search.pattern.clone().unwrap_or_default();
        let text = if search.has('x') { format!("^({text})$") } else { text };
        let pattern = Pattern::new(&text, Syntax::Extended, search.has('i'))
            .map_err(|why| Refusal::new(format!("{program}: {why}\n"), 2))?;
        let mut found = self.found(host);
        found.retain(|one| {
            let of_user = search.users.as_ref().is_none_or(|users| {
                let number = one.user.uid().0.to_string();
                users.split(',').any(|user| user == one.user.name() || user == number)
            });
            let text: Vec<char> = if search.has('f') { &one.line } else { &one.name }.chars().collect();
            (of_user && pattern.find(&text, 0).is_some()) != search.has('v')
        });
        Ok(found)
    }

    /// `pidof [-s] [-q] NAME …`, the newest first.
    pub(super) fn pidof(&self, host: HostId, args: &[String]) -> Done {
        let (mut set, mut names, mut omitted) = (String::new(), Vec::new(), Vec::new());
        let mut delimiter = " ";
        let mut scan = Getopt::new(args);
        while let Some(item) = scan.item("hcno:d:S:sxqz", &[]) {
            match item {
                Item::Option('h', _) => return Err(Refusal::help(PIDOF)),
                Item::Option('o', Some(pid)) => omitted.extend(pid.split(',')),
                Item::Option('d' | 'S', Some(word)) => delimiter = word,
                Item::Option(letter, _) => set.push(letter),
                Item::Word(word) => names.push(word),
                Item::Bad(bad) => return Err(Refusal::new(bad.message("pidof") + PIDOF, 1)),
            }
        }
        let mut found = self.found(host);
        found.retain(|one| {
            names.contains(&one.name.as_str()) && !omitted.contains(&one.pid.to_string().as_str())
        });
        found.reverse();
        if set.contains('s') {
            found.truncate(1);
        }
        let pids: Vec<String> = found.iter().map(|one| one.pid.to_string()).collect();
        let stdout = match pids.is_empty() || set.contains('q') {
            true => String::new(),
            false => pids.join(delimiter) + "\n",
        };
        Ok(Output { stdout, stderr: String::new(), exit_code: i32::from(found.is_empty()) })
    }

    fn found(&self, host: HostId) -> Vec<Found> {
        let names = self.program_names(host).into_iter();
        let found = names.map(|program| {
            let process = self.user.processes.get(program.process.0 as usize);
            let line = process.map(|process| process.cmd.clone()).unwrap_or_default();
            let (process, pid, user, name) = (program.process, program.pid, program.user, program.name);
            Found { process, pid, user, name, line }
        });
        found.collect()
    }
}

const PIDOF: &str = "pidof usage: [options] <program-name>

 -c           Return PIDs with the same root directory
 -d <sep>     Use the provided character as output separator
 -h           Display this help text
 -n           Avoid using stat system function on network shares
 -o <pid>     Omit results with a given PID
 -q           Quiet mode. Do not display output
 -s           Only return one PID
 -x           Return PIDs of shells running scripts with a matching name
 -z           List zombie and I/O waiting processes. May cause pidof to hang.

";

fn read(program: &str, args: &[String], signal: &mut Option<Signal>) -> Result<Search, Refusal> {
    let kills = program == "pkill";
    let letters =
        if kills { "ecfgG:iI:noO:P:s:t:u:U:xF:Lr:AhVq:" } else { "ad:cfgG:inoO:P:s:t:u:U:xF:Lr:AhVlvw" };
    let usage = if kills { OF_PKILL } else { OF_PGREP };
    let hint = format!("Try `{program} --help' for more information.\n");
    let mut search = Search::default();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(letters, &[LONGS]) {
        match item {
            Item::Option('h', _) => return Err(Refusal::help(format!("{usage}{USAGE}"))),
            Item::Option('V', _) => return Err(Refusal::help(format!("{program} from procps-ng 4.0.2\n"))),
            Item::Option('d', word) => search.delimiter = word.map(str::to_owned),
            Item::Option('u' | 'U', word) => search.users = word.map(str::to_owned),
            Item::Option('$', word) => {
                *signal = word.and_then(known_signal).ok_or_else(|| {
                    Refusal::new(format!("{program}: Unknown signal \"{}\".\n", word.unwrap_or_default()), 2)
                })?;
            }
            Item::Option(letter @ ('F' | 'G' | 'g' | 'O' | 'P' | 's' | 't' | 'r'), _) => {
                let why = format!("{program}: this lab has no groups, sessions and pid files (-{letter}).\n");
                return Err(Refusal::new(why, 1));
            }
            Item::Option(letter, _) => search.set.push(letter),
            Item::Word(word) if search.pattern.is_none() => search.pattern = Some(word.to_owned()),
            Item::Word(_) => {
                return Err(Refusal::new(format!("{program}: only one pattern can be provided\n{hint}"), 2));
            }
            Item::Bad(bad) => return Err(Refusal::new(format!("{}{usage}{USAGE}", bad.message(program)), 2)),
        }
    }
    if search.pattern.is_none() && search.users.is_none() {
        return Err(Refusal::new(format!("{program}: no matching criteria specified\n{hint}"), 2));
    }
    Ok(search)
}
