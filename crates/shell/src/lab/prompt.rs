//! The prompt: turns a line into commands, and runs them one after the other.

use super::jobs::Job;
use super::origin::Origin;
use super::shell::{Outlet, ShellId};
use super::sudo::{self, Stage};
use super::{Lab, Signal, builtins};
use crate::commands::{self, Builtin, Run};
use crate::line::{self, List, quote};
use crate::network;
use crate::output::{Done, Output, Refusal};
use crate::program::Begin;
use crate::terminal::{PrintedKind, Terminal, TerminalId};
use crate::tools::OnHost;
use crate::tools::files::{self, nothing_to_read};
use crate::user::{Sudoers, User};
use tcp_core::net::{ChainChange, FactId, Happened, HostId, NetworkChange, ProcessId};

/// Maximum length in octets of a command of several lines.
const LONGEST: usize = 64 << 10;

/// What follows the console's answer to a word that it does not know.
const HELP_LISTS: &str = "; help lists what the network understands";

/// What follows it if the word is a command of the hosts.
const ON_HOSTS: &str = "; it is a command of C_m and S_m";

/// What a terminal's prompt remembers between lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Prompt {
    /// The lines of a command that goes on.
    begun: String,
    pub(super) jobs: Vec<Job>,
}

impl Lab {
    /// A line at the prompt of a terminal.
    pub(super) fn command(&mut self, terminal: TerminalId, line: &str) {
        let begun = std::mem::take(&mut self.user.prompts[terminal.index()].begun);
        let continues = std::mem::take(&mut self.user.terminals[terminal.index()].continues);
        let kind = if continues { PrintedKind::Continued } else { PrintedKind::Command };
        self.print(terminal, kind, &format!("{line}\n"));
        let Some(line) = self.recalled(terminal, &begun, line) else { return };
        let whole = if continues { format!("{begun}\n{line}") } else { line.clone() };
        let read = parse(terminal.host(), &whole);
        let broken = line.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
        let wants_more = broken || read.as_ref().is_err_and(line::Syntax::wants_more);
        if wants_more && terminal.host().is_some() && whole.len() < LONGEST {
            self.user.prompts[terminal.index()].begun = whole;
            self.user.terminals[terminal.index()].continues = true;
            return;
        }
        let remembered = if continues { line::one_line(&whole) } else { whole };
        self.user.terminals[terminal.index()].remember(&remembered);
        self.shell_of(terminal);
        match read {
            Ok(list) => self.run_list(ShellId::Terminal(terminal), list),
            Err(error) => self.refuse(terminal, &error),
        }
    }

    /// The line with what its `!` brings back, which is shown before it runs. `None` if there is no such line.
    fn recalled(&mut self, terminal: TerminalId, begun: &str, line: &str) -> Option<String> {
        if terminal.host().is_none() {
            return Some(line.to_owned());
        }
        match line::history::expand(begun, line, &self.user.terminals[terminal.index()].history) {
            Ok(None) => Some(line.to_owned()),
            Ok(Some(expanded)) => {
                self.print(terminal, PrintedKind::Stdout, &format!("{expanded}\n"));
                Some(expanded)
            }
            Err(unknown) => {
                self.print(terminal, PrintedKind::Stderr, &format!("{unknown}\n"));
                None
            }
        }
    }

    fn refuse(&mut self, terminal: TerminalId, error: &line::Syntax) {
        self.shell_of(terminal).status = 2;
        self.print(terminal, PrintedKind::Stderr, &format!("{error}\n"));
    }

    /// Ctrl-C in the middle of a command: forgets it.
    pub(super) fn forget_line(&mut self, terminal: TerminalId) {
        let begun = std::mem::take(&mut self.user.prompts[terminal.index()].begun);
        self.user.terminals[terminal.index()].continues = false;
        self.user.terminals[terminal.index()].remember(&line::one_line(&begun));
    }

    /// Ctrl-D in the middle of a command: it ends there.
    pub(super) fn end_line(&mut self, terminal: TerminalId) {
        let begun = self.user.prompts[terminal.index()].begun.clone();
        self.forget_line(terminal);
        self.print(terminal, PrintedKind::Control, "^D\n");
        let error = parse(terminal.host(), &begun).err().unwrap_or(line::Syntax::End);
        self.refuse(terminal, &error);
    }

    /// Ctrl-C: ends what runs in the foreground, and drops the rest of the line.
    pub(super) fn interrupt(&mut self, terminal: TerminalId) {
        let machine = self.shell_of(terminal);
        machine.forget();
        if machine.only_waits {
            machine.waiting.clear();
            machine.only_waits = false;
            machine.status = 130;
            self.show_foreground(ShellId::Terminal(terminal));
            return;
        }
        let waiting = machine.waiting.clone();
        // Those at the end of a pipe first: what the others still write is lost, as on a real machine.
        for process in self.with_children(&waiting).into_iter().rev() {
            self.signal(process, Signal::Int);
        }
    }

    /// Runs a line without a terminal.
    pub(super) fn run_line(&mut self, host: Option<HostId>, by: User, line: &str) -> Output {
        match parse(host, line) {
            Ok(list) => self.run_script(host, by, list),
            Err(error) => Output::err(format!("{error}\n"), 2),
        }
    }

    /// Starts one command without a terminal; a tool ends at once.
    pub(super) fn start_line(&mut self, host: HostId, cmd: &str) -> ProcessId {
        let (args, by) = (line::single_command(cmd).unwrap_or_default(), self.user.login);
        let outlet = Outlet::plain(host, None);
        if let Some(program) = program(&args) {
            return self.launch(host, outlet, by, cmd, program);
        }
        // A process of root's that the student starts has the name of the step. Where root types, `sudo` is a tool.
        if let (User::Student, Ok(Stage { user, words })) = (by, sudo::read(host, &args, by, Sudoers::All))
            && let Some(program) = program(&words)
        {
            let shown: Vec<String> = words.iter().map(|word| quote(word)).collect();
            return self.launch(host, outlet, user, &shown.join(" "), program);
        }
        let id = self.register(host, cmd, None, by);
        let output = self.run_line(Some(host), by, cmd);
        self.publish_output(id, &output);
        id
    }

    /// Whether anything that stops or repeats packets has been changed since the log had this length.
    pub(super) fn changes_since(&self, length: usize) -> bool {
        let log = self.world.log();
        let first = FactId(u32::try_from(length).unwrap_or(u32::MAX));
        log.since(first).any(|fact| match fact.what {
            Happened::FirewallChanged { change, .. } => change != ChainChange::Zeroed,
            Happened::NetworkChanged { change } => !matches!(change, NetworkChange::Delay { .. }),
            _ => false,
        })
    }

    /// Runs a command that ends at once, with the output of the pipe before it as its input, and counts what it reads of files.
    pub(super) fn run_tool(&mut self, origin: Origin, args: &[String], stdin: Option<&str>) -> Done {
        let done = self.run_uncounted(origin, args, stdin);
        self.user.work += self.user.files.take_read() * 400;
        done
    }

    fn run_uncounted(&mut self, origin: Origin, args: &[String], stdin: Option<&str>) -> Done {
        let (word, args) = args.split_first().map_or(("", args), |(word, args)| (word.as_str(), args));
        let name = commands::base_name(word);
        let found = commands::find(origin.host, word).map(|command| command.run);
        let sudoers = origin.terminal.map_or(Sudoers::All, |_| self.user.sudoers);
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
                let here = &mut OnHost { world, host, files, user, sudoers, names, programs: &programs };
                match run {
                    Run::Filter(run) => files::filtered((name, run), args, stdin, here),
                    Run::Tool(run) => run(args, here),
                    Run::Reader(run) => run(args, stdin, here),
                    _ => Err(builtins::not_found(host, word, sudoers)),
                }
            }
            (Some(Run::Builtin(Builtin::Kill)), Some(host)) => self.kill(origin, host, word, args),
            (Some(Run::Builtin(builtin)), Some(host)) => self.builtin(builtin, origin, host, name, args),
            (Some(Run::Program(_)) | None, Some(host)) => Err(builtins::not_found(host, word, sudoers)),
        }
    }

    /// Closes a terminal: the next that is opened is a new one. Its jobs go on, and write nowhere.
    pub(super) fn close(&mut self, terminal: TerminalId) {
        self.user.terminals[terminal.index()] = Terminal::new(terminal);
        self.user.prompts[terminal.index()] = Prompt::default();
        self.user.shells.remove(&ShellId::Terminal(terminal));
        for running in
            self.user.running.iter_mut().filter(|running| running.outlet.terminal == Some(terminal))
        {
            running.outlet.terminal = None;
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

/// Reads a line of a host, or of the network's console (`None`), where `SYN|ACK` is a segment and no pipe.
fn parse(host: Option<HostId>, line: &str) -> Result<List, line::Syntax> {
    match host {
        Some(_) => line::parse(line),
        None => line::parse(&network::with_flags_joined(line)),
    }
}
