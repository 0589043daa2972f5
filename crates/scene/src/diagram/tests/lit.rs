//! Whatever was taken last: the edges say what they are, and no words cover other words.

use super::InWords;
use crate::diagram::labels::words;
use crate::diagram::measure::Area;
use crate::diagram::routes::Anchor;
use crate::diagram::*;
use crate::words::en;
use tcp_core::tcp::TABLE;

/// A line of words as it is in the drawing.
struct Line {
    text: String,
    area: Area,
}

/// Every line of an edge's words that the drawing shows, read from the SVG.
fn drawn(marks: &Marks) -> Vec<Line> {
    let drawing = svg(marks, en::say);
    let texts = drawing.split("<text").skip(1).filter_map(|rest| rest.split_once('>'));
    let of_edges = texts.filter(|(head, _)| ["event", "action"].map(|c| head.contains(c)) != [false; 2]);
    let line = |(head, rest): (&str, &str)| {
        let attr = |name: &str| head.split_once(&format!(" {name}=\"")).unwrap().1.split('"').next().unwrap();
        let anchor = [Anchor::Start, Anchor::Middle, Anchor::End];
        let anchor = anchor.into_iter().find(|a| a.key() == attr("text-anchor")).unwrap();
        let text = rest.split('<').next().unwrap().trim_end().to_owned();
        Line { area: Area::line(&text, attr("x").parse().unwrap(), attr("y").parse().unwrap(), anchor), text }
    };
    of_edges.map(line).collect()
}

/// The same before it is drawn.
fn laid_out(marks: &Marks) -> Vec<Line> {
    let two = |words: &labels::Words| [words.edge.event, words.edge.action].map(str::to_owned);
    let lines = |words: &labels::Words| two(words).into_iter().zip(words.areas).collect::<Vec<_>>();
    words(marks).iter().flat_map(lines).map(|(text, area)| Line { text, area }).collect()
}

/// What covers something, or is outside the drawing.
fn covered(lines: &[Line]) -> Vec<String> {
    let middle = (f32::from(WIDTH) / 2.0, f32::from(HEIGHT) / 2.0);
    let all = Area::around(middle, middle.0 + 0.1, middle.1 + 0.1);
    let mut found = Vec::new();
    for (at, one) in lines.iter().enumerate() {
        let others = lines[at + 1..].iter().filter(|other| one.area.meets(other.area));
        found.extend(others.map(|other| format!("{} on {}", one.text, other.text)));
        if !all.holds_area(one.area) || NODES.iter().any(|node| one.area.meets(Area::of(node))) {
            found.push(format!("{} has no room", one.text));
        }
    }
    found
}

/// Rows whose words are missing.
fn missing(lines: &[Line], lit: &[usize]) -> Vec<String> {
    let is_there = |edge: &Edge| {
        lines.windows(2).any(|pair| [&*pair[0].text, &*pair[1].text] == [edge.event, edge.action])
    };
    let edges = lit.iter().filter_map(|row| edge(*row));
    edges.filter(|edge| !is_there(edge)).map(|edge| format!("no words for {}", edge.words())).collect()
}

#[test]
fn what_both_ends_did_last_can_be_read_whatever_it_was() {
    let mut found = Vec::new();
    for one in 0..TABLE.len() {
        for other in 0..TABLE.len() {
            let marks = Marks { lit: vec![one, other], ..Marks::default() };
            let lines = laid_out(&marks);
            let wrong = covered(&lines).into_iter().chain(missing(&lines, &marks.lit));
            found.extend(wrong.map(|text| format!("{text} while {:?} are lit", marks.lit)));
        }
    }
    assert!(
        found.is_empty(),
        "{} found, the first:\n{}",
        found.len(),
        found[..found.len().min(20)].join("\n")
    );
}

/// What the figures leave out has words, each arrow those of one of its rows.
#[test]
fn what_is_beyond_the_figures_can_be_read_and_covers_nothing() {
    for lit in [vec![], vec![1], vec![30, 40]] {
        let marks = Marks { lit, figure: Figure::Beyond, ..Marks::default() };
        assert_eq!(covered(&laid_out(&marks)), Vec::<String>::new());
        let written: Vec<labels::Words> = words(&marks);
        let without = edges()
            .filter(|edge| !edge.drawn)
            .filter(|edge| !written.iter().any(|words| std::ptr::eq(words.edge.route, edge.route)));
        assert_eq!(without.map(|edge| edge.words()).collect::<Vec<_>>(), Vec::<String>::new());
    }
}

#[test]
fn a_trail_runs_along_the_edges_that_a_host_took() {
    let marks = Marks { trails: [vec![1, 6], vec![0, 2]], ..Marks::default() };
    let drawing = svg(&marks, en::say);
    let trails = drawing.split("<path class=\"trail\"").skip(1).filter_map(|rest| rest.split('>').next());
    let of = |host: &str| trails.clone().filter(|path| path.contains(host)).count();
    assert_eq!((of("data-host=\"C\""), of("data-host=\"S\"")), (2, 2));
}

#[test]
fn every_row_alone_and_all_rows_together_are_drawn_without_overlap() {
    let all: Vec<usize> = (0..TABLE.len()).collect();
    for lit in all.iter().map(|row| vec![*row]).chain([all.clone()]) {
        let marks = Marks { lit, ..Marks::default() };
        let lines = drawn(&marks);
        assert_eq!(covered(&lines), Vec::<String>::new(), "while {:?} are lit", marks.lit);
        if let [_] = *marks.lit {
            assert_eq!(missing(&lines, &marks.lit), Vec::<String>::new());
        }
    }
}
