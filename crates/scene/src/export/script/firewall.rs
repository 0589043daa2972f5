//! The words of `iptables` that the script lets through.
//!
//! What is no option here cannot begin with `-`, so it cannot be one for `iptables` either. Among what is missing are
//! `--modprobe`, which names a program, other tables, and matches and targets that reach beyond the namespace.

/// Options without an argument, or with one that is checked as any word.
const OPTIONS: &[&str] = &[
    "-A",
    "--append",
    "-I",
    "--insert",
    "-D",
    "--delete",
    "-R",
    "--replace",
    "-C",
    "--check",
    "-L",
    "--list",
    "-S",
    "--list-rules",
    "-F",
    "--flush",
    "-Z",
    "--zero",
    "-N",
    "--new-chain",
    "-X",
    "--delete-chain",
    "-P",
    "--policy",
    "-E",
    "--rename-chain",
    "-n",
    "--numeric",
    "-v",
    "--verbose",
    "-x",
    "--exact",
    "--line-numbers",
    "-vn",
    "-nv",
    "-nvL",
    "-vnL",
    "-nL",
    "-vL",
    "-Lv",
    "-Ln",
    "-Lvn",
    "-Lnv",
    "-vx",
    "-nvx",
    "-vnx",
    "-s",
    "--source",
    "-d",
    "--destination",
    "-i",
    "--in-interface",
    "-o",
    "--out-interface",
    "--sport",
    "--source-port",
    "--dport",
    "--destination-port",
    "--sports",
    "--source-ports",
    "--dports",
    "--destination-ports",
    "--tcp-flags",
    "--syn",
    "--tcp-option",
    "--icmp-type",
    "--state",
    "--ctstate",
    "--length",
    "--limit",
    "--limit-burst",
    "--mode",
    "--every",
    "--packet",
    "--probability",
    "--connlimit-above",
    "--connlimit-upto",
    "--connlimit-mask",
    "--connlimit-saddr",
    "--connlimit-daddr",
    "--reject-with",
    "--log-level",
    "--log-tcp-sequence",
    "--log-tcp-options",
    "--log-ip-options",
    "--log-uid",
];

/// Options whose argument is any text.
const TEXTS: [&str; 2] = ["--comment", "--log-prefix"];

const MATCHES: [&str; 11] = [
    "tcp",
    "udp",
    "icmp",
    "multiport",
    "state",
    "conntrack",
    "comment",
    "length",
    "limit",
    "statistic",
    "connlimit",
];

const TARGETS: [&str; 5] = ["ACCEPT", "DROP", "REJECT", "LOG", "RETURN"];

/// Fails with the first word that it may not have.
pub(super) fn check(args: &[&str], chains: &[String]) -> Result<(), String> {
    let mut args = args.iter().copied();
    while let Some(word) = args.next() {
        let fits = match word {
            "-j" | "--jump" | "-g" | "--goto" => args.next().is_some_and(|target| is_target(target, chains)),
            "-m" | "--match" => args.next().is_some_and(|of| MATCHES.contains(&of)),
            "-p" | "--protocol" => args.next().is_some_and(is_name),
            "-t" | "--table" => args.next() == Some("filter"),
            text if TEXTS.contains(&text) => args.next().is_some_and(|text| !text.starts_with('-')),
            word if word.starts_with('-') => OPTIONS.contains(&word),
            word => {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|octet| octet.is_ascii_alphanumeric() || b"_.,:/+%!-".contains(&octet))
            }
        };
        if !fits {
            return Err(word.to_owned());
        }
    }
    Ok(())
}

/// A protocol, for which `iptables` may load a library of that name.
fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|octet| octet.is_ascii_alphanumeric())
}

/// One of the usual targets, or a chain of the host's own. Its name must not be one that the kernel could know: these are in
/// capitals.
fn is_target(target: &str, chains: &[String]) -> bool {
    let own = || {
        chains.iter().any(|chain| chain == target) && target.bytes().any(|octet| octet.is_ascii_lowercase())
    };
    TARGETS.contains(&target) || own() && !target.starts_with('-')
}
