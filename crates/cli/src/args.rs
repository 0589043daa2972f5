//! The command line of `tcp-states`.

use crate::export;
use crate::link;
use crate::puzzle;
use crate::replay::{Options, Shown};
use std::path::PathBuf;
use tcp_core::Instant;
use tcp_core::tcp::ProfileName;
use tcp_lessons::puzzle::Level;
use tcp_oracle::Problem;
use tcp_scene::export::Export;

/// Text of `tcp-states --help`.
pub const USAGE: &str = "\
tcp-states replay FILE    replay a recording, a scene or a trace of a kernel, and print its outcome as JSON;
                          instead of a file, the id of a scene of this program will do
  --text                  print what the terminals showed
  --digest                print a fingerprint of all that happened
  --profile NAME          article or linux, instead of the file's own
  --until MS              go on until then, in milliseconds of virtual time
  --svg KIND OUT          write a drawing into the file OUT instead: the diagram, or the ladder
tcp-states export FILE    save what has happened in a recording, a scene or a trace
  --KIND OUT              into the file OUT: diagram, ladder, recording, transcript, mermaid,
                          pcapng-client, pcapng-server, or pcapng for both in one;
                          script, which does it again on real Linux
  --profile, --until      as above
tcp-states link FILE      print a link to the session of a recording or trace, from its # on
  --until MS              at this moment, in milliseconds of virtual time, instead of the last step
tcp-states link --open LINK
                          print the recording in a link as JSON
tcp-states scenes         list the scenes of this program
tcp-states lesson check FILE…
                          play lessons as they should be played and as they should not, and tell what is not true
tcp-states puzzle         list the levels of blind diagnosis
  --level LEVEL           show a puzzle of this level: what netstat shows, and what else may be looked at
  --seed NUMBER           the one of this number, instead of 1
  --solve                 show what is hidden, and a short way to find it
tcp-states verify FILE…   replay traces of a real kernel, and tell what agrees
";

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Print the usage.
    Help,
    /// `tcp-states replay`.
    Replay(Options),
    /// `tcp-states export`, and `tcp-states replay --svg`.
    Export(export::Options),
    /// `tcp-states link`.
    Link(link::Options),
    /// `tcp-states scenes`.
    Scenes,
    /// `tcp-states lesson check`.
    Lesson(Vec<PathBuf>),
    /// `tcp-states puzzle`, without a level.
    Levels,
    /// `tcp-states puzzle` of a level.
    Puzzle(puzzle::Options),
    /// `tcp-states verify`.
    Verify(Vec<PathBuf>),
}

/// Parses the words of the command line.
pub fn parse(words: &[String]) -> Result<Asked, Problem> {
    let mut words = words.iter().map(String::as_str);
    match words.next() {
        None | Some("help" | "--help" | "-h") => Ok(Asked::Help),
        Some("replay") => replay(words),
        Some("export") => export(words),
        Some("link") => link(words),
        Some("scenes") => match words.next() {
            None => Ok(Asked::Scenes),
            Some(word) => Err(Problem(format!("{word}: scenes takes no words"))),
        },
        Some("lesson") => match words.next() {
            Some("check") => files("lesson check", words).map(Asked::Lesson),
            Some(word) => Err(Problem(format!("{word}: lesson knows only check"))),
            None => Err(Problem("lesson: which file? See --help".to_owned())),
        },
        Some("puzzle") => puzzle(words),
        Some("verify") => files("verify", words).map(Asked::Verify),
        Some(other) => Err(Problem(format!("{other}: no such command; see --help"))),
    }
}

/// The files of a command that takes nothing else.
fn files<'a>(command: &str, words: impl Iterator<Item = &'a str>) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    for word in words {
        if word.starts_with('-') {
            return Err(Problem(format!("{word}: no such option; see --help")));
        }
        files.push(PathBuf::from(word));
    }
    if files.is_empty() { Err(Problem(format!("{command}: which files?"))) } else { Ok(files) }
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

fn puzzle<'a>(mut words: impl Iterator<Item = &'a str>) -> Result<Asked, Problem> {
    let (mut level, mut seed, mut solve) = (None, None, false);
    while let Some(word) = words.next() {
        match word {
            "--level" => {
                let key = value(word, &mut words)?;
                let known = || Level::ALL.map(Level::key).join(", ");
                let unknown = || Problem(format!("--level {key}: no such level; there are {}", known()));
                level = Some(Level::of(key).ok_or_else(unknown)?);
            }
            "--seed" => {
                let text = value(word, &mut words)?;
                let number =
                    text.parse().map_err(|_| Problem(format!("--seed {text}: not a whole number")))?;
                seed = Some(number);
            }
            "--solve" => solve = true,
            other => return Err(Problem(format!("{other}: no such option; see --help"))),
        }
    }
    match level {
        Some(level) => Ok(Asked::Puzzle(puzzle::Options { level, seed: seed.unwrap_or(1), solve })),
        None if seed.is_none() && !solve => Ok(Asked::Levels),
        None => Err(Problem("puzzle: which level? See --help".to_owned())),
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

fn export<'a>(mut words: impl Iterator<Item = &'a str>) -> Result<Asked, Problem> {
    let mut options = export::Options::default();
    while let Some(word) = words.next() {
        let kind = word.strip_prefix("--").and_then(Export::named);
        match (kind, word) {
            (Some(kind), _) => options.saves.push((kind, PathBuf::from(value(word, &mut words)?))),
            (None, "--profile") => options.profile = Some(profile(value(word, &mut words)?)?),
            (None, "--until") => options.until = Some(moment(value(word, &mut words)?)?),
            (None, option) if option.starts_with('-') => {
                return Err(Problem(format!("{option}: no such option; see --help")));
            }
            (None, file) if options.file.as_os_str().is_empty() => options.file = PathBuf::from(file),
            (None, file) => return Err(Problem(format!("{file}: one file at a time"))),
        }
    }
    if options.file.as_os_str().is_empty() {
        return Err(Problem("export: which file?".to_owned()));
    }
    if options.saves.is_empty() {
        return Err(Problem("export: what? See --help".to_owned()));
    }
    Ok(Asked::Export(options))
}

/// The value of `--profile`.
fn profile(name: &str) -> Result<ProfileName, Problem> {
    ProfileName::parse(name).ok_or_else(|| Problem(format!("--profile {name}: article or linux")))
}

fn replay<'a>(mut words: impl Iterator<Item = &'a str>) -> Result<Asked, Problem> {
    let mut options = Options { file: PathBuf::new(), shown: Shown::Outcome, profile: None, until: None };
    let mut saves = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "--text" => options.shown = Shown::Text,
            "--digest" => options.shown = Shown::Digest,
            "--profile" => options.profile = Some(profile(value(word, &mut words)?)?),
            "--svg" => {
                let kind = value(word, &mut words)?;
                let drawn = Export::named(kind).filter(|kind| kind.is_drawing());
                let drawn = drawn.ok_or_else(|| Problem(format!("--svg {kind}: diagram or ladder")))?;
                saves.push((drawn, PathBuf::from(value(word, &mut words)?)));
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
    if !saves.is_empty() {
        let Options { file, profile, until, .. } = options;
        return Ok(Asked::Export(export::Options { file, profile, until, saves }));
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
    fn a_drawing_is_asked_for_in_two_ways() {
        let saves = vec![(Export::Ladder, PathBuf::from("out.svg"))];
        let options = export::Options { file: PathBuf::from("a.json"), profile: None, until: None, saves };
        let wanted = Ok(Asked::Export(options));
        assert_eq!(asked("replay a.json --svg ladder out.svg"), wanted);
        assert_eq!(asked("export --ladder out.svg a.json"), wanted);
    }

    #[test]
    fn a_puzzle_has_a_level_and_a_seed() {
        let options = puzzle::Options { level: Level::Live, seed: 7, solve: true };
        assert_eq!(asked("puzzle --seed 7 --solve --level live"), Ok(Asked::Puzzle(options)));
        let options = puzzle::Options { level: Level::Pair, seed: 1, solve: false };
        assert_eq!(asked("puzzle --level pair"), Ok(Asked::Puzzle(options)));
        assert_eq!(asked("puzzle"), Ok(Asked::Levels));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, why) in [
            ("puzzle --seed 3", "puzzle: which level? See --help"),
            ("puzzle --level pair --seed x", "--seed x: not a whole number"),
            ("puzzle pair", "pair: no such option; see --help"),
            ("play a.json", "play: no such command; see --help"),
            ("replay", "replay: which file?"),
            ("replay a b", "b: one file at a time"),
            ("replay a --profile bsd", "--profile bsd: article or linux"),
            ("replay a --until soon", "--until soon: not a number of milliseconds"),
            ("replay a --until", "--until: wants a value"),
            ("replay a --svg", "--svg: wants a value"),
            ("replay a --svg ladder", "--svg: wants a value"),
            ("replay a --svg text out", "--svg text: diagram or ladder"),
            ("replay a --png ladder out", "--png: no such option; see --help"),
            ("export", "export: which file?"),
            ("export a", "export: what? See --help"),
            ("export a --ladder", "--ladder: wants a value"),
            ("export a --pdf out", "--pdf: no such option; see --help"),
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
