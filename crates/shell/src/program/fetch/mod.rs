//! Asking a web server: a connection, one request, and the answer to it. `curl` and `wget` are words around it.
//!
//! Left out on purpose: TLS, redirections, chunks and compression, which no server here sends.

pub(crate) mod curl;
mod options;
pub(crate) mod wget;

use super::{Event, Life, Sys};
use tcp_core::Instant;
use tcp_core::net::{Command, Endpoint, Errno, IpAddr, SocketId};
use tcp_core::tcp::Notice;

/// The port of HTTP.
const PORT: u16 = 80;
/// The longest head of an answer.
const LONGEST_HEAD: usize = 100_000;

/// `http://HOST[:PORT][/PATH]`
#[derive(Clone, Debug, PartialEq, Eq)]
struct Url {
    host: String,
    port: u16,
    path: String,
}

/// Why a text is not the address of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum BadUrl {
    Scheme(String),
    Other,
}

impl Url {
    fn read(text: &str) -> Result<Url, BadUrl> {
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            Some((scheme, _)) => return Err(BadUrl::Scheme(scheme.to_ascii_lowercase())),
            None => text,
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let path = path.split('#').next().unwrap_or_default();
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| BadUrl::Other)?),
            None => (authority, PORT),
        };
        let wrong = host.is_empty() || host.contains(|c: char| c.is_whitespace() || c == ':');
        if wrong { Err(BadUrl::Other) } else { Ok(Url { host: host.to_owned(), port, path }) }
    }

    /// The host as it is named in a request.
    fn authority(&self) -> String {
        if self.port == PORT { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }
}

/// The head of an answer.
#[derive(Clone, Debug, Default)]
struct Head {
    /// Its lines, without the empty one.
    lines: Vec<String>,
}

impl Head {
    /// The version, `1.1`.
    fn version(&self) -> &str {
        self.words().0.strip_prefix("HTTP/").unwrap_or_default()
    }

    /// The code, `200`.
    fn code(&self) -> u32 {
        self.words().1.split(' ').next().and_then(|code| code.parse().ok()).unwrap_or(0)
    }

    /// The code with its reason.
    fn status(&self) -> &str {
        self.words().1
    }

    fn words(&self) -> (&str, &str) {
        self.lines.first().and_then(|line| line.split_once(' ')).unwrap_or_default()
    }

    fn field(&self, wanted: &str) -> Option<&str> {
        let fields = self.lines.iter().skip(1).filter_map(|line| line.split_once(':'));
        let mut fields = fields.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        fields.next().map(|(_, value)| value.trim())
    }

    fn length(&self) -> Option<usize> {
        self.field("Content-Length")?.parse().ok()
    }

    /// The connection ends with the body.
    fn closes(&self) -> bool {
        self.version() == "1.0"
            || self.field("Connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

/// What happened to a request.
#[derive(Clone, Debug)]
enum Step {
    /// The connection could not be opened.
    NotConnected(Errno),
    Connected,
    Head(Head),
    Body(Vec<u8>),
    /// The answer is over.
    End(End),
}

/// How an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// With all that it promised, or with the connection.
    Whole,
    /// This many octets are missing.
    Short(usize),
    /// The connection was closed before anything came.
    Empty,
    /// The connection failed.
    Failed(Errno),
}

/// A request under way.
#[derive(Clone, Debug)]
struct Fetch {
    begun: Instant,
    connected: Option<Instant>,
    to: Endpoint,
    socket: Option<SocketId>,
    request: String,
    /// Only the head is asked for.
    head_only: bool,
    opening: bool,
    /// What came before the head was complete.
    before: Vec<u8>,
    head: Option<Head>,
    /// The answer has no head (HTTP/0.9).
    headless: bool,
    /// Octets of the body that came.
    came: usize,
}

impl Fetch {
    /// Begins to connect.
    fn begin(addr: IpAddr, port: u16, request: String, sys: &mut Sys<'_>) -> Result<Fetch, Errno> {
        let to = Endpoint { addr, port };
        let socket = sys.socket_for(to)?;
        match sys.call(Command::Connect { socket, to }) {
            Ok(()) | Err(Errno::InProgress) => {}
            Err(errno) => {
                sys.close(socket);
                return Err(errno);
            }
        }
        let head_only = request.starts_with("HEAD ");
        Ok(Fetch {
            begun: sys.now(),
            connected: None,
            to,
            socket: Some(socket),
            request,
            head_only,
            opening: true,
            before: Vec::new(),
            head: None,
            headless: false,
            came: 0,
        })
    }

    /// Milliseconds since it began.
    fn millis(&self, sys: &Sys<'_>) -> u128 {
        sys.now().since(self.begun).as_millis()
    }

    /// Takes in what happened to its socket. `asks` says whether a soft error is asked for: by who does not block.
    fn wake(&mut self, socket: SocketId, notice: Notice, asks: bool, sys: &mut Sys<'_>) -> Vec<Step> {
        if self.socket != Some(socket) {
            return Vec::new();
        }
        if !self.opening {
            return self.receive(socket, sys);
        }
        match notice {
            Notice::SoftError if !asks => Vec::new(),
            Notice::Reset | Notice::TimedOut | Notice::SoftError => match sys.take_error(socket) {
                None if notice == Notice::SoftError => Vec::new(),
                errno => {
                    self.close(sys);
                    vec![Step::NotConnected(errno.unwrap_or(Errno::ConnRefused))]
                }
            },
            _ => {
                self.opening = false;
                self.connected = Some(sys.now());
                let _ = sys.send(socket, self.request.clone().into_bytes());
                let mut steps = vec![Step::Connected];
                steps.extend(self.receive(socket, sys));
                steps
            }
        }
    }

    fn receive(&mut self, socket: SocketId, sys: &mut Sys<'_>) -> Vec<Step> {
        let mut steps = Vec::new();
        loop {
            let end = match sys.recv(socket, 65536) {
                Ok(data) if !data.is_empty() => {
                    if self.take(data, &mut steps) {
                        Some(End::Whole)
                    } else {
                        None
                    }
                }
                Err(Errno::Again) => return steps,
                Ok(_) => Some(self.end_of_stream(&mut steps)),
                Err(errno) => Some(End::Failed(errno)),
            };
            if let Some(end) = end {
                self.socket = None;
                steps.push(Step::End(end));
                sys.close(socket);
                return steps;
            }
        }
    }

    /// Takes in what came; true if that completes the answer.
    fn take(&mut self, data: Vec<u8>, steps: &mut Vec<Step>) -> bool {
        let mut body = data;
        if self.head.is_none() && !self.headless {
            self.before.extend(body);
            let beginning: Vec<u8> = self.before.iter().copied().take(5).collect();
            if !b"HTTP/".starts_with(&beginning) || self.before.len() > LONGEST_HEAD {
                self.headless = true;
                body = std::mem::take(&mut self.before);
            } else {
                let Some((end, gap)) = end_of_head(&self.before) else { return false };
                let text = String::from_utf8_lossy(&self.before[..end]).into_owned();
                let lines = text.lines().map(str::to_owned).collect();
                let head = Head { lines };
                body = self.before.split_off(end + gap);
                self.before.clear();
                steps.push(Step::Head(head.clone()));
                self.head = Some(head);
            }
        }
        let length = self.head.as_ref().and_then(Head::length);
        if self.head_only && self.head.is_some() {
            return true;
        }
        if let Some(length) = length {
            body.truncate(length - self.came.min(length));
        }
        self.came += body.len();
        if !body.is_empty() {
            steps.push(Step::Body(body));
        }
        length.is_some_and(|length| self.came >= length)
    }

    /// The peer will send no more.
    fn end_of_stream(&mut self, steps: &mut Vec<Step>) -> End {
        let head = self.head.as_ref();
        match (head, head.and_then(Head::length)) {
            (_, Some(length)) if self.came < length => End::Short(length - self.came),
            (None, _) if !self.headless => {
                if self.before.is_empty() {
                    return End::Empty;
                }
                self.headless = true;
                steps.push(Step::Body(std::mem::take(&mut self.before)));
                End::Whole
            }
            _ => End::Whole,
        }
    }

    fn close(&mut self, sys: &mut Sys<'_>) {
        if let Some(socket) = self.socket.take() {
            sys.close(socket);
        }
    }
}

/// Where the head ends, and the length of the empty line after it.
fn end_of_head(text: &[u8]) -> Option<(usize, usize)> {
    let at = |mark: &[u8]| text.windows(mark.len()).position(|window| window == mark);
    match (at(b"\r\n\r\n"), at(b"\n\n")) {
        (Some(end), other) if other.is_none_or(|other| end < other) => Some((end, 4)),
        (_, Some(end)) => Some((end, 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_parts() {
        let url =
            |host: &str, port, path: &str| Ok(Url { host: host.to_owned(), port, path: path.to_owned() });
        assert_eq!(Url::read("http://acc.digital"), url("acc.digital", 80, "/"));
        assert_eq!(Url::read("S_m:8080/a/b?c#d"), url("S_m", 8080, "/a/b?c"));
        assert_eq!(Url::read("HTTP://me:x@h?q"), url("h", 80, "/?q"));
        assert_eq!(Url::read("https://h"), Err(BadUrl::Scheme("https".to_owned())));
        for wrong in ["", "http://", "http://h:99999", "http://h:é/", ":80", "a b"] {
            assert_eq!(Url::read(wrong), Err(BadUrl::Other), "{wrong}");
        }
    }
}
