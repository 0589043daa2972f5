//! The clock: moves the playhead along the present leg, frame by frame or, with reduced motion, in jumps; and notifies the
//! store when the leg's end is reached. With nothing due, or paused, or unseen, it asks for no frame and sets no timer.

use crate::hooks::{Dispatch, use_reduced_motion, use_visible};
use crate::store::{Intent, Shown};
use gloo_timers::callback::{Interval, Timeout};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use tcp_core::Instant;
use tcp_scene::pace::{Leg, Pace};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::{hook, use_effect_with, use_mut_ref};

/// A frame stands for no more than this, in seconds: after a hiccup the picture goes on where it stopped.
const LONGEST_FRAME: f64 = 0.25;
/// With reduced motion, milliseconds between two updates of the clocks.
const JUMP_MS: u32 = 1000;
/// The least time between two jumps, in milliseconds: a fact can be read before the next.
const LEAST_JUMP_MS: u32 = 600;

/// Lets time pass.
#[hook]
pub(crate) fn use_clock(shown: &Shown, dispatch: &Dispatch) {
    let visible = use_visible();
    let reduced = use_reduced_motion();
    // When the last frame was, so that the first of a new leg counts in full.
    let last = use_mut_ref(|| None::<f64>);
    let now = shown.scene.now;
    let goes = shown.playing && visible;
    let going = shown.leg.filter(|_| goes);
    let typist = dispatch.clone();
    use_effect_with(goes, move |goes| {
        if typist.typing.stands(!goes) {
            typist.send(Intent::Typing(false));
        }
    });
    let depends = (shown.turn, going, shown.settings.pace, reduced);
    let dispatch = dispatch.clone();
    use_effect_with(depends, move |(_, going, pace, reduced)| {
        dispatch.playhead.set(now);
        let journey =
            going.map(|leg| Journey { leg, is_true: matches!(pace, Pace::True(_)), dispatch, last });
        let running =
            journey.map(|journey| if *reduced { Running::jump(journey) } else { Running::flow(journey) });
        move || drop(running)
    });
}

/// A leg, being travelled.
struct Journey {
    leg: Leg,
    /// Time is true: a frame may go through several events.
    is_true: bool,
    dispatch: Dispatch,
    last: Rc<RefCell<Option<f64>>>,
}

impl Journey {
    /// Moves on by this many seconds of screen time. False at the leg's end.
    fn go_on(&self, seconds: f64) -> bool {
        let playhead = &self.dispatch.playhead;
        let step = seconds * self.leg.rate;
        let beyond = self.is_true.then(|| playhead.now() + Duration::from_secs_f64(step.clamp(0.0, 1e6)));
        let there = playhead.move_on(step, self.leg.until);
        if there {
            let to = beyond.unwrap_or(self.leg.until).max(self.leg.until);
            self.dispatch.send(Intent::Pass(to));
        }
        !there
    }

    /// How long the rest of the leg takes on the screen.
    fn rest_ms(&self, now: Instant) -> u32 {
        let ms = self.leg.until.since(now).as_secs_f64() * 1000.0 / self.leg.rate.max(1e-9);
        crate::text::whole(ms)
    }
}

/// Stops when dropped. The field is only held.
enum Running {
    Flow { _frames: Frames },
    Jump { _ticks: Option<Interval>, _end: Timeout },
}

impl Running {
    fn flow(journey: Journey) -> Running {
        let frames = Frames::start(move |time| {
            let seconds = journey.last.borrow().map_or(0.0, |last| (time - last) / 1000.0);
            *journey.last.borrow_mut() = Some(time);
            // Too long ago: there was a pause between.
            journey.go_on(if seconds > 2.0 * LONGEST_FRAME { 0.0 } else { seconds.clamp(0.0, LONGEST_FRAME) })
        });
        Running::Flow { _frames: frames }
    }

    fn jump(journey: Journey) -> Running {
        let rest = journey.rest_ms(journey.dispatch.playhead.now()).max(LEAST_JUMP_MS);
        let journey = Rc::new(journey);
        let ticks = (rest > JUMP_MS).then(|| {
            let journey = Rc::clone(&journey);
            let seconds = f64::from(JUMP_MS) / 1000.0;
            // The end is the timeout's.
            Interval::new(JUMP_MS, move || {
                let playhead = &journey.dispatch.playhead;
                let left = journey.leg.until.since(playhead.now()).as_secs_f64();
                playhead.move_on((seconds * journey.leg.rate).min(left * 0.999), journey.leg.until);
            })
        });
        let end = Timeout::new(rest, move || journey.dispatch.send(Intent::Pass(journey.leg.until)));
        Running::Jump { _ticks: ticks, _end: end }
    }
}

/// What the browser calls; here, so that it can ask to be called again.
type Callback = RefCell<Option<Closure<dyn FnMut(f64)>>>;

/// Animation frames, one after another, until `frame` says false or this is dropped.
struct Frames {
    id: Rc<Cell<Option<i32>>>,
    _callback: Rc<Callback>,
}

impl Frames {
    fn start(frame: impl Fn(f64) -> bool + 'static) -> Frames {
        let id = Rc::new(Cell::new(None));
        let callback = Rc::new(Callback::default());
        let (next_id, again) = (Rc::clone(&id), Rc::downgrade(&callback));
        let closure = Closure::new(move |time: f64| {
            next_id.set(None);
            if frame(time)
                && let Some(callback) = again.upgrade()
            {
                next_id.set(ask(callback.borrow().as_ref()));
            }
        });
        id.set(ask(Some(&closure)));
        callback.replace(Some(closure));
        Frames { id, _callback: callback }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.id.take(), web_sys::window()) {
            let _ = window.cancel_animation_frame(id);
        }
    }
}

fn ask(callback: Option<&Closure<dyn FnMut(f64)>>) -> Option<i32> {
    let callback = callback?.as_ref().unchecked_ref();
    web_sys::window()?.request_animation_frame(callback).ok()
}
