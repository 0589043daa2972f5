//! Colours as eyes see them: how far two are apart, with and without each kind of cone.

/// A colour, in linear light: red, green and blue from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour([f64; 3]);

/// Eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Three kinds of cones.
    Full,
    /// None for long waves.
    Protanopia,
    /// None for middle waves.
    Deuteranopia,
    /// None for short waves.
    Tritanopia,
}

impl Sight {
    /// All.
    pub const ALL: [Sight; 4] = [Sight::Full, Sight::Protanopia, Sight::Deuteranopia, Sight::Tritanopia];

    /// What is seen, as a matrix over linear light: Machado, Oliveira and Fernandes 2009, table 1, severity 1.0.
    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Sight::Full => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Sight::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Sight::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Sight::Tritanopia => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }
}

impl Colour {
    /// Of a text as `#1d5fd0`, in sRGB.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?].map(|part| linear(f64::from(part) / 255.0))))
    }

    /// This part of it, and the rest of another, as `color-mix(in srgb, …)` has it.
    pub fn mixed(self, part: f64, other: Colour) -> Colour {
        let mixed = |at: usize| linear(encoded(self.0[at]) * part + encoded(other.0[at]) * (1.0 - part));
        Colour([mixed(0), mixed(1), mixed(2)])
    }

    /// As these eyes see it.
    #[must_use]
    pub fn seen(self, sight: Sight) -> Colour {
        Colour(sight.matrix().map(|row| product(row, self.0).clamp(0.0, 1.0)))
    }

    /// The ratio of contrast, from 1 to 21: WCAG 2.2.
    pub fn contrast(self, other: Colour) -> f64 {
        let light = |colour: Colour| product([0.2126, 0.7152, 0.0722], colour.0) + 0.05;
        let (one, two) = (light(self), light(other));
        one.max(two) / one.min(two)
    }

    /// The angle of its hue in CIELAB, in degrees: red at about 30, yellow at 100, green at 150, blue at 280.
    pub fn hue(self) -> f64 {
        let Lab([_, a, b]) = self.lab();
        b.atan2(a).to_degrees().rem_euclid(360.0)
    }

    /// How different another looks: CIEDE2000.
    pub fn difference(self, other: Colour) -> f64 {
        self.lab().difference(&other.lab())
    }

    fn lab(self) -> Lab {
        // sRGB's primaries and white, D65: IEC 61966-2-1.
        let x = product([0.412_456_4, 0.357_576_1, 0.180_437_5], self.0) / 0.950_47;
        let y = product([0.212_672_9, 0.715_152_2, 0.072_175_0], self.0);
        let z = product([0.019_333_9, 0.119_192_0, 0.950_304_1], self.0) / 1.088_83;
        let [x, y, z] = [x, y, z].map(|part| {
            if part > 216.0 / 24_389.0 { part.cbrt() } else { (24_389.0 / 27.0 * part + 16.0) / 116.0 }
        });
        Lab([116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)])
    }
}

/// CIELAB.
struct Lab([f64; 3]);

impl Lab {
    /// CIEDE2000, with the names and the order of Sharma, Wu and Dalal 2005.
    #[allow(clippy::similar_names, reason = "the names of the paper")]
    fn difference(&self, other: &Lab) -> f64 {
        let (Lab([l1, a1, b1]), Lab([l2, a2, b2])) = (self, other);
        let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25.0_f64.powi(7))).sqrt();
        let g = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(*b1), a2.hypot(*b2))));
        let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
        let (c1, c2) = (a1.hypot(*b1), a2.hypot(*b2));
        let angle = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
        let (h1, h2) = (angle(a1, *b1), angle(a2, *b2));
        // The shorter way round, and the middle of it; a grey has no hue.
        let grey = c1 * c2 == 0.0;
        let turn = if grey { 0.0 } else { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 };
        let h = if grey { h1 + h2 } else { (h1 + turn / 2.0).rem_euclid(360.0) };
        let (l, c) = (f64::midpoint(*l1, *l2), f64::midpoint(c1, c2));
        let cos = |degrees: f64| degrees.to_radians().cos();
        let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0)
            - 0.20 * cos(4.0 * h - 63.0);
        let s_l = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
        let d_l = (l2 - l1) / s_l;
        let d_c = (c2 - c1) / (1.0 + 0.045 * c);
        let d_h = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * c * t);
        let theta = 30.0 * (-((h - 275.0) / 25.0).powi(2)).exp();
        let r_t = -2.0 * seventh(c) * (2.0 * theta).to_radians().sin();
        (d_l.powi(2) + d_c.powi(2) + d_h.powi(2) + r_t * d_c * d_h).sqrt()
    }
}

fn product(row: [f64; 3], colour: [f64; 3]) -> f64 {
    row.iter().zip(colour).map(|(factor, part)| factor * part).sum()
}

fn linear(part: f64) -> f64 {
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn encoded(part: f64) -> f64 {
    if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_those_of_the_paper() {
        // Table 1 of Sharma, Wu and Dalal, rows 1, 5, 10, 17, 19, 25 and 34.
        for (one, two, difference) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, -1.1848, -84.8006], [50.0, 0.0, -82.7485], 1.0000),
            ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0010], 7.1792),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
            ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
        ] {
            let found = Lab(one).difference(&Lab(two));
            assert!((found - difference).abs() < 1e-4, "{one:?} {two:?}: {found}, and not {difference}");
        }
    }

    #[test]
    fn white_is_white_to_all_eyes() {
        let (white, black) = (Colour::parse("#ffffff").unwrap(), Colour::parse("#000000").unwrap());
        assert!((white.contrast(black) - 21.0).abs() < 1e-9);
        for sight in Sight::ALL {
            assert!(white.difference(white.seen(sight)) < 0.1, "{sight:?}");
        }
    }
}
