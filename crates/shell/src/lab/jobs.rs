//! Jobs: commands that run in the background.

use super::Lab;
use crate::terminal::{PrintedKind, TerminalId};
use tcp_core::net::ProcessId;

/// A command that runs in the background.
#[derive(Clone, Debug)]
pub(super) struct Job {
    number: usize,
    process: ProcessId,
    line: String,
}

impl Lab {
    /// `jobs`: lists the commands that run in the background.
    pub(super) fn jobs(&self, terminal: Option<TerminalId>) -> String {
        let jobs = terminal.map_or(&[][..], |terminal| &self.user.prompts[terminal.index()].jobs);
        let running = jobs.iter().filter(|job| self.user.is_running(job.process));
        running.map(|job| format!("[{}]+  {:<24}{} &\n", job.number, "Running", job.line)).collect()
    }

    /// The process of job `number`, if it is running.
    pub(super) fn job(&self, terminal: Option<TerminalId>, number: &str) -> Option<ProcessId> {
        let jobs = &self.user.prompts[terminal?.index()].jobs;
        let job = jobs.iter().find(|job| job.number.to_string() == number)?;
        self.user.is_running(job.process).then_some(job.process)
    }

    /// Puts a process into the background.
    pub(super) fn note_job(&mut self, terminal: TerminalId, process: ProcessId) {
        let Some(begun) = self.user.processes.get(process.0 as usize) else { return };
        let sudo = if begun.user == self.user.login { "" } else { "sudo " };
        let (pid, line) = (begun.pid, format!("{sudo}{}", begun.cmd));
        let prompt = &mut self.user.prompts[terminal.index()];
        let number = prompt.jobs.last().map_or(1, |job| job.number + 1);
        prompt.jobs.push(Job { number, process, line });
        prompt.status = 0;
        self.print(terminal, PrintedKind::Stderr, &format!("[{number}] {pid}\n"));
    }

    /// Reports which jobs have ended, as bash does before it prompts.
    pub(super) fn report_jobs(&mut self, terminal: TerminalId) {
        let jobs = std::mem::take(&mut self.user.prompts[terminal.index()].jobs);
        for job in jobs {
            let exit =
                self.user.processes.get(job.process.0 as usize).and_then(|process| process.exit.clone());
            let Some(exit) = exit else {
                self.user.prompts[terminal.index()].jobs.push(job);
                continue;
            };
            let how = match (exit.code, exit.signal) {
                (_, Some("SIGTERM")) => "Terminated".to_owned(),
                (_, Some("SIGKILL")) => "Killed".to_owned(),
                (_, Some(_)) => "Interrupt".to_owned(),
                (0, None) => "Done".to_owned(),
                (code, None) => format!("Exit {code}"),
            };
            let text = format!("[{}]+  {how:<24}{}\n", job.number, job.line);
            self.print(terminal, PrintedKind::Stderr, &text);
        }
    }
}
