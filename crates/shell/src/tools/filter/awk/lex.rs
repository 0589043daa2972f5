//! The tokens of a program of `awk`.

use super::Stop;

/// A token. The text of an operator or of a word of the language says which it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// A regular expression between slashes.
    Pattern(String),
    /// A name of a variable or array.
    Name(String),
    /// A word of the language, a function, or an operator; a line end is `;`-like and has the text of a line end.
    Word(&'static str),
    /// The end of the program.
    End,
}

/// Words with a meaning of their own.
const WORDS: [&str; 31] = [
    "BEGIN", "END", "if", "else", "while", "for", "do", "in", "next", "exit", "break", "continue", "delete",
    "print", "printf", "getline", "function", "return", "length", "substr", "index", "split", "sub", "gsub",
    "match", "sprintf", "tolower", "toupper", "int", "system", "close",
];

/// Longer ones first.
const OPERATORS: [&str; 41] = [
    "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "==", "<=", ">=", "!=", "!~", ">>", "{", "}",
    "(", ")", "[", "]", ";", "\n", ",", "+", "-", "*", "/", "%", "^", "!", ">", "<", "|", "?", ":", "~", "$",
    "=", "&",
];

/// Reads all tokens, each with its line, from 1 on.
pub(super) fn tokens(program: &str) -> Result<Vec<(Token, usize)>, Stop> {
    let mut lexer = Lexer { rest: program, line: 1, tokens: Vec::new() };
    while let Some(token) = lexer.token()? {
        let ends = token == Token::Word("\n");
        lexer.tokens.push((token, lexer.line));
        lexer.line += usize::from(ends);
    }
    lexer.tokens.push((Token::End, lexer.line));
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    tokens: Vec<(Token, usize)>,
}

impl Lexer<'_> {
    fn token(&mut self) -> Result<Option<Token>, Stop> {
        self.skip();
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        if first == '"' {
            return self.quoted('"').map(|text| Some(Token::Text(text)));
        }
        if first == '/' && self.pattern_may_begin() {
            return self.quoted('/').map(|text| Some(Token::Pattern(text)));
        }
        if first.is_ascii_digit() || first == '.' {
            return Ok(Some(self.number()));
        }
        if first.is_alphabetic() || first == '_' {
            let name = self.take(|c| c.is_alphanumeric() || c == '_');
            let word = WORDS.iter().find(|word| **word == name);
            return Ok(Some(word.map_or_else(|| Token::Name(name.to_owned()), |word| Token::Word(word))));
        }
        match OPERATORS.iter().find(|operator| self.rest.starts_with(**operator)) {
            Some(operator) => {
                self.rest = self.rest.get(operator.len()..).unwrap_or_default();
                Ok(Some(Token::Word(operator)))
            }
            None => Err(Stop::syntax(self.line, &first.to_string())),
        }
    }

    /// Blanks, comments, and line ends behind a backslash.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\r']);
            if let Some(rest) = self.rest.strip_prefix("\\\n") {
                (self.rest, self.line) = (rest, self.line + 1);
            } else if self.rest.starts_with('#') {
                self.rest = self.rest.find('\n').and_then(|at| self.rest.get(at..)).unwrap_or_default();
            } else {
                return;
            }
        }
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> &str {
        let (taken, rest) = self.rest.split_at(self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn number(&mut self) -> Token {
        let (number, length) = super::digits::number(self.rest);
        self.rest = self.rest.get(length.max(1)..).unwrap_or_default();
        Token::Number(number)
    }

    /// Behind an operand, `/` divides.
    fn pattern_may_begin(&self) -> bool {
        let word = match self.tokens.last() {
            None => return true,
            Some((Token::Word(word), _)) => *word,
            Some(_) => return false,
        };
        !matches!(word, ")" | "]" | "$" | "++" | "--" | "length")
    }

    /// What is between quotes or slashes, with what its escapes stand for.
    fn quoted(&mut self, end: char) -> Result<String, Stop> {
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        // Between the brackets of a pattern, a slash is a letter.
        let mut in_brackets = false;
        while let Some((at, c)) = chars.next() {
            in_brackets = end == '/' && (c == '[' || in_brackets && c != ']');
            if c == end && !in_brackets {
                self.rest = self.rest.get(at + 1..).unwrap_or_default();
                return Ok(text);
            }
            if c == '\n' {
                break;
            }
            let escaped = if c == '\\' { chars.next().map(|(_, c)| c) } else { None };
            match escaped {
                None => text.push(c),
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some(same) if same == end || (same == '\\' && end == '"') => text.push(same),
                Some(other) => text.extend(['\\', other]),
            }
        }
        let what = if end == '"' { "string constant" } else { "regular expression" };
        let begun: String = self.rest.lines().next().unwrap_or_default().chars().take(10).collect();
        Err(Stop::Said(format!("awk: line {}: runaway {what} {begun} ...\n", self.line)))
    }
}
