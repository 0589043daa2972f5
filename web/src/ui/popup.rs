//! What opens over the page, and closes at a press anywhere else. It is drawn as it opens: neither a page that begins nor
//! a fact draws what nobody sees.

use crate::hooks::{fold, is_open, use_opens};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct PopupProps {
    pub id: AttrValue,
    pub class: &'static str,
    /// What it is called.
    pub label: AttrValue,
    /// What is in it.
    pub draw: Callback<(), Html>,
    /// It keeps what was typed into it while it is closed; what was unfolded is folded again.
    #[prop_or_default]
    pub keeps: bool,
    /// It was opened, or closed.
    #[prop_or_default]
    pub ontoggle: Callback<bool>,
}

/// A popover, which the browser opens and closes.
#[component]
pub(crate) fn Popup(props: &PopupProps) -> Html {
    let PopupProps { id, class, label, draw, keeps, ontoggle } = props;
    // Natively nothing opens, and all of it is looked at.
    let drawn = use_state_eq(|| cfg!(test));
    let node = {
        let drawn = drawn.setter();
        use_opens(Callback::from(move |()| drawn.set(true)))
    };
    let ontoggle = {
        let (drawn, toggled, keeps) = (drawn.setter(), ontoggle.clone(), *keeps);
        Callback::from(move |event: Event| {
            let open = is_open(&event);
            match (open, keeps) {
                (true, _) => {}
                (false, true) => fold(&event),
                (false, false) => drawn.set(false),
            }
            toggled.emit(open);
        })
    };
    html! {
        <div popover="auto" {id} class={*class} role="dialog" aria-label={label} ref={node} {ontoggle}>
            if *drawn { { draw.emit(()) } }
        </div>
    }
}
