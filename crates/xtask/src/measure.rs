//! `cargo xtask measure`: what the page weighs on its way to a reader.

use crate::dist;
use crate::error::{Error, Result};
use crate::process::{command, find, output_of, root};

/// Bytes of brotli over which the measurement fails.
const LIMIT: u64 = 200_000;

/// What is aimed at, and what it shall then never exceed.
const GOALS: [(&str, u64); 3] = [("limit now", LIMIT), ("never over, later", 150_000), ("goal", 90_000)];

/// One file of the build, in bytes.
struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Builds, weighs every file, and fails when the sum is over [`LIMIT`].
pub(crate) fn run() -> Result<()> {
    let mut weights = weigh(&dist::build()?)?;
    let sum = |part: fn(&Weight) -> u64| weights.iter().map(part).sum();
    let total = Weight {
        name: "total".to_owned(),
        raw: sum(|weight| weight.raw),
        gzip: sum(|weight| weight.gzip),
        brotli: sum(|weight| weight.brotli),
    };
    let bytes = total.brotli;
    weights.push(total);
    println!("{:<44} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip -9", "brotli -11");
    for Weight { name, raw, gzip, brotli } in &weights {
        println!("{name:<44} {raw:>9} {gzip:>9} {brotli:>9}");
    }
    for (name, goal) in GOALS {
        let verdict = if bytes <= goal { "kept" } else { "not kept" };
        println!("{name:<44} {:>9} {:>9} {goal:>9}  {verdict}", "", "");
    }
    if bytes > LIMIT { Err(Error::TooHeavy { bytes, limit: LIMIT }) } else { Ok(()) }
}

/// Node has both compressors; ours would cost every fresh checkout their compilation.
fn weigh(folder: &std::path::Path) -> Result<Vec<Weight>> {
    if find("node").is_none() {
        return Err(Error::Missing {
            tool: "Node.js",
            install: "apt-get install nodejs (version 20 or later)",
        });
    }
    let script = root().join("crates/xtask/src/weigh.mjs");
    let lines = output_of(command("node").arg(script).arg(folder)).unwrap_or_default();
    let weights: Option<Vec<Weight>> = lines.lines().map(parse).collect();
    weights
        .filter(|weights| !weights.is_empty())
        .ok_or_else(|| Error::Unreadable { tool: "weigh.mjs", reason: format!("`{lines}`") })
}

/// `raw gzip brotli name`
fn parse(line: &str) -> Option<Weight> {
    let mut words = line.splitn(4, ' ');
    let mut number = || words.next()?.parse().ok();
    let (raw, gzip, brotli) = (number()?, number()?, number()?);
    Some(Weight { name: words.next()?.to_owned(), raw, gzip, brotli })
}
