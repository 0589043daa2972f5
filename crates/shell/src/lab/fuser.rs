//! `fuser` of psmisc 23.6, for TCP ports.
//!
//! The numbers of processes go to standard output and all else to standard error, as far as the two can be joined again:
//! with `-v`, or for several ports, all of it goes to standard error.

use super::kill::known_signal;
use super::{Lab, Origin, Signal};
use crate::getopt::{Getopt, Item};
use crate::names;
use crate::output::{Done, Output, Refusal};
use std::collections::BTreeSet;
use tcp_core::net::{HostId, IpAddr, ProcessId};

const USAGE: &str = "Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]
             [-k [-i] [-SIGNAL]] NAME...
       fuser -l
       fuser -V
Show which processes use the named files, sockets, or filesystems.

  -a,--all              display unused files too
  -i,--interactive      ask before killing (ignored without -k)
  -I,--inode            use always inodes to compare files
  -k,--kill             kill processes accessing the named file
  -l,--list-signals     list available signal names
  -m,--mount            show all processes using the named filesystems or
                        block device
  -M,--ismountpoint     fulfill request only if NAME is a mount point
  -n,--namespace SPACE  search in this name space (file, udp, or tcp)
  -s,--silent           silent operation
  -SIGNAL               send this signal instead of SIGKILL
  -u,--user             display user IDs
  -v,--verbose          verbose output
  -w,--writeonly        kill only processes with write access
  -V,--version          display version information
  -4,--ipv4             search IPv4 sockets only
  -6,--ipv6             search IPv6 sockets only
  udp/tcp names: [local_port][,[rmt_host][,[rmt_port]]]

";

impl Lab {
    /// `fuser [-kv] [-SIGNAL] [-n tcp] PORT/tcp …`
    pub(super) fn fuser(&mut self, origin: Origin, host: HostId, args: &[String]) -> Done {
        let mut signal = Some(Signal::Kill);
        let (mut set, mut space, mut targets) = (String::new(), "file".to_owned(), Vec::new());
        let is_signal = |word: &&String| {
            word.len() > 2 && word[1..].starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
        };
        let (signals, rest): (Vec<&String>, Vec<&String>) =
            args.iter().partition(|word| word.starts_with('-') && is_signal(word));
        if let Some(word) = signals.last() {
            signal = named(&word[1..])?;
        }
        let rest: Vec<String> = rest.into_iter().cloned().collect();
        let mut scan = Getopt::new(&rest);
        while let Some(item) = scan.item("aikmMn:suvw46lVcIf", &[]) {
            match item {
                Item::Option('n', Some(name)) => {
                    if !["file", "tcp", "udp"].contains(&name) {
                        return Err(Refusal::new(format!("Invalid namespace name\n{USAGE}"), 1));
                    }
                    space = name.to_owned();
                }
                Item::Option('V', _) => return Err(Refusal::new("fuser (PSmisc) 23.6\n", 0)),
                Item::Option('i', _) => {
                    return Err(Refusal::new("fuser: this lab does not ask back (-i).\n", 1));
                }
                Item::Option(letter @ ('m' | 'M' | 'l'), _) => {
                    return Err(Refusal::new(format!("fuser: this lab does not have -{letter}.\n"), 1));
                }
                Item::Option(letter, _) => set.push(letter),
                Item::Word(word) => targets.push((space.clone(), word.to_owned())),
                Item::Bad(_) => {
                    let letter = scan.last().unwrap_or_default().trim_start_matches('-').to_owned();
                    named(&letter)?;
                }
            }
        }
        if targets.is_empty() {
            return Err(Refusal::new(format!("No process specification given\n{USAGE}"), 1));
        }
        self.use_of(origin, host, &targets, &set, signal)
    }

    fn use_of(
        &mut self,
        origin: Origin,
        host: HostId,
        targets: &[(String, String)],
        set: &str,
        signal: Option<Signal>,
    ) -> Done {
        let has = |letter| set.contains(letter);
        let mut output = Output { exit_code: 1, ..Output::default() };
        let mut to_kill: BTreeSet<ProcessId> = BTreeSet::new();
        let mut found_any = Vec::new();
        for (space, word) in targets {
            let (name, space) = match word.rsplit_once('/') {
                Some((name, space @ ("tcp" | "udp"))) => (name, space),
                _ => (word.as_str(), space.as_str()),
            };
            if space == "file" {
                output.stderr += &format!("Specified filename {word} does not exist.\n");
                continue;
            }
            let holders = self.holders(origin, host, name)?;
            let holders = if space == "udp" { Vec::new() } else { holders };
            if !holders.is_empty() || has('a') {
                found_any.push((format!("{name}/{space}:"), holders));
            }
        }
        if found_any.iter().any(|(_, holders)| !holders.is_empty()) {
            output.exit_code = 0;
        }
        if has('v') && !found_any.is_empty() && !has('s') {
            output.stderr += "                     USER        PID ACCESS COMMAND\n";
        }
        let joined = has('v') || found_any.len() > 1;
        for (name, holders) in found_any {
            to_kill.extend(holders.iter().map(|(process, ..)| *process));
            if has('s') {
                continue;
            }
            if holders.is_empty() {
                output.stderr += &format!("{name}\n");
                continue;
            }
            output.stderr += &format!("{name:<20}");
            for (at, (_, pid, user, program)) in holders.iter().enumerate() {
                let shown = format!(" {pid:>5}");
                let by = if has('u') { format!("({user})") } else { String::new() };
                if has('v') {
                    let margin = if at > 0 { " ".repeat(20) } else { String::new() };
                    output.stderr += &format!("{margin} {user:<9}{shown} F.... {by}{program}\n");
                } else if joined {
                    output.stderr += &format!("{shown}{by}");
                } else {
                    output.stdout += &format!("{shown}{by}");
                }
            }
            if !has('v') {
                if joined { &mut output.stderr } else { &mut output.stdout }.push('\n');
            }
        }
        if let (true, Some(signal)) = (has('k'), signal) {
            to_kill.into_iter().for_each(|process| self.signal(process, signal));
        }
        Ok(output)
    }

    /// The processes that hold a socket with this local port, or with `PORT,HOST,PORT`, and their numbers, users and names.
    fn holders(
        &self,
        origin: Origin,
        host: HostId,
        name: &str,
    ) -> Result<Vec<(ProcessId, u32, &'static str, String)>, Refusal> {
        let mut parts = name.split(',');
        let port = |text: &str, which: &str| -> Result<Option<u16>, Refusal> {
            if text.is_empty() {
                return Ok(None);
            }
            let found = text.parse().ok().or_else(|| names::service_port(text));
            let why =
                || format!("Cannot resolve {which} port {text}: Servname not supported for ai_socktype\n");
            found.map(Some).ok_or_else(|| Refusal::new(why(), 1))
        };
        let local = port(parts.next().unwrap_or_default(), "local")?;
        let peer = parts.next().filter(|peer| !peer.is_empty());
        let peer = match peer {
            Some(peer) => Some(self.user.names.resolve(peer).map_err(|_| Refusal::new("", 1))?),
            None => None,
        };
        let remote = port(parts.next().unwrap_or_default(), "remote")?;
        let fits = |socket| {
            let ends = (self.world.local(socket), self.world.peer(socket));
            local.is_none_or(|port| ends.0.is_some_and(|end| end.port == port))
                && remote.is_none_or(|port| ends.1.is_some_and(|end| end.port == port))
                && peer.is_none_or(|peer| ends.1.is_some_and(|end| end.addr == IpAddr::V4(peer)))
        };
        let mut programs = self.program_names(host);
        programs.retain(|program| {
            let holds = || program.sockets.iter().flatten().any(|socket| fits(*socket));
            origin.user.may_touch(program.user) && holds()
        });
        let shown = programs.into_iter().map(|it| (it.process, it.pid, it.user.name(), it.name));
        Ok(shown.collect())
    }
}

fn named(word: &str) -> Result<Option<Signal>, Refusal> {
    let why = || format!("{word}: unknown signal; fuser -l lists signals.\n");
    known_signal(word).ok_or_else(|| Refusal::new(why(), 1))
}
