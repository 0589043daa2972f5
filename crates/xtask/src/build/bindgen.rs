//! The `wasm-bindgen` tool, which this program becomes when it is called by that name.
//!
//! Trunk requires exactly the version of the `wasm-bindgen` crate in Cargo.lock. As a library from the same lock file
//! this tool always has that version, and needs neither a download nor a second, slower installation. Only the options
//! that trunk passes are understood; any other is refused by name.

use std::path::PathBuf;

use wasm_bindgen_cli_support::Bindgen;

use crate::error::{Error, Result};

/// The name under which this program is the tool.
pub(crate) const NAME: &str = "wasm-bindgen";

/// Version of the library that does the work; the same as in `Cargo.toml`.
const VERSION: &str = "0.2.130";

/// Does what the arguments ask for, as the tool of this name would.
pub(crate) fn run(args: &[String]) -> Result<()> {
    if args == ["--version"] {
        println!("{NAME} {VERSION}");
        return Ok(());
    }
    Order::parse(args)?.generate()
}

/// The options that trunk passes.
#[derive(Debug, PartialEq, Eq)]
struct Order {
    input: PathBuf,
    out_dir: PathBuf,
    out_name: Option<String>,
    target: Target,
    keep_debug: bool,
    demangle: bool,
    typescript: bool,
}

/// The environment in which the generated JavaScript will run.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Target {
    Web,
    NoModules,
    Nodejs,
}

impl Order {
    fn parse(args: &[String]) -> Result<Self> {
        let mut input = None;
        let mut out_dir = None;
        let mut out_name = None;
        let mut target = Target::Web;
        let (mut keep_debug, mut demangle, mut typescript) = (false, true, true);
        let mut args = args.iter().map(String::as_str);
        while let Some(arg) = args.next() {
            let (option, attached) = match arg.split_once('=') {
                Some((option, value)) if option.starts_with("--") => (option, Some(value)),
                _ => (arg, None),
            };
            let mut value = || attached.or_else(|| args.next()).ok_or_else(|| refused(option));
            match option {
                "--out-dir" => out_dir = Some(PathBuf::from(value()?)),
                "--out-name" => out_name = Some(value()?.to_owned()),
                "--target" => target = Target::parse(value()?)?,
                "--keep-debug" => keep_debug = true,
                "--no-demangle" => demangle = false,
                "--no-typescript" => typescript = false,
                // Since 0.2.95 both are read from the module itself.
                "--reference-types" | "--weak-refs" => {}
                path if !path.starts_with('-') => input = Some(PathBuf::from(arg)),
                _ => return Err(refused(arg)),
            }
        }
        Ok(Self {
            input: input.ok_or_else(|| refused("a call without an input file"))?,
            out_dir: out_dir.ok_or_else(|| refused("a call without --out-dir"))?,
            out_name,
            target,
            keep_debug,
            demangle,
            typescript,
        })
    }

    fn generate(&self) -> Result<()> {
        let stem = self.input.file_stem().unwrap_or_default().to_string_lossy();
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(&self.input)
            .out_name(self.out_name.as_deref().unwrap_or(&stem))
            .keep_debug(self.keep_debug)
            // Cargo must leave both sections in (`strip = "debuginfo"`): the library reads from them which features the
            // module may use. The page does not need them.
            .remove_name_section(!self.keep_debug)
            .remove_producers_section(!self.keep_debug)
            .demangle(self.demangle)
            .typescript(self.typescript);
        match self.target {
            Target::Web => bindgen.web(true),
            Target::NoModules => bindgen.no_modules(true),
            Target::Nodejs => bindgen.nodejs(true),
        }
        .map_err(failed)?;
        bindgen.generate(&self.out_dir).map_err(failed)
    }
}

impl Target {
    fn parse(name: &str) -> Result<Self> {
        match name {
            "web" => Ok(Self::Web),
            "no-modules" => Ok(Self::NoModules),
            "nodejs" => Ok(Self::Nodejs),
            _ => Err(refused(&format!("--target={name}"))),
        }
    }
}

/// An error with its causes, which the library's `Debug` shows.
fn failed(reason: impl std::fmt::Debug) -> Error {
    Error::Bindgen(format!("{reason:?}"))
}

fn refused(what: &str) -> Error {
    Error::Bindgen(format!("{what}: not understood by this build of the tool"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Order> {
        let args: Vec<String> = line.split(' ').map(str::to_owned).collect();
        Order::parse(&args)
    }

    #[test]
    fn the_call_that_trunk_makes() {
        let order = parse("--target=web --out-dir=/o --out-name=app /in/app.wasm --no-typescript");
        assert_eq!(
            order.ok(),
            Some(Order {
                input: "/in/app.wasm".into(),
                out_dir: "/o".into(),
                out_name: Some("app".to_owned()),
                target: Target::Web,
                keep_debug: false,
                demangle: true,
                typescript: false,
            })
        );
    }

    #[test]
    fn an_unknown_option_is_refused_by_name() {
        let error = parse("--frobnicate /in/app.wasm").err();
        let message = error.map(|error| error.to_string());
        assert!(message.is_some_and(|message| message.contains("--frobnicate")));
    }

    #[test]
    fn the_lock_file_holds_one_version_of_crate_and_tool() {
        let lock = include_str!("../../../../Cargo.lock").replace('\r', "");
        for name in ["wasm-bindgen", "wasm-bindgen-cli-support"] {
            let entry = format!("name = \"{name}\"\nversion = \"{VERSION}\"\n");
            assert!(lock.contains(&entry), "Cargo.lock: {name} is not {VERSION}");
        }
    }
}
