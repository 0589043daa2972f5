//! What is said to happen next happens.

use super::*;
use crate::words::{Caption, PacketName, Report};
use tcp_core::net::{Fact, Happened, Passage};
use tcp_core::tcp::Timer;

/// The note below the badge of a host.
fn noted(lab: &Lab, host: usize) -> String {
    en::say(&see(lab).hosts[host].note)
}

/// A Linux server with a client that is connected, after the client's host was given a constant.
fn connected(constant: &str) -> Trial {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(TerminalId::ServerUpper, "nc -l 5555");
    set(&mut lab, constant);
    connect(&mut lab);
    wait(&mut lab, 500);
    lab
}

/// A client of a server that accepts, reads and closes nothing.
fn unread() -> Trial {
    let mut lab = Trial::new(ProfileName::Linux);
    lab.types(TerminalId::ServerUpper, "app");
    for line in ["l socket", "l bind 0.0.0.0 5555", "l listen 1"] {
        lab.types(TerminalId::ServerUpper, line);
    }
    lab.types(TerminalId::ClientUpper, "nc -n 10.211.55.10 5555").waits_ms(100);
    lab
}

fn set(lab: &mut Trial, constant: &str) {
    lab.types(TerminalId::ClientLower, &format!("sudo sysctl -w net.ipv4.{constant}"));
}

/// Follows one end until its connection is gone. Before each expiry, the caption says whether that one ends it. Gives the
/// captions.
fn follow(lab: &mut Trial, host: usize) -> Vec<Caption> {
    let id = [HostId::Client, HostId::Server][host];
    let mut told = Vec::new();
    for _ in 0..500 {
        let said = see(lab).hosts[host].badge.countdown.clone().map(|countdown| countdown.what);
        let seen = lab.world().facts().len();
        if !lab.steps() {
            break;
        }
        let expired = |fact: &Fact| match fact.what {
            Happened::TimerExpired { timer, .. } => fact.host == Some(id) && timer != Timer::DelayedAck,
            _ => false,
        };
        let expired = lab.world().facts().skip(seen).any(|fact| expired(&fact));
        let Some(Message::Caption(said)) = said.filter(|_| expired) else { continue };
        let gone = lab.world().sockets(id).iter().all(|row| row.foreign.is_none());
        let ends = matches!(said, Caption::GivesUp | Caption::Forgets);
        assert_eq!(ends, gone, "{said:?} at {}", lab.now());
        told.push(said);
        if gone {
            break;
        }
    }
    told
}

#[test]
fn the_last_expiry_is_not_said_to_send() {
    let mut orphan = connected("tcp_orphan_retries=3");
    toggle(&mut orphan, Kind::Fin, DropPlace::Network);
    orphan.ctrl_c(TerminalId::ClientUpper);
    let told = follow(&mut orphan, 0);
    assert!(told.len() > 2 && told.ends_with(&[Caption::Fin, Caption::GivesUp]), "{told:?}");
    // On its way the data is sent again; in this host's firewall it is probed for.
    for place in [DropPlace::Network, DropPlace::Sender] {
        let mut lab = connected("tcp_retries2=3");
        toggle(&mut lab, Kind::Data, place);
        lab.types(TerminalId::ClientUpper, "hello");
        let told = follow(&mut lab, 0);
        assert!(told.len() > 2 && told.ends_with(&[Caption::Try, Caption::GivesUp]), "{told:?}");
    }
}

#[test]
fn an_orphan_ends_when_its_own_timer_says() {
    for (at_first, then, wanted) in [(30, 60, "30 s"), (70, 70, "20 s")] {
        let mut lab = unread();
        set(&mut lab, &format!("tcp_fin_timeout={at_first}"));
        lab.ctrl_c(TerminalId::ClientUpper);
        wait(&mut lab, 500);
        set(&mut lab, &format!("tcp_fin_timeout={then}"));
        let note = noted(&lab, 0);
        assert!(note.ends_with(&format!("so it ends after {wanted}.")), "{note}");
    }
}

#[test]
fn a_syn_is_bounded_by_number_and_by_time() {
    let mut lab = Trial::new(ProfileName::Linux);
    for constant in ["tcp_rto_max_ms=2000", "tcp_syn_linear_timeouts=2", "tcp_syn_retries=4"] {
        set(&mut lab, constant);
    }
    toggle(&mut lab, Kind::Syn, DropPlace::Network);
    lab.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    wait(&mut lab, 1_500);
    let note = noted(&lab, 0);
    assert_eq!(note, "SYN sent twice, at most 6 times. Without an answer, TCP gives up after 9 s.");
    assert_eq!(follow(&mut lab, 0).last(), Some(&Caption::GivesUp));
    let syns = lab.world().log().packets().filter(|packet| packet.segment().is_some_and(|s| s.is_syn()));
    assert_eq!((syns.count(), lab.now().since(Instant::START).as_secs()), (6, 9));
}

#[test]
fn a_program_may_give_up_before_its_tcp_does() {
    let mut lab = lab();
    toggle(&mut lab, Kind::Syn, DropPlace::Network);
    lab.types(TerminalId::ClientUpper, "nc -w 2 10.211.55.10 5555").waits_ms(1_500);
    assert_eq!(noted(&lab, 0), "SYN sent twice. Without an answer, its program gives up after 2 s.");
    lab.waits_ms(600);
    assert_eq!(noted(&lab, 0), "The program ended before an answer came.");
}

#[test]
fn a_half_open_entry_that_will_be_forgotten_is_said_to_be() {
    // Its SYN|ACK is dropped on the way, and nobody listens any more; or it is dropped here.
    for (place, closes, wanted) in [
        (DropPlace::Network, true, "Its listener is closed, so its timer forgets it."),
        (
            DropPlace::Sender,
            false,
            "Its SYN|ACK was tried once and never left this host: its own firewall dropped it.",
        ),
    ] {
        let mut lab = lab();
        toggle(&mut lab, Kind::SynAck, place);
        connect(&mut lab);
        wait(&mut lab, 500);
        toggle(&mut lab, Kind::Syn, DropPlace::Network);
        if closes {
            lab.ctrl_c(TerminalId::ServerUpper);
        }
        assert_eq!(noted(&lab, 1), wanted);
        assert_eq!(follow(&mut lab, 1), [Caption::Forgets]);
    }
}

#[test]
fn an_end_that_knows_no_better_is_not_said_to_be_connected() {
    let mut lab = connected("tcp_retries2=15");
    assert_eq!(noted(&lab, 0), "Connected: data can flow both ways.");
    toggle(&mut lab, Kind::Data, DropPlace::Network);
    lab.types(TerminalId::ClientUpper, "hello");
    // The loss probe is no retransmission for netstat.
    wait(&mut lab, 300);
    assert_eq!(noted(&lab, 0), "Connected, but 6 octets are not acknowledged; tried twice.");

    let mut lab = super::lab();
    toggle(&mut lab, Kind::Ack, DropPlace::Network);
    connect(&mut lab);
    wait(&mut lab, 500);
    assert_eq!(noted(&lab, 0), "Connected at this end; the other is still in SYN_RECV.");
}

#[test]
fn a_shut_window_is_said_to_be_shut() {
    let mut lab = unread();
    for _ in 0..70 {
        lab.types(TerminalId::ClientUpper, &"x".repeat(999));
    }
    lab.waits_ms(3_000);
    assert_eq!(
        noted(&lab, 0),
        "Connected, but the peer's window is shut: 5760 octets wait, and probes go on."
    );
    let caption = see(&lab).hosts[0].badge.countdown.clone().map(|countdown| countdown.what);
    assert_eq!(caption, Some(Message::Caption(Caption::Probe)));
    let log = lab.world().log();
    let sent =
        |packet: &Passage<'_>| en::say(&Message::Link(Report::Sent(packet.from, PacketName::of(packet))));
    let last = log.packets().rfind(|packet| packet.from == HostId::Client).expect("it probes");
    assert_eq!(sent(&last), "C_m sent ACK (window probe)");
}

#[test]
fn a_keepalive_is_announced_and_explained() {
    let mut lab = super::lab();
    set(&mut lab, "tcp_keepalive_time=5");
    set(&mut lab, "tcp_keepalive_probes=1");
    lab.types(TerminalId::ServerUpper, "nc -l 5555");
    lab.types(TerminalId::ClientUpper, "app");
    for line in ["a socket", "a keepalive", "a connect 10.211.55.10 5555"] {
        lab.types(TerminalId::ClientUpper, line);
    }
    lab.waits_ms(1_000);
    let caption =
        |lab: &Trial| see(lab).hosts[0].badge.countdown.clone().map(|countdown| en::say(&countdown.what));
    assert_eq!(caption(&lab).as_deref(), Some("keepalive probe"));
    lab.types(TerminalId::Network, "drop client *");
    lab.waits_ms(4_100);
    assert_eq!(caption(&lab).as_deref(), Some("gives up"), "after a probe that is not answered");
    let probe = lab.world().log().packets().next_back().map(|packet| packet.id).expect("it asks");
    let look = Look { picked: Some(probe), ..Look::default() };
    let origin = scene(&lab, &look).inspected.map(|segment| en::say(&segment.origin));
    assert!(origin.is_some_and(|origin| origin.starts_with("A keepalive probe: C_m has heard nothing")));
    lab.waits_ms(80_000);
    assert_eq!(noted(&lab, 0), "Given up: no keepalive probe was answered.");
}
