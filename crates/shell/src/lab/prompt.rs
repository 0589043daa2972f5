//! The prompt: turns a line into commands, and runs them one after the other.

use super::jobs::Job;
use super::origin::Origin;
use super::pipe::Pipe;
use super::sudo::{self, Stage};
use super::{Lab, Signal, builtins};
use crate::commands::{self, Run};
use crate::line::{self, Pipeline, STATUS, quote};
use crate::network;
use crate::output::{Done, Output, Refusal};
use crate::program::{Begin, Event};
use crate::terminal::{PrintedKind, Terminal, TerminalId};
use crate::tools::OnHost;
use crate::tools::files::{self, nothing_to_read};
use crate::user::User;
use std::collections::VecDeque;
use tcp_core::net::{ChainChange, FactId, Happened, HostId, NetworkChange, ProcessId};

/// How often `sh -c` may be nested in `sh -c`, counted over one line.
const NESTED: u32 = 20;

/// What follows the console's answer to a word that it does not know.
const HELP_LISTS: &str = "; help lists what the network understands";

/// What follows it if the word is a command of the hosts.
const ON_HOSTS: &str = "; it is a command of C_m and S_m";

/// What a terminal's shell remembers between lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Prompt {
    /// Pipelines to run when the program in the foreground has ended.
    rest: VecDeque<Pipeline>,
    /// Exit code of the last command: `$?`.
    pub(super) status: i32,
    pub(super) jobs: Vec<Job>,
}

impl Prompt {
    pub(super) fn forget_rest(&mut self) {
        self.rest.clear();
    }
}

/// What running one pipeline led to.
enum Ran {
    /// It has ended, with this output.
    Over(Output),
    /// It was `sh -c`, and stands for these pipelines.
    Is(Vec<Pipeline>),
    /// Its last command keeps running. The text is what the commands before it wrote to standard error, unless a
    /// terminal has shown it already.
    GoesOn(ProcessId, String),
}

impl Lab {
    /// A line at the prompt of a terminal.
    pub(super) fn command(&mut self, terminal: TerminalId, line: &str) {
        self.print_command(terminal, line);
        match parse(terminal.host(), line) {
            Ok(items) => self.continue_with(terminal, items.into()),
            Err(error) => {
                self.user.prompts[terminal.index()].status = 2;
                self.print(terminal, PrintedKind::Stderr, &format!("{error}\n"));
            }
        }
    }

    /// Handles the end of the program in the foreground, or of a job.
    pub(super) fn give_back(
        &mut self,
        terminal: TerminalId,
        id: ProcessId,
        code: i32,
        signal: Option<Signal>,
    ) {
        if self.user.terminals[terminal.index()].foreground != Some(id) {
            return;
        }
        self.user.terminals[terminal.index()].foreground = None;
        let prompt = &mut self.user.prompts[terminal.index()];
        prompt.status = code;
        let rest = std::mem::take(&mut prompt.rest);
        match signal {
            Some(Signal::Term) => self.print(terminal, PrintedKind::Stderr, "Terminated\n"),
            Some(Signal::Kill) => self.print(terminal, PrintedKind::Stderr, "Killed\n"),
            _ => {}
        }
        self.continue_with(terminal, rest);
    }

    /// Runs a line without a terminal.
    pub(super) fn run_line(&mut self, host: Option<HostId>, by: User, line: &str) -> Output {
        let mut items: VecDeque<Pipeline> = match parse(host, line) {
            Ok(items) => items.into(),
            Err(error) => return Output::err(format!("{error}\n"), 2),
        };
        let mut all = Output::default();
        let mut nested = 0;
        while let Some(item) = items.pop_front() {
            if !item.when.holds(all.exit_code) {
                continue;
            }
            let origin = Origin { host, terminal: None, user: by, status: all.exit_code };
            match self.run_item(origin, &item, &mut nested) {
                Ran::Over(output) => {
                    all.stdout.push_str(&output.stdout);
                    all.stderr.push_str(&output.stderr);
                    all.exit_code = output.exit_code;
                }
                Ran::Is(more) => prepend(more, &item, &mut items),
                Ran::GoesOn(_, stderr) => {
                    all.stderr.push_str(&stderr);
                    all.exit_code = 0;
                }
            }
        }
        all
    }

    /// Starts one command without a terminal; a tool ends at once.
    pub(super) fn start_line(&mut self, host: HostId, cmd: &str) -> ProcessId {
        let (args, by) = (line::words(cmd), self.user.login);
        if let Some(program) = program(&args) {
            return self.launch(host, None, by, cmd, program);
        }
        // A process of root's that the student starts has the name of the step. Where root types, `sudo` is a tool.
        if let (User::Student, Ok(Stage { user, words })) = (by, sudo::read(host, &args, by))
            && let Some(program) = program(&words)
        {
            let shown: Vec<String> = words.iter().map(|word| quote(word)).collect();
            return self.launch(host, None, user, &shown.join(" "), program);
        }
        let id = self.register(host, cmd, None, by);
        let output = self.run_line(Some(host), by, cmd);
        self.publish_output(id, &output);
        id
    }

    /// Runs the rest of a line until a program takes the foreground.
    fn continue_with(&mut self, terminal: TerminalId, mut items: VecDeque<Pipeline>) {
        let mut nested = 0;
        while let Some(item) = items.pop_front() {
            let status = self.user.prompts[terminal.index()].status;
            if !item.when.holds(status) {
                continue;
            }
            let origin =
                Origin { host: terminal.host(), terminal: Some(terminal), user: self.user.login, status };
            let ran = self.run_item(origin, &item, &mut nested);
            if self.user.terminals[terminal.index()].is_new() {
                // It was closed, and nothing more is read in it. What runs in an open one is in its history.
                return;
            }
            match ran {
                Ran::Over(output) => {
                    let mut shown =
                        [(PrintedKind::Stdout, &output.stdout), (PrintedKind::Stderr, &output.stderr)];
                    if item.stages.len() > 1 {
                        // What the commands of a pipe complain of stands before what comes out of it.
                        shown.reverse();
                    }
                    for (kind, text) in shown {
                        self.print(terminal, kind, text);
                    }
                    self.user.prompts[terminal.index()].status = output.exit_code;
                }
                Ran::Is(more) => prepend(more, &item, &mut items),
                Ran::GoesOn(process, _) if item.background => self.note_job(terminal, process),
                Ran::GoesOn(process, _) => {
                    self.user.terminals[terminal.index()].foreground = Some(process);
                    self.user.prompts[terminal.index()].rest = items;
                    return;
                }
            }
        }
        self.report_jobs(terminal);
    }

    fn run_item(&mut self, origin: Origin, item: &Pipeline, nested: &mut u32) -> Ran {
        if let Some(why) = self.exhausted() {
            return Ran::Over(Output::err(format!("bash: this session is full: {why}\n"), 1));
        }
        let mut stages = Vec::new();
        for words in &item.stages {
            match stage(origin, item.user.unwrap_or(origin.user), words) {
                Ok(stage) => stages.push(stage),
                Err(refusal) => return Ran::Over(refusal.into()),
            }
        }
        if let Some((script, user)) = stages.first().and_then(|s| Some((builtins::script(&s.words)?, s.user)))
        {
            *nested += 1;
            return match line::parse(script) {
                Err(error) => Ran::Over(Output::err(format!("{error}\n"), 2)),
                Ok(_) if *nested > NESTED => Ran::Over(Output::err("sh: too deep\n", 2)),
                Ok(items) => inline(items, user, &item.stages),
            };
        }
        let before = self.world.log().len();
        let ran = self.run_stages(origin, &stages);
        if self.changes_since(before) {
            let words =
                |words: &Vec<String>| words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ");
            let line = item.stages.iter().map(words).collect::<Vec<_>>().join(" | ");
            self.user.changed = Some(line.as_str().into());
        }
        ran
    }

    /// Whether anything that stops or repeats packets has been changed since the log had this length.
    fn changes_since(&self, length: usize) -> bool {
        let log = self.world.log();
        let first = FactId(u32::try_from(length).unwrap_or(u32::MAX));
        log.since(first).any(|fact| match fact.what {
            Happened::FirewallChanged { change, .. } => change != ChainChange::Zeroed,
            Happened::NetworkChanged { change } => !matches!(change, NetworkChange::Delay { .. }),
            _ => false,
        })
    }

    /// Runs a pipe: each command's output is the next one's input.
    fn run_stages(&mut self, origin: Origin, stages: &[Stage]) -> Ran {
        let mut stderr = String::new();
        let mut stdin: Option<String> = None;
        let mut exit_code = 0;
        for (at, Stage { user, words: args }) in stages.iter().enumerate() {
            let origin = Origin { user: *user, ..origin };
            if let (Some(host), Some(program)) = (origin.host, program(args)) {
                let behind = stages.get(at + 1..).unwrap_or_default();
                if behind.iter().any(|stage| self::program(&stage.words).is_some()) {
                    let name = program.1;
                    stderr += &format!("bash: {name} goes on: here it can only stand last in a pipe\n");
                    return Ran::Over(Output { stdout: String::new(), stderr, exit_code: 1 });
                }
                let pipe = (!behind.is_empty()).then(|| Pipe::new(origin, behind.to_vec()));
                return self.start_last(host, origin, (program, args), stdin.as_deref(), pipe, stderr);
            }
            // The cost: some tools read the log from its beginning, and a filter tries its pattern at every position.
            let words: usize = args.iter().map(String::len).sum();
            self.user.work += 1000 + self.world.log().len() as u64 / 4;
            self.user.work += stdin.as_ref().map_or(0, |text| text.len() as u64 * (400 + words as u64));
            let done = self.run_tool(origin, args, stdin.as_deref());
            // A tool that does its work nevertheless remarks first what it cannot do.
            let remarks = done.as_ref().is_ok_and(|output| output.exit_code == 0);
            let output = done.unwrap_or_else(Output::from);
            match origin.terminal {
                Some(terminal) if remarks && stages.len() == 1 => {
                    self.print(terminal, PrintedKind::Stderr, &output.stderr);
                }
                _ => stderr.push_str(&output.stderr),
            }
            stdin = Some(output.stdout);
            exit_code = output.exit_code;
        }
        Ran::Over(Output { stdout: stdin.unwrap_or_default(), stderr, exit_code })
    }

    /// Starts a program, with the output of the pipe before it as its input.
    fn start_last(
        &mut self,
        host: HostId,
        origin: Origin,
        (program, args): ((Begin, &str, &[String]), &[String]),
        stdin: Option<&str>,
        pipe: Option<Pipe>,
        mut stderr: String,
    ) -> Ran {
        // The commands before it began first, so their errors are shown first.
        if let Some(terminal) = origin.terminal.filter(|_| !stderr.is_empty()) {
            self.print(terminal, PrintedKind::Stderr, &std::mem::take(&mut stderr));
        }
        let shown: Vec<String> = args.iter().map(|word| quote(word)).collect();
        let cmd = shown.join(" ");
        let (process, over) = self.launch_into(host, origin.terminal, origin.user, &cmd, program, pipe);
        if let Some(pipe) = over {
            let output = self.drain(pipe);
            return Ran::Over(Output { stderr: stderr + &output.stderr, ..output });
        }
        if let Some(text) = stdin {
            for line in text.lines() {
                self.notify(process, Event::Line(format!("{line}\n")));
            }
            self.notify(process, Event::EndOfInput);
        }
        let exit = self.user.processes.get(process.0 as usize).and_then(|process| process.exit.as_ref());
        match exit {
            Some(exit) => Ran::Over(Output { stdout: String::new(), stderr, exit_code: exit.code }),
            None => Ran::GoesOn(process, stderr),
        }
    }

    /// Runs a command that ends at once, with the output of the pipe before it as its input.
    pub(super) fn run_tool(&mut self, origin: Origin, args: &[String], stdin: Option<&str>) -> Done {
        let (word, args) = args.split_first().map_or(("", args), |(word, args)| (word.as_str(), args));
        let name = commands::base_name(word);
        let found = commands::find(origin.host, word).map(|command| command.run);
        match (found, origin.host) {
            (Some(Run::Filter(run)), None) => run(args, stdin.ok_or_else(|| nothing_to_read(name))?),
            (Some(Run::Console(run)), _) => {
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                run(&args, &mut self.world).map_err(|why| Refusal::new(format!("{name}: {why}\n"), 2))
            }
            (_, None) => {
                let near = builtins::did_you_mean(&commands::near(None, word));
                let elsewhere = || commands::find(Some(HostId::Client), word).map(|_| ON_HOSTS.to_owned());
                let why = near.or_else(elsewhere).unwrap_or_else(|| HELP_LISTS.to_owned());
                Err(Refusal::new(format!("{word}: command not found{why}\n"), 2))
            }
            (Some(run @ (Run::Tool(_) | Run::Filter(_) | Run::Reader(_))), Some(host)) => {
                let user = origin.user;
                let mut programs = self.program_names(host);
                programs.retain(|program| user.may_touch(program.user));
                let (world, files) = (&mut self.world, &mut self.user.files);
                let names = self.user.names;
                let here = &mut OnHost { world, host, files, user, names, programs: &programs };
                match run {
                    Run::Filter(run) => files::filtered((name, run), args, stdin, here),
                    Run::Tool(run) => run(args, here),
                    Run::Reader(run) => run(args, stdin, here),
                    _ => Err(builtins::not_found(host, word)),
                }
            }
            (Some(Run::Builtin(builtin)), Some(host)) => self.builtin(builtin, origin, host, name, args),
            (Some(Run::Absent(why)), _) => Err(Refusal::new(format!("bash: {name}: {why}\n"), 1)),
            (Some(Run::Program(_)) | None, Some(host)) => Err(builtins::not_found(host, word)),
        }
    }

    /// Closes a terminal: the next that is opened is a new one. Its jobs go on, and write nowhere.
    pub(super) fn close(&mut self, terminal: TerminalId) {
        self.user.terminals[terminal.index()] = Terminal::new(terminal);
        self.user.prompts[terminal.index()] = Prompt::default();
        for running in self.user.running.iter_mut().filter(|running| running.terminal == Some(terminal)) {
            running.terminal = None;
        }
    }

    /// `clear`
    pub(super) fn clear_screen(&mut self, origin: Origin) {
        if let Some(terminal) = origin.terminal {
            self.user.terminals[terminal.index()].printed.clear();
        }
    }

    /// `history`: the lines with their numbers.
    pub(super) fn history(&self, origin: Origin) -> String {
        let lines =
            origin.terminal.map_or(&[][..], |terminal| &self.user.terminals[terminal.index()].history);
        lines.iter().zip(1..).map(|(line, number)| format!("{number:>5}  {line}\n")).collect()
    }
}

/// The function that starts the program which `words` call on a host, its name, and the words after it; `None` if they
/// do not call a program.
fn program(words: &[String]) -> Option<(Begin, &str, &[String])> {
    let (word, args) = words.split_first()?;
    Some((commands::program(word)?, commands::base_name(word), args))
}

/// The command of a pipe, and who runs it. The network's console has no users.
fn stage(origin: Origin, user: User, words: &[String]) -> Result<Stage, Refusal> {
    let status = origin.status.to_string();
    let words: Vec<String> = words.iter().map(|word| word.replace(STATUS, &status)).collect();
    match origin.host {
        Some(host) => sudo::read(host, &words, user),
        None => Ok(Stage { user, words: words.into_iter().skip_while(|word| word == "sudo").collect() }),
    }
}

/// The pipelines of `sh -c`, or its only pipeline with the rest of the outer pipe appended.
fn inline(mut items: Vec<Pipeline>, user: User, stages: &[Vec<String>]) -> Ran {
    items.iter_mut().for_each(|item| item.user = Some(user));
    if let [item] = items.as_mut_slice() {
        item.stages.extend(stages.iter().skip(1).cloned());
    } else if stages.len() > 1 {
        return Ran::Over(Output::err("bash: sh -c with several commands cannot stand in a pipe here\n", 2));
    }
    Ran::Is(items)
}

/// Puts the pipelines of `sh -c` before the other items. The last of them runs in the background if the whole was to.
fn prepend(more: Vec<Pipeline>, whole: &Pipeline, items: &mut VecDeque<Pipeline>) {
    for (at, mut item) in more.into_iter().rev().enumerate() {
        item.background |= at == 0 && whole.background;
        items.push_front(item);
    }
}

/// Reads a line of a host, or of the network's console (`None`), where `SYN|ACK` is a segment and no pipe.
fn parse(host: Option<HostId>, line: &str) -> Result<Vec<Pipeline>, line::Syntax> {
    match host {
        Some(_) => line::parse(line),
        None => line::parse(&network::with_flags_joined(line)),
    }
}
