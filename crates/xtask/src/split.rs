//! Splits the page's program in two: what its first view needs, and the engine.
//!
//! `web/src/engine.rs` marks the place. The splitter gives a module that is as before but for what is reached through
//! the mark alone, a second module with just that, and a few lines of JavaScript that fetch it. The lines are put
//! into the glue of the first module, and the second module into the one folder that trunk copies as it is.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_split_cli_support::{Options, transform};

use crate::error::{Error, Result};

/// How the glue names the lines that fetch the second module.
const LINK: &str = "./split.js";

/// The folder beside the glue that trunk copies into the build.
pub(crate) const COPIED: &str = "snippets";

/// A program in two modules.
pub(crate) struct Split {
    /// The first module, as wasm-bindgen wants it.
    pub(crate) main: PathBuf,
    /// What fetches the other.
    lines: String,
}

/// Splits the module in `input`, and leaves what the page needs in `out_dir`.
pub(crate) fn split(input: &Path, out_dir: &Path) -> Result<Split> {
    let folder = out_dir.join("split");
    let main = folder.join("main.wasm");
    let module = fs::read(input).map_err(Error::file(input))?;
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let mut options = Options::new(&module);
    (options.output_dir, options.main_out_path, options.link_name) = (&folder, &main, LINK);
    let done = transform(options).map_err(|reason| Error::Bindgen(format!("{reason:?}")))?;
    let link = folder.join(LINK);
    let mut lines = fs::read_to_string(&link).map_err(Error::file(&link))?;
    let copied = out_dir.join(COPIED);
    // What an earlier build left.
    let _ = fs::remove_dir_all(&copied);
    fs::create_dir_all(&copied).map_err(Error::file(&copied))?;
    for file in done.split_modules {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let module = fs::read(&file).map_err(Error::file(&file))?;
        let module =
            without_custom_sections(&module).ok_or_else(|| Error::Bindgen(format!("{name}: cut off")))?;
        // A new build is a new file: no cache gives a page the other half of another build.
        let hash: String =
            hmac_sha256::Hash::hash(&module).iter().take(8).map(|octet| format!("{octet:02x}")).collect();
        let fresh =
            format!("{COPIED}/{}-{hash}.wasm", name.trim_start_matches("split_").trim_end_matches(".wasm"));
        fs::write(out_dir.join(&fresh), module).map_err(Error::file(&copied))?;
        lines = lines.replace(&*name, &fresh);
    }
    Ok(Split { main, lines })
}

impl Split {
    /// The glue of the first module, with the lines in place of their import.
    pub(crate) fn join(&self, glue: &str) -> Result<String> {
        let import = glue
            .lines()
            .find(|line| line.starts_with("import * as ") && line.contains(LINK))
            .and_then(|line| Some((line, line.strip_prefix("import * as ")?.split_once(' ')?.0)));
        let Some((import, name)) = import else {
            return Err(Error::Bindgen(format!("no import of {LINK} in the glue: nothing was split off")));
        };
        let mut lines = String::new();
        let mut exported = Vec::new();
        for line in self.lines.lines().filter(|line| !line.starts_with("import ")) {
            let kept = line.strip_prefix("export ").unwrap_or(line);
            if kept.len() < line.len() {
                exported.extend(kept.split(' ').nth(1));
            }
            lines.push_str(kept);
            lines.push('\n');
        }
        let exported = exported.join(", ");
        Ok(glue.replacen(import, &format!("{lines}const {name} = {{ {exported} }};"), 1))
    }
}

/// The module without names and notes, which are of no use on the wire; `None` if it ends too soon.
fn without_custom_sections(module: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    let mut kept = module.get(..HEADER)?.to_vec();
    let mut rest = module.get(HEADER..)?;
    while let Some(id) = rest.first() {
        let (length, size) = leb128(rest.get(1..)?)?;
        let section = rest.get(..1 + size + length)?;
        if *id != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = rest.get(section.len()..)?;
    }
    Some(kept)
}

/// A number in LEB128, and how many octets it takes.
fn leb128(octets: &[u8]) -> Option<(usize, usize)> {
    let mut number = 0;
    for (at, octet) in octets.iter().enumerate().take(5) {
        number |= usize::from(octet & 0x7f) << (7 * at);
        if octet & 0x80 == 0 {
            return Some((number, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_stand_where_they_were_imported() {
        let lines =
            "import { initSync } from \"./main.js\";\nlet n = 0;\nexport const load = f(n);\n".to_owned();
        let split = Split { main: PathBuf::new(), lines };
        let glue = "import * as import1 from \"./split.js\"\nuse(import1);\n";
        let joined = split.join(glue).ok();
        assert_eq!(
            joined.as_deref(),
            Some("let n = 0;\nconst load = f(n);\nconst import1 = { load };\nuse(import1);\n")
        );
    }

    #[test]
    fn a_glue_without_the_import_is_refused() {
        let split = Split { main: PathBuf::new(), lines: String::new() };
        assert!(split.join("export {};").is_err());
    }

    #[test]
    fn custom_sections_go_and_the_others_stay() {
        let header = b"\0asm\x01\0\0\0";
        let module = [&header[..], &[0, 2, 1, b'n'], &[1, 1, 0], &[0, 1, 0]].concat();
        assert_eq!(without_custom_sections(&module), Some([&header[..], &[1, 1, 0]].concat()));
        assert_eq!(without_custom_sections(&module[..module.len() - 1]), None);
        assert_eq!(leb128(&[0x80, 0x01]), Some((128, 2)));
    }
}
