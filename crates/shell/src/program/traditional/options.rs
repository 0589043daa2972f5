//! The arguments of `nc.traditional`.

use crate::getopt::{Getopt, Item};
use crate::names::{Names, service_port};
use crate::number::strtonum;
use crate::output::Refusal;
use crate::program::MOST_PORTS;
use std::time::Duration;
use tcp_core::net::Endpoint;

/// Options and operands of `nc.traditional`.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) listen: bool,
    pub(super) verbose: u32,
    pub(super) scan: bool,
    pub(super) port: u16,
    pub(super) timeout: Option<Duration>,
    pub(super) quit_after: Option<Duration>,
    pub(super) target: Option<Endpoint>,
    /// The ports to try after `target`'s, the next one last.
    pub(super) ports: Vec<u16>,
}

impl Options {
    /// Reads the arguments, or returns what it prints and its exit code.
    pub(super) fn read(args: &[String], names: Names) -> Result<Options, Refusal> {
        let mut options = Options::default();
        let mut operands = Vec::new();
        let mut numeric = false;
        let mut scan = Getopt::letters(args);
        while let Some(item) = scan.item("hi:klno:p:q:rs:tuvw:z", &[]) {
            match item {
                Item::Option('l', _) => options.listen = true,
                Item::Option('v', _) => options.verbose += 1,
                Item::Option('z', _) => options.scan = true,
                Item::Option('n', _) => numeric = true,
                Item::Option('h', _) => return Err(Refusal::new(USAGE, 1)),
                Item::Option('u', _) => return Err(refuse("UDP is not part of this lab")),
                Item::Option('p', Some(word)) => options.port = port(word)?,
                Item::Option('w', Some(word)) => options.timeout = Some(wait(word, 1)?),
                Item::Option('q', Some(word)) => options.quit_after = wait(word, 0).ok(),
                Item::Option(..) => {}
                Item::Word(word) => operands.push(word),
                Item::Bad(bad) => return Err(Refusal::new(bad.message("nc") + "nc -h for help\n", 1)),
            }
        }
        options.place(&operands, names.unless(numeric))?;
        Ok(options)
    }

    fn place(&mut self, operands: &[&str], names: Names) -> Result<(), Refusal> {
        let Some((host, ports)) = operands.split_first() else {
            // Without arguments it asks for a command line, and gets none (trace 19a).
            return if self.listen { Ok(()) } else { Err(refuse("Cmd line: wrong")) };
        };
        if self.listen {
            // The operands of a listener say who may connect; they are ignored here.
            return Ok(());
        }
        let addr = names.resolve(host).map_err(|why| match names {
            Names::Numbers => refuse(&format!("Can't parse {host} as an IP address")),
            _ => refuse(&format!("{host}: forward host lookup failed: {}", why.of_old())),
        })?;
        for word in ports {
            let (low, high) = word.split_once('-').unwrap_or((word, word));
            let (low, high) = (port(low)?, port(high)?);
            self.ports.extend(low.min(high)..=low.max(high));
            if self.ports.len() > MOST_PORTS {
                return Err(refuse("too many ports"));
            }
        }
        // It tries a range from the highest port down.
        let first = self.ports.pop().ok_or_else(|| refuse("no port[s] to connect to"))?;
        self.target = Some(Endpoint::new(addr, first));
        Ok(())
    }
}

fn refuse(why: &str) -> Refusal {
    Refusal::new(format!("{why}\n"), 1)
}

fn port(word: &str) -> Result<u16, Refusal> {
    let value = strtonum(word, 1..=u16::MAX).ok();
    value.or_else(|| service_port(word)).ok_or_else(|| refuse(&format!("invalid port {word}")))
}

fn wait(word: &str, least: u32) -> Result<Duration, Refusal> {
    let seconds = strtonum(word, least..=1_000_000);
    let seconds = seconds.map_err(|_| refuse(&format!("invalid wait-time {word}")))?;
    Ok(Duration::from_secs(seconds.into()))
}

/// What `-h` prints, shortened to the options that exist here.
const USAGE: &str = "\
[v1.10-47]
connect to somewhere:\tnc [-options] hostname port[s] [ports] ...
listen for inbound:\tnc -l -p port [-options] [hostname] [port]
options:
\t-h\t\tthis cruft
\t-l\t\tlisten mode, for inbound connects
\t-n\t\tnumeric-only IP addresses, no DNS
\t-p port\t\tlocal port number
\t-q secs\t\tquit after EOF on stdin and delay of secs
\t-v\t\tverbose [use twice to be more verbose]
\t-w secs\t\ttimeout for connects and final net reads
\t-z\t\tzero-I/O mode [used for scanning]
";
