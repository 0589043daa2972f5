//! The comparison can fail: an outcome that is damaged in one aspect is reported in that aspect.

use super::{Aspect, compare};
use crate::Trace;
use crate::outcome::{Outcome, PacketSeen};
use std::path::{Path, PathBuf};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces").join(format!("{name}.json"))
}

/// A trace with its replay, which agree.
fn agreeing(name: &str) -> (Outcome, Outcome) {
    let trace = Trace::read(&path(name)).expect("the trace can be read");
    let replay = trace.play(trace.until).expect("the trace can be played");
    (trace.outcome, replay)
}

/// The aspects that disagree after `damage`.
fn reported(name: &str, damage: impl FnOnce(&mut Outcome)) -> Vec<Aspect> {
    let (trace, mut replay) = agreeing(name);
    let aspects = |replay: &Outcome| -> Vec<Aspect> {
        let verdicts = compare(&trace, replay);
        verdicts.iter().filter(|verdict| !verdict.agrees()).map(|verdict| verdict.aspect).collect()
    };
    assert_eq!(aspects(&replay), [], "before any damage");
    damage(&mut replay);
    aspects(&replay)
}

/// The states of the one connection on a host.
fn states<'a>(outcome: &'a mut Outcome, host: &str) -> &'a mut Vec<(f64, String)> {
    let of_host = outcome.state_trajectory.get_mut(host).expect("the host has connections");
    let connection = of_host.iter_mut().find(|(name, _)| name.contains(" - "));
    connection.expect("there is one").1
}

const NORMAL: &str = "01a-normal-client-ctrl-c";
const LOST: &str = "17e-data-dropped-at-server-input-retries2-5";

#[test]
fn a_connection_that_is_missing() {
    let damaged = reported(NORMAL, |replay| {
        replay
            .state_trajectory
            .get_mut("server")
            .expect("it is there")
            .retain(|name, _| name.starts_with("LISTEN"));
    });
    assert_eq!(damaged, [Aspect::Connections]);
}

#[test]
fn a_listener_too_many() {
    let damaged = reported(NORMAL, |replay| {
        let server = replay.state_trajectory.get_mut("server").expect("it is there");
        server.insert("LISTEN 0.0.0.0:80".to_owned(), vec![(5.0, "LISTEN".to_owned())]);
    });
    assert_eq!(damaged, [Aspect::Connections]);
}

/// The replay is played for longer than the trace: seed 60317, scenario 52.
#[test]
fn a_connection_after_the_end_of_the_trace() {
    let begun = |beyond: f64| {
        let end = agreeing(NORMAL).0.duration_ms;
        reported(NORMAL, |replay| {
            let server = replay.state_trajectory.get_mut("server").expect("it is there");
            let states = vec![(end + beyond, "SYN_RECV".to_owned())];
            server.insert("10.211.55.2:@0009 - 10.211.55.10:80".to_owned(), states);
        })
    };
    assert_eq!(begun(1.0), []);
    assert_eq!(begun(-1.0), [Aspect::Connections]);
}

#[test]
fn a_state_that_is_another() {
    let damaged = reported(NORMAL, |replay| {
        states(replay, "client").last_mut().expect("it ends").1 = "LAST_ACK".to_owned()
    });
    assert_eq!(damaged, [Aspect::States]);
}

#[test]
fn a_lasting_state_that_is_left_out() {
    let damaged =
        reported(NORMAL, |replay| states(replay, "client").retain(|(_, state)| state != "ESTABLISHED"));
    assert_eq!(damaged, [Aspect::States]);
}

#[test]
fn a_brief_state_may_be_left_out() {
    let damaged =
        reported(NORMAL, |replay| states(replay, "client").retain(|(_, state)| state != "FIN_WAIT2"));
    assert_eq!(damaged, []);
}

#[test]
fn a_state_too_late() {
    for (late, expected) in [(140.0, vec![]), (160.0, vec![Aspect::States])] {
        let damaged = reported(NORMAL, |replay| {
            states(replay, "client")
                .iter_mut()
                .filter(|(_, state)| state.contains("WAIT"))
                .for_each(|(t, _)| *t += late);
        });
        assert_eq!(damaged, expected, "{late} ms");
    }
}

#[test]
fn a_segment_that_is_missing_or_other() {
    let is_data = |packet: &PacketSeen| packet.len > 0;
    for damage in [
        (|packets: &mut Vec<PacketSeen>| packets.retain(|packet| packet.len == 0))
            as fn(&mut Vec<PacketSeen>),
        |packets| packets.iter_mut().filter(|packet| packet.len > 0).for_each(|packet| packet.len += 1),
        |packets| {
            packets
                .iter_mut()
                .filter(|packet| packet.len > 0)
                .for_each(|packet| packet.flags = "ACK".to_owned())
        },
        |packets| packets.iter_mut().filter(|packet| packet.len > 0).for_each(|packet| packet.rx_ms = None),
        |packets| packets.iter_mut().filter(|packet| packet.len > 0).for_each(|packet| packet.t_ms += 200.0),
        |packets| packets.reverse(),
    ] {
        let damaged = reported(NORMAL, |replay| {
            assert!(replay.packets.iter().any(is_data));
            damage(&mut replay.packets);
        });
        assert_eq!(damaged, [Aspect::Segments]);
    }
}

#[test]
fn bare_acks_may_differ() {
    let bare = |packet: &PacketSeen| packet.flags == "ACK" && packet.len == 0;
    assert_eq!(reported(NORMAL, |replay| replay.packets.retain(|packet| !bare(packet))), []);
}

#[test]
fn an_interval_too_long_and_a_retransmission_too_many() {
    for (late, expected) in [(30.0, vec![]), (60.0, vec![Aspect::Retransmissions])] {
        let damaged = reported(LOST, |replay| {
            let event = replay.kernel_events.iter_mut().find(|event| event.event == "retransmit");
            event.expect("data is sent again").t_ms += late;
        });
        assert_eq!(damaged, expected, "{late} ms");
    }
    let damaged = reported(LOST, |replay| {
        let first = replay.kernel_events.first().expect("data is sent again").clone();
        replay.kernel_events.insert(0, first);
    });
    assert_eq!(damaged, [Aspect::Retransmissions]);
}

#[test]
fn a_text_an_exit_code_and_an_end() {
    for damage in [
        (|replay: &mut Outcome| replay.processes[0].output[0].text.push('!')) as fn(&mut Outcome),
        |replay| replay.processes[0].output[0].stream = "stderr".to_owned(),
        |replay| replay.processes[0].exit_code = Some(1),
        |replay| replay.processes[1].signal = None,
        |replay| replay.processes[1].exit_ms = None,
        |replay| _ = replay.processes.pop(),
    ] {
        let damaged = reported(NORMAL, damage);
        assert_eq!(damaged, [Aspect::Programs]);
    }
}

#[test]
fn an_output_to_the_blank() {
    let damaged = reported("19a-formats", |replay| {
        let printed = replay
            .steps
            .iter_mut()
            .find(|step| step.cmd.as_deref() == Some("netstat -nat") && step.stdout.is_some());
        let text = printed.and_then(|step| step.stdout.as_mut()).expect("it was printed");
        *text = text.replace("ESTABLISHED", "ESTABLISHED ");
    });
    assert_eq!(damaged, [Aspect::Programs]);
}

#[test]
fn rows_that_differ() {
    for (from, to) in [
        ("ESTABLISHED", "CLOSE_WAIT"),
        ("ESTABLISHED off", "ESTABLISHED on"),
        ("tcp        0", "tcp        1"),
    ] {
        let damaged = reported(NORMAL, |replay| {
            for row in replay.samples.iter_mut().flat_map(|sample| &mut sample.netstat_nato) {
                *row = row.replace(from, to);
            }
        });
        assert_eq!(damaged, [Aspect::Rows], "{from}");
    }
    let missing =
        reported(NORMAL, |replay| replay.samples.iter_mut().for_each(|sample| sample.ss_tanoe.clear()));
    assert_eq!(missing, [Aspect::Rows]);
    let timer = reported(NORMAL, |replay| {
        for row in replay.samples.iter_mut().flat_map(|sample| &mut sample.netstat_nato) {
            *row = row.replace("timewait (59.", "timewait (69.").replace("timewait (60.", "timewait (70.");
        }
    });
    assert_eq!(timer, [Aspect::Rows]);
}

#[test]
fn a_row_too_many() {
    let damaged = reported(NORMAL, |replay| {
        let extra =
            "tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      off (0.00/0/0)";
        replay.samples.iter_mut().for_each(|sample| sample.netstat_nato.push(extra.to_owned()));
    });
    assert_eq!(damaged, [Aspect::Rows]);
}

#[test]
fn a_counter_that_differs() {
    let damaged = reported(LOST, |replay| {
        for listing in &mut replay.iptables {
            listing.stdout = listing.stdout.replace(" DROP ", " DROP! ");
        }
    });
    assert_eq!(damaged, [Aspect::Firewall]);
    let damaged = reported("06a-reject-at-client-output", |replay| {
        replay
            .iptables
            .iter_mut()
            .for_each(|listing| listing.stdout = listing.stdout.replace("    1    60 ", "    2   120 "));
    });
    assert_eq!(damaged, [Aspect::Firewall]);
    let damaged = reported("06a-reject-at-client-output", |replay| _ = replay.iptables.remove(0));
    assert_eq!(damaged, [Aspect::Firewall]);
}

#[test]
fn a_port_of_the_other_connection() {
    let damaged = reported("15a-close-wait-leak", |replay| {
        // The first two clients swap their ports, but not in their rows.
        let client = replay.state_trajectory.get_mut("client").expect("it has connections");
        let names: Vec<String> = client.keys().take(2).cloned().collect();
        let (one, other) =
            (client.remove(&names[0]).expect("a key"), client.remove(&names[1]).expect("a key"));
        client.insert(names[0].clone(), other);
        client.insert(names[1].clone(), one);
    });
    assert!(damaged.contains(&Aspect::Rows) && damaged.contains(&Aspect::Segments), "{damaged:?}");
}

#[test]
fn an_outcome_agrees_with_itself_and_with_its_json() {
    let (_, replay) = agreeing("04e-synack-dropped-at-client-input");
    let text = serde_json::to_string(&replay).expect("an outcome can be written");
    let read: Outcome = serde_json::from_str(&text).expect("an outcome can be read");
    assert_eq!(read, replay);
    assert!(compare(&replay, &read).iter().all(super::Verdict::agrees));
}

#[test]
fn the_list_of_races_is_short_and_each_has_both_forms() {
    assert!(super::RACES.len() <= 3);
    for race in super::RACES {
        let checked = super::check(&path(race.trace)).expect("the trace can be compared");
        assert!(checked.agrees(), "{}", race.trace);
        assert_eq!(checked.race, Some(race.seen), "{}: the first form agrees: it is no race", race.trace);
    }
}

#[test]
fn the_number_of_a_process_is_not_compared_its_name_is() {
    let row = |pid: u32, name: &str| {
        format!(
            "LISTEN 0      1            0.0.0.0:5555      0.0.0.0:*    users:((\"{name}\",pid={pid},fd=3))\n"
        )
    };
    assert_eq!(super::rows::texts_differ(&row(2362, "nc"), &row(4001, "nc")), None);
    assert!(super::rows::texts_differ(&row(2362, "nc"), &row(4001, "ncat")).is_some());
}

#[test]
fn the_last_repetitions_of_a_replay_may_come_after_the_end() {
    let answers = |times: &[f64]| {
        let answer = |t_ms: &f64| PacketSeen {
            t_ms: *t_ms,
            from: "server".to_owned(),
            proto: "tcp".to_owned(),
            src: "10.211.55.10:5555".to_owned(),
            dst: "10.211.55.2:5001".to_owned(),
            flags: "SYN,ACK".to_owned(),
            ..PacketSeen::default()
        };
        Outcome { packets: times.iter().map(answer).collect(), duration_ms: 10_000.0, ..Outcome::default() }
    };
    let agrees = |replay: &[f64]| {
        super::retransmissions::retransmissions(&answers(&[1000.0, 2000.0]), &answers(replay)).agrees()
    };
    assert!(agrees(&[1000.0, 2000.0]));
    assert!(agrees(&[1000.0, 2000.0, 10_100.0, 10_100.05]), "an answer met a timer");
    assert!(!agrees(&[1000.0, 2000.0, 4000.0, 10_100.0]), "one of them came before the end");
}

#[test]
fn an_answer_to_the_first_of_a_burst_has_crossed_the_second() {
    let segment = |from: &str, (t_ms, rx_ms): (f64, f64), len, (rel_seq, rel_ack)| PacketSeen {
        t_ms,
        rx_ms: Some(rx_ms),
        from: from.to_owned(),
        proto: "tcp".to_owned(),
        src: if from == "client" { "10.211.55.2:5001" } else { "10.211.55.10:5555" }.to_owned(),
        dst: if from == "client" { "10.211.55.10:5555" } else { "10.211.55.2:5001" }.to_owned(),
        flags: "PSH,ACK".to_owned(),
        len,
        rel_seq: Some(rel_seq),
        rel_ack: Some(rel_ack),
        ..PacketSeen::default()
    };
    let burst = |second: f64, answered: f64, ack: u32| Outcome {
        packets: vec![
            segment("server", (1000.0, 1200.0), 1448, (1, 1)),
            segment("server", (1000.01, second), 893, (1449, 1)),
            segment("client", (answered, answered + 200.0), 3, (1, ack)),
        ],
        duration_ms: 5000.0,
        ..Outcome::default()
    };
    let agrees = |one, other| super::segments::segments(&one, &other).agrees();
    let relayed = || burst(1200.07, 1200.05, 1449);
    assert!(agrees(relayed(), burst(1200.0, 1200.0, 1449)));
    assert!(!agrees(relayed(), burst(1200.0, 1200.0, 2342)), "that one answers both");
    assert!(!agrees(relayed(), burst(1200.0, 1205.0, 1449)), "that is more than a tick");
}

/// Two FINs, of the client and of the server, that were sent at these times and acknowledge this.
fn two_fins(client: (f64, u32), server: (f64, u32)) -> Outcome {
    let fin = |from: &str, src: &str, dst: &str, (t_ms, ack): (f64, u32)| PacketSeen {
        t_ms,
        rx_ms: Some(t_ms + 0.05),
        from: from.to_owned(),
        proto: "tcp".to_owned(),
        src: src.to_owned(),
        dst: dst.to_owned(),
        flags: "FIN,ACK".to_owned(),
        rel_seq: Some(1),
        rel_ack: Some(ack),
        ..PacketSeen::default()
    };
    let (one, other) = ("10.211.55.2:5001", "10.211.55.10:5555");
    let mut packets = vec![fin("client", one, other, client), fin("server", other, one, server)];
    packets.sort_by(|one, other| one.t_ms.total_cmp(&other.t_ms));
    Outcome { packets, duration_ms: 5000.0, ..Outcome::default() }
}

#[test]
fn two_segments_of_one_tick_are_in_either_order() {
    let agrees =
        |replay: &Outcome| super::segments::segments(&two_fins((1000.0, 1), (1003.0, 1)), replay).agrees();
    assert!(agrees(&two_fins((1000.0, 1), (1003.0, 1))));
    assert!(agrees(&two_fins((1003.0, 1), (1000.0, 1))), "neither knew of the other");
    assert!(!agrees(&two_fins((1006.0, 1), (1000.0, 1))), "that is more than a tick");
    assert!(!agrees(&two_fins((1003.0, 2), (1000.0, 1))), "the client answered the server's FIN");
}

#[test]
fn the_secret_of_a_shared_port_is_found_in_what_followed() {
    let path = path("own/v260-three-listeners-on-one-port");
    let trace = Trace::read(&path).expect("the trace can be read");
    let replay = trace.play(trace.until).expect("the trace can be played");
    let in_turn = compare(&trace.outcome, &replay);
    assert!(!in_turn.iter().all(super::Verdict::agrees), "the listeners took turns: nothing is shown");
    assert!(super::check(&path).expect("the trace can be compared").agrees());
}
