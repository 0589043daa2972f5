//! Someone types: while they do, waits are not hurried.

use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Milliseconds without a key after which someone is no longer typing.
const REST_MS: u32 = 5000;

/// Knows whether someone types. All copies are one.
#[derive(Clone, Default)]
pub(crate) struct Typing(Rc<Keys>);

#[derive(Default)]
struct Keys {
    /// Ends with the last key's time.
    over: RefCell<Option<Timeout>>,
    /// No wait can be hurried: time stands, or nobody sees it.
    stands: Cell<bool>,
}

impl PartialEq for Typing {
    fn eq(&self, other: &Typing) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Typing {
    /// A key was pressed: says so if it is the first, and when no other has come for a while. Not while time stands.
    pub(super) fn key(&self, say: impl Fn(bool) + 'static) {
        if self.0.stands.get() {
            return;
        }
        let keys = Rc::clone(&self.0);
        let say = Rc::new(say);
        let later = Rc::clone(&say);
        let over = Timeout::new(REST_MS, move || {
            keys.over.take();
            later(false);
        });
        if self.0.over.replace(Some(over)).is_none() {
            say(true);
        }
    }

    /// Time stands from now on, or goes. True if someone was typing, and does not any more.
    pub(super) fn stands(&self, stands: bool) -> bool {
        self.0.stands.set(stands);
        stands && self.0.over.take().is_some()
    }
}
