//! Drawing the page for the first time in several tasks: a browser answers nobody within one.

use super::page::{in_next_task, painted, ready};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// A part of the page that is drawn after the first task. Until then it stays as it was painted.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// The state machine, half of all elements.
    Machine,
    /// What is below it.
    Below,
}

/// The elements of each part, in the order of their turns.
const PARTS: [&str; 2] = [".machine", ".wire, .told, .firewall, .terminals"];

/// The parts as they were painted, before the program came.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Painted(Rc<[Vec<Element>; PARTS.len()]>);

impl Painted {
    /// As they are in the page now.
    pub(crate) fn found() -> Painted {
        Painted(Rc::new(PARTS.map(painted)))
    }
}

/// Whose turn it was already.
pub(crate) struct Turns {
    painted: Painted,
    turn: usize,
}

impl Turns {
    /// The part, drawn if it is its turn.
    pub(crate) fn draw(&self, part: Part, draw: impl FnOnce() -> Html) -> Html {
        let at = part as usize;
        match self.painted.0.get(at) {
            Some(elements) if at >= self.turn && !elements.is_empty() => {
                elements.iter().map(|element| Html::VRef(element.clone().into())).collect()
            }
            _ => draw(),
        }
    }
}

/// Gives each part its turn in a task of its own; then the page can be used.
#[hook]
pub(crate) fn use_turns(painted: &Painted) -> Turns {
    let turn = use_state(|| 0);
    let setter = turn.setter();
    use_effect_with(*turn, move |turn| {
        let next = *turn + 1;
        if next <= PARTS.len() { in_next_task(move || setter.set(next)) } else { ready() }
    });
    Turns { painted: painted.clone(), turn: *turn }
}
