//! `cargo xtask bench`: the figures of `crates/bench`, natively and as WebAssembly under Node.

use crate::build::tools::{self, WASI};
use crate::error::{Error, Result};
use crate::process::{cargo, find, run, target_dir};

/// Builds the benchmark twice with the page's own profile, and runs it. A missed floor is its exit code 1.
pub(crate) fn run_all() -> Result<()> {
    tools::target(WASI)?;
    if find("node").is_none() {
        return Err(Error::Missing { tool: "node", install: "https://nodejs.org, version 20 or later" });
    }
    let build = ["build", "--quiet", "--release", "--package", "tcp-bench", "--target", WASI];
    run(cargo().args(build))?;
    let wasm = target_dir().join(WASI).join("release").join("tcp-bench.wasm");
    let bench = ["run", "--quiet", "--release", "--package", "tcp-bench", "--", "--wasm"];
    run(cargo().args(bench).arg(wasm))
}
