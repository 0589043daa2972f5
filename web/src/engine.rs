//! What moves a session: fetched when it is first needed.
//!
//! The page's first view is a session in which a server listens. To *move* it takes the shell's language, the tools
//! and the engine's events, half of the program. They are a WebAssembly module of their own, which shares the memory
//! of the first: `cargo xtask build` splits off what is reached from [`fetch`] alone.

use tcp_course::{Action, Session};
use tcp_shell::{Completion, Instant, Lab, ProfileName, TerminalId};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// The calls that move a session, or that only the engine can answer. What is called past this table stands in the
/// first module.
#[derive(Debug)]
pub(crate) struct Engine {
    /// See [`Session::act`].
    pub act: fn(&mut Session, TerminalId, Action),
    /// See [`Session::advance_to`].
    pub advance_to: fn(&mut Session, Instant),
    /// See [`Session::step`].
    pub step: fn(&mut Session) -> bool,
    /// See [`Session::step_back`].
    pub step_back: fn(&mut Session) -> bool,
    /// See [`Session::under`].
    pub under: fn(&Session, ProfileName) -> Session,
    /// See [`Lab::complete`].
    pub complete: fn(&Lab, TerminalId, &str) -> Completion,
    /// See [`tcp_course::digest_of`].
    pub digest_of: fn(&str) -> String,
}

/// The engine, fetched unless it is there already. [`SplitLoaderError`] if that failed; asking again tries again.
#[wasm_split(engine, fallible)]
pub(crate) fn fetch() -> Result<&'static Engine, SplitLoaderError> {
    static ENGINE: Engine = Engine {
        act: Session::act,
        advance_to: Session::advance_to,
        step: Session::step,
        step_back: Session::step_back,
        under: Session::under,
        complete: Lab::complete,
        digest_of: |recording| tcp_course::digest_of(recording).unwrap_or_else(|error| error.to_string()),
    };
    Ok(&ENGINE)
}
