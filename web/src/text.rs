//! What a person reads on the page: messages, said in the page's language.

use std::cell::Cell;
use std::time::Duration;
use tcp_core::Instant;
use tcp_scene::words::{Message, Page, Say, en};
use yew::AttrValue;

/// The program's name.
pub(crate) const NAME: &str = "tcp-states";
/// The page of the facts.
pub(crate) const FACTS_PAGE: &str = "kernel.html";

thread_local! {
    /// The page's language: its catalogue.
    static LANGUAGE: Cell<Say> = const { Cell::new(en::say) };
}

/// The page's catalogue.
pub(crate) fn language() -> Say {
    LANGUAGE.get()
}

/// Speaks another language from now on.
#[cfg(test)]
pub(crate) fn speak(say: Say) {
    LANGUAGE.set(say);
}

/// A message in the page's language.
pub(crate) fn say(message: &Message) -> AttrValue {
    language()(message).into()
}

/// A text of the page itself.
pub(crate) fn page(page: Page) -> AttrValue {
    say(&Message::Page(page))
}

/// The clock: `00:00:04.213`
pub(crate) fn clock(now: Instant) -> String {
    let ms = now.as_micros() / 1000;
    let s = ms / 1000;
    format!("{:02}:{:02}:{:02}.{:03}", s / 3600, s / 60 % 60, s % 60, ms % 1000)
}

/// A time in a table: `00:04.213`
pub(crate) fn moment(at: Instant) -> String {
    clock(at).split_off(3)
}

/// A span in seconds, to the millisecond: `4.005`
pub(crate) fn span_ms(span: Duration) -> String {
    format!("{}.{:03}", span.as_secs(), span.subsec_millis())
}

/// `1.0` of something as a whole number; what is too large or too small stays at the end.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, as it should"
)]
pub(crate) fn whole(number: f64) -> u32 {
    number as u32
}
