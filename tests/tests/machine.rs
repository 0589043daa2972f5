//! The transition table as a whole.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use expect_test::expect_file;
use std::collections::BTreeSet;
use std::fmt::Write;
use tcp_core::tcp::{State, TABLE, Trigger, find};

#[test]
fn no_two_rows_answer_to_one_event() {
    let mut seen = BTreeSet::new();
    for row in TABLE {
        assert!(seen.insert((row.from, row.trigger)), "two rows for {} in {}", row.trigger, row.from);
    }
}

#[test]
fn every_state_is_reached_from_closed_and_leads_back() {
    let follow = |start: State, step: &dyn Fn(State) -> Vec<State>| {
        let mut reached = BTreeSet::from([start]);
        let mut edge = vec![start];
        while let Some(state) = edge.pop() {
            edge.extend(step(state).into_iter().filter(|next| reached.insert(*next)));
        }
        reached
    };
    let all: BTreeSet<State> = State::ALL.into_iter().collect();
    let on = |state| TABLE.iter().filter(|row| row.from == state).map(|row| row.to).collect();
    let back = |state| TABLE.iter().filter(|row| row.to == state).map(|row| row.from).collect();
    assert_eq!(follow(State::Closed, &on), all);
    assert_eq!(follow(State::Closed, &back), all);
}

#[test]
fn figure_1_is_drawn_whole() {
    // The edges that the article's Figure 1 shows, including loops, and the loop of Figure 4.
    let drawn = TABLE.iter().filter(|row| row.drawn).count();
    assert_eq!(drawn, 23);
    assert!(TABLE.iter().all(|row| !row.rfc.is_empty()));
}

#[test]
fn the_matrix_of_states_and_triggers() {
    let mut text = String::new();
    for state in State::ALL {
        writeln!(text, "{state}").unwrap();
        for trigger in Trigger::ALL {
            let cell = match find(state, trigger) {
                Some(row) => {
                    format!("{:<12} {}{}", row.to, row.reply, if row.drawn { "" } else { "  (beyond)" })
                }
                None => "·".to_owned(),
            };
            writeln!(text, "  {:<16} {:<26} {cell}", format!("{trigger:?}"), trigger.label()).unwrap();
        }
    }
    expect_file!["../snapshots/matrix.txt"].assert_eq(&text);
}
