//! The table of what separates the faults of a level, and the counts of faults.

use expect_test::{expect, expect_file};
use std::collections::BTreeSet;
use tcp_lessons::puzzle::{Hides, Level, outcomes};

const HEADER: &str = "\
//! What each offer of a level shows of each fault: faults with the same letter in a column show the same there. The first
//! two columns are netstat on C_m and on S_m. A test makes these tables, and holds them true:
//! `UPDATE_EXPECT=1 cargo test -p tcp-lessons`.
";

/// A mismatch is mended by `UPDATE_EXPECT=1 cargo test -p tcp-lessons`. That no two faults are alike only one way is
/// asserted by `outcomes`.
#[test]
fn the_table_is_what_playing_all_faults_shows() {
    let mut text = HEADER.to_owned();
    for level in Level::ALL {
        let rows = outcomes(level).expect("to be alike is mutual");
        text +=
            &format!("\n#[rustfmt::skip]\npub(super) const {}: &[&str] = &[\n", level.key().to_uppercase());
        for row in rows {
            text += &format!("    \"{row}\",\n");
        }
        text += "];\n";
    }
    expect_file!["../../src/puzzle/groups.rs"].assert_eq(&text);
}

#[test]
fn a_level_has_at_most_200_faults_each_once_and_the_first_is_none() {
    let mut text = String::new();
    for level in Level::ALL {
        let faults = level.faults();
        assert!(faults.len() <= 200, "{}: {} faults", level.key(), faults.len());
        assert!(faults[0].parts.is_empty(), "{}: a healthy pair is among them", level.key());
        let different: BTreeSet<_> = faults.iter().map(|fault| &fault.parts).collect();
        assert_eq!(different.len(), faults.len(), "{}: a fault stands twice", level.key());
        let classes: BTreeSet<_> = outcomes(level).expect("to be alike is mutual").into_iter().collect();
        let (faults, offers) = (faults.len(), level.offers().len());
        text += &format!("{}: {faults} faults, {} classes, {offers} offers\n", level.key(), classes.len());
        assert!(offers + 2 <= 12, "{}: more than twelve observations", level.key());
    }
    expect![[r#"
        pair: 23 faults, 11 classes, 0 offers
        counters: 41 faults, 38 classes, 7 offers
        time: 61 faults, 58 classes, 9 offers
        teardown: 41 faults, 41 classes, 8 offers
        applications: 22 faults, 22 classes, 10 offers
        live: 41 faults, 41 classes, 10 offers
        two: 108 faults, 108 classes, 9 offers
    "#]]
    .assert_eq(&text);
}
