//! Lines that are brought back with `!`, as bash expands them before it reads what is typed at a prompt.
//!
//! Left out: words of a line other than `!$`, what changes a line (`:s`, `:p`, `^old^new`), `!?` and `!#`. They are refused
//! by name.

use crate::terminal::Text;

/// Why nothing is brought back. The line does not run, and is not remembered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unknown {
    /// No such line was typed here.
    #[error("bash: {0}: event not found")]
    Event(String),
    /// Part of bash, but not of this shell.
    #[error("this lab has no {0}; near it: !!, !ss, !5, !-2 and !$")]
    Absent(String),
}

/// What ends the beginning of a line that is looked for.
const DELIMITERS: &str = " \t\n;&()|<>:^$*%";

/// What may follow a line that is brought back, and asks for a part of it.
const DESIGNATORS: [char; 5] = [':', '^', '$', '*', '%'];

/// `line` with what it brings back; `None` if it brings back nothing. `begun` is what was typed before in the same command,
/// in which a quote may be open.
pub(crate) fn expand(begun: &str, line: &str, history: &[Text]) -> Result<Option<String>, Unknown> {
    let mut reader = Reader { quote: None, before: Vec::new() };
    for c in begun.chars() {
        reader.takes(c);
    }
    if !begun.is_empty() {
        reader.takes('\n');
    }
    if reader.quote.is_none() && line.starts_with('^') {
        return Err(Unknown::Absent("^OLD^NEW".to_owned()));
    }
    let (mut out, mut changed) = (String::new(), false);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if c == '#' && reader.may_comment() {
            out += rest;
            break;
        }
        if c == '!' && reader.may_recall(after) {
            let (text, left) = recalled(after, reader.quote, history)?;
            out += &text;
            changed = true;
            rest = left;
            reader.takes('x');
        } else {
            out.push(c);
            rest = after;
            reader.takes(c);
        }
    }
    Ok(changed.then_some(out))
}

/// What was read of the command.
struct Reader {
    /// The quote that is open.
    quote: Option<char>,
    /// The letters so far.
    before: Vec<char>,
}

impl Reader {
    fn takes(&mut self, c: char) {
        let escaped = self.is_escaped();
        match (c, self.quote) {
            ('\'' | '"', None) if !escaped => self.quote = Some(c),
            ('\'', Some('\'')) => self.quote = None,
            ('"', Some('"')) if !escaped => self.quote = None,
            _ => {}
        }
        // Two backslashes are one that escapes nothing.
        self.before.push(if c == '\\' && escaped { 'x' } else { c });
    }

    fn is_escaped(&self) -> bool {
        self.quote != Some('\'') && self.before.last() == Some(&'\\')
    }

    /// Whether a `#` here begins a comment.
    fn may_comment(&self) -> bool {
        let begins = self.before.last().is_none_or(|c| c.is_whitespace() || ";&|(".contains(*c));
        begins && self.quote.is_none()
    }

    /// Whether a `!` here, with this after it, brings something back.
    fn may_recall(&self, after: &str) -> bool {
        let stays = after.starts_with(|c: char| c.is_whitespace() || "=(".contains(c)) || after.is_empty();
        let ends_quote = self.quote == Some('"') && after.starts_with('"');
        let of_shell = match self.before.as_slice() {
            [.., '$', '{'] | [.., '$'] => true,
            [.., '['] => after.contains(']'),
            _ => false,
        };
        self.quote != Some('\'') && !self.is_escaped() && !stays && !ends_quote && !of_shell
    }
}

/// What a `!` with `after` brings back, and what follows it.
fn recalled<'a>(after: &'a str, quote: Option<char>, history: &[Text]) -> Result<(String, &'a str), Unknown> {
    let shown = |end: usize| format!("!{}", &after[..end]);
    let last = history.last().map(|line| line.as_str());
    if let Some(left) = after.strip_prefix('$') {
        let line = last.ok_or_else(|| Unknown::Event("!$".to_owned()))?;
        let word = line.split_whitespace().next_back().unwrap_or_default();
        return Ok((word.to_owned(), left));
    }
    if after.starts_with(DESIGNATORS) || after.starts_with(['?', '#']) {
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        return Err(Unknown::Absent(shown(end)));
    }
    let minus = usize::from(after.starts_with('-'));
    let digits = after[minus..].find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len() - minus);
    let (end, line) = if after.starts_with('!') {
        (1, last)
    } else if digits > 0 {
        let number = after[minus..minus + digits].parse::<usize>().ok();
        let at = number.and_then(|number| match minus {
            0 => number.checked_sub(1),
            _ => history.len().checked_sub(number),
        });
        (minus + digits, at.and_then(|at| history.get(at)).map(|line| line.as_str()))
    } else {
        let ends = |c: char| DELIMITERS.contains(c) || quote == Some(c);
        let end = after.find(ends).unwrap_or(after.len());
        let begins = |line: &&str| end > 0 && line.starts_with(&after[..end]);
        (end, history.iter().rev().map(|line| line.as_str()).find(begins))
    };
    let line = line.ok_or_else(|| Unknown::Event(shown(end)))?;
    let left = &after[end..];
    if left.starts_with(DESIGNATORS) {
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        return Err(Unknown::Absent(shown(end)));
    }
    Ok((line.to_owned(), left))
}
