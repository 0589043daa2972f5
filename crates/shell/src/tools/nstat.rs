//! `nstat` of iproute2 6.1: what the kernel has counted since it was last asked, which a file in `/tmp` remembers.
//!
//! Left out on purpose: the daemon that samples (`-d`, `-t`), and with it the rates, which are 0.0 without one; `-p`.

use super::{OnHost, snmp};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};
use std::fmt::Write;

const LETTERS: &str = "h?vVzrnasd:t:jp";

const LONGS: &[Long] = &[
    Long::flag("help", 'h'),
    Long::flag("ignore", 'a'),
    Long::with("scan", 'd'),
    Long::flag("nooutput", 'n'),
    Long::flag("json", 'j'),
    Long::flag("reset", 'r'),
    Long::flag("noupdate", 's'),
    Long::flag("pretty", 'p'),
    Long::with("interval", 't'),
    Long::flag("version", 'V'),
    Long::flag("zeros", 'z'),
];

const USAGE: &str = "Usage: nstat [OPTION] [ PATTERN [ PATTERN ] ]
   -h, --help          this message
   -a, --ignore        ignore history
   -d, --scan=SECS     sample every statistics every SECS
   -j, --json          format output in JSON
   -n, --nooutput      do history only
   -p, --pretty        pretty print
   -r, --reset         reset history
   -s, --noupdate      don't update history
   -t, --interval=SECS report average over the last SECS
   -V, --version       output version information
   -z, --zeros         show entries with zero activity
";

/// Numbers that count nothing.
const CONSTANT: [&str; 7] =
    ["Forwarding", "DefaultTTL", "RtoAlgorithm", "RtoMin", "RtoMax", "MaxConn", "CurrEstab"];

/// Runs `nstat`. `args` does not include its name.
pub(crate) fn run(args: &[String], here: &mut OnHost<'_>) -> Done {
    let (mut set, mut patterns) = (String::new(), Vec::new());
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item(LETTERS, &[LONGS]) {
        match item {
            Item::Option('V' | 'v', _) => return Err(Refusal::help("nstat utility, iproute2-6.1.0\n")),
            Item::Option('d' | 't', _) => {
                return Err(Refusal::new("nstat: this lab does not have its daemon (-d, -t).\n", 1));
            }
            Item::Option('h' | '?', _) => return Err(Refusal::new(USAGE, 255)),
            Item::Option(letter, _) => set.push(letter),
            Item::Word(word) => patterns.push(word),
            Item::Bad(bad) => return Err(Refusal::new(bad.message("nstat") + USAGE, 255)),
        }
    }
    let has = |letter| set.contains(letter);
    let path = format!("/tmp/.nstat.u{}", here.user.uid().0);
    let now: Vec<(String, i64)> = snmp::numbers(here.world, here.host)
        .into_iter()
        .filter(|(group, name, _)| !(matches!(*group, "Ip" | "Tcp") && CONSTANT.contains(name)))
        .map(|(group, name, value)| (format!("{group}{name}"), value))
        .collect();
    let before = match has('a') || has('r') {
        true => String::new(),
        false => {
            let octets = here.files.read(here.host, here.user, &path).unwrap_or_default();
            String::from_utf8_lossy(&octets).into_owned()
        }
    };
    if !has('s') {
        let history: String = now.iter().map(|(name, value)| line(name, *value)).collect();
        let written = here.files.create(here.host, here.user, &path);
        let _ = written.and_then(|()| here.files.append(here.host, here.user, &path, history.as_bytes()));
    }
    if has('n') {
        return Ok(Output::default());
    }
    let earlier = |name: &str| {
        let known = before.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        known.and_then(|rest| rest.split_whitespace().next()?.parse::<i64>().ok()).unwrap_or(0)
    };
    let matches = |name: &str| {
        patterns.is_empty() || patterns.iter().any(|pattern| fits(pattern.as_bytes(), name.as_bytes()))
    };
    let shown = now.iter().map(|(name, value)| (name, *value - earlier(name)));
    let shown = shown.filter(|(name, value)| (*value != 0 || has('z')) && matches(name));
    if has('j') {
        let fields: Vec<String> = shown.map(|(name, value)| format!("\"{name}\":{value}")).collect();
        return Ok(Output::ok(format!("{{\"kernel\":{{{}}}}}\n", fields.join(","))));
    }
    let mut out = "#kernel\n".to_owned();
    shown.for_each(|(name, value)| out += &line(name, value));
    Ok(Output::ok(out))
}

fn line(name: &str, value: i64) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{name:<32}{value:<16}   0.0");
    out
}

/// Whether a name fits a pattern of the shell's (`*`, `?`, `[a-z]`), in letters of either case.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    // Where to go on if what follows the last `*` does not fit: that, and one octet of the name more.
    let (mut at, mut here, mut star) = (0, 0, None);
    while here < name.len() {
        let next = pattern.get(at..).unwrap_or_default();
        match (next.first(), name.get(here).and_then(|octet| one(next, *octet))) {
            (Some(b'*'), _) => {
                at += 1;
                star = Some((at, here));
            }
            (_, Some(length)) => (at, here) = (at + length, here + 1),
            _ => {
                let Some((after, from)) = star else { return false };
                (at, here, star) = (after, from + 1, Some((after, from + 1)));
            }
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|octet| *octet == b'*')
}

/// How long the beginning of the pattern is that takes this octet.
fn one(pattern: &[u8], octet: u8) -> Option<usize> {
    let lower = |octet: &u8| octet.to_ascii_lowercase();
    match pattern {
        [b'?', ..] => Some(1),
        [b'[', rest @ ..] if rest.iter().skip(1).any(|end| *end == b']') => {
            let negated = matches!(rest.first(), Some(b'!' | b'^'));
            let set = if negated { &rest[1..] } else { rest };
            let end = set.iter().skip(1).position(|end| *end == b']')? + 1;
            let mut found = false;
            let mut at = 0;
            while at < end {
                if set.get(at + 1) == Some(&b'-') && at + 2 < end {
                    found |= (lower(&set[at])..=lower(&set[at + 2])).contains(&lower(&octet));
                    at += 3;
                } else {
                    found |= lower(&set[at]) == lower(&octet);
                    at += 1;
                }
            }
            (found != negated).then_some(end + 2 + usize::from(negated))
        }
        [b'\\', letter, ..] if lower(letter) == lower(&octet) => Some(2),
        [letter, ..] if lower(letter) == lower(&octet) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_pattern_is_one_of_the_shell_s() {
        for (pattern, name, is) in [
            ("tcp*opens", "TcpActiveOpens", true),
            ("tcp[a-b]*", "TcpAttemptFails", true),
            ("tcp[!a-b]*", "TcpAttemptFails", false),
            ("*S", "TcpOutRsts", true),
            ("Tcp?utRsts", "TcpOutRsts", true),
            ("Tcp", "TcpOutRsts", false),
            ("[", "[", true),
            ("[a", "[a", true),
            ("", "", true),
            ("**", "x", true),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
        ] {
            assert_eq!(fits(pattern.as_bytes(), name.as_bytes()), is, "{pattern} {name}");
        }
    }
}
