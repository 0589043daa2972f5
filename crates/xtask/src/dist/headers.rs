//! What a server should say with each file, as the common static hosts want to be told: `_headers` for Netlify and
//! Cloudflare Pages, `.htaccess` for Apache, and a snippet for nginx. Without them the page works as well: its policy is
//! in it too.
//!
//! There is no `X-Frame-Options` and no `frame-ancestors`, because the lab is made to be in other pages.

use super::LESSONS;
use std::fmt::Write;

/// A folder of pages under one policy.
pub(super) const DOCS: &str = "docs";

/// Names with a checksum never change their content.
const HASHED: &str = "tcp-web-";
const FOREVER: &str = "public, max-age=31536000, immutable";
/// All others are asked for again, which costs an answer without a body.
const ASK: &str = "no-cache";

/// With every file.
const ALWAYS: [(&str, &str); 2] = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")];

const POLICY: &str = "Content-Security-Policy";
const CACHE: &str = "Cache-Control";
const MANIFEST_TYPE: &str = "application/manifest+json";

/// Which files of the site need which policy.
pub(super) struct Headers {
    /// Pages in the site's own folder, each with its policy.
    pub(super) pages: Vec<(&'static str, String)>,
    /// The policy of all pages in [`DOCS`].
    pub(super) docs: String,
    /// Files without a policy that change from build to build.
    pub(super) others: Vec<&'static str>,
    /// The path of the site on its server, which begins and ends with `/`.
    pub(super) path: String,
}

impl Headers {
    /// `_headers`, as Netlify and Cloudflare Pages read it: both join the headers of all paths that match, so that no two
    /// may say the same.
    pub(super) fn for_netlify(&self) -> String {
        let path = &self.path;
        let mut text =
            "# For Netlify and Cloudflare Pages: belongs into the folder that is published.\n".to_owned();
        let mut rule = |pattern: &str, headers: &[(&str, &str)]| {
            text.push_str(path);
            text.push_str(pattern);
            for (name, value) in headers {
                let _ = write!(text, "\n  {name}: {value}");
            }
            text.push('\n');
        };
        rule("*", &ALWAYS);
        rule(&format!("{HASHED}*"), &[(CACHE, FOREVER)]);
        for (name, policy) in &self.pages {
            for pattern in spellings(name) {
                rule(pattern, &[(POLICY, policy), (CACHE, ASK)]);
            }
        }
        rule(&format!("{DOCS}/*"), &[(POLICY, &self.docs), (CACHE, ASK)]);
        rule(&format!("{LESSONS}/*"), &[(CACHE, ASK)]);
        for name in &self.others {
            rule(name, &[(CACHE, ASK)]);
        }
        text
    }

    /// `.htaccess` of the site's own folder.
    pub(super) fn for_apache(&self) -> String {
        let mut text = format!(
            "# For Apache.\nAddType {MANIFEST_TYPE} .webmanifest\nAddType application/wasm .wasm\n\
             <IfModule mod_headers.c>\n"
        );
        for (name, value) in ALWAYS {
            let _ = writeln!(text, "Header set {name} \"{value}\"");
        }
        let _ = writeln!(text, "Header set {CACHE} \"{ASK}\"");
        let _ = writeln!(text, "<FilesMatch \"^{HASHED}\">\nHeader set {CACHE} \"{FOREVER}\"\n</FilesMatch>");
        for (name, policy) in &self.pages {
            let _ = writeln!(text, "<Files \"{name}\">\nHeader set {POLICY} \"{policy}\"\n</Files>");
        }
        text.push_str("</IfModule>\n");
        text
    }

    /// `.htaccess` of [`DOCS`], which counts for more there than that of the folder above.
    pub(super) fn for_apache_docs(&self) -> String {
        let policy = &self.docs;
        format!(
            "<IfModule mod_headers.c>\n<Files \"*.html\">\nHeader set {POLICY} \"{policy}\"\n</Files>\n</IfModule>\n"
        )
    }

    /// `nginx.conf`, to be included in a `server` block.
    pub(super) fn for_nginx(&self) -> String {
        let path = &self.path;
        let mut text = format!("# For nginx: include this in the server block that serves {path}\n");
        // A location inherits no header once it adds one.
        let mut location = |which: &str, more: &str, headers: &[(&str, &str)]| {
            let _ = write!(text, "location {which} {{{more}");
            for (name, value) in ALWAYS.iter().chain(headers) {
                let _ = write!(text, "\n  add_header {name} \"{value}\";");
            }
            text.push_str("\n}\n");
        };
        location(path, "", &[(CACHE, ASK)]);
        location(&format!("^~ {path}{HASHED}"), "", &[(CACHE, FOREVER)]);
        for (name, policy) in &self.pages {
            location(&format!("= {path}{name}"), "", &[(POLICY, policy), (CACHE, ASK)]);
        }
        location(&format!("^~ {path}{DOCS}/"), "", &[(POLICY, &self.docs), (CACHE, ASK)]);
        for name in self.others.iter().filter(|name| name.ends_with(".webmanifest")) {
            let more = format!("\n  types {{ }}\n  default_type {MANIFEST_TYPE};");
            location(&format!("= {path}{name}"), &more, &[(CACHE, ASK)]);
        }
        text
    }
}

/// The paths at which a host may serve a page: some leave out the ending, or the whole name of a folder's page.
fn spellings(name: &str) -> [&str; 2] {
    match name {
        "index.html" => ["", name],
        _ => [name.strip_suffix(".html").unwrap_or(name), name],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(path: &str) -> Headers {
        Headers {
            pages: vec![("index.html", "default-src 'none'".to_owned()), ("tcp-states.html", "x".to_owned())],
            docs: "d".to_owned(),
            others: vec!["sw.js", "manifest.webmanifest"],
            path: path.to_owned(),
        }
    }

    #[test]
    fn no_header_is_said_twice_of_a_file() {
        let text = headers("/").for_netlify();
        let at = |path: &str| {
            let (_, rest) = text.split_once(&format!("\n{path}\n")).unwrap();
            rest.split("\n/").next().unwrap().to_owned()
        };
        assert_eq!(at("/"), "  Content-Security-Policy: default-src 'none'\n  Cache-Control: no-cache");
        assert_eq!(at("/tcp-states"), "  Content-Security-Policy: x\n  Cache-Control: no-cache");
        assert!(!at("/*").contains(CACHE) && !at("/*").contains(POLICY));
        assert_eq!(text.matches("\n/sw.js\n").count(), 1);
    }

    #[test]
    fn a_sub_folder_is_in_every_path() {
        let headers = headers("/net/lab/");
        let paths: Vec<String> = headers.for_netlify().lines().map(str::to_owned).collect();
        assert!(paths.iter().all(|line| line.starts_with(['#', ' ']) || line.starts_with("/net/lab/")));
        assert!(headers.for_nginx().contains("location = /net/lab/index.html {"));
    }

    #[test]
    fn every_host_may_show_it_in_a_frame() {
        let headers = headers("/");
        for text in
            [headers.for_netlify(), headers.for_apache(), headers.for_apache_docs(), headers.for_nginx()]
        {
            assert!(!text.contains("X-Frame-Options") && !text.contains("frame-ancestors"), "{text}");
        }
    }
}
