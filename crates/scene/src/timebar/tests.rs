use super::*;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_course::Action;
use tcp_shell::TerminalId::{ClientUpper, ServerLower, ServerUpper};

/// SYN|ACK dropped by S_m itself, until all has happened that is due before `ms`.
fn lost_answers(ms: u64) -> Session {
    let mut session = Session::page(ProfileName::Article, 1);
    session.act(Action::enter(ServerLower, "sudo iptables -I OUTPUT -p tcp --sport 5555 -j DROP"));
    session.act(Action::enter(ClientUpper, "nc 10.211.55.10 5555"));
    session.advance_to(Instant::from_millis(ms));
    session
}

fn bar(session: &Session) -> TimeBar {
    time_bar(session, session.next_event())
}

#[test]
fn states_are_at_their_hosts_and_stopped_segments_between_them() {
    use Marked::{Entered, Removed, Stopped};
    use tcp_core::tcp::State::{SynReceived, SynSent};
    let bar = bar(&lost_answers(1500));
    let signs: Vec<(u64, Shows)> =
        bar.signs.iter().map(|sign| (sign.at.as_micros() / 1000, sign.what)).collect();
    assert_eq!(
        signs,
        [
            (0, Entered(HostId::Client, SynSent)),
            (5, Entered(HostId::Server, SynReceived)),
            (5, Stopped),
            (1005, Stopped),
            (1005, Removed(HostId::Server)),
            (1005, Entered(HostId::Server, SynReceived)),
            (1005, Stopped),
        ]
        .into_iter()
        .map(|(at, what)| (at, Shows::Happened(what)))
        .fold(Vec::new(), |mut all: Vec<(u64, Shows)>, (at, what)| {
            // What falls on one place is one sign, the last.
            all.retain(|(other, old)| (*other, lane(*old)) != (at, lane(what)));
            all.push((at, what));
            all
        })
    );
}

#[test]
fn long_waits_are_folded_and_short_times_are_not() {
    let session = lost_answers(1500);
    let bar = bar(&session);
    let spans: Vec<u64> =
        bar.folds.iter().map(|fold| u64::try_from(fold.span.as_millis()).unwrap()).collect();
    assert_eq!(spans, [995, 1000], "the wait that goes on is folded, too");
    let [wide, narrow] = [(5, 1000), (0, 5)].map(|(from, to)| {
        bar.scale.place(Instant::from_millis(to)) - bar.scale.place(Instant::from_millis(from))
    });
    assert!(wide > narrow && wide < narrow * 10.0, "995 ms are {} times as wide as 5 ms", wide / narrow);
}

#[test]
fn places_and_moments_map_both_ways() {
    for ms in [0, 1500, 70_000] {
        let session = lost_answers(ms);
        let bar = bar(&session);
        let mut last = -1.0;
        for micros in (0..=session.end().as_micros())
            .step_by(1 + usize::try_from(session.end().as_micros()).unwrap() / 997)
        {
            let at = Instant::from_micros(micros);
            let place = bar.scale.place(at);
            assert!(place > last && (0.0..=1.0).contains(&place), "{at}: {place}");
            last = place;
            let back = bar.scale.moment(place);
            assert!(back.since(at).max(at.since(back)) <= Duration::from_micros(2), "{at} became {back}");
        }
    }
}

#[test]
fn nothing_moves_while_more_happens_until_the_line_is_full() {
    let mut session = lost_answers(0);
    let mut ruler = Ruler::default();
    let mut jumps = 0;
    let mut last: Option<TimeBar> = None;
    while session.end() < Instant::from_millis(130_000) && session.step() {
        let bar = ruler.bar(&session, session.next_event());
        assert_eq!(bar, time_bar(&session, session.next_event()), "measured piece by piece, or all at once");
        if let Some(last) = last {
            let moved = last.signs.iter().zip(bar.signs.iter()).any(|(old, new)| old.place != new.place);
            jumps += usize::from(moved);
        }
        assert!(bar.scale.place(bar.end) <= 1.0);
        last = Some(bar);
    }
    assert!((1..=3).contains(&jumps), "{jumps}");
}

#[test]
fn the_past_is_measured_as_it_was_and_a_fork_is_marked() {
    let mut session = lost_answers(5000);
    let due = session.next_event();
    let whole = time_bar(&session, due);
    session.go_to(Instant::from_millis(500));
    assert_eq!(time_bar(&session, due), whole);
    session.act(Action::ctrl_c(ClientUpper));
    let forked = bar(&session);
    assert_eq!(forked.forks, [forked.scale.place(Instant::from_millis(500))]);
    assert!(forked.undoes_fork && forked.end == Instant::from_millis(500));
    assert!(session.undo());
    assert_eq!(time_bar(&session, due), whole);
}

#[test]
fn keys_and_clicks_go_from_mark_to_mark() {
    let session = lost_answers(1500);
    let bar = bar(&session);
    let mut at = Instant::START;
    let mut moments = vec![at];
    while at < bar.end {
        at = bar.after(at);
        moments.push(at);
    }
    assert_eq!(moments, [0, 5, 1005, 1500].map(Instant::from_millis));
    for pair in moments.windows(2).rev() {
        assert_eq!(bar.before(pair[1]), pair[0]);
    }
    let place = bar.scale.place(Instant::from_millis(5));
    assert_eq!(bar.moment(place + 0.004, 0.005), Instant::from_millis(5));
    assert_ne!(bar.moment(place + 0.004, 0.001), Instant::from_millis(5));
    assert_eq!(bar.moment(1.0, 0.0), bar.end, "no further than what has happened");
}

#[test]
fn ten_thousand_marks_are_as_many_signs_as_there_are_places() {
    let mut session = Session::page(ProfileName::Linux, 1);
    session.act(Action::ctrl_c(ServerUpper));
    session.act(Action::enter(ServerUpper, "nc -lk 5555"));
    for number in 0..1400_u64 {
        session.advance_to(Instant::from_millis(1000 + number * 60));
        session.act(Action::enter(ClientUpper, "nc -N 10.211.55.10 5555"));
        session.advance_to(session.lab().now() + Duration::from_millis(20));
        session.act(Action::ctrl_c(ClientUpper));
    }
    session.advance_to(Instant::from_millis(200_000));
    let marks = session.trail().marks().iter().filter(|mark| mark.what != Marked::Passed).count();
    let bar = bar(&session);
    assert!(marks >= 10_000, "{marks}");
    assert!(bar.signs.len() <= 1200, "{} signs", bar.signs.len());
    assert_eq!(bar.signs.iter().map(|sign| sign.count).sum::<usize>(), marks);
    assert!(bar.signs.is_sorted_by_key(|sign| sign.at));
}

#[test]
fn a_moment_to_come_is_after_all_that_is_known() {
    let (second, half) = (Duration::from_secs(1), Duration::from_millis(500));
    let beginning = bar(&Session::page(ProfileName::Article, 1));
    let unknown = beginning.ahead(None, half);
    assert!(unknown > 0.1 && unknown < 0.2, "a wait is as wide as any other: {unknown}");
    assert!(beginning.ahead(None, Duration::ZERO) > 0.02, "not under the playhead");
    let session = lost_answers(1500);
    let bar = bar(&session);
    let due = session.next_event().expect("the next SYN");
    let known = bar.scale.place(due);
    assert_eq!(bar.ahead(Some(due), half), known);
    assert_eq!(bar.ahead(Some(Instant::from_millis(5)), half), bar.scale.place(Instant::from_millis(5)));
    assert!(bar.ahead(Some(due + second), half) > known && bar.ahead(None, half) > known);
    assert!(bar.ahead(Some(due + second), half) <= 1.0);
}

#[test]
fn what_was_seen_is_all_that_there_is_until_it_is_over() {
    let at = Instant::from_millis;
    let seen = [
        (at(100), Shows::Changed(HostId::Client)),
        (at(100), Shows::Changed(HostId::Server)),
        (at(1500), Shows::Typed(HostId::Client, 3)),
    ];
    let session = lost_answers(1600);
    let bar = seen_bar(&seen, at(1600));
    let signs: Vec<(Instant, Shows)> = bar.signs.iter().map(|sign| (sign.at, sign.what)).collect();
    assert_eq!(signs, seen);
    assert_eq!((bar.end, bar.due, bar.folds.len()), (at(1600), None, 1), "the wait is folded");
    // What was typed then stays, among the facts.
    let filled = filled_bar(&session, &seen[2..]);
    let shows = |what: Shows| filled.signs.iter().any(|sign| sign.what == what);
    assert!(shows(Shows::Typed(HostId::Client, 3)) && shows(Shows::Happened(Marked::Stopped)));
    assert!(filled.signs.is_sorted_by_key(|sign| sign.at) && filled.end == at(1600));
    // A long one is as wide as the line.
    let all: Vec<_> = (1..80).map(|number| (at(number * 1000), Shows::Changed(HostId::Client))).collect();
    let long = seen_bar(&all, at(90_000));
    assert!(long.scale.place(long.end) <= 1.0 && long.signs.iter().all(|sign| sign.place <= 1.0));
}
