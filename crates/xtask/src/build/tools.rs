//! The tools that a build needs, installed if they are missing.

use std::fs;
use std::path::PathBuf;
use std::process::{self, Command};

use super::bindgen;
use crate::error::{Error, Result};
use crate::process::{cargo, command, find, output_of, run, tools_dir};

/// The last version that rustc 1.95 can build.
const TRUNK_VERSION: &str = "0.21.14";

/// The WebAssembly that Node runs without a page.
pub(crate) const WASI: &str = "wasm32-wasip1";

const WASM: &str = "wasm32-unknown-unknown";

/// Installs everything that a build of the page needs.
pub(crate) fn for_the_page() -> Result<()> {
    wasm_target()?;
    trunk()?;
    link_bindgen()
}

/// Installs the standard library for WebAssembly. rust-toolchain.toml names it, but rustup does not install it
/// everywhere (`RUSTUP_AUTO_INSTALL=0`).
pub(crate) fn wasm_target() -> Result<()> {
    target(WASM)
}

/// Installs the standard library for `target`.
pub(crate) fn target(target: &'static str) -> Result<()> {
    let installed = || {
        output_of(command("rustc").args(["--print", "target-libdir", "--target", target])).map(PathBuf::from)
    };
    if installed().is_some_and(|folder| folder.is_dir()) {
        return Ok(());
    }
    println!("installing the Rust target {target}");
    run(command("rustup").args(["target", "add", target])).map_err(|_| Error::MissingTarget(target))
}

/// Installs a component of the toolchain that `cargo` finds as `cargo-NAME`.
pub(crate) fn component(name: &str, install: &'static str) -> Result<()> {
    if output_of(cargo().args([name, "--version"])).is_some() {
        return Ok(());
    }
    let words: Vec<&str> = install.split(' ').collect();
    let (program, args) = words.split_first().map_or(("rustup", &[][..]), |(program, args)| (*program, args));
    println!("installing: {install}");
    run(command(program).args(args))
        .map_err(|_| Error::Missing { tool: "a component of the Rust toolchain", install })
}

/// Installs trunk in exactly this version: as a ready-made program where cargo-binstall is installed and finds one;
/// otherwise from source without optimisation, which is three times faster to build and as fast to use.
fn trunk() -> Result<()> {
    let found = output_of(command("trunk").arg("--version").env_remove("NO_COLOR"));
    if found.is_some_and(|line| line == format!("trunk {TRUNK_VERSION}")) {
        return Ok(());
    }
    println!("installing trunk {TRUNK_VERSION}, once for this machine (a few minutes if built from source)");
    if find("cargo-binstall").is_some() {
        let mut binstall = cargo();
        binstall.args(["binstall", "--no-confirm", "--disable-strategies", "compile"]);
        if run(binstall.arg(format!("trunk@{TRUNK_VERSION}"))).is_ok() {
            return Ok(());
        }
    }
    let mut install = cargo();
    install.args(["install", "--locked", "trunk", "--version", TRUNK_VERSION, "--debug"]);
    install.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
    run(&mut install).map_err(|_| Error::Missing {
        tool: "trunk",
        install: "cargo install --locked trunk --version 0.21.14",
    })
}

/// Links this very program where trunk looks for wasm-bindgen; see [`bindgen`].
///
/// A rename replaces the link of an older build in one step, even while another build is using it.
pub(crate) fn link_bindgen() -> Result<()> {
    let folder = tools_dir();
    let suffix = std::env::consts::EXE_SUFFIX;
    let link = folder.join(format!("{}{suffix}", bindgen::NAME));
    let fresh = folder.join(format!("{}-{}{suffix}", bindgen::NAME, process::id()));
    let here = std::env::current_exe().map_err(Error::file(&link))?;
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    fs::hard_link(&here, &fresh)
        .or_else(|_| fs::copy(&here, &fresh).map(|_| ()))
        .and_then(|()| fs::rename(&fresh, &link))
        .map_err(Error::file(&link))?;
    // If both names were already the same file, rename leaves the first one.
    let _ = fs::remove_file(&fresh);
    Ok(())
}

/// Trunk, printing only warnings and errors, and free of settings meant for other programs.
pub(crate) fn trunk_command() -> Command {
    let mut trunk = command("trunk");
    trunk.arg("--quiet").env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads both in its own way, and refuses their usual values.
    trunk.env_remove("RUST_LOG").env_remove("NO_COLOR");
    trunk
}
