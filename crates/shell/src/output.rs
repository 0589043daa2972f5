//! What a command prints, and how it refuses.

use thiserror::Error;

/// What a command printed, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Standard output, including line ends.
    pub stdout: String,
    /// Standard error, including line ends.
    pub stderr: String,
    /// The exit code.
    pub exit_code: i32,
}

impl Output {
    /// The output of a command that printed `stdout` and succeeded.
    pub fn ok(stdout: impl Into<String>) -> Output {
        Output { stdout: stdout.into(), stderr: String::new(), exit_code: 0 }
    }

    /// The output of a command that printed `stderr` and ended with `exit_code`.
    pub fn err(stderr: impl Into<String>, exit_code: i32) -> Output {
        Output { stdout: String::new(), stderr: stderr.into(), exit_code }
    }
}

/// The end of a command before it did anything: what it printed, letter for letter, and its exit code. With exit code 0
/// it is the answer to `--help` or `--version`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{}", .0.stdout, .0.stderr)]
pub(crate) struct Refusal(Output);

impl Refusal {
    /// A refusal that prints `stderr` and ends with `exit_code`.
    pub(crate) fn new(stderr: impl Into<String>, exit_code: i32) -> Refusal {
        Refusal(Output::err(stderr, exit_code))
    }

    /// The same refusal with another exit code.
    pub(crate) fn with_code(self, exit_code: i32) -> Refusal {
        Refusal(Output { exit_code, ..self.0 })
    }

    /// The answer to `--help` or `--version`, on standard output.
    pub(crate) fn help(stdout: impl Into<String>) -> Refusal {
        Refusal(Output::ok(stdout))
    }
}

impl From<Output> for Refusal {
    fn from(output: Output) -> Refusal {
        Refusal(output)
    }
}

impl From<Refusal> for Output {
    fn from(Refusal(output): Refusal) -> Output {
        output
    }
}

/// Result of a command.
pub(crate) type Done = Result<Output, Refusal>;
