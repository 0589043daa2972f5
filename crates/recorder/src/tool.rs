//! Running the tools of the system.

use std::env;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::trouble::Trouble;

/// Runs a tool, and ignores its output unless it fails.
pub(crate) fn run(words: &[&str]) -> Result<(), Trouble> {
    output(words).map(|_| ())
}

/// Runs a tool, and returns its standard output.
pub(crate) fn output(words: &[&str]) -> Result<String, Trouble> {
    let command = words.join(" ");
    let output = made(words).output().map_err(Trouble::system(format!("cannot start {command}")))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Trouble::Tool { command, said: String::from_utf8_lossy(&output.stderr).into_owned() })
    }
}

/// The first line that a tool prints, whether it fails or not; for asking versions.
pub(crate) fn first_line(words: &[&str]) -> String {
    let output = made(words).output();
    let text = output.map(|output| [output.stdout, output.stderr].concat()).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().next().unwrap_or("unknown").trim().to_owned()
}

fn made(words: &[&str]) -> Command {
    let (program, args) = words.split_first().map_or(("", words), |(program, args)| (*program, args));
    let mut command = Command::new(find_tool(program).unwrap_or_else(|| program.into()));
    command.args(args).stdin(Stdio::null());
    command
}

/// Where a tool is: on the path, or in a folder that only root's path has.
pub(crate) fn find_tool(program: &str) -> Option<PathBuf> {
    let elsewhere = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];
    on_path(program).or_else(|| {
        elsewhere.iter().map(|folder| Path::new(folder).join(program)).find(|file| file.is_file())
    })
}

/// The file that a shell would run under this name.
fn on_path(program: &str) -> Option<PathBuf> {
    let runs = |file: &PathBuf| {
        file.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    };
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(runs)
}
