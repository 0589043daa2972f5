//! A tag of a page, found in its text.

/// A tag of a page, and what is around it.
#[derive(Clone, Copy)]
pub(crate) struct Tag<'a> {
    pub(crate) before: &'a str,
    pub(crate) text: &'a str,
    pub(crate) after: &'a str,
}

impl<'a> Tag<'a> {
    /// The first tag of this name that has this attribute with this value, in whatever order and quotes the minifier left
    /// them.
    pub(crate) fn find(page: &'a str, name: &str, (attribute, value): (&str, &str)) -> Option<Self> {
        let open = format!("<{name} ");
        page.match_indices(&open).find_map(|(at, _)| {
            let (before, rest) = page.split_at(at);
            let (text, after) = rest.split_at(end_of(rest)?);
            let tag = Self { before, text, after };
            (tag.attribute(attribute).as_deref() == Some(value)).then_some(tag)
        })
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.text.split_once(&format!(" {name}="))?;
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => value.split([' ', '>']).next(),
        };
        value.map(str::to_owned)
    }
}

/// The length of a tag: to the first `>` that is not in quotes.
fn end_of(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.char_indices().find_map(|(at, letter)| {
        quoted ^= letter == '"';
        (letter == '>' && !quoted).then_some(at + 1)
    })
}
