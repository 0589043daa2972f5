//! Running this program again in a process of its own.

use crate::error::Error;
use std::env;
use std::process::Command;

/// The script that runs a WebAssembly build under Node; its first argument is the file.
const NODE: &str = include_str!("wasi.mjs");

/// The output of this program when it is run with `args`.
pub(crate) fn native(args: &[&str]) -> Result<String, Error> {
    let program = env::current_exe().map_err(|reason| Error::Child("this program".to_owned(), reason))?;
    output(Command::new(program).args(args))
}

/// The output of `file`, this program as WebAssembly, under Node.
pub(crate) fn wasm(file: &str, args: &[&str]) -> Result<String, Error> {
    let mut node = Command::new("node");
    output(node.args(["--no-warnings", "--input-type=module", "--eval", NODE, "--", file]).args(args))
}

fn output(command: &mut Command) -> Result<String, Error> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|reason| Error::Child(name.clone(), reason))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        return Err(Error::Failed(name));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
