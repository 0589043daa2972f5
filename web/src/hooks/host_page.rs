//! The page around the lab, if the lab is in a frame: what it asks for becomes intents, and it hears what happens here.
//! [`tcp_scene::embed`] decides what is heard, and `docs/messages.md` describes it.

use super::Dispatch;
use crate::store::{Intent, Shown};
use crate::text::{say, whole};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Date, JsString, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tcp_course::Link;
use tcp_course::scenes::built_in;
use tcp_scene::embed::{Ear, Field, Heard, Heights, LONGEST, MARK, Refusal, Request, Said, VERSION};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MessageEvent, ResizeObserver, Window};
use yew::prelude::*;

/// Milliseconds in which changes of the height become one.
const GATHERS_MS: u32 = 50;

/// Talks with the host page, if there is one.
#[hook]
pub(crate) fn use_host_page(shown: &Shown, dispatch: &Dispatch) {
    let holder = use_mut_ref(|| None::<Rc<Talk>>);
    let (begun, first, dispatch) = (Rc::clone(&holder), shown.clone(), dispatch.clone());
    use_effect_with((), move |()| {
        let talk = Talk::begin(first, dispatch).map(Rc::new);
        let listening = talk.as_ref().and_then(listen);
        begun.replace(talk);
        move || drop(listening)
    });
    use_effect_with(shown.clone(), move |shown| {
        if let Some(talk) = holder.borrow().as_ref() {
            talk.look(shown);
        }
    });
}

/// A conversation.
struct Talk {
    host: Window,
    ear: RefCell<Ear>,
    dispatch: Dispatch,
    shown: RefCell<Shown>,
    /// The states that were said last.
    states: Cell<Option<[&'static str; 2]>>,
    /// The scene and the number of the pause that were said last.
    pause: RefCell<Option<(Rc<str>, usize)>>,
    heights: RefCell<Heights>,
    /// The height is about to be measured.
    gathers: RefCell<Option<Timeout>>,
    /// The clock stands only because the slide is not shown.
    slid: Cell<bool>,
}

impl Talk {
    /// Says that the lab is ready; `None` if it is not in a frame.
    fn begin(shown: Shown, dispatch: Dispatch) -> Option<Talk> {
        let window = web_sys::window()?;
        let host = window.parent().ok().flatten().filter(|parent| *parent != window)?;
        let mut chance = [0; 16];
        window.crypto().ok()?.get_random_values_with_u8_array(&mut chance).ok()?;
        let nonce = chance.iter().map(|octet| format!("{octet:02x}")).collect();
        let talk = Talk {
            host,
            ear: RefCell::new(Ear::new(nonce)),
            dispatch,
            shown: RefCell::new(shown),
            states: Cell::default(),
            pause: RefCell::default(),
            heights: RefCell::default(),
            gathers: RefCell::default(),
            slid: Cell::default(),
        };
        talk.say(Said::Ready, Field::Absent);
        talk.measure();
        Some(talk)
    }

    fn hear(&self, event: &MessageEvent) {
        let (message, source, host): (_, _, &JsValue) = (event.data(), event.source(), self.host.as_ref());
        let from_host = source.is_some_and(|source| JsValue::from(source) == *host);
        let fields = |name: &str| field(&Reflect::get(&message, &name.into()).unwrap_or_default());
        let mut ear = self.ear.borrow_mut();
        let heard = ear.hear(from_host, &event.origin(), Date::now(), &field(&message), &fields);
        drop(ear);
        match heard {
            None => {}
            Some(Heard::Slide { shown }) => self.slide(shown),
            Some(Heard::Request { id, request }) => {
                let answer = request.and_then(|request| self.pass_on(request)).unwrap_or_else(Said::Refused);
                if id != Field::Absent || answer != Said::Passed {
                    self.say(answer, id);
                }
            }
        }
    }

    /// Does what the button does.
    fn pass_on(&self, request: Request) -> Result<Said, Refusal> {
        let send = |intent| self.send(intent);
        match request {
            Request::Load(id) => {
                let scene = built_in().into_iter().find(|scene| scene.id == id);
                let scene = scene.ok_or_else(|| Refusal::no_scene(&id))?;
                send(Intent::Decline);
                send(Intent::Play(Rc::new(scene)));
            }
            Request::SetSession(link) => {
                Link::from_text(&link).map_err(Refusal::Session)?;
                send(Intent::Arrive(link));
            }
            Request::GetSession => {
                let link = self.dispatch.share().link.map_err(Refusal::Session)?;
                return Ok(Said::Session(format!("#{link}")));
            }
            Request::Play => _ = self.run(true),
            Request::Pause => {
                self.slid.set(false);
                self.run(false);
            }
            Request::Step => send(Intent::Step),
            Request::Seek(to) => send(Intent::GoTo(to)),
            Request::Undo => send(Intent::Undo),
            Request::Reset => send(Intent::Reset),
        }
        Ok(Said::Passed)
    }

    fn send(&self, intent: Intent) {
        self.dispatch.send(Intent::ByHostPage(Box::new(intent)));
    }

    /// Lets the clock go or stand. True if it did the other before.
    fn run(&self, goes: bool) -> bool {
        let shown = self.shown.borrow();
        // At a pause of a scene it stands, whatever else.
        let waits = shown.play.as_ref().is_some_and(|play| play.waits && !play.goes_on);
        let changes = goes != (shown.playing && !waits);
        drop(shown);
        if changes {
            self.send(Intent::PlayOrPause);
        }
        changes
    }

    fn slide(&self, shown: bool) {
        if !shown {
            self.slid.set(self.run(false) || self.slid.get());
        } else if self.slid.take() {
            self.run(true);
        }
    }

    /// Says what is new.
    fn look(&self, shown: &Shown) {
        self.shown.replace(shown.clone());
        let at = shown.scene.now;
        let states = shown.scene.hosts.each_ref().map(|host| host.badge.node.node().label());
        if self.states.replace(Some(states)) != Some(states) {
            self.say(Said::State { states, at }, Field::Absent);
        }
        let waiting = shown.play.as_ref().filter(|play| play.waits);
        let pause = waiting.map(|play| (Rc::clone(&play.id), play.progress.0));
        if self.pause.replace(pause.clone()) == pause {
            return;
        }
        if let Some(play) = waiting {
            let (scene, (number, of)) = (play.id.to_string(), play.progress);
            let caption = play.caption.as_ref().map(|text| say(text).to_string());
            let caption = caption.unwrap_or_default();
            let pause = Said::Pause { scene: scene.clone(), number: [number, of], caption, at };
            self.say(pause, Field::Absent);
            if number == of {
                self.say(Said::Done { scene, at }, Field::Absent);
            }
        }
    }

    fn say(&self, said: Said, id: Field) {
        let ear = self.ear.borrow();
        let message = Object::new();
        let fixed = [
            (MARK, Field::Number(VERSION)),
            ("type", Field::Text(said.kind().to_owned())),
            ("nonce", Field::Text(ear.nonce().to_owned())),
            ("id", id),
        ];
        for (name, field) in fixed.into_iter().chain(said.fields()) {
            let value = match field {
                Field::Number(number) => number.into(),
                Field::Text(text) => text.into(),
                Field::Absent | Field::Other => continue,
            };
            // A fresh object refuses nothing.
            let _ = Reflect::set(&message, &name.into(), &value);
        }
        // Refused only for a target that is no origin.
        let _ = self.host.post_message(&message, ear.target());
    }

    /// Says how high the content is. Nothing of it is seen where it has no height, and while it is presented its height is
    /// the frame's.
    fn measure(&self) {
        let Some(rect) = root().map(|root| root.get_bounding_client_rect()) else { return };
        let size = [rect.width(), rect.height()].map(|length| whole(length.ceil()));
        let [_, height] = size;
        let hidden = height == 0 || self.shown.borrow().present.is_on();
        if !hidden && self.heights.borrow_mut().is_news(size, Date::now()) {
            self.say(Said::Height(height), Field::Absent);
            // The same for Canvas, which reads a text.
            let canvas = format!(r#"{{"subject":"lti.frameResize","height":{height}}}"#);
            let _ = self.host.post_message(&canvas.into(), self.ear.borrow().target());
        }
    }
}

/// Hears the host page and watches the height, until dropped.
fn listen(talk: &Rc<Talk>) -> Option<(EventListener, Watching)> {
    let hears = Rc::clone(talk);
    let window = web_sys::window()?;
    let hears = EventListener::new(&window, "message", move |event| hears.hear(event.unchecked_ref()));
    let talk = Rc::clone(talk);
    let changes = Closure::new(move || {
        let measures = Rc::downgrade(&talk);
        let timeout = Timeout::new(GATHERS_MS, move || {
            if let Some(talk) = measures.upgrade() {
                talk.gathers.take();
                talk.measure();
            }
        });
        talk.gathers.borrow_mut().get_or_insert(timeout);
    });
    let observer = ResizeObserver::new(changes.as_ref().unchecked_ref()).ok()?;
    observer.observe(&root()?);
    Some((hears, Watching { observer, _changes: changes }))
}

/// What watches the height.
struct Watching {
    observer: ResizeObserver,
    _changes: Closure<dyn FnMut()>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The root element, which is as high as what is in it.
fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

/// What can be used of a value. A text that is too long is not even copied.
fn field(value: &JsValue) -> Field {
    let length = value.dyn_ref::<JsString>().map(JsString::length);
    match (value.as_f64(), length) {
        _ if value.is_undefined() => Field::Absent,
        (Some(number), _) => Field::Number(number),
        (_, Some(length)) if usize::try_from(length).is_ok_and(|length| length <= LONGEST) => {
            Field::Text(value.as_string().unwrap_or_default())
        }
        _ => Field::Other,
    }
}
