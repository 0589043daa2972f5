//! `getopt` and `getopt_long`, as the GNU C library reads a command line.
//!
//! Left out on purpose: `POSIXLY_CORRECT`, and long options with a single dash (`getopt_long_only`).

/// Whether an option takes an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// It never takes one.
    Nothing,
    /// It always takes one.
    Argument,
    /// It may take one, but only in the same word.
    Perhaps,
}

/// A long option and the letter it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Long {
    /// Name, without dashes.
    pub(crate) name: &'static str,
    /// Whether it takes an argument.
    pub(crate) takes: Takes,
    /// Letter that the scan returns for it.
    pub(crate) letter: char,
}

impl Long {
    /// An option without argument.
    pub(crate) const fn flag(name: &'static str, letter: char) -> Long {
        Long { name, takes: Takes::Nothing, letter }
    }

    /// An option with an argument.
    pub(crate) const fn with(name: &'static str, letter: char) -> Long {
        Long { name, takes: Takes::Argument, letter }
    }

    /// An option that may have an argument, after `=`.
    pub(crate) const fn perhaps(name: &'static str, letter: char) -> Long {
        Long { name, takes: Takes::Perhaps, letter }
    }
}

/// Why a word cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bad<'a> {
    /// No such letter.
    Letter(char),
    /// No such long option.
    Long(&'a str),
    /// More than one long option begins with these letters.
    Ambiguous(&'a str, Vec<&'static str>),
    /// The letter needs an argument.
    LetterWants(char),
    /// The long option needs an argument.
    LongWants(&'static str),
    /// The long option does not take an argument.
    LongTakesNone(&'static str),
}

impl Bad<'_> {
    /// Whether an argument is missing.
    pub(crate) const fn is_missing_argument(&self) -> bool {
        matches!(self, Bad::LetterWants(_) | Bad::LongWants(_))
    }

    /// The line that the C library prints.
    pub(crate) fn message(&self, program: &str) -> String {
        match self {
            Bad::Letter(letter) => format!("{program}: invalid option -- '{letter}'\n"),
            Bad::Long(word) => format!("{program}: unrecognized option '--{word}'\n"),
            Bad::Ambiguous(word, names) => {
                let names: String = names.iter().map(|name| format!(" '--{name}'")).collect();
                format!("{program}: option '--{word}' is ambiguous; possibilities:{names}\n")
            }
            Bad::LetterWants(letter) => format!("{program}: option requires an argument -- '{letter}'\n"),
            Bad::LongWants(name) => format!("{program}: option '--{name}' requires an argument\n"),
            Bad::LongTakesNone(name) => format!("{program}: option '--{name}' doesn't allow an argument\n"),
        }
    }
}

/// An item that the scan finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item<'a> {
    /// An option, with its argument.
    Option(char, Option<&'a str>),
    /// A word that is not an option.
    Word(&'a str),
    /// A word that looks like an option but is not one.
    Bad(Bad<'a>),
}

/// A scan over arguments, in order. A clone marks a position to return to.
#[derive(Clone, Debug)]
pub(crate) struct Getopt<'a> {
    args: &'a [String],
    /// Index of the next word.
    next: usize,
    /// The letters of the present word that have not been scanned yet.
    cluster: &'a str,
    /// Whether a `--` was passed.
    ended: bool,
    style: Style,
}

/// Which kinds of options a program has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Letters and long options: `getopt_long`.
    Long,
    /// Letters only: `getopt`, to which the second dash of `--word` is a letter too.
    Letters,
}

impl<'a> Getopt<'a> {
    /// A scan of `args`, which do not include the program's name.
    pub(crate) const fn new(args: &'a [String]) -> Getopt<'a> {
        Getopt { args, next: 0, cluster: "", ended: false, style: Style::Long }
    }

    /// A scan of the arguments of a program that has no long options.
    pub(crate) const fn letters(args: &'a [String]) -> Getopt<'a> {
        Getopt { args, next: 0, cluster: "", ended: false, style: Style::Letters }
    }

    /// The next item, or `None` at the end. `letters` has getopt's format: a colon follows a letter that takes an
    /// argument, two colons follow a letter that may take one.
    pub(crate) fn item(&mut self, letters: &str, longs: &[&[Long]]) -> Option<Item<'a>> {
        if !self.cluster.is_empty() {
            return Some(self.letter(letters));
        }
        let word = self.args.get(self.next)?;
        self.next += 1;
        if self.ended || word == "-" || !word.starts_with('-') {
            return Some(Item::Word(word));
        }
        if word == "--" {
            self.ended = true;
            return self.item(letters, longs);
        }
        if let Some(long) = word.strip_prefix("--").filter(|_| self.style == Style::Long) {
            return Some(self.long(long, longs));
        }
        self.cluster = word.get(1..).unwrap_or_default();
        // While letters are left, getopt has not yet passed the word.
        self.next -= 1;
        Some(self.letter(letters))
    }

    /// The next word, if it is neither an option nor `!`. It is the argument of an option that may take one.
    pub(crate) fn operand(&mut self) -> Option<&'a str> {
        let word = self.args.get(self.next)?;
        if !self.cluster.is_empty() || word.starts_with('-') || word == "!" {
            return None;
        }
        self.next += 1;
        Some(word)
    }

    /// The last word that was passed: C's `argv[optind - 1]`.
    pub(crate) fn last(&self) -> Option<&'a str> {
        let at = self.next.checked_sub(1)?;
        self.args.get(at).map(String::as_str)
    }

    /// Whether a `--` ended the options.
    pub(crate) const fn ended(&self) -> bool {
        self.ended
    }

    fn letter(&mut self, letters: &str) -> Item<'a> {
        let mut rest = self.cluster.chars();
        let Some(letter) = rest.next() else {
            return Item::Bad(Bad::Letter('-'));
        };
        self.cluster = rest.as_str();
        let last = self.cluster.is_empty();
        if last {
            self.next += 1;
        }
        let known = if letter == ':' { None } else { letters.split_once(letter) };
        let Some((_, after)) = known else {
            return Item::Bad(Bad::Letter(letter));
        };
        if !after.starts_with(':') {
            return Item::Option(letter, None);
        }
        if !last {
            let argument = self.cluster;
            self.cluster = "";
            self.next += 1;
            return Item::Option(letter, Some(argument));
        }
        if after.starts_with("::") {
            return Item::Option(letter, None);
        }
        match self.args.get(self.next) {
            Some(argument) => {
                self.next += 1;
                Item::Option(letter, Some(argument))
            }
            None => Item::Bad(Bad::LetterWants(letter)),
        }
    }

    fn long(&mut self, word: &'a str, longs: &[&[Long]]) -> Item<'a> {
        let (name, attached) = match word.split_once('=') {
            Some((name, argument)) => (name, Some(argument)),
            None => (word, None),
        };
        let long = match find(name, longs) {
            Ok(long) => long,
            Err(names) if names.is_empty() => return Item::Bad(Bad::Long(word)),
            Err(names) => return Item::Bad(Bad::Ambiguous(name, names)),
        };
        match (long.takes, attached) {
            (Takes::Nothing, Some(_)) => Item::Bad(Bad::LongTakesNone(long.name)),
            (Takes::Argument, None) => match self.args.get(self.next) {
                Some(argument) => {
                    self.next += 1;
                    Item::Option(long.letter, Some(argument))
                }
                None => Item::Bad(Bad::LongWants(long.name)),
            },
            _ => Item::Option(long.letter, attached),
        }
    }
}

/// The option of that name, or the only one whose name begins with `name`; otherwise the names of all that do.
fn find(name: &str, longs: &[&[Long]]) -> Result<Long, Vec<&'static str>> {
    let all = || longs.iter().flat_map(|table| table.iter());
    if let Some(exact) = all().find(|long| long.name == name) {
        return Ok(*exact);
    }
    let begin: Vec<&Long> = all().filter(|long| long.name.starts_with(name)).collect();
    match begin.split_first() {
        Some((first, more)) if more.iter().all(|l| (l.letter, l.takes) == (first.letter, first.takes)) => {
            Ok(**first)
        }
        _ => Err(begin.iter().map(|long| long.name).collect()),
    }
}

/// How many of the words are options with their arguments, up to the first word that is neither: it begins a command.
pub(crate) fn options_before_operand(args: &[String], letters: &str, longs: &[Long]) -> usize {
    let mut count = 0;
    while let Some(word) = args.get(count).filter(|word| word.len() > 1 && word.starts_with('-')) {
        count += 1;
        if word == "--" {
            break;
        }
        let mut scan = Getopt::new(std::slice::from_ref(word));
        while let Some(item) = scan.item(letters, &[longs]) {
            count += usize::from(matches!(item, Item::Bad(bad) if bad.is_missing_argument()));
        }
    }
    // The last option may lack its argument.
    count.min(args.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    const LONGS: &[Long] = &[
        Long::flag("numeric", 'n'),
        Long::flag("numeric-hosts", 'H'),
        Long::with("protocol", 'p'),
        Long::perhaps("list", 'L'),
    ];

    fn check(line: &str, expect: Expect) {
        let args: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let mut scan = Getopt::new(&args);
        let mut seen = String::new();
        while let Some(item) = scan.item("nvp:L::", &[LONGS]) {
            seen += &match item {
                Item::Bad(bad) => bad.message("prog"),
                item => format!("{item:?}\n"),
            };
        }
        expect.assert_eq(&seen);
    }

    #[test]
    fn letters_and_words() {
        check(
            "-nv a -ptcp -p udp -Lx -L y - -nq",
            expect![[r#"
                Option('n', None)
                Option('v', None)
                Word("a")
                Option('p', Some("tcp"))
                Option('p', Some("udp"))
                Option('L', Some("x"))
                Option('L', None)
                Word("y")
                Word("-")
                Option('n', None)
                prog: invalid option -- 'q'
            "#]],
        );
    }

    #[test]
    fn long_options_may_be_cut_short() {
        check(
            "--prot=tcp --num --numeric --numeric=3 --foo --list=4 --proto -- -n --protocol",
            expect![[r#"
                Option('p', Some("tcp"))
                prog: option '--num' is ambiguous; possibilities: '--numeric' '--numeric-hosts'
                Option('n', None)
                prog: option '--numeric' doesn't allow an argument
                prog: unrecognized option '--foo'
                Option('L', Some("4"))
                Option('p', Some("--"))
                Option('n', None)
                prog: option '--protocol' requires an argument
            "#]],
        );
    }

    #[test]
    fn without_long_options_a_second_dash_is_a_letter() {
        let args = ["-lkp", "5555", "host", "-w5", "--x", "--", "-z", "-Qé:", "-p"].map(String::from);
        let mut scan = Getopt::letters(&args);
        let items: Vec<Item<'_>> = std::iter::from_fn(|| scan.item("klp:w:x", &[])).collect();
        assert_eq!(
            items,
            [
                Item::Option('l', None),
                Item::Option('k', None),
                Item::Option('p', Some("5555")),
                Item::Word("host"),
                Item::Option('w', Some("5")),
                Item::Bad(Bad::Letter('-')),
                Item::Option('x', None),
                Item::Word("-z"),
                Item::Word("-Qé:"),
                Item::Word("-p"),
            ]
        );
        let args = ["-Qé:", "-p"].map(String::from);
        let mut scan = Getopt::letters(&args);
        let items: Vec<Item<'_>> = std::iter::from_fn(|| scan.item("p:", &[])).collect();
        let bad = [Bad::Letter('Q'), Bad::Letter('é'), Bad::Letter(':'), Bad::LetterWants('p')];
        assert_eq!(items, bad.map(Item::Bad));
    }
}
