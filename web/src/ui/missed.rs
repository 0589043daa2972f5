//! What a reader is told whose engine has not come.

use crate::hooks::{Dispatch, fetch};
use crate::text;
use yew::prelude::*;

/// The news, and a way to try again.
pub(crate) fn missed(dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| fetch(&dispatch));
    html! {
        <p class="missed" role="alert">
            { text::MISSED }{ " " }
            <button type="button" {onclick}>{ text::TRY_AGAIN }</button>
        </p>
    }
}
