//! The arguments of `ncat`, and how it refuses them.

use crate::getopt::{Getopt, Item, Long};
use crate::number::{span, strtonum};
use crate::output::Refusal;
use std::time::Duration;
use tcp_core::net::Family;

/// Port if none is given.
const DEFAULT_PORT: u16 = 31337;
/// The greatest time that it takes.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);
/// The first line of `-v`, and the only one of `--version`.
pub(super) const VERSION: &str = "Ncat: Version 7.93 ( https://nmap.org/ncat )\n";

/// The letters of ncat 7.93.
const SPEC: &str = "46UCc:e:g:G:i:km:hp:d:lo:x:ts:uvw:nz";

/// Letters of options that have a long name only: those that exist here, and those of each kind that does not.
const VERSION_OPTION: char = '\u{1}';
const RECEIVE_ONLY: char = '\u{2}';
const SEND_ONLY: char = '\u{3}';
const NO_SHUTDOWN: char = '\u{4}';
const ABSENT: char = '\u{5}';
const ABSENT_WITH: char = '\u{6}';

const LONGS: &[Long] = &[
    Long::flag("unixsock", 'U'),
    Long::flag("crlf", 'C'),
    Long::with("g", 'g'),
    Long::with("G", 'G'),
    Long::with("exec", 'e'),
    Long::with("sh-exec", 'c'),
    Long::with("lua-exec", 'e'),
    Long::with("max-conns", 'm'),
    Long::flag("help", 'h'),
    Long::with("delay", 'd'),
    Long::flag("listen", 'l'),
    Long::with("output", 'o'),
    Long::with("hex-dump", 'x'),
    Long::flag("append-output", ABSENT),
    Long::with("idle-timeout", 'i'),
    Long::flag("keep-open", 'k'),
    Long::flag("recv-only", RECEIVE_ONLY),
    Long::with("source-port", 'p'),
    Long::with("source", 's'),
    Long::flag("send-only", SEND_ONLY),
    Long::flag("no-shutdown", NO_SHUTDOWN),
    Long::flag("broker", ABSENT),
    Long::flag("chat", ABSENT),
    Long::flag("talk", ABSENT),
    Long::with("deny", ABSENT_WITH),
    Long::with("denyfile", ABSENT_WITH),
    Long::with("allow", ABSENT_WITH),
    Long::with("allowfile", ABSENT_WITH),
    Long::flag("telnet", 't'),
    Long::flag("udp", 'u'),
    Long::flag("sctp", 'u'),
    Long::flag("version", VERSION_OPTION),
    Long::flag("verbose", 'v'),
    Long::with("wait", 'w'),
    Long::flag("nodns", 'n'),
    Long::with("proxy", ABSENT_WITH),
    Long::with("proxy-type", ABSENT_WITH),
    Long::with("proxy-auth", ABSENT_WITH),
    Long::with("proxy-dns", ABSENT_WITH),
    Long::with("nsock-engine", ABSENT_WITH),
    Long::flag("ssl", ABSENT),
    Long::with("ssl-cert", ABSENT_WITH),
    Long::with("ssl-key", ABSENT_WITH),
    Long::flag("ssl-verify", ABSENT),
    Long::with("ssl-trustfile", ABSENT_WITH),
    Long::with("ssl-ciphers", ABSENT_WITH),
    Long::with("ssl-alpn", ABSENT_WITH),
];

/// Options and operands of `ncat`.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) listen: bool,
    pub(super) keep: bool,
    pub(super) verbose: bool,
    pub(super) numeric: bool,
    pub(super) crlf: bool,
    /// `-z`
    pub(super) scan: bool,
    pub(super) receive_only: bool,
    pub(super) send_only: bool,
    pub(super) no_shutdown: bool,
    pub(super) family: Option<Family>,
    pub(super) source: Option<String>,
    pub(super) source_port: Option<u16>,
    /// `-w`
    pub(super) patience: Option<Duration>,
    /// `-i`
    pub(super) idle: Option<Duration>,
    /// `-m`
    pub(super) most: Option<usize>,
    pub(super) host: Option<String>,
    pub(super) port: u16,
    /// The words of the ports, if they are too many.
    crowd: Vec<String>,
    /// The word in the place of the port, if it is not a port.
    bad_port: Option<String>,
}

impl Options {
    /// Reads the arguments. What is wrong with the operands is left to [`Options::check`].
    pub(super) fn read(args: &[String]) -> Result<Options, Refusal> {
        let mut options = Options::default();
        let mut operands = Vec::new();
        let mut scan = Getopt::new(args);
        while let Some(item) = scan.item(SPEC, &[LONGS]) {
            match item {
                Item::Option(letter, Some(word)) => options.value(letter, word)?,
                Item::Option(letter, None) => options.flag(letter)?,
                Item::Word(word) => operands.push(word),
                Item::Bad(bad) => {
                    let hint = "Try `--help' or man(1) ncat for more information, usage options and help.";
                    return Err(quit_after(&bad.message("ncat"), hint));
                }
            }
        }
        options.place(&operands);
        Ok(options)
    }

    fn flag(&mut self, letter: char) -> Result<(), Refusal> {
        match letter {
            'l' => self.listen = true,
            'k' => self.keep = true,
            'v' => self.verbose = true,
            'n' => self.numeric = true,
            'C' => self.crlf = true,
            'z' => self.scan = true,
            '4' => self.family = Some(Family::V4),
            '6' => self.family = Some(Family::V6),
            RECEIVE_ONLY => self.receive_only = true,
            SEND_ONLY => self.send_only = true,
            NO_SHUTDOWN => self.no_shutdown = true,
            'h' => return Err(Refusal::help(USAGE)),
            VERSION_OPTION => return Err(Refusal::new(VERSION, 0)),
            'u' => return Err(absent("UDP and SCTP are")),
            'U' => return Err(absent("UNIX sockets are")),
            _ => return Err(absent("This option is")),
        }
        Ok(())
    }

    fn value(&mut self, letter: char, word: &str) -> Result<(), Refusal> {
        match letter {
            'p' => {
                let number = strtonum(word, i64::MIN..=i64::MAX);
                self.source_port = match number.map(|number| (number, u16::try_from(number))) {
                    Ok((_, Ok(port))) => Some(port),
                    Ok((number, _)) => {
                        // It prints 32 bits without sign.
                        return Err(quit(&format!("Invalid source port {}.", number & 0xffff_ffff)));
                    }
                    Err(_) => return Err(quit(&format!("Invalid source port number \"{word}\"."))),
                };
            }
            's' => self.source = Some(word.to_owned()),
            'w' => self.patience = Some(time("-w timeout", word)?),
            'i' => self.idle = Some(time("-i timeout", word)?),
            'm' => self.most = Some(strtonum(word, 0..=u16::MAX).unwrap_or(0).into()),
            'e' | 'c' => return Err(absent("Programs that a connection could run are")),
            'o' | 'x' => return Err(absent("Files to write to are")),
            _ => return Err(absent("This option is")),
        }
        Ok(())
    }

    /// The first operand is a host unless it is a number; the next is the port.
    fn place(&mut self, operands: &[&str]) {
        let host = operands.first().filter(|word| !word.bytes().all(|octet| octet.is_ascii_digit()));
        self.host = host.map(|word| (*word).to_owned());
        let ports = &operands[usize::from(host.is_some())..];
        self.port = self.source_port.filter(|_| self.listen).unwrap_or(DEFAULT_PORT);
        if self.listen || host.is_some() {
            let given = self.source_port.filter(|_| self.listen && !ports.is_empty());
            let given = given.map(|port| port.to_string());
            self.crowd = given.into_iter().chain(ports.iter().map(|word| (*word).to_owned())).collect();
        }
        if let [word] = ports {
            match strtonum(word, 0..=u16::MAX) {
                Ok(port) => self.port = port,
                Err(_) => self.bad_port = Some((*word).to_owned()),
            }
        }
    }

    /// What is wrong with the options before a name is looked up.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.scan && self.listen {
            return Err(quit("Services designed for LISTENING can't be used with -z"));
        }
        if self.source.is_some() && self.listen {
            return Err(quit(
                "-l and -s are incompatible.  \
                 Specify the address and port to bind to like you would a host to connect to.",
            ));
        }
        Ok(())
    }

    /// What is wrong with the options after names were looked up.
    pub(super) fn check_rest(&self) -> Result<(), Refusal> {
        if self.crowd.len() > 1 {
            let ports = self.crowd.join(" ");
            return Err(quit(&format!("Got more than one port specification: {ports}.")));
        }
        if let Some(word) = &self.bad_port {
            return Err(quit(&format!("Invalid port number \"{word}\".")));
        }
        let odd = match (self.most, self.keep) {
            _ if self.listen => return Ok(()),
            (Some(_), _) => "max-conns",
            (None, true) => "keep-open",
            (None, false) => return Ok(()),
        };
        Err(quit(&format!("Invalid option combination: `--{odd}' with connect.")))
    }
}

/// The refusal with which it gives up; the exit code is 2.
pub(super) fn quit(why: &str) -> Refusal {
    quit_after("", why)
}

fn quit_after(line: &str, why: &str) -> Refusal {
    Refusal::new(format!("{line}Ncat: {why} QUITTING.\n"), 2)
}

fn absent(what: &str) -> Refusal {
    quit(&format!("{what} not part of this lab."))
}

/// Seconds, or a number with a unit: `500ms`, `2s`, `1m`, `1h`.
fn time(what: &str, word: &str) -> Result<Duration, Refusal> {
    let units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];
    let (digits, unit) =
        units.iter().find_map(|(name, unit)| Some((word.strip_suffix(name)?, *unit))).unwrap_or((word, 1000));
    let time = span(digits, Duration::from_millis(unit), LONGEST);
    time.ok().filter(|time| *time >= Duration::from_millis(1)).ok_or_else(|| {
        quit(&format!("Invalid {what} \"{word}\" (must be greater than 0 and less than 2147483s)."))
    })
}

/// What `-h` prints, shortened to the options that exist here.
const USAGE: &str = "\
Ncat 7.93 ( https://nmap.org/ncat )
Usage: ncat [options] [hostname] [port]

Options taking a time assume seconds. Append 'ms' for milliseconds,
's' for seconds, 'm' for minutes, or 'h' for hours (e.g. 500ms).
  -4                         Use IPv4 only
  -6                         Use IPv6 only
  -C, --crlf                 Use CRLF for EOL sequence
  -m, --max-conns <n>        Maximum <n> simultaneous connections
  -h, --help                 Display this help screen
  -i, --idle-timeout <time>  Idle read/write timeout
  -p, --source-port port     Specify source port to use
  -s, --source addr          Specify source address to use (doesn't affect -l)
  -l, --listen               Bind and listen for incoming connections
  -k, --keep-open            Accept multiple connections in listen mode
  -n, --nodns                Do not resolve hostnames via DNS
  -v, --verbose              Set verbosity level (can be used several times)
  -w, --wait <time>          Connect timeout
  -z                         Zero-I/O mode, report connection status only
      --send-only            Only send data, ignoring received; quit on EOF
      --recv-only            Only receive data, never send anything
      --no-shutdown          Continue half-duplex when receiving EOF on stdin
      --version              Display Ncat's version information and exit
";
