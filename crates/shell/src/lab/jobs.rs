//! Jobs: commands that run behind the prompt, or were stopped by Ctrl-Z.

use super::shell::ShellId;
use super::{Lab, Signal};
use crate::terminal::{PrintedKind, TerminalId};
use std::rc::Rc;
use tcp_core::Order;
use tcp_core::net::ProcessId;

/// A job.
#[derive(Clone, Debug)]
pub(super) struct Job {
    number: usize,
    /// In the order of its pipe.
    pub(super) processes: Vec<ProcessId>,
    line: Rc<str>,
    /// Counts the jobs of a terminal as they begin and stop: the last is the current one.
    turn: u32,
}

/// 128 and the number of SIGTSTP, which Ctrl-Z sends.
const STOPPED: i32 = 148;

impl Lab {
    /// Whether a process is stopped: between SIGSTOP and SIGCONT.
    pub fn is_suspended(&self, process: ProcessId) -> bool {
        self.user.place(process).is_some_and(|place| self.user.running[place].stopped)
    }

    /// Whether any process of a job has not ended.
    fn lasts(&self, job: &Job) -> bool {
        job.processes.iter().any(|process| self.user.is_running(*process))
    }

    fn is_stopped(&self, job: &Job) -> bool {
        job.processes.iter().any(|process| self.is_suspended(*process))
    }

    /// `+` for the current job, `-` for the one before it: those that were stopped come first.
    fn mark(&self, terminal: TerminalId, number: usize) -> char {
        let jobs = &self.user.prompts[terminal.index()].jobs;
        let mut order: Vec<(bool, u32, usize)> =
            jobs.iter().map(|job| (self.is_stopped(job), job.turn, job.number)).collect();
        order.order();
        match order.iter().rev().position(|(_, _, other)| *other == number) {
            Some(0) => '+',
            Some(1) => '-',
            _ => ' ',
        }
    }

    /// `jobs [-l] [-p]`
    pub(super) fn jobs(&self, terminal: Option<TerminalId>, args: &[String]) -> String {
        let Some(terminal) = terminal else { return String::new() };
        let jobs = &self.user.prompts[terminal.index()].jobs;
        let mut text = String::new();
        for job in jobs.iter().filter(|job| self.lasts(job)) {
            let pid = job.processes.first().and_then(|id| self.process(*id)).map_or(0, |process| process.pid);
            if args.iter().any(|word| word == "-p") {
                text += &format!("{pid}\n");
                continue;
            }
            let pid = if args.iter().any(|word| word == "-l") { format!("{pid:>5} ") } else { String::new() };
            let (how, end) = if self.is_stopped(job) { ("Stopped", "") } else { ("Running", " &") };
            let mark = self.mark(terminal, job.number);
            text += &format!("[{}]{mark}  {pid}{how:<24}{}{end}\n", job.number, job.line);
        }
        text
    }

    /// The number of the job that a word means: `%1`, `1`, `%+`, `%-`, `%nc`, or nothing for the current one.
    fn job_number(&self, terminal: TerminalId, word: Option<&str>) -> Option<usize> {
        let jobs = self.user.prompts[terminal.index()].jobs.iter().filter(|job| self.lasts(job));
        let name = word.map_or("", |word| word.strip_prefix('%').unwrap_or(word));
        let found = |job: &&super::jobs::Job| match name {
            "" | "+" | "%" => self.mark(terminal, job.number) == '+',
            "-" => self.mark(terminal, job.number) == '-',
            name => name.parse() == Ok(job.number) || job.line.starts_with(name),
        };
        let mut jobs = jobs;
        jobs.find(found).map(|job| job.number)
    }

    /// The processes of the job that a word means, with those that they began.
    pub(super) fn job(&self, terminal: Option<TerminalId>, word: &str) -> Option<Vec<ProcessId>> {
        let terminal = terminal?;
        let number = self.job_number(terminal, Some(word))?;
        let job = self.user.prompts[terminal.index()].jobs.iter().find(|job| job.number == number)?;
        let mut processes = self.with_children(&job.processes);
        processes.retain(|process| self.user.is_running(*process));
        Some(processes)
    }

    /// Notes a job, and says so.
    pub(super) fn note_job(&mut self, terminal: TerminalId, processes: &[ProcessId], line: &str) {
        let pid = processes.last().and_then(|last| self.process(*last)).map_or(0, |process| process.pid);
        let number = self.add_job(terminal, processes.to_vec(), line.into(), None);
        self.print(terminal, PrintedKind::Stderr, &format!("[{number}] {pid}\n"));
    }

    fn add_job(
        &mut self,
        terminal: TerminalId,
        processes: Vec<ProcessId>,
        line: Rc<str>,
        number: Option<usize>,
    ) -> usize {
        let jobs = &mut self.user.prompts[terminal.index()].jobs;
        let turn = jobs.iter().map(|job| job.turn + 1).max().unwrap_or(0);
        let number = number.unwrap_or_else(|| jobs.last().map_or(1, |job| job.number + 1));
        jobs.push(Job { number, processes, line, turn });
        jobs.order_by_key(|job| job.number);
        number
    }

    /// Reports which jobs have ended, as bash does before it prompts.
    pub(super) fn report_jobs(&mut self, terminal: TerminalId) {
        let jobs = self.user.prompts[terminal.index()].jobs.iter().filter(|job| !self.lasts(job));
        let ended: Vec<(Job, char)> =
            jobs.map(|job| (job.clone(), self.mark(terminal, job.number))).collect();
        for (job, mark) in ended {
            let last = job.processes.last().and_then(|last| self.process(*last));
            let Some(exit) = last.and_then(|process| process.exit.clone()) else { continue };
            let how = match (exit.code, exit.signal) {
                (_, Some("SIGTERM")) => "Terminated".to_owned(),
                (_, Some("SIGKILL")) => "Killed".to_owned(),
                (_, Some(_)) => "Interrupt".to_owned(),
                (0, None) => "Done".to_owned(),
                (code, None) => format!("Exit {code}"),
            };
            let text = format!("[{}]{mark}  {how:<24}{}\n", job.number, job.line);
            self.user.prompts[terminal.index()].jobs.retain(|other| other.number != job.number);
            self.print(terminal, PrintedKind::Stderr, &text);
        }
    }

    /// Ctrl-Z: stops the pipeline in the foreground, and makes a job of it. A loop ends there, a list goes on.
    pub(super) fn suspend(&mut self, terminal: TerminalId) {
        let machine = self.shell_of(terminal);
        if machine.waiting.is_empty() || machine.only_waits {
            return;
        }
        let processes = std::mem::take(&mut machine.waiting);
        let (line, number) = (Rc::clone(&machine.text), machine.number.take());
        machine.status = STOPPED;
        machine.leave_loops();
        self.print(terminal, PrintedKind::Control, "^Z\n");
        for process in self.with_children(&processes) {
            self.clear_frame(process);
            self.signal(process, Signal::Stop);
        }
        let number = self.add_job(terminal, processes, Rc::clone(&line), number);
        let text = format!("[{number}]+  {:<24}{line}\n", "Stopped");
        self.print(terminal, PrintedKind::Stderr, &text);
        self.show_foreground(ShellId::Terminal(terminal));
        self.run_shell(ShellId::Terminal(terminal));
    }

    /// `fg [JOB]`, `bg [JOB]`
    pub(super) fn resume(&mut self, id: ShellId, word: &str, args: &[String]) -> Result<(), (String, i32)> {
        let ShellId::Terminal(terminal) = id else {
            return Err((format!("bash: {word}: no job control\n"), 1));
        };
        let wanted = args.first().map(String::as_str);
        let Some(number) = self.job_number(terminal, wanted) else {
            return Err((format!("bash: {word}: {}: no such job\n", wanted.unwrap_or("current")), 1));
        };
        let mark = self.mark(terminal, number);
        let jobs = &mut self.user.prompts[terminal.index()].jobs;
        let Some(at) = jobs.iter().position(|job| job.number == number) else { return Ok(()) };
        let job = jobs[at].clone();
        let stopped = self.is_stopped(&job);
        if word == "bg" && !stopped {
            return Err((format!("bash: bg: job {number} already in background\n"), 0));
        }
        let shown = match word {
            "fg" => format!("{}\n", job.line),
            _ => format!("[{number}]{mark} {} &\n", job.line),
        };
        self.print(terminal, PrintedKind::Stdout, &shown);
        if word == "fg" {
            self.user.prompts[terminal.index()].jobs.remove(at);
            let mut waiting = job.processes.clone();
            waiting.retain(|process| self.user.is_running(*process));
            let machine = self.shell_of(terminal);
            machine.last = job.processes.last().copied();
            (machine.waiting, machine.text, machine.number) = (waiting, Rc::clone(&job.line), Some(number));
            self.show_foreground(id);
        }
        for process in self.with_children(&job.processes) {
            self.signal(process, Signal::Cont);
        }
        Ok(())
    }
}
