//! The scenes of this program.

use super::Scene;

/// The files, in the order of the menu.
const FILES: &[&str] = &[
    include_str!("../../scenes/three-segments.json"),
    include_str!("../../scenes/syn-dropped.json"),
    include_str!("../../scenes/synack-dropped.json"),
];

/// All scenes of this program, in the order of the menu.
pub fn built_in() -> Vec<Scene> {
    let scene = |file: &&str| Scene::from_json(file).expect("a test reads each file");
    FILES.iter().map(scene).collect()
}
