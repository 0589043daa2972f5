//! `ss -s`.

use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::tcp::State;

/// Counts of sockets. Entries that wait out their time hold no socket: they count as closed.
pub(super) fn text(rows: &[SocketRow]) -> String {
    let waits = |row: &&SocketRow| row.timer.kind == TimerKind::TimeWait;
    let waiting = rows.iter().filter(waits).count();
    let half_open = rows.iter().filter(|row| row.state == State::SynReceived).count();
    let sockets = rows.len() - waiting - half_open;
    let established =
        rows.iter().filter(|row| matches!(row.state, State::Established | State::CloseWait)).count();
    let ended = |row: &&SocketRow| {
        let ends = matches!(row.state, State::FinWait1 | State::FinWait2 | State::Closing | State::LastAck);
        ends && row.owner.is_none() && !waits(row)
    };
    let orphaned = rows.iter().filter(ended).count();
    let mut out = format!(
        "Total: {sockets}\nTCP:   {} (estab {established}, closed {waiting}, orphaned {orphaned}, timewait \
         {waiting})\n\nTransport Total     IP        IPv6\n",
        sockets + waiting
    );
    for (name, count) in [("RAW", 0), ("UDP", 0), ("TCP", sockets), ("INET", sockets), ("FRAG", 0)] {
        out += &format!("{name}\t  {count:<9} {count:<9} {:<9}\n", 0);
    }
    out.push('\n');
    out
}
