//! Recordings: timed lines, as JSON (DESIGN §5).

/// A recording: what was set up and what was typed when.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The steps in the order of time.
    pub steps: Vec<Step>,
}

/// One timed line.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub t_ms: f64,
    /// What.
    pub action: StepAction,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepAction {}

/// Why a recording cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {}
