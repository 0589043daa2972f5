use super::*;
use std::collections::BTreeMap;
use tcp_core::tcp::{ProfileName, State};
use tcp_course::{Action, Session};
use tcp_shell::TerminalId::{self, ClientLower, ClientUpper, Network, ServerLower};

/// What is waited for.
type Seen<'a> = &'a dyn Fn(&Session) -> bool;

/// A page on which these lines were typed before the client connects.
fn connecting(lines: &[(TerminalId, &str)]) -> Session {
    let mut session = Session::page(ProfileName::Article, 1);
    for (terminal, line) in lines {
        session.act(Action::enter(*terminal, *line));
    }
    session.act(Action::enter(ClientUpper, "nc 10.211.55.10 5555"));
    session
}

fn established(session: &Session) -> bool {
    Sight::of(session.lab()).all_rows().filter(|row| row.state == State::Established).count() == 2
}

/// How long a person waits until `seen`, in seconds, and how much of it each kind of leg takes.
fn watched(
    mut session: Session,
    pace: Pace,
    seen: impl Fn(&Session) -> bool,
) -> (f64, BTreeMap<String, f64>) {
    let mut shares = BTreeMap::new();
    for _ in 0..10_000 {
        if seen(&session) {
            return (shares.values().sum(), shares);
        }
        let leg = leg(session.lab(), session.next_event(), pace, false).expect("something is due");
        let seconds = leg.until.since(session.lab().now()).as_secs_f64() / leg.rate;
        *shares.entry(format!("{:?}", leg.what)).or_default() += seconds;
        session.advance_to(leg.until);
    }
    panic!("never seen at {pace:?}");
}

#[test]
fn a_crossing_takes_what_its_pace_says() {
    for delay in ["5", "100", "8000"] {
        let session = connecting(&[(Network, &format!("delay {delay}"))]);
        let arrived = |session: &Session| {
            Sight::of(session.lab()).all_rows().any(|row| row.state == State::SynReceived)
        };
        for (pace, seconds) in [(Pace::Slow, 4.0), (Pace::Normal, 1.5), (Pace::Fast, 0.5), (Pace::Steps, 1.5)]
        {
            let (_, shares) = watched(session.clone(), pace, arrived);
            assert!((shares["Crossing"] - seconds).abs() < 1e-3, "{pace:?} at {delay} ms: {shares:?}");
        }
    }
}

#[test]
fn a_slower_name_is_never_quicker_to_the_eye() {
    let drop_syn = (ClientLower, "sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP");
    let drop_answer = (ServerLower, "sudo iptables -I OUTPUT -p tcp --sport 5555 -j DROP");
    let third = |session: &Session| session.lab().world().log().stopped() == 3;
    let scenarios: [(&str, Session, Seen<'_>); 5] = [
        ("a handshake", connecting(&[]), &established),
        ("a handshake of 50 ms each way", connecting(&[(Network, "delay 50")]), &established),
        ("a handshake of 3 s each way", connecting(&[(Network, "delay 3000")]), &established),
        ("three SYNs dropped", connecting(&[drop_syn]), &third),
        ("three answers dropped", connecting(&[drop_answer]), &third),
    ];
    for (name, session, seen) in scenarios {
        let seconds = Pace::ALL.map(|pace| watched(session.clone(), pace, seen).0);
        let [slow, normal, fast, steps, once, ten, sixty] = seconds;
        assert!(slow > normal && normal > fast && fast > 0.4, "{name}: {seconds:?}");
        assert!((steps - normal).abs() < 1e-9, "{name}: {seconds:?}");
        assert!(once > ten && ten > sixty, "{name}: {seconds:?}");
    }
}

#[test]
fn a_wait_has_one_rate_whatever_is_flagged_on_its_way() {
    let mut session = connecting(&[(ClientLower, "sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP")]);
    session.advance_to(Instant::from_millis(3000));
    let mut rates = Vec::new();
    while session.lab().now() < Instant::from_millis(7000) {
        let leg = leg(session.lab(), session.next_event(), Pace::Normal, false).expect("a try is due");
        rates.push(leg.rate);
        session.advance_to(leg.until);
    }
    assert!(rates.windows(2).all(|pair| pair[0] == pair[1]) && rates[0] > 1.5, "{rates:?}");
}

#[test]
fn time_wait_passes_in_real_time() {
    let mut session = connecting(&[]);
    session.advance_to(Instant::from_millis(1000));
    session.act(Action::ctrl_c(ClientUpper));
    session.advance_to(Instant::from_millis(3000));
    let rates = Pace::ALL.map(|pace| {
        let leg = leg(session.lab(), session.next_event(), pace, false).expect("2MSL is due");
        assert_eq!(leg.what, Passing::Counting);
        leg.rate
    });
    assert_eq!(rates, [1.0, 1.0, 1.0, 1.0, 1.0, 10.0, 60.0]);
}
