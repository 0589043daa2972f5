//! `lsof` 4.95: files and sockets that programs hold, as far as the user may see them.
//!
//! Left out on purpose: the libraries of a program, names of files, and the options that ask for these; repeating (`-r`) and
//! output for other programs (`-F`).

use super::{OnHost, ProgramName, netstat};
use crate::names::{self, port_text};
use crate::output::{Done, Output, Refusal};
use crate::program::FIRST_DESCRIPTOR;
use tcp_core::net::view::SocketRow;
use tcp_core::net::{Family, IpAddr, Ipv4};
use tcp_core::tcp::State;

const USAGE: &str = "lsof 4.95.0
 latest revision: https://github.com/lsof-org/lsof
 latest FAQ: https://github.com/lsof-org/lsof/blob/master/00FAQ
 latest (non-formatted) man page: https://github.com/lsof-org/lsof/blob/master/Lsof.8
 usage: [-?abhKlnNoOPRtUvVX] [+|-c c] [+|-d s] [+D D] [+|-E] [+|-e s] [+|-f[gG]]
 [-F [f]] [-g [s]] [-i [i]] [+|-L [l]] [+m [m]] [+|-M] [-o [o]] [-p s]
 [+|-r [t]] [-s [p:s]] [-S [t]] [-T [t]] [-u s] [+|-w] [-x [fl]] [--] [names]
Use the ``-h'' option to get more help information.
";

/// What `-i` asks for.
#[derive(Clone, Debug, Default)]
struct Internet {
    /// 4 or 6.
    version: Option<char>,
    udp: bool,
    host: Option<Ipv4>,
    /// First and last of each range.
    ports: Vec<(u16, u16)>,
}

/// What to list, and how.
#[derive(Clone, Debug, Default)]
struct Options {
    internet: Vec<Internet>,
    states: Vec<State>,
    pids: Vec<u32>,
    commands: Vec<String>,
    users: Vec<String>,
    /// `-a`
    together: bool,
    numeric_hosts: bool,
    numeric_ports: bool,
    terse: bool,
}

/// Runs `lsof`. `args` does not include its name.
pub(crate) fn run(args: &[String], here: &mut OnHost<'_>) -> Done {
    let options = read(args, here)?;
    let rows = here.world.sockets(here.host);
    let mut lines: Vec<[String; 9]> = Vec::new();
    let mut pids = Vec::new();
    for program in here.programs {
        let files = files(program, &options, here, &rows);
        if !files.is_empty() {
            pids.push(format!("{}\n", program.pid));
        }
        lines.extend(files);
    }
    let exit_code = i32::from(lines.is_empty());
    let stdout = match (lines.is_empty(), options.terse) {
        (true, _) => String::new(),
        (_, true) => pids.concat(),
        _ => render(&lines),
    };
    Ok(Output { stdout, stderr: String::new(), exit_code })
}

/// The lines about one program.
fn files(
    program: &ProgramName,
    options: &Options,
    here: &OnHost<'_>,
    rows: &[SocketRow],
) -> Vec<[String; 9]> {
    let command: String = program.name.chars().take(9).collect();
    let by_process = [
        (!options.pids.is_empty(), options.pids.contains(&program.pid)),
        (
            !options.commands.is_empty(),
            options.commands.iter().any(|name| program.name.starts_with(name.as_str())),
        ),
        (!options.users.is_empty(), options.users.iter().any(|user| user == program.user.name())),
    ];
    let asks_internet = !options.internet.is_empty();
    let asked = by_process.iter().any(|(asked, _)| *asked);
    let all = by_process.iter().all(|(asked, fits)| !asked || *fits);
    let any = by_process.iter().any(|(asked, fits)| *asked && *fits);
    let shows = |of_internet: bool| match (asked, asks_internet, options.together) {
        (false, false, _) => true,
        (false, true, _) => of_internet,
        (true, false, true) => all,
        (true, false, false) => any,
        (true, true, true) => all && of_internet,
        (true, true, false) => any || of_internet,
    };
    let line = |fd: &str, kind: &str, device: String, size: &str, node: &str, name: String| {
        let pid = program.pid.to_string();
        let user = program.user.name().to_owned();
        [
            command.clone(),
            pid,
            user,
            fd.to_owned(),
            kind.to_owned(),
            device,
            size.to_owned(),
            node.to_owned(),
            name,
        ]
    };
    let mut lines = Vec::new();
    if shows(false) {
        let home = crate::files::HOME.to_owned();
        lines.push(line(" cwd  ", "DIR", "254,1".to_owned(), "4096", "131073", home));
        lines.push(line(" rtd  ", "DIR", "254,1".to_owned(), "4096", "2", "/".to_owned()));
        for fd in 0..FIRST_DESCRIPTOR {
            lines.push(line(
                &format!("{fd:>4}u "),
                "CHR",
                "136,0".to_owned(),
                "0t0",
                "3",
                "/dev/pts/0".to_owned(),
            ));
        }
    }
    for (at, socket) in program.sockets.iter().enumerate() {
        let Some(socket) = socket else { continue };
        let fd = format!("{:>4}u ", FIRST_DESCRIPTOR + at);
        match rows.iter().find(|row| row.socket == *socket && row.owner == Some(program.process)) {
            Some(row) if shows(options.wants(row)) => {
                let kind = if row.family == Family::V4 { "IPv4" } else { "IPv6" };
                let name = options.name(row, here);
                lines.push(line(&fd, kind, netstat::inode(row).to_string(), "0t0", "TCP", name));
            }
            // It is neither bound nor connected, or nothing of it is left.
            None if shows(false) => {
                lines.push(line(
                    &fd,
                    "sock",
                    "0,8".to_owned(),
                    "0t0",
                    &(socket.0 + 20_000).to_string(),
                    "protocol: TCP".to_owned(),
                ));
            }
            _ => {}
        }
    }
    lines
}

impl Options {
    fn wants(&self, row: &SocketRow) -> bool {
        if !self.states.is_empty() && !self.states.contains(&row.state) {
            return false;
        }
        let has_end = |asked: &Internet| asked.host.is_some() || !asked.ports.is_empty();
        self.internet.iter().any(|asked| {
            let version = if row.family == Family::V4 { '4' } else { '6' };
            let ends = || [Some(row.local), row.foreign].into_iter().flatten();
            let port = |port: u16| asked.ports.iter().any(|(low, high)| (*low..=*high).contains(&port));
            !asked.udp
                && asked.version.is_none_or(|wanted| wanted == version)
                && (!has_end(asked)
                    || ends().any(|end| {
                        asked.host.is_none_or(|host| end.addr == IpAddr::V4(host))
                            && (asked.ports.is_empty() || port(end.port))
                    }))
        })
    }

    fn name(&self, row: &SocketRow, here: &OnHost<'_>) -> String {
        let names = here.names.unless(self.numeric_hosts);
        let end = |end: tcp_core::net::Endpoint| {
            let address = match end.addr {
                addr if addr.is_unspecified() => "*".to_owned(),
                IpAddr::V6(addr) => format!("[{addr}]"),
                addr => names.text(addr),
            };
            format!("{address}:{}", port_text(end.port, self.numeric_ports))
        };
        let peer = row.foreign.map(|peer| format!("->{}", end(peer))).unwrap_or_default();
        format!("{}{peer} ({})", end(row.local), netstat::state_name(row.state))
    }
}

/// The lines below their header, in columns that are as wide as their contents.
fn render(lines: &[[String; 9]]) -> String {
    const HEADER: [&str; 9] =
        ["COMMAND", "PID", "USER", "  FD  ", "TYPE", "DEVICE", "SIZE/OFF", "NODE", "NAME"];
    let header = HEADER.map(str::to_owned);
    let all = || std::iter::once(&header).chain(lines);
    let widths: Vec<usize> =
        (0..HEADER.len()).map(|at| all().map(|cells| cells[at].chars().count()).max().unwrap_or(0)).collect();
    let mut out = String::new();
    for cells in all() {
        for (at, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            out += &match at {
                0 => format!("{cell:<width$}"),
                8 => format!(" {cell}\n"),
                _ => format!(" {cell:>width$}"),
            };
        }
    }
    out
}

fn read(args: &[String], here: &OnHost<'_>) -> Result<Options, Refusal> {
    let mut options = Options::default();
    let mut words = args.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        let Some(cluster) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) else {
            let why = format!("lsof: this lab lists no names of files: {word}\n");
            return Err(Refusal::new(why, 1));
        };
        let mut rest = cluster;
        while let Some(letter) = rest.chars().next() {
            rest = &rest[letter.len_utf8()..];
            if "iscpu".contains(letter) {
                let attached = std::mem::take(&mut rest);
                let mut next = || words.next_if(|word| !word.starts_with(['-', '+']));
                let value = if attached.is_empty() { next() } else { Some(attached) };
                options.set(letter, value, here)?;
                continue;
            }
            match letter {
                'n' => options.numeric_hosts = true,
                'P' => options.numeric_ports = true,
                't' => options.terse = true,
                'a' => options.together = true,
                'b' | 'w' | 'l' | 'O' | 'M' | 'V' | 'K' | 'R' | 'Q' => {}
                'U' => options.internet.push(Internet { udp: true, ..Internet::default() }),
                'v' | 'h' | '?' => return Err(Refusal::new(USAGE, 0)),
                'r' | 'F' | 'g' | 'd' | 'D' | 'N' | 'T' | 'S' | 'o' | 'f' | 'x' | 'L' | 'e' | 'E' => {
                    return Err(Refusal::new(format!("lsof: this lab does not have -{letter}.\n"), 1));
                }
                other => {
                    return Err(Refusal::new(format!("lsof: illegal option character: {other}\n{USAGE}"), 1));
                }
            }
        }
    }
    Ok(options)
}

impl Options {
    fn set(&mut self, letter: char, value: Option<&str>, here: &OnHost<'_>) -> Result<(), Refusal> {
        match (letter, value) {
            ('i', None) => self.internet.push(Internet::default()),
            ('i', Some(value)) => self.internet.push(internet(value, here)?),
            ('s', None) => {}
            ('s', Some(value)) => {
                let (protocol, names) = value.split_once(':').unwrap_or((value, ""));
                if !protocol.eq_ignore_ascii_case("tcp") && !protocol.eq_ignore_ascii_case("udp") {
                    return Err(wrong(&format!("unknown -s protocol: \"{value}\"")));
                }
                for name in names.split(',').filter(|name| !name.is_empty()) {
                    let known = |state: &State| netstat::state_name(*state).eq_ignore_ascii_case(name);
                    let state = State::ALL.into_iter().find(known);
                    self.states.push(state.ok_or_else(|| wrong(&format!("unknown TCP state name: {name}")))?);
                }
            }
            (_, None) => return Err(Refusal::new(USAGE, 1)),
            ('p', Some(value)) => {
                for pid in value.split(',') {
                    let number = pid.parse().map_err(|_| wrong(&format!("illegal process ID: {pid}")))?;
                    self.pids.push(number);
                }
            }
            ('c', Some(value)) => self.commands.push(value.to_owned()),
            (_, Some(value)) => self.users.extend(value.split(',').map(str::to_owned)),
        }
        Ok(())
    }
}

/// `[4|6][PROTOCOL][@HOST][:PORTS]`
fn internet(text: &str, here: &OnHost<'_>) -> Result<Internet, Refusal> {
    let mut asked =
        Internet { version: text.chars().next().filter(|c| matches!(c, '4' | '6')), ..Internet::default() };
    let has_more = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| !c.is_ascii_digit());
    let rest = match asked.version {
        Some(_) if has_more(&text[1..]) => &text[1..],
        _ => {
            asked.version = None;
            text
        }
    };
    let end = rest.find(['@', ':']).unwrap_or(rest.len());
    let (protocol, rest) = rest.split_at(end);
    asked.udp = match protocol.to_ascii_lowercase().as_str() {
        "" | "tcp" => false,
        "udp" | "udplite" => true,
        _ => return Err(wrong(&format!("unknown protocol name ({protocol}) in: -i {text}"))),
    };
    let (host, ports) = match rest.strip_prefix('@') {
        Some(rest) => rest.split_once(':').map_or((rest, None), |(host, ports)| (host, Some(ports))),
        None => ("", rest.strip_prefix(':')),
    };
    if !host.is_empty() {
        let found = here.names.resolve(host).ok();
        asked.host = Some(found.ok_or_else(|| wrong(&format!("unknown host name ({host}) in: -i {text}")))?);
    }
    for part in ports.into_iter().flat_map(|ports| ports.split(',')) {
        let port = |name: &str| {
            let found = name.parse().ok().or_else(|| names::service_port(name));
            found.ok_or_else(|| wrong(&format!("unknown service {name} in: -i {text}")))
        };
        let (low, high) = match part.split_once('-') {
            Some((low, high)) if part.starts_with(|c: char| c.is_ascii_digit()) => (port(low)?, port(high)?),
            _ => (port(part)?, port(part)?),
        };
        asked.ports.push((low, high));
    }
    Ok(asked)
}

fn wrong(why: &str) -> Refusal {
    Refusal::new(format!("lsof: {why}\n{USAGE}"), 1)
}
