//! Sessions that come as links, and addresses, without a page.

use crate::settings::Settings;
use crate::store::{Done, Intent, Store};
use tcp_core::Instant;
use tcp_course::Action;
use tcp_course::scenes::Goal;
use tcp_scene::address::parse;
use tcp_scene::words::{Message, Sharing, en};
use tcp_shell::{ProfileName, TerminalId};

fn open(query: &str, fragment: &str, kept: Option<&str>) -> Store {
    let asked = parse(query);
    Store::visited(Settings::default().asked(&asked.0), asked, fragment, kept)
}

fn does(store: &mut Store, intent: Intent) {
    let at = store.shown().scene.now;
    store.update(Done { at, intent });
}

fn pair(store: &Store) -> [&'static str; 2] {
    store.shown().scene.hosts.each_ref().map(|host| host.badge.node.node().label())
}

fn said(store: &Store) -> Vec<String> {
    store.shown().notices.iter().map(|notice| en::say(&Message::Sharing(notice.clone()))).collect()
}

/// A connection under the rules of Linux, and the link to it while both ends are connected.
fn connected() -> String {
    let mut store = open("?profile=linux&seed=9", "", None);
    does(&mut store, Intent::Act(Action::enter(TerminalId::ClientUpper, "nc 10.211.55.10 5555")));
    does(&mut store, Intent::Pass(Instant::from_millis(650)));
    let before = store.shown().scene.now;
    // The playhead has gone on since.
    let shared = store.share(Instant::from_millis(700));
    assert_eq!((shared.at, shared.done), (Instant::from_millis(700), true));
    assert_eq!(store.shown().scene.now, before, "sharing moves nothing");
    shared.link.unwrap()
}

#[test]
fn what_was_shared_waits_until_it_is_played() {
    let link = connected();
    let mut store = open("", &format!("#{link}"), None);
    assert_eq!(store.shown().offered.as_ref().map(|link| link.recording.steps.len()), Some(2));
    assert_eq!(pair(&store), ["CLOSED", "LISTEN"]);
    does(&mut store, Intent::PlayOffered);
    let shown = store.shown();
    assert_eq!(pair(&store), ["ESTABLISHED", "ESTABLISHED"]);
    assert_eq!((shown.scene.now, shown.playing), (Instant::from_millis(700), false));
    assert_eq!(shown.settings.profile, ProfileName::Linux);
    assert!(shown.offered.is_none() && shown.notices.is_empty());
    // It is a recording: a restart plays it again.
    does(&mut store, Intent::Reset);
    does(&mut store, Intent::Pass(Instant::from_millis(700)));
    assert_eq!(pair(&store), ["ESTABLISHED", "ESTABLISHED"]);
}

#[test]
fn what_was_shared_can_be_left_alone() {
    let mut store = open("", &format!("#{}", connected()), None);
    does(&mut store, Intent::Decline);
    assert!(store.shown().offered.is_none());
    assert_eq!(pair(&store), ["CLOSED", "LISTEN"]);
    does(&mut store, Intent::PlayOffered);
    assert_eq!(pair(&store), ["CLOSED", "LISTEN"]);
}

#[test]
fn a_link_that_cannot_be_opened_leaves_the_lab_and_a_sentence() {
    let mut store = open("", "#1.AAAA", None);
    assert_eq!(said(&store), ["This link is damaged: it was not copied completely, or it was changed."]);
    assert_eq!(pair(&store), ["CLOSED", "LISTEN"]);
    does(&mut store, Intent::Dismiss);
    assert_eq!(said(&store), Vec::<String>::new());
    does(&mut store, Intent::Arrive("#elsewhere".to_owned()));
    assert_eq!(said(&store).len(), 1);
    does(&mut store, Intent::Arrive(String::new()));
    assert_eq!(said(&store).len(), 0);
}

#[test]
fn a_reload_goes_on_and_a_restart_after_it_begins_at_the_beginning() {
    let link = connected();
    let mut store = open("", "#1.AAAA", Some(&link));
    assert_eq!(pair(&store), ["ESTABLISHED", "ESTABLISHED"]);
    assert!(store.shown().offered.is_none() && store.shown().notices.is_empty());
    does(&mut store, Intent::Reset);
    assert_eq!(pair(&store), ["CLOSED", "LISTEN"]);
    assert_eq!(store.shown().leg, None, "the lines are not entered once more");
    // What was kept by another version, and does not open here, is nothing.
    assert_eq!(pair(&open("", "", Some("0.AAAA"))), ["CLOSED", "LISTEN"]);
}

/// Pauses reached, and whether it waits; `None` without a scene.
fn pauses(store: &Store) -> Option<(usize, bool)> {
    store.shown().play.map(|play| (play.progress.0, play.waits))
}

#[test]
fn a_scene_opens_at_its_beginning_or_at_a_pause() {
    let store = open("?scene=synack-dropped", "", None);
    let shown = store.shown();
    assert_eq!((pauses(&store), pair(&store)), (Some((1, true)), ["CLOSED", "LISTEN"]));
    assert!(shown.playing && shown.at_beginning && !shown.can_undo && shown.notices.is_empty());
    let at = |pause: &str| open(&format!("?scene=synack-dropped&pause={pause}"), "", None);
    assert_eq!((pauses(&at("1")), pair(&at("1"))), (Some((1, true)), ["CLOSED", "LISTEN"]));
    assert_eq!((pauses(&at("2")), pair(&at("2"))), (Some((2, true)), ["SYN_SENT", "SYN_RECV"]));
    let end = at("end");
    assert_eq!((pauses(&end), pair(&end)), (Some((5, true)), ["SYN_SENT", "LISTEN"]));
    assert!(!end.shown().at_beginning, "what came before can be looked at");
    for scene in tcp_course::scenes::built_in() {
        let store = open(&format!("?scene={}&pause=end", scene.id), "", None);
        let play = store.shown().play.expect("a scene");
        assert_eq!((play.progress.0, play.waits), (play.progress.1, true), "{}", scene.id);
        assert_eq!(store.shown().scene.now, scene.lasts_in(ProfileName::Article), "{}", scene.id);
    }
}

#[test]
fn a_scene_or_pause_that_is_not_there_is_named() {
    for (query, sentence) in [
        ("?scene=nothing", "In the address, no scene is called “nothing”. It is ignored."),
        ("?scene=syn-dropped&pause=9", "In the address, there is no pause “9”. It is ignored."),
        ("?pause=1", "In the address, there is no pause “1”. It is ignored."),
        ("?pause=end", "In the address, there is no scene that could be at its end. It is ignored."),
    ] {
        let store = open(query, "", None);
        assert_eq!(said(&store), [sentence]);
        assert_eq!(pair(&store), ["CLOSED", "LISTEN"]);
    }
}

#[test]
fn a_scene_that_was_left_is_taken_up_where_it_was() {
    let query = "?scene=synack-dropped";
    let mut store = open(query, "", None);
    does(&mut store, Intent::GoOn);
    does(&mut store, Intent::Skip);
    let before = (pauses(&store), pair(&store), store.shown().scene.now);
    let link = store.share(before.2).link.expect("a link");
    let store = open(query, "", Some(&link));
    assert_eq!(
        (pauses(&store).map(|(pauses, _)| pauses), pair(&store), store.shown().scene.now),
        (before.0.map(|(pauses, _)| pauses), before.1, before.2)
    );
    assert!(!store.shown().playing);
    // Whoever has acted in it has a session of their own.
    let mut store = open(query, "", None);
    does(&mut store, Intent::Act(Action::enter(TerminalId::ClientUpper, "nc 10.211.55.10 5555")));
    let link = store.share(store.shown().scene.now).link.expect("a link");
    assert_eq!(pauses(&open(query, "", Some(&link))), None);
}

#[test]
fn a_scene_plays_by_itself_until_somebody_stops_it() {
    let goes_on = |store: &Store| store.shown().play.is_some_and(|play| play.goes_on);
    assert!(!goes_on(&open("?scene=synack-dropped", "", None)));
    let mut store = open("?scene=synack-dropped&autoplay=on", "", None);
    assert!(goes_on(&store));
    does(&mut store, Intent::PlayOrPause);
    assert!(!goes_on(&store) && !store.shown().playing, "it is stopped where it waits");
    assert_eq!(pauses(&store), Some((1, true)));
    does(&mut store, Intent::PlayOrPause);
    assert_eq!(pauses(&store), Some((1, false)));
    does(&mut store, Intent::Skip);
    while pauses(&store) == Some((1, false)) {
        does(&mut store, Intent::Skip);
    }
    assert!(goes_on(&store), "at the second pause");
    assert!(!goes_on(&open("?scene=synack-dropped&autoplay=on&pause=end", "", None)), "its end is its end");
}

#[test]
fn nothing_is_kept_of_a_page_on_which_nothing_was_done() {
    let store = open("", "", None);
    assert!(!store.share(Instant::START).done);
}

#[test]
fn a_way_that_has_no_line_is_kept() {
    let mut seen = 0;
    for goal in Goal::all().take(22) {
        let mut store = open("", "", None);
        does(&mut store, Intent::Travel(goal));
        let shared = store.share(Instant::START);
        if shared.recording.steps.is_empty() {
            seen += 1;
            assert!(shared.done, "{goal:?}: S_m does not listen");
            let again = open("", "", Some(&shared.link.unwrap()));
            assert_eq!(again.share(Instant::START).recording, shared.recording);
        }
    }
    assert!(seen > 0);
}

#[test]
fn an_address_is_followed_and_its_faults_are_named() {
    let store = open("?title=Week+3&pace=quick&colour=red&seed=7", "", None);
    let shown = store.shown();
    assert_eq!(shown.title.as_deref(), Some("Week 3"));
    assert_eq!(store.share(Instant::START).recording.seed, 7);
    let sentence = &said(&store)[0];
    assert!(sentence.contains("“colour” is not known") && sentence.ends_with("It is ignored."), "{sentence}");
    assert!(matches!(shown.notices[..], [Sharing::Ignored(_)]));
}

#[test]
fn a_lesson_that_is_not_there_is_named_and_the_lab_opens() {
    let store = open("?lesson=no-such&profile=linux", "", None);
    assert_eq!(said(&store), ["In the address, no lesson is called “no-such”. It is ignored."]);
    assert_eq!(store.shown().settings.profile, ProfileName::Linux);
    let store = open("?lesson=syn-dropped&step=no-such", "", None);
    assert_eq!(said(&store), ["In the address, there is no step “no-such”. It is ignored."]);
    assert_eq!(said(&open("?lesson=syn-dropped&step=drop&lang=en", "", None)), [""; 0]);
}
