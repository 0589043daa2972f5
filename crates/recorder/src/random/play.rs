//! `--without-kernel`: plays the scenarios with the engine alone. Whatever the seed, it must neither panic nor refuse.

use std::path::Path;
use std::thread;

use tcp_oracle::Trace;

use super::scenario::Scenario;
use crate::trouble::Trouble;

/// Plays every scenario to its end, and returns the number of segments that were sent.
pub(super) fn all(scenarios: &[Scenario]) -> Result<usize, Trouble> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = scenarios.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let work = |part: &[Scenario]| part.iter().map(one).sum::<Result<usize, Trouble>>();
        let workers: Vec<_> = scenarios.chunks(share).map(|part| scope.spawn(move || work(part))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err(panicked("a worker")))).sum()
    })
}

fn one(scenario: &Scenario) -> Result<usize, Trouble> {
    let name = format!("scenario {}", scenario.name);
    let play = || {
        let trace = Trace::from_text(Path::new(&name), &scenario.text())?;
        trace.play(trace.until)
    };
    let played = thread::scope(|scope| scope.spawn(play).join());
    match played {
        Ok(Ok(outcome)) => Ok(outcome.packets.len()),
        Ok(Err(problem)) => Err(Trouble::Recording(problem.to_string())),
        Err(_) => Err(panicked(&name)),
    }
}

fn panicked(what: &str) -> Trouble {
    Trouble::Recording(format!("{what}: the engine panicked"))
}

#[cfg(test)]
mod tests {
    use super::super::generate;
    use super::*;

    #[test]
    fn scenarios_are_played_without_a_refusal_or_a_panic() {
        let scenarios: Vec<Scenario> = (1..=60).map(|number| generate::scenario(8, number)).collect();
        let sent = all(&scenarios);
        assert!(sent.as_ref().is_ok_and(|sent| *sent > 600), "{sent:?}");
    }

    #[test]
    fn a_scenario_that_cannot_be_played_is_an_error() {
        let mut odd = generate::scenario(8, 1);
        odd.sysctls.push((tcp_core::net::HostId::Client, "net.ipv4.tcp_magic".to_owned(), "1".to_owned()));
        assert!(all(&[odd]).is_err_and(|trouble| trouble.to_string().contains("tcp_magic")));
    }
}
