//! Puts the styles of what is not there at first into a file of their own, and closes the page's content security policy
//! over the scripts and styles that are left in the page.
//!
//! A page below 14 kB arrives in the first flight of a connection, so the page has only the styles of what it paints. The
//! others come with the program, whose tag names their file.
//!
//! index.html allows only scripts and styles from its own folder. Trunk writes web/start.js and the styles into the
//! page; the policy must then name them by their checksum, which is known only after the build. Trunk calls this as its
//! last step (Trunk.toml).

use std::env;
use std::fs;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::tag::Tag;
use crate::error::{Error, Result};

/// The elements that a page may contain inline, and the directive that allows them.
const KINDS: [(&str, &str); 2] = [("script", "script-src 'self'"), ("style", "style-src 'self'")];

/// Seals the page that trunk is about to publish.
pub(crate) fn run() -> Result<()> {
    let Some(folder) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err(Error::Usage("`seal` is called by trunk, which says where the page is"));
    };
    let file = folder.join("index.html");
    let page = fs::read_to_string(&file).map_err(Error::file(&file))?.replace(SEAM, "");
    let (page, later) = divide(&page).ok_or(Error::NoProgram)?;
    let styles = folder.join(name_of(&later));
    fs::write(&styles, &later).map_err(Error::file(&styles))?;
    fs::write(&file, seal(&page)).map_err(Error::file(&file))
}

/// The page without the styles of what is not there at first, its program's tag naming their file; and these styles.
/// `None` if the page has no such styles or no program.
fn divide(page: &str) -> Option<(String, String)> {
    let Tag { before, after, .. } = Tag::find(page, "meta", ("name", "later"))?;
    let later = inline(after, "style").into_iter().next()?.to_owned();
    let page = format!("{before}{}", after.replacen(&format!("<style>{later}</style>"), "", 1));
    let Tag { before, text, after } = Tag::find(&page, "meta", ("name", "program"))?;
    let open = text.strip_suffix('>')?;
    Some((format!("{before}{open} data-css={}>{after}", name_of(&later)), later))
}

/// The name of a file of styles, which changes with its content, as those do that trunk gives.
fn name_of(styles: &str) -> String {
    let sum = hmac_sha256::Hash::hash(styles.as_bytes());
    let sum: String = sum.iter().take(8).map(|octet| format!("{octet:02x}")).collect();
    format!("tcp-web-{sum}.css")
}

/// Where the style of one file ends and the next begins: without it the page has one style, and one checksum.
const SEAM: &str = "</style><style>";

/// A mark that `trunk serve` replaces in its reload script at each request, too late for a checksum.
const LATE: &str = "{{__TRUNK_";

/// The page, its policy allowing exactly the scripts and styles that it contains; while trunk serves it, any script or
/// style in the page.
fn seal(page: &str) -> String {
    let mut sealed = page.to_owned();
    for (element, directive) in KINDS {
        let mut allowed = directive.to_owned();
        let texts = inline(page, element);
        if texts.iter().any(|text| text.contains(LATE)) {
            sealed = sealed.replacen(directive, &format!("{directive} 'unsafe-inline'"), 1);
            continue;
        }
        allowed.push_str(&checksums(&texts));
        sealed = sealed.replacen(directive, &allowed, 1);
    }
    sealed
}

/// The checksums of scripts or styles as a policy lists them, a space before each.
pub(crate) fn checksums(texts: &[&str]) -> String {
    let checksum = |text: &&str| STANDARD.encode(hmac_sha256::Hash::hash(text.as_bytes()));
    texts.iter().map(|text| format!(" 'sha256-{}'", checksum(text))).collect()
}

/// The text between the tags of every such element that has no `src` and is not mere text.
pub(crate) fn inline<'a>(page: &'a str, element: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&open) {
        let Some((attributes, after)) = after.split_once('>') else { break };
        let Some((text, after)) = after.split_once(&close) else { break };
        if !attributes.contains("src=") && !attributes.contains("text/plain") {
            found.push(text);
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_in_the_page_is_listed() {
        let page = "<meta content=\"script-src 'self' 'wasm-unsafe-eval'; style-src 'self'\">\
             <script src=./a.js></script><script type=module>alert(1)</script><style></style>";
        assert_eq!(inline(page, "script"), ["alert(1)"]);
        // The output of `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`, and the same for an empty text.
        assert_eq!(
            seal(page).split_once('>').map(|(meta, _)| meta),
            Some(
                "<meta content=\"script-src 'self' \
                 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' 'wasm-unsafe-eval'; \
                 style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='\""
            )
        );
    }

    #[test]
    fn a_served_page_allows_the_script_that_changes_with_each_request() {
        let page = "<meta content=\"script-src 'self'; style-src 'self'\"><script>f('{{__TRUNK_WS_BASE__}}')</script>";
        assert!(
            seal(page).starts_with("<meta content=\"script-src 'self' 'unsafe-inline'; style-src 'self'\">")
        );
    }

    #[test]
    fn styles_of_what_comes_later_leave_the_page() {
        let page =
            "<style>a{}</style><meta name=later><style>b{}</style><meta data-js=a.js name=program></head>";
        let (page, later) = divide(page).unwrap();
        assert_eq!(later, "b{}");
        // The output of `printf 'b{}' | sha256sum`, at its beginning.
        let name = "tcp-web-ef2a875407aca2dd.css";
        assert_eq!(
            page,
            format!("<style>a{{}}</style><meta data-js=a.js name=program data-css={name}></head>")
        );
        assert_eq!(divide("<style>a{}</style><meta name=program>"), None);
    }

    #[test]
    fn a_page_without_a_policy_stays_as_it_is() {
        let page = "<script>alert(1)</script>";
        assert_eq!(seal(page), page);
    }
}
