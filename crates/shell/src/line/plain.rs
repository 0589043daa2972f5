//! A line as its commands, for who writes it down for another shell: words that need no expansion, and nothing else.
//!
//! What stands for something else until it runs (variables, substitutions, patterns for names of files, loops) is not
//! plain, and is named.

use super::tree::{
    Command, Item, Kind, List, Part, Pipeline, Redirect, Redirected, Target, What, When, Word,
};
use super::{Syntax, join, parse};
use std::collections::VecDeque;

/// A part of a line up to `;`, `&` or its end: pipelines of which each but the first follows `&&` or `||`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainItem {
    /// The pipelines, each with what stands before it.
    pub pipelines: Vec<(&'static str, PlainPipeline)>,
    /// Whether `&` follows.
    pub background: bool,
}

/// Commands that are joined by `|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainPipeline {
    /// Whether `!` stands before it.
    pub not: bool,
    /// The commands; at least one.
    pub commands: Vec<PlainCommand>,
}

/// A command with its redirections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainCommand {
    /// Its words, without their quotes; at least one.
    pub words: Vec<String>,
    /// Its redirections, in order.
    pub redirects: Vec<PlainRedirect>,
}

/// A redirection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlainRedirect {
    /// `<`, `>`, `>>`, `2>`, `&>` … and the name of the file.
    File(&'static str, String),
    /// `<<<` and the text.
    Text(String),
    /// `2>&1`, `1>&2`
    Same(&'static str),
}

/// Why a line is not plain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPlain {
    /// A loop, a condition, parentheses or arithmetic.
    #[error("it has a loop, a condition or parentheses")]
    Compound,
    /// A variable, a substitution, or an assignment.
    #[error("it has a variable or a substitution")]
    Variable,
    /// What is replaced by names of files or by several words.
    #[error("it has a pattern")]
    Pattern,
    /// `time`, a here-document.
    #[error("it has {0}")]
    Word(&'static str),
    /// It cannot be read.
    #[error("it is not a whole line")]
    Unreadable,
}

/// The commands that a text stands for if it is typed at a prompt: pasted dashes and broken lines are repaired.
pub fn typed(text: &str) -> Vec<String> {
    let mut lines: VecDeque<&str> = text.lines().collect();
    let mut all = Vec::new();
    while let Some(line) = lines.pop_front() {
        all.push(join(line, &mut lines));
    }
    all
}

/// Reads a line.
pub fn read(line: &str) -> Result<Vec<PlainItem>, NotPlain> {
    let list = parse(line).map_err(|why| match why {
        Syntax::Absent(..) | Syntax::Lacks(..) => NotPlain::Compound,
        _ => NotPlain::Unreadable,
    })?;
    items(&list)
}

fn items(list: &List) -> Result<Vec<PlainItem>, NotPlain> {
    list.items.iter().map(item).collect()
}

fn item(item: &Item) -> Result<PlainItem, NotPlain> {
    let before = |when: &When| match when {
        When::Always => "",
        When::IfOk => "&&",
        When::IfFailed => "||",
    };
    let pipelines = item.pipelines.iter().map(|(when, all)| Ok((before(when), pipeline(all)?)));
    Ok(PlainItem { pipelines: pipelines.collect::<Result<_, _>>()?, background: item.background })
}

fn pipeline(all: &Pipeline) -> Result<PlainPipeline, NotPlain> {
    if all.timed || all.stages.is_empty() {
        return Err(NotPlain::Word("time"));
    }
    let commands = all.stages.iter().map(|stage| command(stage)).collect::<Result<_, _>>()?;
    Ok(PlainPipeline { not: all.not, commands })
}

fn command(command: &Command) -> Result<PlainCommand, NotPlain> {
    let Kind::Simple { sets, words } = &command.kind else { return Err(NotPlain::Compound) };
    if !sets.is_empty() || words.is_empty() {
        return Err(NotPlain::Variable);
    }
    let words = words.iter().map(word).collect::<Result<_, _>>()?;
    let redirects = command.redirects.iter().map(redirect).collect::<Result<_, _>>()?;
    Ok(PlainCommand { words, redirects })
}

fn redirect(Redirect { stream, to }: &Redirect) -> Result<PlainRedirect, NotPlain> {
    let sign = |one: [&'static str; 4]| one[*stream as usize];
    Ok(match to {
        Target::File(name) => PlainRedirect::File(sign(["<", ">", "2>", "&>"]), word(name)?),
        Target::AtEnd(name) => PlainRedirect::File(sign(["<", ">>", "2>>", "&>>"]), word(name)?),
        Target::Text(text) => PlainRedirect::Text(word(text)?),
        Target::Document(_) => return Err(NotPlain::Word("a here-document")),
        Target::Same(Redirected::Errors) => PlainRedirect::Same(">&2"),
        Target::Same(_) => PlainRedirect::Same("2>&1"),
    })
}

fn word(word: &Word) -> Result<String, NotPlain> {
    let mut all = String::new();
    for (at, Part { what, quoted }) in word.0.iter().enumerate() {
        let What::Text(text) = what else { return Err(NotPlain::Variable) };
        let expands = text.contains(['*', '?', '{']) || at == 0 && text.starts_with('~');
        if !quoted && expands {
            return Err(NotPlain::Pattern);
        }
        all += text;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word in brackets, each redirection as it is kept.
    fn shown(item: &PlainItem) -> String {
        let mut text = String::new();
        for (before, PlainPipeline { not, commands }) in &item.pipelines {
            text += &format!("{before}{}", if *not { "!" } else { "" });
            for PlainCommand { words, redirects } in commands {
                text += &format!(
                    "|{}{redirects:?}",
                    words.iter().map(|word| format!("[{word}]")).collect::<String>()
                );
            }
        }
        text + if item.background { "&" } else { ";" }
    }

    #[test]
    fn a_line_of_plain_words_is_read() {
        let line = "sudo netstat -nat | grep '5555;' 2>/dev/null && ! echo \"a b\" >> x & yes <<<1 2>&1";
        let items = read(line).map(|items| items.iter().map(shown).collect::<Vec<_>>());
        let first = "|[sudo][netstat][-nat][]|[grep][5555;][File(\"2>\", \"/dev/null\")]&&!|[echo][a b][File(\">>\", \"x\")]&";
        let second = "|[yes][Text(\"1\"), Same(\"2>&1\")];";
        assert_eq!(items, Ok(vec![first.to_owned(), second.to_owned()]));
    }

    #[test]
    fn what_is_not_plain_is_named() {
        for (line, why) in [
            ("nc $HOST 80", NotPlain::Variable),
            ("nc `date`", NotPlain::Variable),
            ("echo $(date)", NotPlain::Variable),
            ("X=1 nc", NotPlain::Variable),
            ("cat *", NotPlain::Pattern),
            ("cat ~/x", NotPlain::Pattern),
            ("nc {a,b} 80", NotPlain::Pattern),
            ("while true; do nc a 1; done", NotPlain::Compound),
            ("(nc a 1)", NotPlain::Compound),
            ("case x in esac", NotPlain::Compound),
            ("time nc a 1", NotPlain::Word("time")),
            ("nc 'a", NotPlain::Unreadable),
            ("nc |", NotPlain::Unreadable),
        ] {
            assert_eq!(read(line), Err(why), "{line}");
        }
    }

    #[test]
    fn a_paste_is_repaired_as_at_a_prompt() {
        let rule = "sudo iptables \u{2013}I OUTPUT -p tcp\n--dport 5555 \u{2013}j DROP";
        assert_eq!(typed(rule), ["sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP"]);
        assert_eq!(typed("netstat\nnc -l 5555"), ["netstat", "nc -l 5555"]);
    }
}
