//! The conditions of `-m state`, `conntrack`, `comment`, `length`, `limit` and `statistic`, as they are read.

use super::icmp;
use super::options::{
    ABOVE, BY_DESTINATION, BY_SOURCE, COMMENT, CTSTATE, EVERY, Extension, ICMP_TYPE, LENGTH, LIMIT,
    LIMIT_BURST, MASK, MODE, PACKET, PROBABILITY, STATE, UPTO,
};
use super::problem::Problem;
use super::shown::{BURST, names};
use super::values::dotted_prefix;
use crate::number::strtoul;
use std::time::Duration;
use tcp_core::net::firewall::{Condition, Match, Rate, Side, StateMatch, Tracked};

/// Longest comment, in octets.
const LONGEST_COMMENT: usize = 255;

/// Parts of a second in which the tool counts the time between two packets.
const SCALE: u32 = 10_000;
/// Names of units, each with its seconds.
const UNITS: [(&str, u32); 4] = [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)];
/// The most that `--limit-burst` takes.
const MOST_AT_ONCE: u32 = 10_000;

/// What `-m` has loaded, in the order of the line.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    drafts: Vec<Draft>,
    /// How many were loaded before the protocol's own match.
    first: Option<usize>,
}

/// A match that is being read.
#[derive(Clone, Debug)]
enum Draft {
    State(StateMatch, Option<Match<Vec<Tracked>>>),
    Comment(Option<String>),
    Icmp(Option<Match<(u8, Option<u8>)>>),
    Length(Option<Match<(u16, u16)>>),
    /// Tenths of a millisecond between two packets, and packets at once.
    Limit(Option<u32>, Option<u32>),
    Statistic(Statistic),
    Connections(Connections),
}

/// `-m connlimit`.
#[derive(Clone, Debug, Default)]
struct Connections {
    /// The bound, and by which option it was given.
    most: Option<(char, Match<u32>)>,
    mask: Option<u8>,
    side: Option<char>,
}

#[derive(Clone, Debug, Default)]
struct Statistic {
    mode: Option<Mode>,
    probability: Option<Match<u32>>,
    every: Option<Match<u32>>,
    packet: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Random,
    Nth,
}

impl Conditions {
    /// `-m NAME`
    pub(super) fn load(&mut self, extension: Extension) {
        self.drafts.extend(match extension {
            Extension::State => Some(Draft::State(StateMatch::State, None)),
            Extension::Conntrack => Some(Draft::State(StateMatch::Conntrack, None)),
            Extension::Comment => Some(Draft::Comment(None)),
            Extension::Icmp => Some(Draft::Icmp(None)),
            Extension::Length => Some(Draft::Length(None)),
            Extension::Limit => Some(Draft::Limit(None, None)),
            Extension::Statistic => Some(Draft::Statistic(Statistic::default())),
            Extension::Connlimit => Some(Draft::Connections(Connections::default())),
            _ => None,
        });
    }

    /// The protocol's own match is loaded now.
    pub(super) fn own_match_begins(&mut self) {
        self.first.get_or_insert(self.drafts.len());
    }

    /// How many were loaded before that.
    pub(super) fn first(&self) -> usize {
        self.first.unwrap_or(0)
    }

    /// An option of a match: of the latest that has it.
    pub(super) fn option(&mut self, letter: char, value: &str, inverted: bool) -> Result<(), Problem> {
        let of = |draft: &&mut Draft| match draft {
            Draft::State(StateMatch::State, _) => letter == STATE,
            Draft::State(StateMatch::Conntrack, _) => letter == CTSTATE,
            Draft::Comment(_) => letter == COMMENT,
            Draft::Icmp(_) => letter == ICMP_TYPE,
            Draft::Length(_) => letter == LENGTH,
            Draft::Limit(..) => matches!(letter, LIMIT | LIMIT_BURST),
            Draft::Statistic(_) => matches!(letter, MODE | PROBABILITY | EVERY | PACKET),
            Draft::Connections(_) => matches!(letter, ABOVE | UPTO | MASK | BY_SOURCE | BY_DESTINATION),
        };
        match self.drafts.iter_mut().rev().find(of) {
            Some(draft) => draft.option(letter, value, inverted),
            None => Ok(()),
        }
    }

    /// Checks that nothing is missing. `beyond`: whether options were given that the firewall here does not have.
    pub(super) fn complete(&self, beyond: bool) -> Result<(), Problem> {
        self.drafts.iter().try_for_each(|draft| match draft {
            Draft::State(StateMatch::State, None) => Err(Problem::Must("state", "state")),
            Draft::State(StateMatch::Conntrack, None) if !beyond => Err(Problem::ConntrackMissing),
            Draft::Comment(None) => Err(Problem::Must("comment", "comment")),
            Draft::Icmp(None) => Err(Problem::Must("icmp", "icmp-type")),
            Draft::Length(None) => Err(Problem::Must("length", "length")),
            Draft::Statistic(statistic) => statistic.complete(),
            Draft::Connections(Connections { most: None, .. }) => Err(Problem::ConnectionsMissing),
            _ => Ok(()),
        })
    }

    /// All of them.
    pub(super) fn all(&self) -> Vec<Match<Condition>> {
        self.drafts.iter().filter_map(Draft::condition).collect()
    }
}

impl Draft {
    fn option(&mut self, letter: char, value: &str, inverted: bool) -> Result<(), Problem> {
        match self {
            Draft::State(by, given) => {
                let [of, name] = names(*by);
                once(given.is_some(), of, name)?;
                *given = Some(Match { inverted, value: states(*by, value)? });
            }
            Draft::Comment(given) => {
                once(given.is_some(), "comment", "comment")?;
                if inverted {
                    return Err(Problem::NotInverted("comment", "comment"));
                }
                let end = (0..=LONGEST_COMMENT).rev().find(|end| value.is_char_boundary(*end)).unwrap_or(0);
                *given = Some(value.get(..end).unwrap_or(value).to_owned());
            }
            Draft::Icmp(given) => {
                once(given.is_some(), "icmp", "icmp-type")?;
                *given = Some(Match { inverted, value: icmp::read(value)? });
            }
            Draft::Length(given) => {
                once(given.is_some(), "length", "length")?;
                *given = Some(Match { inverted, value: length(value)? });
            }
            Draft::Limit(period, _) if letter == LIMIT => {
                once(period.is_some(), "limit", "limit")?;
                if inverted {
                    return Err(Problem::NotInverted("limit", "limit"));
                }
                *period = Some(period_of(value)?);
            }
            Draft::Limit(_, burst) => {
                once(burst.is_some(), "limit", "limit-burst")?;
                if inverted {
                    return Err(Problem::NotInverted("limit", "limit-burst"));
                }
                let bad = || Problem::OutOfRange("limit", "limit-burst", String::new(), "0-10000");
                *burst = Some(strtoul(value).filter(|burst| *burst <= MOST_AT_ONCE).ok_or_else(bad)?);
            }
            Draft::Statistic(statistic) => statistic.option(letter, value, inverted)?,
            Draft::Connections(connections) => connections.option(letter, value, inverted)?,
        }
        Ok(())
    }

    fn condition(&self) -> Option<Match<Condition>> {
        match self {
            Draft::State(by, given) => given.as_ref().map(|Match { inverted, value }| Match {
                inverted: *inverted,
                value: Condition::State(*by, value.clone()),
            }),
            Draft::Comment(text) => text.clone().map(|text| Match::is(Condition::Comment(text))),
            Draft::Icmp(given) => given.as_ref().map(|Match { inverted, value: (kind, code) }| Match {
                inverted: *inverted,
                value: Condition::Icmp(*kind, *code),
            }),
            Draft::Length(given) => given.as_ref().map(|Match { inverted, value: (first, last) }| Match {
                inverted: *inverted,
                value: Condition::Length(*first, *last),
            }),
            Draft::Limit(period, burst) => {
                Some(Match::is(Condition::Limit(rate(period.unwrap_or(12_000_000), burst.unwrap_or(0)))))
            }
            Draft::Statistic(statistic) => statistic.condition(),
            Draft::Connections(connections) => connections.condition(),
        }
    }
}

impl Statistic {
    fn option(&mut self, letter: char, value: &str, inverted: bool) -> Result<(), Problem> {
        const OF: &str = "statistic";
        let bad = |name, range| Problem::OutOfRange(OF, name, String::new(), range);
        match letter {
            MODE => {
                once(self.mode.is_some(), OF, "mode")?;
                self.mode = Some(match value {
                    "random" => Mode::Random,
                    "nth" => Mode::Nth,
                    _ => return Err(Problem::Bad("mode", value.to_owned())),
                });
            }
            PROBABILITY => {
                once(self.probability.is_some(), OF, "probability")?;
                let value = probability(value).ok_or_else(|| bad("probability", "0-1"))?;
                self.probability = Some(Match { inverted, value });
            }
            EVERY => {
                once(self.every.is_some(), OF, "every")?;
                let value = strtoul(value).filter(|every| *every > 0);
                let value = value.ok_or_else(|| bad("every", "1-4294967295"))?;
                self.every = Some(Match { inverted, value });
            }
            _ => {
                once(self.packet.is_some(), OF, "packet")?;
                self.packet = Some(strtoul(value).ok_or_else(|| bad("packet", "0-4294967295"))?);
            }
        }
        Ok(())
    }

    fn complete(&self) -> Result<(), Problem> {
        match (self.mode, &self.probability, &self.every, self.packet) {
            (Some(Mode::Nth), _, Some(_), None) => Err(Problem::AlsoRequires("statistic", "every", "packet")),
            (None, Some(_), ..) => Err(Problem::Must("statistic", "mode")),
            (None | Some(Mode::Random), None, ..) => Err(Problem::ProbabilityMissing),
            (Some(Mode::Nth), _, None, _) => Err(Problem::EveryMissing),
            (Some(Mode::Nth), _, Some(every), Some(packet)) if packet >= every.value => {
                Err(Problem::PacketTooLarge)
            }
            _ => Ok(()),
        }
    }

    fn condition(&self) -> Option<Match<Condition>> {
        match self.mode? {
            Mode::Random => {
                let Match { inverted, value } = self.probability.as_ref()?;
                Some(Match { inverted: *inverted, value: Condition::Random(*value) })
            }
            Mode::Nth => {
                let Match { inverted, value: every } = self.every.as_ref()?;
                let value = Condition::Nth { every: *every, packet: self.packet? };
                Some(Match { inverted: *inverted, value })
            }
        }
    }
}

impl Connections {
    fn option(&mut self, letter: char, value: &str, inverted: bool) -> Result<(), Problem> {
        const OF: &str = "connlimit";
        let name = |letter| match letter {
            ABOVE => "connlimit-above",
            UPTO => "connlimit-upto",
            MASK => "connlimit-mask",
            BY_SOURCE => "connlimit-saddr",
            _ => "connlimit-daddr",
        };
        let taken = match letter {
            ABOVE | UPTO => self.most.as_ref().map(|(letter, _)| *letter),
            MASK => self.mask.map(|_| MASK),
            _ => self.side,
        };
        match taken {
            // The tool finds it when it looks at all options, in an order of its own.
            Some(other) if other != letter && matches!(letter, ABOVE | UPTO) => {
                return Err(Problem::NotTogether(OF, name(UPTO), name(ABOVE)));
            }
            Some(other) if other != letter => {
                return Err(Problem::NotTogether(OF, name(BY_SOURCE), name(BY_DESTINATION)));
            }
            taken => once(taken.is_some(), OF, name(letter))?,
        }
        if inverted && !matches!(letter, ABOVE | UPTO) {
            return Err(Problem::NotInverted(OF, name(letter)));
        }
        let range = |range| Problem::OutOfRange(OF, name(letter), String::new(), range);
        match letter {
            ABOVE | UPTO => {
                let value = strtoul(value).ok_or_else(|| range("0-4294967295"))?;
                self.most = Some((letter, Match { inverted, value }));
            }
            MASK => self.mask = Some(prefix(value).ok_or(Problem::ConnectionsMask)?),
            side => self.side = Some(side),
        }
        Ok(())
    }

    fn condition(&self) -> Option<Match<Condition>> {
        let (letter, Match { inverted, value: above }) = self.most.as_ref()?;
        let side = if self.side == Some(BY_DESTINATION) { Side::Destination } else { Side::Source };
        let value = Condition::Connections { above: *above, prefix: self.mask.unwrap_or(32), side };
        Some(Match { inverted: *inverted != (*letter == UPTO), value })
    }
}

/// `24`, `255.255.255.0`; a number greater than 32 counts as 32.
fn prefix(word: &str) -> Option<u8> {
    if let Some(number) = strtoul::<u32>(word) {
        return u8::try_from(number.min(32)).ok();
    }
    dotted_prefix(word.parse().ok()?)
}

fn once(given: bool, of: &'static str, option: &'static str) -> Result<(), Problem> {
    if given { Err(Problem::Once(of, option)) } else { Ok(()) }
}

/// `NEW,ESTABLISHED`: each in any case, and as short as one letter.
fn states(by: StateMatch, list: &str) -> Result<Vec<Tracked>, Problem> {
    let option = names(by)[1];
    let known: &[Tracked] = match by {
        StateMatch::State => Tracked::ALL.get(..5).unwrap_or_default(),
        StateMatch::Conntrack => &Tracked::ALL,
    };
    // In the tool's order: ESTABLISHED is found before RELATED, which matters to no abbreviation.
    let one = |word: &str| {
        let begins = |name: &str| name.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
        known.iter().copied().find(|state| !word.is_empty() && begins(state.name()))
    };
    let mut found = Vec::new();
    let mut rest = list;
    while let Some((word, after)) = rest.split_once(',') {
        found.push(one(word).ok_or_else(|| Problem::Bad(option, rest.to_owned()))?);
        rest = after;
    }
    if rest.is_empty() {
        return Err(Problem::StatesMissing(option));
    }
    found.push(one(rest).ok_or_else(|| Problem::Bad(option, rest.to_owned()))?);
    Ok(Tracked::ALL.into_iter().filter(|state| found.contains(state)).collect())
}

/// `40`, `40:60`, `:60`, `60:`
fn length(value: &str) -> Result<(u16, u16), Problem> {
    let number = |word: &str, whole: &str| {
        let near = format!(" near \"{whole}\"");
        strtoul(word).ok_or(Problem::OutOfRange("length", "length", near, "0-65535"))
    };
    match value.split(':').collect::<Vec<_>>().as_slice() {
        [one] => number(one, one).map(|one| (one, one)),
        [first, last] => {
            let first = if first.is_empty() { 0 } else { number(first, value)? };
            Ok((first, if last.is_empty() { u16::MAX } else { number(last, last)? }))
        }
        _ => Err(Problem::LengthParts),
    }
}

/// `5/second`, `5/m`, `5`: tenths of a millisecond between two packets.
fn period_of(value: &str) -> Result<u32, Problem> {
    let (number, unit) = value.split_once('/').unwrap_or((value, "second"));
    let bad = || Problem::BadRate(value.to_owned());
    let fits = |(name, _): &&(&str, u32)| !unit.is_empty() && name.starts_with(&unit.to_ascii_lowercase());
    let seconds = UNITS.iter().rev().find(fits).map(|(_, seconds)| *seconds).ok_or_else(bad)?;
    let packets: u32 = number.parse().ok().filter(|packets| *packets > 0).ok_or_else(bad)?;
    if packets / seconds > SCALE {
        return Err(Problem::RateTooFast(value.to_owned()));
    }
    match SCALE * seconds / packets {
        0 => Err(Problem::RateTooFast(value.to_owned())),
        period => Ok(period),
    }
}

/// The rate that a period makes: in the smallest unit that gives the number well.
fn rate(period: u32, burst: u32) -> Rate {
    let in_unit = |(_, seconds): &(&str, u32)| SCALE * seconds;
    let badly = |unit: &&(&str, u32)| {
        let unit = in_unit(unit);
        period > unit || unit / period < unit % period
    };
    let at = UNITS.iter().skip(1).position(|unit| badly(&unit)).unwrap_or(UNITS.len() - 1);
    let (_, seconds) = UNITS[at];
    Rate {
        packets: SCALE * seconds / period,
        unit: Duration::from_secs(seconds.into()),
        burst: if burst == 0 { BURST } else { burst },
    }
}

/// A number from 0 to 1, in parts of 2³¹.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 2³¹")]
fn probability(word: &str) -> Option<u32> {
    let share = word.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share))?;
    Some((share * f64::from(1_u32 << 31)).round() as u32)
}
