//! JSON (RFC 8259), as far as recordings need it: strict, and no deeper than 127 levels.
//!
//! Of our own, because the general crate is many times as large and brings floating point along. A property test
//! compares the two.

/// Levels of lists and objects.
const DEEPEST: u32 = 127;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// As it was written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Object),
}

/// The members of an object in the order in which they were written. Of several with one name, the last counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Object(pub(super) Vec<(String, Json)>);

impl Object {
    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// By name; each name once.
    pub(super) fn sorted(&self) -> Vec<(&str, &Json)> {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        let mut sorted: Vec<(&str, &Json)> = Vec::with_capacity(names.len());
        for at in tcp_shell::order::ascending(&names) {
            let (name, value) = &self.0[at];
            if sorted.last().is_some_and(|(last, _)| last == name) {
                sorted.pop();
            }
            sorted.push((name, value));
        }
        sorted
    }
}

impl Json {
    /// A whole number that is not negative.
    pub(super) fn as_u64(&self) -> Option<u64> {
        match self {
            Json::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn as_object(&self) -> Option<&Object> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// Where the text ends to be JSON: line and column, both counted as octets from 1, or column 0 before any octet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotJson {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Reads one value, with nothing behind it.
pub(super) fn parse(text: &str) -> Result<Json, NotJson> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value().filter(|_| reader.next().is_none());
    value.ok_or_else(|| {
        let read = text.as_bytes().get(..=reader.at).unwrap_or(text.as_bytes());
        let line_begins = read.iter().rposition(|octet| *octet == b'\n').map_or(0, |at| at + 1);
        let lines = read.iter().filter(|octet| **octet == b'\n').count();
        NotJson { line: lines + 1, column: read.len() - line_begins }
    })
}

struct Reader<'a> {
    text: &'a str,
    /// The next octet.
    at: usize,
    depth: u32,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next octet that is no space; it is not taken.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.peek()
    }

    /// Takes `octet` if it is the next one.
    fn take(&mut self, octet: u8) -> bool {
        let is_next = self.peek() == Some(octet);
        self.at += usize::from(is_next);
        is_next
    }

    fn value(&mut self) -> Option<Json> {
        match self.next()? {
            b'{' | b'[' if self.depth >= DEEPEST => None,
            b'{' => self.object(),
            b'[' => self.list(),
            b'"' => self.string().map(Json::Text),
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        word.bytes().all(|octet| self.take(octet)).then_some(value)
    }

    fn object(&mut self) -> Option<Json> {
        let mut members = Vec::new();
        self.items(b'}', |reader| {
            if reader.next() != Some(b'"') {
                return None;
            }
            let name = reader.string()?;
            reader.next();
            if !reader.take(b':') {
                return None;
            }
            members.push((name, reader.value()?));
            Some(())
        })?;
        Some(Json::Object(Object(members)))
    }

    fn list(&mut self) -> Option<Json> {
        let mut items = Vec::new();
        self.items(b']', |reader| {
            items.push(reader.value()?);
            Some(())
        })?;
        Some(Json::List(items))
    }

    /// What stands between two brackets, with commas between.
    fn items(&mut self, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.depth += 1;
        if self.next() != Some(close) {
            loop {
                item(self)?;
                if self.next() == Some(close) {
                    break;
                }
                if !self.take(b',') {
                    return None;
                }
            }
        }
        self.at += 1;
        self.depth -= 1;
        Some(())
    }

    fn number(&mut self) -> Option<Json> {
        let begin = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Some(Json::Number(self.text.get(begin..self.at)?.to_owned()))
    }

    /// One or more.
    fn digits(&mut self) -> Option<()> {
        let begin = self.at;
        while self.peek().is_some_and(|octet| octet.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > begin).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        self.at += 1;
        let mut read = String::new();
        let mut begin = self.at;
        loop {
            let octet = self.peek().filter(|octet| *octet >= 0x20)?;
            if octet == b'"' || octet == b'\\' {
                read.push_str(self.text.get(begin..self.at)?);
                self.at += 1;
                if octet == b'"' {
                    return Some(read);
                }
                read.push(self.escaped()?);
                begin = self.at;
            } else {
                self.at += 1;
            }
        }
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let octet = self.peek()?;
        self.at += 1;
        Some(match octet {
            b'"' | b'\\' | b'/' => char::from(octet),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four_digits()?;
                match first {
                    // Of the two halves of a character beyond U+FFFF, the higher comes first.
                    0xd800..=0xdbff => {
                        let second = self.word("\\u", Json::Null).and_then(|_| self.four_digits())?;
                        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)?
                    }
                    _ => char::from_u32(first)?,
                }
            }
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut value = 0;
        for _ in 0..4 {
            value = value * 16 + char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(value)
    }
}

/// Writes `text` as a JSON string.
pub(super) fn quote(text: &str, to: &mut String) {
    to.push('"');
    for c in text.chars() {
        match c {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\u{8}' => to.push_str("\\b"),
            '\u{c}' => to.push_str("\\f"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            '\0'..='\u{1f}' => to.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => to.push(c),
        }
    }
    to.push('"');
}

#[cfg(test)]
mod tests;
