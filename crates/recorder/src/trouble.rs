//! Why a recording could not be made, in words that say what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a recording could not be made.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// There is no such option; holds the usage text.
    Usage(&'static str),
    /// A tool is missing.
    Missing {
        /// Its name.
        tool: &'static str,
        /// The command that would install it.
        install: &'static str,
    },
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// This is not a Linux kernel, so there is nothing to record.
    #[cfg_attr(target_os = "linux", expect(dead_code, reason = "said where this is no Linux"))]
    NotLinux,
    /// Namespaces, firewalls and captures need root.
    NotRoot,
    /// Tracefs is not mounted: what a host sends again and its own firewall stops would not be seen.
    NoTracefs,
    /// SIGINT, SIGTERM or SIGHUP.
    Interrupted,
    /// The recording cannot be read; holds the place and the reason.
    Recording(String),
    /// A recording may not run this command.
    Command(String),
    /// The system refused an operation.
    System {
        /// What was attempted.
        what: String,
        /// The system's reason.
        reason: io::Error,
    },
    /// A tool failed.
    Tool {
        /// The command line as one would type it.
        command: String,
        /// Its standard error.
        said: String,
    },
}

impl Trouble {
    /// For `map_err`: a file and what happened to it.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |reason| Self::File(path.to_owned(), reason)
    }

    /// For `map_err`: what was attempted when the system refused.
    pub(crate) fn system<E: Into<io::Error>>(what: impl Into<String>) -> impl FnOnce(E) -> Self {
        let what = what.into();
        move |reason| Self::System { what, reason: reason.into() }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(usage) => write!(f, "no such option\n\n{usage}"),
            Self::NoTracefs => f.write_str(
                "random scenarios need the kernel's own events; sudo mount -t tracefs nodev /sys/kernel/tracing",
            ),
            Self::Missing { tool, install } => write!(f, "{tool} is missing; install it with: {install}"),
            Self::File(path, reason) => write!(f, "{}: {reason}", path.display()),
            Self::NotLinux => f.write_str("only a Linux kernel can be recorded; run it on Linux"),
            Self::NotRoot => {
                f.write_str("recording needs root; run it with: sudo -E cargo xtask record NAME")
            }
            Self::Interrupted => {
                f.write_str("interrupted; everything that was made is removed, nothing is written")
            }
            Self::Recording(reason) => write!(f, "cannot read the recording: {reason}"),
            Self::Command(command) => write!(f, "a recording may not run `{command}`; it may run {MAY_RUN}"),
            Self::System { what, reason } => write!(f, "{what}: {reason}"),
            Self::Tool { command, said } => write!(f, "failed: {command}: {}", said.trim()),
        }
    }
}

/// Everything that a recording may run, as part of a sentence.
const MAY_RUN: &str = "nc, nc.traditional, ncat, app, netstat, ss, iptables, sysctl, ip addr, ip link set eth0 up or down, ip -4 route, and sh -c with a pipe of netstat and grep";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_one_line_and_says_what_to_do() {
        let texts = [
            Trouble::NotRoot.to_string(),
            Trouble::Command("rm -r /".to_owned()).to_string(),
            Trouble::Recording("steps: missing".to_owned()).to_string(),
        ];
        assert!(texts.iter().all(|text| text.lines().count() == 1), "{texts:?}");
        assert!(texts[0].contains("sudo"), "{}", texts[0]);
        assert!(texts[1].contains("`rm -r /`"), "{}", texts[1]);
    }
}
