//! Going to random moments of a long session.

use crate::error::Error;
use crate::figure::{Bar, Figure};
use std::time::Instant;
use tcp_core::millis;
use tcp_course::{Action, Session};
use tcp_shell::{ProfileName, TerminalId};

/// Number of facts in the session, at least.
const FACTS: usize = 100_000;

/// Number of seeks.
const SEEKS: usize = 200;

/// The 99th percentile of the seeks, in milliseconds.
pub(crate) fn figure() -> Result<Figure, Error> {
    let mut session = session();
    let facts = session.lab().world().facts().len();
    if facts < FACTS {
        return Err(Error::Count { what: "facts", expected: FACTS, found: facts });
    }
    let end = session.end().as_micros();
    let mut state = 7u64;
    let mut times: Vec<f64> = (0..SEEKS)
        .map(|_| {
            // A linear congruential generator; any spread is good enough.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let to = tcp_core::Instant::from_micros((state >> 16) % end);
            let started = Instant::now();
            session.go_to(to);
            started.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let p99 = times.get(SEEKS * 99 / 100).copied().unwrap_or(f64::NAN);
    Ok(Figure::plain(format!("(c) seek among {facts} facts: 99th of a hundred"), p99, "ms")
        .with(Bar::at_most(16.0, 16.0)))
}

/// Two netcats that talk to each other, one line a second from each end, until there are enough facts.
fn session() -> Session {
    let mut session = Session::new(ProfileName::Linux, 1);
    session.act(Action::enter(TerminalId::ServerUpper, "nc -l 5555"));
    wait(&mut session, 100);
    session.act(Action::enter(TerminalId::ClientUpper, "nc 10.211.55.10 5555"));
    let mut turn = 0;
    while session.lab().world().facts().len() < FACTS {
        wait(&mut session, 500);
        let from = if turn % 2 == 0 { TerminalId::ClientUpper } else { TerminalId::ServerUpper };
        session.act(Action::enter(from, format!("line {turn}")));
        turn += 1;
    }
    wait(&mut session, 1000);
    session
}

fn wait(session: &mut Session, ms: u64) {
    session.advance_to(session.lab().now() + millis(ms));
}
