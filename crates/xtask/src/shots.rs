//! `cargo xtask shots`: screenshots of the page for people to look at.

use crate::browser;
use crate::build;
use crate::error::Result;
use crate::process::run as run_command;

/// Builds, and writes screenshots of several sizes and colour schemes into tests/browser/shots/.
pub(crate) fn run() -> Result<()> {
    let folder = build::build()?;
    browser::npm_packages(&browser::folder())?;
    let program = browser::program()?;
    run_command(browser::node(&program, &folder).arg("shots.mjs"))
}
