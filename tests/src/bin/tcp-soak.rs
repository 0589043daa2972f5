//! `cargo xtask soak`: many random sessions, each compared with its own replay.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program speaks to a person")]

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use tcp_tests::soak::{self, Failure, Mix};

const USAGE: &str = "usage: tcp-soak [SEEDS [OPERATIONS]]    1000 seeds, 1000000 operations over all of them";

fn main() -> ExitCode {
    let numbers: Option<Vec<u64>> = std::env::args().skip(1).map(|word| word.parse().ok()).collect();
    let (seeds, operations) = match numbers.as_deref() {
        Some([]) => (1000, 1_000_000),
        Some([seeds @ (1..)]) => (*seeds, seeds * 1000),
        Some([seeds @ (1..), operations]) => (*seeds, *operations),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let (mix, failures) = run_all(seeds, operations / seeds);
    println!("{mix}");
    for failure in &failures {
        println!("FAILED: {failure}");
    }
    let wanting = mix.wanting();
    for want in &wanting {
        println!("WANTING: {want}");
    }
    if failures.is_empty() && wanting.is_empty() {
        println!("\n{seeds} sessions equal their own replays");
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs one seed after the other, on as many threads as there are processors.
fn run_all(seeds: u64, operations: u64) -> (Mix, Vec<Failure>) {
    let next = AtomicU64::new(0);
    let whole = Mutex::new((Mix::default(), Vec::new()));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return;
            }
            let result = soak::run(seed, operations);
            let mut whole = whole.lock().expect("no session panics while it is held");
            match result {
                Ok(mix) => whole.0.join(&mix),
                Err(failure) => {
                    eprintln!("{failure}");
                    whole.1.push(failure);
                }
            }
            if seed % 50 == 49 {
                eprintln!("{} of {seeds} sessions", seed + 1);
            }
        }
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        (0..threads).for_each(|_| _ = scope.spawn(work));
    });
    whole.into_inner().expect("all sessions are over")
}
