//! The command line of `tcp-states`.

use crate::link;
use crate::replay::{Options, Shown};
use std::path::PathBuf;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_oracle::Problem;

/// Text of `tcp-states --help`.
pub const USAGE: &str = "\
tcp-states replay FILE    replay a recording, a scene or a trace of a kernel, and print its outcome as JSON;
                          instead of a file, the id of a scene of this program will do
  --text                  print what the terminals showed
  --digest                print a fingerprint of all that happened
  --profile NAME          article or linux, instead of the file's own
  --until MS              go on until then, in milliseconds of virtual time
tcp-states link FILE      print a link to the session of a recording or trace, from its # on
  --until MS              at this moment, in milliseconds of virtual time, instead of the last step
tcp-states link --open LINK
                          print the recording in a link as JSON
tcp-states scenes         list the scenes of this program
tcp-states verify FILE…   replay traces of a real kernel, and tell what agrees
";

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Print the usage.
    Help,
    /// `tcp-states replay`.
    Replay(Options),
    /// `tcp-states link`.
    Link(link::Options),
    /// `tcp-states scenes`.
    Scenes,
    /// `tcp-states verify`.
    Verify(Vec<PathBuf>),
}

/// Parses the words of the command line.
pub fn parse(words: &[String]) -> Result<Asked, Problem> {
    let mut words = words.iter().map(String::as_str);
    match words.next() {
        None | Some("help" | "--help" | "-h") => Ok(Asked::Help),
        Some("replay") => replay(words),
        Some("link") => link(words),
        Some("scenes") => match words.next() {
            None => Ok(Asked::Scenes),
            Some(word) => Err(Problem(format!("{word}: scenes takes no words"))),
        },
        Some("verify") => verify(words),
        Some(other) => Err(Problem(format!("{other}: no such command; see --help"))),
    }
}

fn verify<'a>(words: impl Iterator<Item = &'a str>) -> Result<Asked, Problem> {
    let mut files = Vec::new();
    for word in words {
        if word.starts_with('-') {
            return Err(Problem(format!("{word}: no such option; see --help")));
        }
        files.push(PathBuf::from(word));
    }
    if files.is_empty() { Err(Problem("verify: which files?".to_owned())) } else { Ok(Asked::Verify(files)) }
}

fn link<'a>(mut words: impl Iterator<Item = &'a str>) -> Result<Asked, Problem> {
    let (mut file, mut until, mut open) = (None, None, None);
    while let Some(word) = words.next() {
        match word {
            "--open" => open = Some(value("--open", &mut words)?.to_owned()),
            "--until" => until = Some(moment(value("--until", &mut words)?)?),
            option if option.starts_with('-') => {
                return Err(Problem(format!("{option}: no such option; see --help")));
            }
            name if file.is_none() => file = Some(PathBuf::from(name)),
            name => return Err(Problem(format!("{name}: one file at a time"))),
        }
    }
    match (file, open, until) {
        (None, Some(text), None) => Ok(Asked::Link(link::Options::Open(text))),
        (Some(file), None, until) => Ok(Asked::Link(link::Options::Make { file, until })),
        (None, None, _) => Err(Problem("link: which file?".to_owned())),
        (_, Some(_), _) => Err(Problem("--open: wants a link and nothing else".to_owned())),
    }
}

/// The word after an option.
fn value<'a>(option: &str, words: &mut impl Iterator<Item = &'a str>) -> Result<&'a str, Problem> {
    words.next().ok_or_else(|| Problem(format!("{option}: wants a value")))
}

/// The value of `--until`.
fn moment(ms: &str) -> Result<Instant, Problem> {
    let parsed = ms.parse().map_err(|_| Problem(format!("--until {ms}: not a number of milliseconds")))?;
    Ok(Instant::from_millis(parsed))
}

fn replay<'a>(mut words: impl Iterator<Item = &'a str>) -> Result<Asked, Problem> {
    let mut options = Options { file: PathBuf::new(), shown: Shown::Outcome, profile: None, until: None };
    while let Some(word) = words.next() {
        match word {
            "--text" => options.shown = Shown::Text,
            "--digest" => options.shown = Shown::Digest,
            "--profile" => {
                let name = value(word, &mut words)?;
                let profile = ProfileName::parse(name);
                options.profile =
                    Some(profile.ok_or_else(|| Problem(format!("--profile {name}: article or linux")))?);
            }
            "--until" => options.until = Some(moment(value(word, &mut words)?)?),
            option if option.starts_with('-') => {
                return Err(Problem(format!("{option}: no such option; see --help")));
            }
            file if options.file.as_os_str().is_empty() => options.file = PathBuf::from(file),
            file => return Err(Problem(format!("{file}: one file at a time"))),
        }
    }
    if options.file.as_os_str().is_empty() {
        return Err(Problem("replay: which file?".to_owned()));
    }
    Ok(Asked::Replay(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Asked, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words).map_err(|problem| problem.0)
    }

    #[test]
    fn options_are_read_in_any_order() {
        let options = Options {
            file: PathBuf::from("a.json"),
            shown: Shown::Digest,
            profile: Some(ProfileName::Linux),
            until: Some(Instant::from_millis(70)),
        };
        assert_eq!(asked("replay --until 70 a.json --digest --profile linux"), Ok(Asked::Replay(options)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, why) in [
            ("play a.json", "play: no such command; see --help"),
            ("replay", "replay: which file?"),
            ("replay a b", "b: one file at a time"),
            ("replay a --profile bsd", "--profile bsd: article or linux"),
            ("replay a --until soon", "--until soon: not a number of milliseconds"),
            ("replay a --until", "--until: wants a value"),
            ("replay a --svg", "--svg: no such option; see --help"),
            ("link", "link: which file?"),
            ("link a b", "b: one file at a time"),
            ("link --open", "--open: wants a value"),
            ("link a --open 1.x", "--open: wants a link and nothing else"),
            ("link a --until x", "--until x: not a number of milliseconds"),
            ("link --text", "--text: no such option; see --help"),
            ("scenes all", "all: scenes takes no words"),
            ("verify", "verify: which files?"),
            ("verify --all", "--all: no such option; see --help"),
        ] {
            assert_eq!(asked(line), Err(why.to_owned()));
        }
    }
}
