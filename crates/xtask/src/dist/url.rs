//! The address at which the site will be, for what needs a whole address.

use crate::error::{Error, Result};

/// `http` or `https`, a host, and the path of a folder, which ends with `/`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Url {
    text: String,
    /// Where the path begins in the text.
    path: usize,
}

impl Url {
    /// Reads an address; a missing `/` at its end is added.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let refused = || Error::Url(text.to_owned());
        let rest =
            text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or_else(refused)?;
        let host = rest.split('/').next().unwrap_or_default();
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "-._~:/%@+,".contains(letter);
        if host.is_empty() || !rest.chars().all(fits) {
            return Err(refused());
        }
        let path = text.len() - rest.len() + host.len();
        let slash = if text.ends_with('/') { "" } else { "/" };
        Ok(Self { text: format!("{text}{slash}"), path })
    }

    /// The address, which ends with `/`.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The folder on its server: `/net/lab/`.
    pub(super) fn path(&self) -> &str {
        self.text.get(self.path..).unwrap_or("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_that_of_a_folder() {
        let url = Url::parse("https://lab.example.edu:8443/net/tcp-states").unwrap();
        assert_eq!(url.text(), "https://lab.example.edu:8443/net/tcp-states/");
        assert_eq!(url.path(), "/net/tcp-states/");
        assert_eq!(Url::parse("http://lab.example.edu").unwrap().path(), "/");
    }

    #[test]
    fn what_is_not_an_address_is_refused_by_name() {
        for wrong in [
            "",
            "lab.example.edu",
            "ftp://a/",
            "https:///x",
            "https://a/?b",
            "https://a/#c",
            "https://a/\"><b",
        ] {
            let message = Url::parse(wrong).unwrap_err().to_string();
            assert!(message.contains(wrong) && message.contains("--url"), "{message}");
        }
    }
}
