//! What a link contains, in its order. Each value is described once, for writing and for reading.
//!
//! A function that reads takes a value only to ignore it; on reading, it is a default.

use super::coder::{Chance, Coder};
use super::model::{Kind, Model};
use super::{Format, Link, LinkError};
use crate::recording::{Action, LATEST, LONGEST_DELAY, LONGEST_TEXT, MOST_PROGRAMS, MOST_STEPS};
use crate::{Moment, Recording, Step, Sysctl};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_core::{Instant, micros};
use tcp_shell::{Signal, TerminalId, User};

/// Octets of all texts of a link together.
const LONGEST_TEXTS: usize = 1 << 18;
/// Constants and delays that a link sets at the beginning.
const MOST_SETTINGS: usize = 200;
/// Bits of a number's length.
const LENGTHS: usize = 128;
/// In microseconds, the units in which times are counted: the largest that gives a whole number.
const UNITS: [u64; 4] = [1, 1_000, 100_000, 1_000_000];
/// The signals, as a link numbers them.
const SIGNALS: [Signal; 5] = [Signal::Int, Signal::Term, Signal::Kill, Signal::Stop, Signal::Cont];
const PROFILES: [ProfileName; 2] = [ProfileName::Article, ProfileName::Linux];

/// What is known of a kind of numbers.
struct Numbers {
    lengths: [Chance; LENGTHS],
    /// The two bits after the first, by length.
    next: Vec<[Chance; 4]>,
}

impl Numbers {
    fn new() -> Numbers {
        Numbers { lengths: [Chance::UNKNOWN; LENGTHS], next: vec![[Chance::UNKNOWN; 4]; LENGTHS] }
    }

    /// Writes or reads a number: its length in bits, and the bits after the first. `None` if it has more than 64.
    fn code(&mut self, coder: &mut Coder, given: u64) -> Option<u64> {
        let length = coder.symbol(&mut self.lengths, (u64::BITS - given.leading_zeros()) as usize);
        let rest = u32::try_from(length.saturating_sub(1)).ok().filter(|rest| *rest < u64::BITS)?;
        let first = u64::from(length > 0);
        if rest < 2 {
            return Some(first << rest | coder.raw(rest, given));
        }
        let two = coder.symbol(&mut self.next[length], (given >> (rest - 2) & 3) as usize) as u64;
        Some((first << 2 | two) << (rest - 2) | coder.raw(rest - 2, given))
    }
}

/// A coder, and what it knows of each kind of values.
pub(super) struct Script {
    format: Format,
    coder: Coder,
    texts: Model,
    left: usize,
    counts: Numbers,
    ids: Numbers,
    units: [Chance; UNITS.len()],
    times: [Numbers; UNITS.len()],
    kinds: [[Chance; 16]; 17],
    places: [[Chance; 8]; 16 * 8],
    /// Kind and place of the step before.
    last: (usize, usize),
    /// Names of programs, in the order of their first use.
    names: Vec<String>,
}

/// An action, as a link has it.
#[derive(Clone, Copy, Default)]
struct Parts<'a> {
    kind: usize,
    /// Number of a terminal or a host.
    place: usize,
    id: &'a str,
    text: &'a str,
}

type Coded<T> = Result<T, LinkError>;

impl Script {
    pub(super) fn new(format: Format, coder: Coder) -> Script {
        Script {
            format,
            coder,
            texts: Model::new(),
            left: LONGEST_TEXTS,
            counts: Numbers::new(),
            ids: Numbers::new(),
            units: [Chance::UNKNOWN; UNITS.len()],
            times: std::array::from_fn(|_| Numbers::new()),
            kinds: [[Chance::UNKNOWN; 16]; 17],
            places: [[Chance::UNKNOWN; 8]; 16 * 8],
            last: (16, 0),
            names: Vec::new(),
        }
    }

    /// What was written.
    pub(super) fn finish(self) -> Vec<u8> {
        self.coder.finish()
    }

    /// Writes or reads all of a link.
    pub(super) fn link(&mut self, given: &Link) -> Coded<Link> {
        let engine = u32::try_from(self.number(given.engine.into())?).map_err(|_| LinkError::Damaged)?;
        #[expect(clippy::cast_possible_truncation, reason = "it has 24 bits")]
        let digest = self.coder.raw(24, given.digest.into()) as u32;
        let recording = self.recording(&given.recording)?;
        let before = self.number(given.before as u64)?;
        let at = self.time(given.moment.at.as_micros())?;
        let done = self.number(given.moment.done.map_or(0, |done| done.saturating_add(1)))?;
        let later = self.time(micros(given.end.since(given.moment.at)))?;
        let at_zero = recording.steps.iter().filter(|step| step.at == Instant::START).count();
        let before = usize::try_from(before).ok().filter(|before| *before <= at_zero);
        let link = Link {
            before: before.ok_or(LinkError::Damaged)?,
            recording,
            moment: Moment { at: moment(at)?, done: done.checked_sub(1) },
            end: moment(at + later)?,
            engine,
            digest,
        };
        if self.coder.is_past_end() { Err(LinkError::Damaged) } else { Ok(link) }
    }

    fn recording(&mut self, given: &Recording) -> Coded<Recording> {
        let profile = PROFILES.iter().position(|profile| *profile == given.profile).unwrap_or(0);
        let profile = PROFILES[usize::from(self.coder.bit(1 << 15, profile == 1))];
        let asks = self.format >= Format::Users;
        let student = asks && self.coder.bit(1 << 15, given.user == User::Student);
        let user = if student { User::Student } else { User::Root };
        let seed = self.number(given.seed)?;
        let delays = self.count(given.delays.len(), MOST_SETTINGS)?;
        let delays: Vec<_> = (0..delays).map(|at| self.delay(given.delays.get(at))).collect::<Coded<_>>()?;
        let sysctls = self.count(given.sysctls.len(), MOST_SETTINGS)?;
        let sysctls: Vec<Sysctl> =
            (0..sysctls).map(|at| self.sysctl(given.sysctls.get(at))).collect::<Coded<_>>()?;
        // Who writes a link names nothing twice.
        if repeats(delays.iter().map(|(host, _)| host))
            || repeats(sysctls.iter().map(|it| (it.host, &it.name)))
        {
            return Err(LinkError::Damaged);
        }
        let count = self.count(given.steps.len(), MOST_STEPS)?;
        let mut steps = Vec::new();
        let mut latest = Instant::START;
        for at in 0..count {
            let step = self.step(given.steps.get(at), latest)?;
            latest = step.at;
            steps.push(step);
        }
        Ok(Recording { profile, seed, user, delays, sysctls, steps })
    }

    fn delay(&mut self, given: Option<&(HostId, Duration)>) -> Coded<(HostId, Duration)> {
        let host = self.host(given.map(|(host, _)| *host))?;
        let delay = Duration::from_micros(self.time(given.map_or(0, |(_, delay)| micros(*delay)))?);
        if delay <= LONGEST_DELAY { Ok((host, delay)) } else { Err(LinkError::Damaged) }
    }

    fn sysctl(&mut self, given: Option<&Sysctl>) -> Coded<Sysctl> {
        let host = self.host(given.map(|sysctl| sysctl.host))?;
        let name = self.text(Kind::Name, given.map_or("", |sysctl| &sysctl.name))?;
        let value = self.text(Kind::Value, given.map_or("", |sysctl| &sysctl.value))?;
        Ok(Sysctl { host, name, value })
    }

    fn step(&mut self, given: Option<&Step>, latest: Instant) -> Coded<Step> {
        let since = self.time(given.map_or(0, |step| micros(step.at.since(latest))))?;
        let at = moment(latest.as_micros() + since)?;
        let given = given.map_or(Parts::default(), |step| Parts::of(&step.action));
        let (last_kind, last_place) = self.last;
        let kind = self.coder.symbol(&mut self.kinds[last_kind], given.kind);
        let place = self.coder.symbol(&mut self.places[kind * 8 + last_place], given.place);
        self.last = (kind, place);
        let action = match kind {
            0..4 | 14 => {
                let terminal = *TerminalId::ALL.get(place).ok_or(LinkError::Damaged)?;
                self.at_terminal(kind, terminal, given.text)?
            }
            13 => Action::Network { line: self.text(Kind::Network, given.text)? },
            _ => {
                let host = *HostId::ALL.get(place).ok_or(LinkError::Damaged)?;
                self.at_host(kind, host, given)?
            }
        };
        Ok(Step { at, action })
    }

    fn at_terminal(&mut self, kind: usize, terminal: TerminalId, text: &str) -> Coded<Action> {
        let command = if terminal == TerminalId::Network { Kind::Network } else { Kind::Command };
        Ok(match kind {
            0 => Action::Enter { terminal, line: self.text(command, text)? },
            1 => Action::Input { terminal, line: self.text(Kind::Typed, text)? },
            2 => Action::Interrupt { terminal },
            14 => Action::Suspend { terminal },
            _ => Action::EndOfInput { terminal },
        })
    }

    fn at_host(&mut self, kind: usize, host: HostId, given: Parts<'_>) -> Coded<Action> {
        Ok(match kind {
            4 => {
                let id = self.id(given.id, true)?;
                Action::Start { host, id, cmd: self.text(Kind::Command, given.text)? }
            }
            5 => {
                let id = self.id(given.id, false)?;
                Action::Type { host, id, text: self.text(Kind::Typed, given.text)? }
            }
            6 => Action::CtrlD { host, id: self.id(given.id, false)? },
            12 => Action::Run { host, cmd: self.text(Kind::Command, given.text)? },
            _ => {
                let signal = *SIGNALS.get(kind - 7).ok_or(LinkError::Damaged)?;
                Action::Signal { host, id: self.id(given.id, false)?, signal }
            }
        })
    }

    /// Writes or reads the name of a program: one that is known, or if it `starts`, a new one.
    fn id(&mut self, given: &str, starts: bool) -> Coded<String> {
        let known = self.names.len();
        let number = self.names.iter().position(|name| name == given).unwrap_or(known);
        let number = self.ids.code(&mut self.coder, number as u64).and_then(|number| number.try_into().ok());
        match number.and_then(|number: usize| self.names.get(number)) {
            Some(name) => Ok(name.clone()),
            None if starts && known < MOST_PROGRAMS && number == Some(known) => {
                let name = self.text(Kind::Name, given)?;
                self.names.push(name.clone());
                Ok(name)
            }
            None => Err(LinkError::Damaged),
        }
    }

    fn text(&mut self, kind: Kind, given: &str) -> Coded<String> {
        let most = LONGEST_TEXT.min(self.left);
        let text = self.texts.text(&mut self.coder, kind, given.as_bytes(), most);
        let cut_off = self.coder.is_past_end();
        let text = text.ok_or(if cut_off { LinkError::Damaged } else { LinkError::TooMuch })?;
        self.left -= text.len();
        String::from_utf8(text).map_err(|_| LinkError::Damaged)
    }

    fn host(&mut self, given: Option<HostId>) -> Coded<HostId> {
        let number = HostId::ALL.iter().position(|host| Some(*host) == given).unwrap_or(0);
        let number = self.coder.raw(2, number as u64);
        usize::try_from(number)
            .ok()
            .and_then(|number| HostId::ALL.get(number))
            .copied()
            .ok_or(LinkError::Damaged)
    }

    fn count(&mut self, given: usize, most: usize) -> Coded<usize> {
        let count = self.number(given as u64)?;
        usize::try_from(count).ok().filter(|count| *count <= most).ok_or(LinkError::TooMuch)
    }

    fn number(&mut self, given: u64) -> Coded<u64> {
        self.counts.code(&mut self.coder, given).ok_or(LinkError::Damaged)
    }

    /// Writes or reads a time of at most a day, in microseconds.
    fn time(&mut self, given: u64) -> Coded<u64> {
        let unit = UNITS.iter().rposition(|unit| given.is_multiple_of(*unit)).unwrap_or(0);
        let unit = self.coder.symbol(&mut self.units, unit);
        let time = self.times[unit].code(&mut self.coder, given / UNITS[unit]);
        let time = time.and_then(|time| time.checked_mul(UNITS[unit]));
        time.filter(|time| *time <= LATEST.as_micros()).ok_or(LinkError::Damaged)
    }
}

fn moment(at: u64) -> Coded<Instant> {
    Some(Instant::from_micros(at)).filter(|at| *at <= LATEST).ok_or(LinkError::Damaged)
}

impl Parts<'_> {
    fn of(action: &Action) -> Parts<'_> {
        let in_terminal = |kind, terminal: &TerminalId, text| Parts {
            kind,
            place: TerminalId::ALL.iter().position(|other| other == terminal).unwrap_or(0),
            id: "",
            text,
        };
        let on_host = |kind, host: &HostId, id, text| Parts {
            kind,
            place: HostId::ALL.iter().position(|other| other == host).unwrap_or(0),
            id,
            text,
        };
        match action {
            Action::Enter { terminal, line } => in_terminal(0, terminal, line),
            Action::Input { terminal, line } => in_terminal(1, terminal, line),
            Action::Interrupt { terminal } => in_terminal(2, terminal, ""),
            Action::EndOfInput { terminal } => in_terminal(3, terminal, ""),
            Action::Suspend { terminal } => in_terminal(14, terminal, ""),
            Action::Start { host, id, cmd } => on_host(4, host, id, cmd),
            Action::Type { host, id, text } => on_host(5, host, id, text),
            Action::CtrlD { host, id } => on_host(6, host, id, ""),
            Action::Signal { host, id, signal } => {
                on_host(7 + SIGNALS.iter().position(|other| other == signal).unwrap_or(0), host, id, "")
            }
            Action::Run { host, cmd } => on_host(12, host, "", cmd),
            Action::Network { line } => Parts { kind: 13, text: line, ..Parts::default() },
        }
    }
}

/// Whether some of these are equal. There are few.
fn repeats<T: PartialEq>(all: impl Iterator<Item = T> + Clone) -> bool {
    all.clone().enumerate().any(|(at, one)| all.clone().take(at).any(|other| other == one))
}
