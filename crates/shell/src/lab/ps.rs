//! `ps` of procps 4.
//!
//! Left out on purpose: the shells and `ps` itself, and what a process uses. `-e`, `-A`, `-a` and `x` list the programs
//! of all users, `-C`, `-p` and `-u` those that are named; `-f` and `u` add the user and the command line; other options
//! change nothing.

use super::{Lab, Origin, Process, Running};
use crate::clock::wall_clock;
use crate::output::{Done, Output, Refusal};
use crate::terminal::TerminalId;
use tcp_core::net::HostId;

/// The shell that began the programs: the process before the first of them.
const SHELL: u32 = crate::program::FIRST_PID - 1;

/// The memory of Debian's programs, virtual and resident, in KiB.
const SIZES: [(&str, u32, u32); 5] = [
    ("nc", 3216, 1640),
    ("ncat", 13240, 5132),
    ("nc.traditional", 2496, 2012),
    ("sleep", 2920, 1808),
    ("curl", 20004, 10708),
];

/// How to show what was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Short,
    /// `-f`
    Full,
    /// `u`
    ByUser,
}

/// Which programs to show.
#[derive(Default)]
struct Wanted {
    all: bool,
    names: Vec<String>,
    pids: Vec<u32>,
    users: Vec<String>,
}

impl Lab {
    /// `ps`: the programs of the user who asks.
    pub(super) fn ps(&self, origin: Origin, host: HostId, args: &[String]) -> Done {
        let (wanted, format) = read(args)?;
        let mut text = match format {
            Format::Full => "UID          PID    PPID  C STIME TTY          TIME CMD\n",
            Format::Short => "    PID TTY          TIME CMD\n",
            Format::ByUser => "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n",
        }
        .to_owned();
        let chosen = !(wanted.names.is_empty() && wanted.pids.is_empty() && wanted.users.is_empty());
        let mut count = 0;
        for running in &self.user.running {
            let Some(process) = self.user.processes.get(running.process.0 as usize) else { continue };
            let name = process.cmd.split_whitespace().next().unwrap_or_default();
            let shown = if chosen {
                wanted.names.iter().any(|wanted| wanted == name)
                    || wanted.pids.contains(&process.pid)
                    || wanted.users.iter().any(|user| user == process.user.name())
            } else {
                wanted.all || process.user == origin.user
            };
            if process.host == host && shown {
                text += &self.line(running, process, name, format);
                count += 1;
            }
        }
        Ok(Output { stdout: text, stderr: String::new(), exit_code: i32::from(chosen && count == 0) })
    }

    fn line(&self, running: &Running, process: &Process, name: &str, format: Format) -> String {
        let (pid, cmd, user) = (process.pid, process.cmd.as_str(), process.user.name());
        let tty =
            running.outlet.terminal.map_or("?".to_owned(), |terminal| format!("pts/{}", number(terminal)));
        let clock = wall_clock(process.start, process.host);
        let began = clock.get(..5).unwrap_or_default();
        match format {
            Format::Short => format!("{pid:>7} {tty:<8} 00:00:00 {name}\n"),
            Format::Full => format!("{user:<8} {pid:>7} {SHELL:>7}  0 {began} {tty:<8} 00:00:00 {cmd}\n"),
            Format::ByUser => {
                let size = SIZES.iter().find(|(known, ..)| *known == name);
                let (virtual_size, resident) =
                    size.map_or((2592, 1632), |(_, all, resident)| (*all, *resident));
                let before =
                    |terminal: TerminalId| self.terminal(terminal).foreground == Some(running.process);
                let state = if running.stopped { "T" } else { "S" };
                let front = if running.outlet.terminal.is_some_and(before) { "+" } else { "" };
                let state = format!("{state}{front}");
                format!(
                    "{user:<8} {pid:>7}  0.0  0.0 {virtual_size:>6} {resident:>5} {tty:<8} {state:<4} {began}   0:00 {cmd}\n"
                )
            }
        }
    }
}

/// The number of a terminal on its host.
const fn number(terminal: TerminalId) -> u32 {
    match terminal {
        TerminalId::ClientUpper | TerminalId::ServerUpper | TerminalId::Network => 0,
        TerminalId::ClientLower | TerminalId::ServerLower => 1,
        TerminalId::ClientThird | TerminalId::ServerThird => 2,
    }
}

fn read(args: &[String]) -> Result<(Wanted, Format), Refusal> {
    let (mut wanted, mut format) = (Wanted::default(), Format::Short);
    let mut words = args.iter();
    while let Some(word) = words.next() {
        if word.starts_with("--") {
            continue;
        }
        let letters = word.strip_prefix('-');
        let mut rest = letters.unwrap_or(word).chars();
        while let Some(letter) = rest.next() {
            match letter {
                'e' | 'A' | 'a' | 'x' => wanted.all = true,
                'f' | 'F' | 'l' if letters.is_some() => format = Format::Full,
                'u' if letters.is_none() || rest.as_str().starts_with('x') => format = Format::ByUser,
                'C' | 'p' | 'u' | 'U' | 'q' => {
                    let attached = rest.as_str().to_owned();
                    rest = "".chars();
                    let list = if attached.is_empty() { words.next().cloned() } else { Some(attached) };
                    let list = list.unwrap_or_default();
                    let list = list.split([',', ' ']).filter(|part| !part.is_empty());
                    match letter {
                        'C' => wanted.names.extend(list.map(str::to_owned)),
                        'u' | 'U' => wanted.users.extend(list.map(str::to_owned)),
                        _ => wanted.pids.extend(list.filter_map(|pid| pid.parse::<u32>().ok())),
                    }
                }
                'o' | 'O' => return Err(Refusal::new("ps: this lab does not have -o.\n", 1)),
                digit if digit.is_ascii_digit() && letters.is_none() => {
                    wanted.pids.extend(word.parse::<u32>().ok());
                    rest = "".chars();
                }
                _ => {}
            }
        }
    }
    Ok((wanted, format))
}
