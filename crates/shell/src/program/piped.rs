//! A filter whose input comes while it runs, from a program before it in the pipe.

use super::Event;

/// How a filter reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Each line by itself.
    Lines,
    /// Line by line, but what it does with one may depend on those before it.
    Begun,
    /// As [`Manner::Begun`]; it ends when it has its lines.
    Head,
    /// All at once.
    Whole,
}

/// Beyond this, what depends on earlier lines is shown at the end only: each line would be read once more for each.
const MOST: usize = 1 << 16;

/// Octets that `head` reads from a program that never ends.
const MOST_ENDLESS: usize = 1 << 20;

/// A running filter.
#[derive(Clone, Debug)]
pub(crate) struct Piped {
    /// Its words.
    pub(crate) words: Vec<String>,
    pub(crate) manner: Manner,
    /// What has come so far, as far as it is still needed.
    text: String,
    /// Whether all has come.
    pub(crate) ended: bool,
    /// Octets of its output that have been written.
    pub(crate) shown: usize,
    /// The exit code of what was written and forgotten.
    pub(crate) code: Option<i32>,
}

impl Piped {
    /// A filter of which nothing has come yet.
    pub(crate) const fn new(words: Vec<String>, manner: Manner) -> Piped {
        Piped { words, manner, text: String::new(), ended: false, shown: 0, code: None }
    }

    /// Adds what an event brings. Returns whether anything can be done with it now.
    pub(crate) fn takes(&mut self, event: &Event) -> bool {
        match event {
            Event::Line(text) => {
                self.text.push_str(text);
                let fits = self.manner == Manner::Lines || self.text.len() <= MOST;
                text.contains('\n') && self.manner != Manner::Whole && fits
            }
            Event::EndOfInput => {
                self.ended = true;
                true
            }
            Event::Endless(text) => {
                self.text = text.repeat((MOST_ENDLESS / text.len().max(1)).min(20_000));
                true
            }
            _ => false,
        }
    }

    /// What it reads now: whole lines, and at the end all.
    pub(crate) fn input(&mut self) -> String {
        let end = match self.text.rfind('\n') {
            Some(at) if !self.ended => at + 1,
            None if !self.ended => 0,
            _ => self.text.len(),
        };
        if self.manner != Manner::Lines {
            return self.text[..end].to_owned();
        }
        self.shown = 0;
        let rest = self.text.split_off(end);
        std::mem::replace(&mut self.text, rest)
    }
}
