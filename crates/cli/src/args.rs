//! The command line of `tcp-states`.

use crate::replay::{Options, Shown};
use std::path::PathBuf;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_oracle::Problem;

/// Text of `tcp-states --help`.
pub const USAGE: &str = "\
tcp-states replay FILE    replay a recording or a trace of a kernel, and print its outcome as JSON
  --text                  print what the terminals showed
  --digest                print a fingerprint of all that happened
  --profile NAME          article or linux, instead of the file's own
  --until MS              go on until then, in milliseconds of virtual time
tcp-states verify FILE…   replay traces of a real kernel, and tell what agrees
";

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Print the usage.
    Help,
    /// `tcp-states replay`.
    Replay(Options),
    /// `tcp-states verify`.
    Verify(Vec<PathBuf>),
}

/// Parses the words of the command line.
pub fn parse(words: &[String]) -> Result<Asked, Problem> {
    let mut words = words.iter().map(String::as_str);
    match words.next() {
        None | Some("help" | "--help" | "-h") => Ok(Asked::Help),
        Some("replay") => replay(words),
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

fn replay<'a>(mut words: impl Iterator<Item = &'a str>) -> Result<Asked, Problem> {
    let mut options = Options { file: PathBuf::new(), shown: Shown::Outcome, profile: None, until: None };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| Problem(format!("{word}: wants a value")));
        match word {
            "--text" => options.shown = Shown::Text,
            "--digest" => options.shown = Shown::Digest,
            "--profile" => {
                let name = value()?;
                let profile = ProfileName::parse(name);
                options.profile =
                    Some(profile.ok_or_else(|| Problem(format!("--profile {name}: article or linux")))?);
            }
            "--until" => {
                let ms = value()?;
                let ms: u64 =
                    ms.parse().map_err(|_| Problem(format!("--until {ms}: not a number of milliseconds")))?;
                options.until = Some(Instant::from_millis(ms));
            }
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
            ("verify", "verify: which files?"),
            ("verify --all", "--all: no such option; see --help"),
        ] {
            assert_eq!(asked(line), Err(why.to_owned()));
        }
    }
}
