//! `cargo xtask soak`: many random sessions of real lines, each compared with the one that its link opens.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program speaks to a person")]

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use tcp_tests::links::{Lengths, Lines};

fn main() -> ExitCode {
    let count = std::env::args().nth(1).map_or(Ok(10_000), |word| word.parse());
    let Ok(count) = count else {
        eprintln!("usage: tcp-links [SESSIONS]");
        return ExitCode::from(2);
    };
    let lines = Lines::collect();
    let next = AtomicU64::new(0);
    let whole = Mutex::new((Lengths::default(), 0));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= count {
                return;
            }
            let result = lines.run(seed);
            let mut whole = whole.lock().expect("no session panics while it is held");
            match result {
                Ok(lengths) => whole.0.join(lengths),
                Err(failure) => {
                    println!("FAILED: {failure}");
                    whole.1 += 1;
                }
            }
        }
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        (0..threads).for_each(|_| _ = scope.spawn(work));
    });
    let (Lengths { longest, all, steps }, failures) = whole.into_inner().expect("all sessions are over");
    println!(
        "{count} links of {} lines: {all} characters for {steps} steps, the longest {longest}",
        lines.count()
    );
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
