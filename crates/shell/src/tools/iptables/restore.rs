//! `iptables-restore`: the table that `iptables-save` wrote, all of it or nothing.
//!
//! Left out on purpose: other tables, and counters (`-c`).

use super::line::{self, new_chain_name};
use super::problem::Problem;
use super::{Plan, VERSION, plan_of, save};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};
use crate::tools::{OnHost, files};
use std::rc::Rc;
use tcp_core::net::firewall::{ChainName, Policy};
use tcp_core::net::{Command, World};
use tcp_core::tcp::ProfileName;

const LETTERS: &str = "bcvVthnwWT:M:46";

const LONGS: &[Long] = &[
    Long::flag("counters", 'c'),
    Long::flag("verbose", 'v'),
    Long::flag("version", 'V'),
    Long::flag("test", 't'),
    Long::flag("help", 'h'),
    Long::flag("noflush", 'n'),
    Long::with("table", 'T'),
    Long::with("modprobe", 'M'),
    Long::flag("ipv4", '4'),
    Long::flag("ipv6", '6'),
];

const USAGE: &str =
    "Usage: iptables-restore [-c] [-v] [-V] [-t] [-h] [-n] [-T table] [-M command] [-4] [-6] [file]
\t   [ --counters ]
\t   [ --verbose ]
\t   [ --version]
\t   [ --test ]
\t   [ --help ]
\t   [ --noflush ]
\t   [ --table=<TABLE> ]
\t   [ --modprobe=<command> ]
\t   [ --ipv4 ]
\t   [ --ipv6 ]
";

const HINT: &str = "Try `iptables-restore -h' or 'iptables-restore --help' for more information.\n";

/// What the options ask for.
#[derive(Clone, Copy, Default)]
struct Asked {
    keep: bool,
    verbose: bool,
}

/// Runs `iptables-restore`. `args` does not include its name.
pub(crate) fn run(args: &[String], stdin: Option<&str>, here: &mut OnHost<'_>) -> Done {
    let (mut asked, mut only_tests, mut file) = (Asked::default(), false, None);
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        match item {
            Item::Option('h', _) => return Ok(Output::ok(USAGE)),
            Item::Option('V', _) => return Ok(Output::ok(format!("{}\n", tool()))),
            Item::Option('n', _) => asked.keep = true,
            Item::Option('v', _) => asked.verbose = true,
            Item::Option('t', _) => only_tests = true,
            Item::Option('c', _) => {
                return Err(Refusal::new("iptables-restore: in this lab all counters begin at 0\n", 1));
            }
            Item::Option(..) => {}
            Item::Word(word) if file.is_none() => file = Some(word.to_owned()),
            Item::Word(_) => return Err(Refusal::new("Unknown arguments found on commandline\n", 1)),
            Item::Bad(bad) => {
                let hint = "Try `iptables-restore -h' for more information.\n";
                return Err(Refusal::new(bad.message("iptables-restore") + hint, 1));
            }
        }
    }
    let text = match (&file, stdin) {
        (Some(file), _) => {
            files::read(file, here).map_err(|why| Refusal::new(format!("Can't open {file}: {why}\n"), 1))?
        }
        (None, Some(text)) => text.to_owned(),
        (None, None) => return Err(files::nothing_to_read("iptables-restore")),
    };
    if !here.user.is_root() {
        return Err(Refusal::new(format!("{}: {}\n", tool(), Problem::NotRoot), 4));
    }
    // A mistake in the last line leaves everything as it was: first another host takes it in.
    let mut world = World::new(ProfileName::Linux, 0);
    let mut other = OnHost {
        world: &mut world,
        host: here.host,
        files: here.files,
        names: here.names,
        user: here.user,
        sudoers: here.sudoers,
        programs: here.programs,
    };
    let present = format!("*filter\n{}COMMIT\n", save::table(here.world.firewall(here.host), false));
    restore(&present, Asked::default(), &mut other)?;
    let stdout = restore(&text, asked, &mut other)?;
    if !only_tests {
        restore(&text, asked, here)?;
    }
    Ok(Output::ok(stdout))
}

fn tool() -> String {
    VERSION.replacen("iptables", "iptables-restore", 1)
}

/// Carries out all lines. Gives what is printed.
fn restore(text: &str, asked: Asked, here: &mut OnHost<'_>) -> Result<String, Refusal> {
    let (mut stdout, mut inside, mut number) = (String::new(), false, 0);
    // A target that is missing is found when all is committed.
    let mut missing = None;
    for line in text.lines() {
        number += 1;
        let failed = || Refusal::new(format!("iptables-restore: line {number} failed\n"), 1);
        match line.trim_end() {
            "" => {}
            comment if comment.starts_with('#') => {}
            "COMMIT" if inside => {
                inside = false;
                if let Some(problem) = missing.take() {
                    return Err(refusal(problem, number));
                }
            }
            table if table.starts_with('*') && !inside => {
                inside = true;
                begin(&table[1..], asked, number, here, &mut stdout)?;
            }
            _ if !inside => return Err(failed()),
            chain if chain.starts_with(':') => chain_line(&chain[1..], asked, number, here)?,
            rule => match rule_line(rule, asked, here) {
                Ok(printed) => stdout += &printed,
                Err(problem @ Problem::NoTarget(_)) => missing = missing.or(Some(problem)),
                Err(problem) => return Err(refusal(problem, number)),
            },
        }
    }
    if inside {
        return Err(Refusal::new(format!("iptables-restore: COMMIT expected at line {}\n", number + 1), 1));
    }
    Ok(stdout)
}

/// `*filter`: unless it is kept, all that is there goes away.
fn begin(
    table: &str,
    asked: Asked,
    number: usize,
    here: &mut OnHost<'_>,
    stdout: &mut String,
) -> Result<(), Refusal> {
    if table != "filter" {
        let problem =
            Problem::Restoring(format!("iptables-restore: line {number} table name '{table}' invalid"));
        return Err(refusal(problem, number));
    }
    if asked.keep {
        return Ok(());
    }
    let host = here.host;
    let own: Vec<_> =
        here.world.firewall(host).own_chains().iter().map(|own| (own.id, own.name.clone())).collect();
    let mut commands = vec![Command::FlushRules { host, chain: None }];
    commands.extend(own.iter().map(|(chain, _)| Command::UnmakeChain { host, chain: *chain }));
    // To name each chain the tool empties it; otherwise it makes another table, which has other policies.
    let firewall = here.world.firewall(host);
    let changed = ChainName::ALL
        .into_iter()
        .filter(|name| !asked.verbose && firewall.chain(*name).policy != Policy::Accept);
    let policies: Vec<Command> =
        changed.map(|chain| Command::SetPolicy { host, chain, policy: Policy::Accept }).collect();
    commands.extend(policies);
    apply(commands, here)?;
    if asked.verbose {
        let built_in = ChainName::ALL.into_iter().map(|name| name.name().into());
        let names = built_in.chain(own.iter().map(|(_, name)| name.clone()));
        names.for_each(|name: Rc<str>| *stdout += &format!("Flushing chain `{name}'\n"));
        own.iter().for_each(|(_, name)| *stdout += &format!("Deleting chain `{name}'\n"));
    }
    Ok(())
}

/// `INPUT DROP [0:0]`, `MINE - [0:0]`
fn chain_line(line: &str, asked: Asked, number: usize, here: &mut OnHost<'_>) -> Result<(), Refusal> {
    let mut words = line.split_whitespace();
    let name = words.next().unwrap_or_default();
    let Some(policy) = words.next() else {
        let problem = Problem::Restoring(format!("iptables-restore: line {number} policy invalid"));
        return Err(refusal(problem, number));
    };
    let host = here.host;
    if let Some(chain) = ChainName::ALL.into_iter().find(|chain| chain.name() == name) {
        let policy = match policy {
            "-" => return Ok(()),
            "ACCEPT" => Policy::Accept,
            "DROP" => Policy::Drop,
            _ => {
                return Err(Refusal::new(
                    format!("iptables-restore: line {number} failed: Bad policy name.\n"),
                    1,
                ));
            }
        };
        return apply(vec![Command::SetPolicy { host, chain, policy }], here);
    }
    let long = name.len() > 28;
    new_chain_name(name)
        .and_then(|()| if long { Err(Problem::ChainLength(name.to_owned())) } else { Ok(()) })
        .map_err(|problem| refusal(problem, number))?;
    let known = here.world.firewall(host).own_chain(name).map(|own| own.id);
    let command = match known {
        Some(id) if asked.keep => Command::FlushRules { host, chain: Some(id.into()) },
        Some(_) => return Ok(()),
        None => Command::MakeChain { host, name: name.into() },
    };
    apply(vec![command], here)
}

/// `[0:0] -A INPUT -j DROP`
fn rule_line(line: &str, asked: Asked, here: &mut OnHost<'_>) -> Result<String, Problem> {
    let line = match line.strip_prefix('[') {
        Some(counted) => counted.split_once(']').ok_or_else(|| Problem::Restoring("need ]".to_owned()))?.1,
        None => line,
    };
    let mut words = split(line);
    if words.iter().any(|word| word == "-t" || word == "--table") {
        return Err(Problem::Restoring("The -t option cannot be used in iptables-restore.\n".to_owned()));
    }
    if asked.verbose {
        words.push("-v".to_owned());
    }
    let Plan { commands, stdout } = plan_of(&line::read(&words)?, here)?;
    for (command, refused) in commands {
        here.world.apply(command).map_err(|_| refused)?;
    }
    Ok(stdout)
}

fn apply(commands: Vec<Command>, here: &mut OnHost<'_>) -> Result<(), Refusal> {
    for command in commands {
        here.world.apply(command).map_err(|errno| Refusal::new(format!("iptables-restore: {errno}\n"), 1))?;
    }
    Ok(())
}

/// The words of a line: parted at blanks that are not in double quotes, in which `\` keeps what follows it.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '\\' if quoted => word.get_or_insert_default().extend(letters.next()),
            ' ' | '\t' if !quoted => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// The message as it is printed, with the exit code.
fn refusal(problem: Problem, number: usize) -> Refusal {
    let code = Output::from(Refusal::from(problem.clone())).exit_code;
    let text = match (&problem, code) {
        (Problem::BadArgument(_), _) => format!("{problem}\nError occurred at line: {number}\n{HINT}"),
        (_, 1) => format!("iptables-restore: line {number} failed: {problem}\n"),
        (_, 4) => format!("{}: \nline {number}:{problem}\n", tool()),
        _ => format!("{}: {problem}\nError occurred at line: {number}\n{HINT}", tool()),
    };
    Refusal::new(text, code)
}
