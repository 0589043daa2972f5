//! A bulk transfer of 100 MB from one host to the other, by this engine and by smoltcp in turn.
//!
//! Both sides are driven alike: octets of a known pattern are written in pieces of at most 16 kB, what arrives is
//! compared with the pattern, and the data segments that were handed to the wire are counted. This engine keeps the log
//! of all of it; smoltcp keeps nothing.

mod engine;
mod smol;

use crate::error::Error;
use crate::figure::{Bar, Figure, median};
use std::time::Instant;

/// Octets to transfer.
pub(crate) const TOTAL: usize = 100_000_000;

/// Octets that a program writes at once.
const PIECE: usize = 16 << 10;

/// Runs of each side; the median is shown.
const RUNS: usize = 5;

/// Octets after which the pattern repeats: a prime, so that no segment size divides it.
const PERIOD: usize = 65_521;

/// A known sequence of octets, any piece of which is available as a slice. The programs of both sides have it in
/// memory: the sender as its data, the receiver as what it expects.
pub(crate) struct Pattern(Vec<u8>);

impl Pattern {
    fn new() -> Pattern {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let once: Vec<u8> = (0..PERIOD).map(|_| next()).collect();
        Pattern(once.iter().chain(&once).copied().collect())
    }

    /// The piece at octet `at` of the transfer: its position in the pattern, and its length, which is 0 at the end of
    /// the transfer.
    fn place(at: usize) -> (usize, usize) {
        (at % PERIOD, PIECE.min(TOTAL - at))
    }

    /// The piece at octet `at` of the transfer.
    fn piece(&self, at: usize) -> &[u8] {
        let (from, len) = Pattern::place(at);
        self.0.get(from..from + len).unwrap_or_default()
    }

    /// Compares what arrived with what was sent at octet `at`.
    fn check(&self, at: usize, arrived: &[u8]) -> Result<usize, Error> {
        let mut at = at;
        for part in arrived.chunks(PERIOD) {
            let from = at % PERIOD;
            if self.0.get(from..from + part.len()) != Some(part) {
                return Err(Error::Payload(at));
            }
            at += part.len();
        }
        Ok(at)
    }
}

/// One transfer.
struct Run {
    seconds: f64,
    /// Number of data segments handed to the wire.
    segments: usize,
}

/// Both sides, by name.
const SIDES: [(&str, Transfer); 2] = [("engine", engine::transfer), ("smoltcp", smol::transfer)];

/// Runs the transfers, and prints one line for each: side, seconds, data segments. With `only`, runs one side alone,
/// for a profiler.
pub(crate) fn print(only: Option<&str>) -> Result<(), Error> {
    let pattern = Pattern::new();
    for _ in 0..RUNS {
        for (whose, transfer) in SIDES.into_iter().filter(|(whose, _)| only.is_none_or(|only| only == *whose))
        {
            let Run { seconds, segments } = transfer(&pattern)?;
            println!("{whose} {seconds} {segments}");
        }
    }
    Ok(())
}

type Transfer = fn(&Pattern) -> Result<Run, Error>;

/// Reads the figures from what [`print`] printed.
pub(crate) fn figures(how: &str, printed: &str) -> Result<Vec<Figure>, Error> {
    let rates = |whose: &str| -> Result<(f64, f64), Error> {
        let unreadable = || Error::Unreadable("the bulk transfer", printed.to_owned());
        let mut rates = Vec::new();
        let mut segments = 0.0;
        for line in printed.lines().filter_map(|line| line.strip_prefix(whose)) {
            let (seconds, count) = line.trim().split_once(' ').ok_or_else(unreadable)?;
            let seconds: f64 = seconds.parse().map_err(|_| unreadable())?;
            segments = count.parse().map_err(|_| unreadable())?;
            rates.push(segments / seconds);
        }
        if rates.len() == RUNS { Ok((median(rates), segments)) } else { Err(unreadable()) }
    };
    let ((ours, our_segments), (theirs, their_segments)) = (rates("engine")?, rates("smoltcp")?);
    let thousand = "1000/s";
    Ok(vec![
        Figure::plain(format!("(a) bulk {how}: ours, {our_segments} data segments"), ours / 1000.0, thousand),
        Figure::plain(
            format!("(a) bulk {how}: smoltcp, {their_segments} data segments"),
            theirs / 1000.0,
            thousand,
        ),
        Figure::plain(format!("(a) bulk {how}: ours as a ratio to smoltcp"), ours / theirs, "")
            .with(Bar::at_least(0.8, 0.4)),
    ])
}

/// Runs `act`, and returns how long it took.
fn timed(act: impl FnOnce() -> Result<usize, Error>) -> Result<Run, Error> {
    let started = Instant::now();
    let segments = act()?;
    Ok(Run { seconds: started.elapsed().as_secs_f64(), segments })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_octet_is_found() {
        let pattern = Pattern::new();
        let mut piece = pattern.piece(70_000).to_vec();
        assert_eq!(pattern.check(70_000, &piece).expect("the same"), 70_000 + PIECE);
        piece[1459] ^= 1;
        assert!(matches!(pattern.check(70_000, &piece), Err(Error::Payload(_))));
    }

    #[test]
    fn the_median_of_five_runs_is_compared() {
        let lines = |whose, seconds: [f64; 5]| seconds.map(|s| format!("{whose} {s} 1000\n")).concat();
        let printed = lines("engine", [2.0, 4.0, 4.0, 9.0, 1.0]) + &lines("smoltcp", [2.0; 5]);
        let figures = figures("natively", &printed).expect("readable");
        assert!((figures.last().expect("the ratio").value - 0.5).abs() < 1e-9);
    }
}
