//! What a page says of itself in its tags.

use crate::build::tag::Tag;

/// The files of the program, by their names in the page's folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) js: String,
    pub(super) wasm: String,
    /// The styles of what is not there at first.
    pub(super) css: String,
}

impl Program {
    /// The files that a page names. `None` if it names none.
    pub(super) fn named_in(page: &str) -> Option<Self> {
        let tag = program(page)?;
        let name = |which| Some(tag.attribute(which)?.trim_start_matches("./").to_owned());
        Some(Self { js: name("data-js")?, wasm: name("data-wasm")?, css: name("data-css")? })
    }
}

/// The tag that names the program, by the pattern in Trunk.toml, and its styles.
pub(super) fn program(page: &str) -> Option<Tag<'_>> {
    Tag::find(page, "meta", ("name", "program"))
}

/// The policy of a page.
pub(super) fn policy(page: &str) -> Option<String> {
    policy_tag(page)?.attribute("content")
}

/// A page with another policy than it has.
pub(super) fn with_policy(page: &str, policy: &str) -> Option<String> {
    let Tag { before, after, .. } = policy_tag(page)?;
    Some(format!("{before}{}{after}", tag_of(policy)))
}

/// A page without a policy, with one.
pub(super) fn with_first_policy(page: &str, policy: &str) -> Option<String> {
    let Tag { before, text, after } = Tag::find(page, "meta", ("charset", "utf-8"))?;
    Some(format!("{before}{text}{}{after}", tag_of(policy)))
}

fn policy_tag(page: &str) -> Option<Tag<'_>> {
    Tag::find(page, "meta", ("http-equiv", "Content-Security-Policy"))
}

fn tag_of(policy: &str) -> String {
    format!("<meta http-equiv=Content-Security-Policy content=\"{policy}\">")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_found_as_it_is_written_and_as_it_is_minified() {
        let [js, wasm, css] = ["a.js", "b.wasm", "c.css"].map(str::to_owned);
        let program = Program { js, wasm, css };
        for page in [
            "<meta name=\"x\"><meta name=\"program\" data-js=\"./a.js\" data-wasm=\"./b.wasm\" data-css=c.css></head>",
            "<meta content=y name=x><meta data-js=./a.js data-wasm=./b.wasm name=program data-css=c.css></head>",
        ] {
            assert_eq!(Program::named_in(page).as_ref(), Some(&program));
        }
        assert_eq!(Program::named_in("<meta name=\"program\" data-js=\"a.js\">"), None);
    }

    #[test]
    fn a_policy_is_read_and_replaced() {
        let page = "<meta charset=utf-8><meta content=\"a > 'b'\" http-equiv=Content-Security-Policy><p>";
        assert_eq!(policy(page).as_deref(), Some("a > 'b'"));
        let other = with_policy(page, "c").unwrap();
        assert_eq!(policy(&other).as_deref(), Some("c"));
        assert!(other.ends_with("\"c\"><p>"), "{other}");
        assert_eq!(with_first_policy("<meta charset=utf-8><p>", "c").as_deref(), Some(other.as_str()));
    }
}
