//! Finding programs, and running them.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Error, Result};

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Cargo's target folder: two levels above this program, wherever it was set to be.
pub(crate) fn target_dir() -> PathBuf {
    let here = env::current_exe().unwrap_or_default();
    here.ancestors().nth(2).map_or_else(|| root().join("target"), Path::to_owned)
}

/// The folder of the tools that this program installs, which is searched before all others.
pub(crate) fn tools_dir() -> PathBuf {
    target_dir().join("tools")
}

/// The folder into which `cargo install` installs.
pub(crate) fn cargo_bin_dir() -> PathBuf {
    let home = ["CARGO_INSTALL_ROOT", "CARGO_HOME"].into_iter().find_map(env::var_os);
    let home = home.map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    home.unwrap_or_default().join("bin")
}

/// The search path: this program's tools, then cargo's, then the user's.
fn search_path() -> OsString {
    let everybodys = env::var_os("PATH").unwrap_or_default();
    let folders = [tools_dir(), cargo_bin_dir()].into_iter().chain(env::split_paths(&everybodys));
    env::join_paths(folders).unwrap_or(everybodys)
}

/// The file that would be run under this name, if there is one.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let names = [format!("{program}{}", env::consts::EXE_SUFFIX), format!("{program}.cmd")];
    let names = if cfg!(windows) { &names[..] } else { &names[..1] };
    env::split_paths(&search_path())
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// A command that runs in the project's folder and finds this program's tools.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
    command.current_dir(root()).env("PATH", search_path());
    command
}

/// The very cargo that started this program.
pub(crate) fn cargo() -> Command {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command(&cargo)
}

/// Runs a command, whose output goes where this program's output goes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|reason| start_error(command, reason))?;
    if status.success() { Ok(()) } else { Err(Error::Failed { command: words(command) }) }
}

/// The output of a command, if it could be started and succeeded.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The stream that is also returned.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    /// Standard output, where cargo test prints its summary.
    Out,
    /// Standard error, where nextest prints its summary.
    Err,
}

/// Runs a command, shows all its output, and also returns what it wrote to one stream.
///
/// The outer error means that the program did not start; the inner one that it failed.
pub(crate) fn read_along(command: &mut Command, stream: Stream) -> Result<(String, Result<()>)> {
    match stream {
        Stream::Out => command.stdout(Stdio::piped()),
        Stream::Err => command.stderr(Stdio::piped()),
    };
    let mut child = command.spawn().map_err(|reason| start_error(command, reason))?;
    let text = match stream {
        Stream::Out => child.stdout.take().map(|pipe| echo(pipe, io::stdout())),
        Stream::Err => child.stderr.take().map(|pipe| echo(pipe, io::stderr())),
    };
    let status = child.wait().map_err(|reason| start_error(command, reason))?;
    let outcome = if status.success() { Ok(()) } else { Err(Error::Failed { command: words(command) }) };
    Ok((text.unwrap_or_default(), outcome))
}

/// Copies line by line until the end of the pipe or an unreadable line.
fn echo(pipe: impl io::Read, mut to: impl Write) -> String {
    let mut text = String::new();
    let mut pipe = BufReader::new(pipe);
    let mut line = Vec::new();
    while pipe.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        // The reader may be gone already; the tests continue.
        let _ = to.write_all(&line);
        text.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    text
}

pub(crate) fn start_error(command: &Command, reason: io::Error) -> Error {
    Error::Start { program: command.get_program().display().to_string(), reason }
}

/// The command as a person would type it.
fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let mut words = program.to_string_lossy().into_owned();
    for arg in command.get_args() {
        words.push(' ');
        words.push_str(&arg.to_string_lossy());
    }
    words
}
