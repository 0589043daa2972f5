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
    for line in ["drop server * + 2", "drop client 20%", "duplicate client * * 1", "reorder server S * 2.5%"]
    {
        lab.types(TerminalId::Network, line);
    }
    for line in [
        "sudo iptables -A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset",
        "sudo iptables -A INPUT -s 10.211.55.10 -j ACCEPT",
        "sudo iptables -A INPUT -p icmp -j DROP",
        "sudo iptables -A INPUT -m state --state NEW -m comment --comment \"it's mine\" -j DROP",
        "sudo iptables -P FORWARD DROP",
    ] {
        lab.types(TerminalId::ClientLower, line);
    }
    let all = in_force(&lab);
    let said: Vec<String> = all.iter().map(|(what, place, _)| format!("{what} at {place}")).collect();
    assert_eq!(
        said,
        [
            "--dport 80 -j REJECT --reject-with tcp-reset at C_m INPUT",
            "-p icmp at C_m INPUT",
            "-m state --state NEW -m comment --comment 'it'\\''s mine' at C_m INPUT",
            "policy DROP at C_m FORWARD",
            "FIN at the network",
            "server * + 2 at the network",
            "client 20% at the network",
            "duplicate client * * 1 at the network",
            "reorder server S * 2.5% at the network",
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
    lab.types(TerminalId::Network, "duplicate client 5%");
    lab.types(TerminalId::ServerLower, "sudo iptables -P INPUT DROP");
    let clear = see(&lab).firewall.clear;
    let lines: Vec<&str> = clear.iter().map(|(_, line)| &**line).collect();
    assert_eq!(lines, ["sudo iptables -F", "sudo iptables -F; sudo iptables -P INPUT ACCEPT", "clear"]);
    for (terminal, line) in clear {
        lab.types(terminal, &line);
    }
    assert_eq!(in_force(&lab), []);
}

#[test]
fn what_a_share_takes_is_told_with_its_share() {
    let mut lab = lab();
    lab.types(TerminalId::Network, "drop client 100%");
    connect(&mut lab);
    lab.waits_ms(10);
    let says = || en::say(see(&lab).says.as_ref().unwrap());
    assert_eq!(says(), "SYN was lost: the network loses 100% of what C_m sends. Nobody is told.");
    let packet = lab.world().packets().next().unwrap().id;
    let inspected = |lab: &Lab| {
        let look = Look { picked: Some(lab.world().packets().next_back().unwrap().id), ..Look::default() };
        scene(lab, &look).inspected.unwrap().by_rule.iter().map(en::say).collect::<Vec<_>>()
    };
    assert_eq!(lab.world().packets().next_back().unwrap().id, packet);
    assert_eq!(
        inspected(&lab),
        [
            "The network lost it by the rule drop client 100%. The session's seed decides which segments the rule takes."
        ]
    );
    assert!(!see(&lab).firewall.toggles.iter().any(|toggle| toggle.on || toggle.elsewhere.is_some()));
    lab.types(TerminalId::Network, "drop client 0%; drop client S * 100%");
    lab.waits_ms(1_000);
    let says = en::say(see(&lab).says.as_ref().unwrap());
    assert_eq!(says, "SYN #2 was lost: the network loses 100% of such segments. Nobody is told.");
    lab.types(TerminalId::Network, "clear; duplicate client * * 1");
    lab.waits_ms(1_991);
    assert_eq!(inspected(&lab), ["The network made it by the rule duplicate client * * 1."]);
}

/// A rule is what it takes, however its mask is typed.
#[test]
fn a_rule_typed_by_hand_is_known_by_what_it_takes() {
    let on = |lab: &Lab, place| {
        let toggles = scene(lab, &Look { place, ..Look::default() }).firewall.toggles;
        toggles.into_iter().filter(|toggle| toggle.on).map(|toggle| toggle.kind).collect::<Vec<_>>()
    };
    for (flags, kind) in [
        ("--tcp-flags SYN,ACK SYN,ACK", Some(Kind::SynAck)),
        ("--syn", Some(Kind::Syn)),
        ("--tcp-flags SYN,ACK SYN", Some(Kind::Syn)),
        ("--tcp-flags FIN,RST FIN", Some(Kind::Fin)),
        ("--tcp-flags RST,SYN RST", Some(Kind::Rst)),
        // SYN and SYN|ACK; all; all but SYN.
        ("--tcp-flags SYN SYN", None),
        ("", None),
        ("! --syn", None),
    ] {
        let mut lab = lab();
        lab.types(TerminalId::ClientLower, &format!("sudo iptables -A INPUT -p tcp {flags} -j DROP"));
        assert_eq!(on(&lab, DropPlace::ClientInput), kind.into_iter().collect::<Vec<_>>(), "{flags}");
        let what = in_force(&lab).remove(0).0;
        assert_eq!(
            what == kind.map_or(String::new(), |kind| en::say(&Message::Kind(kind))),
            kind.is_some(),
            "{what}"
        );
        let Some(kind) = kind else { continue };
        // The toggle ends the rule that is there.
        toggle(&mut lab, kind, DropPlace::ClientInput);
        assert_eq!(in_force(&lab), [], "{flags}");
    }
    let mut lab = lab();
    lab.types(TerminalId::ClientLower, "sudo iptables -A INPUT -p tcp --tcp-flags SYN SYN -j DROP");
    assert_eq!(in_force(&lab)[0].0, "--tcp-flags SYN SYN", "what goes without saying is left out");
    lab.types(TerminalId::ClientLower, "sudo iptables -A OUTPUT -p tcp --dport 80 --syn -j DROP");
    assert_eq!(on(&lab, DropPlace::ClientOutput), [], "it is about another port");
}

#[test]
fn a_gate_offers_what_can_be_dropped_there() {
    let mut lab = lab();
    let gate = |lab: &Lab, at: usize| see(lab).wire.gates[at].clone();
    let offered: Vec<_> = gate(&lab, 1).toggles.iter().map(|toggle| (toggle.kind, toggle.misses)).collect();
    use Kind::{Ack, Data, Fin, Rst, Syn, SynAck};
    assert_eq!(
        offered,
        [(Syn, true), (SynAck, false), (Ack, false), (Data, false), (Fin, false), (Rst, false)]
    );
    for (at, chain) in [(0, "C_m OUTPUT"), (1, "C_m INPUT"), (2, "S_m INPUT"), (3, "S_m OUTPUT")] {
        let toggle = gate(&lab, at).toggles[4].clone();
        lab.types(toggle.terminal, &toggle.line);
        let rules = gate(&lab, at).rules;
        assert_eq!(rules.iter().map(|rule| en::say(&rule.place)).collect::<Vec<_>>(), [chain]);
        assert!(gate(&lab, at).toggles[4].on);
    }
}
