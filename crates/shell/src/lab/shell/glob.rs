//! Patterns of the shell: `*`, `?` and `[…]`, for names of files, `case`, `[[ … ]]` and `${NAME#…}`.

/// Steps that a pattern may take.
const STEPS: usize = 1 << 20;

/// A compiled pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Glob(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    /// `*`
    Any,
    /// `?`
    One,
    Letter(char),
    /// `[…]`, and `[!…]` if it is `not`.
    Set {
        not: bool,
        ranges: Vec<(char, char)>,
    },
}

/// Where a match that begins at the beginning may end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) first: Option<usize>,
    pub(super) last: Option<usize>,
}

impl Glob {
    /// A pattern of letters, each with whether it is quoted and so stands for itself.
    pub(super) fn new(letters: &[(char, bool)]) -> Glob {
        let (mut pieces, mut at) = (Vec::new(), 0);
        while let Some((letter, quoted)) = letters.get(at).copied() {
            at += 1;
            pieces.push(match letter {
                '*' if !quoted => Piece::Any,
                '?' if !quoted => Piece::One,
                '[' if !quoted => match set(&letters[at..]) {
                    Some((piece, length)) => {
                        at += length;
                        piece
                    }
                    None => Piece::Letter('['),
                },
                letter => Piece::Letter(letter),
            });
        }
        Glob(pieces)
    }

    /// A pattern without quotes.
    pub(super) fn plain(text: &str) -> Glob {
        Glob::new(&text.chars().map(|letter| (letter, false)).collect::<Vec<_>>())
    }

    /// Where matches of the beginning of `text` end. Each step takes from `left`; `None` if that is not enough.
    pub(super) fn ends(&self, text: &[char], left: &mut usize) -> Option<Ends> {
        let mut ends = Ends::default();
        let mut now = vec![0];
        for at in 0..=text.len() {
            // What a `*` may leave out.
            let mut next = 0;
            while let Some(piece) = now.get(next).copied() {
                if matches!(self.0.get(piece), Some(Piece::Any)) && !now.contains(&(piece + 1)) {
                    now.push(piece + 1);
                }
                next += 1;
            }
            *left = left.checked_sub(now.len() + 1)?;
            if now.contains(&self.0.len()) {
                ends.first.get_or_insert(at);
                ends.last = Some(at);
            }
            let Some(letter) = text.get(at).filter(|_| !now.is_empty()) else { break };
            let mut then = Vec::new();
            for piece in now {
                let (fits, to) = match self.0.get(piece) {
                    Some(Piece::Any) => (true, piece),
                    Some(Piece::One) => (true, piece + 1),
                    Some(Piece::Letter(own)) => (own == letter, piece + 1),
                    Some(Piece::Set { not, ranges }) => {
                        (ranges.iter().any(|(from, to)| (from..=to).contains(&letter)) != *not, piece + 1)
                    }
                    None => (false, piece),
                };
                if fits && !then.contains(&to) {
                    then.push(to);
                }
            }
            now = then;
        }
        Some(ends)
    }

    /// Whether it fits the whole of a text.
    pub(super) fn fits(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let mut left = STEPS;
        let ends = self.ends(&letters, &mut left);
        ends.is_some_and(|ends| ends.last == Some(letters.len()))
    }
}

/// What is after `[`, with the length up to its `]`. `None` if there is no such set.
fn set(letters: &[(char, bool)]) -> Option<(Piece, usize)> {
    let mut at = usize::from(matches!(letters.first(), Some(('!' | '^', false))));
    let (not, first, mut ranges) = (at == 1, at, Vec::new());
    loop {
        let (letter, quoted) = *letters.get(at)?;
        at += 1;
        let rest = letters.get(at..).unwrap_or_default();
        match letter {
            ']' if !quoted && at > first + 1 => return Some((Piece::Set { not, ranges }, at)),
            '[' if rest.first().is_some_and(|(next, _)| *next == ':') => {
                let name: String = rest.iter().skip(1).map(|(c, _)| *c).take_while(|c| *c != ':').collect();
                ranges.extend_from_slice(class(&name)?);
                at += name.chars().count() + 3;
            }
            from => match rest {
                [('-', _), (to, to_quoted), ..] if *to != ']' || *to_quoted => {
                    ranges.push((from, *to));
                    at += 2;
                }
                _ => ranges.push((from, from)),
            },
        }
    }
}

fn class(name: &str) -> Option<&'static [(char, char)]> {
    Some(match name {
        "digit" => &[('0', '9')],
        "lower" => &[('a', 'z')],
        "upper" => &[('A', 'Z')],
        "alpha" => &[('a', 'z'), ('A', 'Z')],
        "alnum" => &[('a', 'z'), ('A', 'Z'), ('0', '9')],
        "xdigit" => &[('a', 'f'), ('A', 'F'), ('0', '9')],
        "space" => &[(' ', ' '), ('\t', '\r')],
        "blank" => &[(' ', ' '), ('\t', '\t')],
        "punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        _ => return None,
    })
}
