//! How high the lab is, as the host page hears it.

/// Heights that are said in [`SPAN`] while the width stays; after these, only larger ones.
const MOST: usize = 3;
/// Milliseconds.
const SPAN: f64 = 2000.0;

/// The heights that were said. A frame that gets the height it asked for can change what is in it, and ask for the one
/// before: such a dance ends here, at the larger of the two.
#[derive(Debug, Default)]
pub struct Heights {
    last: Option<[u32; 2]>,
    /// When the last ones were said, in milliseconds.
    times: Vec<f64>,
}

impl Heights {
    /// Whether it is to be said that the content is this wide and high at a moment, in milliseconds of any clock.
    pub fn is_news(&mut self, [width, height]: [u32; 2], now: f64) -> bool {
        let before = self.last.map_or(0, |[_, height]| height);
        if self.last.is_none_or(|[known, _]| known != width) {
            self.times.clear();
        }
        self.times.retain(|then| (0.0..SPAN).contains(&(now - then)));
        if height == before || (height < before && self.times.len() >= MOST) {
            return false;
        }
        self.last = Some([width, height]);
        self.times.push(now);
        true
    }
}
