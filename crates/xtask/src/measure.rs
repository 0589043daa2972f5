//! `cargo xtask measure`: what the page weighs, how soon it is painted and usable on a slow phone, and how quickly it works
//! from then on.

mod lighthouse;
mod speed;
mod weight;

use crate::browser;
use crate::dist;
use crate::error::{Error, Result};

/// Builds and measures. Fails if a limit is exceeded.
pub(crate) fn run() -> Result<()> {
    let site = dist::build()?;
    let light = weight::run(&site)?;
    browser::npm_packages(&lighthouse::folder())?;
    let program = browser::program()?;
    let quick = lighthouse::run(&program, &site)?;
    browser::npm_packages(&browser::folder())?;
    let lively = speed::run(&program, &site)?;
    if light && quick && lively { Ok(()) } else { Err(Error::Limit) }
}

/// Prints a limit and whether it was kept, and returns the latter.
fn verdict(what: &str, kept: bool) -> bool {
    println!("{what:<64} {}", if kept { "kept" } else { "NOT KEPT" });
    kept
}
