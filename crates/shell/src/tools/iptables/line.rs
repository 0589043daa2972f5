//! Reads a command line of `iptables` word by word, as the tool does, so that the same mistake is found first.

use super::options::{LETTERS, LINE_NUMBERS, LONGS};
use super::problem::Problem;
use super::rule::RuleParts;
use crate::getopt::{Getopt, Item, Long};

/// The contents of a command line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Letters of the commands; there are two only if a chain is both listed and zeroed.
    pub(super) commands: Vec<char>,
    /// The chain.
    pub(super) chain: Option<String>,
    /// The rule's number, from 1.
    pub(super) number: Option<usize>,
    /// Policy of `-P`, or new name of `-E`.
    pub(super) operand: Option<String>,
    /// The options that were given, each once.
    pub(super) given: Vec<char>,
    /// Parts of the rule.
    pub(super) rule: RuleParts,
    /// `-h`
    pub(super) help: bool,
    /// `-V`, and whether `!` came before it.
    pub(super) version: Option<bool>,
}

/// Reads the words after `iptables`.
pub(super) fn read(args: &[String]) -> Result<Line, Problem> {
    let mut line = Line::default();
    let mut scan = Getopt::new(args);
    let mut inverted = false;
    // An option was passed over because its target, which this lab does not have, may have it.
    let mut foreign = false;
    loop {
        let before = scan.clone();
        let tables: Vec<&[Long]> =
            std::iter::once(LONGS).chain(line.rule.loaded.iter().map(|e| e.longs())).collect();
        let Some(item) = scan.item(LETTERS, &tables) else {
            break;
        };
        match item {
            Item::Word(_) if scan.ended() => return Err(Problem::WordsBehindEnd),
            Item::Word("!") if inverted => return Err(Problem::TwiceInverted),
            Item::Word("!") => {
                inverted = true;
                continue;
            }
            // A value of an option of such a target.
            Item::Word(_) if foreign => {}
            Item::Word(word) => return Err(Problem::BadArgument(word.to_owned())),
            Item::Option(letter, argument) => line.option(letter, argument, inverted, &mut scan)?,
            Item::Bad(bad) => {
                // An unknown option may belong to the protocol, whose extension is loaded only now.
                if line.rule.load_protocol() {
                    scan = before;
                    continue;
                }
                if !bad.is_missing_argument() && line.rule.has_other_target() {
                    foreign = true;
                    inverted = false;
                    continue;
                }
                let word = scan.last().unwrap_or("iptables").to_owned();
                return Err(match bad.is_missing_argument() {
                    true => Problem::MissingArgument(word),
                    false => Problem::UnknownOption(word),
                });
            }
        }
        if line.help || line.version.is_some() {
            return Ok(line);
        }
        inverted = false;
    }
    line.rule.complete()?;
    // If a chain is both listed and zeroed, it is listed first.
    let (zero, others): (Vec<char>, Vec<char>) =
        line.commands.into_iter().partition(|command| *command == 'Z');
    line.commands = [others, zero].concat();
    if line.commands.is_empty() {
        return Err(Problem::NoCommand);
    }
    if inverted {
        return Err(Problem::NothingToInvert);
    }
    Ok(line)
}

impl Line {
    /// Whether `letter` was given.
    pub(super) fn has(&self, letter: char) -> bool {
        self.given.contains(&letter)
    }

    fn option(
        &mut self,
        letter: char,
        argument: Option<&str>,
        inverted: bool,
        scan: &mut Getopt<'_>,
    ) -> Result<(), Problem> {
        let value = argument.unwrap_or_default();
        match letter {
            'A' | 'C' | 'D' | 'R' | 'I' | 'L' | 'S' | 'F' | 'Z' | 'N' | 'X' | 'E' | 'P' => {
                self.command(letter, argument, inverted, scan)
            }
            'h' => {
                self.help = true;
                Ok(())
            }
            'V' => {
                self.version = Some(inverted);
                Ok(())
            }
            'v' if self.has('v') => Ok(()),
            'v' | 'n' | 'x' | LINE_NUMBERS => self.give(letter, inverted),
            'f' => {
                // No packet is fragmented here.
                self.rule.beyond = true;
                self.give(letter, inverted)
            }
            'p' | 's' | 'd' | 'i' | 'o' => {
                self.give(letter, inverted && !matches!(letter, 'p' | 's' | 'd' | 'i' | 'o'))?;
                // The tool takes the whole word, so that `-ptcp` and `--protocol=tcp` fail.
                self.rule.condition(letter, scan.last().unwrap_or_default(), inverted)
            }
            'j' | 'g' => {
                self.give('j', inverted)?;
                self.rule.jump(letter, scan.last().unwrap_or_default())
            }
            'm' if inverted => Err(Problem::Unexpected("match")),
            'm' => self.rule.load(value),
            't' if inverted => Err(Problem::Unexpected("table")),
            't' if matches!(value, "nat" | "mangle" | "raw" | "security") => {
                Err(Problem::OtherTable(value.to_owned()))
            }
            't' if value != "filter" => Err(Problem::NoTable(value.to_owned())),
            'c' => {
                self.give('c', inverted)?;
                self.counters(value, scan)
            }
            'w' => match argument.or_else(|| scan.operand()) {
                Some(seconds) if seconds.parse::<u32>().is_err() => Err(Problem::WaitNumber),
                _ => Ok(()),
            },
            '6' => Err(Problem::OnlyIpv4),
            't' | 'M' | 'W' | '4' => Ok(()),
            'b' => Err(Problem::UnknownOption("-b".to_owned())),
            extension => self.rule.extension(extension, value, inverted, scan),
        }
    }

    /// Reads a command: `letter`, its chain, and what follows it.
    fn command(
        &mut self,
        letter: char,
        argument: Option<&str>,
        inverted: bool,
        scan: &mut Getopt<'_>,
    ) -> Result<(), Problem> {
        if letter == 'N' {
            new_chain_name(argument.unwrap_or_default())?;
        }
        if inverted {
            return Err(Problem::InvertedCommand);
        }
        let goes_with = |other: &char| matches!((letter, *other), ('L' | 'S', 'Z') | ('Z', 'L' | 'S'));
        if let Some(other) = self.commands.iter().find(|other| !goes_with(other)) {
            return Err(Problem::TwoCommands(letter, *other));
        }
        self.commands.push(letter);
        let chain = match letter {
            'L' | 'S' | 'F' | 'Z' | 'X' => argument.or_else(|| scan.operand()),
            _ => argument,
        };
        self.chain = chain.map(str::to_owned).or(self.chain.take());
        match letter {
            'D' | 'R' | 'I' | 'L' | 'S' | 'Z' => {
                self.number = scan.operand().map(rule_number).transpose()?.or(self.number);
            }
            'E' | 'P' => self.operand = scan.operand().map(str::to_owned),
            _ => {}
        }
        match letter {
            'R' if self.number.is_none() => Err(Problem::ReplaceNumber),
            'E' if self.operand.is_none() => Err(Problem::RenameOperands),
            'P' if self.operand.is_none() => Err(Problem::PolicyOperands),
            _ => Ok(()),
        }
    }

    /// Notes an option. It may be given only once, and only `-f` may be `inverted`.
    fn give(&mut self, letter: char, inverted: bool) -> Result<(), Problem> {
        if self.has(letter) {
            return Err(Problem::Multiple(letter));
        }
        if inverted && letter != 'f' {
            return Err(Problem::CannotInvert(letter));
        }
        self.given.push(letter);
        Ok(())
    }

    fn counters(&mut self, value: &str, scan: &mut Getopt<'_>) -> Result<(), Problem> {
        let (packets, octets) = match value.split_once(',') {
            Some((packets, octets)) => (packets, octets),
            None => (value, scan.operand().ok_or(Problem::CounterOperands)?),
        };
        if packets.parse::<u64>().is_err() {
            return Err(Problem::CounterNumber("packet"));
        }
        if octets.parse::<u64>().is_err() {
            return Err(Problem::CounterNumber("byte"));
        }
        self.rule.beyond = true;
        Ok(())
    }
}

fn rule_number(word: &str) -> Result<usize, Problem> {
    let number = word.parse::<u32>().ok().filter(|n| *n > 0).and_then(|n| usize::try_from(n).ok());
    number.ok_or_else(|| Problem::RuleNumber(word.to_owned()))
}

pub(super) fn new_chain_name(name: &str) -> Result<(), Problem> {
    if let Some(first @ ('-' | '!')) = name.chars().next() {
        return Err(Problem::ChainStart(first));
    }
    if matches!(name, "ACCEPT" | "DROP" | "RETURN" | "QUEUE" | "REJECT" | "LOG") {
        return Err(Problem::ChainIsTarget);
    }
    if name.contains(char::is_whitespace) {
        return Err(Problem::ChainName(name.to_owned()));
    }
    Ok(())
}
