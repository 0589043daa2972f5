//! The entropy coder: bits to octets and back, each at the price of its improbability.
//!
//! Writing and reading are one: [`Coder::bit`] takes a bit and writes it, or ignores it and returns the one that it
//! reads. So whatever describes a value to a coder describes it once, for both directions. What is improbable when
//! it is written is as improbable when it is read, because both sides learn the same from each bit.

/// Bits of a probability.
const PRECISION: u32 = 16;
/// The least probability of either bit.
const LEAST: u16 = 16;

/// What is known of a bit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance {
    /// Probability that it is set, in 1/65536.
    pub(super) set: u16,
    /// How often it was seen, up to a bound.
    pub(super) seen: u8,
}

impl Chance {
    /// Nothing is known.
    pub(super) const UNKNOWN: Chance = Chance { set: 1 << (PRECISION - 1), seen: 0 };
    /// After this many times, the probability follows the last bits.
    const MOST_SEEN: u8 = 60;

    /// Learns from a bit: the more was seen before, the less.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it moves towards 0 or 65535"
    )]
    pub(super) fn learn(&mut self, bit: bool) {
        let goal = if bit { i32::from(u16::MAX) } else { 0 };
        let error = goal - i32::from(self.set);
        self.set = (i32::from(self.set) + error * 10 / (10 * i32::from(self.seen) + 12)) as u16;
        self.seen = Chance::MOST_SEEN.min(self.seen + 1);
    }
}

/// A range coder for single bits, writing or reading.
#[derive(Debug)]
pub(super) struct Coder {
    low: u32,
    high: u32,
    /// The next four octets while reading.
    window: u32,
    octets: Vec<u8>,
    /// Place of the next octet to read; `None` while writing.
    next: Option<usize>,
}

impl Coder {
    /// A coder that writes.
    pub(super) const fn writer() -> Coder {
        Coder { low: 0, high: u32::MAX, window: 0, octets: Vec::new(), next: None }
    }

    /// A coder that reads these octets, and zeros after them.
    pub(super) fn reader(octets: Vec<u8>) -> Coder {
        let mut coder = Coder { octets, next: Some(0), ..Coder::writer() };
        (0..4).for_each(|_| coder.fetch());
        coder
    }

    /// Whether it reads only the zeros after its octets: what was written never needs more than four of them.
    pub(super) fn is_past_end(&self) -> bool {
        self.next.is_some_and(|next| next > self.octets.len() + 4)
    }

    /// Writes or reads a bit that is set with a probability of `set`/65536.
    pub(super) fn bit(&mut self, set: u16, bit: bool) -> bool {
        let span = u64::from(self.high - self.low);
        let part = (span * u64::from(set.clamp(LEAST, u16::MAX - LEAST))) >> PRECISION;
        #[expect(clippy::cast_possible_truncation, reason = "it is less than the span")]
        let middle = self.low + part as u32;
        let bit = if self.next.is_some() { self.window <= middle } else { bit };
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        while (self.low ^ self.high) >> 24 == 0 {
            self.shift();
        }
        bit
    }

    /// Writes or reads a bit of which `chance` knows something, and lets it learn.
    pub(super) fn learn(&mut self, chance: &mut Chance, bit: bool) -> bool {
        let bit = self.bit(chance.set, bit);
        chance.learn(bit);
        bit
    }

    /// Writes or reads a number of `bits` bits, of which nothing is known.
    pub(super) fn raw(&mut self, bits: u32, given: u64) -> u64 {
        (0..bits).rev().fold(0, |read, at| read << 1 | u64::from(self.bit(1 << 15, given >> at & 1 == 1)))
    }

    /// Writes or reads a number below the length of `chances`, a power of two.
    pub(super) fn symbol(&mut self, chances: &mut [Chance], given: usize) -> usize {
        let (size, mut node) = (chances.len(), 1);
        let mut half = size / 2;
        while node < size {
            node = node << 1 | usize::from(self.learn(&mut chances[node], given & half != 0));
            half /= 2;
        }
        node - size
    }

    /// What was written.
    pub(super) fn finish(mut self) -> Vec<u8> {
        // One octet is between `low` and `high`, whose first octets differ; the zeros after it are read anyway. Those
        // before it stay: by their number a reader notices that nothing is missing.
        if self.low > 0 {
            self.octets.push(self.low.to_be_bytes()[0] + 1);
        }
        self.octets
    }

    /// The first octet is decided.
    fn shift(&mut self) {
        if self.next.is_some() {
            self.fetch();
        } else {
            self.octets.push(self.low.to_be_bytes()[0]);
        }
        self.low <<= 8;
        self.high = self.high << 8 | 0xFF;
    }

    fn fetch(&mut self) {
        if let Some(next) = &mut self.next {
            let octet = self.octets.get(*next).copied().unwrap_or(0);
            self.window = self.window << 8 | u32::from(octet);
            *next += 1;
        }
    }
}
