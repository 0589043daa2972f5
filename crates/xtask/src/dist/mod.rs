//! `cargo xtask dist`: one build, and of it three things.
//!
//! ```text
//!  dist/ ──▶ site/                 the page, which may be in any folder of any server ([`site`], [`headers`], [`docs`])
//!        ├─▶ site/tcp-states.html  all of it in one file that opens by a double click ([`single`])
//!        └─▶ site/tcp-states.js    <tcp-states>, an element that shows that file in another page
//! ```
//!
//! The page is built once, by [`build`]; this module only rearranges what trunk made.

mod docs;
mod headers;
mod oembed;
mod page;
mod single;
mod site;
mod url;

use std::path::PathBuf;

use crate::build;
use crate::error::Result;
use crate::process::root;

pub(crate) use site::write;
pub(crate) use url::Url;

/// The page, in every folder.
pub(crate) const INDEX: &str = "index.html";
/// The file that has all of the page in it. The element looks for it beside its own script.
pub(crate) const SINGLE: &str = "tcp-states.html";
/// The script in that file that unpacks it.
const START: &str = "single.js";
/// The script that defines the element.
pub(crate) const LOADER: &str = "tcp-states.js";
/// The service worker. Its name must stay, because browsers ask for it by that name again.
pub(crate) const WORKER: &str = "sw.js";
pub(crate) const MANIFEST: &str = "manifest.webmanifest";
pub(crate) const ICON: &str = "icon.svg";
/// The page of facts, to which the lab links.
const FACTS: &str = "kernel.html";
/// The folder of the lessons, with one folder for each language.
pub(crate) const LESSONS: &str = "lessons";
/// Has GitHub publish the files as they are: it would make pages of the lessons.
const AS_THEY_ARE: &str = ".nojekyll";
/// The style of the documents.
const STYLE: &str = "docs.css";
const OEMBED: &str = "oembed.json";

/// The folder of what is to be published.
pub(crate) fn folder() -> PathBuf {
    root().join("site")
}

/// Builds the page and writes the site, with its address if that is known.
pub(crate) fn run(url: Option<&Url>) -> Result<()> {
    let site = build_at(url)?;
    println!("the site is in {}", site.display());
    Ok(())
}

/// Builds the page and writes the site into [`folder`], which it returns.
pub(crate) fn build() -> Result<PathBuf> {
    build_at(None)
}

fn build_at(url: Option<&Url>) -> Result<PathBuf> {
    let site = folder();
    write(&build::build()?, &site, url)?;
    Ok(site)
}
