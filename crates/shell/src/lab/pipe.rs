//! A program whose output goes through a pipe: `sudo tcpdump -l | grep S_m`.
//!
//! A filter that works line by line shows its lines as they come; others, and several filters, show everything at the end.
//! Ctrl-C ends the whole pipe, so what the filters have not shown by then is lost, as on a real machine.

use super::Lab;
use super::origin::Origin;
use super::sudo::Stage;
use crate::commands;
use crate::output::Output;
use crate::terminal::{PrintedKind, Stream, Written};
use tcp_core::net::ProcessId;

/// The filters behind a program.
#[derive(Clone, Debug)]
pub(super) struct Pipe {
    origin: Origin,
    stages: Vec<Stage>,
    manner: Manner,
    /// What the program has written, as far as the filters still need it.
    input: String,
    /// How much of what they make of that was shown, in octets.
    shown: usize,
    /// The exit code of what was shown and forgotten.
    code: Option<i32>,
    /// The filters have ended before the program.
    broken: bool,
    /// Ctrl-C has ended the filters.
    interrupted: bool,
}

/// How the filters read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// Each line by itself.
    Lines,
    /// Line by line, but what they do with one may depend on those before it.
    Begun,
    /// As [`Manner::Begun`]; they end when they have their lines.
    Head,
    /// All at once.
    Whole,
}

/// Beyond this, what depends on earlier lines is shown at the end only: each line would be read once more for each.
const MOST: usize = 1 << 16;

/// Exit code of a filter that SIGINT ends.
const INTERRUPTED: i32 = 130;

impl Pipe {
    pub(super) fn new(origin: Origin, stages: Vec<Stage>) -> Pipe {
        let manner = match stages.as_slice() {
            [stage] => manner(&stage.words),
            _ => Manner::Whole,
        };
        Pipe {
            origin,
            stages,
            manner,
            input: String::new(),
            shown: 0,
            code: None,
            broken: false,
            interrupted: false,
        }
    }

    /// Ctrl-C ends the filters.
    pub(super) fn interrupt(&mut self) {
        self.interrupted = true;
    }

    /// Takes what the program wrote to its standard output. Returns whether there was anything.
    pub(super) fn take(&mut self, written: &[Written]) -> bool {
        let before = self.input.len();
        let pieces = written.iter().filter(|piece| piece.stream == Stream::Stdout);
        pieces.for_each(|piece| self.input.push_str(&piece.text));
        self.input.len() > before && !self.interrupted
    }
}

fn manner(words: &[String]) -> Manner {
    /// Options with which grep looks at each line by itself.
    const ALONE: &str = "-iEFGPvwxoeh";
    let Some((name, rest)) = words.split_first() else { return Manner::Whole };
    let alone = |word: &String| {
        !word.starts_with('-')
            || ["--line-buffered", "--color=auto", "--color=always", "--color"].contains(&word.as_str())
            || word.chars().all(|letter| ALONE.contains(letter))
    };
    match commands::base_name(name) {
        "grep" | "egrep" | "fgrep" if rest.iter().all(alone) => Manner::Lines,
        "cat" | "less" | "more" if rest.is_empty() => Manner::Lines,
        "grep" | "egrep" | "fgrep" if !rest.iter().any(|word| word.starts_with("-c")) => Manner::Begun,
        "cat" | "sed" | "nl" => Manner::Begun,
        "head" => Manner::Head,
        _ => Manner::Whole,
    }
}

impl Lab {
    /// Lets the filters of a process show what has come, and ends the process if it has written where nobody reads.
    pub(super) fn pour(&mut self, id: ProcessId) {
        let Some(mut pipe) = self.user.running_mut(id).and_then(|running| running.pipe.take()) else {
            return;
        };
        let nobody_reads = pipe.broken;
        // What it writes while it ends is not read either.
        pipe.interrupted |= nobody_reads;
        let whole = pipe.input.rfind('\n').map_or(0, |end| end + 1);
        match pipe.manner {
            _ if pipe.broken => {}
            Manner::Whole => {}
            Manner::Lines => {
                let rest = pipe.input.split_off(whole);
                let lines = std::mem::replace(&mut pipe.input, rest);
                let output = self.filter(&pipe, &lines);
                self.show_of(&mut pipe, &output);
                pipe.shown = 0;
                pipe.code = pipe.code.map(|code| code.min(output.exit_code)).or(Some(output.exit_code));
            }
            Manner::Begun | Manner::Head if whole > MOST => {}
            Manner::Begun | Manner::Head => {
                let lines = pipe.input[..whole].to_owned();
                let output = self.filter(&pipe, &lines);
                self.show_of(&mut pipe, &output);
                // It has all its lines if one more would change nothing.
                pipe.broken = pipe.manner == Manner::Head
                    && self.filter(&pipe, &(lines + "\n")).stdout == output.stdout;
            }
        }
        if let Some(running) = self.user.running_mut(id) {
            running.pipe = Some(pipe);
        }
        if nobody_reads {
            self.end_by_pipe(id);
        }
    }

    /// The end of a program: the filters have everything. Returns the exit code of the last.
    pub(super) fn drain(&mut self, mut pipe: Pipe) -> Output {
        if pipe.broken {
            return Output::default();
        }
        if pipe.interrupted {
            return Output { exit_code: INTERRUPTED, ..Output::default() };
        }
        let input = std::mem::take(&mut pipe.input);
        if input.is_empty() && pipe.code.is_some() {
            return Output { exit_code: pipe.code.unwrap_or(0), ..Output::default() };
        }
        let mut output = self.filter(&pipe, &input);
        output.stdout = output.stdout.get(pipe.shown..).unwrap_or_default().to_owned();
        output.exit_code = pipe.code.map_or(output.exit_code, |code| code.min(output.exit_code));
        output
    }

    /// What the filters make of an input.
    fn filter(&mut self, pipe: &Pipe, input: &str) -> Output {
        let mut all = Output { stdout: input.to_owned(), ..Output::default() };
        for Stage { user, words } in &pipe.stages {
            self.user.work += 1000 + all.stdout.len() as u64 * 400;
            let done = self.run_tool(Origin { user: *user, ..pipe.origin }, words, Some(&all.stdout));
            let output = done.unwrap_or_else(Output::from);
            all.stderr += &output.stderr;
            all = Output { stderr: all.stderr, ..output };
        }
        all
    }

    /// Shows what is new in the output of the filters.
    fn show_of(&mut self, pipe: &mut Pipe, output: &Output) {
        let Some(terminal) = pipe.origin.terminal else { return };
        if pipe.shown == 0 && pipe.code.is_none() {
            self.print(terminal, PrintedKind::Stderr, &output.stderr);
        }
        if let Some(more) = output.stdout.get(pipe.shown..) {
            self.print(terminal, PrintedKind::Stdout, more);
            pipe.shown = output.stdout.len();
        }
    }

    /// Shows what the filters have at the end of a program, and returns the exit code of the last.
    pub(super) fn close_pipe(&mut self, pipe: Pipe) -> i32 {
        let terminal = pipe.origin.terminal;
        let output = self.drain(pipe);
        if let Some(terminal) = terminal {
            self.print(terminal, PrintedKind::Stderr, &output.stderr);
            self.print(terminal, PrintedKind::Stdout, &output.stdout);
        }
        output.exit_code
    }
}
