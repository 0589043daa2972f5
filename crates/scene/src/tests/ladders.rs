//! The ladder lists what was sent, with what became of it.

use super::*;
use crate::{Ladder, View};
use tcp_testing::{ClientUpper, Network, ServerLower};

fn ladder(lab: &Lab) -> Ladder {
    let look = Look { view: View::Ladder, ..Look::default() };
    scene(lab, &look).ladder.expect("it is looked at")
}

fn listed(lab: &Lab) -> String {
    let line = |rung: &crate::Rung| {
        let way = if rung.from_client { "->" } else { "<-" };
        let copy = if rung.is_copy { "copy of " } else { "" };
        let name = format!("{copy}{}", en::say(&Message::Name(rung.name)));
        let ack = rung.ack.map_or_else(|| "-".to_owned(), |ack| ack.to_string());
        let (after, fate) = (rung.after.as_millis(), en::say(&Message::Fate(rung.fate)));
        let seq = rung.seq.map_or_else(|| "-".to_owned(), |seq| seq.to_string());
        format!("{after} {way} {name} {seq} {ack} {} {fate}\n", rung.octets)
    };
    ladder(lab).rungs.iter().map(line).collect()
}

#[test]
fn a_ladder_has_each_segment_with_its_fate() {
    let mut lab = lab();
    assert_eq!(ladder(&lab).rungs, []);
    lab.waits_ms(300)
        .types(ServerLower, "sudo iptables -A OUTPUT -p tcp --tcp-flags SYN,ACK SYN,ACK -j DROP");
    connect(&mut lab);
    lab.waits_ms(900).types(ServerLower, "sudo iptables -F").waits_ms(400);
    lab.types(ClientUpper, "hello").waits_ms(100).types(Network, "drop C_m F").waits_ms(1);
    lab.types(Network, "drop C_m FA").ctrl_c(ClientUpper).waits_ms(2);
    expect![[r#"
        0 -> SYN 0 - 0 arrived
        5 <- SYN|ACK 0 1 0 dropped: rule 1 in S_m OUTPUT
        1000 -> SYN #2 0 - 0 arrived
        1005 <- SYN|ACK #2 0 1 0 arrived
        1005 <- SYN|ACK #3 0 1 0 arrived
        1010 -> ACK 1 1 0 arrived
        1010 -> ACK 1 1 0 arrived
        1300 -> data 6 1 1 6 arrived
        1305 <- ACK 1 7 0 arrived
        1401 -> FIN|ACK 7 1 0 on its way
    "#]]
    .assert_eq(&listed(&lab));
}

#[test]
fn a_long_ladder_shows_its_newest_part() {
    let mut lab = lab();
    connect(&mut lab);
    lab.waits_ms(100);
    for _ in 0..200 {
        lab.types(ClientUpper, "hello").waits_ms(300);
    }
    let Ladder { rungs, earlier, .. } = ladder(&lab);
    assert_eq!((rungs.len(), earlier > 50), (120, true));
    // What the rows count from is before the first of them.
    assert_eq!(rungs.last().map(|rung| (rung.seq, rung.ack)), Some((Some(1), Some(1 + 6 * 200))));
}

/// A copy is nobody's segment: it begins on the wire, where its original was, and repeats nothing.
#[test]
fn a_copy_of_the_network_begins_on_the_wire() {
    let mut lab = lab();
    lab.waits_ms(300).types(Network, "drop server SA * 1").types(Network, "duplicate client S * 1");
    connect(&mut lab);
    lab.waits_ms(100).types(ClientUpper, "hello").waits_ms(2).types(Network, "duplicate data").waits_ms(30);
    lab.types(Network, "drop server A * 1").types(Network, "duplicate client PA * 1");
    lab.types(ClientUpper, "again")
        .waits_ms(2)
        .types(Network, "drop data")
        .types(Network, "drop data")
        .waits_ms(300);
    expect![[r#"
        0 -> SYN 0 - 0 arrived
        0 -> copy of SYN 0 - 0 arrived
        5 <- SYN|ACK 0 1 0 lost in the network
        6 <- SYN|ACK #2 0 1 0 arrived
        11 -> ACK 1 1 0 arrived
        100 -> data 6 1 1 6 arrived
        102 -> copy of data 6 1 1 6 arrived
        105 <- ACK 1 7 0 arrived
        106 <- ACK 1 7 0 arrived
        132 -> data 6 7 1 6 lost in the network
        343 -> data 6 #2 7 1 6 arrived
        348 <- ACK 1 13 0 lost in the network
    "#]]
    .assert_eq(&listed(&lab));
    let all = ladder(&lab).rungs;
    let made = |rung: &crate::Rung| (rung.way[0].spot, rung.repeats);
    let copies: Vec<_> = all.iter().filter(|rung| rung.is_copy).map(made).collect();
    let is_near = |((spot, repeats), part): (&(crate::Spot, Option<_>), f32)| {
        repeats.is_none() && matches!(spot, crate::Spot::Wire(it) if (it - part).abs() < 0.01)
    };
    assert!(copies.iter().zip([0.1, 0.4, 0.1]).all(is_near), "{copies:?}");
    assert_eq!(all[3].repeats, Some(all[2].packet), "the answer to the copy repeats the one that was lost");
}
