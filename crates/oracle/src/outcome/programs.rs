//! Programs: their input, their output, and how they ended.

use super::{HOSTS, ms};
use super::{Piece, ProcessSeen, Typed};
use tcp_core::net::ProcessId;
use tcp_course::Line;
use tcp_shell::{Lab, Process, Stream};

/// All programs of the two hosts, in the order in which they were started.
pub(super) fn seen(lab: &Lab, named: &[(String, ProcessId)], steps: &[Line]) -> Vec<ProcessSeen> {
    let of_hosts = lab.processes().iter().filter(|process| HOSTS.contains(&process.host));
    of_hosts.map(|process| one(process, named, steps)).collect()
}

fn one(process: &Process, named: &[(String, ProcessId)], steps: &[Line]) -> ProcessSeen {
    let name = named.iter().find(|(_, id)| *id == process.id).map(|(name, _)| name.clone());
    let terminal = process.terminal.map_or("", |terminal| terminal.name());
    let start = steps.iter().find(|step| step.action == "start" && name.is_some() && step.id == name);
    let typed = |step: &&Line| step.action == "type" && name.is_some() && step.id == name;
    let stdin = steps.iter().filter(typed).map(|step| Typed {
        t_ms: step.t_ms.as_f64(),
        text: format!("{}\n", step.text.as_deref().unwrap_or_default()),
    });
    ProcessSeen {
        stdin: stdin.collect(),
        id: name.unwrap_or_else(|| format!("{terminal}-{}", process.pid)),
        host: process.host.word().to_owned(),
        cmd: process.cmd.clone(),
        start_ms: start.map_or(ms(process.start), |step| step.t_ms.as_f64()),
        output: process.output.iter().map(piece).collect(),
        exit_ms: process.exit.as_ref().map(|exit| ms(exit.at)),
        exit_code: process.exit.as_ref().map(|exit| exit.code),
        signal: process.exit.as_ref().and_then(|exit| exit.signal).map(str::to_owned),
        still_running_at_end: process.exit.is_none(),
    }
}

fn piece(written: &tcp_shell::Written) -> Piece {
    let stream = match written.stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
    };
    Piece { t_ms: ms(written.at), stream: stream.to_owned(), text: written.text.as_str().to_owned() }
}
