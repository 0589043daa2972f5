//! A list in chunks of one size.

/// Number of items in a chunk.
const CHUNK: usize = 1024;

/// A list that grows without copying its items.
#[derive(Clone, Debug)]
pub(super) struct Chunks<T> {
    /// All chunks but the last are full; none is empty.
    chunks: Vec<Vec<T>>,
    /// Number of items in all chunks.
    len: usize,
}

impl<T> Chunks<T> {
    pub(super) const fn new() -> Chunks<T> {
        Chunks { chunks: Vec::new(), len: 0 }
    }

    pub(super) fn push(&mut self, item: T) {
        self.len += 1;
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(item),
            // A short list takes no more than it needs; the chunks of a long one have their full size from the start.
            Some(_) => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(item);
                self.chunks.push(chunk);
            }
            None => self.chunks.push(vec![item]),
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    pub(super) fn get(&self, at: usize) -> Option<&T> {
        self.chunks.get(at / CHUNK)?.get(at % CHUNK)
    }

    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.chunks.get_mut(at / CHUNK)?.get_mut(at % CHUNK)
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        let chunk = self.chunks.last_mut()?;
        let item = chunk.pop();
        self.len = self.len.saturating_sub(1);
        if chunk.is_empty() {
            self.chunks.pop();
        }
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_list() {
        let mut chunks = Chunks::new();
        for n in 0..3 * CHUNK {
            assert_eq!(chunks.len(), n);
            chunks.push(n);
        }
        assert!((0..3 * CHUNK).all(|n| chunks.get(n) == Some(&n)));
        assert_eq!(chunks.get(3 * CHUNK), None);
        *chunks.get_mut(CHUNK).unwrap() = 7;
        for n in (0..3 * CHUNK).rev() {
            assert_eq!(chunks.pop(), Some(if n == CHUNK { 7 } else { n }));
        }
        assert_eq!((chunks.pop(), chunks.len()), (None, 0));
    }
}
