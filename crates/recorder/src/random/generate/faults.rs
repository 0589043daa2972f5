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
        if dice.chance(12) {
            through_own_chain(script, dice, (at, ends), host, (place, chain, &rule));
            continue;
        }
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

/// Puts a rule into a chain of its own, to which another leads, and perhaps takes it out again.
fn through_own_chain(
    script: &mut Script,
    dice: &mut Dice,
    (at, ends): (u64, Option<u64>),
    host: HostId,
    (place, chain, rule): (&str, &str, &str),
) {
    let jump = dice.weigh(&[(70, "-j"), (30, "-g")]);
    script.runs(at, host, "iptables -N OWN".to_owned());
    if dice.chance(30) {
        script.runs(at, host, "iptables -A OWN -p tcp --syn -j RETURN".to_owned());
    }
    script.runs(at, host, format!("iptables -A OWN {rule}"));
    script.runs(at, host, format!("iptables {place} {chain} {jump} OWN"));
    if let Some(ends) = ends {
        let line = dice.weigh(&[(50, "iptables -F OWN"), (30, "iptables -F"), (20, "iptables -E OWN OTHER")]);
        script.runs(ends, host, line.to_owned());
    }
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
        (3, " --syn"),
        (2, " ! --syn"),
        (1, " --tcp-option 8"),
    ]);
    if dice.chance(18) {
        words += dice.weigh(&[
            (20, " -m state --state NEW"),
            (18, " -m state --state ESTABLISHED,RELATED"),
            (12, " -m conntrack --ctstate INVALID"),
            (10, " -m conntrack --ctstate NEW,INVALID"),
            (12, " -m connlimit --connlimit-above 1"),
            (6, " -m connlimit --connlimit-upto 1 --connlimit-daddr"),
            (8, " -m length --length 60"),
            (8, " -m statistic --mode nth --every 2 --packet 1"),
            (6, " -m comment --comment tried"),
        ]);
    }
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
        (2, "LOG"),
        (1, "RETURN"),
    ])
}

/// Unplugs a host for a while, which only a network in between lets the other host not notice. Returns how often.
pub(super) fn cables(script: &mut Script, dice: &mut Dice, span: u64) -> u32 {
    let count = u32::from(dice.chance(14));
    for _ in 0..count {
        let (at, host) = (dice.between(100, span), dice.pick(&HOSTS));
        script.runs(at, host, "ip link set eth0 down".to_owned());
        if dice.chance(80) {
            script.runs(at + dice.between(300, 6_000), host, "ip link set eth0 up".to_owned());
        }
    }
    count
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
