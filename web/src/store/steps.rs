//! Step by step: the facts of one event are seen one after the other.

use super::Store;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::FactId;
use tcp_scene::pace::{Leg, Pace, Passing};
use tcp_scene::{Scene, scene_between, stops};

/// An event of which not all facts are seen yet.
pub(super) struct Part {
    /// What was visible before it.
    before: Rc<Scene>,
    /// Its first fact.
    from: FactId,
    /// The facts to stop at, before all is seen.
    stops: Vec<FactId>,
    /// The stop at which it is seen.
    at: usize,
}

impl Store {
    /// The clock stops at each fact.
    pub(super) fn goes_by_steps(&self) -> bool {
        self.settings.pace == Pace::Steps
    }

    /// What is visible now.
    pub(super) fn scene(&self) -> Scene {
        let (lab, look) = (self.session.lab(), &self.look);
        match &self.part {
            Some(Part { before, from, stops, at }) => scene_between(before, lab, look, *from, stops[*at]),
            None => tcp_scene::scene(lab, look),
        }
    }

    /// The way to the next fact of an event that is half seen takes no time.
    pub(super) fn way_on(&self) -> Option<Leg> {
        self.part.as_ref().map(|_| Leg { until: self.session.lab().now(), rate: 1.0, what: Passing::Waiting })
    }

    /// Lets time pass up to a moment, but not beyond the next fact.
    pub(super) fn pass_one_fact(&mut self, to: Instant) {
        if self.part.is_some() || self.session.next_event().is_some_and(|at| at <= to) {
            self.playing = false;
            self.next_fact();
        } else {
            super::passage::pass(&mut self.session, to);
        }
    }

    /// To the next fact.
    pub(super) fn next_fact(&mut self) {
        match &mut self.part {
            Some(part) => {
                part.at += 1;
                if part.at == part.stops.len() {
                    self.part = None;
                }
            }
            None => self.in_parts(|store| _ = store.session.step()),
        }
    }

    /// To the fact before.
    pub(super) fn previous_fact(&mut self) {
        match &mut self.part {
            Some(Part { at: 0, .. }) => {
                self.part = None;
                self.session.step_back();
            }
            Some(part) => part.at -= 1,
            None if self.session.step_back() => {
                self.in_parts(|store| _ = store.session.step());
                match &mut self.part {
                    Some(part) => part.at = part.stops.len() - 1,
                    None => _ = self.session.step_back(),
                }
            }
            None => {}
        }
    }

    /// Does something, and stops at the first of its facts.
    pub(super) fn in_parts(&mut self, act: impl FnOnce(&mut Store)) {
        let before = Rc::new(self.scene());
        let from = FactId(u32::try_from(self.session.lab().world().log().len()).unwrap_or(u32::MAX));
        act(self);
        let stops = stops(self.session.lab().world(), from);
        self.part = (!stops.is_empty()).then_some(Part { before, from, stops, at: 0 });
    }
}
