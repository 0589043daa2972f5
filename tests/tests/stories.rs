//! Every story is compared with its transcript, and together they must cover the table.

use expect_test::{ExpectFile, expect_file};
use std::collections::{BTreeMap, BTreeSet};
use tcp_core::tcp::{State, TABLE, Trigger};
use tcp_course::{Recording, Session};
use tcp_tests::stories::STORIES;

/// The story's transcript is the snapshot, and its recording makes it again.
fn check(name: &str, expect: ExpectFile) {
    let (_, play) = STORIES.iter().find(|(other, _)| *other == name).expect("the story is in STORIES");
    let mut story = play();
    expect.assert_eq(story.transcript());
    let session = story.session();
    let read = Recording::from_json(&session.recording().to_json()).expect("it was written by us");
    let mut again = Session::of(&read);
    again.advance_to(session.lab().now());
    assert_eq!(again.digest(), session.digest(), "the replay of {name}");
}

macro_rules! tests {
    ($($test:ident $name:literal)*) => {$(
        #[test]
        fn $test() {
            check($name, expect_file![concat!("../snapshots/", $name, ".txt")]);
        }
    )*
    #[test]
    fn every_story_has_a_test() {
        let tested = [$($name),*];
        assert_eq!(tested.to_vec(), STORIES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }};
}

tests! {
    exercise_1 "exercise-1"
    exercise_2 "exercise-2"
    exercise_3 "exercise-3"
    figure_12 "figure-12-port-locked"
    simultaneous_open_and_close "simultaneous-open-and-close"
    closed_in_syn_recv "closed-in-syn-recv"
    server_closes_today "server-closes-today"
    half_close "half-close"
    last_ack_lost "last-ack-lost"
    fin_lost "fin-lost"
    data_lost "data-lost"
    refused_and_rejected "refused-and-rejected"
    syn_ack_lost_further_on "syn-ack-lost-further-on"
    killed_with_unread_data "killed-with-unread-data"
    orphan_in_fin_wait_2 "orphan-in-fin-wait-2"
    time_wait_replaced "time-wait-replaced"
    accept_queue_full "queue-of-accept-full"
    cookies "queue-of-half-open-full"
    fills_between "queue-fills-between-syn-and-ack"
    abort_on_overflow "queue-full-and-reset"
    shared_port "two-listeners-on-one-port"
    both_families "both-families"
    syn_timeouts "syn-timeouts"
    where_data_is_dropped "where-data-is-dropped"
    time_wait_begins_anew "time-wait-begins-anew"
    fin_wait_2_held_and_not "fin-wait-2-held-and-not"
    orphan_retries "orphan-retries"
    time_wait_has_no_room "time-wait-has-no-room"
    ports_run_out "ports-run-out"
    kill_9 "kill-9"
    half_open_and_forgotten "half-open-and-forgotten"
    soft_errors "soft-errors"
    own_syn_rejected "own-syn-rejected"
    reset_after_fin "reset-after-fin"
    same_port_again "same-port-again"
    own_port_again "own-port-again"
    opening "corners-of-opening"
    closing "corners-of-closing"
    closing_at_once "corners-of-closing-at-once"
    closed_upon "corners-of-being-closed-upon"
    netem "netem"
    peer_cut_off "peer-cut-off"
}

#[test]
fn all_eleven_states_are_reached() {
    let reached: BTreeSet<State> =
        STORIES.iter().flat_map(|(_, play)| play().states_reached().collect::<Vec<_>>()).collect();
    assert_eq!(reached, State::ALL.into_iter().collect());
}

/// Rows that no story takes, each with its reason.
const NOT_TAKEN: &[(State, Trigger, &str)] = &[
    (State::Listen, Trigger::SendData, "sockets do not offer SEND on a listener; RFC 9293 and the figure do"),
    (State::Listen, Trigger::Abort, "sockets end a listener by close(); ABORT is the RFC's"),
];

#[test]
fn every_row_is_taken_or_listed() {
    let taken: BTreeMap<(State, Trigger), &str> = STORIES
        .iter()
        .flat_map(|(name, play)| {
            play().rows_taken().map(|r| ((r.from, r.trigger), *name)).collect::<Vec<_>>()
        })
        .collect();
    let listed: BTreeSet<_> = NOT_TAKEN.iter().map(|(state, trigger, _)| (*state, *trigger)).collect();
    let missing: Vec<_> = TABLE
        .iter()
        .map(|row| (row.from, row.trigger))
        .filter(|key| !taken.contains_key(key) && !listed.contains(key))
        .collect();
    assert_eq!(missing, vec![], "rows that no story takes");
    let needless: Vec<_> = listed.iter().filter(|key| taken.contains_key(key)).collect();
    assert_eq!(needless, Vec::<&(State, Trigger)>::new(), "listed, and taken after all");
}
