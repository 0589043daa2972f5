//! The command `tcp-states scenes`, and scenes where other commands take a file.

use std::fmt::Write as _;
use std::path::Path;
use tcp_course::scenes::{Scene, built_in};
use tcp_oracle::{Problem, Trace};

/// The scenes of this program, one a line: id, title, and what it shows.
pub fn list() -> String {
    let mut text = String::new();
    for scene in built_in() {
        let (title, shows) = (scene.title.in_language("en"), scene.shows.in_language("en"));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:27} {title}: {shows}", scene.id);
    }
    text
}

/// Reads a recording, a trace or a scene; instead of a file, the id of a scene of this program will do.
pub(crate) fn read(file: &Path) -> Result<Trace, Problem> {
    let built_in = || built_in().into_iter().find(|scene| Path::new(&scene.id) == file);
    let scene = if file.exists() {
        std::fs::read_to_string(file).ok().and_then(|text| Scene::from_json(&text).ok())
    } else {
        built_in()
    };
    match scene {
        Some(scene) => Trace::from_text(file, &scene.recording.to_json()),
        None => Trace::read(file),
    }
}
