//! One hook for each outside thing. Each owns what it took: dropping the component gives it back.

mod address;
mod autoplay;
mod beside;
mod clock;
mod context;
mod drag;
mod frame;
mod host_page;
mod keys;
mod learn;
mod lessons;
mod page;
mod picture;
mod present;
mod puzzle;
mod reload;
mod room;
mod scroll;
mod stops;
mod storage;
mod turns;
mod typing;

pub(crate) use address::{base, fragment, query, shareable, use_fragment};
pub(crate) use autoplay::use_autoplay;
pub(crate) use beside::put_beside_its_button;
pub(crate) use clock::use_clock;
pub(crate) use context::{Dispatch, use_dispatch, use_playhead, use_shown};
pub(crate) use drag::{Drag, use_drag};
pub(crate) use frame::{Spot, use_moves, use_moving, use_places};
pub(crate) use host_page::use_host_page;
pub(crate) use keys::{Key, use_keys};
pub(crate) use learn::{
    asks_for_list, recall_journal, take_lesson, take_lesson_then, use_asked, use_journal,
};
pub(crate) use page::{
    chosen, click, close, copy, dress, focus, focus_in_place, focus_on, fold, full_screen, in_next_task,
    is_open, is_tight, is_unfolded, make_room, near, read_file, ready, root, save, scroll_to, selects,
    use_dialog, use_focus, use_focus_inside, use_late_dialog, use_modal, use_opens, use_reduced_motion,
    use_view, use_visible,
};
pub(crate) use picture::save_picture;
pub(crate) use present::use_present;
pub(crate) use puzzle::{
    Ticks, be_lab, kept_puzzle, lab_link, lessons_link, puzzle_link, shared_puzzle, show_seat, today,
    use_kept_puzzle, use_large, use_seat_settings,
};
pub(crate) use reload::{kept, use_kept, use_kept_lesson};
pub(crate) use room::{Room, use_fitting, use_room};
pub(crate) use scroll::{use_end_followed, use_end_in_view, use_middle_in_view, use_part_in_view};
pub(crate) use stops::{focus_stop, stop_at, use_stops};
pub(crate) use storage::{keeps, recall, use_settings};
pub(crate) use turns::{Painted, Part, Turns, use_turns};
