//! What the page says and draws of what netem does.

use super::*;
use crate::model::Spot;
use crate::words::{Due, Message, Stopped};
use tcp_core::net::{HostId, PacketId, QdiscDrop};

/// A lab in which C_m's eth0 has this netem.
fn with(netem: &str) -> Trial {
    let mut lab = lab();
    lab.types(TerminalId::ClientLower, &format!("tc qdisc add dev eth0 root netem {netem}"));
    lab
}

fn pair(lab: &Lab) -> String {
    en::say(&see(lab).pair.says)
}

/// The corners of the way of the first segment in the ladder.
fn spots(lab: &Lab) -> Vec<Spot> {
    let look = Look { view: crate::View::Ladder, ..Look::default() };
    let ladder = scene(lab, &look).ladder.expect("it is looked at");
    ladder.rungs[0].way.iter().map(|corner| corner.spot).collect()
}

/// What the inspector says of a packet: what became of it, twice.
fn told(lab: &Lab, packet: u32) -> [String; 2] {
    let look = Look { picked: Some(PacketId(packet)), ..Look::default() };
    let segment = scene(lab, &look).inspected.expect("it has been sent");
    assert!(segment.acts.iter().all(|act| !act.enabled), "it is not on the wire");
    [segment.standing, segment.journey].map(|says| en::say(&says))
}

#[test]
fn what_is_lost_before_it_leaves_stays_at_the_hosts_gate() {
    let mut lab = with("loss 100%");
    connect(&mut lab);
    wait(&mut lab, 300);
    let scene = see(&lab);
    let states = scene.hosts.each_ref().map(|host| host.rows[0].state);
    assert_eq!(states, ["SYN_SENT", "LISTEN"]);
    assert_eq!(pair(&lab), "C_m's SYN is lost in C_m's netem. S_m knows nothing.");
    let flight = &scene.wire.flights[0];
    assert_eq!((flight.fate, flight.stopped, flight.from_client), (Fate::StoppedAt(0), true, true));
    assert_eq!(
        told(&lab, 0),
        ["lost in C_m's netem: nothing in flight to act on", "From C_m to S_m: lost in C_m's netem.",]
    );
    assert_eq!(spots(&lab), [Spot::Sender, Spot::SendersGate]);
    let facts: Vec<String> = scene.pair.why.facts.iter().map(|line| en::say(&line.text)).collect();
    assert_eq!(facts[0], "SYN was lost in C_m's netem. It never leaves the host");
    let gate = &scene.wire.gates[0];
    assert_eq!(
        (gate.shut, en::say(&gate.says)),
        (true, "C_m OUTPUT: open, then netem, 1 stopped".to_owned())
    );
    let [rule] = &*scene.firewall.rules else { panic!("one is in force") };
    assert_eq!(gate.rules, std::slice::from_ref(rule));
    let said = [&rule.what, &rule.place, &rule.taken].map(en::say);
    assert_eq!(said, ["netem loss 100%", "C_m eth0", "1 dropped"]);
    assert_eq!(&*rule.text, "qdisc netem 8001: root limit 1000 loss 100%");
    let [(_, line)] = &*scene.firewall.clear else { panic!("one line ends it") };
    assert_eq!(*line, rule.line);
    lab.types(rule.terminal, &rule.line);
    assert_eq!(see(&lab).firewall.rules, []);
}

#[test]
fn what_waits_is_drawn_where_it_waits() {
    let mut lab = with("delay 200ms");
    connect(&mut lab);
    wait(&mut lab, 100);
    assert_eq!(pair(&lab), "Nothing is lost: SYN waits in C_m's netem until 0.200 s.");
    let flight = see(&lab).wire.flights[0].clone();
    assert_eq!((flight.rests, flight.fate, flight.stopped), (Some(0.0), Fate::Arrives, false));
    let look = Look { view: crate::View::Ladder, ..Look::default() };
    assert_eq!(
        scene(&lab, &look).ladder.expect("it is looked at").due,
        Some(Due::Leaves),
        "the next try is later"
    );
    assert_eq!(
        told(&lab, 0),
        [
            "held in its host's netem until 0.200 s",
            "From C_m to S_m: held in its host's netem until 0.200 s.",
        ]
    );
    wait(&mut lab, 102);
    assert_eq!(pair(&lab), "Nothing is lost: SYN is on its way to S_m.");
    let flight = see(&lab).wire.flights[0].clone();
    assert_eq!((flight.rests, flight.departed), (None, Instant::from_millis(200)));
    wait(&mut lab, 1_000);
    assert_eq!(pair(&lab), "Nothing is lost: both ends are connected.");
    assert_eq!(spots(&lab), [Spot::Sender, Spot::Sender, Spot::Receiver], "it waits at its sender");
}

#[test]
fn a_copy_is_its_hosts() {
    let mut lab = with("duplicate 100%");
    connect(&mut lab);
    wait(&mut lab, 1_000);
    let look = Look { picked: Some(PacketId(1)), ..Look::default() };
    let origin = scene(&lab, &look).inspected.expect("it has been sent").origin;
    assert_eq!(en::say(&origin), "C_m's netem made a second one of number 1.");
}

#[test]
fn each_reason_has_its_words() {
    let lost = |netem: &str, then: &str| {
        let mut lab = with(netem);
        connect(&mut lab);
        lab.types(TerminalId::ClientLower, then);
        wait(&mut lab, 100);
        pair(&lab)
    };
    assert_eq!(lost("limit 0", ""), "C_m's SYN is lost: C_m's netem was full. S_m knows nothing.");
    let removed = "tc qdisc del dev eth0 root";
    assert_eq!(
        lost("delay 1s", removed),
        "C_m's SYN is lost: C_m's netem was emptied. Neither end can tell."
    );
    for why in [QdiscDrop::Lost, QdiscDrop::Full, QdiscDrop::Emptied] {
        let fate = crate::words::SegmentFate::Dropped(Stopped::Netem(HostId::Client, why));
        assert!(en::say(&Message::Fate(fate)).contains("C_m's netem"));
    }
}
