//! The one sort of this crate: each kind of thing that is sorted would be a sort of its own in the page.

/// The places of `keys` in ascending order; equal ones keep theirs.
pub fn ascending(keys: &[&str]) -> Vec<usize> {
    let mut order: Vec<(&str, usize)> = keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ones_keep_their_order() {
        assert_eq!(ascending(&["b", "a", "b", "a"]), [1, 3, 0, 2]);
    }
}
