//! The size of the page as it is transferred to a reader.

use std::path::Path;

use super::verdict;
use crate::dist;
use crate::error::{Error, Result};
use crate::process::{command, find, output_of, root};

/// Bytes of brotli that all files of the page may have.
const PAGE: u64 = 340_000;
/// Bytes of brotli of the HTML, which paints everything but the state.
const HTML: u64 = 20_000;
/// Bytes of brotli of all lessons, of which a reader fetches one at a time.
const LESSONS: u64 = 120_000;
/// Bytes of brotli of the script that defines the element.
const ELEMENT: u64 = 2_000;

/// Bytes that the single file may have on a disk for a page and lessons with this many of brotli.
const fn single(page_and_lessons: u64) -> u64 {
    page_and_lessons * 16 / 10 + 10_000
}

/// What the page consists of, beside the program.
const OF_THE_PAGE: [&str; 4] = [dist::INDEX, dist::WORKER, dist::MANIFEST, dist::ICON];
/// How the names of the program's files begin.
const PROGRAM: &str = "tcp-web-";

/// One file, in bytes.
struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Weight {
    fn sum(name: &str, weights: &[&Weight]) -> Weight {
        let sum = |part: fn(&Weight) -> u64| weights.iter().map(|weight| part(weight)).sum();
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

/// Weighs what is to be published. Returns whether the page, its element and the single file keep their limits.
pub(super) fn run(site: &Path) -> Result<bool> {
    let all = weigh(site)?;
    let is_page =
        |weight: &&Weight| OF_THE_PAGE.contains(&weight.name.as_str()) || weight.name.starts_with(PROGRAM);
    let (page, others): (Vec<_>, Vec<_>) = all.iter().partition(is_page);
    let is_lesson = |weight: &&Weight| Path::new(&weight.name).starts_with(dist::LESSONS);
    let (lessons, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_lesson);
    let sum = Weight::sum("all files of the page", &page);
    let lessons = Weight::sum("all lessons", &lessons);
    println!("{:<44} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip -9", "brotli -11");
    page.iter().copied().chain([&sum, &lessons]).chain(others).for_each(Weight::print);
    let of = |name: &str| all.iter().find(|weight| weight.name == name);
    let at_most = |what: &str, bytes: Option<u64>, limit: u64| {
        let bytes = bytes.unwrap_or(u64::MAX);
        verdict(&format!("{what}: {bytes}, at most {limit}"), bytes <= limit)
    };
    let brotli = |name: &str| of(name).map(|weight| weight.brotli);
    let raw = of(dist::SINGLE).map(|weight| weight.raw);
    let kept = [
        at_most("all files of the page, brotli", Some(sum.brotli), PAGE),
        at_most("HTML alone, brotli", brotli(dist::INDEX), HTML),
        at_most("all lessons, brotli", Some(lessons.brotli), LESSONS),
        at_most("the element, brotli", brotli(dist::LOADER), ELEMENT),
        at_most("the single file, as it is on a disk", raw, single(sum.brotli + lessons.brotli)),
    ];
    Ok(kept.iter().all(|kept| *kept))
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
