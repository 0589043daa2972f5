//! Icons, drawn on a grid of twenty units.

use yew::prelude::*;

/// An arrow that turns back to its start.
pub(crate) const RESET: &str = "M4.2 10a5.8 5.8 0 1 0 2-4.4M3.6 3.2v3.9h3.9";
/// An arrow that bends back to the left.
pub(crate) const UNDO: &str = "M7.5 4 4 7.5 7.5 11M4.5 7.5h7a4.25 4.25 0 0 1 0 8.5H7.5";
/// An arrow that bends back to the right.
pub(crate) const REDO: &str = "M12.5 4 16 7.5 12.5 11M15.5 7.5h-7a4.25 4.25 0 0 0 0 8.5H12.5";
/// A bar and a triangle to the left.
pub(crate) const STEP_BACK: &str = "M15 5v10l-7-5zM5.5 5v10";
/// A triangle to the right.
pub(crate) const PLAY: &str = "M6.5 4.2v11.6L15.5 10z";
/// Two bars.
pub(crate) const PAUSE: &str = "M7 4.5v11M13 4.5v11";
/// A triangle to the right and a bar.
pub(crate) const STEP: &str = "M5 5v10l7-5zM14.5 5v10";
/// Two triangles to the right and a bar.
pub(crate) const SKIP: &str = "M3 5v10l6-5zM9 5v10l6-5zM17 5v10";
/// A screen on a stand.
pub(crate) const PRESENT: &str = "M3 4h14v9H3zM10 13v3M6.500 16.500h7";
/// An arrow that leaves a tray.
pub(crate) const SHARE: &str = "M10 12.500V3M6.500 6L10 2.800 13.500 6M4.500 9.500v7h11v-7";
/// Three sliders.
pub(crate) const SETTINGS: &str =
    "M3 5.5h6m4 0h4M3 10h1.5m4 0H17M3 14.5h7m4 0h3M11 3.5v4M6.500 8v4M12 12.500v4";

/// An icon; what it stands for is said by the button around it.
pub(crate) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d={path} /></svg>
    }
}
