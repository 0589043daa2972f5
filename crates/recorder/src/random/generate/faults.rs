//! What is in the way: rules of the hosts' firewalls, and losses in the network.

use tcp_core::net::HostId;

use super::super::dice::Dice;
use super::script::Script;

const HOSTS: [HostId; 2] = [HostId::Client, HostId::Server];

/// Adds rules about connections to `ports`, some of which are removed later. Returns how many.
pub(super) fn rules(script: &mut Script, dice: &mut Dice, ports: &[u16], span: u64) -> u32 {
    let count = dice.weigh(&[(34, 0), (40, 1), (18, 2), (8, 3)]);
    for _ in 0..count {
        let at = if dice.chance(40) { dice.below(200) } else { dice.between(200, span) };
        let ends = dice.chance(48).then(|| at + dice.between(300, span.saturating_sub(at).max(1_000)));
        let host = dice.pick(&HOSTS);
        let chain = dice.weigh(&[(47, "INPUT"), (47, "OUTPUT"), (6, "FORWARD")]);
        if dice.chance(5) {
            script.runs(at, host, format!("iptables -P {chain} DROP"));
            if let Some(ends) = ends {
                script.runs(ends, host, format!("iptables -P {chain} ACCEPT"));
            }
            continue;
        }
        let rule = rule(dice, host, chain, ports);
        let place = dice.weigh(&[(60, "-I"), (40, "-A")]);
        script.runs(at, host, format!("iptables {place} {chain} {rule}"));
        if let Some(ends) = ends {
            script.runs(
                ends,
                host,
                match dice.weigh(&[(60, 0), (25, 1), (15, 2)]) {
                    0 => format!("iptables -D {chain} {rule}"),
                    1 => "iptables -F".to_owned(),
                    _ => format!("iptables -F {chain}"),
                },
            );
        }
    }
    count
}

/// The words of a rule after its chain.
fn rule(dice: &mut Dice, host: HostId, chain: &str, ports: &[u16]) -> String {
    let port = if ports.is_empty() { super::super::scenario::SERVERS } else { dice.pick(ports) };
    // Segments to the server's port leave the client and arrive at the server.
    let towards = (host == HostId::Client) == (chain == "OUTPUT");
    let right = dice.chance(88) == towards;
    let way = if right { "--dport" } else { "--sport" };
    let mut words = String::from("-p tcp");
    if dice.chance(8) {
        let peer = if host == HostId::Client { HostId::Server } else { HostId::Client };
        let side = if chain == "OUTPUT" { "-d" } else { "-s" };
        words = format!("{side} {} {words}", peer.address());
    }
    words += &match dice.weigh(&[(82, 0), (8, 1), (10, 2)]) {
        0 => format!(" {way} {port}"),
        1 => format!(" -m multiport {way}s {port},8080"),
        _ => String::new(),
    };
    words += dice.weigh(&[
        (27, ""),
        (14, " --tcp-flags SYN,ACK,FIN,RST SYN"),
        (12, " --tcp-flags SYN,ACK,FIN,RST SYN,ACK"),
        (10, " --tcp-flags SYN,ACK,FIN,RST ACK"),
        (13, " --tcp-flags FIN FIN"),
        (7, " --tcp-flags RST RST"),
        (11, " --tcp-flags PSH PSH"),
        (4, " --syn"),
        (2, " ! --syn"),
    ]);
    words += " -j ";
    words + target(dice)
}

fn target(dice: &mut Dice) -> &'static str {
    dice.weigh(&[
        (60, "DROP"),
        (8, "REJECT"),
        (10, "REJECT --reject-with tcp-reset"),
        (4, "REJECT --reject-with icmp-port-unreachable"),
        (4, "REJECT --reject-with icmp-host-unreachable"),
        (3, "REJECT --reject-with icmp-net-unreachable"),
        (3, "REJECT --reject-with icmp-proto-unreachable"),
        (2, "REJECT --reject-with icmp-net-prohibited"),
        (2, "REJECT --reject-with icmp-host-prohibited"),
        (2, "REJECT --reject-with icmp-admin-prohibited"),
        (2, "ACCEPT"),
    ])
}

/// Adds losses in the network: from its moment on, each takes the next segments of a kind. Returns how many.
pub(super) fn losses(script: &mut Script, dice: &mut Dice, span: u64) -> u32 {
    let count = dice.weigh(&[(40, 0), (36, 1), (17, 2), (7, 3)]);
    for _ in 0..count {
        let at = if dice.chance(45) { dice.below(200) } else { dice.between(200, span) };
        let from = dice.pick(&HOSTS).word();
        let kind = dice.weigh(&[
            (if from == "client" { 18 } else { 0 }, "S 0"),
            (if from == "server" { 18 } else { 0 }, "SA 0"),
            (22, "A 0"),
            (28, "A +"),
            (20, "FA *"),
            (5, "R *"),
            (5, "RA *"),
            (4, "* *"),
        ]);
        let times = dice.weigh(&[(55, 1), (22, 2), (13, 3), (10, -1)]);
        script.network(at, format!("drop {from} {kind} {times}"));
        if times < 0 && dice.chance(70) {
            script.network(at + dice.between(500, span.max(600)), "clear".to_owned());
        }
    }
    count
}
