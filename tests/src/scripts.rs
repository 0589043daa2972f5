//! Scripts of sessions, and whether they can be run here.

use std::path::Path;
use std::process::Command;
use tcp_course::Session;
use tcp_scene::Look;
use tcp_scene::export::{Export, Refusal};
use tcp_scene::words::en;

/// With this variable, `cargo xtask test` asks for `two` scripts to be run, and `cargo xtask soak` for `all`.
const SCRIPTS: &str = "TCP_STATES_SCRIPTS";

/// How many scripts a test runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// None, and why.
    Nothing(String),
    /// The two shortest.
    Two,
    /// All.
    All,
}

/// The script of a session.
pub fn script(session: &Session) -> Result<String, Refusal> {
    let octets = Export::Script.of(session, &Look::default(), en::say)?;
    Ok(String::from_utf8(octets).expect("a script is text"))
}

/// What is asked for, if this machine can do it.
pub fn asked() -> Asked {
    match (std::env::var(SCRIPTS).unwrap_or_default().as_str(), obstacle()) {
        ("", _) => Asked::Nothing("cargo xtask test runs two, cargo xtask soak all".to_owned()),
        (_, Some(why)) => Asked::Nothing(why),
        ("two", None) => Asked::Two,
        (_, None) => Asked::All,
    }
}

/// Why no script can be run here.
fn obstacle() -> Option<String> {
    let own = ["--user", "--map-root-user", "--net", "--pid", "--mount", "--fork", "--mount-proc", "true"];
    let works =
        |words: &[&str]| Command::new("unshare").args(words).output().is_ok_and(|done| done.status.success());
    if !works(&own[2..]) && !works(&own) {
        return Some("this machine lets nobody make namespaces".to_owned());
    }
    let found = |tool: &&str| {
        let places = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
        places.iter().any(|place| Path::new(place).join(tool).is_file())
    };
    let tools = ["bash", "unshare", "nsenter", "ip", "iptables", "netstat", "sysctl", "nc.openbsd"];
    let missing = tools.into_iter().find(|tool| !found(tool));
    missing.map(|tool| format!("{tool} is not installed"))
}
