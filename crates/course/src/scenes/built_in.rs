//! The scenes of this program.

use super::Scene;

/// The files, in the order of the menu.
const FILES: &[&str] = &[
    include_str!("../../scenes/three-segments.json"),
    include_str!("../../scenes/syn-dropped.json"),
    include_str!("../../scenes/synack-dropped.json"),
    include_str!("../../scenes/synack-dropped-by-receiver.json"),
    include_str!("../../scenes/ack-dropped.json"),
    include_str!("../../scenes/simultaneous-open.json"),
    include_str!("../../scenes/no-listener.json"),
    include_str!("../../scenes/hello-both-ways.json"),
    include_str!("../../scenes/data-lost.json"),
    include_str!("../../scenes/zero-window.json"),
    include_str!("../../scenes/whole-connection.json"),
    include_str!("../../scenes/four-segments.json"),
    include_str!("../../scenes/server-closes-first.json"),
    include_str!("../../scenes/half-close.json"),
    include_str!("../../scenes/close-at-once.json"),
    include_str!("../../scenes/fin-lost.json"),
    include_str!("../../scenes/time-wait.json"),
    include_str!("../../scenes/port-locked.json"),
    include_str!("../../scenes/wandering-segment.json"),
    include_str!("../../scenes/last-ack-lost.json"),
    include_str!("../../scenes/last-ack-lost-no-wait.json"),
    include_str!("../../scenes/ports-run-out.json"),
    include_str!("../../scenes/syn-lost.json"),
    include_str!("../../scenes/synack-lost.json"),
    include_str!("../../scenes/ack-lost.json"),
    include_str!("../../scenes/resets.json"),
    include_str!("../../scenes/syn-dropped-by-receiver.json"),
    include_str!("../../scenes/ack-dropped-by-receiver.json"),
    include_str!("../../scenes/reject.json"),
    include_str!("../../scenes/browser.json"),
    include_str!("../../scenes/close-wait.json"),
    include_str!("../../scenes/backlog-full.json"),
    include_str!("../../scenes/syn-flood.json"),
    include_str!("../../scenes/syn-flood-cookies.json"),
];

/// All scenes of this program, in the order of the menu.
pub fn built_in() -> Vec<Scene> {
    let scene = |file: &&str| Scene::from_json(file).expect("a test reads each file");
    FILES.iter().map(scene).collect()
}
