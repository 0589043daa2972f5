//! What counts as a letter or digit beyond ASCII.

/// A letter or digit: of ASCII exactly; beyond it whatever is no punctuation, space or symbol of the usual blocks.
///
/// The standard library knows each character, from tables that would cost the page 2 kB. A reader would notice with
/// characters that no keyboard has.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        // Of Latin-1: ª ² ³ µ ¹ º ¼ ½ ¾ À-ÿ, without × and ÷.
        '\u{80}'..='\u{ff}' => {
            matches!(c, 'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..)
        }
        // Modifiers, combining marks; punctuation to pictures; marks of East Asia; private use; other forms; emoji.
        '\u{2c2}'..='\u{36f}'
        | '\u{2000}'..='\u{2bff}'
        | '\u{2e00}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}' => false,
        '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff0f}' => false,
        '\u{1f000}'..='\u{1faff}' | '\u{e0000}'.. => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_unicode_has_it_for_what_is_typed() {
        let latin_greek_cyrillic = ('\0'..='\u{2c1}').chain('\u{400}'..='\u{481}');
        let typographic = '\u{2010}'..='\u{206f}';
        for c in
            latin_greek_cyrillic.chain(typographic).chain('α'..='ω').chain('ぁ'..='ゖ').chain('一'..='龥')
        {
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c} U+{:04X}", u32::from(c));
        }
    }
}
