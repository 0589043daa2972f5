//! What may be seen in a puzzle.

use super::{connect, lab, press, wait};
use crate::model::Seat;
use crate::names::article_name;
use crate::seat;
use expect_test::{Expect, expect};
use std::fmt::Write;
use tcp_core::net::HostId;
use tcp_core::tcp::State;
use tcp_shell::{Lab, TerminalId};

fn shown(Seat { now, hosts, terminals }: &Seat) -> String {
    let mut text = format!("{now}\n");
    for host in hosts {
        let _ = writeln!(text, "{} {} {}", host.name, host.address, article_name(host.state));
        for row in &host.rows {
            let mark = if row.matters { '*' } else { ' ' };
            let _ = writeln!(
                text,
                "{mark} {} {} {} {} {}",
                row.recv_q, row.send_q, row.local, row.foreign, row.state
            );
        }
        for button in host.buttons.iter().filter(|button| button.enabled) {
            let _ = writeln!(text, "  [{:?}] {}", button.label, button.types);
        }
    }
    for view in terminals.iter().filter(|view| !view.lines.is_empty()) {
        let lines: Vec<&str> = view.lines.iter().map(|line| line.text()).collect();
        let _ = writeln!(text, "{}: {}", view.id.name(), lines.join(" / "));
    }
    text
}

fn check(lab: &Lab, expected: Expect) {
    expected.assert_eq(&shown(&seat(lab)));
}

#[test]
fn a_seat_has_what_netstat_and_the_terminals_show() {
    let mut lab = lab();
    wait(&mut lab, 100);
    check(
        &lab,
        expect![[r#"
        0.100000
        C_m 10.211.55.2 CLOSED
          [Connect] nc 10.211.55.10 5555
        S_m 10.211.55.10 LISTEN
        * 0 0 0.0.0.0:5555 0.0.0.0:* LISTEN
          [Interrupt] Ctrl-C
        server-upper: nc -l 5555
    "#]],
    );
    connect(&mut lab);
    wait(&mut lab, 100);
    check(
        &lab,
        expect![[r#"
        0.200000
        C_m 10.211.55.2 ESTABLISHED
        * 0 0 10.211.55.2:40128 10.211.55.10:5555 ESTABLISHED
          [SendHello] hello
          [Interrupt] Ctrl-C
        S_m 10.211.55.10 ESTABLISHED
          0 0 0.0.0.0:5555 0.0.0.0:* LISTEN
        * 0 0 10.211.55.10:5555 10.211.55.2:40128 ESTABLISHED
          [SendHello] hello
          [Interrupt] Ctrl-C
        client-upper: nc 10.211.55.10 5555
        server-upper: nc -l 5555
    "#]],
    );
    let hello = seat(&lab).hosts[0].buttons[1].action.clone();
    press(&mut lab, &hello);
    lab.types(TerminalId::ServerLower, "netstat -nat | grep -c 5555");
    lab.ctrl_c(TerminalId::ClientUpper);
    wait(&mut lab, 100);
    check(
        &lab,
        expect![[r#"
        0.300000
        C_m 10.211.55.2 TIME_WAIT
        * 0 0 10.211.55.2:40128 10.211.55.10:5555 TIME_WAIT
          [Connect] nc 10.211.55.10 5555
        S_m 10.211.55.10 CLOSED
          [Listen] nc -l 5555
        client-upper: nc 10.211.55.10 5555 / hello / ^C
        server-upper: nc -l 5555 / hello
        server-lower: netstat -nat | grep -c 5555 / 2
    "#]],
    );
}

#[test]
fn the_row_that_matters_is_the_newest_that_is_open() {
    let mut lab = lab();
    connect(&mut lab);
    wait(&mut lab, 100);
    lab.ctrl_c(TerminalId::ClientUpper);
    wait(&mut lab, 1000);
    assert_eq!(seat(&lab).hosts[0].state, State::TimeWait);
    // Elsewhere, nobody listens at the port of the exercises.
    lab.types(TerminalId::ServerUpper, "nc -l 6666");
    wait(&mut lab, 100);
    assert_eq!(seat(&lab).hosts[1].state, State::Closed);
    lab.types(TerminalId::ServerLower, "nc -lk 5555");
    lab.types(TerminalId::ClientLower, "nc 10.211.55.10 5555");
    wait(&mut lab, 100);
    assert_eq!(seat(&lab).hosts.map(|host| host.state), [State::Established; 2]);
}

/// Two labs between which nobody in a seat sees a difference.
#[test]
fn what_stops_a_segment_is_in_no_seat() {
    let ways: [fn(&mut Lab); 3] = [
        |lab| _ = lab.run(Some(HostId::Client), "iptables -A OUTPUT -p tcp --dport 5555 -j DROP"),
        |lab| _ = lab.run(Some(HostId::Server), "iptables -A INPUT -p tcp --dport 5555 -j DROP"),
        |lab| _ = lab.run(None, "drop client S"),
    ];
    let seats = ways.map(|stops| {
        let mut hidden = Lab::clone(&lab());
        stops(&mut hidden);
        hidden.press(TerminalId::ClientUpper, tcp_shell::Key::Enter("nc 10.211.55.10 5555"));
        hidden.advance_to(tcp_core::Instant::from_millis(8000));
        shown(&seat(&hidden)) + &format!("{:?}", seat(&hidden))
    });
    assert!(seats[0].contains("SYN_SENT"));
    assert_eq!((&seats[0], &seats[0]), (&seats[1], &seats[2]));
}
