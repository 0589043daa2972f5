//! Reads an input that may be the file of a scene, and plays it. No input may make it panic, hang, or exceed its bounds.
//!
//! ```sh
//! cd fuzz && mkdir -p corpus/scene && cargo run --release --bin scene -- corpus/scene ../crates/course/scenes \
//!     -dict=words.dict -max_len=65536 -timeout=20 -rss_limit_mb=2048 -max_total_time=600
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::rc::Rc;
use tcp_course::Session;
use tcp_course::scenes::Scene;
use tcp_shell::ProfileName;

/// Bounds on one run; the lab's own bounds are higher.
const WORK: u64 = 10_000_000;
const MEMORY: u64 = 16 << 20;
/// Steps of one run.
const STEPS: usize = 2000;

fuzz_target!(|input: &[u8]| {
    match Scene::from_json(&String::from_utf8_lossy(input)) {
        Ok(scene) => {
            let scene = Rc::new(scene);
            [ProfileName::Article, ProfileName::Linux].into_iter().for_each(|profile| play(&scene, profile));
        }
        Err(error) => {
            let said = error.to_string();
            assert!(!said.contains('\n') && said.len() < 400, "{said}");
        }
    }
});

/// Plays a scene to its end, through its pauses.
fn play(scene: &Rc<Scene>, profile: ProfileName) {
    let mut session = Session::scene(Rc::clone(scene), profile);
    let spent = |session: &Session| session.lab().work() > WORK || session.lab().weight() > MEMORY;
    let mut before = 0;
    for _ in 0..STEPS {
        if session.waits() {
            session.go_on();
        }
        let went = session.step();
        let (reached, of) = session.play().expect("it plays a scene").progress();
        assert!((before..=of).contains(&reached), "{before}, then {reached} of {of} pauses");
        before = reached;
        if !went || spent(&session) {
            break;
        }
    }
    if !spent(&session) {
        let end = session.lab().now();
        session.go_to(tcp_shell::Instant::START);
        session.go_to(end);
        assert_eq!(session.play().map(|play| play.progress().0), Some(before), "pauses come again where they were");
    }
}
