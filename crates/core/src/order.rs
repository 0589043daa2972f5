//! Sorting, by one piece of code for all types: std has its own for each, 4 kB and compressed one.

use std::cmp::Ordering;

/// Sorts as std's methods do, and keeps equals in their order.
pub trait Order<T> {
    /// Sorts.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }

    /// Sorts by a key.
    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.order_by(|one, other| key(one).cmp(&key(other)));
    }

    /// Sorts by a comparison.
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let mut sources = sorted(self.len(), &|one, other| compare(&self[one], &self[other]));
        for first in 0..sources.len() {
            // Each item moves once: along the circle in which one takes the place of the next.
            let mut place = first;
            loop {
                let source = std::mem::replace(&mut sources[place], place);
                if source == first {
                    break;
                }
                self.swap(place, source);
                place = source;
            }
        }
    }
}

/// The places of `count` items, in the order of the items.
fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_std_does() {
        for count in 0..60 {
            let items: Vec<(usize, usize)> = (0..count).map(|at| (at * 7919 % 113 % 9, at)).collect();
            let (mut by_key, mut by_all, mut expected) = (items.clone(), items.clone(), items);
            by_key.order_by_key(|(key, _)| *key);
            expected.sort_by_key(|(key, _)| *key);
            assert_eq!(by_key, expected);
            by_all.reverse();
            by_all.order();
            assert_eq!(by_all, expected);
        }
    }
}
