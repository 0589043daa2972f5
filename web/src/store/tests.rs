//! The store as a page drives it, without a page.

use super::*;
use std::time::Duration;
use tcp_core::Instant;
use tcp_course::Action;
use tcp_course::scenes::built_in;
use tcp_scene::DropPlace;
use tcp_scene::words::en;
use tcp_shell::ProfileName;

/// A store, and what is done to it, each at the moment the session stands at.
struct Page(Store);

impl Page {
    fn open() -> Page {
        Page(Store::new(Settings::default()))
    }

    fn does(&mut self, intent: Intent) -> bool {
        let at = self.0.shown().scene.now;
        self.0.update(Done { at, intent })
    }

    fn types(&mut self, terminal: TerminalId, line: &str) {
        self.does(Intent::Act(Action::enter(terminal, line)));
    }

    fn at(pace: Pace) -> Page {
        Page(Store::new(Settings { pace, ..Settings::default() }))
    }

    /// Lets time flow in frames of this many seconds of the screen, until nothing is due or the clock stops.
    fn flows(&mut self, frame: f64) {
        for _ in 0..100_000 {
            let shown = self.0.shown();
            let Some(leg) = shown.leg.filter(|_| shown.playing) else { return };
            let beyond = shown.scene.now + Duration::from_secs_f64(frame * leg.rate);
            let to =
                if matches!(shown.settings.pace, Pace::True(_)) { beyond.max(leg.until) } else { leg.until };
            self.does(Intent::Pass(to));
        }
        panic!("it never rests");
    }

    fn says(&self) -> String {
        self.0.shown().scene.says.as_ref().map(en::say).unwrap_or_default()
    }

    fn pair(&self) -> [&'static str; 2] {
        self.0.shown().scene.hosts.each_ref().map(|host| host.badge.node.node().label())
    }
}

#[test]
fn nothing_lies_before_the_beginning() {
    let mut page = Page::open();
    assert!(page.0.shown().at_beginning);
    assert!(!page.does(Intent::StepBack), "a step back changes something");
    assert_eq!(page.pair(), ["CLOSED", "LISTEN"]);
    assert!(page.0.shown().playing);
}

#[test]
fn steps_back_end_where_the_server_listens() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    while page.does(Intent::Step) && page.pair() != ["ESTABLISHED", "ESTABLISHED"] {}
    assert!(!page.0.shown().at_beginning);
    let mut steps = 0;
    while page.does(Intent::StepBack) {
        steps += 1;
        assert!(steps < 100, "no end");
    }
    assert_eq!(page.pair(), ["CLOSED", "LISTEN"]);
    let shown = page.0.shown();
    assert!(shown.at_beginning && shown.past && !shown.playing);
}

#[test]
fn starting_again_keeps_the_clock_as_it_was() {
    for playing in [true, false] {
        let mut page = Page::open();
        page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
        if !playing {
            page.does(Intent::PlayOrPause);
        }
        page.does(Intent::Reset);
        assert_eq!(page.0.shown().playing, playing);
        assert_eq!(page.pair(), ["CLOSED", "LISTEN"]);
    }
}

fn whole_connection() -> Intent {
    let scene = built_in().into_iter().find(|scene| scene.id == "whole-connection");
    Intent::Play(scene.expect("there is such a scene").into())
}

#[test]
fn the_time_bar_is_that_of_the_session() {
    let mut page = Page::open();
    page.does(whole_connection());
    page.does(Intent::GoOn);
    page.flows(0.1);
    let signs = page.0.shown().bar.signs;
    assert!(!signs.is_empty());
    page.does(whole_connection());
    assert_eq!(page.0.shown().bar.signs.len(), 0, "nothing has happened in the scene");
    page.does(Intent::Undo);
    assert_eq!(page.0.shown().bar.signs, signs);
}

#[test]
fn a_scene_that_was_left_does_not_begin_again() {
    let mut page = Page::open();
    page.does(whole_connection());
    page.flows(0.1);
    page.does(Intent::LeaveScene);
    let left = page.pair();
    page.does(Intent::Reset);
    assert_eq!(page.pair(), ["CLOSED", "LISTEN"]);
    page.does(Intent::Pass(Instant::from_millis(5_000)));
    assert_eq!(page.pair(), ["CLOSED", "LISTEN"], "none of its lines is typed");
    page.does(Intent::Undo);
    assert_eq!(page.pair(), left);
}

#[test]
fn another_profile_plays_the_same_lines() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.does(Intent::Pass(Instant::from_millis(500)));
    let now = page.0.shown().scene.now;
    let settings = Settings { profile: ProfileName::Linux, ..Settings::default() };
    assert!(page.does(Intent::Set(settings)));
    let shown = page.0.shown();
    assert_eq!((shown.settings.profile, shown.scene.now), (ProfileName::Linux, now));
    assert_eq!(page.pair(), ["ESTABLISHED", "ESTABLISHED"]);
    page.does(Intent::Reset);
    let shown = page.0.shown();
    assert_eq!(shown.settings.profile, ProfileName::Linux);
    assert_eq!((page.pair(), shown.leg), (["CLOSED", "LISTEN"], None), "the lines are not entered once more");
}

#[test]
fn another_profile_is_taken_back_as_any_act() {
    let mut page = Page::open();
    let profile = |page: &Page| page.0.shown().settings.profile;
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.does(Intent::Pass(Instant::from_millis(500)));
    let other = Settings { profile: ProfileName::Linux, ..Settings::default() };
    page.does(Intent::Set(other));
    page.types(TerminalId::ClientUpper, "hello");
    for _ in 0..2 {
        page.does(Intent::Undo);
    }
    assert_eq!((profile(&page), page.pair()), (ProfileName::Article, ["ESTABLISHED", "ESTABLISHED"]));
    page.does(Intent::Undo);
    assert_eq!(page.pair(), ["CLOSED", "LISTEN"], "what was done before can be taken back");
    assert!(!page.0.shown().can_undo);
    page.does(Intent::Redo);
    assert_eq!((profile(&page), page.pair()), (ProfileName::Article, ["ESTABLISHED", "ESTABLISHED"]));
    page.does(Intent::Redo);
    assert_eq!(profile(&page), ProfileName::Linux);
    assert!(page.0.shown().can_redo, "hello comes last");
    page.does(Intent::Undo);
    page.types(TerminalId::ClientUpper, "hello");
    assert!(!page.0.shown().can_redo, "something else was done");
}

#[test]
fn what_changes_nothing_draws_nothing() {
    let mut page = Page::open();
    let turn = page.0.shown().turn;
    assert!(!page.does(Intent::Typing(false)));
    assert!(page.0.shown().turn == turn);
    assert!(page.does(Intent::DropAt(DropPlace::Network)));
    assert_eq!(page.0.shown().place, DropPlace::Network);
    assert!(page.0.shown().turn != turn);
}

#[test]
fn a_skip_goes_through_crossings_to_the_next_timer() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.does(Intent::Skip);
    assert_eq!(page.pair(), ["ESTABLISHED", "ESTABLISHED"]);
}

#[test]
fn the_clock_never_overshoots_the_last_event() {
    for pace in Pace::ALL {
        let mut page = Page::at(pace);
        page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
        for _ in 0..50 {
            if !page.0.shown().playing {
                page.does(Intent::PlayOrPause);
            }
            page.flows(1.0 / 30.0);
        }
        let last = page.0.shown().scene.now;
        assert_eq!(last, Instant::from_millis(15), "{pace:?}: the last ACK arrives");
        assert_eq!(page.pair(), ["ESTABLISHED", "ESTABLISHED"], "{pace:?}");
    }
}

#[test]
fn step_by_step_each_fact_waits_for_a_press() {
    let mut page = Page::at(Pace::Steps);
    page.types(TerminalId::ServerLower, "sudo iptables -I OUTPUT -p tcp --sport 5555 -j DROP");
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    let mut seen = Vec::new();
    for _ in 0..8 {
        page.does(Intent::PlayOrPause);
        page.flows(0.1);
        assert!(!page.0.shown().playing, "it waits");
        seen.push((page.pair(), page.says()));
    }
    let said = |part: &str| seen.iter().position(|(pair, says)| pair[1] == "SYN_RECV" && says.contains(part));
    let dropped = said("SYN|ACK #2 hit rule 1").expect("the answer is dropped while SYN_RECV stands");
    assert_eq!(seen[dropped + 1].0, ["SYN_SENT", "LISTEN"]);
    assert!(seen[dropped + 1].1.starts_with("S_m forgets"), "{seen:?}");
    // The same back again.
    for (pair, says) in seen.iter().rev().skip(1) {
        assert!(page.does(Intent::StepBack));
        assert_eq!((page.pair(), &page.says()), (*pair, says));
    }
}

#[test]
fn what_is_typed_step_by_step_is_seen_fact_by_fact() {
    let mut page = Page::at(Pace::Steps);
    page.types(TerminalId::ClientLower, "sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP");
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    assert!(page.says().starts_with("C_m enters SYN_SENT"), "{}", page.says());
    page.does(Intent::Step);
    assert!(page.says().starts_with("SYN hit rule 1"), "{}", page.says());
    page.does(Intent::StepBack);
    assert!(page.says().starts_with("C_m enters SYN_SENT"), "{}", page.says());
}

#[test]
fn time_flows_when_step_by_step_is_left() {
    let mut page = Page::at(Pace::Steps);
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.flows(0.1);
    assert!(!page.0.shown().playing);
    page.does(Intent::Set(Settings::default()));
    assert!(page.0.shown().playing);
}

#[test]
fn looking_at_something_lets_nothing_happen() {
    let mut page = Page::open();
    page.types(TerminalId::ServerLower, "sudo iptables -I OUTPUT -p tcp --sport 5555 -j DROP");
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    let is_between = |page: &Page| page.0.session.next_event() == Some(page.0.session.lab().now());
    (0..10).find(|_| page.does(Intent::Step) && is_between(&page)).expect("two events have one moment");
    let digest = page.0.session.digest();
    page.does(Intent::DropAt(DropPlace::Network));
    assert_eq!(page.0.session.digest(), digest, "what is due at this moment waits");
}

#[test]
fn one_undo_brings_back_what_was_dropped() {
    let mut page = Page::open();
    assert!(!page.0.shown().can_undo && !page.does(Intent::Undo), "nothing was done");
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.flows(0.1);
    page.does(Intent::Reset);
    assert_eq!(page.pair(), ["CLOSED", "LISTEN"]);
    assert!(page.does(Intent::Undo));
    assert_eq!(page.pair(), ["ESTABLISHED", "ESTABLISHED"]);
    assert!(page.0.shown().can_undo && page.0.shown().can_redo);
    assert!(page.does(Intent::Redo) && !page.does(Intent::Redo));
    assert_eq!(page.pair(), ["CLOSED", "LISTEN"]);
}

#[test]
fn one_undo_brings_back_all_rules_that_were_cleared() {
    let mut page = Page::open();
    let rules = |page: &Page| page.0.shown().scene.firewall.rules.len();
    for place in [DropPlace::ClientOutput, DropPlace::ServerInput, DropPlace::Network] {
        page.does(Intent::DropAt(place));
        let fin = page.0.shown().scene.firewall.toggles[4].clone();
        page.does(Intent::Act(Action::enter(fin.terminal, &*fin.line)));
    }
    assert_eq!(rules(&page), 3);
    page.does(Intent::ClearRules);
    assert_eq!(rules(&page), 0);
    assert!(!page.does(Intent::ClearRules), "there is nothing to clear");
    page.does(Intent::Undo);
    assert_eq!(rules(&page), 3);
    page.does(Intent::Redo);
    assert_eq!(rules(&page), 0);
}

#[test]
fn a_future_that_comes_back_is_not_played_at_once() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.flows(0.1);
    page.does(Intent::StepBack);
    page.types(TerminalId::ClientUpper, "^C");
    page.does(Intent::PlayOrPause);
    page.does(Intent::Undo);
    let shown = page.0.shown();
    assert!(shown.past && !shown.playing);
}

#[test]
fn a_moment_of_the_past_can_be_gone_to_and_left_again() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.flows(0.1);
    page.does(Intent::GoTo(Instant::from_millis(7)));
    let shown = page.0.shown();
    assert_eq!((shown.scene.now, shown.past, shown.playing), (Instant::from_millis(7), true, false));
    assert_eq!(page.pair(), ["SYN_SENT", "SYN_RECV"]);
    page.does(Intent::GoTo(Instant::from_millis(15)));
    assert_eq!((page.pair(), page.0.shown().past), (["ESTABLISHED", "ESTABLISHED"], false));
}

#[test]
fn the_clock_stands_while_the_past_is_looked_at() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.flows(0.1);
    let end = page.0.shown().bar.end;
    assert!(
        page.does(Intent::GoTo(Instant::from_millis(6))) && !page.does(Intent::GoTo(Instant::from_millis(6)))
    );
    let shown = page.0.shown();
    assert!(shown.past && !shown.playing);
    assert_eq!((page.pair(), shown.bar.end), (["SYN_SENT", "SYN_RECV"], end));
    page.does(Intent::GoTo(Instant::from_millis(99_000)));
    let shown = page.0.shown();
    assert_eq!((shown.scene.now, shown.playing), (end, true), "no further than what has happened");
    page.does(Intent::GoTo(Instant::START));
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    let shown = page.0.shown();
    assert!(shown.playing && shown.bar.undoes_fork && shown.bar.forks == [0.0], "{:?}", shown.bar);
}

#[test]
fn a_paused_clock_stays_paused_after_a_look_at_the_past() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.flows(0.1);
    page.does(Intent::PlayOrPause);
    page.does(Intent::GoTo(Instant::START));
    page.does(Intent::GoTo(Instant::from_millis(99_000)));
    assert!(!page.0.shown().playing);
}

fn scene(id: &str) -> Rc<tcp_course::scenes::Scene> {
    let all = tcp_course::scenes::built_in();
    Rc::new(all.into_iter().find(|scene| scene.id == id).expect("a scene"))
}

impl Page {
    /// Number of pauses reached, and whether it waits there; `None` without a scene.
    fn pauses(&self) -> Option<(usize, bool)> {
        self.0.shown().play.map(|play| (play.progress.0, play.waits))
    }
}

#[test]
fn the_clock_stops_at_each_pause_of_a_scene_at_any_pace() {
    for pace in Pace::ALL {
        let mut page = Page::at(pace);
        page.does(Intent::Play(scene("synack-dropped")));
        assert_eq!((page.pauses(), page.pair()), (Some((1, true)), ["CLOSED", "LISTEN"]));
        page.flows(1.0 / 30.0);
        assert_eq!(page.pauses(), Some((1, true)), "{pace:?}");
        page.does(Intent::GoOn);
        for _ in 0..50 {
            page.flows(1.0 / 30.0);
            if page.pauses().is_some_and(|(_, waits)| waits) {
                break;
            }
            page.does(Intent::PlayOrPause);
        }
        assert_eq!((page.pauses(), page.pair()), (Some((2, true)), ["SYN_SENT", "SYN_RECV"]), "{pace:?}");
        assert_eq!(page.0.shown().leg, None);
    }
}

#[test]
fn a_skip_stops_at_a_pause_and_a_step_goes_on() {
    let mut page = Page::open();
    page.does(Intent::Play(scene("three-segments")));
    page.does(Intent::Skip);
    while page.pauses() == Some((1, false)) {
        page.does(Intent::Skip);
    }
    assert_eq!(page.pauses(), Some((2, true)));
    page.does(Intent::Step);
    assert_eq!(page.pauses(), Some((3, true)), "the SYN arrives, and the answer departs");
}

#[test]
fn one_undo_brings_back_the_session_before_a_scene() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.does(Intent::Pass(Instant::from_millis(500)));
    let digest = page.0.session.digest();
    page.does(Intent::Play(scene("syn-dropped")));
    page.does(Intent::GoOn);
    page.does(Intent::Skip);
    assert!(page.does(Intent::Undo));
    assert_eq!((page.pauses(), page.0.session.digest()), (None, digest));
    assert!(page.does(Intent::Redo));
    assert!(page.pauses().is_some());
    page.does(Intent::LeaveScene);
    assert_eq!(page.pauses(), None);
}

/// Presses a toggle, which drops where it is set to.
fn press_toggle(page: &mut Page, at: usize) -> bool {
    let toggle = page.0.shown().scene.firewall.toggles[at].clone();
    page.does(Intent::AtPrompt(Action::enter(toggle.terminal, &*toggle.line)))
}

#[test]
fn where_every_terminal_runs_a_program_no_button_types_into_it() {
    use TerminalId::{ClientLower, ClientThird, ClientUpper, ServerLower};
    let mut page = Page::open();
    for (terminal, line) in
        [(ClientUpper, "nc -l 7000"), (ClientLower, "nc -l 7001"), (ServerLower, "nc -l 7002")]
    {
        page.types(terminal, line);
    }
    assert!(press_toggle(&mut page, 0), "a third terminal is taken");
    assert_eq!(page.0.shown().scene.firewall.rules.len(), 1);
    assert!(page.0.shown().scene.terminals.iter().any(|view| view.id == ClientThird && view.open));
    page.types(ClientThird, "nc -l 7003");
    let before = page.0.session.digest();
    for intent in [Intent::ClearRules, Intent::ClearRules] {
        page.does(intent);
    }
    press_toggle(&mut page, 0);
    assert_eq!(page.0.session.digest(), before, "nothing was typed");
    assert_eq!(page.0.shown().notices, [Sharing::NoPrompt(HostId::Client)]);
    page.does(Intent::Act(Action::ctrl_c(ClientLower)));
    assert!(page.does(Intent::ClearRules));
    assert_eq!(page.0.shown().scene.firewall.rules, []);
}

#[test]
fn a_third_terminal_is_opened_and_closed() {
    use TerminalId::{ServerThird, ServerUpper};
    let mut page = Page::open();
    let open = |page: &Page| page.0.shown().scene.terminals.iter().any(|it| it.id == ServerThird && it.open);
    assert!(!open(&page));
    page.does(Intent::Open(ServerThird));
    assert!(open(&page) && page.0.shown().front.last == ServerThird);
    page.types(ServerThird, "date");
    page.types(ServerThird, "exit");
    assert!(!open(&page) && page.0.shown().front.last == ServerUpper);
    page.does(Intent::Undo);
    assert!(open(&page), "what was printed there is there again");
}
