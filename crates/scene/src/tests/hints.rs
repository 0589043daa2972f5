//! What helps at a host's terminals.

use super::*;
use TerminalId::{ClientLower, ClientThird, ClientUpper, ServerLower, ServerThird};

fn hints(lab: &Lab, look: &Look) -> [Option<String>; 2] {
    scene(lab, look).hosts.map(|host| host.hint.as_ref().map(en::say))
}

fn on_client(lab: &Lab) -> Option<String> {
    hints(lab, &Look::default())[0].clone()
}

#[test]
fn a_program_in_the_last_free_terminal_brings_a_note() {
    let mut lab = lab();
    assert_eq!(hints(&lab, &Look::default()), [None, None]);
    lab.types(ClientUpper, "nc -l 7000");
    assert_eq!(on_client(&lab), None);
    lab.types(ClientLower, "nc -l 7001");
    let both = on_client(&lab).unwrap();
    assert!(both.starts_with("Both terminals of C_m run a program: open another terminal"), "{both}");
    let opened = Look { third: [true, false], ..Look::default() };
    assert_eq!(hints(&lab, &opened)[0], None, "there is a prompt");
    lab.types(ClientThird, "nc -l 7002");
    let all = on_client(&lab).unwrap();
    assert!(all.starts_with("All three terminals of C_m run a program: end one with Ctrl-C, or stop it with Ctrl-Z and let it go on with bg."), "{all}");
    lab.ctrl_c(ClientLower);
    assert_eq!(on_client(&lab), None);
}

#[test]
fn who_has_a_port_that_was_refused_is_named() {
    let mut lab = lab();
    let on_server = |lab: &Lab| hints(lab, &Look::default())[1].clone();
    lab.types(ServerLower, "nc -l 5555");
    assert_eq!(
        on_server(&lab).as_deref(),
        Some("S_m already runs nc -l 5555 in S_m upper (pid 4001): it has port 5555.")
    );
    lab.types(ServerLower, "nc -l 7000");
    assert_eq!(on_server(&lab).map(|hint| hint.starts_with("Both terminals")), Some(true));
    lab.ctrl_c(ServerLower);
    assert_eq!(on_server(&lab), None);
    // Whoever was refused because of a connection that is not gone reads nothing that is not so.
    lab.types(ServerLower, "nc -l 5555").ctrl_c(TerminalId::ServerUpper);
    assert_eq!(on_server(&lab), None);
}

#[test]
fn toggles_and_clear_all_never_type_into_a_program() {
    let mut lab = lab();
    for (terminal, line) in
        [(ClientLower, "nc -l 7000"), (ClientUpper, "nc -l 7001"), (ServerLower, "nc -l 7000")]
    {
        lab.types(terminal, line);
    }
    let of_toggles = |lab: &Lab| {
        let bar = see(lab).firewall;
        let toggles: Vec<TerminalId> = bar.toggles.iter().map(|toggle| toggle.terminal).collect();
        (toggles, bar.clear.iter().map(|(terminal, _)| *terminal).collect::<Vec<_>>())
    };
    let (toggles, _) = of_toggles(&lab);
    assert!(toggles.iter().all(|id| matches!(id, ClientThird | ServerThird)), "{toggles:?}");
    toggle(&mut lab, Kind::Syn, DropPlace::Sender);
    toggle(&mut lab, Kind::SynAck, DropPlace::Sender);
    assert_eq!(see(&lab).firewall.rules.len(), 2);
    assert_eq!(of_toggles(&lab).1, [ClientThird, ServerThird]);
    let open = |id| see(&lab).terminals.iter().any(|view| view.id == id && view.open);
    assert!(open(ClientThird) && open(ServerThird));
}

#[test]
fn a_rule_in_forward_is_said_to_take_nothing() {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(ClientLower, "iptables -A FORWARD -p tcp --syn -j DROP");
    let says = "Nothing passes FORWARD of C_m: no host here routes for others. INPUT has what comes to C_m, OUTPUT what \
                it sends.";
    assert_eq!(on_client(&lab).as_deref(), Some(says));
    lab.types(ClientLower, "iptables -F");
    assert_eq!(on_client(&lab), None);
}
