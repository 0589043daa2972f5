//! Whether a predicate holds of a lab, since a moment.

use crate::lesson::Check;
use crate::prediction::{Next, Sends, in_order};
use crate::trial;
use tcp_core::Instant;
use tcp_core::net::{CallName, Fact, FactId, Happened, HostId};
use tcp_core::tcp::{ProfileName, State};
use tcp_course::scenes::{Event, Kind, Predicate, Watch, What};
use tcp_shell::{Lab, PrintedKind, Process, TerminalId};

/// What there was when a step began. What comes later counts for its check.
#[derive(Clone, Debug)]
pub struct Beginning {
    facts: usize,
    at: Instant,
    /// Octets that each terminal had shown.
    shown: [usize; TerminalId::ALL.len()],
}

impl Beginning {
    /// A step begins in this lab now.
    pub fn of(lab: &Lab) -> Beginning {
        Beginning {
            facts: lab.world().log().len(),
            at: lab.now(),
            shown: TerminalId::ALL.map(|terminal| shown(lab, terminal).len()),
        }
    }

    /// All predicates of a check hold now.
    pub fn passes(&self, check: &Check, profile: ProfileName, lab: &Lab) -> bool {
        check.predicates_in(profile).all(|predicate| self.holds(predicate, lab))
    }

    /// The predicate holds now.
    pub fn holds(&self, predicate: &Predicate, lab: &Lab) -> bool {
        match predicate {
            Predicate::Happened { what, least, most } => {
                let count = self.since(what, lab).count();
                (*least as usize..=*most as usize).contains(&count)
            }
            Predicate::Never(what) => self.since(what, lab).next().is_none(),
            Predicate::State { host, state, lasts } => {
                let log = lab.world().log();
                let (now, since) = Watch::state(log, *host);
                let since = since.and_then(|id| log.at(id)).unwrap_or(Instant::START);
                now == *state && lab.now().since(since) >= *lasts
            }
            Predicate::Row { host, port, state } => {
                rows(lab, *host, *port).any(|row| state.is_none_or(|state| state == row))
            }
            Predicate::NoRow { host, port, but } => rows(lab, *host, *port).all(|row| Some(row) == *but),
            Predicate::Passed(span) => lab.now().since(self.at) >= *span,
            Predicate::Printed { host, text } => {
                let of_host = |terminal: &TerminalId| terminal.host() == Some(*host);
                TerminalId::ALL.into_iter().zip(self.shown).filter(|(terminal, _)| of_host(terminal)).any(
                    |(terminal, before)| {
                        // After `clear` all is new.
                        let all = shown(lab, terminal);
                        all.get(before..).unwrap_or(&all).contains(text)
                    },
                )
            }
            Predicate::Ended { host, program, code } => programs(lab, *host, program).any(|process| {
                let new = process.exit.as_ref().filter(|exit| exit.at >= self.at);
                new.is_some_and(|exit| code.is_none_or(|code| code == exit.code))
            }),
            Predicate::Runs { host, program, does } => {
                programs(lab, *host, program).any(|process| process.exit.is_none()) == *does
            }
            Predicate::Rule { host, chain, act, segment, port, does } => {
                *does == (trial::would(lab.world(), (*host, *chain), *segment, *port) == Some(*act))
            }
        }
    }

    /// As text, to be kept over a reload.
    pub fn write(&self) -> String {
        let shown: Vec<String> = self.shown.iter().map(usize::to_string).collect();
        format!("{},{},{}", self.at.as_micros(), self.facts, shown.join(","))
    }

    /// What was written.
    pub fn read(text: &str) -> Option<Beginning> {
        let mut words = text.split(',');
        let at = Instant::from_micros(words.next()?.parse().ok()?);
        let facts = words.next()?.parse().ok()?;
        let mut shown = [0; TerminalId::ALL.len()];
        for place in &mut shown {
            *place = words.next()?.parse().ok()?;
        }
        words.next().is_none().then_some(Beginning { facts, at, shown })
    }

    /// The moment.
    pub const fn at(&self) -> Instant {
        self.at
    }

    /// The first fact that comes later.
    pub fn first_fact(&self) -> FactId {
        FactId(u32::try_from(self.facts).unwrap_or(u32::MAX))
    }

    /// A lab has all that there was then, and perhaps more.
    pub fn is_before(&self, lab: &Lab) -> bool {
        self.at <= lab.now() && self.facts <= lab.world().log().len()
    }

    /// When the predicate may hold for no other reason than that time has passed.
    pub fn ripens(&self, predicate: &Predicate, lab: &Lab) -> Option<Instant> {
        self.takes(predicate, lab).map(|(_, at)| at).filter(|at| *at > lab.now())
    }

    /// Since when there is what has to last, and until when it must.
    pub fn takes(&self, predicate: &Predicate, lab: &Lab) -> Option<(Instant, Instant)> {
        match predicate {
            Predicate::State { host, state, lasts } => {
                let log = lab.world().log();
                let (now, since) = Watch::state(log, *host);
                let since = since.and_then(|id| log.at(id)).unwrap_or(Instant::START);
                (now == *state).then(|| (since, since + *lasts))
            }
            Predicate::Passed(span) => Some((self.at, self.at + *span)),
            _ => None,
        }
    }

    /// The fact that shows that the predicate holds, if it is one fact.
    pub fn shows(&self, predicate: &Predicate, lab: &Lab) -> Option<FactId> {
        match predicate {
            Predicate::Happened { what, .. } => self.since(what, lab).last(),
            Predicate::State { host, .. } => Watch::state(lab.world().log(), *host).1,
            _ => None,
        }
    }

    /// The first fact of this kind since, with its moment.
    pub fn first(&self, event: &Event, lab: &Lab) -> Option<(FactId, Instant)> {
        let first = facts(event, lab).into_iter().find(|id| self.is_new(*id))?;
        Some((first, lab.world().log().at(first)?))
    }

    /// The same, or else the last one before.
    pub fn first_or_last(&self, event: &Event, lab: &Lab) -> Option<(FactId, Instant)> {
        let last = || facts(event, lab).into_iter().rfind(|id| !self.is_new(*id));
        self.first(event, lab).or_else(|| last().and_then(|id| Some((id, lab.world().log().at(id)?))))
    }

    /// What is sent first after an event, for which the step's own counts before an earlier one, and when; `Some((_, None))`
    /// if nothing is within that time, and the moment at which it was over. `None` as long as that is open.
    pub fn next(&self, asked: &Next, lab: &Lab) -> Option<(Instant, Option<Sends>)> {
        let (event, at) = self.first_or_last(&asked.event, lab)?;
        let (log, until) = (lab.world().log(), at + asked.within);
        let sends = |fact: Fact| {
            let Happened::Sent { packet, .. } = fact.what else { return None };
            let segment = Kind::of(log.packet(packet)?.packet());
            let counts = |host: &HostId| *host != HostId::Site && asked.by.is_none_or(|by| by == *host);
            let host = fact.host.filter(counts).filter(|_| segment != Kind::Icmp)?;
            Some((fact.at, Some(Sends { host, segment })))
        };
        let first = log.facts().filter(|fact| fact.id > event && fact.at <= until).find_map(sends);
        first.or_else(|| (lab.now() >= until).then_some((until, None)))
    }

    fn since<'a>(&'a self, what: &What, lab: &Lab) -> impl Iterator<Item = FactId> + use<'a> {
        happened(what, lab).into_iter().filter(|id| self.is_new(*id))
    }

    fn is_new(&self, id: FactId) -> bool {
        id.0 as usize >= self.facts
    }
}

/// Every fact of this kind, the oldest first.
fn facts(event: &Event, lab: &Lab) -> Vec<FactId> {
    let log = lab.world().log();
    match event {
        Event::Fact(what) => happened(what, lab),
        Event::Connect(host) => {
            let connects = |what: &Happened| matches!(what, Happened::Called { call: CallName::Connect, .. });
            let there = log.facts().filter(|fact| fact.host == Some(*host) && connects(&fact.what));
            there.map(|fact| fact.id).collect()
        }
    }
}

fn happened(What { condition, at }: &What, lab: &Lab) -> Vec<FactId> {
    let log = lab.world().log();
    let mut facts = Watch::facts(log, condition);
    facts.retain(|id| at.is_none_or(|at| log.fact(*id).is_some_and(|fact| fact.host == Some(at))));
    facts
}

/// The states of a host's rows with this port at one end, in the order of [`State::ALL`].
pub fn states(lab: &Lab, host: HostId, port: u16) -> Vec<State> {
    in_order(rows(lab, host, port).collect())
}

/// The states of a host's rows with this port at one end.
fn rows(lab: &Lab, host: HostId, port: u16) -> impl Iterator<Item = State> {
    let rows = lab.world().sockets(host).into_iter();
    rows.filter(move |row| row.local.port == port || row.foreign.is_some_and(|end| end.port == port))
        .map(|row| row.state)
}

/// The programs of this name that were started on a host.
fn programs<'a>(lab: &'a Lab, host: HostId, name: &'a str) -> impl Iterator<Item = &'a Process> {
    let is_named = |cmd: &str| cmd.split_whitespace().find(|word| *word != "sudo") == Some(name);
    lab.processes().iter().filter(move |process| process.host == host && is_named(&process.cmd))
}

/// What a terminal has shown, without what was typed.
fn shown(lab: &Lab, terminal: TerminalId) -> String {
    let printed = &lab.terminal(terminal).printed;
    let out = |kind| matches!(kind, PrintedKind::Stdout | PrintedKind::Stderr);
    printed.iter().filter(|piece| out(piece.kind)).map(|piece| &*piece.text).collect()
}
