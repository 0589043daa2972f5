//! The options of `curl`.

use super::{BadUrl, Url};
use crate::output::Refusal;
use std::time::Duration;

const HINT: &str = "curl: try 'curl --help' or 'curl --manual' for more information\n";

/// Options, each with its letter, its long name and whether an argument follows.
const OPTIONS: [(char, &str, bool); 24] = [
    ('s', "silent", false),
    ('S', "show-error", false),
    ('v', "verbose", false),
    ('I', "head", false),
    ('i', "include", false),
    ('f', "fail", false),
    ('L', "location", false),
    ('k', "insecure", false),
    ('4', "ipv4", false),
    ('6', "ipv6", false),
    ('0', "http1.0", false),
    ('9', "http0.9", false),
    ('N', "no-buffer", false),
    ('#', "progress-bar", false),
    ('o', "output", true),
    ('m', "max-time", true),
    ('c', "connect-timeout", true),
    ('X', "request", true),
    ('d', "data", true),
    ('H', "header", true),
    ('A', "user-agent", true),
    ('w', "write-out", true),
    ('V', "version", false),
    ('h', "help", false),
];

/// What to ask for, and how to show it.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    set: String,
    pub(super) urls: Vec<Result<Url, BadUrl>>,
    pub(super) texts: Vec<String>,
    pub(super) output: Option<String>,
    pub(super) most: Option<Duration>,
    pub(super) connect: Option<Duration>,
    method: Option<String>,
    data: Option<String>,
    headers: Vec<String>,
    agent: Option<String>,
    pub(super) format: Option<String>,
}

impl Options {
    pub(super) fn has(&self, letter: char) -> bool {
        self.set.contains(letter)
    }

    /// Reads the words after `curl`, or returns what to print.
    pub(super) fn read(args: &[String]) -> Result<Options, Refusal> {
        let mut options = Options::default();
        let mut words = args.iter();
        while let Some(word) = words.next() {
            if let Some(name) = word.strip_prefix("--").filter(|name| !name.is_empty()) {
                let known = OPTIONS.iter().find(|(_, long, _)| *long == name);
                let (letter, _, takes) =
                    *known.ok_or_else(|| wrong(&format!("option --{name}: is unknown")))?;
                let value = if takes { words.next().map(String::as_str) } else { Some("") };
                let value = value.ok_or_else(|| wrong(&format!("option --{name}: requires parameter")))?;
                options.set(letter, value, word)?;
                continue;
            }
            let Some(cluster) = word.strip_prefix('-').filter(|cluster| !cluster.is_empty()) else {
                options.urls.push(Url::read(word));
                options.texts.push(word.clone());
                continue;
            };
            let mut letters = cluster.chars();
            while let Some(letter) = letters.next() {
                let short = |(known, _, _): &&(char, &str, bool)| *known == letter && !"c9".contains(letter);
                let Some((_, _, takes)) = OPTIONS.iter().find(short) else {
                    return Err(wrong(&format!("option -{letter}: is not part of this lab's curl")));
                };
                if !takes {
                    options.set(letter, "", &format!("-{letter}"))?;
                    continue;
                }
                let rest = letters.as_str();
                let value = if rest.is_empty() { words.next().map(String::as_str) } else { Some(rest) };
                let value = value.ok_or_else(|| wrong(&format!("option -{letter}: requires parameter")))?;
                options.set(letter, value, &format!("-{letter}"))?;
                break;
            }
        }
        if options.urls.is_empty() {
            return Err(Refusal::new(HINT, 2));
        }
        Ok(options)
    }

    fn set(&mut self, letter: char, value: &str, name: &str) -> Result<(), Refusal> {
        let text = || Some(value.to_owned());
        match letter {
            'o' => self.output = text(),
            'm' => self.most = Some(seconds(value, name)?),
            'c' => self.connect = Some(seconds(value, name)?),
            'X' => self.method = text(),
            'd' => self.data = text(),
            'H' => self.headers.push(value.to_owned()),
            'A' => self.agent = text(),
            'w' => self.format = text(),
            'V' => return Err(Refusal::help("curl 7.88.1 (x86_64-pc-linux-gnu)\n")),
            'h' => return Err(Refusal::help("Usage: curl [options...] <url>\n")),
            letter => self.set.push(letter),
        }
        Ok(())
    }

    /// The request for a page.
    pub(super) fn request(&self, url: &Url) -> String {
        let usual = match (&self.data, self.has('I')) {
            (Some(_), _) => "POST",
            (None, true) => "HEAD",
            _ => "GET",
        };
        let method = self.method.as_deref().unwrap_or(usual);
        let version = if self.has('0') { "1.0" } else { "1.1" };
        let mut request = format!("{method} {} HTTP/{version}\r\n", url.path);
        let own = |name: &str| self.headers.iter().any(|header| named(header, name));
        let agent = self.agent.as_deref().unwrap_or("curl/7.88.1");
        for (name, value) in [("Host", url.authority().as_str()), ("User-Agent", agent), ("Accept", "*/*")] {
            let given = self.headers.iter().find(|header| named(header, name));
            match given.filter(|_| name == "Host") {
                Some(given) => request += &format!("{given}\r\n"),
                None if own(name) => {}
                None => request += &format!("{name}: {value}\r\n"),
            }
        }
        for header in self.headers.iter().filter(|header| !named(header, "Host")) {
            request += &format!("{header}\r\n");
        }
        if let Some(data) = &self.data {
            let length = data.len();
            request += &format!(
                "Content-Length: {length}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{data}"
            );
        } else {
            request += "\r\n";
        }
        request
    }
}

fn named(header: &str, name: &str) -> bool {
    header.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name))
}

fn seconds(text: &str, name: &str) -> Result<Duration, Refusal> {
    let span = crate::number::span(text, Duration::from_secs(1), Duration::MAX).ok();
    span.ok_or_else(|| wrong(&format!("option {name}: expected a proper numerical parameter")))
}

fn wrong(why: &str) -> Refusal {
    Refusal::new(format!("curl: {why}\n{HINT}"), 2)
}
