//! What is visible at a moment, as plain data: from a lab to a [`Scene`], without a browser.

pub mod address;
mod assemble;
mod between;
mod closed;
pub mod craft;
mod decided;
pub mod diagram;
mod differs;
mod drops;
pub mod embed;
pub mod export;
mod firewall;
mod ground;
mod hints;
mod inspect;
pub mod ladder;
mod measure;
mod model;
pub mod names;
mod notes;
pub mod pace;
pub mod pairs;
mod panel;
mod piece;
mod report;
mod rules;
mod seat;
pub mod shape;
pub mod shows;
mod sight;
mod stray;
mod subject;
pub mod timebar;
mod transcript;
mod verdict;
mod why;
mod wire;
pub mod words;

pub use assemble::scene;
pub use between::{scene_between, stops};
pub use decided::{deciding, fact_line};
pub use model::*;
pub use seat::seat;
pub use transcript::Transcript;

#[cfg(test)]
mod tests;
