//! Tests that whoever has trunk and the locked wasm-bindgen on the PATH needs nothing else of xtask to build and serve
//! the page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use super::{Count, playwright};
use crate::error::{Error, Result};
use crate::process::{command, run, start_error, target_dir};
use crate::serve::is_serving;

/// Time that trunk may take to build, with all crates to compile, and to start serving.
const PATIENCE: Duration = Duration::from_secs(120);

/// Trunk with nothing set but the PATH.
fn trunk() -> Command {
    let mut trunk = command("trunk");
    // Trunk refuses the usual values of both.
    trunk.env_remove("RUST_LOG").env_remove("NO_COLOR");
    trunk
}

/// `trunk build` makes the same files as `cargo xtask build` made in `dist`: the same names, some of which are
/// checksums, and the same lengths. Contents are not compared, because the minifier of scripts assigns its short names
/// in any order.
pub(super) fn build(dist: &Path) -> Result<()> {
    let folder = target_dir().join("plain-build");
    run(trunk().args(["build", "--dist"]).arg(&folder))?;
    let (ours, plain) = (files(dist)?, files(&folder)?);
    match ours.symmetric_difference(&plain).next() {
        Some((name, _)) => Err(Error::Differs(name.clone())),
        None => Ok(()),
    }
}

/// `trunk serve` serves a page that starts.
pub(super) fn serve(browser: &Path, port: u16) -> Result<Count> {
    let folder = target_dir().join("plain-serve");
    let mut trunk = trunk();
    trunk.args(["serve", "--port", &port.to_string(), "--dist"]).arg(folder);
    let mut server = Server(trunk.spawn().map_err(|reason| start_error(&trunk, reason))?);
    let started = Instant::now();
    while is_serving(port).is_none() {
        if started.elapsed() > PATIENCE || server.0.try_wait().is_ok_and(|ended| ended.is_some()) {
            return Err(Error::Failed { command: "trunk serve".to_owned() });
        }
        thread::sleep(Duration::from_millis(100));
    }
    playwright(browser, &["smoke"], &[("TCP_STATES_URL", &format!("http://127.0.0.1:{port}/"))])
}

/// A server that is ended when this is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The name and the length of each file in a folder, which must not contain folders.
fn files(folder: &Path) -> Result<BTreeSet<(PathBuf, u64)>> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))?.flatten() {
        let length = entry.metadata().map_err(Error::file(&entry.path()))?.len();
        files.insert((PathBuf::from(entry.file_name()), length));
    }
    Ok(files)
}
