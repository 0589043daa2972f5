//! The options of `ss`.

use super::columns::Shown;
use super::expression::Expression;
use super::{Refusal, USAGE};
use crate::getopt::{Getopt, Item, Long};
use tcp_core::net::Family;
use tcp_core::net::view::SocketRow;
use tcp_core::tcp::State;

const LETTERS: &str = "dhaletuwxnro460spTbEf:mMiA:D:F:vVzZN:KHSO";

const LONGS: &[Long] = &[
    Long::flag("numeric", 'n'),
    Long::flag("resolve", 'r'),
    Long::flag("options", 'o'),
    Long::flag("extended", 'e'),
    Long::flag("memory", 'm'),
    Long::flag("info", 'i'),
    Long::flag("processes", 'p'),
    Long::flag("threads", 'T'),
    Long::flag("bpf", 'b'),
    Long::flag("events", 'E'),
    Long::flag("dccp", 'd'),
    Long::flag("tcp", 't'),
    Long::flag("sctp", 'S'),
    Long::flag("udp", 'u'),
    Long::flag("raw", 'w'),
    Long::flag("unix", 'x'),
    Long::flag("mptcp", 'M'),
    Long::flag("all", 'a'),
    Long::flag("listening", 'l'),
    Long::flag("ipv4", '4'),
    Long::flag("ipv6", '6'),
    Long::flag("packet", '0'),
    Long::with("family", 'f'),
    Long::with("socket", 'A'),
    Long::with("query", 'A'),
    Long::flag("summary", 's'),
    Long::with("diag", 'D'),
    Long::with("filter", 'F'),
    Long::flag("version", 'V'),
    Long::flag("help", 'h'),
    Long::flag("context", 'Z'),
    Long::flag("contexts", 'z'),
    Long::with("net", 'N'),
    Long::flag("kill", 'K'),
    Long::flag("no-header", 'H'),
    Long::flag("oneline", 'O'),
];

/// What to list, and how.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// `-n`
    pub(super) numeric: bool,
    /// `-r`
    pub(super) resolve: bool,
    /// `-o`, `-e`
    pub(super) timers: bool,
    /// `-e`
    pub(super) extended: bool,
    /// `-p`
    pub(super) processes: bool,
    /// `-i`
    pub(super) info: bool,
    /// `-O`
    pub(super) oneline: bool,
    /// `-s`
    pub(super) summary: bool,
    /// `-H`
    pub(super) no_header: bool,
    /// `-K`
    pub(super) kill: bool,
    all: bool,
    listening: bool,
    tcp: bool,
    others: Vec<char>,
    inet: bool,
    inet6: bool,
    states: Option<Vec<State>>,
    expression: Expression,
}

impl Options {
    /// Reads the words after `ss`, or returns what to print.
    pub(super) fn read(args: &[String]) -> Result<Options, Refusal> {
        let mut options = Options::default();
        let mut words = Vec::new();
        let mut scan = Getopt::new(args);
        while let Some(item) = scan.item(LETTERS, &[LONGS]) {
            match item {
                Item::Word(word) => words.push(word),
                Item::Bad(bad) => return Err(Refusal::new(bad.message("ss") + USAGE, 255)),
                Item::Option(letter, value) => options.set(letter, value.unwrap_or_default())?,
            }
        }
        options.filter(&words)?;
        Ok(options)
    }

    /// Whether `-s` was given and no kind of socket.
    pub(super) fn is_only_summary(&self) -> bool {
        !(self.tcp || self.inet || self.inet6) && self.others.is_empty() && self.states.is_none()
    }

    /// Whether the row is wanted. Without a choice of states, only open connections are.
    pub(super) fn shows(&self, row: &SocketRow) -> bool {
        let wanted = if row.family == Family::V4 { self.inet } else { self.inet6 };
        let kind = (self.tcp || self.others.is_empty()) && (wanted || self.inet == self.inet6);
        let state = match &self.states {
            Some(states) => states.contains(&row.state),
            None if self.all => true,
            None if self.listening => row.state == State::Listen,
            None => !matches!(row.state, State::Listen | State::TimeWait | State::SynReceived),
        };
        kind && state && self.expression.fits(row)
    }

    /// The columns to show: a column that could hold only one value is left out.
    pub(super) fn shown_columns(&self) -> Shown {
        let kinds = usize::from(self.tcp) + self.others.len();
        let one_state = match &self.states {
            Some(states) => states.len() == 1,
            None => !(self.all || self.listening || self.tcp) && matches!(self.others.as_slice(), ['u']),
        };
        Shown { netid: kinds != 1 || self.others.contains(&'x'), state: !one_state }
    }

    fn set(&mut self, letter: char, value: &str) -> Result<(), Refusal> {
        match letter {
            'n' => self.numeric = true,
            'r' => self.resolve = true,
            'o' => self.timers = true,
            'e' => (self.timers, self.extended) = (true, true),
            'p' | 'T' => self.processes = true,
            's' => self.summary = true,
            'H' => self.no_header = true,
            'a' => self.all = true,
            'l' => self.listening = true,
            't' => self.tcp = true,
            'u' | 'w' | 'x' | 'd' | 'S' | 'M' | '0' if !self.others.contains(&letter) => {
                self.others.push(letter)
            }
            '4' => self.inet = true,
            '6' => self.inet6 = true,
            'f' => match value {
                "inet" => self.inet = true,
                "inet6" => self.inet6 = true,
                "unix" | "link" | "netlink" | "vsock" | "tipc" | "xdp" => self.others.push('0'),
                "help" => return Err(Refusal::help(USAGE)),
                _ => return Err(Refusal::new(format!("ss: \"{value}\" is invalid family\n{USAGE}"), 255)),
            },
            'A' => self.query(value)?,
            'h' => return Err(Refusal::help(USAGE)),
            'V' | 'v' => return Err(Refusal::help("ss utility, iproute2-6.1.0\n")),
            'i' => self.info = true,
            'O' => self.oneline = true,
            'm' => return Err(not_here("memory of sockets (-m)")),
            'b' => return Err(not_here("filters in the kernel (-b)")),
            'E' => return Err(not_here("watching (-E)")),
            'K' => self.kill = true,
            'N' => {
                let text = format!("Cannot open network namespace \"{value}\": No such file or directory\n");
                return Err(Refusal::new(text, 1));
            }
            'D' | 'F' => return Err(not_here("files (-D, -F)")),
            _ => {}
        }
        Ok(())
    }

    fn query(&mut self, value: &str) -> Result<(), Refusal> {
        for name in value.split(',') {
            match name {
                "all" | "inet" | "tcp" => self.tcp = true,
                "udp" => self.others.push('u'),
                "raw" | "unix" | "packet" | "netlink" | "dccp" | "sctp" | "mptcp" | "tipc" | "xdp" => {
                    self.others.push('0');
                }
                _ => {
                    return Err(Refusal::new(
                        format!("ss: \"{name}\" is illegal socket table id\n{USAGE}"),
                        255,
                    ));
                }
            }
        }
        Ok(())
    }

    /// `[ state NAME | exclude NAME ]… [ EXPRESSION ]`
    fn filter(&mut self, words: &[&str]) -> Result<(), Refusal> {
        let mut words = words;
        while let [verb @ ("state" | "exclude" | "excl"), rest @ ..] = words {
            let [name, rest @ ..] = rest else {
                return Err(Refusal::new("Command line is not complete. Try option \"help\"\n", 255));
            };
            let Some(named) = states(name) else {
                return Err(Refusal::new(format!("ss: wrong state name: {name}\n"), 255));
            };
            let mut chosen = self.states.take().unwrap_or_default();
            if *verb == "state" {
                chosen.extend(named);
            } else {
                if chosen.is_empty() {
                    chosen = State::ALL.to_vec();
                }
                chosen.retain(|state| !named.contains(state));
            }
            self.states = Some(chosen);
            words = rest;
        }
        self.expression = Expression::read(words)?;
        Ok(())
    }
}

fn not_here(what: &str) -> Refusal {
    Refusal::new(format!("ss: this lab does not have {what}.\n"), 1)
}

/// The states that a name in a filter stands for.
fn states(name: &str) -> Option<Vec<State>> {
    let all = State::ALL.into_iter();
    let states = match name {
        "all" => all.collect(),
        "connected" => all.filter(|s| !matches!(s, State::Listen | State::Closed)).collect(),
        "synchronized" => {
            all.filter(|s| !matches!(s, State::Listen | State::Closed | State::SynSent)).collect()
        }
        "bucket" => vec![State::SynReceived, State::TimeWait],
        "big" => all.filter(|s| !matches!(s, State::SynReceived | State::TimeWait)).collect(),
        "listening" | "listen" => vec![State::Listen],
        "established" | "estab" => vec![State::Established],
        "closed" | "unconnected" => vec![State::Closed],
        "syn-rcv" => vec![State::SynReceived],
        other => {
            let upper = other.to_ascii_uppercase();
            vec![all.clone().find(|state| super::state_name(*state) == upper)?]
        }
    };
    Some(states)
}
