//! Sessions that come as links, and addresses, without a page.

use crate::settings::Settings;
use crate::store::{Done, Intent, Store};
use tcp_core::Instant;
use tcp_course::Action;
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

#[test]
fn nothing_is_kept_of_a_page_on_which_nothing_was_done() {
    let store = open("", "", None);
    assert!(!store.share(Instant::START).done);
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
