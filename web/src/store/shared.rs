//! Sessions that come and go as links: what is shared, what was shared and waits, and what is kept over a reload.

use super::asked::unknown;
use super::play::Beside;
use super::{Present, SEED, Store};
use crate::settings::Settings;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_course::{Fidelity, Link, LinkError, Recording, Session};
use tcp_scene::Look;
use tcp_scene::address::{Address, Wrong};
use tcp_scene::export::{Export, Refusal};
use tcp_scene::words::Sharing;
use tcp_shell::TerminalId;
use yew::AttrValue;

/// A session at a moment, to be shared.
pub(crate) struct Shared {
    /// The moment.
    pub at: Instant,
    /// It is not the page as it begins.
    pub done: bool,
    /// What was done.
    pub recording: Recording,
    /// The link, without its `#`.
    pub link: Result<String, LinkError>,
}

impl Store {
    /// The page of an address, which also has this behind its `#`. If `kept` is a link, the page was reloaded, and goes
    /// on where it was.
    pub(crate) fn visited(
        settings: Settings,
        (mut address, mut wrong): (Address, Vec<Wrong>),
        fragment: &str,
        kept: Option<&str>,
    ) -> Store {
        wrong.extend(unknown(&mut address));
        let mut store = Store::with_seed(settings, address.seed.unwrap_or(SEED));
        let kept = kept.and_then(|kept| Link::from_text(kept).ok());
        store.reloaded = kept.is_some();
        match (address.scene, kept) {
            // The lines of a scene that nobody changed are known: only its place was kept.
            (Some(scene), Some(kept)) if scene.recording.steps == kept.recording.steps => {
                store.settings.profile = kept.recording.profile;
                store.open(scene);
                store.seek_place(kept.moment.at);
            }
            (_, Some(kept)) => store.begin(kept.resume()),
            (scene, None) => {
                store.arrive(fragment);
                scene.into_iter().for_each(|scene| store.open(scene));
                wrong.extend(address.pause.filter(|at| !store.seek_pause(*at)).map(Wrong::Pause));
            }
        }
        store.auto = address.autoplay;
        store.look.view = address.view.unwrap_or_default();
        store.look.trails = store.settings.shows_trails();
        address.terminal.into_iter().for_each(|terminal| store.front.used(terminal));
        store.network = address.terminal == Some(TerminalId::Network);
        store.present = if address.present { Present::On } else { Present::Off };
        store.locks = address.locks;
        store.title = address.title.map(AttrValue::from);
        if !wrong.is_empty() {
            store.notices.push(Sharing::Ignored(wrong));
        }
        store
    }

    /// The page of a session.
    pub(crate) fn of(settings: Settings, session: Session) -> Store {
        let mut store = Store::with_seed(settings, SEED);
        store.begin((session, Fidelity::Same));
        store.look.trails = store.settings.shows_trails();
        store
    }

    /// Reads what is behind the `#` of the address: a session waits to be played, or there is something to say.
    pub(super) fn arrive(&mut self, fragment: &str) {
        self.notices.clear();
        self.offered = None;
        // The last two lead to parts of the page.
        if !matches!(fragment, "" | "#" | "#main" | "#terminals") {
            match Link::from_text(fragment) {
                Ok(link) => self.offered = Some(Rc::new(link)),
                Err(error) => self.notices.push(Sharing::Problem(error)),
            }
        }
    }

    /// What can be shared when the playhead is at this moment.
    pub(crate) fn share(&self, at: Instant) -> Shared {
        let link = Link::at(&self.session, at);
        // A way or a scene may begin otherwise than the page.
        let begins_otherwise = link.recording.steps != Session::page_steps();
        let done = link.end > Instant::START || link.recording.steps.len() > link.before || begins_otherwise;
        Shared { at: link.moment.at, done, link: link.to_text(), recording: link.recording }
    }

    /// What is saved of the session as it is at its last event, or why not.
    pub(crate) fn export(&self, export: Export) -> Result<Vec<u8>, Refusal> {
        export.of(&self.session, &self.look, crate::text::language())
    }

    /// Plays what was shared, up to its moment.
    pub(super) fn play_offered(&mut self) {
        if let Some(link) = self.offered.take() {
            self.begin(link.open());
        }
    }

    fn begin(&mut self, (session, fidelity): (Session, Fidelity)) {
        self.settings.profile = session.recording().profile;
        drop(self.exchange(session));
        let look = Look { trails: self.settings.shows_trails(), ..Look::default() };
        (self.look, self.part, self.due) = (look, None, None);
        self.beside = Beside::default();
        self.run = None;
        // What was shared is looked at before it goes on.
        (self.playing, self.looks_back) = (false, false);
        self.measure();
        if fidelity != Fidelity::Same {
            self.notices.push(Sharing::Differs(fidelity));
        }
    }
}

#[cfg(test)]
mod tests;
