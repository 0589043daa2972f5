//! One figure with its goal and its floor, and the table of all figures.

use crate::error::Error;

/// Whether a smaller or a larger value is better.
#[derive(Clone, Copy)]
pub(crate) enum Better {
    Higher,
    Lower,
}

/// The values that a figure must reach.
#[derive(Clone, Copy)]
pub(crate) struct Bar {
    pub(crate) better: Better,
    /// The value that is aimed at.
    pub(crate) goal: f64,
    /// The value that must hold; the run fails without it.
    pub(crate) floor: f64,
}

impl Bar {
    pub(crate) const fn at_least(goal: f64, floor: f64) -> Bar {
        Bar { better: Better::Higher, goal, floor }
    }

    pub(crate) const fn at_most(goal: f64, floor: f64) -> Bar {
        Bar { better: Better::Lower, goal, floor }
    }

    fn verdict(self, value: f64) -> Verdict {
        let reaches = |bar: f64| match self.better {
            Better::Higher => value >= bar,
            Better::Lower => value <= bar,
        };
        if reaches(self.goal) {
            Verdict::Goal
        } else if reaches(self.floor) {
            Verdict::Floor
        } else {
            Verdict::Missed
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    Goal,
    Floor,
    Missed,
}

/// A measured number. One without a bar is shown because it explains the others.
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) bar: Option<Bar>,
}

impl Figure {
    pub(crate) fn plain(what: impl Into<String>, value: f64, unit: &'static str) -> Figure {
        Figure { what: what.into(), value, unit, bar: None }
    }

    pub(crate) fn with(self, bar: Bar) -> Figure {
        Figure { bar: Some(bar), ..self }
    }
}

/// Prints figures as they come, and remembers whether a floor was missed.
pub(crate) struct Table {
    missed: usize,
}

impl Table {
    pub(crate) fn begin() -> Table {
        println!("{:<58} {:>12} {:<12} {:>8} {:>8}  verdict", "", "now", "", "goal", "floor");
        Table { missed: 0 }
    }

    pub(crate) fn add(&mut self, figure: Figure) -> Result<(), Error> {
        let Figure { what, value, unit, bar } = figure;
        let value_text = number(value);
        match bar {
            None => println!("{what:<58} {value_text:>12} {unit}"),
            Some(bar) => {
                let verdict = bar.verdict(value);
                let word = match verdict {
                    Verdict::Goal => "reaches the goal",
                    Verdict::Floor => "holds the floor",
                    Verdict::Missed => "MISSES THE FLOOR",
                };
                self.missed += usize::from(verdict == Verdict::Missed);
                let (goal, floor) = (number(bar.goal), number(bar.floor));
                println!("{what:<58} {value_text:>12} {unit:<12} {goal:>8} {floor:>8}  {word}");
            }
        }
        Ok(())
    }

    pub(crate) fn add_all(&mut self, figures: Vec<Figure>) -> Result<(), Error> {
        figures.into_iter().try_for_each(|figure| self.add(figure))
    }

    /// Closes the table. Returns whether every floor held.
    pub(crate) fn end(self) -> bool {
        match self.missed {
            0 => println!("\nevery floor holds"),
            missed => println!("\n{missed} of the floors missed"),
        }
        self.missed == 0
    }
}

/// A number with about three significant digits.
fn number(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

/// The median of an odd number of values.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_below_its_floor_misses_it() {
        let higher = Bar::at_least(0.8, 0.4);
        assert_eq!(
            [0.9, 0.5, 0.39].map(|v| higher.verdict(v)),
            [Verdict::Goal, Verdict::Floor, Verdict::Missed]
        );
        let lower = Bar::at_most(96.0, 192.0);
        assert_eq!(
            [96.0, 97.0, 193.0].map(|v| lower.verdict(v)),
            [Verdict::Goal, Verdict::Floor, Verdict::Missed]
        );
        assert_eq!(lower.verdict(f64::NAN), Verdict::Missed);
    }

    #[test]
    fn a_table_remembers_a_missed_floor() {
        let mut table = Table::begin();
        table.add(Figure::plain("one", 1.0, "s").with(Bar::at_most(1.0, 2.0))).expect("printed");
        assert!(Table { ..table }.end());
        let mut table = Table::begin();
        table.add(Figure::plain("three", 3.0, "s").with(Bar::at_most(1.0, 2.0))).expect("printed");
        assert!(!table.end());
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert!((median(vec![5.0, 1.0, 9.0, 2.0, 3.0]) - 3.0).abs() < f64::EPSILON);
    }
}
