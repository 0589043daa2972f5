//! The arguments of `nc`, and how it refuses them.

use super::seconds;
use super::text::{SUMMARY, USAGE, VERSION};
use crate::getopt::{Getopt, Item};
use crate::names::{Names, service_port};
use crate::number::strtonum;
use crate::output::Refusal;
use crate::program::MOST_PORTS;
use std::time::Duration;
use tcp_core::net::{Endpoint, Family, Ipv4, Ipv6};

/// The letters of netcat-openbsd 1.219 with Debian's additions.
const SPEC: &str = "46bCDdFhI:i:klM:m:NnO:P:p:q:rSs:T:tUuV:vW:w:X:x:Zz";

/// Options and operands of `nc`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    /// `-l`
    pub(super) listen: bool,
    /// `-k`
    pub(super) keep: bool,
    /// `-v`
    pub(super) verbose: bool,
    /// `-n`
    pub(super) numeric: bool,
    /// `-z`
    pub(super) scan: bool,
    /// `-d`
    pub(super) detached: bool,
    /// `-N`, or `-q` with a time
    pub(super) half_close: bool,
    /// `-C`
    pub(super) crlf: bool,
    /// `-w`
    pub(super) timeout: Option<Duration>,
    /// `-q`, unless negative
    pub(super) quit_after: Option<Duration>,
    /// `-i`
    pub(super) interval: Option<Duration>,
    /// `-4` or `-6`
    pub(super) family: Option<Family>,
    /// `-s` and `-p` of a client
    pub(super) source: Option<Endpoint>,
    /// Host to connect to, or address to listen on; empty means any.
    pub(super) host: String,
    /// The ports to try, or the one to listen on.
    pub(super) ports: Vec<u16>,
}

/// What getopt returns, before it is interpreted.
#[derive(Default)]
struct Raw<'a> {
    source_port: Option<&'a str>,
    source: Option<&'a str>,
    operands: Vec<&'a str>,
}

impl Options {
    /// Reads the arguments.
    pub(super) fn read(args: &[String], names: Names) -> Result<Options, Refusal> {
        let mut options = Options::default();
        let mut raw = Raw::default();
        let mut scan = Getopt::letters(args);
        while let Some(item) = scan.item(SPEC, &[]) {
            match item {
                Item::Option('p', port) => raw.source_port = port,
                Item::Option('s', address) => raw.source = address,
                Item::Option(letter, Some(value)) => options.value(letter, value)?,
                Item::Option(letter, None) => options.flag(letter)?,
                Item::Word(word) => raw.operands.push(word),
                Item::Bad(bad) => return Err(Refusal::new(bad.message("nc") + USAGE, 1)),
            }
        }
        let names = names.unless(options.numeric);
        options.place(&raw, names)?;
        Ok(options)
    }

    fn flag(&mut self, letter: char) -> Result<(), Refusal> {
        match letter {
            'l' => self.listen = true,
            'k' => self.keep = true,
            'v' => self.verbose = true,
            'n' => self.numeric = true,
            'z' => self.scan = true,
            'd' => self.detached = true,
            'N' => self.half_close = true,
            'C' => self.crlf = true,
            'h' => return Err(Refusal::new(format!("{VERSION}{USAGE}{SUMMARY}"), 0)),
            'u' => return Err(absent("-u (UDP)")),
            '4' => self.family = Some(Family::V4),
            '6' => self.family = Some(Family::V6),
            'U' => return Err(absent("-U (UNIX sockets)")),
            'Z' => return Err(absent("-Z (DCCP)")),
            'S' => return Err(absent("-S (MD5 signatures)")),
            'F' => return Err(absent("-F (passing the socket on)")),
            _ => {}
        }
        Ok(())
    }

    fn value(&mut self, letter: char, value: &str) -> Result<(), Refusal> {
        let count = |what: &str, least: i32| {
            strtonum(value, least..=i32::MAX).map_err(|bad| refuse(&format!("{what} {bad}: {value}")))
        };
        match letter {
            'w' => self.timeout = Some(seconds(count("timeout", 0)?)).filter(|t| !t.is_zero()),
            'i' => self.interval = Some(seconds(count("interval", 0)?)).filter(|t| !t.is_zero()),
            'q' => {
                let delay = count("quit timer", i32::MIN)?;
                self.quit_after = (delay >= 0).then(|| seconds(delay));
                self.half_close |= delay >= 0;
            }
            'X' | 'x' | 'P' => return Err(absent("a proxy")),
            _ => {}
        }
        Ok(())
    }

    /// Reads host and ports from the operands, with the checks in the order of 1.219.
    fn place(&mut self, raw: &Raw<'_>, names: Names) -> Result<(), Refusal> {
        let (host, ports) = match (raw.operands.as_slice(), self.listen) {
            ([], true) => match raw.source_port {
                Some(port) => (raw.source.unwrap_or(""), vec![port]),
                None => return Err(refuse("missing port number")),
            },
            ([], false) => return Err(Refusal::new(USAGE, 1)),
            (_, true) if raw.source.is_some() => return Err(Refusal::new(USAGE, 1)),
            ([port], true) => match raw.source_port {
                // Then the only operand is the address.
                Some(port_given) => (*port, vec![port_given]),
                None => ("", vec![*port]),
            },
            ([_], false) => return Err(refuse("missing port number")),
            ([host, ports @ ..], _) => (*host, ports.to_vec()),
        };
        if self.listen && self.scan {
            return Err(refuse("cannot use -z and -l"));
        }
        if self.keep && !self.listen {
            return Err(refuse("must use -l with -k"));
        }
        host.clone_into(&mut self.host);
        if self.listen {
            self.ports = vec![any_port(ports.first().copied().unwrap_or(""))?];
        } else {
            for range in ports {
                self.ports.extend(port_range(range)?);
                if self.ports.len() > MOST_PORTS {
                    return Err(refuse("too many ports"));
                }
            }
            self.source = source(raw, self.family, names)?;
        }
        Ok(())
    }
}

fn refuse(why: &str) -> Refusal {
    Refusal::new(format!("nc: {why}\n"), 1)
}

fn absent(what: &str) -> Refusal {
    refuse(&format!("{what} is not part of this lab, which has TCP only"))
}

fn source(raw: &Raw<'_>, family: Option<Family>, names: Names) -> Result<Option<Endpoint>, Refusal> {
    if raw.source.is_none() && raw.source_port.is_none() {
        return Ok(None);
    }
    let address = match raw.source {
        Some(name) => names.resolve_as(name, family).map_err(|why| refuse(&format!("getaddrinfo: {why}")))?,
        None if family == Some(Family::V6) => Ipv6::UNSPECIFIED.into(),
        None => Ipv4::UNSPECIFIED.into(),
    };
    let port = raw.source_port.map_or(Ok(0), any_port)?;
    Ok(Some(Endpoint::new(address, port)))
}

/// A port as getaddrinfo reads it: a number modulo 65536 (trace 19a: 99999 and 70000 are accepted), or a service.
fn any_port(word: &str) -> Result<u16, Refusal> {
    if let Ok(value) = strtonum(word, 0..=i64::MAX)
        && let Ok(port) = u16::try_from(value % 65536)
    {
        return Ok(port);
    }
    service_port(word).ok_or_else(|| refuse("getaddrinfo: Servname not supported for ai_socktype"))
}

/// `LO-HI`, a port, or a service.
fn port_range(word: &str) -> Result<std::ops::RangeInclusive<u16>, Refusal> {
    if let Some(port) = service_port(word) {
        return Ok(port..=port);
    }
    let Some((low, high)) = word.split_once('-') else {
        let port = port(word)?;
        return Ok(port..=port);
    };
    let (high, low) = (port(high)?, port(low)?);
    Ok(low.min(high)..=low.max(high))
}

fn port(word: &str) -> Result<u16, Refusal> {
    if let Some(port) = service_port(word) {
        return Ok(port);
    }
    strtonum(word, 1..=u16::MAX).map_err(|bad| refuse(&format!("port number {bad}: {word}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, Refusal> {
        let args: Vec<String> = line.split_whitespace().skip(1).map(str::to_owned).collect();
        Options::read(&args, Names::File)
    }

    #[test]
    fn ports_of_a_listener_are_taken_modulo_65536() {
        assert_eq!(read("nc -l 99999").map(|o| o.ports), Ok(vec![34463]));
        assert_eq!(read("nc -lp 5555").map(|o| (o.host, o.ports)), Ok((String::new(), vec![5555])));
        let at = |o: Options| (o.host, o.ports, o.keep);
        assert_eq!(read("nc -lk 127.0.0.1 631").map(at), Ok(("127.0.0.1".to_owned(), vec![631], true)));
    }

    #[test]
    fn a_client_has_ranges_services_and_a_source() {
        assert_eq!(read("nc h 5550-5553").map(|o| o.ports), Ok(vec![5550, 5551, 5552, 5553]));
        assert_eq!(read("nc h http 22").map(|o| o.ports), Ok(vec![80, 22]));
        assert_eq!(read("nc -p 70000 h 1").map(|o| o.source), Ok(Some(Endpoint::any(4464))));
    }
}
