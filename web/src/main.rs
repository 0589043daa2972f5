//! The page.

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <h1>{ "tcp-states" }</h1> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
