//! Files of a host as its tools see them: those in memory, those of `/proc/sys`, one for each constant that `sysctl` knows,
//! those of `/proc/net`, and a few of `/etc`. `ls` and `rm`.

pub(crate) use super::device::is_endless;
use super::{OnHost, device, filter, proc, sysctl};
use crate::files::{self, FileError};
use crate::getopt::{Getopt, Item};
use crate::names::{hosts_file, services_file};
use crate::output::{Done, Output, Refusal};
use tcp_core::Order;
use tcp_core::net::HostId;

/// The refusal of a filter at the beginning of a pipe, where it would read the keyboard.
pub(crate) fn nothing_to_read(name: &str) -> Refusal {
    let why = format!("{name}: nothing to read; put it behind a pipe, for example: netstat -nat | {name}\n");
    Refusal::new(why, 2)
}

/// The code of a filter.
type Filter = fn(&[String], &str) -> Done;

/// Runs the filter `name` on the files among its words, or else on the output of the pipe before it.
pub(crate) fn filtered(
    (name, run): (&str, Filter),
    args: &[String],
    stdin: Option<&str>,
    here: &mut OnHost<'_>,
) -> Done {
    let mut read_files: Vec<(&str, String)> = Vec::new();
    let mut rest = Vec::new();
    let mut before = words_before_files(name, args);
    let mut errors = String::new();
    for word in args {
        if device::is_endless(word) {
            read_files.push((word, begun(name, word, args, here)?));
            continue;
        }
        let is_operand = !word.starts_with('-');
        if is_operand && before > 0 {
            before -= 1;
            rest.push(word.clone());
            continue;
        }
        match read(word, here) {
            Ok(text) if is_operand => read_files.push((word, text)),
            Err(why) if is_operand && (name == "cat" || why != FileError::Missing) => {
                errors += &format!("{name}: {word}: {why}\n");
            }
            _ => rest.push(word.clone()),
        }
    }
    if !errors.is_empty() {
        let files: String = read_files.iter().map(|(_, text)| text.as_str()).collect();
        let output = if read_files.is_empty() { Output::default() } else { run(&rest, &files)? };
        let exit_code = if name == "grep" { 2 } else { 1 };
        return Ok(Output { stderr: errors, exit_code, ..output });
    }
    match (read_files.as_slice(), stdin) {
        ([], Some(text)) => run(&rest, text),
        // It may say which file does not exist.
        ([], None) if name == "awk" && filter::reads_nothing(&rest) => run(&rest, ""),
        ([], None) => run(&rest, "").and_then(|_| Err(nothing_to_read(name))),
        (files, _) => filter::of_files(name, &rest, files)
            .unwrap_or_else(|| run(&rest, &files.iter().map(|(_, text)| text.as_str()).collect::<String>())),
    }
}

/// As much of an endless device as `head -c` asks for.
fn begun(name: &str, path: &str, args: &[String], here: &OnHost<'_>) -> Result<String, Refusal> {
    let joined = args.iter().find_map(|word| word.strip_prefix("-c").filter(|rest| !rest.is_empty()));
    let apart = args.iter().position(|word| word == "-c").and_then(|at| args.get(at + 1));
    let count = joined.or(apart.map(String::as_str)).filter(|_| name == "head").and_then(filter::size);
    match count {
        Some(count) if count <= device::MOST => Ok(device::octets(path, count, here)),
        _ => Err(Refusal::new(format!("{name}: {path} never ends; head -c 1000 {path} reads a part\n"), 1)),
    }
}

/// How many words that are not options come before the first that may name a file.
fn words_before_files(name: &str, args: &[String]) -> usize {
    let has = |option: &str| args.iter().any(|word| word.starts_with(option));
    match name {
        "grep" | "egrep" | "fgrep" | "sed" if has("-e") => 0,
        "grep" | "egrep" | "fgrep" | "sed" | "awk" => 1,
        "tr" => usize::MAX,
        _ => 0,
    }
}

/// The text of a file.
pub(crate) fn read(path: &str, here: &mut OnHost<'_>) -> Result<String, FileError> {
    if let Some(text) = configured(path, here.host).or_else(|| proc::read(path, here)) {
        return Ok(text);
    }
    if let Some(key) = constant(path) {
        let shown = sysctl::run(&["-n".to_owned(), key], here).ok().filter(|out| out.exit_code == 0);
        if let Some(shown) = shown {
            return Ok(shown.stdout);
        }
    }
    let octets = here.files.read(here.host, here.user, path)?;
    here.files.note_read(octets.len());
    Ok(String::from_utf8_lossy(&octets).into_owned())
}

/// Text of a file that configures a host; `None` if there is no such file.
fn configured(path: &str, host: HostId) -> Option<String> {
    match path {
        "/etc/hosts" => Some(hosts_file()),
        "/etc/hostname" => Some(format!("{host}\n")),
        "/etc/services" => Some(services_file()),
        _ => None,
    }
}

/// The files that are nowhere in memory, with their whole paths.
fn made(here: &mut OnHost<'_>) -> Vec<String> {
    let constants = sysctl::run(&["-a".to_owned()], here).map(|all| all.stdout).unwrap_or_default();
    let keys = constants.lines().filter_map(|line| line.split(" =").next());
    let of_constants = keys.map(|key| format!("/proc/sys/{}", key.replace('.', "/")));
    let known = ["/etc/hostname", "/etc/hosts", "/etc/services"].into_iter().chain(proc::FILES);
    known.map(str::to_owned).chain(of_constants).collect()
}

/// The constant whose file this would be.
pub(crate) fn constant(path: &str) -> Option<String> {
    let key = path.strip_prefix("/proc/sys/").filter(|key| !key.contains('.'))?;
    (!files::is_directory(path)).then(|| key.replace('/', "."))
}

/// `ls [-l] [-a] [NAME …]`
pub(crate) fn ls(args: &[String], here: &mut OnHost<'_>) -> Done {
    let (options, words) = read_options("ls", "laA1hFtr", args)?;
    let long = options.contains(&'l');
    let words = if words.is_empty() { vec!["."] } else { words };
    let made = made(here);
    let mut output = Output::default();
    let mut listed: Vec<(&str, Vec<String>)> = Vec::new();
    for word in words {
        match here.files.list(here.host, here.user, word) {
            Ok(mut names) if files::is_directory(word) => {
                let directory = files::absolute(word);
                let inside =
                    |path: &String| path.strip_prefix(&directory)?.strip_prefix('/').map(str::to_owned);
                names.extend(made.iter().filter_map(inside).filter(|name| !name.contains('/')));
                names.order();
                names.dedup();
                listed.push((word, names));
            }
            Ok(_) => output.stdout += &line(here, word, word, long),
            Err(_) if made.contains(&files::absolute(word)) => output.stdout += &line(here, word, word, long),
            Err(FileError::Denied) => {
                output.stderr += &format!("ls: cannot open directory '{word}': {}\n", FileError::Denied);
                output.exit_code = 2;
            }
            Err(why) => {
                output.stderr += &format!("ls: cannot access '{word}': {why}\n");
                output.exit_code = 2;
            }
        }
    }
    let several = listed.len() > 1 || !output.stdout.is_empty();
    for (directory, names) in listed {
        if several {
            let gap = if output.stdout.is_empty() { "" } else { "\n" };
            output.stdout += &format!("{gap}{directory}:\n");
        }
        for name in names {
            output.stdout += &line(here, &name, &format!("{directory}/{name}"), long);
        }
    }
    Ok(output)
}

/// A line of `ls`. A file in memory has neither mode nor time.
fn line(here: &OnHost<'_>, name: &str, path: &str, long: bool) -> String {
    let (kind, (owner, size)) = match here.files.size(here.host, path) {
        Some((owner, size)) => ("-rw-r--r--", (owner.name(), size)),
        None if files::is_directory(path) => ("drwxr-xr-x", ("root", 4096)),
        None => ("-rw-r--r--", ("root", configured(path, here.host).map_or(0, |text| text.len()))),
    };
    if long { format!("{kind} 1 {owner} {owner} {size:>8} {name}\n") } else { format!("{name}\n") }
}

/// `rm [-f] NAME …`
pub(crate) fn rm(args: &[String], here: &mut OnHost<'_>) -> Done {
    let (options, words) = read_options("rm", "frRiv", args)?;
    let force = options.contains(&'f');
    if words.is_empty() && !force {
        return Err(Refusal::new("rm: missing operand\nTry 'rm --help' for more information.\n", 1));
    }
    let mut output = Output::default();
    for word in words {
        match here.files.remove(here.host, here.user, word) {
            Err(FileError::Missing) if force => {}
            Err(why) => {
                output.stderr += &format!("rm: cannot remove '{word}': {why}\n");
                output.exit_code = 1;
            }
            Ok(()) => {}
        }
    }
    Ok(output)
}

/// `touch FILE …`: files have no times here, so that only their being there is left of it.
pub(crate) fn touch(args: &[String], here: &mut OnHost<'_>) -> Done {
    let (options, words) = read_options("touch", "acmhft:d:r:", args)?;
    if words.is_empty() {
        return Err(Refusal::new(
            "touch: missing file operand\nTry 'touch --help' for more information.\n",
            1,
        ));
    }
    let mut output = Output::default();
    for word in words.into_iter().filter(|_| !options.contains(&'c')) {
        match here.files.append(here.host, here.user, word, &[]) {
            Ok(()) | Err(FileError::IsDirectory) => {}
            Err(why) => {
                output.stderr += &format!("touch: cannot touch '{word}': {why}\n");
                output.exit_code = 1;
            }
        }
    }
    Ok(output)
}

/// `tee [-a] [FILE …]`: what comes through the pipe, into files and on.
pub(crate) fn tee(args: &[String], stdin: Option<&str>, here: &mut OnHost<'_>) -> Done {
    let (options, words) = read_options("tee", "aip", args)?;
    let text = stdin.ok_or_else(|| nothing_to_read("tee"))?;
    let mut output = Output::ok(text);
    for word in words {
        let opened = open(here, word, options.contains(&'a'));
        if let Err(why) = opened.and_then(|()| append(here, word, text)) {
            output.stderr += &format!("tee: {word}: {why}\n");
            output.exit_code = 1;
        }
    }
    Ok(output)
}

/// Opens a file for writing, at its end if it `adds`, as a shell does.
pub(crate) fn open(here: &mut OnHost<'_>, path: &str, adds: bool) -> Result<(), FileError> {
    let (host, user) = (here.host, here.user);
    match constant(path) {
        Some(key)
            if !sysctl::run(&["-n".to_owned(), key.clone()], here)
                .is_ok_and(|shown| shown.exit_code == 0) =>
        {
            Err(FileError::Missing)
        }
        Some(_) if !user.is_root() => Err(FileError::Denied),
        Some(_) => Ok(()),
        None if adds => here.files.append(host, user, path, &[]),
        None => here.files.create(host, user, path),
    }
}

/// Writes a text into a file that is open. A file of `/proc/sys` takes a value, as `sysctl -w` does.
pub(crate) fn append(here: &mut OnHost<'_>, path: &str, text: &str) -> Result<(), FileError> {
    let (host, user) = (here.host, here.user);
    let Some(key) = constant(path) else {
        return here.files.append(host, user, path, text.as_bytes());
    };
    let set = sysctl::run(&["-w".to_owned(), format!("{key}={}", text.trim_end())], here);
    if set.is_ok_and(|set| set.exit_code == 0) { Ok(()) } else { Err(FileError::Invalid) }
}

/// The options, which have single letters, and the other words.
fn read_options<'a>(
    name: &str,
    known: &str,
    args: &'a [String],
) -> Result<(Vec<char>, Vec<&'a str>), Refusal> {
    let (mut options, mut words) = (Vec::new(), Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(known, &[]) {
        match item {
            Item::Option(letter, _) => options.push(letter),
            Item::Word(word) => words.push(word),
            Item::Bad(bad) => {
                let hint = format!("Try '{name} --help' for more information.\n");
                return Err(Refusal::new(bad.message(name) + &hint, if name == "ls" { 2 } else { 1 }));
            }
        }
    }
    Ok((options, words))
}
