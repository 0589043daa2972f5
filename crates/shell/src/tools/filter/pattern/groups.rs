//! Where the groups of a pattern lie within what it matches.

use super::{Pattern, Step};

/// Maximum number of groups that can be referred to, as in `\9`.
pub(in crate::tools::filter) const GROUPS: usize = 9;

/// Begin and end of each group, in characters; `None` for one that took no part.
pub(in crate::tools::filter) type Groups = [Option<(usize, usize)>; GROUPS];

/// Places times steps up to which groups are looked for: memory for one bit each.
const MOST: usize = 1 << 22;

/// What is left to do.
enum Open {
    Try(usize, usize),
    /// Gives a mark back the place that it had.
    Restore(usize, Option<usize>),
}

impl Pattern {
    /// The groups of the match from `begin` to `end`, each repetition as long as it can be, from left to right. None is
    /// found of a huge pattern in a huge line.
    pub(in crate::tools::filter) fn groups(&self, line: &[char], begin: usize, end: usize) -> Groups {
        let width = end - begin + 1;
        let mut marks = [None; 2 * GROUPS];
        let mut open = Vec::new();
        if self.steps.len().saturating_mul(width) <= MOST {
            open.push(Open::Try(0, begin));
        }
        // From the same step at the same place nothing else can follow: each is tried once.
        let mut tried = vec![false; if open.is_empty() { 0 } else { self.steps.len() * width }];
        while let Some(next) = open.pop() {
            let (step, at) = match next {
                Open::Try(step, at) => (step, at),
                Open::Restore(mark, place) => {
                    marks[mark] = place;
                    continue;
                }
            };
            if std::mem::replace(&mut tried[step * width + at - begin], true) {
                continue;
            }
            match self.steps.get(step) {
                Some(Step::Done) if at == end => break,
                Some(Step::Split(first, second)) => {
                    open.extend([Open::Try(*second, at), Open::Try(*first, at)]);
                }
                Some(Step::Jump(to)) => open.push(Open::Try(*to, at)),
                Some(Step::Mark(mark)) => {
                    open.extend([Open::Restore(*mark, marks[*mark]), Open::Try(step + 1, at)]);
                    marks[*mark] = Some(at);
                }
                Some(Step::One(one)) if at < end && self.fits(one, line[at]) => {
                    open.push(Open::Try(step + 1, at + 1));
                }
                Some(other) if other.holds(line, at) => open.push(Open::Try(step + 1, at)),
                _ => {}
            }
        }
        std::array::from_fn(|group| marks[2 * group].zip(marks[2 * group + 1]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Pattern, Syntax};

    fn groups(text: &str, line: &str) -> Vec<Option<String>> {
        let letters: Vec<char> = line.chars().collect();
        let pattern = Pattern::new(text, Syntax::Extended, false).expect("a pattern");
        let (begin, end) = pattern.find(&letters, 0).expect("a match");
        let of = |(from, to): (usize, usize)| letters[from..to].iter().collect::<String>();
        pattern
            .groups(&letters, begin, end)
            .into_iter()
            .take(pattern.groups)
            .map(|group| group.map(of))
            .collect()
    }

    /// As `sed -E` of GNU 4.9 gives them back.
    #[test]
    fn groups_of_a_match() {
        for (text, line, expected) in [
            ("(a+)(b*)", "xaab", &["aa", "b"] as &[&str]),
            ("([^:]*):(.*)", "10.0.0.1:80:x", &["10.0.0.1", "80:x"]),
            ("(.*):(.*)", "a:b:c", &["a:b", "c"]),
            ("(a|ab)(c|bcd)", "abcd", &["a", "bcd"]),
            ("(ab){2}", "ababab", &["ab"]),
            ("((a)b)+", "abab", &["ab", "a"]),
            ("^ *([0-9]+)", "  42 x", &["42"]),
        ] {
            let found = groups(text, line);
            let expected: Vec<Option<String>> =
                expected.iter().map(|group| Some((*group).to_owned())).collect();
            assert_eq!(found, expected, "{text} in {line}");
        }
        assert_eq!(groups("(x)?y", "y"), [None]);
    }

    #[test]
    fn a_pattern_that_ruins_others_has_its_groups_in_time() {
        let line = "a".repeat(300) + "b";
        assert_eq!(groups("(a*)*(a*)*(a*)*b", &line).len(), 3);
    }
}
