//! What the page is: the lab, or a puzzle, from which the lab is opened when it is over.

use crate::app::{App, Begun};
use crate::hooks::{be_lab, focus, in_next_task, query};
use crate::ui::SeatPage;
use tcp_course::Session;
use tcp_lessons::puzzle::Level;
use tcp_scene::address::parse;
use yew::prelude::*;

/// What the address asks for.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Asked {
    what: What,
}

#[derive(Clone, PartialEq)]
enum What {
    Lab(Begun),
    Puzzle { level: Level, seed: u64 },
}

impl Asked {
    /// As the address has it.
    pub(crate) fn read() -> Asked {
        let address = parse(&query()).0;
        let level = address.level.as_deref().and_then(Level::of).unwrap_or(Level::Pair);
        let what = match address.puzzle {
            Some(seed) => What::Puzzle { level, seed },
            None => What::Lab(Begun::new()),
        };
        Asked { what }
    }
}

/// The page.
#[component]
pub(crate) fn Root(props: &Asked) -> Html {
    let what = use_state(|| props.what.clone());
    let on_lab = {
        let what = what.setter();
        Callback::from(move |session: Session| {
            be_lab();
            what.set(What::Lab(Begun::with(session)));
            in_next_task(|| focus("main"));
        })
    };
    match &*what {
        What::Lab(begun) => html! { <App ..begun.clone() /> },
        What::Puzzle { level, seed } => html! { <SeatPage level={*level} seed={*seed} {on_lab} /> },
    }
}
