//! Someone types: while they do, waits are not hurried.

use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;

/// Milliseconds without a key after which someone is no longer typing.
const REST_MS: u32 = 5000;

/// Knows whether someone types. All copies are one.
#[derive(Clone, Default)]
pub(crate) struct Typing(Rc<RefCell<Option<Timeout>>>);

impl PartialEq for Typing {
    fn eq(&self, other: &Typing) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Typing {
    /// A key was pressed: says so if it is the first, and when no other has come for a while.
    pub(super) fn key(&self, say: impl Fn(bool) + 'static) {
        let typing = self.clone();
        let say = Rc::new(say);
        let later = Rc::clone(&say);
        let over = Timeout::new(REST_MS, move || {
            typing.0.take();
            later(false);
        });
        if self.0.replace(Some(over)).is_none() {
            say(true);
        }
    }
}
