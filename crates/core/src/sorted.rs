//! A map as a sorted list.
//!
//! A B-tree costs the page 8 kB for each kind of key and value, and few maps here hold more than tens of entries. A
//! host may hold 30 000 sockets: keep what is stored small, or boxed, for an insertion moves all that stand behind.

use std::borrow::Borrow;

/// Values by key, in ascending order of the keys.
#[derive(Clone, Debug)]
pub struct Sorted<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Sorted<K, V> {
        Sorted(Vec::new())
    }
}

impl<K: Ord, V> Sorted<K, V> {
    /// Without entries.
    pub const fn new() -> Sorted<K, V> {
        Sorted(Vec::new())
    }

    /// The value of `key`.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// The value of `key`, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.place(key).ok()?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    /// Puts `value` in the place of the one that `key` had, or adds it.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// Takes out the value of `key`.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        Some(self.0.remove(place).1)
    }

    /// All entries.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(known, _)| known.borrow().cmp(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_map() {
        let mut sorted: Sorted<String, u8> = Sorted::new();
        for (key, value) in [("b", 2), ("a", 1), ("c", 3), ("a", 4)] {
            sorted.insert(key.to_owned(), value);
        }
        assert_eq!((sorted.get("a"), sorted.get("d")), (Some(&4), None));
        assert_eq!((sorted.remove("b"), sorted.remove("b")), (Some(2), None));
        let keys: Vec<&str> = sorted.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["a", "c"]);
    }
}
