//! What helps at a host's terminals: how to go on where a program has each of them, and what keeps a port.

use crate::model::Look;
use crate::sight::Sight;
use crate::words::{Hint, Message};
use std::rc::Rc;
use tcp_core::net::HostId;
use tcp_core::net::firewall::{ChainName, Policy};
use tcp_core::net::view::SocketRow;
use tcp_core::tcp::State;
use tcp_shell::{Lab, Process, TerminalId};

/// What `bind()` and `listen()` make every netcat say where somebody else has the port.
const IN_USE: &str = "Address already in use";

/// The terminals of a host that can be seen.
pub(crate) fn open(lab: &Lab, look: &Look, id: TerminalId) -> bool {
    let at = usize::from(id.host() == Some(HostId::Server));
    !id.closes() || look.third[at] || !lab.terminal(id).is_new()
}

/// What helps at the terminals of this host now, if anything.
pub(crate) fn hint(sight: &Sight<'_>, look: &Look, host: HostId) -> Option<Message> {
    let lab = sight.lab;
    let mut visible =
        TerminalId::ALL.into_iter().filter(|id| id.host() == Some(host) && open(lab, look, *id));
    let hint = taken(sight, host).or_else(|| {
        let all = visible.clone().count();
        visible.all(|id| lab.terminal(id).foreground.is_some()).then_some(Hint::Busy { host, all })
    });
    hint.or_else(|| forwards(sight, host).then_some(Hint::Forward { host })).map(Message::Hint)
}

/// Rules of the host are where nothing passes.
fn forwards(sight: &Sight<'_>, host: HostId) -> bool {
    let chain = sight.world.firewall(host).chain(ChainName::Forward);
    !chain.rules.is_empty() || chain.policy == Policy::Drop
}

/// The newest program of the host was refused its port, because another one listens there.
fn taken(sight: &Sight<'_>, host: HostId) -> Option<Hint> {
    let refused = sight.lab.processes().iter().rev().find(|process| process.host == host)?;
    let says = |process: &Process| process.output.iter().any(|piece| piece.text.contains(IN_USE));
    refused.exit.as_ref()?;
    if !says(refused) {
        return None;
    }
    let listens = |row: &&SocketRow| {
        row.state == State::Listen && refused.cmd.split(' ').any(|word| word == row.local.port.to_string())
    };
    let row = sight.rows(host).iter().find(listens)?;
    let holder = sight.lab.process(row.owner?)?;
    let line = shown(holder);
    Some(Hint::Taken { line, pid: holder.pid, terminal: holder.terminal, port: row.local.port })
}

/// The line that started a program; of a long one, the program.
pub(crate) fn shown(process: &Process) -> Rc<str> {
    let line = process.cmd.as_str();
    if line.len() <= 24 { line.into() } else { line.split(' ').next().unwrap_or(line).into() }
}
