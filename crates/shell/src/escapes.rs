//! Escapes of `echo -e`, `printf` and `$'…'`.

/// Replaces escapes, and says whether `\c` ended the text. In what `echo` prints, octal numbers begin with 0.
pub(crate) fn unescaped(text: &str, echo: bool) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.extend(c.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        let digits = |radix: u32, most: usize, chars: &mut std::iter::Peekable<std::str::Chars<'_>>| {
            let (mut value, mut count) = (0, 0);
            while count < most
                && let Some(digit) = chars.peek().and_then(|c| c.to_digit(radix))
            {
                value = value * radix + digit;
                count += 1;
                chars.next();
            }
            (count > 0).then_some(value)
        };
        let octet = |value: u32| u8::try_from(value & 0xff).unwrap_or(0);
        match chars.next() {
            None => out.push(b'\\'),
            Some('a') => out.push(7),
            Some('b') => out.push(8),
            Some('c') => return (out, true),
            Some('e' | 'E') => out.push(27),
            Some('f') => out.push(12),
            Some('n') => out.push(b'\n'),
            Some('r') => out.push(b'\r'),
            Some('t') => out.push(b'\t'),
            Some('v') => out.push(11),
            Some('\\') => out.push(b'\\'),
            Some('"') if !echo => out.push(b'"'),
            Some('\'') if !echo => out.push(b'\''),
            Some('0') if echo => out.push(octet(digits(8, 3, &mut chars).unwrap_or(0))),
            Some(first @ '0'..='7') if !echo => {
                let rest = chars.clone();
                let mut value = first.to_digit(8).unwrap_or(0);
                for _ in rest.take(2).take_while(|c| c.is_digit(8)) {
                    value = value * 8 + chars.next().and_then(|c| c.to_digit(8)).unwrap_or(0);
                }
                out.push(octet(value));
            }
            Some('x') => match digits(16, 2, &mut chars) {
                Some(value) => out.push(octet(value)),
                None => out.extend(b"\\x"),
            },
            Some('u') => {
                let letter = digits(16, 4, &mut chars).and_then(char::from_u32).unwrap_or('\u{fffd}');
                out.extend(letter.encode_utf8(&mut [0; 4]).bytes());
            }
            Some(other) => {
                out.push(b'\\');
                out.extend(other.encode_utf8(&mut [0; 4]).bytes());
            }
        }
    }
    (out, false)
}
