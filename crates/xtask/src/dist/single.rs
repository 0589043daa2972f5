//! The page as one file that asks for nothing: it opens by a double click, and as the text of a frame (`srcdoc`).
//!
//! The program is in it as text, compressed, and `web/site/single.js` unpacks it. The script that wasm-bindgen made is in it as a
//! JavaScript module: as a plain script it would look for its own address, and the text of a frame has none.

use zopfli::{Format, Options};

use super::page::{program, with_policy};
use crate::build::seal::{checksums, inline};
use crate::build::tag::Tag;

/// How the element begins in which the program draws.
const PAGE: &str = "<div aria-busy=true id=page";

/// What goes into the page.
pub(super) struct Parts<'a> {
    /// The script that wasm-bindgen made.
    pub(super) glue: &'a str,
    /// `web/site/single.js`
    pub(super) start: &'a str,
    /// The program.
    pub(super) module: &'a [u8],
    /// The styles of what is not there at first.
    pub(super) later: &'a str,
    /// All lessons, as JSON.
    pub(super) lessons: &'a str,
}

/// The page `index`, with these parts in it. `None` if it is not made of what `web/site/single.js` expects.
pub(super) fn page(index: &str, parts: &Parts) -> Option<String> {
    let Parts { glue, start, module, later, lessons } = parts;
    let style = inline(index, "style").into_iter().next()?;
    let bare = index.replacen(&format!("<style>{style}</style>"), "", 1);
    // Hidden until it has its styles.
    let (head, body) = bare.split_once(PAGE)?;
    let bare = format!("{head}{PAGE} hidden{body}");
    let Tag { before, after, .. } = program(&bare)?;
    // A script ends at the first such tag, wherever that is.
    let glue = glue.replace("</script", "<\\/script");
    let page = format!(
        "{before}<script type=module>{glue}\n{start}</script>{}{}{}{after}",
        block("styles", format!("{style}{later}").as_bytes()),
        block("program", module),
        block("lessons", lessons.as_bytes()),
    );
    with_policy(&page, &allowed(&page))
}

/// The strictest policy under which the page runs: it may run what is in it, and ask for nothing.
fn allowed(page: &str) -> String {
    let scripts = checksums(&inline(page, "script"));
    format!(
        "default-src 'none'; script-src 'wasm-unsafe-eval'{scripts}; img-src data:; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// An element that shows and does nothing, with bytes in it as text.
fn block(name: &str, bytes: &[u8]) -> String {
    let packed = packed(bytes);
    format!("<script type=text/plain id={name} data-size={}>{}</script>", packed.len(), dense(&packed))
}

/// What every browser can unpack. Zopfli packs as tightly as gzip's format allows.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    zopfli::compress(Options::default(), Format::Gzip, bytes, &mut packed).expect("a vector takes all bytes");
    packed
}

/// Bytes as text, 13 bits in two letters, which is 8 % less than base64. The 91 letters are those of ASCII that need no
/// escape, neither between tags nor in an attribute such as `srcdoc`.
fn dense(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('!'..='~').filter(|letter| !"\"&<".contains(*letter)).collect();
    let letter = |digit: u32| letters.get(digit as usize).expect("91 letters for two digits below 8192");
    let mut text = String::with_capacity(bytes.len() * 16 / 13 + 2);
    let mut put = |number: u32| text.extend([letter(number / 91), letter(number % 91)]);
    let (mut bits, mut count) = (0_u32, 0);
    for octet in bytes {
        bits = (bits << 8) | u32::from(*octet);
        count += 8;
        if count >= 13 {
            count -= 13;
            put(bits >> count);
            bits &= (1 << count) - 1;
        }
    }
    if count > 0 {
        put(bits << (13 - count));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::page::policy;
    use super::*;

    #[test]
    fn the_file_names_no_other() {
        let index = "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\"><style>a</style>\
             <meta name=program data-js=a.js data-wasm=b.wasm data-css=c.css><div aria-busy=true id=page></div>\
             <script>start()</script>";
        let glue = "let wasm_bindgen='</script>'";
        let parts = Parts { glue, start: "go()", module: b"module", later: "b", lessons: "{}" };
        let page = page(index, &parts).unwrap();
        assert!(
            !page.contains("a.js")
                && !page.contains("b.wasm")
                && !page.contains("c.css")
                && !page.contains("<style>"),
            "{page}"
        );
        assert!(page.contains(" id=page hidden>"), "{page}");
        assert_eq!(page.matches("</script>").count(), 5, "{page}");
        let policy = policy(&page).unwrap();
        for source in ["'self'", "connect-src", "style-src", "http"] {
            assert!(!policy.contains(source), "{policy}");
        }
        assert_eq!(
            policy.matches("'sha256-").count(),
            2,
            "the module and the start, not the texts: {policy}"
        );
    }

    #[test]
    fn bytes_are_written_as_single_js_reads_them() {
        // 0x00 0x00 is 13 zeroes, and three with ten more; 0xff 0xff 0xff is 8191, and 11 ones with two zeroes.
        assert_eq!(dense(&[0, 0]), "!!!!");
        assert_eq!(dense(&[0xff; 3]), "~#}}");
        assert_eq!(dense(&[]), "");
        let all: Vec<u8> = (0..=255).cycle().take(10_000).collect();
        let text = dense(&all);
        assert_eq!(text.len(), 2 * (10_000 * 8_usize).div_ceil(13));
        assert!(text.chars().all(|letter| letter.is_ascii_graphic() && !"\"&<".contains(letter)));
    }
}
