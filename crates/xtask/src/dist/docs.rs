//! `docs/*.md` as pages of the site.
//!
//! A page has no script, unless there is a `<tcp-states>` in it: then it has the one that defines that element. Links from
//! one document to another lead to its page; a link to what the site does not have is left out, and its words stay.

use std::collections::BTreeSet;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

use super::headers::DOCS;
use super::{LOADER, STYLE};

/// A document: its name without ending, its heading, and its page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) html: String,
}

/// The policy of a page that has the element in it.
pub(super) const LIVE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src \
     'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The policy of one that has not.
const STILL: &str =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// Renders a document. `names` are those of all documents. Fails with a link to a document that does not exist.
pub(super) fn page(name: &str, markdown: &str, names: &BTreeSet<String>) -> Result<Page, String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let mut events: Vec<Event> = Parser::new_ext(markdown, options).collect();
    let title = headings(&mut events).unwrap_or_else(|| name.to_owned());
    links(&mut events, names)?;
    let mut body = String::new();
    html::push_html(&mut body, events.into_iter());
    // The policy has no room for attributes of style.
    for side in ["left", "center", "right"] {
        body = body.replace(&format!(" style=\"text-align: {side}\""), &format!(" class=\"{side}\""));
    }
    // What scrolls must be within reach of the keyboard.
    body = body.replace("<pre>", "<pre tabindex=\"0\">");
    Ok(Page { name: name.to_owned(), html: framed(&title, &body), title })
}

/// The page that lists all others.
pub(super) fn contents(pages: &[Page]) -> String {
    let line = |page: &Page| {
        let (name, title) = (&page.name, escaped(&page.title));
        format!("<li><a href=\"{name}.html\">{title}</a></li>\n")
    };
    let lines: String = pages.iter().map(line).collect();
    framed("Documentation", &format!("<h1>Documentation</h1>\n<ul>\n{lines}</ul>\n"))
}

/// A body with all that is around it.
fn framed(title: &str, body: &str) -> String {
    let live = body.contains("<tcp-states");
    let policy = if live { LIVE } else { STILL };
    let script = if live { format!("<script src=\"../{LOADER}\"></script>\n") } else { String::new() };
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · tcp-states</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{STYLE}\">\n</head>\n<body>\n\
         <nav><a href=\"../index.html\">tcp-states</a> <a href=\"index.html\">Documentation</a></nav>\n\
         <main aria-label=\"{title}\">\n{body}</main>\n{script}</body>\n</html>\n"
    )
}

/// Gives each heading a name to link to, as GitHub does. Returns the words of the first.
fn headings(events: &mut [Event]) -> Option<String> {
    let mut first = None;
    let mut seen = BTreeSet::new();
    let starts: Vec<usize> = (0..events.len()).filter(|at| is_heading(events.get(*at))).collect();
    for at in starts {
        let words: String =
            events.iter().skip(at + 1).take_while(|event| !ends_heading(event)).filter_map(words).collect();
        let slug = slug(&words);
        let mut free = (1..).map(|nth| if nth == 1 { slug.clone() } else { format!("{slug}-{}", nth - 1) });
        let anchor = free.find(|anchor| seen.insert(anchor.clone()));
        if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(at) {
            *id = anchor.map(CowStr::from);
        }
        first.get_or_insert(words);
    }
    first
}

fn is_heading(event: Option<&Event>) -> bool {
    matches!(event, Some(Event::Start(Tag::Heading { .. })))
}

fn ends_heading(event: &Event) -> bool {
    matches!(event, Event::End(TagEnd::Heading(_)))
}

fn words<'a>(event: &'a Event) -> Option<&'a str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    }
}

/// Lower case, hyphens for spaces, and no other marks.
fn slug(words: &str) -> String {
    let kept = words.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
}

/// Points links to documents at their pages, and takes away those that lead out of the folder.
fn links(events: &mut Vec<Event>, names: &BTreeSet<String>) -> Result<(), String> {
    // Links do not nest, so that one mark says whether the end belongs to a link that was taken away.
    let mut taken = false;
    let mut kept = Vec::with_capacity(events.len());
    for mut event in events.drain(..) {
        match &mut event {
            Event::Start(Tag::Link { dest_url, link_type, .. }) if *link_type != LinkType::Email => {
                match target(dest_url, names)? {
                    Some(target) => *dest_url = target.into(),
                    None => {
                        taken = true;
                        continue;
                    }
                }
            }
            Event::End(TagEnd::Link) if taken => {
                taken = false;
                continue;
            }
            _ => {}
        }
        kept.push(event);
    }
    *events = kept;
    Ok(())
}

/// Where a link leads in the site. `None` if it leads to what is not there.
fn target(link: &str, names: &BTreeSet<String>) -> Result<Option<String>, String> {
    let (path, anchor) = link.split_at(link.find('#').unwrap_or(link.len()));
    if path.is_empty() || path.contains(':') {
        return Ok(Some(link.to_owned()));
    }
    if path.starts_with("..") {
        // The pages above the folder are in the site; the project's other files are not.
        let in_site = path == "../" || path.starts_with("../?") || path.ends_with(".html");
        return Ok(in_site.then(|| link.to_owned()));
    }
    match path.strip_suffix(".md") {
        Some(name) if names.contains(name) => Ok(Some(format!("{name}.html{anchor}"))),
        Some(_) => Err(format!("{DOCS} has no {path}")),
        None => Ok(Some(link.to_owned())),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(markdown: &str) -> Result<String, String> {
        let names = ["address", "teachers"].map(str::to_owned).into();
        page("x", markdown, &names).map(|page| page.html)
    }

    #[test]
    fn a_heading_is_the_title_and_can_be_linked_to() {
        let names = BTreeSet::new();
        let page = page("x", "# In `Moodle` & Co.\n\n## Step 1\n\n## Step 1\n", &names).unwrap();
        assert_eq!(page.title, "In Moodle & Co.");
        assert!(page.html.contains("<title>In Moodle &amp; Co. · tcp-states</title>"), "{}", page.html);
        assert!(page.html.contains("<h2 id=\"step-1\">") && page.html.contains("<h2 id=\"step-1-1\">"));
    }

    #[test]
    fn a_link_leads_to_a_page_or_is_left_out() {
        let html = rendered(
            "[a](address.md#names) [b](../README.md) [c](https://example.edu/x.md) [d](../?scene=x)",
        );
        assert!(
            html.as_ref().is_ok_and(|html| html.contains(
                "<a href=\"address.html#names\">a</a> b <a href=\"https://example.edu/x.md\">c</a> \
                 <a href=\"../?scene=x\">d</a>"
            )),
            "{html:?}"
        );
        assert!(rendered("[a](none.md)").is_err_and(|reason| reason.contains("none.md")));
    }

    #[test]
    fn only_a_page_with_the_element_has_a_script() {
        let live = rendered("<tcp-states scene=\"x\"></tcp-states>").unwrap();
        assert!(live.contains("<script src=\"../tcp-states.js\">") && live.contains("script-src 'self'"));
        let still = rendered("`<tcp-states scene=\"x\"></tcp-states>`").unwrap();
        assert!(!still.contains("<script") && !still.contains("script-src"));
    }

    #[test]
    fn no_attribute_of_style_is_left() {
        let html = rendered("| a |\n|--:|\n| 1 |\n").unwrap();
        assert!(html.contains("<td class=\"right\">") && !html.contains("style="), "{html}");
    }
}
