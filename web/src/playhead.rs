//! The playhead: the page's place in virtual time, between two facts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tcp_core::Instant;

/// Called at each move.
type Listener = Rc<dyn Fn(Instant)>;

/// Shared by all that moves. It is the same one all the time, so a context that holds it never changes.
#[derive(Clone, Default)]
pub(crate) struct Playhead(Rc<Inner>);

#[derive(Default)]
struct Inner {
    /// Microseconds with their fraction: at a slow pace a frame is less than one.
    micros: Cell<f64>,
    listeners: RefCell<Vec<(u32, Listener)>>,
    last_id: Cell<u32>,
}

impl PartialEq for Playhead {
    fn eq(&self, other: &Playhead) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Playhead {
    /// Where it stands.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a moment is counted in whole microseconds from zero"
    )]
    pub(crate) fn now(&self) -> Instant {
        Instant::from_micros(self.0.micros.get() as u64)
    }

    /// Moves it there and notifies all listeners. If it is there already, the fraction stays.
    pub(crate) fn set(&self, to: Instant) {
        if self.now() != to {
            self.0.micros.set(to.as_millis_f64() * 1000.0);
        }
        self.tell();
    }

    /// Moves it on by this many seconds, but not beyond `until`. True if it got there.
    pub(crate) fn move_on(&self, seconds: f64, until: Instant) -> bool {
        let end = until.as_millis_f64() * 1000.0;
        let there = self.0.micros.get() + seconds * 1e6;
        self.0.micros.set(there.min(end));
        self.tell();
        there >= end
    }

    /// Calls `listener` now and at each move, until the returned value is dropped.
    pub(crate) fn listen(&self, listener: impl Fn(Instant) + 'static) -> Listening {
        listener(self.now());
        let id = self.0.last_id.get() + 1;
        self.0.last_id.set(id);
        self.0.listeners.borrow_mut().push((id, Rc::new(listener)));
        Listening { playhead: self.clone(), id }
    }

    fn tell(&self) {
        let now = self.now();
        // By place, and the borrow released before the call: a listener may end or begin a listening.
        for at in 0.. {
            let listener = self.0.listeners.borrow().get(at).map(|(_, listener)| Rc::clone(listener));
            let Some(listener) = listener else { break };
            listener(now);
        }
    }
}

/// Ends the listening when dropped.
pub(crate) struct Listening {
    playhead: Playhead,
    id: u32,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.playhead.0.listeners.borrow_mut().retain(|(id, _)| *id != self.id);
    }
}
