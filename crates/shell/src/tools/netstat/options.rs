//! The options of `netstat`.

use crate::getopt::{Getopt, Item, Long};
use crate::output::{Output, Refusal};
use tcp_core::net::Family;

const LETTERS: &str = "A:CFMacdeghilnNoprstuUvVWw2fx64?SZ";

/// Long options, each with the letter of the same meaning.
const LONGS: &[Long] = &[
    Long::flag("tcpip", '4'),
    Long::flag("inet", '4'),
    Long::flag("inet6", '6'),
    Long::with("protocol", 'A'),
    Long::flag("version", 'V'),
    Long::flag("interfaces", 'i'),
    Long::flag("groups", 'g'),
    Long::flag("masquerade", 'M'),
    Long::flag("help", 'h'),
    Long::flag("route", 'r'),
    Long::flag("statistics", 's'),
    Long::flag("verbose", 'v'),
    Long::flag("numeric", 'n'),
    Long::flag("numeric-hosts", '!'),
    Long::flag("numeric-ports", '@'),
    Long::flag("numeric-users", '#'),
    Long::flag("symbolic", 'N'),
    Long::flag("extend", 'e'),
    Long::flag("programs", 'p'),
    Long::flag("program", 'p'),
    Long::flag("timers", 'o'),
    Long::flag("continuous", 'c'),
    Long::flag("listening", 'l'),
    Long::flag("all", 'a'),
    Long::flag("fib", 'F'),
    Long::flag("cache", 'C'),
    Long::flag("context", 'Z'),
    Long::flag("wide", 'W'),
    Long::flag("tcp", 't'),
    Long::flag("udp", 'u'),
    Long::flag("udplite", 'U'),
    Long::flag("sctp", 'S'),
    Long::flag("raw", 'w'),
    Long::flag("unix", 'x'),
];

const USAGE: &str = include_str!("usage.txt");

const VERSION: &str = "net-tools 2.10
Fred Baumgarten, Alan Cox, Bernd Eckenfels, Phil Blundell, Tuan Hoang, Brian Micek and others
+NEW_ADDRT +RTF_IRTT +RTF_REJECT +FW_MASQUERADE +I18N +SELINUX
AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH
HW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 \n";

/// What to list, and how.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// `-a`
    pub(super) all: bool,
    /// `-l`
    pub(super) listening: bool,
    /// `-o`
    pub(super) timers: bool,
    /// `-p`
    pub(super) programs: bool,
    /// `-e`
    pub(super) extended: bool,
    /// `-r`
    pub(super) routes: bool,
    /// `-s`
    pub(super) statistics: bool,
    /// `-i`
    pub(super) interfaces: bool,
    /// `-n` or `--numeric-hosts`
    pub(super) numeric_hosts: bool,
    /// `-n` or `--numeric-ports`
    pub(super) numeric_ports: bool,
    /// `-n` or `--numeric-users`
    pub(super) numeric_users: bool,
    /// `-t`
    pub(super) tcp: bool,
    /// `-u`, `-U`, `-w`
    pub(super) others: bool,
    /// `-x`
    unix: bool,
    /// `-4`
    inet: bool,
    /// `-6`
    inet6: bool,
}

/// What `netstat -c` runs each second: the same without that option; `None` if it is not asked for, or if netstat would
/// refuse the line or answer with its usage, once.
pub(crate) fn once(args: &[String]) -> Option<Vec<String>> {
    let mut asked = false;
    let mut rest = Vec::new();
    for word in args {
        let letters = word.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
        match letters {
            None if word.len() > 3 && "--continuous".starts_with(word.as_str()) => asked = true,
            Some(letters) if letters.contains('c') && !letters.contains('A') => {
                asked = true;
                if letters != "c" {
                    rest.push(word.replace('c', ""));
                }
            }
            _ => rest.push(word.clone()),
        }
    }
    (asked && Options::read(&rest).is_ok()).then_some(rest)
}

impl Options {
    /// Reads the words after `netstat`, or returns what to print. Words that are not options are ignored.
    pub(super) fn read(args: &[String]) -> Result<Options, Refusal> {
        let mut options = Options::default();
        let mut scan = Getopt::new(args);
        while let Some(item) = scan.item(LETTERS, &[LONGS]) {
            match item {
                Item::Word(_) => {}
                Item::Bad(bad) => return Err(Refusal::new(bad.message("netstat") + USAGE, 3)),
                Item::Option(letter, value) => options.set(letter, value.unwrap_or_default())?,
            }
        }
        Ok(options)
    }

    /// Whether the table of Internet connections is wanted.
    pub(super) const fn shows_internet(&self) -> bool {
        self.tcp || self.others || self.inet || self.inet6 || !self.unix
    }

    /// Whether its TCP rows of this family are wanted.
    pub(super) fn shows_tcp(&self, family: Family) -> bool {
        let wanted = if family == Family::V4 { self.inet } else { self.inet6 };
        (self.tcp || !self.others) && (wanted || self.inet == self.inet6)
    }

    /// Whether no kind of socket was asked for.
    pub(super) const fn is_everything(&self) -> bool {
        !(self.tcp || self.others || self.unix)
    }

    /// Whether the table of UNIX sockets is wanted.
    pub(super) const fn shows_unix(&self) -> bool {
        self.unix || !(self.tcp || self.others || self.inet || self.inet6)
    }

    fn set(&mut self, letter: char, value: &str) -> Result<(), Refusal> {
        match letter {
            'a' => self.all = true,
            'l' => self.listening = true,
            'o' => self.timers = true,
            'p' => self.programs = true,
            'e' => self.extended = true,
            'r' => self.routes = true,
            's' => self.statistics = true,
            't' => self.tcp = true,
            'u' | 'U' | 'w' => self.others = true,
            'x' => self.unix = true,
            '4' => self.inet = true,
            '6' => self.inet6 = true,
            'n' => (self.numeric_hosts, self.numeric_ports, self.numeric_users) = (true, true, true),
            '!' => self.numeric_hosts = true,
            '@' => self.numeric_ports = true,
            '#' => self.numeric_users = true,
            'A' => return self.family(value),
            'h' | '?' => return Err(help()),
            'V' => return Err(Refusal::help(VERSION)),
            'i' => self.interfaces = true,
            'g' => return Err(not_here("multicast groups (-g)")),
            'M' => return Err(no_support("ip_masquerade")),
            'S' => return Err(no_support("AF INET (sctp)")),
            'Z' => return Err(Refusal::new("SELinux is not enabled on this machine.\n", 1)),
            '2' | 'f' => {
                let text = "netstat: feature `AF BLUETOOTH' not supported.\nPlease recompile `net-tools' with newer \
                            kernel source or full configuration.\n";
                return Err(Refusal::new(text, 1));
            }
            // Verbose, wide, symbolic names, source of routes: they change nothing here.
            _ => {}
        }
        Ok(())
    }

    fn family(&mut self, value: &str) -> Result<(), Refusal> {
        for name in value.split(',') {
            match name {
                "inet" | "tcpip" => self.inet = true,
                "inet6" => self.inet6 = true,
                "unix" => self.unix = true,
                _ => return Err(Refusal::new(format!("Unknown address family `{name}'.\n"), 1)),
            }
        }
        Ok(())
    }
}

/// The answer to `-h`, whose last lines go to standard error.
fn help() -> Refusal {
    let end = USAGE.find("    inet (DARPA").unwrap_or(USAGE.len());
    let (stdout, stderr) = USAGE.split_at_checked(end).unwrap_or((USAGE, ""));
    Refusal::from(Output { stdout: stdout.to_owned(), stderr: stderr.to_owned(), exit_code: 0 })
}

fn no_support(what: &str) -> Refusal {
    Refusal::new(format!("netstat: no support for `{what}' on this system.\n"), 1)
}

fn not_here(what: &str) -> Refusal {
    Refusal::new(format!("netstat: this lab does not have {what}.\n"), 1)
}
