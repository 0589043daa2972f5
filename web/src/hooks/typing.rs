//! Someone types: while they do, waits are not hurried.

use crate::playhead::Playhead;
use crate::store::{Done, Intent};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Someone who has not touched a key for so many milliseconds does not type any more.
const REST_MS: u32 = 5000;

/// To be called at each key.
#[hook]
pub(crate) fn use_typing(send: &Callback<Done>, playhead: &Playhead) -> Callback<()> {
    let rest = use_mut_ref(|| None::<Timeout>);
    let (send, playhead) = (send.clone(), playhead.clone());
    use_callback((), move |(), ()| {
        let say = |typing| {
            let (send, playhead) = (send.clone(), playhead.clone());
            move || send.emit(Done { at: playhead.now(), intent: Intent::Typing(typing) })
        };
        let over = Timeout::new(REST_MS, say(false));
        if rest.borrow_mut().replace(over).is_none() {
            say(true)();
        }
    })
}
