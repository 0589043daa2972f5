//! Reading a lesson's file. Whatever is wrong with it is an error at its line; nothing of it runs.

mod block;
mod front;

use crate::lesson::{Check, Lesson, Span, Step, Typed};
use block::Parts;
use front::Front;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// Octets of a file.
const LONGEST_FILE: usize = 64 << 10;
/// Steps of a lesson.
const MOST_STEPS: usize = 20;
/// Sentences of a step.
const MOST_SENTENCES: usize = 3;
/// Octets of a step's prose, and of a hint.
const LONGEST_PROSE: usize = 480;
/// Letters of what is said of a flaw.
const LONGEST_REASON: usize = 300;

/// What is wrong with a lesson's file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Flaw {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl Flaw {
    /// What the reason quotes from the file may be as long as the file: then the middle of it is left out.
    pub(crate) fn at(line: usize, reason: impl Into<String>) -> Flaw {
        let reason: String = reason.into();
        let letters: Vec<char> = reason.chars().collect();
        let Some(rest) = letters.len().checked_sub(LONGEST_REASON) else { return Flaw { line, reason } };
        let (begins, ends) = letters.split_at(LONGEST_REASON / 2);
        let reason = begins.iter().chain(&['…']).chain(&ends[rest..]).collect();
        Flaw { line, reason }
    }
}

/// A step as far as it has been read.
struct Draft {
    line: usize,
    id: String,
    title: String,
    prose: Vec<Vec<Span>>,
    parts: Parts,
}

impl Lesson {
    /// Reads a lesson.
    ///
    /// The file begins with lines of `key: value` between two lines of `---`: `format` (1), `id`, `title`, `able`,
    /// `minutes`, `article` (`figure-5#drop`: a part of the article and the step that shows it), `scene` (`listening`,
    /// `nothing`, or the id of a scene at whose end it begins), and for the lessons of this program `number`, `group` (a
    /// [`Group`](crate::Group)) and `core` (yes or no). Each step is a heading of the second level with an
    /// anchor, paragraphs of at most three sentences, and fenced blocks:
    ///
    /// - `C_m needed`, `S_m needed`, `network needed`: lines that bring it about, in the host's upper terminal or, with
    ///   `lower` or `third` behind it, in that one; `look` instead of `needed`: lines that only show it, in the lower one.
    /// - `predict pair`, `predict rows`, `predict next`, `predict choice`, `predict long`: a question.
    /// - `check NAME`: predicates, one a line, and `within 10 s`.
    /// - `near-miss C_m`, `other-way C_m`: lines instead of the needed ones that fail, or pass, the check.
    /// - `hint`: a sentence; twice at the most.
    ///
    /// Before the first step, `C_m before` has lines that were typed at the start, one right after another.
    ///
    /// A line of a check or an answer may begin with `article:` or `linux:`: then it counts in that profile only. What refutes
    /// a wrong answer may be followed by `because` and the reason, the rest of a sentence.
    pub fn read(text: &str) -> Result<Lesson, Flaw> {
        if text.len() > LONGEST_FILE {
            return Err(Flaw::at(1, "a lesson has at most 65536 octets"));
        }
        let strange = |letter: char| letter.is_control() && letter != '\n';
        if let Some(at) = text.find(strange) {
            return Err(Flaw::at(line_of(text, at), "a character that no text has"));
        }
        let (front, body_at) = Front::read(text)?;
        let (before, steps) = body(text, body_at)?;
        if steps.is_empty() {
            return Err(Flaw::at(1, "a lesson has a step (`## Title {#anchor}`)"));
        }
        let mut names = BTreeSet::new();
        for step in &steps {
            if !names.insert(step.id.clone()) || !names.insert(format!("check {}", step.check.name)) {
                return Err(Flaw::at(step.line, "an anchor or the name of a check is there twice"));
            }
        }
        for step in &steps {
            let spans = step.prose.iter().chain(&step.hints).flatten();
            for span in spans {
                if let Span::Link { to, .. } = span
                    && to.strip_prefix('#').is_some_and(|anchor| !names.contains(anchor))
                {
                    return Err(Flaw::at(step.line, format!("`{to}` is no step of this lesson")));
                }
            }
        }
        if let Some(lost) = front.shown().find(|shown| !names.contains(shown.step.as_str())) {
            return Err(Flaw::at(1, format!("`#{}` is no step of this lesson", lost.step)));
        }
        if let Some(closed) = front.closed() {
            let asks = |step: &&Step| step.id == closed && step.prediction.is_some();
            steps.iter().find(asks).ok_or_else(|| Flaw::at(1, format!("`{closed}` is no step that asks")))?;
        }
        Ok(front.lesson(before, steps))
    }
}

/// The lines that were typed before, and the steps.
fn body(text: &str, body_at: usize) -> Result<(Vec<Typed>, Vec<Step>), Flaw> {
    let body = &text[body_at..];
    let mut events = Parser::new_ext(body, Options::ENABLE_HEADING_ATTRIBUTES).into_offset_iter();
    let (mut before, mut drafts): (Vec<Typed>, Vec<Draft>) = (Vec::new(), Vec::new());
    while let Some((event, range)) = events.next() {
        let line = line_of(text, body_at + range.start);
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, id: Some(id), .. }) => {
                if !is_id(&id) {
                    return Err(Flaw::at(
                        line,
                        "an anchor has 1 to 40 lower-case letters, digits and hyphens",
                    ));
                }
                let title = plain(&spans(&mut events, text, body_at)?);
                if title.is_empty() || title.len() > 60 {
                    return Err(Flaw::at(line, "a step's title has 1 to 60 octets"));
                }
                drafts.push(Draft {
                    line,
                    id: id.to_string(),
                    title,
                    prose: Vec::new(),
                    parts: Parts::default(),
                });
            }
            Event::Start(Tag::Heading { .. }) => {
                return Err(Flaw::at(
                    line,
                    "a heading is of the second level, and has an anchor (`{#drop}`)",
                ));
            }
            Event::Start(Tag::Paragraph) => {
                let spans = spans(&mut events, text, body_at)?;
                draft(&mut drafts, line)?.prose.push(spans);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let lines = block_lines(&mut events, text, body_at);
                match drafts.last_mut() {
                    Some(draft) => draft.parts.take(&info, &lines, line)?,
                    None => block::before(&info, &lines, line, &mut before)?,
                }
            }
            _ => return Err(Flaw::at(line, "only headings, paragraphs and fenced blocks can stand here")),
        }
        if drafts.len() > MOST_STEPS {
            return Err(Flaw::at(line, "a lesson has at most 20 steps"));
        }
    }
    Ok((before, drafts.into_iter().map(Draft::finish).collect::<Result<_, _>>()?))
}

impl Draft {
    fn finish(self) -> Result<Step, Flaw> {
        let Draft { line, id, title, prose, parts } = self;
        let words: String = prose.iter().map(|spans| plain(spans) + " ").collect();
        if sentences(&words) > MOST_SENTENCES || words.len() > LONGEST_PROSE {
            return Err(Flaw::at(line, "a step says at most three sentences, of 480 octets together"));
        }
        if prose.is_empty() {
            return Err(Flaw::at(line, "a step says something"));
        }
        let Parts { prediction, needed, looks, check, near_miss, other_way, hints } = parts;
        let Some(Check { name, predicates, within }) = check else {
            return Err(Flaw::at(line, "a step has a block `check NAME`"));
        };
        let hints = hints.iter().map(|(at, hint)| hint_spans(hint, *at)).collect::<Result<_, _>>()?;
        let check = Check { name, predicates, within };
        Ok(Step { line, id, title, prose, prediction, needed, looks, check, near_miss, other_way, hints })
    }
}

fn draft(drafts: &mut [Draft], line: usize) -> Result<&mut Draft, Flaw> {
    drafts.last_mut().ok_or_else(|| Flaw::at(line, "it stands before the first step"))
}

/// The pieces of a heading or a paragraph, up to its end.
fn spans<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    text: &str,
    body_at: usize,
) -> Result<Vec<Span>, Flaw> {
    let mut spans = Vec::new();
    let mut strong = false;
    let mut link: Option<(String, String)> = None;
    for (event, range) in events {
        let line = line_of(text, body_at + range.start);
        let words = match event {
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => break,
            Event::Text(words) => words.to_string(),
            Event::SoftBreak => " ".to_owned(),
            Event::Code(words) => {
                spans.push(Span::Code(words.to_string()));
                continue;
            }
            Event::Start(Tag::Strong) => {
                strong = true;
                continue;
            }
            Event::End(TagEnd::Strong) => {
                strong = false;
                continue;
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                if !is_id(dest_url.strip_prefix('#').unwrap_or(&dest_url)) {
                    return Err(Flaw::at(line, "a link leads to a step (`#anchor`) or to a lesson (its id)"));
                }
                link = Some((dest_url.to_string(), String::new()));
                continue;
            }
            Event::End(TagEnd::Link) => {
                spans.extend(link.take().map(|(to, text)| Span::Link { to, text }));
                continue;
            }
            Event::InlineHtml(_) | Event::Html(_) => return Err(Flaw::at(line, "raw HTML")),
            Event::Start(Tag::Image { .. }) => return Err(Flaw::at(line, "an image")),
            _ => return Err(Flaw::at(line, "prose has words, `code`, **strong** words and links")),
        };
        match (&mut link, spans.last_mut()) {
            (Some((_, inside)), _) => inside.push_str(&words),
            (None, _) if strong => spans.push(Span::Strong(words)),
            (None, Some(Span::Text(before))) => before.push_str(&words),
            (None, _) => spans.push(Span::Text(words)),
        }
    }
    Ok(spans)
}

/// A hint is a paragraph of its own.
fn hint_spans(hint: &str, line: usize) -> Result<Vec<Span>, Flaw> {
    let mut events = Parser::new(hint).into_offset_iter();
    let begins = matches!(events.next(), Some((Event::Start(Tag::Paragraph), _)));
    let spans = if begins { spans(&mut events, hint, 0) } else { Ok(Vec::new()) };
    let spans = spans.map_err(|flaw| Flaw { line, ..flaw })?;
    if spans.is_empty()
        || events.next().is_some()
        || sentences(&plain(&spans)) > 1
        || hint.len() > LONGEST_PROSE
    {
        return Err(Flaw::at(line, "a hint is one sentence"));
    }
    Ok(spans)
}

/// The lines of a fenced block with their numbers, up to its end.
fn block_lines<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    text: &str,
    body_at: usize,
) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for (event, range) in events {
        match event {
            Event::Text(words) => {
                let first = line_of(text, body_at + range.start);
                let numbered = words.lines().enumerate();
                lines.extend(numbered.map(|(below, line)| (first + below, line.to_owned())));
            }
            _ => break,
        }
    }
    lines.retain(|(_, line)| !line.trim().is_empty());
    lines
}

fn plain(spans: &[Span]) -> String {
    let text = |span: &Span| match span {
        Span::Text(text) | Span::Strong(text) | Span::Code(text) | Span::Link { text, .. } => text.clone(),
    };
    spans.iter().map(text).collect()
}

/// Number of sentences: each ends with a stop that a space or nothing follows.
fn sentences(text: &str) -> usize {
    let text = text.trim();
    let stops = text.char_indices().filter(|(_, letter)| matches!(letter, '.' | '?' | '!'));
    let ended = stops.filter(|(at, _)| text[at + 1..].chars().next().is_none_or(char::is_whitespace)).count();
    ended + usize::from(!text.is_empty() && !text.ends_with(['.', '?', '!', ':']))
}

/// An id or an anchor.
fn is_id(word: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    (1..=40).contains(&word.len()) && word.bytes().all(fits)
}

/// The number of the line at this place.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|letter| **letter == b'\n').count() + 1
}
