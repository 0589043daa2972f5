//! Reads an input as a lesson's file. No input may make it panic, and what is wrong is said in one line.
//!
//! ```sh
//! cd fuzz && mkdir -p corpus/lesson && cargo run --release --bin lesson -- corpus/lesson ../crates/lessons/content/en \
//!     -max_len=6000 -max_total_time=600
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use tcp_lessons::Lesson;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    match Lesson::read(&text) {
        Ok(lesson) => {
            assert!((1..=20).contains(&lesson.steps.len()));
            assert!(lesson.steps.iter().all(|step| !step.check.predicates.is_empty() && step.hints.len() <= 2));
        }
        Err(flaw) => {
            assert!((1..=text.lines().count().max(1)).contains(&flaw.line), "{flaw}");
            assert!(!flaw.reason.contains(char::is_control) && flaw.reason.len() < 2000, "{flaw}");
        }
    }
});
