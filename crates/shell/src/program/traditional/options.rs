//! The arguments of `nc.traditional`, and what it calls hosts.

use crate::getopt::{Getopt, Item};
use crate::names::{Names, service_port};
use crate::output::Refusal;
use std::time::Duration;
use tcp_core::net::{Endpoint, IpAddr, Ipv4};

/// What it calls a host that it has no name for.
const UNKNOWN: &str = "(UNKNOWN)";

/// A host, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct Host {
    pub(super) name: String,
    pub(super) addr: Ipv4,
}

/// Options and operands of `nc.traditional`.
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) listen: bool,
    pub(super) numeric: bool,
    /// How often `-v` was given.
    pub(super) verbose: u32,
    pub(super) scan: bool,
    pub(super) crlf: bool,
    /// `-s` and `-p`
    pub(super) local: Endpoint,
    pub(super) timeout: Option<Duration>,
    /// `-q`, unless negative.
    pub(super) quit_after: Option<Duration>,
    pub(super) interval: Option<Duration>,
    /// Host to connect to, or the only one from which a listener accepts a connection.
    pub(super) host: Option<Host>,
    /// The words that give ports, the next one last.
    pub(super) ports: Vec<String>,
}

impl Options {
    /// Reads the arguments. `said` gets what is printed on the way.
    pub(super) fn read(
        name: &str,
        args: &[String],
        names: Names,
        said: &mut String,
    ) -> Result<Options, Refusal> {
        let mut options = Options {
            listen: false,
            numeric: false,
            verbose: 0,
            scan: false,
            crlf: false,
            local: Endpoint::any(0),
            timeout: None,
            quit_after: None,
            interval: None,
            host: None,
            ports: Vec::new(),
        };
        let mut scan = Getopt::letters(args);
        let mut operands = Vec::new();
        while let Some(item) = scan.item("abc:e:g:G:hi:klno:p:q:rs:T:tuvw:zC", &[]) {
            match item {
                Item::Option(letter, None) => options.flag(letter)?,
                Item::Option('s', Some(word)) => {
                    options.local.addr = IpAddr::V4(options.look_up(word, names, said)?.addr);
                }
                Item::Option(letter, Some(word)) => options.value(letter, word)?,
                Item::Word(word) => operands.push(word),
                Item::Bad(bad) => return Err(Refusal::new(bad.message(name) + "nc -h for help\n", 1)),
            }
        }
        options.place(&operands, args.is_empty(), names, said)?;
        Ok(options)
    }

    fn flag(&mut self, letter: char) -> Result<(), Refusal> {
        match letter {
            'l' => self.listen = true,
            'n' => self.numeric = true,
            'v' => self.verbose += 1,
            'z' => self.scan = true,
            'C' => self.crlf = true,
            'h' => return Err(Refusal::new(USAGE, 1)),
            'a' => return Err(refuse("all-A-records NIY")),
            'u' => return Err(refuse("UDP is not part of this lab")),
            _ => {}
        }
        Ok(())
    }

    fn value(&mut self, letter: char, word: &str) -> Result<(), Refusal> {
        let seconds = |count: i64| u64::try_from(count).ok().map(Duration::from_secs);
        match letter {
            'p' => self.local.port = self.port("local port", word)?,
            // Its clock has 16 bits here.
            'i' => match atoi(word) & 0xffff {
                0 => return Err(refuse(&format!("invalid interval time {word}"))),
                count => self.interval = seconds(count),
            },
            'w' => match atoi(word) {
                ..=0 => return Err(refuse(&format!("invalid wait-time {word}"))),
                count => self.timeout = seconds(count),
            },
            'q' => self.quit_after = seconds(atoi(word)),
            'c' | 'e' => return Err(refuse("this lab has no programs that a connection could run")),
            'o' => return Err(refuse("this lab has no files to write to")),
            'g' | 'G' => return Err(refuse("source routes are not part of this lab")),
            _ => {}
        }
        Ok(())
    }

    fn place(
        &mut self,
        operands: &[&str],
        bare: bool,
        names: Names,
        said: &mut String,
    ) -> Result<(), Refusal> {
        if let [host, ports @ ..] = operands {
            self.host = Some(self.look_up(host, names, said)?);
            self.ports = ports.iter().rev().map(|word| (*word).to_owned()).collect();
        }
        match (&self.host, self.ports.last()) {
            (_, Some(word)) if self.listen => self.port("port", word).map(|_| ()),
            _ if self.listen => Ok(()),
            // Without arguments it asks for a command line, and gets none (trace 19a).
            (None, _) if bare => Err(refuse("Cmd line: wrong")),
            (None, _) => Err(refuse("no destination")),
            (_, None) => Err(refuse("no port[s] to connect to")),
            _ => Ok(()),
        }
    }

    /// A host by its name or address. With `-v`, it looks up the other of the two as well, and
    /// says why that failed.
    pub(super) fn look_up(&self, word: &str, names: Names, said: &mut String) -> Result<Host, Refusal> {
        let name = |addr| names.name_of(addr).map(str::to_owned);
        if let Some(addr) = aton(word) {
            if self.numeric || self.verbose == 0 {
                return Ok(Host { name: UNKNOWN.to_owned(), addr });
            }
            let name = name(addr).unwrap_or_else(|why| {
                *said += &format!("{word}: inverse host lookup failed: {}\n", why.of_old());
                UNKNOWN.to_owned()
            });
            return Ok(Host { name, addr });
        }
        if self.numeric {
            return Err(refuse(&format!("Can't parse {word} as an IP address")));
        }
        let addr = names.resolve(word).map_err(|why| {
            Refusal::new(format!("{said}{word}: forward host lookup failed: {}\n", why.of_old()), 1)
        })?;
        let name = name(addr).unwrap_or_else(|why| {
            if self.verbose > 0 {
                *said += &format!("Warning: inverse host lookup failed for {addr}: {}\n", why.of_old());
            }
            word.to_owned()
        });
        Ok(Host { name, addr })
    }

    /// A port: a number modulo 65536 with anything behind it, or, unless `-n` forbids names, a service.
    pub(super) fn port(&self, what: &str, word: &str) -> Result<u16, Refusal> {
        let port = match atoi(word) {
            0 if !self.numeric => service_port(word),
            number => u16::try_from(number & 0xffff).ok(),
        };
        port.filter(|port| *port != 0).ok_or_else(|| refuse(&format!("invalid {what} {word}")))
    }
}

/// C's `atoi`: the number that a word begins with; 0 if it begins with none.
fn atoi(word: &str) -> i64 {
    let (sign, digits) = word.strip_prefix('-').map_or((1, word), |digits| (-1, digits));
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse::<i32>().map_or(0, |number| sign * i64::from(number))
}

/// An address, as `inet_aton` reads one: a single number is one, too (trace 19a: `-l 6671` waits for 0.0.26.15).
fn aton(word: &str) -> Option<Ipv4> {
    word.parse().ok().or_else(|| word.parse::<u32>().ok().map(Ipv4::from))
}

fn refuse(why: &str) -> Refusal {
    Refusal::new(format!("{why}\n"), 1)
}

/// What `-h` prints, shortened to the options that exist here.
const USAGE: &str = "\
[v1.10-47]
connect to somewhere:\tnc [-options] hostname port[s] [ports] ...
listen for inbound:\tnc -l -p port [-options] [hostname] [port]
options:
\t-C\t\tSend CRLF as line-ending
\t-h\t\tthis cruft
\t-i secs\t\tdelay interval for lines sent, ports scanned
\t-l\t\tlisten mode, for inbound connects
\t-n\t\tnumeric-only IP addresses, no DNS
\t-p port\t\tlocal port number
\t-q secs\t\tquit after EOF on stdin and delay of secs
\t-s addr\t\tlocal source address
\t-v\t\tverbose [use twice to be more verbose]
\t-w secs\t\ttimeout for connects and final net reads
\t-z\t\tzero-I/O mode [used for scanning]
port numbers can be individual or ranges: lo-hi [inclusive]
";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, Refusal> {
        let args: Vec<String> = line.split_whitespace().skip(1).map(str::to_owned).collect();
        Options::read("nc.traditional", &args, Names::File, &mut String::new())
    }

    #[test]
    fn numbers_are_read_as_atoi_reads_them() {
        assert_eq!(read("nc -q x h").map(|o| o.quit_after).ok(), None);
        assert_eq!(read("nc -q x S_m 5").map(|o| o.quit_after), Ok(Some(Duration::ZERO)));
        assert_eq!(read("nc -q -1 S_m 5").map(|o| o.quit_after), Ok(None));
        assert_eq!(read("nc -l -p 70000").map(|o| o.local.port), Ok(4464));
        assert_eq!(read("nc -w 2x S_m 5").map(|o| o.timeout), Ok(Some(Duration::from_secs(2))));
        assert_eq!(atoi("-"), 0);
        assert_eq!(atoi("99999999999"), 0);
    }

    #[test]
    fn what_is_missing_is_named() {
        let said = |line: &str| read(line).map(|_| ()).map_err(|refusal| refusal.to_string());
        for (line, text) in [
            ("nc", "Cmd line: wrong\n"),
            ("nc -v", "no destination\n"),
            ("nc 5555", "no port[s] to connect to\n"),
            ("nc -n nosuch 5", "Can't parse nosuch as an IP address\n"),
            ("nc nosuch.invalid 5", "nosuch.invalid: forward host lookup failed: Unknown host\n"),
            ("nc -w 0 S_m 5", "invalid wait-time 0\n"),
            ("nc -i x S_m 5", "invalid interval time x\n"),
            ("nc -l -p 0", "invalid local port 0\n"),
            ("nc -x", "nc.traditional: invalid option -- 'x'\nnc -h for help\n"),
        ] {
            assert_eq!(said(line), Err(text.to_owned()), "{line}");
        }
    }
}
