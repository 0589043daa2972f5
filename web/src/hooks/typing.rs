//! Someone types: while they do, waits are not hurried.

use crate::playhead::Playhead;
use crate::state::{Done, Intent, State};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Someone who has not touched a key for so many milliseconds does not type any more.
const REST_MS: u32 = 5000;

/// To be called at each key.
#[hook]
pub(crate) fn use_typing(reducer: &UseReducerDispatcher<State>, playhead: &Playhead) -> Callback<()> {
    let rest = use_mut_ref(|| None::<Timeout>);
    let (reducer, playhead) = (reducer.clone(), playhead.clone());
    use_callback((), move |(), ()| {
        let say = |typing| {
            let (reducer, playhead) = (reducer.clone(), playhead.clone());
            move || reducer.dispatch(Done { at: playhead.now(), intent: Intent::Typing(typing) })
        };
        let over = Timeout::new(REST_MS, say(false));
        if rest.borrow_mut().replace(over).is_none() {
            say(true)();
        }
    })
}
