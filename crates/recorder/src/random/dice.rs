//! Random numbers from a seed: the same on every machine, so that a seed names a scenario.

/// SplitMix64.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The numbers of one scenario: `number` of those with this seed.
    pub(super) const fn new(seed: u64, number: u32) -> Self {
        Self(mix(mix(seed) ^ number as u64))
    }

    /// A number below `limit`, which must not be zero.
    pub(super) const fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        // The remainder prefers small numbers by less than one in a billion.
        mix(self.0) % limit
    }

    /// A number from `least` to `most`.
    pub(super) const fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    /// Whether something happens that does so in `percent` of all cases.
    pub(super) const fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(super) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        let at = usize::try_from(self.below(all.len() as u64)).unwrap_or_default();
        all[at]
    }

    /// One of several, each with its weight.
    pub(super) fn weigh<T: Copy>(&mut self, all: &[(u64, T)]) -> T {
        let mut left = self.below(all.iter().map(|(weight, _)| weight).sum());
        for (weight, one) in all {
            if left < *weight {
                return *one;
            }
            left -= weight;
        }
        all[0].1
    }
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_gives_others() {
        let rolled = |seed, number| {
            let mut dice = Dice::new(seed, number);
            (0..20).map(|_| dice.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(rolled(7, 1), rolled(7, 1));
        assert_ne!(rolled(7, 1), rolled(7, 2));
        assert_ne!(rolled(7, 1), rolled(8, 1));
    }

    #[test]
    fn what_has_no_weight_never_happens() {
        let mut dice = Dice::new(1, 1);
        let all: Vec<char> = (0..1000).map(|_| dice.weigh(&[(1, 'a'), (0, 'b'), (9, 'c')])).collect();
        assert!(!all.contains(&'b') && all.contains(&'a'));
        assert!(all.iter().filter(|one| **one == 'c').count() > 850);
    }
}
