//! The tools that the script may run, with the options that each may have.
//!
//! A session may come from a stranger, and the script runs as root. So a tool is here only if none of its words, as far as
//! they are let through, names a file, starts another program, or reaches beyond the namespaces. What is not in the table
//! becomes a comment. Missing on purpose are tools that write files or run programs if their words say so (`awk`, `sed`,
//! `tee`, `tcpdump`, `curl`, `telnet` with its escape), and bash's own `printf`, `test` and `read`, which run what is in
//! the brackets of an array.

use super::firewall;
use super::quote::quote;

/// What a command does to the line in which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// It prints and ends.
    Ends,
    /// It lists the host's sockets, and ends.
    Lists,
    /// It goes on until something ends it, and reads what is typed.
    Stays,
}

/// A tool, by its options.
struct Tool {
    names: &'static [&'static str],
    kind: Kind,
    /// Letters of options without an argument.
    flags: &'static str,
    /// Letters of options with an argument.
    with: &'static str,
    /// Long options; those that need an argument end with `=`.
    longs: &'static [&'static str],
    /// What else it may be given, and how often.
    operand: fn(&str) -> bool,
    most: usize,
}

const NONE: Tool =
    Tool { names: &[], kind: Kind::Ends, flags: "", with: "", longs: &[], operand: any, most: 0 };

const NCAT_LONGS: &[&str] = &[
    "--listen",
    "--keep-open",
    "--verbose",
    "--nodns",
    "--source-port=",
    "--source=",
    "--wait=",
    "--idle-timeout=",
    "--max-conns=",
    "--crlf",
    "--recv-only",
    "--send-only",
    "--no-shutdown",
];

const NETSTAT_LONGS: &[&str] = &[
    "--all",
    "--numeric",
    "--tcp",
    "--listening",
    "--timers",
    "--programs",
    "--extend",
    "--statistics",
    "--interfaces",
];

const SS_LONGS: &[&str] = &[
    "--all",
    "--numeric",
    "--tcp",
    "--listening",
    "--options",
    "--processes",
    "--extended",
    "--info",
    "--summary",
    "--memory",
    "--no-header",
    "--kill",
];

/// All but `iptables`, `sysctl` and `ip`, whose words have an order of their own.
const TOOLS: &[Tool] = &[
    Tool {
        names: &["nc", "nc.openbsd", "netcat"],
        kind: Kind::Stays,
        flags: "46CNdhklnrvz",
        with: "ipqsw",
        most: 2,
        ..NONE
    },
    Tool { names: &["nc.traditional"], kind: Kind::Stays, flags: "Chlnrvz", with: "ipqsw", most: 20, ..NONE },
    Tool {
        names: &["ncat"],
        kind: Kind::Stays,
        flags: "46Cklnvz",
        with: "impswq",
        longs: NCAT_LONGS,
        most: 2,
        ..NONE
    },
    Tool { names: &["ping"], kind: Kind::Stays, flags: "46DOnq", with: "Wcisw", most: 1, ..NONE },
    Tool { names: &["sleep"], kind: Kind::Stays, operand: is_span, most: 5, ..NONE },
    Tool { names: &["netstat"], kind: Kind::Lists, flags: "46Waeilnoprstvx", longs: NETSTAT_LONGS, ..NONE },
    Tool {
        names: &["ss"],
        kind: Kind::Lists,
        flags: "46HKOaeilmnoprstuv",
        longs: SS_LONGS,
        most: 40,
        ..NONE
    },
    Tool { names: &["iptables-save"], flags: "c", ..NONE },
    Tool { names: &["ifconfig"], flags: "a", operand: interface, most: 1, ..NONE },
    Tool { names: &["route"], flags: "ne", ..NONE },
    Tool { names: &["echo"], flags: "neE", most: 1000, ..NONE },
    Tool { names: &["yes"], kind: Kind::Stays, most: 100, ..NONE },
    Tool { names: &["seq"], kind: Kind::Stays, operand: number, most: 3, ..NONE },
    Tool { names: &["true", "false", ":"], ..NONE },
    Tool { names: &["date"], operand: date, most: 1, ..NONE },
    Tool { names: &["grep", "egrep", "fgrep"], flags: "EFcihnoqsvwx", with: "ABCem", most: 1, ..NONE },
    Tool { names: &["wc"], flags: "clmw", ..NONE },
    Tool { names: &["sort"], flags: "bfhnru", with: "kt", ..NONE },
    Tool { names: &["uniq"], flags: "cdiu", ..NONE },
    Tool { names: &["head", "tail"], flags: "0123456789q", with: "cn", ..NONE },
    Tool { names: &["cut"], flags: "s", with: "cdf", ..NONE },
    Tool { names: &["tr"], flags: "cds", most: 2, ..NONE },
    Tool { names: &["cat"], flags: "n", ..NONE },
    Tool { names: &["column"], flags: "t", ..NONE },
];

fn any(_: &str) -> bool {
    true
}

fn number(word: &str) -> bool {
    word.bytes().all(|octet| octet.is_ascii_digit())
}

/// `2`, `0.5`, `1m`
pub(super) fn is_span(word: &str) -> bool {
    !word.is_empty() && number(&word.trim_end_matches(['s', 'm', 'h']).replacen('.', "", 1))
}

fn interface(word: &str) -> bool {
    word == "eth0" || word == "lo"
}

/// A format: anything else would set the clock.
fn date(word: &str) -> bool {
    word.starts_with('+')
}

/// The name of a tool that may be called by its path.
pub(super) fn name(word: &str) -> &str {
    const PLACES: [&str; 4] = ["/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"];
    PLACES.iter().find_map(|place| word.strip_prefix(place)).unwrap_or(word)
}

/// What a command is if the script may run it; otherwise, why not. `chains` are the host's chains of its own.
pub(super) fn kind(words: &[String], chains: &[String]) -> Result<Kind, String> {
    let Some((first, args)) = words.split_first() else { return Err("it has no command".to_owned()) };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let name = name(first);
    let refused = |word: &str| format!("{} may not have {}", short(name), short(word));
    match name {
        "iptables" => firewall::check(&args, chains).map(|()| Kind::Ends).map_err(|word| refused(&word)),
        "sysctl" => sysctl(&args).map(|()| Kind::Ends).map_err(refused),
        "ip" => shows(&args).then_some(Kind::Ends).ok_or_else(|| "ip may only show something".to_owned()),
        _ => {
            let tool = TOOLS.iter().find(|tool| tool.names.contains(&name));
            let tool = tool.ok_or_else(|| format!("{} is not on the list of tools", short(name)))?;
            tool.check(&args).map_err(refused)?;
            Ok(tool.kind)
        }
    }
}

/// The beginning of a word, for a comment.
fn short(word: &str) -> String {
    let begin: String = word.chars().take(30).collect();
    let more = if begin.len() < word.len() { "..." } else { "" };
    quote(&begin) + more
}

/// Whether only root can do it, so that the student's line without `sudo` did nothing.
pub(super) fn needs_root(words: &[String]) -> bool {
    let name = words.first().map_or("", |word| name(word));
    let low = |word: &String| word.parse::<u16>().is_ok_and(|port| port < 1024);
    match name {
        "iptables" | "iptables-save" => true,
        "sysctl" => words.iter().any(|word| word.contains('=')),
        "ss" => words.iter().any(|word| word == "--kill" || word.starts_with('-') && word.contains('K')),
        "nc" | "nc.openbsd" | "netcat" | "nc.traditional" | "ncat" => {
            let listens =
                words.iter().any(|word| word == "--listen" || is_cluster(word) && word.contains('l'));
            let own = |pair: &[String]| is_cluster(&pair[0]) && pair[0].ends_with('p') && low(&pair[1]);
            listens && words.iter().skip(1).any(low) || words.windows(2).any(own)
        }
        _ => false,
    }
}

fn is_cluster(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-') && !word.starts_with("--")
}

impl Tool {
    /// Fails with the first word that it may not have.
    fn check<'a>(&self, args: &[&'a str]) -> Result<(), &'a str> {
        let mut args = args.iter().copied();
        let (mut operands, mut options, mut patterns) = (0, true, self.most);
        while let Some(word) = args.next() {
            if options && word == "--" {
                options = false;
            } else if options && word.starts_with("--") {
                self.long(word, &mut args)?;
            } else if options && is_cluster(word) {
                self.cluster(word, &mut args)?;
                // The pattern of `-e` takes the place of the first operand, and a second would be a file.
                patterns -= usize::from(word.contains('e') && self.with.contains('e') && patterns > 0);
            } else {
                operands += 1;
                if !(self.operand)(word) {
                    return Err(word);
                }
            }
            if operands > patterns {
                return Err(word);
            }
        }
        Ok(())
    }

    fn long<'a>(&self, word: &'a str, args: &mut impl Iterator<Item = &'a str>) -> Result<(), &'a str> {
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        let known = self.longs.iter().find(|long| long.trim_end_matches('=') == name).ok_or(word)?;
        match (known.ends_with('='), value) {
            (true, None) => args.next().map(|_| ()).ok_or(word),
            (false, Some(_)) => Err(word),
            _ => Ok(()),
        }
    }

    fn cluster<'a>(&self, word: &'a str, args: &mut impl Iterator<Item = &'a str>) -> Result<(), &'a str> {
        for (at, letter) in word.char_indices().skip(1) {
            if self.with.contains(letter) {
                let rest = &word[at + letter.len_utf8()..];
                return if rest.is_empty() { args.next().map(|_| ()).ok_or(word) } else { Ok(()) };
            }
            if !self.flags.contains(letter) {
                return Err(word);
            }
        }
        Ok(())
    }
}

/// Constants of the hosts alone: in a namespace of one's own, no others can be set.
fn sysctl<'a>(args: &[&'a str]) -> Result<(), &'a str> {
    for word in args {
        let (name, value) = word.split_once('=').unwrap_or((word, "0"));
        let constant = ["net.ipv4.tcp_", "net.ipv4.ip_local_port_range", "net.core.somaxconn"];
        let known = constant.iter().any(|begin| name.starts_with(begin))
            && name.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"._".contains(&octet));
        let plain =
            !value.is_empty() && value.bytes().all(|octet| octet.is_ascii_digit() || b" \t".contains(&octet));
        if !(known && plain || matches!(*word, "-w" | "-n" | "-q")) {
            return Err(word);
        }
    }
    Ok(())
}

/// Whether `ip` only shows something.
fn shows(args: &[&str]) -> bool {
    let rest: Vec<&str> =
        args.iter().copied().filter(|word| !matches!(*word, "-4" | "-6" | "-br" | "-s" | "-o")).collect();
    let object = ["a", "addr", "address", "l", "link", "r", "route", "n", "neigh"];
    match rest.as_slice() {
        [what] => object.contains(what),
        [what, "show" | "list" | "ls"] => object.contains(what),
        [what, "show" | "list" | "ls", "dev", on] => object.contains(what) && interface(on),
        [what, "show" | "list" | "ls", on] => ["a", "addr", "l", "link"].contains(what) && interface(on),
        _ => false,
    }
}
