//! The page: what [`tcp_scene`] says is visible, drawn with Yew, and what a person does, entered into the
//! [`tcp_shell`] session.
//!
//! Data goes one way: a click or a key is a [`store::Intent`]; the store moves the session; the scene is computed
//! again; the views draw it. Between two facts only the playhead moves, and what depends on it is written
//! straight to the elements (`hooks::frame`), past the virtual DOM.

mod app;
mod hooks;
mod playhead;
mod root;
mod seat;
mod settings;
mod store;
mod text;
mod ui;

// The session begins in one task and is drawn in the next: a browser answers nobody within a task.
fn main() {
    if let Some(root) = hooks::root() {
        let begun = root::Asked::read();
        hooks::in_next_task(move || {
            yew::Renderer::<root::Root>::with_root_and_props(root, begun).render();
        });
    }
}
