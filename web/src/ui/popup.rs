//! What opens over the page, and closes at a press anywhere else. It is drawn as it opens: neither a page that begins nor
//! a fact draws what nobody sees.

use crate::hooks::{fold, is_open, put_beside_its_button, use_opens};
use web_sys::Element;
use yew::prelude::*;

/// Where a popover opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Where its styles say.
    #[default]
    Nothing,
    /// Below the button that opens it, or above, wherever there is more room.
    ItsButton,
}

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
    /// Where it opens.
    #[prop_or_default]
    pub beside: Beside,
    /// It was opened, or closed.
    #[prop_or_default]
    pub ontoggle: Callback<bool>,
}

/// A popover, which the browser opens and closes.
#[component]
pub(crate) fn Popup(props: &PopupProps) -> Html {
    let PopupProps { id, class, label, draw, keeps, beside, ontoggle } = props;
    // Natively nothing opens, and all of it is looked at.
    let drawn = use_state_eq(|| cfg!(test));
    let node = {
        let drawn = drawn.setter();
        let beside = *beside;
        use_opens(Callback::from(move |popover: Element| {
            if beside == Beside::ItsButton {
                put_beside_its_button(&popover);
            }
            drawn.set(true);
        }))
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
