use super::*;
use crate::names::Names;
use proptest::prelude::*;

proptest! {
    /// Whatever is typed is read or refused, and never ends the page.
    #[test]
    fn any_words_are_read_or_refused(
        words in proptest::collection::vec(
            prop_oneof![
                Just("tcp"), Just("port"), Just("5555"), Just("("), Just(")"), Just("not"), Just("and"), Just("or"),
                Just("host"), Just("C_m"), Just("["), Just("]"), Just("13"), Just(":"), Just("&"), Just("="), Just("src"),
                Just("net"), Just("/"), Just("10.0"), Just("::1"), Just("-"), Just("0x2"), Just("é"), Just("\\tcp"),
                Just("portrange"), Just("1-2"), Just("len"), Just("<<"), Just("99999999999"), Just("mask"), Just("tcp-syn"),
            ],
            0..40,
        ),
        octets in proptest::collection::vec(any::<u8>(), 0..80),
    ) {
        if let Ok(filter) = parse(&words.join(" "), Names::File, Source::Ethernet) {
            filter.takes(Subject { direction: None, link: &[0; 14], ip: &octets });
        }
    }
}

#[test]
fn deep_and_long_filters_are_refused() {
    for text in ["(".repeat(5000), "not ".repeat(5000) + "tcp", "tcp or ".repeat(50_000) + "tcp"] {
        assert!(parse(&text, Names::File, Source::Ethernet).is_err());
    }
}
