//! The page as it goes to a web server.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::process::{root, run};
use crate::tools;

/// Where a finished build stands.
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

/// Builds the release into that folder. The tools must be there.
pub(crate) fn build_into(folder: &Path) -> Result<()> {
    run(tools::trunk_command().args(["build", "--release", "--dist"]).arg(folder))
}
