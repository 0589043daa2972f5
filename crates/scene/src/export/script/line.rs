//! A typed line as bash: its parsed commands, each word in quotes of our own.

use super::quote::quote;
use super::tools::{self, Kind};
use tcp_core::net::HostId;
use tcp_shell::User;
use tcp_shell::plain::{self, PlainItem, PlainPipeline, PlainRedirect};

/// On which host a line is typed, and by which user.
pub(super) struct Typist<'a> {
    pub(super) host: HostId,
    pub(super) user: User,
    /// The chains of the host's own.
    pub(super) chains: &'a [String],
}

/// What of a line runs by itself: all of it, or a part before `&`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Job {
    /// The commands for bash.
    pub(super) text: String,
    /// The longest-lived of its commands.
    pub(super) kind: Option<Kind>,
    /// Whether the terminal goes on at once.
    pub(super) background: bool,
    /// The commands as the lab shows its processes.
    pub(super) shown: Vec<String>,
    /// The tools that it needs.
    pub(super) needs: Vec<String>,
}

/// How deep `sh -c` may be nested.
const DEEPEST: u32 = 3;

/// Tools that look at the host, or talk over its network; the others only see what is piped into them.
const OF_THE_HOST: [&str; 13] = [
    "nc",
    "nc.openbsd",
    "netcat",
    "nc.traditional",
    "ncat",
    "ping",
    "netstat",
    "ss",
    "iptables",
    "iptables-save",
    "sysctl",
    "ip",
    "ifconfig",
];

/// The jobs of a line. Fails with the reason why it is left out.
pub(super) fn jobs(line: &str, by: &Typist<'_>) -> Result<Vec<Job>, String> {
    let items = plain::read(line).map_err(|why| why.to_string())?;
    let mut jobs: Vec<Job> = Vec::new();
    for PlainItem { pipelines, background } in &items {
        let goes_on = jobs.last().is_some_and(|job| !job.background);
        let waits = goes_on && jobs.last().is_some_and(|job| job.kind == Some(Kind::Stays));
        if waits && *background {
            return Err("something runs behind the prompt after a wait".to_owned());
        }
        if !goes_on || *background {
            jobs.push(Job { background: *background, ..Job::default() });
        }
        let job = jobs.last_mut().ok_or("it is empty")?;
        if !job.text.is_empty() {
            job.text.push_str("; ");
        }
        for (before, pipeline) in pipelines {
            if !before.is_empty() {
                job.text += &format!(" {before} ");
            }
            job.pipeline(pipeline, by, 0)?;
        }
    }
    Ok(jobs)
}

impl Job {
    fn pipeline(
        &mut self,
        PlainPipeline { not, commands }: &PlainPipeline,
        by: &Typist<'_>,
        depth: u32,
    ) -> Result<(), String> {
        if *not {
            self.text.push_str("! ");
        }
        for (at, command) in commands.iter().enumerate() {
            if at > 0 {
                self.text.push_str(" | ");
            }
            self.command(&command.words, by, depth)?;
            for redirect in &command.redirects {
                self.text += &redirected(redirect)?;
            }
        }
        Ok(())
    }

    fn command(&mut self, words: &[String], by: &Typist<'_>, depth: u32) -> Result<(), String> {
        let name = words.first().map_or("", |word| tools::name(word));
        match words {
            [_, rest @ ..] if name == "sudo" && rest.first().is_some_and(|word| !word.starts_with('-')) => {
                self.command(rest, &Typist { user: User::Root, ..*by }, depth)
            }
            [_, option, text] if matches!(name, "sh" | "bash") && option == "-c" && depth < DEEPEST => {
                self.inner(text, by, depth + 1)
            }
            [_, span, rest @ ..] if name == "timeout" && tools::is_span(span) => {
                self.single(rest, by, &format!("timeout --foreground {} ", quote(span)))
            }
            _ => self.single(words, by, ""),
        }
    }

    /// The line of `sh -c`.
    fn inner(&mut self, text: &str, by: &Typist<'_>, depth: u32) -> Result<(), String> {
        self.text.push_str("{ ");
        for PlainItem { pipelines, background } in plain::read(text).map_err(|why| why.to_string())? {
            if background {
                return Err("it has & inside".to_owned());
            }
            for (before, pipeline) in &pipelines {
                if !before.is_empty() {
                    self.text += &format!(" {before} ");
                }
                self.pipeline(pipeline, by, depth)?;
            }
            self.text.push_str("; ");
        }
        self.text.push('}');
        Ok(())
    }

    /// One command of the list of tools, after these words.
    fn single(&mut self, words: &[String], by: &Typist<'_>, before: &str) -> Result<(), String> {
        let kind = tools::kind(words, by.chains)?;
        if !by.user.is_root() && tools::needs_root(words) {
            return Err("it needs sudo".to_owned());
        }
        let [first, args @ ..] = words else { return Err("it has no command".to_owned()) };
        let name = tools::name(first);
        if OF_THE_HOST.contains(&name) {
            self.text += &format!("{} ", by.host.name());
        }
        self.text += before;
        match name {
            "nc" | "nc.openbsd" | "netcat" => self.text += "\"$nc\"",
            name => self.text += &quote(name),
        }
        for word in args {
            self.text.push(' ');
            self.text += &quote(word);
        }
        self.kind = self.kind.max(Some(kind));
        self.needs.push(if name == "netcat" { "nc".to_owned() } else { name.replace(".openbsd", "") });
        self.shown.push(words.iter().map(|word| tcp_shell::quote(word)).collect::<Vec<_>>().join(" "));
        Ok(())
    }
}

/// A redirection, into the script's own folder only.
fn redirected(redirect: &PlainRedirect) -> Result<String, String> {
    match redirect {
        PlainRedirect::Same(sign) => Ok(format!(" {sign}")),
        PlainRedirect::Text(text) => Ok(format!(" <<< {}", quote(text))),
        PlainRedirect::File(sign, name) => {
            let plain = |octet: u8| octet.is_ascii_alphanumeric() || b"._-".contains(&octet);
            let own = !name.is_empty() && !name.starts_with(['.', '-']) && name.bytes().all(plain);
            if own || name == "/dev/null" {
                Ok(format!(" {sign} {name}"))
            } else {
                Err("it redirects to a file elsewhere".to_owned())
            }
        }
    }
}
