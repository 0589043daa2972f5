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
        let name = en::say(&Message::Name(rung.name));
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
