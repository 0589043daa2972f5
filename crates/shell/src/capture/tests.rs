use super::*;
use crate::{Key, Lab, ProfileName, TerminalId};
use std::collections::BTreeSet;

/// A session with everything that a capture may see: handshakes, data, rejects, losses, copies, the loopback.
fn session() -> Lab {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    let types = |lab: &mut Lab, terminal, line: &str| {
        lab.press(terminal, Key::Enter(line));
        lab.advance_to(lab.now() + std::time::Duration::from_millis(300));
    };
    types(&mut lab, TerminalId::ServerUpper, "nc -lk 5555");
    types(&mut lab, TerminalId::ServerLower, "iptables -A INPUT -p tcp --dport 80 -j REJECT");
    types(&mut lab, TerminalId::ServerLower, "iptables -A INPUT -p tcp --dport 81 -j DROP");
    types(&mut lab, TerminalId::ClientLower, "iptables -A OUTPUT -p tcp --dport 82 -j DROP");
    types(
        &mut lab,
        TerminalId::ClientUpper,
        "nc -w1 10.211.55.10 80; nc -w1 10.211.55.10 81; nc -w1 10.211.55.10 82",
    );
    types(&mut lab, TerminalId::Network, "duplicate client *");
    lab.advance_to(lab.now() + std::time::Duration::from_secs(5));
    types(&mut lab, TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    types(&mut lab, TerminalId::ClientUpper, "one line");
    types(&mut lab, TerminalId::ClientLower, "nc 127.0.0.1 9");
    lab.press(TerminalId::ClientUpper, Key::CtrlC);
    lab.advance_to(lab.now() + std::time::Duration::from_secs(5));
    lab
}

fn seen(lab: &Lab, host: HostId) -> Vec<Captured> {
    let (mut tap, log) = (Tap::new(host), lab.world().log());
    std::iter::from_fn(|| tap.next(log)).collect()
}

#[test]
fn lengths_and_checksums_are_true() {
    let lab = session();
    let mut count = 0;
    for host in HostId::ALL {
        for captured in seen(&lab, host) {
            let octets = &captured.octets;
            let packet = lab.world().packet(captured.packet);
            assert_eq!(octets.len(), packet.ip_octets() as usize, "{packet:?}");
            assert_eq!(usize::from(octets[2]) << 8 | usize::from(octets[3]), octets.len());
            assert_eq!(octets::checksum(&[&octets[..20]]), 0, "IP: {packet:?}");
            let body = &octets[20..];
            let sum = match octets[9] {
                6 => {
                    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
                    octets::checksum(&[&octets[12..20], &length, &[0, octets[9]], body])
                }
                _ => octets::checksum(&[body]),
            };
            assert_eq!(sum, 0, "{packet:?}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn output_hides_and_input_does_not() {
    let lab = session();
    let to_port = |host, port| {
        let all = seen(&lab, host);
        all.iter().filter(|captured| lab.world().packet(captured.packet).dst.port == port).count()
    };
    assert_eq!(to_port(HostId::Client, 82), 0);
    assert_eq!(to_port(HostId::Client, 81), to_port(HostId::Server, 81));
    assert!(to_port(HostId::Server, 81) > 0);
}

#[test]
fn a_copy_is_seen_where_it_arrives_and_looks_like_the_first() {
    let lab = session();
    let of = |host| -> Vec<Captured> {
        let carries_data = |captured: &Captured| {
            let packet = lab.world().packet(captured.packet);
            packet.dst.port == 5555 && packet.segment().is_some_and(|segment| segment.data_len() > 0)
        };
        seen(&lab, host).into_iter().filter(carries_data).collect()
    };
    assert_eq!(of(HostId::Client).len(), 1);
    let arrived = of(HostId::Server);
    assert_eq!(arrived.len(), 2);
    assert_eq!(arrived[0].octets, arrived[1].octets);
}

#[test]
fn netem_comes_before_a_capture() {
    let mut lab = Lab::new(ProfileName::Linux, 1);
    let types = |lab: &mut Lab, line: &str| {
        lab.press(TerminalId::ClientLower, Key::Enter(line));
        lab.advance_to(lab.now() + std::time::Duration::from_millis(300));
    };
    // What netem sends twice is seen twice, what it loses is not seen, and what it delays is seen when it leaves.
    for netem in ["duplicate 100%", "loss 100%", "delay 100ms", "delay 50ms duplicate 100%"] {
        types(&mut lab, &format!("tc qdisc replace dev eth0 root netem {netem}"));
        types(&mut lab, "nc -z 10.211.55.10 9");
    }
    let syns = |host| -> Vec<(u64, Direction)> {
        let is_syn = |captured: &Captured| captured.octets[33] == 2;
        let all = seen(&lab, host).into_iter().filter(is_syn);
        all.map(|captured| (captured.at.as_micros() / 1000, captured.direction)).collect()
    };
    use Direction::{In, Out};
    // That of the second nc waits for its timer, a second, and then for netem.
    assert_eq!(syns(HostId::Client), [(300, Out), (300, Out)]);
    assert_eq!(syns(HostId::Server), [(305, In), (305, In)]);
    let [first, second] =
        seen(&lab, HostId::Client).into_iter().take(2).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(first.octets, second.octets);
}

#[test]
fn the_loopback_has_both_directions() {
    let lab = session();
    let lo: BTreeSet<(PacketId, Direction)> = seen(&lab, HostId::Client)
        .iter()
        .filter(|captured| captured.interface == Interface::Loopback)
        .map(|captured| (captured.packet, captured.direction))
        .collect();
    // A SYN and the RST that answers it.
    assert_eq!(lo.len(), 4);
}
