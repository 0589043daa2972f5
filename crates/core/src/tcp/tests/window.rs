//! The congestion window, seen by how many segments leave in each round trip.

use super::*;

/// Full segments, 5 ms each way.
const FULL: usize = 1448;

impl Pair {
    /// How many segments with data or a FIN A sends in each of the next round trips, if B reads all that comes.
    fn flights<const N: usize>(&mut self) -> [usize; N] {
        self.read_for(5);
        let flights = std::array::from_fn(|_| {
            let sent =
                self.log.lines().filter(|line| line.contains("A sends") && !line.contains("+0 ")).count();
            self.log.clear();
            self.read_for(10);
            sent
        });
        self.log.clear();
        flights
    }

    fn read_for(&mut self, ms: u64) {
        for _ in 0..ms {
            self.run(1);
            self.receive(B);
        }
    }

    fn send_full(&mut self, segments: usize) {
        self.send(A, &vec![b'x'; segments * FULL]);
    }
}

/// Ten at first (RFC 6928), and two more for each that is acknowledged (variations v280, v282).
#[test]
fn a_window_of_ten_doubles_with_each_round_trip() {
    for name in [ProfileName::Linux, ProfileName::Article] {
        let mut pair = Pair::established(name);
        pair.send_full(50);
        assert_eq!(pair.flights(), [10, 20, 20, 0], "{name:?}");
    }
}

/// Variation v283. One SYN lost does not matter (v284).
#[test]
fn a_syn_lost_twice_leaves_one_segment() {
    for (tries, flights) in [(2, [10, 20, 40]), (3, [1, 2, 4])] {
        let mut pair = Pair::new(ProfileName::Linux);
        pair.fate = |_, segment| if segment.is_syn() { Fate::Lost } else { Fate::Arrives };
        pair.call(A, Call::ActiveOpen);
        pair.run(500 + 1000 * (tries - 2));
        pair.fate = |_, _| Fate::Arrives;
        pair.run(3000);
        pair.log.clear();
        pair.send_full(70);
        assert_eq!(pair.flights(), flights, "{tries} tries");
    }
}

/// Variations v285 and v292: when a hole is found half of the window is left, and then it grows by one for each window.
#[test]
fn a_loss_halves_the_window_and_growth_is_slow_then() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.fate = |end, segment| if end == A && segment.seq == Seq(1001) { Fate::Lost } else { Fate::Arrives };
    pair.send_full(10);
    pair.fate = |_, _| Fate::Arrives;
    assert_eq!(pair.flights(), [10, 1, 0]);
    pair.send_full(30);
    assert_eq!(pair.flights(), [5, 6, 7, 8, 4, 0]);
}

/// Variation v295: after a timeout, one.
#[test]
fn a_timeout_leaves_one_segment() {
    let mut pair = Pair::established(ProfileName::Article);
    pair.fate = |end, _| if end == A { Fate::Lost } else { Fate::Arrives };
    pair.send_full(14);
    pair.run(209);
    pair.fate = |_, _| Fate::Arrives;
    pair.log.clear();
    // The threshold is half of ten.
    assert_eq!(pair.flights(), [1, 2, 4, 5, 2, 0]);
}

/// Variation v288.
#[test]
fn a_fin_waits_for_room_in_the_window() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.send_full(10);
    pair.call(A, Call::Close);
    assert!(!pair.log.contains("FIN|"), "{}", pair.log);
    pair.read_for(12);
    assert!(pair.log.contains("sends FIN|ACK"), "{}", pair.log);
}

/// Variation v289: what has grown is forgotten in a pause, bit by bit on Linux, and at once by the RFC.
#[test]
fn a_pause_leaves_the_initial_window() {
    let pauses = [
        (ProfileName::Linux, 300, [17, 0]),
        (ProfileName::Linux, 2000, [10, 20]),
        (ProfileName::Article, 300, [10, 20]),
    ];
    for (name, pause, flights) in pauses {
        let mut pair = Pair::established(name);
        pair.send_full(50);
        assert_eq!(pair.flights(), [10, 20, 20, 0]);
        pair.read_for(pause);
        pair.log.clear();
        pair.send_full(if flights[1] == 0 { 17 } else { 30 });
        assert_eq!(pair.flights(), flights, "{name:?} after {pause} ms");
    }
}

/// Variation v290: nothing was lost but acknowledgements, and the window is as before.
#[test]
fn a_needless_timeout_is_taken_back() {
    let mut pair = Pair::established(ProfileName::Linux);
    pair.fate = |end, _| if end == B { Fate::Lost } else { Fate::Arrives };
    pair.send_full(10);
    pair.read_for(300);
    pair.fate = |_, _| Fate::Arrives;
    pair.read_for(900);
    assert_eq!(pair.ends[A].unacknowledged(), 0, "{}", pair.log);
    assert!(pair.log.contains("timeout: retry"), "{}", pair.log);
    pair.log.clear();
    pair.send_full(10);
    assert_eq!(pair.flights(), [10, 0]);
}
