//! A word as bash reads it back: the only way by which a text of the session gets into the script.

/// The word in quotes if it needs them. Bash reads exactly this word from the result, which is one line of text that shows
/// every character that it has.
pub(super) fn quote(word: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@%^".contains(c);
    if !word.is_empty() && word.chars().all(bare) {
        word.to_owned()
    } else if word.chars().any(hides) {
        format!("$'{}'", word.chars().map(escaped).collect::<String>())
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// Whether a character could show another line than bash reads: it ends the line, moves what follows it, or is not seen.
fn hides(c: char) -> bool {
    let unseen = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}'
        | '\u{3000}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}');
    c.is_control() || unseen
}

/// A character between `$'` and `'`.
fn escaped(c: char) -> String {
    match c {
        // No word of a command can hold it.
        '\0' => String::new(),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        '\\' | '\'' => format!("\\{c}"),
        c if hides(c) => {
            let mut octets = [0; 4];
            c.encode_utf8(&mut octets).bytes().map(|octet| format!("\\{octet:03o}")).collect()
        }
        c => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn every_word_is_one_line_and_nothing_runs() {
        for (word, quoted) in [
            ("5555", "5555"),
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("$(rm -rf /)", "'$(rm -rf /)'"),
            ("`id`;&|<>", "'`id`;&|<>'"),
            ("!!", "'!!'"),
            ("~", "'~'"),
            ("a\nrm x", "$'a\\nrm x'"),
            ("'\n\\", "$'\\'\\n\\\\'"),
            ("\u{1b}[2J", "$'\\033[2J'"),
            ("x\u{202e}y", "$'x\\342\\200\\256y'"),
            ("a\0b", "$'ab'"),
            ("Grüße", "'Grüße'"),
        ] {
            assert_eq!(quote(word), quoted);
        }
    }
}
