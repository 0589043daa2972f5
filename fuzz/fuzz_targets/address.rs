//! Reads an input as the query of an address. No input may make it panic, and what is wrong is named in short.
//!
//! ```sh
//! cd fuzz && mkdir -p corpus/address && cargo run --release --bin address -- corpus/address -max_len=5000 -max_total_time=600
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use tcp_scene::address::{Wrong, parse};
use tcp_scene::words::{Message, Sharing, en};

fuzz_target!(|input: &[u8]| {
    let (address, wrong) = parse(&String::from_utf8_lossy(input));
    if let Some(title) = &address.title {
        assert!(title.chars().count() <= 80 && !title.contains(char::is_control), "{title:?}");
    }
    for wrong in &wrong {
        let (Wrong::Unknown(text) | Wrong::Value { value: text, .. }) = wrong else { continue };
        assert!(text.chars().count() <= 40 && !text.contains(char::is_control), "{text:?}");
    }
    let said = en::say(&Message::Sharing(Sharing::Ignored(wrong)));
    assert!(said.chars().count() < 400, "{said}");
});
