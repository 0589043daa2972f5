//! Which faults stand where: each cause, each place and each span in some level.

use expect_test::expect_file;
use std::collections::{BTreeMap, BTreeSet};
use tcp_core::net::HostId::{Client, Server};
use tcp_lessons::puzzle::{Fault, Hides, Lasts, Level, Part, Reject, Spot, Trouble};
use tcp_scene::words::Kind;

/// What is sent, and by whom.
const SEGMENTS: [(Kind, tcp_core::net::HostId); 10] = [
    (Kind::Syn, Client),
    (Kind::SynAck, Server),
    (Kind::Ack, Client),
    (Kind::Ack, Server),
    (Kind::Data, Client),
    (Kind::Data, Server),
    (Kind::Fin, Client),
    (Kind::Fin, Server),
    (Kind::Rst, Client),
    (Kind::Rst, Server),
];

const TROUBLES: [Trouble; 8] = [
    Trouble::NobodyListens,
    Trouble::ListensElsewhere,
    Trouble::NeverAccepts,
    Trouble::NeverReads,
    Trouble::NeverCloses,
    Trouble::QueueFull,
    Trouble::Vanished,
    Trouble::Unplugged,
];

/// The row of a part, and its letter.
fn row(part: Part) -> (String, char) {
    match part {
        Part::Loss(loss, lasts) => {
            let letter = match lasts {
                Lasts::Always => 'a',
                Lasts::Once => 'o',
                Lasts::Until(_) => 'u',
            };
            (format!("{:?} of {} at {:?}", loss.segment, loss.from.name(), loss.spot), letter)
        }
        Part::Reject(with) => (format!("reject with {}", with.word()), 'x'),
        Part::Trouble(trouble) => (format!("{trouble:?}"), 'x'),
    }
}

const HEADER: &str = "\
Which faults each level hides. a: always, o: once, u: until a moment, x: it is there; in capital letters as one of two faults.
`UPDATE_EXPECT=1 cargo test -p tcp-lessons --test puzzles` writes this table.
";

#[test]
fn every_cause_stands_in_every_place_with_every_span() {
    let losses = SEGMENTS.into_iter().flat_map(|(segment, from)| {
        Spot::ALL.map(|spot| Part::Loss(tcp_lessons::puzzle::Loss { segment, from, spot }, Lasts::Always))
    });
    let rejects = Reject::ALL.map(Part::Reject);
    let rows: Vec<String> =
        losses.chain(rejects).chain(TROUBLES.map(Part::Trouble)).map(|part| row(part).0).collect();
    let mut cells: BTreeMap<(String, Level), BTreeSet<char>> = BTreeMap::new();
    let mut spans: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for level in Level::ALL {
        for Fault { parts } in level.faults() {
            for part in &parts {
                let (row, letter) = row(*part);
                assert!(rows.contains(&row), "{row}");
                let shown = if parts.len() > 1 { letter.to_ascii_uppercase() } else { letter };
                cells.entry((row.clone(), level)).or_default().insert(shown);
                spans.entry(row).or_default().insert(letter);
            }
        }
    }
    let mut text = HEADER.to_owned();
    let heads: String = Level::ALL.map(|level| format!("{:13}", level.key())).concat();
    text += format!("\n{:36}{heads}", "").trim_end();
    for row in &rows {
        let cell = |level| {
            let letters = cells.get(&(row.clone(), level)).map(|letters| letters.iter().collect::<String>());
            format!("{:13}", letters.as_deref().unwrap_or("."))
        };
        text += format!("\n{row:36}{}", Level::ALL.map(cell).concat()).trim_end();
    }
    text.push('\n');
    expect_file!["coverage.txt"].assert_eq(&text);
    for row in &rows {
        let spans: String = spans.get(row).map(|letters| letters.iter().collect()).unwrap_or_default();
        // An abort is sent once, and is lost for good. Nobody is refused before somebody asks, and by then a moment has passed.
        let all = if row.starts_with("Rst of C_m") {
            "a"
        } else if row.starts_with("Rst of S_m") {
            "ao"
        } else if row.contains(" at ") {
            "aou"
        } else {
            "x"
        };
        assert_eq!(spans, all, "{row}");
    }
}
