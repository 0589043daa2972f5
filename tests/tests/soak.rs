//! A few of the random sessions of `cargo xtask soak`.

use tcp_tests::soak::{Mix, run};

/// Number of sessions, and of operations in each.
const SEEDS: u64 = 16;
const OPERATIONS: u64 = 250;

#[test]
fn random_sessions_equal_their_own_replays() {
    let mut mix = Mix::default();
    for seed in 0..SEEDS {
        match run(seed, OPERATIONS) {
            Ok(other) => mix.join(&other),
            Err(failure) => panic!("{failure}"),
        }
    }
    // A few sessions do not reach every trigger.
    let wanting: Vec<String> = mix.wanting().into_iter().filter(|want| want.contains('%')).collect();
    assert_eq!(wanting, Vec::<String>::new(), "{mix}");
}
