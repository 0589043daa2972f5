//! What is in force, and what ends it.

use super::*;

/// What is in force: what it drops, where, and the line that ends it.
fn in_force(lab: &Lab) -> Vec<(String, String, String)> {
    let say = en::say;
    see(lab)
        .firewall
        .rules
        .iter()
        .map(|rule| (say(&rule.what), say(&rule.place), rule.line.to_string()))
        .collect()
}

#[test]
fn each_rule_in_force_is_ended_by_its_own_line() {
    let mut lab = lab();
    toggle(&mut lab, Kind::SynAck, DropPlace::Sender);
    toggle(&mut lab, Kind::Fin, DropPlace::Network);
    lab.types(TerminalId::Network, "drop server * + 2");
    for line in [
        "sudo iptables -A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset",
        "sudo iptables -A INPUT -s 10.211.55.10 -j ACCEPT",
        "sudo iptables -A INPUT -p icmp -j DROP",
        "sudo iptables -P FORWARD DROP",
    ] {
        lab.types(TerminalId::ClientLower, line);
    }
    let all = in_force(&lab);
    let said: Vec<String> = all.iter().map(|(what, place, _)| format!("{what} at {place}")).collect();
    assert_eq!(
        said,
        [
            "-p tcp -m tcp --dport 80 -j REJECT --reject-with tcp-reset at C_m INPUT",
            "-p icmp -j DROP at C_m INPUT",
            "policy DROP at C_m FORWARD",
            "FIN at the network",
            "server * + 2 at the network",
            "SYN|ACK at S_m OUTPUT",
        ]
    );
    for (left, rule) in all.iter().enumerate().rev() {
        let view = see(&lab).firewall.rules[left].clone();
        assert_eq!(view.line.as_ref(), rule.2);
        lab.types(view.terminal, &view.line);
        assert_eq!(in_force(&lab), all[..left], "after {}", rule.2);
    }
}

#[test]
fn all_rules_are_ended_by_a_line_for_each_place() {
    let mut lab = lab();
    for place in [DropPlace::ClientOutput, DropPlace::ServerInput, DropPlace::Network] {
        toggle(&mut lab, Kind::Fin, place);
    }
    toggle(&mut lab, Kind::Ack, DropPlace::Network);
    lab.types(TerminalId::ServerLower, "sudo iptables -P INPUT DROP");
    let clear = see(&lab).firewall.clear;
    let lines: Vec<&str> = clear.iter().map(|(_, line)| &**line).collect();
    assert_eq!(
        lines,
        [
            "sudo iptables -F",
            "sudo iptables -F; sudo iptables -P INPUT ACCEPT",
            "undrop client AF *; undrop client A 0"
        ]
    );
    for (terminal, line) in clear {
        lab.types(terminal, &line);
    }
    assert_eq!(in_force(&lab), []);
}
