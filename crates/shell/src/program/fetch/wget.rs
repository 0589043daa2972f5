//! `wget` 1.21: a page into a file.
//!
//! Left out on purpose: what `fetch` leaves out, recursion, and the bar while something comes: its last state is shown.

use super::{BadUrl, End, Event, Fetch, Head, Life, Step, Sys, Url};
use crate::clock::{Civil, zone};
use crate::getopt::{Getopt, Item, Long};
use crate::output::Refusal;
use crate::program::{Begun, Program};
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::{Errno, IpAddr};

const USAGE: &str = "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n";
const LONGS: &[Long] = &[
    Long::flag("quiet", 'q'),
    Long::with("output-document", 'O'),
    Long::with("timeout", 'T'),
    Long::with("tries", 't'),
    Long::flag("spider", '!'),
    Long::flag("server-response", 'S'),
    Long::flag("version", 'V'),
    Long::flag("help", 'h'),
];
/// The longest pause between two tries.
const LONGEST_PAUSE: u32 = 10;
/// How long it waits for data: the timeout of reading is 900 s.
const PATIENCE: Duration = Duration::from_secs(900);

/// A running wget.
#[derive(Clone, Debug)]
pub(crate) struct Wget {
    quiet: bool,
    output: Option<String>,
    spider: bool,
    shows_head: bool,
    timeout: Option<Duration>,
    tries: u32,
    text: String,
    url: Url,
    addr: IpAddr,
    try_number: u32,
    fetch: Option<Fetch>,
    head: Option<Head>,
    /// The file that is written.
    file: String,
    first: Option<Instant>,
}

/// Starts `wget`, which asks for the page.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let (mut set, mut urls, mut output, mut timeout, mut tries) = (String::new(), Vec::new(), None, None, 20);
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("qO:T:t:SVhn:46vd", &[LONGS]) {
        match item {
            Item::Option('O', word) => output = word.map(str::to_owned),
            Item::Option('T', word) => {
                timeout = word
                    .and_then(|word| crate::number::span(word, Duration::from_secs(1), Duration::MAX).ok());
            }
            Item::Option('t', word) => tries = word.and_then(|word| word.parse().ok()).unwrap_or(20),
            Item::Option('V', _) => return Err(Refusal::help("GNU Wget 1.21.3 built on linux-gnu.\n")),
            Item::Option('h', _) => return Err(Refusal::help(USAGE)),
            Item::Option(letter, _) => set.push(letter),
            Item::Word(word) => urls.push(word),
            Item::Bad(bad) => return Err(Refusal::new(format!("{}{USAGE}", bad.message("wget")), 2)),
        }
    }
    let quiet = set.contains('q');
    let Some(text) = urls.first() else {
        return Err(Refusal::new(format!("wget: missing URL\n{USAGE}"), 1));
    };
    if urls.len() > 1 {
        return Err(Refusal::new("wget: this lab's wget takes one page at a time.\n", 1));
    }
    let url = Url::read(text).map_err(|why| match why {
        BadUrl::Scheme(scheme) if scheme == "https" => {
            Refusal::new("wget: this lab has no TLS; only http:// works here.\n", 1)
        }
        BadUrl::Scheme(scheme) => Refusal::new(format!("{text}: Unsupported scheme ‘{scheme}’.\n"), 1),
        BadUrl::Other => Refusal::new(format!("{text}: Invalid host name.\n"), 1),
    })?;
    let shown = format!("http://{}{}", url.authority(), url.path);
    let head = format!("--{}--  {shown}\n", stamp(sys));
    let unknown = format!("{head}Resolving {0} ({0})... failed: ", url.host);
    let addr = sys.names.resolve_as(&url.host, None).map_err(|why| {
        let text = format!("{unknown}{why}.\nwget: unable to resolve host address ‘{}’\n", url.host);
        Refusal::new(if quiet { String::new() } else { text }, 4)
    })?;
    let mut wget = Wget {
        quiet,
        output,
        spider: set.contains('!'),
        shows_head: set.contains('S'),
        timeout,
        tries: if tries == 0 { u32::MAX } else { tries },
        text: shown,
        url,
        addr,
        try_number: 0,
        fetch: None,
        head: None,
        file: String::new(),
        first: None,
    };
    if wget.spider {
        wget.say("Spider mode enabled. Check if remote file exists.\n", sys);
    }
    let life = wget.attempt(sys);
    Ok(Begun::after(life, Program::Wget(Box::new(wget))))
}

impl Wget {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match (event, &mut self.fetch) {
            (Event::Wake(socket, notice), Some(fetch)) => {
                let steps = fetch.wake(socket, notice, false, sys);
                for step in steps {
                    let life = self.step(step, sys);
                    if life != Life::On {
                        return life;
                    }
                }
                Life::On
            }
            (Event::Timer, None) => self.attempt(sys),
            (Event::Timer, Some(fetch)) => {
                let opening = fetch.opening;
                fetch.close(sys);
                if opening {
                    self.step(Step::NotConnected(Errno::TimedOut), sys)
                } else {
                    self.failed(Errno::TimedOut, sys)
                }
            }
            _ => Life::On,
        }
    }

    fn attempt(&mut self, sys: &mut Sys<'_>) -> Life {
        self.try_number += 1;
        self.head = None;
        let again = match self.try_number {
            1 => String::new(),
            number => format!("(try:{number:>2})  "),
        };
        self.say(&format!("--{}--  {again}{}\n", stamp(sys), self.text), sys);
        let named = self.url.host.parse::<IpAddr>().is_err();
        let (host, port, addr) = (self.url.host.clone(), self.url.port, self.addr);
        if named && self.try_number == 1 {
            self.say(&format!("Resolving {host} ({host})... {addr}\n"), sys);
        }
        let to = if named { format!("{host} ({host})|{addr}|:{port}") } else { format!("{addr}:{port}") };
        self.say(&format!("Connecting to {to}... "), sys);
        let method = if self.spider { "HEAD" } else { "GET" };
        let request = format!(
            "{method} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: Wget/1.21.3\r\nAccept: */*\r\nAccept-Encoding: identity\r\n\
             Connection: Keep-Alive\r\n\r\n",
            self.url.path,
            self.url.authority()
        );
        match Fetch::begin(self.addr, self.url.port, request, sys) {
            Ok(fetch) => {
                self.fetch = Some(fetch);
                if let Some(timeout) = self.timeout {
                    sys.set_timer(timeout);
                }
                Life::On
            }
            Err(errno) => self.step(Step::NotConnected(errno), sys),
        }
    }

    fn step(&mut self, step: Step, sys: &mut Sys<'_>) -> Life {
        match step {
            Step::NotConnected(errno) => {
                sys.stop_timer();
                self.say(&format!("failed: {}.\n", errno.text()), sys);
                if errno == Errno::TimedOut { self.again("", sys) } else { Life::Exit(4) }
            }
            Step::Connected => {
                self.say("connected.\nHTTP request sent, awaiting response... ", sys);
                sys.set_timer(self.timeout.unwrap_or(PATIENCE));
                Life::On
            }
            Step::Head(head) => self.begins(head, sys),
            Step::Body(body) => {
                if self.head.is_none() {
                    // What has no head is an old answer.
                    let life = self.begins(
                        Head { lines: vec!["HTTP/0.9 200 No headers, assuming HTTP/0.9".to_owned()] },
                        sys,
                    );
                    if life != Life::On {
                        return life;
                    }
                }
                sys.set_timer(self.timeout.unwrap_or(PATIENCE));
                match self.file.as_str() {
                    "-" => sys.stdout(&String::from_utf8_lossy(&body).replace('\r', "")),
                    path => _ = sys.files.append(sys.host, sys.user, path, &body),
                }
                Life::On
            }
            Step::End(end) => self.ends(end, sys),
        }
    }

    /// The head has come.
    fn begins(&mut self, head: Head, sys: &mut Sys<'_>) -> Life {
        self.say(&format!("{}\n", head.status()), sys);
        if self.shows_head {
            let lines: String = head.lines.iter().map(|line| format!("  {line}\n")).collect();
            self.say(&lines, sys);
        }
        if head.code() >= 400 {
            let text = match self.spider {
                true => "Remote file does not exist -- broken link!!!\n\n".to_owned(),
                false => format!("{} ERROR {}.\n\n", stamp(sys), head.status().replacen(' ', ": ", 1)),
            };
            self.say(&text, sys);
            return Life::Exit(8);
        }
        let length = head.length().map_or("unspecified".to_owned(), |length| length.to_string());
        let kind = head.field("Content-Type").map(|kind| kind.split(';').next().unwrap_or_default());
        let kind = kind.map(|kind| format!(" [{kind}]")).unwrap_or_default();
        self.say(&format!("Length: {length}{kind}\n"), sys);
        if self.spider {
            let html = head.field("Content-Type").is_some_and(|kind| kind.starts_with("text/html"));
            let text = match html {
                true => {
                    "Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n"
                }
                false => "Remote file exists.\n\n",
            };
            self.say(text, sys);
            return Life::Exit(0);
        }
        self.file = self.output.clone().unwrap_or_else(|| self.new_name(sys));
        if self.file != "-" && sys.files.create(sys.host, sys.user, &self.file).is_err() {
            self.say(
                &format!("{}: Permission denied\n\nCannot write to ‘{}’ (Success).\n", self.file, self.file),
                sys,
            );
            return Life::Exit(3);
        }
        let name = if self.file == "-" { "STDOUT" } else { &self.file };
        self.say(&format!("Saving to: ‘{name}’\n\n"), sys);
        self.first = Some(sys.now());
        self.head = Some(head);
        Life::On
    }

    /// The last part of the path, with a number if that file is there.
    fn new_name(&self, sys: &Sys<'_>) -> String {
        let path = self.url.path.split('?').next().unwrap_or_default();
        let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index.html");
        let is_there = |name: &String| sys.files.read(sys.host, sys.user, name).is_ok();
        let names = std::iter::once(name.to_owned()).chain((1..100).map(|number| format!("{name}.{number}")));
        let mut free = names.filter(|name| !is_there(name));
        free.next().unwrap_or_else(|| name.to_owned())
    }

    fn ends(&mut self, end: End, sys: &mut Sys<'_>) -> Life {
        sys.stop_timer();
        match end {
            End::Empty => self.again("No data received.\n", sys),
            End::Failed(errno) if self.head.is_none() => self.failed(errno, sys),
            End::Failed(errno) => {
                let came = self.bar(sys);
                let why = format!("Read error at byte {came} ({}).", errno.text());
                self.broken(&why, sys)
            }
            End::Short(_) => {
                let came = self.bar(sys);
                self.broken(&format!("Connection closed at byte {came}."), sys)
            }
            End::Whole => {
                let came = self.bar(sys);
                let of = self.head.as_ref().and_then(Head::length).map(|length| format!("/{length}"));
                let saved = match self.file.as_str() {
                    "-" => "written to stdout".to_owned(),
                    name => format!("‘{name}’ saved"),
                };
                let text = format!(
                    "{} ({}) - {saved} [{came}{}]\n\n",
                    stamp(sys),
                    self.speed(sys),
                    of.unwrap_or_default()
                );
                self.say(&text, sys);
                Life::Exit(0)
            }
        }
    }

    /// The last state of the bar. Returns what came.
    fn bar(&self, sys: &mut Sys<'_>) -> usize {
        let came = self.fetch.as_ref().map_or(0, |fetch| fetch.came);
        let length = self.head.as_ref().and_then(Head::length);
        let name: String = self.file.chars().take(20).collect();
        let (share, bar) = match length {
            Some(length) => {
                let share = (came * 100).checked_div(length).unwrap_or(100);
                let drawn = 20 * share.min(100) / 100;
                let bar = if drawn > 0 { "=".repeat(drawn - 1) + ">" } else { String::new() };
                (format!("{share:>3}%"), format!("{bar:<20}"))
            }
            None => ("    ".to_owned(), format!("{:<20}", " <=>")),
        };
        self.say(
            &format!("{name:<20}{share}[{bar}] {came:>7}  --.-KB/s    in {}s      \n\n", self.seconds(sys)),
            sys,
        );
        came
    }

    /// How long the body took.
    fn seconds(&self, sys: &Sys<'_>) -> String {
        let span = self.first.map_or(Duration::ZERO, |first| sys.now().since(first));
        let millis = span.as_millis();
        match millis {
            0 => "0".to_owned(),
            1..1000 => format!("0.{}", (millis + 50) / 100).replace("0.10", "1"),
            _ => format!("{}.{}", millis / 1000, millis % 1000 / 100),
        }
    }

    fn speed(&self, sys: &Sys<'_>) -> String {
        let came = self.fetch.as_ref().map_or(0, |fetch| fetch.came) as u128;
        let span = self.first.map_or(Duration::ZERO, |first| sys.now().since(first));
        // What comes in one segment takes no time here.
        let rate = came * 1_000_000 / span.as_micros().max(1);
        match rate {
            0..1024 => format!("{rate} B/s"),
            1024..1_048_576 => format!("{}.{} KB/s", rate / 1024, rate % 1024 * 10 / 1024),
            _ => format!("{}.{:02} MB/s", rate / 1_048_576, rate % 1_048_576 * 100 / 1_048_576),
        }
    }

    fn broken(&mut self, why: &str, sys: &mut Sys<'_>) -> Life {
        let text = format!("{} ({}) - {why} ", stamp(sys), self.speed(sys));
        self.say(&text, sys);
        self.again("", sys)
    }

    fn failed(&mut self, errno: Errno, sys: &mut Sys<'_>) -> Life {
        self.again(&format!("Read error ({}) in headers.\n", errno.text()), sys)
    }

    /// Tries again after a pause, unless it has tried often enough.
    fn again(&mut self, why: &str, sys: &mut Sys<'_>) -> Life {
        let is_last = self.try_number >= self.tries;
        self.say(&format!("{why}{}.\n\n", if is_last { "Giving up" } else { "Retrying" }), sys);
        if is_last {
            return Life::Exit(4);
        }
        if let Some(mut fetch) = self.fetch.take() {
            fetch.close(sys);
        }
        sys.set_timer(Duration::from_secs(self.try_number.min(LONGEST_PAUSE).into()));
        Life::On
    }

    fn say(&self, text: &str, sys: &mut Sys<'_>) {
        if !self.quiet {
            sys.stderr(text);
        }
    }
}

/// The date and time in the host's zone.
fn stamp(sys: &Sys<'_>) -> String {
    let Civil { year, month, day, hour, minute, second, .. } = Civil::new(sys.now(), zone(sys.host));
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
