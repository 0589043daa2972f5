//! Rows of a trace, for the tests of netstat and ss.

use super::ProgramName;
use crate::user::User;
use std::time::Duration;
use tcp_core::Instant;
use tcp_core::net::view::{SocketRow, TimerKind, TimerView};
use tcp_core::net::{Endpoint, Family, HostId, Ipv4, Ipv6, ProcessId, SocketId, Uid};
use tcp_core::tcp::State;

/// The rows that C_m had in trace 19a-formats when `ss -tano` was run.
pub(crate) fn trace_rows() -> Vec<SocketRow> {
    let client = HostId::Client.address();
    let listener = |id: u32, addr: Ipv4, port: u16, backlog: u32| SocketRow {
        backlog,
        ..row(id, Endpoint::new(addr, port), None, State::Listen)
    };
    let to = |id: u32, port: u16, peer: u16, state: State| {
        let server = Endpoint::new(HostId::Server.address(), peer);
        row(id, Endpoint::new(client, port), Some(server), state)
    };
    let mut rows = vec![
        listener(1, Ipv4::LOCALHOST, 631, 1),
        listener(2, Ipv4::UNSPECIFIED, 22, 10),
        to(3, 51484, 80, State::TimeWait),
        to(4, 51578, 80, State::Established),
        to(5, 51522, 443, State::Established),
        to(6, 51524, 443, State::Established),
        to(7, 51534, 443, State::FinWait2),
        to(8, 51522, 9999, State::SynSent),
        to(9, 51566, 5555, State::TimeWait),
        SocketRow {
            family: Family::V6Only,
            local: Endpoint::any6(22),
            ..listener(2, Ipv4::UNSPECIFIED, 22, 10)
        },
        SocketRow {
            family: Family::V6,
            local: Endpoint::new(fd00(2), 51566),
            foreign: Some(Endpoint::new(fd00(0x10), 8443)),
            ..to(11, 0, 0, State::Established)
        },
    ];
    for row in &mut rows {
        let timer = |kind, millis| {
            let (left, span) = (Duration::from_millis(millis), Duration::from_secs(60));
            TimerView { kind, left, span, ..TimerView::OFF }
        };
        match row.state {
            State::TimeWait | State::FinWait2 => {
                (row.timer, row.owner) = (timer(TimerKind::TimeWait, 59_090), None);
            }
            State::SynSent => (row.timer, row.send_q) = (timer(TimerKind::On, 490), 1),
            _ => {}
        }
    }
    rows
}

fn fd00(host: u16) -> Ipv6 {
    Ipv6::new(0xfd00, 0, 0, 0, 0, 0, 0, host)
}

fn row(id: u32, local: Endpoint, foreign: Option<Endpoint>, state: State) -> SocketRow {
    SocketRow {
        socket: SocketId(id),
        host: HostId::Client,
        recv_q: 0,
        send_q: 0,
        backlog: 0,
        family: Family::V4,
        local,
        foreign,
        state,
        since: Instant::START,
        timer: TimerView::OFF,
        shut: false,
        uid: Uid::ROOT,
        owner: Some(ProcessId(id)),
    }
}

/// The programs that held these sockets.
pub(crate) fn trace_programs() -> Vec<ProgramName> {
    [
        (1, 15747, "nc"),
        (2, 15753, "ncat"),
        (4, 15827, "nc"),
        (5, 15860, "nc"),
        (6, 15878, "nc"),
        (8, 16081, "nc"),
        (11, 15922, "nc"),
    ]
    .map(|(id, pid, name)| {
        let sockets = vec![Some(SocketId(id))];
        ProgramName { process: ProcessId(id), pid, user: User::Root, name: name.to_owned(), sockets }
    })
    .to_vec()
}
