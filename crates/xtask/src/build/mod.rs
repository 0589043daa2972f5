//! How index.html and web/ become a page.
//!
//! ```text
//!  web/src, crates/*/src ──(cargo)──▶ tcp-web.wasm ──(wasm-bindgen)──▶ tcp-web_bg.wasm, tcp-web.js ──┐
//!                                                                     names with checksums, minified │
//!  index.html ◀── web/styles/*.css, web/assets/start.html, web/start.js: inlined, minified ──────────┤
//!                                                                                                    ▼
//!  dist/ ◀──(post-build hook: seal)── styles of what comes later in a file, policy of what is inline ◀── index.html
//! ```
//!
//! Trunk runs the chain, as Trunk.toml and the links in index.html say. Whoever has trunk can run `trunk build` and
//! `trunk serve` with nothing of this module but the hook, which trunk itself calls. This module adds:
//! - [`tools`] installs what is missing: trunk and the WebAssembly target.
//! - [`bindgen`] is the wasm-bindgen tool, in the version of the lock file; trunk takes the one on the PATH.
//! - [`seal`] is the hook; [`tag`] finds tags for it.

pub(crate) mod bindgen;
pub(crate) mod seal;
pub(crate) mod tag;
pub(crate) mod tools;

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::process::{root, run};

/// The folder of a finished build.
pub(crate) fn folder() -> PathBuf {
    root().join("dist")
}

/// Installs what is missing, and builds into [`folder`], which it returns.
pub(crate) fn build() -> Result<PathBuf> {
    tools::for_the_page()?;
    let folder = folder();
    build_into(&folder)?;
    Ok(folder)
}

/// Builds the release into `folder`. The tools must be installed.
pub(crate) fn build_into(folder: &Path) -> Result<()> {
    run(tools::trunk_command().args(["build", "--release", "--dist"]).arg(folder))
}
