//! What is on the wire, one segment at a time: `drop 17`, `hold SYN|ACK 2 from S_m`.

use super::{Done, LONGEST_DELAY, Misunderstood, apply, sender};
use crate::number::span;
use crate::output::Output;
use std::time::Duration;
use tcp_core::net::{Command, Fate, HostId, Passage, PayloadMatch, WireAct, World};
use tcp_core::tcp::{Flags, Segment};

/// A segment, as a line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// By the number of its departure, from 1.
    Number(u32),
    /// The one of its kind with this number, from 1, or the newest of the kind that is on the wire.
    Kind(Kind, Option<u32>, Option<HostId>),
}

/// What a segment is for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    name: &'static str,
    flags: Flags,
    payload: PayloadMatch,
}

const FLAGS: Flags = Flags::from_bits(0x17);

const KINDS: [Kind; 6] = [
    Kind { name: "SYN", flags: Flags::SYN, payload: PayloadMatch::Any },
    Kind { name: "SYN|ACK", flags: Flags::from_bits(0x12), payload: PayloadMatch::Any },
    Kind { name: "ACK", flags: Flags::ACK, payload: PayloadMatch::Empty },
    Kind { name: "data", flags: Flags::ACK, payload: PayloadMatch::Data },
    Kind { name: "FIN", flags: Flags::FIN, payload: PayloadMatch::Any },
    Kind { name: "RST", flags: Flags::RST, payload: PayloadMatch::Any },
];

impl Kind {
    /// The kind of that name, however its letters are written and its flags joined.
    fn of_word(word: &str) -> Option<Kind> {
        let word = word.replace(',', "|").to_ascii_uppercase();
        let word = match word.as_str() {
            "FIN|ACK" => "FIN",
            "RST|ACK" => "RST",
            word => word,
        };
        KINDS.into_iter().find(|kind| kind.name.eq_ignore_ascii_case(word))
    }

    /// What a segment is called: one that was made by hand may have data without ACK, flags that no kind has, or none.
    fn called(segment: &Segment) -> &'static str {
        match KINDS.into_iter().find(|kind| kind.fits(segment)) {
            Some(kind) => kind.name,
            None if !segment.payload.is_empty() => "data",
            None if segment.flags == Flags::NONE => "no flags",
            None => "odd flags",
        }
    }

    fn fits(self, segment: &Segment) -> bool {
        let flags = match self.flags {
            // A FIN and a RST may carry ACK or not, and a FIN data.
            Flags::FIN | Flags::RST => segment.flags.and(self.flags),
            _ => segment.flags.and(FLAGS),
        };
        flags == self.flags
            && match self.payload {
                PayloadMatch::Any => true,
                PayloadMatch::Empty => segment.payload.is_empty(),
                PayloadMatch::Data => !segment.payload.is_empty(),
            }
    }
}

/// How to call what is done to one segment.
const USAGE: &str = "\
usage: drop|hold|release|duplicate N
       drop|hold|release|duplicate KIND [N] [from HOST]
       hold … for SPAN

Does it to one segment on the wire: loses it, stops it where it is, lets it go on, or
lets a second one of it follow. N counts the segments in the order in which they
departed, from 1; show lists those on the wire. KIND is SYN, SYN|ACK, ACK, data, FIN or
RST, and N counts those of the kind; without N it is the newest that is on the wire.
After SPAN, such as 3s, 3.5s or 500ms, what is held goes on by itself.
drop and duplicate also take a rule: FROM FLAGS [LEN [COUNT]].
";

/// Does something to a segment that a line names; `None` if the words name none.
pub(super) fn act(args: &[&str], world: &mut World, act: WireAct) -> Option<Done> {
    if args == ["--help"] {
        return Some(Ok(Output::ok(USAGE)));
    }
    Some(named(args)?.and_then(|named| carry_out(named, world, act)))
}

/// `N`, or `KIND [N] [from HOST]`. `None` if the words are neither.
fn named(args: &[&str]) -> Option<Result<Named, Misunderstood>> {
    let (first, rest) = args.split_first()?;
    if first.bytes().all(|b| b.is_ascii_digit()) {
        let [] = rest else { return Some(Err(Misunderstood::NoSegment)) };
        return Some(number(first).map(Named::Number));
    }
    let kind = Kind::of_word(first)?;
    let (which, rest) = match rest {
        [word, rest @ ..] if !word.eq_ignore_ascii_case("from") => (Some(*word), rest),
        _ => (None, rest),
    };
    Some(match rest {
        [] => which.map(number).transpose().map(|which| Named::Kind(kind, which, None)),
        [_, host] => {
            which.map(number).transpose().and_then(|which| Ok(Named::Kind(kind, which, Some(sender(host)?))))
        }
        _ => Err(Misunderstood::NoSegment),
    })
}

fn number(word: &str) -> Result<u32, Misunderstood> {
    let number = word.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| Misunderstood::Number(word.to_owned()))
}

fn carry_out(named: Named, world: &mut World, act: WireAct) -> Done {
    let passage = find(named, world)?;
    let number = passage.number().unwrap_or_default();
    let packet = passage.id;
    match (passage.fate(), act) {
        (Fate::Held(..), WireAct::Hold | WireAct::HoldFor(_)) => return Err(Misunderstood::Held(number)),
        (Fate::OnItsWay(_), WireAct::Release) => return Err(Misunderstood::NotHeld(number)),
        (Fate::Held(..) | Fate::OnItsWay(_), _) => {}
        (Fate::Lost(..), _) => return Err(Misunderstood::Over(number, "was lost")),
        (Fate::Dropped(..), _) => return Err(Misunderstood::Over(number, "was dropped by a firewall")),
        (Fate::Rejected(..), _) => return Err(Misunderstood::Over(number, "was rejected by a firewall")),
        (Fate::Queued(..), _) => return Err(Misunderstood::NotDeparted(number)),
        (Fate::Arrived(_) | Fate::NobodyThere(_) | Fate::Waits, _) => {
            return Err(Misunderstood::Over(number, "has arrived"));
        }
    }
    apply(world, Command::OnWire { packet, act })
}

fn find(named: Named, world: &World) -> Result<Passage<'_>, Misunderstood> {
    let log = world.log();
    match named {
        Named::Number(number) => log.departure(number).ok_or(Misunderstood::NotDeparted(number)),
        Named::Kind(kind, which, from) => {
            let fits = move |passage: &Passage<'_>| {
                passage.number().is_some()
                    && from.is_none_or(|from| passage.from == from)
                    && passage.segment().is_some_and(|segment| kind.fits(segment))
            };
            let none = || Misunderstood::NoneLike(describe(kind, which, from));
            match which {
                Some(which) => log.departures().filter(fits).nth(which as usize - 1).ok_or_else(none),
                None => log.in_flight().rev().find(fits).ok_or_else(none),
            }
        }
    }
}

fn describe(kind: Kind, which: Option<u32>, from: Option<HostId>) -> String {
    let from = from.map_or(String::new(), |from| format!(" from {from}"));
    match which {
        Some(which) => format!("{} {which}{from} has not departed yet", kind.name),
        None => format!("no {}{from} is on the wire", kind.name),
    }
}

/// `hold N`, or `hold N for 3s`
pub(crate) fn hold(args: &[&str], world: &mut World) -> Done {
    let (args, act) = match args {
        [args @ .., word, span] if word.eq_ignore_ascii_case("for") => {
            (args, WireAct::HoldFor(for_how_long(span)?))
        }
        args => (args, WireAct::Hold),
    };
    self::act(args, world, act).unwrap_or(Err(Misunderstood::NoSegment))
}

/// `3s`, `3.5s` or `500ms`, down to a microsecond.
fn for_how_long(word: &str) -> Result<Duration, Misunderstood> {
    let lower = word.to_ascii_lowercase();
    let (number, unit) = match (lower.strip_suffix("ms"), lower.strip_suffix('s')) {
        (Some(number), _) => (number, Duration::from_millis(1)),
        (None, Some(number)) => (number, Duration::from_secs(1)),
        (None, None) => return Err(Misunderstood::Span(word.to_owned())),
    };
    let exact = |span: &Duration| !span.is_zero() && span.subsec_nanos().is_multiple_of(1000);
    let span = span(number, unit, LONGEST_DELAY).ok().filter(exact);
    span.ok_or_else(|| Misunderstood::Span(word.to_owned()))
}

/// `release N`
pub(crate) fn release(args: &[&str], world: &mut World) -> Done {
    act(args, world, WireAct::Release).unwrap_or(Err(Misunderstood::NoSegment))
}

/// What is on the wire, a line each: `17: SYN|ACK from server to client, 12 ms to go`.
pub(super) fn on_the_wire(world: &World) -> String {
    world.log().in_flight().filter_map(|passage| line(world, passage)).collect()
}

/// The line of one segment; `None` if it is not on the wire.
pub(super) fn line(world: &World, passage: Passage<'_>) -> Option<String> {
    let (number, to) = (passage.number()?, passage.to?);
    let what = passage.segment().map_or("ICMP", |segment| Kind::called(segment));
    let place = match passage.fate() {
        Fate::Held(_, None) => "held".to_owned(),
        Fate::Held(_, Some(until)) => {
            format!("held for {} ms more", super::millis_text(until.since(world.now())))
        }
        Fate::OnItsWay(_) => {
            format!("{} ms to go", super::millis_text(passage.arrives()?.since(world.now())))
        }
        _ => return None,
    };
    Some(format!("{number}: {what} from {} to {}, {place}\n", passage.from.word(), to.word()))
}

/// A line of the console as its shell reads it: a bar between two flags is no pipe. What is in quotes stays as it is.
pub(crate) fn with_flags_joined(line: &str) -> String {
    const NAMES: [&str; 6] = ["SYN", "ACK", "FIN", "RST", "PSH", "URG"];
    let is_flag = |word: &str| NAMES.iter().any(|name| name.eq_ignore_ascii_case(word));
    let no_letter = |c: char| !c.is_ascii_alphabetic();
    let (mut joined, mut quote, mut escaped) = (String::new(), None, false);
    for (at, letter) in line.char_indices() {
        let (before, after) = (&line[..at], &line[at + letter.len_utf8()..]);
        let bar = letter == '|' && quote.is_none() && !escaped;
        let last = || before.rsplit(no_letter).next().unwrap_or_default();
        let first = || after.split(no_letter).next().unwrap_or_default();
        joined.push(if bar && is_flag(last()) && is_flag(first()) { ',' } else { letter });
        match letter {
            _ if escaped => escaped = false,
            '\\' if quote != Some('\'') => escaped = true,
            '\'' | '"' if quote.is_none() => quote = Some(letter),
            _ if quote == Some(letter) => quote = None,
            _ => {}
        }
    }
    joined
}
