//! Reads an input that may be a recording, and replays it. No input may make it panic, hang, or exceed its bounds.
//!
//! ```sh
//! cd fuzz && mkdir -p corpus/replay && cargo run --release --bin replay -- corpus/replay seeds ../tests/recordings ../tests/traces \
//!     -dict=words.dict -max_len=65536 -timeout=20 -rss_limit_mb=2048 -max_total_time=600
//! ```
//!
//! Input that begins with `{` is read as JSON. Any other input is read as lines to type, so that the fuzzer reaches
//! commands without having to produce JSON: the first letter is the terminal (`a` to `d` for the hosts, `n` for the
//! network), the second is the key (`e` Enter, `c` Ctrl-C, `z` Ctrl-D), a digit is how long to wait afterwards, and the
//! rest is the line.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::time::Duration;
use tcp_course::{Recording, Session, Step, Action};
use tcp_oracle::Trace;
use tcp_scene::Look;
use tcp_scene::export::Export;
use tcp_scene::words::en;
use tcp_shell::{Instant, ProfileName, TerminalId};

/// Bounds on one run; the lab's own bounds are higher.
const WORK: u64 = 20_000_000;
const MEMORY: u64 = 16 << 20;
/// How long a run goes on after the last step.
const AFTER: Duration = Duration::from_secs(200);

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    let recording = match Trace::from_text(Path::new("fuzzed"), &text) {
        Ok(trace) => trace.recording,
        Err(error) => {
            let said = error.to_string();
            assert!(!said.contains('\n') && said.len() < 400, "{said}");
            if text.starts_with('{') {
                return;
            }
            typed(&text)
        }
    };
    let again = Recording::from_json(&recording.to_json());
    if let Ok(again) = &again {
        assert_eq!(*again, recording, "what is written is read");
    }
    replay(&recording);
});

fn typed(text: &str) -> Recording {
    let profile = if text.len() % 2 == 0 { ProfileName::Linux } else { ProfileName::Article };
    let mut recording = Recording::new(profile, 1);
    let mut at = Instant::START;
    for line in text.lines() {
        let mut letters = line.chars();
        let place = match letters.next() {
            Some('a') => TerminalId::ClientUpper,
            Some('b') => TerminalId::ClientLower,
            Some('c') => TerminalId::ServerUpper,
            Some('d') => TerminalId::ServerLower,
            _ => TerminalId::Network,
        };
        let action = match letters.next() {
            Some('c') => Action::Interrupt { terminal: place },
            Some('z') => Action::EndOfInput { terminal: place },
            _ => Action::Enter { terminal: place, line: letters.as_str().get(1..).unwrap_or("").to_owned() },
        };
        recording.steps.push(Step { at, action });
        let wait = letters.next().and_then(|digit| digit.to_digit(10)).unwrap_or(0);
        at = at + Duration::from_millis(4u64.pow(wait));
    }
    recording
}

fn replay(recording: &Recording) {
    let mut session = Session::of(recording);
    let last = recording.steps.iter().map(|step| step.at).max().unwrap_or(Instant::START);
    let until = last + AFTER;
    let spent = |session: &Session| session.lab().work() > WORK || session.lab().weight() > MEMORY;
    while session.next_event().is_some_and(|at| at <= until) && !spent(&session) {
        session.step();
    }
    let (digest, end) = (session.digest(), session.lab().now());
    if !spent(&session) {
        session.go_to(Instant::from_micros(end.as_micros() / 2));
        session.go_to(end);
        assert_eq!(session.digest(), digest, "the past is what it was");
        if let Ok(script) = Export::Script.of(&session, &Look::default(), en::say) {
            let hidden = script.iter().any(|octet| octet.is_ascii_control() && *octet != b'\n');
            assert!(!hidden, "a script shows all that it has");
        }
    }
}
