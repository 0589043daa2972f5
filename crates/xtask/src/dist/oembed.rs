//! Discovery for those who are given only the page's address: <https://oembed.com>.
//!
//! A file answers the same for every query, so that it describes the lab as it begins.

use serde_json::json;

use super::{OEMBED, SINGLE, Url};

const TITLE: &str = "tcp-states: both ends of a TCP connection";
/// What the embedded lab needs of a column of text, in pixels.
const SIZE: (u32, u32) = (800, 620);

/// The tag in the page that leads to the file.
pub(super) fn tag(url: &Url) -> String {
    format!(
        "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}{OEMBED}\" title=\"{TITLE}\">",
        url.text()
    )
}

/// The file.
pub(super) fn file(url: &Url) -> String {
    let (width, height) = SIZE;
    let frame = format!(
        "<iframe src=\"{}{SINGLE}\" width=\"{width}\" height=\"{height}\" title=\"{TITLE}\" \
         sandbox=\"allow-scripts allow-downloads\" allow=\"fullscreen; clipboard-write\" loading=\"lazy\" \
         style=\"border:0;max-width:100%\"></iframe>",
        url.text()
    );
    let answer = json!({
        "version": "1.0",
        "type": "rich",
        "title": TITLE,
        "provider_name": "tcp-states",
        "provider_url": url.text(),
        "width": width,
        "height": height,
        "html": frame,
    });
    format!("{answer:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_and_file_name_the_same_place() {
        let url = Url::parse("https://lab.example.edu/net").unwrap();
        assert!(tag(&url).contains("href=\"https://lab.example.edu/net/oembed.json\""));
        let answer: serde_json::Value = serde_json::from_str(&file(&url)).unwrap();
        assert_eq!(answer["type"], "rich");
        assert!(
            answer["html"].as_str().unwrap().contains("src=\"https://lab.example.edu/net/tcp-states.html\"")
        );
    }
}
