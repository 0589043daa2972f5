//! `curl` 7.88: one page after the other.
//!
//! Left out on purpose: what `fetch` leaves out, and the meter while something comes: only its last state is shown, where
//! the output is not the terminal's.

use super::options::Options;
use super::{BadUrl, End, Event, Fetch, Life, Step, Sys, Url};
use crate::output::Refusal;
use crate::program::{Begun, Program};
use std::time::Duration;
use tcp_core::net::Errno;

/// How long it waits for a connection if it is not asked to give up sooner.
const PATIENCE: Duration = Duration::from_secs(300);

/// What Debian's curl speaks besides http and https, and this one does not.
const SCHEMES: &str = "dict file ftp ftps gopher gophers imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb \
    smbs smtp smtps telnet tftp";

/// The lines above the meter.
const METER: &str = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
";

/// A running curl.
#[derive(Clone, Debug)]
pub(crate) struct Curl {
    options: Options,
    /// The place of the page that is asked for.
    at: usize,
    fetch: Option<Fetch>,
    /// Whether the page was refused (`-f`).
    refused: bool,
    code: i32,
}

/// Starts `curl`, which asks for the first page.
pub(crate) fn begin(_name: &str, args: &[String], sys: &mut Sys<'_>) -> Result<Begun, Refusal> {
    let options = Options::read(args)?;
    let mut curl = Curl { options, at: 0, fetch: None, refused: false, code: 0 };
    if let Some(path) = curl.options.output.clone()
        && sys.files.create(sys.host, sys.user, &path).is_err()
    {
        return Err(Refusal::new(
            format!("Warning: Failed to open the file {path}: Permission denied\n"),
            23,
        ));
    }
    let life = curl.next(sys);
    Ok(Begun::after(life, Program::Curl(Box::new(curl))))
}

impl Curl {
    /// Handles one event.
    pub(crate) fn handle(&mut self, event: Event, sys: &mut Sys<'_>) -> Life {
        match event {
            Event::Wake(socket, notice) => {
                let Some(fetch) = &mut self.fetch else { return Life::On };
                let steps = fetch.wake(socket, notice, true, sys);
                for step in steps {
                    let life = self.step(step, sys);
                    if life != Life::On {
                        return life;
                    }
                }
                Life::On
            }
            Event::Timer => self.time_is_up(sys),
            _ => Life::On,
        }
    }

    /// Asks for the next page; ends after the last.
    fn next(&mut self, sys: &mut Sys<'_>) -> Life {
        while self.fetch.is_none() {
            let Some(url) = self.options.urls.get(self.at).cloned() else { return Life::Exit(self.code) };
            self.at += 1;
            self.refused = false;
            match url {
                Ok(url) => self.ask(&url, sys),
                Err(BadUrl::Scheme(scheme)) if scheme == "https" => {
                    self.fail(1, "this lab has no TLS; only http:// works here", sys);
                }
                Err(BadUrl::Scheme(scheme)) if SCHEMES.split(' ').any(|known| known == scheme) => {
                    let near = if scheme == "telnet" { "telnet, nc" } else { "http://, nc" };
                    self.fail(1, &format!("this lab has no {scheme}://; near it: {near}"), sys);
                }
                Err(BadUrl::Scheme(scheme)) => {
                    self.fail(1, &format!("Protocol \"{scheme}\" not supported or disabled in libcurl"), sys);
                }
                Err(BadUrl::Other) => self.fail(3, "URL using bad/illegal format or missing URL", sys),
            }
        }
        Life::On
    }

    fn ask(&mut self, url: &Url, sys: &mut Sys<'_>) {
        let Ok(addr) = sys.names.resolve_as(&url.host, None) else {
            self.note(&format!("Could not resolve host: {}", url.host), sys);
            self.note("Closing connection 0", sys);
            return self.fail(6, &format!("Could not resolve host: {}", url.host), sys);
        };
        self.note(&format!("  Trying {addr}:{}...", url.port), sys);
        let request = self.options.request(url);
        match Fetch::begin(addr, url.port, request, sys) {
            Ok(fetch) => {
                self.fetch = Some(fetch);
                let connect = self.options.connect.unwrap_or(PATIENCE);
                sys.set_timer(self.options.most.map_or(connect, |most| most.min(connect)));
            }
            Err(errno) => self.not_connected(errno, 0, sys),
        }
    }

    fn step(&mut self, step: Step, sys: &mut Sys<'_>) -> Life {
        match step {
            Step::NotConnected(errno) => {
                let millis = self.fetch.as_ref().map_or(0, |fetch| fetch.millis(sys));
                self.not_connected(errno, millis, sys);
                self.over(sys)
            }
            Step::Connected => {
                self.connected(sys);
                Life::On
            }
            Step::Head(head) => {
                if head.version() == "1.0" {
                    self.note("HTTP 1.0, assume close after body", sys);
                }
                let text: String = head.lines.iter().map(|line| format!("{line}\n")).collect();
                if self.options.has('v') {
                    let lines = text.lines().map(|line| format!("< {line}\n"));
                    let shown: String = lines.chain(["< \n".to_owned()]).collect();
                    sys.stderr(&shown);
                }
                if self.options.has('i') || self.options.has('I') {
                    self.write(format!("{text}\n").as_bytes(), sys);
                }
                self.refused = self.options.has('f') && head.code() >= 400;
                Life::On
            }
            Step::Body(_) if self.refused => Life::On,
            Step::Body(body) => {
                let headless = self.fetch.as_ref().is_some_and(|fetch| fetch.headless);
                if headless && !self.options.has('9') {
                    self.note("Received HTTP/0.9 when not allowed", sys);
                    self.note("Closing connection 0", sys);
                    self.fail(1, "Received HTTP/0.9 when not allowed", sys);
                    return self.over(sys);
                }
                self.write(&body, sys);
                Life::On
            }
            Step::End(end) => {
                self.end(end, sys);
                self.over(sys)
            }
        }
    }

    fn connected(&mut self, sys: &mut Sys<'_>) {
        let Some(fetch) = &self.fetch else { return };
        match self.options.most {
            Some(most) => sys.set_timer((fetch.begun + most).since(sys.now())),
            None => sys.stop_timer(),
        }
        let (to, host) = (fetch.to, self.host());
        self.note(&format!("Connected to {host} ({}) port {} (#0)", to.addr, to.port), sys);
        if self.options.has('v') {
            let head = self.fetch.as_ref().map(|fetch| fetch.request.clone()).unwrap_or_default();
            let lines = head.split("\r\n\r\n").next().unwrap_or_default().lines();
            let shown: String = lines.map(|line| format!("> {line}\n")).chain(["> \n".to_owned()]).collect();
            sys.stderr(&shown);
        }
    }

    fn not_connected(&mut self, errno: Errno, millis: u128, sys: &mut Sys<'_>) {
        let host = self.host();
        let port = self.url().map_or(0, |url| url.port);
        if let Some(fetch) = &self.fetch {
            let addr = fetch.to.addr;
            self.note(&format!("connect to {addr} port {port} failed: {}", errno.text()), sys);
        }
        let why =
            format!("Failed to connect to {host} port {port} after {millis} ms: Couldn't connect to server");
        self.note(&why, sys);
        self.note("Closing connection 0", sys);
        self.fail(if errno == Errno::TimedOut { 28 } else { 7 }, &why, sys);
    }

    fn time_is_up(&mut self, sys: &mut Sys<'_>) -> Life {
        let Some(fetch) = &mut self.fetch else { return Life::On };
        // It looks at its clock a moment later.
        let (millis, came, opening) = (fetch.millis(sys) + 1, fetch.came, fetch.opening);
        let known = fetch.head.as_ref().and_then(super::Head::length);
        fetch.close(sys);
        let is_most =
            self.options.most.is_some_and(|most| self.options.connect.is_none_or(|connect| most <= connect));
        let why = match (opening, is_most) {
            (true, true) => format!("Connection timed out after {millis} milliseconds"),
            (true, false) => {
                let port = self.url().map_or(0, |url| url.port);
                format!(
                    "Failed to connect to {} port {port} after {millis} ms: Timeout was reached",
                    self.host()
                )
            }
            (false, _) => {
                let of = known.map(|length| format!(" out of {length}")).unwrap_or_default();
                let what = if of.is_empty() { " received" } else { " bytes received" };
                let bytes = if of.is_empty() { format!("{came} bytes") } else { format!("{came}{of}") };
                format!("Operation timed out after {millis} milliseconds with {bytes}{what}")
            }
        };
        self.note(&why, sys);
        self.note("Closing connection 0", sys);
        self.fail(28, &why, sys);
        self.over(sys)
    }

    fn end(&mut self, end: End, sys: &mut Sys<'_>) {
        let fetch = self.fetch.as_ref();
        let closes = fetch.is_none_or(|fetch| {
            fetch
                .head
                .as_ref()
                .is_none_or(|head| head.closes() || (head.length().is_none() && !fetch.head_only))
        });
        let code = fetch.and_then(|fetch| Some(fetch.head.as_ref()?.code())).unwrap_or(0);
        match end {
            End::Whole if self.refused => {
                self.note(&format!("The requested URL returned error: {code}"), sys);
                self.note("Closing connection 0", sys);
                self.fail(22, &format!("The requested URL returned error: {code}"), sys);
            }
            End::Whole => {
                let left = format!("Connection #0 to host {} left intact", self.host());
                self.note(if closes { "Closing connection 0" } else { &left }, sys);
                self.meter(sys);
                self.code = 0;
            }
            End::Short(missing) => {
                self.ended(18, &format!("transfer closed with {missing} bytes remaining to read"), sys);
            }
            End::Empty => self.ended(52, "Empty reply from server", sys),
            End::Failed(errno) => self.ended(56, &format!("Recv failure: {}", errno.text()), sys),
        }
    }

    fn ended(&mut self, code: i32, why: &str, sys: &mut Sys<'_>) {
        self.note(why, sys);
        self.note("Closing connection 0", sys);
        self.fail(code, why, sys);
    }

    /// The page is over: what `-w` asks for, and the next.
    fn over(&mut self, sys: &mut Sys<'_>) -> Life {
        if let Some(format) = self.options.format.clone() {
            let text = self.formatted(&format, sys);
            sys.stdout(&text);
        }
        if let Some(mut fetch) = self.fetch.take() {
            fetch.close(sys);
        }
        sys.stop_timer();
        self.next(sys)
    }

    fn formatted(&self, format: &str, sys: &Sys<'_>) -> String {
        let fetch = self.fetch.as_ref();
        let head = fetch.and_then(|fetch| fetch.head.as_ref());
        let seconds = |span: Option<Duration>| {
            let micros = tcp_core::micros(span.unwrap_or_default());
            format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
        };
        let connected = fetch.and_then(|fetch| Some(fetch.connected?.since(fetch.begun)));
        let local = fetch.and_then(|fetch| sys.world.local(fetch.socket?));
        let value = |name: &str| match name {
            "http_code" | "response_code" => format!("{:03}", head.map_or(0, super::Head::code)),
            "size_download" => fetch.map_or(0, |fetch| fetch.came).to_string(),
            "time_connect" => seconds(connected),
            "time_total" => seconds(fetch.map(|fetch| sys.now().since(fetch.begun))),
            "time_namelookup" => seconds(None),
            "remote_ip" => fetch.map(|fetch| fetch.to.addr.to_string()).unwrap_or_default(),
            "remote_port" => fetch.map_or(0, |fetch| fetch.to.port).to_string(),
            "local_port" => local.map_or(0, |end| end.port).to_string(),
            "http_version" => head.map_or("0", super::Head::version).to_owned(),
            "content_type" => head.and_then(|head| head.field("Content-Type")).unwrap_or_default().to_owned(),
            "num_connects" => u32::from(connected.is_some()).to_string(),
            "exitcode" => self.code.to_string(),
            _ => String::new(),
        };
        let mut out = String::new();
        let mut rest = format;
        while let Some(at) = rest.find(['%', '\\']) {
            out += &rest[..at];
            rest = &rest[at..];
            let variable = rest.strip_prefix("%{").and_then(|after| after.split_once('}'));
            let (text, length) = match variable {
                Some((name, _)) => (value(name), name.len() + 3),
                None if rest.starts_with("\\n") => ("\n".to_owned(), 2),
                None if rest.starts_with("\\t") => ("\t".to_owned(), 2),
                None if rest.starts_with("\\r") => (String::new(), 2),
                None if rest.starts_with("%%") => ("%".to_owned(), 2),
                None => (rest[..1].to_owned(), 1),
            };
            out += &text;
            rest = &rest[length..];
        }
        out + rest
    }

    /// The last state of the meter.
    fn meter(&self, sys: &mut Sys<'_>) {
        if self.options.has('s') || !(sys.io.piped || self.options.output.is_some()) {
            return;
        }
        let (came, millis) =
            self.fetch.as_ref().map_or((0, 1), |fetch| (fetch.came as u128, fetch.millis(sys).max(1)));
        let share = if came > 0 { 100 } else { 0 };
        let speed = came * 1000 / millis;
        sys.stderr(&format!(
            "{METER}{share:>3} {came:>5}  {share:>3} {came:>5}    0     0 {speed:>6}      0 --:--:-- --:--:-- --:--:-- {speed:>5}\n"
        ));
    }

    fn fail(&mut self, code: i32, why: &str, sys: &mut Sys<'_>) {
        self.code = code;
        self.meter(sys);
        if !self.options.has('s') || self.options.has('S') {
            sys.stderr(&format!("curl: ({code}) {why}\n"));
        }
    }

    fn write(&self, octets: &[u8], sys: &mut Sys<'_>) {
        match &self.options.output {
            Some(path) if path != "-" => _ = sys.files.append(sys.host, sys.user, path, octets),
            _ => sys.stdout(&String::from_utf8_lossy(octets).replace('\r', "")),
        }
    }

    fn note(&self, what: &str, sys: &mut Sys<'_>) {
        if self.options.has('v') {
            sys.stderr(&format!("* {what}\n"));
        }
    }

    fn url(&self) -> Option<&Url> {
        self.options.urls.get(self.at.checked_sub(1)?)?.as_ref().ok()
    }

    fn host(&self) -> String {
        self.url().map(|url| url.host.clone()).unwrap_or_default()
    }
}
