//! What processes write.

use super::Lab;
use super::shell::{Outlet, Sink};
use crate::output::Output;
use crate::terminal::{Stream, Written};
use tcp_core::net::{HostId, ProcessId};

impl Lab {
    /// Records what a tool printed, as the output of a process that has ended.
    pub(super) fn publish_output(&mut self, id: ProcessId, output: &Output) {
        let at = self.world.now();
        let pieces = [(Stream::Stdout, &output.stdout), (Stream::Stderr, &output.stderr)];
        let written = pieces.into_iter().filter(|(_, text)| !text.is_empty());
        let written =
            written.map(|(stream, text)| Written { at, stream, text: text.as_str().into() }).collect();
        let host = self.process(id).map_or(HostId::Client, |process| process.host);
        self.publish(id, &Outlet::plain(host, None), written);
        self.note_exit(id, output.exit_code, None);
    }

    /// Records what a process wrote, and writes it where it goes. Returns false if nobody reads it any more.
    pub(super) fn publish(&mut self, id: ProcessId, outlet: &Outlet, written: Vec<Written>) -> bool {
        self.user.written += written.iter().map(|piece| piece.text.len() as u64 + 128).sum::<u64>();
        let mut taken = true;
        let goes_on = |piece: &&Written| matches!(outlet.sink(piece.stream), Sink::Process(_));
        // Who reads from the pipe does so when this process has gone to wait.
        let (piped, shown): (Vec<&Written>, Vec<&Written>) = written.iter().partition(goes_on);
        for piece in shown.into_iter().chain(piped) {
            taken &= self.show(outlet, piece);
        }
        if let Some(process) = self.user.processes.get_mut(id.0 as usize) {
            process.output.extend(written);
        }
        taken
    }

    /// Writes a piece where it goes. What a process writes to its terminal is counted once, as the process's.
    fn show(&mut self, outlet: &Outlet, piece: &Written) -> bool {
        match (outlet.sink(piece.stream), outlet.terminal) {
            (Sink::Terminal, Some(terminal)) => {
                let kind = piece.stream.kind();
                self.user.terminals[terminal.index()].print(piece.at, kind, piece.text.clone());
                true
            }
            (Sink::Terminal, None) => true,
            _ => self.write(outlet, piece.stream, &piece.text).is_ok(),
        }
    }

    /// Writes a text in the name of a running process. Returns false if nobody reads it any more.
    pub(super) fn say(&mut self, id: ProcessId, stream: Stream, text: &str) -> bool {
        let Some(outlet) = self.user.running_mut(id).map(|running| running.outlet.clone()) else {
            return false;
        };
        let piece = Written { at: self.world.now(), stream, text: text.into() };
        text.is_empty() || self.publish(id, &outlet, vec![piece])
    }
}
