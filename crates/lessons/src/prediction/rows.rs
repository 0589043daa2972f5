//! Which rows does netstat show?

use super::{Lines, Moment, Refuted, of_profiles};
use crate::words::{Read, Words};
use tcp_core::net::HostId;
use tcp_core::tcp::State;

/// A question about the rows of a host, at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The question; one is made from the moment, the host and the port if it is missing.
    pub ask: Option<String>,
    /// The moment.
    pub moment: Moment,
    /// The host.
    pub host: HostId,
    /// The rows have this port, at one end or the other.
    pub port: u16,
    /// Their states, in the order of [`State::ALL`]; in the article's profile and in Linux's.
    pub answer: [Vec<State>; 2],
    /// Wrong answers that are expected. Some are there in one profile only.
    pub wrong: Vec<Refuted<Vec<State>>>,
}

impl Rows {
    /// ```text
    /// at 3 s after entered ESTABLISHED at S_m
    /// S_m :5555 LISTEN ESTABLISHED
    /// if LISTEN: row S_m :5555 ESTABLISHED
    /// if none: row S_m :5555
    /// ```
    pub(super) fn read(lines: &Lines<'_>) -> Result<Rows, (usize, String)> {
        let moment = Moment::read(lines.first.1).map_err(|reason| (lines.first.0, reason))?;
        let (answers, wrong) = of_profiles(lines, answer, states)?;
        let [article, linux] = answers;
        if (article.0, article.1) != (linux.0, linux.1) {
            return Err((lines.at, "the answers are about one host and one port".to_owned()));
        }
        let (host, port) = (article.0, article.1);
        Ok(Rows { ask: lines.ask.clone(), moment, host, port, answer: [article.2, linux.2], wrong })
    }
}

/// `S_m :5555 LISTEN ESTABLISHED`.
fn answer(line: &str) -> Read<(HostId, u16, Vec<State>)> {
    let mut words = Words::of(line);
    let (host, port) = (words.host()?, words.port()?);
    Ok((host, port, states(words.all())?))
}

/// `LISTEN ESTABLISHED`, or `none`.
fn states(line: &str) -> Read<Vec<State>> {
    let mut words = Words::of(line);
    if words.takes("none") {
        words.ends()?;
        return Ok(Vec::new());
    }
    let mut states = vec![words.state()?];
    while !words.peek().is_empty() {
        states.push(words.state()?);
    }
    Ok(in_order(states))
}

/// Rows have no order: their states in that of [`State::ALL`].
pub(crate) fn in_order(states: Vec<State>) -> Vec<State> {
    State::ALL.into_iter().flat_map(|state| states.iter().copied().filter(move |it| *it == state)).collect()
}
