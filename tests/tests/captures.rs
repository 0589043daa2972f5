//! Captures of all scenes and stories: whole, with true checksums, the same each time; and Wireshark reads them as we do.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]
#![allow(clippy::print_stdout, reason = "a test that needs a tool says that it was not run")]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::{HostId, PacketId, Passage};
use tcp_course::Session;
use tcp_course::scenes::built_in;
use tcp_scene::Look;
use tcp_scene::export::{Export, seen};
use tcp_scene::words::en;
use tcp_shell::capture::{Captured, checksum};
use tcp_tests::stories::STORIES;
use tcp_tests::ways::PROFILES;

/// With this variable, `cargo xtask soak` asks for the test that needs tshark.
const TSHARK: &str = "TCP_STATES_TSHARK";

const VIEWS: [(Export, &[HostId]); 3] = [
    (Export::CaptureOfClient, &[HostId::Client]),
    (Export::CaptureOfServer, &[HostId::Server]),
    (Export::Capture, &[HostId::Client, HostId::Server]),
];

/// All scenes in both profiles, played to their ends, and all stories.
fn sessions() -> Vec<(String, Session)> {
    let mut all = Vec::new();
    for scene in built_in() {
        for profile in PROFILES {
            let name = format!("{} ({})", scene.id, profile.name());
            let mut session = Session::scene(Rc::new(scene.clone()), profile);
            session.go_on();
            let until = Instant::from_millis(600_000);
            while session.next_event().is_some_and(|at| at <= until) && session.step() {
                session.go_on();
            }
            all.push((name, session));
        }
    }
    for (name, play) in STORIES {
        all.push(((*name).to_owned(), play().session().clone()));
    }
    all
}

fn file(export: Export, session: &Session) -> Vec<u8> {
    export.of(session, &Look::default(), en::say).unwrap()
}

/// A packet of a file: its interface, its time, and its octets.
struct Packet<'a> {
    interface: u32,
    micros: u64,
    octets: &'a [u8],
}

/// Reads a file block by block, and checks what each says of its length.
fn read(file: &[u8]) -> (Vec<Packet<'_>>, usize) {
    let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
    let (mut packets, mut interfaces, mut at) = (Vec::new(), 0, 0);
    while at < file.len() {
        let (kind, length) = (word(at), word(at + 4) as usize);
        assert_eq!(length % 4, 0);
        assert_eq!(word(at + length - 4) as usize, length, "a block says its length twice");
        match kind {
            0x0a0d_0d0a => assert_eq!((at, word(8)), (0, 0x1a2b_3c4d)),
            1 => interfaces += 1,
            6 => {
                let octets = &file[at + 28..][..word(at + 20) as usize];
                let micros = u64::from(word(at + 12)) << 32 | u64::from(word(at + 16));
                packets.push(Packet { interface: word(at + 8), micros, octets });
            }
            other => panic!("a block of type {other}"),
        }
        at += length;
    }
    (packets, interfaces)
}

/// Checks the checksums of a packet that follows an Ethernet header.
fn check_sums(octets: &[u8]) {
    let ip = &octets[14..];
    if octets[12..14] != [8, 0] {
        return;
    }
    assert_eq!(checksum(&[&ip[..20]]), 0, "IP");
    assert_eq!(usize::from(u16::from_be_bytes([ip[2], ip[3]])), ip.len());
    let body = &ip[20..];
    let sum = match ip[9] {
        6 => {
            let length = u32::try_from(body.len()).unwrap().to_be_bytes();
            checksum(&[&ip[12..20], &length, &[0, 6], body])
        }
        _ => checksum(&[body]),
    };
    assert_eq!(sum, 0, "TCP or ICMP");
}

#[test]
fn each_capture_is_whole_and_its_checksums_are_true() {
    let (mut packets, mut comments) = (0, 0);
    for (name, session) in sessions() {
        for (export, hosts) in VIEWS {
            let file = file(export, &session);
            let (read, interfaces) = read(&file);
            assert_eq!(read.len(), seen(&session, hosts).len(), "{name}");
            assert!(read.is_sorted_by_key(|packet| packet.micros), "{name}");
            for packet in &read {
                assert!((packet.interface as usize) < interfaces, "{name}");
                check_sums(packet.octets);
            }
            packets += read.len();
            comments += usize::from(String::from_utf8_lossy(&file).contains("dropped: rule 1 in "));
        }
        let mut again = session.clone();
        let until = again.lab().now();
        again.go_to(Instant::START);
        again.go_to(until);
        assert_eq!(file(Export::Capture, &again), file(Export::Capture, &session), "{name}, played again");
    }
    assert!(packets > 2_000 && comments > 20, "{packets} packets, {comments} captures with comments");
}

/// What tshark says of each packet: what is wrong with it, and whether it repeats another.
fn tshark(file: &[u8], place: usize) -> Vec<(String, bool)> {
    const RETRANSMISSIONS: [&str; 3] = [
        "tcp.analysis.retransmission",
        "tcp.analysis.fast_retransmission",
        "tcp.analysis.spurious_retransmission",
    ];
    let path = std::env::temp_dir().join(format!("tcp-states-{}-{place}.pcapng", std::process::id()));
    fs::write(&path, file).unwrap();
    let mut command = Command::new("tshark");
    command.args([
        "-n",
        "-o",
        "tcp.check_checksum:TRUE",
        "-o",
        "ip.check_checksum:TRUE",
        "-T",
        "fields",
        "-r",
    ]);
    command.arg(&path);
    for field in ["_ws.malformed", "ip.checksum.status", "tcp.checksum.status", "icmp.checksum.status"] {
        command.args(["-e", field]);
    }
    RETRANSMISSIONS.iter().for_each(|field| _ = command.args(["-e", field]));
    let done = command.output().unwrap();
    fs::remove_file(&path).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let lines = String::from_utf8(done.stdout).unwrap();
    lines
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            // 1 is a good checksum; an ICMP error has those of the packet that it quotes too.
            let bad = |status: &&str| status.split(',').any(|one| !["", "1", "2"].contains(&one));
            let mut wrong = fields[0].to_owned();
            wrong += &fields[1..4].iter().filter(|status| bad(status)).copied().collect::<String>();
            (wrong, fields[4..].iter().any(|field| !field.is_empty()))
        })
        .collect()
}

/// The packets that repeat one that is in the view before them.
fn repeated(session: &Session, view: &[(HostId, Captured)]) -> BTreeSet<usize> {
    let log = session.lab().world().log();
    let mut before: BTreeSet<PacketId> = BTreeSet::new();
    let mut found = BTreeSet::new();
    for (at, (_, captured)) in view.iter().enumerate() {
        let packet = log.packet(captured.packet).unwrap();
        let first = packet.repeats().unwrap_or(packet.id);
        if packet.repeats().is_some() && before.contains(&first) {
            found.insert(at);
        }
        before.insert(first);
    }
    found
}

/// Packets that Wireshark may call repetitions though no packet in the view before them is their original:
/// - the network's copies, and what a user has put on the wire;
/// - a repetition whose original passed no interface here, if something later has passed;
/// - an original that comes after its own repetition;
/// - the SYN of a simultaneous open, which goes once more with the ACK of the other.
fn may_look_repeated(session: &Session, view: &[(HostId, Captured)], at: usize) -> bool {
    let log = session.lab().world().log();
    let packet = log.packet(view[at].1.packet).unwrap();
    let before = || view[..at].iter().filter_map(|(_, one)| log.packet(one.packet));
    let overtaken = before().any(|one| one.repeats() == Some(packet.id));
    let opened = packet.segment().is_some_and(|segment| {
        let opens = |one: &Passage<'_>| {
            one.src == packet.src && one.segment().is_some_and(|one| one.seq == segment.seq)
        };
        segment.is_syn() && segment.is_ack() && before().any(|one| opens(&one))
    });
    packet.sent().is_none() || packet.repeats().is_some() || overtaken || opened
}

#[test]
fn wireshark_finds_nothing_wrong_and_the_same_repetitions() {
    if std::env::var_os(TSHARK).is_none() {
        println!("not run: cargo xtask soak runs it");
        return;
    }
    if Command::new("tshark").arg("--version").output().is_err() {
        println!("not run: tshark is not installed");
        return;
    }
    let mut different = Vec::new();
    for (place, (name, session)) in sessions().into_iter().enumerate() {
        for (export, hosts) in &VIEWS[..2] {
            let view = seen(&session, hosts);
            let says = tshark(&file(*export, &session), place);
            assert_eq!(says.len(), view.len(), "{name}");
            for (at, (wrong, _)) in says.iter().enumerate() {
                assert!(wrong.is_empty(), "{name}, {}: packet {}: {wrong}", export.name(), at + 1);
            }
            let ours = repeated(&session, &view);
            let except = |at: &usize| ours.contains(at) || !may_look_repeated(&session, &view, *at);
            let theirs: BTreeSet<usize> = (0..says.len()).filter(|at| says[*at].1).filter(except).collect();
            if theirs != ours {
                let only = |one: &BTreeSet<usize>, other: &BTreeSet<usize>| -> Vec<usize> {
                    one.difference(other).map(|at| at + 1).collect()
                };
                different.push(format!(
                    "{name}, {}: only Wireshark {:?}, only we {:?}",
                    export.name(),
                    only(&theirs, &ours),
                    only(&ours, &theirs)
                ));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
