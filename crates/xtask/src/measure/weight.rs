//! The size of the page as it is transferred to a reader.

use std::path::Path;

use super::verdict;
use crate::error::{Error, Result};
use crate::process::{command, find, output_of, root};

/// Bytes of brotli that the page may load in all.
const LIMIT: u64 = 300_000;

/// A page of its own, which is reached by a link.
const FACTS: &str = "kernel.html";

/// One file of the build, in bytes.
struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Weight {
    fn sum(name: &str, weights: &[Weight]) -> Weight {
        let sum = |part: fn(&Weight) -> u64| weights.iter().map(part).sum();
        Weight {
            name: name.to_owned(),
            raw: sum(|weight| weight.raw),
            gzip: sum(|weight| weight.gzip),
            brotli: sum(|weight| weight.brotli),
        }
    }

    fn print(&self) {
        let Weight { name, raw, gzip, brotli } = self;
        println!("{name:<44} {raw:>9} {gzip:>9} {brotli:>9}");
    }
}

/// Weighs every file of a build. Returns whether the page keeps its limit.
pub(super) fn run(dist: &Path) -> Result<bool> {
    let (facts, page): (Vec<_>, Vec<_>) = weigh(dist)?.into_iter().partition(|weight| weight.name == FACTS);
    let sum = Weight::sum("all that the page loads", &page);
    println!("{:<44} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip -9", "brotli -11");
    page.iter().chain([&sum]).chain(&facts).for_each(Weight::print);
    Ok(verdict(&format!("all that the page loads is at most {LIMIT} bytes of brotli"), sum.brotli <= LIMIT))
}

/// Compresses with Node, which has both compressors; compiling them would slow down every fresh checkout.
fn weigh(folder: &Path) -> Result<Vec<Weight>> {
    if find("node").is_none() {
        return Err(Error::Missing {
            tool: "Node.js",
            install: "apt-get install nodejs (version 20 or later)",
        });
    }
    let script = root().join("crates/xtask/src/measure/weigh.mjs");
    let lines = output_of(command("node").arg(script).arg(folder)).unwrap_or_default();
    let weights: Option<Vec<Weight>> = lines.lines().map(parse).collect();
    weights
        .filter(|weights| !weights.is_empty())
        .ok_or_else(|| Error::Unreadable { tool: "weigh.mjs", reason: format!("`{lines}`") })
}

/// Reads a line such as `raw gzip brotli name`.
fn parse(line: &str) -> Option<Weight> {
    let mut words = line.splitn(4, ' ');
    let mut number = || words.next()?.parse().ok();
    let (raw, gzip, brotli) = (number()?, number()?, number()?);
    Some(Weight { name: words.next()?.to_owned(), raw, gzip, brotli })
}
