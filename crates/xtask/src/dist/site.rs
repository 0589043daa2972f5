//! The folder that is to be published.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::headers::{DOCS, Headers};
use super::page::{Program, policy, program, with_first_policy};
use super::{
    AS_THEY_ARE, FACTS, ICON, INDEX, LESSONS, LOADER, MANIFEST, OEMBED, SINGLE, START, STYLE, Url, WORKER,
    docs, oembed, single,
};
use crate::build::seal::{checksums, inline};
use crate::build::tag::Tag;
use crate::error::{Error, Result};
use crate::process::root;

/// Writes into `site` what is to be published of the finished build in `dist`, and nothing else.
pub(crate) fn write(dist: &Path, site: &Path, url: Option<&Url>) -> Result<()> {
    let made = Site::new(site)?;
    let built = files(dist)?;
    for name in &built {
        let to = site.join(name);
        let folder = to.parent().unwrap_or(site);
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
        fs::copy(dist.join(name), &to).map_err(Error::file(&to))?;
    }
    let index = read(&dist.join(INDEX))?;
    let program = Program::named_in(&index).ok_or(Error::NoProgram)?;
    let glue = read(&dist.join(&program.js))?;
    let wasm = dist.join(&program.wasm);
    let module = fs::read(&wasm).map_err(Error::file(&wasm))?;
    let later = read(&dist.join(&program.css))?;
    let lessons = lessons(dist, &built)?;
    let parts = single::Parts {
        glue: &glue,
        start: &lean(&source(START)?),
        module: &module,
        later: &later,
        lessons: &lessons,
    };
    let single = single::page(&index, &parts).ok_or(Error::NoProgram)?;
    let index = published(&index, url).ok_or(Error::NoProgram)?;
    let facts = sealed(&read(&dist.join(FACTS))?).ok_or(Error::NoProgram)?;
    made.put(INDEX, &index)?;
    made.put(SINGLE, &single)?;
    made.put(FACTS, &facts)?;
    made.put(LOADER, &lean(&source(LOADER)?))?;
    for name in [MANIFEST, ICON] {
        made.put(name, &source(name)?)?;
    }
    if let Some(url) = url {
        made.put(OEMBED, &oembed::file(url))?;
    }
    made.docs()?;
    let worker = worker(&source(WORKER)?, &program, &files(site)?, site)?;
    made.put(WORKER, &worker)?;

    let pages = [(INDEX, &index), (SINGLE, &single), (FACTS, &facts)];
    let pages = pages.into_iter().filter_map(|(name, page)| Some((name, policy(page)?))).collect();
    let others = vec![LOADER, WORKER, MANIFEST, ICON];
    let path = url.map_or("/", Url::path).to_owned();
    let headers = Headers { pages, docs: docs::LIVE.to_owned(), others, path };
    made.put("_headers", &headers.for_netlify())?;
    made.put(".htaccess", &headers.for_apache())?;
    made.put(&format!("{DOCS}/.htaccess"), &headers.for_apache_docs())?;
    made.put("nginx.conf", &headers.for_nginx())?;
    made.put(AS_THEY_ARE, "")
}

/// The lessons among the files of a build, as JSON: texts by names such as `en/handshake`.
fn lessons(dist: &Path, built: &BTreeSet<String>) -> Result<String> {
    let mut lessons = serde_json::Map::new();
    for file in built {
        let name = file.strip_prefix(LESSONS).and_then(|name| name.strip_prefix('/')?.strip_suffix(".md"));
        if let Some(name) = name {
            lessons.insert(name.to_owned(), read(&dist.join(file))?.into());
        }
    }
    Ok(serde_json::Value::Object(lessons).to_string())
}

/// All files of a folder and of those in it, by their paths from there.
fn files(folder: &Path) -> Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    for file in fs::read_dir(folder).map_err(Error::file(folder))?.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if file.path().is_dir() {
            files.extend(self::files(&file.path())?.into_iter().map(|inside| format!("{name}/{inside}")));
        } else {
            files.insert(name);
        }
    }
    Ok(files)
}

/// The page as it is published: it names the manifest and the worker that keeps it. A link to the manifest would have it
/// fetched before the page is painted.
fn published(index: &str, url: Option<&Url>) -> Option<String> {
    let Tag { before, text, after } = program(index)?;
    let oembed = url.map(oembed::tag).unwrap_or_default();
    let open = text.strip_suffix('>')?;
    Some(format!("{before}{oembed}{open} data-worker={WORKER} data-manifest={MANIFEST}>{after}"))
}

/// A page without scripts, with a policy.
fn sealed(page: &str) -> Option<String> {
    let styles = checksums(&inline(page, "style"));
    let policy =
        format!("default-src 'none'; style-src{styles}; img-src data:; base-uri 'none'; form-action 'none'");
    with_first_policy(page, &policy)
}

/// The service worker: what differs from build to build, and the script.
fn worker(script: &str, program: &Program, files: &BTreeSet<String>, site: &Path) -> Result<String> {
    let mut all = hmac_sha256::Hash::new();
    for name in files {
        let file = site.join(name);
        all.update(name);
        all.update(fs::read(&file).map_err(Error::file(&file))?);
    }
    // The script itself belongs to the version, too.
    all.update(script);
    let version: String = all.finalize().iter().take(8).map(|octet| format!("{octet:02x}")).collect();
    let files: Vec<&str> = files.iter().map(|name| if name == INDEX { "" } else { name }).collect();
    let program = [&program.js, &program.wasm, &program.css];
    let list = |names: serde_json::Value| names.to_string();
    Ok(format!(
        "const VERSION = '{version}';\nconst PROGRAM = {};\nconst FILES = {};\n{}",
        list(serde_json::json!(program)),
        list(serde_json::json!(files)),
        lean(script)
    ))
}

/// The folder while it is being filled.
struct Site<'a>(&'a Path);

impl<'a> Site<'a> {
    /// An empty folder.
    fn new(folder: &'a Path) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(Error::file(folder))?;
        }
        let docs = folder.join(DOCS);
        fs::create_dir_all(&docs).map_err(Error::file(&docs))?;
        Ok(Self(folder))
    }

    fn put(&self, name: &str, text: &str) -> Result<()> {
        let file = self.0.join(name);
        fs::write(&file, text).map_err(Error::file(&file))
    }

    /// Renders the documents, and copies their pictures.
    fn docs(&self) -> Result<()> {
        let folder = root().join(DOCS);
        let mut documents = BTreeSet::new();
        for file in fs::read_dir(&folder).map_err(Error::file(&folder))?.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if let Some(name) = name.strip_suffix(".md") {
                documents.insert(name.to_owned());
            } else {
                let to = self.0.join(DOCS).join(&name);
                fs::copy(file.path(), &to).map_err(Error::file(&to))?;
            }
        }
        let mut pages = Vec::new();
        for name in &documents {
            let file = folder.join(format!("{name}.md"));
            let page = docs::page(name, &read(&file)?, &documents)
                .map_err(|reason| Error::Document(file.clone(), reason))?;
            self.put(&format!("{DOCS}/{name}.html"), &page.html)?;
            pages.push(page);
        }
        self.put(&format!("{DOCS}/{INDEX}"), &docs::contents(&pages))?;
        self.put(&format!("{DOCS}/{STYLE}"), &source(STYLE)?)
    }
}

/// A file of the site that is the same in every build.
fn source(name: &str) -> Result<String> {
    read(&root().join("web/site").join(name))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(Error::file(file))
}

/// A script without its comments and indentation. A comment must have a line of its own.
fn lean(script: &str) -> String {
    let mut lean = String::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        lean.push_str(line);
        lean.push('\n');
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lean_script_has_all_lines_but_comments() {
        assert_eq!(lean("// one\nf(() => {\n  // two\n\n  g('//');\n});\n"), "f(() => {\ng('//');\n});\n");
    }

    #[test]
    fn only_a_published_page_has_a_worker() {
        let index = "<head><meta name=\"program\" data-js=\"a.js\" data-wasm=\"b.wasm\"></head>";
        let page = published(index, None).unwrap();
        assert_eq!(program(&page).unwrap().attribute("data-worker").as_deref(), Some(WORKER));
        assert!(page.contains(MANIFEST) && !page.contains(OEMBED));
        let url = Url::parse("https://lab.example.edu/").unwrap();
        assert!(published(index, Some(&url)).unwrap().contains("https://lab.example.edu/oembed.json"));
    }

    #[test]
    fn another_file_makes_another_version() {
        let folder = std::env::temp_dir().join(format!("tcp-states-worker-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let [js, wasm, css] = ["a.js", "b.wasm", "c.css"].map(str::to_owned);
        let program = Program { js, wasm, css };
        let made = |text: &str| {
            fs::write(folder.join("a.js"), text).unwrap();
            worker("// no\nfill();", &program, &["a.js".to_owned()].into(), &folder).unwrap()
        };
        let (one, same, other) = (made("1"), made("1"), made("2"));
        assert!(
            one.contains(
                "const PROGRAM = [\"a.js\",\"b.wasm\",\"c.css\"];\nconst FILES = [\"a.js\"];\nfill();"
            ),
            "{one}"
        );
        assert_eq!(one, same);
        assert_ne!(one, other);
        fs::remove_dir_all(&folder).unwrap();
    }
}
