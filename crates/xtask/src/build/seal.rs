//! Closes the page's content security policy over the scripts and styles in the page itself.
//!
//! index.html allows only scripts and styles from its own folder. Trunk writes web/start.js and the styles into the
//! page; the policy must then name them by their checksum, which is known only after the build. Trunk calls this as its
//! last step (Trunk.toml).

use std::env;
use std::fs;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::error::{Error, Result};

/// The elements that a page may contain inline, and the directive that allows them.
const KINDS: [(&str, &str); 2] = [("script", "script-src 'self'"), ("style", "style-src 'self'")];

/// Seals the page that trunk is about to publish.
pub(crate) fn run() -> Result<()> {
    let Some(folder) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err(Error::Usage("`seal` is called by trunk, which says where the page is"));
    };
    let file = folder.join("index.html");
    let page = fs::read_to_string(&file).map_err(Error::file(&file))?;
    fs::write(&file, seal(&page.replace(SEAM, ""))).map_err(Error::file(&file))
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
    fn a_page_without_a_policy_stays_as_it_is() {
        let page = "<script>alert(1)</script>";
        assert_eq!(seal(page), page);
    }
}
