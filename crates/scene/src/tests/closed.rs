//! What is closed does not show which of two faults it is that both hosts' netstat do not separate.

use super::{connect, lab, wait};
use crate::model::{Look, View};
use crate::{Scene, scene};
use tcp_shell::TerminalId::{self, ClientLower, Network, ServerLower};

/// This number of milliseconds after a connect with a fault that somebody typed where nobody sees it.
fn stuck(terminal: TerminalId, line: &str, millis: u64) -> Scene {
    let mut lab = lab();
    lab.types(terminal, line);
    connect(&mut lab);
    wait(&mut lab, millis);
    let look = Look { view: View::Ladder, ..Look::default() };
    let mut scene = scene(&lab, &look);
    // What the terminals show is not closed, and is the same here.
    scene.terminals.clear();
    scene
}

#[test]
fn faults_that_netstat_does_not_separate_look_the_same() {
    let pairs = [
        (ServerLower, "SYN", "drop client S"),
        (ClientLower, "SYN,ACK", "drop server SA"),
        (ServerLower, "ACK", "drop client A"),
    ];
    for (terminal, flags, other) in pairs {
        let line = format!("iptables -A INPUT -p tcp --tcp-flags SYN,ACK {flags} -j DROP");
        for millis in [0, 3, 7, 12, 500, 1007, 2500, 9000] {
            let [one, two] = [stuck(terminal, &line, millis), stuck(Network, other, millis)];
            assert_eq!(one.clone().closed(), two.clone().closed(), "{line} and {other} after {millis} ms");
            // All else shows which it is.
            assert!(one != two, "{line} and {other} after {millis} ms");
        }
    }
}
