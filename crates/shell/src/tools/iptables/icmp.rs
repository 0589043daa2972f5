//! The types of ICMP, as `--icmp-type` names them.

use super::problem::Problem;

/// Name, type and code of each; `any` is the type 255.
const TYPES: [(&str, u8, Option<u8>); 15] = [
    ("any", 255, None),
    ("echo-reply", 0, None),
    ("pong", 0, None),
    ("destination-unreachable", 3, None),
    ("network-unreachable", 3, Some(0)),
    ("host-unreachable", 3, Some(1)),
    ("protocol-unreachable", 3, Some(2)),
    ("port-unreachable", 3, Some(3)),
    ("network-prohibited", 3, Some(9)),
    ("host-prohibited", 3, Some(10)),
    ("communication-prohibited", 3, Some(13)),
    ("redirect", 5, None),
    ("echo-request", 8, None),
    ("ping", 8, None),
    ("time-exceeded", 11, None),
];

/// `echo-request`, `8` or `3/1`: type and code.
pub(super) fn read(text: &str) -> Result<(u8, Option<u8>), Problem> {
    let begun: Vec<_> =
        TYPES.iter().filter(|(name, ..)| !text.is_empty() && name.starts_with(text)).collect();
    match begun.as_slice() {
        [(_, kind, code)] => return Ok((*kind, *code)),
        [(one, ..), (other, ..), ..] => {
            return Err(Problem::IcmpAmbiguous(text.to_owned(), one, other));
        }
        [] => {}
    }
    let (kind, code) = text.split_once('/').map_or((text, None), |(kind, code)| (kind, Some(code)));
    let kind = kind.parse().map_err(|_| Problem::IcmpType(text.to_owned()))?;
    let code = code.map(str::parse).transpose().map_err(|_| Problem::IcmpCode(text.to_owned()))?;
    Ok((kind, code))
}

/// As `-L` has it.
pub(super) fn listed(kind: u8, code: Option<u8>, inverted: bool, numeric: bool) -> String {
    let bang = if inverted { "!" } else { "" };
    let known = TYPES.iter().find(|(_, of, with)| (*of, *with) == (kind, code)).filter(|_| !numeric);
    let code = code.map(|code| format!(" code {code}")).unwrap_or_default();
    match known {
        Some((name, ..)) => format!(" icmp {bang}{name}"),
        None if inverted => format!(" icmp !type {kind}{code}"),
        None => format!(" icmptype {kind}{code}"),
    }
}

/// As `-S` has it.
pub(super) fn saved(kind: u8, code: Option<u8>, bang: &str) -> String {
    let text = match (kind, code) {
        (255, None) => "any".to_owned(),
        (kind, Some(code)) => format!("{kind}/{code}"),
        (kind, None) => kind.to_string(),
    };
    format!(" -m icmp{bang} --icmp-type {text}")
}
