//! The firewalls: each command with its output, and the listing of a chain each time it changed.

use super::Listing;
use super::ms;
use std::collections::BTreeMap;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::net::firewall::ChainName;
use tcp_course::Session;
use tcp_shell::tools::Output;

/// Commands and listings of the firewalls so far.
#[derive(Default)]
pub(super) struct Watched {
    pub(super) listings: Vec<Listing>,
    /// The chains that some command named, each with its last listing.
    chains: BTreeMap<(HostId, String), String>,
    octets: usize,
    looks: usize,
}

impl Watched {
    /// Called before a command runs: the chains that it names are watched from now on.
    pub(super) fn command(&mut self, host: HostId, line: &str) {
        if line.contains("iptables") {
            let built_in = ChainName::ALL.into_iter().map(ChainName::name).filter(|name| line.contains(name));
            let words: Vec<&str> = line.split_whitespace().collect();
            let of_rule = words.windows(2).find(|pair| matches!(pair[0], "-A" | "-I")).map(|pair| pair[1]);
            for chain in built_in.collect::<Vec<&str>>().into_iter().chain(of_rule) {
                self.chains.entry((host, chain.to_owned())).or_default();
            }
        }
    }

    /// Called after the command has run.
    pub(super) fn ran(&mut self, at: Instant, host: HostId, cmd: &str, output: &Output) {
        self.octets += output.stdout.len() + output.stderr.len();
        // `follow` need not record a listing that a command has just printed.
        if let Some((_, last)) =
            self.chains.iter_mut().find(|((of, chain), _)| *of == host && cmd == listing(chain))
        {
            last.clone_from(&output.stdout);
        }
        self.listings.push(Listing {
            t_ms: ms(at),
            host: host.word().to_owned(),
            cmd: cmd.to_owned(),
            exit_code: output.exit_code,
            stdout: output.stdout.clone(),
            stderr: output.stderr.clone(),
        });
    }

    /// Lists each watched chain that has changed.
    pub(super) fn follow(&mut self, session: &mut Session) {
        for (host, chain) in self.chains.keys().cloned().collect::<Vec<_>>() {
            let cmd = listing(&chain);
            let output = session.look(host, &cmd);
            self.looks += 1 + output.stdout.len() / 64;
            if output.exit_code == 0 && self.chains.get(&(host, chain)) != Some(&output.stdout) {
                self.ran(session.lab().now(), host, &cmd, &output);
            }
        }
    }

    /// Number of lines that were compared so far.
    pub(super) const fn looks(&self) -> usize {
        self.looks
    }

    /// Octets that are kept so far.
    pub(super) const fn octets(&self) -> usize {
        self.octets
    }
}

fn listing(chain: &str) -> String {
    format!("iptables -L {chain} -vn")
}
