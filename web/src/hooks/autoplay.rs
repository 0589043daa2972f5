//! A scene that goes on by itself.

use super::{Dispatch, use_visible};
use crate::store::Intent;
use gloo_timers::callback::Timeout;
use yew::{hook, use_effect_with};

/// What it takes to look up, in milliseconds.
const LOOK_MS: u32 = 2500;
/// What it takes to read an octet of English: 180 words a minute.
const OCTET_MS: u32 = 60;

/// Goes on from a pause, of which the number and the length of its text are given, once that is read. A page that
/// is not seen is not read.
#[hook]
pub(crate) fn use_autoplay(pause: Option<(usize, usize)>, dispatch: &Dispatch) {
    let visible = use_visible();
    let pause = pause.filter(|_| visible);
    let dispatch = dispatch.clone();
    use_effect_with(pause, move |pause| {
        let going = pause.map(|(_, octets)| {
            let octets = u32::try_from(octets).unwrap_or(u32::MAX);
            let ms = OCTET_MS.saturating_mul(octets).saturating_add(LOOK_MS);
            Timeout::new(ms, move || dispatch.send(Intent::GoOn))
        });
        move || drop(going)
    });
}
