//! The store as a page drives it, without a page.

use super::*;
use tcp_core::Instant;
use tcp_course::Action;
use tcp_scene::DropPlace;
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

#[test]
fn another_profile_plays_the_same_lines() {
    let mut page = Page::open();
    page.types(TerminalId::ClientUpper, "nc 10.211.55.10 5555");
    page.does(Intent::Pass(Instant::from_millis(500)));
    let settings = Settings { profile: ProfileName::Linux, ..Settings::default() };
    assert!(page.does(Intent::Set(settings)));
    let shown = page.0.shown();
    assert_eq!((shown.settings.profile, shown.scene.now), (ProfileName::Linux, Instant::from_millis(500)));
    assert_eq!(page.pair(), ["ESTABLISHED", "ESTABLISHED"]);
    page.does(Intent::Reset);
    let shown = page.0.shown();
    assert_eq!(shown.settings.profile, ProfileName::Linux);
    assert_eq!((page.pair(), shown.leg), (["CLOSED", "LISTEN"], None), "the lines are not entered once more");
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
