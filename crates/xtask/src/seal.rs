//! Closes the page's content security policy over what stands in the page itself.
//!
//! index.html allows scripts and styles from its own folder only. Trunk writes
//! the few lines that start the program into the page, with names that change
//! from build to build; the policy must then name them by their checksum, which
//! is known only after the build. Trunk calls this as its last step (Trunk.toml).

use std::env;
use std::fs;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::error::{Error, Result};

/// The elements that may stand in a page, and the directive that allows them.
const KINDS: [(&str, &str); 2] = [("script", "script-src 'self'"), ("style", "style-src 'self'")];

/// Seals the page that trunk is about to hand over.
pub(crate) fn run() -> Result<()> {
    let Some(folder) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err(Error::Usage("`seal` is called by trunk, which says where the page is"));
    };
    let file = folder.join("index.html");
    let page = fs::read_to_string(&file).map_err(Error::file(&file))?;
    fs::write(&file, seal(&page)).map_err(Error::file(&file))
}

/// What `trunk serve` would put into its reload script at each request, too late for a
/// checksum, and the same said in a way that holds for all requests.
const LATE: [(&str, &str); 3] = [
    ("'{{__TRUNK_ADDRESS__}}'", "location.host"),
    ("`{{__TRUNK_ADDRESS__}}`", "location.host"),
    ("{{__TRUNK_WS_BASE__}}", "/"),
];

/// The page, its policy allowing just the scripts and styles that it holds.
fn seal(page: &str) -> String {
    let page = LATE.iter().fold(page.to_owned(), |page, (late, now)| page.replace(late, now));
    let mut sealed = page.clone();
    for (element, directive) in KINDS {
        let mut allowed = directive.to_owned();
        for text in inline(&page, element) {
            let checksum = STANDARD.encode(hmac_sha256::Hash::hash(text.as_bytes()));
            allowed.push_str(&format!(" 'sha256-{checksum}'"));
        }
        sealed = sealed.replacen(directive, &allowed, 1);
    }
    sealed
}

/// What stands between the tags of every such element that has no `src`.
fn inline<'a>(page: &'a str, element: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&open) {
        let Some((attributes, after)) = after.split_once('>') else { break };
        let Some((text, after)) = after.split_once(&close) else { break };
        if !attributes.contains("src=") {
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
        // `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`, and the same of nothing.
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
    fn a_page_without_a_policy_stays_as_it_is() {
        let page = "<script>alert(1)</script>";
        assert_eq!(seal(page), page);
    }
}
