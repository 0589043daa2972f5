//! A segment that is picked stays where it was, and what is done to it is typed.

use crate::settings::Settings;
use crate::store::{Done, Intent, Store};
use tcp_core::Instant;
use tcp_core::net::PacketId;
use tcp_course::Action;
use tcp_scene::address::parse;
use tcp_scene::words::en;
use tcp_shell::TerminalId::{self, ClientUpper, Network};

/// The page 2 ms after the client has asked: its SYN is on the wire.
fn asking(query: &str) -> Store {
    let asked = parse(query);
    let mut store = Store::visited(Settings::default().asked(&asked.0), asked, "", None);
    types(&mut store, ClientUpper, "nc 10.211.55.10 5555");
    let at = Instant::from_millis(2);
    store.update(Done { at, intent: Intent::DropAt(store.look.place) });
    store
}

fn does(store: &mut Store, intent: Intent) -> bool {
    let at = store.now();
    store.update(Done { at, intent })
}

fn types(store: &mut Store, terminal: TerminalId, line: &str) {
    does(store, Intent::Act(Action::enter(terminal, line)));
}

/// The newest segment.
fn newest(store: &Store) -> PacketId {
    store.shown().scene.wire.flights.last().expect("one is on the wire").packet
}

fn pick(store: &mut Store) -> PacketId {
    let packet = newest(store);
    does(store, Intent::Pick(Some(packet)));
    packet
}

/// Presses a button of the picked segment.
fn press(store: &mut Store, at: usize) {
    let act = store.shown().scene.inspected.clone().expect("one is picked").acts[at].clone();
    assert!(act.enabled, "{act:?}");
    does(store, Intent::Act(act.action));
}

fn standing(store: &Store) -> String {
    store.shown().scene.inspected.as_ref().map_or_else(String::new, |it| en::say(&it.standing))
}

/// What the network's console has printed, commands and all.
fn console(store: &Store) -> Vec<String> {
    let scene = store.shown().scene;
    let view = scene.terminals.iter().find(|view| view.id == Network).expect("it is always there");
    view.lines.iter().map(|line| line.text().to_owned()).collect()
}

#[test]
fn the_clock_stands_while_a_segment_is_picked() {
    let mut store = asking("");
    pick(&mut store);
    assert!(!store.shown().playing);
    assert_eq!(standing(&store), "on its way");
    does(&mut store, Intent::Pick(None));
    assert!(store.shown().playing && store.shown().scene.inspected.is_none());
}

#[test]
fn a_clock_that_stood_before_stands_afterwards() {
    let mut store = asking("");
    does(&mut store, Intent::PlayOrPause);
    pick(&mut store);
    does(&mut store, Intent::Pick(None));
    assert!(!store.shown().playing);
}

#[test]
fn the_list_of_segments_stops_the_clock_until_one_is_picked() {
    let mut store = asking("");
    does(&mut store, Intent::Halt(true));
    assert!(!store.shown().playing);
    does(&mut store, Intent::Halt(false));
    assert!(store.shown().playing, "none was picked");
    does(&mut store, Intent::Halt(true));
    pick(&mut store);
    does(&mut store, Intent::Halt(false));
    assert!(!store.shown().playing, "the list closes when one is picked");
}

#[test]
fn where_time_is_locked_a_segment_can_be_picked_as_it_moves() {
    let mut store = asking("?lock=time");
    pick(&mut store);
    assert!(store.shown().playing);
    assert_eq!(standing(&store), "on its way");
}

#[test]
fn a_button_types_its_line_and_the_clock_goes_on() {
    let mut store = asking("");
    pick(&mut store);
    press(&mut store, 1);
    assert_eq!((standing(&store).as_str(), store.shown().playing), ("held on its way", true));
    press(&mut store, 4);
    press(&mut store, 3);
    press(&mut store, 2);
    let standing_now = standing(&store);
    assert!(standing_now.starts_with("held on its way until 3.0"), "{standing_now}");
    press(&mut store, 0);
    let lines = ["hold 1", "duplicate 1", "release 1", "hold 1 for 3s", "drop 1"];
    assert_eq!(console(&store), lines, "and nothing is refused");
    assert_eq!(standing(&store), "lost in the network: nothing in flight to act on");
    let segment = store.shown().scene.inspected.clone().expect("it stays picked");
    assert!(segment.acts.iter().all(|act| !act.enabled));
}

#[test]
fn what_is_inspected_stays_when_time_goes_on() {
    let mut store = asking("");
    let packet = newest(&store);
    does(&mut store, Intent::Inspect(packet));
    assert!(store.shown().playing && store.shown().inspects);
    does(&mut store, Intent::Pass(Instant::from_millis(900)));
    assert_eq!(standing(&store), "arrived: nothing in flight to act on");
    does(&mut store, Intent::GoTo(Instant::START));
    does(&mut store, Intent::GoTo(Instant::from_millis(3)));
    assert_eq!(standing(&store), "on its way");
    does(&mut store, Intent::Pick(None));
    assert!(!store.shown().inspects && !store.shown().playing, "the past is looked at");
}

#[test]
fn no_other_segment_takes_the_place_of_the_picked_one() {
    let mut store = asking("");
    let packet = newest(&store);
    does(&mut store, Intent::Inspect(packet));
    does(&mut store, Intent::Skip);
    types(&mut store, Network, "delay 7");
    does(&mut store, Intent::Undo);
    assert_eq!(store.shown().scene.inspected.as_ref().map(|it| it.packet), Some(packet), "it is the same");
    does(&mut store, Intent::GoTo(Instant::START));
    does(&mut store, Intent::Reset);
    types(&mut store, ClientUpper, "nc -p 7777 10.211.55.10 5555");
    assert!(store.shown().scene.inspected.is_none() && !store.shown().inspects);
}

#[test]
fn a_locked_terminal_does_not_take_the_buttons_away() {
    let mut store = asking("?lock=terminals");
    types(&mut store, Network, "drop 1");
    assert_eq!(console(&store), Vec::<String>::new(), "it is no button's line yet");
    pick(&mut store);
    press(&mut store, 1);
    assert_eq!(console(&store), ["hold 1"]);
}
