//! `ss -s`.

use tcp_core::net::Family;
use tcp_core::net::view::{SocketRow, TimerKind};
use tcp_core::tcp::State;

/// Counts of sockets. Entries that are waiting out their time hold no socket, so they count as closed.
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
    let holds = |row: &&SocketRow| !waits(row) && row.state != State::SynReceived;
    let v4 = rows.iter().filter(|row| holds(row) && row.family == Family::V4).count();
    let counts = (sockets, v4, sockets - v4);
    for (name, (all, v4, v6)) in
        [("RAW", (0, 0, 0)), ("UDP", (0, 0, 0)), ("TCP", counts), ("INET", counts), ("FRAG", (0, 0, 0))]
    {
        out += &format!("{name}\t  {all:<9} {v4:<9} {v6:<9}\n");
    }
    out.push('\n');
    out
}
