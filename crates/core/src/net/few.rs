//! Ordered maps of a handful of entries.

/// An ordered map in a vector. For few entries it is as fast as a `BTreeMap`, each kind of which adds 1.5 kB to the page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Few<K, V>(Vec<(K, V)>);

impl<K, V> Default for Few<K, V> {
    fn default() -> Few<K, V> {
        Few::new()
    }
}

impl<K, V> Few<K, V> {
    /// A map without entries.
    pub(super) const fn new() -> Few<K, V> {
        Few(Vec::new())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All entries, in the order of their keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// All values, in the order of their keys.
    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// All values, in the order of their keys.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Few<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.place(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Enters a value, in place of the one with the same key.
    pub(super) fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    pub(super) fn remove(&mut self, key: &K) {
        if let Ok(at) = self.place(key) {
            self.0.remove(at);
        }
    }

    /// Where the key is, or belongs.
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::rng::Rng;
    use std::collections::BTreeMap;

    #[test]
    fn it_is_a_map() {
        let (mut few, mut map, mut rng) = (Few::new(), BTreeMap::new(), Rng::new(1));
        for step in 0..2000 {
            let key = rng.next() % 8;
            if rng.next() % 2 == 0 {
                few.insert(key, step);
                map.insert(key, step);
            } else {
                few.remove(&key);
                map.remove(&key);
            }
            assert!(few.iter().eq(map.iter()));
            assert!((0..8).all(|key| few.get(&key) == map.get(&key)));
        }
    }
}
